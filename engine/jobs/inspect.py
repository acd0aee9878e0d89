"""The pre-flight check: what an image is, how it fits a model, and what mapping it would take; reads a few blocks."""

from __future__ import annotations

import os
import sys
from typing import Any

import numpy as np

from urbangrain.engine.context import JobContext
from urbangrain.engine.errors import UrbanGrainError
from urbangrain.engine.inference.rates import network_rate
from urbangrain.engine.inference.settings import settings_of
from urbangrain.engine.models.card import ModelCard
from urbangrain.engine.models.registry import resolve_for_parcels, resolve_for_pixels
from urbangrain.engine.protocol import InspectJob, InspectResult
from urbangrain.engine.raster.bands import choose_bands, describe_bands, guess_bands
from urbangrain.engine.raster.grid import Grid, pixel_size
from urbangrain.engine.raster.source import Image, gdal_settings

from .map_plan import Plan, make_plan

LOOK = 96
"""Side in pixels of the blocks that are looked at for the range of values."""


def run(job: InspectJob, context: JobContext) -> InspectResult:
    """Look at an image.

    An image that cannot be opened or placed on the ground raises; anything else that would stop a map job comes back as
    a remark of severity 'error'.

    Raises
    ------
    UrbanGrainError
    """
    resolve = resolve_for_parcels if job.for_parcels else resolve_for_pixels
    card = resolve(job.model) if job.model else None
    with gdal_settings(), Image(job.image) as image:
        infos = describe_bands(image)
        bands, guess, plan = None, None, None
        if card is not None:
            guess = guess_bands(image, card.bands, JobContext())
            try:
                bands = choose_bands(image, card.bands, job.bands, context)
            except UrbanGrainError as error:
                context.remark(error.code, "error", **error.values)
            if job.for_parcels:
                _fit_parcels(card, image, context)
            else:
                try:
                    plan = make_plan(job, card, image, bands or (), context)
                except UrbanGrainError as error:
                    context.remark(error.code, "error", **error.values)
        spectral = [i.number for i in infos if i.role != "alpha"]
        _values(image, [b for b in bands or spectral[:4] if b], context)
        gsd = float(np.sqrt(np.prod(pixel_size(image.grid, image.path))))
    device = quick_device(job.device)
    map_grid, pixels = _extent_of(plan, image.grid)
    seconds = _estimate(job, card, plan, pixels, device)
    if card is not None and not job.for_parcels:
        values: dict[str, Any] = {
            "megapixels": round(pixels / 1e6, 1 if pixels < 1e8 else None) if pixels >= 50_000 else 0.1,
            "gsd": round(pixel_size(map_grid)[0], 2),
            "device": device,
        }
        if seconds >= 0:
            context.remark("note.size_time", time=duration(seconds), **values)
        else:
            context.remark("note.size", **values)
        if device == "?":
            context.remark("device.unavailable", "error", device=job.device, available="cpu")
    return InspectResult(
        width=image.grid.width,
        height=image.grid.height,
        dtype=str(image.dtype),
        crs=_authority(image.grid),
        gsd_m=gsd,
        nodata=next((n for n in image.nodata if n is not None), None),
        bands=infos,
        bands_guess=guess,
        map_width=map_grid.width,
        map_height=map_grid.height,
        map_gsd_m=pixel_size(map_grid)[0],
        map_px=pixels,
        estimate_s=seconds,
        device=device,
        remarks=tuple(context.remarks),
    )


def _fit_parcels(card: ModelCard, image: Image, context: JobContext) -> None:
    """Remark on what is done to the image before a model of parcels sees it."""
    gsd = float(np.sqrt(np.prod(pixel_size(image.grid))))
    target = min(max(gsd, card.gsd_min_m), card.gsd_max_m)
    if abs(gsd / target - 1) > 0.02:
        context.remark("note.resample", gsd=round(gsd, 2), target=round(target, 2))
    if card.expects_8bit and image.dtype != np.uint8:
        context.remark("note.eight_bit", "warning", dtype=str(image.dtype))


def quick_device(device: str) -> str:
    """Device that a job would take, without loading torch where the machine plainly has no GPU; '?' for none."""
    if device == "cpu" or ("torch" not in sys.modules and not _may_have_gpu()):
        return "cpu" if device in ("auto", "cpu") else "?"
    from urbangrain.engine.inference.backends import choose_devices, describe_device

    try:
        return ", ".join(describe_device(one) for one in choose_devices(device))
    except UrbanGrainError:
        return "?"


def _may_have_gpu() -> bool:
    return sys.platform == "win32" or any(
        os.path.exists(p) for p in ("/dev/nvidiactl", "/proc/driver/nvidia/version", "/dev/kfd", "/dev/dxg")
    )


def _values(image: Image, bands: list[int], context: JobContext) -> None:
    """Remark on pixel type and range, from a lattice of small blocks."""
    found = []
    for row in _places(image.grid.height):
        for col in _places(image.grid.width):
            try:
                values, valid = image.read(
                    bands, row, min(row + LOOK, image.grid.height), col, min(col + LOOK, image.grid.width)
                )
            except UrbanGrainError as error:
                context.remark(error.code, "error", **error.values)
                return
            found.append(values[:, valid].ravel())
    together = np.concatenate(found) if found else np.zeros(0, np.float32)
    if not together.size:
        return  # nodata where we looked; whether everywhere, the run will say
    low, high = (float(v) for v in np.percentile(together, [2, 98]))
    context.remark("note.depth", dtype=str(image.dtype), low=float(f"{low:.3g}"), high=float(f"{high:.3g}"))


def _places(length: int) -> list[int]:
    return sorted({max(0, min(length - LOOK, int(length * share))) for share in (0.2, 0.5, 0.8)})


def _extent_of(plan: Plan | None, image: Grid) -> tuple[Grid, int]:
    """Grid that would be mapped, and how many of its pixels are wanted."""
    if plan is None:
        return image, image.width * image.height
    if plan.area is None:
        return plan.map_grid, plan.map_grid.width * plan.map_grid.height
    return plan.map_grid, max(1, round(plan.area.pixels()))


def _estimate(job: InspectJob, card: ModelCard | None, plan: Plan | None, pixels: int, device: str) -> float:
    if card is None or plan is None:
        return -1.0
    rate = network_rate(card.weights_sha256, device)
    if rate is None:
        return -1.0
    return pixels * settings_of(job, card).passes / rate


def duration(seconds: float) -> str:
    """Word a length of time: '5 s', '3 min', '2 h 10 min'."""
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"


def _authority(grid: Grid) -> str:
    authority = grid.crs.to_authority()
    return ":".join(authority) if authority else grid.crs.to_wkt()
