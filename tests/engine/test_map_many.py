"""Many scenes as one job, on this machine: what is mapped, what is kept, and that blocks of rows change nothing."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
import rasterio
from mapping_toys import Blurry, Identity, make_card, patchy, use_model, write_image
from onnx_toys import write_numbers
from rasterio.transform import from_origin
from torch import nn

from urbangrain.engine.context import JobContext, ProgressReport
from urbangrain.engine.errors import JobCancelled, UrbanGrainError
from urbangrain.engine.jobs import map as map_job
from urbangrain.engine.jobs import map_many, map_many_merge
from urbangrain.engine.models.card import ModelCard, Scaling
from urbangrain.engine.protocol import MapManyJob, MapManyResult, ProtocolError, encode
from urbangrain.engine.raster import journal as journal_module
from urbangrain.engine.raster.journal import Journal
from urbangrain.engine.scenes import records


def use(monkeypatch: pytest.MonkeyPatch, card: ModelCard, network: nn.Module) -> None:
    use_model(monkeypatch, card, network)
    for module in (map_many, map_many_merge):
        monkeypatch.setattr(module, "resolve_for_pixels", lambda model: card)


@pytest.fixture
def identity(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, make_card(), Identity())


def run(*inputs: object, out_dir: Path, context: JobContext | None = None, **more: object) -> MapManyResult:
    values = {"model": "toy", "device": "cpu", "precision": "fp32", "flips": "none", "batch": 4, **more}
    job = MapManyJob(tuple(map(str, inputs)), out_dir=str(out_dir), **values)
    return map_many.run(job, context or JobContext())


def read(path: str | Path | None) -> np.ndarray:
    with rasterio.open(path) as dataset:
        return dataset.read(1)


def codes(result: MapManyResult) -> list[str]:
    return [remark.code for remark in result.remarks]


def states(result: MapManyResult) -> list[str]:
    return [scene.state for scene in result.scenes]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two scenes side by side, 60 rows of 80 and of 50 columns."""
    scenes = tmp_path / "scenes"
    scenes.mkdir()
    write_image(scenes / "a.tif", patchy(60, 80, seed=1).astype(np.uint16))
    write_image(scenes / "b.tif", patchy(60, 50, seed=2).astype(np.uint16), transform=from_origin(500_240, 5e6, 3, 3))
    return scenes


@pytest.fixture
def mapped(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the images that the map job was given."""
    names: list[str] = []
    real = map_job.run
    monkeypatch.setattr(map_job, "run", lambda job, context: names.append(Path(job.image).stem) or real(job, context))
    return names


@pytest.mark.usefixtures("identity")
def test_a_scene_that_fails_costs_the_others_nothing(folder: Path, tmp_path: Path) -> None:
    whole = (folder / "b.tif").read_bytes()
    (folder / "broken.tif").write_bytes(whole[: len(whole) // 2])
    (folder / "notes.md").write_text("no raster")
    out = tmp_path / "maps" / "of today"
    result = run(folder, out_dir=out, confidence=True)
    assert [(s.name, s.state) for s in result.scenes] == [("a", "done"), ("b", "done"), ("broken", "failed")]
    for scene in result.scenes[:2]:
        assert np.array_equal(read(scene.classes), read(scene.image))
        assert read(scene.confidence).min() > 0
    assert result.scenes[2].code == "image.unreadable"
    assert result.scenes[2].classes is None
    assert [(r.code, r.values) for r in result.remarks if r.severity == "error"] == [
        ("many.some_failed", {"failed": 1, "count": 3})
    ]
    both = np.concatenate([read(folder / "a.tif").ravel(), read(folder / "b.tif").ravel()])
    assert {a.value: a.pixels for a in result.areas} == {v: int((both == v).sum()) for v in range(1, 6)}
    assert sum(a.area_m2 for a in result.areas) == pytest.approx(both.size * 9.0)
    assert result.mapped_px == both.size
    assert np.array_equal(read(result.mosaic), np.hstack([read(folder / "a.tif"), read(folder / "b.tif")]))
    visible = sorted(p.name for p in out.iterdir() if not p.name.startswith("."))
    assert visible == [
        "a_classes.tif", "a_classes.tif.aux.xml", "a_confidence.tif", "b_classes.tif", "b_classes.tif.aux.xml",
        "b_confidence.tif", "mosaic.vrt",
    ]  # fmt: skip


@pytest.mark.usefixtures("identity")
def test_a_rerun_maps_only_what_is_new(folder: Path, tmp_path: Path, mapped: list[str]) -> None:
    out = tmp_path / "maps"
    first = run(folder, out_dir=out)
    write_image(folder / "c.tif", patchy(30, 30, seed=3).astype(np.uint16))
    second = run(folder, out_dir=out)
    assert mapped == ["a", "b", "c"]
    assert states(second) == ["kept", "kept", "done"]
    assert "note.scenes_kept" in codes(second)
    assert second.scenes[0].seconds == first.scenes[0].seconds
    assert second.mapped_px == 900
    assert sum(a.pixels for a in second.areas) == 60 * 130 + 900
    run(folder, out_dir=out, overwrite=True)  # nothing to replace: it is this very job's
    assert mapped == ["a", "b", "c"]
    moved = tmp_path / "elsewhere"
    out.rename(moved)
    third = run(folder, out_dir=moved)
    assert states(third) == ["kept"] * 3
    assert third.scenes[0].classes == str(moved / "a_classes.tif")


@pytest.mark.usefixtures("identity")
def test_what_changed_is_mapped_again_if_it_may_be(folder: Path, tmp_path: Path, mapped: list[str]) -> None:
    out = tmp_path / "maps"
    run(folder, out_dir=out)
    write_image(folder / "a.tif", patchy(60, 80, seed=9).astype(np.uint16))
    refused = run(folder, out_dir=out)
    assert states(refused) == ["failed", "kept"]
    assert refused.scenes[0].code == "file.exists"
    again = run(folder, out_dir=out, overwrite=True)
    assert states(again) == ["done", "kept"]
    assert np.array_equal(read(again.scenes[0].classes), read(folder / "a.tif"))
    other = run(folder, out_dir=out, overwrite=True, blend="mean")
    assert states(other) == ["done", "done"]
    Path(other.scenes[1].classes or "").unlink()
    assert states(run(folder, out_dir=out, blend="mean")) == ["kept", "done"]
    assert mapped == ["a", "b", "a", "a", "b", "b"]


@pytest.mark.usefixtures("identity")
def test_strangers_files_are_left_alone(folder: Path, tmp_path: Path, mapped: list[str]) -> None:
    out = tmp_path / "maps"
    out.mkdir()
    (out / "b_classes.tif").write_text("mine")
    result = run(folder, out_dir=out, mosaic="none")
    assert [s.code for s in result.scenes] == ["", "file.exists"]
    assert (out / "b_classes.tif").read_text() == "mine"
    assert result.mosaic is None
    (out / "mosaic.vrt").write_text("mine too")
    mapped.clear()
    with pytest.raises(UrbanGrainError) as caught:
        run(folder, out_dir=out)
    assert caught.value.code == "file.exists"
    assert mapped == []


@pytest.mark.usefixtures("identity")
def test_a_killed_scene_goes_on(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Killed(BaseException):
        """Stands for a kill: nothing tidies up after it."""

    write_image(folder / "b.tif", patchy(700, 90, seed=2).astype(np.uint16))
    out = tmp_path / "maps"
    append = Journal.append

    def failing(self: Journal, rows: dict) -> None:
        append(self, rows)
        if self._written_rows > 300:
            raise Killed

    monkeypatch.setattr(journal_module, "SYNC_S", 0.0)
    with monkeypatch.context() as patch:
        release = "urbangrain.engine.raster.outputs.Outputs._clear"
        patch.setattr(release, lambda self: [lock.release() for lock in self._locks])
        patch.setattr(records, "restore", lambda path, earlier: None)
        patch.setattr(Journal, "append", failing)
        with pytest.raises(Killed):
            run(folder, out_dir=out)
    assert records.read(out / ".urbangrain" / "scenes" / "b.json")["pid"] == os.getpid()
    result = run(folder, out_dir=out)
    assert [(s.state, s.attempts) for s in result.scenes] == [("kept", 1), ("done", 2)]
    said = records.read(out / ".urbangrain" / "scenes" / "b.json")["result"]["remarks"]
    assert [r["code"] for r in said if "resum" in r["code"]] == ["note.resumed"]
    assert np.array_equal(read(result.scenes[1].classes), read(folder / "b.tif"))
    assert not list(out.glob(".b_classes*"))


@pytest.mark.usefixtures("identity")
def test_a_kill_between_an_output_and_its_record_loses_nothing(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "maps"
    run(folder, out_dir=out)
    record = out / ".urbangrain" / "scenes" / "a.json"
    records.write(record, {**records.read(record), "state": "started"})
    assert states(run(folder, out_dir=out)) == ["done", "kept"]


@pytest.mark.usefixtures("identity")
def test_cancelling_keeps_what_is_done(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "maps"
    context = JobContext()
    seen: list[ProgressReport] = []

    def report(now: ProgressReport) -> None:
        seen.append(now)
        if now.stage == "scenes" and now.done == 1:
            context.cancelled.set()

    context.on_progress = report
    with pytest.raises(JobCancelled):
        run(folder, out_dir=out, context=context)
    assert sorted(p.name for p in out.iterdir()) == [".urbangrain", "a_classes.tif", "a_classes.tif.aux.xml"]
    assert [p.name for p in (out / ".urbangrain" / "scenes").iterdir()] == ["a.json"]
    assert states(run(folder, out_dir=out)) == ["kept", "done"]


@pytest.mark.usefixtures("identity")
def test_progress_counts_scenes_and_never_goes_back(folder: Path, tmp_path: Path) -> None:
    seen: list[ProgressReport] = []
    run(folder, out_dir=tmp_path / "maps", context=JobContext(on_progress=seen.append))
    fractions = [report.fraction for report in seen]
    assert fractions == sorted(fractions)
    mapping = [report for report in seen if report.stage == "scenes"]
    assert {report.total for report in mapping} == {2}
    assert [mapping[0].done, mapping[-1].done] == [0, 2]
    assert mapping[-1].rate > 0
    assert seen[-1].stage == "mosaic"


BLOCKS = {
    "plain": {},
    "cleaned": {"min_patch_m2": 300.0, "fill_holes_m2": 200.0},
    "resampled": {"gsd": 4.0},
    "coarser": {"gsd": 0.25, "min_patch_m2": 20.0},
    "model grid": {"gsd": 4.0, "grid": "model"},
    "degrees": {"transform": from_origin(8.5, 50.1, 4e-5, 3e-5), "crs": "EPSG:4326"},
    "south up": {"transform": from_origin(500_000, 5_000_000, 3, -3)},
}


@pytest.mark.parametrize("case", BLOCKS)
def test_blocks_of_rows_are_the_whole(case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    card = make_card(scaling=Scaling("percentile", (0.5,) * 4, (0.25,) * 4, (1.0,) * 4))
    use(monkeypatch, card, Blurry())
    options = dict(BLOCKS[case])
    place = {key: options.pop(key) for key in ("gsd", "transform", "crs") if key in options}
    shape = (4200, 1100) if case == "coarser" else (1300, 300)
    rng = np.random.default_rng(5)
    # Brightness grows down the image: blocks that measured only themselves would scale it differently.
    pixels = rng.normal(500, 100, (4, *shape)) + np.linspace(0, 900, shape[0])[None, :, None]
    if case == "plain":
        pixels[:, :512] = 0  # the first block has nothing to map
    image = write_image(tmp_path / "i.tif", pixels.astype(np.uint16), nodata=0, **place)
    settings = {"confidence": True, "mosaic": "none", **options}
    whole = run(image, out_dir=tmp_path / "whole", **settings).scenes[0]
    calls: list[object] = []
    real = map_job.run
    monkeypatch.setattr(map_job, "run", lambda job, context: calls.append(job.extent) or real(job, context))
    result = run(image, out_dir=tmp_path / "blocks", block_mpx=0.1, **settings)
    assert len(calls) > 1
    assert None not in calls
    scene = result.scenes[0]
    assert scene.state == "done"
    np.testing.assert_array_equal(read(scene.classes), read(whole.classes))
    np.testing.assert_array_equal(read(scene.confidence), read(whole.confidence))
    assert scene.mapped_px == whole.mapped_px
    with rasterio.open(scene.classes) as one, rasterio.open(whole.classes) as other:
        assert one.transform == other.transform
        assert one.colormap(1) == other.colormap(1)
    assert not list((tmp_path / "blocks" / ".urbangrain" / "blocks").iterdir())
    calls.clear()
    again = run(image, out_dir=tmp_path / "blocks", **settings)  # whole or in blocks: the same map
    assert states(again) == ["kept"]
    assert calls == []
    assert encode(again.areas) == encode(result.areas)


def test_blocks_that_are_done_are_not_mapped_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, make_card(), Identity())
    image = write_image(tmp_path / "i.tif", patchy(1300, 100).astype(np.uint16))
    context = JobContext()
    done: list[str] = []
    real = map_job.run

    def counting(job: object, inner: JobContext) -> object:
        if len(done) == 2:
            context.cancelled.set()
        result = real(job, inner)
        done.append(Path(job.out).stem)
        return result

    monkeypatch.setattr(map_job, "run", counting)
    with pytest.raises(JobCancelled):
        run(image, out_dir=tmp_path / "maps", block_mpx=0.05, context=context)
    assert done == ["0-512", "512-1024"]
    context.cancelled.clear()
    result = run(image, out_dir=tmp_path / "maps", block_mpx=0.05)
    assert done == ["0-512", "512-1024", "1024-1300"]
    assert np.array_equal(read(result.scenes[0].classes), read(image))


def test_a_scene_in_blocks_that_fails_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, make_card(), Identity())
    nothing = write_image(tmp_path / "nothing.tif", np.zeros((1100, 100), np.uint16), nodata=0)
    result = run(nothing, out_dir=tmp_path / "maps", block_mpx=0.05)
    assert [(s.state, s.code) for s in result.scenes] == [("failed", "image.no_pixels")]
    out = tmp_path / "others"
    out.mkdir()
    (out / "i_classes.tif").write_text("mine")
    image = write_image(tmp_path / "i.tif", patchy(1100, 100).astype(np.uint16))
    monkeypatch.setattr(map_job, "run", lambda *_: pytest.fail("mapped before it was known that it may be written"))
    assert run(image, out_dir=out, block_mpx=0.05).scenes[0].code == "file.exists"


def test_models_of_numbers_are_mapped_too(tmp_path: Path) -> None:
    model = str(write_numbers(tmp_path / "m.onnx", metadata={"resolution": 100}))
    folder = tmp_path / "scenes"
    folder.mkdir()
    pixels = np.random.default_rng(3).integers(0, 256, (3, 40, 100)).astype(np.uint8)
    for i, part in enumerate((pixels[..., :60], pixels[..., 60:])):
        place = from_origin(500_000 + 60 * i, 5_000_000, 1, 1)
        write_image(folder / f"{i}.tif", part, transform=place, descriptions=None)
    # Blocks are for classes: a scene of numbers is mapped as a whole.
    result = run(folder, out_dir=tmp_path / "maps", model=model, block_mpx=0.001)
    assert states(result) == ["done", "done"]
    assert result.areas == ()
    with rasterio.open(result.mosaic) as mosaic:
        assert mosaic.dtypes == ("float32",) * 3
        np.testing.assert_allclose(mosaic.read(), pixels / 255, atol=1e-5)
    with pytest.raises(UrbanGrainError) as caught:
        run(folder, out_dir=tmp_path / "others", model=model, confidence=True)
    assert caught.value.code == "values.no_classes"
    assert not (tmp_path / "others").exists()


@pytest.mark.usefixtures("identity")
def test_what_stops_the_whole_job(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(code: str, *inputs: object, **more: object) -> None:
        with pytest.raises(UrbanGrainError) as caught:
            run(*inputs, **{"out_dir": tmp_path / "maps", **more})
        assert caught.value.code == code

    refused("file.not_found", tmp_path / "none.tif")
    empty = tmp_path / "empty"
    empty.mkdir()
    refused("many.no_scenes", empty)
    refused("many.folder_is_input", folder, out_dir=folder)
    (tmp_path / "file").write_text("")
    refused("file.not_writable", folder, out_dir=tmp_path / "file" / "maps")
    assert not (tmp_path / "maps").exists()
    for wrong, field in (({"mosaic": "png"}, "mosaic"), ({"overlap": 2}, "overlap"), ({"block_mpx": -1}, "block_mpx")):
        with pytest.raises(ProtocolError) as error:
            run(folder, out_dir=tmp_path, **wrong)
        assert error.value.field == field
