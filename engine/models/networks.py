"""Networks by name, as model cards name them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from torch import nn

from urbangrain.engine.models.bicubic_unet import BicubicUNet, BicubicUNetOptions
from urbangrain.engine.models.hrnet_ocr import HRNetOCR, HRNetOCROptions
from urbangrain.engine.models.stsr_seg import STSRSeg, STSRSegOptions
from urbangrain.engine.models.ugsnet import UGSNet, UGSNetOptions


def _hrnet_ocr(in_channels: int, classes: int, **options: Any) -> nn.Module:
    return HRNetOCR(in_channels, classes, HRNetOCROptions(**options))


def _ugsnet(in_channels: int, classes: int, **options: Any) -> nn.Module:
    return UGSNet(in_channels, classes, UGSNetOptions(**options))


def _stsr_seg(in_channels: int, classes: int, **options: Any) -> nn.Module:
    return STSRSeg(in_channels, classes, STSRSegOptions(**options))


def _bicubic_unet(in_channels: int, classes: int, **options: Any) -> nn.Module:
    return BicubicUNet(in_channels, classes, BicubicUNetOptions(**options))


def _baseline(name: str) -> Callable[..., nn.Module]:
    def make(in_channels: int, classes: int, **options: Any) -> nn.Module:
        # Imported when one is asked for: the engine's own networks must run without the library behind the baselines.
        from urbangrain.engine.models.baselines import BASELINES

        network, sizes = BASELINES[name]
        return network(in_channels, classes, sizes(**options))

    return make


def _parcel_fusion(in_channels: int, classes: int, **options: Any) -> nn.Module:
    from urbangrain.engine.models.parcel_fusion import ParcelFusion, ParcelFusionOptions

    return ParcelFusion(in_channels, classes, ParcelFusionOptions(**options))


NETWORKS: dict[str, Callable[..., nn.Module]] = {
    "hrnet_ocr": _hrnet_ocr,
    "ugsnet": _ugsnet,
    "stsr_seg": _stsr_seg,
    "bicubic_unet": _bicubic_unet,
    "parcel_fusion": _parcel_fusion,
    "unet": _baseline("unet"),
    "pspnet": _baseline("pspnet"),
    "deeplabv3plus": _baseline("deeplabv3plus"),
    "hrnet": _baseline("hrnet"),
    "upernet": _baseline("upernet"),
}
"""Maker by name; each takes ``in_channels``, ``classes`` and the network's own options."""


def build(name: str, in_channels: int, classes: int, **options: Any) -> nn.Module:
    """Make a network with fresh weights.

    Parameters
    ----------
    name : str
        A key of `NETWORKS`.
    in_channels, classes : int
        Input bands and output classes.
    **options
        The network's own sizes.

    Returns
    -------
    torch.nn.Module
        In eval mode it takes float (n, in_channels, H, W) and gives logits (n, classes, H * upscale, W * upscale);
        'parcel_fusion' takes a `ParcelBatch` and gives a `ParcelPrediction`.

    Raises
    ------
    ValueError
        For an unknown name or an option that the network does not have or cannot have that value.
    """
    maker = NETWORKS.get(name)
    if maker is None:
        raise ValueError(f"there is no network {name!r}; known: {', '.join(sorted(NETWORKS))}")
    try:
        return maker(in_channels, classes, **options)
    except TypeError as error:
        raise ValueError(f"network {name!r} does not take these options: {error}") from error
