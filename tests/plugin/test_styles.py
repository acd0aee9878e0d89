"""Renderers from class infos."""

from __future__ import annotations

from pathlib import Path

import pytest
from fake_worker import CLASSES, map_image
from qgis.core import QgsProject, QgsRasterLayer, QgsSymbol, QgsVectorLayer
from qgis.PyQt.QtGui import QColor

from urbangrain.engine.protocol import MapJob
from urbangrain.plugin.layers import results, styles


@pytest.fixture
def made(demo_files, tmp_path, capsys):
    out = {name: str(tmp_path / f"{name}.tif") for name in ("classes", "confidence")}
    job = MapJob(
        demo_files["image"],
        "landcover",
        out["classes"],
        confidence=out["confidence"],
        polygons=str(tmp_path / "polygons.gpkg"),
        parcels=demo_files["parcels"],
        parcels_out=str(tmp_path / "parcels.gpkg"),
    )
    return map_image("test", job)


def test_class_raster_has_names_and_colours_in_the_legend(made):
    layer = QgsRasterLayer(made.classes, "c", "gdal")
    styles.style_classes(layer, CLASSES)
    entries = layer.renderer().classes()
    assert [(e.value, e.color.name(), e.label) for e in entries] == [(c.value, c.colour, c.name) for c in CLASSES]


def test_nodata_is_transparent(made):
    layer = QgsRasterLayer(made.classes, "c", "gdal")
    styles.style_classes(layer, CLASSES)
    block = layer.renderer().block(1, layer.extent(), layer.width(), layer.height())
    assert QColor.fromRgba(block.color(10, 0)).alpha() == 0
    assert QColor.fromRgba(block.color(10, 5)).name() == "#1f78ff"


def test_confidence_runs_from_0_to_100_per_cent(made):
    layer = QgsRasterLayer(made.confidence, "c", "gdal")
    styles.style_confidence(layer)
    shader = layer.renderer().shader().rasterShaderFunction()
    items = shader.colorRampItemList()
    assert [item.value for item in items] == [0, 63.5, 127, 190.5, 254]
    assert items[0].label == "0 %"
    assert items[-1].label == "100 %"
    lightness = [item.color.lightness() for item in items]
    assert lightness == sorted(lightness), "an even ramp gets lighter all the way"


def test_parcels_by_dominant_class_and_purity(made):
    layer = QgsVectorLayer(f"{made.parcels}|layername=parcels", "p", "ogr")
    styles.style_parcels(layer, CLASSES)
    renderer = layer.renderer()
    assert renderer.classAttribute() == "dominant_value"
    categories = renderer.categories()
    shown = {category.value(): category.symbol().color().name() for category in categories[:-1]}
    assert shown == {info.value: info.colour for info in CLASSES}
    properties = categories[0].symbol().dataDefinedProperties()
    assert "purity" in properties.property(QgsSymbol.PropertyOpacity).expressionString()


def test_results_come_as_one_group_in_reading_order(made):
    project = QgsProject.instance()
    group = results.add_map_result(project, made, "ortho 2026")
    names = [node.name() for node in group.findLayers()]
    assert names == ["Parcels", "Polygons", "ortho 2026 classes", "Confidence"]
    assert group.name() == "ortho 2026 · Land cover (light)"
    shown = {node.name(): node.itemVisibilityChecked() for node in group.findLayers()}
    assert shown["ortho 2026 classes"]
    assert not shown["Confidence"]
    assert results.class_layer(group).source() == made.classes
    assert project.layerTreeRoot().children()[0] is not None


def test_a_second_run_over_the_same_image_can_be_told_from_the_first(made):
    project = QgsProject.instance()
    first, second = (results.add_map_result(project, made, "ortho") for _ in range(2))
    assert first.name() != second.name()
    assert results.class_layer(first).name() != results.class_layer(second).name()


def test_styles_travel_with_the_files(made):
    results.add_map_result(QgsProject.instance(), made, "x")
    assert Path(made.classes).with_suffix(".qml").exists()
    again = QgsVectorLayer(f"{made.polygons}|layername=polygons", "again", "ogr")
    again.loadDefaultStyle()
    assert again.renderer().type() == "categorizedSymbol"
    raster = QgsRasterLayer(made.classes, "again", "gdal")
    assert [entry.label for entry in raster.renderer().classes()] == [c.name for c in CLASSES]


def test_an_output_that_has_gone_is_left_out_and_nothing_breaks(made):
    Path(made.confidence).unlink()
    group = results.add_map_result(QgsProject.instance(), made, "x")
    assert "Confidence" not in [node.name() for node in group.findLayers()]
