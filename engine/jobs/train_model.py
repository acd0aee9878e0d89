"""What the jobs that make models share: the folder, what may be trained, and what stays beside the weights."""

from __future__ import annotations

import shutil
from pathlib import Path

from urbangrain.engine.errors import UrbanGrainError
from urbangrain.engine.models.card import ModelCard
from urbangrain.engine.models.registry import CARD_NAME, resolve_for_pixels

WORK = ".training"
"""Hidden folder in the model's, with tiles and checkpoints; gone when the model is made."""


def trainable(model: str) -> ModelCard:
    """Return the card of a model that has weights of its own.

    Raises
    ------
    UrbanGrainError
        ``train.not_ours`` for ONNX files, and what `resolve` raises.
    """
    card = resolve_for_pixels(model)
    if card.weights.suffix.lower() != ".safetensors":
        raise UrbanGrainError("train.not_ours", model=card.id)
    return card


def fitting_tile(tile: int, multiple: int) -> int:
    """Return the side of a tile that network and division take: a multiple of both."""
    step = max(multiple, 16)
    return max(step, tile // step * step)


def model_folder(out: str, overwrite: bool) -> Path:
    """Make the folder of a model.

    Raises
    ------
    UrbanGrainError
        ``file.exists``, ``file.folder_missing``, ``file.not_writable``.
    """
    folder = Path(out).absolute()
    if (folder / CARD_NAME).exists() and not overwrite:
        raise UrbanGrainError("file.exists", path=str(folder / CARD_NAME))
    if not folder.parent.exists():
        raise UrbanGrainError("file.folder_missing", folder=str(folder.parent))
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise UrbanGrainError("file.not_writable", path=str(folder), reason=error.strerror or str(error)) from error
    return folder


def tidy(work: Path, folder: Path) -> None:
    """Remove the work folder, and the model's where nothing else is in it."""
    shutil.rmtree(work, ignore_errors=True)
    if folder.exists() and not any(p for p in folder.iterdir() if not p.name.startswith(".")):
        shutil.rmtree(folder, ignore_errors=True)


def keep_curves(work: Path, folder: Path) -> None:
    """Move the curves out of the work folder."""
    for name in ("curves.csv", "tensorboard"):
        target = folder / name
        if target.is_dir():
            shutil.rmtree(target)
        shutil.move(str(work / name), target)
