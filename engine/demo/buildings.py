"""Buildings on parcels: rectangles on the ground with a height, a roof and a year."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .landuse import (
    ALLOTMENT,
    COMMERCE,
    FACTORY,
    FARMSTEAD,
    HOUSES,
    OFFICE,
    PERIMETER,
    SCHOOL,
    SLABS,
    SPORT,
    TERRACE,
    Parcels,
)  # fmt: skip
from .layout import Bend, bilinear, sides
from .spectra import Material
from .style import Style, stream

YEARS = (2017, 2019, 2021, 2023)
"""Years of the Sentinel-2-like imagery."""


@dataclass
class Buildings:
    """Rectangles on the ground.

    Attributes
    ----------
    rings : ndarray [n, 4, 2]
        Corners in metres; corner 0 to 1 runs along the ridge.
    height : ndarray [n]
        Metres.
    roof : ndarray [n]
        `Material` values.
    gable : ndarray [n] of bool
        Two-sided roof with the ridge along corner 0 to 1.
    year : ndarray [n]
        Year of completion.
    parcel : ndarray [n]
    """

    rings: np.ndarray
    height: np.ndarray
    roof: np.ndarray
    gable: np.ndarray
    year: np.ndarray
    parcel: np.ndarray


def _houses(rng: np.random.Generator, use: np.ndarray, lu: np.ndarray, lv: np.ndarray, style: Style) -> list[tuple]:
    out = []
    i = np.flatnonzero(np.isin(use, (HOUSES, FARMSTEAD)) & (lu > 8) & (lv > 14))
    n = len(i)
    along = np.clip(lu[i] * rng.uniform(0.42, 0.75, n), 6, 18)
    deep = np.clip(rng.uniform(7.5, 13, n), 5, lv[i] * 0.5)
    front = rng.uniform(3, 7) + rng.uniform(0, 2.5, n)
    u = 0.5 + rng.normal(0, 0.05, n)
    out.append((i, u, (front + deep / 2) / lv[i], along, deep, rng.uniform(3.5, 8.5, n), "house"))
    shed = i[(rng.random(n) < 0.5) & (lv[i] > 26)]
    n = len(shed)
    out.append((shed, rng.uniform(0.15, 0.85, n), rng.uniform(0.75, 0.9, n), rng.uniform(3, 7, n),
                rng.uniform(2.5, 5, n), rng.uniform(2, 3, n), "shed"))  # fmt: skip
    wing = i[rng.random(len(i)) < 0.3]
    n = len(wing)
    out.append((wing, 0.5 + rng.choice([-0.22, 0.22], n), np.minimum(0.6, 16 / lv[wing]), rng.uniform(4, 6, n),
                rng.uniform(5, 9, n), rng.uniform(3, 5, n), "house"))  # fmt: skip
    i = np.flatnonzero((use == TERRACE) & (lv > 16))
    n = len(i)
    deep = np.full(n, rng.uniform(8, 12))
    out.append((i, np.full(n, 0.5), (4 + deep / 2) / lv[i], lu[i] * 0.99, deep, rng.uniform(6, 9, n), "house"))
    return out


def _large(rng: np.random.Generator, use: np.ndarray, lu: np.ndarray, lv: np.ndarray, style: Style) -> list[tuple]:
    out = []
    i = np.flatnonzero((use == PERIMETER) & (lu > 30) & (lv > 30))
    deep = rng.uniform(10, 14, len(i))
    high = rng.uniform(10, 24, len(i))
    for edge in range(4):
        j = rng.random(len(i)) < 0.93
        k, d = i[j], deep[j]
        if edge % 2 == 0:
            v = d / 2 / lv[k] if edge == 0 else 1 - d / 2 / lv[k]
            out.append((k, np.full(len(k), 0.5), v, lu[k] * rng.uniform(0.75, 1.0, len(k)), d, high[j], "block"))
        else:
            u = d / 2 / lu[k] if edge == 3 else 1 - d / 2 / lu[k]
            out.append((k, u, np.full(len(k), 0.5), d, lv[k] * rng.uniform(0.7, 1.0, len(k)), high[j], "block"))
    court = i[(lu[i] > 60) & (lv[i] > 60)]
    n = len(court)
    out.append((court, rng.uniform(0.4, 0.6, n), rng.uniform(0.4, 0.6, n), rng.uniform(10, 25, n),
                rng.uniform(8, 14, n), rng.uniform(4, 12, n), "flat"))  # fmt: skip

    i = np.flatnonzero((use == SLABS) & (lv > 26) & (lu > 26))
    count = np.clip((lv[i] / rng.uniform(34, 60, len(i))).astype(int), 1, 8)
    high = rng.choice([12.0, 16.0, 28.0, 45.0], len(i), p=[0.35, 0.35, 0.2, 0.1])
    k = np.repeat(np.arange(len(i)), count)
    step = np.arange(len(k)) - np.repeat(np.cumsum(count) - count, count)
    for part in (0.27, 0.73):
        keep = rng.random(len(k)) < 0.9
        kk, st = k[keep], step[keep]
        n = len(kk)
        out.append((i[kk], part + rng.normal(0, 0.02, n), (st + 0.5) / count[kk], lu[i[kk]] * rng.uniform(0.3, 0.42, n),
                    rng.uniform(11, 15, n), high[kk], "flat"))  # fmt: skip

    for kind, (a, b), count_max, heights in (
        (FACTORY, (0.4, 0.8), 2, (7, 14)), (COMMERCE, (0.45, 0.8), 1, (6, 12)), (SCHOOL, (0.25, 0.5), 3, (7, 14)),
        (OFFICE, (0.3, 0.7), 3, (14, 70)), (SPORT, (0.08, 0.2), 1, (4, 9)),
    ):  # fmt: skip
        i = np.flatnonzero((use == kind) & (np.minimum(lu, lv) > 25))
        for slot in range(count_max):
            at = i if slot == 0 else i[rng.random(len(i)) < 0.65]
            n = len(at)
            u = (slot + 0.5) / count_max + rng.normal(0, 0.03, n)
            along = lu[at] / count_max * rng.uniform(a, min(0.95, b * 1.1), n)
            out.append((at, u, rng.uniform(0.4, 0.6, n), along, np.minimum(lv[at] * rng.uniform(a, b, n), 130),
                        rng.uniform(*heights, n), "hall" if kind in (FACTORY, COMMERCE) else "flat"))  # fmt: skip
    i = np.flatnonzero((use == ALLOTMENT) & (rng.random(len(use)) < 0.8))
    n = len(i)
    out.append((i, rng.uniform(0.25, 0.75, n), rng.uniform(0.2, 0.8, n), rng.uniform(3, 6, n), rng.uniform(3, 5, n),
                rng.uniform(2, 3, n), "shed"))  # fmt: skip
    return out


def build(seed: int, parcels: Parcels, bend: Bend, style: Style) -> Buildings:
    """Place the buildings of all parcels."""
    rng = stream(seed, "buildings")
    lu, lv = sides(parcels.corners)
    rings, heights, roofs, gables, owners = [], [], [], [], []
    groups = _houses(rng, parcels.use, lu, lv, style) + _large(rng, parcels.use, lu, lv, style)
    tall = float(rng.uniform(0.6, 1.4))
    for i, u, v, along, deep, height, kind in groups:
        n = len(i)
        if not n:
            continue
        corners = parcels.corners[i]
        u, v = np.broadcast_to(u, n), np.broadcast_to(v, n)
        centre = bend(bilinear(corners, u, v))
        ahead = bend(bilinear(corners, u + 0.05, v)) - centre
        turn = np.arctan2(ahead[:, 1], ahead[:, 0]) + (rng.normal(0, 0.04, n) if kind in ("house", "shed") else 0)
        half_a, half_d = along / 2, deep / 2
        local = np.stack([np.stack([-half_a, -half_d], -1), np.stack([half_a, -half_d], -1),
                          np.stack([half_a, half_d], -1), np.stack([-half_a, half_d], -1)], 1)  # fmt: skip
        c, s = np.cos(turn)[:, None], np.sin(turn)[:, None]
        ring = np.stack([local[..., 0] * c - local[..., 1] * s, local[..., 0] * s + local[..., 1] * c], -1)
        # The ridge runs along the longer side.
        ring = np.where((deep > along)[:, None, None], np.roll(ring, -1, 1), ring)
        rings.append(ring + centre[:, None])
        heights.append(height * (tall if height.max() > 10 else 1.0))
        roofs.append(_roofs(rng, kind, n, style))
        gables.append(
            rng.random(n) < {"house": 0.85, "block": 0.5, "shed": 0.3, "hall": 0.15, "flat": 0.03}[kind] * (
                0.45 if style.biome in ("arid", "mediterranean") else 1.0)
        )  # fmt: skip
        owners.append(i)
    if not rings:  # a window of fields or forest
        none = np.zeros(0, np.int64)
        return Buildings(np.zeros((0, 4, 2)), np.zeros(0), none, none.astype(bool), none, none)
    ring_all = np.concatenate(rings)
    n = len(ring_all)
    year = np.where(rng.random(n) < 0.78, rng.integers(1900, YEARS[0] + 1, n), rng.integers(YEARS[0] + 1, YEARS[-1], n))
    return Buildings(
        ring_all, np.concatenate(heights), np.concatenate(roofs), np.concatenate(gables), year, np.concatenate(owners)
    )


def _roofs(rng: np.random.Generator, kind: str, n: int, style: Style) -> np.ndarray:
    """Roof materials by kind of building."""
    warm = style.warm_roofs
    shares = {
        "house": {Material.ROOF_TILE: warm, Material.ROOF_DARK: 1 - warm, Material.ROOF_BRIGHT: 0.08,
                  Material.ROOF_COLOUR: 0.1, Material.CONCRETE: 0.15},
        "block": {Material.ROOF_TILE: warm, Material.ROOF_DARK: 0.6, Material.CONCRETE: 0.5, Material.ROOF_METAL: 0.3},
        "shed": {Material.ROOF_DARK: 0.5, Material.ROOF_METAL: 0.4, Material.ROOF_COLOUR: 0.2},
        "hall": {Material.ROOF_BRIGHT: 0.4, Material.ROOF_METAL: 0.7, Material.ROOF_COLOUR: 0.4,
                 Material.ROOF_DARK: 0.3, Material.GRAVEL: 0.3},
        "flat": {Material.CONCRETE: 0.8, Material.ROOF_DARK: 0.5, Material.GRAVEL: 0.6, Material.ROOF_BRIGHT: 0.3,
                 Material.ROOF_GREEN: 0.05},
    }[kind]  # fmt: skip
    weight = np.array(list(shares.values()))
    return rng.choice(np.array([int(m) for m in shares]), n, p=weight / weight.sum())
