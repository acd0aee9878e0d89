"""The Parcels page, driven by its widgets."""

from __future__ import annotations

import os
import signal
import time

import pytest
from conftest import pump
from fake_worker import LAND_USES, PARCEL_MODEL
from osgeo import gdal, ogr, osr
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsGeometry,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QLocale, Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QPushButton, QTabBar, QWidget

from urbangrain.engine.protocol import ClassifyJob, DemoSceneResult, MakeParcelsJob
from urbangrain.plugin import settings
from urbangrain.plugin.dock.density_picker import columns
from urbangrain.plugin.dock.dock import UrbanGrainDock
from urbangrain.plugin.dock.parcels_result import counts_html
from urbangrain.plugin.layers import likely, sources
from urbangrain.plugin.layers.demo import add_demo_scene
from urbangrain.plugin.layers.results import ROLE_PROPERTY

WEST, NORTH = 500000, 4000000  # of the demo image, 192 m wide


def write(path, wkts, field, values):
    """Write a GeoPackage of one layer with one text field."""
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(32650)
    data = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
    layer = data.CreateLayer(path.stem, crs, ogr.CreateGeometryFromWkt(wkts[0]).GetGeometryType())
    layer.CreateField(ogr.FieldDefn(field, ogr.OFTString))
    for wkt, value in zip(wkts, values):
        feature = ogr.Feature(layer.GetLayerDefn())
        feature.SetField(field, value)
        feature.SetGeometry(ogr.CreateGeometryFromWkt(wkt))
        layer.CreateFeature(feature)
    return str(path)


@pytest.fixture
def files(demo_files, tmp_path):
    """The demo's image and parcels, and the smallest boundary, roads, points, density and table."""
    ring = f"{WEST} {NORTH}, {WEST + 192} {NORTH}, {WEST + 192} {NORTH - 192}, {WEST} {NORTH - 192}, {WEST} {NORTH}"
    boundary = write(tmp_path / "boundary.gpkg", [f"POLYGON(({ring}))"], "name", ["town"])
    lines = [f"LINESTRING({WEST} {NORTH - y}, {WEST + 192} {NORTH - y})" for y in (50, 100, 150)]
    roads = write(tmp_path / "roads.gpkg", lines, "highway", ["primary", "residential;goat_trail", "Primary"])
    points = [f"POINT({WEST + x} {NORTH - 50})" for x in (20, 90)]
    pois = write(tmp_path / "pois.gpkg", points, "category", ["amenity=school", "shop=bakery"])
    density = str(tmp_path / "density.tif")
    out = gdal.GetDriverByName("GTiff").Create(density, 8, 8, 24, gdal.GDT_Float32)
    out.SetGeoTransform((WEST, 24, 0, NORTH, 0, -24))
    out.SetProjection(gdal.Open(demo_files["image"]).GetProjection())
    out.FlushCache()
    table = tmp_path / "density.csv"
    table.write_text("landuse;" + ";".join(f"h{hour}" for hour in range(24)) + "\nresidential" + ";1" * 24 + "\n")
    return {
        **demo_files, "boundary": boundary, "roads": roads, "pois": pois, "density": density, "table": str(table),
    }  # fmt: skip


@pytest.fixture
def dock(session):
    dock = UrbanGrainDock(session)
    dock.resize(340, 900)
    dock.show()
    dock.show_page("parcels")
    yield dock
    dock.close_down()
    dock.close()


@pytest.fixture
def page(dock):
    return dock.parcels_page


@pytest.fixture
def jobs(session, monkeypatch):
    """The tasks' jobs, as the engine gets them."""
    given = []
    start = session.start
    monkeypatch.setattr(session, "start", lambda job, text: given.append(job) or start(job, text))
    return given


def add(path, name, raster=False):
    layer = QgsRasterLayer(path, name, "gdal") if raster else QgsVectorLayer(path, name, "ogr")
    assert layer.isValid()
    QgsProject.instance().addMapLayer(layer)
    return layer


def add_streets(files):
    return add(files["boundary"], "Town boundary"), add(files["roads"], "streets")


def add_sources(files):
    names = {"parcels": "lots", "image": "ortho", "pois": "places", "density": "people"}
    return {key: add(files[key], name, key in ("image", "density")) for key, name in names.items()}


def ready(panel):
    assert pump(panel.run_button.isEnabled), panel.hint.text()
    return panel


def press(panel):
    QTest.mouseClick(ready(panel).run_button, Qt.MouseButton.LeftButton)


def run(panel):
    press(panel)
    assert panel.running
    assert pump(lambda: not panel.running)


@pytest.fixture
def cut(page, files):
    add_streets(files)
    assert pump(lambda: not page.cut.isHidden())
    return ready(page.cut)


@pytest.fixture
def classify(page, files):
    add_sources(files)
    page.show_task("classify")
    return ready(page.classify)


def groups():
    return [node.name() for node in QgsProject.instance().layerTreeRoot().findGroups()]


# nothing there yet


def test_an_empty_project_says_what_is_needed_and_offers_the_demo_city(page):
    assert page.empty.isVisible()
    assert not page.tasks.isVisible()
    assert not page.cut.isVisible()
    QTest.mouseClick(page.empty.demo, Qt.MouseButton.LeftButton)
    assert page.demo_progress.isVisible()
    assert pump(lambda: not page.empty.isVisible())
    assert page.tasks.isVisible()
    assert not page.demo_progress.isVisible()
    assert page.classify.parcels.currentLayer().name() == "Demo parcels"


def test_the_demo_city_has_all_that_both_tasks_need(page, files):
    result = DemoSceneResult("", files)
    assert add_demo_scene(QgsProject.instance(), result).name() == "Demo city"
    ready(page.cut)
    assert page.cut.boundary.currentLayer().name() == "Demo boundary"
    page.show_task("classify")
    given = ready(page.classify).sources
    chosen = [combo.currentLayer().name() for combo in (given.image, given.pois, given.density.layer)]
    assert chosen == ["Demo city", "Demo points of interest", "Demo user density"]
    root = QgsProject.instance().layerTreeRoot()
    density, boundary = (
        root.findLayer(QgsProject.instance().mapLayersByName(name)[0])
        for name in ("Demo user density", "Demo boundary")
    )
    assert not density.isVisible()
    assert not boundary.isVisible()
    assert density.layer().customProperty(ROLE_PROPERTY), "it is no imagery for the other pages"


def test_polygons_are_added_by_qgis_own_dialog(page, session, monkeypatch):
    opened = []
    monkeypatch.setattr(session.iface, "openDataSourceManagerPage", opened.append, raising=False)
    QTest.mouseClick(page.empty.add, Qt.MouseButton.LeftButton)
    assert opened == ["ogr"]


def test_roads_are_asked_for(page, files):
    add(files["boundary"], "Town boundary")
    assert pump(lambda: page.cut.isVisible())
    assert "Add a line layer with roads" in page.cut.hint.text()
    assert not page.cut.run_button.isEnabled()


def test_one_primary_button_is_seen_at_a_time(page, cut):
    assert (cut.run_button.isVisible(), page.classify.run_button.isVisible()) == (True, False)
    page.tasks.setCurrentIndex(1)
    assert (cut.run_button.isVisible(), page.classify.run_button.isVisible()) == (False, True)


# cutting


def test_likely_layers_and_the_class_field_are_chosen(page, files):
    add(files["parcels"], "lots")
    boundary, roads = add_streets(files)
    cut = page.cut
    assert pump(lambda: cut.boundary.currentLayer() is boundary)
    assert cut.roads.currentLayer() is roads
    assert cut.field.currentField() == "highway"
    text = ready(cut).hint.text()
    assert "Town boundary (polygons: 1) is cut by streets (lines: 3)." in text


def test_the_table_has_the_classes_of_the_layer_with_their_usual_widths(cut):
    table = cut.widths.table
    shown = [(table.item(row, 0).text(), table.item(row, 1).data(0)) for row in range(table.rowCount())]
    assert shown == [("goat_trail", 6.0), ("primary", 12.0), ("residential", 7.0)]
    assert cut.widths.summary() == "3 classes, as usual"
    assert cut.widths.value() == {"widths": {}, "default_width": 6.0}


def test_widths_that_a_person_changes_go_into_the_job(cut, jobs):
    table = cut.widths.table
    table.item(1, 1).setData(Qt.ItemDataRole.EditRole, 20.0)
    assert cut.widths.summary() == "3 classes, 1 changed"
    assert table.item(1, 0).font().bold()
    cut.widths.other.setValue(3.5)
    assert table.item(0, 1).data(0) == 3.5, "a class without a usual width follows the other roads"
    cut.sizes.opening.setValue(2)
    cut.sizes.smallest.setValue(100)
    run(cut)
    (job,) = jobs
    assert isinstance(job, MakeParcelsJob)
    assert (job.widths, job.default_width, job.opening_m) == ({"primary": 20.0}, 3.5, 2.0)
    assert (job.min_area_m2, job.max_area_m2, job.road_field) == (100.0, 0.0, "highway")
    assert not job.overwrite
    cut.widths.table.item(1, 1).setData(Qt.ItemDataRole.EditRole, 12.0)
    assert cut.widths.value()["widths"] == {}, "the usual width is no change"


def test_a_width_is_typed_with_the_keyboard(cut):
    cut.widths.setCollapsed(False)
    table = cut.widths.table
    table.setFocus()
    table.setCurrentCell(2, 1)
    QTest.keyClick(table, Qt.Key.Key_F2)
    editor = table.findChild(QWidget, "qt_spinbox_lineedit")
    editor.selectAll()
    QTest.keyClicks(editor, "9")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert pump(lambda: cut.widths.value()["widths"] == {"residential": 9.0}), cut.widths.value()
    QTest.mouseClick(cut.widths.reset_button, Qt.MouseButton.LeftButton)
    assert cut.widths.value()["widths"] == {}
    assert table.item(2, 1).data(0) == 7.0


def test_without_a_class_field_all_roads_are_equally_wide(cut, jobs):
    cut.field.setField("")
    assert "All roads are 6 m wide" in cut.hint.text()
    assert cut.widths.table.isHidden()
    run(cut)
    assert jobs[0].road_field == ""


def test_a_field_with_too_many_values_is_no_class_field(page, files, tmp_path):
    count = 205
    lines = [f"LINESTRING({WEST} {NORTH - k}, {WEST + 9} {NORTH - k})" for k in range(count)]
    add(files["boundary"], "Town boundary")
    add(write(tmp_path / "many.gpkg", lines, "highway", [f"name {k}" for k in range(count)]), "many")
    assert pump(lambda: "more than 200 values" in page.cut.hint.text())
    assert not page.cut.run_button.isEnabled()


def test_an_empty_range_of_areas_forbids_the_run(cut):
    cut.sizes.smallest.setValue(500)
    cut.sizes.largest.setValue(400)
    assert "No parcel fits" in cut.hint.text()
    assert not cut.run_button.isEnabled()
    cut.sizes.largest.setValue(0)
    assert cut.run_button.isEnabled()
    assert cut.sizes.summary() == "opening 5 m, from 500 m²"


def test_cut_parcels_come_as_a_styled_group_and_are_classified_next(page, cut, session):
    run(cut)
    assert groups() == ["Town boundary · parcels"]
    (layer,) = QgsProject.instance().mapLayersByName("Parcels")
    assert layer.featureCount() == 4
    assert layer.customProperty(ROLE_PROPERTY) == "parcels"
    assert layer.renderer().symbol().symbolLayer(0).properties()["style"] == "no", "outlines"
    text = cut.result.text.text()
    assert "Cut 4 parcels (1.00 ha) by 3 roads in 1 s." in text
    assert "Pieces left out, too narrow or out of the range of areas: 2." in text
    assert "goat_trail (1)" in text, "remarks are worded"
    session.iface.mapCanvas().setExtent(QgsRectangle(0, 0, 1, 1))
    session.iface.mapCanvas().setDestinationCrs(layer.crs())
    QTest.mouseClick(cut.result.show_button, Qt.MouseButton.LeftButton)
    assert session.iface.mapCanvas().extent().contains(layer.extent())
    assert page.classify.parcels.currentLayer() is layer
    QTest.mouseClick(cut.result.classify_button, Qt.MouseButton.LeftButton)
    assert page.classify.isVisible()
    assert not cut.isVisible()


def test_a_second_cut_stands_beside_the_first(cut):
    run(cut)
    run(cut)
    assert groups() == ["Town boundary · parcels (2)", "Town boundary · parcels"]
    assert cut.boundary.currentLayer().name() == "Town boundary", "what was made is no boundary"


def test_files_are_kept_and_never_replaced(cut, jobs, tmp_path):
    assert "temporary" in cut.output.summary()
    cut.output.file.setFilePath(str(tmp_path / "town"))
    assert cut.output.warning.isHidden()
    (tmp_path / "town.gpkg").write_text("precious")
    cut.judge()
    assert "town.gpkg exists and stays: the new file is town_2.gpkg." in cut.hint.text()
    run(cut)
    assert jobs[0].out == str(tmp_path / "town_2.gpkg")
    assert (tmp_path / "town.gpkg").read_text() == "precious"
    assert (tmp_path / "town_2.gpkg").stat().st_size > 0


def test_a_folder_that_is_not_there_is_said_before_the_run(cut, tmp_path):
    cut.output.file.setFilePath(str(tmp_path / "missing" / "town.gpkg"))
    assert "does not exist" in cut.hint.text()
    assert not cut.run_button.isEnabled()


def test_memory_layers_and_unsaved_edits_are_cut_as_they_are_seen(page, files, jobs):
    boundary, _ = add_streets(files)
    memory = QgsVectorLayer("LineString?crs=EPSG:32650&field=highway:string", "sketch", "memory")
    feature = QgsFeature(memory.fields())
    feature.setAttribute("highway", "track")
    feature.setGeometry(QgsGeometry.fromWkt(f"LINESTRING({WEST} {NORTH - 20}, {WEST + 90} {NORTH - 20})"))
    memory.dataProvider().addFeatures([feature])
    memory.updateExtents()
    QgsProject.instance().addMapLayer(memory)
    cut = ready(page.cut)
    cut.roads.setLayer(memory)
    boundary.startEditing()
    boundary.deleteFeature(next(boundary.getFeatures()).id())
    feature = QgsFeature(boundary.fields())
    feature.setGeometry(QgsGeometry.fromRect(QgsRectangle(WEST, NORTH - 50, WEST + 50, NORTH)))
    boundary.addFeature(feature)
    page.wake()
    assert "Town boundary is being edited: its unsaved edits are included." in cut.hint.text()
    run(cut)
    (job,) = jobs
    assert job.boundary != files["boundary"]
    written = QgsVectorLayer(f"{job.roads}|layername={job.roads_layer}", "", "ogr")
    assert [row["highway"] for row in written.getFeatures()] == ["track"]
    assert "Cut 4 parcels" in cut.result.text.text()
    boundary.rollBack()


def test_a_layer_without_a_reference_system_forbids_the_run(page, cut):
    cut.roads.currentLayer().setCrs(QgsCoordinateReferenceSystem())
    page.wake()
    assert "streets has no coordinate reference system" in cut.hint.text()
    assert not cut.run_button.isEnabled()


# classifying


def test_everything_that_is_there_is_taken(classify, jobs, files):
    given = classify.sources
    assert classify.parcels.currentLayer().name() == "lots"
    assert classify.model.current() == PARCEL_MODEL
    assert "4 bands" not in classify.model.about.text()
    assert "2 classes" in classify.model.about.text()
    assert given.image.currentLayer().name() == "ortho"
    assert given.bands.summary() == "1, 2, 3, 4, matched by name"
    assert given.category.currentField() == "category"
    assert given.density.raster().name() == "people"
    assert given.classes.currentLayer() is None
    text = classify.hint.text()
    assert "Parcels to classify: 5. They are told by: image, points of interest, user density." in text
    run(classify)
    (job,) = jobs
    assert isinstance(job, ClassifyJob)
    assert (job.parcels, job.image, job.bands) == (files["parcels"], files["image"], None)
    assert (job.pois, job.pois_field, job.density) == (files["pois"], "category", files["density"])
    assert (job.classes, job.most_patches, job.seed, job.device) == (None, 16, 0, "auto")
    assert (job.model, job.overwrite) == (PARCEL_MODEL.path, False)


def test_what_a_person_chooses_goes_into_the_job(page, classify, jobs, files, tmp_path):
    gdal.Translate(str(tmp_path / "classes.tif"), files["image"], bandList=[1], outputType=gdal.GDT_Byte)
    classes = add(str(tmp_path / "classes.tif"), "land cover", True)
    page.offer()
    given = classify.sources
    given.bands.choose((3, 2, 1, 0))
    given.pois.setLayer(None)
    given.density.choose_table(files["table"])
    given.classes.setLayer(classes)
    assert given.density.key.currentField() == "landuse", "the table has a column of that name"
    classify.advanced.patches.setValue(4)
    classify.advanced.seed.setValue(7)
    classify.advanced.device.offer(("cpu", "cuda:0 NVIDIA A"))
    classify.advanced.device.setCurrentIndex(classify.advanced.device.findData("cuda:0"))
    assert classify.advanced.summary() == "4 patches, GPU NVIDIA A"
    pump(lambda: False, 0.5)
    assert "told by: image, user density." in ready(classify).hint.text()
    run(classify)
    (job,) = jobs
    assert (job.bands, job.pois, job.density, job.density_key) == ((3, 2, 1, 0), None, files["table"], "landuse")
    assert (job.classes, job.most_patches, job.seed, job.device) == (str(tmp_path / "classes.tif"), 4, 7, "cuda:0")


def test_rows_are_shown_for_what_is_chosen_only(classify, files):
    given = classify.sources
    assert given.bands.isVisible()
    assert given.category.isVisible()
    assert not given.density.table.isVisible()
    given.image.setLayer(None)
    given.pois.setLayer(None)
    assert not given.bands.isVisible()
    assert not given.category.isVisible()
    assert not given.labels[given.category].isVisible()
    given.density.choose_table(files["table"])
    assert given.density.table.isVisible()
    assert given.density.key.isVisible()


def test_without_any_source_nothing_can_run(classify):
    given = classify.sources
    for combo in (given.image, given.pois, given.density.layer):
        combo.setCurrentIndex(0)
    assert "one at least" in classify.hint.text()
    assert not classify.run_button.isEnabled()
    given.density.layer.setLayer(QgsProject.instance().mapLayersByName("people")[0])
    assert classify.run_button.isEnabled(), "one source will do, and no image means nothing to look at"


def test_a_choice_of_none_is_kept_when_layers_come(page, classify, files):
    given = classify.sources
    given.pois.setCurrentIndex(0)
    given.pois.activated.emit(0)
    add(files["pois"], "more places")
    page.offer()
    assert given.pois.currentLayer() is None


def test_a_base_map_from_the_web_is_offered_but_not_taken(page, files):
    add(files["parcels"], "lots")
    web = QgsRasterLayer("type=xyz&url=file:///nowhere/%7Bz%7D.png&zmax=19", "base map", "wms")
    assert web.isValid()
    QgsProject.instance().addMapLayer(web)
    page.show_task("classify")
    given = page.classify.sources
    assert pump(lambda: page.classify.isVisible())
    assert given.image.currentLayer() is None
    given.image.setLayer(web)
    assert pump(lambda: "web or database layer" in page.classify.hint.text())
    assert not page.classify.run_button.isEnabled()


def test_a_table_stays_chosen_when_layers_come_and_go(page, classify, files, tmp_path):
    density = classify.sources.density
    density.choose_table(files["table"])
    more = add(files["density"], "more people", True)
    add(files["image"], "another", True)
    page.offer()
    assert density.is_table
    QgsProject.instance().removeMapLayer(more)
    page.offer()
    assert density.is_table
    assert density.value() == (files["table"], "landuse")


@pytest.mark.parametrize(
    ("table", "says"),
    [("", "Choose the table"), ("gone.csv", "is not there"), ("other.csv", "has no column landuse")],
)
def test_what_is_wrong_with_the_table_is_said(classify, tmp_path, table, says):
    (tmp_path / "other.csv").write_text("name," + ",".join(map(str, range(24))) + "\n")
    classify.sources.density.choose_table(str(tmp_path / table) if table else "")
    classify.sources.density.key.setField("landuse")
    assert says in classify.hint.text()
    assert not classify.run_button.isEnabled()


def test_columns_of_tables(tmp_path):
    path = tmp_path / "t.csv"
    for text in ('\ufeffid,"a, b",c\n1,2,3\n', "id;a, b;c\n", "id\ta, b\tc\n"):
        path.write_text(text, encoding="utf-8")
        assert columns(str(path)) == ["id", "a, b", "c"]
    assert columns(str(tmp_path / "none.csv")) == []


def test_a_missing_band_forbids_the_run(classify, files, tmp_path):
    gdal.Translate(str(tmp_path / "grey.tif"), files["image"], bandList=[1])
    grey = add(str(tmp_path / "grey.tif"), "grey", True)
    classify.sources.image.setLayer(grey)
    assert pump(lambda: "red band" in classify.hint.text())
    assert not classify.run_button.isEnabled()
    classify.sources.image.setLayer(None)
    assert pump(classify.run_button.isEnabled), "without the image nothing is wrong"


def test_a_source_that_lies_elsewhere_is_said(page, classify, files, tmp_path):
    far = write(tmp_path / "far.gpkg", ["POINT(100000 1000000)", "POINT(100100 1000100)"], "category", ["a", "b"])
    classify.sources.pois.setLayer(add(far, "far away"))
    assert "far away lies elsewhere" in classify.hint.text()
    assert "people lies elsewhere" not in classify.hint.text()


def test_the_result_is_shown_by_class_and_by_quality(classify):
    run(classify)
    assert groups() == [f"lots · {PARCEL_MODEL.title}"]
    (layer,) = QgsProject.instance().mapLayersByName("Land use")
    assert layer.customProperty(ROLE_PROPERTY) == "land use"
    text = classify.result.text.text()
    assert "Classified 4 of 5 parcels in 1 s on CPU." in text
    assert "Quality 4 to 5 (probability from 0.9): 0 (0\u00a0%)." in text
    assert "Used: image (4), points of interest (4), user density (4)." in text
    assert "nothing is known of them: 1" in text
    assert "Residential" in text
    assert layer.renderer().classAttribute() == "land_use_2"
    button = classify.result.style_button
    assert button.text() == "By quality"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert layer.renderer().classAttribute() == "quality"
    assert button.text() == "By land use"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert layer.renderer().classAttribute() == "land_use_2"
    layer.styleManager().setCurrentStyle("Quality")  # as in QGIS's layer panel
    assert button.text() == "By land use"
    _, _, names, _, _ = layer.listStylesInDatabase()
    assert sorted(names) == ["Land use", "Quality"], "both go with the file"


def test_the_file_opens_by_class(classify, jobs):
    run(classify)
    again = QgsVectorLayer(f"{jobs[0].out}|layername=parcels", "again", "ogr")
    assert again.renderer().classAttribute() == "land_use_2"
    colours = [category.symbol().color().name() for category in again.renderer().categories()]
    assert colours[: len(LAND_USES)] == [info.colour for info in LAND_USES]


def test_a_removed_result_layer_harms_nothing(classify):
    run(classify)
    QgsProject.instance().removeMapLayer(QgsProject.instance().mapLayersByName("Land use")[0])
    for name in ("parcelsLandUseShow", "parcelsLandUseStyle"):
        QTest.mouseClick(classify.findChild(QPushButton, name), Qt.MouseButton.LeftButton)
    assert classify.result.isVisible()


def test_classes_are_counted_most_first(classify):
    run(classify)
    text = classify.result.text.text()
    assert LAND_USES[0].colour in text
    result = type("Result", (), {"class_infos": LAND_USES, "counts": {"Residential": 2, "Industrial": 1200}})
    rows = counts_html(result)
    assert rows.index("Industrial") < rows.index("Residential")
    assert "1,200" in rows


def test_models_of_pixels_are_not_offered(classify):
    assert [classify.model.combo.itemText(i) for i in range(classify.model.combo.count())] == [PARCEL_MODEL.title]


def test_a_file_of_another_kind_of_model_is_said(classify, session, tmp_path, monkeypatch):
    said = []
    monkeypatch.setattr(session, "say", lambda text, *_: said.append(text))
    path = tmp_path / "roofs.onnx"
    path.write_bytes(b"")
    classify.open_model(str(path))
    assert pump(lambda: said)
    assert "roofs.onnx maps pixels and cannot classify parcels" in said[0]
    assert classify.model.current() == PARCEL_MODEL


def test_an_engine_without_a_model_of_parcels_says_so(page, classify):
    page.catalogue.parcel_models = ()
    page.catalogue.came.emit()
    assert "no model of parcels" in classify.hint.text()
    assert not classify.run_button.isEnabled()
    page.catalogue.parcel_models = (PARCEL_MODEL,)
    page.catalogue.came.emit()
    ready(classify)


# running


@pytest.mark.parametrize("task", ["cut", "classify"])
def test_cancel_answers_at_once_and_leaves_nothing(page, files, session, task, tmp_path):
    session.client.step_s = 0.3
    session.restart_engine()
    add_streets(files)
    add_sources(files)
    page.show_task(task)
    panel = getattr(page, task)
    panel.output.file.setFilePath(str(tmp_path / "mine.gpkg"))
    press(panel)
    assert not panel.form.isEnabled()
    assert pump(lambda: "arcels" in panel.progress.stage.text())
    began = time.monotonic()
    QTest.mouseClick(panel.progress.cancel, Qt.MouseButton.LeftButton)
    assert pump(lambda: not panel.running, 2)
    assert time.monotonic() - began < 0.5
    assert "Cancelled" in panel.result.text.text()
    assert not os.path.exists(tmp_path / "mine.gpkg")
    assert groups() == []
    ready(panel)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system")
def test_a_killed_engine_is_said_and_the_next_run_works(classify, session):
    session.client.step_s = 0.3
    session.restart_engine()
    press(classify)
    assert pump(lambda: "Classifying" in classify.progress.stage.text())
    os.kill(session.client.pid, signal.SIGKILL)
    assert pump(lambda: not classify.running)
    assert "stopped unexpectedly" in classify.result.text.text()
    session.client.step_s = 0.0
    run(classify)
    assert "Classified 4 of 5" in classify.result.text.text()


def test_what_fails_is_said_in_words(cut, files, monkeypatch):
    plan = cut._plan()
    monkeypatch.setattr(cut, "_plan", lambda: type(plan)(type(plan.job)("nowhere.gpkg", files["roads"], "out"), ""))
    run(cut)
    assert "The log has the details." in cut.result.text.text()
    assert not cut.result.show_button.isVisible()
    assert groups() == []


def test_an_engine_that_is_missing_is_said_on_both_tasks(session, files):
    session.client.mode = "mute"
    add_streets(files)
    add_sources(files)
    dock = UrbanGrainDock(session)
    dock.show()
    dock.show_page("parcels")
    page = dock.parcels_page
    for panel in (page.cut, page.classify):
        assert pump(lambda panel=panel: "no torch here" in panel.hint.text())
        assert not panel.run_button.isEnabled()
    dock.close_down()


@pytest.mark.parametrize("task", ["cut", "classify"])
def test_the_page_waits_while_a_model_is_trained(dock, page, files, task):
    add_streets(files)
    add_sources(files)
    page.show_task(task)
    panel = ready(getattr(page, task))
    dock._training(True)
    assert "training a model" in panel.hint.text()
    assert not panel.run_button.isEnabled()
    dock._training(False)
    ready(panel)


def test_the_project_may_be_cleared_while_parcels_are_cut(page, cut, session):
    session.client.step_s = 0.1
    session.restart_engine()
    press(cut)
    QgsProject.instance().clear()
    assert pump(lambda: not cut.running)
    assert cut.isVisible(), "what was made is shown"
    assert groups() == ["Town boundary · parcels"]


def test_the_dock_may_close_while_a_job_runs(session, files):
    session.client.step_s = 0.1
    session.restart_engine()
    dock = UrbanGrainDock(session)
    dock.show()
    dock.show_page("parcels")
    add_streets(files)
    press(ready(dock.parcels_page.cut))
    dock.close_down()
    dock.deleteLater()
    pump(lambda: False, 0.8)
    assert groups() == []


# the next session, and the look of it


def test_choices_are_remembered(page, cut, session, tmp_path):
    cut.widths.table.item(1, 1).setData(Qt.ItemDataRole.EditRole, 20.0)
    cut.sizes.opening.setValue(3)
    cut.output.file.setFilePath(str(tmp_path / "town.gpkg"))
    run(cut)
    page.tasks.setCurrentIndex(1)
    again = UrbanGrainDock(session)
    other = again.parcels_page
    assert other.tasks.currentIndex() == 1
    assert other.cut.widths.width_of("PRIMARY") == 20.0
    assert other.cut.widths.summary() == "3 classes, 1 changed"
    assert other.cut.sizes.opening.value() == 3
    assert other.cut.output.file.filePath() == str(tmp_path / "town.gpkg")
    again.close_down()


def test_choices_of_the_second_task_are_remembered(classify, session):
    classify.advanced.patches.setValue(5)
    run(classify)
    assert settings.read("parcels/model", "") == "parcels"
    again = UrbanGrainDock(session)
    assert again.parcels_page.classify.advanced.patches.value() == 5
    again.close_down()


def test_nonsense_in_the_settings_is_forgotten(session):
    settings.write("parcels/widths", '{"primary": "wide"}')
    settings.write("parcels/task", "elsewhere")
    dock = UrbanGrainDock(session)
    assert dock.parcels_page.cut.widths.width_of("primary") == 12.0
    assert dock.parcels_page.tasks.currentIndex() == 0
    dock.close_down()


def test_comma_decimals_change_no_number(session, files, jobs):
    before = QLocale()
    QLocale.setDefault(QLocale("de_DE"))
    try:
        add_streets(files)
        dock = UrbanGrainDock(session)
        dock.show()
        dock.show_page("parcels")
        cut = ready(dock.parcels_page.cut)
        cut.sizes.smallest.setValue(1234)
        cut.widths.other.setValue(2.5)
        cut.widths.table.item(1, 1).setData(Qt.ItemDataRole.EditRole, 9.5)
        run(cut)
        assert (jobs[0].min_area_m2, jobs[0].default_width, jobs[0].widths) == (1234.0, 2.5, {"primary": 9.5})
        dock.close_down()
    finally:
        QLocale.setDefault(before)


@pytest.mark.parametrize("translated", ["", "de", "zh"], indirect=True)
@pytest.mark.parametrize("task", ["empty", "cut", "classify"])
def test_nothing_is_clipped_at_340_px(translated, dock, page, files, task):
    if task != "empty":
        add_streets(files)
        add_sources(files)
        page.show_task(task)
        panel = ready(getattr(page, task))
        page.classify.sources.density.choose_table(files["table"])
        groups = {
            "cut": (page.cut.widths, page.cut.sizes, page.cut.output),
            "classify": (page.classify.sources.bands, page.classify.advanced, page.classify.output),
        }
        for group in groups[task]:
            group.setCollapsed(False)
        run(panel)
    pump(lambda: False, 0.2)
    assert dock.width() == 340
    inner = dock._pages["parcels"].widget()
    assert inner.width() <= 340
    assert inner.minimumSizeHint().width() <= 340
    for widget in inner.findChildren((QAbstractButton, QComboBox, QLabel, QLineEdit, QTabBar)):
        if not widget.isVisible():
            continue
        right = widget.mapTo(inner, widget.rect().topRight()).x()
        assert right <= inner.width(), f"{widget.objectName()} ends at {right}"
        if isinstance(widget, QAbstractButton) and widget.text():
            assert widget.width() >= widget.minimumSizeHint().width(), f"{widget.text()} is cut"


def test_every_control_has_a_tooltip_and_a_name(page):
    for kind in (QPushButton, QComboBox):
        for widget in page.findChildren(kind):
            if widget.objectName().startswith("parcels"):
                assert widget.toolTip(), widget.objectName()


@pytest.mark.parametrize(
    ("task", "wanted"),
    [
        (
            "cut",
            [
                "parcelsBoundary", "parcelsRoads", "parcelsRoadField", "parcelsWidthsTable", "parcelsOtherWidth",
                "parcelsOpening", "parcelsLargest", "parcelsCutFile", "parcelsCutRun",
            ],
        ),
        (
            "classify",
            [
                "parcelsLayer", "parcelsModel", "parcelsImage", "parcelsBand_blue", "parcelsPois", "parcelsPoisField",
                "parcelsDensity", "parcelsClasses", "parcelsPatches", "parcelsDevice", "parcelsLandUseFile",
                "parcelsLandUseRun",
            ],
        ),
    ],
)  # fmt: skip
def test_tab_goes_from_top_to_bottom(page, files, task, wanted):
    add_streets(files)
    add_sources(files)
    page.show_task(task)
    ready(getattr(page, task))
    seen, widget = [], page.tasks
    for _ in range(600):
        if widget.objectName() in wanted and widget.objectName() not in seen:
            seen.append(widget.objectName())
        widget = widget.nextInFocusChain()
    assert seen == wanted


# guesses


def test_likely_layers(files, qgis_app):
    assert likely.polygons() == []
    parcels, boundary = add(files["parcels"], "Flurstücke"), add(files["boundary"], "Stadtgrenze")
    roads, pois = add(files["roads"], "net"), add(files["pois"], "x")
    image, density = add(files["image"], "ortho", True), add(files["density"], "d", True)
    assert likely.boundaries() == [boundary, parcels]
    assert likely.parcels() == [parcels, boundary]
    assert (likely.roads(), likely.places()) == ([roads], [pois])
    assert (likely.images(), likely.densities()) == ([image], [density])
    boundary.setCustomProperty(ROLE_PROPERTY, "parcels")
    assert likely.parcels() == [boundary, parcels], "what was cut here comes first"
    assert likely.boundaries() == [parcels, boundary]
    assert (likely.road_field(roads), likely.place_field(pois)) == ("highway", "category")
    assert likely.key_field(parcels, ("x", "landuse")) == "landuse"
    assert likely.key_field(parcels) == ""


def test_layers_of_another_kind_are_no_roads_and_no_places(files):
    polygons = QgsVectorLayer(files["parcels"], "lots", "ogr")
    lines = QgsVectorLayer(files["roads"], "streets", "ogr")
    with pytest.raises(sources.UnusableLayer, match="lots is not a line layer"):
        sources.line_source(polygons)
    with pytest.raises(sources.UnusableLayer, match="streets has neither points nor polygons"):
        sources.place_source(lines)
    for nothing in (sources.line_source, sources.place_source):
        with pytest.raises(sources.UnusableLayer):
            nothing(None)
    assert sources.place_source(polygons).path == files["parcels"], "grounds are places too"
