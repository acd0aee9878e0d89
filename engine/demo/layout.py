"""Streets and blocks: quadrilaterals split again and again, the whole then bent by a smooth map of the plane."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .noise import Waves
from .style import Style, stream

ROAD_CLASSES = ("trunk", "primary", "secondary", "tertiary", "residential", "unclassified", "track", "footway")
"""OSM ``highway`` values, by the codes in `Layout.street_class`."""
TRUNK, PRIMARY, SECONDARY, TERTIARY, RESIDENTIAL, UNCLASSIFIED, TRACK, FOOTWAY = range(8)
HALF_WIDTH = np.array([13.0, 10.0, 8.0, 6.0, 4.2, 3.2, 1.8, 1.2])
"""Half the kerb-to-kerb width in metres by road class."""

CORE, TOWN, SUBURB, INDUSTRY, RURAL, WOODS = range(6)
"""Zones, which decide how a block is split and used."""


@dataclass
class Layout:
    """The plan of a city in metres; the origin is its centre, x points east and y north.

    Attributes
    ----------
    half : float
        Half the side of the square that is planned.
    corners : ndarray [n, 4, 2]
        Blocks in the plan's own straight coordinates; `Layout.bend` takes them to the ground.
    margins : ndarray [n, 4]
        Half the street width along each edge (edge i runs from corner i to i + 1).
    zone : ndarray [n]
    streets : ndarray [m, 2, 2]
    street_class, street_zone : ndarray [m]
    """

    half: float
    corners: np.ndarray
    margins: np.ndarray
    zone: np.ndarray
    streets: np.ndarray
    street_class: np.ndarray
    bend: Bend
    superblock: np.ndarray


class Bend:
    """The smooth map from plan to ground: a rotation and gentle waves, stronger for organic towns."""

    def __init__(self, rng: np.random.Generator, style: Style) -> None:
        gradient = {"grid": 0.02, "organic": 0.27, "ring": 0.1, "superblock": 0.05}[style.pattern]
        wavelength = rng.uniform(700, 1500)
        self.amplitude = gradient * wavelength / (2 * np.pi)
        self.waves = (Waves(rng, wavelength), Waves(rng, wavelength))
        angle = rng.uniform(0, 2 * np.pi)
        self.rotation = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])

    def __call__(self, points: np.ndarray) -> np.ndarray:
        """Ground coordinates of plan coordinates ``[..., 2]``, metres."""
        shift = np.stack([wave(points) for wave in self.waves], -1) * self.amplitude
        return (points + shift) @ self.rotation.T


def bilinear(corners: np.ndarray, u: np.ndarray, v: np.ndarray) -> np.ndarray:
    """Points at ``u, v`` (0 to 1) of quadrilaterals: ``[n, 4, 2]`` with ``[n]`` or ``[n, k]`` gives ``[n(, k), 2]``."""
    c = corners if u.ndim == 1 else corners[:, None]
    u, v = u[..., None], v[..., None]
    return (
        (1 - u) * (1 - v) * c[..., 0, :]
        + u * (1 - v) * c[..., 1, :]
        + u * v * c[..., 2, :]
        + (1 - u) * v * c[..., 3, :]
    )


def sides(corners: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Mean length along u and along v of quadrilaterals ``[n, 4, 2]``."""
    d = np.linalg.norm(np.roll(corners, -1, 1) - corners, axis=-1)
    return (d[:, 0] + d[:, 2]) / 2, (d[:, 1] + d[:, 3]) / 2


def plan(seed: int, half: float, style: Style) -> Layout:
    """Plan the streets and blocks of a city on a square of side ``2 * half`` metres."""
    rng = stream(seed, "layout")
    bend = Bend(rng, style)
    corners = _first_quads(rng, half, style)
    margins = np.full((len(corners), 4), HALF_WIDTH[PRIMARY])
    streets = [np.concatenate([corners, np.roll(corners, -1, 1)], -1).reshape(-1, 2, 2)]
    classes = [np.full(len(streets[0]), PRIMARY)]
    city = _City(rng, half, style)

    # Superblocks: arterials first, then collectors.
    side = rng.uniform(280, 520) * (1.3 if style.pattern == "superblock" else 1.0)
    done: list[tuple[np.ndarray, np.ndarray]] = []
    while len(corners):
        lu, lv = sides(corners)
        large = (lu * lv > 2.2 * side**2) | (np.maximum(lu, lv) > 2.2 * side)
        done.append((corners[~large], margins[~large]))
        corners, margins = corners[large], margins[large]
        if not len(corners):
            break
        area = (lu * lv)[large]
        cls = np.where(area > 9 * side**2, PRIMARY, np.where(area > 4 * side**2, SECONDARY, TERTIARY))
        rural = city.density(corners.mean(1)) < 0.25
        cls = np.where(rural & (cls > PRIMARY), UNCLASSIFIED, cls)
        corners, margins, new = _split(rng, corners, margins, HALF_WIDTH[cls], 0.16, style)
        streets.append(new)
        classes.append(cls)
    corners = np.concatenate([c for c, _ in done])
    margins = np.concatenate([m for _, m in done])
    zone = city.zones(corners.mean(1))
    superblock = np.arange(len(corners))

    # Blocks inside the superblocks, each zone to its own size.
    target = {
        CORE: rng.uniform(60, 120), TOWN: style.block_m, SUBURB: style.block_m * 1.15, INDUSTRY: rng.uniform(120, 260),
        RURAL: rng.uniform(110, 330) * style.field_size, WOODS: 400.0,
    }  # fmt: skip
    goal = np.array([target[z] for z in range(6)])[zone] * np.exp(rng.normal(0, 0.22, len(zone)))
    finished: list[tuple[np.ndarray, ...]] = []
    while len(corners):
        lu, lv = sides(corners)
        large = lu * lv > 1.8 * goal**2
        finished.append((corners[~large], margins[~large], zone[~large], superblock[~large]))
        corners, margins, zone, goal, superblock = (a[large] for a in (corners, margins, zone, goal, superblock))
        if not len(corners):
            break
        # Farm tracks are rare, forest rides too; most field boundaries are only a margin.
        roll = rng.random(len(zone))
        cls = np.where(zone == INDUSTRY, TERTIARY, RESIDENTIAL)
        cls = np.where(zone >= RURAL, np.where(roll < 0.35, TRACK, -1), cls)
        half_width = np.where(cls >= 0, HALF_WIDTH[cls], 0.8)
        jitter = 0.2 if style.pattern in ("organic",) else 0.1
        corners, margins, new = _split(rng, corners, margins, half_width, jitter, style)
        streets.append(new[cls >= 0])
        classes.append(cls[cls >= 0])
        zone, goal, superblock = (np.concatenate([a, a]) for a in (zone, goal, superblock))
    corners, margins, zone, superblock = (np.concatenate(parts) for parts in zip(*finished))
    return Layout(half, corners, margins, zone, np.concatenate(streets), np.concatenate(classes), bend, superblock)


def _first_quads(rng: np.random.Generator, half: float, style: Style) -> np.ndarray:
    """Cells that the splitting starts from: rings and sectors for a ring town, else one square."""
    if style.pattern != "ring":
        return np.array([[[-half, -half], [half, -half], [half, half], [-half, half]]], float)
    sectors = int(rng.integers(6, 11))
    radii = [40.0]
    while radii[-1] < 1.5 * half:
        radii.append(radii[-1] + rng.uniform(260, 520) * (1 + radii[-1] / 3000))
    angles = np.linspace(0, 2 * np.pi, sectors + 1) + np.append(a := rng.normal(0, 0.08, sectors), a[0])
    ring = np.stack([np.cos(angles), np.sin(angles)], -1)
    quads = [
        [r0 * ring[i], r1 * ring[i], r1 * ring[i + 1], r0 * ring[i + 1]]
        for r0, r1 in zip(radii, radii[1:])
        for i in range(sectors)
    ]
    return np.array(quads)


def _split(
    rng: np.random.Generator,
    corners: np.ndarray,
    margins: np.ndarray,
    half_width: np.ndarray,
    slant: float,
    style: Style,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Split each quadrilateral across its long direction by a line that is a little off square."""
    lu, lv = sides(corners)
    turn = lv > lu
    c = np.where(turn[:, None, None], np.roll(corners, -1, 1), corners)
    m = np.where(turn[:, None], np.roll(margins, -1, 1), margins)
    regular = style.pattern in ("grid", "superblock")
    t = np.clip(0.5 + rng.normal(0, 0.03 if regular else 0.1, len(c)), 0.3, 0.7)
    d = rng.normal(0, slant * (0.1 if regular else 0.5), len(c))
    a = c[:, 0] + np.clip(t + d, 0.2, 0.8)[:, None] * (c[:, 1] - c[:, 0])
    b = c[:, 3] + np.clip(t - d, 0.2, 0.8)[:, None] * (c[:, 2] - c[:, 3])
    left = np.stack([c[:, 0], a, b, c[:, 3]], 1)
    right = np.stack([a, c[:, 1], c[:, 2], b], 1)
    w = half_width
    left_m = np.stack([m[:, 0], w, m[:, 2], m[:, 3]], 1)
    right_m = np.stack([m[:, 0], m[:, 1], m[:, 2], w], 1)
    return np.concatenate([left, right]), np.concatenate([left_m, right_m]), np.stack([a, b], 1)


class _City:
    """How built-up each place of the plan is."""

    def __init__(self, rng: np.random.Generator, half: float, style: Style) -> None:
        self.rng, self.style = rng, style
        self.radius = style.density * min(half, 5200.0)
        # Further towns for wide extents, so that no large scene is farmland alone.
        n = int(rng.integers(1, 4)) + int((half / 4000) ** 2 * 6)
        self.towns = np.concatenate([[[0.0, 0.0]], rng.uniform(-half, half, (n, 2))])
        self.sizes = np.concatenate([[self.radius], self.radius * rng.uniform(0.15, 0.5, n)])
        self.waves = Waves(rng, 900)
        self.industry = Waves(rng, 1300)
        self.woods = Waves(rng, 1000)

    def density(self, points: np.ndarray) -> np.ndarray:
        d = np.linalg.norm(points[:, None] - self.towns, axis=-1) / self.sizes
        return np.exp(-0.9 * d**2).max(1) + 0.16 * self.waves(points)

    def zones(self, points: np.ndarray) -> np.ndarray:
        density = self.density(points)
        zone = np.where(density > 0.85, CORE, np.where(density > 0.6, TOWN, SUBURB))
        industry = (self.industry(points) > 0.95) & (density > 0.3) & (density < 0.85)
        zone = np.where(industry, INDUSTRY, zone)
        rural = density < 0.38
        woods = self.woods(points) > np.quantile(self.woods(points), 1 - self.style.forest)
        return np.where(rural, np.where(woods, WOODS, RURAL), zone)
