"""What the tests of training share: a session with the fake trainer, and one with the real engine."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from urbangrain.plugin import paths
from urbangrain.plugin.engine import locate
from urbangrain.plugin.engine.client import EngineClient, WorkerCommand
from urbangrain.plugin.session import Session, engine_command

HERE = Path(__file__).resolve().parent


@pytest.fixture
def profile(tmp_path, monkeypatch):
    """A QGIS profile of its own, with a space in its name."""
    folder = tmp_path / "my profile"
    monkeypatch.setattr(paths, "profile_folder", lambda: str(folder))
    return folder


@pytest.fixture
def trainer(qgis_iface, profile):
    """A session whose worker is the fake trainer; ``client.mode`` and ``client.step_s`` are for the next worker."""

    def command():
        environment = {**locate.clean_environment(), "FAKE_MODE": client.mode, "FAKE_STEP_S": str(client.step_s)}
        return WorkerCommand([sys.executable, str(HERE / "fake_trainer.py")], environment)

    client = EngineClient(command, lambda line: None)
    client.mode, client.step_s = "", 0.02
    session = Session(qgis_iface, client)
    yield session
    session.close()


@pytest.fixture
def engine(qgis_iface, profile):
    """A session with the real engine, on one thread."""
    if locate.find() is None:
        pytest.skip("the engine's environment is missing: make envs")

    def command():
        found = engine_command()
        return WorkerCommand(found.arguments, {**found.environment, "OMP_NUM_THREADS": "1"})

    lines: list[str] = []
    session = Session(qgis_iface, EngineClient(command, lines.append))
    session.client.lines = lines
    yield session
    session.close()
