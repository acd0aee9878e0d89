"""The Accuracy page."""

from __future__ import annotations

import pytest
from conftest import pump
from fake_worker import CLASSES
from qgis.core import QgsFeature, QgsGeometry, QgsProject, QgsRasterLayer, QgsRectangle, QgsVectorLayer
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication

from urbangrain.plugin.dock import mapping_widget
from urbangrain.plugin.dock.dock import UrbanGrainDock
from urbangrain.plugin.dock.matrix_widget import compact, heat
from urbangrain.plugin.dock.scores_widget import NumberItem
from urbangrain.plugin.dock.theme import readable_on
from urbangrain.plugin.layers.reference import distinct


@pytest.fixture
def page(session, demo_files, tmp_path):
    from osgeo import gdal

    classes = str(tmp_path / "classes.tif")
    gdal.Translate(classes, demo_files["image"], bandList=[1], outputType=gdal.GDT_Byte)
    project = QgsProject.instance()
    project.addMapLayer(QgsRasterLayer(classes, "map 2026", "gdal"))
    project.addMapLayer(QgsVectorLayer(demo_files["parcels"], "lots", "ogr"))
    project.addMapLayer(QgsVectorLayer(demo_files["reference"], "field work", "ogr"))
    dock = UrbanGrainDock(session)
    dock.resize(340, 900)
    dock.show()
    dock.show_page("accuracy")
    yield dock.accuracy_page
    dock.close_down()


def assessed(page):
    assert pump(page.assess_button.isEnabled)
    QTest.mouseClick(page.assess_button, Qt.MouseButton.LeftButton)
    assert pump(lambda: page.result is not None)


def test_likely_layers_and_field_are_picked_and_values_matched(page):
    assert pump(page.assess_button.isEnabled)
    assert page.map.currentLayer().name() == "map 2026"
    assert page.reference.currentLayer().name() == "field work"
    assert page.field.currentField() == "class"
    assert page.mapping.summary() == "5 of 5 matched"


def test_the_numbers_are_shown(page):
    assessed(page)
    assert "0.912" in page.summary.text()
    assert "0.880" in page.summary.text()
    assert page.matrix.rowCount() == page.matrix.columnCount() == 5
    assert page.matrix.item(0, 1).data(Qt.ItemDataRole.UserRole) == 37
    assert page.scores.item(0, 1).text() == "0.900"
    assert page.results_box.isVisible()
    assert "rock" in page.remarks.text()


def test_tables_fit_into_340_px(page):
    assessed(page)
    pump(lambda: False, 0.2)
    for table in (page.matrix, page.scores):
        assert table.width() <= 330
        assert not table.horizontalScrollBar().isVisible()


def test_a_changed_mapping_is_kept_with_the_layer(page):
    assert pump(page.assess_button.isEnabled)
    page.mapping.choose("water", -1)
    page.mapping.choose("tree", 3)
    assert page.mapping.summary() == "4 of 5 matched"
    layer = page.reference.currentLayer()
    kept = mapping_widget.load(layer, "class", CLASSES)
    assert kept["tree"] == 3
    assert "water" not in kept
    page.wake()
    pump(lambda: False, 0.6)
    assert pump(page.assess_button.isEnabled)
    assert page.mapping.value()["tree"] == 3


def test_nothing_matched_forbids_assessing(page):
    assert pump(page.assess_button.isEnabled)
    for name in ("water", "tree", "grass", "farmland", "impervious"):
        page.mapping.choose(name, -1)
    assert not page.assess_button.isEnabled()
    assert "No value is matched" in page.hint.text()


def test_copy_gives_both_tables(page):
    assessed(page)
    page.copy()
    rows = [line.split("\t") for line in QApplication.clipboard().text().split("\n")]
    assert rows[0][1:] == [info.name for info in CLASSES]
    assert rows[1] == ["water", "1000", "37", "74", "111", "148"]
    assert rows[7][:2] == ["Class", "UA"]


@pytest.mark.parametrize("kind", ["csv", "json", "html"])
def test_exports_are_whole_files(page, tmp_path, kind):
    assessed(page)
    target = tmp_path / f"report.{kind}"
    assert page.export(kind, str(target))
    assert target.read_text() == "test double\n"
    assert not page.export(kind, str(tmp_path / "missing folder" / "x"))
    assert [p.name for p in tmp_path.glob("*.part")] == []


def test_scores_sort_by_number_not_by_text():
    small, large, undefined = NumberItem(9.5, 1), NumberItem(10.0, 1), NumberItem(float("nan"), 1)
    assert small < large
    assert undefined < small


def test_the_heat_map_stays_readable():
    for step in range(11):
        background = heat(step / 10)
        text = readable_on(background)
        assert abs(background.lightness() - text.lightness()) > 60


def test_counts_fit_narrow_columns():
    assert [compact(n) for n in (0, 312, 9999, 31_000, 999_499, 1_200_000)] == [
        "0",
        "312",
        "9999",
        "31k",
        "999k",
        "1.2M",
    ]


def test_values_are_text_sorted_and_without_nulls():
    layer = QgsVectorLayer("Polygon?crs=EPSG:4326&field=code:integer", "codes", "memory")
    for code in (3, None, 1, 3):
        feature = QgsFeature(layer.fields())
        feature.setAttributes([code])
        feature.setGeometry(QgsGeometry.fromRect(QgsRectangle(0, 0, 1, 1)))
        layer.dataProvider().addFeatures([feature])
    assert distinct(layer, "code") == ["1", "3"]
