from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
import shapely
from affine import Affine
from parcel_toys import NORTH, WEST, write_image

from urbangrain.engine.errors import JobCancelled, UrbanGrainError
from urbangrain.engine.models.card import Scaling
from urbangrain.engine.parcels import patches
from urbangrain.engine.parcels.patches import PatchReader, poisson_disk

PLAIN = Scaling("fixed", (0.0,), (1.0,), (1.0,), clip=(-1e9, 1e9))
"""Pixel values as they are."""

L_SHAPE = shapely.Polygon([(0, 0), (100, 0), (100, 10), (10, 10), (10, 100), (0, 100)])


def nearest(points: np.ndarray) -> float:
    gaps = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))
    return float(gaps[np.triu_indices(len(points), 1)].min())


@pytest.mark.parametrize(
    "shape", [shapely.box(0, 0, 100, 100), L_SHAPE, shapely.MultiPoint([(0, 0), (80, 80)]).buffer(9)]
)
def test_points_lie_inside_and_apart(shape: Any) -> None:
    for seed in range(5):
        points = poisson_disk(shape, 8.0, 50, np.random.default_rng(seed))
        assert shapely.contains_xy(shape, points[:, 0], points[:, 1]).all()
        assert nearest(points) >= 8.0
        assert len(points) <= 50


def test_a_square_is_filled() -> None:
    """No disc of twice the radius in the square is without a point: there would have been room for one."""
    square = shapely.box(0, 0, 100, 100)
    points = poisson_disk(square, 10.0, 1000, np.random.default_rng(2))
    empty = square.difference(shapely.MultiPoint(points).buffer(20.0))
    assert empty.is_empty
    # discs of radius 5 do not overlap: at most 110^2 / (pi 5^2) of them fit
    assert 40 <= len(points) <= 154


def test_few_points_still_cover_the_whole() -> None:
    """Stopped early, the points lie all over the polygon and not around the first one."""
    square = shapely.box(0, 0, 1000, 1000)
    found = np.concatenate([poisson_disk(square, 20.0, 4, np.random.default_rng(seed)) for seed in range(100)])
    assert len(found) == 400
    np.testing.assert_allclose(found.mean(axis=0), 500, atol=50)  # the mean's standard deviation is 14
    np.testing.assert_allclose(found.std(axis=0), 1000 / np.sqrt(12), rtol=0.1)


def test_the_same_seed_gives_the_same_points() -> None:
    one, again, other = (poisson_disk(L_SHAPE, 5.0, 9, np.random.default_rng(seed)) for seed in (1, 1, 2))
    np.testing.assert_array_equal(one, again)
    assert one.shape != other.shape or not np.array_equal(one, other)


@pytest.mark.parametrize(
    "shape",
    [
        shapely.box(0, 0, 2, 2),  # smaller than the radius
        shapely.Polygon([(0, 0), (1000, 1000), (1000, 1000 + 1e-7)]),  # no dart hits it
        shapely.Point(0, 0).buffer(9).difference(shapely.Point(0, 0).buffer(3)).difference(shapely.box(-9, -9, 9, 4)),
    ],
)
def test_every_polygon_has_a_point_of_its_own(shape: Any) -> None:
    points = poisson_disk(shape, 30.0, 5, np.random.default_rng(0))
    assert points.shape == (1, 2)
    inside = shapely.point_on_surface(shape)
    assert tuple(points[0]) == (inside.x, inside.y)


@pytest.fixture
def ramp() -> np.ndarray:
    """60 rows and 80 columns whose value is 100 row + column."""
    return (100 * np.arange(60)[:, None] + np.arange(80)[None, :]).astype(np.float32)[None]


def reader(path: str, gsd: tuple[float, float] = (3.0, 3.0), side: int = 8, **options: Any) -> PatchReader:
    return PatchReader(path, (1,), PLAIN, gsd, side, **options)


def at(row: float, column: float, gsd: float = 3.0) -> tuple[float, float]:
    """Coordinates of a place in pixels."""
    return WEST + column * gsd, NORTH - row * gsd


def test_a_patch_is_the_window_around_its_point(tmp_path: Path, ramp: np.ndarray) -> None:
    with reader(write_image(tmp_path / "i.tif", ramp)) as source:
        found, kept = source.read([at(20, 30), at(40.2, 50.3)])
        assert source.radius == 12.0  # half of 8 pixels of 3 m
        assert source.extent.bounds == (WEST, NORTH - 180, WEST + 240, NORTH)
    assert kept.all()
    assert found.dtype == np.float32
    np.testing.assert_array_equal(found[0, 0], ramp[0, 16:24, 26:34])
    np.testing.assert_array_equal(found[1, 0], ramp[0, 36:44, 46:54])


def test_tiles_are_put_together(tmp_path: Path, ramp: np.ndarray, monkeypatch: pytest.MonkeyPatch) -> None:
    points = [at(r, c) for r in (15, 16, 17, 47) for c in (8, 31, 33, 64, 75)]
    with reader(write_image(tmp_path / "i.tif", ramp)) as source:
        whole, _ = source.read(points)
    monkeypatch.setattr(patches, "TILE", 16)
    monkeypatch.setattr(patches, "CACHE_BYTES", 1)
    with reader(write_image(tmp_path / "j.tif", ramp)) as source:
        parts, _ = source.read(points[::-1])
    np.testing.assert_array_equal(parts[::-1], whole)


def test_the_rim_is_padded_with_nothing(tmp_path: Path, ramp: np.ndarray) -> None:
    with reader(write_image(tmp_path / "i.tif", ramp + 1)) as source:
        found, kept = source.read([at(30, 0), at(30, 80), at(0, 0), at(30, -1), at(300, 300), (np.nan, 0.0)])
    # half of a patch on an edge is image; of one in a corner, or beyond, less
    assert kept.tolist() == [True, True, False, False, False, False]
    np.testing.assert_array_equal(found[0, 0, :, 4:], ramp[0, 26:34, :4] + 1)
    np.testing.assert_array_equal(found[1, 0, :, :4], ramp[0, 26:34, 76:] + 1)
    assert not found[0, 0, :, :4].any()
    assert not found[1, 0, :, 4:].any()


def test_nodata_is_zero_after_scaling_and_half_of_it_is_too_much(tmp_path: Path, ramp: np.ndarray) -> None:
    ramp[0, :, 40:] = -1
    scaling = Scaling("fixed", (1000.0,), (10.0,), (1.0,), clip=(-1e9, 1e9))
    path = write_image(tmp_path / "i.tif", ramp, nodata=-1)
    with PatchReader(path, (1,), scaling, (3.0, 3.0), 8) as source:
        found, kept = source.read([at(30, 39), at(30, 40), at(30, 41)])
    assert kept.tolist() == [True, True, False]
    np.testing.assert_allclose(found[0, 0, :, :5], (ramp[0, 26:34, 35:40] - 1000) / 10, rtol=1e-5)
    assert not found[0, 0, :, 5:].any()


def test_percentiles_are_the_scenes(tmp_path: Path, ramp: np.ndarray) -> None:
    path = write_image(tmp_path / "i.tif", ramp)
    scaling = Scaling("percentile", (0.0,), (1.0,), low=0.0, high=100.0)
    with PatchReader(path, (1,), scaling, (3.0, 3.0), 8) as source:
        found, _ = source.read([at(20, 30)])
    np.testing.assert_allclose(found[0, 0], ramp[0, 16:24, 26:34] / ramp.max(), atol=1e-6)


def test_an_absent_band_is_zeros(tmp_path: Path, ramp: np.ndarray) -> None:
    path = write_image(tmp_path / "i.tif", ramp + 7)
    scaling = Scaling("fixed", (5.0, 5.0), (1.0, 1.0), (1.0, 1.0), clip=(-1e9, 1e9))
    with PatchReader(path, (0, 1), scaling, (3.0, 3.0), 8) as source:
        found, _ = source.read([at(20, 30)])
    assert not found[0, 0].any()
    np.testing.assert_array_equal(found[0, 1], ramp[0, 16:24, 26:34] + 2)


def test_a_finer_image_is_averaged_to_the_models_resolution(tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    fine = rng.uniform(0, 100, (1, 120, 120)).astype(np.float32)
    with reader(write_image(tmp_path / "i.tif", fine, gsd=1.0)) as source:
        found, kept = source.read([at(20, 20)])
        assert source.radius == 12.0
    expected = fine[0].reshape(40, 3, 40, 3).mean(axis=(1, 3))
    assert kept.all()
    np.testing.assert_allclose(found[0, 0], expected[16:24, 16:24], rtol=1e-4)


def test_a_coarser_image_is_interpolated(tmp_path: Path) -> None:
    coarse = np.repeat(10.0 * np.arange(40, dtype=np.float32)[None, None, :], 40, axis=1)
    with reader(write_image(tmp_path / "i.tif", coarse, gsd=6.0)) as source:
        found, _ = source.read([at(40, 40)])
    # a linear ramp of 10 in 6 m stays one of 5 in 3 m; pixel centres of columns 36 to 43 lie at 18.25 to 21.75 cells
    np.testing.assert_allclose(found[0, 0], np.tile(10 * (np.arange(36, 44) / 2 - 0.25), (8, 1)), rtol=1e-4)


def test_an_image_in_degrees_is_cut_in_metres(tmp_path: Path) -> None:
    degrees = Affine(3 / 111_320 / np.cos(np.radians(48)), 0, 9.0, 0, -3 / 111_195, 48.0)
    flat = np.full((1, 200, 200), 7.0, np.float32)
    path = write_image(tmp_path / "i.tif", flat, crs="EPSG:4326", transform=degrees)
    with reader(path) as source:
        assert source.radius == pytest.approx(12.0, rel=0.01)
        centre = source.extent.centroid
        found, kept = source.read([(centre.x, centre.y)])
        assert not rasterio.crs.CRS.from_user_input(source.crs).is_geographic
    assert kept.all()
    np.testing.assert_allclose(found, 7.0)


def test_a_damaged_block_is_named(tmp_path: Path) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (1, 512, 512), dtype=np.uint8)
    path = write_image(tmp_path / "i.tif", noise, tiled=True, blockxsize=256, blockysize=256, compress="deflate")
    with rasterio.open(path) as dataset:
        offset = int(dataset.tags(ns="TIFF", bidx=1).get("BLOCK_OFFSET_1_1", 0)) or None
    data = bytearray(Path(path).read_bytes())
    start = offset or len(data) - 40_000
    data[start : start + 2000] = b"\xff" * 2000
    Path(path).write_bytes(bytes(data))
    with pytest.raises(UrbanGrainError) as error, reader(path) as source:
        source.read([at(400, 400)])
    assert error.value.code == "image.block_damaged"


def test_a_stop_is_heard_between_reads(tmp_path: Path, ramp: np.ndarray) -> None:
    def check() -> None:
        raise JobCancelled

    path = write_image(tmp_path / "i.tif", ramp)
    calls: list[int] = []
    with reader(path, check=lambda: calls.append(1)) as source:
        source.read([at(20, 30)])
    assert calls
    with reader(path, check=check) as source, pytest.raises(JobCancelled):
        source.read([at(20, 30)])


def test_an_image_without_a_place_is_refused(tmp_path: Path, ramp: np.ndarray) -> None:
    with pytest.raises(UrbanGrainError) as error:
        reader(write_image(tmp_path / "i.tif", ramp, crs=None))
    assert error.value.code == "image.no_crs"
