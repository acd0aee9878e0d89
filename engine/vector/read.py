"""Read polygons from any vector file, in the CRS that is wanted, valid and single-part or not."""

from __future__ import annotations

import os
from typing import Any

import numpy as np
import pyogrio
import pyproj
import shapely
from pyogrio.errors import DataLayerError, DataSourceError
from rasterio.crs import CRS

from urbangrain.engine.context import JobContext
from urbangrain.engine.errors import UrbanGrainError

GEOPACKAGE = {"VERSION": "1.2"}
"""Options of GeoPackages that are written: the version that every supported QGIS reads without a warning."""


def read_polygons(path: str, layer: str | None, crs: CRS, context: JobContext) -> list[Any]:
    """Read a layer's polygons.

    Parameters
    ----------
    path : str
    layer : str or None
        None takes the only layer.
    crs : rasterio CRS
        What the polygons are transformed to.
    context : JobContext
        Gets ``note.repaired`` and ``note.skipped_shapes``.

    Returns
    -------
    list of shapely Polygon and MultiPolygon
        Valid; invalid ones are repaired, features without a polygon are left out.

    Raises
    ------
    UrbanGrainError
        ``file.not_found``, ``vector.unreadable``, ``vector.no_layer``, ``vector.which_layer``, ``vector.no_crs``.
    """
    name = choose_layer(path, layer)
    try:
        meta, _, wkb, _ = pyogrio.raw.read(path, layer=name, columns=[], force_2d=True)
    except (DataSourceError, DataLayerError, OSError, ValueError) as error:
        raise UrbanGrainError("vector.unreadable", path=path, reason=str(error)) from error
    if not meta["crs"]:
        raise UrbanGrainError("vector.no_crs", path=path)
    shapes = shapely.from_wkb(wkb, on_invalid="ignore")
    broken = ~shapely.is_missing(shapes) & ~shapely.is_valid(shapes)
    if broken.any():
        shapes[broken] = shapely.make_valid(shapes[broken])
        context.remark("note.repaired", "warning", count=int(broken.sum()), path=path)
    polygons = [_polygonal(s) for s in shapes]
    kept = [p for p in polygons if p is not None]
    if len(kept) < len(polygons):
        context.remark("note.skipped_shapes", "warning", count=len(polygons) - len(kept), path=path)
    source = pyproj.CRS.from_user_input(meta["crs"])
    goal = pyproj.CRS.from_user_input(crs)
    if source == goal or not kept:
        return kept
    transformer = pyproj.Transformer.from_crs(source, goal, always_xy=True)
    moved = shapely.transform(
        np.asarray(kept, object), lambda xy: np.stack(transformer.transform(xy[:, 0], xy[:, 1]), axis=1)
    )
    finite = [np.isfinite(shapely.get_coordinates(s)).all() for s in moved]
    # A polygon outside the projection's reach cannot lie on the image.
    return [p for p in (_polygonal(shapely.make_valid(s)) for s, ok in zip(moved, finite) if ok) if p is not None]


def choose_layer(path: str, layer: str | None, kind: str = "Polygon") -> str:
    """Name of the layer to read: the one asked for, or the only one (of several, the only one of this geometry)."""
    if not path.startswith("/vsi") and not os.path.exists(path):
        raise UrbanGrainError("file.not_found", path=path)
    try:
        layers = pyogrio.list_layers(path)
    except (DataSourceError, OSError, ValueError) as error:
        raise UrbanGrainError("vector.unreadable", path=path, reason=str(error)) from error
    names = [str(n) for n, _ in layers]
    if layer is not None:
        if layer not in names:
            raise UrbanGrainError("vector.no_layer", path=path, layer=layer, layers=", ".join(names))
        return layer
    if len(names) > 1:
        fitting = [str(n) for n, own in layers if own and kind in own]
        if len(fitting) == 1:
            return fitting[0]
        raise UrbanGrainError("vector.which_layer", path=path, layers=", ".join(names))
    if not names:
        raise UrbanGrainError("vector.no_polygons", path=path)
    return names[0]


def _polygonal(shape: Any) -> Any:
    """Return the polygons of a geometry, None when there are none."""
    if shape is None or shapely.is_empty(shape):
        return None
    if shape.geom_type in ("Polygon", "MultiPolygon"):
        return shape
    if shape.geom_type != "GeometryCollection":
        return None
    parts = [p for p in shapely.get_parts(shape) if p.geom_type in ("Polygon", "MultiPolygon")]
    return shapely.union_all(parts) if parts else None
