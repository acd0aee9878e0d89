"""The dock, driven by its widgets."""

from __future__ import annotations

import dataclasses
import os
import signal
import time

import pytest
from conftest import pump
from qgis.core import QgsApplication, QgsProject, QgsRasterLayer, QgsVectorLayer
from qgis.PyQt.QtCore import QLocale, Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAbstractButton, QComboBox, QFileDialog, QLabel, QPushButton, QToolButton

from urbangrain.plugin import settings
from urbangrain.plugin.dock.dock import UrbanGrainDock


@pytest.fixture
def dock(session):
    dock = UrbanGrainDock(session)
    dock.resize(340, 900)
    dock.show()
    yield dock
    dock.close_down()
    dock.close()


@pytest.fixture
def image(demo_files):
    layer = QgsRasterLayer(demo_files["image"], "ortho", "gdal")
    QgsProject.instance().addMapLayer(layer)
    return layer


def click(dock, name):
    QTest.mouseClick(dock.findChild(QPushButton, name), Qt.MouseButton.LeftButton)


def ready(dock):
    assert pump(lambda: dock.map_page.preflight.verdict.state == "ready"), dock.map_page.preflight.verdict
    return dock.map_page


def names():
    return sorted(layer.name() for layer in QgsProject.instance().mapLayers().values())


def test_an_empty_project_offers_the_demo_scene(dock):
    assert dock.empty.isVisible()
    assert not dock.map_page.form.isVisible()
    click(dock, "mapDemo")
    assert pump(lambda: "Demo city" in names())
    assert names() == ["Demo city", "Demo parcels", "Demo reference"]
    assert pump(lambda: not dock.empty.isVisible())
    assert ready(dock).image.currentLayer().name() == "Demo city"
    assert QgsProject.instance().crs().authid() == "EPSG:32650"


def test_run_gives_a_styled_group_and_a_line_about_it(dock, image):
    page = ready(dock)
    assert page.bands.summary() == "1, 2, 3, 4, matched by name"
    click(dock, "mapRun")
    assert page.running
    assert not page.run_button.isEnabled()
    assert pump(lambda: not page.running)
    assert "ortho classes" in names()
    assert page.result.isVisible()
    text = page.result.text.text()
    assert "Made classes" in text
    assert "CPU" in text
    assert page.image.currentLayer() is image, "a result is no imagery"
    assert pump(lambda: page.run_button.isEnabled())


def choose_model(dock, path):
    ready(dock)
    path.write_bytes(b"")
    dock.map_page.open_model(str(path))
    assert pump(lambda: dock.map_page.model.current() is not None and dock.map_page.model.current().path == str(path))
    pump(lambda: False, 0.5)
    return ready(dock)


def test_a_model_of_numbers_offers_and_makes_numbers_only(dock, image, demo_files, tmp_path):
    parcels = QgsVectorLayer(demo_files["parcels"], "lots", "ogr")
    QgsProject.instance().addMapLayer(parcels)
    page = ready(dock)
    page.parcels.setLayer(parcels)
    page.sampling.blend.setCurrentIndex(page.sampling.blend.findData("max"))
    page = choose_model(dock, tmp_path / "depth.onnx")
    assert "depth, age" in page.model.about.text()
    for widget in (page.parcels, page.cleanup, page.outputs.confidence, page.outputs.polygons):
        assert widget.isHidden(), widget.objectName()
    assert page.outputs.summary().endswith("values")
    assert page.sampling.value()["blend"] == "gaussian"
    job = page.map_job()
    assert job.out.endswith("ortho_values.tif")
    assert (job.confidence, job.polygons, job.parcels, job.min_patch_m2, job.fill_holes_m2) == (None, None, None, 0, 0)
    click(dock, "mapRun")
    assert pump(lambda: not page.running)
    assert {"ortho depth", "ortho age"} <= set(names())
    text = page.result.text.text()
    assert "Made values of" in text
    assert "10.00 to 15.00, mean 12.50" in text
    assert page.result.folder_button.isVisible()
    assert not page.result.assess_button.isVisible()
    assert page.result_layer().name() in ("ortho depth", "ortho age")
    # and back: nothing was forgotten
    assert page.model.choose("landcover")
    assert not page.cleanup.isHidden()
    assert page.outputs.summary().endswith("polygons")
    assert page.parcels.currentLayer() is parcels
    job = page.map_job()
    assert job.confidence
    assert job.parcels
    assert job.min_patch_m2 == 100


def test_sharpened_imagery_is_said_to_be_that(dock, image, tmp_path):
    page = choose_model(dock, tmp_path / "sharp.onnx")
    assert "sharper imagery" in page.model.about.text()
    click(dock, "mapRun")
    assert pump(lambda: not page.running)
    assert "Made sharper imagery of" in page.result.text.text()
    assert "ortho sharpened" in names()
    assert pump(lambda: "ortho sharpened" in [page.image.itemText(i) for i in range(page.image.count())])
    assert page.image.currentLayer() is image


def test_parcels_are_summarised_when_chosen(dock, image, demo_files):
    parcels = QgsVectorLayer(demo_files["parcels"], "lots", "ogr")
    QgsProject.instance().addMapLayer(parcels)
    page = ready(dock)
    assert page.parcels.currentLayer() is None, "nobody asked for parcels yet"
    page.parcels.setLayer(parcels)
    ready(dock)
    pump(lambda: False, 0.5)
    ready(dock)
    click(dock, "mapRun")
    assert pump(lambda: "Parcels" in names())


def test_cancel_answers_at_once_and_leaves_nothing(dock, image, session, tmp_path):
    session.client.step_s = 0.2
    session.restart_engine()
    page = dock.map_page
    page.outputs.folder.setFilePath(str(tmp_path))
    pump(lambda: False, 0.5)
    ready(dock)
    click(dock, "mapRun")
    assert pump(lambda: "px/s" in page.progress.detail.text())
    began = time.monotonic()
    click(dock, "mapCancel")
    assert pump(lambda: not page.running, 2)
    assert time.monotonic() - began < 0.5
    assert "Cancelled" in page.result.text.text()
    assert "ortho classes" not in names()
    assert not [name for name in os.listdir(tmp_path) if name.startswith("ortho")]
    assert pump(lambda: page.run_button.isEnabled())


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system")
def test_a_killed_engine_is_said_and_the_next_run_works(dock, image, session):
    session.client.step_s = 0.1
    session.restart_engine()
    page = ready(dock)
    click(dock, "mapRun")
    assert pump(lambda: "px/s" in page.progress.detail.text())
    os.kill(session.client.pid, signal.SIGKILL)
    assert pump(lambda: not page.running)
    assert "stopped unexpectedly" in page.result.text.text()
    assert page.result.continue_button.isVisible()
    session.client.step_s = 0.0
    assert pump(lambda: page.run_button.isEnabled())
    click(dock, "mapRun")
    assert pump(lambda: "ortho classes" in names())


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system")
def test_a_killed_run_can_be_continued(dock, image, session, monkeypatch):
    session.client.step_s = 0.1
    session.restart_engine()
    page = ready(dock)
    click(dock, "mapRun")
    assert pump(lambda: "px/s" in page.progress.detail.text())
    killed = page._task.job
    os.kill(session.client.pid, signal.SIGKILL)
    assert pump(lambda: page.result.continue_button.isVisible())
    session.client.step_s = 0.0
    started = []
    start = session.start
    monkeypatch.setattr(session, "start", lambda job, text: started.append(job) or start(job, text))
    click(dock, "mapContinue")
    assert pump(lambda: "ortho classes" in names())
    assert started == [dataclasses.replace(killed, resume=True)]
    assert not page.result.continue_button.isVisible()


def test_the_layer_may_go_while_it_is_mapped(dock, image, session):
    session.client.step_s = 0.05
    session.restart_engine()
    page = ready(dock)
    click(dock, "mapRun")
    assert pump(lambda: "px/s" in page.progress.detail.text())
    QgsProject.instance().removeMapLayer(image.id())
    assert pump(lambda: not page.running)
    assert "ortho classes" in names()


def test_the_project_may_be_cleared_while_it_is_mapped(dock, image, session):
    session.client.step_s = 0.05
    session.restart_engine()
    page = ready(dock)
    click(dock, "mapRun")
    assert pump(lambda: "px/s" in page.progress.detail.text())
    QgsProject.instance().clear()
    assert pump(lambda: not page.running)
    assert page.result.isVisible()


def test_missing_bands_forbid_the_run_and_say_what_to_do(dock, demo_files, tmp_path):
    from osgeo import gdal

    path = str(tmp_path / "grey.tif")
    gdal.Translate(path, demo_files["image"], bandList=[1])
    QgsProject.instance().addMapLayer(QgsRasterLayer(path, "grey", "gdal"))
    page = dock.map_page
    assert pump(lambda: page.preflight.verdict.state == "problem")
    assert "red band" in page.preflight_label.text()
    assert not page.run_button.isEnabled()


def test_bands_chosen_by_hand_go_into_the_job(dock, image):
    page = ready(dock)
    page.bands.choose((3, 2, 1, 0))
    ready(dock)
    assert page.map_job().bands == (3, 2, 1, 0)
    assert "yours" in page.bands.summary()


def test_a_required_band_left_open_forbids_the_run(dock, image):
    page = ready(dock)
    page.bands.choose((0, 2, 1, 0))
    assert pump(lambda: page.preflight.verdict.state == "problem")
    assert "blue" in page.preflight_label.text()


def test_selected_features_limit_the_area(dock, image, demo_files):
    layer = QgsVectorLayer(demo_files["reference"], "field work", "ogr")
    QgsProject.instance().addMapLayer(layer)
    page = ready(dock)
    page.area.polygons.setChecked(True)
    page.area.layer.setLayer(layer)
    page.area.selected.setChecked(True)
    assert pump(lambda: page.preflight.verdict.state == "problem")
    assert "No feature of field work is selected" in page.preflight_label.text()
    layer.selectByExpression("\"class\" = 'tree'")
    ready(dock)
    job = page.map_job()
    assert QgsVectorLayer(f"{job.aoi}|layername={job.aoi_layer}", "", "ogr").featureCount() == 1


def test_the_view_is_taken_when_run_is_pressed(dock, image, session):
    page = ready(dock)
    canvas = session.iface.mapCanvas()
    canvas.setDestinationCrs(image.crs())
    canvas.setExtent(image.extent())
    page.area.view.setChecked(True)
    job = page.map_job()
    assert job.extent_crs == "EPSG:32650"
    assert job.extent[0] <= image.extent().xMinimum()


def test_files_that_exist_are_never_replaced(dock, image, tmp_path):
    page = ready(dock)
    page.outputs.folder.setFilePath(str(tmp_path))
    (tmp_path / "ortho_classes.tif").write_text("precious")
    assert page.map_job().out == str(tmp_path / "ortho_2_classes.tif")


def test_a_folder_that_is_not_there_is_said_before_the_run(dock, image, tmp_path):
    page = ready(dock)
    page.outputs.folder.setFilePath(str(tmp_path / "missing"))
    assert pump(lambda: page.preflight.verdict.state == "problem")
    assert "does not exist" in page.preflight_label.text()


def test_temporary_results_carry_a_warning(dock, image, tmp_path):
    outputs = dock.map_page.outputs
    assert not outputs.warning.isHidden()
    assert "temporary" in outputs.summary()
    outputs.folder.setFilePath(str(tmp_path))
    assert outputs.warning.isHidden()


def test_choices_are_remembered(dock, image, session):
    page = ready(dock)
    page.sampling.overlap.setValue(40)
    page.cleanup.patch.setValue(250)
    ready(dock)
    pump(lambda: False, 0.5)
    ready(dock)
    click(dock, "mapRun")
    assert pump(lambda: not page.running)
    assert settings.read("map/overlap", 0, int) == 40
    another = UrbanGrainDock(session)
    assert another.map_page.sampling.overlap.value() == 40
    assert another.map_page.cleanup.patch.value() == 250
    another.close_down()


def test_a_model_file_of_ones_own_joins_the_list_and_stays(dock, image, session, tmp_path, monkeypatch):
    page = ready(dock)
    path = tmp_path / "roofs ü.onnx"
    path.write_bytes(b"")
    asked = []
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *a, **k: asked.append(a) or (str(path), ""))
    QTest.mouseClick(dock.findChild(QToolButton, "mapModelOpen"), Qt.MouseButton.LeftButton)
    assert asked
    assert pump(lambda: page.model.combo.count() == 2)
    assert page.model.current().path == str(path)
    assert page.map_job().model == str(path)
    # the next session still has it, and a file that is gone is not asked for
    again = UrbanGrainDock(session)
    again.show()
    assert pump(lambda: again.map_page.model.combo.count() == 2)
    path.unlink()
    again.catalogue.ask()
    assert pump(lambda: again.map_page.model.combo.isEnabled() and again.map_page.model.combo.count() == 1)
    again.close_down()
    again.close()


def test_a_missing_engine_is_said_and_leads_to_the_settings(dock, image, session):
    session.client.mode = "mute"
    session.restart_engine()
    page = dock.map_page
    assert pump(lambda: page.settings_button.isVisible())
    assert "no torch here" in page.preflight_label.text()
    assert not page.run_button.isEnabled()
    click(dock, "mapOpenSettings")
    assert dock.settings_page.isVisible()


@pytest.mark.parametrize("translated", ["", "de", "zh"], indirect=True)
@pytest.mark.parametrize("page", ["map", "accuracy", "settings", "help"])
def test_nothing_is_clipped_at_340_px(translated, dock, image, page):
    ready(dock)
    if page == "map":
        for group in (dock.map_page.bands, dock.map_page.sampling, dock.map_page.cleanup, dock.map_page.outputs):
            group.setCollapsed(False)
        dock.map_page.area.polygons.setChecked(True)
    dock.show_page(page)
    pump(lambda: False, 0.2)
    assert dock.width() == 340
    inner = dock._pages[page].widget()
    assert inner.width() <= 340
    assert inner.minimumSizeHint().width() <= 340
    for widget in inner.findChildren((QAbstractButton, QComboBox, QLabel)):
        if not widget.isVisible():
            continue
        right = widget.mapTo(inner, widget.rect().topRight()).x()
        assert right <= inner.width(), f"{widget.objectName()} ends at {right}"
        if isinstance(widget, QAbstractButton) and widget.text():
            assert widget.width() >= widget.minimumSizeHint().width(), f"{widget.text()} is cut"


def test_every_control_has_a_tooltip_and_a_name(dock):
    for kind in (QPushButton, QComboBox):
        for widget in dock.map_page.findChildren(kind) + dock.accuracy_page.findChildren(kind):
            if widget.objectName().startswith(("map", "acc")) and not widget.objectName().startswith(
                "mapCancelInstall"
            ):
                assert widget.toolTip(), widget.objectName()


def test_tab_goes_from_top_to_bottom(dock, image):
    page = ready(dock)
    wanted = ["mapImage", "mapModel", "mapAreaWhole", "mapParcels", "mapBand_blue", "mapBand_nir", "mapWindow"]
    wanted += ["mapPrecision", "mapMinPatch", "mapConfidence", "mapBaseName", "mapRun"]
    seen, widget = [], page.image
    for _ in range(300):
        if widget.objectName() in wanted and widget.objectName() not in seen:
            seen.append(widget.objectName())
        widget = widget.nextInFocusChain()
    assert seen == wanted


def test_without_an_engine_an_empty_project_says_so_too(session):
    session.client.mode = "mute"
    dock = UrbanGrainDock(session)
    dock.show()
    assert pump(lambda: dock.map_page.settings_button.isVisible())
    assert dock.empty.isVisible()
    assert "no torch here" in dock.map_page.result.text.text()
    dock.close_down()


def test_comma_decimals_change_no_number(session, image):
    before = QLocale()
    QLocale.setDefault(QLocale("de_DE"))
    try:
        dock = UrbanGrainDock(session)
        dock.show()
        page = ready(dock)
        page.cleanup.patch.setValue(1234.0)
        page.sampling.overlap.setValue(25)
        job = page.map_job()
        assert (job.min_patch_m2, job.overlap) == (1234.0, 0.25)
        assert "1.234 m²" in page.cleanup.summary()
        dock.close_down()
    finally:
        QLocale.setDefault(before)


def test_the_task_manager_shows_the_run(dock, image, session):
    session.client.step_s = 0.1
    session.restart_engine()
    ready(dock)
    click(dock, "mapRun")
    assert [task.description() for task in QgsApplication.taskManager().tasks()] == ["UrbanGrain: mapping ortho"]
    QgsApplication.taskManager().cancelAll()
    assert pump(lambda: not dock.map_page.running, 2)


def test_several_gpus_can_be_taken_together(dock):
    sampling = dock.map_page.sampling
    sampling.set_devices(("cpu", "cuda:0 NVIDIA A"))
    assert sampling.device.findData("all") < 0
    sampling.set_devices(("cpu", "cuda:0 NVIDIA A", "cuda:1 NVIDIA B"))
    sampling.device.setCurrentIndex(sampling.device.findData("all"))
    assert sampling.value()["device"] == "all"
    assert sampling.device.currentText() == "All GPUs"


def test_many_scenes_open_the_processing_dialog_with_the_model(dock, image, monkeypatch):
    import processing

    opened = []
    monkeypatch.setattr(processing, "execAlgorithmDialog", lambda name, values: opened.append((name, values)), False)
    page = ready(dock)
    page.many_link.linkActivated.emit("many")
    assert opened == [("urbangrain:mapmany", {"MODEL": page.model.current().path})]


def test_without_processing_many_scenes_are_explained(dock, image, monkeypatch, session):
    import processing

    said = []
    monkeypatch.setattr(session, "say", lambda text, *_: said.append(text))
    monkeypatch.setattr(processing, "execAlgorithmDialog", None, False)
    monkeypatch.delattr(processing, "execAlgorithmDialog")
    ready(dock).many_link.linkActivated.emit("many")
    assert len(said) == 1
    assert "Processing" in said[0]
