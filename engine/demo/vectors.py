"""The city's plan as vector layers, in map coordinates: streets, parcels, buildings and an administrative boundary."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from .buildings import Buildings
from .ground import cell_polygons, street_lines
from .landuse import LAND_USE, Parcels
from .layout import ROAD_CLASSES, Layout

Feature = tuple[BaseGeometry, dict[str, Any]]

_NAMES = (
    "Mill",
    "Station",
    "Church",
    "Garden",
    "River",
    "Market",
    "School",
    "Forest",
    "King",
    "Bridge",
    "Lime",
    "Field",
)
_KINDS = ("Street", "Road", "Lane", "Avenue", "Row")


def boundary(bounds: Sequence[float], rng: np.random.Generator) -> list[Feature]:
    """Return one administrative unit: most of the window (west, south, east, north), with an irregular edge."""
    west, south, east, north = bounds
    turn = np.sort(rng.uniform(0, 2 * np.pi, 14))
    reach = rng.uniform(0.86, 1.0, len(turn))
    x, y = np.cos(turn), np.sin(turn)
    square = np.maximum(np.abs(x), np.abs(y))  # a rounded square fills the window better than a circle
    points = np.stack(
        [(west + east) / 2 + reach * x / square * (east - west) * 0.47,
         (south + north) / 2 + reach * y / square * (north - south) * 0.47], -1)  # fmt: skip
    return [(shapely.Polygon(points).buffer(0), {"name": "Demo city", "admin_level": 8})]


def roads(layout: Layout, streets: np.ndarray, area: BaseGeometry, shift: np.ndarray) -> list[Feature]:
    """Return the street lines inside ``area`` (map coordinates) with their OSM ``highway`` value and a name."""
    lines = shapely.intersection(_moved(street_lines(layout, streets), shift), area)
    found = []
    for line, index in zip(lines, streets):
        kind = ROAD_CLASSES[layout.street_class[index]]
        name = f"{_NAMES[index % len(_NAMES)]} {_KINDS[index // len(_NAMES) % len(_KINDS)]}"
        for part in shapely.get_parts(line):
            if part.length > 1.0:
                found.append((part, {"highway": kind, "name": None if kind in ("track", "footway") else name}))
    return found


def parcels(layout: Layout, cut: Parcels, area: BaseGeometry, shift: np.ndarray) -> list[Feature]:
    """Return the parcels that lie inside ``area`` by more than half, with a number and their land use."""
    shapes = _moved(cell_polygons(layout, cut.corners), shift)
    shapely.prepare(area)
    inside = shapely.contains_properly(area, shapely.point_on_surface(shapes)) & shapely.is_valid(shapes)
    return [
        (shapes[i], {"parcel_id": number, "land_use": str(LAND_USE[cut.use[i]])})
        for number, i in enumerate(np.flatnonzero(inside), start=1)
    ]


def buildings(built: Buildings, area: BaseGeometry, shift: np.ndarray) -> list[Feature]:
    """Return the footprints that touch ``area`` with the year of completion and the height in metres."""
    if len(built.rings) == 0:
        return []
    shapes = _moved(shapely.polygons(built.rings), shift)
    near = shapely.intersects(shapes, area)
    return [
        (shapes[i], {"year_built": int(built.year[i]), "height_m": round(float(built.height[i]), 1)})
        for i in np.flatnonzero(near)
    ]


def _moved(shapes: np.ndarray, shift: np.ndarray) -> np.ndarray:
    return np.asarray(shapely.transform(shapes, lambda xy: xy + shift))
