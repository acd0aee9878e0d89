"""Renderers from class infos."""

from __future__ import annotations

from pathlib import Path

import pytest
from fake_worker import CLASSES, map_image
from qgis.core import QgsProject, QgsRasterLayer, QgsSymbol, QgsVectorLayer
from qgis.PyQt.QtGui import QColor

from urbangrain.engine.protocol import MapJob, ValueBand
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


def values_of(name, image, folder):
    job = MapJob(image, f"/models/{name}.onnx", str(folder / f"{name}.tif"))
    return map_image("test", job)


@pytest.fixture
def depth(demo_files, tmp_path, capsys):
    return values_of("depth", demo_files["image"], tmp_path)


@pytest.fixture
def sharp(demo_files, tmp_path, capsys):
    return values_of("sharp", demo_files["image"], tmp_path)


def colours_of(layer, row=5):
    """The colours of a row of a layer as it is drawn."""
    block = layer.renderer().block(1, layer.extent(), layer.width(), layer.height())
    return [QColor.fromRgba(block.color(row, column)) for column in range(layer.width())]


@pytest.mark.parametrize("number", [1, 2])
def test_numbers_run_from_their_smallest_to_their_largest(depth, number):
    layer = QgsRasterLayer(depth.classes, "v", "gdal")
    styles.style_values(layer, depth.values, number)
    renderer = layer.renderer()
    assert renderer.band() == number
    assert (renderer.classificationMin(), renderer.classificationMax()) == (10 * number, 10 * number + 5)
    items = renderer.shader().rasterShaderFunction().colorRampItemList()
    assert [item.value for item in items] == [10 * number + step for step in (0, 1.25, 2.5, 3.75, 5)]
    assert [item.label for item in items][:3] == [f"{10 * number}.00", f"{10 * number + 1}.25", f"{10 * number + 2}.50"]
    drawn = colours_of(layer)
    assert [colour.alpha() for colour in drawn[:2]] == [0, 0], "nodata is transparent"
    green = [colour.green() for colour in drawn[2:]]  # which only grows along the ramp
    assert green == sorted(green)
    assert green[-1] - green[0] > 150


@pytest.mark.parametrize("value", [0.0, 7.0, -1e6, float("nan")])
def test_one_number_everywhere_has_a_legend_too(depth, value):
    layer = QgsRasterLayer(depth.classes, "v", "gdal")
    styles.style_values(layer, [ValueBand("depth", value, value, value, 0.0)])
    items = layer.renderer().shader().rasterShaderFunction().colorRampItemList()
    values = [item.value for item in items]
    assert values == sorted(set(values))
    assert len({item.label for item in items}) == len(items)


def test_sharpened_imagery_is_shown_in_its_colours(sharp):
    layer = QgsRasterLayer(sharp.classes, "v", "gdal")
    styles.style_values(layer, sharp.values)
    renderer = layer.renderer()
    assert (renderer.redBand(), renderer.greenBand(), renderer.blueBand()) == (1, 2, 3)
    drawn = colours_of(layer)
    assert [colour.alpha() for colour in drawn[:2]] == [0, 0]
    # one range, 10 to 35, for all three: red is darkest here and blue brightest
    assert drawn[2].red() == 0
    assert drawn[-1].blue() == 255
    assert drawn[2].red() < drawn[2].green() < drawn[2].blue()


def test_numbers_come_as_a_layer_a_band(depth, sharp):
    project = QgsProject.instance()
    group = results.add_map_result(project, depth, "ortho")
    shown = {node.name(): node.itemVisibilityChecked() for node in group.findLayers()}
    assert shown == {"ortho depth": True, "ortho age": False}
    assert [node.layer().renderer().band() for node in group.findLayers()] == [1, 2]
    assert results.class_layer(group) is None
    assert not any(results.may_be_classes(node.layer()) for node in group.findLayers())
    again = QgsRasterLayer(depth.classes, "again", "gdal")
    assert again.renderer().band() == 1, "the file's own style is that of the band that is on"
    group = results.add_map_result(project, sharp, "ortho")
    assert [node.name() for node in group.findLayers()] == ["ortho sharpened"]
    # numbers are no imagery to map; sharpened imagery is
    made = {layer.name(): layer.customProperty(results.ROLE_PROPERTY) for layer in project.mapLayers().values()}
    assert made == {"ortho depth": "result", "ortho age": "result", "ortho sharpened": None}


def test_many_bands_are_not_many_layers(demo_files, tmp_path, capsys):
    many = values_of("many", demo_files["image"], tmp_path)
    assert len(many.values) == 12
    group = results.add_map_result(QgsProject.instance(), many, "ortho")
    assert len(group.findLayers()) == results.MOST_VALUE_LAYERS


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
