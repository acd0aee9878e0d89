"""What makes one demo city differ from the next: everything that is drawn once per seed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

BIOMES = ("temperate", "mediterranean", "arid", "tropical", "continental")
PATTERNS = ("grid", "organic", "ring", "superblock")
WATERS = ("river", "river", "coast", "lake", "canals")


def stream(seed: int, name: str) -> np.random.Generator:
    """Return the random stream of one part of the scene, so that changing a part leaves the others as they were."""
    return np.random.default_rng([seed & 0xFFFFFFFF, *name.encode()])


@dataclass(frozen=True)
class Style:
    """The traits of one city and of the sensor that sees it.

    Attributes
    ----------
    greenness : float
        State of unwatered grass, 0 (straw) to 1 (lush).
    leaf : float
        Leaf area of deciduous trees, 0.15 (early spring) to 1 (and 1.1, where hardly a twig shows).
    crop_phase : float
        Share of fields that carry a crop rather than soil or stubble, 0 to 1.
    warm_roofs : float
        Share of tiled (red, brown) roofs among houses.
    density : float
        Radius of the built-up area as a fraction of the layout's half side.
    block_m : float
        Typical side of a residential block in metres.
    sun_azimuth, sun_elevation : float
        Degrees, azimuth clockwise from north.
    grain : float
        How much of the finest texture the imagery shows: compressed and resampled aerial photographs keep little,
        sharpened ones show more than there is.
    crown : float
        Size of crowns outside woods relative to the usual: young suburbs, old parks.
    foliage : float
        Contrast inside crowns relative to the usual.
    relief : float
        Contrast between the lit and the dark side of a crown; leaves let light through, so that it can be slight.
    leaf_light : float
        Brightness of crowns relative to the usual.
    verdure : float
        How much greener than the usual leaf crowns are: a young leaf absorbs more blue and red.
    autumn : float
        How many crowns are turning, relative to the usual.
    gloom : float
        Light in shadows relative to a clear sky's: little where the air is clean and the picture was stretched.
    bloom : float
        Share of the crops that stand in flower (oilseed rape, mustard): few, but whole districts in their weeks.
    field_size : float
        Side of fields relative to the usual.
    soil : ndarray
        Reflectance of the local soil in B, G, R, NIR.
    """

    biome: str
    pattern: str
    water: str
    greenness: float
    leaf: float
    conifers: float
    crop_phase: float
    warm_roofs: float
    density: float
    farmland: float
    forest: float
    block_m: float
    parcel_m: float
    tree_rate: float
    turbidity: float
    algae: float
    sun_azimuth: float
    sun_elevation: float
    soil: np.ndarray
    haze: float
    psf: float
    noise: float
    scale: np.ndarray
    offset: np.ndarray
    grain: float
    crown: float
    foliage: float
    relief: float
    leaf_light: float
    verdure: float
    autumn: float
    gloom: float
    bloom: float
    field_size: float


def draw_style(seed: int) -> Style:
    """Draw the traits of the city of ``seed``."""
    rng = stream(seed, "style")
    biome = str(rng.choice(BIOMES, p=[0.34, 0.18, 0.14, 0.16, 0.18]))
    greenness = {
        "temperate": (0.55, 1.0),
        "mediterranean": (0.1, 0.7),
        "arid": (0.0, 0.45),
        "tropical": (0.6, 1.0),
        "continental": (0.3, 0.95),
    }[biome]
    if biome in ("temperate", "continental") and rng.random() < 0.5:
        greenness = (0.8, 1.0)  # early summer, when most aerial photographs of leafy cities are taken
    dark = rng.uniform(0.45, 1.0)
    soils = {
        "temperate": (0.07, 0.10, 0.135, 0.20),
        "mediterranean": (0.09, 0.145, 0.21, 0.30),
        "arid": (0.13, 0.19, 0.26, 0.34),
        "tropical": (0.06, 0.09, 0.17, 0.25),
        "continental": (0.06, 0.08, 0.105, 0.165),
    }
    # Digital numbers: 11-bit and 12-bit counts, or reflectance times 10000, each with its own gain per band.
    kind = rng.integers(0, 4)
    base = (2000.0, 4000.0, 10000.0, 2600.0)[int(kind)]
    spread = 0.03 if kind == 2 else 0.22
    gains = base * rng.uniform(0.75, 1.3) * np.exp(rng.normal(0, spread, 4))
    offset = rng.uniform(0, 0.035) * base * np.array([1.6, 1.1, 0.8, 0.5]) * rng.uniform(0.5, 1.4, 4)
    return Style(
        biome=biome,
        pattern=str(rng.choice(PATTERNS, p=[0.3, 0.3, 0.2, 0.2])),
        water=str(rng.choice(WATERS)),
        greenness=float(rng.uniform(*greenness)),
        leaf=float(rng.choice([rng.uniform(0.15, 0.7), rng.uniform(0.75, 1.0), 1.1], p=[0.2, 0.4, 0.4])),
        conifers=float({"temperate": 0.25, "mediterranean": 0.4, "arid": 0.15, "tropical": 0.05}.get(biome, 0.45))
        * float(rng.uniform(0.2, 1.6)),
        crop_phase=float(rng.uniform(0.25, 0.9)),
        warm_roofs=float(rng.uniform(0.05, 0.9)),
        density=float(rng.uniform(0.35, 0.75)),
        farmland=float(rng.uniform(0.35, 0.85)),
        forest=float(rng.uniform(0.08, 0.4)) * (0.4 if biome == "arid" else 1.0),
        block_m=float(rng.uniform(70, 170)),
        parcel_m=float(rng.uniform(11, 30)),
        tree_rate=float(rng.uniform(0.3, 1.5)),
        turbidity=float(rng.uniform(0, 1)),
        algae=float(rng.uniform(0, 0.6)),
        sun_azimuth=float(rng.choice([rng.uniform(95, 265), rng.uniform(-50, 50)], p=[0.8, 0.2])),
        sun_elevation=float(rng.uniform(28, 70)),
        soil=np.array(soils[biome]) * dark * np.exp(rng.normal(0, 0.06, 4)),
        haze=float(rng.uniform(0.0, 0.05)),
        psf=float(rng.uniform(0.3, 0.75)),
        noise=float(rng.uniform(0.0015, 0.006)),
        scale=gains,
        offset=offset,
        grain=float(np.exp(rng.uniform(np.log(0.25), np.log(2.4)))),
        crown=float(rng.uniform(0.85, 1.5)),
        foliage=float(rng.uniform(0.5, 2.0)),
        relief=float(rng.uniform(0.2, 1.0)),
        leaf_light=float(np.exp(rng.uniform(-0.1, 0.45))),
        verdure=float(rng.uniform(0.0, 0.4)),
        autumn=float(rng.choice([rng.uniform(0.0, 0.4), rng.uniform(0.5, 1.3)], p=[0.65, 0.35])),
        gloom=float(rng.uniform(0.2, 1.1)),
        bloom=float(rng.choice([rng.uniform(0.0, 0.1), rng.uniform(0.2, 0.9)], p=[0.75, 0.25])),
        field_size=float(np.exp(rng.uniform(-0.2, 0.7))),
    )
