"""Rivers, coasts, lakes, canals and ponds as polygons on the ground."""

from __future__ import annotations

import numpy as np
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from .noise import Waves
from .style import Style, stream


def water_bodies(seed: int, half: float, style: Style) -> list[BaseGeometry]:
    """Draw the water of a city on a square of side ``2 * half`` metres: valid polygons, large bodies first."""
    rng = stream(seed, "water")
    bodies: list[BaseGeometry] = []
    angle = rng.uniform(0, 2 * np.pi)
    if style.water in ("river", "canals") or rng.random() < 0.5:
        width = rng.uniform(14, 110) if style.water == "river" else rng.uniform(5, 25)
        bodies.append(_river(rng, half, angle, rng.uniform(-0.25, 0.25) * half, width, rng.uniform(30, 160)))
    if style.water == "canals":
        for offset in np.arange(-0.8, 0.9, 0.35):
            across = angle + np.pi / 2 + rng.normal(0, 0.05)
            bodies.append(_river(rng, half, across, offset * half, rng.uniform(4, 14), 12))
    if style.water == "coast":
        bodies.append(_coast(rng, half, angle + np.pi / 2))
    if style.water == "lake":
        where = rng.uniform(-0.35, 0.35, 2) * half
        bodies.append(_blob(rng, where, rng.uniform(0.1, 0.28) * min(half, 4000), 0.25))
    n = 2 + int((half / 600) ** 2 * rng.uniform(0.5, 2.5))
    for where in rng.uniform(-half, half, (n, 2)):
        bodies.append(_blob(rng, where, rng.uniform(8, 55), 0.3))
    return [b if b.is_valid else b.buffer(0) for b in bodies]


def _river(
    rng: np.random.Generator, half: float, angle: float, offset: float, width: float, swing: float
) -> BaseGeometry:
    """Draw a meandering strip across the square whose width changes along it."""
    t = np.arange(-1.6 * half, 1.6 * half, 20.0)
    along, across = np.array([np.cos(angle), np.sin(angle)]), np.array([-np.sin(angle), np.cos(angle)])
    line = np.stack([t, np.zeros_like(t)], -1)
    wander = Waves(rng, 900)(line) * swing + Waves(rng, 350)(line) * swing * 0.25
    half_width = width / 2 * np.exp(0.22 * Waves(rng, 500)(line))
    centre = t[:, None] * along + (offset + wander)[:, None] * across
    step = np.gradient(centre, axis=0)
    normal = np.stack([-step[:, 1], step[:, 0]], -1) / np.linalg.norm(step, axis=1, keepdims=True)
    left, right = centre + normal * half_width[:, None], centre - normal * half_width[:, None]
    strip = Polygon(np.concatenate([left, right[::-1]]))
    if strip.is_valid:
        return strip
    return LineString(centre).buffer(width / 2)


def _coast(rng: np.random.Generator, half: float, angle: float) -> BaseGeometry:
    """Everything beyond a wavy line."""
    t = np.arange(-2.2 * half, 2.2 * half, 15.0)
    along, across = np.array([np.cos(angle), np.sin(angle)]), np.array([-np.sin(angle), np.cos(angle)])
    line = np.stack([t, np.zeros_like(t)], -1)
    wander = Waves(rng, 1400)(line) * 90 + Waves(rng, 260)(line) * 14
    shore = t[:, None] * along + (rng.uniform(0.1, 0.55) * half + wander)[:, None] * across
    far = np.array([t[-1], t[0]])[:, None] * along + 4 * half * across
    return Polygon(np.concatenate([shore, far]))


def _blob(rng: np.random.Generator, where: np.ndarray, radius: float, roughness: float) -> BaseGeometry:
    """Draw a rounded pond or lake."""
    a = np.linspace(0, 2 * np.pi, 72, endpoint=False)
    r = np.ones_like(a)
    for k in range(2, 7):
        r += roughness / k * 1.5 * np.cos(k * a + rng.uniform(0, 2 * np.pi)) * rng.uniform(0.3, 1)
    stretch = rng.uniform(0.6, 1.6)
    turn = rng.uniform(0, np.pi)
    x, y = radius * r * np.cos(a) * stretch, radius * r * np.sin(a) / stretch
    xy = np.stack([x * np.cos(turn) - y * np.sin(turn), x * np.sin(turn) + y * np.cos(turn)], -1)
    return Polygon(xy + where)
