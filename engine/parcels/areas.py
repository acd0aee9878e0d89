"""Areas and perimeters on the ellipsoid: right in any coordinate reference system, Web Mercator included."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pyproj
import shapely


def areas_and_perimeters(shapes: npt.NDArray[Any], crs: Any) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Measure polygons along geodesics of their own ellipsoid.

    Parameters
    ----------
    shapes : array of Polygon, MultiPolygon or None, shape (n,)
    crs : pyproj CRS, or what one is made of
        Of the polygons.

    Returns
    -------
    areas : float64 array of shape (n,)
        m2, holes taken off; NaN without a polygon.
    perimeters : float64 array of shape (n,)
        m, of outer and inner rings; NaN without a polygon.
    """
    source = pyproj.CRS.from_user_input(crs)
    geod = source.get_geod() or pyproj.Geod(ellps="WGS84")
    degrees = pyproj.Transformer.from_crs(source, source.geodetic_crs or "EPSG:4326", always_xy=True)
    missing = shapely.is_missing(shapes)
    areas, perimeters = np.where(missing, np.nan, 0.0), np.where(missing, np.nan, 0.0)
    polygons, owner = shapely.get_parts(shapes, return_index=True)
    rings, polygon = shapely.get_rings(polygons, return_index=True)
    outer = np.diff(polygon, prepend=-1) > 0  # a polygon's first ring is its outer one
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    lon, lat = degrees.transform(xy[:, 0], xy[:, 1])
    ends = np.searchsorted(ring, np.arange(len(rings) + 1))
    for number, (first, last) in enumerate(zip(ends[:-1], ends[1:])):
        area, perimeter = geod.polygon_area_perimeter(lon[first:last], lat[first:last])
        row = owner[polygon[number]]
        areas[row] += abs(area) if outer[number] else -abs(area)
        perimeters[row] += perimeter
    return areas, perimeters
