"""The sample-parcels job: a layer of parcels in, those to label out."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyogrio
import pyproj
import shapely
from pyogrio.errors import DataLayerError, DataSourceError, FieldError

from urbangrain.engine.context import JobContext
from urbangrain.engine.errors import UrbanGrainError
from urbangrain.engine.parcels.areas import areas_and_perimeters
from urbangrain.engine.parcels.layer import LAYER, free_names, layer_info
from urbangrain.engine.parcels.sample import (
    centroids,
    choose,
    distances_m,
    location_scores,
    weighted_centre,
)
from urbangrain.engine.parcels.streets import text_of
from urbangrain.engine.parcels.write import provenance
from urbangrain.engine.protocol import SampleParcelsJob, SampleParcelsResult
from urbangrain.engine.raster.classes import PROVENANCE_TAG
from urbangrain.engine.raster.outputs import Outputs
from urbangrain.engine.raster.source import gdal_settings
from urbangrain.engine.vector.read import GEOPACKAGE, choose_layer


@dataclass(frozen=True, eq=False)
class _Parcels:
    """The parcels of a layer that have a polygon, all in one order; the layer's fields, and those of whole numbers."""

    fids: npt.NDArray[np.int64]
    shapes: npt.NDArray[Any]
    areas: npt.NDArray[np.float64]
    strata: list[str] | None
    uncertainty: npt.NDArray[np.float64] | None
    crs: pyproj.CRS
    fields: list[str]
    whole: list[str]


def run(job: SampleParcelsJob, context: JobContext) -> SampleParcelsResult:
    """Choose parcels; the GeoPackage appears when it is whole.

    Layer ``parcels`` has the chosen ones with all their attributes, ``sample_rank`` (1 is the best) and
    ``sample_score`` (as in `urbangrain.engine.parcels.sample`, or the uncertainty where one was asked for), in the
    order of the rank.

    Raises
    ------
    UrbanGrainError
        ``file.*``, ``vector.*``, ``parcels.none_in_range``, ``parcels.no_numbers``.
    """
    began = time.perf_counter()
    with gdal_settings(), Outputs({"parcels": job.out}, [job.parcels], job.overwrite) as outputs:
        context.progress("layers", 0.0)
        name = choose_layer(job.parcels, job.layer)
        parcels = _read(job, name, context)
        context.progress("sample", 0.0)
        try:
            places = centroids(parcels.shapes, parcels.crs)
            centre = _centre(job, parcels, places)
        except ValueError as error:
            raise UrbanGrainError("vector.crs_unusable", path=job.parcels, reason=str(error)) from None
        eligible = np.flatnonzero(_eligible(job, parcels, context))
        rng = np.random.default_rng(job.seed)
        if parcels.uncertainty is None:
            away = distances_m(places[eligible], centre)
            scores = location_scores(away, rng, job.distance_weight, job.dispersion)
        else:
            scores = parcels.uncertainty[eligible]
        strata = None if parcels.strata is None else [parcels.strata[i] for i in eligible]
        picked = choose(scores, job.count, strata, job.allocation)
        if len(picked) < job.count:
            context.remark("note.fewer_parcels", "warning", count=len(picked), asked=job.count)
        context.progress("layer", 0.0)
        final = str(outputs.paths["parcels"])
        _write(job, name, parcels, eligible[picked], scores[picked], str(outputs.temporary("parcels")), final)
        context.check()
        outputs.commit()
    counts: dict[str, int] = {}
    for value in () if strata is None else (strata[i] for i in picked):
        counts[value] = counts.get(value, 0) + 1
    return SampleParcelsResult(
        out=final,
        parcels=len(parcels.fids),
        eligible=len(eligible),
        chosen=len(picked),
        strata=dict(sorted(counts.items())),
        centre=centre,
        seconds=time.perf_counter() - began,
        remarks=tuple(context.remarks),
    )


def _read(job: SampleParcelsJob, name: str, context: JobContext) -> _Parcels:
    about = layer_info(job.parcels, name)
    fields = [str(one) for one in about["fields"]]
    wanted = list(dict.fromkeys(one for one in (job.strata_field, job.uncertainty_field) if one))
    for one in wanted:
        if one not in fields:
            raise UrbanGrainError("vector.no_field", path=job.parcels, field=one, fields=", ".join(fields) or "none")
    try:
        meta, fids, wkb, columns = pyogrio.raw.read(
            job.parcels, layer=name, columns=wanted, force_2d=True, return_fids=True
        )
    except (DataSourceError, DataLayerError, FieldError, OSError, ValueError) as error:
        raise UrbanGrainError("vector.unreadable", path=job.parcels, reason=str(error)) from error
    context.progress("layers", 0.5)
    shapes = np.asarray(shapely.from_wkb(wkb, on_invalid="ignore"), object)
    shapes[~np.isin(shapely.get_type_id(shapes), (3, 6))] = None
    shapes = shapely.make_valid(shapes, method="structure", keep_collapsed=False)  # to measure; written as they are
    there = shapely.area(shapes) > 0  # not of None
    if not there.any():
        raise UrbanGrainError("vector.no_polygons", path=job.parcels)
    if not there.all():
        context.remark("note.skipped_shapes", "warning", count=int((~there).sum()), path=job.parcels)
    data = {str(field): values[there] for field, values in zip(meta["fields"], columns)}
    strata = uncertainty = None
    if job.strata_field:
        strata = [text_of(value) or "" for value in data[job.strata_field]]
    if job.uncertainty_field:
        uncertainty = data[job.uncertainty_field]
        if uncertainty.dtype.kind not in "iuf" or not np.isfinite(uncertainty).any():
            raise UrbanGrainError("parcels.no_numbers", path=job.parcels, field=job.uncertainty_field)
        uncertainty = uncertainty.astype(np.float64)
    crs = pyproj.CRS.from_user_input(about["crs"])
    shapes = shapes[there]
    areas, _ = areas_and_perimeters(shapes, crs)
    whole = [one for one, dtype in zip(fields, about["dtypes"]) if str(dtype).startswith(("int", "uint"))]
    return _Parcels(np.asarray(fids)[there], shapes, areas, strata, uncertainty, crs, fields, whole)


def _centre(job: SampleParcelsJob, parcels: _Parcels, places: npt.NDArray[np.float64]) -> tuple[float, float]:
    """Return the city's centre as longitude and latitude."""
    if job.centre is None:
        return weighted_centre(places, parcels.areas)
    try:
        source = pyproj.CRS.from_user_input(job.centre_crs) if job.centre_crs else parcels.crs
    except pyproj.exceptions.CRSError as error:
        raise UrbanGrainError("job.invalid", field="centre_crs", problem=f"is not known ({error})") from None
    lon, lat = pyproj.Transformer.from_crs(source, "EPSG:4326", always_xy=True).transform(*job.centre)
    if not (math.isfinite(lon) and abs(lat) <= 90):
        raise UrbanGrainError("job.invalid", field="centre", problem="lies outside its coordinate reference system")
    return lon, lat


def _eligible(job: SampleParcelsJob, parcels: _Parcels, context: JobContext) -> npt.NDArray[np.bool_]:
    """Tell which parcels may be chosen."""
    areas = parcels.areas
    fits = (areas >= job.min_area_m2) & ((areas <= job.max_area_m2) | (job.max_area_m2 == 0))
    if not fits.any():
        low, high = round(float(areas.min()), 1), round(float(areas.max()), 1)
        raise UrbanGrainError("parcels.none_in_range", path=job.parcels, low=low, high=high)
    if parcels.uncertainty is None:
        return fits
    known = np.isfinite(parcels.uncertainty)
    if not (fits & known).any():
        raise UrbanGrainError("parcels.no_numbers", path=job.parcels, field=job.uncertainty_field)
    if (fits & ~known).any():
        count = int((fits & ~known).sum())
        context.remark("note.without_number", "warning", field=job.uncertainty_field, count=count)
    return fits & known


def _write(
    job: SampleParcelsJob,
    name: str,
    about: _Parcels,
    rows: npt.NDArray[np.int64],
    scores: npt.NDArray[np.float64],
    out: str,
    final: str,
) -> None:
    """Write the chosen parcels with all they had, in this order."""
    fids = about.fids[rows]
    try:
        frame = pyogrio.read_dataframe(job.parcels, layer=name, fids=fids, fid_as_index=True, on_invalid="ignore")
    except (DataSourceError, DataLayerError, OSError, ValueError) as error:
        raise UrbanGrainError("vector.unreadable", path=job.parcels, reason=str(error)) from error
    frame = frame.loc[fids].reset_index(drop=True)
    # A gap must not turn a column of whole numbers into one of fractions.
    frame = frame.astype({one: "Int64" for one in about.whole if frame[one].dtype.kind == "f"})
    columns = free_names([(one, one) for one in ("sample_rank", "sample_score")], about.fields)
    frame[columns["sample_rank"]] = np.arange(1, len(frame) + 1)
    frame[columns["sample_score"]] = scores
    try:
        frame.to_file(
            out,
            layer=LAYER,
            driver="GPKG",
            engine="pyogrio",
            dataset_options=GEOPACKAGE,
            layer_metadata={PROVENANCE_TAG: provenance(job)},
        )
    except (DataSourceError, OSError) as error:
        raise UrbanGrainError("file.not_writable", path=final, reason=str(error)) from error
