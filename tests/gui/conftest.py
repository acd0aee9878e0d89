"""A window on a screen (Xvfb in CI), with settings of its own."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from qgis.core import QgsSettings
from qgis.PyQt.QtCore import QCoreApplication, QSettings

ROOT = Path(__file__).resolve().parents[2]


def pytest_configure(config):
    config.addinivalue_line("markers", "gui: needs a screen")


@pytest.fixture(autouse=True, scope="session")
def settings_of_their_own(tmp_path_factory):
    folder = tmp_path_factory.mktemp("settings")
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(folder))
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QgsSettings().remove("urbangrain")


def pump(until, timeout: float = 60.0) -> bool:
    """Let Qt work until a condition holds; returns whether it came to hold."""
    end = time.monotonic() + timeout
    while time.monotonic() < end:
        QCoreApplication.processEvents()
        if until():
            return True
        time.sleep(0.01)
    return bool(until())


@pytest.fixture(scope="session")
def shots():
    """Where pictures of the window go."""
    folder = ROOT / "build" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
