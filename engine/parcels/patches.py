"""Image patches of fixed size at points spread inside an irregular parcel.

MSLU-100K, section "Irregular parcels land use classification model": Poisson-disk sampling turns parcels of any shape
and size into patches of one size. The paper does not say how far apart the points lie; half a patch's side lets
neighbours overlap by about half, so that a parcel is seen whole.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from urbangrain.engine.models.card import Scaling
from urbangrain.engine.raster.grid import model_grid, pixel_size
from urbangrain.engine.raster.model_image import TILE, ModelImage
from urbangrain.engine.raster.source import Image
from urbangrain.engine.raster.statistics import scene_affine

DARTS = 128
"""Random points that are thrown at a parcel's bounding box at once."""

ROUNDS = 8
"""How often darts are thrown at most: a round in which none finds room ends it."""

CACHE_BYTES = 128 << 20
"""Scaled tiles of an image that are kept: neighbouring parcels share them."""

Floats = npt.NDArray[np.float64]


def poisson_disk(polygon: Any, radius: float, most: int, rng: np.random.Generator) -> Floats:
    """Spread points at random over a polygon, none near another.

    Darts are thrown evenly over the polygon, and one that lands too near to a point is dropped. Unlike Bridson's
    algorithm, which grows from one point outwards, it may stop at any number of points and they still cover the whole.

    Parameters
    ----------
    polygon : shapely Polygon or MultiPolygon
        Not empty.
    radius : float
        Least distance of two points, in the polygon's units; above 0.
    most : int
        Most points, 1 or more.
    rng : numpy Generator
        The same state gives the same points.

    Returns
    -------
    float64 array of shape (n, 2)
        1 to ``most`` points. Where no dart can hit, or where the polygon is too small for two points, it is the
        polygon's representative point.
    """
    west, south, east, north = shapely.bounds(polygon)
    kept = np.zeros((0, 2))
    if math.hypot(east - west, north - south) >= radius:
        shapely.prepare(polygon)
        for _ in range(ROUNDS):
            darts = rng.uniform((west, south), (east, north), (DARTS, 2))
            darts = darts[shapely.contains_xy(polygon, darts[:, 0], darts[:, 1])]
            for point in kept:
                darts = darts[_far(darts, point, radius)]
            before = len(kept)
            while len(darts) and len(kept) < most:
                kept = np.concatenate([kept, darts[:1]])
                darts = darts[_far(darts, darts[0], radius)]
            if len(kept) >= most or len(kept) == before > 0:
                break
    if not len(kept):
        inside = shapely.point_on_surface(polygon)
        kept = np.array([[inside.x, inside.y]])
    return kept


def _far(points: Floats, one: Floats, radius: float) -> npt.NDArray[np.bool_]:
    return ((points - one) ** 2).sum(axis=1) >= radius**2


class PatchReader:
    """Cuts square patches around points out of an image, as a network takes them; a context manager.

    Parameters
    ----------
    path : str
        Raster in any CRS.
    bands : sequence of int
        1-based band of the image for each band of the model; 0 for one that the image lacks.
    scaling : Scaling
        The model's; percentiles are those of the whole image, as a map job takes them.
    gsd_m : (float, float)
        Range of ground sampling distances of the model in metres. A finer image is averaged and a coarser one
        interpolated to the nearest of them.
    side : int
        Of a patch, in pixels.
    check : callable
        Called between reads; may raise to stop.

    Attributes
    ----------
    crs : rasterio CRS
        Of the points: the image's own, or a metric one where the image is in degrees or rotated.
    gsd_m, image_gsd_m : float
        Ground sampling distance in metres of the patches and of the image.
    radius : float
        Half the side of a patch in the CRS's units: the least distance of points that suits `poisson_disk`.
    extent : shapely Polygon
        The image's outline, in ``crs``.

    Raises
    ------
    UrbanGrainError
        ``image.*`` and ``file.not_found`` as for `Image`, ``image.no_pixels``.
    """

    def __init__(
        self,
        path: str,
        bands: Sequence[int],
        scaling: Scaling,
        gsd_m: tuple[float, float],
        side: int,
        check: Callable[[], None] = lambda: None,
    ) -> None:
        self._image = Image(path)
        try:
            grid = model_grid(self._image.grid, *gsd_m, path)
            self._affine = scene_affine(self._image, bands, scaling, check)
        except BaseException:
            self._image.close()
            raise
        self._source = ModelImage(self._image, bands, grid)
        self._grid, self._check, self.side = grid, check, side
        self.crs = grid.crs
        self.gsd_m, self.image_gsd_m = (math.sqrt(math.prod(pixel_size(g, path))) for g in (grid, self._image.grid))
        self.radius = side / 2 * math.sqrt(abs(grid.transform.determinant))
        corners = [(0, 0), (grid.width, 0), (grid.width, grid.height), (0, grid.height)]
        self.extent = shapely.Polygon([grid.transform * corner for corner in corners])
        self._tiles: OrderedDict[tuple[int, int], tuple[npt.NDArray[np.float32], npt.NDArray[np.bool_]]] = OrderedDict()
        self._most_tiles = max(4, CACHE_BYTES // (TILE * TILE * (4 * len(bands) + 1)))

    def __enter__(self) -> PatchReader:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the image."""
        self._image.close()
        self._tiles.clear()

    def read(self, points: npt.ArrayLike) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.bool_]]:
        """Cut the patches around points.

        Parameters
        ----------
        points : array_like of shape (n, 2)
            x and y in ``crs``.

        Returns
        -------
        patches : float32 array of shape (k, bands, side, side)
            Of the points with enough image, in their order: scaled, zero where the image has no value.
        kept : bool array of shape (n,)
            Which points these are: those where at least half of the patch's pixels are valid.

        Raises
        ------
        UrbanGrainError
            ``image.block_damaged``.
        """
        xy = np.asarray(points, np.float64).reshape(-1, 2)
        t = ~self._grid.transform
        columns = t.a * xy[:, 0] + t.b * xy[:, 1] + t.c
        rows = t.d * xy[:, 0] + t.e * xy[:, 1] + t.f
        found, kept = [], np.zeros(len(xy), bool)
        for i, (row, column) in enumerate(zip(rows, columns)):
            if not (math.isfinite(row) and math.isfinite(column)):
                continue
            patch, valid = self._cut(round(row - self.side / 2), round(column - self.side / 2))
            kept[i] = 2 * valid >= self.side**2
            if kept[i]:
                found.append(patch)
        shape = (0, len(self._source.bands), self.side, self.side)
        return np.stack(found) if found else np.zeros(shape, np.float32), kept

    def _cut(self, row: int, column: int) -> tuple[npt.NDArray[np.float32], int]:
        """Patch from a row and column on, which may lie outside the image, and how many of its pixels are valid."""
        patch = np.zeros((len(self._source.bands), self.side, self.side), np.float32)
        row0, row1 = max(0, row), min(row + self.side, self._grid.height)
        column0, column1 = max(0, column), min(column + self.side, self._grid.width)
        pixels = 0
        for top in range(row0 - row0 % TILE, row1, TILE):
            for left in range(column0 - column0 % TILE, column1, TILE):
                values, valid = self._tile(top, left)
                a, b = max(top, row0), min(top + TILE, row1)
                c, d = max(left, column0), min(left + TILE, column1)
                if a >= b or c >= d:
                    continue
                part = slice(a - top, b - top), slice(c - left, d - left)
                patch[:, a - row : b - row, c - column : d - column] = values[:, part[0], part[1]]
                pixels += int(valid[part].sum())
        return patch, pixels

    def _tile(self, top: int, left: int) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.bool_]]:
        """Scaled tile of the fixed lattice that `ModelImage` warps by, from memory where it was read lately."""
        key = (top, left)
        if key in self._tiles:
            self._tiles.move_to_end(key)
            return self._tiles[key]
        self._check()
        grid = self._grid
        values, valid = self._source.read(top, min(top + TILE, grid.height), left, min(left + TILE, grid.width))
        tile = self._affine(values) * valid, valid
        while len(self._tiles) >= self._most_tiles:
            self._tiles.popitem(last=False)
        self._tiles[key] = tile
        return tile
