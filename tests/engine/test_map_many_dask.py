"""Many scenes on a Dask cluster of real processes: killed workers, two jobs at once, cancelling."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import rasterio
from onnx_toys import write_toy

from urbangrain.engine.context import JobContext
from urbangrain.engine.errors import JobCancelled, UrbanGrainError
from urbangrain.engine.jobs import map_many, map_many_dask
from urbangrain.engine.protocol import MapManyJob, MapManyResult
from urbangrain.engine.scenes import records

distributed = pytest.importorskip("distributed")

pytestmark = pytest.mark.skipif(os.name == "nt", reason="kills processes by signal")


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """Address of a scheduler with two workers of one thread, each a process that is started anew when it dies."""
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0", host="127.0.0.1"
    ) as cluster:
        yield cluster.scheduler_address


@pytest.fixture
def model(tmp_path: Path) -> str:
    """A network that answers with the brightest of three bands."""
    names = {"0": "water", "1": "tree", "2": "grass"}
    metadata = {"class_names": names, "resolution": 100, "tile_size": 32, "model_type": "Segmentor"}
    return str(write_toy(tmp_path / "toy.onnx", metadata=metadata))


def write_scene(path: Path, seed: int, side: int) -> np.ndarray:
    """Write a scene of 1 m pixels; returns the classes that it shows, from 0."""
    classes = np.random.default_rng(seed).integers(0, 3, (side, side))
    pixels = np.stack([(classes == k) * np.uint8(255) for k in range(3)]).astype(np.uint8)
    with rasterio.open(
        path, "w", driver="GTiff", count=3, height=side, width=side, dtype="uint8", crs="EPSG:32631",
        transform=rasterio.transform.from_origin(500_000 + seed * side, 5_000_000, 1, 1),
    ) as dataset:  # fmt: skip
        dataset.write(pixels)
    return classes


@pytest.fixture
def scenes(tmp_path: Path) -> Path:
    folder = tmp_path / "scenes"
    folder.mkdir()
    for seed in range(5):
        write_scene(folder / f"s{seed}.tif", seed, 350)
    return folder


def job(inputs: Path, model: str, out: Path, cluster: str, **more: object) -> MapManyJob:
    values = {"device": "cpu", "flips": "8", "overlap": 0.5, "dask": cluster, "mosaic": "none", **more}
    return MapManyJob((str(inputs),), model, str(out), **values)


def read(path: str | Path | None) -> np.ndarray:
    with rasterio.open(path) as dataset:
        return dataset.read(1)


def under_way(out: Path, part: str = "scenes/*.json", besides: tuple[int, ...] = ()) -> dict:
    """Wait for a task that a worker has begun and not finished; returns its record, and its path as 'path'."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        for path in out.glob(f".urbangrain/{part}"):
            record = records.read(path)
            if record.get("state") == "started" and record["pid"] not in besides:
                return {**record, "path": path}
        time.sleep(0.005)
    pytest.fail("no task was begun")


def in_background(what: MapManyJob, context: JobContext | None = None) -> tuple[threading.Thread, list]:
    answer: list = []

    def run() -> None:
        try:
            answer.append(map_many.run(what, context or JobContext()))
        except BaseException as error:
            answer.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    return thread, answer


def test_a_worker_that_is_killed_costs_nothing(cluster: str, scenes: Path, model: str, tmp_path: Path) -> None:
    out = tmp_path / "maps"
    thread, answer = in_background(job(scenes, model, out, cluster, mosaic="vrt"))
    record = under_way(out)
    assert record["pid"] != os.getpid()
    os.kill(record["pid"], signal.SIGKILL)
    thread.join(120)
    result = answer[0]
    assert isinstance(result, MapManyResult), result
    assert [scene.state for scene in result.scenes] == ["done"] * 5
    assert record["path"].stem in [scene.name for scene in result.scenes if scene.attempts == 2]
    # The killed worker had one scene; nothing else was begun twice, not even what it had finished before.
    assert sorted(scene.attempts for scene in result.scenes) == [1, 1, 1, 1, 2]
    hosts = {records.read(p)["pid"] for p in out.glob(".urbangrain/scenes/*.json")}
    assert os.getpid() not in hosts
    assert len(hosts) > 1
    for seed, scene in enumerate(result.scenes):
        with rasterio.open(scene.image) as dataset:
            assert np.array_equal(read(scene.classes), dataset.read().argmax(axis=0)), seed
    assert not [p for p in out.iterdir() if p.name.startswith(".s")]
    with rasterio.open(result.mosaic) as mosaic:
        assert mosaic.shape == (350, 1750)
    before = {p: p.stat().st_mtime_ns for p in out.glob("*_classes.tif")}
    again = map_many.run(job(scenes, model, out, cluster), JobContext())
    assert [scene.state for scene in again.scenes] == ["kept"] * 5
    assert {p: p.stat().st_mtime_ns for p in out.glob("*_classes.tif")} == before


def test_blocks_of_a_scene_are_shared_and_survive_a_kill(cluster: str, model: str, tmp_path: Path) -> None:
    inputs = tmp_path / "large"
    inputs.mkdir()
    settings = {"confidence": True, "min_patch_m2": 3, "flips": "4"}
    shown = write_scene(inputs / "large.tif", 1, 1100)
    out = tmp_path / "maps"
    thread, answer = in_background(job(inputs, model, out, cluster, block_mpx=0.5, **settings))
    first = under_way(out, "blocks/large/*.json")
    second = under_way(out, "blocks/large/*.json", (first["pid"],))
    assert second["path"] != first["path"]  # two workers, one scene
    os.kill(first["pid"], signal.SIGKILL)
    thread.join(200)
    result = answer[0]
    assert isinstance(result, MapManyResult), result
    assert [scene.state for scene in result.scenes] == ["done"]
    alone = map_many.run(job(inputs, model, tmp_path / "alone", "", **settings), JobContext())
    assert np.array_equal(read(result.scenes[0].classes), read(alone.scenes[0].classes))
    assert np.array_equal(read(result.scenes[0].confidence), read(alone.scenes[0].confidence))
    assert 0.3 < (read(result.scenes[0].classes) == shown).mean() < 1  # the noise was cleaned up
    assert result.areas == alone.areas
    assert not list((out / ".urbangrain" / "blocks").iterdir())


def test_two_jobs_on_one_folder_share_the_work(cluster: str, scenes: Path, model: str, tmp_path: Path) -> None:
    out = tmp_path / "maps"
    thread, answer = in_background(job(scenes, model, out, cluster))
    other = map_many.run(job(scenes, model, out, cluster), JobContext())
    thread.join(120)
    both = zip(answer[0].scenes, other.scenes)
    assert [sorted((one.state, two.state)) for one, two in both] == [["done", "kept"]] * 5
    assert {scene.attempts for scene in other.scenes} == {1}


def test_cancelling_stops_the_workers(cluster: str, scenes: Path, model: str, tmp_path: Path) -> None:
    out = tmp_path / "maps"
    context = JobContext()
    thread, answer = in_background(job(scenes, model, out, cluster), context)
    under_way(out)
    asked = time.monotonic()
    context.cancelled.set()
    thread.join(30)
    assert time.monotonic() - asked < 5
    assert isinstance(answer[0], JobCancelled)
    end = time.monotonic() + 20
    while time.monotonic() < end and any(records.read(p)["state"] == "started" for p in _records(out)):
        time.sleep(0.1)
    left = _records(out)
    assert all(records.read(path)["state"] == "done" for path in left)
    assert len(left) < 5
    time.sleep(1)
    assert len(_records(out)) == len(left)  # nobody goes on
    rest = map_many.run(job(scenes, model, out, cluster), JobContext())
    assert [scene.state for scene in rest.scenes].count("kept") == len(left)


def _records(out: Path) -> list[Path]:
    return [path for path in out.glob(".urbangrain/scenes/*.json") if records.read(path)]


def test_a_scene_that_fails_on_a_worker_says_why(cluster: str, scenes: Path, model: str, tmp_path: Path) -> None:
    (scenes / "s9.tif").write_bytes(b"II*\0 and then nothing")
    result = map_many.run(job(scenes, model, tmp_path / "maps", cluster), JobContext())
    assert [scene.state for scene in result.scenes] == ["done"] * 5 + ["failed"]
    assert result.scenes[5].code == "image.unreadable"


def test_a_scene_that_kills_every_worker_is_given_up(
    cluster: str, scenes: Path, model: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    submit = distributed.Client.submit

    def deadly(self: object, function: object, task: object, *rest: object, **options: object) -> object:
        return submit(self, _die if task.job.image.endswith("s1.tif") else function, task, *rest, **options)

    monkeypatch.setattr(distributed.Client, "submit", deadly)
    result = map_many.run(job(scenes, model, tmp_path / "maps", cluster), JobContext())
    failed = [scene for scene in result.scenes if scene.state == "failed"]
    assert [(scene.name, scene.code) for scene in failed] == [("s1", "many.worker_lost")]


def _die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_worker_that_does_not_see_the_folder_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    task = map_many_dask.Task(MapManyJob(("a",), "m", "o").scene_job("a", "o"), str(tmp_path / "no" / "r.json"), "", "")

    class Worker:
        address = "tcp://elsewhere:1"

    monkeypatch.setattr(distributed, "get_worker", Worker)
    assert map_many_dask.work(task, "", []).code == "dask.out_of_sight"
    monkeypatch.setattr(map_many_dask, "__version__", "9")
    outcome = map_many_dask.work(task, "", [])
    assert (outcome.code, outcome.values["theirs"]) == ("dask.version", "9")


def test_no_scheduler_is_one_sentence(
    scenes: Path, model: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(map_many_dask, "CONNECT_S", 1)
    with pytest.raises(UrbanGrainError) as caught:
        map_many.run(job(scenes, model, tmp_path / "maps", "tcp://127.0.0.1:9"), JobContext())
    assert caught.value.code == "dask.unreachable"
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UrbanGrainError) as caught:
        map_many.run(job(scenes, model, tmp_path / "maps", "tcp://127.0.0.1:9"), JobContext())
    assert caught.value.code == "dask.missing"


def test_a_scheduler_that_dies_is_one_sentence(
    scenes: Path, model: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(map_many_dask, "CONNECT_S", 5)
    out = tmp_path / "maps"
    with distributed.LocalCluster(n_workers=1, threads_per_worker=1, processes=True, dashboard_address=":0") as cluster:
        thread, answer = in_background(job(scenes, model, out, cluster.scheduler_address))
        under_way(out)
    thread.join(60)
    assert isinstance(answer[0], UrbanGrainError)
    assert answer[0].code == "dask.lost"
    rest = map_many.run(job(scenes, model, out, "", flips="8"), JobContext())
    assert not [scene for scene in rest.scenes if scene.state == "failed"]


def test_dask_is_not_loaded_unasked(scenes: Path, model: str, tmp_path: Path) -> None:
    code = (
        "import sys; from urbangrain.engine.cli import main; code = main(sys.argv[1:]);"
        "assert 'distributed' not in sys.modules; raise SystemExit(code)"
    )
    arguments = ["map-many", str(scenes), "--model", model, "--out-dir", str(tmp_path / "m"), "--json"]
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert len(json.loads(done.stdout)["scenes"]) == 5
