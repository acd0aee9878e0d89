"""Parcels as they lie in a file: read chunk by chunk, repaired, and given columns of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pyogrio
import shapely
from pyogrio.errors import DataLayerError, DataSourceError

from urbangrain.engine.errors import UrbanGrainError

LAYER = "parcels"
"""Layer of the GeoPackages that are written."""

CHUNK = 2000
"""Parcels in memory at once."""


def layer_info(path: str, layer: str) -> dict[str, Any]:
    """Return what pyogrio knows of a layer without reading it ('crs', 'features', 'fields' ...).

    Raises
    ------
    UrbanGrainError
        ``vector.unreadable``, ``vector.no_crs``.
    """
    try:
        about: dict[str, Any] = pyogrio.read_info(path, layer=layer)
    except (DataSourceError, DataLayerError) as error:
        raise UrbanGrainError("vector.unreadable", path=path, reason=str(error)) from error
    if not about["crs"]:
        raise UrbanGrainError("vector.no_crs", path=path)
    return about


def chunks(path: str, layer: str, size: int = CHUNK) -> Iterator[Any]:
    """Read a layer as GeoDataFrames of ``size`` features; only one of them is in memory."""
    about = pyogrio.read_info(path, layer=layer)
    whole = [str(f) for f, dtype in zip(about["fields"], about["dtypes"]) if str(dtype).startswith(("int", "uint"))]
    start = 0
    while True:
        frame = pyogrio.read_dataframe(path, layer=layer, skip_features=start, max_features=size, on_invalid="ignore")
        if len(frame):
            # A gap in one chunk must not turn a column of whole numbers into one of fractions.
            yield frame.astype({name: "Int64" for name in whole if frame[name].dtype.kind == "f"})
        if len(frame) < size:
            return
        start += size


def polygons_of(shapes: npt.NDArray[Any]) -> tuple[npt.NDArray[Any], int]:
    """Return repaired polygons (None where a feature has none) and how many were repaired."""
    out = np.array(shapes, dtype=object)
    present = ~shapely.is_missing(out) & ~shapely.is_empty(out)
    broken = present & ~shapely.is_valid(out)
    out[broken] = shapely.make_valid(out[broken])
    for i in np.flatnonzero(present):
        if out[i].geom_type == "GeometryCollection":
            out[i] = shapely.union_all([p for p in shapely.get_parts(out[i]) if p.area > 0] or [shapely.Polygon()])
        if out[i].geom_type not in ("Polygon", "MultiPolygon") or out[i].is_empty:
            present[i] = False
    out[~present] = None
    return out, int(broken.sum())


def free_names(wanted: Iterable[tuple[str, str]], taken: Iterable[str]) -> dict[str, str]:
    """Choose column names that neither repeat nor hide an attribute (GeoPackage ignores case).

    Parameters
    ----------
    wanted : iterable of (str, str)
        What a column is for, and the name that it should have.
    taken : iterable of str
        Attributes of the input.

    Returns
    -------
    dict
        Name by purpose: the one that was wanted, numbered where it is taken.
    """
    used = {name.lower() for name in taken} | {"fid", "geom"}
    names = {}
    for key, name in wanted:
        number, free = 1, name
        while free.lower() in used:
            number += 1
            free = f"{name}_{number}"
        used.add(free.lower())
        names[key] = free
    return names


def in_column(name: str, otherwise: Any = "") -> str:
    """Return a class name as a part of a column's: letters, digits and underscores."""
    return re.sub(r"\W+", "_", name).strip("_") or str(otherwise)
