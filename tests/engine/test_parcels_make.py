from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pyogrio
import pyproj
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from real_data_folder import real
from shapely.geometry import LineString, Point, Polygon, box

from urbangrain.engine import cli, jobs
from urbangrain.engine.context import JobContext
from urbangrain.engine.errors import JobCancelled, UrbanGrainError
from urbangrain.engine.parcels import make
from urbangrain.engine.parcels.areas import areas_and_perimeters
from urbangrain.engine.parcels.make import disjoint, make_parcels
from urbangrain.engine.parcels.metric import metric_crs, moved, moved_back
from urbangrain.engine.parcels.road_widths import ROAD_WIDTHS, road_widths
from urbangrain.engine.protocol import MakeParcelsJob, MakeParcelsResult, ProtocolError

UTM = "EPSG:32633"
X, Y = 500_000.0, 5_800_000.0
SQUARE = box(0, 0, 200, 200)
CROSS = np.array([LineString([(100, -50), (100, 250)]), LineString([(-50, 100), (250, 100)])], object)
CORNER = (1 - 8 / 2 * np.sin(np.pi / 16)) * 25
"""What rounding a right angle by 5 m takes: a square less a quarter of a disc, whose arc is eight chords."""


def at(shape: Any) -> Any:
    """Move a shape drawn near the origin to its place in UTM."""
    return shapely.transform(shape, lambda xy: xy + (X, Y))


def layer(path: Path, shapes: Any, crs: str | None = UTM, **columns: list) -> str:
    gpd.GeoDataFrame(columns, geometry=list(shapes), crs=crs).to_file(path, driver="GPKG", layer="l")
    return str(path)


def run(tmp_path: Path, boundary: Any, roads: Any, classes: list | None = None, crs: str = UTM, **options: Any) -> Any:
    """Make parcels of shapes drawn in UTM and stored in ``crs``; returns the result and the layer."""
    there = [list(gpd.GeoSeries([at(s) for s in shapes], crs=UTM).to_crs(crs)) for shapes in (boundary, roads)]
    columns = {"highway": classes or ["x"] * len(roads), **options.pop("columns", {})}
    border = layer(tmp_path / "b.gpkg", there[0], crs)
    streets = layer(tmp_path / "r.gpkg", there[1], crs, **columns)
    out = str(tmp_path / "p.gpkg")
    result = jobs.run(MakeParcelsJob(border, streets, out, overwrite=True, **options))
    assert isinstance(result, MakeParcelsResult)
    return result, gpd.read_file(out, layer="parcels")


# the function


def test_a_cross_of_roads_makes_four_parcels() -> None:
    parcels, dropped = make_parcels(SQUARE, CROSS, [10.0, 20.0], opening_m=0)
    assert dropped == 0
    assert sorted(shapely.bounds(parcels).tolist()) == [
        [0, 0, 95, 90],
        [0, 110, 95, 200],
        [105, 0, 200, 90],
        [105, 110, 200, 200],
    ]
    np.testing.assert_allclose(shapely.area(parcels), 95 * 90)
    opened, _ = make_parcels(SQUARE, CROSS, [10.0, 20.0], opening_m=5)
    np.testing.assert_allclose(shapely.area(opened), 95 * 90 - 4 * CORNER, rtol=1e-9)


def test_the_opening_takes_a_sliver_and_leaves_the_rest() -> None:
    # carriageways 8 m wide and 14 m apart: a strip of 6 m between them
    roads = [LineString([(0, 100), (200, 100)]), LineString([(0, 114), (200, 114)])]
    with_sliver, none = make_parcels(SQUARE, roads, 8.0, opening_m=0)
    assert sorted(shapely.area(with_sliver)) == pytest.approx([6 * 200, 82 * 200, 96 * 200])
    assert none == 0
    parcels, dropped = make_parcels(SQUARE, roads, 8.0, opening_m=5)
    assert dropped == 1
    assert sorted(shapely.area(parcels)) == pytest.approx([82 * 200 - 4 * CORNER, 96 * 200 - 4 * CORNER])


def test_the_opening_cuts_a_neck() -> None:
    dumbbell = shapely.union_all([box(0, 0, 50, 50), box(50, 23, 80, 27), box(80, 0, 130, 50)])
    parcels, dropped = make_parcels(dumbbell, CROSS[:0], [], opening_m=5)
    assert len(parcels) == 2
    assert dropped == 0
    assert all(shapely.area(parcels) < 2500)
    assert make_parcels(dumbbell, CROSS[:0], [], opening_m=1)[0].size == 1


def test_the_opening_never_grows_over_a_corner_that_points_inwards() -> None:
    corner = SQUARE.difference(box(100, 100, 200, 200))
    parcels, _ = make_parcels(corner, CROSS[:0], [], opening_m=20)
    assert parcels[0].difference(corner).area < 1e-9


def test_a_ring_road_leaves_a_hole_and_what_is_inside() -> None:
    ring = LineString(Point(100, 100).buffer(50, quad_segs=64).exterior.coords)
    parcels, _ = make_parcels(SQUARE, [ring], 10.0)
    outer, inner = sorted(parcels, key=lambda p: -p.area)
    assert len(outer.interiors) == 1
    assert len(inner.interiors) == 0
    assert inner.area == pytest.approx(np.pi * 45**2, rel=2e-3)
    assert Polygon(outer.interiors[0]).area == pytest.approx(np.pi * 55**2, rel=2e-3)


def test_roads_of_no_width_or_far_away_do_not_cut() -> None:
    far = LineString([(900, 0), (900, 200)])
    roads = [CROSS[0], far, None, LineString(), CROSS[1]]
    parcels, _ = make_parcels(SQUARE, roads, [0.0, 10, 10, 10, 20], opening_m=0)
    assert sorted(shapely.area(parcels)) == pytest.approx([200 * 90, 200 * 90])
    # only the rim of a band reaches in
    beside, _ = make_parcels(SQUARE, [LineString([(-3, 0), (-3, 200)])], 10.0, opening_m=0)
    assert shapely.area(beside) == pytest.approx([200 * 198])


def test_areas_outside_the_range_are_dropped_and_counted() -> None:
    road = [LineString([(50, 0), (50, 200)]), LineString([(150, 0), (150, 200)])]
    assert sorted(shapely.area(make_parcels(SQUARE, road, 0.02, 0)[0])) == pytest.approx([9998, 9998, 19996])
    parcels, dropped = make_parcels(SQUARE, road, 0.02, 0, min_area_m2=10_000)
    assert (len(parcels), dropped) == (1, 2)
    parcels, dropped = make_parcels(SQUARE, road, 0.02, 0, max_area_m2=10_000)
    assert (len(parcels), dropped) == (2, 1)


def test_polygons_of_a_boundary_stay_apart_and_never_overlap() -> None:
    west, east, inner = box(0, 0, 100, 100), box(100, 0, 200, 100), box(50, 0, 150, 50)
    parcels, _ = make_parcels([west, east], CROSS[:0], [], opening_m=0)
    assert shapely.area(parcels).tolist() == [10_000, 10_000]
    assert sorted(shapely.area(disjoint([west, inner]))) == [2500, 10_000]
    assert len(disjoint([inner, inner])) == 1
    bow_tie = Polygon([(0, 0), (10, 10), (10, 0), (0, 10)])
    assert shapely.area(disjoint(bow_tie)).tolist() == [25, 25]


def test_parcels_are_in_the_same_order_whatever_the_order_of_the_roads(monkeypatch: pytest.MonkeyPatch) -> None:
    roads = np.array([LineString([(30 * i, 0), (30 * i + 7, 200)]) for i in range(1, 6)] + list(CROSS), object)
    wide = np.array([3.0, 4, 5, 6, 7, 8, 9])
    first, _ = make_parcels(SQUARE, roads, wide)
    monkeypatch.setattr(make, "AT_ONCE", 2)  # other groups, other unions, in several threads
    monkeypatch.setattr(make, "_cores", lambda: 8)
    shuffled = np.random.default_rng(3).permutation(len(roads))
    second, _ = make_parcels(SQUARE, roads[shuffled], wide[shuffled])
    assert len(first) == len(second) == 12
    for a, b in zip(first, second):
        assert a.symmetric_difference(b).area < 1e-6


@pytest.mark.parametrize("widths", [[1.0], [1.0, -1.0], [1.0, np.nan]])
def test_widths_must_fit(widths: list) -> None:
    with pytest.raises(ValueError, match="width"):
        make_parcels(SQUARE, CROSS, widths)


def test_a_check_may_stop_it() -> None:
    seen: list[float] = []

    def stop(share: float) -> None:
        seen.append(share)
        if len(seen) == 3:
            raise JobCancelled

    with pytest.raises(JobCancelled):
        make_parcels([SQUARE, at(SQUARE)], np.concatenate([CROSS, at(CROSS)]), 9.0, check=stop)
    assert seen == sorted(seen)
    assert 0 <= seen[-1] < 1


points = st.tuples(st.integers(-20, 220), st.integers(-20, 220))
lines = st.lists(points, min_size=2, max_size=4).filter(lambda p: len(set(p)) > 1).map(LineString)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(lines, max_size=8),
    st.lists(st.sampled_from([0.0, 2.0, 7.0, 30.0]), min_size=8, max_size=8),
    st.sampled_from([0.0, 1.0, 5.0]),
    st.sets(points, min_size=4, max_size=9),
)
def test_parcels_are_polygons_inside_apart_and_off_the_roads(
    roads: list, widths: list, opening: float, corners: set
) -> None:
    boundary = [shapely.make_valid(Polygon(sorted(corners))), box(150, 150, 240, 240)]
    wide = np.array(widths[: len(roads)])
    parcels, dropped = make_parcels(boundary, np.array(roads, object), wide, opening)
    assert dropped >= 0
    assert all(p.geom_type == "Polygon" and p.is_valid and p.area > 0 for p in parcels)
    rim = make.TOUCH_M * shapely.length(parcels).sum() + 1e-6
    assert shapely.difference(shapely.union_all(parcels), shapely.union_all(boundary)).area < rim
    bands = shapely.union_all(shapely.buffer(np.array(roads, object), wide / 2, quad_segs=8)) if roads else Polygon()
    assert shapely.intersection(shapely.union_all(parcels), bands).area < rim
    assert shapely.area(parcels).sum() == pytest.approx(shapely.union_all(parcels).area, abs=rim)
    if opening == 0:
        rest = shapely.difference(shapely.union_all(boundary), bands).area
        assert shapely.area(parcels).sum() == pytest.approx(rest, abs=10 * make.THINNEST_M)


# widths


def test_widths_by_class() -> None:
    metres, unknown = road_widths(
        ["motorway", " Residential ", "footway;tertiary", None, "", "goat_trail", "goat_trail", "x;service", "lane"],
        {"RESIDENTIAL": 8.5, "lane": 3.0},
        default=5.5,
    )
    assert metres.tolist() == [
        ROAD_WIDTHS["motorway"], 8.5, ROAD_WIDTHS["tertiary"], 5.5, 5.5, 5.5, 5.5, ROAD_WIDTHS["service"], 3.0,
    ]  # fmt: skip
    assert unknown == {"goat_trail": 2}


def test_the_built_in_widths_are_sensible() -> None:
    order = ["motorway", "trunk", "primary", "secondary", "tertiary", "residential", "service", "track", "footway"]
    values = [ROAD_WIDTHS[name] for name in order]
    assert values == sorted(values, reverse=True)
    assert all(0 <= width <= 20 for width in ROAD_WIDTHS.values())
    assert all(ROAD_WIDTHS[f"{name}_link"] < ROAD_WIDTHS[name] for name in order[:5])


# reference systems and measures


def test_area_and_perimeter_on_the_ellipsoid() -> None:
    # One degree at the equator is 111,319.5 m along it (6378137 pi / 180) and 110,574.4 m along the meridian.
    ring = box(0, 0, 1e-3, 1e-3).difference(box(2e-4, 2e-4, 4e-4, 4e-4))
    areas, perimeters = areas_and_perimeters(np.array([ring, None], object), "EPSG:4326")
    side = 111_319.49e-3, 110_574.28e-3
    assert areas[0] == pytest.approx(side[0] * side[1] * 0.96, rel=1e-5)
    assert perimeters[0] == pytest.approx(2 * sum(side) * 1.2, rel=1e-5)
    assert np.isnan(areas[1])
    assert np.isnan(perimeters[1])


@pytest.mark.parametrize(
    ("crs", "place", "expected"),
    [
        ("EPSG:4326", (13.4, 52.5), 32633),
        ("EPSG:4326", (-70.6, -33.4), 32719),
        ("EPSG:4326", (180.0, -17.0), 32701),
        ("EPSG:4326", (25.0, 88.0), 5041),
        ("EPSG:4326", (25.0, -85.0), 5042),
        ("EPSG:3857", (1_490_000, 6_890_000), 32633),
        ("EPSG:3857", (1_490_000, 0), 32633),  # true to scale at the equator, and yet
        ("EPSG:32662", (1_490_000, 6_500_000), 32633),  # metres that are none
        ("EPSG:2263", (985_000, 200_000), 32618),  # feet
        ("EPSG:3035", (4_550_000, 3_270_000), 3035),
        ("EPSG:32733", (998_000, 6_230_000), 32733),
    ],
)
def test_a_metric_reference_system_is_chosen(crs: str, place: tuple[float, float], expected: int) -> None:
    shapes = np.array([Point(place).buffer(1e-3)], object)
    assert metric_crs(shapes, pyproj.CRS(crs)).to_epsg() == expected


def test_a_parcel_on_the_antimeridian_is_not_torn_apart() -> None:
    degrees, square = pyproj.CRS(4326), np.array([box(179.99, -17.01, 180.005, -17.0)], object)
    utm = metric_crs(square, degrees)
    assert utm.to_epsg() == 32760
    back = moved_back(moved(square, degrees, utm), utm, degrees)
    assert shapely.bounds(back)[0] == pytest.approx([179.99, -17.01, 180.005, -17.0], abs=1e-9)


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:3857", "EPSG:2154"])
def test_the_same_parcels_in_any_reference_system(tmp_path: Path, crs: str) -> None:
    options = {"widths": {"x": 10.0}}
    metric, here = run(tmp_path, [SQUARE], CROSS, **options)
    other, there = run(tmp_path, [SQUARE], CROSS, crs=crs, **options)
    assert other.crs == crs
    assert there.crs.to_string() == crs
    assert metric.parcels == other.parcels == 4
    np.testing.assert_allclose(there["area_m2"], here["area_m2"], rtol=5e-3)
    np.testing.assert_allclose(there.to_crs(UTM).area, here.area, rtol=5e-3)


# the job


def test_the_layer_says_what_each_parcel_is(tmp_path: Path) -> None:
    result, frame = run(tmp_path, [SQUARE], CROSS, ["a", "b"], widths={"a": 10.0, "b": 20.0}, opening_m=0.0)
    assert (result.parcels, result.roads, result.dropped) == (4, 2, 0)
    assert frame["parcel_id"].tolist() == [1, 2, 3, 4]
    planar = 0.9996  # UTM's scale on its middle meridian
    np.testing.assert_allclose(frame["area_m2"], 95 * 90 / planar**2, rtol=1e-5)
    np.testing.assert_allclose(frame["perimeter_m"], 370 / planar, rtol=1e-5)
    np.testing.assert_allclose(frame["compactness"], 4 * np.pi * 95 * 90 / 370**2, rtol=1e-5)
    assert result.area_m2 == pytest.approx(frame["area_m2"].sum())
    about = json.loads(pyogrio.read_info(result.out)["layer_metadata"]["URBANGRAIN_PROVENANCE"])
    assert about["job"]["widths"] == {"a": 10.0, "b": 20.0}


def test_tunnels_do_not_cut_and_unknown_classes_are_named(tmp_path: Path) -> None:
    columns = {"Tunnel": ["yes", "no"]}
    result, frame = run(tmp_path, [SQUARE], CROSS, ["residential", "goat_trail"], columns=columns, opening_m=0.0)
    assert (len(frame), result.roads) == (2, 1)
    assert {r.code: r.values["values"] for r in result.remarks} == {"note.unknown_roads": "goat_trail (1)"}
    np.testing.assert_allclose(frame.area, 200 * 97, rtol=1e-9)


def test_awkward_input_is_repaired_and_said(tmp_path: Path) -> None:
    bow_tie = Polygon([(0, 0), (200, 200), (200, 0), (0, 200)])
    roads = [CROSS[0], Point(3, 3), CROSS[0].buffer(1)]
    result, frame = run(tmp_path, [bow_tie, None], roads, opening_m=0.0, default_width=10.0)
    assert {r.code: r.values["count"] for r in result.remarks if "count" in r.values} == {
        "note.repaired": 1,
        "note.skipped_shapes": 1,
        "note.skipped_lines": 2,
    }
    # two triangles of 100 m by 200 m that meet in the middle, where a band of 10 m takes 5 m of their tips
    assert frame.area.tolist() == pytest.approx([10_000 - 25] * 2, rel=1e-6)


def test_the_same_input_gives_the_same_file_again(tmp_path: Path) -> None:
    _, first = run(tmp_path, [SQUARE], CROSS)
    _, second = run(tmp_path, [SQUARE], CROSS[::-1])
    assert first.geometry.geom_equals_exact(second.geometry, 1e-9).all()


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        ("missing", "file.not_found"),
        ("no crs", "vector.no_crs"),
        ("roads no crs", "vector.no_crs"),
        ("boundary of lines", "vector.no_polygons"),
        ("empty boundary", "vector.no_polygons"),
        ("roads of polygons", "vector.no_lines"),
        ("empty roads", "vector.no_lines"),
        ("no field", "vector.no_field"),
        ("roads elsewhere", "parcels.no_roads"),
        ("no width", "parcels.no_roads"),
        ("all too narrow", "parcels.none_left"),
        ("wrong crs", "vector.crs_unusable"),
        ("exists", "file.exists"),
        ("input", "file.is_input"),
    ],
)
def test_bad_input_is_said_and_leaves_nothing(tmp_path: Path, broken: str, code: str) -> None:
    boundary, roads = [at(SQUARE)], [at(line) for line in CROSS]
    crs = {"no crs": None, "wrong crs": "EPSG:4326"}.get(broken, UTM)
    boundary = {"boundary of lines": roads, "empty boundary": []}.get(broken, boundary)
    elsewhere = [shapely.transform(line, lambda xy: xy + 5000) for line in roads]
    roads = {"roads of polygons": [at(SQUARE)], "empty roads": [], "roads elsewhere": elsewhere}.get(broken, roads)
    border = layer(tmp_path / "b.gpkg", boundary, crs)
    classes = {} if broken == "no field" else {"highway": ["service"] * len(roads)}
    streets = layer(tmp_path / "r.gpkg", roads, None if broken == "roads no crs" else UTM, **classes)
    out = tmp_path / "out.gpkg"
    options: dict[str, Any] = {}
    if broken == "missing":
        border = str(tmp_path / "none.gpkg")
    if broken == "no width":
        options = {"widths": {"service": 0.0}}
    if broken == "all too narrow":
        options = {"opening_m": 60.0}
    if broken == "exists":
        out.write_bytes(b"mine")
    if broken == "input":
        out = Path(streets)
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    with pytest.raises(UrbanGrainError) as error:
        jobs.run(MakeParcelsJob(border, streets, str(out), **options))
    assert error.value.code == code
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == before


@pytest.mark.parametrize(
    "fields",
    [{"opening_m": -1.0}, {"widths": {"x": -1.0}}, {"default_width": 5000.0}, {"min_area_m2": 5.0, "max_area_m2": 5.0}],
)
def test_impossible_jobs_are_refused(fields: dict) -> None:
    with pytest.raises(ProtocolError):
        MakeParcelsJob("b", "r", "o", **fields)


def test_a_cancel_leaves_nothing(tmp_path: Path) -> None:
    border = layer(tmp_path / "b.gpkg", [at(SQUARE)])
    streets = layer(tmp_path / "r.gpkg", [at(line) for line in CROSS], highway=["service"] * 2)
    context = JobContext()
    context.on_progress = lambda report: context.cancelled.set() if report.stage == "cut" else None
    with pytest.raises(JobCancelled):
        jobs.run(MakeParcelsJob(border, streets, str(tmp_path / "o.gpkg")), context)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["b.gpkg", "r.gpkg"]


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    border = layer(tmp_path / "b.gpkg", [at(SQUARE)])
    streets = layer(tmp_path / "r.gpkg", [at(line) for line in CROSS], kind=["service", "a=b"])
    out = tmp_path / "o.gpkg"
    words = ["parcels", "make", border, streets, "--out", str(out), "--field", "kind", "--opening", "0"]
    assert cli.main([*words, "--width", "service=10", "--width", "a=b=20"]) == 0
    assert "4 parcels, 3.42 ha" in capsys.readouterr().out
    assert sorted(gpd.read_file(out).area) == pytest.approx([95 * 90] * 4)
    assert cli.main([*words, "--width", "service"]) == 2
    assert "not a class and its width" in capsys.readouterr().err
    assert cli.main(words) == 1


# real streets


OSM, PLOTS = "osm_helsinki_small/osm.gpkg", "bubenec/bubenec.gpkg"
TOWNS, STREETS = "swellendam_osm/urban_boundaries_utm33s.gpkg", "swellendam_osm/swellendam_osm.gpkg"


@pytest.mark.parametrize(
    ("boundary", "boundary_layer", "roads", "roads_layer", "field", "least"),
    [
        (OSM, "boundary", OSM, "roads", "highway", 100),
        (TOWNS, None, STREETS, "roads", "highway", 400),
        (PLOTS, "tessellation", PLOTS, "streets", "", 144),
    ],
)
def test_real_streets(
    tmp_path: Path, boundary: str, boundary_layer: str | None, roads: str, roads_layer: str, field: str, least: int
) -> None:
    out = str(tmp_path / "p.gpkg")
    border, streets = real(*boundary.split("/")), real(*roads.split("/"))
    job = MakeParcelsJob(border, streets, out, boundary_layer, roads_layer, field)
    result = jobs.run(job)
    frame = gpd.read_file(out)
    assert len(frame) == result.parcels >= least
    assert frame.is_valid.all()
    assert set(frame.geom_type) == {"Polygon"}
    assert frame["area_m2"].min() > 70  # nothing is left that a disc of 5 m does not fit in
    assert frame["compactness"].between(0, 1).all()
    metric = frame.to_crs(frame.estimate_utm_crs())
    np.testing.assert_allclose(metric.area, frame["area_m2"], rtol=2e-2)
    assert shapely.union_all(metric.geometry.to_numpy()).area == pytest.approx(metric.area.sum(), rel=1e-6)
    lines = gpd.read_file(streets, layer=roads_layer).to_crs(metric.crs)
    if field:
        lines = lines[lines[field] == "residential"]
    _, hit = metric.sindex.query(lines.geometry.buffer(2.9), predicate="intersects")
    assert len(hit) == 0  # the bands are 6 or 7 m wide
    again = jobs.run(MakeParcelsJob(border, streets, out, boundary_layer, roads_layer, field, overwrite=True))
    assert again.parcels == result.parcels
    assert gpd.read_file(out).drop(columns="geometry").equals(frame.drop(columns="geometry"))
