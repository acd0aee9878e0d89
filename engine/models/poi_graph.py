"""Points of interest as a graph, and random walks on it.

The graph is that of Huang et al. 2022 (Estimating urban functional distributions with semantics preserved POI
embedding), which MSLU-100K takes its points-of-interest branch from: the Delaunay triangulation of the points, its
edges weighted by distance and by whether they stay within a parcel. The walks are node2vec's (Grover and Leskovec
2016, section 3.2). Settings are those of the authors' published code; the weight by distance is the one that Huang et
al. 2023 (Learning urban region representations with POIs and hierarchical graph infomax) state.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy.spatial import Delaunay, QhullError

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

LEAST_WEIGHT = 1e-6
"""Of an edge as long as the whole area: small, but an edge that is a point's only one can still be taken."""


@dataclass(frozen=True, eq=False)
class PoiGraph:
    """Undirected graph of n points, each edge stored in both directions.

    Attributes
    ----------
    start : int64 array of shape (n + 1,)
        The edges of point i are those from ``start[i]`` to ``start[i + 1]``.
    neighbour : int64 array of shape (2m,)
        Where each leads, ascending for each point.
    weight : float64 array of shape (2m,)
        Positive.
    """

    start: Ints
    neighbour: Ints
    weight: Floats

    def __len__(self) -> int:
        return len(self.start) - 1

    @cached_property
    def _keys(self) -> Ints:
        """Each edge as one number, ascending."""
        return np.repeat(np.arange(len(self)), np.diff(self.start)) * len(self) + self.neighbour

    def joined(self, a: Ints, b: Ints) -> npt.NDArray[np.bool_]:
        """Whether there is an edge between points, element by element."""
        wanted = a * len(self) + b
        at = np.searchsorted(self._keys, wanted)
        return self._keys[np.minimum(at, len(self._keys) - 1)] == wanted


def delaunay_graph(xy: Floats, parcel: Ints | None = None, cross_parcel: float = 0.4) -> PoiGraph:
    """Join points of interest by their Delaunay triangulation.

    The weight of an edge of length d is ``log((1 + D^1.5) / (1 + d^1.5))`` with D the diagonal of the points' bounding
    box, times ``cross_parcel`` where it leads from one parcel to another.

    Parameters
    ----------
    xy : array of shape (n, 2)
        Coordinates in metres. Points may coincide: all but one of them hang on that one, which is triangulated.
    parcel : int array of shape (n,), optional
        Parcel of each point; points with a negative number are in none, and so in no common one.
    cross_parcel : float
        Factor of edges between parcels, 0 to 1.

    Raises
    ------
    ValueError
        For coordinates that are not finite or not of shape (n, 2), or parcels of another number.
    """
    xy = np.asarray(xy, np.float64)
    if xy.ndim != 2 or xy.shape[1] != 2 or not np.isfinite(xy).all():
        raise ValueError("coordinates must be finite, of shape (n, 2)")
    if parcel is not None and np.shape(parcel) != (len(xy),):
        raise ValueError(f"parcel must name one parcel for each of the {len(xy)} points")
    edges = _triangulated(xy)
    a, b = edges.T
    span = float(np.hypot(*np.ptp(xy, axis=0))) if len(xy) else 0.0
    length = np.hypot(*(xy[a] - xy[b]).T)
    weight = np.log((1 + span**1.5) / (1 + length**1.5))
    if parcel is not None:
        same = (np.asarray(parcel)[a] == np.asarray(parcel)[b]) & (np.asarray(parcel)[a] >= 0)
        weight = np.where(same, weight, cross_parcel * weight)
    weight = np.maximum(weight, LEAST_WEIGHT)

    source, target, both = np.concatenate([a, b]), np.concatenate([b, a]), np.concatenate([weight, weight])
    order = np.lexsort((target, source))
    start = np.concatenate([[0], np.cumsum(np.bincount(source, minlength=len(xy)))]).astype(np.int64)
    return PoiGraph(start, target[order], both[order])


def random_walks(
    graph: PoiGraph, rng: np.random.Generator, walks: int = 5, length: int = 10, p: float = 0.5, q: float = 0.5
) -> Ints:
    """Walk from every point.

    A step is drawn by the weights of the edges; from the second on they are multiplied by 1 / p for the way back, by 1
    for points that the last one is joined with too, and by 1 / q for those farther off (node2vec, section 3.2.2).

    Parameters
    ----------
    graph : PoiGraph
    rng : numpy.random.Generator
    walks : int
        Walks from each point.
    length : int
        Points of a walk, its start among them.
    p, q : float
        Positive.

    Returns
    -------
    int64 array of shape (walks * n, length)
        Points; -1 where a point without neighbours left nothing to go to.
    """
    at = np.tile(np.arange(len(graph), dtype=np.int64), walks)
    path = np.full((len(at), length), -1, np.int64)
    path[:, 0] = at
    moving = np.flatnonzero(np.diff(graph.start)[at] > 0)  # an edge leads back, so who can leave can go on
    for step in range(1, length if len(moving) else 1):
        here = path[moving, step - 1]
        before = path[moving, step - 2] if step > 1 else None
        path[moving, step] = _next(graph, here, before, rng, p, q)
    return path


def _next(graph: PoiGraph, here: Ints, before: Ints | None, rng: np.random.Generator, p: float, q: float) -> Ints:
    """Draw the next point of many walks at once."""
    degree = graph.start[here + 1] - graph.start[here]
    ends = np.cumsum(degree)
    begins = ends - degree
    choices = np.repeat(graph.start[here] - begins, degree) + np.arange(ends[-1])
    target, weight = graph.neighbour[choices], graph.weight[choices]
    if before is not None:
        last = np.repeat(before, degree)
        bias = np.where(target == last, 1 / p, np.where(graph.joined(last, target), 1.0, 1 / q))
        weight = weight * bias
    total = np.concatenate([[0.0], np.cumsum(weight)])
    draw = total[begins] + rng.random(len(here)) * (total[ends] - total[begins])
    return target[np.clip(np.searchsorted(total, draw, side="right") - 1, begins, ends - 1)]


def _triangulated(xy: Floats) -> Ints:
    """Edges (m, 2) of the Delaunay triangulation, each once; points on one line are joined one after the other."""
    if len(xy) < 2:
        return np.zeros((0, 2), np.int64)
    try:
        triangles = Delaunay(xy - xy.mean(axis=0))
    except (QhullError, ValueError):  # fewer than three points, or all on one line
        order = np.lexsort((xy[:, 1], xy[:, 0]))
        edges = np.stack([order[:-1], order[1:]], axis=1)
    else:
        corners = triangles.simplices
        edges = np.concatenate(
            [corners[:, [0, 1]], corners[:, [1, 2]], corners[:, [0, 2]], triangles.coplanar[:, [0, 2]]]
        )
    return np.unique(np.sort(edges.astype(np.int64), axis=1), axis=0)
