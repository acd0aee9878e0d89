"""Training of the parcel model: what it learns from, that it learns, and that a model comes out which classifies."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import torch
from shapely.geometry import LineString, box

from urbangrain.engine import jobs
from urbangrain.engine.models.parcel_batch import Parcel
from urbangrain.engine.models.parcel_fusion import LIGHT_PARCEL_FUSION
from urbangrain.engine.models.poi_embedding import PoiSet
from urbangrain.engine.models.registry import resolve
from urbangrain.engine.parcels.poi_categories import CATEGORIES
from urbangrain.engine.protocol import ClassifyJob
from urbangrain.engine.release.evaluate_parcels import describe, row, table
from urbangrain.engine.release.page import put_table
from urbangrain.engine.training.parcel_config import CLASSES, ParcelConfig
from urbangrain.engine.training.parcel_labels import label_city, shares_of
from urbangrain.engine.training.parcel_samples import ParcelSamples, from_parcels, store, stored
from urbangrain.engine.training.parcel_scenes import cached_parcels, make_city
from urbangrain.engine.training.parcels import (
    SUBSETS,
    Draws,
    cut,
    export_parcels,
    matrix_of,
    only,
    probabilities,
    scores,
    train,
    vary,
)

TINY = {
    **LIGHT_PARCEL_FUSION, "side": 16, "swin_width": 8, "swin_depths": [1, 1], "swin_heads": [1, 2], "swin_window": 2,
    "poi_size": 8, "time_filters": 4, "time_depth": 1, "channels": 16, "poi_categories": len(CATEGORIES),
    "drop_source": 0.3,
}  # fmt: skip
CONFIG = ParcelConfig(
    train_scenes=2, validation_scenes=1, scene_size=256, plots=10, batch=8, stored_side=16, options=TINY
)


def toy(seed: int, n: int = 60) -> ParcelSamples:
    """Parcels whose class each source gives away."""
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, 5, n)
    parcels = []
    for label in labels:
        patches = torch.randn(int(rng.integers(1, 4)), 3, 16, 16) * 0.1 + float(label - 2)
        counts = torch.zeros(len(CATEGORIES))
        counts[int(label)] = 3
        density = torch.zeros(24)
        density[int(label) * 4 : int(label) * 4 + 4] = 2.0
        parcels.append(Parcel(patches, counts, density))
    area = rng.uniform(700, 90_000, n).astype(np.float32)
    xy = rng.uniform(0, 1000, (40, 2))
    pois = PoiSet(xy, rng.integers(0, 5, 40))
    return from_parcels(parcels, (3, 16, len(CATEGORIES), 24), labels, area, area > 5000, pois)


def there(parcel: Parcel) -> tuple[bool, bool, bool]:
    """Which sources a parcel has."""
    return (parcel.patches is not None, parcel.poi_counts is not None, parcel.density is not None)


def test_a_block_has_the_use_of_most_of_its_area() -> None:
    # Four blocks of 100 x 100 m around a cross of streets 10 m wide: each keeps 95 x 95 m.
    roads = [LineString([(100, -5), (100, 205)]), LineString([(-5, 100), (205, 100)])]
    plots = [
        (box(0, 0, 95, 95), {"land_use": "industrial"}),
        (box(105, 0, 200, 50), {"land_use": "commercial"}),
        (box(105, 50, 200, 95), {"land_use": "residential"}),  # mixed: 53 % commercial
        (box(0, 105, 95, 200), {"land_use": "transport"}),  # not a class of the network
        (box(105, 105, 200, 180), {"land_use": "public"}),  # 79 % public, the rest has no use
    ]
    widths = np.full(2, 10.0)
    rng = np.random.default_rng(0)
    found = label_city(plots, roads, widths, box(0, 0, 200, 200), 600.0, 0.6, 0, rng)
    assert found.whole_block.all()
    by_place = {(s.centroid.x > 100, s.centroid.y > 100): CLASSES[k].name for s, k in zip(found.shapes, found.labels)}
    assert by_place == {(False, False): "Industrial", (True, True): "Public management and public service facilities"}
    with_plots = label_city(plots, roads, widths, box(0, 0, 200, 200), 600.0, 0.6, 3, rng)
    assert (~with_plots.whole_block).sum() == 3  # never the one of transport
    assert len(set(with_plots.labels[~with_plots.whole_block])) == 3  # one of each class before a second


def test_shares_of_a_block() -> None:
    blocks = np.array([box(0, 0, 10, 10), box(20, 0, 30, 10)], object)
    plots = np.array([box(0, 0, 4, 10), box(4, 0, 12, 10), box(8, 0, 10, 10)], object)
    share = shares_of(blocks, plots, np.array([2, 0, -1]), 5)
    assert share.tolist() == [[0.6, 0, 0.4, 0, 0], [0, 0, 0, 0, 0]]


def test_samples_come_back_from_disk_only_for_the_same_settings(tmp_path: Path) -> None:
    samples = toy(1)
    store(samples, tmp_path / "city", {"a": 1})
    again = stored(tmp_path / "city", {"a": 1})
    assert again is not None
    for name, value in vars(samples).items():
        assert np.array_equal(value, getattr(again, name)), name
    assert stored(tmp_path / "city", {"a": 2}) is None
    assert stored(tmp_path / "nowhere", {"a": 1}) is None
    store(samples, tmp_path / "city", {"a": 2})  # other settings replace what is there
    assert stored(tmp_path / "city", {"a": 2}) is not None


def test_a_source_that_is_missing_stays_missing() -> None:
    whole = toy(2).parcel(0)
    assert there(whole) == (True, True, True)
    for name, kept in SUBSETS.items():
        left = only(whole, kept)
        assert there(left) == kept, name
        assert there(vary(left, np.random.default_rng(0))) == kept
    bare = from_parcels(
        [Parcel()], (3, 16, 4, 24), np.zeros(1, np.int64), np.ones(1, np.float32), np.ones(1, bool),
        PoiSet(np.zeros((0, 2)), np.zeros(0, np.int64)),
    )  # fmt: skip
    assert there(bare.parcel(0)) == (False, False, False)


def test_patches_are_cut_near_the_middle() -> None:
    stored = torch.arange(64.0).view(1, 1, 8, 8).expand(2, 3, 8, 8)
    middle = cut(Parcel(stored), 4).patches
    assert torch.equal(middle, stored[:, :, 2:6, 2:6])
    corners = {cut(Parcel(stored), 4, np.random.default_rng(k)).patches[0, 0, 0, 0].item() for k in range(60)}
    assert corners == {8.0 * row + column for row in (1, 2, 3) for column in (1, 2, 3)}
    assert cut(Parcel(), 4).patches is None


def test_points_are_thinned_and_never_made_up() -> None:
    rng = np.random.default_rng(3)
    parcel = Parcel(poi_counts=torch.arange(8.0))
    varied = [vary(parcel, rng).poi_counts for _ in range(40)]
    assert all(v is not None and (v <= torch.arange(8.0)).all() and (v == v.round()).all() for v in varied)
    assert any(v is not None and v.sum() < 28 for v in varied)


def test_rare_classes_are_drawn_more_often() -> None:
    samples = toy(4, 400)
    labels = np.where(np.arange(400) < 16, 1, 0).astype(np.int64)
    draws = Draws([replace(samples, labels=labels)], replace(CONFIG, batch=2000, patches=1))
    _, drawn = draws.draw(np.random.default_rng(0))
    # By the square root of the frequency: sqrt(16) to sqrt(384), a share of 0.17 where it is 0.04.
    assert 0.14 < float((drawn == 1).float().mean()) < 0.20


def test_it_learns_from_every_source_and_classifies_layers(tmp_path: Path) -> None:
    cities = {CONFIG.validation_seed: toy(10), CONFIG.first_seed: toy(11), CONFIG.first_seed + 1: toy(12)}
    config = replace(CONFIG, learning_rate=5e-3, warmup_steps=5, average=0.9)
    weights = train(config, tmp_path / "run", cities.__getitem__, 0.25, 1)
    last = json.loads((tmp_path / "run" / "log.jsonl").read_text().splitlines()[-1])
    for name in SUBSETS:
        assert last[name]["oa"] > 0.6, (name, last)
    card = export_parcels(config, weights, tmp_path / "model", {"overall": 0.5}, {"steps": last["step"]})
    assert (card.task, card.window, len(card.classes)) == ("classification", 16, 5)
    assert resolve(str(tmp_path / "model")).accuracy == {"overall": 0.5}

    city = make_city(5, tmp_path / "city", CONFIG)
    out = tmp_path / "classified.gpkg"
    result = jobs.run(
        ClassifyJob(
            str(city.parcels), str(out), str(tmp_path / "model"), image=str(city.image), density=str(city.density)
        )
    )
    assert result.parcels == result.classified == len(city.labelled.labels) > 0
    assert set(pyogrio.read_dataframe(out)["land_use"]) <= {c.name for c in CLASSES}


def test_training_reads_a_city_as_the_job_does(tmp_path: Path) -> None:
    samples = cached_parcels(tmp_path, 6, CONFIG)
    assert len(samples) == len(samples.area) > 3
    assert samples.patches.shape[1:] == (3, 16, 16)
    assert np.isfinite(np.asarray(samples.patches, np.float32)).all()
    assert samples.first[-1] == len(samples.patches)
    again = cached_parcels(tmp_path, 6, CONFIG)
    assert np.array_equal(samples.patches, again.patches)
    assert isinstance(again.patches, np.memmap)


@pytest.mark.parametrize("sources", [("image",), ("pois",), ("density",), ("image", "pois", "density")])
def test_what_the_forest_sees_has_no_gaps(sources: tuple[str, ...]) -> None:
    samples = toy(7)
    gap = samples.counts.copy()
    gap[0] = np.nan
    seen = describe(replace(samples, counts=gap), sources, 8)
    assert len(seen) == len(samples)
    assert np.isfinite(seen).all()


def test_rows_count_what_has_an_answer(tmp_path: Path) -> None:
    found = row("all", "ours", np.array([0, 1, -1, 3]), np.array([0, 1, 2, 4]))
    assert (found["parcels"], round(found["oa"], 4)) == (3, 0.6667)
    assert "| all | ours | 0.667 |" in table([found])
    shares = np.array([[0.1, 0.6, 0.1, 0.1, 0.1], [np.nan] * 5], np.float32)
    assert matrix_of(shares, np.array([1, 2])).sum() == 1
    assert scores(np.diag([3, 2, 1, 1, 1]))["kappa"] == pytest.approx(1.0)
    page = tmp_path / "page.md"
    page.write_text("a\n<!-- x: begin -->\nold\n<!-- x: end -->\nb\n")
    put_table("x", "new\n", page)
    assert page.read_text() == "a\n<!-- x: begin -->\nnew\n<!-- x: end -->\nb\n"
    with pytest.raises(ValueError, match="no marks for y"):
        put_table("y", "new\n", page)


def test_probabilities_are_nan_without_a_source(tmp_path: Path) -> None:
    from urbangrain.engine.models.networks import build

    network = build("parcel_fusion", 3, 5, **TINY)
    samples = toy(8)
    assert np.isnan(probabilities(network, [samples], (False, False, False))).all()
    shares = probabilities(network, [samples], (True, True, True))
    assert np.allclose(shares.sum(axis=1), 1, atol=1e-5)
