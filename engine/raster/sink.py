"""Write rasters row by row, and turn them into cloud-optimised GeoTIFFs."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
import numpy.typing as npt
import rasterio
import rasterio.shutil
from rasterio.windows import Window

from urbangrain.engine.errors import UrbanGrainError

from .grid import Grid
from .source import GDAL_ERRORS

TILE = 512
"""Side of a tile in pixels."""


class RowWriter:
    """A tiled GeoTIFF that takes rows in order and holds at most one row of tiles.

    A wide raster may be given as blocks of columns, one after the other (`begin`), each from its first row to its last.

    Parameters
    ----------
    path : Path
    grid : Grid
    bands : int
    dtype : str
    nodata : float or None
    final : str
        Name of the output in errors (``file.not_writable``).
    """

    def __init__(
        self, path: Path, grid: Grid, bands: int, dtype: str, nodata: float | None, final: str | None = None
    ) -> None:
        self._path, self._final = path, final or str(path)
        self._row = self._column = 0
        self._waiting: list[npt.NDArray[Any]] = []
        self._height = grid.height
        with writing(self._final):
            self._dataset: Any = rasterio.open(
                path, "w", driver="GTiff", width=grid.width, height=grid.height, count=bands, dtype=dtype, crs=grid.crs,
                transform=grid.transform, nodata=nodata, tiled=True, blockxsize=TILE, blockysize=TILE, compress="ZSTD",
                zstd_level=1, bigtiff="IF_SAFER", interleave="pixel" if bands < 4 else "band", num_threads=2,
            )  # fmt: skip

    def begin(self, column: int) -> None:
        """Take rows from the top again, for the columns from ``column`` on; a multiple of `TILE`."""
        if column % TILE or self._waiting:
            raise ValueError(f"columns from {column} cannot begin here")
        self._row, self._column = 0, column

    def write(self, rows: npt.NDArray[Any]) -> None:
        """Append rows [bands, h, width]."""
        self._waiting.append(rows)
        held = sum(r.shape[1] for r in self._waiting)
        while held >= TILE or (held and self._row + held == self._height):
            block = np.concatenate(self._waiting, axis=1) if len(self._waiting) > 1 else self._waiting[0]
            count = min(TILE, held)
            with writing(self._final):
                self._dataset.write(block[:, :count], window=Window(self._column, self._row, block.shape[2], count))
            self._waiting = [block[:, count:]] if held > count else []
            self._row += count
            held -= count

    def close(self) -> None:
        """Finish the file."""
        with writing(self._final):
            self._dataset.close()
            check_tiles(self._path)

    def __enter__(self) -> RowWriter:
        return self

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        if kind is None:
            self.close()
        else:
            with contextlib.suppress(*GDAL_ERRORS):  # the first error is the one to tell
                self._dataset.close()


class writing:
    """Context manager that turns write errors into ``file.not_writable`` about the output that a person named."""

    def __init__(self, final: str) -> None:
        self._final = final

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, GDAL_ERRORS):
            cause: BaseException = error
            while cause.__cause__ is not None:
                cause = cause.__cause__
            raise UrbanGrainError("file.not_writable", path=self._final, reason=str(cause)) from error


def row_blocks(height: int, step: int = TILE) -> Iterator[tuple[int, int]]:
    """Rows ``(first, last)`` of successive blocks."""
    for first in range(0, height, step):
        yield first, min(first + step, height)


def write_cog(source: Path, path: Path, categorical: bool, final: str | None = None) -> None:
    """Copy a finished GeoTIFF, its tags and palette, into a COG with overviews.

    Parameters
    ----------
    source, path : Path
    categorical : bool
        Overviews by the most frequent value (classes) or the mean. Floating point is compressed with GDAL's predictor
        for it, which loses nothing, and at a level above which only the time grows.
    final : str
        Name of the output in errors.
    """
    final = final or str(path)
    with writing(final):
        with rasterio.open(source) as dataset:
            floating = np.dtype(dataset.dtypes[0]).kind == "f"
        rasterio.shutil.copy(
            str(source), str(path), driver="COG", compress="ZSTD", level=3 if floating else 9, blocksize=TILE,
            bigtiff="IF_SAFER", overview_resampling="MODE" if categorical else "AVERAGE", num_threads="2",
            overview_compress="ZSTD", predictor="FLOATING_POINT" if floating else "NO",
        )  # fmt: skip
        _verify(path, source)


def check_tiles(path: Path) -> None:
    """Raise OSError when a GeoTIFF lacks a tile: GDAL keeps quiet about a disk that fills up on closing."""
    with rasterio.open(path) as dataset:
        rows, cols = (-(-size // TILE) for size in dataset.shape)
        bands = range(1, 2 if dataset.interleaving.value == "PIXEL" else dataset.count + 1)
        size = os.path.getsize(path)
        for band in bands:
            for row in range(rows):
                for col in range(cols):
                    at = dataset.get_tag_item(f"BLOCK_OFFSET_{col}_{row}", "TIFF", bidx=band)
                    length = dataset.get_tag_item(f"BLOCK_SIZE_{col}_{row}", "TIFF", bidx=band)
                    if not at or not length or int(at) + int(length) > size:
                        raise OSError("No space left on device, or a quota was reached")


def _verify(path: Path, source: Path) -> None:
    """Read every tile back."""
    check_tiles(path)
    with rasterio.open(path) as dataset, rasterio.open(source) as original:
        if dataset.shape != original.shape or dataset.count != original.count:
            raise OSError("the file is not whole")
        for first, last in row_blocks(dataset.height):
            dataset.read(window=Window(0, first, dataset.width, last - first))
