"""Where windows lie, and how the image is reflected where they reach over its border."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from urbangrain.engine.raster.grid import Grid


@dataclass(frozen=True)
class Axis:
    """Windows along one side of an image.

    Windows start half an overlap outside the image, so that a pixel at the rim has as much context (reflected) as any
    other; the last one ends half an overlap outside. A window larger than the image is centred on it.

    Attributes
    ----------
    length : int
        Pixels of the image along this side.
    window : int
        Pixels of a window.
    overlap : int
        Pixels that neighbouring windows share, below ``window``.
    """

    length: int
    window: int
    overlap: int

    def __post_init__(self) -> None:
        if self.length < 1 or not 0 <= self.overlap < self.window:
            raise ValueError(f"no windows of {self.window} px that share {self.overlap} px fit {self.length} px")

    @property
    def stride(self) -> int:
        """Pixels from one window's start to the next one's."""
        return self.window - self.overlap

    @property
    def before(self) -> int:
        """Pixels by which the first window starts outside the image (when the image is larger than the window)."""
        return self.overlap // 2

    @property
    def after(self) -> int:
        """Pixels by which the last window ends outside the image."""
        return self.overlap - self.before

    def starts(self) -> npt.NDArray[np.int64]:
        """First pixel of each window, in image coordinates (negative: outside)."""
        if self.length + self.overlap <= self.window:
            return np.array([-((self.window - self.length) // 2)], np.int64)
        count = math.ceil((self.length + self.overlap - self.window) / self.stride) + 1
        starts = np.arange(count, dtype=np.int64) * self.stride - self.before
        return np.minimum(starts, self.length + self.after - self.window)


def reflect(index: npt.NDArray[np.int64], length: int) -> npt.NDArray[np.int64]:
    """Fold positions outside ``0 .. length - 1`` back by mirrors on the outermost pixels, as often as it takes."""
    if length == 1:
        return np.zeros_like(index)
    period = 2 * (length - 1)
    folded = np.mod(index, period)
    return np.where(folded >= length, period - folded, folded)


@dataclass(frozen=True)
class Region:
    """Rows ``row0:row1`` and columns ``col0:col1`` of the model's grid: what is to be mapped."""

    row0: int
    row1: int
    col0: int
    col1: int

    @property
    def height(self) -> int:
        """Rows."""
        return self.row1 - self.row0

    @property
    def width(self) -> int:
        """Columns."""
        return self.col1 - self.col0

    @staticmethod
    def whole(grid: Grid) -> Region:
        """All of a grid."""
        return Region(0, grid.height, 0, grid.width)


def column_blocks(region: Region, widest: int, step: int) -> list[Region]:
    """Divide a wide region into blocks of columns of about equal width.

    Parameters
    ----------
    region : Region
    widest : int
        Pixels that a block may be wide; above 0.
    step : int
        All blocks but the last are multiples of this many pixels wide.

    Returns
    -------
    list of Region
        From left to right; the region itself where it is narrow enough.
    """
    count = math.ceil(region.width / widest)
    width = math.ceil(region.width / count / step) * step
    starts = range(region.col0, region.col1, width)
    return [Region(region.row0, region.row1, first, min(first + width, region.col1)) for first in starts]


def touching(starts: npt.NDArray[np.int64], window: int, first: int, last: int) -> npt.NDArray[np.int64]:
    """Those of ``starts`` whose window meets pixels ``first .. last - 1``."""
    return starts[(starts < last) & (starts + window > first)]
