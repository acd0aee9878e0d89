"""Enhanced coordinate attention (ECA) of UGSNet: gates along the height, along the width and over the whole window.

Coordinate attention (Hou et al. 2021) pools features along each of the two directions; the UGS-1m paper adds a branch
that pools over both at once (section 3.1.1, figure 6c). Sizes that the paper leaves out (the reduction of 16, a kernel
of 3 along each direction, hard swish) are those of the authors' published code.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

LEAST_CHANNELS = 8
"""Inner channels of an attention at the least, however few it is given."""


class EnhancedCoordinateAttention(nn.Module):
    """Weigh features by three gates: ``x * g_height * g_width * g_window``.

    ``g_height`` has one value a channel and row, ``g_width`` one a channel and column, ``g_window`` one a channel; all
    lie in 0-1. The two directions share the convolution that reduces the channels.

    Parameters
    ----------
    channels : int
    reduction : int
        Channels by inner channels; of the latter there are never less than `LEAST_CHANNELS`.
    """

    def __init__(self, channels: int, reduction: int = 16) -> None:
        super().__init__()
        inner = max(LEAST_CHANNELS, channels // reduction)
        self.reduce_directions = nn.Sequential(nn.Conv2d(channels, inner, 1, bias=False), nn.BatchNorm2d(inner))
        self.reduce_window = nn.Sequential(nn.Conv2d(channels, inner, 1, bias=False), nn.BatchNorm2d(inner))
        self.to_height = nn.Conv2d(inner, channels, (3, 1), padding=(1, 0))
        self.to_width = nn.Conv2d(inner, channels, (1, 3), padding=(0, 1))
        self.to_window = nn.Conv2d(inner, channels, 1)

    def gates(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return the gates of the height (n, C, h, 1), the width (n, C, 1, w) and the window (n, C, 1, 1)."""
        height = x.shape[2]
        rows, columns = x.mean(dim=3, keepdim=True), x.mean(dim=2, keepdim=True)
        both = F.hardswish(self.reduce_directions(torch.cat([rows, columns.transpose(2, 3)], dim=2)))
        window = F.hardswish(self.reduce_window(rows.mean(dim=2, keepdim=True)))
        return (
            self.to_height(both[:, :, :height]).sigmoid(),
            self.to_width(both[:, :, height:].transpose(2, 3)).sigmoid(),
            self.to_window(window).sigmoid(),
        )

    def forward(self, x: Tensor) -> Tensor:
        """Return features of the shape of ``x``, (n, C, h, w)."""
        height, width, window = self.gates(x)
        return x * (height * window) * width
