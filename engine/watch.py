"""Steps that cannot be interrupted, made so that their job can be."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from urbangrain.engine.context import JobContext

WATCH_S = 0.05
"""How often it is looked whether the job was cancelled."""

T = TypeVar("T")


def watched(context: JobContext, work: Callable[[], T]) -> T:
    """Run ``work`` in a thread of its own and wait for it, or for the job's cancellation.

    A long call into GDAL, GEOS or CUDA cannot be stopped from outside. When the job is cancelled the caller goes on at
    once and the call ends by itself, with nobody waiting for what it makes; ``work`` should look at the context between
    such calls.

    Raises
    ------
    JobCancelled
    Exception
        Whatever ``work`` raises.
    """
    done: list[T] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            done.append(work())
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=run, name="urbangrain-step", daemon=True)
    thread.start()
    while thread.is_alive():
        context.check()
        thread.join(WATCH_S)
    if failed:
        raise failed[0]
    return done[0]
