"""The pre-flight check says beforehand what a run would say, and is quick."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from mapping_toys import Identity, make_card, patchy, use_model, write_image
from rasterio.transform import from_origin
from test_map_job import run as run_map

from urbangrain.engine.context import JobContext
from urbangrain.engine.errors import UrbanGrainError
from urbangrain.engine.inference import rates
from urbangrain.engine.jobs import inspect as inspect_job
from urbangrain.engine.protocol import InspectJob, InspectResult


@pytest.fixture(autouse=True)
def _toy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    card = make_card()
    use_model(monkeypatch, card, Identity())
    monkeypatch.setattr(inspect_job, "resolve_for_pixels", lambda model: card)


def look(**job: object) -> InspectResult:
    return inspect_job.run(InspectJob(**{"device": "cpu", **job}), JobContext())


def codes(result: InspectResult, severity: str) -> set[str]:
    return {r.code for r in result.remarks if r.severity == severity}


def test_an_image_that_fits(tmp_path: Path) -> None:
    path = write_image(tmp_path / "i.tif", patchy(300, 400).astype(np.uint16) * 100, nodata=0)
    result = look(image=path, model="toy")
    assert (result.width, result.height, result.dtype, result.crs) == (400, 300, "uint16", "EPSG:32631")
    assert (result.gsd_m, result.map_gsd_m, result.map_px, result.nodata) == (3.0, 3.0, 120_000, 0.0)
    assert result.bands_guess == (1, 2, 3, 4)
    assert [b.role for b in result.bands] == ["blue", "green", "red", "nir"]
    assert codes(result, "error") == set()
    assert codes(result, "info") == {"note.depth", "note.size"}
    assert result.estimate_s < 0
    depth = next(r for r in result.remarks if r.code == "note.depth")
    assert (depth.values["low"], depth.values["high"]) == (100, 500)


def test_without_a_model(tmp_path: Path) -> None:
    result = look(image=write_image(tmp_path / "i.tif", patchy(30, 40)))
    assert result.bands_guess is None
    assert (result.map_width, result.map_height) == (40, 30)


def test_what_would_stop_a_run_is_an_error(tmp_path: Path) -> None:
    two = write_image(tmp_path / "two.tif", patchy(30, 40)[None].repeat(2, 0), descriptions=("green", "red"))
    result = look(image=two, model="toy", extent=(0, 0, 1, 1), extent_crs="EPSG:32631")
    assert codes(result, "error") == {"bands.missing_role", "area.no_overlap"}
    assert result.bands_guess is None
    path = write_image(tmp_path / "i.tif", patchy(30, 40))
    assert codes(look(image=path, model="toy", bands=(1, 2)), "error") == {"bands.wrong_count"}
    assert codes(look(image=path, model="toy", device="cuda:97"), "error") == {"device.unavailable"}
    with pytest.raises(UrbanGrainError) as caught:
        look(image=write_image(tmp_path / "n.tif", patchy(30, 40), crs=None), model="toy")
    assert caught.value.code == "image.no_crs"


def test_notes_on_resampling_degrees_and_a_missing_band(tmp_path: Path) -> None:
    rgb = patchy(60, 80)[None].repeat(3, 0)
    path = write_image(tmp_path / "rgb.tif", rgb, gsd=0.25, descriptions=("red", "green", "blue"))
    result = look(image=path, model="toy")
    assert {"note.resample"} <= codes(result, "info")
    assert "note.no_nir" in codes(result, "warning")
    assert (result.map_width, result.map_height, result.map_gsd_m) == (40, 30, 0.5)
    transform = from_origin(10, 50, 2e-5, 2e-5)
    degrees = write_image(tmp_path / "d.tif", patchy(60, 80), crs="EPSG:4326", transform=transform)
    assert "note.geographic" in codes(look(image=degrees, model="toy"), "info")


def test_the_area_counts_only_what_is_wanted(tmp_path: Path) -> None:
    path = write_image(tmp_path / "i.tif", patchy(200, 200))
    extent = (500_030.0, 5_000_000 - 330.0, 500_330.0, 5_000_000 - 30.0)
    result = look(image=path, model="toy", extent=extent, extent_crs="EPSG:32631")
    assert result.map_px == 10_000
    assert (result.map_width, result.map_height) == (100, 100)


def test_a_run_teaches_the_estimate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_image(tmp_path / "i.tif", patchy(500, 500))
    mapped = run_map(image=path, out=str(tmp_path / "o.tif"), window=256)
    result = look(image=path, model="toy", window=256, flips="none")
    assert result.estimate_s == pytest.approx(mapped.mapped_px / mapped.rate_px_s, rel=0.01)
    assert look(image=path, model="toy", window=256, flips="4").estimate_s == pytest.approx(4 * result.estimate_s)
    assert "note.size_time" in codes(result, "info")
    rates._file().write_text('{"broken": ')
    assert look(image=path, model="toy").estimate_s < 0
    monkeypatch.setenv("XDG_CACHE_HOME", "/proc/nowhere")
    rates.remember("m", "cpu", 10**7, 4.0, 1.0)  # a cache that cannot be written harms nothing


@pytest.mark.parametrize(("seconds", "text"), [(0.2, "1 s"), (61, "61 s"), (150, "2 min"), (7800, "2 h 10 min")])
def test_lengths_of_time(seconds: float, text: str) -> None:
    assert inspect_job.duration(seconds) == text


def test_it_is_quick_and_loads_no_torch_where_there_is_no_gpu(tmp_path: Path) -> None:
    path = write_image(tmp_path / "i.tif", patchy(300, 300))
    began = time.monotonic()
    look(image=path, model="toy")
    assert time.monotonic() - began < 1
    code = (
        "import sys; from urbangrain.engine.jobs import inspect as i; i._may_have_gpu = lambda: False;"
        "from urbangrain.engine.context import JobContext; from urbangrain.engine.protocol import InspectJob;"
        f"r = i.run(InspectJob({path!r}), JobContext()); print(r.device, 'torch' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["cpu", "False"]


def test_a_window_that_is_not_taken_is_said(tmp_path: Path) -> None:
    path = write_image(tmp_path / "i.tif", patchy(100, 100))
    assert "note.window_changed" not in codes(look(image=path, model="toy", window=256), "info")
    said = [r for r in look(image=path, model="toy", window=250).remarks if r.code == "note.window_changed"]
    assert [r.values for r in said] == [{"asked": 250, "used": 256}]
