"""The scene's own brightness per band, from blocks sampled over the whole image.

The sample never depends on windows, bands of rows or the area to map: a part of an image is mapped exactly as it would
be within the whole.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from urbangrain.engine.errors import UrbanGrainError
from urbangrain.engine.models.card import Scaling

from .scaling import BandAffine, fixed_affine, percentile_affine
from .source import Image

BLOCK = 128
"""Side of a sampled block in pixels."""

LATTICE = 8
"""Blocks along each side of the image (so 64 blocks, a million pixels) in the first, sparse lattice."""


def sample_bands(
    image: Image, bands: Sequence[int], check: Callable[[], None] = lambda: None
) -> list[npt.NDArray[np.float32]]:
    """Sample valid pixel values.

    Parameters
    ----------
    image : Image
    bands : sequence of int
        1-based numbers; 0 gives an empty array.
    check : callable
        Called between blocks; may raise to stop.

    Returns
    -------
    list of 1-d float32 arrays
        Valid values of each band: from a lattice of 8 x 8 blocks, made denser until it meets valid pixels.

    Raises
    ------
    UrbanGrainError
        ``image.no_pixels`` when the image has none, ``image.block_damaged``.
    """
    lattice = LATTICE
    densest = max(math.ceil(image.grid.height / BLOCK), math.ceil(image.grid.width / BLOCK))
    while True:
        found: list[npt.NDArray[np.float32]] = []
        for row in _starts(image.grid.height, lattice):
            for col in _starts(image.grid.width, lattice):
                check()
                row1, col1 = min(row + BLOCK, image.grid.height), min(col + BLOCK, image.grid.width)
                values, valid = image.read(bands, row, row1, col, col1)
                if valid.any():
                    found.append(values[:, valid])
        if found:
            together = np.concatenate(found, axis=1)
            return [together[i] if band else together[i, :0] for i, band in enumerate(bands)]
        if lattice >= densest:
            raise UrbanGrainError("image.no_pixels", path=image.path)
        lattice *= 4


def _starts(length: int, count: int) -> list[int]:
    """Return starts of at most ``count`` blocks, spread evenly, both ends included."""
    if length <= BLOCK * count:
        return list(range(0, length, BLOCK))
    return sorted({round(i * (length - BLOCK) / (count - 1)) for i in range(count)})


def scene_affine(
    image: Image, bands: Sequence[int], scaling: Scaling, check: Callable[[], None] = lambda: None
) -> BandAffine:
    """Scaling of this scene for a model: the card's own, or by the scene's percentiles. Absent bands become zeros."""
    if scaling.kind == "fixed":
        affine = fixed_affine(scaling)
    else:
        affine = percentile_affine(list(sample_bands(image, bands, check)), scaling)
    absent = np.asarray(bands) == 0
    return BandAffine(
        np.where(absent, 0, affine.offset).astype(np.float32),
        np.where(absent, 0, affine.gain).astype(np.float32),
        affine.low,
        affine.high,
    )
