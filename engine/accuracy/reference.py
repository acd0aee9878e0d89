"""Reference polygons on the grid of a class raster."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyogrio
import pyproj
import shapely
from affine import Affine
from pyogrio.errors import DataLayerError, DataSourceError, FieldError
from rasterio.features import rasterize

from urbangrain.engine.context import JobContext
from urbangrain.engine.errors import UrbanGrainError
from urbangrain.engine.vector.read import choose_layer

_FEW_PIXELS = 16.0
"""Polygons of fewer pixels are looked at one by one: they may lie between the pixel centres."""


@dataclass(frozen=True)
class Reference:
    """Polygons with the text of their class field, in pixel coordinates of a raster (x = column, y = row).

    Pixel coordinates make north-up, south-up and rotated rasters the same thing.
    """

    shapes: npt.NDArray[Any]
    texts: npt.NDArray[Any]
    path: str

    def values(self) -> list[str]:
        """Return the distinct texts, sorted."""
        return sorted({t for t in self.texts if t is not None})


def read_reference(path: str, layer: str | None, field: str, dataset: Any, context: JobContext) -> Reference:
    """Read polygons and move them onto a raster's pixel grid.

    Parameters
    ----------
    path, layer, field : str, str or None, str
    dataset : rasterio dataset
        With a CRS.
    context : JobContext
        Gets ``note.repaired``, ``note.skipped_shapes`` and ``note.outside``.

    Raises
    ------
    UrbanGrainError
        ``file.not_found``, ``vector.*``, ``assess.no_overlap``.
    """
    name = choose_layer(path, layer)
    try:
        fields = [str(f) for f in pyogrio.read_info(path, layer=name)["fields"]]
        if field not in fields:
            raise UrbanGrainError("vector.no_field", path=path, field=field, fields=", ".join(fields) or "none")
        meta, _, wkb, columns = pyogrio.raw.read(path, layer=name, columns=[field], force_2d=True)
    except (DataSourceError, DataLayerError, FieldError, OSError, ValueError) as error:
        raise UrbanGrainError("vector.unreadable", path=path, reason=str(error)) from error
    if not meta["crs"]:
        raise UrbanGrainError("vector.no_crs", path=path)
    shapes = np.asarray(shapely.from_wkb(wkb, on_invalid="ignore"), object)
    texts = np.array([as_text(v) for v in columns[0]], object)
    broken = ~shapely.is_missing(shapes) & ~shapely.is_valid(shapes)
    shapes[broken] = shapely.make_valid(shapes[broken])
    if broken.any():
        context.remark("note.repaired", "warning", count=int(broken.sum()), path=path)
    surfaces = ~shapely.is_missing(shapes) & (shapely.area(shapes) > 0)
    if not surfaces.any():
        raise UrbanGrainError("vector.no_polygons", path=path)
    if not surfaces.all():
        context.remark("note.skipped_shapes", "warning", count=int((~surfaces).sum()), path=path)
    context.check()
    shapes, texts = _onto_pixels(shapes[surfaces], meta["crs"], dataset), texts[surfaces]
    near = shapely.intersects(shapes, shapely.box(0, 0, dataset.width, dataset.height))
    if not near.any():
        raise UrbanGrainError("assess.no_overlap", path=path, classes=dataset.name)
    if not near.all():
        context.remark("note.outside", "warning", count=int((~near).sum()), path=path)
    return Reference(shapes[near], texts[near], path)


def as_text(value: Any) -> str | None:
    """Return a field's value as people write it: 3.0 is '3', NULL is None."""
    if value is None or (isinstance(value, float) and np.isnan(value)):
        return None
    if isinstance(value, (float, np.floating)) and float(value).is_integer():
        return str(int(value))
    return str(value)


def _onto_pixels(shapes: npt.NDArray[Any], crs: str, dataset: Any) -> npt.NDArray[Any]:
    source, goal = pyproj.CRS.from_user_input(crs), pyproj.CRS.from_user_input(dataset.crs)
    move = None if source == goal else pyproj.Transformer.from_crs(source, goal, always_xy=True)
    t = ~dataset.transform

    def step(xy: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        x, y = (xy[:, 0], xy[:, 1]) if move is None else move.transform(xy[:, 0], xy[:, 1])
        out = np.stack([t.a * x + t.b * y + t.c, t.d * x + t.e * y + t.f], axis=1)
        # What a projection cannot reach lies far from the raster.
        return np.where(np.isfinite(out), out, -1e9)

    moved = np.asarray(shapely.transform(shapes, step))
    broken = ~shapely.is_valid(moved)
    moved[broken] = shapely.make_valid(moved[broken])
    return moved


def without_centres(reference: Reference, chosen: npt.NDArray[np.bool_]) -> int:
    """Count the chosen polygons that contain no pixel centre, and so cannot be counted by pixels."""
    count = 0
    for shape in reference.shapes[chosen & (shapely.area(reference.shapes) < _FEW_PIXELS)]:
        west, north, east, south = shape.bounds
        columns = np.arange(np.floor(west), np.ceil(east)) + 0.5
        rows = np.arange(np.floor(north), np.ceil(south)) + 0.5
        x, y = np.meshgrid(columns, rows)
        count += not bool(shapely.contains_xy(shape, x, y).any())
    return count


class Burner:
    """Burns polygons onto blocks of the grid, by pixel centres."""

    def __init__(self, reference: Reference, mapping: Mapping[str, int]) -> None:
        self._values = np.array([-1 if t is None else mapping.get(t, -1) for t in reference.texts])
        self.chosen = self._values >= 0
        self._shapes = reference.shapes[self.chosen]
        self._values = self._values[self.chosen]
        self._tree = shapely.STRtree(self._shapes)

    def block(self, row: int, column: int, height: int, width: int) -> tuple[npt.NDArray[np.int16], int] | None:
        """Burn one block.

        Returns
        -------
        ndarray int16 [height, width]
            Class value, -1 where there is no reference or where polygons of several classes overlap.
        int
            How many pixels were left out for such an overlap.
        None
            In place of both when no polygon touches the block.
        """
        touching = self._tree.query(shapely.box(column, row, column + width, row + height))
        if len(touching) == 0:
            return None
        burned = np.full((height, width), -1, np.int16)
        clash = np.zeros((height, width), bool)
        for value in np.unique(self._values[touching]):
            shapes = self._shapes[touching[self._values[touching] == value]]
            mask = rasterize(
                shapes, out_shape=(height, width), transform=Affine.translation(column, row), dtype=np.uint8
            ).astype(bool)
            clash |= mask & (burned >= 0)
            burned[mask] = value
        burned[clash] = -1
        return burned, int(clash.sum())


def blocks(height: int, width: int, side: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield (row, column, height, width) of square blocks."""
    for row in range(0, height, side):
        for column in range(0, width, side):
            yield row, column, min(side, height - row), min(side, width - column)
