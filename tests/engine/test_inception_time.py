from __future__ import annotations

import pytest
import torch
from torch import nn

from urbangrain.engine.models.inception_time import InceptionModule, InceptionTime


def test_the_papers_shapes() -> None:
    network = InceptionTime(1)
    shapes = [[tuple(c.weight.shape) for c in block.convolutions] for block in network.blocks]
    assert shapes == [[(32, 1, 10), (32, 1, 20), (32, 1, 40)]] + [[(32, 32, 10), (32, 32, 20), (32, 32, 40)]] * 5
    assert isinstance(network.blocks[0].bottleneck, nn.Identity)
    assert [tuple(b.bottleneck.weight.shape) for b in list(network.blocks)[1:]] == [(32, 128, 1)] * 5
    assert [tuple(s[0].weight.shape) for s in network.shortcuts] == [(128, 1, 1), (128, 128, 1)]
    assert network.features == 128
    assert network(torch.zeros(3, 1, 24)).shape == (3, 128)


@pytest.mark.parametrize("steps", [1, 23, 24, 100])
def test_a_module_keeps_the_length(steps: int) -> None:
    assert InceptionModule(2, 4, (1, 2, 3, 40), 3)(torch.zeros(5, 2, steps)).shape == (5, 20, steps)


def unit(module: nn.Module) -> nn.Module:
    """All weights 1 and no normalisation."""
    for part in module.modules():
        if isinstance(part, nn.Conv1d):
            nn.init.ones_(part.weight)
        if isinstance(part, nn.BatchNorm1d):
            part.eps = 0.0
    return module.eval()


def test_a_module_by_hand() -> None:
    module = unit(InceptionModule(1, 1, (2, 3), 1))
    series = torch.tensor([[[1.0, 4.0, -9.0, 2.0]]])
    pairs = [5.0, 0.0, 0.0, 2.0]  # x[t] + x[t+1]: 5, -5, -7, 2, rectified
    triples = [5.0, 0.0, 0.0, 0.0]  # x[t-1] + x[t] + x[t+1]: 5, -4, -3, -7
    largest = [4.0, 4.0, 4.0, 2.0]
    torch.testing.assert_close(module(series)[0], torch.tensor([pairs, triples, largest]))


def test_three_modules_with_their_residual_by_hand() -> None:
    network = unit(InceptionTime(1, filters=1, kernels=(1,), bottleneck=1, depth=3))
    # two channels: first module gives (x, x) for a constant x > 0; the bottleneck sums them, and so does the pooled
    # branch: 2x, then 4x. The shortcut adds x.
    assert network(torch.full((1, 1, 5), 3.0)).tolist() == [[15.0, 15.0]]


def test_modules_after_the_last_three_have_no_residual() -> None:
    network = unit(InceptionTime(1, filters=1, kernels=(1,), bottleneck=1, depth=4))
    assert len(network.shortcuts) == 1
    assert network(torch.full((1, 1, 5), 3.0)).tolist() == [[30.0, 30.0]]
