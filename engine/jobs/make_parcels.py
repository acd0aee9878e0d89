"""The make-parcels job: a boundary and its roads in, parcels out."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import numpy.typing as npt
import pyproj
import shapely

from urbangrain.engine.context import JobContext
from urbangrain.engine.errors import UrbanGrainError
from urbangrain.engine.parcels.areas import areas_and_perimeters
from urbangrain.engine.parcels.layer import layer_info
from urbangrain.engine.parcels.make import make_parcels
from urbangrain.engine.parcels.metric import metric_crs, moved, moved_back
from urbangrain.engine.parcels.road_widths import road_widths
from urbangrain.engine.parcels.streets import read_streets
from urbangrain.engine.parcels.write import write_parcels
from urbangrain.engine.protocol import MakeParcelsJob, MakeParcelsResult
from urbangrain.engine.raster.outputs import Outputs
from urbangrain.engine.raster.source import gdal_settings
from urbangrain.engine.vector.read import choose_layer, read_polygons

_NAMED = 8  # unknown classes that a remark names


def run(job: MakeParcelsJob, context: JobContext) -> MakeParcelsResult:
    """Make parcels; the GeoPackage appears when it is whole.

    Layer ``parcels`` has ``parcel_id`` (1 to n, along a curve through the area), ``area_m2`` and ``perimeter_m`` (on
    the ellipsoid) and ``compactness``, 4 pi area / perimeter squared: 1 for a disc, 0.785 for a square.

    Raises
    ------
    UrbanGrainError
        ``file.*``, ``vector.*``, ``parcels.no_roads``, ``parcels.none_left``.
    """
    began = time.perf_counter()
    with gdal_settings(), Outputs({"parcels": job.out}, [job.boundary, job.roads], job.overwrite) as outputs:
        context.progress("layers", 0.0)
        boundary, own = _boundary(job, context)
        try:
            metric = metric_crs(boundary, own)
        except ValueError as error:
            raise UrbanGrainError("vector.crs_unusable", path=job.boundary, reason=str(error)) from None
        area = moved(boundary, own, metric)
        bounds = tuple(float(value) for value in shapely.total_bounds(area))
        streets = read_streets(job.roads, job.roads_layer, job.road_field, bounds, metric)  # type: ignore[arg-type]
        context.progress("layers", 1.0)
        widths, unknown = road_widths(streets.classes, job.widths, job.default_width)
        widths[streets.underground] = 0.0
        cutting = _cutting(area, streets.lines, widths)
        if not cutting.any():
            raise UrbanGrainError("parcels.no_roads", roads=job.roads, boundary=job.boundary)
        shapes, dropped = make_parcels(
            area,
            streets.lines[cutting],
            widths[cutting],
            job.opening_m,
            job.min_area_m2,
            job.max_area_m2,
            lambda share: context.progress("cut", share),
        )
        if len(shapes) == 0:
            raise UrbanGrainError("parcels.none_left", boundary=job.boundary)
        areas, perimeters = areas_and_perimeters(shapes, metric)
        fields = {
            "parcel_id": np.arange(1, len(shapes) + 1, dtype=np.int64),
            "area_m2": areas,
            "perimeter_m": perimeters,
            "compactness": 4 * np.pi * areas / perimeters**2,
        }
        context.progress("layer", 0.0)
        final = str(outputs.paths["parcels"])
        write_parcels(str(outputs.temporary("parcels")), moved_back(shapes, metric, own), fields, own, final, job)
        context.check()
        outputs.commit()
    _remarks(job, context, streets.skipped, unknown)
    code = own.to_authority()
    return MakeParcelsResult(
        out=final,
        parcels=len(shapes),
        roads=int(cutting.sum()),
        dropped=dropped,
        area_m2=float(areas.sum()),
        crs=":".join(code) if code else own.to_wkt(),
        seconds=time.perf_counter() - began,
        remarks=tuple(context.remarks),
    )


def _boundary(job: MakeParcelsJob, context: JobContext) -> tuple[npt.NDArray[Any], pyproj.CRS]:
    """Return the polygons to cut, repaired, and their reference system."""
    name = choose_layer(job.boundary, job.boundary_layer)
    crs = layer_info(job.boundary, name)["crs"]
    polygons = read_polygons(job.boundary, name, crs, context)
    if not polygons:
        raise UrbanGrainError("vector.no_polygons", path=job.boundary)
    return np.array(polygons, object), pyproj.CRS.from_user_input(crs)


def _cutting(area: npt.NDArray[Any], lines: npt.NDArray[Any], widths: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    """Tell which lines take something of the area."""
    near, _ = shapely.STRtree(area).query(lines, predicate="dwithin", distance=widths / 2)
    cutting = np.zeros(len(lines), bool)
    cutting[near] = True
    return cutting & (widths > 0)


def _remarks(job: MakeParcelsJob, context: JobContext, skipped: int, unknown: dict[str, int]) -> None:
    if skipped:
        context.remark("note.skipped_lines", "warning", path=job.roads, count=skipped)
    if unknown:
        names = [f"{name} ({count})" for name, count in list(unknown.items())[:_NAMED]]
        text = ", ".join(names) + (" …" if len(unknown) > _NAMED else "")
        context.remark("note.unknown_roads", "warning", path=job.roads, width=job.default_width, values=text)
