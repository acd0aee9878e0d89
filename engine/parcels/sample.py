"""Which parcels to label (MSLU-100K, section "Sample filtering based on size and location").

The paper keeps parcels of 38,931.315 to 676,818.47 m2 and weighs the distance to the city's centre against chance by
0.7 : 0.3. It says that a dispersion coefficient controls how likely parcels far from the centre are, and leaves its
formula open. Here

    score = w (1 - d / D) + (1 - w) c g

with w the weight of distance, d a parcel's distance to the centre, D the largest one, c the dispersion coefficient and
g chance, drawn from the Gumbel distribution; the highest scores are chosen. That is the same as drawing one parcel
after the other, each with a likelihood proportional to exp(-w d / ((1 - w) c D)) (Kool, van Hoof and Welling 2019,
"Stochastic beams and where to find them", call it the Gumbel-top-k trick). So a small c keeps to the core, a large one
makes all parcels equally likely, and none is ever impossible. With the paper's weights and c = 1 a parcel at the rim is
a tenth as likely as one in the centre.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyproj
import shapely

DISTANCE_WEIGHT = 0.7
"""Of distance, with 0.3 for chance: the paper's choice."""

Floats = npt.NDArray[np.float64]


def location_scores(
    distances: npt.ArrayLike, rng: np.random.Generator, weight: float = DISTANCE_WEIGHT, dispersion: float = 1.0
) -> Floats:
    """Score parcels by how close to the centre they lie, and by chance.

    Parameters
    ----------
    distances : array of float, shape (n,)
        To the centre, any unit, 0 or more.
    rng : numpy Generator
        Draws n numbers.
    weight : float
        Of closeness, 0 to 1.
    dispersion : float
        The coefficient c of the module's formula, above 0.

    Returns
    -------
    float64 array of shape (n,)
        The higher the better.

    Raises
    ------
    ValueError
        If a parameter lies outside its range.
    """
    if not (0 <= weight <= 1 and dispersion > 0):
        raise ValueError("weight must be 0 to 1 and dispersion above 0")
    away = np.asarray(distances, np.float64)
    farthest = float(away.max(initial=0.0)) or 1.0
    scores: Floats = weight * (1 - away / farthest) + (1 - weight) * dispersion * rng.gumbel(size=len(away))
    return scores


def allocate(sizes: Sequence[int], count: int, how: str = "equal") -> list[int]:
    """Divide a sample among strata.

    Parameters
    ----------
    sizes : sequence of int
        Parcels in each stratum.
    count : int
        Parcels to choose in all; more than there are takes all.
    how : str
        'equal': as many from each, and what small strata lack from the larger ones; 'proportional': as many as the
        stratum's part of all, rounded by the largest remainders.

    Returns
    -------
    list of int
        At most the sizes; their sum is ``count``, or all there are.

    Raises
    ------
    ValueError
        For another ``how``.
    """
    total = sum(sizes)
    left = min(count, total)
    if how == "proportional":
        exact = [left * size / total if total else 0.0 for size in sizes]
        shares = [int(number) for number in exact]
        by_remainder = sorted(range(len(sizes)), key=lambda i: (shares[i] - exact[i], i))
        for i in by_remainder[: left - sum(shares)]:
            shares[i] += 1
        return shares
    if how != "equal":
        raise ValueError(f"there is no allocation {how!r}")
    shares = [0] * len(sizes)
    smallest_first = sorted(range(len(sizes)), key=lambda i: (sizes[i], i))
    for done, i in enumerate(smallest_first):
        shares[i] = min(sizes[i], left // (len(sizes) - done))
        left -= shares[i]
    return shares


def choose(
    scores: Floats, count: int, strata: Sequence[str] | None = None, how: str = "equal"
) -> npt.NDArray[np.int64]:
    """Choose the highest scores.

    Parameters
    ----------
    scores : float array of shape (n,)
    count : int
    strata : sequence of str, length n, optional
        Where it is given, the sample is divided among its values and the highest of each are chosen.
    how : str
        As in `allocate`.

    Returns
    -------
    int64 array of shape (min(count, n),)
        Indices, the highest score first; equal scores in their order.
    """
    order = np.argsort(-scores, kind="stable")
    if strata is None:
        return order[:count]
    names, stratum, sizes = np.unique(np.asarray(strata, str), return_inverse=True, return_counts=True)
    shares = allocate([int(size) for size in sizes], count, how)
    kept = [order[stratum[order] == number][: shares[number]] for number in range(len(names))]
    together = np.concatenate(kept) if kept else order[:0]
    return together[np.argsort(-scores[together], kind="stable")]


def centroids(shapes: npt.NDArray[Any], crs: pyproj.CRS) -> Floats:
    """Return the centroids of polygons as (n, 2) longitudes and latitudes in WGS 84, degrees.

    Raises
    ------
    ValueError
        If their places on the Earth cannot be found.
    """
    points = shapely.centroid(shapes)
    try:
        move = pyproj.Transformer.from_crs(crs, "EPSG:4326", always_xy=True)
        lon_lat = np.stack(move.transform(shapely.get_x(points), shapely.get_y(points)), axis=1)
    except pyproj.exceptions.ProjError as error:
        raise ValueError(str(error)) from None
    if not np.isfinite(lon_lat).all() or (np.abs(lon_lat[:, 1]) > 90).any():
        raise ValueError("coordinates outside its range")
    return lon_lat


def weighted_centre(lon_lat: Floats, weights: Floats) -> tuple[float, float]:
    """Return the weighted mean of places.

    Parameters
    ----------
    lon_lat : float array of shape (n, 2)
        Degrees.
    weights : float array of shape (n,)
        Of at least one place above 0.

    Returns
    -------
    (longitude, latitude)
        Degrees: the direction of the mean of unit vectors, so that the antimeridian and the poles are no borders.
    """
    lon, lat = np.radians(lon_lat).T
    vectors = np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)
    x, y, z = weights @ vectors
    return float(np.degrees(np.arctan2(y, x))), float(np.degrees(np.arctan2(z, np.hypot(x, y))))


def distances_m(lon_lat: Floats, centre: tuple[float, float]) -> Floats:
    """Return the geodesic distances of places from a centre, in metres; all in WGS 84 degrees."""
    count = len(lon_lat)
    geod = pyproj.Geod(ellps="WGS84")
    _, _, away = geod.inv(np.full(count, centre[0]), np.full(count, centre[1]), lon_lat[:, 0], lon_lat[:, 1])
    return np.asarray(away, np.float64)
