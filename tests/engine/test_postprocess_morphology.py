"""Small patches and holes, exactly the same however the raster is cut into bands."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mapping_toys import patchy
from skimage.measure import label, regionprops
from skimage.morphology import remove_small_holes

from urbangrain.engine.postprocess.morphology import clean_array, least_pixels
from urbangrain.engine.postprocess.regions import Regions


def noisy(height: int, width: int, seed: int, nodata: bool = True) -> np.ndarray:
    rng = np.random.default_rng(seed)
    classes = patchy(height, width, seed, size=9)
    speckle = rng.random((height, width)) < 0.15
    classes[speckle] = rng.integers(1, 6, speckle.sum())
    if nodata:
        classes[patchy(height, width, seed + 1, size=17) == 1] = 0
    return classes


shapes = st.tuples(st.integers(1, 60), st.integers(1, 60))


@settings(max_examples=40, deadline=None)
@given(shape=shapes, seed=st.integers(0, 10_000), band=st.integers(1, 70))
def test_regions_do_not_depend_on_the_bands(shape: tuple[int, int], seed: int, band: int) -> None:
    classes = noisy(*shape, seed)
    found = Regions(lambda a, b: classes[a:b], len(classes), 0, band)
    numbers = np.concatenate([labels for _, labels in found.labels()])
    assert np.array_equal(numbers, label(classes, background=0, connectivity=1))
    whole = Regions(lambda a, b: classes[a:b], len(classes), 0, 1000).graph
    for name in ("classes", "pixels", "open", "pairs", "lengths"):
        assert np.array_equal(getattr(found.graph, name), getattr(whole, name)), name


@settings(max_examples=40, deadline=None)
@given(
    shape=shapes,
    seed=st.integers(0, 10_000),
    band=st.integers(1, 70),
    patch=st.integers(0, 40),
    hole=st.integers(0, 60),
)
def test_cleaning_keeps_nodata_leaves_no_small_patch_and_ignores_the_bands(
    shape: tuple[int, int], seed: int, band: int, patch: int, hole: int
) -> None:
    classes = noisy(*shape, seed)
    cleaned = clean_array(classes, 0, patch, hole, band)
    assert np.array_equal(cleaned, clean_array(classes, 0, patch, hole))
    assert np.array_equal(cleaned == 0, classes == 0)
    # A patch below the limit may only be left where it is all there is between nodata.
    for region in regionprops(label(cleaned, background=0, connectivity=1)):
        if region.area < patch:
            rows, cols = region.coords.T
            around = set()
            for dr, dc in ((0, 1), (0, -1), (1, 0), (-1, 0)):
                inside = (rows + dr >= 0) & (rows + dr < shape[0]) & (cols + dc >= 0) & (cols + dc < shape[1])
                around |= set(cleaned[rows[inside] + dr, cols[inside] + dc].tolist())
            assert around <= {0, cleaned[rows[0], cols[0]]}


@pytest.mark.parametrize("seed", range(6))
def test_holes_are_those_of_scikit_image(seed: int) -> None:
    # Two classes, a closed frame: then every hole of class 1 is a small piece of class 2 and the reverse never happens.
    rng = np.random.default_rng(seed)
    classes = np.where(rng.random((60, 70)) < 0.25, 2, 1).astype(np.uint8)
    classes[0] = classes[-1] = 1
    classes[:, 0] = classes[:, -1] = 1
    cleaned = clean_array(classes, 0, fill_holes_px=6)
    try:
        filled = remove_small_holes(classes == 1, max_size=5, connectivity=1)
    except TypeError:  # scikit-image below 0.26 counts from the other side
        filled = remove_small_holes(classes == 1, area_threshold=6, connectivity=1)
    lost = remove_small_islands_of_one(classes)
    keep = ~lost
    assert np.array_equal((cleaned == 1)[keep], filled[keep])
    assert (filled & (classes == 2)).any()


def remove_small_islands_of_one(classes: np.ndarray) -> np.ndarray:
    """Pixels of class 1 enclosed by class 2 (holes of class 2), which the one-mask function does not know of."""
    lost = np.zeros(classes.shape, bool)
    for region in regionprops(label(classes == 1, connectivity=1)):
        if region.area < 6:
            lost[tuple(region.coords.T)] = True
    return lost


def test_a_patch_goes_to_the_majority_of_its_border() -> None:
    classes = np.full((9, 20), 1, np.uint8)
    classes[:, 10:] = 2
    classes[4, 8:11] = 3  # its border: four of class 1 above and below plus its left end, fewer of class 2
    cleaned = clean_array(classes, 0, min_patch_px=4)
    assert (cleaned[4, 8:11] == 1).all()


def test_patches_among_patches_follow_the_large_one() -> None:
    classes = np.full((11, 11), 5, np.uint8)
    classes[3:8, 3:8] = 2
    classes[4:7, 4:7] = 3
    classes[5, 5] = 4
    assert (clean_array(classes, 0, min_patch_px=30) == 5).all()


def test_an_island_of_patches_keeps_its_largest() -> None:
    classes = np.zeros((12, 12), np.uint8)
    classes[4:7, 4:9] = 1
    classes[5, 5] = 2
    cleaned = clean_array(classes, 0, min_patch_px=100)
    assert (cleaned[4:7, 4:9] == 1).all()
    assert (cleaned == 0).sum() == 144 - 15


def test_a_mixed_hole_is_filled_as_one_and_open_ones_are_not() -> None:
    classes = np.full((20, 20), 5, np.uint8)
    classes[5:8, 5:7] = 1
    classes[5:8, 7:9] = 2  # together a hole of 12 px
    classes[15:20, 3:5] = 1  # open to the border
    classes[12:14, 12:14] = 1
    classes[13, 14] = 0  # touches nodata
    cleaned = clean_array(classes, 0, fill_holes_px=13)
    assert (cleaned[5:8, 5:9] == 5).all()
    assert (cleaned[15:20, 3:5] == 1).all()
    assert (cleaned[12:14, 12:14] == 1).all()
    assert np.array_equal(clean_array(classes, 0, fill_holes_px=12), classes)


def test_areas_become_the_fewest_pixels_that_reach_them() -> None:
    assert least_pixels(36, 9) == 4
    assert least_pixels(37, 9) == 5
    assert least_pixels(0, 9) == 0
