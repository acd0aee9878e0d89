"""Rooftops through the years: the job, its rows, and the command line."""

from __future__ import annotations

import csv
import json
import math
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
import torch
from affine import Affine
from mapping_toys import make_card, write_image
from torch import nn

from urbangrain.engine import cli, jobs
from urbangrain.engine.context import JobContext
from urbangrain.engine.errors import JobCancelled, UrbanGrainError
from urbangrain.engine.jobs import map as map_job
from urbangrain.engine.jobs import map_backend, rooftop_rows, rooftop_years
from urbangrain.engine.models.card import ModelCard
from urbangrain.engine.postprocess.rooftop_changes import UNKNOWN, change_codes, change_list, change_name
from urbangrain.engine.protocol import (
    ClassInfo,
    Finished,
    ProtocolError,
    RooftopYearsJob,
    RooftopYearsResult,
    Run,
    from_line,
    to_line,
)
from urbangrain.engine.raster.classes import read_class_infos
from urbangrain.engine.raster.grid import Grid
from urbangrain.engine.raster.probability import Probability

ROOFS = (ClassInfo(0, "other", "#f0f0f0"), ClassInfo(255, "rooftop", "#d7301f"))


class Finer(nn.Module):
    """Each pixel is 4 x 4 of the answer; a rooftop where band 1 is above 100."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        score = (x[:, :1] - 100).repeat_interleave(4, 2).repeat_interleave(4, 3)
        return torch.cat([-score, score], dim=1)


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Callable[..., ModelCard]:
    """Return a function that puts the toy in place of every model."""

    def put(**changes: Any) -> ModelCard:
        values: dict[str, Any] = {
            "classes": ROOFS, "nodata": 1, "gsd_min_m": 10.0, "gsd_max_m": 10.0, "window": 16, "stride_multiple": 8,
            "upscale": 4,
        }  # fmt: skip
        card = make_card(**{**values, **changes})
        monkeypatch.setattr(map_backend, "warm_network", lambda card: Finer())
        for module in (map_job, rooftop_years):
            monkeypatch.setattr(module, "resolve_for_pixels", lambda model: card)
        return card

    return put


@pytest.fixture
def years(model: Callable[..., ModelCard], tmp_path: Path) -> dict[int, str]:
    """Images of four years, 24 x 20 pixels of 10 m; 200 in band 1 means rooftop.

    Columns: 0-3 always, 4-7 from 2019 on, 8-11 until 2018, 12-15 in 2018 only, 16-19 never.
    """
    model()
    found = {}
    for year in (2017, 2018, 2019, 2020):
        image = np.full((4, 24, 20), 50, np.uint16)
        image[:, :, 0:4] = 200
        image[:, :, 4:8] = 200 if year >= 2019 else 50
        image[:, :, 8:12] = 200 if year <= 2018 else 50
        image[:, :, 12:16] = 200 if year == 2018 else 50
        found[year] = write_image(tmp_path / f"s2 {year}.tif", image, 10.0)
    return found


def job(years: dict[int, str], out: Path, **values: Any) -> RooftopYearsJob:
    defaults: dict[str, Any] = {"flips": "none", "device": "cpu", "threads": 1}
    return RooftopYearsJob(tuple(years.values()), tuple(years), str(out), **{**defaults, **values})


def run(asked: RooftopYearsJob) -> RooftopYearsResult:
    result = jobs.run(asked)
    assert isinstance(result, RooftopYearsResult)
    return result


def read(path: str | Path) -> np.ndarray:
    with rasterio.open(path) as dataset:
        return dataset.read(1)


def column(path: str | Path) -> list[int]:
    """Value of the middle of each four columns of the image, in the middle row."""
    values = read(path)
    return [int(v) for v in values[values.shape[0] // 2, 8::16]]


def test_each_year_gets_a_map_and_what_changed_is_told(years: dict[int, str], tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = run(job(years, out, homogeneity=False))
    assert sorted(p.name for p in out.iterdir() if not p.name.endswith(".xml")) == [
        "areas.csv", "change.tif", *(f"rooftops_{year}.tif" for year in years)
    ]  # fmt: skip
    assert [column(y.path) for y in result.years] == [
        [255, 0, 255, 0, 0], [255, 0, 255, 255, 0], [255, 255, 0, 0, 0], [255, 255, 0, 0, 0]
    ]  # fmt: skip
    with rasterio.open(result.years[0].path) as made:
        assert (made.width, made.height, made.transform.a, made.nodata) == (80, 96, 2.5, 1)
        assert made.colormap(1)[255] == (0xD7, 0x30, 0x1F, 255)
        assert json.loads(made.tags()["URBANGRAIN_PROVENANCE"])["input"]["path"] == years[2017]
        assert made.tags(ns="IMAGE_STRUCTURE")["LAYOUT"] == "COG"
    # never 0, always 1, new in the k-th year after the first 1 + k, lost 100 + k, several changes 200
    assert column(result.change) == [1, 3, 102, 200, 0]
    named = {info.value: info.name for info in read_class_infos(result.change)}
    assert [named[v] for v in (0, 1, 3, 102, 200)] == [
        "no rooftop", "rooftop in all years", "new in 2019", "lost in 2019", "several changes"
    ]  # fmt: skip
    four = 24 * 4 * 100.0  # m2 of four columns
    assert [y.rooftop_m2 for y in result.years] == [2 * four, 3 * four, 2 * four, 2 * four]
    assert [(y.gained_m2, y.lost_m2) for y in result.years] == [
        (None, None), (four, 0.0), (four, 2 * four), (0.0, 0.0)
    ]  # fmt: skip
    assert {y.mapped_m2 for y in result.years} == {5 * four}
    assert {(c.change, c.year): c.area_m2 for c in result.changes if c.area_m2} == dict.fromkeys(
        [("never", None), ("always", None), ("new", 2019), ("lost", 2019), ("several", None)], four
    )
    with open(result.table, newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["year"] for row in rows] == ["2017", "2018", "2019", "2020"]
    assert (float(rows[2]["lost_m2"]), rows[0]["lost_m2"], float(rows[1]["rooftop_share"])) == (2 * four, "", 0.6)


def test_a_rooftop_of_one_year_is_checked_away(years: dict[int, str], tmp_path: Path) -> None:
    result = run(job(years, tmp_path / "out"))
    assert column(result.years[1].path) == [255, 0, 255, 0, 0]
    assert column(result.change) == [1, 3, 102, 0, 0]
    assert column(result.years[0].path) == [255, 0, 255, 0, 0]  # the first and the last are as they were
    assert not result.remarks or "years" not in result.remarks[0].code


def test_years_may_come_in_any_order(years: dict[int, str], tmp_path: Path) -> None:
    turned = {year: years[year] for year in (2020, 2017, 2019, 2018)}
    result, other = run(job(turned, tmp_path / "turned")), run(job(years, tmp_path / "out"))
    assert [y.year for y in result.years] == [2017, 2018, 2019, 2020]
    assert (read(result.change) == read(other.change)).all()


def test_two_years_are_not_checked_and_one_is_enough(years: dict[int, str], tmp_path: Path) -> None:
    two = run(job({y: years[y] for y in (2017, 2018)}, tmp_path / "two"))
    assert "note.years_unchecked" in [remark.code for remark in two.remarks]
    assert column(two.change) == [1, 0, 1, 2, 0]
    one = run(job({2018: years[2018]}, tmp_path / "one", homogeneity=False))
    assert column(one.change) == [1, 0, 1, 1, 0]


def test_rooftops_go_where_little_is_built(years: dict[int, str], tmp_path: Path) -> None:
    # 0.1 in the left half and 0.9 in the right, on a grid of 20 m: between the centres 45 m and 105 m it rises.
    mask = np.full((1, 12, 10), 0.9, np.float32)
    mask[:, :, :4] = 0.1
    path = write_image(tmp_path / "built.tif", mask, 20.0, descriptions=None)
    result = run(job(years, tmp_path / "out", built_mask=path, homogeneity=False))
    assert column(result.years[0].path) == [0, 0, 255, 0, 0]
    # 0.2 lies at an eighth of the way from the centre at 70 m to the one at 90 m: at 72.5 m.
    row = read(result.years[3].path)[40]
    assert not row[: int(72.5 / 2.5)].any()
    assert (row[29:32] == 255).all()  # 72.5 m to 80 m, where the second rooftop ends


def test_rooftops_stay_where_the_mask_has_no_data(years: dict[int, str], tmp_path: Path) -> None:
    mask = np.full((1, 24, 20), 0.0, np.float32)
    mask[:, :, :12] = np.nan
    path = write_image(tmp_path / "built.tif", mask, 10.0, nodata=math.nan, descriptions=None)
    result = run(job(years, tmp_path / "out", built_mask=path, homogeneity=False))
    assert column(result.years[1].path) == [255, 0, 255, 0, 0]
    remark = next(r for r in result.remarks if r.code == "note.mask_partly")
    assert remark.values["percent"] == 60


def test_a_mask_may_be_scaled_and_in_another_crs(years: dict[int, str], tmp_path: Path) -> None:
    mask = np.full((1, 30, 30), 50, np.uint8)  # 0.1 by its scale
    transform = Affine(0.0003, 0, 2.999, 0, -0.0003, 45.156)
    path = write_image(tmp_path / "built.tif", mask, transform=transform, crs="EPSG:4326", descriptions=None)
    with rasterio.open(path, "r+") as dataset:
        dataset.scales = (1 / 500,)
    result = run(job(years, tmp_path / "out", built_mask=path, homogeneity=False))
    assert not any(read(y.path).any() for y in result.years)


@pytest.mark.parametrize(
    ("values", "place", "code", "said"),
    [
        (80, 500_000.0, "years.mask_range", "it holds 80.0"),
        (0.5, 900_000.0, "years.mask_elsewhere", "where the images lie"),
    ],
)
def test_a_mask_that_is_none_is_refused_before_the_work(
    values: float, place: float, code: str, said: str, years: dict[int, str], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(map_job, "run", lambda *_: pytest.fail("mapped before the mask was looked at"))
    mask = np.full((1, 24, 20), values, np.float32)
    transform = Affine(10, 0, place, 0, -10, 5_000_000)
    path = write_image(tmp_path / "built.tif", mask, transform=transform, descriptions=None)
    with pytest.raises(UrbanGrainError, match=said) as error:
        run(job(years, tmp_path / "out", built_mask=path))
    assert error.value.code == code


def test_other_grids_other_models_and_taken_names_are_refused(
    years: dict[int, str], model: Callable[..., ModelCard], tmp_path: Path
) -> None:
    other = write_image(tmp_path / "other.tif", np.zeros((4, 24, 21), np.uint16), 10.0)
    with pytest.raises(UrbanGrainError, match="same pixels") as error:
        run(job({**years, 2021: other}, tmp_path / "out"))
    assert (error.value.code, error.value.values["path"]) == ("years.other_grid", other)
    out = tmp_path / "out"
    out.mkdir(exist_ok=True)
    (out / "change.tif").write_text("mine")
    with pytest.raises(UrbanGrainError) as error:
        run(job(years, out))
    assert error.value.code == "file.exists"
    assert (out / "change.tif").read_text() == "mine"
    assert [p.name for p in out.iterdir()] == ["change.tif"]
    run(job(years, out, overwrite=True))
    assert column(out / "change.tif") == [1, 3, 102, 0, 0]
    model(classes=(ClassInfo(1, "grass", "#00ff00"), ClassInfo(2, "other", "#ffffff")))
    with pytest.raises(UrbanGrainError, match="grass, other") as error:
        run(job(years, tmp_path / "out2"))
    assert error.value.code == "years.not_rooftops"


def test_models_of_buildings_have_their_own_values(
    years: dict[int, str], model: Callable[..., ModelCard], tmp_path: Path
) -> None:
    model(classes=(ClassInfo(7, "background", "#ffffff"), ClassInfo(9, "Building", "#ff0000")), nodata=0)
    result = run(job(years, tmp_path / "out", homogeneity=False))
    assert column(result.years[1].path) == [255, 0, 255, 255, 0]


def test_pixels_without_data_have_no_class_and_no_change(years: dict[int, str], tmp_path: Path) -> None:
    with rasterio.open(years[2018], "r+") as dataset:
        dataset.nodata = 0
        image = dataset.read()
        image[:, :, 0:2] = 0
        dataset.write(image)
    result = run(job(years, tmp_path / "out"))
    left = 24 * 2 * 100.0
    assert (read(result.years[1].path)[:, :8] == 1).all()
    assert (read(result.change)[:, :8] == UNKNOWN).all()
    assert result.years[0].mapped_m2 - result.years[1].mapped_m2 == left
    assert (result.years[1].lost_m2, result.years[2].gained_m2) == (0.0, 24 * 4 * 100.0)


def test_areas_are_m2_in_degrees_too(model: Callable[..., ModelCard], tmp_path: Path) -> None:
    model()
    image = np.full((4, 40, 40), 50, np.uint16)
    image[:, 10:30, 10:20] = 200
    transform = Affine(0.00009, 0, 3.0, 0, -0.00009, 60.0)  # at 60 degrees north 10.03 m by 5.02 m
    years = {
        year: write_image(tmp_path / f"{year}.tif", image, transform=transform, crs="EPSG:4326")
        for year in (2018, 2020)
    }
    result = run(job(years, tmp_path / "out"))
    assert result.years[0].rooftop_m2 == pytest.approx(200 * 10.03 * 5.02, rel=0.1)
    assert (result.years[1].gained_m2, result.years[1].lost_m2) == (0, 0)
    with rasterio.open(result.change) as made:
        assert (made.crs.to_epsg(), made.width, made.height) == (4326, 160, 160)


def test_bands_of_rows_change_nothing(years: dict[int, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(0)
    for path in years.values():
        with rasterio.open(path, "r+") as dataset:
            dataset.write(rng.choice(np.array([50, 200], np.uint16), (4, 24, 20)))
    mask = write_image(tmp_path / "built.tif", rng.random((1, 7, 6)).astype(np.float32), 35.0, descriptions=None)
    whole = run(job(years, tmp_path / "whole", built_mask=mask))
    blocks = rooftop_rows.row_blocks
    monkeypatch.setattr(rooftop_rows, "row_blocks", lambda height: blocks(height, 7))
    cut = run(job(years, tmp_path / "cut", built_mask=mask))
    for one, other in zip(whole.years, cut.years):
        assert (read(one.path) == read(other.path)).all()
        assert one.rooftop_m2 == pytest.approx(other.rooftop_m2)
    assert (read(whole.change) == read(cut.change)).all()
    assert len({y.rooftop_m2 for y in whole.years}) > 1


def test_a_stop_leaves_nothing(years: dict[int, str], tmp_path: Path) -> None:
    for stage in ("map", "years"):
        stop = threading.Event()
        context = JobContext(cancelled=stop, on_progress=lambda r, at=stage, s=stop: s.set() if r.stage == at else None)
        with pytest.raises(JobCancelled):
            jobs.run(job(years, tmp_path / "out"), context)
        assert not [p for p in (tmp_path / "out").iterdir() if not p.name.startswith(".")]


def test_a_failure_in_a_later_year_leaves_nothing(years: dict[int, str], tmp_path: Path) -> None:
    with rasterio.open(years[2020], "r+") as dataset:
        dataset.nodata = 50
        dataset.write(np.full((4, 24, 20), 50, np.uint16))
    with pytest.raises(UrbanGrainError) as error:
        run(job(years, tmp_path / "out"))
    assert error.value.code == "image.no_pixels"
    assert not list((tmp_path / "out").iterdir())


def test_progress_never_goes_back(years: dict[int, str], tmp_path: Path) -> None:
    seen: list[float] = []
    jobs.run(job(years, tmp_path / "out"), JobContext(on_progress=lambda report: seen.append(report.fraction)))
    assert seen == sorted(seen)
    assert seen[-1] == 1.0


def test_codes_of_changes() -> None:
    years = [[0, 255, 0, 255, 0, 1, 255], [0, 255, 255, 255, 255, 255, 0], [0, 255, 255, 0, 0, 255, 255]]
    codes = change_codes(np.array([year], np.uint8) for year in years)
    assert codes.tolist() == [[0, 1, 2, 102, 200, 255, 200]]
    listed = change_list((2001, 2005, 2009))
    assert [(c.value, change_name(c)) for c in listed] == [
        (0, "no rooftop"), (1, "rooftop in all years"), (2, "new in 2005"), (3, "new in 2009"), (101, "lost in 2005"),
        (102, "lost in 2009"), (200, "several changes"),
    ]  # fmt: skip
    assert len({c.colour for c in listed}) == len(listed)
    most = change_list(tuple(range(2000, 2060)))
    assert len({c.value for c in most}) == len(most)
    assert max(c.value for c in most) < UNKNOWN


def test_probabilities_are_read_between_pixels(tmp_path: Path) -> None:
    path = write_image(tmp_path / "p.tif", np.array([[[0.0, 1.0]]], np.float32), 10.0, descriptions=None)
    with rasterio.open(path) as dataset:
        grid = Grid(dataset.crs, dataset.transform, 2, 1).finer(4)
    with Probability(path, grid) as mask:
        assert mask.look() == 1.0
        assert mask.rows(0, 4)[1].tolist() == pytest.approx([0, 0, 0.125, 0.375, 0.625, 0.875, 1, 1], abs=1e-5)


@pytest.mark.parametrize(
    ("images", "years", "field", "problem"),
    [
        ((), (), "images", "is empty"),
        (("a.tif", "b.tif"), (2018,), "years", "1 years for 2 images"),
        (("a.tif", "b.tif"), (2018, 2018), "years", "2018 twice"),
        (("a.tif",), (0,), "years", "below 1"),
        (tuple(f"{i}.tif" for i in range(61)), tuple(range(2000, 2061)), "years", "more than 60"),
    ],
)
def test_what_cannot_be_asked(images: tuple[str, ...], years: tuple[int, ...], field: str, problem: str) -> None:
    with pytest.raises(ProtocolError, match=problem) as error:
        RooftopYearsJob(images, years, "out")
    assert error.value.field == field


def test_the_job_and_its_result_cross_the_wire(years: dict[int, str], tmp_path: Path) -> None:
    asked = job(years, tmp_path / "out")
    assert from_line(to_line(Run("1", asked))) == Run("1", asked)
    result = run(asked)
    assert from_line(to_line(Finished("1", result))) == Finished("1", result)


def test_the_command_line(years: dict[int, str], tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    out = tmp_path / "out"
    how = ["--flips", "none", "--device", "cpu", "--out-dir", str(out)]
    assert cli.main(["rooftops-years", *years.values(), "--years", "2017,2018,2019,2020", *how]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["year", "rooftops", "share", "gained", "lost"]
    assert lines[3].split() == ["2019", "1.92", "ha", "40.00%", "9,600", "m2", "9,600", "m2"]
    assert str(out / "change.tif") in lines
    again = ["rooftops-years", *years.values(), "--years", "2017,2018,2019,2020", *how, "--overwrite", "--json"]
    assert cli.main([*again, "--no-homogeneity"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert (result["kind"], result["years"][1]["rooftop_m2"]) == ("rooftop_years_result", 28800.0)
    assert cli.main(["rooftops-years", *years.values(), "--years", "2017,2018", *how]) == 2
    assert "2 years for 4 images" in capsys.readouterr().err
    assert cli.main(["rooftops-years", *years.values(), "--years", "old", *how]) == 2
    assert "'old' is not a list of whole numbers" in capsys.readouterr().err
