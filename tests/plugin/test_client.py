"""The engine client: handshake, crash, kill, cancel, versions."""

from __future__ import annotations

import os
import signal
import time

import pytest

from urbangrain.engine.protocol import Cancelled, Failed, Finished, MapJob, ModelsJob, Progress
from urbangrain.plugin.engine import client as client_module
from urbangrain.plugin.engine import locate
from urbangrain.plugin.engine.client import EngineClient, EngineMissing, WorkerCommand


def last(ticket, timeout=20.0):
    end = time.monotonic() + timeout
    while time.monotonic() < end:
        event = ticket.next(0.2)
        if isinstance(event, (Finished, Failed, Cancelled)):
            return event
    raise AssertionError("no last event")


def first_progress(ticket, timeout=20.0):
    end = time.monotonic() + timeout
    while time.monotonic() < end:
        event = ticket.next(0.2)
        if isinstance(event, Progress):
            return event
        assert not isinstance(event, Failed), event
    raise AssertionError("no progress")


@pytest.fixture
def map_job(demo_files, tmp_path):
    return MapJob(image=demo_files["image"], model="landcover", out=str(tmp_path / "classes.tif"))


def test_a_job_is_answered_and_the_worker_stays_warm(make_client):
    client = make_client()
    assert client.pid is None, "nothing may start before it is needed"
    assert last(client.submit(ModelsJob())).result.models[0].id == "landcover"
    pid = client.pid
    assert client.hello.pid == pid
    last(client.submit(ModelsJob()))
    assert client.pid == pid


def test_jobs_run_in_the_order_they_came(make_client, map_job):
    client = make_client()
    mapping, models = client.submit(map_job), client.submit(ModelsJob())
    assert isinstance(last(models), Finished)
    assert mapping.done


def test_cancel_is_answered_within_half_a_second_and_the_worker_lives_on(make_client, map_job):
    client = make_client(step_s=0.05)
    ticket = client.submit(map_job)
    first_progress(ticket)
    pid, began = client.pid, time.monotonic()
    ticket.cancel()
    assert isinstance(last(ticket), Cancelled)
    assert time.monotonic() - began < 0.5
    assert not os.path.exists(map_job.out)
    last(client.submit(ModelsJob()))
    assert client.pid == pid


def test_a_waiting_job_can_be_cancelled(make_client, map_job):
    client = make_client(step_s=0.05)
    running, waiting = client.submit(map_job), client.submit(ModelsJob())
    waiting.cancel()
    running.cancel()
    assert isinstance(last(waiting), Cancelled)


def test_a_worker_that_ignores_cancel_is_stopped(make_client, map_job, monkeypatch):
    monkeypatch.setattr(client_module, "CANCEL_TIMEOUT_S", 0.3)
    client = make_client("deaf", step_s=0.5)
    ticket = client.submit(map_job)
    first_progress(ticket)
    ticket.cancel()
    event = last(ticket)
    assert isinstance(event, Failed)
    assert event.code == "engine.unresponsive"


def test_a_crash_fails_every_waiting_job_and_the_next_run_starts_afresh(make_client, map_job):
    client = make_client("crash")
    first, second = client.submit(map_job), client.submit(ModelsJob())
    for ticket in (first, second):
        event = last(ticket)
        assert isinstance(event, Failed)
        assert event.code == "engine.crashed"
        assert "3" in event.values["reason"]
    client.mode = ""
    assert isinstance(last(client.submit(ModelsJob())), Finished)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system")
def test_kill_9_in_the_middle_of_a_job(make_client, map_job):
    client = make_client(step_s=0.05)
    ticket = client.submit(map_job)
    first_progress(ticket)
    os.kill(client.pid, signal.SIGKILL)
    event = last(ticket)
    assert event.code == "engine.crashed"
    assert isinstance(last(client.submit(ModelsJob())), Finished)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system")
def test_kill_9_while_idle_is_not_even_noticed(make_client):
    client = make_client()
    last(client.submit(ModelsJob()))
    os.kill(client.pid, signal.SIGKILL)
    for _ in range(3):  # at once, while the death may not have been noticed yet, and later
        event = last(client.submit(ModelsJob()))
        assert isinstance(event, (Finished, Failed))
    assert isinstance(event, Finished)


def test_another_version_of_the_protocol_is_refused_in_words(make_client):
    event = last(make_client("old").submit(ModelsJob()))
    assert event.code == "engine.protocol"
    assert event.values["theirs"] == event.values["ours"] + 1


def test_a_worker_that_cannot_start_says_why(make_client):
    event = last(make_client("mute").submit(ModelsJob()))
    assert event.code == "engine.start_failed"
    assert "no torch here" in event.values["reason"]


def test_a_missing_interpreter_is_a_failed_job_and_not_an_exception():
    client = EngineClient(lambda: WorkerCommand(["/nowhere/python"], {}), lambda line: None)
    assert last(client.submit(ModelsJob())).code == "engine.start_failed"


def test_no_engine_at_all():
    def nothing():
        raise EngineMissing

    client = EngineClient(nothing, lambda line: None)
    assert last(client.submit(ModelsJob())).code == "engine.not_installed"


def test_stray_lines_on_stdout_are_logged_and_harmless(make_client):
    client = make_client("noisy")
    assert isinstance(last(client.submit(ModelsJob())), Finished)
    assert any("a library says hello" in line for line in client.lines)
    assert any("and again" in line for line in client.lines)


def test_close_ends_the_worker(make_client):
    client = make_client()
    last(client.submit(ModelsJob()))
    pid = client.pid
    client.close()
    assert client.pid is None
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert isinstance(last(client.submit(ModelsJob())), Finished), "a closed client can be used again"


def test_qgis_variables_do_not_reach_the_worker(monkeypatch):
    for name in ("PYTHONHOME", "PYTHONPATH", "GDAL_DATA", "PROJ_LIB", "GDAL_DRIVER_PATH", "QT_PLUGIN_PATH"):
        monkeypatch.setenv(name, "/qgis/only")
    environment = locate.clean_environment()
    assert "/qgis/only" not in environment.values()
    assert os.path.isfile(os.path.join(environment["PYTHONPATH"], "urbangrain", "engine", "protocol", "codec.py"))


def test_events_of_an_event_listener_come_without_waiting(make_client):
    client, events = make_client(), []
    ticket = client.submit(ModelsJob(), events.append)
    end = time.monotonic() + 10
    while not ticket.done and time.monotonic() < end:
        time.sleep(0.01)
    assert isinstance(events[-1], Finished)
