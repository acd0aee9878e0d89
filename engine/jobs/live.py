"""The live view: map what a screen shows, tile by tile from its centre, and remember the tiles.

Nothing is written. Tiles lie on a lattice of the image, so that a view that moves a little finds most of them made.
"""

from __future__ import annotations

import base64
import math
import time
import zlib
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from affine import Affine
from rasterio.crs import CRS
from rasterio.errors import CRSError as RasterioCRSError
from rasterio.warp import transform_bounds

from urbangrain.engine.context import JobContext
from urbangrain.engine.errors import UrbanGrainError
from urbangrain.engine.inference.settings import Settings, settings_of
from urbangrain.engine.inference.tiles import Lattice, map_tiles
from urbangrain.engine.models.card import ModelCard
from urbangrain.engine.models.registry import resolve_for_pixels
from urbangrain.engine.protocol import LiveJob, LiveResult, LiveTile, MapJob
from urbangrain.engine.raster.bands import choose_bands
from urbangrain.engine.raster.grid import Grid, model_grid, pixel_size
from urbangrain.engine.raster.model_image import ModelImage
from urbangrain.engine.raster.source import GDAL_ERRORS, Image, gdal_settings
from urbangrain.engine.raster.statistics import scene_affine
from urbangrain.engine.raster.thinned import at_resolution
from urbangrain.engine.watch import watched

from .live_memory import LiveMemory, stamp

_MEMORY = LiveMemory()  # what one view leaves for the next; a worker has one screen


SLOW = 4
"""Decimation without overviews from which on a person should know why a view takes long."""


@dataclass(frozen=True)
class View:
    """What is on the screen: tiles ``places`` of a lattice, ``level`` halvings coarser than the model's grid."""

    level: int
    lattice: Lattice
    places: list[tuple[int, int]]


def run(job: LiveJob, context: JobContext) -> LiveResult:
    """Show a view; tiles go to `JobContext.on_tile` as they are made.

    Raises
    ------
    UrbanGrainError
        As a map job does for the image, the model and the device; ``model.no_live_view`` for a model whose answer is
        not classes.
    JobCancelled
        Within the time of a tile.
    """
    began = time.monotonic()
    card = resolve_for_pixels(job.model)
    if not card.classes:
        raise UrbanGrainError("model.no_live_view", model=card.id)
    settings = _settings(job, card)
    with gdal_settings(), Image(job.image) as image:
        bands = choose_bands(image, card.bands, job.bands, context)
        view = look(image.grid, card, settings, job)
        gsd = pixel_size(view.lattice.grid)[0]
        context.progress("load", 0.0, 0, len(view.places))
        backend = watched(context, lambda: _MEMORY.backend(card, job.device, job.precision))
        scene = (stamp(job.image), card.weights_sha256 or stamp(str(card.weights)), repr(card.network_options), bands)
        affine = _MEMORY.affine(scene, lambda: scene_affine(image, bands, card.scaling, context.check))
        how = (job.flips, settings.window, backend.name, backend.precision, view.level)
        names = {place: (*scene, *how, *place) for place in view.places}
        known = [place for place in view.places if _MEMORY.tile(names[place]) is not None]
        for place in known:
            context.check()
            _show(_MEMORY.tile(names[place]), context)
        missing = [place for place in view.places if _MEMORY.tile(names[place]) is None]
        with at_resolution(image, gsd, context.check) as coarse:
            if missing and coarse.decimated >= SLOW:
                context.remark("note.no_overviews")
            source = ModelImage(coarse, bands, view.lattice.grid)
            made = map_tiles(source, view.lattice, missing, affine, backend, settings, context.check)
            for done, (place, classes) in enumerate(made, len(known) + 1):
                tile = as_tile(view, place, classes, card)
                _MEMORY.keep(names[place], tile)
                _show(tile, context)
                context.progress("map", done / len(view.places), done, len(view.places))
    return LiveResult(
        tiles=len(view.places),
        cached=len(known),
        level=view.level,
        gsd_m=round(gsd, 4),
        in_range=card.gsd_min_m * 0.98 <= gsd <= card.gsd_max_m * 1.02,
        seconds=time.monotonic() - began,
        device=backend.device_name,
        remarks=tuple(context.remarks),
    )


def look(image: Grid, card: ModelCard, settings: Settings, job: LiveJob) -> View:
    """Find the tiles that a screen shows, and at which resolution.

    Raises
    ------
    UrbanGrainError
        ``image.crs_unusable`` for an image, or a screen, whose coordinate system is not one.
    """
    base = model_grid(image, card.gsd_min_m, card.gsd_max_m, job.image)
    own = pixel_size(base)[0]
    try:
        crs = CRS.from_user_input(job.extent_crs)
    except (RasterioCRSError, ValueError) as error:
        raise UrbanGrainError("image.crs_unusable", path=job.image, reason=str(error)) from error
    level = max(0, round(math.log2(_screen_gsd(job, crs) / own)))
    grid = base if level == 0 else model_grid(image, own * 2**level, own * 2**level, job.image)
    lattice = Lattice.of(grid, settings)
    return View(level, lattice, lattice.around(*_seen(job, crs, grid)))


def _screen_gsd(job: LiveJob, crs: CRS) -> float:
    """Metres on the ground of a pixel in the middle of the screen."""
    west, south, east, north = job.extent
    step = (east - west) / job.screen_px
    pixel = Grid(crs, Affine(step, 0, (west + east) / 2, 0, -step, (south + north) / 2), 1, 1)
    try:
        return pixel_size(pixel, job.image)[0]
    except UrbanGrainError:  # so far out that its middle is nowhere: the plane's own measure will do
        return step * (111_320.0 if crs.is_geographic else crs.linear_units_factor[1])


def _seen(job: LiveJob, crs: CRS, grid: Grid) -> tuple[float, float, float, float]:
    """First and last row, first and last column of a grid on the screen; the whole grid where PROJ cannot say."""
    whole = (0.0, float(grid.height), 0.0, float(grid.width))
    try:
        left, bottom, right, top = transform_bounds(crs, grid.crs, *job.extent, densify_pts=21)
    except GDAL_ERRORS:
        return whole
    if not np.isfinite([left, bottom, right, top]).all() or left > right:
        return whole
    inverse = ~grid.transform
    corners = [inverse * (x, y) for x in (left, right) for y in (bottom, top)]
    columns, rows = [x for x, _ in corners], [y for _, y in corners]
    return min(rows), max(rows), min(columns), max(columns)


def as_tile(view: View, place: tuple[int, int], classes: npt.NDArray[np.int16], card: ModelCard) -> LiveTile:
    """Pack a tile's class indices (-1: none) as class values."""
    top, bottom, left, right = view.lattice.bounds(*place)
    grid = view.lattice.grid.part(top, bottom, left, right).finer(card.upscale)
    values = np.array([c.value for c in card.classes] + [card.nodata], np.uint8)
    packed = base64.b64encode(zlib.compress(values[classes].tobytes(), 1)).decode("ascii")
    code = grid.crs.to_string() if grid.crs.to_epsg() else grid.crs.to_wkt()
    t = grid.transform
    return LiveTile(view.level, *place, grid.width, grid.height, (t.a, t.b, t.c, t.d, t.e, t.f), code, packed)


def _settings(job: LiveJob, card: ModelCard) -> Settings:
    return settings_of(MapJob(job.image, job.model, "-", blend="crop", flips=job.flips), card)


def _show(tile: LiveTile | None, context: JobContext) -> None:
    if tile is not None:
        context.on_tile(tile)
