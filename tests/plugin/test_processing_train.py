"""Training through Processing."""

from __future__ import annotations

import json
import os

import pytest
from conftest import pump
from qgis.core import (
    QgsApplication,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProject,
    QgsVectorLayer,
)
from training_sessions import engine, profile, trainer  # noqa: F401 - fixtures

from urbangrain.engine.protocol import AdaptJob, DemoSceneJob, TrainJob
from urbangrain.plugin.processing.provider import UrbanGrainProvider

processing = pytest.importorskip("processing")


def provide(session):
    from processing.core.Processing import Processing

    Processing.initialize()
    provider = UrbanGrainProvider(session)
    QgsApplication.processingRegistry().addProvider(provider)
    return provider


@pytest.fixture
def run(trainer, demo_files, tmp_path, monkeypatch):  # noqa: F811
    """Run an algorithm with the fake trainer; ``run.feedback`` has its log, ``run.jobs`` what was handed in."""
    provider = provide(trainer)
    feedback, jobs = QgsProcessingFeedback(), []
    submit = trainer.client.submit
    monkeypatch.setattr(trainer.client, "submit", lambda job, *rest: jobs.append(job) or submit(job, *rest))

    def run(name, **parameters):
        context = QgsProcessingContext()
        context.setProject(QgsProject.instance())
        values = {"OUTPUT": str(tmp_path / "mine"), "INPUT": demo_files["image"], **parameters}
        if name == "train":
            values = {"REFERENCE": demo_files["reference"], "FIELD": "class", **values}
        return processing.run(f"urbangrain:{name}", values, feedback=feedback, context=context)

    run.feedback, run.jobs = feedback, jobs
    yield run
    QgsApplication.processingRegistry().removeProvider(provider)


def test_a_model_is_made_and_its_curve_is_in_the_log(run, tmp_path):
    result = run("train", TITLE="Mine", MINUTES=2)
    assert result["OUTPUT"] == str(tmp_path / "mine")
    assert os.path.isfile(result["CARD"])
    assert result["CURVES"] == str(tmp_path / "mine" / "curves.csv")
    assert (result["OA_BEFORE"], result["OA_AFTER"]) == (pytest.approx(0.6), pytest.approx(0.84))
    log = run.feedback.textLog()
    assert "step 2, epoch 0.5, 0:02, loss 0.500, OA 0.660, mIoU 0.460, best so far" in log
    assert "Validation: OA 0.600 before, 0.840 after" in log
    assert "may forget: water, tree" in log


def test_the_job_is_what_the_parameters_say(run, demo_files, tmp_path):
    run(
        "train", MODEL="roofs", BANDS="3,2,1", MAPPING='{"water": 1}', TITLE=" Mine ", MINUTES=2.5, TILE=64, BATCH=4,
        LEARNING_RATE=0.0005, SEED=7, DEVICE="cpu", PRECISION=1, EPOCHS=9, VALIDATION_SHARE=0.4,
        VALIDATION=demo_files["parcels"], VALIDATION_FIELD="landuse", RESUME=True,
    )  # fmt: skip
    (job,) = run.jobs
    assert isinstance(job, TrainJob)
    assert (job.model, job.title, job.out) == ("roofs", "Mine", str(tmp_path / "mine"))
    assert (job.minutes, job.tile, job.batch, job.learning_rate, job.seed) == (2.5, 64, 4, 0.0005, 7)
    assert (job.device, job.precision, job.epochs, job.validation_share) == ("cpu", "fp32", 9, 0.4)
    assert job.resume
    (source,), (held_out,) = job.sources, job.validation
    assert (source.image, source.reference, source.field) == (demo_files["image"], demo_files["reference"], "class")
    assert (source.bands, source.mapping) == ((3, 2, 1), {"water": 1})
    assert (held_out.image, held_out.reference, held_out.field) == (source.image, demo_files["parcels"], "landuse")
    assert held_out.bands == (3, 2, 1)


def test_the_defaults_are_the_recipe_and_a_quarter_of_an_hour(run):
    run("train")
    (job,) = run.jobs
    assert (job.minutes, job.epochs, job.tile, job.batch, job.learning_rate) == (15, 0, 0, 0, 0)
    assert (job.sources[0].mapping, job.sources[0].bands, job.validation) == (None, None, ())


def test_cancelling_keeps_the_best(run, trainer, tmp_path):  # noqa: F811
    trainer.client.step_s = 0.1
    run.feedback.progressChanged.connect(lambda value: value > 30 and run.feedback.cancel())
    result = run("train")
    assert result["OUTPUT"] == str(tmp_path / "mine")
    assert os.path.isfile(result["CARD"])
    assert 0.6 < result["OA_AFTER"] < 0.84
    assert "Stopped early" in run.feedback.textLog()


def test_cancelling_too_early_leaves_nothing_and_says_so(run, trainer, tmp_path):  # noqa: F811
    trainer.client.mode, trainer.client.step_s = "forgetful", 0.1
    run.feedback.progressChanged.connect(lambda value: run.feedback.cancel())
    with pytest.raises(QgsProcessingException, match="Nothing was left behind"):
        run("train")
    assert not (tmp_path / "mine").exists()


def test_a_failure_is_an_exception_with_a_sentence(run, trainer):  # noqa: F811
    trainer.client.mode = "failing"
    with pytest.raises(QgsProcessingException, match="the labels are on the moon"):
        run("train")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"BANDS": "1,x"}, "Bands are numbers"),
        ({"MAPPING": "water=1"}, "not JSON"),
        ({"TILE": 5}, "tile"),
    ],
)
def test_wrong_parameters_are_said_in_words(run, change, words):
    with pytest.raises(QgsProcessingException, match=words):
        run("train", **change)
    assert run.jobs == []


def test_the_folder_of_all_models_is_not_written_over(run, tmp_path):
    models = tmp_path / "models [mine]"
    (models / "first").mkdir(parents=True)
    (models / "first" / "card.json").touch()
    with pytest.raises(QgsProcessingException, match="Choose a new folder inside it"):
        run("train", OUTPUT=str(models))
    assert run("train", OUTPUT=str(models / "second"))["OUTPUT"] == str(models / "second")


def test_a_temporary_folder_will_do(run):
    assert os.path.isfile(run("train", OUTPUT="TEMPORARY_OUTPUT")["CARD"])


def test_a_memory_layer_can_be_learnt_from(run, demo_files):
    layer = QgsVectorLayer(demo_files["reference"], "digitised", "ogr").materialize(_everything())
    QgsProject.instance().addMapLayer(layer)
    run("train", REFERENCE=layer)
    source = run.jobs[0].sources[0]
    assert source.reference != demo_files["reference"]
    assert QgsVectorLayer(source.reference, "", "ogr").featureCount() == 5


def _everything():
    from qgis.core import QgsFeatureRequest

    return QgsFeatureRequest()


def test_adapting(run, demo_files):
    result = run("adapt", TARGETS=[demo_files["image"]], TARGET_BANDS="1,2,3,0", BY_REGION=True, STEPS=50)
    (job,) = run.jobs
    assert isinstance(job, AdaptJob)
    assert (job.targets, job.sources, job.target_bands) == ((demo_files["image"],), (), (1, 2, 3, 0))
    assert (job.by_region, job.steps, job.minutes) == (True, 50, 15)
    assert result["OA_BEFORE"] == pytest.approx(0.6)
    assert "On the labelled images: OA 0.600 before" in run.feedback.textLog()


def test_adapting_with_a_labelled_image(run, demo_files):
    labelled = {"SOURCE": demo_files["image"], "REFERENCE": demo_files["reference"], "FIELD": "class"}
    run("adapt", TARGETS=[demo_files["image"]], SOURCE_BANDS="4,3,2,1", **labelled)
    (source,) = run.jobs[0].sources
    assert (source.image, source.reference, source.bands) == (
        demo_files["image"], demo_files["reference"], (4, 3, 2, 1)
    )  # fmt: skip
    with pytest.raises(QgsProcessingException, match="Choose reference polygons and their class field"):
        run("adapt", TARGETS=[demo_files["image"]], SOURCE=demo_files["image"])


@pytest.mark.timeout(300)
def test_both_with_the_real_engine(engine, tmp_path):  # noqa: F811
    provider = provide(engine)
    try:
        scene = engine.client.submit(DemoSceneJob(str(tmp_path / "city"), size=192))
        assert pump(lambda: scene.done, 120)
        image, reference = (str(tmp_path / "city" / name) for name in ("image.tif", "reference.gpkg"))
        small = {"TILE": 64, "BATCH": 2, "DEVICE": "cpu", "REFERENCE": reference, "FIELD": "class"}
        feedback = QgsProcessingFeedback()
        trained = processing.run(
            "urbangrain:train",
            {"INPUT": image, "EPOCHS": 2, "OUTPUT": str(tmp_path / "trained"), "TITLE": "Trained", **small},
            feedback=feedback,
        )
        card = json.loads((tmp_path / "trained" / "card.json").read_text(encoding="utf-8"))
        assert card["id"] == "trained"
        assert 0 < trained["OA_AFTER"] <= 1
        assert trained["OA_AFTER"] >= 0.5 * trained["OA_BEFORE"] > 0
        assert "step 0, epoch 0.0" in feedback.textLog()
        adapted = processing.run(
            "urbangrain:adapt",
            {
                "MODEL": trained["OUTPUT"], "TARGETS": [image], "SOURCE": image, "STEPS": 2,
                "OUTPUT": str(tmp_path / "adapted"), **small,
            },
            feedback=feedback,
        )  # fmt: skip
        assert os.path.isfile(adapted["CARD"])
        assert os.path.isfile(adapted["CURVES"])
        assert "On the labelled images: OA " in feedback.textLog()
    finally:
        QgsApplication.processingRegistry().removeProvider(provider)
