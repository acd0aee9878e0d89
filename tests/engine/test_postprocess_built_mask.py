"""Rooftops where land is built up."""

from __future__ import annotations

import numpy as np

from urbangrain.engine.postprocess.built_mask import keep_built, resize_bilinear

BACKGROUND, ROOFTOP, NODATA = 0, 255, 7


def test_bilinear_values_by_hand() -> None:
    # Centres of four fine pixels in a coarse one lie at 1/8, 3/8, 5/8 and 7/8 of it.
    found = resize_bilinear(np.array([[0.0, 0.8]]), (1, 8))
    expected = np.array([0, 0, 0.125, 0.375, 0.625, 0.875, 1, 1]) * 0.8
    np.testing.assert_allclose(found[0], expected, atol=1e-6)
    np.testing.assert_allclose(resize_bilinear(np.array([[0.0], [0.8]]), (8, 1))[:, 0], expected, atol=1e-6)
    assert found.dtype == np.float32


def test_sizes_need_no_whole_ratio_and_the_same_size_changes_nothing() -> None:
    ramp = np.tile(np.arange(5.0), (3, 1))
    found = resize_bilinear(ramp, (7, 13))
    assert found.shape == (7, 13)
    np.testing.assert_allclose(found[:, 6], 2.0, atol=1e-6)
    np.testing.assert_allclose(found[0], np.clip((np.arange(13) + 0.5) * 5 / 13 - 0.5, 0, 4), atol=1e-6)
    layer = np.random.default_rng(0).random((6, 9))
    np.testing.assert_allclose(resize_bilinear(layer, (6, 9)), layer, atol=1e-6)


def test_unknown_pixels_do_not_count() -> None:
    found = resize_bilinear(np.array([[np.nan, 0.6, 0.6, np.nan, np.nan, np.nan]]), (1, 24))[0]
    np.testing.assert_allclose(found[2:14], 0.6, atol=1e-6)
    assert np.isnan(found[:2]).all()
    assert np.isnan(found[14:]).all()


def test_only_rooftops_outside_built_up_land_go() -> None:
    built = np.array([[0.1, 0.9], [np.nan, 0.2]])
    classes = np.full((2, 2), ROOFTOP, np.uint8)
    made = keep_built(classes, built, ROOFTOP, BACKGROUND)
    assert made.tolist() == [[BACKGROUND, ROOFTOP], [ROOFTOP, ROOFTOP]]
    assert made.dtype == np.uint8
    assert (classes == ROOFTOP).all()
    other = np.array([[NODATA, BACKGROUND], [3, NODATA]], np.uint8)
    assert np.array_equal(keep_built(other, np.zeros((2, 2)), ROOFTOP, BACKGROUND), other)


def test_the_probability_is_interpolated_before_it_is_compared() -> None:
    # From 0 to 0.4 over two coarse pixels: 0.2 is passed in the middle between their centres.
    classes = np.full((4, 8), ROOFTOP, np.uint8)
    made = keep_built(classes, np.array([[0.0, 0.4]]), ROOFTOP, BACKGROUND)
    assert (made == [BACKGROUND] * 4 + [ROOFTOP] * 4).all()
    made = keep_built(classes, np.array([[0.0, 0.4]]), ROOFTOP, BACKGROUND, threshold=0.1)
    assert (made == [BACKGROUND] * 3 + [ROOFTOP] * 5).all()
