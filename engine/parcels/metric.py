"""A coordinate reference system in which a metre is a metre, and the ways there and back."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pyproj
import shapely

STRETCH = 0.01
"""How far a reference system's own metres may be from metres on the ground to be used as they are (share)."""
STEP_DEGREES, STEP_M = 0.01, 1000.0
"""Longest straight piece that is moved to another system: a straight line in one is a bow of some cm in the other."""


def metric_crs(shapes: npt.NDArray[Any], crs: pyproj.CRS) -> pyproj.CRS:
    """Choose the reference system to measure and buffer in.

    Parameters
    ----------
    shapes : array of geometry
        Somewhere among them distances have to be right.
    crs : pyproj CRS
        Of the shapes.

    Returns
    -------
    pyproj CRS
        The shapes' own when it is projected in metres and true to scale there (within 1 %), which Web Mercator is
        nowhere taken to be; otherwise the zone of UTM (UPS near the poles) that their middle lies in.

    Raises
    ------
    ValueError
        If their places on the Earth cannot be found: coordinates of another reference system, a local one.
    """
    xy = shapely.get_coordinates(shapes)
    try:
        lon, lat = pyproj.Transformer.from_crs(crs, "EPSG:4326", always_xy=True).transform(xy[:, 0], xy[:, 1])
    except pyproj.exceptions.ProjError as error:
        raise ValueError(str(error)) from None
    if not (np.isfinite(lon) & np.isfinite(lat)).all() or (np.abs(lat) > 90).any():
        raise ValueError("coordinates outside its range")
    turn = np.radians(lon)  # the mean of angles, so that 179 and -179 degrees have theirs at 180
    east = float(np.degrees(np.arctan2(np.sin(turn).mean(), np.cos(turn).mean())))
    north = float((lat.min() + lat.max()) / 2)
    if _true_to_scale(crs.to_2d(), east, north):
        return crs.to_2d()
    if north >= 84 or north < -80:
        return pyproj.CRS.from_epsg(5041 if north > 0 else 5042)
    zone = int((east + 180) // 6) % 60 + 1
    return pyproj.CRS.from_epsg((32600 if north >= 0 else 32700) + zone)


def moved(shapes: npt.NDArray[Any], source: pyproj.CRS, goal: pyproj.CRS) -> npt.NDArray[Any]:
    """Transform geometries, long straight pieces by steps; coordinates out of reach become infinite."""
    if source == goal:
        return shapes
    step = STEP_DEGREES if source.is_geographic else STEP_M / (source.axis_info[0].unit_conversion_factor or 1.0)
    return transformed(shapely.segmentize(shapes, step), source, goal)


def moved_back(shapes: npt.NDArray[Any], source: pyproj.CRS, goal: pyproj.CRS) -> npt.NDArray[Any]:
    """Transform geometries vertex by vertex; in degrees none is torn apart at the antimeridian."""
    if source == goal:
        return shapes
    back = transformed(shapes, source, goal)
    if goal.is_geographic:
        west, _, east, _ = shapely.bounds(back).T
        for row in np.flatnonzero(east - west > 180):
            back[row] = shapely.transform(back[row], _joined)
    return back


def transformed(shapes: npt.NDArray[Any], source: pyproj.CRS, goal: pyproj.CRS) -> npt.NDArray[Any]:
    """Transform the vertices of geometries."""
    move = pyproj.Transformer.from_crs(source, goal, always_xy=True)

    def step(xy: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return np.stack(move.transform(xy[:, 0], xy[:, 1]), axis=1)

    return np.asarray(shapely.transform(shapes, step), object)


def _joined(xy: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Put longitudes that lie on both sides of the antimeridian side by side, on the side where more of them are."""
    lon = np.where(xy[:, 0] < 0, xy[:, 0] + 360, xy[:, 0])
    return np.stack([lon - 360 if np.mean(lon) > 180 else lon, xy[:, 1]], axis=1)


def _true_to_scale(crs: pyproj.CRS, lon: float, lat: float) -> bool:
    if not crs.is_projected or any(axis.unit_conversion_factor != 1.0 for axis in crs.axis_info):
        return False
    if crs.coordinate_operation is not None and "Pseudo Mercator" in crs.coordinate_operation.method_name:
        return False
    try:
        factors = pyproj.Proj(crs).get_factors(lon, lat, errcheck=True)
    except pyproj.exceptions.ProjError:
        return False
    return bool(abs(factors.tissot_semimajor - 1) < STRETCH and abs(factors.tissot_semiminor - 1) < STRETCH)
