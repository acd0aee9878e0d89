"""Finding models: the bundled ones, and the folders that a person named."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from urbangrain.engine.errors import UrbanGrainError
from urbangrain.engine.models.card import ModelCard
from urbangrain.engine.models.deepness import output_count, read_deepness, split_output
from urbangrain.engine.models.stac import read_card
from urbangrain.engine.protocol.results import Remark

CARD_NAME = "card.json"

BUNDLED = Path(__file__).resolve().parents[2] / "resources" / "models"
"""The folder of the models that come with the software."""

FIRST = "landcover"
"""The bundled model that lists begin with, and a newcomer with them."""


def _cards_in(folder: Path) -> list[Path]:
    """Return the cards of a folder: its own, or those of its sub-folders, in name order."""
    own = folder / CARD_NAME
    if own.is_file():
        return [own]
    return sorted(path for path in folder.glob(f"*/{CARD_NAME}") if path.is_file())


def _listed(folder: Path) -> list[Path]:
    """Cards and .onnx files of a folder; an .onnx file with a card of its name is found once, by itself."""
    return [*_cards_in(folder), *(p for p in sorted(folder.iterdir()) if p.suffix.lower() == ".onnx")]


def onnx_cards(path: Path, output: int | None = None) -> list[ModelCard]:
    """Cards of an ONNX file: the one beside it (same name, .json), else one for each of its outputs by its metadata.

    Parameters
    ----------
    path : Path
    output : int, optional
        Only this output, from 0.

    Raises
    ------
    UrbanGrainError
        What `read_card` and `read_deepness` raise.
    """
    own = path.with_suffix(".json")
    if own.is_file():
        return [read_card(own)]
    return [read_deepness(path, k) for k in (range(output_count(path)) if output is None else [output])]


def find_models(folders: Sequence[Path] = ()) -> tuple[list[ModelCard], list[Remark]]:
    """List the usable models: bundled ones first, then those of ``folders`` in order.

    Parameters
    ----------
    folders : sequence of Path
        Each a model's folder (with ``card.json``), a folder of such folders, a folder that holds .onnx files, or one
        card or .onnx file.

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
        if folder.is_file() and folder.suffix.lower() in (".json", ".onnx"):
            paths = [folder]
        elif not folder.is_dir():
            skip(f"{folder} is not there")
            continue
        else:
            paths = _listed(folder)
        if folder == BUNDLED:
            paths.sort(key=lambda path: path.parent.name != FIRST)  # the others stay in their order
        if not paths:
            skip(f"{folder} holds no {CARD_NAME} and no .onnx file")
        for path in paths:
            try:
                found = onnx_cards(path) if path.suffix.lower() == ".onnx" else [read_card(path)]
            except UrbanGrainError as error:
                skip(str(error))
                continue
            for card in found:
                if card.id not in cards:
                    cards[card.id] = card
                elif cards[card.id].path != card.path:
                    skip(f"{path} repeats the id {card.id} of {cards[card.id].path}")
    return list(cards.values()), remarks


def resolve(model: str, folders: Sequence[Path] = ()) -> ModelCard:
    """Return the card of a model given by id, by its folder, by its card's path or by an .onnx file.

    'model.onnx#2' is the second output of an ONNX file that has several.

    Raises
    ------
    UrbanGrainError
        ``model.not_found`` naming the known ids, or what `read_card` raises.
    """
    onnx, output = split_output(model)
    if onnx.suffix.lower() == ".onnx" and onnx.is_file():
        return onnx_cards(onnx, output)[0]
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


def resolve_for_pixels(model: str) -> ModelCard:
    """Return the card of a model that maps pixels; see `resolve`.

    Raises
    ------
    UrbanGrainError
        ``model.of_parcels`` for a model that classifies parcels, and what `resolve` raises.
    """
    card = resolve(model)
    if card.of_parcels:
        raise UrbanGrainError("model.of_parcels", model=card.id)
    return card


def resolve_for_parcels(model: str) -> ModelCard:
    """Return the card of a model that classifies parcels; see `resolve`.

    Raises
    ------
    UrbanGrainError
        ``model.not_of_parcels`` for any other model, and what `resolve` raises.
    """
    card = resolve(model)
    if not card.of_parcels:
        raise UrbanGrainError("model.not_of_parcels", model=card.id)
    return card
