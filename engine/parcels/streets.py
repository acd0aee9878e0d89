"""Read the lines that cut parcels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyogrio
import pyproj
import shapely
from pyogrio.errors import DataLayerError, DataSourceError, FieldError

from urbangrain.engine.errors import UrbanGrainError
from urbangrain.engine.parcels.metric import moved
from urbangrain.engine.vector.read import choose_layer

TUNNEL = "tunnel"
_ABOVE = {"", "no", "false", "f", "0", "none"}
_MARGIN_M = 1000.0  # half of the widest road that a job may ask for, and more


@dataclass(frozen=True, eq=False)
class Streets:
    """Lines near an area.

    Attributes
    ----------
    lines : array of LineString and MultiLineString, shape (n,)
        In the area's metric reference system.
    classes : list of str or None, length n
    underground : bool array of shape (n,)
        In a tunnel.
    skipped : int
        Features that hold no line.
    """

    lines: npt.NDArray[Any]
    classes: list[str | None]
    underground: npt.NDArray[np.bool_]
    skipped: int


def read_streets(
    path: str, layer: str | None, field: str, bounds: tuple[float, float, float, float], crs: pyproj.CRS
) -> Streets:
    """Read the lines of a layer that may lie in a rectangle.

    Parameters
    ----------
    path : str
    layer : str or None
        None takes the only layer with lines.
    field : str
        Holds the class; empty for none. A field ``tunnel``, as OSM has it, says what runs underground.
    bounds : (west, south, east, north)
        In ``crs``.
    crs : pyproj CRS
        What the lines are transformed to; its unit is the metre.

    Raises
    ------
    UrbanGrainError
        ``file.not_found``, ``vector.unreadable``, ``vector.no_layer``, ``vector.which_layer``, ``vector.no_crs``,
        ``vector.no_field``, ``vector.no_lines``.
    """
    name = choose_layer(path, layer, "Line")
    try:
        about = pyogrio.read_info(path, layer=name)
        fields = [str(one) for one in about["fields"]]
        if field and field not in fields:
            raise UrbanGrainError("vector.no_field", path=path, field=field, fields=", ".join(fields) or "none")
        if not about["crs"]:
            raise UrbanGrainError("vector.no_crs", path=path)
        source = pyproj.CRS.from_user_input(about["crs"])
        kind = str(about["geometry_type"] or "None")
        if about["features"] == 0 or not any(part in kind for part in ("Line", "Curve", "Unknown", "Collection")):
            raise UrbanGrainError("vector.no_lines", path=path)
        tunnel = next((one for one in fields if one.lower() == TUNNEL), None)
        columns = list(dict.fromkeys(one for one in (field, tunnel) if one))
        box = _rectangle(bounds, crs, source)
        meta, _, wkb, values = pyogrio.raw.read(path, layer=name, columns=columns, force_2d=True, bbox=box)
    except (DataSourceError, DataLayerError, FieldError, OSError, ValueError) as error:
        raise UrbanGrainError("vector.unreadable", path=path, reason=str(error)) from error
    shapes = np.asarray(shapely.from_wkb(wkb, on_invalid="ignore"), object)
    data = dict(zip((str(one) for one in meta["fields"]), values))
    there = np.isin(shapely.get_type_id(shapes), (1, 2, 5)) & ~shapely.is_empty(shapes)
    if len(shapes) and not there.any():
        raise UrbanGrainError("vector.no_lines", path=path)
    lines = moved(shapes[there], source, crs)
    classes = data[field][there] if field else np.full(len(lines), None, object)
    below = data[tunnel][there] if tunnel else np.full(len(lines), None, object)
    # What a projection cannot reach lies far from the area.
    near = np.array([bool(np.isfinite(shapely.get_coordinates(line)).all()) for line in lines], bool)
    return Streets(
        lines[near],
        [text_of(value) for value in classes[near]],
        np.array([(text_of(value) or "").strip().lower() not in _ABOVE for value in below[near]], bool),
        int((~there).sum()),
    )


def text_of(value: Any) -> str | None:
    """Return a class as people write it: 3.0 is '3', NULL is None."""
    if value is None or (isinstance(value, (float, np.floating)) and np.isnan(value)):
        return None
    if isinstance(value, (float, np.floating)) and float(value).is_integer():
        return str(int(value))
    if isinstance(value, (bool, np.bool_)):
        return "yes" if value else "no"
    return str(value)


def _rectangle(
    bounds: tuple[float, float, float, float], crs: pyproj.CRS, goal: pyproj.CRS
) -> tuple[float, float, float, float] | None:
    """Return the rectangle to read; None where it would be torn apart: then everything is read."""
    west, south, east, north = bounds
    grown = (west - _MARGIN_M, south - _MARGIN_M, east + _MARGIN_M, north + _MARGIN_M)
    there = pyproj.Transformer.from_crs(crs, goal, always_xy=True).transform_bounds(*grown, densify_pts=21)
    return there if np.isfinite(there).all() and there[0] < there[2] and there[1] < there[3] else None
