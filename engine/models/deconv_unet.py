"""A U-Net with a residual network as its encoder and a deconvolution as its last layer.

The rear part of STSR-Seg (CBRA paper, section 4.2): the encoder of the plain U-Net is replaced by ResNet-50, its final
up-sampling by a deconvolution, and every convolutional block has batch normalisation. The encoder is timm's.
"""

from __future__ import annotations

from typing import Any, cast

import torch
import torch.nn.functional as F
from timm.models.resnet import BasicBlock, Bottleneck, ResNet
from torch import Tensor, nn

from urbangrain.engine.models.layers import conv_bn_relu

BLOCKS: dict[str, Any] = {"basic": BasicBlock, "bottleneck": Bottleneck}
"""Residual blocks by name: those of ResNet-18 and 34, and those of ResNet-50 and larger."""

STRIDE = 32
"""Pixels of the input along a side of a pixel of the deepest features."""

_PLAIN_STEM = 64


def residual_encoder(
    in_channels: int, block: str, layers: tuple[int, ...], channels: tuple[int, ...], stem: int, representation: int
) -> ResNet:
    """Make timm's residual network; its classifier is the fully connected layer of the representation.

    Parameters
    ----------
    in_channels : int
    block : str
        A key of `BLOCKS`.
    layers, channels : tuple of int
        Blocks and channels of the four stages; bottleneck blocks give four times the channels.
    stem : int
        Channels of the stem. 64: one 7x7 convolution, as ResNet has it; any other even number: three 3x3 convolutions.
    representation : int
    """
    deep = stem != _PLAIN_STEM
    return ResNet(
        BLOCKS[block],
        layers,
        num_classes=representation,
        in_chans=in_channels,
        stem_width=stem // 2 if deep else stem,
        stem_type="deep" if deep else "",
        channels=channels,
    )


class UpBlock(nn.Module):
    """A step of the decoder: double the size, join the encoder's features of that size, two convolutions.

    Parameters
    ----------
    inputs, skip, outputs : int
        Channels from below, from the encoder, and of the answer.
    """

    def __init__(self, inputs: int, skip: int, outputs: int) -> None:
        super().__init__()
        self.up = conv_bn_relu(inputs, outputs, 3)
        self.join = nn.Sequential(conv_bn_relu(skip + outputs, outputs, 3), conv_bn_relu(outputs, outputs, 3))

    def forward(self, x: Tensor, skip: Tensor) -> Tensor:
        """Return (n, outputs, 2h, 2w) of (n, inputs, h, w) and (n, skip, 2h, 2w)."""
        raised = self.up(F.interpolate(x, scale_factor=2.0, mode="nearest"))
        return self.join(torch.cat([skip, raised], dim=1))


class DeconvUNet(nn.Module):
    """U-Net with a residual encoder.

    Parameters
    ----------
    encoder : ResNet
        From `residual_encoder`.
    decoder_channels : tuple of int
        Channels of the four decoder blocks, the coarsest first.
    classes : int

    Notes
    -----
    Images (n, C, H, W) have H and W that are multiples of `STRIDE`.
    """

    def __init__(self, encoder: ResNet, decoder_channels: tuple[int, ...], classes: int) -> None:
        super().__init__()
        self.encoder = encoder
        described: Any = encoder.feature_info
        *skips, deepest = [int(info["num_chs"]) for info in described]
        inputs = (deepest, *decoder_channels)
        self.decoder = nn.ModuleList(
            UpBlock(below, skip, outputs) for below, skip, outputs in zip(inputs, reversed(skips), decoder_channels)
        )
        self.deconvolution = nn.ConvTranspose2d(decoder_channels[-1], classes, 2, stride=2)

    def encode(self, image: Tensor) -> list[Tensor]:
        """Return the stem's and the four stages' features, finest first: H/2, H/4, H/8, H/16 and H/32."""
        encoder: Any = self.encoder
        x = encoder.act1(encoder.bn1(encoder.conv1(image)))
        features = [x]
        x = encoder.maxpool(x)
        for stage in (encoder.layer1, encoder.layer2, encoder.layer3, encoder.layer4):
            x = stage(x)
            features.append(x)
        return features

    def represent(self, features: list[Tensor]) -> Tensor:
        """Return global average pooling and the fully connected layer of the deepest features: (n, representation)."""
        return cast(Tensor, self.encoder.forward_head(features[-1]))

    def decode(self, features: list[Tensor]) -> Tensor:
        """Return logits (n, classes, H, W)."""
        *skips, x = features
        for block, skip in zip(self.decoder, reversed(skips)):
            x = block(x, skip)
        return self.deconvolution(x)

    def forward(self, image: Tensor) -> Tensor:
        """Return logits (n, classes, H, W) of an image (n, C, H, W)."""
        return self.decode(self.encode(image))
