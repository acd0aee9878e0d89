from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from real_data_folder import DATA, real
from scipy.ndimage import distance_transform_edt

from urbangrain.engine import jobs
from urbangrain.engine.models.load import load_network
from urbangrain.engine.models.registry import resolve
from urbangrain.engine.protocol import MapJob
from urbangrain.engine.release.baselines import Forest, Thresholds, indices
from urbangrain.engine.training import landcover
from urbangrain.engine.training.augment import drop_near_infrared, radiometry
from urbangrain.engine.training.config import LandcoverConfig
from urbangrain.engine.training.losses import IGNORED, dice, landcover_loss, soft_cross_entropy
from urbangrain.engine.training.real_data import CLASS_VALUES, GUARD_M, SOURCES, load_real
from urbangrain.engine.training.scenes import Patch, cached_scene, scene_gsd
from urbangrain.engine.training.tiles import cut, unit_affine

CONFIG = LandcoverConfig()


def test_cross_entropy_by_hand() -> None:
    logits = torch.tensor([[[[2.0, 0.0]], [[0.0, 5.0]]]])
    target = torch.tensor([[[0, IGNORED]]])
    p = math.exp(2) / (math.exp(2) + 1)
    assert soft_cross_entropy(logits, target, 0.0).item() == pytest.approx(-math.log(p))
    smoothed = -(0.95 * math.log(p) + 0.05 * math.log(1 - p))
    assert soft_cross_entropy(logits, target, 0.1).item() == pytest.approx(smoothed)


def test_dice_by_hand() -> None:
    probabilities = torch.tensor([[[[0.75, 0.25]], [[0.25, 0.75]]]])
    target = torch.tensor([[[0, 1]]])
    # each class: 2 * 0.75 / (1 + 1)
    assert dice(probabilities.log(), target).item() == pytest.approx(1 - 0.75)


def test_a_perfect_map_has_next_to_no_loss() -> None:
    target = torch.randint(0, 5, (2, 8, 8))
    logits = 30.0 * torch.nn.functional.one_hot(target, 5).movedim(-1, 1).float()
    assert landcover_loss(logits, target, 0.0).item() < 1e-4


def test_unlabelled_pixels_teach_nothing() -> None:
    logits = torch.randn(1, 5, 4, 4, requires_grad=True)
    target = torch.full((1, 4, 4), IGNORED)
    target[0, 0, 0] = 2
    landcover_loss(logits, target, 0.1).backward()
    assert logits.grad[0, :, 0, 0].abs().sum() > 0
    assert logits.grad[0, :, 1:].abs().sum() == 0
    empty = torch.full((1, 4, 4), IGNORED)
    assert torch.isfinite(landcover_loss(logits, empty, 0.1))


def patch_of(gsd: float = 3.0, size: int = 90) -> Patch:
    rng = np.random.default_rng(0)
    image = rng.integers(100, 3000, (4, size, size)).astype(np.uint16)
    labels = np.kron(rng.integers(1, 6, (size // 10, size // 10)), np.ones((10, 10))).astype(np.uint8)
    valid = np.ones((size, size), bool)
    valid[:, :5] = False
    return Patch(image, labels, valid, gsd)


def test_tiles_have_their_size_and_no_label_where_invalid() -> None:
    config = replace(CONFIG, tile=64)
    rng = np.random.default_rng(3)
    for _ in range(20):
        image, target = cut(patch_of(), config, rng)
        assert image.shape == (4, 64, 64)
        assert torch.isfinite(image).all()
        assert set(target.unique().tolist()) <= {0, 1, 2, 3, 4, IGNORED}


def test_sparse_labels_are_always_in_the_tile() -> None:
    config = replace(CONFIG, tile=32)
    labels = np.zeros((90, 90), np.uint8)
    labels[80, 7] = 4
    patch = replace(patch_of(), labels=labels, sparse=np.flatnonzero(labels))
    rng = np.random.default_rng(3)
    hits = [(cut(patch, config, rng)[1] == 3).any().item() for _ in range(30)]
    assert sum(hits) > 24  # a shrunken tile may lose a single pixel


def test_percentiles_become_zero_and_one() -> None:
    patch = patch_of()
    scaled = unit_affine(patch, CONFIG, slice(None), slice(None))(patch.image)[:, patch.valid]
    np.testing.assert_allclose(np.percentile(scaled, [2, 98], axis=1), [[0] * 4, [1] * 4], atol=0.03)


def test_augmentation_is_repeatable_and_finite() -> None:
    unit = torch.rand(6, 4, 32, 32)
    looks = [radiometry(unit, torch.Generator().manual_seed(1)) for _ in range(2)]
    torch.testing.assert_close(*looks)
    assert torch.isfinite(looks[0]).all()
    assert not torch.allclose(looks[0], unit)


def test_near_infrared_goes_missing_at_its_rate() -> None:
    dropped = drop_near_infrared(torch.ones(2000, 4, 1, 1), 0.4, torch.Generator().manual_seed(0))
    assert torch.equal(dropped[:, :3], torch.ones(2000, 3, 1, 1))
    assert (dropped[:, 3] == 0).float().mean().item() == pytest.approx(0.4, abs=0.04)


def test_scenes_span_the_range_and_come_from_the_cache(tmp_path: Path) -> None:
    gsds = [scene_gsd(seed, (0.5, 3.0)) for seed in range(200)]
    assert min(gsds) < 0.6
    assert gsds.count(3.0) > 30
    first = cached_scene(tmp_path, 5, 64, 3.0)
    assert len(list(tmp_path.iterdir())) == 1
    np.testing.assert_array_equal(cached_scene(tmp_path, 5, 64, 3.0).image, first.image)


def test_training_validation_and_test_seeds_are_apart() -> None:
    from urbangrain.engine.release.evaluate import TEST_SEED

    training = range(CONFIG.first_seed, CONFIG.first_seed + CONFIG.train_scenes)
    validation = range(CONFIG.validation_seed, CONFIG.validation_seed + CONFIG.validation_scenes)
    test = range(TEST_SEED, TEST_SEED + 1000)
    assert not set(training) & set(validation)
    assert not set(training) & set(test)
    assert not set(validation) & set(test)
    assert 2026 not in training  # the demo's own seed


def test_the_command_trains_resumes_and_exports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small = replace(
        CONFIG, scene_size=96, tile=64, batch=2, train_scenes=2, validation_scenes=3, warmup_steps=2, real_share=0.0
    )
    monkeypatch.setattr(landcover, "LandcoverConfig", lambda: small)
    out = tmp_path / "run"
    assert landcover.main(["--out", str(out), "--minutes", "0.05", "--threads", "2"]) == 0
    first = json.loads((out / "last.json").read_text())
    assert first["step"] > 0
    card = resolve(str(out / "model"))
    assert load_network(card)(torch.zeros(1, 4, 64, 64)).shape == (1, 5, 64, 64)
    assert landcover.main(["--out", str(out), "--minutes", "0.1", "--threads", "2"]) == 0
    assert json.loads((out / "last.json").read_text())["step"] > first["step"]
    log = [json.loads(line) for line in (out / "log.jsonl").read_text().splitlines()]
    assert [entry["step"] for entry in log] == sorted(entry["step"] for entry in log)


def test_baselines_learn_what_they_can_see() -> None:
    # water dark in the near infrared, trees bright in it: thresholds and the forest must both find that
    rng = np.random.default_rng(0)
    labels = np.kron(rng.integers(1, 3, (9, 9)), np.ones((10, 10))).astype(np.uint8)
    image = rng.normal(1000, 30, (4, 90, 90))
    image[3] += np.where(labels == 2, 2000, -800)
    patch = Patch(image.astype(np.float32), labels, np.ones((90, 90), bool), 3.0)
    for kind in (Thresholds, Forest):
        baseline = kind(True).fit([patch], CONFIG, rng)
        assert (baseline.predict(patch, CONFIG) == labels).mean() > 0.99


def test_indices_by_hand() -> None:
    image = np.array([10.0, 20.0, 30.0, 90.0]).reshape(4, 1, 1)
    ndvi, ndwi = indices(image, True).ravel()
    assert ndvi == pytest.approx(60 / 120)
    assert ndwi == pytest.approx(-70 / 110)
    excess, blue_red = indices(image, False).ravel()
    assert excess == pytest.approx((40 - 40) / 60)
    assert blue_red == pytest.approx(-20 / 40)


def test_real_labels_are_apart_and_name_their_makers() -> None:
    real("rotterdam_harbour", "image_a_1m.tif")
    tiles = load_real(DATA)
    assert len(tiles) >= 3
    for tile in tiles:
        assert tile.attribution
        assert set(np.unique(tile.labels)) <= {0, *CLASS_VALUES.values()}
        assert not tile.labels[~tile.valid].any()
        training, validation = (tile.labels > 0) & ~tile.validation, (tile.labels > 0) & tile.validation
        assert training.any()
        if validation.any():
            away = distance_transform_edt(~training) * tile.gsd
            assert away[validation].min() >= GUARD_M - 2 * tile.gsd, tile.name
    by_name = {t.name: t for t in tiles}
    assert np.isnan(by_name["swellendam"].image[3]).all()
    assert np.isfinite(by_name["rotterdam_a"].image[3]).any()


def test_only_permitted_imagery_is_trained_on() -> None:
    text = " ".join(s.image for s in SOURCES)
    assert "oem" not in text
    assert "zurich" not in text


def test_the_bundled_model_is_better_than_guessing_on_real_imagery(tmp_path: Path) -> None:
    from urbangrain.engine.protocol import AssessJob

    image = real("rotterdam_harbour", "image_b_1m.tif")
    out = str(tmp_path / "c.tif")
    jobs.run(MapJob(image, "landcover", out))
    result = jobs.run(AssessJob(out, real("rotterdam_harbour", "reference_b.gpkg"), "class"))
    assert result.overall_accuracy > 0.8
