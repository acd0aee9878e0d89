"""Windows cover every pixel with context on all sides, and flips and weights undo and sum as they must."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from urbangrain.engine.inference.blending import side_weights, weight_sum
from urbangrain.engine.inference.flips import FLIPS, predict_flipped
from urbangrain.engine.inference.windows import Axis, Region, column_blocks, reflect, touching

axes = st.builds(
    lambda length, window, share: Axis(length, window, min(window - 1, round(window * share))),
    st.integers(1, 300),
    st.integers(1, 120),
    st.floats(0, 0.9),
)


@given(axes)
def test_windows_cover_every_pixel(axis: Axis) -> None:
    covered = np.zeros(axis.length, int)
    starts = axis.starts()
    for start in starts:
        covered[max(0, start) : start + axis.window] += 1
    assert covered.min() >= 1
    assert (np.diff(starts) > 0).all()
    assert (np.diff(starts) <= axis.stride).all()


@given(axes)
def test_the_rim_has_as_much_context_as_the_middle(axis: Axis) -> None:
    starts = axis.starts()
    assert -starts[0] >= axis.before
    assert starts[-1] + axis.window - axis.length >= axis.after
    if len(starts) > 1:  # and no more of the window is spent on reflections than that
        assert -starts[0] == axis.before
        assert starts[-1] + axis.window - axis.length == axis.after


@given(st.integers(1, 40), st.integers(-200, 200))
def test_reflection_is_numpys(length: int, index: int) -> None:
    pad = 240
    if length > 1:
        expected = np.pad(np.arange(length), pad, mode="reflect")[index + pad]
        assert reflect(np.array([index]), length)[0] == expected
    else:
        assert reflect(np.array([index]), length)[0] == 0


@given(axes, st.data())
def test_touching_windows_are_those_that_hold_a_pixel_of_the_range(axis: Axis, data: st.DataObject) -> None:
    first = data.draw(st.integers(0, axis.length - 1))
    last = data.draw(st.integers(first + 1, axis.length))
    chosen = set(touching(axis.starts(), axis.window, first, last).tolist())
    for start in axis.starts():
        meets = bool(set(range(start, start + axis.window)) & set(range(first, last)))
        assert (int(start) in chosen) == meets


@pytest.mark.parametrize("blend", ["gaussian", "mean", "crop"])
@given(axis=axes)
def test_weights_sum_to_something_everywhere(blend: str, axis: Axis) -> None:
    total = weight_sum(axis, blend)
    assert total.shape == (axis.length,)
    assert (total > 0).all()


def test_the_gaussian_falls_from_the_centre_to_a_floor_above_zero() -> None:
    weights = side_weights(Axis(100, 64, 16), "gaussian")
    assert weights.argmax() in (31, 32)
    assert np.allclose(weights, weights[::-1])
    assert weights.min() > 0
    assert weights[31 + 8] / weights[31] == pytest.approx(np.exp(-0.5 * ((7.5**2 - 0.5**2) / 8**2)), rel=1e-6)


def test_crop_keeps_the_authors_centre() -> None:
    # UBGG-3m: windows of 256 of which 37 px are cut off on each side, so 182 are kept.
    weights = side_weights(Axis(1000, 256, 74), "crop")
    assert weights.sum() == 182
    assert weights[37] == 1
    assert weights[36] == 0


@pytest.mark.parametrize("name", ["none", "4", "8"])
def test_each_flip_is_undone_and_they_all_differ(name: str) -> None:
    x = torch.arange(2 * 3 * 5 * 5, dtype=torch.float32).reshape(2, 3, 5, 5)
    seen = [f(x) for f in FLIPS[name]]
    for flip, flipped in zip(FLIPS[name], seen):
        assert torch.equal(flip.undo(flipped), x)
    for i, one in enumerate(seen):
        assert not any(torch.equal(one, other) for other in seen[:i])
    assert len(seen) == {"none": 1, "4": 4, "8": 8}[name]


def test_the_papers_diagonal_is_both_axes_and_the_batch_stays_in_order() -> None:
    x = torch.arange(2 * 1 * 3 * 3, dtype=torch.float32).reshape(2, 1, 3, 3)
    assert torch.equal(FLIPS["4"][3](x), torch.rot90(x, 2, (2, 3)))
    assert torch.equal(predict_flipped(lambda b: b, x, FLIPS["4"]), x)


@pytest.mark.parametrize("name", ["4", "8"])
def test_an_equivariant_network_gives_the_same_bits_with_and_without_flips(name: str) -> None:
    x = torch.randn(3, 4, 16, 16, generator=torch.Generator().manual_seed(1))

    def network(batch: torch.Tensor) -> torch.Tensor:
        return batch.abs() / (1 + batch.abs())

    assert torch.equal(predict_flipped(network, x, FLIPS[name]), network(x))


def test_flips_average_a_network_that_looks_to_one_side() -> None:
    x = torch.randn(1, 1, 8, 8, generator=torch.Generator().manual_seed(2))
    answer = predict_flipped(lambda b: b.roll(1, -1), x, FLIPS["4"])
    assert torch.allclose(answer, (x.roll(1, -1) + x.roll(-1, -1)) / 2)


@pytest.mark.parametrize(("width", "widest", "expected"), [
    (100, 8192, [100]), (8192, 8192, [8192]), (8193, 8192, [4608, 3585]), (30000, 8192, [7680, 7680, 7680, 6960]),
])  # fmt: skip
def test_wide_regions_are_cut_into_columns(width: int, widest: int, expected: list[int]) -> None:
    region = Region(3, 9, 17, 17 + width)
    blocks = column_blocks(region, widest, 512)
    assert [b.width for b in blocks] == expected
    assert blocks[0].col0 == 17
    assert blocks[-1].col1 == region.col1
    assert all(a.col1 == b.col0 for a, b in zip(blocks, blocks[1:]))
    assert {(b.row0, b.row1) for b in blocks} == {(3, 9)}
