"""The Processing algorithms, through processing.run as a script would."""

from __future__ import annotations

import os

import pytest
from conftest import pump
from fake_worker import CLASSES
from qgis.core import (
    QgsApplication,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProject,
    QgsRasterLayer,
    QgsVectorLayer,
)

from urbangrain.plugin.processing.provider import UrbanGrainProvider

processing = pytest.importorskip("processing")


@pytest.fixture
def provider(session):
    from processing.core.Processing import Processing

    Processing.initialize()
    provider = UrbanGrainProvider(session)
    QgsApplication.processingRegistry().addProvider(provider)
    yield provider
    QgsApplication.processingRegistry().removeProvider(provider)


def test_ids_are_stable(provider):
    assert sorted(algorithm.id() for algorithm in provider.algorithms()) == [
        "urbangrain:adapt",
        "urbangrain:assess",
        "urbangrain:classifyparcels",
        "urbangrain:demoscene",
        "urbangrain:exportmodel",
        "urbangrain:makeparcels",
        "urbangrain:map",
        "urbangrain:mapmany",
        "urbangrain:rooftopyears",
        "urbangrain:sampleparcels",
        "urbangrain:summariseparcels",
        "urbangrain:train",
    ]


def test_every_algorithm_explains_itself(provider):
    for algorithm in provider.algorithms():
        assert algorithm.shortHelpString()
        assert algorithm.helpUrl().startswith("https://")
        assert algorithm.displayName() != algorithm.name()
        assert all(parameter.description() for parameter in algorithm.parameterDefinitions())
        assert type(algorithm.createInstance()) is type(algorithm)


def test_map(provider, demo_files, tmp_path):
    out = {name: str(tmp_path / f"{name}.tif") for name in ("classes", "confidence")}
    feedback, seen = QgsProcessingFeedback(), []
    feedback.progressChanged.connect(seen.append)
    result = processing.run(
        "urbangrain:map",
        {
            "INPUT": demo_files["image"],
            "PARCELS": demo_files["parcels"],
            "CLASSES": out["classes"],
            "CONFIDENCE": out["confidence"],
            "POLYGONS": "TEMPORARY_OUTPUT",
            "PARCELS_OUT": str(tmp_path / "parcels.gpkg"),
        },
        feedback=feedback,
    )
    assert result["CLASSES"] == out["classes"]
    assert QgsRasterLayer(out["confidence"]).isValid()
    assert QgsVectorLayer(result["POLYGONS"]).featureCount() == 5
    assert QgsVectorLayer(result["PARCELS_OUT"]).featureCount() == 5
    assert seen
    assert max(seen) > 80


def test_outputs_that_were_not_asked_for_are_not_made(provider, demo_files, tmp_path):
    result = processing.run(
        "urbangrain:map", {"INPUT": demo_files["image"], "CLASSES": str(tmp_path / "c.tif"), "CONFIDENCE": None}
    )
    assert set(result) == {"CLASSES"}


def test_loaded_results_are_styled(provider, demo_files, tmp_path):
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    processing.runAndLoadResults(
        "urbangrain:map", {"INPUT": demo_files["image"], "CLASSES": str(tmp_path / "c.tif")}, context=context
    )
    layers = {layer.source(): layer for layer in QgsProject.instance().mapLayers().values()}
    renderer = layers[str(tmp_path / "c.tif")].renderer()
    assert [entry.label for entry in renderer.classes()] == [info.name for info in CLASSES]


@pytest.mark.parametrize("name", ["depth", "sharp"])
def test_a_model_of_numbers_needs_nothing_switched_off(provider, demo_files, tmp_path, name):
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    feedback = QgsProcessingFeedback()
    out = str(tmp_path / "v.tif")
    result = processing.runAndLoadResults(
        "urbangrain:map",
        {"INPUT": demo_files["image"], "MODEL": str(tmp_path / f"{name}.onnx"), "CLASSES": out},
        feedback=feedback,
        context=context,
    )
    assert "no confidence and no clean-up" in feedback.textLog()
    assert {"depth": "age: 20.00 to 25.00, mean 22.50", "sharp": "blue: 30.00 to 35.00, mean 32.50"}[name] in (
        feedback.textLog()
    )
    assert result == {"CLASSES": out}
    layers = {layer.source(): layer for layer in QgsProject.instance().mapLayers().values()}
    assert list(layers) == [out]
    kind = {"depth": "singlebandpseudocolor", "sharp": "multibandcolor"}[name]
    assert layers[out].renderer().type() == kind


def test_what_a_model_of_numbers_is_asked_for_is_not_kept_from_the_engine(provider, demo_files, tmp_path):
    values = {
        "INPUT": demo_files["image"],
        "MODEL": str(tmp_path / "depth.onnx"),
        "CLASSES": str(tmp_path / "v.tif"),
        "POLYGONS": str(tmp_path / "p.gpkg"),
    }
    with pytest.raises(QgsProcessingException, match="asked for classes"):
        processing.run("urbangrain:map", values)


def test_a_memory_layer_can_limit_the_area(provider, demo_files, tmp_path):
    area = QgsVectorLayer("Polygon?crs=EPSG:4326", "area", "memory")
    QgsProject.instance().addMapLayer(area)
    result = processing.run(
        "urbangrain:map", {"INPUT": demo_files["image"], "AREA": area, "CLASSES": str(tmp_path / "c.tif")}
    )
    assert os.path.exists(result["CLASSES"])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"BANDS": "1,x"}, "Bands are numbers"),
        ({"DEVICE": "toaster"}, "toaster"),
        ({"PARCELS_OUT": "TEMPORARY_OUTPUT"}, "Choose a parcel layer"),
    ],
)
def test_wrong_parameters_are_said_in_words(provider, demo_files, tmp_path, change, words):
    with pytest.raises(QgsProcessingException, match=words):
        processing.run("urbangrain:map", {"INPUT": demo_files["image"], "CLASSES": str(tmp_path / "c.tif"), **change})


def test_cancel(provider, session, demo_files, tmp_path):
    session.client.step_s = 0.1
    feedback = QgsProcessingFeedback()
    feedback.progressChanged.connect(lambda value: feedback.cancel())
    with pytest.raises(QgsProcessingException, match="Cancelled"):
        processing.run(
            "urbangrain:map", {"INPUT": demo_files["image"], "CLASSES": str(tmp_path / "c.tif")}, feedback=feedback
        )
    assert not os.path.exists(tmp_path / "c.tif")


def test_a_crash_is_an_exception_with_a_sentence(provider, session, demo_files, tmp_path):
    session.client.mode = "crash"
    with pytest.raises(QgsProcessingException, match="stopped unexpectedly"):
        processing.run("urbangrain:map", {"INPUT": demo_files["image"], "CLASSES": str(tmp_path / "c.tif")})


def test_assess(provider, demo_files, tmp_path):
    result = processing.run(
        "urbangrain:assess",
        {
            "CLASSES": demo_files["image"],
            "REFERENCE": demo_files["reference"],
            "FIELD": "class",
            "MAPPING": '{"water": 1}',
            "HTML": str(tmp_path / "report.html"),
        },
    )
    assert result["OVERALL_ACCURACY"] == pytest.approx(0.912)
    assert os.path.exists(result["HTML"])
    with pytest.raises(QgsProcessingException, match="not JSON"):
        processing.run(
            "urbangrain:assess",
            {"CLASSES": demo_files["image"], "REFERENCE": demo_files["reference"], "FIELD": "class", "MAPPING": "[1]"},
        )


def test_summarise(provider, demo_files, tmp_path):
    result = processing.run(
        "urbangrain:summariseparcels",
        {"CLASSES": demo_files["image"], "PARCELS": demo_files["parcels"], "OUTPUT": str(tmp_path / "p.gpkg")},
    )
    assert result["PARCEL_COUNT"] == 5
    assert QgsVectorLayer(result["OUTPUT"]).isValid()


def test_demo_scene(provider, tmp_path):
    result = processing.run("urbangrain:demoscene", {"SIZE": 64, "OUTPUT": str(tmp_path / "city")})
    assert QgsRasterLayer(result["IMAGE"]).isValid()
    assert pump(lambda: True)
