"""The Train page, driven by its widgets."""

from __future__ import annotations

import math
import os
import signal
from dataclasses import replace

import pytest
from conftest import pump
from fake_trainer import STEPS, accuracy, point
from qgis.core import QgsApplication, QgsFeature, QgsGeometry, QgsProject, QgsRasterLayer, QgsVectorLayer
from qgis.PyQt.QtCore import QLocale, Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAbstractButton, QComboBox, QFileDialog, QLabel, QPushButton, QSpinBox
from training_sessions import engine, profile, trainer  # noqa: F401 - fixtures

from urbangrain.engine.protocol import AdaptJob, ClassInfo, DemoSceneJob, MatchJob, MatchResult, TrainJob
from urbangrain.plugin import settings
from urbangrain.plugin.dock.dock import UrbanGrainDock
from urbangrain.plugin.dock.train_page import can_be_trained, demo_fits
from urbangrain.plugin.dock.train_target import model_id


@pytest.fixture
def said(trainer, monkeypatch):  # noqa: F811
    """What is shown in the message bar."""
    texts = []
    say = trainer.say
    monkeypatch.setattr(trainer, "say", lambda text, *level: texts.append(text) or say(text, *level))
    return texts


@pytest.fixture
def dock(trainer, said):  # noqa: F811
    dock = UrbanGrainDock(trainer)
    dock.resize(340, 900)
    dock.show()
    dock.show_page("train")
    yield dock
    dock.close_down()
    dock.close()


@pytest.fixture
def image(demo_files):
    return add(QgsRasterLayer(demo_files["image"], "ortho", "gdal"))


@pytest.fixture
def reference(demo_files):
    return add(QgsVectorLayer(demo_files["reference"], "field work", "ogr"))


@pytest.fixture
def page(dock, image, reference):
    return ready(dock.train_page)


def add(layer):
    assert layer.isValid()
    QgsProject.instance().addMapLayer(layer)
    return layer


def ready(page):
    assert pump(page.run_button.isEnabled), page.hint.text()
    return page


def settled(page):
    """Wait until what was changed has been looked at."""
    pump(lambda: False, 0.8)
    return page


def press(page):
    QTest.mouseClick(page.run_button, Qt.MouseButton.LeftButton)


def train(page, seconds=20):
    press(ready(page))
    assert page.running
    assert pump(lambda: not page.running, seconds)


# before the run


def test_likely_choices_are_made_and_a_run_is_possible_at_once(page, image, reference):
    assert page.fine_tune.isChecked()
    assert (page.image.currentLayer(), page.picker.layer.currentLayer()) == (image, reference)
    assert page.picker.field.currentField() == "class"
    assert page.picker.mapping.summary() == "5 of 5 matched"
    assert page.bands.summary() == "1, 2, 3, 4, matched by name"
    assert page.run_button.text() == "Train"
    assert "Mpx" not in page.hint.text(), "how long a map would take says nothing of a training"


def test_only_models_that_can_be_trained_are_offered(page):
    assert [page.model.combo.itemText(i) for i in range(page.model.combo.count())] == ["Land cover (light)", "Roofs"]


def test_finished_files_cannot_be_trained(page, tmp_path):
    info = page.model.current()
    assert can_be_trained(info)
    assert not can_be_trained(replace(info, path=str(tmp_path / "a.onnx")))
    assert not can_be_trained(replace(info, path=str(tmp_path / "a.onnx#2")))
    assert not can_be_trained(replace(info, classes=(), values=("depth",)))
    (tmp_path / "b.onnx").touch()
    assert not can_be_trained(replace(info, path=str(tmp_path / "b.json"))), "its card speaks for the file beside it"


def test_the_job_is_what_the_page_shows(page, demo_files, profile):  # noqa: F811
    job, notes = page.job()
    assert isinstance(job, TrainJob)
    assert notes == []
    assert job.model == "/models/landcover"
    assert job.title == "Land cover (light), ortho"
    assert job.out == str(profile / "models" / "land-cover-light-ortho")
    assert not os.path.exists(profile), "nothing is made before the run"
    (source,) = job.sources
    assert (source.image, source.reference, source.field) == (demo_files["image"], demo_files["reference"], "class")
    assert source.mapping == {"water": 1, "tree": 2, "grass": 3, "farmland": 4, "impervious": 5}
    assert source.bands is None
    assert (job.minutes, job.epochs, job.tile, job.batch, job.learning_rate) == (15, 0, 0, 0, 0)
    assert (job.validation, job.validation_share, job.device, job.seed, job.overwrite) == ((), 0.25, "auto", 0, False)


def test_what_a_person_chooses_goes_into_the_job(page, tmp_path):
    page.bands.choose((3, 2, 1, 0))
    page.picker.mapping.choose("water", -1)
    page.picker.mapping.choose("grass", 2)
    page.target.name.setText("Grünflächen 2026!")
    page.target.folder.setFilePath(str(tmp_path))
    page.target.minutes.setValue(0)
    page.advanced.epochs.setValue(7)
    page.advanced.tile.setValue(96)
    page.advanced.batch.setValue(3)
    page.advanced.rate.setValue(0.00025)
    page.advanced.share.setValue(40)
    page.advanced.seed.setValue(5)
    page.advanced.device.offer(("cpu", "cuda:0 NVIDIA A", "cuda:1 NVIDIA B"))
    assert page.advanced.device.findData("all") < 0, "a training takes one device"
    page.advanced.device.setCurrentIndex(page.advanced.device.findData("cuda:1"))
    job, _ = ready(settled(page)).job()
    assert job.sources[0].bands == (3, 2, 1, 0)
    assert job.sources[0].mapping == {"tree": 2, "grass": 2, "farmland": 4, "impervious": 5}
    assert (job.title, job.out) == ("Grünflächen 2026!", str(tmp_path / "grünflächen-2026"))
    assert (job.minutes, job.epochs, job.tile, job.batch) == (0, 7, 96, 3)
    assert job.learning_rate == pytest.approx(0.00025)
    assert (job.validation_share, job.seed, job.device) == (0.4, 5, "cuda:1")
    summary = page.advanced.summary()
    assert summary == "7 epochs, 96 px, batch 3, rate 0.000250, 40 % held out, GPU NVIDIA B"


def test_polygons_of_their_own_validate(page, demo_files):
    held_out = add(QgsVectorLayer(demo_files["parcels"], "checked", "ogr"))
    page.advanced.validation.setLayer(held_out)
    assert page.advanced.validation_field.currentField() == "landuse"
    assert page.advanced.share.isHidden()
    assert "validated on checked" in page.advanced.summary()
    (source,) = ready(page).job()[0].validation
    assert (source.reference, source.field, source.image) == (demo_files["parcels"], "landuse", demo_files["image"])
    page.advanced.validation.setLayer(None)
    assert page.job()[0].validation == ()
    assert not page.advanced.share.isHidden()


def test_edits_that_are_not_saved_are_learnt_from(page, reference):
    reference.startEditing()
    feature = QgsFeature(reference.fields())
    feature.setAttribute("class", "tree")
    feature.setGeometry(
        QgsGeometry.fromWkt("POLYGON((500000 3999990, 500030 3999990, 500030 3999960, 500000 3999990))")
    )
    reference.addFeature(feature)
    page.wake()
    assert pump(lambda: "is being edited" in page.hint.text())
    job, notes = ready(page).job()
    assert any("unsaved edits" in note for note in notes)
    source = job.sources[0]
    assert QgsVectorLayer(f"{source.reference}|layername={source.layer}", "", "ogr").featureCount() == 6
    reference.rollBack()


def test_adapting_needs_no_polygons(dock, image, demo_files, tmp_path):
    from osgeo import gdal

    page = dock.train_page
    page.adapt.setChecked(True)
    ready(page)
    assert page.labels.isHidden()
    assert page.picker.mapping.isHidden()
    assert page.run_button.text() == "Adapt"
    assert page.source.summary() == "demo cities"
    job, _ = page.job()
    assert isinstance(job, AdaptJob)
    assert (job.targets, job.sources, job.by_region, job.steps) == ((demo_files["image"],), (), False, 0)
    gdal.Translate(str(tmp_path / "b.tif"), demo_files["image"])
    add(QgsRasterLayer(str(tmp_path / "b.tif"), "second", "gdal"))
    assert pump(lambda: page.more.list.count() == 1), "the image itself is not offered again"
    page.more.list.item(0).setCheckState(Qt.CheckState.Checked)
    page.more.one_by_one.setChecked(True)
    page.advanced.steps.setValue(300)
    page.bands.choose((1, 2, 3, 0))
    job, _ = ready(settled(page)).job()
    assert job.targets == (demo_files["image"], str(tmp_path / "b.tif"))
    assert (job.by_region, job.steps, job.target_bands) == (True, 300, (1, 2, 3, 0))
    assert page.more.summary() == "1, one after the other"


def test_a_model_of_other_classes_needs_a_labelled_image(page, image, reference, demo_files):
    page.adapt.setChecked(True)
    page.model.choose("roofs")
    assert pump(lambda: "Choose a labelled image" in page.hint.text())
    assert not page.run_button.isEnabled()
    page.source.image.setLayer(image)
    assert pump(lambda: page.source.picker.mapping.summary() == "5 of 5 matched")
    (source,) = ready(page).job()[0].sources
    assert (source.image, source.reference, source.field) == (demo_files["image"], demo_files["reference"], "class")
    page.model.choose("landcover")
    page.source.image.setLayer(None)
    assert ready(settled(page)).job()[0].sources == ()


def test_what_is_wrong_with_the_labelled_image_is_said(page, image, demo_files, tmp_path):
    from osgeo import gdal

    gdal.Translate(str(tmp_path / "grey.tif"), demo_files["image"], bandList=[1])
    grey = add(QgsRasterLayer(str(tmp_path / "grey.tif"), "grey", "gdal"))
    page.adapt.setChecked(True)
    page.image.setLayer(image)
    page.source.image.setLayer(grey)
    assert pump(lambda: "Labelled image: " in page.hint.text() and "red band" in page.hint.text())
    assert not page.run_button.isEnabled()


def test_demo_cities_stand_in_for_parts_of_their_classes(page):
    demo = page.catalogue.named("landcover")
    fewer = replace(demo, classes=demo.classes[:2], bands=demo.bands[:3])
    assert demo_fits(fewer, demo)
    assert not demo_fits(replace(demo, classes=(*demo.classes, ClassInfo(9, "roof", "#d7301f"))), demo)
    assert not demo_fits(page.catalogue.named("roofs"), demo)


def test_an_empty_project_says_what_is_missing(dock):
    page = dock.train_page
    assert pump(lambda: "There is no image in the project" in page.hint.text())
    assert not page.run_button.isEnabled()


def test_missing_polygons_are_said(dock, image):
    page = dock.train_page
    assert pump(lambda: "Add a polygon layer with reference classes" in page.hint.text())
    assert not page.run_button.isEnabled()


def test_nothing_matched_forbids_the_run(page):
    for name in ("water", "tree", "grass", "farmland", "impervious"):
        page.picker.mapping.choose(name, -1)
    assert "No value is matched" in page.hint.text()
    assert not page.run_button.isEnabled()


@pytest.mark.parametrize("name", ["landcover", "Roofs", "taken"])
def test_a_name_that_is_taken_is_said(page, profile, name):  # noqa: F811
    (profile / "models" / "taken").mkdir(parents=True)
    (profile / "models" / "taken" / "notes.txt").touch()
    page.target.name.setText(name)
    assert f"There is a model {name} already" in page.hint.text()
    assert not page.run_button.isEnabled()
    page.target.name.setText("another")
    assert page.run_button.isEnabled()


def test_names_without_letters_and_folders_that_are_not_there_are_said(page, tmp_path):
    page.target.name.setText("?!")
    assert "Give the new model a name" in page.hint.text()
    page.target.name.setText("fine")
    page.target.folder.setFilePath(str(tmp_path / "missing"))
    assert "does not exist" in page.hint.text()
    assert not page.run_button.isEnabled()


def test_a_tile_that_is_too_small_is_said(page):
    page.advanced.tile.setValue(20)
    assert "at least 32 pixels" in page.hint.text()
    assert not page.run_button.isEnabled()


def test_what_a_killed_training_left_is_no_model(page, profile):  # noqa: F811
    (profile / "models" / "mine" / ".training").mkdir(parents=True)
    page.target.name.setText("mine")
    assert page.run_button.isEnabled()


def test_ids_are_safe_names_of_folders():
    assert model_id("Land cover (light), ortho") == "land-cover-light-ortho"
    assert model_id("  ../../etc/passwd ") == "etc-passwd"
    assert model_id("城市 2026") == "城市-2026"
    assert model_id("a_b  c") == "a-b-c"
    assert model_id("...") == ""
    assert len(model_id("x" * 300)) == 80


def test_a_very_long_name_still_gets_a_number(page, profile):  # noqa: F811
    name = "x" * 200
    (profile / "models" / ("x" * 80)).mkdir(parents=True)
    (profile / "models" / ("x" * 80) / "card.json").touch()
    page.target.suggest(name, "")
    assert page.target.name.placeholderText() == "x" * 70 + " 2"


def test_comma_decimals_change_no_number(trainer, image, reference):  # noqa: F811
    before = QLocale()
    QLocale.setDefault(QLocale("de_DE"))
    dock = UrbanGrainDock(trainer)
    try:
        dock.show()
        dock.show_page("train")
        page = ready(dock.train_page)
        page.advanced.rate.setValue(0.0005)
        job, _ = page.job()
        assert job.learning_rate == pytest.approx(0.0005)
        assert "0,000500" in page.advanced.summary()
    finally:
        dock.close_down()
        dock.close()
        QLocale.setDefault(before)


# the run


def test_a_new_model_is_listed_everywhere_at_once_and_chosen_for_mapping(dock, page, said, profile):  # noqa: F811
    train(page)
    assert pump(lambda: dock.map_page.model.current().id == "land-cover-light-ortho")
    titles = [page.model.combo.itemText(i) for i in range(page.model.combo.count())]
    assert titles == ["Land cover (light)", "Roofs", "Land cover (light), ortho"]
    assert page.model.current().id == "landcover", "nobody asked to start from the new one"
    assert dock.train_page.isVisible(), "nobody asked for another page"
    assert os.path.isfile(profile / "models" / "land-cover-light-ortho" / "card.json")
    assert settings.read("map/model_files", "") == "", "the folder of models is listed as a whole"
    assert page.target.name.placeholderText() == "Land cover (light), ortho 2"
    text = page.result.text.text()
    assert "Made the model Land cover (light), ortho in 1:05 on CPU, from 8 tiles." in text
    assert "OA 0.600 before, 0.840 after; mIoU 0.400 before, 0.640 after" in text
    assert "may forget: water, tree" in text
    assert any("is ready" in one and "OA 0.600 before, 0.840 after" in one for one in said)
    assert page.newest.text().startswith("Kept: step 8 · ")
    QTest.mouseClick(page.result.map_button, Qt.MouseButton.LeftButton)
    assert dock.map_page.isVisible()
    assert dock.map_page.model.current().title == "Land cover (light), ortho"


def test_the_next_session_knows_the_model_too(dock, page, trainer, tmp_path):  # noqa: F811
    page.target.folder.setFilePath(str(tmp_path))
    page.target.name.setText("elsewhere")
    train(page)
    assert pump(lambda: dock.map_page.model.current().id == "elsewhere")
    assert page.target.name.text() == ""
    assert settings.read("map/model_files", "") == str(tmp_path / "elsewhere" / "card.json")
    again = UrbanGrainDock(trainer)
    again.show()
    assert pump(lambda: again.catalogue.named("elsewhere") is not None)
    assert again.train_page.target.folder.filePath() == str(tmp_path)
    again.close_down()
    again.close()


def test_while_it_learns_the_curves_grow_and_the_button_stops(dock, page, trainer, profile):  # noqa: F811
    trainer.client.step_s = 0.1
    trainer.restart_engine()
    press(ready(settled(page)))
    assert page.run_button.text() == "Stop and keep the best"
    assert not page.form.isEnabled()
    assert not page.progress.cancel.isVisible()
    assert pump(lambda: len(page.curves.points) == 4)
    assert page.newest.text().startswith("step 3 · epoch 0.8 · 0:03 · loss 0.333 · OA 0.690 · mIoU 0.490 · best so far")
    assert "F1: water 0.69, tree 0.34" in page.newest.text() or "tree 0.35" in page.newest.text()
    assert page.progress.stage.text() == "Training"
    assert "left" in page.progress.detail.text()
    (task,) = QgsApplication.taskManager().tasks()
    assert task.description() == "UrbanGrain: training Land cover (light), ortho"
    press(page)
    assert page.running, "the worker has weights to save"
    assert not page.run_button.isEnabled()
    assert "Stopping" in page.progress.stage.text()
    assert pump(lambda: not page.running)
    assert "Stopped early" in page.result.text.text()
    assert os.path.isdir(profile / "models" / "land-cover-light-ortho")
    assert page.run_button.text() == "Train"
    assert ready(page)


def test_the_task_manager_stops_and_keeps_too(page, trainer):  # noqa: F811
    trainer.client.step_s = 0.1
    trainer.restart_engine()
    press(ready(settled(page)))
    assert pump(lambda: len(page.curves.points) == 3)
    QgsApplication.taskManager().cancelAll()
    assert pump(lambda: not page.running)
    assert "Stopped early" in page.result.text.text()


def test_a_second_cancel_waits_for_nothing(page, trainer):  # noqa: F811
    trainer.client.step_s = 0.5
    trainer.restart_engine()
    press(ready(settled(page)))
    assert pump(lambda: len(page.curves.points) == 2)
    task = page._task
    task.cancel()
    assert page.running
    task.cancel()
    assert not page.running
    assert "Nothing was left behind" in page.result.text.text()


def test_stopped_before_anything_was_learnt_leaves_nothing(page, trainer, profile):  # noqa: F811
    trainer.client.mode, trainer.client.step_s = "forgetful", 0.1
    trainer.restart_engine()
    press(ready(settled(page)))
    assert pump(lambda: len(page.curves.points) == 1)
    press(page)
    assert pump(lambda: not page.running)
    assert "Nothing was left behind" in page.result.text.text()
    assert not os.path.exists(profile / "models"), "an empty folder of models would be complained of"
    assert not page.result.map_button.isVisible()


def test_a_failure_is_said_and_the_next_run_works(page, trainer, said):  # noqa: F811
    trainer.client.mode = "failing"
    trainer.restart_engine()
    press(ready(settled(page)))
    assert pump(lambda: not page.running)
    assert "the labels are on the moon" in page.result.text.text()
    assert any("the labels are on the moon" in text for text in said)
    assert not page.result.continue_button.isVisible()
    trainer.client.mode = ""
    trainer.restart_engine()
    settled(page)
    train(page)
    assert "Made the model" in page.result.text.text()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system")
def test_a_crashed_training_can_be_continued(page, trainer, monkeypatch):  # noqa: F811
    trainer.client.mode = "dying"
    trainer.restart_engine()
    press(ready(settled(page)))
    assert pump(lambda: page.result.continue_button.isVisible())
    assert "stopped unexpectedly" in page.result.text.text()
    started = []
    start = trainer.start
    monkeypatch.setattr(trainer, "start", lambda job, text: started.append(job) or start(job, text))
    QTest.mouseClick(page.result.continue_button, Qt.MouseButton.LeftButton)
    assert pump(lambda: "Made the model" in page.result.text.text())
    assert [job.resume for job in started] == [True]
    assert not page.result.continue_button.isVisible()


def test_an_adaptation_is_worded_as_one(page, trainer):  # noqa: F811
    trainer.client.step_s = 0.1
    trainer.restart_engine()
    page.adapt.setChecked(True)
    press(ready(settled(page)))
    assert page.run_button.text() == "Stop and keep", "there are no labels to tell the best by"
    assert pump(lambda: not page.running)
    assert "On the labelled images: OA 0.600 before" in page.result.text.text()


def test_other_pages_wait_and_say_why(dock, page, trainer):  # noqa: F811
    trainer.client.step_s = 0.2
    trainer.restart_engine()
    press(ready(settled(page)))
    assert pump(lambda: len(page.curves.points) == 1)
    dock.show_page("map")
    settled(dock.map_page)
    assert "The engine is training a model" in dock.map_page.preflight_label.text()
    assert not dock.map_page.run_button.isEnabled()
    assert not dock.map_page.live_button.isEnabled()
    dock.show_page("accuracy")
    settled(dock.accuracy_page)
    assert "The engine is training a model" in dock.accuracy_page.hint.text()
    assert page.running
    page.stop()
    assert pump(lambda: not page.running)
    dock.show_page("map")
    assert pump(dock.map_page.run_button.isEnabled)


def test_the_project_may_be_cleared_while_it_learns(page, trainer):  # noqa: F811
    trainer.client.step_s = 0.05
    trainer.restart_engine()
    press(ready(settled(page)))
    assert pump(lambda: len(page.curves.points) == 2)
    QgsProject.instance().clear()
    assert pump(lambda: not page.running)
    assert "Made the model" in page.result.text.text()
    assert pump(lambda: "There is no image in the project" in page.hint.text())


def test_the_plugin_may_be_unloaded_while_it_learns(trainer, image, reference):  # noqa: F811
    trainer.client.step_s = 0.2
    dock = UrbanGrainDock(trainer)
    dock.show()
    dock.show_page("train")
    page = ready(dock.train_page)
    press(page)
    assert pump(lambda: len(page.curves.points) == 1)
    dock.close_down()
    trainer.close()
    assert pump(lambda: QgsApplication.taskManager().countActiveTasks() == 0, 5)
    assert trainer.client.pid is None


def test_choices_are_remembered(page, trainer):  # noqa: F811
    page.adapt.setChecked(True)
    page.model.choose("landcover")
    page.target.minutes.setValue(3)
    page.advanced.seed.setValue(8)
    train(settled(page))
    again = UrbanGrainDock(trainer)
    assert again.train_page.adapt.isChecked()
    assert again.train_page.target.minutes.value() == 3
    assert again.train_page.advanced.seed.value() == 8
    again.close_down()


# models


def test_a_model_being_trained_is_no_broken_model(dock, page, said, profile):  # noqa: F811
    """The folder of models with nothing but a training's work folder in it is not asked for, so nobody is warned."""
    from urbangrain.plugin.dock import catalogue

    (profile / "models" / "half" / ".training").mkdir(parents=True)
    assert catalogue._places() == []
    (profile / "models" / "whole").mkdir()
    (profile / "models" / "whole" / "card.json").touch()
    assert catalogue._places() == [str(profile / "models")]


def test_a_file_that_cannot_be_trained_is_said(dock, page, said, tmp_path, monkeypatch):
    path = tmp_path / "finished.onnx"
    path.touch()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *a, **k: (str(path), ""))
    page.model.open.click()
    assert pump(lambda: any("finished.onnx cannot be trained" in text for text in said))
    assert dock.catalogue.named("finished") is not None, "it can still be mapped with"


def test_a_refreshed_list_keeps_what_was_chosen(dock, page):
    page.model.choose("roofs")
    dock.catalogue.ask()
    assert page.model.current() is None
    assert pump(lambda: page.model.current() is not None)
    assert page.model.current().id == "roofs"


def test_a_missing_engine_is_said(dock, image, reference, trainer):  # noqa: F811
    trainer.client.mode = "mute"
    trainer.restart_engine()
    page = dock.train_page
    assert pump(lambda: "no torch here" in page.hint.text())
    assert not page.run_button.isEnabled()


# how it looks


@pytest.mark.parametrize("translated", ["", "de", "zh"], indirect=True)
@pytest.mark.parametrize("mode", ["fine_tune", "adapt"])
def test_nothing_is_clipped_at_340_px(translated, dock, page, image, mode):
    getattr(page, mode).setChecked(True)
    page.source.image.setLayer(image)
    groups = (page.bands, page.picker.mapping, page.more, page.source, page.source.bands, page.source.picker.mapping)
    for group in (*groups, page.advanced):
        group.setCollapsed(False)
    ready(settled(page))
    fits(dock, page)
    train(page)
    fits(dock, page)


def fits(dock, page):
    pump(lambda: False, 0.2)
    assert dock.width() == 340
    assert page.width() <= 340
    assert page.minimumSizeHint().width() <= 340
    for widget in page.findChildren((QAbstractButton, QComboBox, QLabel, QSpinBox)):
        if not widget.isVisible():
            continue
        right = widget.mapTo(page, widget.rect().topRight()).x()
        assert right <= page.width(), f"{widget.objectName()} ends at {right}"
        if isinstance(widget, QAbstractButton) and widget.text():
            assert widget.width() >= widget.minimumSizeHint().width(), f"{widget.text()} is cut"


def test_the_bar_of_pages_keeps_to_the_width(dock):
    bar = dock._bar
    assert dock.width() == 340
    icon = dock.page_button("map").icon()
    for number in range(2):  # Review and Products, which are to come
        bar.add(f"page{number}", icon, "Products", "tip")
    dock.show_page("train")
    pump(lambda: False, 0.2)
    assert dock.width() == 340
    assert bar.minimumSizeHint().width() <= 340
    shown = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
    assert [name for name in ("map", "train") if bar.button(name).toolButtonStyle() == shown] == ["train"]
    dock.resize(900, 900)
    pump(lambda: False, 0.2)
    assert bar.button("map").toolButtonStyle() == shown


def test_every_control_has_a_tooltip(page):
    for kind in (QPushButton, QComboBox, QSpinBox):
        for widget in page.findChildren(kind):
            if widget.objectName().startswith("train") and "ClassOf" not in widget.objectName():
                assert widget.toolTip() or "Band_" in widget.objectName(), widget.objectName()


def test_tab_goes_from_top_to_bottom(page):
    wanted = ["trainFineTune", "trainModel", "trainImage", "trainBand_blue", "trainReference", "trainField"]
    wanted += ["trainName", "trainMinutes", "trainEpochs", "trainSeed", "trainRun", "trainCurves"]
    seen, widget = [], page.fine_tune
    for _ in range(300):
        if widget.objectName() in wanted and widget.objectName() not in seen:
            seen.append(widget.objectName())
        widget = widget.nextInFocusChain()
    assert seen == wanted


def test_the_icon_is_drawn(qgis_app):
    from urbangrain.plugin import paths

    image = paths.icon("train").pixmap(16, 16).toImage()
    assert sum(image.pixelColor(x, y).alpha() > 128 for x in range(16) for y in range(16)) > 40


def test_the_fake_trainer_is_best_in_the_middle():
    assert accuracy(8) == pytest.approx(0.84)
    assert max(range(STEPS + 1), key=accuracy) == 8
    assert math.isnan(point(0).loss)


# with the real engine


@pytest.mark.timeout(300)
def test_two_epochs_with_the_real_engine(engine, tmp_path):  # noqa: F811
    scene = engine.client.submit(DemoSceneJob(str(tmp_path / "city"), size=192))
    assert pump(lambda: scene.done, 120)
    add(QgsRasterLayer(str(tmp_path / "city" / "image.tif"), "city", "gdal"))
    add(QgsVectorLayer(str(tmp_path / "city" / "reference.gpkg"), "digitised", "ogr"))
    dock = UrbanGrainDock(engine)
    dock.resize(340, 900)
    dock.show()
    dock.show_page("train")
    page = dock.train_page
    try:
        assert pump(page.run_button.isEnabled, 120), page.hint.text()
        page.advanced.epochs.setValue(2)
        page.advanced.tile.setValue(64)
        page.advanced.batch.setValue(4)
        page.target.name.setText("Tiny")
        assert pump(page.run_button.isEnabled, 30)
        press(page)
        assert pump(lambda: not page.running, 200)
        assert page._made is not None, page.result.text.text()
        assert page._made.points[0].step == 0
        assert "Validation: OA " in page.result.text.text()
        assert pump(lambda: dock.map_page.model.current().id == "tiny", 30)
        # and it is a model to start from, whose classes the engine matches with
        page.model.choose("tiny")
        assert pump(page.run_button.isEnabled, 60), page.hint.text()
        assert page.picker.mapping.summary() == "5 of 5 matched"
        ticket = engine.client.submit(MatchJob(page.model.current().path, ("Wasser", "tree")))
        answers = []
        assert pump(lambda: answers.append(ticket.next(0.05)) or ticket.done, 30)
        results = [event.result for event in (*answers, ticket.next(0.1)) if hasattr(event, "result")]
        assert isinstance(results[0], MatchResult)
        assert results[0].mapping == {"Wasser": 1, "tree": 2}
    finally:
        dock.close_down()
        dock.close()
