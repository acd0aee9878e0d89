"""Damaged images, impossible requests and interrupted jobs: one clear sentence, and nothing left behind."""

from __future__ import annotations

import errno
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import textwrap
import threading
import time
from pathlib import Path

import numpy as np
import pytest
import rasterio
import torch
from mapping_toys import Blurry, Identity, make_card, patchy, use_model, write_image
from rasterio.transform import from_origin
from test_map_job import read, run

from urbangrain.engine.context import JobContext, ProgressReport
from urbangrain.engine.errors import JobCancelled, UrbanGrainError
from urbangrain.engine.raster.outputs import Outputs


@pytest.fixture(autouse=True)
def _toy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    use_model(monkeypatch, make_card(), Identity())


@pytest.fixture
def image(tmp_path: Path) -> str:
    return write_image(tmp_path / "image.tif", patchy(120, 130).astype(np.uint16))


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "maps"
    folder.mkdir()
    return folder / "classes.tif"


def refused(code: str, **job: object) -> UrbanGrainError:
    with pytest.raises(UrbanGrainError) as caught:
        run(**job)
    assert caught.value.code == code, caught.value
    return caught.value


def test_a_truncated_file_is_told_by_its_rows(tmp_path: Path, out: Path) -> None:
    noise = np.random.default_rng(0).integers(1, 6, (4, 700, 300)).astype(np.uint16)
    path = Path(write_image(tmp_path / "i.tif", noise, descriptions=None, tiled=True, blockxsize=128, blockysize=128))
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * 0.7)])
    error = refused("image.block_damaged", image=str(path), out=str(out), bands=(1, 2, 3, 4))
    assert 0 < error.values["row_from"] < error.values["row_to"] < 700
    assert list(out.parent.iterdir()) == []


def test_a_corrupt_block_in_the_middle_is_never_silent_zeros(tmp_path: Path, out: Path) -> None:
    noise = np.random.default_rng(0).integers(1, 6, (4, 640, 256)).astype(np.uint16)
    path = Path(write_image(tmp_path / "i.tif", noise, tiled=True, blockxsize=64, blockysize=64, compress="deflate"))
    with rasterio.open(path) as dataset:
        at = int(dataset.get_tag_item("BLOCK_OFFSET_2_5", "TIFF", bidx=1))
    blob = bytearray(path.read_bytes())
    blob[at : at + 200] = b"\xff" * 200
    path.write_bytes(blob)
    error = refused("image.block_damaged", image=str(path), out=str(out))
    assert (error.values["row_from"], error.values["row_to"]) == (320, 383)
    assert list(out.parent.iterdir()) == []


def test_a_header_that_claims_a_million_pixels_a_side_allocates_nothing(tmp_path: Path, out: Path) -> None:
    path = tmp_path / "huge.tif"
    with rasterio.open(
        path, "w", driver="GTiff", width=1_000_000, height=1_000_000, count=1, dtype="uint8", crs="EPSG:32631",
        transform=from_origin(0, 0, 3, 3), sparse_ok=True, tiled=True, blockxsize=8192, blockysize=8192, bigtiff="YES",
    ):  # fmt: skip
        pass
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    refused("image.too_large", image=str(path), out=str(out))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000  # kB


def test_images_that_are_none(tmp_path: Path, out: Path) -> None:
    refused("file.not_found", image=str(tmp_path / "none.tif"), out=str(out))
    text = tmp_path / "text.tif"
    text.write_text("not an image")
    refused("image.unreadable", image=str(text), out=str(out))
    pixels = patchy(20, 20)
    refused("image.no_crs", image=write_image(tmp_path / "a.tif", pixels, crs=None), out=str(out))
    with pytest.warns(rasterio.errors.NotGeoreferencedWarning):
        path = write_image(tmp_path / "b.tif", pixels, transform=rasterio.Affine.identity())
    refused("image.no_geotransform", image=path, out=str(out))
    path = write_image(tmp_path / "c.tif", pixels.astype(np.complex64))
    refused("image.complex", image=path, out=str(out))


def test_bands_that_do_not_fit(tmp_path: Path, image: str, out: Path) -> None:
    refused("bands.wrong_count", image=image, out=str(out), bands=(1, 2, 3))
    refused("bands.out_of_range", image=image, out=str(out), bands=(1, 2, 3, 5))
    refused("bands.required_absent", image=image, out=str(out), bands=(0, 2, 3, 4))
    two = write_image(tmp_path / "two.tif", patchy(20, 20)[None].repeat(2, 0), descriptions=("green", "red"))
    error = refused("bands.missing_role", image=two, out=str(out))
    assert error.values["role"] == "blue"


def test_an_optional_band_that_is_absent_enters_as_zeros(
    tmp_path: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[torch.Tensor] = []

    class Watching(Identity):
        def forward(self, x: torch.Tensor) -> torch.Tensor:
            seen.append(x.clone())
            return super().forward(x)

    use_model(monkeypatch, make_card(), Watching())
    path = write_image(tmp_path / "rgb.tif", patchy(40, 40)[None].repeat(3, 0), descriptions=("blue", "green", "red"))
    context = JobContext()
    run(context, image=path, out=str(out))
    assert "note.no_nir" in {r.code for r in context.remarks}
    assert all((x[:, 3] == 0).all() and (x[:, :3] != 0).any() for x in seen)


def test_outputs_that_cannot_be(tmp_path: Path, image: str, out: Path) -> None:
    refused("file.is_input", image=image, out=image, overwrite=True)
    link = tmp_path / "link.tif"
    link.symlink_to(image)
    refused("file.is_input", image=image, out=str(link), overwrite=True)
    refused("file.same_output", image=image, out=str(out), confidence=str(out.parent / "." / out.name))
    refused("file.folder_missing", image=image, out=str(tmp_path / "nowhere" / "o.tif"))
    refused("file.not_writable", image=image, out=str(out.parent), overwrite=True)
    out.write_text("mine")
    refused("file.exists", image=image, out=str(out))
    assert out.read_text() == "mine"
    blocked = tmp_path / "a file as folder"
    blocked.write_text("")
    refused("file.not_writable", image=image, out=str(blocked / "o.tif"))


def test_a_folder_that_cannot_be_written(image: str, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(*args: object, **kwargs: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(tempfile, "mkdtemp", denied)
    error = refused("file.not_writable", image=image, out=str(out))
    assert "Permission denied" in str(error)
    assert list(out.parent.iterdir()) == []


def test_two_jobs_on_one_output(image: str, out: Path) -> None:
    with Outputs({"classes": str(out)}, [], False):
        refused("file.busy", image=image, out=str(out))
    run(image=image, out=str(out))
    assert out.exists()


def test_what_a_killed_job_left_is_cleared(image: str, out: Path) -> None:
    left = out.with_name(f".{out.name}.urbangrain-abc")
    left.mkdir()
    (left / "scratch-classes.tif").write_text("half")
    out.with_name(f".{out.name}.urbangrain.lock").write_text("")
    run(image=image, out=str(out))
    assert sorted(p.name for p in out.parent.iterdir()) == ["classes.tif", "classes.tif.aux.xml"]


def test_a_failed_job_leaves_the_old_output_alone(image: str, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(image=image, out=str(out))
    before = out.read_bytes()

    class Broken(Identity):
        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return super().forward(x) * float("nan")

    use_model(monkeypatch, make_card(), Broken())
    refused("model.bad_output", image=image, out=str(out), overwrite=True)
    assert out.read_bytes() == before
    assert sorted(p.name for p in out.parent.iterdir()) == ["classes.tif", "classes.tif.aux.xml"]
    use_model(monkeypatch, make_card(), Identity())
    run(image=image, out=str(out), overwrite=True)


@pytest.mark.parametrize("stage", ["open", "statistics", "load", "map", "clean", "write", "polygons"])
def test_cancel_at_every_stage_leaves_nothing(stage: str, image: str, out: Path) -> None:
    context = JobContext()

    def on_progress(report: ProgressReport) -> None:
        if report.stage == stage:
            context.cancelled.set()

    context.on_progress = on_progress
    with pytest.raises(JobCancelled):
        run(context, image=image, out=str(out), polygons=str(out.with_name("p.gpkg")), min_patch_m2=100)
    assert list(out.parent.iterdir()) == []


def test_cancel_answers_at_once_within_a_batch(image: str, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    busy = threading.Event()

    class Slow(Identity):
        def forward(self, x: torch.Tensor) -> torch.Tensor:
            busy.set()
            time.sleep(2)
            return super().forward(x)

    use_model(monkeypatch, make_card(), Slow())
    context = JobContext()
    asked: list[float] = []

    def stop() -> None:
        busy.wait(30)
        asked.append(time.monotonic())
        context.cancelled.set()

    threading.Thread(target=stop).start()
    with pytest.raises(JobCancelled):
        run(context, image=image, out=str(out))
    assert time.monotonic() - asked[0] < 0.5
    assert list(out.parent.iterdir()) == []


def script(body: str) -> str:
    return textwrap.dedent(
        f"""
        import sys
        sys.path.insert(0, {str(Path(__file__).parent)!r})
        import pytest
        from mapping_toys import *
        from urbangrain.engine.context import JobContext
        from urbangrain.engine.jobs import map as map_job
        from urbangrain.engine.protocol import MapJob
        patch = pytest.MonkeyPatch()
        use_model(patch, make_card(), Identity())
        image, out = sys.argv[1:3]
        job = MapJob(image, "toy", out, device="cpu", precision="fp32", flips="none", overwrite=True)
        """
    ) + textwrap.dedent(body)


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX limits and signals")
def test_a_disk_that_fills_up_is_said_and_leaves_nothing(tmp_path: Path, out: Path) -> None:
    noise = np.random.default_rng(0).integers(1, 6, (1200, 1200)).astype(np.uint8)
    path = write_image(tmp_path / "i.tif", noise)
    body = """
        import resource, signal
        from urbangrain.engine.errors import UrbanGrainError
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
        try:
            map_job.run(job, JobContext())
        except UrbanGrainError as error:
            print(error.code)
        """
    done = subprocess.run([sys.executable, "-c", script(body), path, str(out)], capture_output=True, text=True)
    assert done.stdout.strip() == "file.not_writable", done.stderr
    assert list(out.parent.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX limits and signals")
def test_kill_leaves_no_file_under_the_final_name_and_the_next_run_works(tmp_path: Path, image: str, out: Path) -> None:
    body = """
        import os, signal
        def on_progress(report):
            if report.stage == "write":
                os.kill(os.getpid(), signal.SIGKILL)
        map_job.run(job, JobContext(on_progress))
        """
    done = subprocess.run([sys.executable, "-c", script(body), image, str(out)], capture_output=True)
    assert done.returncode == -signal.SIGKILL
    assert not out.exists()
    run(image=image, out=str(out))
    assert sorted(p.name for p in out.parent.iterdir()) == ["classes.tif", "classes.tif.aux.xml"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads the peak from /proc")
def test_memory_does_not_grow_with_the_height(tmp_path: Path) -> None:
    body = """
        from pathlib import Path
        from urbangrain.engine.raster import source
        source.GDAL_OPTIONS["GDAL_CACHEMAX"] = 16 << 20
        map_job.run(job, JobContext())
        print(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0])
        """
    peaks = []
    for height in (1500, 12000):
        path = tmp_path / f"{height}.tif"
        with rasterio.open(
            path, "w", driver="GTiff", width=800, height=height, count=4, dtype="float32", crs="EPSG:32631",
            transform=from_origin(0, 0, 3, 3), tiled=True, blockxsize=256, blockysize=256,
        ) as dataset:  # fmt: skip
            block = np.broadcast_to(patchy(500, 800).astype(np.float32), (4, 500, 800))
            for row in range(0, height, 500):
                dataset.write(block, window=rasterio.windows.Window(0, row, 800, 500))
        done = subprocess.run(
            [sys.executable, "-c", script(body), str(path), str(tmp_path / "o.tif")], capture_output=True, text=True,
            check=True, env={**os.environ, "MALLOC_ARENA_MAX": "1"},
        )  # fmt: skip
        peaks.append(int(done.stdout.split()[-1]) / 1024)
        path.unlink()
    # The taller image has 134 MB more pixels; the allocator grows the heap in steps of 64 MB.
    assert peaks[1] - peaks[0] < 100, peaks


def test_the_same_job_gives_the_same_bytes_of_pixels_with_any_batch_and_threads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_model(monkeypatch, make_card(), Blurry())
    picture = np.random.default_rng(1).normal(0, 1, (4, 150, 170)).astype(np.float32)
    path = write_image(tmp_path / "i.tif", picture)
    maps = []
    for i, how in enumerate(({"batch": 1, "threads": 1}, {"batch": 7, "threads": 2}, {})):
        run(image=path, out=str(tmp_path / f"{i}.tif"), flips="4", **how)
        maps.append(read(tmp_path / f"{i}.tif"))
    assert (maps[0] == maps[1]).mean() > 0.9999
    assert (maps[0] == maps[2]).mean() > 0.9999


def test_the_lock_is_gone_with_its_job(tmp_path: Path) -> None:
    outputs = Outputs({"a": str(tmp_path / "a.tif")}, [], False)
    with outputs:
        outputs.temporary("a").write_text("x")
        outputs.commit()
    assert [p.name for p in tmp_path.iterdir() if p.name != "cache"] == ["a.tif"]
    shutil.rmtree(tmp_path / "cache", ignore_errors=True)


def test_cancel_answers_at_once_within_a_long_gdal_call(image: str, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from urbangrain.engine.jobs import map_products

    context = JobContext()
    asked: list[float] = []
    ended = threading.Event()

    def endless(source: Path, path: Path, *rest: object) -> None:
        asked.append(time.monotonic())
        context.cancelled.set()
        time.sleep(1.5)
        try:
            path.write_text("too late")
        except OSError:
            ended.set()

    monkeypatch.setattr(map_products, "write_cog", endless)
    with pytest.raises(JobCancelled):
        run(context, image=image, out=str(out))
    assert time.monotonic() - asked[0] < 0.5
    monkeypatch.undo()
    assert list(out.parent.iterdir()) == []
    assert ended.wait(5)
    assert list(out.parent.iterdir()) == []
