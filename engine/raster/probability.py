"""A raster of probabilities on another raster's grid, row by row."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt
import rasterio
from affine import Affine
from rasterio.enums import Resampling
from rasterio.vrt import WarpedVRT
from rasterio.windows import Window

from urbangrain.engine.errors import UrbanGrainError

from .grid import Grid
from .source import GDAL_ERRORS, Image

_GLANCE = 512


class Probability:
    """The first band of a raster as probabilities; a context manager.

    Parameters
    ----------
    path : str
        Raster in any CRS; its scale and offset are applied.
    grid : Grid
        Grid that rows are read on, by bilinear interpolation.

    Raises
    ------
    UrbanGrainError
        ``file.not_found``, ``image.unreadable``, ``image.no_crs``, ``image.no_geotransform``.
    """

    def __init__(self, path: str, grid: Grid) -> None:
        self._path, self._grid = path, grid
        Image(path).close()  # which says in words what is wrong with a raster
        self._dataset: Any = rasterio.open(path)
        self._scale, self._offset = self._dataset.scales[0], self._dataset.offsets[0]
        self._view = self._on(grid, Resampling.bilinear)

    def _on(self, grid: Grid, resampling: Resampling) -> WarpedVRT:
        own = self._dataset.nodata
        how = {"add_alpha": True} if own is None else {"nodata": own}
        return WarpedVRT(
            self._dataset, crs=grid.crs, transform=grid.transform, width=grid.width, height=grid.height,
            resampling=resampling, **how,
        )  # fmt: skip

    def __enter__(self) -> Probability:
        return self

    def __exit__(self, *exc: object) -> None:
        self._view.close()
        self._dataset.close()

    def look(self) -> float:
        """Look at the raster coarsely; return the share of the grid (0 to 1) on which it has data.

        Raises
        ------
        UrbanGrainError
            ``years.mask_elsewhere`` where that is 0, ``years.mask_range`` for values outside 0 to 1.
        """
        factor = max(1.0, max(self._grid.width, self._grid.height) / _GLANCE)
        width, height = (max(1, math.ceil(n / factor)) for n in (self._grid.width, self._grid.height))
        step = Affine.scale(self._grid.width / width, self._grid.height / height)
        coarse = Grid(self._grid.crs, self._grid.transform * step, width, height)
        with self._on(coarse, Resampling.nearest) as view:
            known = np.isfinite(self._read(view, 0, height))
        if not known.any():
            raise UrbanGrainError("years.mask_elsewhere", path=self._path)
        return float(known.mean())

    def rows(self, first: int, last: int) -> npt.NDArray[np.float32]:
        """Return the rows ``first`` to ``last - 1`` [rows, columns], 0 to 1, NaN where there are no data."""
        return self._read(self._view, first, last)

    def _read(self, view: WarpedVRT, first: int, last: int) -> npt.NDArray[np.float32]:
        window = Window(0, first, view.width, last - first)
        try:
            read = view.read(1, window=window).astype(np.float32)
            known = view.read(2, window=window) > 0 if view.count > self._dataset.count else None
        except GDAL_ERRORS as error:
            raise UrbanGrainError("image.unreadable", path=self._path, reason=str(error)) from error
        if known is None:
            known = read != np.float32(self._dataset.nodata) if not np.isnan(self._dataset.nodata) else ~np.isnan(read)
        values = np.where(known & np.isfinite(read), read * self._scale + self._offset, np.nan).astype(np.float32)
        wrong = values[(values < -1e-3) | (values > 1 + 1e-3)]
        if wrong.size:
            raise UrbanGrainError("years.mask_range", path=self._path, value=round(float(wrong[0]), 3))
        return values
