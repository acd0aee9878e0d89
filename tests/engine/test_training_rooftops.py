"""Training of the rooftop model: what it sees of demo cities, and that it runs to a model that maps."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import rasterio
import torch
from affine import Affine
from safetensors.torch import load_file
from shapely.geometry import box

from urbangrain.engine import jobs
from urbangrain.engine.models.stac import read_card
from urbangrain.engine.protocol import MapJob
from urbangrain.engine.training.rooftop_scenes import RooftopScene, burn, cached_years
from urbangrain.engine.training.rooftops import (
    CLASSES,
    RooftopConfig,
    Windows,
    export_rooftops,
    scaled,
    scores,
    train,
    vary,
)

SMALL = {
    "features": 8, "blocks": 1, "shuffle": "once", "encoder_block": "basic", "encoder_layers": (1, 1, 1, 1),
    "encoder_channels": (8, 8, 8, 8), "stem_channels": 8, "decoder_channels": (8, 8, 8, 8),
}  # fmt: skip


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("years")


@pytest.fixture(scope="module")
def city(cache: Path) -> RooftopScene:
    return cached_years(cache, 790_000, 660)


def test_a_roof_is_where_half_of_an_output_pixel_is_covered() -> None:
    transform = Affine(10, 0, 1000, 0, -10, 2000)  # output pixels of 2.5 m
    roofs = burn([box(1000, 1990, 1005, 1996.25), box(1012.5, 1990, 1013.3, 1992.5)], transform, 1, 2)
    assert roofs.tolist() == [
        [0, 0, 0, 0, 0, 0, 0, 0],
        [1, 1, 0, 0, 0, 0, 0, 0],  # covered by half, which counts
        [1, 1, 0, 0, 0, 0, 0, 0],
        [1, 1, 0, 0, 0, 0, 0, 0],  # the second one covers a third of its pixel, which does not
    ]
    assert not burn([], transform, 2, 2).any()


def test_a_city_grows(city: RooftopScene, cache: Path) -> None:
    years, bands, height, width = city.images.shape
    assert (years, bands) == (4, 4)
    assert city.rooftops.shape == (4, 4 * height, 4 * width)
    shares = city.rooftops.mean(axis=(1, 2))
    assert (np.diff(shares) >= 0).all()
    assert shares[-1] > shares[0] > 0.01
    assert 0 < city.built.mean() < 1
    again = cached_years(cache, 790_000, 660)
    assert (again.images == city.images).all()
    assert len(list(cache.glob("years_790000*"))) == 1


def test_windows_show_image_and_roofs_in_the_same_place(city: RooftopScene) -> None:
    marked = city.images.copy()
    coarse = city.rooftops[:, ::4, ::4]
    marked[:, 0] = np.where(coarse, 9000, 1)  # blue says where a roof is
    windows = Windows([RooftopScene(marked, np.kron(coarse, np.ones((4, 4), np.uint8)), city.built)], RooftopConfig())
    rng = np.random.default_rng(0)
    for pair in (False, True):
        image, other, roofs, built = windows.draw(rng, pair)
        n = RooftopConfig().pairs if pair else RooftopConfig().batch
        assert image.shape == other.shape == (n, 4, 64, 64)
        assert (roofs.shape, built.shape) == ((n, 256, 256), (n, 64, 64))
        assert ((image[:, 0] > 2) == (roofs[:, ::4, ::4] == 1)).all()


def test_scaling_and_turns() -> None:
    reflectance = np.array([1417.0, 1257 + 439, 1200, 1804 - 828]).reshape(4, 1, 1)
    assert scaled(reflectance).ravel().tolist() == pytest.approx([0, 1, 0, -1], abs=1e-4)
    layer = np.arange(4).reshape(2, 2)
    assert vary(layer, 1, False).tolist() == [[1, 3], [0, 2]]
    assert vary(layer, 0, True).tolist() == [[1, 0], [3, 2]]


def test_scores_of_rooftops() -> None:
    found = scores(np.array([[80, 5], [10, 5]]))  # map in rows: 5 hits, 10 false, 5 missed
    assert found == {"iou": 0.25, "f1": 0.4, "precision": 5 / 15, "recall": 0.5, "oa": 0.85}


@pytest.mark.parametrize("losses", ["HR+TC+SG", "HR"])
def test_a_training_ends_in_a_model_that_maps(losses: str, cache: Path, tmp_path: Path) -> None:
    config = RooftopConfig(
        train_scenes=2, validation_scenes=1, size_m=660, batch=2, pairs=2, losses=losses, options=SMALL
    )
    weights = train(config, tmp_path / "run", cache, 0.05, 1)
    log = [json.loads(line) for line in (tmp_path / "run" / "log.jsonl").read_text().splitlines()]
    assert 0 <= log[-1]["f1"] <= 1
    assert log[-1]["step"] > 2
    card = export_rooftops(config, weights, tmp_path / "rooftops", {}, {})
    assert read_card(card.path).classes == CLASSES
    image = tmp_path / "s2.tif"
    with rasterio.open(
        image, "w", driver="GTiff", width=70, height=66, count=4, dtype="uint16", crs="EPSG:32631",
        transform=Affine(10, 0, 500_000, 0, -10, 5_700_000),
    ) as file:  # fmt: skip
        file.write(np.random.default_rng(0).integers(500, 2500, (4, 66, 70)).astype(np.uint16))
    out = tmp_path / "roofs.tif"
    jobs.run(MapJob(str(image), str(tmp_path / "rooftops"), str(out), bands=(1, 2, 3, 4), flips="none", device="cpu"))
    with rasterio.open(out) as made:
        assert (made.width, made.height, made.transform.a) == (280, 264, 2.5)
        assert set(np.unique(made.read(1))) <= {0, 255}


def test_a_second_sitting_goes_on_from_the_first(cache: Path, tmp_path: Path) -> None:
    config = RooftopConfig(train_scenes=1, validation_scenes=1, size_m=660, batch=2, losses="HR", options=SMALL)
    first = train(config, tmp_path / "one", cache, 1, 1, steps=3)
    still = replace(config, seed=1, learning_rate=0.0, minimum_rate=0.0)  # nothing is learnt: the weights show whose
    second = train(still, tmp_path / "two", cache, 1, 1, steps=2, initial=tmp_path / "one")
    before, after = load_file(first), load_file(second)
    learnt = [name for name in before if name.endswith("weight")]
    assert all(torch.allclose(before[name], after[name]) for name in learnt)
    state = json.loads((tmp_path / "two" / "last.json").read_text())
    assert (state["step"], state["sittings"]) == (5, 2)
    assert state["minutes"] >= json.loads((tmp_path / "one" / "last.json").read_text())["minutes"]
