"""Images of every kind through the map job: grids, CRSs, nodata of every sort, odd sizes, areas."""

from __future__ import annotations

import math
from pathlib import Path

import geopandas
import numpy as np
import pytest
import rasterio
import shapely
from affine import Affine
from mapping_toys import Identity, make_card, patchy, use_model, write_image
from rasterio.enums import ColorInterp
from rasterio.transform import from_origin
from test_map_job import read, run

from urbangrain.engine.context import JobContext
from urbangrain.engine.errors import UrbanGrainError

ONE_BAND = ("red",)


@pytest.fixture(autouse=True)
def _identity(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    use_model(monkeypatch, make_card(ONE_BAND), Identity())


def image_of(path: Path, classes: np.ndarray, **options: object) -> str:
    options.setdefault("descriptions", ONE_BAND)
    return write_image(path, classes[None] if classes.ndim == 2 else classes, **options)


@pytest.mark.parametrize("size", [(1, 1), (1, 40), (57, 1), (13, 17), (64, 64), (65, 127)])
def test_every_size(tmp_path: Path, size: tuple[int, int]) -> None:
    classes = patchy(*size)
    run(image=image_of(tmp_path / "i.tif", classes), out=str(tmp_path / "o.tif"))
    assert np.array_equal(read(tmp_path / "o.tif"), classes)


@pytest.mark.parametrize("dtype", ["uint8", "uint16", "int16", "int32", "float32", "float64"])
def test_every_pixel_type(tmp_path: Path, dtype: str) -> None:
    classes = patchy(30, 40)
    run(image=image_of(tmp_path / "i.tif", classes.astype(dtype)), out=str(tmp_path / "o.tif"))
    assert np.array_equal(read(tmp_path / "o.tif"), classes)


def test_south_up_and_mirrored_images_come_back_north_up_in_place(tmp_path: Path) -> None:
    classes = patchy(50, 70)
    upright = from_origin(500_000, 5_000_000, 3, 3)
    south_up = Affine(3, 0, 500_000, 0, 3, 5_000_000 - 150)
    mirrored = Affine(-3, 0, 500_000 + 210, 0, -3, 5_000_000)
    for transform, pixels in ((south_up, classes[::-1]), (mirrored, classes[:, ::-1])):
        path = image_of(tmp_path / "i.tif", np.ascontiguousarray(pixels), transform=transform)
        run(image=path, out=str(tmp_path / "o.tif"), overwrite=True)
        with rasterio.open(tmp_path / "o.tif") as dataset:
            assert dataset.transform.almost_equals(upright)
            assert np.array_equal(dataset.read(1), classes)


def test_a_rotated_image_lands_in_its_place(tmp_path: Path) -> None:
    classes = patchy(120, 140, size=20)
    transform = Affine.translation(500_000, 5_000_000) @ Affine.rotation(30) @ Affine.scale(2, -2)
    context = JobContext()
    path = image_of(tmp_path / "i.tif", classes, transform=transform)
    run(context, image=path, out=str(tmp_path / "o.tif"))
    assert "note.rotated" in {r.code for r in context.remarks}
    with rasterio.open(tmp_path / "o.tif") as dataset, rasterio.open(path) as image:
        assert dataset.transform.b == 0
        assert agreement(dataset, image) > 0.9
        # As much ground is mapped as the image covers.
        mapped = (dataset.read(1) > 0).sum() * abs(dataset.transform.determinant)
        assert mapped == pytest.approx(classes.size * 4, rel=0.02)


def agreement(result: rasterio.DatasetReader, image: rasterio.DatasetReader) -> float:
    """Share of image pixel centres where the result holds the image's class."""
    rows, cols = np.mgrid[3 : image.height - 3, 3 : image.width - 3]
    xs, ys = rasterio.transform.xy(image.transform, rows.ravel(), cols.ravel())
    xs, ys = rasterio.warp.transform(image.crs, result.crs, xs, ys)
    found = np.array([v[0] for v in result.sample(zip(xs, ys))])
    return float((found == image.read(1)[rows.ravel(), cols.ravel()]).mean())


@pytest.mark.parametrize(("lon", "lat"), [(13.4, 52.5), (-43.2, -22.9), (25.0, 88.0), (179.999, -17.0)])
def test_geographic_images_get_their_areas_on_the_ground(tmp_path: Path, lon: float, lat: float) -> None:
    classes = patchy(100, 120, size=20)
    step = 2.0 / 111_320
    transform = from_origin(lon, lat, step / math.cos(math.radians(lat)), step)
    path = image_of(tmp_path / "i.tif", classes, transform=transform, crs="EPSG:4326")
    context = JobContext()
    result = run(context, image=path, out=str(tmp_path / "o.tif"), confidence=str(tmp_path / "c.tif"))
    assert "note.geographic" in {r.code for r in context.remarks}
    with rasterio.open(tmp_path / "o.tif") as dataset, rasterio.open(path) as image:
        assert dataset.crs == image.crs
        assert dataset.transform.almost_equals(image.transform)
        assert dataset.shape == image.shape
        assert agreement(dataset, image) > 0.85
    assert sum(a.area_m2 for a in result.areas) == pytest.approx(100 * 120 * 4.0, rel=0.03)
    model = run(image=path, out=str(tmp_path / "m.tif"), grid="model")
    assert sum(a.area_m2 for a in model.areas) == pytest.approx(100 * 120 * 4.0, rel=0.03)


def test_web_mercator_is_measured_on_the_ground(tmp_path: Path) -> None:
    classes = patchy(80, 80)
    # At 60 degrees north a pixel of 4 units is 2 m wide.
    path = image_of(tmp_path / "i.tif", classes, crs="EPSG:3857", transform=from_origin(1_000_000, 8_399_737.9, 4, 4))
    result = run(image=path, out=str(tmp_path / "o.tif"))
    assert result.map_gsd_m == pytest.approx(2, rel=0.01)
    assert sum(a.area_m2 for a in result.areas) == pytest.approx(classes.size * 4, rel=0.01)


def test_feet_are_not_metres(tmp_path: Path) -> None:
    classes = patchy(60, 60)
    path = image_of(tmp_path / "i.tif", classes, crs="EPSG:2263", transform=from_origin(980_000, 200_000, 3, 3))
    result = run(image=path, out=str(tmp_path / "o.tif"))
    assert result.map_gsd_m == pytest.approx(0.9144, rel=0.001)
    assert sum(a.area_m2 for a in result.areas) == pytest.approx(classes.size * 0.9144**2, rel=0.001)


def test_coarser_and_finer_images_are_resampled_and_come_back(tmp_path: Path) -> None:
    for gsd in (0.25, 10.0):
        classes = patchy(90, 110, size=30)
        path = image_of(tmp_path / f"{gsd}.tif", classes, gsd=gsd)
        context = JobContext()
        out = tmp_path / f"{gsd}-o.tif"
        result = run(context, image=path, out=str(out))
        assert "note.resample" in {r.code for r in context.remarks}
        assert result.map_gsd_m == pytest.approx(0.5 if gsd < 1 else 3.0, rel=0.01)
        with rasterio.open(out) as dataset, rasterio.open(path) as image:
            assert (dataset.transform, dataset.shape) == (image.transform, image.shape)
            assert agreement(dataset, image) > 0.85
        run(image=path, out=str(tmp_path / "m.tif"), grid="model", overwrite=True)
        with rasterio.open(tmp_path / "m.tif") as dataset:
            assert dataset.transform.a == pytest.approx(result.map_gsd_m, rel=0.01)


def test_going_coarser_averages_instead_of_picking(tmp_path: Path) -> None:
    # A checkerboard of 1 and 3 at 0.25 m is 2 everywhere at 0.5 m; picking pixels would give 1 or 3.
    board = np.where(np.indices((64, 64)).sum(axis=0) % 2, 1, 3).astype(np.uint8)
    run(image=image_of(tmp_path / "i.tif", board, gsd=0.25), out=str(tmp_path / "o.tif"), grid="model")
    assert (read(tmp_path / "o.tif") == 2).all()


def test_pixels_that_are_not_square_are_made_square(tmp_path: Path) -> None:
    classes = patchy(100, 50, size=20)
    path = image_of(tmp_path / "i.tif", classes, transform=from_origin(500_000, 5_000_000, 2, 1))
    run(image=path, out=str(tmp_path / "o.tif"))
    with rasterio.open(tmp_path / "o.tif") as dataset, rasterio.open(path) as image:
        assert dataset.transform == image.transform
        assert agreement(dataset, image) > 0.9


@pytest.mark.parametrize(
    ("value", "dtype"), [(0, "uint8"), (3, "uint8"), (-9999, "int16"), (math.nan, "float32"), (-3.4e38, "float32")]
)
def test_nodata_values_of_every_kind(tmp_path: Path, value: float, dtype: str) -> None:
    classes = patchy(50, 60).astype(np.uint8)
    if value == 3:  # nodata that equals a class id of the model: the image's 3 is nodata all the same
        hole = classes == 3
    else:
        hole = patchy(50, 60, 9, size=13) == 1
    pixels = classes.astype(dtype)
    pixels[hole] = value
    path = image_of(tmp_path / "i.tif", pixels, nodata=value)
    run(image=path, out=str(tmp_path / "o.tif"))
    assert np.array_equal(read(tmp_path / "o.tif"), np.where(hole, 0, classes))


def test_nan_and_infinity_without_a_nodata_value(tmp_path: Path) -> None:
    pixels = patchy(40, 40).astype(np.float32)
    expected = pixels.astype(np.uint8)
    pixels[3:9, 4:8], pixels[20, 20], pixels[30, 1] = np.nan, np.inf, -np.inf
    expected[3:9, 4:8] = expected[20, 20] = expected[30, 1] = 0
    run(image=image_of(tmp_path / "i.tif", pixels), out=str(tmp_path / "o.tif"))
    assert np.array_equal(read(tmp_path / "o.tif"), expected)


def test_an_alpha_band_hides_pixels(tmp_path: Path) -> None:
    classes = patchy(40, 50)
    alpha = np.where(patchy(40, 50, 4) > 2, 255, 0).astype(np.uint8)
    path = image_of(tmp_path / "i.tif", np.stack([classes, alpha]), descriptions=("red", ""))
    with rasterio.open(path, "r+") as dataset:
        dataset.colorinterp = (ColorInterp.gray, ColorInterp.alpha)
    run(image=path, out=str(tmp_path / "o.tif"))
    assert np.array_equal(read(tmp_path / "o.tif"), np.where(alpha, classes, 0))


def test_a_mask_band_hides_pixels(tmp_path: Path) -> None:
    classes = patchy(40, 50)
    shown = patchy(40, 50, 4) > 2
    path = image_of(tmp_path / "i.tif", classes)
    with rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True), rasterio.open(path, "r+") as dataset:
        dataset.write_mask(shown)
    run(image=path, out=str(tmp_path / "o.tif"))
    assert np.array_equal(read(tmp_path / "o.tif"), np.where(shown, classes, 0))


def test_nodata_of_each_band_and_only_of_bands_in_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use_model(monkeypatch, make_card(("red", "nir")), Identity())
    red, nir, other = patchy(40, 50), patchy(40, 50, 1), patchy(40, 50, 2)
    red[:4], nir[:, :4], other[20:] = 0, 255, 7
    path = image_of(tmp_path / "i.tif", np.stack([red, nir, other]), descriptions=("red", "nir", "extra"))
    vrt = tmp_path / "i.vrt"
    rasterio.shutil.copy(path, str(vrt), driver="VRT")
    text = vrt.read_text()
    for band, value in ((1, 0), (2, 255), (3, 7)):
        start = text.index(f'band="{band}"')
        at = text.index(">", start) + 1
        text = text[:at] + f"<NoDataValue>{value}</NoDataValue>" + text[at:]
    vrt.write_text(text)
    run(image=str(vrt), out=str(tmp_path / "o.tif"))
    assert np.array_equal(read(tmp_path / "o.tif"), np.where((red == 0) | (nir == 255), 0, red))


def test_all_nodata_is_said(tmp_path: Path) -> None:
    path = image_of(tmp_path / "i.tif", np.zeros((50, 60), np.uint8), nodata=0)
    with pytest.raises(UrbanGrainError) as caught:
        run(image=path, out=str(tmp_path / "o.tif"))
    assert caught.value.code == "image.no_pixels"
    assert [p.name for p in tmp_path.glob("*o.tif*")] == []


def test_an_area_in_another_crs_with_a_broken_polygon(tmp_path: Path) -> None:
    classes = patchy(200, 220)
    path = image_of(tmp_path / "i.tif", classes)
    left, top = 500_000, 5_000_000
    bow_tie = shapely.Polygon(
        [(left + 90, top - 90), (left + 240, top - 240), (left + 240, top - 90), (left + 90, top - 240)]
    )
    far = shapely.box(left - 9000, top, left - 8000, top + 100)
    area = geopandas.GeoDataFrame(geometry=[bow_tie, far, shapely.Point(left, top)], crs="EPSG:32631").to_crs(4326)
    area.to_file(tmp_path / "a.gpkg")
    context = JobContext()
    result = run(context, image=path, out=str(tmp_path / "o.tif"), aoi=str(tmp_path / "a.gpkg"))
    assert {"note.repaired", "note.skipped_shapes"} <= {r.code for r in context.remarks}
    with rasterio.open(tmp_path / "o.tif") as dataset:
        out = dataset.read(1)
        assert dataset.shape == (50, 50)
        col, row = ~rasterio.open(path).transform @ (dataset.transform.c, dataset.transform.f)
        assert (round(col), round(row)) == (30, 30)
    inside = classes[30:80, 30:80]
    assert np.array_equal(out[out > 0], inside[out > 0])
    assert result.mapped_px == pytest.approx(shapely.make_valid(bow_tie).area / 9, rel=0.05)


def test_an_extent_in_degrees_and_one_beside_the_image(tmp_path: Path) -> None:
    classes = patchy(100, 100)
    path = image_of(tmp_path / "i.tif", classes)
    west, north = rasterio.warp.transform("EPSG:32631", "EPSG:4326", [500_060], [5_000_000 - 60])
    east, south = rasterio.warp.transform("EPSG:32631", "EPSG:4326", [500_150], [5_000_000 - 150])
    run(
        image=path,
        out=str(tmp_path / "o.tif"),
        extent=(west[0], south[0], east[0], north[0]),
        extent_crs="EPSG:4326",
    )
    out = read(tmp_path / "o.tif")
    assert (out > 0).sum() == pytest.approx(900, abs=120)
    with pytest.raises(UrbanGrainError) as caught:
        run(image=path, out=str(tmp_path / "p.tif"), extent=(0, 0, 10, 10), extent_crs="EPSG:32631")
    assert caught.value.code == "area.no_overlap"


@pytest.mark.parametrize("name", ["ein Bild mit Lücken.tif", "图像 – 1.tif", "x" * 180 + ".tif"])
def test_names_with_spaces_other_scripts_and_great_length(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "Ordner für Karten"
    folder.mkdir()
    classes = patchy(20, 20)
    run(image=image_of(folder / name, classes), out=str(folder / f"o-{name}"), polygons=str(folder / "p ü.gpkg"))
    assert np.array_equal(read(folder / f"o-{name}"), classes)
