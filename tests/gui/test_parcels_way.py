"""Parcels with the real engine and the bundled model: demo scene, cut from streets, classify; by mouse, in a window."""

from __future__ import annotations

import pytest
from conftest import click, pump
from qgis.core import QgsProject
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest

pytestmark = [pytest.mark.gui, pytest.mark.timeout(900)]


def layer_of_group(word):
    """The layer of the topmost group whose name holds a word."""
    root = QgsProject.instance().layerTreeRoot()
    group = next(node for node in root.children() if word in node.name())
    return group.findLayers()[0].layer()


def test_from_streets_to_land_use(plugin, qgis_iface, shots):
    dock, window, canvas = plugin.dock, qgis_iface.mainWindow(), qgis_iface.mapCanvas()

    def shot(name):
        pump(lambda: not canvas.isDrawing(), 20)
        pump(lambda: False, 0.3)
        window.grab().save(str(shots / f"{name}.png"))

    plugin.action.trigger()
    dock.show_page("parcels")
    page = dock.parcels_page
    assert pump(lambda: plugin.session.client.hello is not None, 180), "the engine does not answer"
    QTest.mouseClick(page.empty.demo, Qt.MouseButton.LeftButton)
    assert pump(lambda: not page.empty.isVisible(), 400), "the demo city did not come"

    assert pump(page.cut.run_button.isEnabled, 60), page.cut.hint.text()
    click(dock, "parcelsCutRun")
    assert pump(lambda: not page.cut.running, 200)
    shot("parcels_1_cut")
    made = layer_of_group("parcels")
    assert made.featureCount() > 50, page.cut.result.text.text()

    QTest.mouseClick(page.cut.result.classify_button, Qt.MouseButton.LeftButton)
    panel = page.classify
    assert panel.parcels.currentLayer() is made
    assert pump(panel.run_button.isEnabled, 120), panel.hint.text()
    click(dock, "parcelsLandUseRun")
    assert pump(lambda: not panel.running, 300)
    shot("parcels_2_land_use")
    layer = layer_of_group("Land use of parcels")
    uses = {feature["land_use"] for feature in layer.getFeatures()}
    assert layer.featureCount() == made.featureCount(), panel.result.text.text()
    assert len(uses) >= 3, uses

    # What the city says of each parcel: most blocks must come out right, or the bundled model is not worth its place.
    plots = next(lay for lay in QgsProject.instance().mapLayers().values() if lay.name() == "Demo parcels")
    assert agreement(layer, plots) > 0.5
    QTest.mouseClick(panel.result.style_button, Qt.MouseButton.LeftButton)
    shot("parcels_3_quality")
    assert layer.styleManager().currentStyle() == "Quality"


def agreement(layer, plots):
    """Share of the classified parcels whose class is that of the plot around their inner point."""
    words = {
        "residential": "Residential", "commercial": "Commercial and service facilities", "industrial": "Industrial",
        "public": "Public management and public service facilities",
        "agricultural and natural": "Agricultural and natural",
    }  # fmt: skip
    truth = [(feature.geometry(), words.get(feature["land_use"])) for feature in plots.getFeatures()]
    right = known = 0
    for feature in layer.getFeatures():
        inner = feature.geometry().pointOnSurface()
        use = next(
            (word for shape, word in truth if shape.boundingBoxIntersects(inner) and shape.contains(inner)), None
        )
        if use is not None:
            known += 1
            right += feature["land_use"] == use
    assert known > 30
    return right / known
