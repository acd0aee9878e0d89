"""The adapt job: a model meets images without labels, and does not forget its classes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file
from torch import nn
from training_toys import fresh_job, write_world

from urbangrain.engine import jobs
from urbangrain.engine.context import JobContext
from urbangrain.engine.errors import JobCancelled, UrbanGrainError
from urbangrain.engine.models.stac import read_card
from urbangrain.engine.protocol import AdaptJob, DemoSceneJob, TrainResult, TrainSource
from urbangrain.engine.training.adaptation import AdaptationRecipe, Adapter, probabilities
from urbangrain.engine.training.objectives.choose import plain
from urbangrain.engine.training.store import TileStore


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("adapt")


@pytest.fixture(scope="module")
def source(folder: Path) -> TrainSource:
    return write_world(folder)


@pytest.fixture(scope="module")
def trained(folder: Path, source: TrainSource) -> TrainResult:
    return jobs.run(fresh_job(folder / "toy", source, epochs=10))


@pytest.fixture(scope="module")
def target(folder: Path) -> str:
    return write_world(folder, seed=4, west=520_000).image


def job(trained: TrainResult, target: str, out: Path, *sources: TrainSource, **more: object) -> AdaptJob:
    settings: dict[str, object] = {"steps": 6, "tile": 64, "device": "cpu", "precision": "fp32", "threads": 1}
    return AdaptJob(trained.folder, (target,), str(out), sources, **{**settings, **more})  # type: ignore[arg-type]


def test_a_model_is_adapted(trained: TrainResult, target: str, source: TrainSource, tmp_path: Path) -> None:
    result = jobs.run(job(trained, target, tmp_path / "there", source))
    assert result.points[0].step == 0
    assert result.points[-1].step == 6
    assert result.points[-1].mean_iou > result.points[0].mean_iou - 0.2  # on the source: it has not forgotten
    before, after = (read_card(Path(f) / "card.json") for f in (trained.folder, result.folder))
    assert before.weights_sha256 != after.weights_sha256
    assert after.classes == before.classes
    assert after.accuracy == {}  # nobody knows it there
    assert after.training["started_from"]["weights_sha256"] == before.weights_sha256
    assert Path(result.curves).exists()
    assert not (tmp_path / "there" / ".training").exists()


def test_the_same_seed_adapts_the_same_way(
    trained: TrainResult, target: str, source: TrainSource, tmp_path: Path
) -> None:
    made = [jobs.run(job(trained, target, tmp_path / n, source, steps=2, seed=s)) for n, s in (("a", 1), ("b", 1))]
    first, again = (load_file(Path(r.folder) / "weights.safetensors") for r in made)
    assert all(torch.equal(first[k], again[k]) for k in first)


def test_one_region_after_the_other(trained: TrainResult, target: str, source: TrainSource, tmp_path: Path) -> None:
    other = write_world(tmp_path, seed=6, west=560_000).image
    result = jobs.run(
        AdaptJob(trained.folder, (target, other), str(tmp_path / "m"), (source,), by_region=True, steps=3, tile=64,
                 device="cpu", threads=1)
    )  # fmt: skip
    assert result.points[-1].step == 6  # two rounds of three


def test_a_stop_keeps_what_was_learnt(trained: TrainResult, target: str, source: TrainSource, tmp_path: Path) -> None:
    context = JobContext()
    context.on_point = lambda point: context.cancelled.set() if point.step >= 2 else None
    result = jobs.run(job(trained, target, tmp_path / "m", source, steps=40), context)
    assert result.stopped
    assert 2 <= result.points[-1].step < 40
    assert "adapt.stopped" in [r.code for r in result.remarks]
    between = JobContext()
    between.on_progress = lambda report: between.cancelled.set() if report.stage == "adapt" else None
    first = jobs.run(job(trained, target, tmp_path / "between", source, steps=400), between)
    assert [p.step for p in first.points] == [0, 1]  # what is kept is shown
    early = JobContext()
    early.on_progress = lambda report: early.cancelled.set() if report.stage == "tiles" else None
    with pytest.raises(JobCancelled):
        jobs.run(job(trained, target, tmp_path / "none", source), early)
    assert not (tmp_path / "none").exists()


def test_what_cannot_be_is_refused(trained: TrainResult, target: str, tmp_path: Path) -> None:
    with pytest.raises(UrbanGrainError) as caught:
        jobs.run(job(trained, target, tmp_path / "m"))  # no demo city has its classes
    assert caught.value.code == "adapt.needs_source"
    with pytest.raises(UrbanGrainError) as caught:
        jobs.run(job(trained, str(tmp_path / "no.tif"), tmp_path / "m"))
    assert caught.value.code == "file.not_found"
    assert list(tmp_path.iterdir()) == []


def test_demo_cities_stand_in_for_the_bundled_model(tmp_path: Path) -> None:
    city = jobs.run(DemoSceneJob(str(tmp_path / "city"), seed=3, size=192))
    result = jobs.run(
        AdaptJob("landcover", (city.files["image"],), str(tmp_path / "m"), steps=1, tile=128, device="cpu", threads=1)
    )
    assert "adapt.demo_source" in [r.code for r in result.remarks]
    assert result.points[0].overall_accuracy > 0.7  # the bundled model knows demo cities
    assert sum(result.validation_px.values()) > 10_000


def _store(rng: np.random.Generator) -> TileStore:
    images = rng.normal(size=(4, 2, 32, 32)).astype(np.float32)
    labels = rng.integers(0, 3, (4, 32, 32)).astype(np.uint8)
    return TileStore(images, labels, np.full_like(labels, 255), ("a", "b", "c"), {})


def _after_a_step(targets: np.ndarray, weight: float) -> dict[str, torch.Tensor]:
    torch.manual_seed(0)
    network = nn.Conv2d(2, 3, 3, padding=1)
    store = _store(np.random.default_rng(0))
    recipe = AdaptationRecipe(steps=1, adversarial_weight=weight)
    adapter = Adapter(network, plain, store, targets, 3, recipe, torch.device("cpu"), "fp32", 0)
    adapter.run(0.0, 0, JobContext(), lambda point: None, lambda share, left: None)
    return {k: v.clone() for k, v in network.state_dict().items()}


def test_targets_teach_through_the_discriminator_alone() -> None:
    rng = np.random.default_rng(1)
    one, other = (rng.normal(size=(3, 2, 32, 32)).astype(np.float32) for _ in range(2))
    assert torch.equal(_after_a_step(one, 0.0)["weight"], _after_a_step(other, 0.0)["weight"])
    assert not torch.equal(_after_a_step(one, 1.0)["weight"], _after_a_step(other, 1.0)["weight"])
    assert not torch.equal(_after_a_step(one, 1.0)["weight"], _after_a_step(one, 0.0)["weight"])


def test_the_discriminator_learns_to_tell_them() -> None:
    rng = np.random.default_rng(2)
    network = nn.Conv2d(2, 3, 1).requires_grad_(True)
    store = _store(rng)
    recipe = AdaptationRecipe(steps=30, learning_rate=0.0, discriminator_rate=1e-3)
    targets = store.images + 8.0
    adapter = Adapter(network, plain, store, targets, 3, recipe, torch.device("cpu"), "fp32", 0)
    adapter.run(0.0, 0, JobContext(), lambda point: None, lambda share, left: None)
    with torch.no_grad():
        of_source, of_target = (
            adapter.discriminator(probabilities(network(torch.from_numpy(x)), (32, 32)))
            for x in (store.images, targets)
        )
    assert of_source.mean() > of_target.mean() + 0.5


def test_what_several_outputs_map() -> None:
    logits = torch.tensor([0.0, 2.0]).view(1, 2, 1, 1).expand(1, 2, 4, 4)
    same = probabilities((logits, "other"), (8, 8))
    assert same.shape == (1, 2, 8, 8)
    torch.testing.assert_close(same[0, 1], torch.full((8, 8), 1 / (1 + np.exp(-2.0)), dtype=torch.float32))
