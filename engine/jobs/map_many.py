"""Many scenes as one job: a map of each, through the map job, and a mosaic of them.

`run` reads as the recipe. A scene that fails costs the others nothing; a scene that is done is never mapped again.
"""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Sequence
from pathlib import Path

from urbangrain.engine.context import JobContext
from urbangrain.engine.errors import UrbanGrainError
from urbangrain.engine.models.card import ModelCard
from urbangrain.engine.models.registry import resolve_for_pixels
from urbangrain.engine.protocol import ClassArea, MapManyJob, MapManyResult, SceneResult
from urbangrain.engine.scenes import records
from urbangrain.engine.scenes.listing import list_scenes

from .map_many_dask import run_on_dask
from .map_many_local import run_here
from .map_many_mosaic import mosaic_of, refuse_foreign_mosaic
from .map_many_plan import plan_tasks
from .map_many_progress import Meter
from .map_many_tasks import Outcome, Task
from .map_values import refuse_what_needs_classes

_SCENE_S_OWN = ("note.resumed", "note.nothing_to_resume")
"""Remarks about one scene that say nothing about the job."""


def run(job: MapManyJob, context: JobContext) -> MapManyResult:
    """Map many scenes.

    Scenes that cannot be mapped are in the result with the reason, and a remark of severity 'error' counts them.

    Raises
    ------
    UrbanGrainError
        What stops the whole job: nothing to map, the model, the folder, the cluster. Scenes that are done stay.
    JobCancelled
        Scenes that are done stay; of the others nothing is left.
    """
    began = time.monotonic()
    context.progress("open", 0.0)
    card = resolve_for_pixels(job.model)
    confidence = job.out_dir if job.confidence else None
    refuse_what_needs_classes(job.scene_job(job.inputs[0], job.out_dir, confidence), card)  # before the first scene
    scenes = list_scenes(job.inputs, job.asset)
    folder = _folder(job)
    refuse_foreign_mosaic(job, folder)
    tasks = plan_tasks(job, scenes, card, uuid.uuid4().hex, context)
    outcomes = _map_all(job, tasks, context)
    results = tuple(_scene(task, outcomes[task.record]) for task in tasks)
    made = [o for task in tasks if (o := outcomes[task.record]).result is not None]
    for outcome in made:
        for remark in outcome.result.remarks if outcome.result is not None else ():
            if remark.code not in _SCENE_S_OWN:
                context.remark(remark.code, remark.severity, **remark.values)
    failed = sum(scene.state == "failed" for scene in results)
    kept = sum(scene.state == "kept" for scene in results)
    if kept:
        context.remark("note.scenes_kept", count=kept)
    if failed:
        context.remark("many.some_failed", "error", failed=failed, count=len(results))
    mosaic = mosaic_of(job, folder, tasks, results, context)
    seconds = time.monotonic() - began
    mapped = sum(scene.mapped_px for scene in results if scene.state == "done")
    devices = dict.fromkeys(o.result.device for o in made if o.result is not None)
    return MapManyResult(
        out_dir=str(folder),
        scenes=results,
        mosaic=mosaic,
        model=card.id,
        model_title=card.title,
        class_infos=card.classes,
        areas=_areas(card, made),
        mapped_px=mapped,
        seconds=seconds,
        rate_px_s=mapped / max(seconds, 1e-9),
        device=", ".join(devices),
        remarks=tuple(context.remarks),
    )


def _folder(job: MapManyJob) -> Path:
    """Make the output folder and what is hidden in it."""
    folder = Path(job.out_dir).absolute()
    if any(os.path.isdir(given) and os.path.realpath(given) == os.path.realpath(folder) for given in job.inputs):
        raise UrbanGrainError("many.folder_is_input", folder=str(folder))  # the next run would map the maps
    try:
        (folder / records.FOLDER / "scenes").mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UrbanGrainError("file.not_writable", path=str(folder), reason=error.strerror or str(error)) from error
    return folder


def _map_all(job: MapManyJob, tasks: Sequence[Task], context: JobContext) -> dict[str, Outcome]:
    """Map what is not done, here or on the cluster; returns the outcome of each scene by its record's path."""
    for block in (block for task in tasks for block in task.blocks[:1]):
        Path(block.record).parent.mkdir(parents=True, exist_ok=True)
    meter = Meter(tasks, context)
    running = run_on_dask(job.dask, tasks, context) if job.dask else run_here(tasks, context, meter.part)
    outcomes = {}
    for task, outcome in running:
        meter.add(task, outcome)
        if task.scene is None:
            outcomes[task.record] = outcome
    return outcomes


def _scene(task: Task, outcome: Outcome) -> SceneResult:
    name = Path(task.record).stem
    made = outcome.result
    if made is None:
        return SceneResult(task.job.image, name, "failed", code=outcome.code, values=outcome.values)
    return SceneResult(
        task.job.image, name, outcome.state, made.classes, made.confidence, made.mapped_px, made.seconds,
        outcome.attempts,
    )  # fmt: skip


def _areas(card: ModelCard, made: Sequence[Outcome]) -> tuple[ClassArea, ...]:
    pixels = dict.fromkeys((c.value for c in card.classes), 0)
    areas = dict.fromkeys(pixels, 0.0)
    for one in (area for outcome in made if outcome.result is not None for area in outcome.result.areas):
        pixels[one.value] += one.pixels
        areas[one.value] += one.area_m2
    return tuple(ClassArea(c.value, c.name, c.colour, pixels[c.value], areas[c.value]) for c in card.classes)
