"""Parcels with their predicted land use: the columns of the layer that is written, and what they add up to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import geopandas
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from urbangrain.engine.models.parcel_fusion import SOURCES
from urbangrain.engine.parcels.areas import areas_and_perimeters
from urbangrain.engine.parcels.layer import free_names, in_column
from urbangrain.engine.parcels.quality import entropy, quality_levels, size_groups
from urbangrain.engine.protocol.results import ClassInfo

OWN = ("land_use", "confidence", "entropy", "quality", "sources", "area_m2", "size_group")
"""Columns beside the probabilities."""


def column_names(classes: Sequence[ClassInfo], mapped: Sequence[ClassInfo], taken: Sequence[str]) -> dict[str, str]:
    """Choose the columns' names.

    Parameters
    ----------
    classes : sequence of ClassInfo
        Classes of the model.
    mapped : sequence of ClassInfo
        Classes of the raster whose shares are written; none without one.
    taken : sequence of str
        Attributes of the parcels, which stay as they are.

    Returns
    -------
    dict
        Name by purpose: ``p:<value>`` for each class of the model, those of `OWN`, ``share:<value>``.
    """
    wanted = [(f"p:{c.value}", "p_" + in_column(c.name, c.value)) for c in classes]
    wanted += [(name, name) for name in OWN]
    wanted += [(f"share:{c.value}", "share_" + in_column(c.name, c.value)) for c in mapped]
    return free_names(wanted, taken)


@dataclass
class Tally:
    """What a layer's predictions add up to; the fields are those of `ClassifyResult`."""

    parcels: int = 0
    classified: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    levels: Counter[str] = field(default_factory=Counter)
    used: Counter[str] = field(default_factory=Counter)


def fill(
    frame: Any,
    shapes: npt.NDArray[Any],
    probabilities: npt.NDArray[np.float64],
    used: npt.NDArray[np.bool_],
    classes: Sequence[ClassInfo],
    columns: dict[str, str],
    crs: Any,
    tally: Tally,
) -> None:
    """Add the answers to a chunk of parcels, in place, and count them.

    Parameters
    ----------
    frame : GeoDataFrame of n rows
    shapes : object array of shape (n,)
        The parcels' polygons, None for none.
    probabilities : float64 array of shape (n, classes)
        A row of NaN for a parcel of which nothing is known: its columns stay empty, and its quality is 0.
    used : bool array of shape (n, 3)
        By `SOURCES`.
    classes : sequence of ClassInfo
    columns : dict
        Of `column_names`.
    crs : CRS or text
        Of the polygons.
    tally : Tally
        What is added to.
    """
    known = np.asarray(used.any(axis=1))
    best = np.where(known, np.nan_to_num(probabilities, nan=-1.0).argmax(axis=1), -1)
    confidence = np.where(known, probabilities.max(axis=1), np.nan)
    land_use = [classes[i].name if i >= 0 else None for i in best]
    area = areas_and_perimeters(shapes, crs)[0]
    levels = quality_levels(confidence, area, known)
    for i, info in enumerate(classes):
        frame[columns[f"p:{info.value}"]] = probabilities[:, i]
    frame[columns["land_use"]] = pd.array(land_use, dtype="string")
    frame[columns["confidence"]] = confidence
    frame[columns["entropy"]] = entropy(probabilities)
    frame[columns["quality"]] = levels.astype(np.int32)
    named = ["+".join(s for s, there in zip(SOURCES, row) if there) or None for row in used]
    frame[columns["sources"]] = pd.array(named, dtype="string")
    frame[columns["area_m2"]] = area
    frame[columns["size_group"]] = pd.array(size_groups(area), dtype="string")
    tally.parcels += len(frame)
    tally.classified += int(known.sum())
    tally.counts.update(name for name in land_use if name is not None)
    tally.levels.update(str(level) for level in levels)
    tally.used.update({source: int(used[:, i].sum()) for i, source in enumerate(SOURCES)})


def fill_shares(
    frame: Any, shares: npt.NDArray[np.float64], mapped: Sequence[ClassInfo], columns: dict[str, str]
) -> None:
    """Add the class shares of a raster, (n, classes), NaN outside it."""
    for i, info in enumerate(mapped):
        frame[columns[f"share:{info.value}"]] = shares[:, i]


def near_first(shapes: npt.NDArray[Any]) -> npt.NDArray[np.int64]:
    """Order in which neighbours follow each other, so that they find the same part of an image in memory."""
    there = np.flatnonzero(~shapely.is_missing(shapes))
    if not len(there):
        return np.arange(len(shapes))
    along = geopandas.GeoSeries(shapes[there]).hilbert_distance().to_numpy()
    rest = np.flatnonzero(shapely.is_missing(shapes))
    return np.concatenate([there[np.argsort(along, kind="stable")], rest])
