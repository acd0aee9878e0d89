"""Single trees: along streets, in gardens and parks, in woods."""

from __future__ import annotations

import numpy as np
from scipy.ndimage import gaussian_filter

from .canvas import Canvas
from .landuse import (
    ALLOTMENT,
    CEMETERY,
    FACTORY,
    FARMSTEAD,
    FIELD,
    FOREST,
    HOUSES,
    MEADOW,
    OFFICE,
    PARK,
    PERIMETER,
    SCHOOL,
    SLABS,
    SPORT,
    SQUARE,
    TERRACE,
    Parcels,
)  # fmt: skip
from .layout import RESIDENTIAL, TRACK, Layout, bilinear, sides
from .spectra import Material
from .style import Style

PER_HECTARE = {
    HOUSES: 38, TERRACE: 30, FARMSTEAD: 40, PERIMETER: 14, SLABS: 32, OFFICE: 8, FACTORY: 3, SCHOOL: 16, PARK: 60,
    SPORT: 8, CEMETERY: 60, SQUARE: 14, ALLOTMENT: 45, MEADOW: 4, FIELD: 0.12, FOREST: 330,
}  # fmt: skip
"""Trees a hectare by use, in a city of middling greenery."""

_FORMS = 5
"""Crown forms for each size: enough that no two neighbours look alike."""


def tree_points(
    rng: np.random.Generator, layout: Layout, parcels: Parcels, streets: np.ndarray, style: Style
) -> tuple[np.ndarray, np.ndarray]:
    """Places ``[n, 2]`` and crown radii ``[n]`` in metres of the trees of parcels and along ``streets`` (indices)."""
    lu, lv = sides(parcels.corners)
    rate = np.array([PER_HECTARE.get(u, 0.0) for u in range(32)])[parcels.use]
    own = np.exp(rng.normal(0, 0.6, len(rate)))
    wood = parcels.use == FOREST
    rate = rate * np.where(wood, 1.0, own * style.tree_rate) / 1e4 * lu * lv
    n = rng.poisson(np.minimum(rate, 60000))
    owner = np.repeat(np.arange(len(n)), n)
    u, v = rng.random(len(owner)), rng.random(len(owner))
    # Half of the trees of parks and the like stand in clumps or along the edge.
    edge = (rng.random(len(owner)) < 0.45) & ~wood[owner]
    side = rng.integers(0, 2, len(owner)) * rng.choice([1.0], len(owner))
    near = np.abs(rng.normal(0, 0.05, len(owner)))
    v = np.where(edge, np.where(side > 0, 1 - near, near), v)
    clump = parcels.use[owner] == PARK
    u = np.where(clump & ~edge, np.round(u * 5) / 5 + rng.normal(0, 0.06, len(u)), u)
    v = np.where(clump & ~edge, np.round(v * 4) / 4 + rng.normal(0, 0.06, len(u)), v)
    # Groves: in some parcels most trees stand together, and their crowns close.
    grove = (rng.random(len(n)) < 0.4)[owner] & (rng.random(len(owner)) < 0.65) & ~wood[owner]
    centre = rng.uniform(0.15, 0.85, (len(n), 2))[owner]
    apart = rng.normal(0, 5.0, (len(owner), 2)) * np.sqrt(np.minimum(n, 12) / 4)[owner, None]
    u = np.where(grove, centre[:, 0] + apart[:, 0] / np.maximum(lu, 1)[owner], u)
    v = np.where(grove, centre[:, 1] + apart[:, 1] / np.maximum(lv, 1)[owner], v)
    points = [layout.bend(bilinear(parcels.corners[owner], np.clip(u, 0, 1), np.clip(v, 0, 1)))]
    old = np.isin(parcels.use, (PARK, SLABS, CEMETERY, SCHOOL))[owner]
    middling = np.where(wood[owner], 3.4, np.where(old, 3.3, 2.6) * style.crown)
    radius = [np.clip(rng.lognormal(np.log(middling), 0.42), 1.0, 9.0)]

    lined = streets[(layout.street_class[streets] <= RESIDENTIAL)]
    lined = lined[rng.random(len(lined)) < 0.45 * style.tree_rate]
    hedged = streets[layout.street_class[streets] == TRACK]
    hedged = hedged[rng.random(len(hedged)) < 0.35]
    from .layout import HALF_WIDTH

    for chosen, spacing in ((lined, rng.uniform(7, 14)), (hedged, 5.0)):
        a, b = layout.streets[chosen, 0], layout.streets[chosen, 1]
        length = np.linalg.norm(b - a, axis=1)
        for hand in (-1.0, 1.0):
            k = (length / spacing).astype(int)
            i = np.repeat(np.arange(len(chosen)), k)
            t = (np.arange(len(i)) - np.repeat(np.cumsum(k) - k, k) + 0.5 + rng.normal(0, 0.08, len(i))) / k[i]
            keep = rng.random(len(i)) < 0.82
            i, t = i[keep], t[keep]
            normal = np.stack([-(b - a)[:, 1], (b - a)[:, 0]], -1) / np.maximum(length, 1e-6)[:, None]
            off = HALF_WIDTH[layout.street_class[chosen]] + 1.2
            p = a[i] + t[:, None] * (b - a)[i] + hand * (normal * off[:, None])[i]
            points.append(layout.bend(p))
            radius.append(np.clip(rng.lognormal(np.log(2.4 * style.crown), 0.25, len(i)), 1.2, 7))
    return np.concatenate(points), np.concatenate(radius)


def paint_trees(
    canvas: Canvas, points: np.ndarray, radius: np.ndarray, height: np.ndarray, shade: np.ndarray, style: Style
) -> None:
    """Paint crowns over the canvas, with their height and the lit and dark side of each.

    ``height`` (metres) and ``shade`` (factor of brightness) are float32 grids that are changed in place.
    """
    rng = canvas.rng
    row, col, inside = canvas.pixel(points)
    keep = np.flatnonzero(inside)
    row, col, radius = row[keep], col[keep], radius[keep]
    order = np.argsort(radius, kind="stable")  # large crowns overtop small ones
    row, col, radius = row[order], col[order], radius[order]
    if not len(row):
        return
    conifer = rng.random(len(row)) < style.conifers
    ids = canvas.add(np.where(conifer, Material.CONIFER, Material.BROADLEAF), len(row))
    tall = radius * rng.uniform(1.6, 2.6, len(row)) * np.where(conifer, 1.7, 1.0) + 1.5
    az = np.deg2rad(style.sun_azimuth)
    sun = np.array([-np.cos(az), np.sin(az)])  # rows down, columns right
    relief = np.cos(np.deg2rad(style.sun_elevation)) * 0.9 * style.relief
    h, w = canvas.shape
    bins = np.maximum(0.6, np.round(radius / canvas.step * 2) / 2)
    form = rng.integers(0, _FORMS, len(bins))
    for r, kind in sorted(set(zip(bins.tolist(), form.tolist()))):
        here = np.flatnonzero((bins == r) & (form == kind))
        dy, dx, dome, light = _crown(rng, r, sun, relief, style.foliage)
        for part in np.array_split(here, max(1, len(here) * len(dy) // 4_000_000)):
            y, x = row[part, None] + dy, col[part, None] + dx
            ok = ((y >= 0) & (x >= 0) & (y < h) & (x < w)).ravel()
            ragged = rng.random(y.size, dtype=np.float32) > np.tile((1 - dome**2) ** 6 * 0.75, len(part))
            ok &= ragged
            flat = (y.ravel() * w + x.ravel())[ok]
            canvas.ids.ravel()[flat] = np.repeat(ids[part], len(dy))[ok]
            height.ravel()[flat] = (tall[part, None] * (0.55 + 0.45 * dome)).ravel()[ok]
            shade.ravel()[flat] = np.tile(light, len(part))[ok]


def _crown(
    rng: np.random.Generator, r: float, sun: np.ndarray, relief: float, texture: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Draw the form of a crown of ``r`` fine pixels: offsets down and right, height (0 to 1) and brightness.

    The outline is lobed and the surface a heap of clumps a third of the crown wide, each with a lit and a dark side,
    ``texture`` times as strong as usual.
    """
    m = int(np.ceil(r * 1.4))
    dy, dx = (g.ravel() for g in np.mgrid[-m : m + 1, -m : m + 1])
    angle, lobes = np.arctan2(dy, dx), np.ones(len(dy))
    if r >= 3:
        for k in range(2, 7):
            lobes += rng.normal(0, 0.16 / np.sqrt(k)) * np.cos(k * angle + rng.uniform(0, 2 * np.pi))
    d = np.hypot(dy, dx) / (r * np.clip(lobes, 0.6, 1.4))
    inside = d**2 <= 1
    dome = np.sqrt(np.maximum(0.0, 1 - d**2 * r * r / (r * r + 0.5)))
    light = 1 + relief * (dy * sun[0] + dx * sun[1]) / max(r, 0.75) * 0.7 - 0.25 * (1 - dome)
    if r >= 4:
        side = 2 * m + 1
        width = max(0.7, r * 0.17)
        clumps = gaussian_filter(rng.standard_normal((side, side)), width, mode="wrap")
        clumps /= clumps.std()
        slope = np.gradient(clumps)
        lit = -width * (slope[0] * sun[0] + slope[1] * sun[1])
        light += texture * (0.20 * lit + 0.08 * clumps).ravel()
        dome = np.clip(dome * (1 + 0.10 * clumps.ravel()), 0, 1)
    return dy[inside], dx[inside], dome[inside], light[inside].astype(np.float32)
