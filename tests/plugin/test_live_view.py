"""The live view in the dock: tiles over the canvas, restarted when it moves, gone when it is off."""

from __future__ import annotations

import pytest
from conftest import pump
from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsProject, QgsRasterLayer, QgsRectangle
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor, QImage, QPainter
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QPushButton

from urbangrain.plugin.dock.dock import UrbanGrainDock
from urbangrain.plugin.layers.live_overlay import LiveOverlay

COLOURS = ["#1f78ff", "#1a9641", "#d9ef3b", "#fdae61"]  # of the fake worker's four tiles, in reading order


@pytest.fixture
def canvas(qgis_iface):
    canvas = qgis_iface.mapCanvas()
    canvas.resize(400, 400)
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:32650"))
    return canvas


@pytest.fixture
def page(session, canvas, demo_files):
    layer = QgsRasterLayer(demo_files["image"], "ortho", "gdal")
    QgsProject.instance().addMapLayer(layer)
    canvas.setExtent(layer.extent())
    dock = UrbanGrainDock(session)
    dock.resize(340, 900)
    dock.show()
    page = dock.map_page
    assert pump(lambda: page.preflight.verdict.state == "ready"), page.preflight.verdict
    yield page
    dock.close_down()
    dock.close()


def click(page, name="mapLive"):
    QTest.mouseClick(page.findChild(QPushButton, name), Qt.MouseButton.LeftButton)


def settled(page):
    assert pump(lambda: page.live.share < 0 and page.live.result is not None), page.live.text


def drawn(overlay: LiveOverlay, canvas) -> QImage:
    """What the overlay paints on a white canvas."""
    image = QImage(canvas.size(), QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    overlay.paint(painter)
    painter.end()
    return image


def colours_at(image: QImage, canvas, points) -> list:
    to_pixel = canvas.getCoordinateTransform()
    return [image.pixelColor(to_pixel.transform(p).toQPointF().toPoint()).name() for p in points]


def quarters(extent: QgsRectangle) -> list:
    """Centres of an extent's quarters, in reading order."""
    from qgis.core import QgsPointXY

    xs = [extent.xMinimum() + extent.width() * share for share in (0.25, 0.75)]
    ys = [extent.yMaximum() - extent.height() * share for share in (0.25, 0.75)]
    return [QgsPointXY(x, y) for y in ys for x in xs]


def test_tiles_lie_where_they_belong_in_the_colours_of_the_classes(page, canvas):
    extent = page.image.currentLayer().extent()
    assert not page.live_strip.isVisible()
    click(page)
    settled(page)
    overlay = page.live.overlay
    assert sorted(overlay.places) == [(0, 0, 0), (0, 0, 1), (0, 1, 0), (0, 1, 1)]
    assert colours_at(drawn(overlay, canvas), canvas, quarters(extent)) == COLOURS
    assert page.live_strip.isVisible()
    assert "3 m" in page.live_strip.text.text()
    assert "water" in page.live_strip.legend.text()
    layers = QgsProject.instance().mapLayers()
    assert len(layers) == 1, "nothing is added to the project"


def test_another_projection_of_the_canvas_moves_the_tiles_along(page, canvas):
    extent = page.image.currentLayer().extent()
    click(page)
    settled(page)
    crs = QgsCoordinateReferenceSystem("EPSG:3857")
    there = QgsCoordinateTransform(QgsCoordinateReferenceSystem("EPSG:32650"), crs, QgsProject.instance())
    canvas.setDestinationCrs(crs)
    canvas.setExtent(there.transformBoundingBox(extent))
    pump(lambda: page.live.share >= 0, 1)
    settled(page)
    points = [there.transform(point) for point in quarters(extent)]
    assert colours_at(drawn(page.live.overlay, canvas), canvas, points) == COLOURS


def test_a_view_that_moves_starts_again_and_the_old_tiles_stay_until_then(page, canvas):
    click(page)
    settled(page)
    extent = QgsRectangle(page.image.currentLayer().extent())
    extent.scale(30)
    canvas.setExtent(extent)
    assert page.live.overlay.places, "old tiles stay on the screen until new ones are there"
    assert pump(lambda: {p[0] for p in page.live.overlay.places} == {2}), page.live.overlay.places
    settled(page)
    assert page.live.severity == "warning"
    assert "12 m" in page.live.text, page.live.text


def test_off_leaves_nothing_on_the_canvas(page, canvas):
    before = len(canvas.scene().items())
    click(page)
    settled(page)
    assert len(canvas.scene().items()) == before + 1
    click(page)
    assert len(canvas.scene().items()) == before
    assert not page.live_strip.isVisible()
    assert page.live.overlay is None
    canvas.setExtent(QgsRectangle(0, 0, 10, 10))  # no longer listened to
    pump(lambda: False, 0.3)
    assert page.live.text == ""


def test_running_the_map_turns_the_view_off(page):
    click(page)
    settled(page)
    click(page, "mapRun")
    assert not page.live.on
    assert not page.live_button.isChecked()
    assert pump(lambda: not page.running)
    assert page.live_button.isEnabled()


def test_a_crash_is_said_and_the_next_move_looks_again(page, canvas, session):
    click(page)
    settled(page)
    session.client.close()
    session.client.mode = "mute"
    canvas.setExtent(QgsRectangle(canvas.extent().buffered(1)))
    assert pump(lambda: page.live.severity == "error"), page.live.text
    assert page.live.on
    session.client.mode = ""
    canvas.setExtent(QgsRectangle(canvas.extent().buffered(1)))
    assert pump(lambda: page.live.severity == "info" and page.live.share < 0), page.live.text


def test_opacity_is_taken(page):
    click(page)
    settled(page)
    page.live_strip.opacity.setValue(40)
    assert page.live.overlay.opacity() == pytest.approx(0.4)
    click(page)
    click(page)
    assert page.live.overlay.opacity() == pytest.approx(0.4), "and kept for the next time"


def test_closing_the_dock_takes_the_tiles_away(session, canvas, demo_files):
    layer = QgsRasterLayer(demo_files["image"], "ortho", "gdal")
    QgsProject.instance().addMapLayer(layer)
    canvas.setExtent(layer.extent())
    before = len(canvas.scene().items())
    dock = UrbanGrainDock(session)
    dock.show()
    page = dock.map_page
    assert pump(lambda: page.preflight.verdict.state == "ready")
    click(page)
    settled(page)
    dock.close_down()
    dock.close()
    assert len(canvas.scene().items()) == before
