"""A run that was killed goes on where it stopped, and the map is the same as in one go."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
import rasterio
from mapping_toys import Blurry, make_card, use_model, write_image

from urbangrain.engine.context import JobContext
from urbangrain.engine.errors import JobCancelled
from urbangrain.engine.jobs import map as map_job
from urbangrain.engine.jobs import map_products as products
from urbangrain.engine.protocol import MapJob, MapResult
from urbangrain.engine.raster import journal as journal_module
from urbangrain.engine.raster.journal import Journal

ROLES = ("classes", "confidence", "probabilities")


def read(folder: Path) -> dict[str, np.ndarray]:
    found = {}
    for role in ROLES:
        with rasterio.open(folder / f"{role}.tif") as dataset:
            found[role] = dataset.read()
    return found


def job(image: str, folder: Path, **more: object) -> MapJob:
    paths = {role: str(folder / f"{role}.tif") for role in ROLES[1:]}
    values = {
        "model": "toy",
        "device": "cpu",
        "precision": "fp32",
        "flips": "none",
        "window": 64,
        "batch": 8,
        **paths,
        **more,
    }
    return MapJob(image=image, out=str(folder / "classes.tif"), **values)


class Killed(BaseException):
    """Stands for a kill: what would tidy up after an error does not get to."""


@pytest.fixture
def image(tmp_path: Path) -> str:
    rng = np.random.default_rng(1)
    pixels = rng.integers(1, 900, (4, 700, 330)).astype(np.uint16)
    pixels[:, 100:180, 40:90] = 0
    return str(write_image(tmp_path / "image.tif", pixels, nodata=0))


@pytest.fixture
def interrupted(image: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Return a function that starts a job and stops it, as a kill does, after a share of its rows."""
    use_model(monkeypatch, make_card(), Blurry())
    monkeypatch.setattr(journal_module, "SYNC_S", 0.0)

    def start(share: float, **more: object) -> Path:
        folder = tmp_path / "out"
        folder.mkdir(exist_ok=True)
        with monkeypatch.context() as patch:
            patch.setattr("urbangrain.engine.raster.outputs.Outputs._clear", lambda self: _release(self))
            stop = int(700 * share)
            append = Journal.append

            def failing(self: Journal, rows: dict) -> None:
                append(self, rows)
                if self._written_rows >= stop:
                    raise Killed

            patch.setattr(Journal, "append", failing)
            with pytest.raises(Killed):
                map_job.run(job(image, folder, **more), JobContext())
        assert not list(folder.glob("*.tif"))
        return folder

    return start


def _release(outputs: object) -> None:
    for lock in outputs._locks:  # type: ignore[attr-defined]
        lock.release()


def in_one_go(image: str, tmp_path: Path) -> dict[str, np.ndarray]:
    folder = tmp_path / "whole"
    folder.mkdir()
    map_job.run(job(image, folder), JobContext())
    return read(folder)


def resume(image: str, folder: Path, **more: object) -> tuple[MapResult, list[str]]:
    result = map_job.run(job(image, folder, resume=True, **more), JobContext())
    return result, [r.code for r in result.remarks]


@pytest.mark.parametrize("share", [0.1, 0.5, 0.93, 1.0])
def test_a_resumed_map_is_the_map(share: float, image: str, interrupted, tmp_path: Path) -> None:
    folder = interrupted(share)
    result, said = resume(image, folder)
    assert "note.resumed" in said
    whole = in_one_go(image, tmp_path)
    for role, values in read(folder).items():
        np.testing.assert_array_equal(values, whole[role], err_msg=role)
    assert result.mapped_px == (whole["classes"] != 0).sum()
    assert sorted(p.name for p in folder.iterdir() if p.name.startswith(".")) == []


def test_finished_rows_are_not_computed_again(image: str, interrupted, monkeypatch: pytest.MonkeyPatch) -> None:
    from urbangrain.engine.inference.backends import TorchBackend

    counted = []
    predict = TorchBackend.predict
    monkeypatch.setattr(TorchBackend, "predict", lambda self, b: counted.append(len(b)) or predict(self, b))
    folder = interrupted(0.8)
    first = sum(counted)
    counted.clear()
    resume(image, folder)
    assert 0 < sum(counted) < 0.5 * first


def test_it_may_be_killed_again(image: str, interrupted, tmp_path: Path) -> None:
    interrupted(0.3)
    folder = interrupted(0.7, resume=True)
    resume(image, folder)
    whole = in_one_go(image, tmp_path)
    np.testing.assert_array_equal(read(folder)["classes"], whole["classes"])


@pytest.mark.parametrize("share", [0.4, 1.0, 1.6])
def test_blocks_of_columns_change_nothing_and_can_be_resumed(
    share: float, tmp_path: Path, interrupted, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = np.random.default_rng(4)
    wide = str(write_image(tmp_path / "wide.tif", rng.integers(1, 900, (4, 300, 1300)).astype(np.uint16), nodata=0))
    whole = in_one_go(wide, tmp_path)
    monkeypatch.setattr(map_job, "WIDEST", 600)
    folder = tmp_path / "out"
    folder.mkdir()
    written = []
    begin, append = products.Products.begin, Journal.append

    def failing(self: Journal, rows: dict) -> None:
        append(self, rows)
        written.append(rows["classes"].shape[1])
        if sum(written) >= 300 * share:
            raise Killed

    with monkeypatch.context() as patch:
        patch.setattr("urbangrain.engine.raster.outputs.Outputs._clear", lambda self: _release(self))
        patch.setattr(Journal, "append", failing)
        with pytest.raises(Killed):
            map_job.run(job(wide, folder), JobContext())
    begun = []
    monkeypatch.setattr(products.Products, "begin", lambda self, *a: begun.append(begin(self, *a)) or begun[-1])
    result, said = resume(wide, folder)
    assert "note.resumed" in said
    assert len(begun) == 3
    assert begun[0] == (300 if share >= 1 else begun[0])
    for role, values in read(folder).items():
        np.testing.assert_array_equal(values, whole[role], err_msg=role)
    assert result.mapped_px == 300 * 1300


@pytest.mark.parametrize("change", [{"overlap": 0.5}, {"flips": "4"}, {"blend": "mean"}, {"bands": (2, 1, 3, 4)}])
def test_another_job_starts_anew(change: dict, image: str, interrupted) -> None:
    folder = interrupted(0.6)
    _, said = resume(image, folder, **change)
    assert "note.nothing_to_resume" in said


def test_a_changed_image_starts_anew(image: str, interrupted) -> None:
    folder = interrupted(0.6)
    os.utime(image, ns=(1, 1))
    assert "note.nothing_to_resume" in resume(image, folder)[1]


@pytest.mark.parametrize("damage", ["state", "short", "missing"])
def test_a_damaged_journal_starts_anew(damage: str, image: str, interrupted, tmp_path: Path) -> None:
    folder = interrupted(0.6)
    left = next(folder.glob(".classes.tif.urbangrain-*/scratch-journal/0"))
    if damage == "state":
        (left / "rows.json").write_text("{")
    elif damage == "short":
        os.truncate(left / "confidence.raw", 1000)
    else:
        (left / "classes.raw").unlink()
    assert "note.nothing_to_resume" in resume(image, folder)[1]
    np.testing.assert_array_equal(read(folder)["classes"], in_one_go(image, tmp_path)["classes"])


def test_without_resume_nothing_is_taken_over(image: str, interrupted) -> None:
    folder = interrupted(0.6)
    result = map_job.run(job(image, folder), JobContext())
    assert not [r for r in result.remarks if "resum" in r.code]
    assert not list(folder.glob(".*"))


def test_cancelling_leaves_nothing_to_resume(
    image: str, tmp_path: Path, interrupted, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    context = JobContext()
    append = Journal.append

    def cancelling(self: Journal, rows: dict) -> None:
        append(self, rows)
        context.cancelled.set()

    monkeypatch.setattr(Journal, "append", cancelling)
    with pytest.raises(JobCancelled):
        map_job.run(job(image, folder), context)
    assert not list(folder.iterdir())


@pytest.mark.skipif(os.name == "nt", reason="kills a process by signal")
def test_a_killed_process_goes_on(tmp_path: Path) -> None:
    rng = np.random.default_rng(2)
    pixels = rng.integers(1, 2000, (4, 1800, 600)).astype(np.uint16)
    image = write_image(tmp_path / "image.tif", pixels)
    out = tmp_path / "classes.tif"
    command = [sys.executable, "-c", "import urbangrain.engine.raster.journal as j; j.SYNC_S = 0.0; "
               "from urbangrain.engine.cli import main; raise SystemExit(main())",
               "map", image, "--model", "landcover", "--out", str(out), "--flips", "none", "--json",
               "--device", "cpu", "--precision", "fp32"]  # fmt: skip
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    end = time.monotonic() + 180
    while time.monotonic() < end and process.poll() is None:
        states = list(tmp_path.glob(".classes.tif.urbangrain-*/scratch-journal/0/rows.json"))
        if states and json.loads(states[0].read_text())["rows"] > 300:
            break
        time.sleep(0.02)
    assert process.poll() is None, "it was done before it could be killed"
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert not out.exists()
    answer = subprocess.run([*command, "--resume"], capture_output=True, text=True, check=True)
    codes = [r["code"] for r in json.loads(answer.stdout)["remarks"]]
    assert "note.resumed" in codes
    with rasterio.open(out) as dataset:
        resumed = dataset.read(1)
    subprocess.run([*command, "--overwrite"], check=True, capture_output=True)
    with rasterio.open(out) as dataset:
        np.testing.assert_array_equal(resumed, dataset.read(1))
