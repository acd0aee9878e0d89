"""EDSR: residual blocks without batch normalisation on the coarse grid, then pixel shuffles to the finer one.

Lim et al. 2017, Enhanced deep residual networks for single image super-resolution, sections 3.1 and 3.2. It is the
front part of STSR-Seg (CBRA paper, section 4.2).
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

SHUFFLES = ("steps", "once")


class ResidualBlock(nn.Module):
    """Two 3x3 convolutions with a ReLU between them; their answer is scaled and added to what came in.

    Parameters
    ----------
    features : int
    scale : float
        Factor of the answer; keeps the training of wide networks stable (Lim et al., section 3.3).
    """

    def __init__(self, features: int, scale: float) -> None:
        super().__init__()
        self.scale = scale
        self.body = nn.Sequential(_conv(features, features), nn.ReLU(inplace=True), _conv(features, features))

    def forward(self, x: Tensor) -> Tensor:
        """Return features of the same shape (n, features, h, w)."""
        return torch.add(x, self.body(x), alpha=self.scale)


class EDSR(nn.Module):
    """An image on a finer grid.

    Parameters
    ----------
    in_channels, out_channels : int
    features : int
        Channels of the residual blocks.
    blocks : int
    residual_scale : float
    scale : int
        Output pixels along an input pixel's side; a power of 2.
    shuffle : {'steps', 'once'}
        'steps': a convolution to four times the features and a pixel shuffle for each doubling, then a convolution to
        the output channels, as in EDSR. 'once': one convolution to ``out_channels * scale ** 2`` and one shuffle, as
        the CBRA paper words it (section 4.2); no convolution runs on a finer grid, which is what a light network needs.
    """

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        features: int,
        blocks: int,
        residual_scale: float,
        scale: int,
        shuffle: str,
    ) -> None:
        super().__init__()
        self.head = _conv(in_channels, features)
        self.body = nn.Sequential(
            *(ResidualBlock(features, residual_scale) for _ in range(blocks)), _conv(features, features)
        )
        tail: list[nn.Module] = []
        if shuffle == "once":
            tail = [_conv(features, out_channels * scale**2), nn.PixelShuffle(scale)]
        else:
            for _ in range(scale.bit_length() - 1):
                tail += [_conv(features, 4 * features), nn.PixelShuffle(2)]
            tail.append(_conv(features, out_channels))
        self.tail = nn.Sequential(*tail)

    def forward(self, image: Tensor) -> Tensor:
        """Return (n, out_channels, h * scale, w * scale) for an image (n, in_channels, h, w)."""
        first = self.head(image)
        return self.tail(first + self.body(first))


def _conv(inputs: int, outputs: int) -> nn.Conv2d:
    return nn.Conv2d(inputs, outputs, 3, padding=1)
