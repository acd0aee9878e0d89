"""Labels divided by place into a training and a validation part, so that neighbours do not vouch for each other."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.ndimage import maximum_filter, minimum_filter

MIN_BLOCKS = 12
"""Labelled blocks that a division needs to have a choice."""

MIN_CLASS_BLOCKS = 4
"""The same for each class."""


def block_side(counts: npt.NDArray[np.int64], tile: int, least: int = 16) -> int:
    """Choose the side of the blocks, in pixels: the tile's, halved until there is a choice of blocks.

    Parameters
    ----------
    counts : ndarray int64 [k, rows, columns]
        Labelled pixels of each class in cells of ``least`` pixels a side.
    tile : int
        A multiple of ``least``, or it is rounded down to one.

    Returns
    -------
    int
        A multiple of ``least``: so many that labels lie in `MIN_BLOCKS` blocks or more and each class in
        `MIN_CLASS_BLOCKS`, or ``least``.
    """
    side = max(1, tile // least)
    while side > 1:
        holders = grouped(counts, side) > 0
        of_class = holders.sum(axis=(1, 2))
        if holders.any(axis=0).sum() >= MIN_BLOCKS and (of_class[of_class > 0] >= MIN_CLASS_BLOCKS).all():
            break
        side //= 2
    return side * least


def grouped(counts: npt.NDArray[np.int64], side: int) -> npt.NDArray[np.int64]:
    """Sum counts ``[k, rows, columns]`` over squares of ``side`` cells; the last ones may be narrower."""
    rows = np.add.reduceat(counts, np.arange(0, counts.shape[1], side), axis=1)
    return np.asarray(np.add.reduceat(rows, np.arange(0, counts.shape[2], side), axis=2))


def divide(counts: npt.NDArray[np.int64], share: float, seed: int) -> npt.NDArray[np.bool_]:
    """Choose the validation blocks.

    Parameters
    ----------
    counts : ndarray int64 [k, rows, columns]
        Labelled pixels of each class in each block.
    share : float
        Share of each class's labels that is wanted for validation.
    seed : int

    Returns
    -------
    ndarray bool [rows, columns]
        True for validation. The rarest class chooses first, so that it is on both sides where it lies in two blocks or
        more; a class that lies in one block stays in training.
    """
    classes, rows, columns = counts.shape
    flat = counts.reshape(classes, -1)
    chosen = np.zeros(flat.shape[1], bool)
    barred = np.zeros(flat.shape[1], bool)  # the last blocks of a class, which training needs
    order = np.random.default_rng([seed, 1]).permutation(flat.shape[1])
    totals = flat.sum(axis=1)
    for k in np.argsort(totals, kind="stable"):
        if totals[k] == 0:
            continue
        holders = [b for b in order if flat[k, b]]
        largest = max(holders, key=lambda b: flat[k, b])
        if not chosen[largest]:
            barred[largest] = True
        for block in holders:
            if flat[k, chosen].sum() >= share * totals[k]:
                break
            after = chosen.copy()
            after[block] = True
            # never all of another class, and not much more than is wanted of this one
            starved = ((flat[:, ~after].sum(axis=1) == 0) & (totals > 0)).any()
            much = flat[k, after].sum() > max(2 * share, 0.5) * totals[k]
            if not (chosen[block] or barred[block] or starved or much):
                chosen[block] = True
    return chosen.reshape(rows, columns)


def parts(
    validation: npt.NDArray[np.bool_], side: int, row: int, column: int, size: int, guard: int
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Return which part the pixels of a square window are in, and which are too near to the other part.

    Parameters
    ----------
    validation : ndarray bool [rows, columns]
        By block of ``side`` pixels.
    row, column, size : int
        The window in pixels; it may reach beyond the blocks.
    guard : int
        Pixels on each side of a border between the parts that belong to neither.

    Returns
    -------
    validation, near : ndarray bool [size, size]
    """
    rows = np.clip(np.arange(row - guard, row + size + guard) // side, 0, validation.shape[0] - 1)
    columns = np.clip(np.arange(column - guard, column + size + guard) // side, 0, validation.shape[1] - 1)
    wide = validation[rows][:, columns]
    inside = (slice(guard, guard + size),) * 2
    if not guard:
        return wide, np.zeros_like(wide)
    near = maximum_filter(wide, 2 * guard + 1) != minimum_filter(wide, 2 * guard + 1)
    return wide[inside], near[inside]
