"""Layers as files: coordinate systems, selections, filters, joins, edits, memory layers."""

from __future__ import annotations

import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsField,
    QgsGeometry,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsVectorLayer,
    QgsVectorLayerJoinInfo,
)
from qgis.PyQt.QtCore import QVariant

from urbangrain.plugin.layers import sources


@pytest.fixture
def memory_layer():
    layer = QgsVectorLayer("Polygon?crs=EPSG:3035&field=kind:string&field=fid:integer", "mine", "memory")
    for number in range(3):
        feature = QgsFeature(layer.fields())
        feature.setAttributes([f"kind {number}", 7])
        feature.setGeometry(QgsGeometry.fromRect(QgsRectangle(number, 0, number + 0.5, 1)))
        layer.dataProvider().addFeatures([feature])
    layer.updateExtents()
    QgsProject.instance().addMapLayer(layer)
    return layer


def reread(source: sources.VectorSource) -> QgsVectorLayer:
    layer = QgsVectorLayer(f"{source.path}|layername={source.layer}", "again", "ogr")
    assert layer.isValid()
    return layer


def test_a_memory_layer_keeps_its_crs_and_attributes(memory_layer):
    again = reread(sources.polygon_source(memory_layer))
    assert again.crs().authid() == "EPSG:3035"
    assert again.featureCount() == 3
    assert {feature["kind"] for feature in again.getFeatures()} == {"kind 0", "kind 1", "kind 2"}


def test_only_the_selection(memory_layer):
    memory_layer.selectByExpression("kind = 'kind 1'")
    again = reread(sources.polygon_source(memory_layer, selected_only=True))
    assert [feature["kind"] for feature in again.getFeatures()] == ["kind 1"]


def test_an_empty_selection_is_said(memory_layer):
    with pytest.raises(sources.UnusableLayer, match="mine"):
        sources.polygon_source(memory_layer, selected_only=True)


def test_a_plain_file_is_used_as_it_is(demo_files):
    layer = QgsVectorLayer(demo_files["reference"], "reference", "ogr")
    assert sources.polygon_source(layer).path == demo_files["reference"]


def test_a_filter_holds(demo_files):
    layer = QgsVectorLayer(demo_files["reference"] + "|layername=reference", "reference", "ogr")
    assert layer.setSubsetString("\"class\" = 'water'")
    source = sources.polygon_source(layer)
    assert source.path != demo_files["reference"]
    assert reread(source).featureCount() == 1


def test_joined_fields_come_along(demo_files, memory_layer):
    layer = QgsVectorLayer(demo_files["reference"], "reference", "ogr")
    QgsProject.instance().addMapLayer(layer)
    join = QgsVectorLayerJoinInfo()
    join.setJoinLayer(memory_layer)
    join.setJoinFieldName("kind")
    join.setTargetFieldName("class")
    join.setUsingMemoryCache(True)
    join.setPrefix("j_")
    layer.addJoin(join)
    again = reread(sources.polygon_source(layer))
    assert "j_fid" in again.fields().names()


def test_virtual_fields_come_along(demo_files):
    layer = QgsVectorLayer(demo_files["reference"], "reference", "ogr")
    layer.addExpressionField('upper("class")', QgsField("loud", QVariant.String))
    again = reread(sources.polygon_source(layer))
    assert "WATER" in {feature["loud"] for feature in again.getFeatures()}


def test_unsaved_edits_are_included_and_said(demo_files):
    layer = QgsVectorLayer(demo_files["reference"], "reference", "ogr")
    layer.startEditing()
    layer.deleteFeature(next(layer.getFeatures()).id())
    source = sources.polygon_source(layer)
    assert "unsaved edits" in source.note
    assert reread(source).featureCount() == 4
    assert QgsVectorLayer(demo_files["reference"], "", "ogr").featureCount() == 5, "the person's file stays as it is"
    layer.rollBack()


def test_another_crs_given_by_the_person_counts(demo_files):
    layer = QgsVectorLayer(demo_files["reference"], "reference", "ogr")
    layer.setCrs(QgsCoordinateReferenceSystem("EPSG:25833"))
    assert reread(sources.polygon_source(layer)).crs().authid() == "EPSG:25833"


@pytest.mark.parametrize("kind", ["Point", "LineString"])
def test_other_geometries_are_refused_in_words(kind):
    layer = QgsVectorLayer(f"{kind}?crs=EPSG:4326", "things", "memory")
    with pytest.raises(sources.UnusableLayer, match="not a polygon layer"):
        sources.polygon_source(layer)


def test_rasters_of_other_providers_are_refused_in_words(demo_files):
    assert sources.raster_path(QgsRasterLayer(demo_files["image"], "image", "gdal")) == demo_files["image"]
    with pytest.raises(sources.UnusableLayer):
        sources.raster_path(None)


def test_infinite_and_empty_rectangles_are_no_area():
    assert sources.rectangle(QgsRectangle()) is None
    assert sources.rectangle(QgsRectangle(0, 0, float("inf"), 1)) is None
    assert sources.rectangle(QgsRectangle(1, 2, 3, 4)) == (1, 2, 3, 4)


def test_a_custom_crs_becomes_wkt():
    crs = QgsCoordinateReferenceSystem.fromProj("+proj=laea +lat_0=50 +lon_0=9 +datum=WGS84")
    assert sources.crs_text(crs).startswith("PROJCRS")
    assert sources.crs_text(QgsCoordinateReferenceSystem()) is None
