"""The map of a scene from the maps of its blocks of rows.

Blocks are mapped on the model's grid and not cleaned; cleaning and resampling follow here, on the whole scene, through
the same code as without blocks: a patch that crosses the border of a block is one patch.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np
import rasterio
from rasterio.windows import Window

from urbangrain.engine.context import JobContext
from urbangrain.engine.errors import UrbanGrainError
from urbangrain.engine.models.registry import resolve_for_pixels
from urbangrain.engine.protocol import MapJob, MapResult
from urbangrain.engine.raster.bands import choose_bands
from urbangrain.engine.raster.grid import pixel_size
from urbangrain.engine.raster.outputs import Outputs
from urbangrain.engine.raster.sink import RowWriter, row_blocks
from urbangrain.engine.raster.source import Image, gdal_settings
from urbangrain.engine.watch import watched

from . import map_products as products
from .map_plan import make_plan
from .provenance import provenance

Block = tuple[tuple[int, int], "MapResult | None"]
"""Rows ``row0:row1`` of the model's grid, and their map; None where they have no valid pixel."""


def merge_blocks(job: MapJob, blocks: Sequence[Block], context: JobContext) -> MapResult:
    """Write a scene's outputs.

    Parameters
    ----------
    job : MapJob
        Of the whole scene; it gives classes.
    blocks : sequence of Block
        From top to bottom, all rows of the scene.

    Raises
    ------
    UrbanGrainError
        ``image.no_pixels`` when no block has any; as the map job about the outputs.
    JobCancelled
    """
    began = time.monotonic()
    card = resolve_for_pixels(job.model)
    made = [result for _, result in blocks if result is not None]
    if not made:
        raise UrbanGrainError("image.no_pixels", path=job.image)
    roles = {"classes": job.out, "confidence": job.confidence}
    with gdal_settings(), Outputs(roles, [job.image, str(card.weights)], job.overwrite) as outputs:
        with Image(job.image) as image:
            bands = choose_bands(image, card.bands, job.bands, context)
            plan = make_plan(job, card, image, bands, context)
        raw = products.Products(outputs, plan.map_grid.finer(card.upscale), job, card, "")
        for role in raw.paths:
            _join(raw, role, blocks, card.upscale, context)
        about = provenance(job, card, made[0].device, made[0].precision, made[0].backend)
        areas = watched(context, lambda: products.finish(raw, plan.out_grid, about, context))
        outputs.commit()
    for remark in (remark for result in made for remark in result.remarks):
        context.remark(remark.code, remark.severity, **remark.values)
    mapped = sum(result.mapped_px for result in made)
    mapping_s = sum(result.mapped_px / max(result.rate_px_s, 1e-9) for result in made)
    return MapResult(
        classes=str(outputs.paths["classes"]),
        confidence=str(outputs.paths["confidence"]) if job.confidence else None,
        probabilities=None,
        polygons=None,
        parcels=None,
        model=card.id,
        model_title=card.title,
        class_infos=card.classes,
        areas=areas,
        width=plan.out_grid.width,
        height=plan.out_grid.height,
        map_gsd_m=round(pixel_size(plan.grid)[0], 4),
        mapped_px=mapped,
        seconds=sum(result.seconds for result in made) + time.monotonic() - began,
        rate_px_s=mapped / max(mapping_s, 1e-9),
        device=made[0].device,
        precision=made[0].precision,
        backend=made[0].backend,
        remarks=tuple(context.remarks),
    )


def _join(raw: products.Products, role: str, blocks: Sequence[Block], upscale: int, context: JobContext) -> None:
    """Write the rows of one role of all blocks into the scene's raster."""
    nodata = raw.card.nodata if role == "classes" else products.NO_CONFIDENCE
    with RowWriter(raw.paths[role], raw.grid, 1, "uint8", nodata, raw.job.out) as writer:
        for (row0, row1), result in blocks:
            shape = ((row1 - row0) * upscale, raw.grid.width)
            if result is None:
                for first, last in row_blocks(shape[0]):
                    writer.write(np.full((1, last - first, shape[1]), nodata, np.uint8))
                continue
            path = result.classes if role == "classes" else str(result.confidence)
            with rasterio.open(path) as dataset:
                if dataset.shape != shape:
                    raise UrbanGrainError("image.unreadable", path=path, reason=f"it is not {shape[1]} x {shape[0]} px")
                for first, last in row_blocks(shape[0]):
                    context.check()
                    writer.write(dataset.read(window=Window(0, first, shape[1], last - first)))
