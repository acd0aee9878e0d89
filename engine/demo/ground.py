"""Painting the city on the canvas: land, water, streets, bridges, buildings."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from .buildings import Buildings
from .canvas import Canvas
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
    Parcels,
)  # fmt: skip
from .layout import FOOTWAY, HALF_WIDTH, RESIDENTIAL, TERTIARY, TRACK, UNCLASSIFIED, Layout, bilinear
from .spectra import COVER_OF, Cover, Material
from .style import Style

_SURFACE: dict[int, dict[Material, float]] = {
    HOUSES: {Material.GARDEN: 1}, TERRACE: {Material.GARDEN: 1}, FARMSTEAD: {Material.GARDEN: 2, Material.BARE: 1},
    PERIMETER: {Material.PAVING: 2, Material.GARDEN: 1, Material.LAWN: 1, Material.ASPHALT: 1},
    SLABS: {Material.LAWN: 3, Material.GARDEN: 1}, COMMERCE: {Material.ASPHALT: 1},
    OFFICE: {Material.PAVING: 2, Material.CONCRETE: 1, Material.LAWN: 1},
    FACTORY: {Material.CONCRETE: 2, Material.ASPHALT: 2, Material.GRAVEL: 1, Material.BARE: 0.5},
    SCHOOL: {Material.LAWN: 2, Material.ASPHALT: 1, Material.PAVING: 1},
    PARK: {Material.LAWN: 2, Material.MEADOW: 1}, SPORT: {Material.LAWN: 1}, CEMETERY: {Material.LAWN: 1},
    SQUARE: {Material.PAVING: 1, Material.CONCRETE: 0.5}, PARKING: {Material.ASPHALT: 1},
    BARE: {Material.BARE: 3, Material.GRAVEL: 1}, FOREST: {Material.FOREST_FLOOR: 1}, MEADOW: {Material.MEADOW: 1},
    ALLOTMENT: {Material.GARDEN: 3, Material.LAWN: 1},
}  # fmt: skip


def cell_polygons(layout: Layout, corners: np.ndarray, points_a_side: int = 5) -> np.ndarray:
    """Polygons on the ground of plan cells ``[n, 4, 2]``; each side bends with the plan."""
    t = np.arange(points_a_side) / points_a_side
    one, zero = np.ones_like(t), np.zeros_like(t)
    u = np.concatenate([t, one, 1 - t, zero])
    v = np.concatenate([zero, t, one, 1 - t])
    n = len(corners)
    return shapely.polygons(layout.bend(bilinear(corners, np.tile(u, (n, 1)), np.tile(v, (n, 1)))))


def street_lines(layout: Layout, index: np.ndarray) -> np.ndarray:
    """Line strings on the ground of the streets ``index``."""
    t = np.linspace(0, 1, 13)[:, None]
    s = layout.streets[index]
    return shapely.linestrings(layout.bend(s[:, None, 0] + t * (s[:, None, 1] - s[:, None, 0])))


def paint_land(canvas: Canvas, layout: Layout, parcels: Parcels, style: Style) -> None:
    """Paint parcels with their surfaces; what lies between them is verge."""
    rng = canvas.rng
    canvas.ids[:] = canvas.add(Material.MEADOW, 1)[0]
    shapes = cell_polygons(layout, parcels.corners)
    surface = np.zeros(len(shapes), int)
    for use, mix in _SURFACE.items():
        here = parcels.use == use
        w = np.array(list(mix.values()), float)
        surface[here] = rng.choice(np.array([int(m) for m in mix]), int(here.sum()), p=w / w.sum())
    fields = np.flatnonzero(parcels.use == FIELD)
    roll = rng.random(len(fields))
    surface[fields] = np.where(
        roll < style.crop_phase,
        Material.CROP,
        np.where(rng.random(len(fields)) < 0.6, Material.SOIL_FIELD, Material.STUBBLE),
    )
    # Rows run along the longer side of their parcel.
    side = layout.bend(parcels.corners[:, 1]) - layout.bend(parcels.corners[:, 0])
    angle = np.arctan2(-side[:, 1], side[:, 0]) + np.pi / 2 * (rng.random(len(shapes)) < 0.75)
    rows = np.zeros(len(shapes))
    rows[fields] = rng.choice([0.75, 1.5, 3.0, 6.0, 9.0], len(fields), p=[0.3, 0.2, 0.2, 0.15, 0.15])
    rows[parcels.use == SPORT] = 10.0
    cars = np.isin(parcels.use, (PARKING, COMMERCE)) | ((parcels.use == FACTORY) & (rng.random(len(rows)) < 0.5))
    rows[cars & (surface == Material.ASPHALT)] = 16.0
    ids = canvas.add(surface.astype(np.uint8), len(shapes), angle=angle, rows=rows)
    canvas.burn(shapes, ids)
    _paint_details(canvas, layout, parcels)


def _paint_details(canvas: Canvas, layout: Layout, parcels: Parcels) -> None:
    """Pitches, running tracks, and paths through parks, cemeteries and estates."""
    rng = canvas.rng
    sport = np.flatnonzero(parcels.use == SPORT)
    if len(sport):
        centre = layout.bend(parcels.corners[sport].mean(1))
        ahead = layout.bend(parcels.corners[sport][:, 1]) - layout.bend(parcels.corners[sport][:, 0])
        turn = np.arctan2(ahead[:, 1], ahead[:, 0])
        for k in range(len(sport)):
            c, s = np.cos(turn[k]), np.sin(turn[k])
            axis = np.array([c, s]) * rng.uniform(28, 42)
            ring = shapely.buffer(shapely.linestrings([centre[k] - axis, centre[k] + axis]), rng.uniform(26, 36))
            field = shapely.buffer(ring, -7)
            if rng.random() < 0.5:
                canvas.burn([ring], canvas.add(Material.SPORT, 1))
                canvas.burn([field], canvas.add(Material.LAWN, 1, angle=-turn[k], rows=9.0))
            elif rng.random() < 0.4:
                court = shapely.buffer(
                    shapely.linestrings([centre[k] - axis / 2, centre[k] + axis / 2]), 16, cap_style=2
                )
                canvas.burn([court], canvas.add(Material.SPORT, 1))
    walked = np.flatnonzero(np.isin(parcels.use, (PARK, CEMETERY, SLABS, SCHOOL, ALLOTMENT)))
    lines, width = [], []
    t = np.linspace(0, 1, 15)
    for i in walked:
        n = {PARK: 3, CEMETERY: 5, SLABS: 2, SCHOOL: 1, ALLOTMENT: 0}[int(parcels.use[i])]
        if parcels.use[i] == ALLOTMENT and rng.random() > 0.3:
            continue
        for k in range(max(1, n)):
            lo, hi = rng.random(2)
            if parcels.use[i] == CEMETERY:
                lo = hi = (k + 0.5) / n
            wave = 0.08 * np.sin(t * rng.uniform(2, 8) + rng.uniform(0, 6)) * (parcels.use[i] == PARK)
            fixed = np.clip(lo + (hi - lo) * t + wave, 0, 1)
            u, v = (t, fixed) if rng.random() < 0.5 else (fixed, t)
            lines.append(layout.bend(bilinear(np.repeat(parcels.corners[i : i + 1], len(t), 0), u, v)))
            width.append(rng.uniform(0.8, 1.8))
    if lines:
        paths = shapely.buffer(shapely.linestrings(np.array(lines)), np.array(width), quad_segs=2)
        canvas.burn(
            paths, canvas.add(rng.choice([Material.GRAVEL, Material.ASPHALT, Material.PAVING], len(paths)), len(paths))
        )


def paint_streets_and_water(
    canvas: Canvas, layout: Layout, streets: np.ndarray, water: Sequence[BaseGeometry], style: Style
) -> None:
    """Minor streets end at the water; major ones cross it on bridges."""
    rng = canvas.rng
    lines = street_lines(layout, streets)
    cls = layout.street_class[streets]
    half = HALF_WIDTH[cls] * np.exp(rng.normal(0, 0.1, len(cls)))
    _burn_streets(canvas, lines, cls, half, (cls >= RESIDENTIAL))
    bodies = np.array(list(water), dtype=object)
    if len(bodies):
        bodies = bodies[canvas.visible(bodies)]
    if len(bodies):
        banks = shapely.buffer(bodies, rng.uniform(2, 14))
        kind = rng.choice(
            [Material.MEADOW, Material.BARE, Material.CONCRETE, Material.GRAVEL], len(bodies), p=[0.7, 0.1, 0.1, 0.1]
        )
        canvas.burn(banks, canvas.add(kind, len(bodies)))
        canvas.burn(bodies, canvas.add(Material.WATER, len(bodies)))
    _burn_streets(canvas, lines, cls, half, cls <= TERTIARY)


def _burn_streets(canvas: Canvas, lines: np.ndarray, cls: np.ndarray, half: np.ndarray, chosen: np.ndarray) -> None:
    rng = canvas.rng
    for code in np.unique(cls[chosen])[::-1]:
        here = np.flatnonzero(chosen & (cls == code))
        n = len(here)
        if code in (TRACK, FOOTWAY):
            surface = np.where(rng.random(n) < 0.8, Material.TRACK, Material.GRAVEL)
        else:
            surface = np.where(rng.random(n) < 0.85, Material.ASPHALT, Material.CONCRETE)
        if code <= RESIDENTIAL and rng.random() < 0.8:
            walk = shapely.buffer(lines[here], half[here] + 1.8, quad_segs=3)
            canvas.burn(walk, canvas.add(np.where(rng.random(n) < 0.7, Material.PAVING, Material.LAWN), n))
        canvas.burn(shapely.buffer(lines[here], half[here], quad_segs=3), canvas.add(surface, n))
        if code < TERTIARY and rng.random() < 0.5:
            canvas.burn(shapely.buffer(lines[here], half[here] * 0.18, quad_segs=2), canvas.add(Material.LAWN, n))
        assert code != UNCLASSIFIED or n  # unclassified roads have no pavement


def paint_buildings(canvas: Canvas, buildings: Buildings, style: Style) -> np.ndarray:
    """Paint roofs; buildings that would stand in water are left out. Returns the indices of those painted."""
    shapes = shapely.polygons(buildings.rings)
    seen = canvas.visible(shapes)
    material = canvas.table("material")
    wet = np.zeros(len(seen), bool)
    for corner in range(4):
        row, col, inside = canvas.pixel(buildings.rings[seen, corner])
        wet |= inside & (COVER_OF[material[canvas.ids[row, col]]] == Cover.WATER)
    seen = seen[~wet]
    if not len(seen):
        return seen
    n = len(seen)
    roof = canvas.add(buildings.roof[seen].astype(np.uint8), n, height=buildings.height[seen])
    canvas.burn(shapes[seen], roof)
    # The half of a gable roof that faces the sun is brighter, the other darker.
    gabled = np.flatnonzero(buildings.gable[seen])
    if len(gabled):
        ring = buildings.rings[seen][gabled]
        mid_a, mid_b = (ring[:, 0] + ring[:, 3]) / 2, (ring[:, 1] + ring[:, 2]) / 2
        near = np.stack([ring[:, 0], ring[:, 1], mid_b, mid_a], 1)
        far = np.stack([mid_a, mid_b, ring[:, 2], ring[:, 3]], 1)
        across = ring[:, 3] - ring[:, 0]
        across = across / np.maximum(np.linalg.norm(across, axis=1, keepdims=True), 1e-6)
        az = np.deg2rad(style.sun_azimuth)
        facing = (across @ np.array([np.sin(az), np.cos(az)])) / np.tan(np.deg2rad(style.sun_elevation)) * 0.6
        base = canvas.table("refl")[roof[gabled]]
        kind, high = buildings.roof[seen][gabled].astype(np.uint8), buildings.height[seen][gabled]
        for half, gain in ((near, 1 - facing), (far, 1 + facing)):
            refl = base * np.clip(gain, 0.45, 1.6)[:, None]
            canvas.burn(shapely.polygons(half), canvas.add(kind, len(gabled), height=high, refl=refl))
    return seen
