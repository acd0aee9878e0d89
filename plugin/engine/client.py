"""One warm worker process per QGIS session, and the JSON lines to and from it.

Nothing here waits: `EngineClient.submit` starts the worker if there is none and returns a `Ticket`, on which events
arrive as the worker sends them. All methods may be called from any thread. No Qt in this file, so that a task's thread,
Processing and the tests use it alike.
"""

from __future__ import annotations

import collections
import contextlib
import itertools
import json
import os
import queue
import subprocess  # nosec B404
import sys
import threading
from dataclasses import dataclass, field
from typing import Any, Callable, Dict, List, Optional

from urbangrain.engine.protocol import (
    PROTOCOL_VERSION,
    Cancel,
    Cancelled,
    Event,
    Failed,
    Finished,
    Hello,
    Job,
    ProtocolError,
    Run,
    Shutdown,
    from_line,
    to_line,
)

START_TIMEOUT_S = 180.0  # a cold disk and an antivirus may take this long over torch
CANCEL_TIMEOUT_S = 20.0  # a worker that has not stopped by then hangs, and is killed
KEEP_TIMEOUT_S = 600.0  # the same for a training, which ends its step, looks at the validation part and saves
CLOSE_TIMEOUT_S = 1.0
_LAST = (Finished, Failed, Cancelled)


@dataclass(frozen=True)
class WorkerCommand:
    """How to start a worker."""

    arguments: List[str]
    environment: Dict[str, str]


class EngineMissing(Exception):
    """No Python that can run the engine was found."""


class Ticket:
    """One job that was handed in.

    Parameters
    ----------
    listener : callable, optional
        Called with every event instead of queueing it, from the client's reading thread: it must not block.
    """

    def __init__(self, client: EngineClient, identifier: str, listener: Optional[Callable[[Event], None]]) -> None:
        self.id = identifier
        self._client = client
        self._events: queue.Queue[Event] = queue.Queue()
        self._listener = listener
        self._done = threading.Event()

    @property
    def done(self) -> bool:
        """Whether the last event (finished, failed or cancelled) has arrived."""
        return self._done.is_set()

    def next(self, timeout: float) -> Optional[Event]:
        """Return the next event, or None when none came within ``timeout`` seconds."""
        try:
            return self._events.get(timeout=timeout)
        except queue.Empty:
            return None

    def cancel(self, patience_s: Optional[float] = None) -> None:
        """Ask for the job to be stopped; returns at once. A worker that takes longer than ``patience_s`` is killed."""
        self._client.cancel(self, patience_s)

    def deliver(self, event: Event) -> None:
        """Take an event from the client; nothing follows the last one."""
        if self._done.is_set():
            return
        if isinstance(event, _LAST):
            self._done.set()
        if self._listener is not None:
            self._listener(event)
        else:
            self._events.put(event)


@dataclass
class _Worker:
    process: subprocess.Popen
    tickets: Dict[str, Ticket] = field(default_factory=dict)
    hello: Optional[Hello] = None
    last_words: collections.deque = field(default_factory=lambda: collections.deque(maxlen=30))
    writing: threading.Lock = field(default_factory=threading.Lock)
    verdict: Optional[Failed] = None  # why we stopped it, when it was us
    timer: Optional[threading.Timer] = None


class EngineClient:
    """Starts the worker when it is needed, hands jobs in, and hands events out.

    Parameters
    ----------
    command : callable
        Returns the `WorkerCommand`, asked anew at each start; raises `EngineMissing`.
    log : callable
        Takes the worker's stderr line by line (any thread).
    on_hello : callable, optional
        Told of each worker that has answered the handshake (any thread).
    """

    def __init__(
        self,
        command: Callable[[], WorkerCommand],
        log: Callable[[str], None],
        on_hello: Optional[Callable[[Hello], None]] = None,
    ) -> None:
        self._command = command
        self._log = log
        self._on_hello = on_hello
        self._lock = threading.RLock()
        self._worker: Optional[_Worker] = None
        self._numbers = itertools.count(1)

    @property
    def hello(self) -> Optional[Hello]:
        """What the running worker said of itself; None while there is none."""
        worker = self._worker
        return worker.hello if worker is not None and worker.process.poll() is None else None

    @property
    def pid(self) -> Optional[int]:
        """Process id of the worker; None while there is none."""
        worker = self._worker
        return worker.process.pid if worker is not None and worker.process.poll() is None else None

    @property
    def busy(self) -> bool:
        """Whether a job waits or runs."""
        worker = self._worker
        return worker is not None and bool(worker.tickets)

    def submit(self, job: Job, listener: Optional[Callable[[Event], None]] = None) -> Ticket:
        """Hand a job in. Problems with the engine itself arrive as a `Failed` event, like any other."""
        ticket = Ticket(self, f"job-{next(self._numbers)}", listener)
        line = to_line(Run(ticket.id, job))
        for attempt in (1, 2):
            try:
                with self._lock:
                    worker = self._ready_worker()
                    worker.tickets[ticket.id] = ticket
            except EngineMissing:
                ticket.deliver(Failed(ticket.id, "engine.not_installed"))
                return ticket
            except OSError as error:
                ticket.deliver(Failed(ticket.id, "engine.start_failed", {"reason": str(error)}))
                return ticket
            if self._write(worker, line):
                return ticket
            # The worker died while it was idle: its reader will notice too, but this job goes to a fresh one.
            with self._lock:
                if self._worker is worker:
                    self._worker = None
                if worker.tickets.pop(ticket.id, None) is None:
                    return ticket  # its reader noticed first, and has failed the ticket
            if attempt == 2:
                ticket.deliver(Failed(ticket.id, "engine.start_failed", {"reason": _last_line(worker)}))
        return ticket

    def cancel(self, ticket: Ticket, patience_s: Optional[float] = None) -> None:
        """Ask the worker to stop a job, and see to it that a worker which does not is stopped itself."""
        if ticket.done:
            return
        with self._lock:
            worker = self._worker
            if worker is None or ticket.id not in worker.tickets:
                ticket.deliver(Cancelled(ticket.id))
                return
        self._write(worker, to_line(Cancel(ticket.id)))

        def give_up() -> None:
            if not ticket.done:
                self._kill(worker, Failed(ticket.id, "engine.unresponsive"))

        timer = threading.Timer(CANCEL_TIMEOUT_S if patience_s is None else patience_s, give_up)
        timer.daemon = True
        timer.start()

    def close(self) -> None:
        """End the worker, politely and then not. The client can be used again afterwards."""
        with self._lock:
            worker, self._worker = self._worker, None
        if worker is None:
            return
        worker.verdict = worker.verdict or Failed("", "engine.closed")
        self._write(worker, to_line(Shutdown()))
        try:
            worker.process.wait(CLOSE_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            worker.process.kill()
            worker.process.wait(5)

    def _ready_worker(self) -> _Worker:
        worker = self._worker
        if worker is not None and worker.process.poll() is None and worker.verdict is None:
            return worker
        command = self._command()
        options: Dict[str, Any] = {}
        if sys.platform == "win32":
            options["creationflags"] = subprocess.CREATE_NO_WINDOW
        process = subprocess.Popen(  # nosec B603
            command.arguments,
            env=command.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=os.path.expanduser("~") if os.path.isdir(os.path.expanduser("~")) else None,
            **options,
        )
        worker = self._worker = _Worker(process)
        threading.Thread(target=self._read_events, args=(worker,), name="urbangrain-events", daemon=True).start()
        threading.Thread(target=self._read_log, args=(worker,), name="urbangrain-log", daemon=True).start()

        def too_late() -> None:
            if worker.hello is None:
                self._kill(worker, Failed("", "engine.unresponsive"))

        worker.timer = threading.Timer(START_TIMEOUT_S, too_late)
        worker.timer.daemon = True
        worker.timer.start()
        return worker

    def _write(self, worker: _Worker, line: str) -> bool:
        try:
            with worker.writing:
                worker.process.stdin.write(line.encode("utf-8"))
                worker.process.stdin.flush()
        except (OSError, ValueError):
            return False
        return True

    def _kill(self, worker: _Worker, verdict: Failed) -> None:
        worker.verdict = worker.verdict or verdict
        with contextlib.suppress(OSError):
            worker.process.kill()

    def _read_events(self, worker: _Worker) -> None:
        for raw in worker.process.stdout:
            line = raw.decode("utf-8", "replace")
            if worker.hello is None and not self._greet(worker, line):
                continue
            try:
                event = from_line(line)
            except ProtocolError as error:
                self._log(f"not an event ({error}): {line.rstrip()[:300]}")
                continue
            if isinstance(event, Hello):
                continue
            ticket = worker.tickets.get(event.id)
            if ticket is None:
                continue
            if isinstance(event, _LAST):
                worker.tickets.pop(event.id, None)
                if isinstance(event, Failed) and event.detail:
                    self._log(event.detail)
            ticket.deliver(event)
        self._bury(worker)

    def _greet(self, worker: _Worker, line: str) -> bool:
        """Check the first message. It is read loosely: another version's greeting may have other fields."""
        try:
            data = json.loads(line)
            theirs = data["protocol"] if data["kind"] == "hello" else None
        except (ValueError, KeyError, TypeError):
            theirs = None
        if theirs is None:
            self._log(line.rstrip())
            return False
        if theirs != PROTOCOL_VERSION:
            self._kill(worker, Failed("", "engine.protocol", {"theirs": theirs, "ours": PROTOCOL_VERSION}))
            return False
        try:
            hello = from_line(line)
        except ProtocolError as error:
            self._kill(worker, Failed("", "engine.start_failed", {"reason": str(error)}))
            return False
        worker.hello = hello
        if worker.timer is not None:
            worker.timer.cancel()
        if self._on_hello is not None:
            self._on_hello(hello)
        return False

    def _read_log(self, worker: _Worker) -> None:
        with worker.process.stderr as stream:
            for raw in stream:
                line = raw.decode("utf-8", "replace").rstrip()
                if line:
                    worker.last_words.append(line)
                    self._log(line)

    def _bury(self, worker: _Worker) -> None:
        """Fail what a dead worker leaves behind, and make room for the next."""
        code = worker.process.wait()
        if worker.timer is not None:
            worker.timer.cancel()
        for stream in (worker.process.stdin, worker.process.stdout):
            with contextlib.suppress(OSError):
                stream.close()
        with self._lock:
            if self._worker is worker:
                self._worker = None
            orphans, worker.tickets = list(worker.tickets.values()), {}
        verdict = worker.verdict
        if verdict is None and worker.hello is None:
            verdict = Failed("", "engine.start_failed", {"reason": _last_line(worker) or _ending(code)})
        elif verdict is None:
            verdict = Failed("", "engine.crashed", {"reason": _ending(code)})
        if orphans:
            self._log(f"the engine ended ({_ending(code)}) with {len(orphans)} jobs waiting")
        detail = "\n".join(worker.last_words)
        for ticket in orphans:
            ticket.deliver(Failed(ticket.id, verdict.code, dict(verdict.values), detail))


def _last_line(worker: _Worker) -> str:
    return worker.last_words[-1][:300] if worker.last_words else ""


def _ending(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit code {code}"
