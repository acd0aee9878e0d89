"""The discriminator of UGS-1m: it tells maps of the source, where there are labels, from maps of a target city."""

from __future__ import annotations

from torch import Tensor, nn

SMALLEST_SIDE = 32
"""Five convolutions of stride 2 leave nothing of a smaller map."""

_SLOPE = 0.2


class Discriminator(nn.Module):
    """Five 4x4 convolutions of stride 2 with leaky ReLU between them (UGS-1m paper, section 3.2, figure 8).

    Parameters
    ----------
    classes : int
        Channels of the maps.
    width : int
        Channels of the first convolution; the next three have 2, 4 and 8 times as many, the last has 1. The paper's
        is 64.

    Raises
    ------
    ValueError
        In use, for maps with a side below `SMALLEST_SIDE`.

    Notes
    -----
    Input: softmax maps (n, classes, H, W), in 0-1. Output: logits (n, 1, H // 32, W // 32), one for each part of a map;
    above 0 stands for the source. The slope of 0.2 and the padding of 1 are those of the authors' published code.
    """

    def __init__(self, classes: int, width: int = 64) -> None:
        super().__init__()
        channels = (classes, width, 2 * width, 4 * width, 8 * width)
        layers: list[nn.Module] = []
        for inputs, outputs in zip(channels, channels[1:]):
            layers += [nn.Conv2d(inputs, outputs, 4, stride=2, padding=1), nn.LeakyReLU(_SLOPE)]
        self.layers = nn.Sequential(*layers, nn.Conv2d(channels[-1], 1, 4, stride=2, padding=1))

    def forward(self, maps: Tensor) -> Tensor:
        """Return the logits of the maps' parts."""
        height, width = maps.shape[-2:]
        if min(height, width) < SMALLEST_SIDE:
            raise ValueError(f"maps must have sides of {SMALLEST_SIDE} pixels or more, not {height} x {width}")
        return self.layers(maps)
