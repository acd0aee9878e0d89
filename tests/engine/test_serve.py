"""The worker as a process: what the plugin meets."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from urbangrain.engine.protocol import (
    PROTOCOL_VERSION,
    Cancel,
    Cancelled,
    DemoSceneJob,
    Failed,
    Finished,
    Hello,
    InspectJob,
    ModelsJob,
    Progress,
    Run,
    Shutdown,
    Started,
    from_line,
    to_line,
)

# The real serve loop around a demo_scene job that is slow, deaf for a while, or breaks.
SLOW = """
import sys, time
from urbangrain.engine import serve, jobs
from urbangrain.engine.protocol import DemoSceneResult
from urbangrain.engine.errors import UrbanGrainError
real = jobs.run
def run(job, context=None):
    if job.kind != "demo_scene":
        return real(job, context)
    if job.out_dir == "deaf":
        time.sleep(3)
        context.check()
    if job.out_dir == "wrong":
        raise UrbanGrainError("file.not_found", path=job.out_dir)
    if job.out_dir == "broken":
        raise ZeroDivisionError("oops")
    if job.out_dir == "memory":
        raise MemoryError
    if job.out_dir == "chatty":
        print("a library prints to stdout")
        sys.stdout.flush()
        import os; os.write(1, b"and another writes to file descriptor 1\\n")
    if job.out_dir == "slow":
        for i in range(1000):
            context.progress("scene", i / 1000, i, 1000)
            time.sleep(0.01)
    return DemoSceneResult(job.out_dir, {})
jobs.run = run
serve.main()
"""


class Peer:
    """The other end of a worker."""

    def __init__(self, arguments: list[str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()
        threading.Thread(target=self.process.stderr.read, daemon=True).start()

    def _read(self) -> None:
        for line in self.process.stdout:
            self.lines.put(line)

    def send(self, message: object) -> None:
        self.say(to_line(message))

    def say(self, line: str) -> None:
        self.process.stdin.write(line)
        self.process.stdin.flush()

    def next(self, timeout: float = 60.0) -> object:
        return from_line(self.lines.get(timeout=timeout))

    def until(self, kind: type | tuple[type, ...], timeout: float = 60.0) -> tuple[object, list[object]]:
        """Return the next event of a kind and what came before it."""
        before: list[object] = []
        end = time.monotonic() + timeout
        while True:
            event = self.next(end - time.monotonic())
            if isinstance(event, kind):
                return event, before
            before.append(event)


@pytest.fixture
def peer() -> Iterator[Peer]:
    peer = Peer(["-c", SLOW])
    yield peer
    peer.process.kill()
    peer.process.wait()


def test_the_real_command_greets_and_answers() -> None:
    peer = Peer(["-m", "urbangrain.engine", "serve"])
    hello = peer.next()
    assert isinstance(hello, Hello)
    assert hello.protocol == PROTOCOL_VERSION
    assert hello.pid == peer.process.pid
    assert hello.devices[0] == "cpu"
    peer.send(Run("m", ModelsJob()))
    finished, before = peer.until(Finished)
    assert before == [Started("m")]
    assert "landcover" in [m.id for m in finished.result.models]
    peer.send(Shutdown())
    assert peer.process.wait(timeout=30) == 0


def test_jobs_run_one_after_the_other(peer: Peer) -> None:
    peer.next()
    for name in "abc":
        peer.send(Run(name, DemoSceneJob(name)))
    events = [peer.next() for _ in range(6)]
    assert [type(e) for e in events] == [Started, Finished] * 3
    assert [e.id for e in events] == list("aabbcc")


def test_progress_flows_but_does_not_flood(peer: Peer) -> None:
    peer.next()
    peer.send(Run("s", DemoSceneJob("slow")))
    peer.until(Started)
    end = time.monotonic() + 2.0
    seen = 0
    while time.monotonic() < end:
        seen += isinstance(peer.next(), Progress)
    assert 5 <= seen <= 40


@pytest.mark.parametrize("kind", ["slow", "deaf"])
def test_cancel_is_answered_within_half_a_second(peer: Peer, kind: str) -> None:
    peer.next()
    peer.send(Run("x", DemoSceneJob(kind)))
    peer.until(Started)
    time.sleep(0.3)
    began = time.monotonic()
    peer.send(Cancel("x"))
    cancelled, _ = peer.until(Cancelled, 5)
    assert time.monotonic() - began < 0.5
    assert cancelled.id == "x"
    # nothing more of it, and the next job runs
    peer.send(Run("y", DemoSceneJob("quick")))
    _, before = peer.until(Finished)
    assert {e.id for e in before} == {"y"}


def test_a_waiting_job_can_be_cancelled(peer: Peer) -> None:
    peer.next()
    peer.send(Run("x", DemoSceneJob("slow")))
    peer.send(Run("y", DemoSceneJob("quick")))
    peer.until(Started)
    peer.send(Cancel("y"))
    cancelled, _ = peer.until(Cancelled, 5)
    assert cancelled.id == "y"
    peer.send(Cancel("x"))
    assert peer.until(Cancelled, 5)[0].id == "x"
    peer.send(Run("z", DemoSceneJob("quick")))
    _, before = peer.until(Finished)
    assert [e for e in before if e.id == "y"] == []


@pytest.mark.parametrize(
    ("job", "code"),
    [("wrong", "file.not_found"), ("broken", "job.unexpected"), ("memory", "job.memory")],
)
def test_what_goes_wrong_is_a_code_and_the_worker_lives_on(peer: Peer, job: str, code: str) -> None:
    peer.next()
    peer.send(Run("x", DemoSceneJob(job)))
    failed, _ = peer.until(Failed)
    assert (failed.id, failed.code) == ("x", code)
    assert "Traceback" in failed.detail
    peer.send(Run("y", DemoSceneJob("quick")))
    peer.until(Finished)


@pytest.mark.parametrize(
    ("line", "identifier"),
    [
        ("this is not JSON\n", ""),
        ('{"kind":"run","id":"q","job":{"kind":"map"}}\n', "q"),
        ('{"kind":"hello","protocol":1,"version":"x","pid":1}\n', ""),
        (json.dumps({"kind": "run", "id": "ü", "job": {"kind": "inspect", "image": ""}}) + "\n", "ü"),
    ],
)
def test_a_line_that_is_no_request_is_refused(peer: Peer, line: str, identifier: str) -> None:
    peer.next()
    peer.say(line)
    failed = peer.next()
    assert isinstance(failed, Failed)
    assert (failed.id, failed.code) == (identifier, "job.invalid")
    peer.send(Run("y", DemoSceneJob("quick")))
    peer.until(Finished)


def test_nothing_but_events_reaches_stdout(peer: Peer) -> None:
    peer.next()
    peer.send(Run("c", DemoSceneJob("chatty")))
    assert [type(peer.next()) for _ in range(2)] == [Started, Finished]


def test_an_id_in_use_is_refused(peer: Peer) -> None:
    peer.next()
    peer.send(Run("x", DemoSceneJob("slow")))
    peer.until(Started)
    peer.send(Run("x", DemoSceneJob("quick")))
    failed, _ = peer.until(Failed)
    assert failed.values["field"] == "id"


@pytest.mark.parametrize("kind", ["idle", "slow", "deaf"])
def test_the_worker_ends_when_its_parent_goes(peer: Peer, kind: str) -> None:
    peer.next()
    if kind != "idle":
        peer.send(Run("x", DemoSceneJob(kind)))
        peer.until(Started)
    peer.process.stdin.close()
    assert peer.process.wait(timeout=10) == 0


def test_a_real_error_is_worded_by_its_code(tmp_path: Path) -> None:
    peer = Peer(["-m", "urbangrain.engine", "serve"])
    try:
        peer.next()
        peer.send(Run("i", InspectJob(os.fspath(tmp_path / "none.tif"))))
        failed, _ = peer.until((Failed, Finished))
        assert isinstance(failed, Failed)
        assert failed.code == "file.not_found"
        assert failed.values["path"].endswith("none.tif")
    finally:
        peer.process.kill()
        peer.process.wait()
