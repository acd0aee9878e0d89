from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pytest
import shapely
from affine import Affine
from parcel_toys import CRS, NORTH, WEST, box, write_image, write_layer

from urbangrain.engine.context import JobContext
from urbangrain.engine.errors import UrbanGrainError
from urbangrain.engine.models.card import Scaling
from urbangrain.engine.parcels import density as density_module
from urbangrain.engine.parcels import pois as pois_module
from urbangrain.engine.parcels.classified import near_first
from urbangrain.engine.parcels.density import DensityRaster, DensityTable, as_input, as_key, hour_columns
from urbangrain.engine.parcels.patches import PatchReader
from urbangrain.engine.parcels.poi_categories import CATEGORIES
from urbangrain.engine.parcels.pois import PoiPoints, read_pois
from urbangrain.engine.parcels.quality import LARGEST_M2, entropy, quality_levels, size_groups
from urbangrain.engine.parcels.sources import ParcelSources

HOURS = np.arange(24)


def parcels(*shapes: Any) -> np.ndarray:
    out = np.empty(len(shapes), object)
    out[:] = shapes
    return out


# points of interest


def test_points_are_counted_by_category() -> None:
    points = PoiPoints([(1, 1), (2, 2), (2, 3), (12, 1), (30, 30)], [0, 2, 2, 1, 1], 3)
    counts, looked = points.counts(
        parcels(shapely.box(0, 0, 10, 10), shapely.box(10, 0, 20, 10), shapely.box(20, 0, 29, 10), None)
    )
    assert counts.tolist() == [[1, 0, 2], [0, 1, 0], [0, 0, 0], [0, 0, 0]]
    assert looked.tolist() == [True, True, True, False]


def test_holes_and_parts_count_as_they_lie() -> None:
    ring = shapely.box(0, 0, 10, 10).difference(shapely.box(4, 4, 6, 6))
    both = shapely.MultiPolygon([shapely.box(20, 0, 22, 2), shapely.box(30, 0, 32, 2)])
    points = PoiPoints([(5, 5), (1, 1), (21, 1), (31, 1), (26, 1)], [0] * 5, 1)
    assert points.counts(parcels(ring, both))[0].ravel().tolist() == [1, 2]


def test_nobody_looked_where_there_are_no_points_around() -> None:
    points = PoiPoints([(0, 0), (100, 100)], [0, 0], 1)
    shapes = parcels(shapely.box(40, 40, 50, 50), shapely.box(90, 90, 200, 99), shapely.box(101, 0, 110, 10))
    counts, looked = points.counts(shapes)
    assert looked.tolist() == [True, True, False]
    assert not counts.any()
    assert not PoiPoints(np.zeros((0, 2)), [], 1).counts(shapes)[1].any()


def test_categories_outside_the_vocabulary_are_refused() -> None:
    for category in ([3], [-1], [0, 0]):
        with pytest.raises(ValueError, match="categor"):
            PoiPoints([(0, 0)], category, 3)


def test_a_layer_of_points_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Other geometries have a point on them, unknown categories are said, another CRS is moved, chunks add up."""
    monkeypatch.setattr(pois_module, "CHUNK", 2)
    grounds = box(100, 100, 30)
    shapes = [shapely.centroid(box(0, 0, 10)), None, grounds, shapely.centroid(box(20, 0, 10)), shapely.Point(1, 1)]
    kinds = ["amenity=school", "amenity=school", "hotel", "no such thing", None]
    frame = geopandas.GeoDataFrame({"kind": kinds}, geometry=shapes, crs=CRS).to_crs("EPSG:4326")
    path = tmp_path / "pois.geojson"
    frame.to_file(path, engine="pyogrio")
    context = JobContext()
    points = read_pois(str(path), None, "kind", CRS, context)
    counts, _ = points.counts(parcels(box(0, 0, 10), box(100, 100, 30), box(20, 0, 10)))
    assert counts[:, CATEGORIES.index("school")].tolist() == [1, 0, 0]
    assert counts[:, CATEGORIES.index("hotel")].tolist() == [0, 1, 0]
    assert counts.sum() == 2
    (remark,) = context.remarks
    assert (remark.code, remark.values["count"]) == ("note.unknown_pois", 2)
    assert "no such thing" in remark.values["values"]


def test_of_several_layers_the_one_with_points_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "city.gpkg"
    for name, shape in (("blocks", box(0, 0, 10)), ("places", shapely.centroid(box(0, 0, 10)))):
        frame = geopandas.GeoDataFrame({"kind": ["school"]}, geometry=[shape], crs=CRS)
        frame.to_file(path, layer=name, engine="pyogrio")
    assert len(read_pois(str(path), None, "kind", CRS, JobContext())) == 1


@pytest.mark.parametrize(
    ("field", "crs", "code"),
    [("kind", CRS, "pois.none_known"), ("type", CRS, "vector.no_field"), ("kind", None, "vector.no_crs")],
)
def test_layers_that_say_nothing_are_refused(tmp_path: Path, field: str, crs: str | None, code: str) -> None:
    path = write_layer(tmp_path / "pois.gpkg", [shapely.Point(WEST, NORTH)], crs, kind=["qwertz"])
    with pytest.raises(UrbanGrainError) as error:
        read_pois(path, None, field, CRS, JobContext())
    assert error.value.code == code


# user density


def test_the_unit_of_a_density_does_not_matter() -> None:
    np.testing.assert_allclose(as_input([0, 5, 10, -3], 5.0), np.log([0.01, 1.01, 2.01, 0.01]), rtol=1e-6)
    np.testing.assert_allclose(as_input([7.0, 14.0], 3.0), as_input([7000.0, 14000.0], 3000.0), rtol=1e-6)
    assert np.isnan(as_input([np.nan], 1.0)).all()


@pytest.fixture
def cells() -> np.ndarray:
    """24 bands of 2 x 3 cells: hour + 10 * cell number, without a value in the last one."""
    values = HOURS[:, None, None] + 10.0 * np.arange(6).reshape(1, 2, 3)
    values[:, 1, 2] = -1
    return values.astype(np.float32)


def write_density(path: Path, cells: np.ndarray, **options: Any) -> str:
    return write_image(path, cells, gsd=100.0, nodata=-1, **options)


def expected(cell: float) -> np.ndarray:
    """Scaled series of a parcel whose mean cell number is ``cell``."""
    mean = 11.5 + 10 * (0 + 1 + 2 + 3 + 4) / 5
    return np.log(0.01 + (HOURS + 10 * cell) / mean)


def test_density_is_weighted_by_area(tmp_path: Path, cells: np.ndarray, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_density(tmp_path / "d.tif", cells)
    shapes = parcels(
        box(0, 0, 100),  # cell 0
        box(75, 0, 100),  # a quarter in cell 0, the rest in cell 1
        box(110, 110, 10),  # smaller than a cell: cell 4's
        box(150, 100, 100),  # half in cell 4, half where nothing is known
        box(210, 110, 50),  # nothing known
        box(900, 900, 50),  # outside
        None,
        box(0, 0, 200, 200),  # cells 0, 1, 3 and 4
    )
    with DensityRaster(path, CRS) as source:
        assert source.mean == pytest.approx(31.5)
        found = source.series(shapes)
    for row, cell in {0: 0, 1: 0.75, 2: 4, 3: 4, 7: 2}.items():
        np.testing.assert_allclose(found[row], expected(cell), rtol=1e-5, err_msg=str(row))
    assert np.isnan(found[[4, 5, 6]]).all()
    monkeypatch.setattr(density_module, "VALUES_AT_ONCE", 1)  # a row of cells at a time
    with DensityRaster(path, CRS) as source:
        np.testing.assert_allclose(source.series(shapes), found, rtol=1e-6)


def test_a_cell_with_a_gap_in_one_hour_is_left_out(tmp_path: Path, cells: np.ndarray) -> None:
    cells[7, 0, 0] = -1
    with DensityRaster(write_density(tmp_path / "d.tif", cells), CRS) as source:
        found = source.series(parcels(box(0, 0, 100), box(50, 0, 100)))
        mean = source.mean
    assert np.isnan(found[0]).all()
    np.testing.assert_allclose(found[1], as_input(HOURS + 10.0, mean), rtol=1e-5)


def test_a_rotated_raster_in_another_crs_is_met_where_it_lies(tmp_path: Path, cells: np.ndarray) -> None:
    turned = Affine.translation(WEST, NORTH) @ Affine.rotation(30) @ Affine.scale(100, -100)
    path = write_density(tmp_path / "d.tif", cells, transform=turned)
    inside = shapely.Point(*(turned * (1.5, 0.5))).buffer(20)
    away = geopandas.GeoSeries([inside], crs=CRS).to_crs("EPSG:4326")
    with DensityRaster(path, "EPSG:4326") as source:
        np.testing.assert_allclose(source.series(parcels(*away))[0], expected(1), rtol=1e-4)


@pytest.mark.parametrize(("bands", "value", "code"), [(23, 1, "density.bands"), (24, 0, "density.empty")])
def test_rasters_that_are_no_density_are_refused(tmp_path: Path, bands: int, value: int, code: str) -> None:
    path = write_image(tmp_path / "d.tif", np.full((bands, 4, 4), value, np.uint8))
    with pytest.raises(UrbanGrainError) as error:
        DensityRaster(path, CRS)
    assert error.value.code == code


def write_table(path: Path, rows: list[str], separator: str = ",", names: list[str] | None = None) -> str:
    header = separator.join(["id", *(names or [f"h{h:02d}" for h in HOURS])])
    path.write_text("\n".join([header, *rows]), encoding="utf-8")
    return str(path)


def test_a_table_gives_its_rows_by_key(tmp_path: Path) -> None:
    rows = ["7," + ",".join(map(str, HOURS)), "8," + ",".join(["2"] * 24), "9," + ",".join(["x", *["1"] * 23])]
    source = DensityTable(write_table(tmp_path / "d.csv", rows), "id")
    mean = (sum(range(24)) + 48 + 23) / (24 + 24 + 23)
    assert source.mean == pytest.approx(mean)
    found = source.series(parcels(None, None, None, None, None), [8.0, "7", 7, 9, None])
    np.testing.assert_allclose(found[0], np.full(24, math.log(0.01 + 2 / mean)), rtol=1e-6)
    np.testing.assert_allclose(found[1], np.log(0.01 + HOURS / mean), rtol=1e-6)
    np.testing.assert_array_equal(found[1], found[2])
    assert np.isnan(found[3]).tolist() == [True] + [False] * 23
    assert np.isnan(found[4]).all()


def test_semicolons_and_decimal_commas_are_read(tmp_path: Path) -> None:
    source = DensityTable(write_table(tmp_path / "d.csv", ["a;" + ";".join(["1,5"] * 24)], ";"), "id")
    assert source.mean == 1.5


@pytest.mark.parametrize(
    ("names", "first"),
    [
        ([f"h{h:02d}" for h in HOURS], "h00"),
        ([f"hour_{h + 1}" for h in HOURS][::-1], "hour_1"),
        ([f"{h:02d}:00" for h in HOURS], "00:00"),
        (["name", *map(str, HOURS), "note"], "0"),
        ([chr(97 + h) for h in HOURS], "a"),
    ],
)
def test_hours_are_found_by_name_or_place(names: list[str], first: str) -> None:
    found = hour_columns(names)
    assert found is not None
    assert len(found) == 24
    assert found[0] == first


def test_columns_that_are_no_hours_are_none() -> None:
    assert hour_columns(["a", "b"]) is None
    assert hour_columns([f"h{h}" for h in range(23)]) is None


@pytest.mark.parametrize(
    ("rows", "key", "names", "code"),
    [
        (["1," + ",".join("1" * 24)] * 2, "id", None, "density.table"),
        (["1,2"], "id", ["people"], "density.table"),
        (["1," + ",".join("0" * 24)], "id", None, "density.empty"),
        (["1," + ",".join("1" * 24)], "parcel", None, "vector.no_field"),
    ],
)
def test_bad_tables_are_said(tmp_path: Path, rows: list[str], key: str, names: Any, code: str) -> None:
    with pytest.raises(UrbanGrainError) as error:
        DensityTable(write_table(tmp_path / "d.csv", rows, names=names), key)
    assert error.value.code == code


def test_a_table_that_is_not_there_or_not_one_is_said(tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_text("")
    for name, code in (("none.csv", "file.not_found"), ("empty.csv", "density.table")):
        with pytest.raises(UrbanGrainError) as error:
            DensityTable(str(tmp_path / name), "id")
        assert error.value.code == code


@pytest.mark.parametrize(
    ("value", "key"), [(7, "7"), (7.0, "7"), (" 07 ", "07"), (None, ""), (float("nan"), ""), (1.5, "1.5")]
)
def test_keys_are_alike_however_they_are_read(value: Any, key: str) -> None:
    assert as_key(value) == key


# all together


@pytest.fixture
def image(tmp_path: Path) -> str:
    values = np.random.default_rng(0).uniform(0, 1, (1, 60, 80)).astype(np.float32)
    return write_image(tmp_path / "image.tif", values)


def patches_of(path: str, shapes: np.ndarray, crs: str = CRS, numbers: Any = None, **options: Any) -> list[Any]:
    with PatchReader(path, (1,), Scaling("fixed", (0.0,), (1.0,), (1.0,)), (3.0, 3.0), 8) as reader:
        sources = ParcelSources(crs, patches=reader, **options)
        found = sources.parcels(shapes, np.arange(len(shapes)) if numbers is None else numbers)
        return [None if p.patches is None else p.patches.numpy() for p in found]


def test_a_parcel_says_what_is_known_of_it(image: str, cells: np.ndarray, tmp_path: Path) -> None:
    points = PoiPoints([(WEST + 5, NORTH - 5), (WEST + 200, NORTH - 150)], [0, 1], 2)
    shapes = parcels(box(0, 0, 60), box(10_000, 0, 60), None)
    with (
        PatchReader(image, (1,), Scaling("fixed", (0.0,), (1.0,), (1.0,)), (3.0, 3.0), 8) as reader,
        DensityRaster(write_density(tmp_path / "d.tif", cells), CRS) as density,
    ):
        first, away, none = ParcelSources(CRS, reader, points, density, most_patches=3).parcels(shapes, range(3))
    assert first.patches is not None
    assert first.patches.shape == (3, 1, 8, 8)
    assert first.poi_counts is not None
    assert first.poi_counts.tolist() == [1, 0]
    assert first.density is not None
    np.testing.assert_allclose(first.density, expected(0), rtol=1e-5)
    for parcel in (away, none):
        assert (parcel.patches, parcel.poi_counts, parcel.density) == (None, None, None)


def test_a_density_by_key_needs_no_polygon(tmp_path: Path) -> None:
    table = DensityTable(write_table(tmp_path / "d.csv", ["a," + ",".join("1" * 24)]), "id")
    (parcel,) = ParcelSources(CRS, density=table).parcels(parcels(None), [0], ["a"])
    assert parcel.density is not None
    np.testing.assert_allclose(parcel.density, math.log(1.01), rtol=1e-6)


def test_patches_follow_number_and_seed_alone(image: str) -> None:
    shapes = parcels(box(0, 0, 100), box(100, 30, 90), box(20, 100, 70))
    whole = patches_of(image, shapes, seed=4)
    turned = patches_of(image, shapes[::-1], numbers=[2, 1, 0], seed=4)
    single = patches_of(image, shapes[1:2], numbers=[1], seed=4)
    for one, other in zip(whole, turned[::-1]):
        np.testing.assert_array_equal(one, other)
    np.testing.assert_array_equal(single[0], whole[1])
    assert not np.array_equal(patches_of(image, shapes, seed=5)[0][:1], whole[0][:1])


def test_a_parcel_half_off_the_image_gives_the_other_half(image: str) -> None:
    """The image is 240 m wide: points are spread over what lies on it, so that every parcel on its rim has some."""
    found = patches_of(image, parcels(box(200, 60, 5000, 60)), most_patches=4)
    assert found[0] is not None
    assert len(found[0]) >= 3


def test_parcels_in_another_crs_meet_the_image(image: str) -> None:
    away = geopandas.GeoSeries([box(60, 60, 60)], crs=CRS).to_crs("EPSG:3857")
    here = patches_of(image, parcels(box(60, 60, 60)), most_patches=1000)[0]
    there = patches_of(image, parcels(*away), crs="EPSG:3857", most_patches=1000)[0]
    assert len(here) >= 6
    # the same square, moved by rounding: the same darts fall on the same pixels, almost always
    assert there.shape == here.shape
    assert np.isclose(there, here).mean() > 0.9


def test_neighbours_follow_each_other() -> None:
    rng = np.random.default_rng(1)
    corners = rng.uniform(0, 1000, (200, 2))
    shapes = parcels(None, *(shapely.box(x, y, x + 1, y + 1) for x, y in corners), None)
    order = near_first(shapes)
    assert sorted(order) == list(range(202))
    assert sorted(order[-2:]) == [0, 201]
    steps = np.hypot(*np.diff(corners[order[:-2] - 1], axis=0).T)
    assert steps.mean() < 0.25 * np.hypot(*np.diff(corners, axis=0).T).mean()


# quality


def test_levels_follow_the_probability() -> None:
    confidence = np.array([1.0, 0.99, 0.9899, 0.9, 0.8999, 0.6, 0.5999, 0.2, 0.99, 0.99, np.nan])
    area = np.array([1e4] * 8 + [LARGEST_M2 * 1.001, np.nan, 1e9])
    known = np.array([True] * 10 + [False])
    assert quality_levels(confidence, area, known).tolist() == [5, 5, 4, 4, 3, 3, 2, 2, 1, 5, 0]


def test_size_groups_are_those_of_table_6() -> None:
    assert size_groups(np.array([4999.9, 5000, 50_000, 50_000.1, np.nan])) == [
        "small", "medium", "medium", "large", None,
    ]  # fmt: skip


def test_entropy_is_a_share() -> None:
    found = entropy(np.array([[0.25] * 4, [1, 0, 0, 0], [0.5, 0.5, 0, 0], [np.nan] * 4]))
    np.testing.assert_allclose(found, [1, 0, 0.5, np.nan], atol=1e-12)
