"""What varies between sensors, seasons and skies: the changes a training tile goes through.

The network's input is scaled by the scene's own percentiles, so a gain or an offset of a band is already undone. What
is left to vary is what percentiles cannot undo: which scene they were measured on, curves, colour mixing, haze that
differs across the tile, blur, noise, quantisation, resolution, and the absence of near infrared.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor


def _uniform(generator: torch.Generator, n: int, low: float, high: float, channels: int = 1) -> Tensor:
    return low + (high - low) * torch.rand(n, channels, 1, 1, generator=generator)


def _applies(generator: torch.Generator, n: int, probability: float) -> Tensor:
    return (torch.rand(n, 1, 1, 1, generator=generator) < probability).float()


def radiometry(unit: Tensor, generator: torch.Generator) -> Tensor:
    """Vary the look of tiles.

    Parameters
    ----------
    unit : Tensor of shape (n, 4, h, w), float32
        Scaled so that the scene's low and high percentile are 0 and 1; order blue, green, red, near infrared.
    generator : torch.Generator

    Returns
    -------
    Tensor of the same shape.
    """
    n, bands, height, width = unit.shape
    x = unit
    # a curve: satellite products are linear in reflectance, aerial photographs are encoded for a display (0.45 is the
    # exponent of sRGB and BT.709), and either may have been stretched since
    encoded = _applies(generator, n, 0.5)
    curve = encoded * _uniform(generator, n, -0.9, -0.3) + (1 - encoded) * _uniform(generator, n, -0.3, 0.4)
    gamma = torch.exp(curve + _uniform(generator, n, -0.08, 0.08, bands))
    x = x.clamp(min=0) ** gamma + x.clamp(max=0)
    # saturation of the visible bands, and a little mixing of all bands (spectral response)
    grey = x[:, :3].mean(dim=1, keepdim=True)
    saturation = _uniform(generator, n, 0.5, 1.6) + encoded * _uniform(generator, n, 0.0, 0.6)
    x = torch.cat([grey + (x[:, :3] - grey) * saturation, x[:, 3:]], dim=1)
    mixing = torch.eye(bands) + 0.04 * torch.randn(n, bands, bands, generator=generator)
    x = torch.einsum("nij,njhw->nihw", mixing, x)
    # the percentiles of a larger or smaller scene
    x = (x - _uniform(generator, n, -0.12, 0.12) - _uniform(generator, n, -0.04, 0.04, bands)) * torch.exp(
        _uniform(generator, n, -0.3, 0.3) + _uniform(generator, n, -0.08, 0.08, bands)
    )
    # haze and vignetting: a smooth field, strongest in blue
    coarse = torch.randn(n, 1, 3, 3, generator=generator)
    field = F.interpolate(coarse, size=(height, width), mode="bicubic", align_corners=True)
    strength = _applies(generator, n, 0.4) * _uniform(generator, n, 0.0, 0.12)
    colour = torch.tensor([1.3, 1.0, 0.8, 0.4])[:bands].view(1, -1, 1, 1)
    x = x + field * strength * colour
    x = x * (1 + _roughness(x.shape, generator))
    # blur
    x = _coarsen(x, generator)
    soft = _smooth(x, 1)
    share = _applies(generator, n, 0.4) * _uniform(generator, n, 0.0, 1.0)
    x = x + (soft - x) * share
    # aerial photographs that were compressed and resampled: nothing finer than some pixels is left
    share = _applies(generator, n, 0.15) * _uniform(generator, n, 0.3, 1.0)
    x = x + (_smooth(_smooth(x, 1), 2) - x) * share
    soft = _smooth(x, 1)
    sharp = _applies(generator, n, 0.4) * _uniform(generator, n, 0.0, 1.6)
    x = x + (x - soft) * sharp  # sharpened products
    # noise and 8-bit quantisation with saturated highlights
    x = x + torch.randn(x.shape, generator=generator) * (
        _applies(generator, n, 0.5) * _uniform(generator, n, 0.0, 0.06)
    )
    eight_bit = _applies(generator, n, 0.4)
    top = _uniform(generator, n, 1.05, 1.6)
    quantised = torch.round(torch.minimum(x.clamp(min=-0.1), top) * 255 / top) * top / 255
    return x + (quantised - x) * eight_bit


def _smooth(x: Tensor, reach: int) -> Tensor:
    """Average over squares of ``2 * reach + 1`` pixels."""
    return F.avg_pool2d(F.pad(x, (reach,) * 4, mode="replicate"), 2 * reach + 1, stride=1)


def _roughness(shape: torch.Size, generator: torch.Generator) -> Tensor:
    """Draw a relative grain, one or three pixels wide and the same in all bands, for half of the tiles.

    Real surfaces are rougher than painted ones, and how rough they look depends on the sensor.
    """
    n, _, height, width = shape
    fine = torch.randn(n, 1, height, width, generator=generator)
    grain = 0.6 * fine + 2.4 * _smooth(torch.randn(n, 1, height, width, generator=generator), 1)
    amplitude = _applies(generator, n, 0.5) * _uniform(generator, n, 0.0, 0.16)
    return (grain * amplitude).clamp(-0.6, 0.6)


def _coarsen(x: Tensor, generator: torch.Generator) -> Tensor:
    """Give some tiles a lower resolution on the same grid, as imagery has that was upsampled to the model's range."""
    chosen = torch.rand(x.shape[0], generator=generator) < 0.2
    for i in torch.nonzero(chosen).flatten().tolist():
        factor = float(torch.empty(1).uniform_(1.5, 3.4, generator=generator))
        small = F.interpolate(x[i : i + 1], scale_factor=1 / factor, mode="bilinear", antialias=True)
        x[i : i + 1] = F.interpolate(small, size=x.shape[-2:], mode="bicubic", align_corners=False)
    return x


def drop_near_infrared(scaled: Tensor, probability: float, generator: torch.Generator) -> Tensor:
    """Take the near infrared away from some tiles: zeros after scaling, as the engine feeds an absent band."""
    keep = 1.0 - _applies(generator, scaled.shape[0], probability)
    return torch.cat([scaled[:, :3], scaled[:, 3:] * keep], dim=1)
