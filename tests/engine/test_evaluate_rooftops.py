"""The measurement of the rooftop model and its baselines, and what is published of it."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from urbangrain.engine.models.bicubic_unet import LIGHT_BICUBIC_UNET, BicubicUNet, BicubicUNetOptions, bicubic
from urbangrain.engine.models.networks import build
from urbangrain.engine.models.stac import read_card
from urbangrain.engine.models.stsr_seg import LIGHT_STSR_SEG, STSRSegOutput
from urbangrain.engine.release import evaluate_rooftops, publish_rooftops
from urbangrain.engine.release.evaluate_rooftops import (
    City,
    built_probability,
    counts,
    mask_quality,
    measure,
    processed,
    vanished,
    widened,
)
from urbangrain.engine.release.rooftop_forest import RooftopForest, features
from urbangrain.engine.training.rooftop_scenes import RooftopScene
from urbangrain.engine.training.rooftops import RooftopConfig, Windows, main, train

SMALL = {
    "features": 8, "blocks": 1, "shuffle": "once", "encoder_block": "basic", "encoder_layers": (1, 1, 1, 1),
    "encoder_channels": (8, 8, 8, 8), "stem_channels": 8, "decoder_channels": (8, 8, 8, 8),
}  # fmt: skip
SMALL_BICUBIC = {k: v for k, v in SMALL.items() if k not in ("features", "blocks", "shuffle")}


def roofs(*years: list[list[int]]) -> list[np.ndarray]:
    return [np.array(year, np.uint8) * 255 for year in years]


def scene_of(truth: np.ndarray) -> RooftopScene:
    years, height, width = truth.shape
    images = np.full((years, 4, height // 4, width // 4), 1000, np.uint16)
    return RooftopScene(images, truth.astype(np.uint8), np.ones((height // 4, width // 4), np.uint8))


def test_bicubic_unet_differs_from_stsr_seg_by_the_way_to_the_finer_grid_alone() -> None:
    ours, theirs = build("stsr_seg", 4, 2, **LIGHT_STSR_SEG), build("bicubic_unet", 4, 2, **LIGHT_BICUBIC_UNET)
    sizes = [sum(p.numel() for p in network.parameters()) for network in (ours, theirs)]
    assert sizes[1] == pytest.approx(sizes[0], rel=0.01)
    assert (theirs.upscale, theirs.stride_multiple) == (ours.upscale, ours.stride_multiple) == (4, 8)
    network = BicubicUNet(4, 2, BicubicUNetOptions(**SMALL_BICUBIC))
    image = torch.rand(2, 4, 16, 16)
    out = network.train()(image)
    assert isinstance(out, STSRSegOutput)
    assert (out.logits.shape, out.low_resolution.shape) == ((2, 2, 64, 64), (2, 16, 16))
    assert out.representation.norm(dim=1).tolist() == pytest.approx([1, 1])
    assert network.eval()(image).shape == (2, 2, 64, 64)
    with pytest.raises(ValueError, match="2 classes, not 3"):
        BicubicUNet(4, 3)
    with pytest.raises(ValueError, match="four stages"):
        BicubicUNetOptions(decoder_channels=(8, 8))


def test_bicubic_puts_pixels_where_they_lie() -> None:
    # Pixel k of the finer grid lies at (k + 0.5) / 4 - 0.5; torch's kernel leaves a straight line by 0.04 at most.
    line = torch.arange(12.0).expand(1, 1, 12, 12)
    fine = bicubic(line, 4)[0, 0, 20, 12:36]
    assert fine.tolist() == pytest.approx([(k + 0.5) / 4 - 0.5 for k in range(12, 36)], abs=0.05)
    assert bicubic(torch.full((1, 1, 5, 5), 3.0), 4)[0, 0].unique().tolist() == pytest.approx([3.0])


def test_the_reference_is_widened_by_whole_pixels() -> None:
    one = np.zeros((5, 5), np.uint8)
    one[2, 2] = 1
    assert widened(one, 0).sum() == 1
    assert widened(one, 1).tolist() == [[0] * 5, [0, 0, 1, 0, 0], [0, 1, 1, 1, 0], [0, 0, 1, 0, 0], [0] * 5]
    assert widened(one, 2).sum() == 13  # the centres within 2 pixels
    assert not widened(np.zeros((3, 3), np.uint8), 2).any()


def test_counts_are_over_all_years_and_leave_out_what_was_not_mapped() -> None:
    truth = np.zeros((2, 4, 4), np.uint8)
    truth[:, 0] = 1
    maps = [np.zeros((4, 4), np.uint8), np.zeros((4, 4), np.uint8)]
    maps[0][0] = 255  # four hits
    maps[1][1] = 255  # four false, four missed
    maps[1][3, 0] = 1  # no data
    assert counts(maps, scene_of(truth), 0).tolist() == [[23 - 4, 4], [4, 4]]
    # Widened by a pixel the second year's row is right, and the first year's missed row of four comes in.
    assert counts(maps, scene_of(truth), 1).tolist() == [[15, 8], [0, 8]]


def test_vanished_rooftops_are_counted_between_years() -> None:
    maps = roofs([[1, 1, 0]], [[1, 0, 1]], [[0, 0, 1]])
    assert vanished(maps) == (2, 4)  # one of two, then one of two


def test_steps_are_the_mask_then_the_check() -> None:
    truth = np.zeros((3, 8, 8), np.uint8)
    maps = [np.zeros((8, 8), np.uint8) for _ in range(3)]
    maps[1][2, 2] = 255  # for one year only: the check removes it
    for year in maps:
        year[6, 6] = 255  # where nothing is built: the mask removes it
    built = np.ones((2, 2), np.float32)
    built[1, 1] = 0.0
    made = processed(maps, City(0, scene_of(truth), built))
    assert [year[2, 2] for year in made["check of years"]] == [0, 0, 0]
    assert [year[6, 6] for year in made["check of years"]] == [255] * 3
    assert [year[2, 2] for year in made["built-up mask"]] == [0, 255, 0]
    assert [year[6, 6] for year in made["built-up mask"]] == [0] * 3
    assert not any(year.any() for year in made["mask and check"])
    assert maps[1][2, 2] == 255
    rows = {r["step"]: r for r in measure("m", lambda scene: maps, [City(0, scene_of(truth), built)])}
    assert (rows["as mapped"]["precision"], rows["as mapped"]["pixels"]) == (0.0, 192)
    assert rows["as mapped"]["oa"] == pytest.approx(1 - 4 / 192, abs=1e-4)
    assert rows["mask and check"]["oa"] == 1.0
    assert rows["as mapped"]["vanished"] == pytest.approx(1 / 3, abs=1e-4)


def test_the_mask_is_as_imprecise_as_it_says() -> None:
    rng = np.random.default_rng(1)
    built = np.kron(rng.integers(0, 2, (20, 20)), np.ones((9, 9), int)).astype(np.uint8)
    mask = built_probability(built, 5)
    assert mask.shape == built.shape
    assert 0 < mask.min() < 0.2 < 0.8 < mask.max() < 1
    assert (built_probability(built, 5) == mask).all()
    truth = np.kron(built, np.ones((4, 4), np.uint8))[None]
    images = np.zeros((1, 4, *built.shape), np.uint16)
    quality = mask_quality([City(5, RooftopScene(images, truth, built), mask)])
    assert 0.7 < quality["agreement"] < 0.93
    assert 0.9 < quality["rooftops_kept"] < 1


def test_the_forest_finds_bright_roofs_that_are_few() -> None:
    rng = np.random.default_rng(0)
    roof = np.kron((rng.random((1, 12, 12)) < 0.05).astype(np.uint8), np.ones((1, 8, 8), np.uint8))
    image = np.where(roof[:, ::4, ::4], 4000, 1000) + rng.normal(0, 50, (4, 24, 24))
    scene = RooftopScene(image[None].astype(np.uint16), roof, np.ones((24, 24), np.uint8))
    assert features(scene.images[0]).shape == (96, 96, 6)
    forest = RooftopForest().fit([scene], rng, each=3000)
    mapped = forest.predict(scene.images[0])
    hit = (mapped & roof[0]).sum()
    assert 2 * hit / (mapped.sum() + roof[0].sum()) > 0.8


def test_networks_and_losses_see_the_same_windows_with_rooftops(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    seen: dict[str, list[float]] = {}
    draw = Windows.draw

    def noted(self: Windows, rng: np.random.Generator, pair: bool):
        drawn = draw(self, rng, pair)
        if not pair:
            seen.setdefault(f"{self.config.network} {self.config.losses}", []).append(float(drawn[0].sum()))
        return drawn

    monkeypatch.setattr(Windows, "draw", noted)
    for network, losses, options in (
        ("stsr_seg", "HR+TC+SG", SMALL),
        ("stsr_seg", "HR", SMALL),
        ("bicubic_unet", "HR+TC+SG", SMALL_BICUBIC),
    ):
        config = RooftopConfig(
            train_scenes=2, validation_scenes=1, size_m=660, batch=2, pairs=2, network=network, losses=losses,
            options=options,
        )  # fmt: skip
        train(config, tmp_path / f"{network}{losses}", tmp_path / "years", 60.0, 1, steps=3)
        assert json.loads((tmp_path / f"{network}{losses}" / "last.json").read_text())["step"] == 3
    assert len(seen) == 3
    assert len({tuple(sums) for sums in seen.values()}) == 1
    assert all(len(sums) == 3 for sums in seen.values())


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two trainings of two steps, each with its model folder."""
    folder = tmp_path_factory.mktemp("runs")
    patch = pytest.MonkeyPatch()
    patch.setattr("urbangrain.engine.training.rooftops.LIGHT", {"stsr_seg": SMALL, "bicubic_unet": SMALL_BICUBIC})
    sized = RooftopConfig.__init__

    def small(self: RooftopConfig, **values: object) -> None:
        sized(self, **{"train_scenes": 2, "validation_scenes": 1, "size_m": 660, "batch": 2, "pairs": 2, **values})

    patch.setattr(RooftopConfig, "__init__", small)
    try:
        for network, losses in (("stsr_seg", "HR+TC+SG"), ("bicubic_unet", "HR")):
            asked = ["--network", network, "--losses", losses, "--steps", "2", "--threads", "1"]
            main(["--out", str(folder / network), "--cache", str(folder / "years"), *asked])
    finally:
        patch.undo()
    return folder


def test_a_training_becomes_a_measured_and_published_model(runs: Path, tmp_path: Path) -> None:
    out = tmp_path / "evaluation"
    evaluate_rooftops.main(
        ["--model", str(runs / "stsr_seg" / "model"), "--beside", str(runs / "bicubic_unet" / "model"), "--cities",
         "1", "--forest-cities", "1", "--size", "660", "--cache", str(runs / "years"), "--out", str(out)]
    )  # fmt: skip
    found = json.loads((out / "evaluation.json").read_text())
    methods = list(dict.fromkeys(r["method"] for r in found["rows"]))
    assert methods == ["STSR-Seg light (HR+TC+SG)", "bicubic x4 + UNet (HR)", "random forest"]
    assert len(found["rows"]) == 12
    assert all(r["pixels"] == found["rows"][0]["pixels"] > 0 for r in found["rows"])
    page = tmp_path / "models.md"
    page.write_text("before\n<!-- rooftops: begin -->\nold\n<!-- rooftops: end -->\nafter\n")
    asked = ["--run", str(runs / "stsr_seg"), "--model", str(tmp_path / "rooftops"), "--page", str(page)]
    publish_rooftops.main([*asked, "--evaluation", str(out / "evaluation.json")])
    card = read_card(tmp_path / "rooftops" / "card.json")
    ours = found["rows"][0]
    assert card.accuracy["overall"] == round(ours["oa"], 3)
    assert [case["step"] for case in card.accuracy["cases"]] == list(evaluate_rooftops.STEPS)
    assert card.training["steps"] == 2
    assert "old" not in page.read_text()
    assert page.read_text().startswith("before\n<!-- rooftops: begin -->\n| method |")
    assert page.read_text().endswith("<!-- rooftops: end -->\nafter\n")
    weights = load_file(tmp_path / "rooftops" / "weights.safetensors")
    trained = load_file(runs / "stsr_seg" / "best.safetensors")
    assert all(torch.equal(weights[name], value.half()) for name, value in trained.items() if value.is_floating_point())
    # An evaluation of other weights is refused before anything is written.
    before = page.read_text()
    foreign = {**found, "rows": [r for r in found["rows"] if "bicubic" not in r["method"]]}
    (out / "foreign.json").write_text(json.dumps(foreign))
    asked = ["--run", str(runs / "bicubic_unet"), "--model", str(tmp_path / "other"), "--page", str(page)]
    with pytest.raises(ValueError, match="no rows of 'bicubic"):
        publish_rooftops.main([*asked, "--evaluation", str(out / "foreign.json")])
    assert page.read_text() == before
    assert not (tmp_path / "other").exists()
