from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import rasterio
import shapely
from affine import Affine
from shapely.geometry import Point, Polygon, box

from urbangrain.engine import jobs
from urbangrain.engine.errors import UrbanGrainError
from urbangrain.engine.protocol import SummariseJob

UTM = "EPSG:32633"
ORIGIN = (400_000.0, 5_800_000.0)


def class_raster(path: Path, values: np.ndarray, transform: Affine | None = None, crs: str | None = UTM) -> str:
    transform = transform or Affine(10, 0, ORIGIN[0], 0, -10, ORIGIN[1])
    profile = {"driver": "GTiff", "dtype": "uint8", "count": 1, "height": values.shape[0], "width": values.shape[1]}
    with rasterio.open(path, "w", **profile, crs=crs, transform=transform, nodata=0) as out:
        out.write(values.astype(np.uint8), 1)
    return str(path)


def at(col: float, row: float, cols: float, rows: float) -> Polygon:
    """Rectangle in pixels of the 10 m raster."""
    x, y = ORIGIN[0] + 10 * col, ORIGIN[1] - 10 * row
    return box(x, y - 10 * rows, x + 10 * cols, y)


def parcels(path: Path, shapes: list, crs: str | None = UTM, **columns: list) -> str:
    columns = columns or {"name": [f"p{i}" for i in range(len(shapes))]}
    gpd.GeoDataFrame(columns, geometry=shapes, crs=crs).to_file(path, driver="GPKG", layer="lots")
    return str(path)


def summarise(tmp_path: Path, classes: str, lots: str, **options: object) -> gpd.GeoDataFrame:
    out = tmp_path / "out.gpkg"
    jobs.run(SummariseJob(classes, lots, str(out), **options))
    return gpd.read_file(out, layer="parcels")


@pytest.fixture
def halves() -> np.ndarray:
    """20 x 20 px: class 1 in the left half, 2 in the right, nodata in the bottom four rows."""
    values = np.ones((20, 20))
    values[:, 10:] = 2
    values[16:] = 0
    return values


def test_shares_are_exact_where_pixels_are_cut(tmp_path: Path, halves: np.ndarray) -> None:
    classes = class_raster(tmp_path / "c.tif", halves)
    # 2.5 px of class 1 and 1.25 px of class 2 across
    frame = summarise(tmp_path, classes, parcels(tmp_path / "l.gpkg", [at(7.5, 2.3, 3.75, 4.4)]))
    row = frame.iloc[0]
    assert row["share_class_1"] == pytest.approx(2.5 / 3.75, abs=1e-6)
    assert row["share_class_2"] == pytest.approx(1.25 / 3.75, abs=1e-6)
    assert (row["dominant"], row["dominant_value"]) == ("class 1", 1)
    assert row["purity"] == pytest.approx(2.5 / 3.75, abs=1e-6)
    assert row["mapped_share"] == pytest.approx(1.0, abs=1e-6)
    # UTM's scale is 0.9996 at its meridian and about 1 here: within a thousandth of the planar area
    assert row["area_m2"] == pytest.approx(37.5 * 44, rel=1e-3)


def test_nodata_counts_as_unmapped_not_as_a_class(tmp_path: Path, halves: np.ndarray) -> None:
    classes = class_raster(tmp_path / "c.tif", halves)
    row = summarise(tmp_path, classes, parcels(tmp_path / "l.gpkg", [at(2, 14, 4, 4)])).iloc[0]
    assert row["mapped_share"] == pytest.approx(0.5, abs=1e-6)
    assert row["share_class_1"] == pytest.approx(1.0, abs=1e-6)


def test_parcels_in_degrees_fall_on_the_same_pixels(tmp_path: Path, halves: np.ndarray) -> None:
    classes = class_raster(tmp_path / "c.tif", halves)
    shapes = [at(7, 2, 4, 4), at(1, 1, 3, 2)]
    metric = summarise(tmp_path, classes, parcels(tmp_path / "m.gpkg", shapes))
    degrees = gpd.GeoSeries(shapes, crs=UTM).to_crs("EPSG:4326")
    lots = parcels(tmp_path / "d.gpkg", list(degrees), "EPSG:4326")
    moved = summarise(tmp_path, classes, lots, overwrite=True)
    assert moved.crs.to_epsg() == 4326
    np.testing.assert_allclose(moved["share_class_1"], metric["share_class_1"], atol=1e-4)
    np.testing.assert_allclose(moved["area_m2"], metric["area_m2"], rtol=1e-4)


def test_area_is_on_the_ground_in_web_mercator(tmp_path: Path, halves: np.ndarray) -> None:
    classes = class_raster(tmp_path / "c.tif", halves)
    mercator = gpd.GeoSeries([at(2, 2, 4, 4)], crs=UTM).to_crs("EPSG:3857")
    row = summarise(tmp_path, classes, parcels(tmp_path / "l.gpkg", list(mercator), "EPSG:3857")).iloc[0]
    assert mercator.area[0] > 2 * 1600  # what the map units would say at 52 degrees north
    assert row["area_m2"] == pytest.approx(1600, rel=2e-3)


def test_a_hole_is_not_area(tmp_path: Path, halves: np.ndarray) -> None:
    classes = class_raster(tmp_path / "c.tif", halves)
    ring = at(1, 1, 6, 6).difference(at(2, 2, 2, 2))
    row = summarise(tmp_path, classes, parcels(tmp_path / "l.gpkg", [ring])).iloc[0]
    assert row["area_m2"] == pytest.approx(3200, rel=1e-3)


def test_attributes_are_kept_and_never_hidden(tmp_path: Path, halves: np.ndarray) -> None:
    classes = class_raster(tmp_path / "c.tif", halves)
    lots = parcels(tmp_path / "l.gpkg", [at(1, 1, 2, 2)], Purity=["old"], AREA_M2=[7.0])
    row = summarise(tmp_path, classes, lots).iloc[0]
    assert (row["Purity"], row["AREA_M2"]) == ("old", 7.0)
    assert row["purity_2"] == pytest.approx(1.0)
    assert row["area_m2_2"] == pytest.approx(400, rel=1e-3)


def test_awkward_parcels_keep_their_rows(tmp_path: Path, halves: np.ndarray) -> None:
    classes = class_raster(tmp_path / "c.tif", halves)
    x, y = ORIGIN
    bow_tie = Polygon([(x + 10, y - 10), (x + 50, y - 50), (x + 50, y - 10), (x + 10, y - 50)])
    shapes = [at(1, 1, 2, 2), at(1, 1, 2, 2), bow_tie, None, at(500, 500, 2, 2), Point(x + 5, y - 5)]
    out = tmp_path / "o.gpkg"
    result = jobs.run(SummariseJob(classes, parcels(tmp_path / "l.gpkg", shapes), str(out)))
    frame = gpd.read_file(out)
    assert list(frame["name"]) == [f"p{i}" for i in range(6)]
    assert result.parcels == 6
    assert result.outside == 1
    assert {r.code: r.values["count"] for r in result.remarks} == {
        "note.repaired": 1,
        "note.skipped_shapes": 2,
        "note.outside": 1,
    }
    assert frame["purity"].notna().tolist() == [True, True, True, False, False, False]


@pytest.mark.parametrize(
    "transform",
    [
        Affine.translation(*ORIGIN) @ Affine.rotation(30) @ Affine.scale(10, -10),
        Affine(10, 0, ORIGIN[0], 0, 10, ORIGIN[1] - 200),
    ],
    ids=["rotated", "south-up"],
)
def test_grids_that_are_not_north_up(tmp_path: Path, halves: np.ndarray, transform: Affine) -> None:
    classes = class_raster(tmp_path / "c.tif", halves, transform)
    corners = [transform @ p for p in ((7.5, 2), (11.25, 2), (11.25, 6), (7.5, 6))]
    row = summarise(tmp_path, classes, parcels(tmp_path / "l.gpkg", [Polygon(corners)])).iloc[0]
    assert row["share_class_1"] == pytest.approx(2.5 / 3.75, abs=1e-5)
    assert row["mapped_share"] == pytest.approx(1.0, abs=1e-5)


def test_many_parcels_pass_in_chunks(tmp_path: Path, halves: np.ndarray, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("urbangrain.engine.parcels.summarise.CHUNK", 7)
    classes = class_raster(tmp_path / "c.tif", halves)
    shapes = [at(c, r, 1, 1) for r in range(10) for c in range(20)]
    frame = summarise(tmp_path, classes, parcels(tmp_path / "l.gpkg", shapes))
    assert len(frame) == 200
    assert list(frame["dominant_value"]) == [1 if c < 10 else 2 for _ in range(10) for c in range(20)]


def test_shares_agree_with_counting_fine_pixels(tmp_path: Path) -> None:
    rng = np.random.default_rng(5)
    values = rng.integers(1, 6, (30, 30))
    classes = class_raster(tmp_path / "c.tif", values)
    triangle = Polygon(
        [(ORIGIN[0] + 31, ORIGIN[1] - 22), (ORIGIN[0] + 268, ORIGIN[1] - 95), (ORIGIN[0] + 77, ORIGIN[1] - 281)]
    )
    row = summarise(tmp_path, classes, parcels(tmp_path / "l.gpkg", [triangle])).iloc[0]
    fine = (np.arange(1200) + 0.5) * 0.25
    x, y = np.meshgrid(ORIGIN[0] + fine, ORIGIN[1] - fine)
    inside = shapely.contains_xy(triangle, x, y)
    counted = np.bincount(np.kron(values, np.ones((40, 40), int))[inside], minlength=6)[1:] / inside.sum()
    np.testing.assert_allclose([row[f"share_class_{v}"] for v in range(1, 6)], counted, atol=2e-3)


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        ("missing", "file.not_found"),
        ("no crs", "vector.no_crs"),
        ("points", "vector.no_polygons"),
        ("outside", "parcels.outside"),
        ("exists", "file.exists"),
        ("input", "file.is_input"),
    ],
)
def test_bad_input_is_said_and_leaves_nothing(tmp_path: Path, halves: np.ndarray, broken: str, code: str) -> None:
    classes = class_raster(tmp_path / "c.tif", halves)
    shape = {"points": Point(*ORIGIN), "outside": at(900, 900, 1, 1)}.get(broken, at(1, 1, 2, 2))
    lots = parcels(tmp_path / "l.gpkg", [shape], None if broken == "no crs" else UTM)
    out = tmp_path / "out.gpkg"
    if broken == "missing":
        lots = str(tmp_path / "none.gpkg")
    if broken == "exists":
        out.write_bytes(b"mine")
    if broken == "input":
        out = Path(lots)
    before = sorted(p.name for p in tmp_path.iterdir())
    with pytest.raises(UrbanGrainError) as error:
        jobs.run(SummariseJob(classes, lots, str(out)))
    assert error.value.code == code
    assert sorted(p.name for p in tmp_path.iterdir()) == before
    if broken == "exists":
        assert out.read_bytes() == b"mine"
