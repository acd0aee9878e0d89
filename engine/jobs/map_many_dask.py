"""The tasks of a job of many scenes on a Dask cluster: whichever worker is free takes the next one.

A task whose worker dies is given to another, which goes on where the first one stopped: its finished rows lie beside
the output, on the file system that all workers share. Dask may give a task twice (it forgets what a worker knew when
it dies); records see to it that nothing is mapped twice.

Works with any scheduler: ``LocalCluster``, ``dask-jobqueue``, ``dask-cuda``. A worker process maps one scene at a
time, with as many CPU threads as Dask says it has, so workers of one thread or GPU each share the work best.
"""

from __future__ import annotations

import contextlib
import dataclasses
import logging
import threading
import time
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from urbangrain.engine import __version__
from urbangrain.engine.context import JobContext
from urbangrain.engine.errors import JobCancelled, UrbanGrainError

from .map_many_tasks import Outcome, Task, failure, map_task, merge_task

RETRIES = 2
"""Times that a task is tried again after an error that is not the scene's. Dying workers are Dask's own business."""

CONNECT_S = 15
POLL_S = 0.1
LISTEN_S = 0.5
"""How often a worker asks whether the job was cancelled."""

_ONE_AT_A_TIME = threading.Lock()


def run_on_dask(address: str, tasks: Sequence[Task], context: JobContext) -> Iterator[tuple[Task, Outcome]]:
    """Do all tasks on a cluster; yield each, blocks of scenes too, when it is over.

    Parameters
    ----------
    address : str
        Of the scheduler, or its scheduler file (.json).

    Raises
    ------
    UrbanGrainError
        ``dask.missing``, ``dask.unreachable``, ``dask.lost``.
    JobCancelled
        Workers are told; they stop within a second and leave nothing behind.
    """
    try:
        import distributed
    except ImportError as error:
        raise UrbanGrainError("dask.missing") from error
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters of it is said in a sentence
    try:
        where = {"scheduler_file": address} if address.lower().endswith(".json") else {"address": address}
        client = distributed.Client(**where, timeout=CONNECT_S, set_as_default=False, name="urbangrain")
    except (OSError, ValueError, distributed.TimeoutError) as error:
        reason = str(error).splitlines()[0].rstrip(".") if str(error) else type(error).__name__
        raise UrbanGrainError("dask.unreachable", address=address, reason=reason) from error
    stop = distributed.Event(f"urbangrain-stop-{uuid.uuid4().hex}", client=client)
    futures: dict[Any, Task] = {}
    try:
        for task in tasks:
            _submit(client, task, stop.name, futures)
        waiting = distributed.as_completed(list(futures), loop=client.loop)
        while not waiting.is_empty():
            context.check()
            if not waiting.has_ready():
                time.sleep(POLL_S)
                continue
            future = next(waiting)
            yield futures[future], _outcome(future, futures[future], address, context)
    except BaseException:
        with contextlib.suppress(Exception):  # the first error is the one to tell
            stop.set()
            client.cancel(list(futures), force=True)
        raise
    finally:
        client.close(timeout=2)


def _submit(client: Any, task: Task, stop: str, futures: dict[Any, Task]) -> None:
    options: dict[str, Any] = {"pure": False, "retries": RETRIES}
    blocks = [client.submit(work, block, stop, [], **options) for block in task.blocks]
    futures.update(zip(blocks, task.blocks))
    futures[client.submit(work, task, stop, blocks, **options)] = task


def _outcome(future: Any, task: Task, address: str, context: JobContext) -> Outcome:
    import distributed

    while True:
        context.check()
        try:
            outcome: Outcome = future.result(timeout=1)
            return outcome
        except distributed.TimeoutError as error:
            # Its worker died with the answer, and the task is looked at again; or the task itself timed out.
            if future.done() and future.status == "error":
                return failure(error)
        except distributed.KilledWorker:
            return Outcome("failed", code="many.worker_lost", values={"path": task.job.image})
        except Exception as error:
            if future.status in ("cancelled", "lost"):
                raise UrbanGrainError("dask.lost", address=address) from error
            return failure(error)


def work(task: Task, stop: str, blocks: Sequence[Outcome]) -> Outcome:
    """Do one task, in a worker.

    Parameters
    ----------
    stop : str
        Name of the Dask event that is set when the job is cancelled.
    blocks : sequence of Outcome
        Of a scene: its blocks' outcomes.
    """
    import distributed

    if task.version != __version__:
        return failure(UrbanGrainError("dask.version", theirs=__version__, ours=task.version))
    worker = distributed.get_worker()
    if not Path(task.record).parent.is_dir():
        return failure(UrbanGrainError("dask.out_of_sight", host=worker.address, path=task.record))
    if task.job.threads == 0:
        task = dataclasses.replace(task, job=dataclasses.replace(task.job, threads=worker.state.nthreads))
    context = JobContext()
    over = threading.Event()
    event = distributed.Event(stop, client=distributed.get_client())
    threading.Thread(target=_listen, args=(event, context, over), name="urbangrain-stop", daemon=True).start()
    try:
        while not _ONE_AT_A_TIME.acquire(timeout=LISTEN_S):
            context.check()
        try:
            return merge_task(task, blocks, context) if task.blocks else map_task(task, context)
        finally:
            _ONE_AT_A_TIME.release()
    except JobCancelled:
        return Outcome("failed")  # nobody reads it
    finally:
        over.set()


def _listen(event: Any, context: JobContext, over: threading.Event) -> None:
    """Hand a cancellation on to the task that runs."""
    while not over.wait(LISTEN_S):
        try:
            if event.is_set():
                context.cancelled.set()
                return
        except Exception:  # the scheduler is gone, and Dask ends this worker
            return
