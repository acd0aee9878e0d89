"""STSR-Seg: rooftops on a grid finer than the image's, by super-resolution and segmentation in one network.

The CBRA paper, section 4.2 and figure 6: EDSR brings the image to the finer grid, a modified U-Net classifies it there.
Sizes that the paper leaves out (features and blocks of EDSR, channels between the parts and of the decoder) are those
of the authors' published code.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import torch.nn.functional as F
from torch import Tensor, nn

from urbangrain.engine.models.deconv_unet import BLOCKS, STRIDE, DeconvUNet, residual_encoder
from urbangrain.engine.models.edsr import EDSR, SHUFFLES

ROOFTOP = 1
"""Output channel of rooftops; 0 is everything else."""


@dataclass(frozen=True)
class STSRSegOptions:
    """Sizes of an `STSRSeg`. The defaults are the paper's network.

    Attributes
    ----------
    scale : {2, 4, 8}
        Output pixels along an input pixel's side (the paper's r).
    features, blocks : int
        Channels and number of EDSR's residual blocks.
    residual_scale : float
        Factor of each residual block's answer.
    shuffle : {'steps', 'once'}
        How EDSR comes to the finer grid; see `EDSR`. 'once' is for light networks.
    image_channels : int
        Channels of the image that EDSR hands to the U-Net. The paper writes as many as the input has; the authors' code
        makes three, the number that networks trained on photographs take.
    encoder_block : {'basic', 'bottleneck'}
    encoder_layers, encoder_channels : (int, int, int, int)
        Blocks and channels of the encoder's stages. The defaults are ResNet-50; (2, 2, 2, 2) basic ones are ResNet-18.
    stem_channels : int
        Channels of the encoder's stem: 64 is ResNet's 7x7 convolution, any other even number three 3x3 convolutions.
    decoder_channels : (int, int, int, int)
        Channels of the decoder's blocks, the coarsest first.
    representation : int
        Length of the temporal representation (the paper's d).
    """

    scale: int = 4
    features: int = 128
    blocks: int = 16
    residual_scale: float = 0.1
    shuffle: str = "steps"
    image_channels: int = 3
    encoder_block: str = "bottleneck"
    encoder_layers: tuple[int, ...] = (3, 4, 6, 3)
    encoder_channels: tuple[int, ...] = (64, 128, 256, 512)
    stem_channels: int = 64
    decoder_channels: tuple[int, ...] = (1024, 512, 256, 128)
    representation: int = 128

    def __post_init__(self) -> None:
        for name in ("encoder_layers", "encoder_channels", "decoder_channels"):
            object.__setattr__(self, name, tuple(int(n) for n in getattr(self, name)))
            if len(getattr(self, name)) != 4:
                raise ValueError(f"{name} must name four stages")
        if self.scale not in (2, 4, 8):
            raise ValueError(f"scale must be 2, 4 or 8, not {self.scale}")
        if self.shuffle not in SHUFFLES:
            raise ValueError(f"shuffle must be one of {', '.join(SHUFFLES)}, not {self.shuffle!r}")
        if self.encoder_block not in BLOCKS:
            raise ValueError(f"encoder_block must be one of {', '.join(BLOCKS)}, not {self.encoder_block!r}")
        sizes = (
            self.features,
            self.blocks,
            self.image_channels,
            *self.encoder_layers,
            *self.encoder_channels,
            *self.decoder_channels,
            self.representation,
        )
        if min(sizes) < 1:
            raise ValueError("every size must be at least 1")
        if self.stem_channels < 2 or self.stem_channels % 2:
            raise ValueError(f"stem_channels must be even and above 0, not {self.stem_channels}")
        if not 0 < self.residual_scale <= 1:
            raise ValueError(f"residual_scale must lie in (0, 1], not {self.residual_scale}")


LIGHT_STSR_SEG: dict[str, Any] = {
    "features": 32,
    "blocks": 8,
    "shuffle": "once",
    "encoder_block": "basic",
    "encoder_layers": (2, 2, 2, 2),
    "encoder_channels": (24, 48, 96, 160),
    "stem_channels": 24,
    "decoder_channels": (96, 48, 32, 24),
}
"""Options of a light network for two CPU cores."""


class STSRSegOutput(NamedTuple):
    """What the network gives in training: the HR, SG and TC loss each look at one.

    Attributes
    ----------
    logits : Tensor of shape (n, 2, H * scale, W * scale)
        Their softmax is the paper's high-resolution confidence; `ROOFTOP` is the channel of rooftops.
    low_resolution : Tensor of shape (n, H, W), float32
        Confidence of rooftops in 0 to 1, the mean over each input pixel's ``scale x scale`` output pixels.
    representation : Tensor of shape (n, d), float32
        The temporal representation z, of unit length.
    """

    logits: Tensor
    low_resolution: Tensor
    representation: Tensor


class STSRSeg(nn.Module):
    """EDSR and a U-Net with a deconvolution: rooftops on a grid ``scale`` times finer than the image's.

    Parameters
    ----------
    in_channels : int
    classes : int
        2: everything else, and rooftops.
    options : STSRSegOptions
        Sizes; the defaults are the paper's.

    Raises
    ------
    ValueError
        For another number of classes.

    Notes
    -----
    Input (n, in_channels, H, W) with H and W multiples of `stride_multiple` (8 for a scale of 4; the paper's windows
    have 64 pixels); output logits (n, 2, H * scale, W * scale). In training mode the output is an `STSRSegOutput`.

    The paper's single sigmoid is the softmax of two logits here, as in every network of this engine: with the
    difference of the two as the sigmoid's argument they are the same function.
    """

    def __init__(self, in_channels: int, classes: int = 2, options: STSRSegOptions | None = None) -> None:
        super().__init__()
        if classes != 2:
            raise ValueError(f"STSR-Seg tells rooftops from the rest: 2 classes, not {classes}")
        options = options or STSRSegOptions()
        self.options = options
        self.upscale = options.scale
        self.stride_multiple = STRIDE // options.scale
        self.super_resolution = EDSR(
            in_channels,
            options.image_channels,
            options.features,
            options.blocks,
            options.residual_scale,
            options.scale,
            options.shuffle,
        )
        encoder = residual_encoder(
            options.image_channels,
            options.encoder_block,
            options.encoder_layers,
            options.encoder_channels,
            options.stem_channels,
            options.representation,
        )
        self.segmentation = DeconvUNet(encoder, options.decoder_channels, classes)

    def outputs(self, image: Tensor) -> STSRSegOutput:
        """Return all three outputs, whatever the mode."""
        features = self.segmentation.encode(self.super_resolution(image))
        logits = self.segmentation.decode(features)
        return STSRSegOutput(
            logits,
            low_resolution(logits, self.upscale),
            # Of unit length, as MoCo has it, which section 4.3.2 follows: eq. 4 then compares directions.
            F.normalize(self.segmentation.represent(features).float(), dim=1),
        )

    def forward(self, image: Tensor) -> Tensor | STSRSegOutput:
        """Return the logits, and in training mode all three outputs."""
        return self.outputs(image) if self.training else self.segmentation(self.super_resolution(image))


def low_resolution(logits: Tensor, scale: int) -> Tensor:
    """Average the confidence of rooftops over the input's pixels (section 4.2: average pooling of the confidence).

    Parameters
    ----------
    logits : Tensor of shape (n, 2, H * scale, W * scale)
    scale : int

    Returns
    -------
    Tensor of shape (n, H, W), float32
        In 0 to 1.
    """
    return F.avg_pool2d(logits.float().softmax(dim=1)[:, ROOFTOP], scale)
