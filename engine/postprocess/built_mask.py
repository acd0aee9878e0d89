"""Rooftops only where land is built up (CBRA paper, section 4.4): bare ground that looks like a roof goes away."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from skimage.transform import resize

THRESHOLD = 0.2
"""Probability of built-up land from which on rooftops stay (section 4.4, figure A4)."""


def keep_built(
    classes: npt.NDArray[np.uint8],
    built: npt.NDArray[np.floating],
    rooftop: int,
    background: int,
    threshold: float = THRESHOLD,
) -> npt.NDArray[np.uint8]:
    """Make rooftops outside built-up land background.

    Parameters
    ----------
    classes : uint8 array [rows, columns]
        Class values; those other than ``rooftop`` stay as they are.
    built : float array [any rows, any columns]
        Probability of built-up land over the same extent, in 0 to 1, such as Dynamic World's; NaN where unknown. It is
        brought to the grid of ``classes`` by `resize_bilinear`.
    rooftop, background : int
        Class values.
    threshold : float
        Rooftops stay at this probability and above, and where it is unknown.

    Returns
    -------
    uint8 array [rows, columns]
    """
    rows, columns = classes.shape
    unbuilt = resize_bilinear(built, (rows, columns)) < threshold
    return np.where((classes == rooftop) & unbuilt, np.uint8(background), classes)


def resize_bilinear(layer: npt.NDArray[np.floating], shape: tuple[int, int]) -> npt.NDArray[np.float32]:
    """Interpolate a layer onto another grid over the same extent.

    Parameters
    ----------
    layer : float array [rows, columns]
        NaN where unknown.
    shape : (int, int)
        Rows and columns of the other grid.

    Returns
    -------
    float32 array of that shape
        Values between the centres of pixels, those of the outermost pixels beyond them. Unknown pixels do not count;
        NaN where nothing else is near.
    """
    known = np.isfinite(layer)

    def resized(values: npt.NDArray[np.floating]) -> npt.NDArray[np.float64]:
        return resize(values.astype(np.float64), shape, order=1, mode="edge", anti_aliasing=False, preserve_range=True)

    total = resized(np.where(known, layer, 0.0))
    if known.all():
        return total.astype(np.float32)
    weight = resized(known.astype(np.float64))
    return np.divide(total, weight, out=np.full(shape, np.nan), where=weight > 1e-6).astype(np.float32)
