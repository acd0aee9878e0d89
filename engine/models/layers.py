"""Layers that several networks are made of."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn


def conv_bn_relu(inputs: int, outputs: int, kernel: int = 1) -> nn.Sequential:
    """Convolution that keeps the size, batch normalisation, ReLU."""
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, padding=kernel // 2, bias=False), nn.BatchNorm2d(outputs), nn.ReLU()
    )


def concatenated(branches: list[Tensor], layer: nn.Sequential) -> Tensor:
    """Apply ``layer`` (convolution, norm, ReLU) to the resolutions upsampled to the finest and concatenated.

    A 1x1 convolution and bilinear upsampling commute, and a convolution of concatenated channels is the sum of the
    convolutions of their parts. So for 1x1 kernels each resolution is convolved at its own size and the results are
    upsampled and added: the same values for about a quarter of the memory traffic, which is what a light network's
    time on a CPU is spent on.
    """
    convolution, *rest = layer.children()
    assert isinstance(convolution, nn.Conv2d)
    size = branches[0].shape[-2:]
    if convolution.kernel_size != (1, 1):
        raised = [branches[0]] + [
            F.interpolate(b, size=size, mode="bilinear", align_corners=False) for b in branches[1:]
        ]
        out = convolution(torch.cat(raised, dim=1))
    else:
        weights = convolution.weight.split([b.shape[1] for b in branches], dim=1)
        out = F.conv2d(branches[0], weights[0])
        for branch, weight in zip(branches[1:], weights[1:]):
            out = out + F.interpolate(F.conv2d(branch, weight), size=size, mode="bilinear", align_corners=False)
    for step in rest:
        out = step(out)
    return out
