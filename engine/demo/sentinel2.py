"""Sentinel-2-like imagery of the city at 10 m for several years, in which buildings appear."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
from affine import Affine
from rasterio.transform import from_origin
from scipy.ndimage import gaussian_filter

from .buildings import YEARS, Buildings
from .canvas import Canvas
from .ground import paint_buildings, paint_land, paint_streets_and_water
from .render import box_mean, reflectance
from .style import Style, stream

GSD = 10.0
_FACTOR = 3
_PSF = 0.45  # standard deviation of the point spread function in pixels
_NOISE = 0.0025  # standard deviation of the reflectance's noise


def imagery(
    seed: int,
    city: Any,
    style: Style,
    bounds: tuple[float, float, float, float],
    shift: np.ndarray,
    plant: Callable[[Canvas, Any, np.ndarray, np.ndarray, Style], None],
    check: Callable[[], None] = lambda: None,
) -> tuple[dict[int, np.ndarray], Affine]:
    """Render the city for each of `YEARS`.

    Parameters
    ----------
    seed : int
    city : urbangrain.engine.demo.scene.City
    style : Style
    bounds : (west, south, east, north)
        Window in ground metres; it is widened to whole pixels of the 10 m grid.
    shift : ndarray [2]
        Ground to map coordinates.
    plant : callable
        Paints the trees, as the scene itself does.
    check : callable
        Called between years; may raise to stop.

    Returns
    -------
    dict of int to ndarray uint16 [4, h, w]
        B2, B3, B4, B8; digital number = reflectance x 10000, 1 or more.
    Affine
        Pixel to map coordinates.

    Notes
    -----
    The land, the streets and the trees are drawn from streams of their own, so that from year to year only what was
    built differs, and the sensor's noise.
    """
    west, top = np.floor(bounds[0] / GSD) * GSD, np.ceil(bounds[3] / GSD) * GSD
    columns = int(np.ceil((bounds[2] - west) / GSD))
    rows = int(np.ceil((top - bounds[1]) / GSD))
    years = {}
    for year in YEARS:
        check()
        canvas = Canvas((rows * _FACTOR, columns * _FACTOR), west, top, GSD / _FACTOR, stream(seed, "s2 land"), style)
        paint_land(canvas, city.layout, city.parcels, style)
        paint_streets_and_water(canvas, city.layout, city.streets, city.water, style)
        canvas.rng = stream(seed, "s2 buildings")
        paint_buildings(canvas, _standing(city.buildings, year), style)
        canvas.rng = stream(seed, "s2 trees")
        height = canvas.table("height")[canvas.ids]
        shade = np.ones(canvas.shape, np.float32)
        plant(canvas, city, height, shade, style)
        check()
        canvas.rng = stream(seed, "s2 texture")
        refl = box_mean(reflectance(canvas, height, shade)[0], _FACTOR)
        noise = stream(seed, f"s2 noise {year}")
        seen = np.stack([gaussian_filter(band, _PSF, mode="nearest") for band in refl])
        seen = seen + _NOISE * noise.standard_normal(seen.shape, dtype=np.float32)
        years[year] = np.clip(np.round(seen * 10_000), 1, 65_535).astype(np.uint16)
    return years, from_origin(west + shift[0], top + shift[1], GSD, GSD)


def _standing(built: Buildings, year: int) -> Buildings:
    """Return the buildings that were finished by the end of a year."""
    there = built.year <= year
    names = ("rings", "height", "roof", "gable", "year", "parcel")
    return replace(built, **{name: getattr(built, name)[there] for name in names})
