"""Points of interest of the city: what a source of such points would know of it, with its gaps and errors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from .ground import street_lines
from .landuse import PERIMETER, SLABS, Parcels
from .layout import CORE, HALF_WIDTH, INDUSTRY, RURAL, SUBURB, TOWN, WOODS, Layout, bilinear, sides
from .poi_rates import FIRST_OF_PARCEL, KIND_OF_SOURCE, PER_HECTARE, PER_KILOMETRE
from .style import stream

Feature = tuple[BaseGeometry, dict[str, Any]]

_BUSTLE = {CORE: 1.7, TOWN: 1.1, SUBURB: 0.8, INDUSTRY: 0.9, RURAL: 0.7, WOODS: 0.6}
"""Points of a zone relative to the usual."""

_CLUSTERING = 0.7
"""Shape of the gamma distribution of parcels' own factors: below 1, many have next to nothing and a few a lot."""

_FIRST_WORDS = ("Mill", "Station", "Garden", "River", "Market", "King", "Bridge", "Lime", "Star", "Blue", "Old", "New")
_NAMELESS = ("addr:housenumber", "entrance", "barrier", "power", "building")


@dataclass(frozen=True)
class PoiTraits:
    """What makes the points of interest of one city differ from another's.

    Attributes
    ----------
    completeness : float
        Share of all points that the source has, 0 to 1.
    shift_m : float
        Standard deviation of the error of position along each axis, in metres.
    astray : float
        Share of points that lie some tens of metres off, 0 to 1.
    wrong : float
        Share of points whose category is any other, 0 to 1.
    named : float
        Share of points with a name, of those that can have one, 0 to 1.
    kinds : dict of str to float
        How many of the kinds of `KIND_OF_SOURCE` the source has, relative to the usual.
    spread : float
        Standard deviation of the logarithm of the tags' own factors.
    """

    completeness: float
    shift_m: float
    astray: float
    wrong: float
    named: float
    kinds: dict[str, float]
    spread: float


def draw_traits(seed: int) -> PoiTraits:
    """Draw the traits of the points of interest of the city of ``seed``."""
    rng = stream(seed, "poi traits")
    kinds = {kind: float(np.exp(rng.uniform(np.log(0.2), np.log(2.0)))) for kind in KIND_OF_SOURCE}
    for kind in ("addresses", "dwellings", "areas"):
        if rng.random() < 0.45:
            kinds[kind] = 0.0
    return PoiTraits(
        completeness=float(rng.uniform(0.15, 1.0)),
        shift_m=float(np.exp(rng.uniform(np.log(2.0), np.log(15.0)))),
        astray=float(rng.uniform(0.0, 0.12)),
        wrong=float(rng.uniform(0.005, 0.07)),
        named=float(rng.uniform(0.2, 0.95)),
        kinds=kinds,
        spread=float(rng.uniform(0.3, 0.8)),
    )


def pois(
    seed: int,
    layout: Layout,
    parcels: Parcels,
    streets: np.ndarray,
    area: BaseGeometry,
    shift: np.ndarray,
    traits: PoiTraits | None = None,
) -> list[Feature]:
    """Find the points of interest of a part of the city.

    Parameters
    ----------
    seed : int
    layout : Layout
    parcels : Parcels
    streets : ndarray [m]
        Indices into ``layout.streets``.
    area : Polygon
        In map coordinates; all points lie inside.
    shift : ndarray [2]
        Ground to map coordinates.
    traits : PoiTraits, optional
        By default those of the seed. Of two that differ in ``completeness`` alone, the lesser points are among the
        greater.

    Returns
    -------
    list of (Point, properties)
        ``category`` is an OSM tag as ``key=value``, ``name`` a text or None.
    """
    traits = traits or draw_traits(seed)
    tags = _tags()
    factor = _factors(stream(seed, "poi factors"), tags, traits)
    ground, tag = _on_parcels(stream(seed, "poi parcels"), layout, parcels, tags, factor)
    along, tag_along = _along_streets(stream(seed, "poi streets"), layout, streets, tags, factor)
    points = np.concatenate([ground, along]) + shift
    tag = np.concatenate([tag, tag_along])

    rng = stream(seed, "poi errors")
    n = len(points)
    off = np.where(rng.random(n) < traits.astray, 30.0, 0.0)
    points = points + rng.normal(0, 1, (n, 2)) * np.hypot(traits.shift_m, off)[:, None]
    tag = np.where(rng.random(n) < traits.wrong, rng.integers(0, len(tags), n), tag)
    word, named = rng.integers(0, len(_FIRST_WORDS), n), rng.random(n) < traits.named
    number = rng.integers(1, 140, n)
    shapely.prepare(area)
    kept = (rng.random(n) < traits.completeness) & shapely.contains_xy(area, points[:, 0], points[:, 1])
    found = []
    for i, shape in zip(np.flatnonzero(kept), shapely.points(points[kept])):
        text = tags[tag[i]]
        key, _, value = text.partition("=")
        name = None
        if key == "addr:housenumber":
            text = f"{key}={number[i]}"
        elif named[i] and key not in _NAMELESS:
            name = f"{_FIRST_WORDS[word[i]]} {value.replace('_', ' ').title()}"
        found.append((shape, {"category": text, "name": name}))
    return found


def _tags() -> list[str]:
    """All tags there are, in a fixed order."""
    tables = [*PER_HECTARE.values(), *FIRST_OF_PARCEL.values(), *PER_KILOMETRE.values()]
    return sorted({tag for table in tables for tag in table})


def _factors(rng: np.random.Generator, tags: list[str], traits: PoiTraits) -> np.ndarray:
    """How common each tag is in this city and in this source, relative to the usual."""
    factor = np.exp(rng.normal(0, traits.spread, len(tags)) - traits.spread**2 / 2)
    for kind, members in KIND_OF_SOURCE.items():
        of_kind = [tag in members or tag.partition("=")[0] in members for tag in tags]
        factor[of_kind] *= traits.kinds[kind]
    return factor


def _on_parcels(
    rng: np.random.Generator, layout: Layout, parcels: Parcels, tags: list[str], factor: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Ground coordinates ``[n, 2]`` and tags ``[n]`` of the points on parcels."""
    number = {tag: at for at, tag in enumerate(tags)}
    lu, lv = sides(parcels.corners)
    bustle = np.array([_BUSTLE[zone] for zone in range(len(_BUSTLE))])[layout.zone[parcels.block]]
    weight = lu * lv / 1e4 * bustle * rng.gamma(_CLUSTERING, 1 / _CLUSTERING, len(lu))
    owners: list[np.ndarray] = []
    found: list[np.ndarray] = []
    for use, rates in PER_HECTARE.items():
        here = np.flatnonzero(parcels.use == use)
        total = np.cumsum(weight[here])
        # The points of a tag are as many as all parcels' together, and each goes to a parcel by its weight.
        for tag, rate in rates.items():
            at = number[tag]
            count = rng.poisson(rate * factor[at] * total[-1]) if len(here) else 0
            owners.append(here[np.searchsorted(total, rng.random(count) * total[-1])] if count else here[:0])
            found.append(np.full(count, at))
    owner = np.concatenate(owners)
    tag_of = np.concatenate(found)
    u, v = _places(rng, parcels.use[owner])

    first, first_tag = _first(rng, parcels, number, factor)
    u = np.concatenate([u, rng.uniform(0.3, 0.7, len(first))])
    v = np.concatenate([v, rng.uniform(0.3, 0.7, len(first))])
    owner = np.concatenate([owner, first])
    return layout.bend(bilinear(parcels.corners[owner], u, v)), np.concatenate([tag_of, first_tag])


def _places(rng: np.random.Generator, use: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where in their parcels points lie, as fractions of both sides: mostly towards a street."""
    n = len(use)
    u, v = rng.random(n), rng.random(n)
    front = rng.random(n) < 0.6
    depth = np.abs(rng.normal(0, 0.12, n)).clip(0, 1)
    # Blocks of flats have streets on all sides, other parcels on one.
    side = np.where(np.isin(use, (PERIMETER, SLABS)), rng.integers(0, 4, n), 0)
    v = np.where(front & (side == 0), depth, np.where(front & (side == 1), 1 - depth, v))
    u = np.where(front & (side == 2), depth, np.where(front & (side == 3), 1 - depth, u))
    return u, v


def _first(
    rng: np.random.Generator, parcels: Parcels, number: dict[str, int], factor: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Parcels ``[k]`` that are something as a whole, and its tag ``[k]``."""
    owners: list[np.ndarray] = []
    found: list[np.ndarray] = []
    for use, chances in FIRST_OF_PARCEL.items():
        here = np.flatnonzero(parcels.use == use)
        at = np.array([number[tag] for tag in chances])
        share = np.array(list(chances.values())) * factor[at]
        share = share / max(1.0, share.sum())
        which = np.searchsorted(np.cumsum(share), rng.random(len(here)))
        some = which < len(at)
        owners.append(here[some])
        found.append(at[which[some]])
    return np.concatenate(owners), np.concatenate(found)


def _along_streets(
    rng: np.random.Generator, layout: Layout, streets: np.ndarray, tags: list[str], factor: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Ground coordinates ``[n, 2]`` and tags ``[n]`` of the points at the kerb."""
    number = {tag: at for at, tag in enumerate(tags)}
    lines = street_lines(layout, streets)
    points: list[np.ndarray] = [np.zeros((0, 2))]
    found: list[np.ndarray] = [np.zeros(0, np.int64)]
    for kind, rates in PER_KILOMETRE.items():
        here = lines[layout.street_class[streets] == kind]
        length = shapely.length(here)
        for tag, rate in rates.items():
            at = number[tag]
            count = rng.poisson(rate * factor[at] * length / 1000)
            line = np.repeat(here, count)
            way = rng.random(len(line)) * np.repeat(length, count)
            side = rng.choice([-1.0, 1.0], len(line)) * (HALF_WIDTH[kind] + 2.0)
            points.append(_beside(line, way, side))
            found.append(np.full(len(line), at))
    return np.concatenate(points), np.concatenate(found)


def _beside(line: np.ndarray, way: np.ndarray, side: np.ndarray) -> np.ndarray:
    """Points ``way`` metres along lines and ``side`` metres to their left, ``[n, 2]``."""
    here = shapely.get_coordinates(shapely.line_interpolate_point(line, way))
    ahead = shapely.get_coordinates(shapely.line_interpolate_point(line, way + 1.0)) - here
    back = here - shapely.get_coordinates(shapely.line_interpolate_point(line, np.maximum(way - 1.0, 0.0)))
    along = ahead + back
    along = along / np.maximum(np.hypot(along[:, 0], along[:, 1]), 1e-9)[:, None]
    return here + np.stack([-along[:, 1], along[:, 0]], -1) * side[:, None]
