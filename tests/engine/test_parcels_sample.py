from __future__ import annotations

from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pyproj
import pytest
from hypothesis import given
from hypothesis import strategies as st
from real_data_folder import real
from shapely.geometry import LineString, MultiPolygon, Polygon, box

from urbangrain.engine import cli, jobs
from urbangrain.engine.errors import UrbanGrainError
from urbangrain.engine.parcels.sample import allocate, centroids, choose, distances_m, location_scores, weighted_centre
from urbangrain.engine.protocol import MakeParcelsJob, ProtocolError, SampleParcelsJob, SampleParcelsResult

UTM = "EPSG:32633"
X, Y = 500_000.0, 5_800_000.0


def squares(count: int = 20, side: float = 300.0) -> list[Polygon]:
    """A row of squares from west to east, one kilometre apart."""
    return [box(X + 1000 * i, Y, X + 1000 * i + side, Y + side) for i in range(count)]


def layer(path: Path, shapes: list, crs: str | None = UTM, **columns: list) -> str:
    columns = {"number": list(range(len(shapes))), **columns}
    gpd.GeoDataFrame(columns, geometry=shapes, crs=crs).to_file(path, driver="GPKG", layer="lots")
    return str(path)


def run(tmp_path: Path, lots: str, count: int, **options: Any) -> tuple[SampleParcelsResult, gpd.GeoDataFrame]:
    out = str(tmp_path / "s.gpkg")
    result = jobs.run(SampleParcelsJob(lots, out, count, overwrite=True, **options))
    assert isinstance(result, SampleParcelsResult)
    return result, gpd.read_file(out, layer="parcels")


# the functions


class Half(np.random.Generator):
    """Chance that always says the same."""

    def __init__(self) -> None:
        super().__init__(np.random.PCG64(0))

    def gumbel(self, loc: Any = 0.0, scale: Any = 1.0, size: Any = None) -> Any:
        return np.full(size, 0.5)


def test_the_score_is_closeness_and_chance() -> None:
    scores = location_scores([0.0, 1000.0, 4000.0], Half(), 0.7, 2.0)
    np.testing.assert_allclose(scores, [0.7 + 0.3, 0.7 * 0.75 + 0.3, 0.0 + 0.3])
    np.testing.assert_allclose(location_scores([5.0, 9.0], Half(), 0.0, 3.0), 1.5)
    np.testing.assert_allclose(location_scores([0.0, 0.0], Half(), 1.0), 1.0)
    assert len(location_scores([], Half())) == 0
    for wrong in ({"weight": 1.1}, {"weight": -0.1}, {"dispersion": 0.0}):
        with pytest.raises(ValueError, match="weight"):
            location_scores([1.0], Half(), **wrong)


def test_dispersion_moves_the_sample_outwards() -> None:
    away = np.linspace(0, 10_000, 2000)
    means = []
    for dispersion in (0.05, 0.5, 5.0, 500.0):
        scores = location_scores(away, np.random.default_rng(1), dispersion=dispersion)
        means.append(away[choose(scores, 200)].mean())
    assert means == sorted(means)
    assert means[0] < 1000
    assert means[-1] == pytest.approx(5000, rel=0.15)  # chance alone


def test_the_likelihood_is_the_one_that_is_stated() -> None:
    """One parcel in the centre, one at the rim, one drawn: exp(-0.7 / (0.3 c)) to 1."""
    rng = np.random.default_rng(2)
    for dispersion in (1.0, 3.0):
        rim = [int(choose(location_scores([0.0, 8.0], rng, 0.7, dispersion), 1)[0]) for _ in range(4000)]
        odds = np.exp(-0.7 / (0.3 * dispersion))
        assert np.mean(rim) == pytest.approx(odds / (1 + odds), abs=0.025)


def test_allocation_by_hand() -> None:
    assert allocate([10, 10, 10], 9) == [3, 3, 3]
    assert allocate([10, 1, 10], 8) == [3, 1, 4]  # what the small one lacks comes from the others
    assert allocate([2, 3], 99) == [2, 3]
    assert allocate([], 5) == []
    # 10 of 60 : 30 : 10 are 6, 3, 1; of 50 : 30 : 25, 4.76, 2.86, 2.38 and the larger remainders get one more
    assert allocate([60, 30, 10], 10, "proportional") == [6, 3, 1]
    assert allocate([50, 30, 25], 10, "proportional") == [5, 3, 2]
    with pytest.raises(ValueError, match="no allocation"):
        allocate([1], 1, "fair")


@given(st.lists(st.integers(0, 50), max_size=8), st.integers(0, 300), st.sampled_from(["equal", "proportional"]))
def test_an_allocation_adds_up_and_never_asks_for_more_than_there_is(sizes: list, count: int, how: str) -> None:
    shares = allocate(sizes, count, how)
    assert sum(shares) == min(count, sum(sizes))
    assert all(0 <= share <= size for share, size in zip(shares, sizes))
    if how == "equal":
        full = [share for share, size in zip(shares, sizes) if share < size]
        assert not full or max(full) - min(full) <= 1
        assert not full or max(shares) <= max(full) + 1


def test_choosing_by_score_and_stratum() -> None:
    scores = np.array([0.1, 0.9, 0.8, 0.7, 0.9])
    assert choose(scores, 3).tolist() == [1, 4, 2]
    assert choose(scores, 99).tolist() == [1, 4, 2, 3, 0]
    strata = ["b", "a", "a", "a", "a"]
    assert choose(scores, 2, strata).tolist() == [1, 0]
    assert choose(scores, 4, strata, "proportional").tolist() == [1, 4, 2, 0]  # 0.8 and 3.2 become 1 and 3


def test_the_centre_and_the_distances() -> None:
    places = np.array([[10.0, 0.0], [12.0, 0.0]])
    assert weighted_centre(places, np.array([1.0, 1.0])) == pytest.approx((11.0, 0.0))
    assert weighted_centre(places, np.array([3.0, 1.0])) == pytest.approx((10.5, 0.0), abs=1e-3)
    around = np.array([[179.0, 10.0], [-179.0, 10.0]])
    lon, lat = weighted_centre(around, np.array([1.0, 1.0]))
    assert abs(lon) == pytest.approx(180.0)
    assert lat == pytest.approx(10.0, abs=0.01)
    # one degree on the equator is 111,319.5 m, one from the equator northwards 110,574.4 m
    np.testing.assert_allclose(
        distances_m(np.array([[1.0, 0.0], [0.0, 1.0]]), (0.0, 0.0)), [111_319.49, 110_574.39], atol=0.1
    )
    with pytest.raises(ValueError, match="range"):
        centroids(np.array([box(500_000, 5_000_000, 500_001, 5_000_001)], object), pyproj.CRS(4326))


# the job


def test_the_paper_s_range_is_the_default(tmp_path: Path) -> None:
    sides = [197.0, 197.6, 500.0, 822.0, 823.5]  # 38,809, 39,046, 250,000, 675,684 and 678,152 m2
    shapes = [box(X + 1000 * i, Y, X + 1000 * i + side, Y + side) for i, side in enumerate(sides)]
    result, frame = run(tmp_path, layer(tmp_path / "l.gpkg", shapes), 3)
    assert (result.parcels, result.eligible, result.chosen) == (5, 3, 3)
    assert sorted(frame["number"]) == [1, 2, 3]
    assert SampleParcelsJob("p", "o", 1).min_area_m2 == 38931.315
    assert SampleParcelsJob("p", "o", 1).max_area_m2 == 676818.47


def test_without_chance_the_closest_are_chosen_in_order(tmp_path: Path) -> None:
    lots = layer(tmp_path / "l.gpkg", squares())
    at = (X + 7150.0, Y + 150.0)
    _, frame = run(tmp_path, lots, 5, centre=at, distance_weight=1.0)
    assert frame["number"].tolist()[0] == 7
    assert sorted(frame["number"]) == [5, 6, 7, 8, 9]
    assert frame["sample_rank"].tolist() == [1, 2, 3, 4, 5]
    assert frame["sample_score"].is_monotonic_decreasing
    assert frame["sample_score"][0] == pytest.approx(1.0)
    # in degrees the same place is the same place
    lon, lat = pyproj.Transformer.from_crs(UTM, "EPSG:4326", always_xy=True).transform(*at)
    result, same = run(tmp_path, lots, 5, centre=(lon, lat), centre_crs="EPSG:4326", distance_weight=1.0)
    assert same["number"].tolist() == frame["number"].tolist()
    assert result.centre == pytest.approx((lon, lat))


def test_the_centre_is_the_centroid_by_area(tmp_path: Path) -> None:
    # 4 : 1 in area and 5 km apart: the centre lies 1 km from the larger one
    shapes = [box(X, Y, X + 400, Y + 400), box(X + 5100, Y + 100, X + 5300, Y + 300)]
    result, _ = run(tmp_path, layer(tmp_path / "l.gpkg", shapes), 2)
    lon, lat = pyproj.Transformer.from_crs(UTM, "EPSG:4326", always_xy=True).transform(X + 200 + 1000, Y + 200)
    assert result.centre == pytest.approx((lon, lat), abs=1e-5)


def test_a_seed_is_a_sample(tmp_path: Path) -> None:
    lots = layer(tmp_path / "l.gpkg", squares(60))
    picks = [run(tmp_path, lots, 10, seed=seed)[1]["number"].tolist() for seed in (0, 0, 1)]
    assert picks[0] == picks[1] != picks[2]


def test_by_class_and_by_uncertainty(tmp_path: Path) -> None:
    kinds = ["park"] * 12 + ["shop"] * 6 + ["port", None]
    doubt = [i / 20 for i in range(20)]
    doubt[17] = float("nan")
    lots = layer(tmp_path / "l.gpkg", squares(), kind=kinds, entropy=doubt)
    result, frame = run(tmp_path, lots, 8, strata_field="kind")
    assert result.strata == {"": 1, "park": 3, "port": 1, "shop": 3}
    assert frame["kind"].value_counts().to_dict() == {"park": 3, "shop": 3, "port": 1}
    result, _ = run(tmp_path, lots, 10, strata_field="kind", allocation="proportional")
    assert result.strata == {"": 1, "park": 6, "shop": 3}  # 6, 3, 0.5, 0.5: the first of equals
    result, frame = run(tmp_path, lots, 4, uncertainty_field="entropy")
    assert frame["number"].tolist() == [19, 18, 16, 15]
    assert frame["sample_score"].tolist() == pytest.approx([0.95, 0.9, 0.8, 0.75])
    assert [(r.code, r.values["count"]) for r in result.remarks] == [("note.without_number", 1)]
    _, frame = run(tmp_path, lots, 4, strata_field="kind", uncertainty_field="entropy")
    assert frame["number"].tolist() == [19, 18, 16, 11]


def test_attributes_and_shapes_come_along(tmp_path: Path) -> None:
    shapes: list = squares(4)
    shapes[2] = MultiPolygon([shapes[2], box(X + 2500, Y, X + 2600, Y + 100)])
    bow_tie = [(X, Y + 2000), (X + 500, Y + 2500), (X + 500, Y + 2000), (X, Y + 2500)]
    shapes += [None, LineString([(X, Y), (X + 9, Y)]), Polygon(bow_tie)]
    lots = layer(
        tmp_path / "l.gpkg", shapes, name=[f"ü {i}" for i in range(7)], Sample_Rank=[7] * 7,
        floors=pd.array([1, None, 3, 4, 5, 6, 7], dtype="Int64"),
    )  # fmt: skip
    result, frame = run(tmp_path, lots, 9)
    assert (result.parcels, result.eligible, result.chosen) == (5, 5, 5)
    assert {r.code: r.values["count"] for r in result.remarks} == {"note.skipped_shapes": 2, "note.fewer_parcels": 5}
    assert set(frame["Sample_Rank"]) == {7}
    assert frame["sample_rank_2"].tolist() == [1, 2, 3, 4, 5]
    kinds = pyogrio.read_info(result.out)
    assert dict(zip(kinds["fields"], kinds["dtypes"]))["floors"] == "int64"
    assert frame.set_index("number")["floors"].isna().to_dict() == {i: i == 1 for i in frame["number"]}
    assert set(frame["name"]) == {"ü 0", "ü 1", "ü 2", "ü 3", "ü 6"}
    by_number = frame.set_index("number").geometry
    assert by_number[2].area == pytest.approx(300**2 + 100**2)
    assert by_number[1].equals(shapes[1])


@pytest.mark.parametrize(
    ("broken", "options", "code"),
    [
        ("no crs", {}, "vector.no_crs"),
        ("wrong crs", {"min_area_m2": 0.0}, "vector.crs_unusable"),
        ("lines", {}, "vector.no_polygons"),
        ("", {"strata_field": "class"}, "vector.no_field"),
        ("", {"uncertainty_field": "text"}, "parcels.no_numbers"),
        ("", {"uncertainty_field": "nothing"}, "parcels.no_numbers"),
        ("", {"min_area_m2": 100_000.0}, "parcels.none_in_range"),
        ("", {"centre": (1.0, 2.0), "centre_crs": "nowhere"}, "job.invalid"),
        ("", {"layer": "x"}, "vector.no_layer"),
        ("exists", {}, "file.exists"),
    ],
)
def test_bad_input_is_said_and_leaves_nothing(tmp_path: Path, broken: str, options: dict, code: str) -> None:
    shapes: list = [LineString([(X, Y), (X + 9, Y)])] if broken == "lines" else squares(3)
    crs = {"no crs": None, "wrong crs": "EPSG:4326"}.get(broken, UTM)
    count = len(shapes)
    lots = layer(tmp_path / "l.gpkg", shapes, crs, text=["a"] * count, nothing=[float("nan")] * count)
    out = tmp_path / "out.gpkg"
    if broken == "exists":
        out.write_bytes(b"mine")
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    with pytest.raises(UrbanGrainError) as error:
        jobs.run(SampleParcelsJob(lots, str(out), 2, **options))
    assert error.value.code == code
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == before


@pytest.mark.parametrize(
    "fields",
    [{"count": 0}, {"dispersion": 0.0}, {"distance_weight": 1.5}, {"allocation": "fair"}, {"max_area_m2": 10.0}],
)
def test_impossible_jobs_are_refused(fields: dict) -> None:
    with pytest.raises(ProtocolError):
        SampleParcelsJob(**{"parcels": "p", "out": "o", "count": 5, **fields})


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lots = layer(tmp_path / "l.gpkg", squares(), kind=["a", "b"] * 10)
    out = tmp_path / "o.gpkg"
    words = ["parcels", "sample", lots, "--out", str(out), "--count", "4", "--by", "kind", "--centre"]
    assert cli.main([*words, f"{X},{Y}", "--distance-weight", "1"]) == 0
    assert "4 of 20 parcels" in capsys.readouterr().out
    assert gpd.read_file(out)["number"].tolist() == [0, 1, 2, 3]
    assert cli.main([*words, "here"]) == 2
    assert "not two numbers" in capsys.readouterr().err


def test_parcels_of_a_real_town(tmp_path: Path) -> None:
    town = real("osm_helsinki_small", "osm.gpkg")
    lots = str(tmp_path / "p.gpkg")
    jobs.run(MakeParcelsJob(town, town, lots, boundary_layer="boundary"))
    result, frame = run(tmp_path, lots, 10)
    assert result.chosen == len(frame) == 10
    assert frame["area_m2"].between(38931.315, 676818.47).all()
    assert frame["parcel_id"].is_unique
    whole = pyogrio.read_dataframe(lots).set_index("parcel_id")
    assert all(row.geometry.equals(whole.geometry[row.parcel_id]) for row in frame.itertuples())
