"""The map job: one image and one model in; classes, confidence, probabilities, polygons and parcels out, or numbers.

`run` reads as the recipe. Each step is one function of the rooms below.
"""

from __future__ import annotations

import time
from typing import Any

from urbangrain.engine.context import JobContext
from urbangrain.engine.errors import UrbanGrainError
from urbangrain.engine.inference.backends import Backend
from urbangrain.engine.inference.pipeline import Everything, run_pipeline
from urbangrain.engine.inference.rates import remember
from urbangrain.engine.inference.settings import settings_of
from urbangrain.engine.inference.stitch import Stitcher
from urbangrain.engine.inference.windows import Region, column_blocks
from urbangrain.engine.models.registry import resolve_for_pixels
from urbangrain.engine.protocol import ClassArea, MapJob, MapResult, ValueBand
from urbangrain.engine.raster.bands import choose_bands
from urbangrain.engine.raster.grid import pixel_size
from urbangrain.engine.raster.model_image import ModelImage
from urbangrain.engine.raster.outputs import Outputs
from urbangrain.engine.raster.sink import TILE
from urbangrain.engine.raster.source import Image, gdal_settings
from urbangrain.engine.raster.statistics import scene_affine
from urbangrain.engine.vector.read import choose_layer
from urbangrain.engine.watch import watched

from . import map_products as products
from . import map_resume as resume
from .map_backend import make_backend
from .map_plan import Plan, make_plan
from .map_values import finish_values, refuse_what_needs_classes
from .provenance import provenance

WIDEST = 5120
"""Columns that are mapped at once: memory grows with them, and the windows on their border are computed twice."""


def run(job: MapJob, context: JobContext) -> MapResult:
    """Map an image.

    Raises
    ------
    UrbanGrainError
        What a person can mend; nothing is left under the outputs' names.
    JobCancelled
        Within half a second of being asked; nothing is left either.
    """
    began = time.monotonic()
    context.progress("open", 0.0)
    card = resolve_for_pixels(job.model)
    refuse_what_needs_classes(job, card)
    inputs = [p for p in (job.image, job.aoi, job.parcels, str(card.weights)) if p]
    main = "values" if card.values else "classes"
    roles = {
        main: job.out,
        "confidence": job.confidence,
        "probabilities": job.probabilities,
        "polygons": job.polygons,
        "parcels": job.parcels_out,
    }
    if job.parcels:
        choose_layer(job.parcels, job.parcels_layer)  # a wrong layer is told before the work, not after it
    with gdal_settings(), Outputs(roles, inputs, job.overwrite, resume.FOLDER if job.resume else "") as outputs:
        with Image(job.image) as image:
            bands = choose_bands(image, card.bands, job.bands, context)
            plan = make_plan(job, card, image, bands, context)
            context.progress("statistics", 0.01)
            affine = scene_affine(image, plan.bands, card.scaling, context.check)
        context.progress("load", 0.02)
        backend = watched(context, lambda: make_backend(job, plan, context))
        try:
            same = resume.fingerprint(job, plan, affine, backend)
            raw = products.Products(outputs, plan.map_grid.finer(card.upscale), job, card, same)
            mapped_px, map_seconds = _map(job, plan, backend, affine, raw, context)
            said = (backend.device_name, backend.precision, backend.name)
        finally:
            backend.close()
        about = provenance(job, card, *said)
        areas: tuple[ClassArea, ...] = ()
        bands_out: tuple[ValueBand, ...] = ()
        if card.values:
            bands_out = watched(context, lambda: finish_values(raw, plan.out_grid, about, context))
        else:
            areas = watched(context, lambda: products.finish(raw, plan.out_grid, about, context))
        outputs.commit()
    if not raw.replayed_px:  # a part of a run says little about the rate
        remember(card.weights_sha256, said[0], mapped_px, settings_of(job, card).passes, map_seconds)
    final = {role: str(path) for role, path in outputs.paths.items()}
    return MapResult(
        classes=final[main],
        confidence=final.get("confidence"),
        probabilities=final.get("probabilities"),
        polygons=final.get("polygons"),
        parcels=final.get("parcels"),
        model=card.id,
        model_title=card.title,
        class_infos=card.classes,
        areas=areas,
        width=plan.out_grid.width,
        height=plan.out_grid.height,
        map_gsd_m=round(pixel_size(plan.grid)[0], 4),
        mapped_px=mapped_px + raw.replayed_px // card.upscale**2,
        seconds=time.monotonic() - began,
        rate_px_s=mapped_px / max(map_seconds, 1e-9),
        device=said[0],
        precision=said[1],
        backend=said[2],
        remarks=tuple(context.remarks),
        task=card.task,
        values=bands_out,
    )


def _map(
    job: MapJob, plan: Plan, backend: Backend, affine: Any, raw: products.Products, context: JobContext
) -> tuple[int, float]:
    """Run the pipeline over what is left of the region into ``raw``; returns the pixels mapped and the seconds."""
    mapped = 0
    settings = settings_of(job, plan.card)
    total = plan.region.height * plan.region.width
    u = plan.card.upscale
    # Finer rows take more memory, so that there are fewer columns of them at once.
    blocks = column_blocks(plan.region, max(TILE, WIDEST // u), TILE)
    done = there = 0.0  # shares of the region: behind the rows under way, and of that what an earlier run left
    began = time.monotonic()

    def on_windows(windows: int, part: float) -> None:
        share = done + here * part
        spent = max(time.monotonic() - began, 1e-9)
        new = share - there
        context.progress(
            "map",
            products.MAP_FROM + share * (products.MAP_TO - products.MAP_FROM),
            round(share * total),
            total,
            # Neighbours overlap, so that each window adds only a stride's square of new pixels.
            min(total, (computed + windows) * (settings.window - settings.overlap) ** 2) / spent,
            spent * (1 - share) / new if new > 0 else -1.0,
        )

    def on_pixels(pixels: int) -> None:
        nonlocal mapped
        mapped += pixels

    def make_stitcher(region: Region) -> Stitcher:
        return Stitcher(
            backend,
            settings,
            affine,
            plan.grid.height,
            plan.grid.width,
            region,
            keep_probabilities=job.probabilities is not None,
            on_batch_halved=lambda batch: context.remark("note.batch_halved", "warning", batch=batch),
            on_windows=on_windows,
            check=context.check,
        )

    here, computed = 0.0, 0
    with raw:
        for block in blocks:
            rows = raw.begin((block.col0 - plan.region.col0) * u, block.width * u)
            rest = resume.rest_of(block, rows, u)
            share = block.width / plan.region.width
            here = share * (rest.height / block.height if rest else 0.0)
            there += share - here
            done += share - here
            context.progress(
                "map", products.MAP_FROM + done * (products.MAP_TO - products.MAP_FROM), round(done * total), total
            )
            if rest is not None:
                stitcher = make_stitcher(rest)
                run_pipeline(
                    lambda: _OpenImage(job.image, plan),
                    plan.area or Everything(plan.grid.width),
                    stitcher,
                    raw.write,
                    context,
                    on_pixels,
                )
                computed += stitcher.windows
            done += here
    if job.resume and there > 0:
        context.remark("note.resumed", percent=round(100 * there))
    elif job.resume:
        context.remark("note.nothing_to_resume")
    if mapped + raw.replayed_px == 0:
        raise UrbanGrainError("image.no_pixels" if plan.area is None else "area.no_overlap", path=job.image)
    return mapped // plan.card.upscale**2, time.monotonic() - began


class _OpenImage:
    """The image on the model's grid, opened in the thread that reads it."""

    def __init__(self, path: str, plan: Plan) -> None:
        self._path, self._plan = path, plan

    def __enter__(self) -> ModelImage:
        self._settings = gdal_settings()
        self._settings.__enter__()
        try:
            self._image = Image(self._path)
        except BaseException:
            self._settings.__exit__(None, None, None)
            raise
        return ModelImage(self._image, self._plan.bands, self._plan.grid)

    def __exit__(self, *exc: Any) -> None:
        self._image.close()
        self._settings.__exit__(*exc)
