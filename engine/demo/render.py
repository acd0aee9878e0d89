"""From the painted objects to what a sensor records, and to the truth on its grid."""

from __future__ import annotations

import numpy as np
from scipy.ndimage import gaussian_filter

from .canvas import Canvas
from .noise import fractal, value_noise
from .spectra import COVER_OF, Material, draw_reflectance
from .style import Style

_TEXTURE = np.zeros((32, 2), np.float32)  # relative amplitude of grain (pixels) and of patches (tens of metres)
for _material, _amplitudes in {
    Material.WATER: (0.03, 0.08), Material.BROADLEAF: (0.20, 0.08), Material.CONIFER: (0.24, 0.08),
    Material.SHRUB: (0.22, 0.10), Material.LAWN: (0.08, 0.12), Material.MEADOW: (0.13, 0.20),
    Material.CROP: (0.09, 0.10), Material.SOIL_FIELD: (0.08, 0.12), Material.STUBBLE: (0.08, 0.12),
    Material.ASPHALT: (0.06, 0.08), Material.CONCRETE: (0.07, 0.08), Material.PAVING: (0.10, 0.10),
    Material.GRAVEL: (0.12, 0.10), Material.BARE: (0.12, 0.25), Material.ROOF_TILE: (0.08, 0.04),
    Material.ROOF_DARK: (0.08, 0.05), Material.ROOF_BRIGHT: (0.05, 0.05), Material.ROOF_METAL: (0.06, 0.05),
    Material.ROOF_COLOUR: (0.05, 0.04), Material.ROOF_GREEN: (0.12, 0.1), Material.SPORT: (0.03, 0.03),
    Material.FOREST_FLOOR: (0.25, 0.10), Material.GARDEN: (0.12, 0.15), Material.TRACK: (0.12, 0.15),
}.items():  # fmt: skip
    _TEXTURE[_material] = _amplitudes


def cast_shadow(height: np.ndarray, step: float, azimuth: float, elevation: float) -> np.ndarray:
    """Pixels that lie in the shadow of higher ones, bool.

    Parameters
    ----------
    height : ndarray [h, w]
        Metres above flat ground.
    step : float
        Pixel size in metres.
    azimuth, elevation : float
        Of the sun, degrees; azimuth clockwise from north.

    Notes
    -----
    The height of the shadow's upper edge is a maximum over the pixels towards the sun, each lowered by its distance
    times the tangent of the elevation; it is found by doubling the distance, as that maximum is associative.
    """
    az, slope = np.deg2rad(azimuth), np.tan(np.deg2rad(elevation)) * step
    toward = np.array([-np.cos(az), np.sin(az)])
    edge = height.astype(np.float32).copy()
    reach = float(height.max()) / max(slope, 1e-6)
    distance, first = 1.0, True
    while distance <= max(reach, 1.0):
        dy, dx = (int(v) for v in np.round(toward * distance))
        moved = np.full_like(edge, -1e3)
        h, w = edge.shape
        if abs(dy) >= h or abs(dx) >= w:
            break
        moved[max(0, -dy) : h - max(0, dy), max(0, -dx) : w - max(0, dx)] = edge[
            max(0, dy) : h - max(0, -dy), max(0, dx) : w - max(0, -dx)
        ]
        np.maximum(edge, moved - np.float32(slope * distance), out=edge)
        distance *= 1.0 if first else 2.0
        first = False
    return edge > height + 0.6


def _patch(canvas: Canvas, material: np.ndarray, refl: np.ndarray, where: np.ndarray, new: Material) -> None:
    """Turn pixels into another material, lent some reflectance per neighbourhood."""
    if not where.any():
        return
    palette = draw_reflectance(canvas.rng, new, 16, canvas.style).astype(np.float32)
    pick = canvas.ids[where] % 16
    material[where] = new
    for b in range(4):
        refl[b][where] = palette[pick, b]


def reflectance(canvas: Canvas, height: np.ndarray, shade: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Reflectance ``[4, h, w]`` (float32, 0 to 1) and material ``[h, w]`` (uint8) on the canvas's fine grid."""
    rng, style, ids, step = canvas.rng, canvas.style, canvas.ids, canvas.step
    material = canvas.table("material")[ids]
    table = canvas.table("refl").T.copy()
    refl = np.stack([np.take(table[b], ids) for b in range(4)])
    patches = fractal(rng, ids.shape, 26 / step, 3)
    spots = fractal(rng, ids.shape, max(7 / step, 1.0), 2)

    # Gardens are a patchwork: lawn, terraces and drives, shrubs, beds.
    garden = material == Material.GARDEN
    paved = garden & (spots > 1.15)
    shrub = garden & (spots < -1.2)
    bed = garden & (patches > 1.8)
    _patch(canvas, material, refl, paved, Material.PAVING)
    _patch(canvas, material, refl, shrub, Material.SHRUB)
    _patch(canvas, material, refl, bed, Material.BARE)
    scrub = (material == Material.MEADOW) & (patches < -1.5) & (spots < 0)
    _patch(canvas, material, refl, scrub, Material.SHRUB)
    weeds = (material == Material.BARE) & (patches < -0.9)
    _patch(canvas, material, refl, weeds, Material.MEADOW)
    # Crops fail in wet hollows and where the drill missed: what shows is still the field.
    failed = (material == Material.CROP) & (patches + 0.6 * spots < -2.0)
    _patch(canvas, material, refl, failed, Material.SOIL_FIELD)

    _rows(canvas, material, refl)

    grain: np.ndarray = rng.standard_normal(ids.shape, dtype=np.float32)
    if step < 0.8:
        grain = (grain + 1.3 * value_noise(rng, ids.shape, 0.8 / step)) / np.float32(1.6)
    factor = 1 + _TEXTURE[material, 0] * np.float32(style.grain) * grain + _TEXTURE[material, 1] * patches
    factor *= shade
    np.clip(factor, 0.25, 2.5, out=factor)
    # Vegetation that is patchy shows its soil: red up and near infrared down where it is thin.
    thin = np.isin(material, (Material.LAWN, Material.MEADOW, Material.GARDEN, Material.CROP)) * np.float32(0.10)
    thin = np.clip(thin * (spots + patches), -0.2, 0.5)
    for b in range(4):
        soil = np.float32(style.soil[b])
        refl[b] *= factor
        refl[b] += np.maximum(thin, 0) * (soil - refl[b]) if b != 3 else thin * (soil - refl[b]) * 0.7
    dark = cast_shadow(height, step, style.sun_azimuth, style.sun_elevation)
    diffuse = np.array([0.46, 0.38, 0.33, 0.27], np.float32) * np.float32(style.gloom)
    crowns = np.isin(material, (Material.BROADLEAF, Material.CONIFER))[dark]
    for b in range(4):
        # light comes through leaves, so that a crown is never as dark as the ground beside it
        refl[b][dark] *= np.where(crowns, np.sqrt(diffuse[b]), diffuse[b])
    return np.clip(refl, 0.002, 1.0), material


def _rows(canvas: Canvas, material: np.ndarray, refl: np.ndarray) -> None:
    """Crop rows and tramlines, mown stripes, and cars in the stalls of car parks."""
    rows = canvas.table("rows")[canvas.ids]
    where = np.flatnonzero(rows > 0)
    if not len(where):
        return
    ids = canvas.ids.ravel()[where]
    spacing, angle = rows.ravel()[where], canvas.table("angle")[ids]
    y, x = np.divmod(where, canvas.shape[1])
    x, y = x.astype(np.float32) * np.float32(canvas.step), y.astype(np.float32) * np.float32(canvas.step)
    across = x * np.cos(angle) + y * np.sin(angle)
    along = y * np.cos(angle) - x * np.sin(angle)
    kind = material.ravel()[where]
    parked = kind == Material.ASPHALT
    # Two rows of stalls and an aisle every 16 m; stalls are 2.6 m wide.
    lane, stall = np.floor(across / 16), np.floor(along / 2.6)
    in_stall = (np.abs(across - lane * 16 - 8) < 5) & (along - stall * 2.6 < 1.9)
    side = (across - lane * 16) > 8
    draw = np.abs(np.sin(lane * 12.9898 + stall * 78.233 + side * 37.7 + ids % 97) * 43758.5453) % 1.0
    car = parked & in_stall & (draw < 0.25 + 0.5 * ((ids % 7) / 6))
    stripe = np.cos(2 * np.pi * across / spacing)
    # Rows that the grid cannot resolve fade out rather than alias.
    fade = np.clip((spacing / (2 * canvas.step)) - 0.9, 0, 1)
    mown = np.isin(kind, (Material.LAWN, Material.SPORT))
    amplitude = np.where(mown, 0.06, 0.16) * fade * ~parked
    # Wheel tracks in pairs, from faint to bare.
    track = np.mod(across + (ids % 13), 14 + 2 * (ids % 9))
    wide = 0.5 + 0.3 * (ids % 5)
    tram = ~parked & ~mown & ((track < wide) | ((track > 2.0) & (track < 2.0 + wide)))
    bare = (0.25 + 0.12 * (ids % 6)).astype(np.float32)
    gain = 1 + amplitude * stripe
    paint = draw_reflectance(canvas.rng, Material.CAR, 64, canvas.style).astype(np.float32)
    which = (draw * 9973).astype(int) % 64
    for b in range(4):
        band = refl[b].ravel()
        values = band[where] * (gain if b != 3 else 2 - gain)
        values = np.where(tram, (1 - bare) * values + bare * np.float32(canvas.style.soil[b]), values)
        values = np.where(car, np.clip(paint[which, b], 0.02, 0.7), values)
        band[where] = values


def truth_on_grid(material: np.ndarray, factor: int) -> np.ndarray:
    """Majority land cover of ``factor`` x ``factor`` fine pixels, uint8; the lower value wins a tie.

    Shaded ground keeps the ground's own class: UBGG-3m counts shadow as impervious because its interpreters could not
    see into it, while here the ground is known. In towns nearly all shaded ground is impervious in both readings.
    """
    cover = COVER_OF[material]
    if factor == 1:
        return cover
    h, w = cover.shape[0] // factor, cover.shape[1] // factor
    blocks = cover.reshape(h, factor, w, factor)
    votes = np.stack([(blocks == c).sum((1, 3), dtype=np.uint8) for c in range(1, 6)])
    return (votes.argmax(0) + 1).astype(np.uint8)


def box_mean(bands: np.ndarray, factor: int) -> np.ndarray:
    """Mean of ``factor`` x ``factor`` pixels of ``[c, h, w]``."""
    if factor == 1:
        return bands
    c, h, w = bands.shape
    return bands.reshape(c, h // factor, factor, w // factor, factor).mean((2, 4))


def record(refl: np.ndarray, style: Style, rng: np.random.Generator) -> np.ndarray:
    """Digital numbers (uint16, at least 1) that the sensor of ``style`` gives for reflectances ``[4, h, w]``."""
    path = style.haze * np.array([1.6, 1.0, 0.65, 0.3])
    out = np.empty(refl.shape, np.uint16)
    for b in range(4):
        band = gaussian_filter(refl[b], style.psf, mode="nearest")
        band = band * np.float32(1 - 1.5 * path[b]) + np.float32(path[b])
        band += np.float32(style.noise) * np.sqrt(0.4 + 4 * band) * rng.standard_normal(band.shape, dtype=np.float32)
        out[b] = np.clip(np.round(band * np.float32(style.scale[b]) + np.float32(style.offset[b])), 1, 65535)
    return out


def swath(rng: np.random.Generator, shape: tuple[int, int], depth: float) -> np.ndarray:
    """Pixels that the sensor saw: all but slanted margins of up to ``depth`` of the side. At least one is slanted."""
    h, w = shape
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    y, x = (y + 0.5) / h, (x + 0.5) / w
    seen = np.ones(shape, bool)
    sure = int(rng.integers(0, 4))
    for side in range(4):
        if side != sure and rng.random() < 0.5:
            continue
        along, across = ((x, y), (y, x), (x, 1 - y), (y, 1 - x))[side]
        a, b = rng.uniform(0.1, 1, 2) * depth
        wave = 0.1 * depth * np.sin(along * rng.uniform(3, 12) + rng.uniform(0, 6))
        seen &= across > a + (b - a) * along + wave
    return seen
