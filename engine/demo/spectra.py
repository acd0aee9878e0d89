"""Materials: their land-cover class and their reflectance in blue, green, red and near infrared.

The numbers are typical broad-band surface reflectances, rounded, of the kind that spectral libraries (ASTER/ECOSTRESS,
USGS) give; each object varies around them. Overlaps are meant: asphalt, dark roofs and clear water; straw, dry lawn
and soil; lush crops and broadleaved crowns.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np

from .style import Style


class Cover(IntEnum):
    """Values of the truth raster."""

    NODATA = 0
    WATER = 1
    TREE = 2
    GRASS = 3
    FARMLAND = 4
    IMPERVIOUS = 5


class Material(IntEnum):
    """What an object is made of."""

    NOTHING = 0
    WATER = 1
    BROADLEAF = 2
    CONIFER = 3
    SHRUB = 4
    LAWN = 5
    MEADOW = 6
    CROP = 7
    SOIL_FIELD = 8
    STUBBLE = 9
    ASPHALT = 10
    CONCRETE = 11
    PAVING = 12
    GRAVEL = 13
    BARE = 14
    ROOF_TILE = 15
    ROOF_DARK = 16
    ROOF_BRIGHT = 17
    ROOF_METAL = 18
    ROOF_COLOUR = 19
    ROOF_GREEN = 20
    CAR = 21
    SPORT = 22
    FOREST_FLOOR = 23
    GARDEN = 24
    TRACK = 25


COVER_OF = np.zeros(32, np.uint8)
for _m, _c in {
    Material.WATER: Cover.WATER,
    Material.BROADLEAF: Cover.TREE,
    Material.CONIFER: Cover.TREE,
    Material.SHRUB: Cover.TREE,
    Material.FOREST_FLOOR: Cover.TREE,
    Material.LAWN: Cover.GRASS,
    Material.MEADOW: Cover.GRASS,
    Material.GARDEN: Cover.GRASS,
    Material.CROP: Cover.FARMLAND,
    Material.SOIL_FIELD: Cover.FARMLAND,
    Material.STUBBLE: Cover.FARMLAND,
}.items():
    COVER_OF[_m] = _c
for _m in (
    Material.ASPHALT, Material.CONCRETE, Material.PAVING, Material.GRAVEL, Material.BARE, Material.ROOF_TILE,
    Material.ROOF_DARK, Material.ROOF_BRIGHT, Material.ROOF_METAL, Material.ROOF_COLOUR, Material.ROOF_GREEN,
    Material.CAR, Material.SPORT, Material.TRACK,
):  # fmt: skip
    COVER_OF[_m] = Cover.IMPERVIOUS

LUSH_GRASS = np.array([0.035, 0.080, 0.050, 0.43])
STRAW = np.array([0.095, 0.145, 0.200, 0.30])
LUSH_CROP = np.array([0.030, 0.070, 0.036, 0.46])
RIPE_CROP = np.array([0.080, 0.135, 0.175, 0.29])
RAPE_IN_FLOWER = np.array([0.050, 0.185, 0.170, 0.48])
BROADLEAF = np.array([0.026, 0.056, 0.032, 0.40])
BARE_TWIGS = np.array([0.055, 0.075, 0.085, 0.19])
CONIFER = np.array([0.020, 0.036, 0.023, 0.24])
CLEAR_WATER = np.array([0.040, 0.034, 0.020, 0.010])
TURBID_WATER = np.array([0.090, 0.125, 0.130, 0.060])
GREEN_WATER = np.array([0.035, 0.070, 0.038, 0.055])

_FIXED = {
    Material.ASPHALT: ((0.085, 0.095, 0.102, 0.120), 0.25),
    Material.CONCRETE: ((0.190, 0.215, 0.235, 0.265), 0.20),
    Material.PAVING: ((0.140, 0.160, 0.180, 0.210), 0.25),
    Material.GRAVEL: ((0.150, 0.180, 0.205, 0.240), 0.25),
    Material.ROOF_TILE: ((0.065, 0.088, 0.165, 0.240), 0.28),
    Material.ROOF_DARK: ((0.060, 0.066, 0.072, 0.090), 0.35),
    Material.ROOF_BRIGHT: ((0.380, 0.410, 0.430, 0.450), 0.25),
    Material.ROOF_METAL: ((0.220, 0.240, 0.250, 0.270), 0.35),
    Material.ROOF_GREEN: ((0.050, 0.085, 0.075, 0.250), 0.20),
    Material.SPORT: ((0.075, 0.110, 0.190, 0.230), 0.25),
}


def _vary(rng: np.random.Generator, base: np.ndarray, level: float, colour: float = 0.05) -> np.ndarray:
    """Scatter reflectances: a common brightness (log-normal sd ``level``) and a band-wise part (sd ``colour``)."""
    n = len(base)
    return base * np.exp(rng.normal(0, level, (n, 1)) + rng.normal(0, colour, (n, 4)))


def draw_reflectance(rng: np.random.Generator, material: Material, n: int, style: Style) -> np.ndarray:
    """Draw the reflectance of ``n`` objects of one material: float64 ``[n, 4]`` in 0 to 1, bands B, G, R, NIR."""
    ones = np.ones((n, 1))
    if material in _FIXED:
        base, level = _FIXED[material]
        return _vary(rng, ones * np.array(base), level)
    if material == Material.WATER:
        t = np.clip(style.turbidity + rng.normal(0, 0.2, (n, 1)), 0, 1)
        a = np.clip(style.algae * rng.uniform(0, 1.6, (n, 1)), 0, 1)
        mixed = (1 - t) * CLEAR_WATER + t * TURBID_WATER
        return _vary(rng, (1 - a) * mixed + a * GREEN_WATER, 0.12)
    if material in (Material.LAWN, Material.GARDEN, Material.MEADOW):
        spread = {Material.LAWN: 0.2, Material.GARDEN: 0.2, Material.MEADOW: 0.25}[material]
        watered = rng.random((n, 1)) < (0.15 if material == Material.MEADOW else 0.35)
        g = np.clip(style.greenness + rng.normal(0, spread, (n, 1)) + 0.35 * watered, 0, 1)
        dry = 0.7 * STRAW + 0.3 * style.soil
        return _vary(rng, g * LUSH_GRASS + (1 - g) * dry, 0.12)
    if material in (Material.BROADLEAF, Material.SHRUB, Material.FOREST_FLOOR):
        leaf = np.clip(style.leaf + rng.normal(0, 0.12, (n, 1)), 0.1, 1)
        arid = 0.35 if style.biome == "arid" else 0.15 if style.biome == "mediterranean" else 0.0
        green = BROADLEAF * np.exp(style.verdure * np.array([-0.7, 0.3, -0.5, 0.2]))
        base = leaf * green + (1 - leaf) * BARE_TWIGS
        turned = np.minimum(1.0, style.autumn * rng.beta(0.6, 4.0, (n, 1)))  # yellow or brown
        base = (1 - turned) * base + turned * (0.35 * BROADLEAF + 0.45 * STRAW)
        base = (1 - arid) * base + arid * 0.6 * STRAW
        base = base * style.leaf_light * (0.65 if material == Material.FOREST_FLOOR else 1.0)
        return _vary(rng, base, 0.24, 0.07)
    if material == Material.CONIFER:
        return _vary(rng, ones * CONIFER * style.leaf_light, 0.18)
    if material == Material.CROP:
        cover = rng.beta(2.2, 1.1, (n, 1))
        ripe = (rng.random((n, 1)) < 0.3 + 0.3 * (style.greenness < 0.4)) * rng.uniform(0.3, 1, (n, 1))
        plant = ripe * RIPE_CROP + (1 - ripe) * LUSH_CROP * np.exp(rng.normal(0, 0.18, (n, 1)))
        flower = (rng.random((n, 1)) < style.bloom) * rng.uniform(0.4, 1.15, (n, 1))
        plant = flower * RAPE_IN_FLOWER + (1 - flower) * plant
        return _vary(rng, cover * plant + (1 - cover) * style.soil, 0.08, 0.06)
    if material == Material.STUBBLE:
        return _vary(rng, ones * (0.75 * STRAW + 0.25 * style.soil), 0.15)
    if material in (Material.SOIL_FIELD, Material.BARE, Material.TRACK):
        bright = {Material.SOIL_FIELD: 0.95, Material.BARE: 1.25, Material.TRACK: 1.3}[material]
        return _vary(rng, ones * style.soil * bright, 0.22)
    if material == Material.ROOF_COLOUR:
        hues = np.array([[0.22, 0.15, 0.09, 0.22], [0.09, 0.16, 0.10, 0.20], [0.10, 0.09, 0.22, 0.28],
                         [0.16, 0.20, 0.24, 0.28], [0.24, 0.20, 0.13, 0.25]])  # fmt: skip
        return _vary(rng, hues[rng.integers(0, len(hues), n)], 0.25)
    if material == Material.CAR:
        return _vary(rng, ones * np.array([0.18, 0.18, 0.18, 0.2]), 0.8, 0.15)
    raise ValueError(f"no reflectance for {material!r}")
