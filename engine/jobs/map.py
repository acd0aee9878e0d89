"""The map job: one image and one model in; classes, confidence, probabilities, polygons and parcels out.

`run` reads as the recipe. Each step is one function of the rooms below.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from urbangrain.engine.context import JobContext
from urbangrain.engine.errors import UrbanGrainError
from urbangrain.engine.inference.backends import Backend, TorchBackend
from urbangrain.engine.inference.pipeline import Everything, run_pipeline
from urbangrain.engine.inference.stitch import Settings, Stitcher
from urbangrain.engine.inference.windows import Region
from urbangrain.engine.models.card import ModelCard
from urbangrain.engine.models.load import load_network
from urbangrain.engine.models.registry import resolve
from urbangrain.engine.protocol import MapJob, MapResult
from urbangrain.engine.raster.area import Area, read_area
from urbangrain.engine.raster.bands import choose_bands
from urbangrain.engine.raster.grid import Grid, model_grid, pixel_size, same_grid, upright_grid
from urbangrain.engine.raster.model_image import ModelImage
from urbangrain.engine.raster.outputs import Outputs
from urbangrain.engine.raster.source import Image, gdal_settings
from urbangrain.engine.raster.statistics import scene_affine

from . import map_products as products
from .provenance import provenance


@dataclass(frozen=True)
class Plan:
    """What will be mapped: the model's grid over the image, the part of it that is wanted, and the outputs' grid."""

    card: ModelCard
    bands: tuple[int, ...]
    image_grid: Grid
    grid: Grid
    area: Area | None
    region: Region
    out_grid: Grid


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
    card = resolve(job.model)
    inputs = [p for p in (job.image, job.aoi, job.parcels, str(card.weights)) if p]
    roles = {
        "classes": job.out,
        "confidence": job.confidence,
        "probabilities": job.probabilities,
        "polygons": job.polygons,
        "parcels": job.parcels_out,
    }
    with gdal_settings(), Outputs(roles, inputs, job.overwrite) as outputs:
        with Image(job.image) as image:
            plan = make_plan(job, card, image, context)
            context.progress("statistics", 0.01)
            affine = scene_affine(image, plan.bands, card.scaling, context.check)
        context.progress("load", 0.02)
        backend = make_backend(job, card, context)
        try:
            raw = products.Products(outputs, plan.grid.part(*_bounds(plan.region)).finer(card.upscale), job, card)
            mapped_px, map_seconds = _map(job, plan, backend, affine, raw, context)
            said = (backend.device_name, backend.precision, backend.name)
        finally:
            backend.close()
        about = provenance(job, card, *said)
        areas = products.finish(raw, plan.out_grid, about, context)
        outputs.commit()
    final = {role: str(path) for role, path in outputs.paths.items()}
    return MapResult(
        classes=final["classes"],
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
        mapped_px=mapped_px,
        seconds=time.monotonic() - began,
        rate_px_s=mapped_px / max(map_seconds, 1e-9),
        device=said[0],
        precision=said[1],
        backend=said[2],
        remarks=tuple(context.remarks),
    )


def make_plan(job: MapJob, card: ModelCard, image: Image, context: JobContext) -> Plan:
    """Choose bands, grids and the part to map, and remark on what a person should know about them."""
    bands = choose_bands(image, card.bands, job.bands, context)
    grid = model_grid(image.grid, card.gsd_min_m, card.gsd_max_m, image.path)
    upright = upright_grid(image.grid)
    area = read_area(grid, image.path, job.aoi, job.aoi_layer, job.extent, job.extent_crs, context)
    region = Region.whole(grid)
    if area is not None:
        bounds = area.bounds()
        if bounds is None:
            raise UrbanGrainError("area.no_overlap", path=image.path)
        region = Region(*bounds)
    if image.grid.rotated:
        context.remark("note.rotated")
    if image.grid.crs.is_geographic:
        context.remark("note.geographic")
    if not same_grid(grid, upright):
        gsd, target = max(pixel_size(image.grid)), pixel_size(grid)[0]
        if abs(gsd / target - 1) > 0.02:
            context.remark("note.resample", gsd=round(gsd, 2), target=round(target, 2))
    part = grid.part(*_bounds(region))
    if job.grid == "model" or image.grid.rotated or same_grid(grid, upright):
        # A result as fine as the model gives it; one on the image's own grid is only possible for a north-up image.
        keep_scale = job.grid == "model" or card.upscale == 1
        out_grid = part.finer(card.upscale) if keep_scale else part
    else:
        out_grid = products.covering(upright, part)
    return Plan(card, bands, image.grid, grid, area, region, out_grid)


def make_backend(job: MapJob, card: ModelCard, context: JobContext) -> Backend:
    """Load the model onto the job's device."""
    network = load_network(card)
    context.check()
    backend = TorchBackend(network, len(card.classes), card.upscale, card.id, job.device, job.precision)
    if job.device == "auto" and backend.device.type == "cpu":
        context.remark("note.cpu_fallback")
    return backend


def settings_of(job: Any, card: ModelCard) -> Settings:
    """Window settings of a map or inspect job; 0 takes the card's window."""
    window = job.window or card.window
    multiple = card.stride_multiple
    window = max(multiple, -(-window // multiple) * multiple)
    overlap = min(window - 1, round(window * job.overlap))
    return Settings(window, overlap, getattr(job, "blend", "gaussian"), job.flips, getattr(job, "batch", 0))


def _map(
    job: MapJob, plan: Plan, backend: Backend, affine: Any, raw: products.Products, context: JobContext
) -> tuple[int, float]:
    """Run the pipeline over the region into ``raw``; returns the pixels mapped and the seconds it took."""
    mapped = 0
    u = plan.card.upscale
    began = time.monotonic()
    stitcher = Stitcher(
        backend,
        settings_of(job, plan.card),
        affine,
        plan.grid.height,
        plan.grid.width,
        plan.region,
        keep_probabilities=job.probabilities is not None,
        on_batch_halved=lambda batch: context.remark("note.batch_halved", "warning", batch=batch),
    )

    total = plan.region.height * plan.region.width
    context.progress("map", products.MAP_FROM, 0, total)

    def on_rows(row: int, pixels: int) -> None:
        nonlocal mapped
        mapped += pixels
        done = (row / u - plan.region.row0) / plan.region.height
        spent = time.monotonic() - began
        context.progress(
            "map",
            products.MAP_FROM + done * (products.MAP_TO - products.MAP_FROM),
            round(done * total),
            total,
            mapped / (u * u) / max(spent, 1e-9),
            spent / done - spent if done else -1.0,
        )

    def source() -> Any:
        return _OpenImage(job.image, plan)

    with raw:
        run_pipeline(source, plan.area or Everything(plan.grid.width), stitcher, raw.write, context, on_rows)
    if mapped == 0:
        raise UrbanGrainError("image.no_pixels" if plan.area is None else "area.no_overlap", path=job.image)
    return mapped // (u * u), time.monotonic() - began


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


def _bounds(region: Region) -> tuple[int, int, int, int]:
    return region.row0, region.row1, region.col0, region.col1


__all__ = ["Plan", "make_backend", "make_plan", "run", "settings_of"]
