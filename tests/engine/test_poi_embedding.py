from __future__ import annotations

import math

import numpy as np
import pytest
import torch

from urbangrain.engine.models.poi_embedding import (
    PoiEmbeddingOptions,
    PoiSet,
    embed_poi_categories,
    pair_counts,
    skip_gram,
    skip_gram_loss,
)
from urbangrain.engine.models.poi_graph import PoiGraph, delaunay_graph, random_walks


def edges(graph: PoiGraph) -> dict[tuple[int, int], float]:
    source = np.repeat(np.arange(len(graph)), np.diff(graph.start))
    return {(int(a), int(b)): float(w) for a, b, w in zip(source, graph.neighbour, graph.weight)}


def graph_of(weights: dict[tuple[int, int], float], n: int) -> PoiGraph:
    both = sorted({**weights, **{(b, a): w for (a, b), w in weights.items()}}.items())
    start = np.searchsorted([a for (a, _), _ in both], np.arange(n + 1))
    return PoiGraph(start, np.array([b for (_, b), _ in both]), np.array([w for _, w in both]))


# the graph


def test_edges_and_weights_by_hand() -> None:
    # a kite: the short diagonal 1-2 is Delaunay's, the long one 0-3 is not; the bounding box is 8 x 6, its diagonal 10
    xy = np.array([[0.0, 0.0], [4.0, -3.0], [4.0, 3.0], [8.0, 0.0]])
    parcel = np.array([7, 7, 8, -1])
    found = edges(delaunay_graph(xy, parcel, cross_parcel=0.4))
    side = math.log((1 + 10**1.5) / (1 + 5**1.5))
    across = math.log((1 + 10**1.5) / (1 + 6**1.5))
    expected = {(0, 1): side, (0, 2): 0.4 * side, (1, 2): 0.4 * across, (1, 3): 0.4 * side, (2, 3): 0.4 * side}
    assert set(found) == set(expected) | {(b, a) for a, b in expected}
    for (a, b), weight in expected.items():
        assert found[a, b] == found[b, a] == pytest.approx(weight)


def test_points_in_no_parcel_share_none() -> None:
    xy = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
    whole = edges(delaunay_graph(xy))
    apart = edges(delaunay_graph(xy, np.array([-1, -1, -1]), cross_parcel=0.5))
    assert apart[0, 1] == pytest.approx(0.5 * whole[0, 1])


@pytest.mark.parametrize(
    ("xy", "expected"),
    [
        ([], set()),
        ([[5, 5]], set()),
        ([[5, 5], [6, 5]], {(0, 1)}),
        ([[0, 0], [2, 2], [1, 1]], {(0, 2), (1, 2)}),  # on one line
        ([[3, 3], [3, 3], [3, 3]], {(0, 1), (1, 2)}),  # in one place
    ],
)
def test_graphs_without_a_triangle(xy: list, expected: set) -> None:
    graph = delaunay_graph(np.array(xy, float).reshape(-1, 2))
    assert {(a, b) for a, b in edges(graph) if a < b} == expected
    assert (graph.weight > 0).all()
    walks = random_walks(graph, np.random.default_rng(0), walks=2, length=3)
    assert walks.shape == (2 * len(xy), 3)
    assert (walks >= 0).all() == (len(xy) != 1)


def test_points_in_the_same_place_hang_together() -> None:
    # UTM coordinates, where rounding is at its worst
    xy = np.array([[0, 0], [100, 0], [0, 100], [100, 100], [50, 40], [50, 40], [50, 40]], float) + [5e5, 5e6]
    graph = delaunay_graph(xy)
    assert (np.diff(graph.start) > 0).all()
    joined = edges(graph)
    assert all(any((a, b) in joined for b in (4, 5, 6) if b != a) for a in (4, 5, 6))


@pytest.mark.parametrize("xy", [np.array([[0.0, np.nan]]), np.zeros((2, 3)), np.zeros(4)])
def test_what_are_no_coordinates_is_refused(xy: np.ndarray) -> None:
    with pytest.raises(ValueError, match="coordinates"):
        delaunay_graph(xy)


# the walks


def test_a_first_step_follows_the_weights() -> None:
    graph = graph_of({(0, 1): 1.0, (0, 2): 3.0}, 3)
    walks = random_walks(graph, np.random.default_rng(0), walks=20_000, length=2)
    first = walks[walks[:, 0] == 0][:, 1]
    assert (first == 2).mean() == pytest.approx(0.75, abs=0.01)
    assert set(walks[walks[:, 0] == 1][:, 1]) == {0}


def test_a_second_step_is_biased_as_in_node2vec() -> None:
    # from 0 to 1; then back (1/p), to 2 which 0 is joined with too (1), or on to 3 (1/q)
    graph = graph_of({(0, 1): 1.0, (0, 2): 1e-9, (1, 2): 1.0, (1, 3): 2.0}, 4)
    walks = random_walks(graph, np.random.default_rng(1), walks=50_000, length=3, p=0.25, q=0.5)
    third = walks[(walks[:, 0] == 0) & (walks[:, 1] == 1)][:, 2]
    shares = np.bincount(third, minlength=4) / len(third)
    np.testing.assert_allclose(shares, np.array([4, 0, 1, 2 * 2]) / 9, atol=0.01)


def test_walks_keep_to_the_edges() -> None:
    xy = np.random.default_rng(2).random((300, 2)) * 1000
    graph = delaunay_graph(xy)
    walks = random_walks(graph, np.random.default_rng(3), walks=2, length=10)
    assert walks.shape == (600, 10)
    assert (walks[:, 0] == np.tile(np.arange(300), 2)).all()
    assert graph.joined(walks[:, :-1].ravel(), walks[:, 1:].ravel()).all()
    assert not graph.joined(np.arange(300), np.arange(300)).any()


# the pairs and the vectors


def test_the_start_is_the_centre_and_the_rest_its_context() -> None:
    walks = np.array([[0, 1, 2], [2, 2, -1], [1, -1, -1]])
    counts = pair_counts(walks, np.array([0, 1, 1]), 3)
    assert counts.tolist() == [[0, 2, 0], [0, 1, 0], [0, 0, 0]]


def test_the_loss_by_hand() -> None:
    products = torch.tensor([[0.0, math.log(3.0)]])
    loss = skip_gram_loss(products, torch.tensor([[2.0, 1.0]]), torch.tensor([[1.0, 4.0]]))
    # sigmoid: 1/2 and 3/4
    assert float(loss) == pytest.approx(-(3 * math.log(0.5) + math.log(0.75) + 4 * math.log(0.25)))


def test_vectors_that_are_long_enough_reach_the_known_optimum() -> None:
    # Levy and Goldberg 2014: without a power, the products are the pointwise mutual information less log k
    counts = torch.tensor([[8, 2, 2], [2, 6, 4], [2, 4, 10]])
    options = PoiEmbeddingOptions(size=3, negatives=3, power=1.0, steps=4000, rate=0.01)
    centre, context = skip_gram(counts, options)
    total = counts.sum()
    information = torch.log(counts * total / (counts.sum(1, keepdim=True) * counts.sum(0)))
    torch.testing.assert_close(centre @ context.T, information - math.log(3), atol=0.02, rtol=0)


def neighbourhoods(seed: int) -> PoiSet:
    """Two kinds of quarters: categories 0, 1 and 2 in one, 3 and 4 in the other; category 5 is nowhere."""
    rng = np.random.default_rng(seed)
    quarter = np.repeat(np.arange(20), 40)
    centre = np.stack([quarter % 5, quarter // 5], axis=1) * 1000.0
    category = np.where(quarter % 2 == 0, rng.integers(0, 3, len(quarter)), rng.integers(3, 5, len(quarter)))
    return PoiSet(centre + rng.random((len(quarter), 2)) * 300, category, quarter)


def test_categories_that_occur_together_come_out_nearer() -> None:
    table = embed_poi_categories([neighbourhoods(0), neighbourhoods(1)], 6, PoiEmbeddingOptions(size=8))
    assert table.shape == (6, 8)
    unit = table[:5] / table[:5].norm(dim=1, keepdim=True)
    near = unit @ unit.T
    together = [near[a, b] for a, b in [(0, 1), (0, 2), (1, 2), (3, 4)]]
    apart = near[:3, 3:]
    assert min(together) > apart.max() + 0.5
    assert table[5].tolist() == [0.0] * 8


def test_the_seed_decides_everything() -> None:
    options = PoiEmbeddingOptions(size=4, steps=50)
    first, again = (embed_poi_categories([neighbourhoods(0)], 6, options) for _ in range(2))
    assert torch.equal(first, again)
    other = embed_poi_categories([neighbourhoods(0)], 6, PoiEmbeddingOptions(size=4, steps=50, seed=1))
    assert not torch.allclose(first, other)


@pytest.mark.parametrize("category", [[0, 6], [-1, 0], [0]])
def test_categories_that_are_none_are_refused(category: list[int]) -> None:
    with pytest.raises(ValueError, match="from 0 to 5"):
        embed_poi_categories([PoiSet(np.zeros((2, 2)), np.array(category))], 6)


@pytest.mark.parametrize("wrong", [{"size": 0}, {"length": 1}, {"p": 0.0}, {"cross_parcel": 1.5}, {"rate": 0.0}])
def test_impossible_settings_are_refused(wrong: dict) -> None:
    with pytest.raises(ValueError, match="must"):
        PoiEmbeddingOptions(**wrong)
