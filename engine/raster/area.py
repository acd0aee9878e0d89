"""The area to map: polygons of any CRS and a rectangle, as rows and columns of the model's grid."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Transformer
from rasterio.crs import CRS
from rasterio.errors import CRSError
from rasterio.features import rasterize

from urbangrain.engine.context import JobContext
from urbangrain.engine.errors import UrbanGrainError
from urbangrain.engine.vector.read import read_polygons

from .grid import Grid


class Area:
    """Polygons on a grid. A pixel is wanted when its centre lies inside one.

    Parameters
    ----------
    shapes : sequence of shapely polygons
        In the grid's CRS.
    grid : Grid
    """

    def __init__(self, shapes: Sequence[Any], grid: Grid) -> None:
        self._grid = grid
        inverse = ~grid.transform
        coefficients = [inverse.a, inverse.b, inverse.d, inverse.e, inverse.c, inverse.f]
        # In pixel coordinates: rows and columns are then plain comparisons, whatever the CRS.
        pixels = shapely.transform(
            np.asarray(shapes, object),
            lambda xy: np.stack(
                [
                    coefficients[0] * xy[:, 0] + coefficients[1] * xy[:, 1] + coefficients[4],
                    coefficients[2] * xy[:, 0] + coefficients[3] * xy[:, 1] + coefficients[5],
                ],
                axis=1,
            ),
        )
        pixels = shapely.make_valid(pixels)
        pixels = shapely.intersection(pixels, shapely.box(0, 0, grid.width, grid.height))
        self._shapes = pixels[shapely.area(pixels) > 0]
        self._tree = shapely.STRtree(self._shapes)

    def bounds(self) -> tuple[int, int, int, int] | None:
        """Rows and columns (row0, row1, col0, col1) that hold everything wanted; None when nothing on the grid is."""
        if not len(self._shapes):
            return None
        left, top, right, bottom = shapely.total_bounds(self._shapes)
        # Transformed corners are off by a hair: a millionth of a pixel is no row.
        row0, row1 = max(0, math.floor(top + 1e-6)), min(self._grid.height, math.ceil(bottom - 1e-6))
        col0, col1 = max(0, math.floor(left + 1e-6)), min(self._grid.width, math.ceil(right - 1e-6))
        return (row0, row1, col0, col1) if row0 < row1 and col0 < col1 else None

    def pixels(self) -> float:
        """About how many pixels are wanted (the polygons' area, overlaps counted twice)."""
        return float(shapely.area(self._shapes).sum())

    def mask(self, row0: int, row1: int, col0: int, col1: int) -> npt.NDArray[np.bool_]:
        """Wanted pixels of rows ``row0:row1`` and columns ``col0:col1``, bool [rows, columns]."""
        hits = self._tree.query(shapely.box(col0, row0, col1, row1))
        shape = (row1 - row0, col1 - col0)
        if not len(hits):
            return np.zeros(shape, bool)
        moved = shapely.transform(self._shapes[hits], lambda xy: xy - (col0, row0))
        burned = rasterize(((s, 1) for s in moved), shape, dtype="uint8", fill=0)
        return burned.astype(bool)

    def columns(self, row0: int, row1: int) -> list[tuple[int, int]]:
        """Column ranges, sorted and apart, outside which nothing is wanted in rows ``row0:row1``."""
        hits = self._tree.query(shapely.box(0, row0, self._grid.width, row1), predicate="intersects")
        ranges = sorted(
            (max(0, math.floor(b[0])), min(self._grid.width, math.ceil(b[2])))
            for b in shapely.bounds(self._shapes[hits])
        )
        out: list[tuple[int, int]] = []
        for first, last in ranges:
            if out and first <= out[-1][1]:
                out[-1] = (out[-1][0], max(out[-1][1], last))
            else:
                out.append((first, last))
        return out


def read_area(
    grid: Grid,
    image_path: str,
    aoi: str | None,
    aoi_layer: str | None,
    extent: tuple[float, float, float, float] | None,
    extent_crs: str | None,
    context: JobContext,
) -> Area | None:
    """Area of a job on the model's grid; None when everything is to be mapped.

    Raises
    ------
    UrbanGrainError
        ``area.no_overlap``, ``area.empty``, or what is wrong with the layer or the CRS.
    """
    shapes: list[Any] | None = None
    if aoi is not None:
        shapes = read_polygons(aoi, aoi_layer, grid.crs, context)
        if not shapes:
            raise UrbanGrainError("area.empty", path=aoi)
    if extent is not None:
        box = _extent(extent, extent_crs, grid)
        shapes = (
            [box] if shapes is None else [s for s in shapely.intersection(np.asarray(shapes, object), box) if s.area]
        )
    if shapes is None:
        return None
    area = Area(shapes, grid) if shapes else None
    if area is None or area.bounds() is None:
        raise UrbanGrainError("area.no_overlap", path=image_path)
    return area


def _extent(extent: tuple[float, float, float, float], extent_crs: str | None, grid: Grid) -> Any:
    box = shapely.box(*extent)
    if not extent_crs:
        return box
    try:
        crs = CRS.from_user_input(extent_crs)
    except CRSError as error:
        raise UrbanGrainError("job.invalid", field="extent_crs", problem=f"is not known to PROJ ({error})") from error
    if crs == grid.crs:
        return box
    # A straight edge bends in another projection: follow it with points.
    box = shapely.segmentize(box, max(extent[2] - extent[0], extent[3] - extent[1]) / 64)
    transformer = Transformer.from_crs(crs, grid.crs, always_xy=True)
    moved = shapely.transform(box, lambda xy: np.stack(transformer.transform(xy[:, 0], xy[:, 1]), axis=1))
    if not np.isfinite(shapely.get_coordinates(moved)).all():
        raise UrbanGrainError("job.invalid", field="extent", problem="lies outside the image's coordinate system")
    return shapely.make_valid(moved)
