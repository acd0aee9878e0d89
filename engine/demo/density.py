"""User density of the city: how many people are where in each hour of a day, as phones tell it.

MSLU-100K (Table 2, section "Multi-source spatiotemporal data") uses one day of Tencent's user density: 24 bands at
about 1100 m. Which unit the counts have is not said, and another provider's would be another; so it is drawn, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from affine import Affine
from rasterio.transform import from_origin
from scipy.ndimage import gaussian_filter

from .buildings import Buildings
from .landuse import (
    ALLOTMENT,
    BARE,
    CEMETERY,
    COMMERCE,
    FACTORY,
    FARMSTEAD,
    FIELD,
    FOREST,
    HOUSES,
    MEADOW,
    OFFICE,
    PARK,
    PARKING,
    PERIMETER,
    SCHOOL,
    SLABS,
    SPORT,
    SQUARE,
    TERRACE,
    USES,
    Parcels,
)  # fmt: skip
from .layout import Layout, bilinear, sides
from .style import stream

HOURS = 24
RESOLUTIONS = (100, 250, 500, 1000)
"""Metres; the paper's raster has about 1100."""

_FINE = 50.0  # metres: people are placed and moved on a grid that all resolutions are multiples of
_MARGIN = 80.0  # metres around the window in which parcels are known
_STOREY = 3.2  # metres

HOME, SHOP, DESK, DAY_SHIFT, ALL_SHIFTS, CLASSROOM, LEISURE, CARS, COUNTRY = range(9)
"""Kinds of days, which `PROFILES` are of."""

PROFILES = np.array([
    # hours 0 to 23
    [95, 97, 98, 98, 97, 94, 86, 72, 57, 48, 45, 45, 48, 47, 45, 46, 50, 58, 68, 77, 84, 89, 92, 94],  # home
    [4, 3, 2, 2, 2, 3, 6, 12, 22, 40, 58, 70, 80, 76, 72, 74, 80, 90, 98, 95, 78, 52, 26, 10],  # shop
    [4, 3, 3, 3, 3, 5, 12, 34, 70, 93, 98, 96, 80, 86, 97, 96, 88, 62, 35, 20, 13, 9, 6, 5],  # desk
    [7, 6, 6, 6, 8, 20, 52, 84, 95, 98, 98, 95, 84, 94, 96, 92, 68, 38, 20, 14, 11, 9, 8, 7],  # day shift
    [52, 50, 50, 50, 51, 58, 80, 86, 92, 95, 95, 92, 86, 92, 94, 84, 78, 74, 70, 68, 67, 66, 58, 54],  # three shifts
    [3, 3, 3, 3, 3, 4, 9, 42, 92, 98, 98, 94, 78, 80, 90, 78, 48, 26, 18, 14, 10, 6, 4, 3],  # classroom
    [2, 1, 1, 1, 2, 6, 14, 20, 24, 32, 42, 48, 50, 58, 72, 86, 96, 98, 88, 62, 38, 20, 9, 4],  # leisure
    [8, 6, 5, 5, 6, 14, 34, 68, 78, 66, 62, 66, 72, 70, 68, 72, 84, 96, 82, 58, 40, 28, 18, 11],  # cars
    [11, 10, 10, 10, 13, 26, 52, 72, 87, 96, 98, 83, 61, 72, 89, 96, 91, 74, 48, 30, 22, 17, 14, 12],  # country
]) / 100.0  # fmt: skip
"""Share of the most people there ever are, ``[9, 24]``."""

# People at the busiest hour: for 1000 m2 of floors, and for a hectare of land.
_PEOPLE: dict[int, tuple[float, float]] = {
    HOUSES: (16, 0), TERRACE: (20, 0), PERIMETER: (26, 0), SLABS: (28, 0), FARMSTEAD: (8, 1), COMMERCE: (40, 8),
    OFFICE: (45, 5), FACTORY: (11, 3), SCHOOL: (60, 6), PARK: (5, 9), SPORT: (20, 10), CEMETERY: (0, 3),
    SQUARE: (20, 70), PARKING: (5, 12), BARE: (4, 1), FIELD: (0, 0.05), FOREST: (0, 0.2), MEADOW: (0, 0.2),
    ALLOTMENT: (4, 3),
}  # fmt: skip

# Kinds of days by use, with their shares of the people.
_DAYS: dict[int, dict[int, float]] = {
    HOUSES: {HOME: 0.97, DESK: 0.03}, TERRACE: {HOME: 0.95, DESK: 0.05},
    PERIMETER: {HOME: 0.68, SHOP: 0.2, DESK: 0.12}, SLABS: {HOME: 0.92, SHOP: 0.06, CLASSROOM: 0.02},
    FARMSTEAD: {HOME: 0.6, COUNTRY: 0.4}, COMMERCE: {SHOP: 0.85, DESK: 0.15},
    OFFICE: {DESK: 0.82, SHOP: 0.15, HOME: 0.03}, SCHOOL: {CLASSROOM: 0.9, DESK: 0.06, LEISURE: 0.04},
    PARK: {LEISURE: 1.0}, SPORT: {LEISURE: 0.85, SHOP: 0.15}, CEMETERY: {LEISURE: 0.5, COUNTRY: 0.5},
    SQUARE: {SHOP: 0.6, LEISURE: 0.25, CARS: 0.15}, PARKING: {CARS: 1.0}, BARE: {DAY_SHIFT: 1.0},
    FIELD: {COUNTRY: 1.0}, FOREST: {LEISURE: 0.6, COUNTRY: 0.4}, MEADOW: {COUNTRY: 0.6, LEISURE: 0.4},
    ALLOTMENT: {LEISURE: 0.8, HOME: 0.2},
}  # fmt: skip


@dataclass(frozen=True)
class DensityTraits:
    """What makes the user density of one city and provider differ from another's.

    Attributes
    ----------
    resolution : int
        Side of a cell in metres, one of `RESOLUTIONS`.
    users : float
        Share of people that the provider counts, 0 to 1; the fewer, the noisier.
    unit : float
        What one counted person adds to a cell.
    missing : float
        Share of cells without data, 0 to 1.
    late : float
        Hours by which this city's day is later than the usual.
    asleep : float
        Share of users that nobody notices in the dead of night, 0 to 1: who sleeps does not use an app.
    blur_m : float
        Standard deviation of a phone's position in metres.
    walk_m : float
        Standard deviation of how far people move about in the hours that they do, in metres.
    """

    resolution: int
    users: float
    unit: float
    missing: float
    late: float
    asleep: float
    blur_m: float
    walk_m: float


def draw_traits(seed: int) -> DensityTraits:
    """Draw the traits of the user density of the city of ``seed``."""
    rng = stream(seed, "density traits")
    return DensityTraits(
        resolution=int(rng.choice(RESOLUTIONS)),
        users=float(10 ** rng.uniform(-1.5, 0.0)),
        unit=float(10 ** rng.uniform(-1.5, 1.5)),
        missing=float(rng.uniform(0.0, 0.06)),
        late=float(rng.normal(0.0, 0.7)),
        asleep=float(rng.uniform(0.0, 0.85)),
        blur_m=float(rng.uniform(30, 90)),
        walk_m=float(rng.uniform(120, 350)),
    )


def user_density(
    seed: int,
    layout: Layout,
    parcels: Parcels,
    buildings: Buildings,
    bounds: Sequence[float],
    shift: np.ndarray,
    traits: DensityTraits | None = None,
) -> tuple[np.ndarray, Affine]:
    """Count the users of each cell and hour.

    Parameters
    ----------
    seed : int
    layout : Layout
    parcels : Parcels
    buildings : Buildings
        Of these parcels.
    bounds : (west, south, east, north)
        Window in ground metres.
    shift : ndarray [2]
        Ground to map coordinates.
    traits : DensityTraits, optional
        By default those of the seed.

    Returns
    -------
    ndarray float32 [24, h, w]
        Counts in an unknown unit, 0 or more, for the hours from 0:00 to 23:00; NaN where there is no data. The cells
        lie on multiples of the resolution and cover the window. A cell that reaches beyond what is known of the city
        is filled up in proportion.
    Affine
        Cells to map coordinates.
    """
    traits = traits or draw_traits(seed)
    size = float(traits.resolution)
    west, south, east, north = (
        np.floor((bounds[0] + shift[0]) / size) * size,
        np.floor((bounds[1] + shift[1]) / size) * size,
        np.ceil((bounds[2] + shift[0]) / size) * size,
        np.ceil((bounds[3] + shift[1]) / size) * size,
    )
    rows, cols = round((north - south) / size), round((east - west) / size)
    factor = round(size / _FINE)
    shape = (rows * factor, cols * factor)
    people = _people(stream(seed, "density people"), layout, parcels, buildings, (west, north), shift, shape)
    known = _known(bounds, shift, (west, north), shape)

    day, moving = _day(traits)
    users = np.zeros((HOURS, rows, cols))
    for metres, share in ((traits.blur_m, 1 - moving), (float(np.hypot(traits.blur_m, traits.walk_m)), moving)):
        for kind, there in enumerate(people):
            if there.any():
                spread = _sum_blocks(_smooth(there, known, metres / _FINE), factor)
                users += (day[kind] * share)[:, None, None] * spread
    users /= np.maximum(_sum_blocks(known, factor) / factor**2, 0.05)

    rng = stream(seed, "density noise")
    counted = rng.poisson(users * traits.users) * traits.unit
    counted[:, rng.random((rows, cols)) < traits.missing] = np.nan
    counted[rng.random(counted.shape) < traits.missing / 20] = np.nan
    return counted.astype(np.float32), from_origin(west, north, size, size)


def _day(traits: DensityTraits) -> tuple[np.ndarray, np.ndarray]:
    """Share of people by kind and hour ``[9, 24]``, and of those that are on the move by hour ``[24]``."""
    hour = np.arange(HOURS) - traits.late
    low = np.floor(hour).astype(int)
    t = hour - low
    day = PROFILES[:, low % HOURS] * (1 - t) + PROFILES[:, (low + 1) % HOURS] * t

    def near(middle: float, width: float) -> np.ndarray:
        away = (hour - middle + HOURS / 2) % HOURS - HOURS / 2
        return np.exp(-0.5 * (away / width) ** 2)

    moving = 0.1 + 0.5 * np.maximum(near(8.0, 1.2), near(17.8, 1.6)) + 0.2 * near(13.0, 3.5)
    return day * (1 - traits.asleep * near(3.8, 2.2)), moving


def _people(
    rng: np.random.Generator,
    layout: Layout,
    parcels: Parcels,
    buildings: Buildings,
    corner: tuple[float, float],
    shift: np.ndarray,
    shape: tuple[int, int],
) -> np.ndarray:
    """Place the people of the busiest hour on the fine grid, by kind of day: ``[9, *shape]``."""
    lu, lv = sides(parcels.corners)
    n = len(lu)
    ring = buildings.rings
    wide = np.linalg.norm(ring[:, 1] - ring[:, 0], axis=-1) * np.linalg.norm(ring[:, 3] - ring[:, 0], axis=-1)
    storeys = np.maximum(1.0, np.round(buildings.height / _STOREY))
    # Halls are high and have one floor.
    storeys = np.where(np.isin(parcels.use[buildings.parcel], (FACTORY, COMMERCE)), 1.0, storeys)
    floors = np.bincount(buildings.parcel, wide * storeys, n)
    rate = np.array([_PEOPLE[use] for use in range(len(USES))])[parcels.use]
    people = (rate[:, 0] * floors / 1e3 + rate[:, 1] * lu * lv / 1e4) * np.exp(rng.normal(0, 0.5, n))
    days = _days(rng, parcels.use) * people[:, None]

    # Large parcels are many points, so that they spread over the cells that they lie in.
    parts = np.clip(np.ceil(np.stack([lu, lv]) / _FINE), 1, 12).astype(int)
    count = parts[0] * parts[1]
    owner = np.repeat(np.arange(n), count)
    k = np.arange(len(owner)) - np.repeat(np.cumsum(count) - count, count)
    u, v = (k % parts[0][owner] + 0.5) / parts[0][owner], (k // parts[0][owner] + 0.5) / parts[1][owner]
    point = layout.bend(bilinear(parcels.corners[owner], u, v)) + shift
    col, row = (point[:, 0] - corner[0]) // _FINE, (corner[1] - point[:, 1]) // _FINE
    inside = (col >= 0) & (col < shape[1]) & (row >= 0) & (row < shape[0])
    cell = (row * shape[1] + col)[inside].astype(np.int64)
    share = (days / count[:, None])[owner[inside]]
    return np.stack([np.bincount(cell, of_kind, shape[0] * shape[1]).reshape(shape) for of_kind in share.T])


def _days(rng: np.random.Generator, use: np.ndarray) -> np.ndarray:
    """Shares of the kinds of days by parcel, ``[n, 9]``; a third of the factories never rests."""
    table = np.zeros((len(USES), len(PROFILES)))
    for one, shares in _DAYS.items():
        for kind, share in shares.items():
            table[one, kind] = share
    days = table[use]
    shifts = np.where(rng.random(len(use)) < 0.33, ALL_SHIFTS, DAY_SHIFT)
    works = np.flatnonzero(use == FACTORY)
    days[works, shifts[works]] = 0.85
    days[works, DESK] = 0.15
    # No two places keep the same hours.
    days *= np.exp(rng.normal(0, 0.35, days.shape))
    return days / days.sum(1, keepdims=True)


def _known(
    bounds: Sequence[float], shift: np.ndarray, corner: tuple[float, float], shape: tuple[int, int]
) -> np.ndarray:
    """Share of each fine cell that lies where parcels are known, ``shape``."""
    low, high = np.array(bounds[:2]) + shift - _MARGIN, np.array(bounds[2:]) + shift + _MARGIN

    def covered(n: int, first: float, last: float) -> np.ndarray:
        start = np.arange(n) * _FINE
        return np.clip(np.minimum(start + _FINE, last) - np.maximum(start, first), 0, _FINE) / _FINE

    across = covered(shape[1], low[0] - corner[0], high[0] - corner[0])
    down = covered(shape[0], corner[1] - high[1], corner[1] - low[1])
    return down[:, None] * across[None, :]


def _smooth(there: np.ndarray, known: np.ndarray, sigma: float) -> np.ndarray:
    """Spread people around where they are; nobody leaves for where the city is not known."""
    reach = gaussian_filter(known, sigma, mode="constant", truncate=3.0)
    weight = there / np.maximum(reach, 0.05)
    return gaussian_filter(weight, sigma, mode="constant", truncate=3.0) * known


def _sum_blocks(fine: np.ndarray, factor: int) -> np.ndarray:
    rows, cols = fine.shape[0] // factor, fine.shape[1] // factor
    return fine.reshape(rows, factor, cols, factor).sum((1, 3))
