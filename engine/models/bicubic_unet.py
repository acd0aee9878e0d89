"""What STSR-Seg is compared with: bicubic upsampling in place of EDSR, then the same U-Net.

Everything else is STSR-Seg's, its three outputs too, so that the two can be trained alike and differ by how the image
comes to the finer grid alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch.nn.functional as F
from torch import Tensor, nn

from urbangrain.engine.models.deconv_unet import STRIDE, DeconvUNet, residual_encoder
from urbangrain.engine.models.stsr_seg import LIGHT_STSR_SEG, STSRSegOptions, STSRSegOutput, low_resolution


@dataclass(frozen=True)
class BicubicUNetOptions:
    """Sizes of a `BicubicUNet`, as those of `STSRSegOptions`; the defaults are the U-Net of the paper's STSR-Seg."""

    scale: int = 4
    encoder_block: str = "bottleneck"
    encoder_layers: tuple[int, ...] = (3, 4, 6, 3)
    encoder_channels: tuple[int, ...] = (64, 128, 256, 512)
    stem_channels: int = 64
    decoder_channels: tuple[int, ...] = (1024, 512, 256, 128)
    representation: int = 128

    def __post_init__(self) -> None:
        checked = STSRSegOptions(**vars(self))
        for name in ("encoder_layers", "encoder_channels", "decoder_channels"):
            object.__setattr__(self, name, getattr(checked, name))


LIGHT_BICUBIC_UNET: dict[str, Any] = {
    **{name: LIGHT_STSR_SEG[name] for name in ("encoder_block", "encoder_layers", "stem_channels", "decoder_channels")},
    "encoder_channels": (24, 48, 96, 176),
}
"""Options of a network with about as many parameters as STSR-Seg's with `LIGHT_STSR_SEG`: EDSR's go to the encoder."""


class BicubicUNet(nn.Module):
    """Bicubic upsampling and a U-Net with a deconvolution: rooftops on a grid ``scale`` times finer than the image's.

    Parameters
    ----------
    in_channels : int
    classes : int
        2: everything else, and rooftops.
    options : BicubicUNetOptions

    Raises
    ------
    ValueError
        For another number of classes.

    Notes
    -----
    Input and output are those of `STSRSeg`.
    """

    def __init__(self, in_channels: int, classes: int = 2, options: BicubicUNetOptions | None = None) -> None:
        super().__init__()
        if classes != 2:
            raise ValueError(f"the network tells rooftops from the rest: 2 classes, not {classes}")
        options = options or BicubicUNetOptions()
        self.options = options
        self.upscale = options.scale
        self.stride_multiple = STRIDE // options.scale
        encoder = residual_encoder(
            in_channels,
            options.encoder_block,
            options.encoder_layers,
            options.encoder_channels,
            options.stem_channels,
            options.representation,
        )
        self.segmentation = DeconvUNet(encoder, options.decoder_channels, classes)

    def forward(self, image: Tensor) -> Tensor | STSRSegOutput:
        """Return the logits, and in training mode all three outputs."""
        finer = bicubic(image, self.upscale)
        if not self.training:
            return self.segmentation(finer)
        features = self.segmentation.encode(finer)
        logits = self.segmentation.decode(features)
        representation = F.normalize(self.segmentation.represent(features).float(), dim=1)
        return STSRSegOutput(logits, low_resolution(logits, self.upscale), representation)


def bicubic(image: Tensor, scale: int) -> Tensor:
    """Return (n, C, H * scale, W * scale) of an image (n, C, H, W) by bicubic interpolation."""
    return F.interpolate(image, scale_factor=float(scale), mode="bicubic", align_corners=False)
