"""Whether a reference is independent of what the model that made a map was trained on."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Transformer

from urbangrain.engine.raster.classes import PROVENANCE_TAG


def trained_on(dataset: Any, shapes: npt.NDArray[Any]) -> int:
    """Count reference polygons that lie in areas whose labels the model was trained on.

    Parameters
    ----------
    dataset : rasterio dataset
        A class raster; one that says nothing of training areas gives 0.
    shapes : ndarray of shapely geometries
        In pixel coordinates of the raster (x = column, y = row).

    Notes
    -----
    Accuracy on samples that were trained on is too good (Olofsson et al. 2014, section 2: reference data must be
    independent of the training data).
    """
    about = dataset.tags().get(PROVENANCE_TAG)
    try:
        areas = json.loads(about)["model"]["training_areas"] if about else None
        area = shapely.from_geojson(json.dumps(areas)) if areas else None
    except (ValueError, KeyError, TypeError, shapely.errors.GEOSException):
        return 0  # a foreign tag
    if area is None or area.is_empty:
        return 0
    move = Transformer.from_crs("EPSG:4326", dataset.crs, always_xy=True)
    t = ~dataset.transform

    def step(xy: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        x, y = move.transform(xy[:, 0], xy[:, 1])
        return np.stack([t.a * x + t.b * y + t.c, t.d * x + t.e * y + t.f], axis=1)

    moved = shapely.transform(area, step)
    if not np.isfinite(shapely.get_coordinates(moved)).all():
        return 0  # the areas are where the map's projection does not reach
    shapely.prepare(moved)
    # by what lies inside: neighbours that share an edge do not count
    inside = shapely.area(shapely.intersection(shapes[shapely.intersects(moved, shapes)], shapely.make_valid(moved)))
    return int((inside > 0).sum())
