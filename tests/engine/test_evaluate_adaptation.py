"""The measurement of adaptation: what another sensor's look is, and which images it is made on."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import rasterio

from urbangrain.engine import jobs
from urbangrain.engine.protocol import DemoSceneJob
from urbangrain.engine.release.evaluate_adaptation import Case, measure, other_look, table


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("look") / "city"
    jobs.run(DemoSceneJob(str(folder), seed=3, size=192))
    return folder


def pixels(city: Path) -> np.ndarray:
    with rasterio.open(city / "image.tif") as dataset:
        return dataset.read()[:3]


def test_another_look_is_not_undone_by_percentiles(city: Path) -> None:
    image = pixels(city)
    changed = other_look(image, 1)
    valid = (image > 0).all(axis=0)
    assert not changed[:, ~valid].any()
    assert (changed[:, valid] > 0).all()
    assert np.array_equal(changed, other_look(image, 1))
    assert not np.array_equal(changed, other_look(image, 2))

    def stretched(bands: np.ndarray) -> np.ndarray:
        low, high = np.percentile(bands[:, valid], (2, 98), axis=1)
        return np.clip((bands - low[:, None, None]) / (high - low)[:, None, None], 0, 1)[:, valid]

    assert np.abs(stretched(changed) - stretched(image.astype(np.float32))).mean() > 0.05
    # The same place all the same: bright stays bright.
    assert np.corrcoef(stretched(changed).mean(axis=0), stretched(image).mean(axis=0))[0, 1] > 0.8


def test_a_measurement_is_the_map_jobs(city: Path, tmp_path: Path) -> None:
    with rasterio.open(city / "truth.tif") as dataset:
        truth = dataset.read(1)
    found = measure(Case("city", city / "image.tif", truth), "landcover", tmp_path)
    wrong = measure(Case("city", city / "image.tif", np.where(truth > 0, 1, 0).astype(np.uint8)), "landcover", tmp_path)
    assert 0.5 < found["oa"] <= 1
    assert wrong["oa"] < 0.5
    text = table([{"case": "city", "method": "not adapted", **found}])
    assert text.splitlines()[2].startswith(f"| city | not adapted | {found['oa']:.3f} |")
