"""Mapping many scenes through Processing."""

from __future__ import annotations

import os
import shutil

import pytest
from fake_worker import CLASSES
from qgis.core import (
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProject,
    QgsRasterLayer,
)
from test_processing import provider  # noqa: F401 - a fixture

processing = pytest.importorskip("processing")


@pytest.fixture
def run(provider, tmp_path):  # noqa: F811
    feedback = QgsProcessingFeedback()

    def run(**parameters):
        context = QgsProcessingContext()
        context.setProject(QgsProject.instance())
        values = {"OUTPUT": str(tmp_path / "maps"), **parameters}
        return processing.runAndLoadResults("urbangrain:mapmany", values, feedback=feedback, context=context)

    run.feedback = feedback
    return run


def test_layers_and_a_list_become_maps_and_a_loaded_mosaic(run, demo_files, tmp_path):
    layer = QgsRasterLayer(demo_files["image"], "scene")
    QgsProject.instance().addMapLayer(layer)
    second = shutil.copy(demo_files["image"], tmp_path / "second.tif")
    result = run(LAYERS=[layer], LIST=str(second))
    assert (result["MAPPED"], result["FAILED"]) == (2, 0)
    assert result["OUTPUT"] == str(tmp_path / "maps")
    assert sorted(os.listdir(result["OUTPUT"])) == ["mosaic.vrt", "s0_classes.tif", "s1_classes.tif"]
    loaded = [one for one in QgsProject.instance().mapLayers().values() if one is not layer]
    assert [one.source() for one in loaded] == [result["MOSAIC"]]
    assert [entry.label for entry in loaded[0].renderer().classes()] == [info.name for info in CLASSES]


def test_the_mosaic_may_stay_where_it_is_or_not_be_made(run, demo_files):
    result = run(LIST=demo_files["image"], LOAD=False)
    assert os.path.exists(result["MOSAIC"])
    assert run(LIST=demo_files["image"], MOSAIC_FORM=2).get("MOSAIC") is None
    assert not QgsProject.instance().mapLayers()


def test_a_scene_that_fails_is_reported_beside_the_others(run, demo_files, tmp_path):
    broken = tmp_path / "broken.tif"
    broken.touch()
    result = run(LIST=str(broken), LAYERS=[demo_files["image"]])
    assert (result["MAPPED"], result["FAILED"]) == (1, 1)
    log = run.feedback.textLog()
    assert "it is broken" in log
    assert "1 of 2 scenes could not be mapped" in log
    with pytest.raises(QgsProcessingException, match="None of the scenes"):
        run(LIST=str(broken))


def test_wrong_parameters_are_said_in_words(run, demo_files):
    with pytest.raises(QgsProcessingException, match="Choose a folder"):
        run()
    with pytest.raises(QgsProcessingException, match="Bands are numbers"):
        run(LIST=demo_files["image"], BANDS="x")
    with pytest.raises(QgsProcessingException, match="toaster"):
        run(LIST=demo_files["image"], DEVICE="toaster")


def test_cancelling_says_what_stays(run, session, demo_files):
    session.client.step_s = 0.1
    run.feedback.progressChanged.connect(lambda value: run.feedback.cancel())
    with pytest.raises(QgsProcessingException, match="are kept"):
        run(LIST=demo_files["image"])
