"""Networks that HRNet-OCR is compared with: UNet, PSPNet, DeepLabV3+, HRNet (UBGG-3m, Table 4) and UPerNet.

Encoders and decoders are those of segmentation-models-pytorch and timm, always with fresh weights: nothing is ever
downloaded. The paper names the networks and no sizes, so the sizes here are those of each network's own paper, on a
ResNet-50 where it leaves the encoder open; HRNet has the sizes of `HRNetOCR`, so that the two differ by the head alone.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

import segmentation_models_pytorch as smp
import timm
import torch
import torch.nn.functional as F
from segmentation_models_pytorch.encoders import (
    encoders as known_encoders,
)
from timm.models.hrnet import HighResolutionNet
from torch import Tensor, nn

from urbangrain.engine.models.hrnet_ocr import HRNetOCROptions
from urbangrain.engine.models.layers import concatenated, conv_bn_relu


@dataclass(frozen=True)
class UNetOptions:
    """Sizes of a UNet (Ronneberger et al. 2015).

    Attributes
    ----------
    encoder : str
        An encoder of segmentation-models-pytorch ('resnet50', 'mobilenet_v2', ...), or 'tu-' and a network of timm.
    channels : (int, int, int, int, int)
        Channels of the decoder's steps, coarsest first.
    """

    encoder: str = "resnet50"
    channels: tuple[int, int, int, int, int] = (256, 128, 64, 32, 16)

    def __post_init__(self) -> None:
        object.__setattr__(self, "channels", tuple(int(n) for n in self.channels))
        if len(self.channels) != 5:
            raise ValueError(f"channels must name five steps, not {len(self.channels)}")
        _check_sizes(*self.channels)


@dataclass(frozen=True)
class PSPNetOptions:
    """Sizes of a PSPNet (Zhao et al. 2017).

    Attributes
    ----------
    encoder : str
        As for `UNetOptions`; it must be one that can be dilated.
    channels : int
        Channels of the last layer.
    dropout : float
    """

    encoder: str = "resnet50"
    channels: int = 512
    dropout: float = 0.1

    def __post_init__(self) -> None:
        _check_sizes(self.channels)
        _check_dropout(self.dropout)


@dataclass(frozen=True)
class DeepLabV3PlusOptions:
    """Sizes of a DeepLabV3+ (Chen et al. 2018).

    Attributes
    ----------
    encoder : str
        As for `UNetOptions`; it must be one that can be dilated.
    channels : int
        Channels of the decoder.
    output_stride : {8, 16}
        Stride of the encoder's last features. The dilations are 6, 12 and 18 at 16, and twice these at 8.
    dropout : float
        Of the spatial pyramid's output.
    """

    encoder: str = "resnet50"
    channels: int = 256
    output_stride: int = 16
    dropout: float = 0.5

    def __post_init__(self) -> None:
        if self.output_stride not in (8, 16):
            raise ValueError(f"output_stride must be 8 or 16, not {self.output_stride}")
        _check_sizes(self.channels)
        _check_dropout(self.dropout)


@dataclass(frozen=True)
class UPerNetOptions:
    """Sizes of a UPerNet (Xiao et al. 2018).

    Attributes
    ----------
    encoder : str
        As for `UNetOptions`.
    channels : int
        Channels of the feature pyramid.
    """

    encoder: str = "resnet50"
    channels: int = 256

    def __post_init__(self) -> None:
        _check_sizes(self.channels)


@dataclass(frozen=True)
class HRNetOptions:
    """Sizes of an `HRNet`; the defaults are HRNetV2-W48.

    Attributes
    ----------
    width, modules, blocks, stem_width, stem_stride, layer1_width, layer1_blocks
        The backbone's, as in `HRNetOCROptions`.
    head_channels : int
        Inner channels of the classifier; 0 means as many as are concatenated, which is HRNetV2's choice.
    """

    width: int = 48
    modules: tuple[int, int, int] = (1, 4, 3)
    blocks: int = 4
    stem_width: int = 64
    stem_stride: int = 4
    layer1_width: int = 64
    layer1_blocks: int = 4
    head_channels: int = 0

    def __post_init__(self) -> None:
        if self.head_channels < 0:
            raise ValueError("head_channels must not be negative")
        object.__setattr__(self, "modules", self.backbone().modules)

    def backbone(self) -> HRNetOCROptions:
        """Return the backbone's sizes, checked."""
        return HRNetOCROptions(**{f.name: getattr(self, f.name) for f in fields(self) if f.name != "head_channels"})


class HRNet(nn.Module):
    """HRNetV2 (Wang et al. 2020): the four resolutions raised to the finest, concatenated and classified.

    Parameters
    ----------
    in_channels, classes : int
    options : HRNetOptions

    Notes
    -----
    Input (n, in_channels, H, W) with H and W multiples of `stride_multiple`; output logits (n, classes, H, W).
    """

    def __init__(self, in_channels: int, classes: int, options: HRNetOptions | None = None) -> None:
        super().__init__()
        options = options or HRNetOptions()
        sizes = options.backbone()
        self.stride_multiple = 8 * sizes.stem_stride
        self.backbone = HighResolutionNet(sizes.stage_config(), in_chans=in_channels, head="features")
        self.backbone.conv2.stride = (sizes.stem_stride // 2, sizes.stem_stride // 2)
        features = 15 * sizes.width  # 1 + 2 + 4 + 8
        inner = options.head_channels or features
        self.head = conv_bn_relu(features, inner)
        self.classify = nn.Conv2d(inner, classes, 1)

    def forward(self, image: Tensor) -> Tensor:
        """Return the logits."""
        logits = self.classify(concatenated(self.backbone.forward_features(image), self.head))
        return F.interpolate(logits, size=image.shape[-2:], mode="bilinear", align_corners=False)


class Baseline(nn.Module):
    """A network of segmentation-models-pytorch by the registry's interface.

    Parameters
    ----------
    network : torch.nn.Module
    stride_multiple : int
        What a window's sides must be multiples of.

    Notes
    -----
    Input (n, in_channels, H, W); output logits (n, classes, H, W).
    """

    def __init__(self, network: nn.Module, stride_multiple: int) -> None:
        super().__init__()
        self.network = network
        self.stride_multiple = stride_multiple

    def forward(self, image: Tensor) -> Tensor:
        """Return the logits."""
        return self.network(image)


def unet(in_channels: int, classes: int, options: UNetOptions) -> Baseline:
    """Make a UNet."""
    return _build(smp.Unet, 32, options.encoder, in_channels, classes, decoder_channels=options.channels)


def pspnet(in_channels: int, classes: int, options: PSPNetOptions) -> Baseline:
    """Make a PSPNet.

    The encoder is whole and dilated to stride 8, as in its paper; the library's default, which cuts the encoder off
    after the third step, is another network.
    """
    more = {
        "encoder_depth": 5,
        "output_stride": 8,
        "psp_out_channels": options.channels,
        "psp_dropout": options.dropout,
        "upsampling": 8,
    }
    return _build(smp.PSPNet, 8, options.encoder, in_channels, classes, **more)


def deeplabv3plus(in_channels: int, classes: int, options: DeepLabV3PlusOptions) -> Baseline:
    """Make a DeepLabV3+."""
    finer = 16 // options.output_stride
    more = {
        "encoder_output_stride": options.output_stride,
        "decoder_channels": options.channels,
        "decoder_atrous_rates": (6 * finer, 12 * finer, 18 * finer),
        "decoder_aspp_dropout": options.dropout,
    }
    return _build(smp.DeepLabV3Plus, options.output_stride, options.encoder, in_channels, classes, **more)


def upernet(in_channels: int, classes: int, options: UPerNetOptions) -> Baseline:
    """Make a UPerNet."""
    return _build(smp.UPerNet, 32, options.encoder, in_channels, classes, decoder_channels=options.channels)


def check_encoder(name: str) -> None:
    """Refuse a name that is no encoder here.

    Names that timm would look up on a server ('hf_hub:...') are none.

    Raises
    ------
    ValueError
    """
    known = timm.is_model(name[3:]) if str(name).startswith("tu-") else name in known_encoders
    if not known:
        near = difflib.get_close_matches(str(name), known_encoders, n=3, cutoff=0.5)
        hint = f"; near it: {', '.join(near)}" if near else ""
        raise ValueError(
            f"there is no encoder {name!r}: take one of segmentation-models-pytorch, or 'tu-' and a name of timm{hint}"
        )


def _build(
    make: Callable[..., nn.Module], stride_multiple: int, encoder: str, in_channels: int, classes: int, **more: Any
) -> Baseline:
    """Build a network, and see by one small window that encoder and decoder fit each other."""
    check_encoder(encoder)
    if encoder.startswith("tu-swin"):
        more["strict_img_size"] = False  # else timm takes windows of the pretraining's size alone
    side = 2 * stride_multiple
    try:
        network = make(encoder_name=encoder, encoder_weights=None, in_channels=in_channels, classes=classes, **more)
        with torch.inference_mode():
            shape = tuple(network.eval()(torch.zeros(1, in_channels, side, side)).shape)
    # Not a list of types: what an encoder raises that does not fit is the libraries' choice, and differs by encoder.
    except Exception as error:
        reason = str(error) or type(error).__name__
        raise ValueError(f"{make.__name__} cannot be built on the encoder {encoder!r}: {reason}") from error
    if shape != (1, classes, side, side):
        raise ValueError(f"{make.__name__} on the encoder {encoder!r} answers with the wrong shape {shape}")
    return Baseline(network.train(), stride_multiple)


def _check_sizes(*sizes: int) -> None:
    if min(sizes) < 1:
        raise ValueError("every size must be at least 1")


def _check_dropout(dropout: float) -> None:
    if not 0 <= dropout < 1:
        raise ValueError(f"dropout must lie in [0, 1), not {dropout}")


BASELINES: dict[str, tuple[Callable[..., nn.Module], Callable[..., Any]]] = {
    "unet": (unet, UNetOptions),
    "pspnet": (pspnet, PSPNetOptions),
    "deeplabv3plus": (deeplabv3plus, DeepLabV3PlusOptions),
    "hrnet": (HRNet, HRNetOptions),
    "upernet": (upernet, UPerNetOptions),
}
"""Maker and options by the name in the registry."""
