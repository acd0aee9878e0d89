"""Connected regions of a class raster of any height, found band by band and joined across the bands.

Regions are 4-connected pixels of one class (scikit-image's ``connectivity=1``). What is kept for the whole raster is
one entry a region and one a pair of neighbours: memory grows with the number of patches, not with the number of pixels.
Regions are numbered by their first pixel in reading order: the numbers do not depend on the height of the bands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from skimage.measure import label

ReadRows = Callable[[int, int], npt.NDArray[np.uint8]]
"""Classes [rows, width] of rows ``first .. last - 1``."""

BAND = 512
"""Rows that are labelled at once."""


@dataclass(frozen=True)
class Graph:
    """Regions and who touches whom.

    Attributes
    ----------
    classes : uint8 [regions]
    pixels : int64 [regions]
    open : bool [regions]
        Whether a region touches nodata or the raster's border.
    pairs : int64 [pairs, 2]
        Neighbouring regions, the lower number first, each pair once.
    lengths : int64 [pairs]
        Pixel edges that a pair shares.
    """

    classes: npt.NDArray[np.uint8]
    pixels: npt.NDArray[np.int64]
    open: npt.NDArray[np.bool_]
    pairs: npt.NDArray[np.int64]
    lengths: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.classes)


class Regions:
    """Regions of a raster.

    Parameters
    ----------
    read : callable
        See `ReadRows`; called twice for every row when `labels` is used.
    height : int
    nodata : int
        Value that belongs to no region.
    band : int
        Rows labelled at once; never changes the result.
    check : callable
        Called between bands; may raise to stop.
    """

    def __init__(
        self, read: ReadRows, height: int, nodata: int, band: int = BAND, check: Callable[[], None] = lambda: None
    ) -> None:
        self._read, self._height, self._nodata, self._band, self._check = read, height, nodata, band, check
        self._root = np.zeros(0, np.int64)
        self._offsets: list[int] = []
        self.graph = self._find()

    def labels(self) -> Iterator[tuple[int, npt.NDArray[np.int64]]]:
        """Bands from the top: first row, and region numbers [rows, width] counted from 1, 0 where nodata."""
        lookup = np.concatenate([[0], self._root + 1])
        for i, first in enumerate(range(0, self._height, self._band)):
            self._check()
            local = self._label(self._read(first, min(first + self._band, self._height)))
            yield first, np.where(local > 0, lookup[local + self._offsets[i]], 0)

    def _label(self, block: npt.NDArray[np.uint8]) -> npt.NDArray[np.int64]:
        return np.asarray(label(block, background=self._nodata, connectivity=1), np.int64)

    def _find(self) -> Graph:
        classes, pixels, opens, pairs, lengths, joins = [], [], [], [], [], []
        count = 0
        above: tuple[npt.NDArray[np.int64], npt.NDArray[np.uint8]] | None = None
        for first in range(0, self._height, self._band):
            self._check()
            last = min(first + self._band, self._height)
            block = self._read(first, last)
            local = self._label(block)
            n = int(local.max(initial=0))
            self._offsets.append(count)
            value = np.zeros(n + 1, np.uint8)
            value[local.ravel()] = block.ravel()
            classes.append(value[1:])
            pixels.append(np.bincount(local.ravel(), minlength=n + 1)[1:])
            numbers = np.where(local > 0, local + count, 0)
            touching: list[npt.NDArray[np.int64]] = []
            sides = [(numbers[:, :-1], numbers[:, 1:]), (numbers[:-1], numbers[1:])]
            if above is not None:
                sides.append((above[0][None], numbers[:1]))
                same = (above[1] == block[0]) & (above[0] > 0) & (numbers[0] > 0)
                joins.append(np.unique(np.stack([above[0][same], numbers[0][same]], axis=1) - 1, axis=0))
            for one, other in sides:
                one, other = one.ravel(), other.ravel()
                touching += [one[other == 0], other[one == 0]]
                differ = (one != other) & (one > 0) & (other > 0)
                found, times = _count_pairs(one[differ] - 1, other[differ] - 1)
                pairs.append(found)
                lengths.append(times)
            touching += [numbers[:, 0], numbers[:, -1]]
            if first == 0:
                touching.append(numbers[0])
            if last == self._height:
                touching.append(numbers[-1])
            edge = np.unique(np.concatenate(touching))
            opens.append(edge[edge > 0] - 1)
            above = (numbers[-1], block[-1])
            count += n
        together = np.concatenate(joins) if joins else np.zeros((0, 2), np.int64)
        provisional = Graph(
            np.concatenate(classes),
            np.concatenate(pixels).astype(np.int64),
            np.bincount(np.concatenate(opens), minlength=count).astype(bool),
            np.concatenate(pairs),
            np.concatenate(lengths),
        )
        self._root = components(count, together)
        return contract(provisional, self._root)


def components(count: int, pairs: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return the connected component of each of ``count`` nodes, components numbered by their lowest node."""
    if count == 0:
        return np.zeros(0, np.int64)
    links = coo_array((np.ones(len(pairs), np.int8), (pairs[:, 0], pairs[:, 1])), shape=(count, count))
    found = connected_components(links, directed=False)[1]
    _, first, inverse = np.unique(found, return_index=True, return_inverse=True)
    rank = np.empty(len(first), np.int64)
    rank[np.argsort(first, kind="stable")] = np.arange(len(first))
    return rank[inverse]


def contract(graph: Graph, group: npt.NDArray[np.int64]) -> Graph:
    """Join regions with the same number in ``group`` (0 .. groups - 1, each of one class)."""
    count = int(group.max(initial=-1)) + 1
    classes = np.zeros(count, np.uint8)
    classes[group] = graph.classes
    pixels = np.zeros(count, np.int64)
    np.add.at(pixels, group, graph.pixels)
    is_open = np.zeros(count, bool)
    is_open[group[graph.open]] = True
    moved = group[graph.pairs]
    # Two pieces that are one region now share no border any more.
    kept = moved[:, 0] != moved[:, 1]
    pairs, lengths = _count_pairs(moved[kept, 0], moved[kept, 1], graph.lengths[kept])
    return Graph(classes, pixels, is_open, pairs, lengths)


def _count_pairs(
    one: npt.NDArray[np.int64], other: npt.NDArray[np.int64], times: npt.NDArray[np.int64] | None = None
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Distinct unordered pairs and how often each occurs."""
    if not len(one):
        return np.zeros((0, 2), np.int64), np.zeros(0, np.int64)
    low, high = np.minimum(one, other), np.maximum(one, other)
    size = int(high.max()) + 1
    keys, inverse = np.unique(low * size + high, return_inverse=True)
    weights = np.bincount(inverse, weights=times).astype(np.int64)
    return np.stack([keys // size, keys % size], axis=1), weights
