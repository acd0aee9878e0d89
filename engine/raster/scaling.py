"""Pixel values to network input: one affine function per band, fixed by the card or measured once a scene."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from urbangrain.engine.models.card import Scaling


@dataclass(frozen=True)
class BandAffine:
    """``clip((x - offset) * gain, low, high)`` per band; offset and gain have shape (bands,), float32."""

    offset: npt.NDArray[np.float32]
    gain: npt.NDArray[np.float32]
    low: float
    high: float

    def __call__(self, image: npt.NDArray[np.generic]) -> npt.NDArray[np.float32]:
        """Scale an image of shape (bands, rows, columns), any dtype, to float32."""
        out = (image.astype(np.float32) - self.offset[:, None, None]) * self.gain[:, None, None]
        return np.clip(out, self.low, self.high, out=out)


def fixed_affine(scaling: Scaling) -> BandAffine:
    """Affine of a 'fixed' scaling: ``(x * scale - mean) / std``."""
    scale = np.asarray(scaling.scale, np.float64)
    mean = np.asarray(scaling.mean, np.float64)
    std = np.asarray(scaling.std, np.float64)
    return BandAffine((mean / scale).astype(np.float32), (scale / std).astype(np.float32), *scaling.clip)


def percentile_affine(samples: list[npt.NDArray[np.generic]], scaling: Scaling) -> BandAffine:
    """Affine of a 'percentile' scaling from sampled valid values.

    Parameters
    ----------
    samples : list of 1-d arrays
        Valid pixel values of each band, in the card's order; an empty array stands for an absent band.
    scaling : Scaling
        Of kind 'percentile'.

    Notes
    -----
    A band whose two percentiles coincide (a constant band) is scaled by 1 so that it becomes constant, not NaN.
    """
    offset = np.zeros(len(samples), np.float32)
    gain = np.ones(len(samples), np.float32)
    for i, values in enumerate(samples):
        if values.size == 0:
            continue
        low, high = np.percentile(values.astype(np.float64), [scaling.low, scaling.high])
        span = high - low if high > low else 1.0
        # ((x - low) / span - mean) / std, written as (x - offset) * gain
        offset[i] = low + scaling.mean[i] * span
        gain[i] = 1.0 / (span * scaling.std[i])
    return BandAffine(offset, gain, *scaling.clip)
