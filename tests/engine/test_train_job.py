"""The train job on a small world: it learns, keeps the best, can be stopped and gone on with, and refuses in words."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import rasterio
from shapely.geometry import Point, shape
from training_toys import CLASSES, NETWORK, fresh_job, write_world

from urbangrain.engine import jobs
from urbangrain.engine.context import JobContext
from urbangrain.engine.errors import JobCancelled, UrbanGrainError
from urbangrain.engine.models.stac import read_card
from urbangrain.engine.protocol import AssessJob, MapJob, ModelsJob, ProtocolError, TrainJob, TrainResult, TrainSource


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> TrainSource:
    return write_world(tmp_path_factory.mktemp("world"))


@pytest.fixture(scope="module")
def trained(world: TrainSource, tmp_path_factory: pytest.TempPathFactory) -> TrainResult:
    return jobs.run(fresh_job(tmp_path_factory.mktemp("models") / "toy", world))


def test_a_fresh_network_learns_the_world(trained: TrainResult) -> None:
    best = [p for p in trained.points if p.best][-1]
    assert best.overall_accuracy > 0.9
    assert best.mean_iou > 0.8
    assert best.overall_accuracy == max(p.overall_accuracy for p in trained.points if p.mean_iou == best.mean_iou)
    assert trained.points[0].loss > trained.points[-1].loss
    assert trained.model.accuracy["overall"] == pytest.approx(best.overall_accuracy, abs=1e-4)
    assert set(best.f1) == {"water", "tree", "roof"}


def test_the_model_is_listed_and_maps(trained: TrainResult, world: TrainSource, tmp_path: Path) -> None:
    folder = Path(trained.folder)
    listed = jobs.run(ModelsJob((str(folder.parent),)))
    assert [m.classes for m in listed.models if m.id == "toy"] == [CLASSES]
    out = tmp_path / "classes.tif"
    jobs.run(MapJob(world.image, str(folder), str(out), flips="none", device="cpu"))
    with rasterio.open(out) as mapped, rasterio.open(world.image) as image:
        classes, red, nir = mapped.read(1), *image.read().astype(int)
    truth = np.where(nir > 700, 2, np.where(red > 650, 7, 1))
    inner = np.kron(np.ones((8, 8), bool), np.pad(np.ones((20, 20), bool), 6))
    assert (classes == truth)[inner].mean() > 0.75  # by chance a third; a third of the squares was not labelled
    assert not list(folder.glob(".training"))


def test_an_assessment_warns_of_places_that_were_trained_on(
    trained: TrainResult, world: TrainSource, tmp_path: Path
) -> None:
    out = str(tmp_path / "classes.tif")
    jobs.run(MapJob(world.image, trained.folder, out, flips="none", device="cpu"))
    remarks = jobs.run(AssessJob(out, world.reference, "kind")).remarks
    (said,) = [r for r in remarks if r.code == "assess.trained_on"]
    assert 20 < said.values["count"] < said.values["total"] == 43  # those of the validation part are not counted
    away = write_world(tmp_path, seed=5, west=520_000)
    other = str(tmp_path / "other.tif")
    jobs.run(MapJob(away.image, trained.folder, other, flips="none", device="cpu"))
    assert "assess.trained_on" not in [r.code for r in jobs.run(AssessJob(other, away.reference, "kind")).remarks]


def test_curves_are_on_disk(trained: TrainResult) -> None:
    with open(trained.curves, newline="") as file:
        rows = list(csv.DictReader(file))
    assert [int(r["step"]) for r in rows] == [p.step for p in trained.points]
    assert float(rows[-1]["mean_iou"]) == pytest.approx(trained.points[-1].mean_iou)
    assert float(rows[-1]["f1 roof"]) == pytest.approx(trained.points[-1].f1["roof"])
    assert list((Path(trained.folder) / "tensorboard").glob("events*"))


def test_the_card_says_where_and_how(trained: TrainResult, world: TrainSource) -> None:
    card = read_card(Path(trained.folder) / "card.json")
    assert card.training["job"]["sources"][0]["image"] == world.image
    assert card.training["recipe"]["learning_rate"] == 3e-3
    assert sum(card.training["pixels"].values()) == sum(trained.train_px.values()) > 0
    assert len(card.training["curves"]) == len(trained.points)
    # around 3 degrees east and 51.4 north, where the image lies
    area = shape(card.training["areas"])
    assert area.intersects(Point(3.0, 51.45).buffer(0.02))
    assert area.area < 1e-4


def test_training_and_validation_share_no_pixel(trained: TrainResult) -> None:
    # 43 labelled squares of 26 x 26 pixels, less what lies near a border between the parts
    total = sum(trained.train_px.values()) + sum(trained.validation_px.values())
    assert 0 < total <= 43 * 26 * 26
    assert min(trained.validation_px.values()) > 0
    assert min(trained.train_px.values()) > 0
    assert sum(trained.validation_px.values()) < sum(trained.train_px.values())


def test_the_same_seed_gives_the_same_weights(world: TrainSource, tmp_path: Path) -> None:
    made = [jobs.run(fresh_job(tmp_path / name, world, epochs=2, seed=s)) for name, s in (("a", 1), ("b", 1), ("c", 2))]
    first, again, other = ((Path(r.folder) / "weights.safetensors").read_bytes() for r in made)
    assert first == again != other


def test_fine_tuning_starts_from_what_the_model_knows(trained: TrainResult, tmp_path: Path) -> None:
    other = write_world(tmp_path, seed=5, west=520_000, gain=0.5)
    job = TrainJob(str(tmp_path / "tuned"), (other,), model=trained.folder, epochs=2, tile=64, device="cpu", threads=1)
    result = jobs.run(job)
    assert result.points[0].step == 0
    assert result.points[0].mean_iou > 0.7
    card = read_card(tmp_path / "tuned" / "card.json")
    assert card.classes == CLASSES
    assert card.training["started_from"]["id"] == "toy"
    best = [p for p in result.points if p.best][-1]
    assert best.mean_iou >= result.points[0].mean_iou


def test_a_training_that_gains_nothing_says_so(trained: TrainResult, world: TrainSource, tmp_path: Path) -> None:
    job = TrainJob(str(tmp_path / "same"), (world,), model=trained.folder, epochs=1, tile=64, learning_rate=1e-12,
                   device="cpu", threads=1)  # fmt: skip
    result = jobs.run(job)
    assert "train.no_gain" in [r.code for r in result.remarks]
    before, after = (read_card(Path(p) / "card.json") for p in (trained.folder, result.folder))
    assert before.weights_sha256 == after.weights_sha256


def test_a_stop_keeps_the_best_so_far(world: TrainSource, tmp_path: Path) -> None:
    context = JobContext()
    seen: list[int] = []

    def on_point(point: object) -> None:
        seen.append(1)
        if len(seen) == 3:
            context.cancelled.set()

    context.on_point = on_point
    result = jobs.run(fresh_job(tmp_path / "stopped", world), context)
    assert result.stopped
    assert len(result.points) == 3
    assert "train.stopped" in [r.code for r in result.remarks]
    assert read_card(tmp_path / "stopped" / "card.json").id == "stopped"


def test_a_stop_before_the_first_point_keeps_what_there_is(world: TrainSource, tmp_path: Path) -> None:
    context = JobContext()
    context.on_progress = lambda report: context.cancelled.set() if report.stage == "train" else None
    result = jobs.run(fresh_job(tmp_path / "early", world, epochs=200), context)
    assert result.stopped
    assert [p.step for p in result.points] == [1]
    assert read_card(tmp_path / "early" / "card.json").accuracy["overall"] == pytest.approx(
        result.points[0].overall_accuracy, abs=1e-4
    )


def test_a_stop_before_anything_is_learnt_leaves_nothing(world: TrainSource, tmp_path: Path) -> None:
    context = JobContext()
    context.on_progress = lambda report: context.cancelled.set() if report.stage == "tiles" else None
    with pytest.raises(JobCancelled):
        jobs.run(fresh_job(tmp_path / "none", world), context)
    assert list(tmp_path.iterdir()) == []


def test_a_killed_training_goes_on_to_the_same_end(world: TrainSource, tmp_path: Path) -> None:
    whole = jobs.run(fresh_job(tmp_path / "whole", world, epochs=6))

    class Killed(BaseException):
        pass

    def die(point: object) -> None:
        if point.step >= 3:  # type: ignore[attr-defined]
            raise Killed

    with pytest.raises(Killed):
        jobs.run(fresh_job(tmp_path / "killed", world, epochs=6), JobContext(on_point=die))
    result = jobs.run(fresh_job(tmp_path / "killed", world, epochs=6, resume=True))
    assert "train.resumed" in [r.code for r in result.remarks]
    assert [p.step for p in result.points] == [p.step for p in whole.points]
    assert [p.mean_iou for p in result.points] == [p.mean_iou for p in whole.points]
    files = [(tmp_path / name / "weights.safetensors").read_bytes() for name in ("whole", "killed")]
    assert files[0] == files[1]


def test_another_job_does_not_go_on_with_it(world: TrainSource, tmp_path: Path) -> None:
    result = jobs.run(fresh_job(tmp_path / "m", world, epochs=1, resume=True))
    assert "train.resumed" not in [r.code for r in result.remarks]


def test_validation_polygons_of_ones_own(world: TrainSource, tmp_path: Path) -> None:
    away = write_world(tmp_path, seed=9, west=540_000)
    result = jobs.run(fresh_job(tmp_path / "m", world, epochs=1, validation=(away,)))
    assert sum(result.validation_px.values()) == 43 * 26 * 26
    assert "train.areas_overlap" not in [r.code for r in result.remarks]
    again = jobs.run(fresh_job(tmp_path / "n", world, epochs=1, validation=(world,)))
    assert "train.areas_overlap" in [r.code for r in again.remarks]


def _refused(job: TrainJob) -> str:
    with pytest.raises(UrbanGrainError) as caught:
        jobs.run(job)
    assert "{" not in str(caught.value)
    return caught.value.code


def test_what_cannot_be_is_refused_and_nothing_is_lost(world: TrainSource, tmp_path: Path) -> None:
    gone = TrainSource(str(tmp_path / "no.tif"), world.reference, "kind")
    assert _refused(fresh_job(tmp_path / "m", gone)) == "file.not_found"
    field = TrainSource(world.image, world.reference, "sort")
    assert _refused(fresh_job(tmp_path / "m", field)) == "vector.no_field"
    foreign = TrainSource(world.image, world.reference, "kind", mapping={"roof": 99})
    assert _refused(fresh_job(tmp_path / "m", foreign)) == "train.no_such_class"
    unknown = TrainSource(world.image, world.reference, "kind", mapping={"castle": 1})
    assert _refused(fresh_job(tmp_path / "m", unknown)) == "train.nothing_mapped"
    assert _refused(fresh_job(tmp_path / "m", world, options={"colour": 3})) == "train.network"
    assert _refused(fresh_job(tmp_path / "no" / "m", world)) == "file.folder_missing"
    assert list(tmp_path.iterdir()) == []
    there = tmp_path / "there"
    there.mkdir()
    (there / "card.json").write_text("{}")
    assert _refused(fresh_job(there, world)) == "file.exists"
    assert (there / "card.json").read_text() == "{}"
    assert _refused(fresh_job(there, unknown, overwrite=True)) == "train.nothing_mapped"
    assert [p.name for p in there.iterdir()] == ["card.json"]
    assert (there / "card.json").read_text() == "{}"


def test_a_config_file_trains(world: TrainSource, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from urbangrain.engine.cli import main

    config = {
        "out": "made", "network": "hrnet_ocr", "options": NETWORK, "gsd_m": [1, 3], "epochs": 1, "tile": 64,
        "classes": [{"value": c.value, "name": c.name, "colour": c.colour} for c in CLASSES],
        "bands": [{"role": "red"}, {"role": "nir"}], "device": "cpu",
        "sources": [{"image": world.image, "reference": world.reference, "field": "kind"}],
    }  # fmt: skip
    file = tmp_path / "config.json"
    file.write_text(json.dumps(config))
    assert main(["train", str(file)]) == 0
    said = capsys.readouterr().out
    assert "validation: OA" in said
    assert str(tmp_path / "made") in said
    file.write_text(json.dumps({**config, "colour": 1}))
    assert main(["train", str(file), "--overwrite"]) == 1
    assert "colour: unknown field" in capsys.readouterr().err


def test_one_tile_a_step_is_refused_where_normalisation_needs_more(world: TrainSource, tmp_path: Path) -> None:
    with pytest.raises(ProtocolError, match="two tiles a step"):
        replace(fresh_job(tmp_path / "toy", world), batch=1)
    TrainJob(str(tmp_path / "toy"), (world,), model="landcover", batch=1)  # fine-tuning keeps the statistics
