"""What a map job will do, decided before any pixel is mapped; the pre-flight check decides the same way."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from rasterio.warp import transform_bounds

from urbangrain.engine.context import JobContext
from urbangrain.engine.inference.settings import settings_of
from urbangrain.engine.inference.windows import Region
from urbangrain.engine.models.card import ModelCard
from urbangrain.engine.protocol import InspectJob, MapJob
from urbangrain.engine.raster.area import Area, read_area
from urbangrain.engine.raster.grid import Grid, model_grid, pixel_size, same_grid, upright_grid
from urbangrain.engine.raster.source import Image


@dataclass(frozen=True)
class Plan:
    """What will be mapped: the model's grid over the image, the part of it that is wanted, and the outputs' grid.

    ``bands`` are `MapJob.bands` with every guess made. ``area`` is None when the whole image is wanted.
    """

    card: ModelCard
    bands: tuple[int, ...]
    image_grid: Grid
    grid: Grid
    area: Area | None
    region: Region
    out_grid: Grid

    @property
    def map_grid(self) -> Grid:
        """The part of the model's grid that is wanted."""
        return self.grid.part(self.region.row0, self.region.row1, self.region.col0, self.region.col1)


def make_plan(
    job: MapJob | InspectJob, card: ModelCard, image: Image, bands: tuple[int, ...], context: JobContext
) -> Plan:
    """Choose the grids and the part to map, and remark on what a person should know about them.

    Raises
    ------
    UrbanGrainError
        ``image.crs_unusable``, ``area.no_overlap`` and what is wrong with the layer of the area.
    """
    grid = model_grid(image.grid, card.gsd_min_m, card.gsd_max_m, image.path)
    upright = upright_grid(image.grid)
    if image.grid.rotated:
        context.remark("note.rotated")
    if image.grid.crs.is_geographic:
        context.remark("note.geographic")
    gsd, target = math.sqrt(math.prod(pixel_size(image.grid))), pixel_size(grid)[0]
    if abs(gsd / target - 1) > 0.02:
        context.remark("note.resample", gsd=round(gsd, 2), target=round(target, 2))
    if card.expects_8bit and image.dtype != np.uint8:
        context.remark("note.eight_bit", "warning", dtype=str(image.dtype))
    window = settings_of(job, card).window
    if job.window and job.window != window:
        context.remark("note.window_changed", asked=job.window, used=window)
    area = read_area(grid, image.path, job.aoi, job.aoi_layer, job.extent, job.extent_crs, context)
    bounds = area.bounds() if area is not None else None
    region = Region(*bounds) if bounds is not None else Region.whole(grid)
    part = grid.part(region.row0, region.row1, region.col0, region.col1)
    own = same_grid(grid, upright)
    if own or image.grid.rotated or getattr(job, "grid", "model") == "model":
        out_grid = part.finer(card.upscale)
    else:
        # A model that makes finer pixels keeps them: the image's grid is divided as often.
        out_grid = covering(upright, part).finer(card.upscale)
    return Plan(card, bands, image.grid, grid, area, region, out_grid)


def covering(upright: Grid, part: Grid) -> Grid:
    """Pixels of the image's (north-up) grid that a part of the model's grid touches."""
    t = part.transform
    bounds = (t.c, t.f + t.e * part.height, t.c + t.a * part.width, t.f)
    if part.crs != upright.crs:
        bounds = transform_bounds(part.crs, upright.crs, *bounds, densify_pts=33)
        if bounds[0] > bounds[2]:  # across the antimeridian: all columns
            bounds = (-math.inf, bounds[1], math.inf, bounds[3])
    u = upright.transform
    col0, col1 = _range((bounds[0] - u.c) / u.a, (bounds[2] - u.c) / u.a, upright.width)
    row0, row1 = _range((bounds[3] - u.f) / u.e, (bounds[1] - u.f) / u.e, upright.height)
    return upright.part(row0, row1, col0, col1)


def _range(first: float, last: float, limit: int) -> tuple[int, int]:
    """Whole pixels from ``first`` to ``last`` inside ``0 .. limit``, at least one."""
    low = math.floor(min(max(first + 1e-6, 0), limit - 1))
    high = math.ceil(min(max(last - 1e-6, low + 1), limit))
    return low, high
