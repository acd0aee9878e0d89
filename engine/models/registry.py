"""Finding models: the bundled ones, and the folders that a person named."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from urbangrain.engine.errors import UrbanGrainError
from urbangrain.engine.models.card import ModelCard
from urbangrain.engine.models.stac import read_card
from urbangrain.engine.protocol.results import Remark

CARD_NAME = "card.json"

BUNDLED = Path(__file__).resolve().parents[2] / "resources" / "models"
"""The folder of the models that come with the software."""


def _cards_in(folder: Path) -> list[Path]:
    """Return the cards of a folder: its own, or those of its sub-folders, in name order."""
    own = folder / CARD_NAME
    if own.is_file():
        return [own]
    return sorted(path for path in folder.glob(f"*/{CARD_NAME}") if path.is_file())


def find_models(folders: Sequence[Path] = ()) -> tuple[list[ModelCard], list[Remark]]:
    """List the usable models: bundled ones first, then those of ``folders`` in order.

    Parameters
    ----------
    folders : sequence of Path
        Each a model's folder (with ``card.json``) or a folder of such folders.

    Returns
    -------
    cards : list of ModelCard
        One per id; the first found wins.
    remarks : list of Remark
        ``note.model_skipped`` for every folder that is not there, card that is not valid, and repeated id.
    """
    cards: dict[str, ModelCard] = {}
    remarks: list[Remark] = []

    def skip(problem: str) -> None:
        remarks.append(Remark("note.model_skipped", {"problem": problem}, "warning"))

    for folder in [BUNDLED, *map(Path, folders)]:
        if not folder.is_dir():
            skip(f"{folder} is not a folder")
            continue
        paths = _cards_in(folder)
        if not paths:
            skip(f"{folder} holds no {CARD_NAME}")
        for path in paths:
            try:
                card = read_card(path)
            except UrbanGrainError as error:
                skip(str(error))
                continue
            if card.id in cards:
                if cards[card.id].path != card.path:
                    skip(f"{path} repeats the id {card.id} of {cards[card.id].path}")
                continue
            cards[card.id] = card
    return list(cards.values()), remarks


def resolve(model: str, folders: Sequence[Path] = ()) -> ModelCard:
    """Return the card of a model given by id, by its folder or by its card's path.

    Raises
    ------
    UrbanGrainError
        ``model.not_found`` naming the known ids, or what `read_card` raises.
    """
    path = Path(model)
    if path.suffix.lower() == ".json" and path.is_file():
        return read_card(path)
    if (path / CARD_NAME).is_file():
        return read_card(path / CARD_NAME)
    cards, _ = find_models(folders)
    for card in cards:
        if card.id == model:
            return card
    known = ", ".join(card.id for card in cards) or "none"
    raise UrbanGrainError("model.not_found", model=model, known=known)
