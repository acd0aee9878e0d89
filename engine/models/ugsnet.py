"""UGSNet: a ResNet with attention after each stage gives a coarse map, whose least certain points are classified anew.

Section 3.1 of the UGS-1m paper. The blocks are timm's; sizes that the paper leaves out (strides, dilations, channels
between the two last convolutions, dropout) are those of the authors' published code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import torch
import torch.nn.functional as F
from timm.models.resnet import BasicBlock, Bottleneck, downsample_conv
from torch import Tensor, nn

from urbangrain.engine.models.layers import conv_bn_relu
from urbangrain.engine.models.ugsnet_attention import EnhancedCoordinateAttention
from urbangrain.engine.models.ugsnet_points import PointHead, training_points


@dataclass(frozen=True)
class UGSNetOptions:
    """Sizes of a `UGSNet`. The defaults are the paper's network on ResNet-50.

    Attributes
    ----------
    width : int
        Inner channels of the first stage's blocks; the later stages have 2, 4 and 8 times as many.
    blocks : (int, int, int, int)
        Residual blocks of each stage.
    bottleneck : bool
        Blocks of 1x1, 3x3 and 1x1 convolutions, whose answers have four times the inner channels (ResNet-50), or of
        two 3x3 convolutions (ResNet-18).
    stem_width : int
        Channels of the 7x7 convolution.
    stem_stride : {1, 2}
        Of that convolution. 1: the stages lie at 1/2, 1/4, 1/8 and 1/16 of the input's size, the authors' choice. 2:
        at 1/4 to 1/32.
    dilations : tuple of int
        Of the blocks of the last stage, one each.
    attention : bool
        Enhanced coordinate attention after each stage.
    reduction : int
        Of the attention's channels.
    projection : int
        Channels that each stage is projected to before all are concatenated.
    fused : int
        Channels between the two 3x3 convolutions that make the coarse map.
    dropout : float
        Dropout rate between these two.
    point_head : bool
        Classify the least certain points anew; without it the coarse map is upsampled.
    point_stage : {1, 2, 3, 4}
        Stage whose features the point head reads.
    points : int
        N of the paper, the points of a window in training and of each step in inference.
    points_window : int
        0: N points whatever the window, as in the paper. Else N is for windows of this side in pixels, and others have
        as many in proportion to their area.
    oversampling : int
        k of the paper: candidates by points in training.
    importance : float
        beta of the paper: share of the points in training that are the least certain, 0-1.
    taper : float
        Share of the range of certainties, 0-1, over which the new classification fades out; 0 is the paper's plain
        replacement. See `urbangrain.engine.models.ugsnet_points.PointHead.refine`.

    Raises
    ------
    ValueError
        For a size that cannot be.
    """

    width: int = 64
    blocks: tuple[int, ...] = (3, 4, 6, 3)
    bottleneck: bool = True
    stem_width: int = 64
    stem_stride: int = 1
    dilations: tuple[int, ...] = (1, 2, 4)
    attention: bool = True
    reduction: int = 16
    projection: int = 96
    fused: int = 256
    dropout: float = 0.5
    point_head: bool = True
    point_stage: int = 2
    points: int = 1024
    points_window: int = 0
    oversampling: int = 3
    importance: float = 0.75
    taper: float = 0.0

    def __post_init__(self) -> None:
        for name in ("blocks", "dilations"):
            object.__setattr__(self, name, tuple(int(n) for n in getattr(self, name)))
        if len(self.blocks) != 4:
            raise ValueError("blocks must name four stages")
        if len(self.dilations) != self.blocks[3]:
            raise ValueError("dilations must name each block of the last stage")
        sizes = (
            self.width,
            *self.blocks,
            self.stem_width,
            *self.dilations,
            self.reduction,
            self.projection,
            self.fused,
        )
        if min(*sizes, self.points, self.oversampling) < 1 or self.points_window < 0:
            raise ValueError("every size must be at least 1, and points_window not negative")
        if self.stem_stride not in (1, 2):
            raise ValueError(f"stem_stride must be 1 or 2, not {self.stem_stride}")
        if self.point_stage not in (1, 2, 3, 4):
            raise ValueError(f"point_stage must be 1, 2, 3 or 4, not {self.point_stage}")
        if not 0 <= self.dropout < 1:
            raise ValueError(f"dropout must lie in [0, 1), not {self.dropout}")
        if not (0 <= self.importance <= 1 and 0 <= self.taper <= 1):
            raise ValueError("importance and taper must lie in 0-1")

    def stage_channels(self) -> tuple[int, ...]:
        """Return the channels of the four stages' answers."""
        expansion = Bottleneck.expansion if self.bottleneck else BasicBlock.expansion
        return tuple((self.width << i) * expansion for i in range(4))

    def point_count(self, height: int, width: int) -> int:
        """Return N for a window of that many pixels; 1 at least."""
        if not self.points_window:
            return self.points
        return max(1, round(self.points * height * width / self.points_window**2))


LIGHT_UGSNET: Mapping[str, Any] = {
    "width": 24,
    "blocks": [2, 2, 2, 2],
    "bottleneck": False,
    "stem_width": 24,
    "dilations": [1, 2],
    "projection": 48,
    "fused": 96,
    "dropout": 0.1,
    "point_stage": 1,
    "points_window": 256,
    "taper": 0.2,
}
"""UGSNet at a size that CPU cores map fast, 1.8 million parameters. Its point head reads the first stage, whose
features have twice the resolution of the coarse map."""


class UGSNetOutput(NamedTuple):
    """What a `UGSNet` gives in training mode.

    Attributes
    ----------
    coarse : Tensor of shape (n, K, H/4, W/4)
        Logits of the coarse map.
    point_logits : Tensor of shape (n, K, N), float32, or None
        Of the points; None without a point head.
    points : Tensor of shape (n, N, 2) or None
        (x, y) in 0-1 of the window: (0, 0) is the outer corner of its first pixel, (1, 1) that of its last.
    """

    coarse: Tensor
    point_logits: Tensor | None
    points: Tensor | None


class ResNetStages(nn.Module):
    """The stem and the four stages of a ResNet, with attention after each stage.

    Names of the weights are those of timm and torchvision, so that a ResNet-50 trained elsewhere can be loaded.

    Parameters
    ----------
    in_channels : int
    options : UGSNetOptions
    """

    def __init__(self, in_channels: int, options: UGSNetOptions) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels, options.stem_width, 7, options.stem_stride, padding=3, bias=False)
        self.bn1 = nn.BatchNorm2d(options.stem_width)
        self.act1 = nn.ReLU()
        self.maxpool = nn.MaxPool2d(3, stride=2, padding=1)
        channels = options.stage_channels()
        inputs = (options.stem_width, *channels)
        dilations = [(1,) * blocks for blocks in options.blocks[:3]] + [options.dilations]
        self.layer1, self.layer2, self.layer3, self.layer4 = (
            _stage(inputs[i], options.width << i, 1 if i == 0 else 2, dilations[i], options.bottleneck)
            for i in range(4)
        )
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight, mode="fan_out", nonlinearity="relu")
        self.attention = nn.ModuleList(
            EnhancedCoordinateAttention(c, options.reduction) if options.attention else nn.Identity() for c in channels
        )

    def forward(self, image: Tensor) -> list[Tensor]:
        """Return the four stages' features, finest first: (n, C_i, H / (2 s << i), W / (2 s << i)), s the stem's."""
        x = self.maxpool(self.act1(self.bn1(self.conv1(image))))
        features = []
        for stage, attention in zip((self.layer1, self.layer2, self.layer3, self.layer4), self.attention):
            x = attention(stage(x))
            features.append(x)
        return features


class UGSNet(nn.Module):
    """ResNet with attention, four projected stages, a coarse map and a point head, for dense classification.

    Parameters
    ----------
    in_channels, classes : int
        Input bands and output classes, the latter at least 2.
    options : UGSNetOptions
        Sizes; the defaults are the paper's.

    Raises
    ------
    ValueError
        For fewer than 2 classes; in use, for windows that are no multiples of `stride_multiple`.

    Notes
    -----
    Input (n, in_channels, H, W) with H and W multiples of `stride_multiple`; output logits (n, classes, H, W). In
    training mode the output is a `UGSNetOutput`, whose points are drawn from torch's default generator; a batch must
    hold two windows then, unless batch normalisation is kept in eval mode: attention normalises one value a window.
    """

    def __init__(self, in_channels: int, classes: int, options: UGSNetOptions | None = None) -> None:
        super().__init__()
        options = options or UGSNetOptions()
        if classes < 2:
            raise ValueError(f"there must be 2 classes or more, not {classes}")
        self.options = options
        self.stride_multiple = 16 * options.stem_stride
        self.backbone = ResNetStages(in_channels, options)
        channels = options.stage_channels()
        self.project = nn.ModuleList(conv_bn_relu(c, options.projection, 1) for c in channels)
        self.fuse = conv_bn_relu(4 * options.projection, options.fused, 3)
        self.dropout = nn.Dropout(options.dropout)
        self.classify = nn.Conv2d(options.fused, classes, 3, padding=1)
        features = channels[options.point_stage - 1]
        self.point_head = PointHead(classes, features, options.taper) if options.point_head else None

    def coarse(self, image: Tensor) -> tuple[Tensor, Tensor]:
        """Return the coarse logits, float32 (n, classes, H/4, W/4), and the features that the point head reads."""
        height, width = image.shape[-2:]
        if height % self.stride_multiple or width % self.stride_multiple:
            raise ValueError(f"windows must be multiples of {self.stride_multiple} pixels, not {height} x {width}")
        features = self.backbone(image)
        projected = [project(stage) for project, stage in zip(self.project, features)]
        resized = [_resized(stage, (height // 4, width // 4)) for stage in projected]
        coarse = self.classify(self.dropout(self.fuse(torch.cat(resized, dim=1))))
        return coarse.float(), features[self.options.point_stage - 1]

    def forward(self, image: Tensor) -> Tensor | UGSNetOutput:
        """Return the logits in the input's size; in training mode what the losses need."""
        size = image.shape[-2:]
        coarse, features = self.coarse(image)
        count = self.options.point_count(*size)
        if self.point_head is None:
            return UGSNetOutput(coarse, None, None) if self.training else _resized(coarse, size)
        if not self.training:
            return self.point_head.refine(coarse, features, size, count)
        points = training_points(coarse, count, self.options.oversampling, self.options.importance)
        return UGSNetOutput(coarse, self.point_head(coarse, features, points), points)


def _stage(inputs: int, width: int, stride: int, dilations: tuple[int, ...], bottleneck: bool) -> nn.Sequential:
    block = Bottleneck if bottleneck else BasicBlock
    outputs = width * block.expansion
    blocks = []
    for i, dilation in enumerate(dilations):
        step = stride if i == 0 else 1
        changes = i == 0 and (stride > 1 or inputs != outputs)
        shortcut = downsample_conv(inputs, outputs, 1, stride) if changes else None
        blocks.append(block(inputs, width, step, shortcut, dilation=dilation))
        inputs = outputs
    return nn.Sequential(*blocks)


def _resized(maps: Tensor, size: tuple[int, ...]) -> Tensor:
    if tuple(maps.shape[-2:]) == tuple(size):
        return maps
    return F.interpolate(maps, size=size, mode="bilinear", align_corners=False)
