"""A headless QGIS (pytest-qgis), and an engine client that talks to the test double of the worker."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest
from qgis.core import QgsApplication, QgsProject, QgsSettings
from qgis.PyQt.QtCore import QCoreApplication, QSettings, QTranslator
from qgis.PyQt.QtGui import QFont

HERE = Path(__file__).resolve().parent
sys.path[:0] = [
    "/usr/share/qgis/python/plugins",
    str(HERE),
]  # Processing, where Debian's QGIS keeps it; the fake worker


@pytest.fixture(autouse=True, scope="session")
def settings_of_their_own(tmp_path_factory):
    """Keep the person's own QGIS settings out of the tests, and the tests out of them."""
    folder = tmp_path_factory.mktemp("settings with spaces")
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(folder))
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QgsSettings().remove("urbangrain")


@pytest.fixture(autouse=True, scope="session")
def usual_font(qgis_app):
    """Qt's offscreen platform has a font of 12 points; desktops have 9 to 10."""
    qgis_app.setFont(QFont("DejaVu Sans", 9))


@pytest.fixture(autouse=True)
def nothing_remembered():
    QgsSettings().remove("urbangrain")
    yield
    QgsSettings().remove("urbangrain")


def pump(until, timeout: float = 15.0) -> bool:
    """Let Qt work until a condition holds; returns whether it came to hold."""
    end = time.monotonic() + timeout
    while time.monotonic() < end:
        QCoreApplication.processEvents()
        if until():
            return True
        time.sleep(0.01)
    return bool(until())


@pytest.fixture
def fake_command():
    """Return a function that makes the command of a fake worker in a mode."""
    from urbangrain.plugin.engine import locate
    from urbangrain.plugin.engine.client import WorkerCommand

    def make(mode: str = "", step_s: float = 0.01) -> WorkerCommand:
        environment = {**locate.clean_environment(), "FAKE_MODE": mode, "FAKE_STEP_S": str(step_s)}
        return WorkerCommand([sys.executable, str(HERE / "fake_worker.py")], environment)

    return make


@pytest.fixture
def make_client(fake_command):
    """Return a function that makes clients; ``client.mode`` may be changed between workers."""
    from urbangrain.plugin.engine.client import EngineClient

    made = []

    def make(mode: str = "", step_s: float = 0.01):
        lines: list[str] = []
        client = EngineClient(lambda: fake_command(client.mode, client.step_s), lines.append)
        client.mode, client.step_s, client.lines = mode, step_s, lines
        made.append(client)
        return client

    yield make
    for client in made:
        client.close()


@pytest.fixture
def session(make_client, qgis_iface):
    """A session with the fake worker and pytest-qgis's interface."""
    from urbangrain.plugin.session import Session

    session = Session(qgis_iface, make_client())
    yield session
    session.close()


@pytest.fixture
def demo_files(tmp_path):
    """A small image with reference and parcels."""
    import fake_worker

    from urbangrain.engine.protocol import DemoSceneJob

    return fake_worker.demo_scene(DemoSceneJob(str(tmp_path / "scene with spaces"), size=64)).files


@pytest.fixture(autouse=True)
def empty_project(qgis_app):
    yield
    QgsProject.instance().clear()
    QgsApplication.taskManager().cancelAll()
    pump(lambda: QgsApplication.taskManager().count() == 0, 5)


os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture
def translated(request, qgis_app):
    """The plugin in the language of ``request.param`` ('' for English); ask for it before the dock, which is worded
    when it is made."""
    translator = QTranslator()
    if request.param:
        assert translator.load(str(Path(__file__).resolve().parents[2] / "i18n" / f"urbangrain_{request.param}.qm"))
        QCoreApplication.installTranslator(translator)
    yield request.param
    QCoreApplication.removeTranslator(translator)
