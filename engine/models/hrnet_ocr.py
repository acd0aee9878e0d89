"""HRNet-OCR: a backbone that keeps four resolutions side by side, and a head that relates pixels to land-cover objects.

The backbone's stages are timm's `HighResolutionNet`; the stem's stride, the concatenation of the four resolutions and
the head are here. The head follows the object-contextual representations as the UBGG-3m paper states them (equations
1 to 4, section "HRNet-OCR network architecture"); sizes that the paper leaves out (channels, dropout) are those of the
authors' published code.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
import torch.nn.functional as F
from timm.models.hrnet import HighResolutionNet
from torch import Tensor, nn

from urbangrain.engine.models.layers import concatenated, conv_bn_relu


@dataclass(frozen=True)
class HRNetOCROptions:
    """Sizes of an `HRNetOCR`. The defaults are the paper's network, HRNetV2-W48 with OCR.

    Attributes
    ----------
    width : int
        Channels of the finest resolution; the coarser ones have 2, 4 and 8 times as many.
    modules : (int, int, int)
        Exchange modules in stages 2, 3 and 4.
    blocks : int
        Basic blocks per branch and module.
    stem_width : int
        Channels of the first stem convolution (the second always has 64).
    stem_stride : {2, 4}
        4: both stem convolutions have stride 2, as in the paper. 2: only the first has, so that the finest resolution
        is half the input's; the memory and time of the backbone grow by four.
    layer1_width, layer1_blocks : int
        Inner channels and number of the bottleneck blocks of stage 1.
    mid_channels, key_channels : int
        Channels of the pixel representations x_i and of the space in which they are compared with objects.
    mid_kernel : {1, 3}
        Kernel of the convolution that makes the pixel representations from the concatenated resolutions. It is most of
        the head's work: 3 is the paper's, 1 is for light networks.
    coarse_channels : int
        Inner channels of the coarse classifier; 0 means as many as are concatenated, the paper's choice.
    dropout : float
        Dropout rate after equation 3.
    """

    width: int = 48
    modules: tuple[int, int, int] = (1, 4, 3)
    blocks: int = 4
    stem_width: int = 64
    stem_stride: int = 4
    layer1_width: int = 64
    layer1_blocks: int = 4
    mid_channels: int = 512
    key_channels: int = 256
    mid_kernel: int = 3
    coarse_channels: int = 0
    dropout: float = 0.05

    def __post_init__(self) -> None:
        object.__setattr__(self, "modules", tuple(int(n) for n in self.modules))
        if self.stem_stride not in (2, 4):
            raise ValueError(f"stem_stride must be 2 or 4, not {self.stem_stride}")
        if len(self.modules) != 3:
            raise ValueError("modules must name three stages")
        sizes = (
            self.width,
            *self.modules,
            self.blocks,
            self.stem_width,
            self.layer1_width,
            self.layer1_blocks,
            self.mid_channels,
            self.key_channels,
        )
        if min(sizes) < 1:
            raise ValueError("every size must be at least 1")
        if self.mid_kernel not in (1, 3) or self.coarse_channels < 0:
            raise ValueError("mid_kernel must be 1 or 3, and coarse_channels not negative")
        if not 0 <= self.dropout < 1:
            raise ValueError(f"dropout must lie in [0, 1), not {self.dropout}")

    def stage_config(self) -> dict[str, Any]:
        """Return the stages in the form that timm's `HighResolutionNet` reads."""

        def stage(branches: int, modules: int) -> dict[str, Any]:
            return {
                "num_modules": modules,
                "num_branches": branches,
                "block_type": "BASIC",
                "num_blocks": (self.blocks,) * branches,
                "num_channels": tuple(self.width << i for i in range(branches)),
                "fuse_method": "SUM",
            }

        first = {
            "num_modules": 1,
            "num_branches": 1,
            "block_type": "BOTTLENECK",
            "num_blocks": (self.layer1_blocks,),
            "num_channels": (self.layer1_width,),
            "fuse_method": "SUM",
        }
        return {
            "stem_width": self.stem_width,
            "stage1": first,
            **{f"stage{i + 2}": stage(i + 2, n) for i, n in enumerate(self.modules)},
        }


def object_regions(coarse_logits: Tensor, pixels: Tensor) -> Tensor:
    """Gather one representation per class from all pixels (equation 1).

    ``f_N = sum_i m_Ni x_i`` where m_N is the softmax of class N's coarse logits over the pixels of the window.

    Parameters
    ----------
    coarse_logits : Tensor of shape (n, K, h, w)
    pixels : Tensor of shape (n, C, h, w)
        Pixel representations x_i.

    Returns
    -------
    Tensor of shape (n, C, K)
    """
    membership = coarse_logits.flatten(2).softmax(dim=2)  # (n, K, h*w), sums to 1 over the pixels
    return torch.matmul(pixels.flatten(2), membership.transpose(1, 2))


def pixel_region_relation(query: Tensor, key: Tensor) -> Tensor:
    """Relate every pixel to every object (equation 2).

    Parameters
    ----------
    query : Tensor of shape (n, d, p)
        Transformed pixel representations.
    key : Tensor of shape (n, d, K)
        Transformed object representations.

    Returns
    -------
    Tensor of shape (n, K, p)
        Softmax over the K objects of the dot products. They are divided by sqrt(d), which keeps the softmax from
        saturating at the start of training.
    """
    scores = torch.matmul(key.transpose(1, 2), query) * (query.shape[1] ** -0.5)
    return scores.softmax(dim=1)


class ObjectContext(nn.Module):
    """Object-contextual representation of pixels: equations 1 to 4.

    Parameters
    ----------
    channels, key_channels : int
        Channels of the representations and of the space of comparison.
    dropout : float
        Dropout rate of the output.
    """

    def __init__(self, channels: int, key_channels: int, dropout: float) -> None:
        super().__init__()
        self.to_query = nn.Sequential(conv_bn_relu(channels, key_channels), conv_bn_relu(key_channels, key_channels))
        self.to_key = nn.Sequential(conv_bn_relu(channels, key_channels), conv_bn_relu(key_channels, key_channels))
        self.delta = conv_bn_relu(channels, key_channels)
        self.rho = conv_bn_relu(key_channels, channels)
        self.g = nn.Sequential(conv_bn_relu(2 * channels, channels), nn.Dropout2d(dropout))

    def forward(self, pixels: Tensor, coarse_logits: Tensor) -> Tensor:
        """Return the augmented representations z_i, shape (n, C, h, w), of pixels of that shape."""
        n, _, h, w = pixels.shape
        objects = object_regions(coarse_logits, pixels).unsqueeze(3)  # (n, C, K, 1)
        query = self.to_query(pixels).flatten(2)
        relation = pixel_region_relation(query, self.to_key(objects).flatten(2))
        context = torch.matmul(self.delta(objects).flatten(2), relation).view(n, -1, h, w)
        y = self.rho(context)  # equation 4
        return self.g(torch.cat([pixels, y], dim=1))  # equation 3


class HRNetOCR(nn.Module):
    """HRNet backbone with an OCR head for dense classification.

    Parameters
    ----------
    in_channels, classes : int
        Input bands and output classes.
    options : HRNetOCROptions
        Sizes; the defaults are the paper's.

    Notes
    -----
    Input (n, in_channels, H, W) with H and W multiples of `stride_multiple`; output logits (n, classes, H, W). In
    training mode the output is ``(logits, coarse_logits)``, the latter of shape (n, classes, H/s, W/s) with s the
    stem's stride: the coarse map is supervised too, with a smaller weight.
    """

    def __init__(self, in_channels: int, classes: int, options: HRNetOCROptions | None = None) -> None:
        super().__init__()
        options = options or HRNetOCROptions()
        self.options = options
        self.stride_multiple = 8 * options.stem_stride
        self.backbone = HighResolutionNet(options.stage_config(), in_chans=in_channels, head="features")
        self.backbone.conv2.stride = (options.stem_stride // 2, options.stem_stride // 2)
        features = options.width * 15  # 1 + 2 + 4 + 8
        coarse = options.coarse_channels or features
        self.coarse = conv_bn_relu(features, coarse)
        self.coarse_classify = nn.Conv2d(coarse, classes, 1)
        self.pixels = conv_bn_relu(features, options.mid_channels, options.mid_kernel)
        self.context = ObjectContext(options.mid_channels, options.key_channels, options.dropout)
        self.classify = nn.Conv2d(options.mid_channels, classes, 1)

    def branches(self, image: Tensor) -> list[Tensor]:
        """Return the backbone's four resolutions, finest first: (n, width << i, H / (s << i), W / (s << i))."""
        return self.backbone.forward_features(image)

    def forward(self, image: Tensor) -> Tensor | tuple[Tensor, Tensor]:
        """Return the logits, and in training mode the coarse logits with them."""
        branches = self.branches(image)
        coarse = self.coarse_classify(concatenated(branches, self.coarse))
        pixels = concatenated(branches, self.pixels)
        logits = self.classify(self.context(pixels, coarse))
        logits = F.interpolate(logits, size=image.shape[-2:], mode="bilinear", align_corners=False)
        return (logits, coarse) if self.training else logits
