"""The map job from file to file with toy networks."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import rasterio
from mapping_toys import Blurry, Identity, make_card, patchy, use_model, write_image

from urbangrain.engine.context import JobContext
from urbangrain.engine.jobs import map as map_job
from urbangrain.engine.protocol import MapJob, MapResult


@pytest.fixture
def identity(monkeypatch: pytest.MonkeyPatch) -> None:
    use_model(monkeypatch, make_card(), Identity())


def run(context: JobContext | None = None, **job: object) -> MapResult:
    values = {"model": "toy", "device": "cpu", "precision": "fp32", "flips": "none"}
    values.update(job)
    return map_job.run(MapJob(**values), context or JobContext())


def read(path: str | Path, band: int = 1) -> np.ndarray:
    with rasterio.open(path) as dataset:
        return dataset.read(band)


@pytest.mark.usefixtures("identity")
def test_an_identity_network_gives_back_its_input(tmp_path: Path) -> None:
    classes = patchy(150, 213)
    image = classes.astype(np.uint16)
    image[20:60, 100:140] = 0
    path = write_image(tmp_path / "image.tif", image, nodata=0)
    out = str(tmp_path / "classes.tif")
    result = run(image=path, out=out, confidence=str(tmp_path / "c.tif"), probabilities=str(tmp_path / "p.tif"))
    assert np.array_equal(read(out), image)
    assert result.mapped_px == (image > 0).sum()
    for area in result.areas:
        assert area.pixels == (image == area.value).sum()
        assert area.area_m2 == pytest.approx(area.pixels * 9.0)
    confidence = read(tmp_path / "c.tif")
    assert np.array_equal(confidence == 255, image == 0)
    probabilities = np.stack([read(tmp_path / "p.tif", i) for i in range(1, 6)])
    assert np.array_equal(probabilities.max(axis=0), confidence)
    with rasterio.open(out) as dataset:
        assert dataset.nodata == 0
        assert dataset.tags(ns="IMAGE_STRUCTURE")["LAYOUT"] == "COG"
        assert dataset.colormap(1)[1] == (0x1F, 0x78, 0xFF, 255)
        about = json.loads(dataset.tags()["URBANGRAIN_PROVENANCE"])
        assert about["model"]["id"] == "toy"
        assert about["job"]["image"] == path
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "c.tif", "classes.tif", "classes.tif.aux.xml", "image.tif", "p.tif",
    ]  # fmt: skip


def test_flips_of_an_unsymmetric_network_change_nothing_in_shape(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_model(monkeypatch, make_card(), Blurry())
    image = np.random.default_rng(1).normal(0, 1, (4, 90, 75)).astype(np.float32)
    path = write_image(tmp_path / "image.tif", image)
    one = run(image=path, out=str(tmp_path / "1.tif"), flips="none")
    eight = run(image=path, out=str(tmp_path / "8.tif"), flips="8")
    assert one.mapped_px == eight.mapped_px == 90 * 75
    assert 0.3 < (read(tmp_path / "1.tif") == read(tmp_path / "8.tif")).mean() < 1
