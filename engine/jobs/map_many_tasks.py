"""What one worker does for a job of many scenes: map a scene, map a block of its rows, put blocks together.

Every task may be given twice, to two workers, or again after its worker died: it first looks whether it is done, and it
goes on where a killed one stopped. Scenes and blocks are mapped by the map job (`map.run`), by nothing else.
"""

from __future__ import annotations

import dataclasses
import os
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from urbangrain.engine import __version__
from urbangrain.engine.context import JobContext
from urbangrain.engine.errors import UrbanGrainError
from urbangrain.engine.protocol import MapJob, MapResult, decode, encode
from urbangrain.engine.raster.outputs import FileLock
from urbangrain.engine.scenes import records

from . import map as map_job
from .map_many_merge import merge_blocks

NOTHING_THERE = ("area.no_overlap", "image.no_pixels")
"""What the map job says of a block without a single valid pixel."""

BUSY_S = 1.0
"""Seconds between two looks at a scene that another worker is mapping."""

Work = Callable[[MapJob], MapResult]


@dataclass(frozen=True)
class Task:
    """A scene, or a block of rows of one.

    Attributes
    ----------
    job : MapJob
        What to map, and where to.
    record : str
        Path of the task's record.
    fingerprint : str
        Of the scene (`records.fingerprint`) and the block.
    run : str
        Name of this run of the whole job: what it mapped is 'done', what an earlier run mapped is 'kept'.
    patient : bool
        Wait for another worker that maps the same, instead of refusing.
    scene : Task or None
        Of a block: its scene. Once that is done nobody needs its blocks.
    rows : (int, int)
        Of a block: its first row of the model's grid, and the one after its last.
    blocks : tuple of Task
        Of a scene: its blocks from top to bottom; none when it is mapped as a whole.
    pixels : int
        Pixels of the model's grid, about; for the progress.
    """

    job: MapJob
    record: str
    fingerprint: str
    run: str
    patient: bool = False
    scene: Task | None = None
    rows: tuple[int, int] = (0, 0)
    blocks: tuple[Task, ...] = ()
    pixels: int = 0
    version: str = __version__

    @property
    def outputs(self) -> list[str]:
        """Paths of what the task makes."""
        return [path for path in (self.job.out, self.job.confidence) if path]


@dataclass(frozen=True)
class Outcome:
    """What became of a task; JSON types and protocol messages only, since it crosses processes.

    ``state`` is as in `SceneResult`. ``result`` is None for what failed, and for a block without valid pixels.
    """

    state: str
    result: MapResult | None = None
    attempts: int = 1
    code: str = ""
    values: dict[str, Any] = field(default_factory=dict)


def map_task(task: Task, context: JobContext) -> Outcome:
    """Map a scene, or a block, unless it is done.

    Raises
    ------
    JobCancelled
        What was not done is left undone; a record of it is not.
    """
    return _once(task, context, lambda job: map_job.run(job, context))


def merge_task(task: Task, blocks: Sequence[Outcome], context: JobContext) -> Outcome:
    """Put a scene together from its blocks, unless it is done, and remove them."""
    failed = next((outcome for outcome in blocks if outcome.state == "failed"), None)
    if failed is not None and not _is_done(task):
        return failed
    made = [(block.rows, outcome.result) for block, outcome in zip(task.blocks, blocks)]
    outcome = _once(task, context, lambda job: merge_blocks(job, made, context))
    if outcome.state != "failed" and task.blocks:
        shutil.rmtree(Path(task.blocks[0].record).parent, ignore_errors=True)
    return outcome


def failure(error: BaseException) -> Outcome:
    """Word an error as an outcome."""
    if isinstance(error, UrbanGrainError):
        plain = (str, int, float, bool, type(None))
        values = {k: v if isinstance(v, plain) else str(v) for k, v in error.values.items()}
        return Outcome("failed", code=error.code, values=values)
    if isinstance(error, MemoryError):
        return Outcome("failed", code="job.memory")
    return Outcome("failed", code="job.unexpected", values={"reason": f"{type(error).__name__}: {error}"})


def _once(task: Task, context: JobContext, work: Work) -> Outcome:
    """Do a task that is not done; ``work`` takes the map job and returns its `MapResult`."""
    if task.scene is not None and _is_done(task.scene):
        return Outcome("kept")
    while True:
        try:
            if task.scene is not None and not task.scene.job.overwrite and not records.read(Path(task.scene.record)):
                _refuse_strangers(task.scene)  # before the work, not after it
            return _attempt(task, work)
        except UrbanGrainError as error:
            if error.code != "file.busy" or not task.patient:
                return failure(error)
        # Another worker has it, perhaps one that the scheduler has lost sight of: what it makes is ours too.
        end = time.monotonic() + BUSY_S
        while time.monotonic() < end:
            context.check()
            time.sleep(0.05)


def _is_done(task: Task) -> bool:
    record = Path(task.record)
    return records.is_done(record, records.read(record), task.fingerprint)


def _attempt(task: Task, work: Work) -> Outcome:
    path = Path(task.record)
    earlier = records.read(path)
    if records.is_done(path, earlier, task.fingerprint):
        return _there(task, earlier)
    try:
        lock = FileLock(path)
    except UrbanGrainError as error:
        raise UrbanGrainError(error.code, path=task.job.out) from error
    try:
        earlier = records.read(path)  # another worker may have written it just now
        return _there(task, earlier) if records.is_done(path, earlier, task.fingerprint) else _do(task, earlier, work)
    finally:
        lock.release()


def _do(task: Task, earlier: dict[str, Any], work: Work) -> Outcome:
    """Do a task whose record is locked."""
    path = Path(task.record)
    # A killed task may have renamed some of its outputs: those are no strangers' files.
    overwrite = task.job.overwrite or earlier.get("state") == "started"
    if not overwrite:
        _refuse_strangers(task)
    begun = records.started(earlier, task.fingerprint, task.run)
    records.write(path, begun)
    try:
        job = dataclasses.replace(task.job, overwrite=overwrite, resume=begun["attempts"] > 1)
        result = _or_nothing(task, work, job)
    except BaseException:
        records.restore(path, earlier)
        raise
    made = [output for output in task.outputs if result is not None]
    records.write(path, records.done(path, begun, made, encode(result) if result is not None else None))
    return Outcome("done", result, begun["attempts"])


def _refuse_strangers(task: Task) -> None:
    for output in task.outputs:
        if os.path.exists(output):
            raise UrbanGrainError("file.exists", path=output)


def _or_nothing(task: Task, work: Work, job: MapJob) -> MapResult | None:
    """Return what ``work`` makes; None for a block without a valid pixel, which is no fault of its scene."""
    try:
        return work(job)
    except UrbanGrainError as error:
        if task.scene is None or error.code not in NOTHING_THERE:
            raise
        return None


def _there(task: Task, record: dict[str, Any]) -> Outcome:
    """Return the outcome of a task that is done, as its record tells it; the folder may have been moved since."""
    result = decode(record["result"]) if record.get("result") else None
    if result is not None:
        result = dataclasses.replace(result, classes=task.job.out, confidence=task.job.confidence)
    return Outcome("done" if record.get("run") == task.run else "kept", result, int(record.get("attempts", 1)))
