"""A class raster as polygons that follow pixel edges, with area and mean confidence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyogrio
import rasterio
import shapely
from pyogrio.errors import DataSourceError
from rasterio.features import shapes
from rasterio.windows import Window

from urbangrain.engine.context import JobContext
from urbangrain.engine.errors import UrbanGrainError
from urbangrain.engine.postprocess.regions import Regions
from urbangrain.engine.protocol.results import ClassInfo
from urbangrain.engine.raster.grid import Grid
from urbangrain.engine.raster.sink import RowWriter

from .read import GEOPACKAGE

LAYER = "polygons"
CHUNK = 20_000
"""Polygons written at once."""

_NUMBERED = 0.4
"""Share of the work, roughly, that numbering the patches is."""

NO_CONFIDENCE = 255
CONFIDENCE_SCALE = 254


def polygonise(
    classes: Path,
    confidence: Path,
    out: Path,
    infos: Sequence[ClassInfo],
    pixel_areas: npt.NDArray[np.float64],
    simplify_m: float,
    context: JobContext,
    scratch: Path,
    metres_per_unit: float = 1.0,
    final: str | None = None,
    on_share: Callable[[float], None] = lambda share: None,
) -> int:
    """Write the polygons of a class raster to a GeoPackage.

    Each polygon is one 4-connected patch of a class. Patches are found band by band; their outlines come from GDAL's
    scanline polygoniser, which reads the raster in rows: memory grows with the outlines, not with the raster.

    Parameters
    ----------
    classes, confidence : Path
        uint8 rasters on one grid; confidence 0-254 is 0-1, 255 nodata.
    out : Path
        GeoPackage, layer ``polygons``: class_value, class, area_m2 (on the ground), confidence (mean, 0-1).
    infos : sequence of ClassInfo
    pixel_areas : float64 [rows]
        Area in m2 of a pixel of each row.
    simplify_m : float
        Tolerance in metres; 0 follows pixel edges. Shared borders stay shared (Visvalingam-Whyatt on the coverage, by
        GEOS); all outlines are in memory then.
    context : JobContext
    scratch : Path
        Where a raster of patch numbers may be written for a while.
    metres_per_unit : float
        Length of the CRS's unit, for ``simplify_m``.
    final : str
        Name of the output in errors.
    on_share : callable
        Told the share of the work that is done, 0 to 1. GDAL's own part of it, in the middle, is one step.

    Returns
    -------
    int
        Polygons written.
    """
    with rasterio.open(classes) as dataset, rasterio.open(confidence) as certainty:
        grid = Grid(dataset.crs, dataset.transform, dataset.width, dataset.height)

        def read(first: int, last: int) -> npt.NDArray[np.uint8]:
            return dataset.read(1, window=Window(0, first, grid.width, last - first))

        nodata = int(dataset.nodata if dataset.nodata is not None else 0)
        regions = Regions(read, grid.height, nodata, check=context.check)
        count = len(regions.graph)
        sums = np.zeros((3, count + 1))  # area, confidence, pixels with a confidence
        with RowWriter(scratch, grid, 1, "int32", 0) as writer:
            for first, labels in regions.labels():
                writer.write(labels.astype(np.int32)[None])
                flat = labels.ravel()
                rows = labels.shape[0]
                per_pixel = np.repeat(pixel_areas[first : first + rows], grid.width)
                sure = certainty.read(1, window=Window(0, first, grid.width, rows)).ravel()
                known = sure != NO_CONFIDENCE
                sums[0] += np.bincount(flat, per_pixel, count + 1)
                sums[1] += np.bincount(flat[known], sure[known].astype(np.float64), count + 1)
                sums[2] += np.bincount(flat[known], minlength=count + 1)
                on_share(_NUMBERED * (first + rows) / grid.height)
    names = {c.value: c.name for c in infos}
    value = regions.graph.classes
    fields = {
        "class_value": value.astype(np.int32),
        "class": np.array([names.get(int(v), f"class {v}") for v in range(256)], object)[value],
        "area_m2": np.round(sums[0, 1:], 3),
        "confidence": np.round(sums[1, 1:] / np.maximum(sums[2, 1:], 1) / CONFIDENCE_SCALE, 4),
    }
    try:
        return _write(scratch, out, grid, fields, simplify_m / metres_per_unit, context, on_share)
    except (DataSourceError, OSError) as error:
        raise UrbanGrainError("file.not_writable", path=final or str(out), reason=str(error)) from error
    finally:
        scratch.unlink(missing_ok=True)


def _write(
    numbers: Path,
    out: Path,
    grid: Grid,
    fields: dict[str, npt.NDArray[Any]],
    tolerance: float,
    context: JobContext,
    on_share: Callable[[float], None],
) -> int:
    geometries: list[Any] = []
    which: list[int] = []
    written = 0

    def flush() -> None:
        nonlocal written
        context.check()
        rows = np.array(which, np.int64)
        pyogrio.raw.write(
            str(out),
            geometry=shapely.to_wkb(np.array(geometries, object)) if geometries else np.zeros(0, object),
            field_data=[f[rows] for f in fields.values()],
            fields=list(fields),
            layer=LAYER,
            driver="GPKG",
            geometry_type="Polygon" if tolerance == 0 else "MultiPolygon",
            crs=grid.crs.to_wkt(),
            append=written > 0,
            promote_to_multi=tolerance > 0,
            layer_options={"SPATIAL_INDEX": "YES"} if written == 0 else None,
            dataset_options=GEOPACKAGE if written == 0 else None,
        )
        written += len(geometries)
        on_share(_NUMBERED + (1 - _NUMBERED) * written / max(len(fields["class"]), 1))
        geometries.clear()
        which.clear()

    with rasterio.open(numbers) as dataset:
        for outline, number in shapes(rasterio.band(dataset, 1), connectivity=4):
            if number == 0:
                continue
            rings = outline["coordinates"]
            geometries.append(shapely.Polygon(rings[0], rings[1:]))
            which.append(int(number) - 1)
            if tolerance == 0 and len(geometries) >= CHUNK:
                flush()
    if tolerance > 0 and geometries:
        geometries[:] = list(_simplified(np.array(geometries, object), tolerance))
    if geometries or written == 0:
        flush()
    return written


def _simplified(polygons: npt.NDArray[Any], tolerance: float) -> npt.NDArray[Any]:
    """Simplify a coverage: neighbours keep one common border, and nothing gaps or overlaps."""
    return shapely.coverage_simplify(polygons, tolerance, simplify_boundary=True)
