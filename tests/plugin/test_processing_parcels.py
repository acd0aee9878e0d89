"""Making and sampling parcels through Processing."""

from __future__ import annotations

import pytest
from qgis.core import (
    QgsFeature,
    QgsGeometry,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingFeedback,
    QgsProject,
    QgsVectorLayer,
)
from test_processing import provider  # noqa: F401 - a fixture

from urbangrain.engine.protocol import ROAD_WIDTHS, from_line

processing = pytest.importorskip("processing")


def memory(kind: str, fields: str, rows, name: str) -> QgsVectorLayer:
    """A memory layer in the project; rows are WKT and attributes."""
    layer = QgsVectorLayer(f"{kind}?crs=EPSG:32650{fields}", name, "memory")
    features = []
    for text, *values in rows:
        feature = QgsFeature(layer.fields())
        feature.setGeometry(QgsGeometry.fromWkt(text))
        feature.setAttributes(values)
        features.append(feature)
    assert layer.dataProvider().addFeatures(features)[0]
    layer.updateExtents()
    QgsProject.instance().addMapLayer(layer)
    return layer


@pytest.fixture
def boundary(qgis_app):
    squares = [f"POLYGON(({x} 0,{x + 90} 0,{x + 90} 90,{x} 90,{x} 0))" for x in (0, 100)]
    return memory("Polygon", "&field=name:string", [(text, "ü") for text in squares], "the boundary")


@pytest.fixture
def roads(qgis_app):
    rows = [("LINESTRING(0 50,90 50)", "residential", "no"), ("LINESTRING(50 0,50 90)", "goat_trail", "yes")]
    return memory("LineString", "&field=highway:string&field=tunnel:string", rows, "the roads")


@pytest.fixture
def run(provider, tmp_path):  # noqa: F811
    feedback = QgsProcessingFeedback()

    def run(algorithm: str, load: bool = False, **parameters):
        context = QgsProcessingContext()
        context.setProject(QgsProject.instance())
        values = {"OUTPUT": str(tmp_path / f"{algorithm}.gpkg"), **parameters}
        how = processing.runAndLoadResults if load else processing.run
        return how(f"urbangrain:{algorithm}", values, feedback=feedback, context=context)

    run.feedback = feedback
    return run


def job_of(path: str):
    """The job that the worker was given."""
    return from_line(next(QgsVectorLayer(path, "out").getFeatures())["job"])


def test_make_parcels_with_the_usual_values(run, boundary, roads):
    result = run("makeparcels", BOUNDARY=boundary, ROADS=roads)
    assert (result["PARCEL_COUNT"], result["DROPPED_COUNT"]) == (4, 2)
    job = job_of(result["OUTPUT"])
    assert job.widths == ROAD_WIDTHS
    assert (job.road_field, job.default_width, job.opening_m, job.min_area_m2, job.max_area_m2) == (
        "highway", 6.0, 5.0, 0.0, 0.0,
    )  # fmt: skip
    assert "goat_trail (1)" in run.feedback.textLog()
    extent = QgsVectorLayer(result["OUTPUT"], "out").extent()
    assert (extent.xMaximum(), extent.yMaximum()) == (190, 90)
    assert [one.name() for one in QgsVectorLayer(job.roads, "sent").fields()][-2:] == ["highway", "tunnel"]


def test_the_table_of_widths_is_what_the_person_wrote(run, boundary, roads):
    cells = ["residential", "8,5", "", "", "lane", 3, "footway", "0"]
    result = run("makeparcels", BOUNDARY=boundary, ROADS=roads, WIDTHS=cells, FIELD="tunnel", OPENING=2, MAX_AREA=500)
    job = job_of(result["OUTPUT"])
    assert job.widths == {"residential": 8.5, "lane": 3.0, "footway": 0.0}
    assert (job.road_field, job.opening_m, job.max_area_m2) == ("tunnel", 2.0, 500.0)
    with pytest.raises(QgsProcessingException, match="lane is no number: wide"):
        run("makeparcels", BOUNDARY=boundary, ROADS=roads, WIDTHS=["lane", "wide"])
    with pytest.raises(QgsProcessingException, match="widths"):
        run("makeparcels", BOUNDARY=boundary, ROADS=roads, WIDTHS=["lane", -3])


@pytest.mark.parametrize(("name", "found"), [("fclass", "fclass"), ("kind", "")])
def test_the_field_of_the_class_is_found_or_missed(run, boundary, name, found):
    roads = memory("LineString", f"&field={name}:string", [("LINESTRING(0 50,90 50)", "service")], "the roads")
    assert job_of(run("makeparcels", BOUNDARY=boundary, ROADS=roads, FIELD="")["OUTPUT"]).road_field == found
    assert ("no field highway or fclass" in run.feedback.textLog()) == (not found)


def test_only_the_selected_part_of_the_boundary(run, boundary, roads):
    boundary.selectByIds([1])
    chosen = QgsProcessingFeatureSourceDefinition(boundary.id(), True)
    result = run("makeparcels", BOUNDARY=chosen, ROADS=roads)
    assert QgsVectorLayer(result["OUTPUT"], "out").extent().xMaximum() == 90


def test_made_parcels_come_as_outlines(run, boundary, roads):
    before = set(QgsProject.instance().mapLayers())
    run("makeparcels", load=True, BOUNDARY=boundary, ROADS=roads)
    (loaded,) = [one for key, one in QgsProject.instance().mapLayers().items() if key not in before]
    symbol = loaded.renderer().symbol().symbolLayer(0)
    assert symbol.properties()["style"] == "no"
    assert symbol.strokeColor().name() == "#7b3294"


def test_a_cancel_leaves_nothing(run, session, boundary, roads, tmp_path):
    session.client.step_s = 0.1
    run.feedback.progressChanged.connect(lambda value: run.feedback.cancel())
    with pytest.raises(QgsProcessingException, match="Nothing was left"):
        run("makeparcels", BOUNDARY=boundary, ROADS=roads)
    assert not (tmp_path / "makeparcels.gpkg").exists()


def test_sample_parcels_with_the_usual_values(run, demo_files):
    result = run("sampleparcels", PARCELS=demo_files["parcels"], COUNT=3)
    assert result["CHOSEN_COUNT"] == 3
    job = job_of(result["OUTPUT"])
    assert (job.count, job.min_area_m2, job.max_area_m2) == (3, 38931.315, 676818.47)
    assert (job.distance_weight, job.dispersion, job.seed, job.allocation) == (0.7, 1.0, 0, "equal")
    assert job.centre is job.centre_crs is job.strata_field is job.uncertainty_field is None


def test_sample_parcels_with_other_values(run, demo_files):
    result = run(
        "sampleparcels", PARCELS=demo_files["parcels"], COUNT=4, MIN_AREA=0, CENTRE="10.5,53.25 [EPSG:4326]",
        STRATA="landuse", ALLOCATION=1, UNCERTAINTY="entropy", WEIGHT=0.25, DISPERSION=3, SEED=7,
    )  # fmt: skip
    job = job_of(result["OUTPUT"])
    assert (job.centre, job.centre_crs) == ((10.5, 53.25), "EPSG:4326")
    assert (job.strata_field, job.allocation, job.uncertainty_field) == ("landuse", "proportional", "entropy")
    assert (job.distance_weight, job.dispersion, job.seed, job.min_area_m2) == (0.25, 3.0, 7, 0.0)
    log = run.feedback.textLog()
    assert "residential: 3" in log
    assert "no value: 1" in log


def test_the_sample_is_loaded_as_outlines(run, demo_files):
    run("sampleparcels", load=True, PARCELS=demo_files["parcels"], COUNT=2, OUTPUT="TEMPORARY_OUTPUT")
    (loaded,) = QgsProject.instance().mapLayers().values()
    assert loaded.renderer().symbol().symbolLayer(0).properties()["style"] == "no"
    assert [feature["sample_rank"] for feature in loaded.getFeatures()] == [1, 2]


def test_a_filter_of_the_layer_counts(run, demo_files):
    layer = QgsVectorLayer(demo_files["parcels"], "parcels")
    assert layer.setSubsetString("fid < 3")
    QgsProject.instance().addMapLayer(layer)
    assert run("sampleparcels", PARCELS=layer, COUNT=5)["CHOSEN_COUNT"] == 2
