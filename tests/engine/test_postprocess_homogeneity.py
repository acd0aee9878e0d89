"""Maps of successive years: what is there for one year only is voted on."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mapping_toys import patchy

from urbangrain.engine.postprocess.homogeneity import check_year, check_years

NODATA = 9


def plain(before: np.ndarray, year: np.ndarray, after: np.ndarray) -> np.ndarray:
    """The same, pixel by pixel."""
    out = year.copy()
    rows, columns = year.shape
    for r in range(rows):
        for c in range(columns):
            own, other = year[r, c], before[r, c]
            if other != after[r, c] or own == other or NODATA in (own, other):
                continue
            around = np.s_[max(0, r - 1) : r + 2, max(0, c - 1) : c + 2]
            votes = np.concatenate([y[around].ravel() for y in (before, year, after)])
            counts = {int(v): int((votes == v).sum()) for v in np.unique(votes) if v != NODATA}
            best = max(counts.values())
            winners = [v for v, n in counts.items() if n == best]
            out[r, c] = own if own in winners else min(winners)
    return out


def grid(*rows: str) -> np.ndarray:
    return np.array([[int(c) for c in row] for row in rows], np.uint8)


def test_a_building_of_one_year_goes_and_a_missing_one_comes_back_but_for_its_rim() -> None:
    empty, block = np.zeros((9, 9), np.uint8), np.zeros((9, 9), np.uint8)
    block[2:7, 2:7] = 1
    assert np.array_equal(check_year(empty, block, empty, NODATA), empty)
    # At the rim 6 pixels of the window are built in two years, 12 of 27 votes; inside all 9.
    inside = np.zeros((9, 9), np.uint8)
    inside[3:6, 3:6] = 1
    assert np.array_equal(check_year(block, empty, block, NODATA), inside)


def test_what_is_built_or_torn_down_once_stays() -> None:
    empty, block = grid("0000", "0000", "0000"), grid("0110", "0110", "0000")
    assert np.array_equal(check_year(empty, block, block, NODATA), block)
    assert np.array_equal(check_year(block, empty, empty, NODATA), empty)


def test_the_majority_of_27_votes_decides() -> None:
    # The middle pixel is 0, 1, 0; k of its 8 neighbours are buildings in all years: 3 k + 1 votes against 26 - 3 k.
    for k, expected in ((4, 0), (5, 1)):
        before = np.zeros((3, 3), np.uint8)
        before.flat[[i for i in range(9) if i != 4][:k]] = 1
        year = before.copy()
        year[1, 1] = 1
        assert check_year(before, year, before, NODATA)[1, 1] == expected


def test_at_a_tie_the_own_class_stays() -> None:
    # A corner's window has 4 pixels, 12 votes: 6 and 6.
    before, year = grid("01", "01"), grid("11", "01")
    after = before.copy()
    after[1, 1] = 0
    assert check_year(before, year, after, NODATA)[0, 0] == 1


def test_pixels_without_data_neither_vote_nor_change() -> None:
    before, year = grid("090", "090", "099"), grid("010", "010", "010")
    assert np.array_equal(check_year(before, year, before, NODATA), year)
    # With the neighbours unknown in the other years the lone pixel's own year decides: 3 votes for 1, 2 for 0.
    before, year = grid("999", "909", "999"), grid("999", "111", "999")
    assert check_year(before, year, before, NODATA)[1, 1] == 1


def test_the_first_and_the_last_year_are_not_checked() -> None:
    empty, block = np.zeros((5, 5), np.uint8), np.zeros((5, 5), np.uint8)
    block[2, 2] = 1
    checked = check_years([block, empty, block, empty, block], NODATA)
    assert np.array_equal(checked[0], block)
    assert np.array_equal(checked[4], block)
    assert all(np.array_equal(year, empty) for year in checked[1:4])
    assert np.array_equal(check_years([block, empty], NODATA), [block, empty])


def test_each_year_is_checked_against_the_years_as_given() -> None:
    # Going by what was checked before would leave the third year's pixel without its reason to change.
    years = [grid("0"), grid("1"), grid("0"), grid("1")]
    given_years = [year.copy() for year in years]
    assert [int(y[0, 0]) for y in check_years(years, NODATA)] == [0, 0, 1, 1]
    assert np.array_equal(years, given_years)


def test_years_of_different_shapes_are_refused() -> None:
    with pytest.raises(ValueError, match=r"\(2, 3\)"):
        check_years([np.zeros((2, 2), np.uint8), np.zeros((2, 3), np.uint8)], NODATA)


@settings(max_examples=60, deadline=None)
@given(height=st.integers(1, 20), width=st.integers(1, 20), seed=st.integers(0, 10_000), classes=st.integers(1, 3))
def test_the_same_as_pixel_by_pixel(height: int, width: int, seed: int, classes: int) -> None:
    rng = np.random.default_rng(seed)
    base = patchy(height, width, seed, size=4, low=0, high=classes)
    years = []
    for _ in range(3):
        year = np.where(rng.random(base.shape) < 0.3, rng.integers(0, classes + 1, base.shape), base).astype(np.uint8)
        year[rng.random(base.shape) < 0.05] = NODATA
        years.append(year)
    assert np.array_equal(check_year(*years, NODATA), plain(*years))


def test_a_row_more_on_both_sides_makes_bands_the_same_as_the_whole() -> None:
    rng = np.random.default_rng(2)
    before, year, after = (rng.integers(0, 2, (40, 30)).astype(np.uint8) for _ in range(3))
    whole = check_year(before, year, after, NODATA)
    part = slice(14, 27)
    assert np.array_equal(check_year(before[part], year[part], after[part], NODATA)[1:-1], whole[15:26])
