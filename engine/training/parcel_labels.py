"""Parcels of a demo city with land use: the blocks between its streets, and single plots."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from urbangrain.engine.parcels.classes import CLASSIFIED
from urbangrain.engine.parcels.make import make_parcels

Feature = tuple[BaseGeometry, dict[str, Any]]
Shapes = npt.NDArray[np.object_]

CLASS_OF = {
    "residential": "Res",
    "commercial": "Com",
    "public": "Pub",
    "industrial": "Ind",
    "agricultural and natural": "Agr",
}
"""Code of the land-use class by the demo city's word; transport is none of those that the network tells apart."""


@dataclass(frozen=True, eq=False)
class LabelledParcels:
    """Polygons with their class.

    Attributes
    ----------
    shapes : object array of shape (n,)
        Polygons in metres.
    labels : int64 array of shape (n,)
        Index into `urbangrain.engine.parcels.classes.CLASSIFIED`.
    whole_block : bool array of shape (n,)
    """

    shapes: Shapes
    labels: npt.NDArray[np.int64]
    whole_block: npt.NDArray[np.bool_]


def label_city(
    plots: Sequence[Feature],
    roads: Sequence[BaseGeometry],
    widths: npt.NDArray[np.float64],
    extent: BaseGeometry,
    least_area_m2: float,
    purity: float,
    most_plots: int,
    rng: np.random.Generator,
) -> LabelledParcels:
    """Cut blocks out of a city by its streets, label them by their plots, and add some plots by themselves.

    Parameters
    ----------
    plots : sequence of (polygon, properties)
        With ``land_use``, in metres.
    roads, widths : sequence of lines, array of metres
        Of equal length.
    extent : polygon
        Boundary of the city.
    least_area_m2 : float
        Smaller parcels are left out.
    purity : float
        Least share of a block's area that its commonest class must have, 0-1; others are mixed and left out.
    most_plots : int
        Most single plots; evenly from the classes as far as these have them.
    rng : Generator
        Chooses the plots.
    """
    codes = [use.code for use in CLASSIFIED]
    shapes = np.array([shape for shape, _ in plots], dtype=object)
    uses = np.array([_class(about["land_use"], codes) for _, about in plots], dtype=np.int64)
    blocks, _ = make_parcels(extent, np.array(roads, dtype=object), widths, min_area_m2=least_area_m2)
    share = shares_of(blocks, shapes, uses, len(codes))
    pure = share.max(axis=1, initial=0.0) >= purity
    chosen = _choose(shapes, uses, least_area_m2, most_plots, len(codes), rng)
    return LabelledParcels(
        np.concatenate([blocks[pure], shapes[chosen]]),
        np.concatenate([share[pure].argmax(axis=1), uses[chosen]]).astype(np.int64),
        np.concatenate([np.ones(int(pure.sum()), bool), np.zeros(len(chosen), bool)]),
    )


def shares_of(blocks: Shapes, plots: Shapes, uses: npt.NDArray[np.int64], classes: int) -> npt.NDArray[np.float64]:
    """Return the share of each block's area that plots of each class cover, (blocks, classes); -1 counts nowhere."""
    found = np.zeros((len(blocks), classes))
    if len(blocks) == 0 or len(plots) == 0:
        return found
    block, plot = shapely.STRtree(plots).query(blocks, predicate="intersects")
    known = uses[plot] >= 0
    block, plot = block[known], plot[known]
    area = shapely.area(shapely.intersection(blocks[block], plots[plot]))
    np.add.at(found, (block, uses[plot]), area)
    return found / np.maximum(shapely.area(blocks), 1e-9)[:, None]


def _class(word: str, codes: Sequence[str]) -> int:
    return codes.index(CLASS_OF[word]) if word in CLASS_OF else -1


def _choose(
    shapes: Shapes,
    uses: npt.NDArray[np.int64],
    least_area_m2: float,
    most: int,
    classes: int,
    rng: np.random.Generator,
) -> npt.NDArray[np.int64]:
    """Choose plots, class by class in turn until there are enough or none is left."""
    large = shapely.area(shapes) >= least_area_m2 if len(shapes) else np.zeros(0, bool)
    queues = [list(rng.permutation(np.flatnonzero(large & (uses == c)))) for c in range(classes)]
    chosen: list[int] = []
    while len(chosen) < most and any(queues):
        for queue in queues:
            if queue and len(chosen) < most:
                chosen.append(int(queue.pop()))
    return np.array(sorted(chosen), np.int64)
