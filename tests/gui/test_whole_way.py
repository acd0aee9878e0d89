"""The whole way with the real engine: demo scene, Run, layers, Accuracy, numbers; by mouse, in a window."""

from __future__ import annotations

import pytest
from conftest import click, names, pump
from qgis.core import QgsApplication, QgsProject

pytestmark = [pytest.mark.gui, pytest.mark.timeout(900)]


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
