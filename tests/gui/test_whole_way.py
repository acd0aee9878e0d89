"""The whole way with the real engine: demo scene, Run, layers, Accuracy, numbers; by mouse, in a window."""

from __future__ import annotations

import pytest
from conftest import pump
from qgis.core import QgsApplication, QgsProject
from qgis.gui import QgsLayerTreeMapCanvasBridge
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QPushButton

from urbangrain import classFactory
from urbangrain.plugin.engine import locate

pytestmark = [pytest.mark.gui, pytest.mark.timeout(900)]


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


def test_from_an_empty_project_to_the_accuracy_table(plugin, qgis_iface, shots):
    dock, window, canvas = plugin.dock, qgis_iface.mainWindow(), qgis_iface.mapCanvas()

    def shot(name):
        pump(lambda: not canvas.isDrawing(), 20)
        pump(lambda: False, 0.3)
        window.grab().save(str(shots / f"{name}.png"))

    plugin.action.trigger()
    assert pump(lambda: dock.isVisible())
    assert pump(lambda: plugin.session.client.hello is not None, 180), "the engine does not answer"
    shot("1_empty")

    click(dock, "mapDemo")
    assert pump(lambda: "Demo city" in names(), 300), dock.map_page.result.text.text()
    page = dock.map_page
    assert pump(lambda: page.preflight.verdict.state == "ready", 120), page.preflight.verdict
    parcels = next(layer for layer in QgsProject.instance().mapLayers().values() if layer.name() == "Demo parcels")
    page.parcels.setLayer(parcels)
    pump(lambda: False, 0.6)
    assert pump(lambda: page.run_button.isEnabled(), 60)
    shot("2_ready")

    click(dock, "mapRun")
    assert pump(lambda: "px/s" in page.progress.detail.text(), 120) or not page.running
    window.grab().save(str(shots / "3_running.png"))
    assert pump(lambda: not page.running, 600)
    assert {"Demo city classes", "Confidence", "Polygons", "Parcels"} <= names(), page.result.text.text()
    shot("4_finished")
    layer = page.result_layer()
    labels = [entry.label for entry in layer.renderer().classes()]
    assert labels == ["water", "tree", "grass", "farmland", "impervious"]
    assert layer.crs() == page.image.currentLayer().crs()

    click(dock, "mapAssess")
    accuracy = dock.accuracy_page
    assert pump(lambda: accuracy.isVisible() and accuracy.assess_button.isEnabled(), 60), accuracy.hint.text()
    assert accuracy.map.currentLayer() is layer
    assert accuracy.reference.currentLayer().name() == "Demo reference"
    click(dock, "accAssess")
    assert pump(lambda: accuracy.result is not None, 120), accuracy.hint.text()
    shot("5_assessed")
    result = accuracy.result
    assert f"{result.overall_accuracy:.3f}" in accuracy.summary.text()
    assert result.pixels == sum(sum(row) for row in result.matrix)
    assert result.overall_accuracy > 0.7, "the bundled model should know the demo city"
    target = shots.parent / "accuracy.html"
    assert accuracy.export("html", str(target))
    assert "<html" in target.read_text(encoding="utf-8")
    assert QgsApplication.taskManager().countActiveTasks() == 0
