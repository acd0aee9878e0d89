"""How overlapping windows are put together.

'gaussian' and 'mean' average probabilities with weights, 'crop' keeps each window's centre (the UBGG-3m authors keep
182 of 256 px), 'max' takes the largest probability (CBRA). Weights are separable, so their sum over all windows is the
product of two vectors: no image of weights is kept, and the average is exact up to the rim.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from .windows import Axis

SIGMA = 0.125
"""Standard deviation of the Gaussian as a share of the window, as in MONAI's sliding-window inference."""

FLOOR = 1e-3
"""Smallest weight along a side: a pixel that only a window's edge covers still gets a finite average."""


def side_weights(axis: Axis, blend: str, upscale: int = 1, margin: int = 0) -> npt.NDArray[np.float64]:
    """Weights along one side of a window.

    Parameters
    ----------
    axis : Axis
    blend : {'gaussian', 'mean', 'max', 'crop'}
    upscale : int
        Output pixels along an input pixel's side.
    margin : int
        Input pixels at both ends for which the network gives no answer; half the overlap at most.

    Returns
    -------
    float64 [window * upscale]
        Above 0 up to 1; zeros in the margin, and for 'crop' outside the part that is kept.
    """
    if margin > axis.before:
        raise ValueError(f"a margin of {margin} px needs an overlap of {2 * margin} px, not {axis.overlap}")
    size = axis.window * upscale
    if blend == "gaussian":
        at = np.arange(size) - (size - 1) / 2
        weights = np.maximum(np.exp(-0.5 * (at / (SIGMA * size)) ** 2), FLOOR)
    elif blend == "crop":
        weights = np.zeros(size)
        weights[axis.before * upscale : (axis.window - axis.after) * upscale] = 1
    else:
        weights = np.ones(size)
    weights[: margin * upscale] = 0
    weights[size - margin * upscale :] = 0
    return weights


def weight_sum(axis: Axis, blend: str, upscale: int = 1, margin: int = 0) -> npt.NDArray[np.float64]:
    """Sum of all windows' weights at each output pixel along one side, float64 [length * upscale], above 0."""
    weights = side_weights(axis, blend, upscale, margin)
    total = np.zeros(axis.length * upscale)
    for start in axis.starts() * upscale:
        first, last = max(0, start), min(len(total), start + len(weights))
        total[first:last] += weights[first - start : last - start]
    return total
