"""The parts of training: division by place, turns and mirrors, schedules, checkpoints."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from urbangrain.engine.training.checkpoint import load_state, save_state
from urbangrain.engine.training.division import block_side, divide, grouped, parts
from urbangrain.engine.training.geometry import rotate, vary
from urbangrain.engine.training.losses import IGNORED
from urbangrain.engine.training.recipes import Recipe, recipe_for
from urbangrain.engine.training.supervised import learning_rate


def test_counts_are_grouped_with_a_narrower_rest() -> None:
    counts = np.arange(15).reshape(1, 3, 5)
    assert grouped(counts, 2).tolist() == [[[0 + 1 + 5 + 6, 2 + 3 + 7 + 8, 4 + 9], [10 + 11, 12 + 13, 14]]]


def test_blocks_are_halved_until_there_is_a_choice() -> None:
    spread = np.zeros((1, 16, 16), int)
    spread[0, ::2, ::2] = 5
    assert block_side(spread, 64) == 64  # 4 x 4 blocks of 4 cells
    crowded = np.zeros((1, 16, 16), int)
    crowded[0, :4, :4] = 5
    assert block_side(crowded, 64) == 16


@given(st.integers(0, 1000), st.integers(1, 4), st.floats(0.05, 0.5))
@settings(max_examples=60, deadline=None)
def test_a_division_never_starves_a_class(seed: int, classes: int, share: float) -> None:
    rng = np.random.default_rng(seed)
    counts = rng.integers(0, 100, (classes, 5, 6)) * (rng.random((classes, 5, 6)) < 0.3)
    validation = divide(counts, share, seed)
    for of_class in counts:
        if of_class.sum():
            assert of_class[~validation].sum() > 0
    assert (divide(counts, share, seed) == validation).all()


def test_a_division_keeps_about_the_share() -> None:
    counts = np.full((2, 10, 10), 50)
    validation = divide(counts, 0.25, 0)
    assert validation.sum() == 25
    assert (divide(counts, 0.25, 1) != validation).any()


def test_pixels_near_the_other_part_belong_to_neither() -> None:
    blocks = np.array([[False, True], [False, False]])
    validation, near = parts(blocks, 8, 0, 0, 16, 2)
    assert validation.sum() == 64
    assert validation[:8, 8:].all()
    assert near[0].tolist() == [False] * 6 + [True] * 4 + [False] * 6
    assert near[:, 15].tolist() == [False] * 6 + [True] * 4 + [False] * 6
    assert near[9, 6]
    assert not near[10, 5]
    assert not parts(blocks, 8, 0, 0, 16, 0)[1].any()


def test_a_window_sees_the_parts_beyond_its_border() -> None:
    _, near = parts(np.array([[False, True]]), 8, 0, 0, 8, 3)
    assert near[4].tolist() == [False] * 5 + [True] * 3


def test_image_and_labels_turn_together() -> None:
    generator = torch.Generator().manual_seed(3)
    target = torch.randint(0, 3, (40, 8, 8))
    image = torch.stack([target.float(), 2 * target.float()], dim=1)
    moved, labels = vary(image, target, Recipe(mirror=0.5, turns=0.75), generator)
    assert (moved[:, 0] == labels).all()
    assert (moved[:, 1] == 2 * labels).all()
    assert (labels != target).flatten(1).any(dim=1).sum() > 20


def test_finer_labels_turn_with_their_image() -> None:
    coarse = torch.arange(16).reshape(1, 4, 4)
    fine = coarse.repeat_interleave(4, 1).repeat_interleave(4, 2)
    generator = torch.Generator().manual_seed(0)
    for _ in range(8):
        moved, labels = vary(coarse[:, None].float(), fine, Recipe(), generator)
        assert (labels[:, 1::4, 1::4] == moved[:, 0]).all()


def test_a_rotation_by_a_quarter_is_a_turn() -> None:
    image, target = torch.rand(2, 9, 9), torch.randint(0, 4, (9, 9))
    moved, labels = rotate(image, target, 90.0)
    torch.testing.assert_close(moved, torch.rot90(image, 1, (1, 2)), atol=1e-4, rtol=0)
    assert (labels == torch.rot90(target, 1, (0, 1))).all()


def test_what_a_rotation_brings_in_has_no_label() -> None:
    _, labels = rotate(torch.ones(1, 20, 20), torch.zeros(20, 20, dtype=torch.long), 30.0)
    assert labels[0, 0] == IGNORED
    assert labels[10, 10] == 0
    assert set(labels.unique().tolist()) == {0, IGNORED}


def test_schedules() -> None:
    cosine = Recipe(learning_rate=1e-4, minimum_rate=1e-5)
    assert [learning_rate(cosine, s) for s in (0, 0.5, 1)] == pytest.approx([1e-4, 5.5e-5, 1e-5])
    late = recipe_for("ugsnet")  # UGS-1m: 200 epochs, linear decline in the last 100
    assert [learning_rate(late, s) for s in (0, 0.5, 0.75, 1)] == pytest.approx([1e-4, 1e-4, 5e-5, 0])
    assert learning_rate(recipe_for("stsr_seg"), 0.9) == 1.5e-4
    assert replace(recipe_for("unet"), source="") == replace(recipe_for("hrnet_ocr"), source="")


def test_a_checkpoint_brings_everything_back(tmp_path: Path) -> None:
    def make() -> tuple[nn.Module, torch.optim.Optimizer]:
        torch.manual_seed(0)
        network = nn.Sequential(nn.Conv2d(2, 4, 3), nn.BatchNorm2d(4))
        return network, torch.optim.AdamW(network.parameters(), lr=1e-2)

    def steps(network: nn.Module, optimiser: torch.optim.Optimizer, seeds: range) -> None:
        for seed in seeds:
            optimiser.zero_grad()
            network(torch.rand(2, 2, 8, 8, generator=torch.Generator().manual_seed(seed))).square().mean().backward()
            optimiser.step()

    network, optimiser = make()
    steps(network, optimiser, range(3))
    save_state(tmp_path, network, optimiser, {"step": 3, "best": -math.inf, "minutes": 0.5, "points": []})
    steps(network, optimiser, range(3, 6))
    other, other_optimiser = make()
    assert load_state(tmp_path / "none", other, other_optimiser) is None
    state = load_state(tmp_path, other, other_optimiser)
    assert state is not None
    assert state["step"] == 3
    steps(other, other_optimiser, range(3, 6))
    for a, b in zip(network.state_dict().values(), other.state_dict().values()):
        assert torch.equal(a, b)
