"""The tasks of a job of many scenes: one for each scene, and one for each block of rows of a large scene."""

from __future__ import annotations

import dataclasses
import math
import os
from collections.abc import Sequence
from pathlib import Path

from urbangrain.engine.context import JobContext
from urbangrain.engine.errors import UrbanGrainError
from urbangrain.engine.models.card import ModelCard
from urbangrain.engine.protocol import MapJob, MapManyJob
from urbangrain.engine.raster.bands import choose_bands
from urbangrain.engine.raster.grid import Grid
from urbangrain.engine.raster.sink import TILE
from urbangrain.engine.raster.source import Image, gdal_settings
from urbangrain.engine.scenes import records
from urbangrain.engine.scenes.listing import Scene, is_remote

from .map_many_tasks import Task
from .map_plan import make_plan

CLUSTER_BLOCK_MPX = 400.0
"""Megapixels of a block on a cluster where nobody says: some minutes of one GPU, or an hour of some CPU cores."""


def plan_tasks(
    job: MapManyJob, scenes: Sequence[Scene], card: ModelCard, run: str, context: JobContext
) -> tuple[Task, ...]:
    """Return a task for each scene, in order.

    Parameters
    ----------
    run : str
        Name of this run.
    """
    folder = Path(job.out_dir).absolute()
    # Workers on other machines have working directories of their own.
    model = os.path.abspath(job.model) if os.path.exists(job.model) else job.model
    block_px = 1e6 * (job.block_mpx or (CLUSTER_BLOCK_MPX if job.dask else math.inf))
    tasks = []
    for number, scene in enumerate(scenes):
        context.progress("open", 0.02 * number / len(scenes))
        image = scene.path if is_remote(scene.path) else os.path.abspath(scene.path)
        confidence = str(folder / f"{scene.name}_confidence.tif") if job.confidence else None
        one = job.scene_job(image, str(folder / f"{scene.name}_classes.tif"), confidence)
        one = dataclasses.replace(one, model=model)
        record = folder / records.FOLDER / "scenes" / f"{scene.name}.json"
        grid = _grid(one, card)
        pixels = grid.width * grid.height if grid is not None else 0
        task = Task(one, str(record), records.fingerprint(one, card), run, bool(job.dask), pixels=pixels)
        if grid is not None and pixels > block_px and card.classes:
            under = folder / records.FOLDER / "blocks" / scene.name
            task = dataclasses.replace(task, blocks=tuple(_blocks(task, grid, block_px, under)))
        tasks.append(task)
    return tuple(tasks)


def _grid(job: MapJob, card: ModelCard) -> Grid | None:
    """Return the model's grid over a scene; None where the scene cannot be mapped, which mapping it will explain."""
    silent = JobContext()
    try:
        with gdal_settings(), Image(job.image) as image:
            return make_plan(job, card, image, choose_bands(image, card.bands, job.bands, silent), silent).grid
    except UrbanGrainError:
        return None


def _blocks(scene: Task, grid: Grid, block_px: float, folder: Path) -> list[Task]:
    """Cut a scene into blocks of about as many rows, multiples of a tile's."""
    count = math.ceil(grid.width * grid.height / block_px)
    rows = max(1, math.ceil(grid.height / count / TILE)) * TILE
    blocks = []
    for row0 in range(0, grid.height, rows):
        row1 = min(row0 + rows, grid.height)
        west, north = grid.transform * (0, row0)
        east, south = grid.transform * (grid.width, row1)
        name = f"{row0}-{row1}"
        one = dataclasses.replace(
            scene.job,
            out=str(folder / f"{name}.tif"),
            confidence=str(folder / f"{name}_confidence.tif") if scene.job.confidence else None,
            extent=(west, south, east, north),  # without a CRS of its own: in the model's grid's
            grid="model",
            min_patch_m2=0.0,
            fill_holes_m2=0.0,
            overwrite=True,
        )
        blocks.append(
            dataclasses.replace(
                scene,
                job=one,
                record=str(folder / f"{name}.json"),
                fingerprint=f"{scene.fingerprint}:{name}",
                scene=scene,
                rows=(row0, row1),
                pixels=grid.width * (row1 - row0),
            )
        )
    return blocks if len(blocks) > 1 else []
