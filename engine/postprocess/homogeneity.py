"""Maps of successive years made consistent: what is there for one year only is voted on (CBRA paper, section 4.4).

The paper assumes that a building does not change twice within three successive years and decides by the majority in a
3x3 window, after Li et al. 2015 (A 30-year record of annual urban dynamics of Beijing City). It leaves open which votes
count. Here they are those of all three years: one year's alone would keep any building that is wrong as a whole.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt


def check_years(years: Sequence[npt.NDArray[np.uint8]], nodata: int) -> list[npt.NDArray[np.uint8]]:
    """Check all years but the first and the last, which have a neighbour on one side only.

    Parameters
    ----------
    years : sequence of uint8 arrays [rows, columns]
        Class values of successive years on one grid, the earliest first.
    nodata : int
        Value of unmapped pixels.

    Returns
    -------
    list of uint8 arrays
        New arrays in the same order. Each year is checked against its neighbours as they were given, so that the order
        of checking decides nothing.

    Raises
    ------
    ValueError
        For years of different shapes.
    """
    if len({year.shape for year in years}) > 1:
        raise ValueError("the years have different shapes: " + ", ".join(str(year.shape) for year in years))
    checked = [year.copy() for year in years]
    for i in range(1, len(years) - 1):
        checked[i] = check_year(years[i - 1], years[i], years[i + 1], nodata)
    return checked


def check_year(
    before: npt.NDArray[np.uint8], year: npt.NDArray[np.uint8], after: npt.NDArray[np.uint8], nodata: int
) -> npt.NDArray[np.uint8]:
    """Check one year against the years before and after it.

    A pixel that differs from two neighbouring years which agree takes the most frequent class among the pixels with
    data of its 3x3 surroundings in the three years: at most 27 votes. Between equally frequent classes its own stays,
    else the lowest value is taken. Pixels without data in one of the years stay as they are. So a building of one year
    goes, and one that is missing for a year comes back but for its rim, where other land has most of the votes.

    Parameters
    ----------
    before, year, after : uint8 arrays [rows, columns]
        Class values. To check a raster in bands, give each band a row more on both sides and drop it afterwards.
    nodata : int

    Returns
    -------
    uint8 array [rows, columns]
    """
    checked = (before == after) & (year != before) & (year != nodata) & (before != nodata)
    out = year.copy()
    if not checked.any():
        return out
    most = _votes_for_own(before, year, after, nodata)
    for value in np.unique(np.stack([before, year, after])):
        if value == nodata:
            continue
        votes = _votes(before, year, after, int(value))
        wins = checked & (votes > most)
        out[wins] = value
        most[wins] = votes[wins]
    return out


def _votes(
    before: npt.NDArray[np.uint8], year: npt.NDArray[np.uint8], after: npt.NDArray[np.uint8], value: int
) -> npt.NDArray[np.uint8]:
    """Pixels of a class in each pixel's 3x3 surroundings, over three years; beyond the border there are none."""
    there = (before == value).astype(np.uint8) + (year == value) + (after == value)
    rows, columns = there.shape
    padded = np.pad(there, 1)
    across = padded[:, :columns] + padded[:, 1 : columns + 1] + padded[:, 2:]
    return across[:rows] + across[1 : rows + 1] + across[2:]


def _votes_for_own(
    before: npt.NDArray[np.uint8], year: npt.NDArray[np.uint8], after: npt.NDArray[np.uint8], nodata: int
) -> npt.NDArray[np.uint8]:
    """Votes of each pixel for the class that it has."""
    own = np.zeros(year.shape, np.uint8)
    for value in np.unique(year):
        if value != nodata:
            mine = year == value
            own[mine] = _votes(before, year, after, int(value))[mine]
    return own
