"""Rooftops through the years, through Processing."""

from __future__ import annotations

import os
import shutil

import pytest
from qgis.core import (
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProject,
    QgsRasterLayer,
)
from test_processing import provider  # noqa: F401 - a fixture

from urbangrain.engine.protocol import CHANGES, RooftopChange
from urbangrain.plugin.processing.rooftop_years import change_words

processing = pytest.importorskip("processing")


@pytest.fixture
def run(provider, tmp_path):  # noqa: F811
    feedback = QgsProcessingFeedback()

    def run(**parameters):
        context = QgsProcessingContext()
        context.setProject(QgsProject.instance())
        values = {"OUTPUT": str(tmp_path / "roofs"), **parameters}
        return processing.runAndLoadResults("urbangrain:rooftopyears", values, feedback=feedback, context=context)

    run.feedback = feedback
    return run


@pytest.fixture
def images(demo_files, tmp_path):
    return [str(shutil.copy(demo_files["image"], tmp_path / f"s2 {year}.tif")) for year in (2019, 2018)]


def test_each_year_and_the_changes_are_loaded_with_their_legends(run, images, demo_files, tmp_path):
    result = run(IMAGES=images, YEARS="2019, 2018", MASK=demo_files["image"])
    assert result["OUTPUT"] == str(tmp_path / "roofs")
    assert result["CHANGE"] == str(tmp_path / "roofs" / "change.tif")
    assert os.path.exists(result["TABLE"])
    layers = {layer.name(): layer for layer in QgsProject.instance().mapLayers().values()}
    assert sorted(layers) == ["Changes of rooftops", "Rooftops 2018", "Rooftops 2019"]
    legend = {c.value: (c.label, c.color.name()) for c in layers["Rooftops 2018"].renderer().classes()}
    assert legend == {0: ("other", "#f0f0f0"), 255: ("rooftop", "#d7301f")}
    changes = [c.label for c in layers["Changes of rooftops"].renderer().classes()]
    assert changes == ["no rooftop", "rooftop in all years", "new in 2019", "lost in 2019", "several changes"]
    log = run.feedback.textLog()
    assert "with 2 years none was" in log
    assert f"{os.path.basename(demo_files['image'])} has no data on 3 %" in log


def test_the_check_and_the_loading_can_be_left_out(run, images):
    run(IMAGES=images, YEARS="2018;2019", HOMOGENEITY=False, LOAD=False)
    assert "with -1 years" in run.feedback.textLog()
    assert not QgsProject.instance().mapLayers()


def test_wrong_parameters_are_said_in_words(run, images, demo_files):
    with pytest.raises(QgsProcessingException, match="Years are numbers"):
        run(IMAGES=images, YEARS="last, this")
    with pytest.raises(QgsProcessingException, match="1 years for 2 images"):
        run(IMAGES=images, YEARS="2018")
    with pytest.raises(QgsProcessingException, match="2018 twice"):
        run(IMAGES=images, YEARS="2018,2018")
    with pytest.raises(QgsProcessingException, match="Bands are numbers"):
        run(IMAGES=images, YEARS="2018,2019", BANDS="x")
    assert not QgsProject.instance().mapLayers()


def test_layers_of_the_project_are_taken(run, images):
    layers = [QgsRasterLayer(path, os.path.basename(path)) for path in images]
    QgsProject.instance().addMapLayers(layers)
    result = run(IMAGES=layers, YEARS="2019,2018", LOAD=False)
    assert os.path.exists(result["CHANGE"])
    assert len(QgsProject.instance().mapLayers()) == 2


def test_every_change_has_words():
    worded = {change: change_words(RooftopChange(1, change, "#000000", 2020)) for change in CHANGES}
    assert worded["new"] == "new in 2020"
    assert not set(worded.values()) & set(CHANGES)


def test_cancelling_leaves_nothing(run, session, images):
    session.client.step_s = 0.1
    run.feedback.progressChanged.connect(lambda value: run.feedback.cancel())
    with pytest.raises(QgsProcessingException, match="Nothing was left behind"):
        run(IMAGES=images, YEARS="2018,2019")
