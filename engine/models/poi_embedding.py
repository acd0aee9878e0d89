"""Vectors of categories of points of interest, learnt from what lies near what.

MSLU-100K, section "Irregular parcels land use classification model": random walks on the graph of the points of
interest make sentences of categories, and skip-gram learns a vector of each category from them. The sentences are
those of Huang et al. 2022, whose method the paper names: a walk's first category is the centre word, all further ones
are its context. Their third part, a pull between categories of one parent, is not in MSLU-100K and not here.

There are some hundred categories and not a vocabulary of words. So skip-gram with negative sampling is fitted to the
counts of all pairs at once, in its expectation (Levy and Goldberg 2014, Neural Word Embedding as Implicit Matrix
Factorization, section 3.1), where word2vec draws pairs: the same objective without the noise, in seconds.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as F
from torch import Tensor

from urbangrain.engine.models.poi_graph import Ints, delaunay_graph, random_walks


@dataclass(frozen=True, eq=False)
class PoiSet:
    """The points of interest of one city.

    Attributes
    ----------
    xy : float array of shape (n, 2)
        Coordinates in metres.
    category : int array of shape (n,)
        From 0.
    parcel : int array of shape (n,), optional
        Parcel of each point, negative for none.
    """

    xy: npt.NDArray[np.float64]
    category: Ints
    parcel: Ints | None = None


@dataclass(frozen=True)
class PoiEmbeddingOptions:
    """Settings of `embed_poi_categories`; the defaults of the walks are those of Huang et al.'s published code.

    Attributes
    ----------
    size : int
        Numbers in a vector.
    walks, length : int
        Walks from each point, and points of a walk.
    p, q, cross_parcel : float
        As in `random_walks` and `delaunay_graph`.
    negatives : int
        Negative samples for each pair, k.
    power : float
        The negative samples follow the categories' frequency to this power (Mikolov et al. 2013, section 2.2). Huang
        et al. draw them among the categories that never occur together with the centre, of which there may be none.
    steps, rate : int, float
        Steps of Adam and its learning rate.
    seed : int
        Of walks and first values.
    """

    size: int = 64
    walks: int = 5
    length: int = 10
    p: float = 0.5
    q: float = 0.5
    cross_parcel: float = 0.4
    negatives: int = 5
    power: float = 0.75
    steps: int = 500
    rate: float = 0.02
    seed: int = 0

    def __post_init__(self) -> None:
        if min(self.size, self.walks, self.negatives, self.steps) < 1 or self.length < 2:
            raise ValueError("every number must be at least 1, and length at least 2")
        if min(self.p, self.q, self.rate) <= 0 or not 0 <= self.cross_parcel <= 1:
            raise ValueError("p, q and rate must be positive, and cross_parcel must lie in 0 to 1")


def embed_poi_categories(
    cities: Iterable[PoiSet], categories: int, options: PoiEmbeddingOptions | None = None
) -> Tensor:
    """Learn a vector of each category from the points of interest of any number of cities.

    Parameters
    ----------
    cities : iterable of PoiSet
        Each is a graph of its own; only their counts are kept.
    categories : int
    options : PoiEmbeddingOptions, optional

    Returns
    -------
    float32 Tensor of shape (categories, size)
        The mapping from categories to vectors; zero for a category that never occurred near another point. The same
        for the same points, options and seed.

    Raises
    ------
    ValueError
        For categories outside 0 to ``categories`` - 1, or points that `delaunay_graph` refuses.
    """
    options = options or PoiEmbeddingOptions()
    rng = np.random.default_rng(options.seed)
    counts = np.zeros((categories, categories), np.int64)
    for city in cities:
        category = np.asarray(city.category, np.int64)
        if len(category) != len(city.xy) or (len(category) and not 0 <= category.min() <= category.max() < categories):
            raise ValueError(f"every point of interest must have a category from 0 to {categories - 1}")
        graph = delaunay_graph(city.xy, city.parcel, options.cross_parcel)
        for _ in range(options.walks):  # one walk from each point at a time: memory for one
            walks = random_walks(graph, rng, 1, options.length, options.p, options.q)
            counts += pair_counts(walks, category, categories)
    return skip_gram(torch.from_numpy(counts), options)[0]


def pair_counts(walks: Ints, category: Ints, categories: int) -> Ints:
    """Count how often each category is the context of each.

    Parameters
    ----------
    walks : int array of shape (w, length)
        Points, -1 for none.
    category : int array of shape (n,)
        Of each point.
    categories : int

    Returns
    -------
    int64 array of shape (categories, categories)
        Rows are the centres, which are the walks' first points; columns the contexts, which are all others.
    """
    centre, context = np.broadcast_arrays(walks[:, :1], walks[:, 1:])
    there = context >= 0
    pairs = category[centre[there]] * categories + category[context[there]]
    return np.bincount(pairs, minlength=categories**2).reshape(categories, categories)


def skip_gram(counts: Tensor, options: PoiEmbeddingOptions) -> tuple[Tensor, Tensor]:
    """Fit the vectors of skip-gram with negative sampling to counted pairs.

    Parameters
    ----------
    counts : Tensor of shape (V, V)
        How often each pair of centre (row) and context (column) occurred.
    options : PoiEmbeddingOptions
        ``size``, ``negatives``, ``power``, ``steps``, ``rate`` and ``seed``.

    Returns
    -------
    centre, context : float32 Tensors of shape (V, size)
        Zero for what never occurred as such.
    """
    generator = torch.Generator().manual_seed(options.seed)
    shape = (2, len(counts), options.size)
    # Small, because what the objective does not reach stays as it began: noise, where there are more numbers in a
    # vector than the counts have to say.
    vectors = (torch.randn(shape, generator=generator) / options.size).requires_grad_()
    optimiser = torch.optim.Adam([vectors], lr=options.rate)
    positive, negative = _shares(counts, options)
    for _ in range(options.steps):
        optimiser.zero_grad()
        skip_gram_loss(vectors[0] @ vectors[1].T, positive, negative).backward()
        optimiser.step()
    occurs = torch.stack([counts.sum(dim=1) > 0, counts.sum(dim=0) > 0]).unsqueeze(2)
    centre, context = torch.where(occurs, vectors.detach(), 0.0)
    return centre, context


def skip_gram_loss(products: Tensor, positive: Tensor, negative: Tensor) -> Tensor:
    """Return the expected loss of skip-gram with negative sampling (Levy and Goldberg 2014, section 2.2).

    Parameters
    ----------
    products : Tensor of shape (V, V)
        Dot products of centre (row) and context (column) vectors.
    positive, negative : Tensors of shape (V, V)
        How often a pair occurs, and how often it is drawn as a negative sample.

    Returns
    -------
    Tensor, a number
    """
    return -(positive * F.logsigmoid(products) + negative * F.logsigmoid(-products)).sum()


def _shares(counts: Tensor, options: PoiEmbeddingOptions) -> tuple[Tensor, Tensor]:
    """Pairs, and the negative samples that come with them, both as shares of all pairs."""
    pairs = counts.float() / counts.sum().clamp(min=1)
    noise = pairs.sum(dim=0) ** options.power
    noise = noise / noise.sum().clamp(min=1e-12)
    return pairs, options.negatives * pairs.sum(dim=1, keepdim=True) * noise
