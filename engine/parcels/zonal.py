"""Polygons over rasters: where they lie on a raster's grid, and which share of each class they cover (exactextract)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyproj
import shapely
from affine import Affine
from exactextract import exact_extract
from exactextract.feature import JSONFeatureSource
from exactextract.raster import RasterioRasterSource, RasterSource
from rasterio.windows import Window

from urbangrain.engine.protocol.results import ClassInfo

Shapes = npt.NDArray[Any]


class Placement:
    """Moves polygons from their CRS to a raster's, or on to its pixels.

    Parameters
    ----------
    source, goal : CRS or text
    to_pixels : Affine, optional
        Inverse of a raster's transform: polygons come out in pixels, with y counting down from 0 along the rows.
    """

    def __init__(self, source: Any, goal: Any, to_pixels: Affine | None = None) -> None:
        one, other = pyproj.CRS.from_user_input(source), pyproj.CRS.from_user_input(goal)
        self._move = None if one == other else pyproj.Transformer.from_crs(one, other, always_xy=True)
        self._pixels = to_pixels

    def __call__(self, shapes: Shapes) -> Shapes:
        """Return the moved polygons; those that the projection does not reach have coordinates that are not finite."""
        if self._move is None and self._pixels is None:
            return shapes
        return np.asarray(shapely.transform(shapes, self._step))

    def _step(self, xy: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        x, y = (xy[:, 0], xy[:, 1]) if self._move is None else self._move.transform(xy[:, 0], xy[:, 1])
        if self._pixels is not None:
            t = self._pixels
            columns = t.a * np.asarray(x) + t.b * np.asarray(y) + t.c
            rows = t.d * np.asarray(x) + t.e * np.asarray(y) + t.f
            x, y = columns, -rows
        return np.stack([x, y], axis=1)


def extractable(shape: Any) -> bool:
    """Whether exactextract can work with a polygon: it has an area and finite coordinates."""
    return bool(np.isfinite(shapely.get_coordinates(shape)).all()) and shape.area > 0


def feature_source(shapes: Sequence[Any] | Shapes) -> JSONFeatureSource:
    """Return polygons as exactextract takes them, with their place in the sequence as id."""
    return JSONFeatureSource(
        [
            {"type": "Feature", "id": str(i), "geometry": json.loads(shapely.to_geojson(shape)), "properties": {}}
            for i, shape in enumerate(shapes)
        ]
    )


class ShareSampler:
    """Exact class shares of polygons over one open class raster.

    Parameters
    ----------
    dataset : rasterio dataset
        One band of whole numbers, with a CRS.
    infos : sequence of ClassInfo
    vector_crs : CRS or text
        Of the polygons.
    """

    def __init__(self, dataset: Any, infos: Sequence[ClassInfo], vector_crs: Any) -> None:
        self._dataset = dataset
        self._values = [info.value for info in infos]
        rotated = dataset.transform.b != 0 or dataset.transform.d != 0
        # exactextract knows upright grids only: a rotated raster is read in its own pixel coordinates
        to_pixels = ~dataset.transform if rotated or dataset.transform.e > 0 else None
        self._place = Placement(vector_crs, dataset.crs, to_pixels)
        self._raster = RasterioRasterSource(dataset) if to_pixels is None else _PixelRaster(dataset)
        self._cell = abs(dataset.transform.a * dataset.transform.e) if to_pixels is None else 1.0

    def shares(self, shapes: Shapes) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Measure polygons.

        Parameters
        ----------
        shapes : object array of shape (n,)
            Valid polygons; None for none.

        Returns
        -------
        shares : float64 array of shape (n, classes)
            Of the mapped part, NaN where nothing is mapped.
        mapped : float64 array of shape (n,)
            Share of the polygon that is mapped.
        """
        shares = np.full((len(shapes), len(self._values)), np.nan)
        mapped = np.zeros(len(shapes))
        there = np.flatnonzero(~shapely.is_missing(shapes))
        if len(there) == 0:
            return shares, mapped
        moved = self._place(shapes[there])
        usable = [i for i, shape in enumerate(moved) if extractable(shape)]
        if not usable:
            return shares, mapped
        answers = exact_extract(self._raster, feature_source(moved[usable]), ["unique", "frac", "count"])
        for i, answer in zip(usable, answers):
            properties = answer["properties"]
            count = float(properties.get("count") or 0.0)
            if count <= 0:
                continue
            row = there[i]
            found = dict(zip((int(v) for v in properties["unique"]), properties["frac"]))
            shares[row] = [float(found.get(value, 0.0)) for value in self._values]
            mapped[row] = min(1.0, count * self._cell / moved[i].area)
        return shares, mapped


class _PixelRaster(RasterSource):
    """A raster in its own pixel coordinates (y counts down from 0): upright whatever its georeference."""

    def __init__(self, dataset: Any) -> None:
        super().__init__()
        self._dataset = dataset

    def res(self) -> tuple[float, float]:
        return 1.0, 1.0

    def extent(self) -> tuple[float, float, float, float]:
        return 0.0, -float(self._dataset.height), float(self._dataset.width), 0.0

    def srs_wkt(self) -> None:
        return None

    def nodata_value(self) -> int | None:
        nodata = self._dataset.nodata
        return None if nodata is None else int(nodata)

    def read_window(self, x0: int, y0: int, nx: int, ny: int) -> npt.NDArray[Any]:
        return np.asarray(self._dataset.read(1, window=Window(x0, y0, nx, ny)))
