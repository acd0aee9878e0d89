"""The discriminator and the losses of adversarial training, equations 5 to 7 of UGS-1m."""

from __future__ import annotations

import math

import pytest
import torch
from torch import nn

from urbangrain.engine.models.discriminator import Discriminator
from urbangrain.engine.training.objectives.adversarial import adversarial_loss, discriminator_loss, generator_loss


def test_the_papers_layers() -> None:
    convolutions = [m for m in Discriminator(2).modules() if isinstance(m, nn.Conv2d)]
    assert [c.in_channels for c in convolutions] == [2, 64, 128, 256, 512]
    assert [c.out_channels for c in convolutions] == [64, 128, 256, 512, 1]
    assert all((c.kernel_size, c.stride) == ((4, 4), (2, 2)) for c in convolutions)
    kinds = [type(m) for m in Discriminator(2).layers]
    assert kinds == [nn.Conv2d, nn.LeakyReLU] * 4 + [nn.Conv2d]  # nothing after the last: it gives logits
    assert {m.negative_slope for m in Discriminator(2).layers if isinstance(m, nn.LeakyReLU)} == {0.2}


def test_one_answer_for_each_part_of_a_map() -> None:
    discriminator = Discriminator(5, width=4)
    assert discriminator(torch.rand(2, 5, 128, 96)).shape == (2, 1, 4, 3)
    assert discriminator(torch.rand(1, 5, 32, 47)).shape == (1, 1, 1, 1)


def test_maps_that_are_too_small_are_refused() -> None:
    with pytest.raises(ValueError, match="32 pixels or more, not 31 x 64"):
        Discriminator(2, width=4)(torch.rand(1, 2, 31, 64))


def test_equation_5_by_hand() -> None:
    logits = torch.tensor([0.0, math.log(3)]).view(1, 1, 1, 2)  # probabilities of the source: 1/2 and 3/4
    source, target = discriminator_loss(logits, True), discriminator_loss(logits, False)
    assert float(source) == pytest.approx(-(math.log(0.5) + math.log(0.75)) / 2)
    assert float(target) == pytest.approx(-(math.log(0.5) + math.log(0.25)) / 2)


def test_equations_6_and_7_by_hand() -> None:
    logits = torch.tensor([0.0, math.log(3)]).view(1, 1, 1, 2)
    adversarial = -(math.log(0.5) + math.log(0.75)) / 2
    assert float(adversarial_loss(logits)) == pytest.approx(adversarial)
    assert float(generator_loss(torch.tensor(2.0), logits)) == pytest.approx(2 + adversarial)
    assert float(generator_loss(torch.tensor(2.0), logits, weight=0.1)) == pytest.approx(2 + 0.1 * adversarial)


def test_sure_opinions_stay_finite() -> None:
    # the logarithm of a sigmoid that has rounded to 0 would be infinite
    assert float(discriminator_loss(torch.tensor([200.0]), False)) == pytest.approx(200.0)
    assert float(adversarial_loss(torch.tensor([-200.0]))) == pytest.approx(200.0)


def test_it_learns_to_tell_maps_apart_and_shows_a_network_how_to_hide_them() -> None:
    torch.manual_seed(0)
    discriminator = Discriminator(2, width=8)
    optimiser = torch.optim.Adam(discriminator.parameters(), lr=2e-3)

    def maps(spread: float) -> torch.Tensor:
        return (spread * torch.randn(4, 2, 64, 64)).softmax(dim=1)

    for _ in range(30):
        loss = discriminator_loss(discriminator(maps(4.0)), True) + discriminator_loss(discriminator(maps(0.5)), False)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    with torch.no_grad():
        assert bool((discriminator(maps(4.0)) > 0).all())
        assert bool((discriminator(maps(0.5)) < 0).all())

    scores = (0.5 * torch.randn(4, 2, 64, 64)).requires_grad_()
    before = adversarial_loss(discriminator(scores.softmax(dim=1)))
    (slope,) = torch.autograd.grad(before, scores)
    with torch.no_grad():
        moved = scores - 0.5 * slope / slope.abs().mean()
        assert float(adversarial_loss(discriminator(moved.softmax(dim=1)))) < 0.9 * float(before)
