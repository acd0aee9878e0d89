"""The scene's brightness is measured once, whatever is mapped of it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from mapping_toys import write_image

from urbangrain.engine.errors import UrbanGrainError
from urbangrain.engine.models.card import Scaling
from urbangrain.engine.raster.source import Image
from urbangrain.engine.raster.statistics import sample_bands, scene_affine

PERCENTILE = Scaling("percentile", (0.5, 0.5), (0.25, 0.25), low=2, high=98)


def test_percentiles_of_a_large_scene_come_close_to_all_of_it(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    scene = rng.gamma(2.0, 300.0, (2, 1500, 1700)).astype(np.uint16)
    scene[:, :200] = 0
    path = write_image(tmp_path / "i.tif", scene, nodata=0, tiled=True)
    with Image(path) as image:
        affine = scene_affine(image, (1, 2), PERCENTILE)
        again = scene_affine(image, (1, 2), PERCENTILE)
    assert np.array_equal(affine.offset, again.offset)
    low, high = np.percentile(scene[0][scene[0] > 0], [2, 98])
    values = affine(np.array([[[low, high]], [[low, high]]]))
    # Percentile 2 becomes 0 and percentile 98 becomes 1, then (x - 0.5) / 0.25.
    assert values[0, 0] == pytest.approx([-2, 2], abs=0.05)


def test_a_few_valid_pixels_in_a_corner_are_found(tmp_path: Path) -> None:
    scene = np.zeros((1, 3000, 1300), np.uint8)
    scene[0, 2000:2004, 700:705] = 9
    with Image(write_image(tmp_path / "i.tif", scene, nodata=0)) as image:
        (values,) = sample_bands(image, (1,))
    assert set(values.tolist()) == {9.0}


def test_an_empty_scene_is_said(tmp_path: Path) -> None:
    path = write_image(tmp_path / "i.tif", np.zeros((1, 300, 300), np.uint8), nodata=0)
    with Image(path) as image, pytest.raises(UrbanGrainError) as caught:
        sample_bands(image, (1,))
    assert caught.value.code == "image.no_pixels"


def test_an_absent_band_is_zero_whatever_the_scaling(tmp_path: Path) -> None:
    path = write_image(tmp_path / "i.tif", np.full((1, 20, 20), 700, np.uint16))
    fixed = Scaling("fixed", (0.3, 0.4), (0.1, 0.1), (1e-4, 1e-4))
    with Image(path) as image:
        for scaling in (PERCENTILE, fixed):
            values = scene_affine(image, (1, 0), scaling)(np.full((2, 1, 1), 700.0))
            assert values[1, 0, 0] == 0
            assert np.isfinite(values).all()
        assert values[0, 0, 0] == pytest.approx((700 * 1e-4 - 0.3) / 0.1)
