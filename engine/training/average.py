"""The moving average of a network's weights."""

from __future__ import annotations

from torch import nn


def move_average(average: nn.Module, network: nn.Module, decay: float) -> None:
    """Move the average's weights towards the network's; its counters and statistics move along."""
    own = average.state_dict()
    for name, value in network.state_dict().items():
        if value.is_floating_point():
            own[name].lerp_(value, 1.0 - decay)
        else:
            own[name].copy_(value)
