"""Guess which class of a map a reference value means, by name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from urbangrain.engine.protocol.results import ClassInfo

_MEANINGS = {
    "water": (
        "water", "river", "lake", "pond", "sea", "reservoir", "canal", "stream", "ocean", "waterbody", "water body",
        "wasser", "gewasser", "fluss", "see", "teich", "eau", "riviere", "lac", "agua", "rio", "lago",
        "水", "水体", "水域", "河流", "湖泊",
    ),
    "tree": (
        "tree", "trees", "forest", "wood", "woods", "woodland", "tree cover", "canopy", "baum", "baume", "wald",
        "arbre", "foret", "arbol", "arboles", "bosque", "树", "树木", "林地", "森林",
    ),
    "grass": (
        "grass", "grassland", "meadow", "lawn", "pasture", "rangeland", "low vegetation", "herbaceous", "turf", "gras",
        "wiese", "rasen", "grunland", "herbe", "prairie", "pelouse", "hierba", "cesped", "pasto", "草", "草地", "草坪",
    ),
    "farmland": (
        "farmland", "farm", "crop", "crops", "cropland", "agriculture", "agriculture land", "agricultural", "field",
        "arable", "arable land", "vineyard", "orchard", "acker", "ackerland", "feld", "culture", "champ", "cultivo",
        "campo", "耕地", "农田", "农用地",
    ),
    "impervious": (
        "impervious", "impervious surface", "roof", "rooftop", "building", "buildings", "road", "street", "pavement",
        "paved", "built", "built up", "urban", "developed", "developed space", "asphalt", "concrete",
        "parking", "sealed", "versiegelt", "gebaude", "strasse", "batiment", "route", "impermeable", "edificio",
        "calle", "carretera", "不透水面", "建筑", "道路", "建设用地",
    ),
}  # fmt: skip
"""Words by meaning; a meaning is matched to the map's class that has one of its words for a name."""


def normalise(text: str) -> str:
    """Return text without case, accents, underscores and repeated blanks: 'Low_Vegetation ' gives 'low vegetation'."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.sub(r"[\s_\-/]+", " ", plain.replace("ß", "ss")).strip().casefold()


def match(values: Iterable[str], classes: Sequence[ClassInfo]) -> dict[str, int]:
    """Guess the class of each value.

    A class's own name wins, then its number, then a word of the same meaning. A value that fits two classes, or none,
    is left out: no guess is better than a wrong one.

    Parameters
    ----------
    values : iterable of str
        Reference values as text.
    classes : sequence of ClassInfo

    Returns
    -------
    dict of str to int
        Class value by reference value.
    """
    by_name: dict[str, int | None] = {}
    for info in classes:
        name = normalise(info.name)
        by_name[name] = None if name in by_name else info.value
    by_meaning: dict[str, set[int]] = {}
    for info in classes:
        for meaning in _meanings(normalise(info.name)):
            by_meaning.setdefault(meaning, set()).add(info.value)
    numbers = {info.value for info in classes}
    found = {}
    for value in values:
        text = normalise(value)
        guess = by_name.get(text)
        if guess is None and text not in by_name:
            guess = _number(text, numbers)
        if guess is None and text not in by_name:
            fitting = {v for meaning in _meanings(text) for v in by_meaning.get(meaning, ())}
            guess = fitting.pop() if len(fitting) == 1 else None
        if guess is not None:
            found[value] = guess
    return found


def _meanings(text: str) -> list[str]:
    return [meaning for meaning, words in _MEANINGS.items() if text in words or _singular(text) in words]


def _singular(text: str) -> str:
    return text[:-1] if text.endswith("s") else text


def _number(text: str, numbers: set[int]) -> int | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return int(number) if number in numbers else None
