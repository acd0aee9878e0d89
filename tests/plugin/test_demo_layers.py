"""The demo city in a project: which layers, which of them are seen."""

from __future__ import annotations

from osgeo import ogr, osr
from qgis.core import QgsProject

from urbangrain.engine.protocol import DemoSceneResult
from urbangrain.plugin.layers.demo import add_demo_scene


def points(path):
    """Write a file with two points of interest."""
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(32650)
    data = ogr.GetDriverByName("GPKG").CreateDataSource(path)
    layer = data.CreateLayer("pois", crs, ogr.wkbPoint)
    layer.CreateField(ogr.FieldDefn("category", ogr.OFTString))
    for x, category in ((500050, "amenity=school"), (500090, "shop=bakery")):
        feature = ogr.Feature(layer.GetLayerDefn())
        feature.SetField("category", category)
        feature.SetGeometry(ogr.CreateGeometryFromWkt(f"POINT ({x} 3999900)"))
        layer.CreateFeature(feature)
    return path


def seen():
    """Return the layers from top to bottom, and whether each is shown."""
    return [(node.name(), node.isVisible()) for node in QgsProject.instance().layerTreeRoot().findLayers()]


def test_points_of_interest_come_switched_off(demo_files, tmp_path):
    files = {**demo_files, "pois": points(str(tmp_path / "pois.gpkg"))}
    assert add_demo_scene(QgsProject.instance(), DemoSceneResult(str(tmp_path), files)) is not None
    assert dict(seen()) == {
        "Demo city": True,
        "Demo parcels": False,
        "Demo points of interest": False,
        "Demo reference": True,
    }
    layer = QgsProject.instance().mapLayersByName("Demo points of interest")[0]
    assert layer.featureCount() == 2
    assert layer.renderer().symbol().size() == 1.4


def test_a_city_without_points_of_interest_has_no_such_layer(demo_files, tmp_path):
    assert add_demo_scene(QgsProject.instance(), DemoSceneResult(str(tmp_path), demo_files)) is not None
    assert [name for name, _ in seen() if "points" in name] == []
