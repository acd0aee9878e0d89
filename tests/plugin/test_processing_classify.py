"""Parcels classified from Processing, and the styles of what comes back."""

from __future__ import annotations

import os

import pytest
from conftest import pump
from fake_worker import LAND_USES, PARCEL_MODEL
from qgis.core import (
    QgsApplication,
    QgsExpressionContext,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingParameterDefinition,
    QgsProject,
    QgsRenderContext,
    QgsVectorLayer,
)

from urbangrain.plugin.dock.catalogue import ModelCatalogue
from urbangrain.plugin.dock.dock import UrbanGrainDock
from urbangrain.plugin.layers import styles
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


@pytest.fixture
def sources(provider, demo_files, tmp_path):
    """The demo's files with points of interest and a table."""
    pois = tmp_path / "pois.geojson"
    point = (
        '{"type": "Feature", "properties": {"kind": "school"}, "geometry": {"type": "Point", "coordinates": [1, 2]}}'
    )
    pois.write_text('{"type": "FeatureCollection", "features": [' + point + "]}")
    table = tmp_path / "density.csv"
    table.write_text("landuse," + ",".join(map(str, range(24))))
    return {**demo_files, "pois": str(pois), "table": str(table)}


def run(sources, tmp_path, **parameters):
    feedback = QgsProcessingFeedback()
    given = {"PARCELS": sources["parcels"], "OUTPUT": str(tmp_path / "out.gpkg"), **parameters}
    return processing.run("urbangrain:classifyparcels", given, feedback=feedback), feedback


def test_parcels_get_a_land_use(sources, tmp_path):
    result, feedback = run(sources, tmp_path, IMAGE=sources["image"], POIS=sources["pois"], POIS_FIELD="kind")
    assert (result["PARCEL_COUNT"], result["CLASSIFIED_COUNT"]) == (5, 4)
    assert QgsVectorLayer(result["OUTPUT"]).featureCount() == 5
    assert "Classifying parcels" in feedback.textLog()
    assert "nothing is known of them: 1" in feedback.textLog()


def test_the_job_is_what_was_chosen(sources, tmp_path, session, monkeypatch):
    jobs, submit = [], session.client.submit
    monkeypatch.setattr(session.client, "submit", lambda job: jobs.append(job) or submit(job))
    run(
        sources, tmp_path, MODEL="mine", IMAGE=sources["image"], BANDS="3,2,1", POIS=sources["pois"], POIS_FIELD="kind",
        DENSITY_TABLE=sources["table"], DENSITY_KEY="landuse", CLASSES=sources["image"], PATCHES=5, SEED=9,
        DEVICE="cpu",
    )  # fmt: skip
    (job,) = jobs
    assert (job.kind, job.model, job.bands, job.most_patches, job.seed, job.device) == (
        "classify", "mine", (3, 2, 1), 5, 9, "cpu",
    )  # fmt: skip
    assert (job.image, job.classes, job.density) == (sources["image"], sources["image"], sources["table"])
    assert (os.path.basename(job.pois), job.pois_field, job.density_key) == ("pois.geojson", "kind", "landuse")
    assert job.parcels == sources["parcels"]
    assert job.overwrite


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "one at least"),
        ({"POIS": "pois"}, "field with the category"),
        ({"DENSITY_TABLE": "table"}, "field of the parcels"),
        ({"DENSITY": "image", "DENSITY_TABLE": "table", "DENSITY_KEY": "landuse"}, "not as both"),
        ({"IMAGE": "image", "BANDS": "red"}, "Bands are numbers"),
    ],
)
def test_what_is_missing_is_said(sources, tmp_path, given, says):
    with pytest.raises(QgsProcessingException, match=says):
        run(sources, tmp_path, **{name: sources.get(value, value) for name, value in given.items()})


def test_what_few_people_change_is_folded_away(provider):
    algorithm = QgsApplication.processingRegistry().algorithmById("urbangrain:classifyparcels")
    flag = QgsProcessingParameterDefinition.Flag.FlagAdvanced
    folded = [p.name() for p in algorithm.parameterDefinitions() if p.flags() & flag]
    assert folded == ["BANDS", "PATCHES", "SEED", "DEVICE"]


def test_the_result_has_two_styles(sources, tmp_path):
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    given = {"PARCELS": sources["parcels"], "IMAGE": sources["image"], "OUTPUT": str(tmp_path / "out.gpkg")}
    processing.runAndLoadResults("urbangrain:classifyparcels", given, context=context)
    (layer,) = QgsProject.instance().mapLayers().values()
    manager = layer.styleManager()
    assert sorted(manager.styles()) == ["Land use", "Quality"]
    assert manager.currentStyle() == "Land use"
    renderer = layer.renderer()
    # the parcels had a column of that name: the engine's own is the later one
    assert renderer.classAttribute() == "land_use_2"
    assert [c.value() for c in renderer.categories()][:2] == [info.name for info in LAND_USES]
    assert [c.symbol().color().name() for c in renderer.categories()][:2] == [info.colour for info in LAND_USES]
    labels = drawn(layer)
    assert labels == ["Residential", "Industrial", "Residential", "Industrial", "not known"]
    manager.setCurrentStyle("Quality")
    assert layer.renderer().classAttribute() == "quality"
    assert [int(c.value()) for c in layer.renderer().categories()[:6]] == [
        5,
        4,
        3,
        2,
        1,
        0,
    ]  # text where QGIS reread it
    assert drawn(layer) == ["3: probability from 0.6"] * 4 + ["0: nothing known"]


def drawn(layer) -> list:
    """Label of the category whose symbol each feature is drawn with."""
    context = QgsRenderContext()
    context.setExpressionContext(QgsExpressionContext())
    renderer = layer.renderer().clone()
    labels = {symbol_text(c.symbol()): c.label() for c in renderer.categories()}
    renderer.startRender(context, layer.fields())
    found = []
    for feature in layer.getFeatures():
        context.expressionContext().setFeature(feature)
        symbol = renderer.symbolForFeature(feature, context)
        found.append(labels[symbol_text(symbol)])
    renderer.stopRender(context)
    return found


def symbol_text(symbol) -> str:
    layer = symbol.symbolLayer(0).properties()
    return " ".join(layer[key] for key in ("style", "color", "outline_color"))


def test_styles_survive_a_layer_without_the_columns(sources):
    layer = QgsVectorLayer(sources["parcels"])
    styles.style_land_use(layer, LAND_USES)
    assert layer.renderer().classAttribute() == "land_use"


def test_a_model_of_parcels_that_is_opened_to_map_with_is_refused(session, monkeypatch):
    said = []
    monkeypatch.setattr(session, "say", lambda text, level: said.append(text))
    dock = UrbanGrainDock(session)
    dock.map_page.open_model(PARCEL_MODEL.path)
    assert pump(lambda: said)
    assert "parcels classifies parcels" in said[0]
    assert dock.map_page.model.current().id == "landcover"
    dock.close_down()
    dock.close()


def test_lists_for_mapping_leave_models_of_parcels_out(session):
    catalogue = ModelCatalogue(session)
    catalogue.wake()
    assert pump(lambda: catalogue.models)
    assert [info.id for info in catalogue.models] == ["landcover"]
    assert catalogue.parcel_models == (PARCEL_MODEL,)
    assert catalogue.named("parcels") == PARCEL_MODEL  # the name is taken
