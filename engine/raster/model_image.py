"""The image as a model sees it: chosen bands on the model's grid, resampled where that grid is not the image's own."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from pyproj import Transformer
from rasterio.warp import Resampling, reproject

from .grid import Grid, outline, pixel_size, same_grid, upright_grid
from .source import Image
from .thinned import Thinned

TILE = 512
"""Side in pixels of the tiles that are warped one by one: they lie on a fixed lattice of the model's grid, so that a
pixel never depends on how the image is read, and a rotated image never needs more than a tile's surroundings."""


class ModelImage:
    """Chosen bands of an image on a model's grid.

    Parameters
    ----------
    image : Image or Thinned
        Stays open as long as this is used; one thread at a time.
    bands : sequence of int
        1-based band of the image for each band of the model; 0 for one that the image lacks.
    grid : Grid
        From `grid.model_grid`.
    """

    def __init__(self, image: Image | Thinned, bands: Sequence[int], grid: Grid) -> None:
        self.image, self.bands, self.grid = image, tuple(bands), grid
        self.resampled = not same_grid(grid, upright_grid(image.grid))
        self.row_step = _row_step(image.block_height) if not self.resampled else TILE
        if self.resampled:
            fine, coarse = pixel_size(image.grid), pixel_size(grid)
            # Going coarser, each pixel is the mean of what it covers, so that nothing aliases; finer is interpolated.
            self._coarser = math.sqrt(coarse[0] * coarse[1] / (fine[0] * fine[1])) > 1.05
            self._to_image = Transformer.from_crs(grid.crs, image.grid.crs, always_xy=True)

    def read(self, row0: int, row1: int, col0: int, col1: int) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.bool_]]:
        """Read rows and columns of the model's grid; see `Image.read` for what comes back and what is raised."""
        if not self.resampled:
            return self._read_direct(row0, row1, col0, col1)
        values = np.zeros((len(self.bands), row1 - row0, col1 - col0), np.float32)
        valid = np.zeros((row1 - row0, col1 - col0), bool)
        for top in range(row0 - row0 % TILE, row1, TILE):
            for left in range(col0 - col0 % TILE, col1, TILE):
                bottom, right = min(top + TILE, self.grid.height), min(left + TILE, self.grid.width)
                tile, tile_valid = self._warp(self.grid.part(top, bottom, left, right))
                a, b, c, d = max(top, row0), min(bottom, row1), max(left, col0), min(right, col1)
                values[:, a - row0 : b - row0, c - col0 : d - col0] = tile[:, a - top : b - top, c - left : d - left]
                valid[a - row0 : b - row0, c - col0 : d - col0] = tile_valid[a - top : b - top, c - left : d - left]
        return values, valid

    def _read_direct(
        self, row0: int, row1: int, col0: int, col1: int
    ) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.bool_]]:
        height, width, t = self.image.grid.height, self.image.grid.width, self.image.grid.transform
        south_up, east_left = t.e > 0, t.a < 0
        if south_up:
            row0, row1 = height - row1, height - row0
        if east_left:
            col0, col1 = width - col1, width - col0
        values, valid = self.image.read(self.bands, row0, row1, col0, col1)
        rows, cols = slice(None, None, -1 if south_up else 1), slice(None, None, -1 if east_left else 1)
        return np.ascontiguousarray(values[:, rows, cols]), np.ascontiguousarray(valid[rows, cols])

    def _warp(self, tile: Grid) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.bool_]]:
        shape = (tile.height, tile.width)
        values = np.zeros((len(self.bands), *shape), np.float32)
        window = self._source_window(tile)
        if window is None:
            return values, np.zeros(shape, bool)
        source, source_valid = self.image.read(self.bands, *window)
        if not source_valid.any():
            return values, np.zeros(shape, bool)
        source[:, ~source_valid] = np.nan
        part = self.image.grid.part(*window)
        places = {
            "src_transform": part.transform,
            "src_crs": part.crs,
            "dst_transform": tile.transform,
            "dst_crs": tile.crs,
            "num_threads": 1,
        }
        method = Resampling.average if self._coarser else Resampling.bilinear
        values.fill(np.nan)
        reproject(source, values, src_nodata=np.nan, dst_nodata=np.nan, resampling=method, **places)
        share = np.zeros(shape, np.float32)
        # Outside the image counts as not valid only by lying outside: -1 marks it, 0 is nodata inside.
        share.fill(-1)
        reproject(source_valid.astype(np.float32), share, src_nodata=None, dst_nodata=-1, resampling=method, **places)
        valid = (share >= 0.5) & np.isfinite(values).all(axis=0)
        values[:, ~valid] = 0
        return values, valid

    def _source_window(self, tile: Grid) -> tuple[int, int, int, int] | None:
        """Rows and columns of the image that a tile needs, with a margin for the resampling kernel."""
        x, y = self._to_image.transform(*outline(tile, 9))
        keep = np.isfinite(x) & np.isfinite(y)
        if not keep.any():
            return None
        inverse = ~self.image.grid.transform
        cols = inverse.a * x[keep] + inverse.b * y[keep] + inverse.c
        rows = inverse.d * x[keep] + inverse.e * y[keep] + inverse.f
        size = max(np.ptp(cols) / tile.width, np.ptp(rows) / tile.height)
        margin = math.ceil(2 * size) + 4
        row0, row1 = (
            max(0, math.floor(rows.min()) - margin),
            min(self.image.grid.height, math.ceil(rows.max()) + margin),
        )
        col0, col1 = max(0, math.floor(cols.min()) - margin), min(self.image.grid.width, math.ceil(cols.max()) + margin)
        return (row0, row1, col0, col1) if row0 < row1 and col0 < col1 else None


def _row_step(block_height: int) -> int:
    """Rows to read at once: whole blocks, about 256 rows; a file in one huge block is left to GDAL's cache."""
    return 256 if block_height > 1024 else math.ceil(256 / block_height) * block_height
