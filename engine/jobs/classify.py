"""The classify job: parcels with up to three sources in, parcels with their land use out (MSLU-100K).

`run` reads as the recipe. Parcels pass in chunks; what is known of one is read while the network looks at others.
"""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import rasterio
import shapely
from pyogrio.errors import DataLayerError, DataSourceError

from urbangrain.engine.context import JobContext
from urbangrain.engine.errors import UrbanGrainError
from urbangrain.engine.models.card import ModelCard
from urbangrain.engine.models.load import warm_network
from urbangrain.engine.models.parcel_fusion import SOURCES, ParcelFusion
from urbangrain.engine.models.registry import resolve_for_parcels
from urbangrain.engine.parcels.classified import Tally, column_names, fill, fill_shares, near_first
from urbangrain.engine.parcels.density import DensityRaster, DensityTable
from urbangrain.engine.parcels.layer import LAYER, chunks, layer_info, polygons_of
from urbangrain.engine.parcels.patches import PatchReader
from urbangrain.engine.parcels.pois import read_pois
from urbangrain.engine.parcels.predict import Answers, ParcelClassifier
from urbangrain.engine.parcels.sources import ParcelSources
from urbangrain.engine.parcels.write import provenance
from urbangrain.engine.parcels.zonal import ShareSampler
from urbangrain.engine.protocol import ClassifyJob, ClassifyResult, ClassInfo
from urbangrain.engine.raster.bands import choose_bands
from urbangrain.engine.raster.classes import PROVENANCE_TAG, read_class_infos
from urbangrain.engine.raster.grid import SQUARE
from urbangrain.engine.raster.outputs import Outputs
from urbangrain.engine.raster.source import Image, gdal_settings
from urbangrain.engine.vector.read import GEOPACKAGE, choose_layer
from urbangrain.engine.watch import watched

TABLES = (".csv", ".tsv", ".txt")
"""Endings of a user density that is a table and no raster."""

SHARES_AT_ONCE = 250
"""Parcels whose class shares are measured in one call."""


def run(job: ClassifyJob, context: JobContext) -> ClassifyResult:
    """Classify the land use of parcels.

    The GeoPackage's layer ``parcels`` has the input's attributes and geometry, in its own CRS, and for each parcel the
    classes' probabilities ``p_<class>``, ``land_use`` (class name), ``confidence``, ``entropy`` (0 to 1), ``quality``
    (0 to 5), ``sources``, ``area_m2``, ``size_group`` and, with a class raster, ``share_<class>``. A parcel of which
    nothing is known keeps its row with empty values.

    Raises
    ------
    UrbanGrainError
        What a person can mend; nothing is left under the output's name.
    JobCancelled
        Between two parcels or batches; nothing is left either.
    """
    began = time.monotonic()
    context.progress("open", 0.0)
    card = resolve_for_parcels(job.model)
    layer = choose_layer(job.parcels, job.layer)
    about = layer_info(job.parcels, layer)
    _check_key(job, about)
    inputs = [p for p in (job.parcels, job.image, job.pois, job.density, job.classes, str(card.weights)) if p]
    with gdal_settings(), Outputs({"parcels": job.out}, inputs, job.overwrite) as outputs:
        with contextlib.ExitStack() as stack:
            sources = _open_sources(job, card, about["crs"], context, stack)
            shares = _Shares(job.classes, about["crs"], stack)
            columns = column_names(card.classes, shares.infos, [str(f) for f in about["fields"]])
            context.progress("load", 0.05)
            classifier = watched(context, lambda: _classifier(job, card, context))
            stack.callback(classifier.close)
            tally = Tally()
            repaired = shapeless = 0
            for frame in chunks(job.parcels, layer):
                shapes, broken = polygons_of(frame.geometry.to_numpy())
                repaired += broken
                shapeless += int(shapely.is_missing(shapes).sum())
                keys = frame[job.density_key].tolist() if _is_table(job.density) else None
                answer = _answers(sources, classifier, shapes, keys, tally.parcels, about["features"], context)
                fill(frame, shapes, *answer, card.classes, columns, about["crs"], tally)
                shares.fill(frame, shapes, columns, context)
                _append(frame, outputs, tally.parcels == len(frame), about, job, card)
        _judge(job, tally, repaired, shapeless, context)
        outputs.commit()
    return ClassifyResult(
        out=str(outputs.paths["parcels"]),
        model=card.id,
        class_infos=card.classes,
        parcels=tally.parcels,
        classified=tally.classified,
        counts={c.name: tally.counts[c.name] for c in card.classes},
        levels={str(level): tally.levels[str(level)] for level in range(6)},
        used={source: tally.used[source] for source in SOURCES},
        seconds=time.monotonic() - began,
        device=classifier.device_name,
        remarks=tuple(context.remarks),
    )


def _check_key(job: ClassifyJob, about: dict[str, Any]) -> None:
    fields = [str(f) for f in about["fields"]]
    if _is_table(job.density) and job.density_key not in fields:
        found = ", ".join(fields) or "-"
        raise UrbanGrainError("vector.no_field", path=job.parcels, field=job.density_key, fields=found)


def _is_table(path: str | None) -> bool:
    return path is not None and os.path.splitext(path)[1].lower() in TABLES


def _open_sources(
    job: ClassifyJob, card: ModelCard, crs: Any, context: JobContext, stack: contextlib.ExitStack
) -> ParcelSources:
    """Open what the job names; the stack closes it."""
    patches = pois = density = None
    if job.image:
        context.progress("statistics", 0.01)
        with Image(job.image) as image:
            bands = choose_bands(image, card.bands, job.bands, context)
            if card.expects_8bit and image.dtype != np.uint8:
                context.remark("note.eight_bit", "warning", dtype=str(image.dtype))
        gsd = (card.gsd_min_m, card.gsd_max_m)
        patches = stack.enter_context(PatchReader(job.image, bands, card.scaling, gsd, card.window, context.check))
        if abs(patches.image_gsd_m / patches.gsd_m - 1) > SQUARE:
            own, target = round(patches.image_gsd_m, 2), round(patches.gsd_m, 2)
            context.remark("note.resample", gsd=own, target=target)
    if job.pois:
        context.progress("pois", 0.02)
        pois = read_pois(job.pois, job.pois_layer, job.pois_field, crs, context)
    if job.density:
        context.progress("density", 0.04)
        density = (
            DensityTable(job.density, job.density_key)
            if _is_table(job.density)
            else stack.enter_context(DensityRaster(job.density, crs, context.check))
        )
    return ParcelSources(crs, patches, pois, density, job.most_patches, job.seed, context.check)


def _classifier(job: ClassifyJob, card: ModelCard, context: JobContext) -> ParcelClassifier:
    network = warm_network(card)
    assert isinstance(network, ParcelFusion)

    def on_halved(patches: int) -> None:
        context.remark("note.batch_halved", "warning", batch=patches)

    return ParcelClassifier(network, card.id, job.device, job.threads, on_halved=on_halved)


def _answers(
    sources: ParcelSources,
    classifier: ParcelClassifier,
    shapes: npt.NDArray[Any],
    keys: list[Any] | None,
    done: int,
    total: int,
    context: JobContext,
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_]]:
    """Classify a chunk of parcels, of which ``done`` came before; see `ParcelClassifier.predict`."""
    order = near_first(shapes)
    ordered = [keys[i] for i in order] if keys is not None else None
    began, behind = time.monotonic(), 0

    def step(work: Callable[[], Answers]) -> Answers:
        nonlocal behind
        made = watched(context, work)
        behind += sum(len(known) for _, known in made)
        share = (done + behind) / max(1, total)
        rest = (time.monotonic() - began) / behind * (total - done - behind)
        context.progress("classify", 0.06 + 0.93 * share, done + behind, total, 0.0, rest)
        return made

    probabilities, used = classifier.predict(sources.parcels(shapes[order], done + order, ordered), step)
    back = np.argsort(order)
    return probabilities[back], used[back]


class _Shares:
    """Class shares of a raster; nothing where the job names none."""

    def __init__(self, path: str | None, crs: Any, stack: contextlib.ExitStack) -> None:
        self.infos: tuple[ClassInfo, ...] = ()
        self._sampler: ShareSampler | None = None
        if path:
            self.infos = read_class_infos(path)
            dataset = stack.enter_context(rasterio.open(path))
            if dataset.crs is None:
                raise UrbanGrainError("image.no_crs", path=path)
            self._sampler = ShareSampler(dataset, self.infos, crs)

    def fill(self, frame: Any, shapes: npt.NDArray[Any], columns: dict[str, str], context: JobContext) -> None:
        """Add the shares of a chunk of parcels, some hundred at a time, so that a stop is heard."""
        if self._sampler is None:
            return
        found = []
        for start in range(0, len(shapes), SHARES_AT_ONCE):
            context.check()
            found.append(self._sampler.shares(shapes[start : start + SHARES_AT_ONCE])[0])
        fill_shares(frame, np.concatenate(found), self.infos, columns)


def _append(
    frame: Any, outputs: Outputs, first: bool, about: dict[str, Any], job: ClassifyJob, card: ModelCard
) -> None:
    """Write a chunk of parcels."""
    how: dict[str, Any] = {"mode": "a"}
    if first:
        made = {**json.loads(provenance(job)), "model": {"id": card.id, "weights_sha256": card.weights_sha256}}
        how = {"mode": "w", "dataset_options": GEOPACKAGE, "layer_metadata": {PROVENANCE_TAG: json.dumps(made)}}
    # Only a GeoPackage of single polygons is sure to hold no multipart one further on.
    single = about["driver"] == "GPKG" and str(about["geometry_type"]).startswith("Polygon")
    try:
        frame.to_file(
            outputs.temporary("parcels"),
            layer=LAYER,
            driver="GPKG",
            engine="pyogrio",
            promote_to_multi=None if single else True,
            **how,
        )
    except (DataSourceError, DataLayerError, OSError) as error:
        raise UrbanGrainError("file.not_writable", path=job.out, reason=str(error)) from error


def _judge(job: ClassifyJob, tally: Tally, repaired: int, shapeless: int, context: JobContext) -> None:
    """Refuse a result that says nothing, and remark on what a person should know of it."""
    if shapeless == tally.parcels:
        raise UrbanGrainError("vector.no_polygons", path=job.parcels)
    if not tally.classified:
        raise UrbanGrainError("parcels.no_source", path=job.parcels)
    if repaired:
        context.remark("note.repaired", "warning", count=repaired, path=job.parcels)
    if shapeless:
        context.remark("note.skipped_shapes", "warning", count=shapeless, path=job.parcels)
    for source, path in zip(SOURCES, (job.image, job.pois, job.density)):
        if path and not tally.used[source]:
            context.remark("note.source_unused", "warning", path=path)
    if tally.classified < tally.parcels:
        context.remark("note.no_source", "warning", count=tally.parcels - tally.classified)
