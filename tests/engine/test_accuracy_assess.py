from __future__ import annotations

import csv
import json
import math
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import rasterio
from affine import Affine
from real_data_folder import real
from shapely.geometry import LineString, Polygon, box

from urbangrain.engine import jobs
from urbangrain.engine.errors import UrbanGrainError
from urbangrain.engine.protocol import AssessJob, AssessResult

UTM = "EPSG:32633"
NORTH_UP = Affine(10, 0, 400_000, 0, -10, 5_800_000)
NAMES = [{"value": v, "name": n, "colour": c} for v, n, c in ((1, "water", "#1f78ff"), (2, "tree", "#1a9641"))]


def class_raster(
    path: Path, values: np.ndarray, transform: Affine = NORTH_UP, crs: str | None = UTM, nodata: int | None = 255
) -> str:
    profile = {"driver": "GTiff", "dtype": "uint8", "count": 1, "height": values.shape[0], "width": values.shape[1]}
    with rasterio.open(path, "w", **profile, crs=crs, transform=transform, nodata=nodata) as out:
        out.write(values.astype(np.uint8), 1)
        if set(np.unique(values)) <= {1, 2, 255}:
            out.update_tags(URBANGRAIN_CLASSES=json.dumps(NAMES))
    return str(path)


def at(col: float, row: float, cols: float, rows: float, transform: Affine = NORTH_UP) -> Polygon:
    corners = ((col, row), (col + cols, row), (col + cols, row + rows), (col, row + rows))
    return Polygon([transform @ corner for corner in corners])


def reference(path: Path, features: list, crs: str | None = UTM) -> str:
    frame = gpd.GeoDataFrame({"kind": [k for k, _ in features]}, geometry=[g for _, g in features], crs=crs)
    frame.to_file(path, driver="GPKG", layer="ref")
    return str(path)


def assess(classes: str, polygons: str, **options: object) -> AssessResult:
    return jobs.run(AssessJob(classes, polygons, "kind", **options))


@pytest.fixture
def halves() -> np.ndarray:
    values = np.ones((20, 30), int)
    values[:, 15:] = 2
    return values


def remarks(result: AssessResult) -> dict[str, dict]:
    return {r.code: r.values for r in result.remarks}


def test_pixels_are_counted_by_their_centres(tmp_path: Path, halves: np.ndarray) -> None:
    classes = class_raster(tmp_path / "c.tif", halves)
    # 12.4 to 17.6: centres 12.5 ... 16.5 and 17.5 are inside: three columns of water, three of tree
    polygons = reference(tmp_path / "r.gpkg", [("lake", at(12.4, 2.4, 5.2, 3.2)), ("Forest", at(20, 2, 4, 4))])
    result = assess(classes, polygons)
    rows = sum(2.4 <= r + 0.5 <= 5.6 for r in range(20))
    assert result.matrix == ((3 * rows, 0), (3 * rows, 16))
    assert result.mapping == {"lake": 1, "Forest": 2}
    assert result.classes[0].recall == pytest.approx(0.5)
    assert result.pixels == 6 * rows + 16


@pytest.mark.parametrize(
    "transform",
    [
        Affine.translation(400_000, 5_800_000) @ Affine.rotation(25) @ Affine.scale(10, -10),
        Affine(10, 0, 400_000, 0, 10, 5_800_000),
        Affine(10, 0, 400_000, 0, -4, 5_800_000),
    ],
    ids=["rotated", "south-up", "oblong"],
)
def test_any_grid_gives_the_same_count(tmp_path: Path, halves: np.ndarray, transform: Affine) -> None:
    classes = class_raster(tmp_path / "c.tif", halves, transform)
    polygons = reference(tmp_path / "r.gpkg", [("water", at(13, 2, 4, 4, transform))])
    assert assess(classes, polygons).matrix == ((8, 0), (8, 0))


def test_a_reference_in_degrees_is_moved_not_misplaced(tmp_path: Path, halves: np.ndarray) -> None:
    classes = class_raster(tmp_path / "c.tif", halves)
    moved = gpd.GeoSeries([at(10.2, 2.2, 9.6, 3.6)], crs=UTM).to_crs("EPSG:4326")
    polygons = reference(tmp_path / "r.gpkg", [("water", moved[0])], "EPSG:4326")
    assert assess(classes, polygons).matrix == ((20, 0), (20, 0))


def test_class_zero_is_a_class_unless_it_is_nodata(tmp_path: Path) -> None:
    values = np.zeros((10, 10), int)
    values[:, 5:] = 1
    shapes = [("0", at(0, 0, 5, 4)), ("1", at(5, 0, 5, 4))]
    polygons = reference(tmp_path / "r.gpkg", shapes)
    as_class = assess(class_raster(tmp_path / "a.tif", values, nodata=None), polygons)
    assert as_class.matrix == ((20, 0), (0, 20))
    as_nodata = assess(class_raster(tmp_path / "b.tif", values, nodata=0), polygons, mapping={"0": 0, "1": 1})
    assert as_nodata.pixels == 20
    assert remarks(as_nodata)["note.unclassed_pixels"]["pixels"] == 20


def test_pixels_of_two_classes_at_once_are_left_out(tmp_path: Path, halves: np.ndarray) -> None:
    classes = class_raster(tmp_path / "c.tif", halves)
    shapes = [("water", at(0, 0, 6, 6)), ("tree", at(4, 0, 6, 6)), ("water", at(0, 0, 3, 3))]
    result = assess(classes, reference(tmp_path / "r.gpkg", shapes))
    assert remarks(result)["note.overlapping"]["pixels"] == 12
    assert result.pixels == 36 + 36 - 24


def test_what_could_not_be_counted_is_said(tmp_path: Path, halves: np.ndarray) -> None:
    classes = class_raster(tmp_path / "c.tif", halves)
    x, y = 400_000, 5_800_000
    bow_tie = Polygon([(x + 10, y - 10), (x + 50, y - 50), (x + 50, y - 10), (x + 10, y - 50)])
    shapes = [
        ("water", bow_tie),
        ("water", at(7.6, 7.6, 0.3, 0.3)),  # between centres
        ("water", at(7.4, 7.4, 0.3, 0.3)),  # as small, but on one
        ("tree", at(500, 500, 3, 3)),
        ("mystery", at(20, 2, 3, 3)),
        (None, at(20, 8, 3, 3)),
        ("tree", LineString([(x, y), (x + 10, y - 10)])),
    ]
    result = assess(classes, reference(tmp_path / "r.gpkg", shapes))
    said = remarks(result)
    assert said["note.repaired"]["count"] == 1
    assert said["note.skipped_shapes"]["count"] == 1
    assert said["note.outside"]["count"] == 1
    assert said["note.below_pixel"]["count"] == 1
    assert said["note.unmapped"]["values"] == "mystery"
    assert result.mapping == {"water": 1}


def test_blocks_do_not_change_the_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(1)
    classes = class_raster(tmp_path / "c.tif", rng.integers(1, 3, (70, 50)))
    shapes = [
        (str(rng.choice(["water", "tree"])), at(*rng.uniform(0, 45, 2), *rng.uniform(1, 20, 2))) for _ in range(40)
    ]
    polygons = reference(tmp_path / "r.gpkg", shapes)
    whole = assess(classes, polygons)
    monkeypatch.setattr("urbangrain.engine.jobs.assess.BLOCK", 17)
    assert assess(classes, polygons).matrix == whole.matrix


def test_a_class_that_only_the_reference_has_counts_as_missed(tmp_path: Path, halves: np.ndarray) -> None:
    classes = class_raster(tmp_path / "c.tif", halves)
    polygons = reference(tmp_path / "r.gpkg", [("water", at(0, 0, 4, 4)), ("ice", at(20, 0, 4, 4))])
    result = assess(classes, polygons, mapping={"water": 1, "ice": 9})
    assert [c.value for c in result.classes] == [1, 2, 9]
    assert result.classes[2].recall == 0.0
    assert math.isnan(result.classes[2].precision)


def test_reports_are_whole_and_agree(tmp_path: Path, halves: np.ndarray) -> None:
    classes = class_raster(tmp_path / "c.tif", halves)
    polygons = reference(tmp_path / "r.gpkg", [("water", at(13, 2, 4, 4)), ("tree", at(20, 2, 4, 4))])
    out = {"out": "r.html", "csv": "r.csv", "json": "r.json"}
    result = assess(classes, polygons, **{k: str(tmp_path / v) for k, v in out.items()})
    page = (tmp_path / "r.html").read_text()
    assert "data:image/png;base64," in page
    assert "http" not in page.replace("http-equiv", "")  # nothing is fetched
    assert f"{result.overall_accuracy:.3f}" in page
    rows = list(csv.reader((tmp_path / "r.csv").open()))
    assert rows[1][:3] == ["water", "8", "0"]
    saved = json.loads((tmp_path / "r.json").read_text())
    assert saved["result"]["matrix"] == [list(row) for row in result.matrix]
    assert saved["job"]["field"] == "kind"


def test_names_from_files_cannot_put_markup_into_the_report(tmp_path: Path, halves: np.ndarray) -> None:
    classes = class_raster(tmp_path / "c.tif", halves)
    value = "<script>alert(1)</script>"
    polygons = reference(tmp_path / "r.gpkg", [(value, at(0, 0, 4, 4))])
    assess(classes, polygons, mapping={value: 1}, out=str(tmp_path / "r.html"))
    assert "<script>" not in (tmp_path / "r.html").read_text()


@pytest.mark.parametrize(
    ("case", "code"),
    [
        ("float map", "classes.not_a_class_raster"),
        ("map without crs", "image.no_crs"),
        ("reference without crs", "vector.no_crs"),
        ("no field", "vector.no_field"),
        ("no overlap", "assess.no_overlap"),
        ("between pixels", "assess.no_overlap"),
        ("nothing mapped", "assess.nothing_mapped"),
        ("exists", "file.exists"),
        ("over its input", "file.is_input"),
        ("no reference", "file.not_found"),
        ("text file", "vector.unreadable"),
    ],
)
def test_bad_input_is_said_and_leaves_nothing(tmp_path: Path, halves: np.ndarray, case: str, code: str) -> None:
    classes = class_raster(tmp_path / "c.tif", halves, crs=None if case == "map without crs" else UTM)
    shape = {"no overlap": at(900, 900, 3, 3), "between pixels": at(3.6, 3.6, 0.2, 0.2)}.get(case, at(1, 1, 4, 4))
    name = "sand" if case == "nothing mapped" else "water"
    crs = None if case == "reference without crs" else UTM
    polygons = reference(tmp_path / "r.gpkg", [(name, shape)], crs)
    out = tmp_path / "report.html"
    if case == "float map":
        with rasterio.open(classes, "w", driver="GTiff", dtype="float32", count=1, height=2, width=2, crs=UTM) as dst:
            dst.write(np.ones((1, 2, 2), np.float32))
    if case == "exists":
        out.write_text("mine")
    if case == "no reference":
        polygons = str(tmp_path / "none.gpkg")
    if case == "text file":
        Path(polygons).write_text("these are not polygons")
    field = "sort" if case == "no field" else "kind"
    target = polygons if case == "over its input" else str(out)
    before = sorted(p.name for p in tmp_path.iterdir())
    with pytest.raises(UrbanGrainError) as error:
        jobs.run(AssessJob(classes, polygons, field, out=target))
    assert error.value.code == code
    assert sorted(p.name for p in tmp_path.iterdir()) == before
    if case == "exists":
        assert out.read_text() == "mine"


def test_real_map_of_berlin_with_roofs_apart() -> None:
    result = jobs.run(
        AssessJob(
            real("berlin_reference_1m", "predicted_map_30m.tif"),
            real("berlin_reference_1m", "reference_polygons.gpkg"),
            "level_3_id",
        )
    )
    assert result.mapping == {str(v): v for v in range(1, 7)}
    assert 0.4 < result.overall_accuracy < 0.95
    assert "note.below_pixel" in remarks(result)  # most of the polygons are smaller than a 30 m pixel


def test_real_map_of_austin_has_its_known_agreement() -> None:
    # The same comparison made without this engine: arrays on one grid, polygons being that raster's own outlines.
    with rasterio.open(real("oem_urban_rgb", "austin_29_reference_classes.tif")) as dataset:
        truth = dataset.read(1)
    with rasterio.open(real("oem_urban_rgb", "austin_29_prediction_samlora.tif")) as dataset:
        mapped = dataset.read(1)
    both = (truth > 0) & (mapped > 0)
    result = jobs.run(
        AssessJob(
            real("oem_urban_rgb", "austin_29_prediction_samlora.tif"),
            real("oem_urban_rgb", "austin_29_reference_polygons.gpkg"),
            "class_id",
        )
    )
    assert result.overall_accuracy == pytest.approx((truth[both] == mapped[both]).mean(), abs=1e-6)
    assert result.pixels == both.sum()


def test_box_is_what_the_tests_take_it_for() -> None:
    assert at(0, 0, 2, 3).equals(box(400_000, 5_800_000 - 30, 400_020, 5_800_000))
