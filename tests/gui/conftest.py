"""A window on a screen (Xvfb in CI), with settings of its own."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from qgis.core import QgsProject, QgsSettings
from qgis.gui import QgsLayerTreeMapCanvasBridge
from qgis.PyQt.QtCore import QCoreApplication, QSettings, Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QPushButton

from urbangrain import classFactory
from urbangrain.plugin.engine import locate

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


class Iface:
    """pytest-qgis's interface with the plugin menu that it lacks."""

    def __init__(self, qgis_iface):
        self._iface = qgis_iface

    def __getattr__(self, name):
        return getattr(self._iface, name)

    def addDockWidget(self, area, dock):
        self.mainWindow().addDockWidget(area, dock)

    def removeDockWidget(self, dock):
        self.mainWindow().removeDockWidget(dock)

    def addToolBarIcon(self, action):
        self.mainWindow().addAction(action)

    def removeToolBarIcon(self, action):
        self.mainWindow().removeAction(action)

    def addPluginToRasterMenu(self, menu, action):
        self.mainWindow().menuBar().addMenu(menu).addAction(action)

    def removePluginRasterMenu(self, menu, action):
        self.mainWindow().menuBar().clear()


@pytest.fixture
def plugin(qgis_iface):
    if locate.find() is None:
        pytest.fail("the engine's environment is missing: make envs")
    window = qgis_iface.mainWindow()
    window.setCentralWidget(qgis_iface.mapCanvas())
    window.resize(1400, 900)
    window.show()
    bridge = QgsLayerTreeMapCanvasBridge(QgsProject.instance().layerTreeRoot(), qgis_iface.mapCanvas())
    plugin = classFactory(Iface(qgis_iface))
    plugin.initGui()
    window.resizeDocks([plugin.dock], [360], Qt.Orientation.Horizontal)
    yield plugin
    plugin.unload()
    del bridge
    QgsProject.instance().clear()


def click(root, name):
    button = root.findChild(QPushButton, name)
    assert button.isVisible(), name
    assert button.isEnabled(), name
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def names():
    return {layer.name() for layer in QgsProject.instance().mapLayers().values()}
