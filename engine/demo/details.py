"""What only fine imagery shows: clutter on flat roofs, cars along streets, goods in yards, hedges, road markings.

Without these a network learns that a roof is one even colour, and takes real roofs for something else.
"""

from __future__ import annotations

import numpy as np
import shapely
from shapely.ops import substring

from .buildings import Buildings
from .canvas import Canvas
from .ground import cell_polygons, street_lines
from .landuse import COMMERCE, FACTORY, HOUSES, TERRACE, Parcels
from .layout import HALF_WIDTH, PRIMARY, RESIDENTIAL, TERTIARY, Layout, bilinear
from .spectra import Material

FINEST_STEP = 1.2
"""Fine pixels larger than this (metres) cannot show these details, which are then left out."""


def _part(rings: np.ndarray, u: np.ndarray, v: np.ndarray) -> np.ndarray:
    """Polygons that span ``u[:, 0]..u[:, 1]`` and ``v[:, 0]..v[:, 1]`` (shares of the sides) of rings ``[n, 4, 2]``."""
    us = np.stack([u[:, 0], u[:, 1], u[:, 1], u[:, 0]], -1)
    vs = np.stack([v[:, 0], v[:, 0], v[:, 1], v[:, 1]], -1)
    return shapely.polygons(bilinear(rings, us, vs))


def _boxes(
    rng: np.random.Generator, side_u: np.ndarray, side_v: np.ndarray, long: np.ndarray, wide: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Draw boxes of ``long`` x ``wide`` metres anywhere within sides of the given lengths: spans ``u`` and ``v``."""
    turned = rng.random(len(long)) < 0.5
    du = np.minimum(np.where(turned, wide, long) / side_u, 0.8)
    dv = np.minimum(np.where(turned, long, wide) / side_v, 0.8)
    u0, v0 = rng.random(len(long)) * (1 - du), rng.random(len(long)) * (1 - dv)
    return np.stack([u0, u0 + du], -1), np.stack([v0, v0 + dv], -1)


def paint_roof_details(canvas: Canvas, buildings: Buildings, seen: np.ndarray) -> None:
    """Sections, stains, parapets, skylights and machines on flat roofs; chimneys and panels on gabled ones.

    Parameters
    ----------
    seen : ndarray of int
        Indices of the buildings that were painted.
    """
    if canvas.step > FINEST_STEP or not len(seen):
        return
    rng = canvas.rng
    ring, high, roof = buildings.rings[seen], buildings.height[seen], buildings.roof[seen].astype(np.uint8)
    side_u = np.linalg.norm(ring[:, 1] - ring[:, 0], axis=1)
    side_v = np.linalg.norm(ring[:, 3] - ring[:, 0], axis=1)
    row, col, inside = canvas.pixel(ring.mean(axis=1))
    base = canvas.table("refl")[canvas.ids[row, col]]
    flat = inside & ~buildings.gable[seen] & (np.minimum(side_u, side_v) > 7)

    def add(index: np.ndarray, shapes: np.ndarray, gain: np.ndarray, lift: np.ndarray | float) -> None:
        refl = np.clip(base[index] * gain, 0.01, 0.9)
        canvas.burn(shapes, canvas.add(roof[index], len(index), height=high[index] + lift, refl=refl))

    def gains(n: int, level: float) -> np.ndarray:
        return np.exp(rng.normal(0, level, (n, 1)) + rng.normal(0, 0.03, (n, 4)))

    # sections of different age
    halls = np.flatnonzero(flat & (side_u > 20) & (rng.random(len(seen)) < 0.6))
    if len(halls):
        pieces = rng.integers(1, 4, len(halls))
        index = np.repeat(halls, pieces)
        u0 = rng.random(len(index)) * 0.8
        u = np.stack([u0, np.minimum(1.0, u0 + rng.uniform(0.1, 0.5, len(index)))], -1)
        v = np.where(rng.random((len(index), 1)) < 0.6, [[0.0, 1.0]], [[0.0, 0.5]])
        add(index, _part(ring[index], u, v), gains(len(index), 0.22), rng.choice([0.0, 0.0, 2.5], len(index)))
    # skylights: a row of bright or dark strips
    lit = np.flatnonzero(flat & (side_u > 25) & (side_v > 14) & (rng.random(len(seen)) < 0.35))
    for i in lit:
        count = int(rng.integers(3, 12))
        at, share = (np.arange(count) + 0.5) / count, rng.uniform(0.08, 0.3)
        half = np.full(count, rng.uniform(0.5, 1.2) / side_u[i])
        low = np.full(count, 0.5 - share)
        u, v = np.stack([at - half, at + half], -1), np.stack([low, 1 - low], -1)
        tone = rng.choice([0.45, 1.8, 2.6])
        add(np.full(count, i), _part(np.repeat(ring[i : i + 1], count, 0), u, v), tone * gains(count, 0.1), 0.0)
    # parapets
    edged = np.flatnonzero(flat & (rng.random(len(seen)) < 0.6))
    if len(edged) and canvas.step <= 0.6:
        width = rng.uniform(0.3, 0.8, len(edged))
        du, dv = width / side_u[edged], width / side_v[edged]
        zero, one = np.zeros(len(edged)), np.ones(len(edged))
        tone = gains(len(edged), 0.35)
        across, bottom, top = np.stack([zero, one], -1), np.stack([zero, dv], -1), np.stack([1 - dv, one], -1)
        left, right = np.stack([zero, du], -1), np.stack([1 - du, one], -1)
        for u, v in ((across, bottom), (across, top), (left, across), (right, across)):
            add(edged, _part(ring[edged], u, v), tone, 0.9)
    # machines, stair heads, vents
    rate = np.where(flat, side_u * side_v / rng.uniform(60, 500, len(seen)), 0.0)
    index = np.repeat(np.arange(len(seen)), np.minimum(rng.poisson(rate), 40))
    _machines(canvas, ring, high, side_u, side_v, index, (1.0, 4.5), 2.0)
    gabled = np.flatnonzero(inside & buildings.gable[seen])
    index = np.repeat(gabled, rng.poisson(0.8, len(gabled)))
    _machines(canvas, ring, high, side_u, side_v, index, (0.6, 1.6), 0.8)
    # solar panels: dark blue tables
    index = gabled[rng.random(len(gabled)) < 0.08]
    if len(index):
        long, wide = rng.uniform(3, 7, len(index)), rng.uniform(1.5, 3.5, len(index))
        u, v = _boxes(rng, side_u[index], side_v[index] / 2, long, wide)
        panel = np.array([0.060, 0.045, 0.038, 0.05]) * gains(len(index), 0.2)
        tables = canvas.add(Material.ROOF_DARK, len(index), height=high[index], refl=panel)
        canvas.burn(_part(ring[index], u, v / 2), tables)


def _machines(
    canvas: Canvas, ring: np.ndarray, high: np.ndarray, side_u: np.ndarray, side_v: np.ndarray, index: np.ndarray,
    size: tuple[float, float], lift: float,
) -> None:  # fmt: skip
    """Small raised boxes on the roofs ``index`` (repeated once for each box)."""
    if not len(index):
        return
    rng = canvas.rng
    n = len(index)
    long = rng.uniform(*size, n)
    u, v = _boxes(rng, side_u[index], side_v[index], long, long * rng.uniform(0.4, 1.0, n))
    kind = rng.choice([Material.ROOF_METAL, Material.ROOF_BRIGHT, Material.ROOF_DARK, Material.CONCRETE], n)
    canvas.burn(_part(ring[index], u, v), canvas.add(kind, n, height=high[index] + lift))


def paint_yards(canvas: Canvas, layout: Layout, parcels: Parcels) -> None:
    """Containers, lorries and goods in the yards of factories and shops; hedges between gardens.

    Painted before the buildings, which then stand over them.
    """
    if canvas.step > FINEST_STEP:
        return
    rng = canvas.rng
    ground = layout.bend(parcels.corners)
    area = np.linalg.norm(ground[:, 1] - ground[:, 0], axis=1) * np.linalg.norm(ground[:, 3] - ground[:, 0], axis=1)
    rate = np.select([parcels.use == FACTORY, parcels.use == COMMERCE], [area / 260, area / 1500], 0.0)
    rate = rate * rng.gamma(0.6, 1.6, len(rate))  # some yards are full, some empty
    index = np.repeat(np.arange(len(rate)), np.minimum(rng.poisson(rate), 300))
    if len(index):
        n = len(index)
        side_u = np.linalg.norm(ground[index, 1] - ground[index, 0], axis=1)
        side_v = np.linalg.norm(ground[index, 3] - ground[index, 0], axis=1)
        long = rng.choice([2.0, 3.5, 6.0, 12.0], n, p=[0.3, 0.2, 0.35, 0.15])
        u, v = _boxes(rng, side_u, side_v, long, np.minimum(long, rng.uniform(1.5, 3.2, n)))
        kind = rng.choice([Material.ROOF_COLOUR, Material.CAR, Material.ROOF_METAL, Material.ROOF_DARK], n,
                          p=[0.35, 0.35, 0.15, 0.15])  # fmt: skip
        canvas.burn(_part(ground[index], u, v), canvas.add(kind, n, height=np.minimum(long, 2.6)))
    hedged = np.flatnonzero(np.isin(parcels.use, (HOUSES, TERRACE)) & (rng.random(len(area)) < 0.35))
    if len(hedged):
        outline = shapely.boundary(cell_polygons(layout, parcels.corners[hedged]))
        start = rng.random(len(hedged))
        length = shapely.length(outline)
        share = rng.uniform(0.15, 0.7, len(hedged))
        parts = [
            substring(line, at * whole * (1 - part), (at * (1 - part) + part) * whole)
            for line, at, whole, part in zip(outline, start, length, share)
        ]
        shapes = shapely.buffer(np.array(parts), rng.uniform(0.4, 1.0, len(parts)), cap_style="flat", quad_segs=1)
        canvas.burn(shapes, canvas.add(Material.SHRUB, len(parts), height=rng.uniform(0.7, 0.95, len(parts))))


def paint_traffic(canvas: Canvas, layout: Layout, streets: np.ndarray) -> None:
    """Cars along and on streets, and the marking in the middle of the larger ones."""
    if canvas.step > FINEST_STEP:
        return
    rng = canvas.rng
    cls = layout.street_class[streets]
    marked = streets[(cls >= PRIMARY) & (cls <= TERTIARY)]
    if len(marked) and canvas.step <= 0.6 and rng.random() < 0.8:
        lines = shapely.buffer(street_lines(layout, marked), rng.uniform(0.08, 0.2), quad_segs=1)
        canvas.burn(lines, canvas.add(Material.CONCRETE, len(lines)), where=_paved(canvas)[canvas.ids])
    open_to_cars = streets[cls <= RESIDENTIAL]
    a, b = layout.streets[open_to_cars, 0], layout.streets[open_to_cars, 1]
    length = np.linalg.norm(b - a, axis=1)
    count = rng.poisson(length / rng.uniform(12, 60))
    i = np.repeat(np.arange(len(open_to_cars)), count)
    if not len(i):
        return
    n = len(i)
    along = (b - a)[i] / np.maximum(length[i], 1e-6)[:, None]
    normal = np.stack([-along[:, 1], along[:, 0]], -1)
    half = HALF_WIDTH[layout.street_class[open_to_cars[i]]]
    parked = rng.random(n) < 0.7
    off = np.where(parked, half - 1.3, half * rng.uniform(0.2, 0.5, n)) * rng.choice([-1.0, 1.0], n)
    centre = a[i] + (b - a)[i] * rng.random((n, 1)) + normal * off[:, None]
    size = rng.choice([2.2, 4.5], n, p=[0.93, 0.07])[:, None]
    ahead, aside = along * size, normal * np.where(size > 3, 1.25, 0.92)
    ring = np.stack([centre - ahead - aside, centre + ahead - aside, centre + ahead + aside, centre - ahead + aside], 1)
    # a car must not float on the water that the street's end lies under
    row, col, inside = canvas.pixel(layout.bend(centre))
    road = inside & _paved(canvas)[canvas.ids[row, col]]
    if road.any():
        shapes = shapely.polygons(layout.bend(ring[road]))
        canvas.burn(shapes, canvas.add(Material.CAR, int(road.sum()), height=0.9))


def _paved(canvas: Canvas) -> np.ndarray:
    """Which objects are a street's surface, bool by object number."""
    return np.isin(canvas.table("material"), (Material.ASPHALT, Material.CONCRETE))
