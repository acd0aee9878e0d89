"""The last step of a job of many scenes: its mosaic, made anew when a scene has changed."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from urbangrain.engine.context import JobContext
from urbangrain.engine.errors import UrbanGrainError
from urbangrain.engine.protocol import MapManyJob, SceneResult
from urbangrain.engine.scenes import records
from urbangrain.engine.scenes.mosaic import make_mosaic
from urbangrain.engine.watch import watched

from .map_many_progress import Meter
from .map_many_tasks import Task

_NAMES = {"vrt": "mosaic.vrt", "cog": "mosaic.tif"}


def refuse_foreign_mosaic(job: MapManyJob, folder: Path) -> None:
    """Raise ``file.exists`` where the mosaic's name is taken by a file that no run of such a job made."""
    if job.mosaic != "none" and not job.overwrite:
        out, record = _paths(job, folder)
        earlier = records.read(record)
        ours = earlier.get("state") == "started" or records.is_done(record, earlier, str(earlier.get("fingerprint")))
        if os.path.exists(out) and not ours:
            raise UrbanGrainError("file.exists", path=str(out))


def mosaic_of(
    job: MapManyJob, folder: Path, tasks: Sequence[Task], scenes: Sequence[SceneResult], context: JobContext
) -> str | None:
    """Make the mosaic of the scenes that are mapped; returns its path, None where there is none.

    What goes wrong becomes a remark, because the scenes are done all the same.

    Parameters
    ----------
    tasks, scenes : sequence
        In the same order.

    Raises
    ------
    JobCancelled
    """
    shown = [(task, scene) for task, scene in zip(tasks, scenes) if scene.classes]
    if job.mosaic == "none" or not shown:
        return None
    context.progress("mosaic", Meter.MAPPED)
    out, record = _paths(job, folder)
    what = [[scene.name, task.fingerprint] for task, scene in shown]
    same = hashlib.sha256(repr(what).encode()).hexdigest()
    cog = job.mosaic == "cog"
    # A VRT takes no time, and making it says again whether scenes overlap.
    if cog and records.is_done(record, records.read(record), same):
        return str(out)
    maps = [str(scene.classes) for _, scene in shown]
    hidden = folder / records.FOLDER / "warped"
    begun = records.started({}, same, "")
    try:
        records.write(record, begun)
        watched(context, lambda: make_mosaic(maps, out, cog, hidden, True, context, shown[0][1].image))
        records.write(record, records.done(record, begun, [str(out)], None))
    except UrbanGrainError as error:
        context.remark(error.code, "error", **error.values)
        return None
    if cog:
        shutil.rmtree(hidden, ignore_errors=True)
    return str(out)


def _paths(job: MapManyJob, folder: Path) -> tuple[Path, Path]:
    """Return the mosaic's path and its record's."""
    name = _NAMES[job.mosaic]
    return folder / name, folder / records.FOLDER / f"{name}.json"
