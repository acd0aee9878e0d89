"""An image at a whole fraction of its resolution, for screens that show much of it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from affine import Affine

from .grid import Grid, pixel_size
from .source import Image

_AT_ONCE_PX = 4_000_000
"""Pixels that are read before they are averaged."""


class Thinned:
    """Every ``factor`` x ``factor`` pixels of an image as one; stands in for the `Image` in a `ModelImage`.

    A context manager, which closes the image only where it ``owns`` it.

    Attributes
    ----------
    grid : Grid
        Of the thinned pixels. Its last row and column may reach over the image's border.
    decimated : int
        Pixels that are averaged along each side: 1 where an overview of the file does.
    """

    def __init__(self, image: Image, factor: int, owns: bool = False, check: Callable[[], None] = lambda: None) -> None:
        self._image, self.decimated, self._owns, self._check = image, factor, owns, check
        own = image.grid
        width, height = math.ceil(own.width / factor), math.ceil(own.height / factor)
        self.grid = Grid(own.crs, own.transform * Affine.scale(factor), width, height)
        self.block_height = max(1, image.block_height // factor)
        self.path = image.path

    def __enter__(self) -> Thinned:
        return self

    def __exit__(self, *exc: Any) -> None:
        if self._owns:
            self._image.close()

    def read(
        self, bands: Sequence[int], row0: int, row1: int, col0: int, col1: int
    ) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.bool_]]:
        """As `Image.read`, in thinned pixels: means of valid pixels, valid where at least half of them are."""
        f, own = self.decimated, self._image.grid
        if f == 1:
            return self._image.read(bands, row0, row1, col0, col1)
        values = np.zeros((len(bands), row1 - row0, col1 - col0), np.float32)
        valid = np.zeros(values.shape[1:], bool)
        left, right = col0 * f, min(col1 * f, own.width)
        columns = np.arange(0, right - left, f)
        step = max(1, _AT_ONCE_PX // (right - left) // f)
        for row in range(row0, row1, step):
            self._check()
            last = min(row + step, row1)
            top, bottom = row * f, min(last * f, own.height)
            read, known = self._image.read(bands, top, bottom, left, right)
            rows = np.arange(0, bottom - top, f)
            count = _sums(known[None].astype(np.float32), rows, columns)[0]
            sums = _sums(read, rows, columns)
            values[:, row - row0 : last - row0] = sums / np.maximum(count, 1)
            valid[row - row0 : last - row0] = count * 2 >= _sizes(rows, bottom - top) * _sizes(columns, right - left).T
        np.copyto(values, 0, where=~valid)
        return values, valid


def at_resolution(image: Image, gsd: float, check: Callable[[], None] = lambda: None) -> Thinned:
    """Return an image at the coarsest resolution that a model working at ``gsd`` metres can use.

    By the file's overviews where it has them, by averaging beyond that; ``check`` is called between the parts of a long
    read and may raise to stop.
    """
    own = math.sqrt(math.prod(pixel_size(image.grid, image.path)))
    factor = 2 ** math.floor(math.log2(max(1.0, gsd / own) * 1.01))
    usable = [(scale, index) for index, scale in enumerate(image.overviews) if scale <= factor]
    if not usable:
        return Thinned(image, factor, check=check)
    scale, index = max(usable)
    return Thinned(Image(image.path, index), max(1, factor // scale), owns=True, check=check)


def _sums(values: npt.NDArray[np.float32], rows: npt.NDArray[Any], columns: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Return sums over blocks that start at ``rows`` and ``columns``."""
    return np.add.reduceat(np.add.reduceat(values, columns, axis=2), rows, axis=1)


def _sizes(starts: npt.NDArray[Any], length: int) -> npt.NDArray[Any]:
    """Return the lengths of the blocks, as a column."""
    return np.diff(np.append(starts, length))[:, None]
