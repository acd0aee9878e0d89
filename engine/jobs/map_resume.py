"""Going on with a map job that was killed: what it must have in common with the new one, and where it stopped."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
from typing import Any

from urbangrain.engine.inference.backends import Backend
from urbangrain.engine.inference.settings import settings_of
from urbangrain.engine.inference.windows import Region
from urbangrain.engine.protocol import MapJob
from urbangrain.engine.raster.scaling import BandAffine

from .map_plan import Plan

FOLDER = "scratch-journal"
"""Name of the journal's folder among a job's temporary files."""


def fingerprint(job: MapJob, plan: Plan, affine: BandAffine, backend: Backend) -> str:
    """Return a hash of all that decides the rows of a map; batch, threads and device leave them as they are."""
    settings = dataclasses.replace(settings_of(job, plan.card), batch=0, rows=0)
    grid = plan.grid
    parts: dict[str, Any] = {
        "image": _file(job.image),
        "aoi": [_file(job.aoi), job.aoi_layer, job.extent, job.extent_crs],
        "weights": plan.card.weights_sha256,
        "output": dict(plan.card.network_options),
        "bands": plan.bands,
        "grid": [grid.crs.to_wkt(), tuple(grid.transform), grid.width, grid.height],
        "region": dataclasses.astuple(plan.region),
        "settings": dataclasses.astuple(settings),
        "scaling": [affine.offset.tolist(), affine.gain.tolist(), affine.low, affine.high],
        "network": [backend.name, backend.precision],
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()


def _file(path: str | None) -> list[Any]:
    if path is None:
        return []
    if not os.path.exists(path):
        return [path]
    status = os.stat(path)
    return [os.path.realpath(path), status.st_size, status.st_mtime_ns]


def rest_of(region: Region, rows: int, upscale: int) -> Region | None:
    """Return the part of a region that is left after ``rows`` output rows, or None when all are there."""
    first = region.row0 + rows // upscale
    return Region(first, region.row1, region.col0, region.col1) if first < region.row1 else None
