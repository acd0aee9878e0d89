"""InceptionTime: features of a time series by convolutions of several lengths side by side.

Fawaz et al. 2020, InceptionTime: Finding AlexNet for Time Series Classification (section 3). It is the branch of
MSLU-100K's parcel classifier for the user density of 24 hours (section "Irregular parcels land use classification
model"). One network is used here; the ensemble of five that gives InceptionTime its name is not part of that model.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

RESIDUAL_EVERY = 3
"""Modules that a residual connection spans."""


class InceptionModule(nn.Module):
    """Convolutions of several lengths and a max-pooling branch, concatenated (section 3.1).

    Parameters
    ----------
    in_channels : int
    filters : int
        Channels of each branch.
    kernels : (int, ...)
        Lengths of the convolutions in steps.
    bottleneck : int
        Channels that the input is reduced to before the convolutions; a series of one channel is not reduced.

    Notes
    -----
    Input (n, in_channels, t), output (n, filters * (len(kernels) + 1), t), normalised and rectified.
    """

    def __init__(self, in_channels: int, filters: int, kernels: tuple[int, ...], bottleneck: int) -> None:
        super().__init__()
        reduced = bottleneck if in_channels > 1 else in_channels
        self.bottleneck = nn.Conv1d(in_channels, reduced, 1, bias=False) if in_channels > 1 else nn.Identity()
        self.kernels = tuple(kernels)
        self.convolutions = nn.ModuleList(nn.Conv1d(reduced, filters, k, bias=False) for k in kernels)
        self.pooled = nn.Sequential(
            nn.MaxPool1d(3, stride=1, padding=1), nn.Conv1d(in_channels, filters, 1, bias=False)
        )
        self.norm = nn.BatchNorm1d(filters * (len(kernels) + 1))

    def forward(self, series: Tensor) -> Tensor:
        """Return the features of each step."""
        reduced = self.bottleneck(series)
        branches = []
        for convolution, kernel in zip(self.convolutions, self.kernels):
            # "Same" padding by hand: torch's own copies and warns where a kernel's length is even.
            reach = kernel - 1
            branches.append(convolution(F.pad(reduced, (reach // 2, reach - reach // 2))))
        return self.norm(torch.cat([*branches, self.pooled(series)], dim=1)).relu()


class InceptionTime(nn.Module):
    """Stacked inception modules with residual connections, averaged over time.

    Parameters
    ----------
    in_channels : int
        Variables of the series.
    filters, kernels, bottleneck
        As in `InceptionModule`; the defaults are the paper's.
    depth : int
        Modules; the input of every three is added to their output.

    Attributes
    ----------
    features : int
        Channels of the output.

    Notes
    -----
    Input (n, in_channels, t) of any length t, output (n, features).
    """

    def __init__(
        self,
        in_channels: int = 1,
        filters: int = 32,
        kernels: tuple[int, ...] = (10, 20, 40),
        bottleneck: int = 32,
        depth: int = 6,
    ) -> None:
        super().__init__()
        self.features = filters * (len(kernels) + 1)
        self.blocks = nn.ModuleList(
            InceptionModule(self.features if i else in_channels, filters, kernels, bottleneck) for i in range(depth)
        )
        self.shortcuts = nn.ModuleList(
            nn.Sequential(
                nn.Conv1d(self.features if i else in_channels, self.features, 1, bias=False),
                nn.BatchNorm1d(self.features),
            )
            for i in range(depth // RESIDUAL_EVERY)
        )

    def forward(self, series: Tensor) -> Tensor:
        """Return the features of each series."""
        before = series
        for i, block in enumerate(self.blocks):
            series = block(series)
            if i % RESIDUAL_EVERY == RESIDUAL_EVERY - 1:
                series = (series + self.shortcuts[i // RESIDUAL_EVERY](before)).relu()
                before = series
        return series.mean(dim=2)
