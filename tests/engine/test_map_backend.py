"""Which backend runs a map: asked for by name, or chosen by a trial."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import rasterio
import torch
from mapping_toys import Blurry, make_card, use_model, write_image
from onnx_stand_ins import pretend_gpu
from onnx_toys import write_toy

from urbangrain.engine import jobs
from urbangrain.engine.context import JobContext
from urbangrain.engine.errors import JobCancelled, UrbanGrainError
from urbangrain.engine.inference import rates, trial
from urbangrain.engine.inference.onnx_session import CPU, CUDA, TENSORRT
from urbangrain.engine.jobs import map_backend
from urbangrain.engine.models.deepness import read_deepness
from urbangrain.engine.models.onnx_export import cached_onnx
from urbangrain.engine.protocol import MapJob, MapResult, ProtocolError


@pytest.fixture(autouse=True)
def _toy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    use_model(monkeypatch, make_card(), Blurry().eval())


@pytest.fixture
def image(tmp_path: Path) -> str:
    values = np.random.default_rng(3).normal(size=(4, 150, 170)).astype(np.float32)
    return write_image(tmp_path / "i.tif", values, descriptions=("blue", "green", "red", "nir"))


def run(image: str, out: Path, **options: object) -> MapResult:
    settings = {"device": "cpu", "precision": "fp32", "overwrite": True, **options}
    return jobs.run(MapJob(image, "toy", str(out), **settings))  # type: ignore[arg-type]


def read(path: str | Path) -> np.ndarray:
    with rasterio.open(path) as dataset:
        return dataset.read(1)


def onnx_files(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "cache" / "urbangrain" / "onnx").glob("*"))


def pretend(monkeypatch: pytest.MonkeyPatch, speeds: dict[str, float]) -> list[str]:
    """Let trials measure these rates; returns the list of what was tried."""
    tried: list[str] = []

    def measured(backend: object, *_: object) -> float:
        tried.append(backend.name)  # type: ignore[attr-defined]
        return speeds[backend.name]  # type: ignore[attr-defined]

    monkeypatch.setattr(trial, "rate", measured)
    monkeypatch.setattr(map_backend, "WORTH_S", 0.01)
    return tried


@pytest.mark.parametrize("window", [0, 96])
def test_onnx_runtime_makes_the_map_that_torch_makes(window: int, image: str, tmp_path: Path) -> None:
    ours = run(image, tmp_path / "t.tif", backend="torch", window=window)
    theirs = run(image, tmp_path / "o.tif", backend="onnxruntime", window=window)
    assert (ours.backend, theirs.backend) == ("torch", "onnxruntime")
    a, b = read(ours.classes), read(theirs.classes)
    assert len(np.unique(a)) == 5
    assert (a == b).mean() > 0.9999
    assert len(onnx_files(tmp_path)) == 1  # kept for the next run
    before = onnx_files(tmp_path)[0].stat().st_ino
    run(image, tmp_path / "o.tif", backend="onnxruntime", window=window)
    assert [f.stat().st_ino for f in onnx_files(tmp_path)] == [before]


@pytest.mark.parametrize(
    ("speeds", "taken"),
    [
        ({"torch": 1e6, "onnxruntime": 2e6}, "onnxruntime"),
        ({"torch": 1e6, "onnxruntime": 1.05e6}, "torch"),
        ({"torch": 3e6, "onnxruntime": 2e6}, "torch"),
    ],
)
def test_the_faster_one_is_taken_remembered_and_told(
    speeds: dict[str, float], taken: str, image: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = pretend(monkeypatch, speeds)
    for expected in (["torch", "onnxruntime"], []):  # the second run knows
        tried.clear()
        result = run(image, tmp_path / "c.tif")
        assert tried == expected
        assert result.backend == taken
        said = [r.values for r in result.remarks if r.code == "note.backend_chosen"]
        assert len(said) == 1
        assert said[0]["rate"] == pytest.approx(speeds[taken] / 1e6, rel=0.1)


def test_a_small_map_is_not_worth_a_trial(image: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tried = pretend(monkeypatch, {"torch": 1e6, "onnxruntime": 9e6})
    monkeypatch.setattr(map_backend, "WORTH_S", 120.0)
    result = run(image, tmp_path / "c.tif")
    assert (result.backend, tried) == ("torch", [])
    assert "note.backend_chosen" not in {r.code for r in result.remarks}


def test_what_onnx_runtime_cannot_do_torch_does(image: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("an operator that ONNX lacks")

    pretend(monkeypatch, {"torch": 1e6, "onnxruntime": 9e6})
    monkeypatch.setattr(map_backend, "cached_onnx", broken)
    assert run(image, tmp_path / "c.tif").backend == "torch"
    with pytest.raises(UrbanGrainError) as caught:
        run(image, tmp_path / "d.tif", backend="onnxruntime")
    assert caught.value.code == "backend.unavailable"
    assert "ONNX lacks" in str(caught.value)
    assert not (tmp_path / "d.tif").exists()


def test_wishes_that_contradict_each_other(image: str, tmp_path: Path) -> None:
    with pytest.raises(UrbanGrainError, match="fp32"):
        run(image, tmp_path / "c.tif", backend="onnxruntime", precision="bf16")
    with pytest.raises(ProtocolError):
        MapJob(image, "toy", "c.tif", backend="tensorrt")


def provider_notes(result: MapResult) -> list[tuple[str, dict[str, object]]]:
    return [(r.severity, dict(r.values)) for r in result.remarks if r.code == "note.provider_missing"]


def test_fp16_is_for_gpus(image: str, tmp_path: Path) -> None:
    with pytest.raises(UrbanGrainError, match="it runs there in fp32, not in fp16"):
        run(image, tmp_path / "c.tif", backend="onnxruntime", precision="fp16")
    assert onnx_files(tmp_path) == []


@pytest.mark.parametrize(
    ("silent", "device", "notes"),
    [
        ((), "cuda:0 (TensorRT)", []),
        ((TENSORRT,), "cuda:0", [("info", {"asked": "TensorRT", "used": "CUDA"})]),
    ],
)
def test_what_ran_on_a_gpu_is_in_the_result_and_the_provenance(
    silent: tuple[str, ...],
    device: str,
    notes: list[object],
    image: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ours = run(image, tmp_path / "t.tif", backend="torch")
    seen = pretend_gpu(monkeypatch, silent=silent)
    result = run(image, tmp_path / "o.tif", backend="onnxruntime", device="cuda:0", precision="fp16")
    assert (result.device, result.precision, result.backend) == (device, "fp16", "onnxruntime")
    assert provider_notes(result) == notes
    assert seen.options[TENSORRT]["trt_fp16_enable"] == "1"
    assert Path(seen.options[TENSORRT]["trt_engine_cache_path"]).parent == tmp_path / "cache/urbangrain/tensorrt"
    with rasterio.open(result.classes) as dataset:
        about = json.loads(dataset.tags()["URBANGRAIN_PROVENANCE"])
    assert (about["device"], about["precision"], about["backend"]) == (device, "fp16", "onnxruntime")
    assert (read(ours.classes) == read(result.classes)).mean() > 0.99


def test_a_gpu_that_does_not_start_is_told_and_the_cpu_gets_fp32(
    image: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = run(image, tmp_path / "t.tif", backend="torch")
    for precision in ("fp16", "fp32"):  # torch's exporter would look at the pretended GPU
        cached_onnx(rates.cache_folder() / "onnx", Blurry().eval(), make_card(), 64, precision)
    pretend_gpu(monkeypatch, torch_sees_it=True, silent=(TENSORRT,), loud=(CUDA,))
    result = run(image, tmp_path / "o.tif", backend="onnxruntime", device="auto", precision="auto")
    assert (result.device, result.precision) == ("cpu", "fp32")
    assert provider_notes(result) == [("warning", {"asked": "TensorRT, CUDA", "used": "CPU"})]
    assert "note.cpu_fallback" not in {r.code for r in result.remarks}  # it says that there is no GPU
    assert (read(ours.classes) == read(result.classes)).mean() > 0.9999
    with pytest.raises(UrbanGrainError) as caught:
        run(image, tmp_path / "d.tif", backend="onnxruntime", device="auto", precision="fp16")
    assert caught.value.code == "backend.unavailable"


def test_a_file_from_elsewhere_keeps_its_precision(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rgb = np.random.default_rng(1).integers(0, 256, (3, 90, 80)).astype(np.uint8)
    picture = write_image(tmp_path / "rgb.tif", rgb, descriptions=("red", "green", "blue"))
    model = write_toy(tmp_path / "m.onnx", ["softmax"], side=None)
    use_model(monkeypatch, read_deepness(model), Blurry())
    seen = pretend_gpu(monkeypatch, available=(TENSORRT, CUDA, CPU))
    result = run(picture, tmp_path / "o.tif", device="auto", precision="fp16", window=48)
    assert (result.device, result.precision) == ("cuda:0 (TensorRT)", "fp32")
    assert seen.options[TENSORRT]["trt_fp16_enable"] == "0"
    # windows of the job's size, rounded to whole strides, and not of the file's habit
    assert seen.options[TENSORRT]["trt_profile_min_shapes"] == "x:1x3x64x64"
    assert {shape[2:] for _, _, shape, _ in seen.inputs} == {(64, 64)}


def test_a_trial_is_run_on_the_gpu_that_torch_has(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[object, ...]] = []
    monkeypatch.setattr(map_backend, "_trial_name", lambda *_: "trial|x")
    monkeypatch.setattr(map_backend, "warm_network", lambda card: None)
    monkeypatch.setattr(map_backend, "_as_onnx", lambda *given: asked.append(given[3:]) or _Named())
    rates.remember_trial("trial|x", {"torch": 1.0, "onnxruntime": 2.0})
    for device, expected in (("cuda:1", "cuda:1"), ("cpu", "auto")):
        ours = _Named()
        ours.device = torch.device(device)
        job = MapJob("i.tif", "toy", "c.tif", device="auto", batch=1)
        plan = type("Plan", (), {"card": make_card()})()
        map_backend._faster(job, plan, ours, JobContext())  # type: ignore[arg-type]
        assert asked.pop() == (expected,)  # and no folder, so no TensorRT


class _Named:
    """A backend as far as choosing one looks at it."""

    name, device_name, precision = "torch", "x", "fp32"
    classes, upscale = 5, 1

    def close(self) -> None:
        pass


def test_several_devices_map_together(image: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as pretended:
        pretended.setattr(map_backend, "choose_devices", lambda device: [torch.device("cpu")] * 2)
        both = run(image, tmp_path / "both.tif", device="cuda:0,1", precision="fp32")
    one = run(image, tmp_path / "one.tif", device="cpu", precision="fp32")
    assert both.device == "cpu, cpu"
    with rasterio.open(both.classes) as ours, rasterio.open(one.classes) as theirs:
        assert np.array_equal(ours.read(), theirs.read())


def test_a_trial_measures_and_can_be_cancelled() -> None:
    from mapping_toys import Identity, backend

    assert trial.rate(backend(Identity()), 4, 32, 2, seconds=0.05) > 0
    context = JobContext()
    context.cancelled.set()
    with pytest.raises(JobCancelled):
        trial.rate(backend(Identity()), 4, 32, 2, context.check)
    assert trial.faster("torch", {"torch": 1.0, "onnxruntime": 1.09}) == "torch"
    assert trial.faster("torch", {"torch": 1.0, "onnxruntime": 1.2}) == "onnxruntime"


def test_rates_of_a_trial_are_kept_whole() -> None:
    rates.remember_trial("trial|a", {"torch": 2.0})
    assert rates.trial_rates("trial|a", ("torch", "onnxruntime")) is None
    rates.remember_trial("trial|a", {"torch": 2.0, "onnxruntime": 3.0})
    assert rates.trial_rates("trial|a", ("torch", "onnxruntime")) == {"torch": 2.0, "onnxruntime": 3.0}
