"""Class shares of parcels over a class raster, by the exact share of each pixel that a parcel covers (exactextract)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyogrio
import pyproj
import rasterio
import shapely
from exactextract import exact_extract
from exactextract.feature import JSONFeatureSource
from exactextract.raster import RasterioRasterSource, RasterSource
from pyogrio.errors import DataLayerError, DataSourceError
from rasterio.windows import Window

from urbangrain.engine.context import JobContext
from urbangrain.engine.errors import UrbanGrainError
from urbangrain.engine.protocol.results import ClassInfo, SummariseResult
from urbangrain.engine.raster.classes import read_class_infos
from urbangrain.engine.vector.read import GEOPACKAGE, choose_layer

LAYER = "parcels"
CHUNK = 2000
"""Parcels in memory at once."""


def summarise(
    classes_path: str, parcels_path: str, layer: str | None, out_path: str, context: JobContext
) -> SummariseResult:
    """Write the parcels with what the map says of each.

    Parameters
    ----------
    classes_path : str
        Class raster (one band of integers 0-255).
    parcels_path, layer : str, str or None
        Polygons in any CRS; None takes the only layer.
    out_path : str
        GeoPackage to make; written in place, so give a temporary name (`urbangrain.engine.raster.outputs.Outputs`).
    context : JobContext

    Returns
    -------
    SummariseResult
        Layer ``parcels`` of the GeoPackage has the input's attributes and geometry (in its own CRS), and
        ``share_<class>`` (0-1, of the mapped part), ``dominant`` (class name), ``dominant_value``, ``purity`` (share of
        the dominant class, 0-1), ``area_m2`` (on the ellipsoid) and ``mapped_share`` (0-1). Parcels outside the map,
        or without a polygon, keep their row with empty values.

    Raises
    ------
    UrbanGrainError
        ``vector.*``, ``classes.not_a_class_raster``, ``image.no_crs``, ``parcels.outside``.
    """
    infos = read_class_infos(classes_path)
    name = choose_layer(parcels_path, layer)
    try:
        about = pyogrio.read_info(parcels_path, layer=name)
    except (DataSourceError, DataLayerError) as error:
        raise UrbanGrainError("vector.unreadable", path=parcels_path, reason=str(error)) from error
    if not about["crs"]:
        raise UrbanGrainError("vector.no_crs", path=parcels_path)
    total = max(1, about["features"])
    done = outside = repaired = shapeless = 0
    with rasterio.open(classes_path) as dataset:
        if dataset.crs is None:
            raise UrbanGrainError("image.no_crs", path=classes_path)
        columns = _column_names(infos, list(about["fields"]))
        sampler = _Sampler(dataset, infos, about["crs"])
        for frame in _chunks(parcels_path, name):
            context.check()
            shapes, broken = _polygons(frame.geometry.to_numpy())
            repaired += broken
            shapeless += int(shapely.is_missing(shapes).sum())
            shares, mapped = sampler.shares(shapes)
            outside += int((~shapely.is_missing(shapes) & (mapped <= 0)).sum())
            _fill(frame, shapes, shares, mapped, infos, columns, about["crs"])
            how = {"mode": "a"} if done else {"mode": "w", "dataset_options": GEOPACKAGE}
            frame.to_file(out_path, layer=LAYER, driver="GPKG", engine="pyogrio", **how)
            done += len(frame)
            context.progress("parcels", done / total, done, total)
    if done == 0 or shapeless == done:
        raise UrbanGrainError("vector.no_polygons", path=parcels_path)
    if outside + shapeless == done:
        raise UrbanGrainError("parcels.outside", path=parcels_path, classes=classes_path)
    if repaired:
        context.remark("note.repaired", "warning", count=repaired, path=parcels_path)
    if shapeless:
        context.remark("note.skipped_shapes", "warning", count=shapeless, path=parcels_path)
    if outside:
        context.remark("note.outside", "warning", count=outside, path=parcels_path)
    return SummariseResult(out_path, done, outside, infos, tuple(context.remarks))


class _Sampler:
    """Exact class shares of polygons over one open class raster."""

    def __init__(self, dataset: Any, infos: Sequence[ClassInfo], vector_crs: str) -> None:
        self._dataset = dataset
        self._values = [info.value for info in infos]
        source, goal = pyproj.CRS.from_user_input(vector_crs), pyproj.CRS.from_user_input(dataset.crs)
        self._move = None if source == goal else pyproj.Transformer.from_crs(source, goal, always_xy=True)
        self._rotated = dataset.transform.b != 0 or dataset.transform.d != 0
        # exactextract knows upright grids only: a rotated raster is read in its own pixel coordinates
        self._to_pixels = ~dataset.transform if self._rotated or dataset.transform.e > 0 else None
        self._raster = _PixelRaster(dataset) if self._to_pixels is not None else RasterioRasterSource(dataset)

    def shares(self, shapes: npt.NDArray[Any]) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Return (n, classes) shares of the mapped part, NaN where nothing is mapped, and (n,) mapped shares."""
        shares = np.full((len(shapes), len(self._values)), np.nan)
        mapped = np.zeros(len(shapes))
        there = np.flatnonzero(~shapely.is_missing(shapes))
        if len(there) == 0:
            return shares, mapped
        moved = self._on_grid(shapes[there])
        usable = [i for i, s in enumerate(moved) if np.isfinite(shapely.get_coordinates(s)).all() and s.area > 0]
        features = [
            {"type": "Feature", "id": str(i), "geometry": json.loads(shapely.to_geojson(moved[i])), "properties": {}}
            for i in usable
        ]
        if not features:
            return shares, mapped
        answers = exact_extract(self._raster, JSONFeatureSource(features), ["unique", "frac", "count"])
        cell = self._cell_area()
        for i, answer in zip(usable, answers):
            properties = answer["properties"]
            count = float(properties.get("count") or 0.0)
            if count <= 0:
                continue
            row = there[i]
            found = dict(zip((int(v) for v in properties["unique"]), properties["frac"]))
            shares[row] = [float(found.get(value, 0.0)) for value in self._values]
            mapped[row] = min(1.0, count * cell / moved[i].area)
        return shares, mapped

    def _on_grid(self, shapes: npt.NDArray[Any]) -> npt.NDArray[Any]:
        move, pixels = self._move, self._to_pixels

        def step(xy: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
            x, y = (xy[:, 0], xy[:, 1]) if move is None else move.transform(xy[:, 0], xy[:, 1])
            if pixels is not None:
                columns = pixels.a * np.asarray(x) + pixels.b * np.asarray(y) + pixels.c
                rows = pixels.d * np.asarray(x) + pixels.e * np.asarray(y) + pixels.f
                x, y = columns, -rows
            return np.stack([x, y], axis=1)

        return np.asarray(shapely.transform(shapes, step))

    def _cell_area(self) -> float:
        return 1.0 if self._to_pixels is not None else abs(self._dataset.transform.a * self._dataset.transform.e)


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


def _chunks(path: str, layer: str) -> Iterator[Any]:
    """Read the layer a few thousand features at a time; only one chunk is in memory."""
    start = 0
    while True:
        frame = pyogrio.read_dataframe(path, layer=layer, skip_features=start, max_features=CHUNK, on_invalid="ignore")
        if len(frame):
            yield frame
        if len(frame) < CHUNK:
            return
        start += CHUNK


def _polygons(shapes: npt.NDArray[Any]) -> tuple[npt.NDArray[Any], int]:
    """Return repaired polygons (None where a feature has none) and how many were repaired."""
    out = np.array(shapes, dtype=object)
    present = ~shapely.is_missing(out) & ~shapely.is_empty(out)
    broken = present & ~shapely.is_valid(out)
    out[broken] = shapely.make_valid(out[broken])
    for i in np.flatnonzero(present):
        if out[i].geom_type == "GeometryCollection":
            out[i] = shapely.union_all([p for p in shapely.get_parts(out[i]) if p.area > 0] or [shapely.Polygon()])
        if out[i].geom_type not in ("Polygon", "MultiPolygon") or out[i].is_empty:
            present[i] = False
    out[~present] = None
    return out, int(broken.sum())


def _column_names(infos: Sequence[ClassInfo], taken: Sequence[str]) -> dict[str, str]:
    """Choose column names that neither repeat nor hide an attribute of the input (GeoPackage ignores case)."""
    used = {name.lower() for name in taken} | {"fid", "geom"}
    names = {}
    wanted = [(f"share:{i.value}", "share_" + (re.sub(r"\W+", "_", i.name).strip("_") or str(i.value))) for i in infos]
    wanted += [(key, key) for key in ("dominant", "dominant_value", "purity", "area_m2", "mapped_share")]
    for key, name in wanted:
        number, free = 1, name
        while free.lower() in used:
            number += 1
            free = f"{name}_{number}"
        used.add(free.lower())
        names[key] = free
    return names


def _fill(
    frame: Any,
    shapes: npt.NDArray[Any],
    shares: npt.NDArray[np.float64],
    mapped: npt.NDArray[np.float64],
    infos: Sequence[ClassInfo],
    columns: dict[str, str],
    crs: str,
) -> None:
    """Add the answers to a chunk of parcels, in place."""
    on_map = mapped > 0
    best = np.where(on_map, np.argmax(np.nan_to_num(shares, nan=-1.0), axis=1), -1)
    for i, info in enumerate(infos):
        frame[columns[f"share:{info.value}"]] = shares[:, i]
    frame[columns["dominant"]] = [infos[i].name if i >= 0 else None for i in best]
    frame[columns["dominant_value"]] = pd.array([infos[i].value if i >= 0 else pd.NA for i in best], dtype="Int32")
    frame[columns["purity"]] = [shares[row, i] if i >= 0 else np.nan for row, i in enumerate(best)]
    frame[columns["area_m2"]] = _areas(shapes, crs)
    frame[columns["mapped_share"]] = np.where(shapely.is_missing(shapes), np.nan, mapped)


def _areas(shapes: npt.NDArray[Any], crs: str) -> npt.NDArray[np.float64]:
    """Areas in m2 on the ellipsoid, NaN without a polygon: right in any CRS, Web Mercator included."""
    source = pyproj.CRS.from_user_input(crs)
    geod = source.get_geod() or pyproj.Geod(ellps="WGS84")
    degrees = pyproj.Transformer.from_crs(source, source.geodetic_crs or "EPSG:4326", always_xy=True)
    areas = np.full(len(shapes), np.nan)
    there = np.flatnonzero(~shapely.is_missing(shapes))
    moved = shapely.transform(
        shapes[there], lambda xy: np.stack(degrees.transform(xy[:, 0], xy[:, 1]), axis=1) if len(xy) else xy
    )
    for row, shape in zip(there, moved):
        areas[row] = abs(geod.geometry_area_perimeter(_oriented(shape))[0])
    return areas


def _oriented(shape: Any) -> Any:
    """Return a polygon whose shells run one way and whose holes the other, as signed areas need."""
    parts = [shapely.geometry.polygon.orient(part) for part in shapely.get_parts(shape)]
    return shapely.MultiPolygon(parts)
