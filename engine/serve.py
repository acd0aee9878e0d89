"""The worker: requests as JSON lines on stdin, events as JSON lines on stdout, logs on stderr.

Jobs run one at a time in the order they came, in a thread of their own, so that a cancel is heard while a job runs. End
of stdin means that the plugin is gone: what runs is stopped, and the process ends.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import queue
import sys
import threading
import time
import traceback
from dataclasses import dataclass, field
from typing import Any, TextIO

from urbangrain.engine import __version__, jobs
from urbangrain.engine.context import JobContext, ProgressReport
from urbangrain.engine.devices import quick_devices
from urbangrain.engine.errors import JobCancelled, UrbanGrainError
from urbangrain.engine.memory import keep_freed_memory
from urbangrain.engine.protocol import (
    PROTOCOL_VERSION,
    AdaptJob,
    Cancel,
    Cancelled,
    Event,
    Failed,
    Finished,
    Hello,
    Job,
    LiveTile,
    Progress,
    ProtocolError,
    Run,
    Shutdown,
    Started,
    TileReady,
    TrainingPoint,
    TrainJob,
    TrainPoint,
    from_line,
    to_line,
)

PROGRESS_INTERVAL_S = 0.1
EXIT_PATIENCE_S = 2.0
IDLE_S = 0.3  # after so long without a request the worker loads what the first job will need
log = logging.getLogger("urbangrain")


@dataclass
class _Entry:
    """One job on its way: waiting, running, answered."""

    id: str
    job: Job
    context: JobContext = field(default_factory=JobContext)
    started: bool = False
    answered: bool = False


class Worker:
    """Takes requests, runs jobs, sends events. ``send`` may be called from any thread."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._writing = threading.Lock()
        self._state = threading.Lock()
        self._waiting: queue.Queue[_Entry | None] = queue.Queue()
        self._entries: dict[str, _Entry] = {}
        self._thread = threading.Thread(target=self._run_jobs, name="jobs", daemon=True)

    def serve(self, lines: TextIO) -> None:
        """Answer requests until the input ends or asks for it."""
        self.send(Hello(PROTOCOL_VERSION, __version__, os.getpid(), quick_devices()))
        self._thread.start()
        for line in lines:
            if not line.strip():
                continue
            try:
                request = from_line(line)
            except ProtocolError as error:
                values = {"field": error.field or "line", "problem": error.problem}
                self.send(Failed(_id_in(line), "job.invalid", values))
                continue
            if isinstance(request, Run):
                self._accept(request)
            elif isinstance(request, Cancel):
                self._cancel(request.id)
            elif isinstance(request, Shutdown):
                break
            else:
                values = {"field": "kind", "problem": "is not a request"}
                self.send(Failed(_id_in(line), "job.invalid", values))
        self.close()

    def close(self) -> None:
        """Stop everything that waits or runs, and give the running job a moment to tidy up."""
        with self._state:
            entries = list(self._entries.values())
        for entry in entries:
            entry.context.cancelled.set()
        self._waiting.put(None)
        self._thread.join(EXIT_PATIENCE_S)

    def send(self, event: Event) -> None:
        """Write one event; a closed pipe is not an error, the end of stdin follows it."""
        with self._writing, contextlib.suppress(BrokenPipeError, ValueError):
            self._out.write(to_line(event))
            self._out.flush()

    def _accept(self, request: Run) -> None:
        entry = _Entry(request.id, request.job)
        with self._state:
            known = request.id in self._entries
            if not known:
                self._entries[request.id] = entry
        if known:
            self.send(Failed(request.id, "job.invalid", {"field": "id", "problem": "is in use by another job"}))
            return
        reporter = _Reporter(self, entry)
        entry.context.on_progress = reporter.report
        entry.context.on_tile = reporter.show
        entry.context.on_point = reporter.plot
        self._waiting.put(entry)

    def _cancel(self, identifier: str) -> None:
        """Answer at once; the thread may need a moment to leave a long call, and the next job waits for it.

        A training that runs answers for itself: it may have weights to keep.
        """
        with self._state:
            entry = self._entries.get(identifier)
        if entry is not None:
            entry.context.cancelled.set()
            if not (entry.started and isinstance(entry.job, (TrainJob, AdaptJob))):
                self._answer(entry, Cancelled(identifier))

    def _answer(self, entry: _Entry, event: Finished | Failed | Cancelled) -> bool:
        """Send a job's last event, once."""
        with self._state:
            if entry.answered:
                return False
            entry.answered = True
            self._entries.pop(entry.id, None)
        self.send(event)
        return True

    def _run_jobs(self) -> None:
        warm = False
        while True:
            try:
                entry = self._waiting.get(timeout=None if warm else IDLE_S)
            except queue.Empty:
                # In this thread and not beside it: two threads that import the same package meet half-made modules.
                _warm_up()
                warm = True
                continue
            if entry is None:
                return
            if entry.context.cancelled.is_set():
                self._answer(entry, Cancelled(entry.id))
                continue
            entry.started = True
            if entry.context.cancelled.is_set():  # between the two lines above
                self._answer(entry, Cancelled(entry.id))
                continue
            self.send(Started(entry.id))
            self._answer(entry, _outcome(entry))


class _Reporter:
    """Passes progress on, a few times a second; a change of stage and the end always pass."""

    def __init__(self, worker: Worker, entry: _Entry) -> None:
        self._worker, self._entry = worker, entry
        self._last = 0.0
        self._stage = ""

    def report(self, report: ProgressReport) -> None:
        now = time.monotonic()
        due = now - self._last >= PROGRESS_INTERVAL_S or report.stage != self._stage or report.fraction >= 1.0
        if due and not self._entry.answered:
            self._last, self._stage = now, report.stage
            values = (report.stage, report.fraction, report.done, report.total, report.rate, report.eta_s)
            self._worker.send(Progress(self._entry.id, *values))

    def show(self, tile: LiveTile) -> None:
        if not self._entry.answered:
            self._worker.send(TileReady(self._entry.id, tile))

    def plot(self, point: TrainPoint) -> None:
        if not self._entry.answered:
            self._worker.send(TrainingPoint(self._entry.id, point))


def _outcome(entry: _Entry) -> Finished | Failed | Cancelled:
    try:
        return Finished(entry.id, jobs.run(entry.job, entry.context))
    except JobCancelled:
        return Cancelled(entry.id)
    except UrbanGrainError as error:
        log.info("job %s: %s", entry.id, error)
        return Failed(entry.id, error.code, _plain(error.values), traceback.format_exc())
    except ProtocolError as error:
        values = {"field": error.field, "problem": error.problem}
        return Failed(entry.id, "job.invalid", values, traceback.format_exc())
    except MemoryError:
        return Failed(entry.id, "job.memory", {}, traceback.format_exc())
    except Exception as error:
        log.exception("job %s failed", entry.id)
        reason = f"{type(error).__name__}: {error}"
        return Failed(entry.id, "job.unexpected", {"reason": reason}, traceback.format_exc())


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """Keep JSON types, word the rest: an error must never fail to be sent."""
    return {k: v if isinstance(v, (str, int, float, bool, type(None))) else str(v) for k, v in values.items()}


def _id_in(line: str) -> str:
    """Find the job's id in a line that could not be decoded, so that somebody is told."""
    try:
        identifier = json.loads(line)["id"]
    except (ValueError, KeyError, TypeError):
        return ""
    return identifier if isinstance(identifier, str) else ""


def _warm_up() -> None:
    """Load what the first job will need, while the person is still choosing."""
    try:
        import urbangrain.engine.jobs.inspect
        import urbangrain.engine.jobs.map  # noqa: F401
    except Exception:
        log.exception("warming up failed; the job that needs the module will say why")


def main() -> int:
    """Run a worker on this process's stdin and stdout."""
    # Events get the real stdout to themselves; whatever prints from here on lands on stderr.
    out = os.fdopen(os.dup(1), "w", encoding="utf-8", newline="\n")
    os.dup2(2, 1)
    sys.stdin.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(levelname)s %(message)s")
    keep_freed_memory()
    Worker(out).serve(sys.stdin)
    # Threads of libraries may linger in native code; the job's files are already tidied up.
    sys.stderr.flush()
    os._exit(0)


__all__ = ["Worker", "main"]
