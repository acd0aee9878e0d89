"""Execution providers of ONNX Runtime: what is asked for, what came up, and what a person is told."""

from __future__ import annotations

import gc
import os
import sys
import threading
import weakref
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from onnx_stand_ins import REAL_SESSION, pretend_gpu
from onnx_toys import write_numbers, write_toy

from urbangrain.engine.errors import UrbanGrainError
from urbangrain.engine.inference import onnx_session
from urbangrain.engine.inference.onnx_backend import OnnxBackend
from urbangrain.engine.inference.onnx_session import (
    CPU,
    CUDA,
    TENSORRT,
    Gpu,
    engine_folder,
    find_gpu,
    graph_precision,
    start,
)
from urbangrain.engine.models.card import ModelCard
from urbangrain.engine.models.deepness import read_deepness


def as_ours(path: Path) -> ModelCard:
    """Return the card of a toy as one of a network of ours: its logits need no look at a first answer."""
    return replace(read_deepness(path), network_options={"form": "logits"})


@pytest.fixture
def card(tmp_path: Path) -> ModelCard:
    return as_ours(write_toy(tmp_path / "m.onnx", ["logits"]))


def noise(count: int = 3) -> torch.Tensor:
    return torch.randn(count, 3, 32, 32, generator=torch.Generator().manual_seed(count))


def code_of(action: object) -> str:
    with pytest.raises(UrbanGrainError) as error:
        action()  # type: ignore[operator]
    return error.value.code


@pytest.mark.parametrize(
    ("device", "torch_sees_it", "available", "expected"),
    [
        ("cpu", True, (CUDA, CPU), None),
        ("auto", True, (CUDA, CPU), Gpu(1, True)),  # the one with more free memory
        ("cuda:0", True, (CUDA, CPU), Gpu(0, True)),
        ("auto", True, (CPU,), Gpu(1, True)),  # a GPU that ONNX Runtime cannot use is a matter to tell
        ("auto", False, (CUDA, CPU), Gpu(0, False)),
        ("cuda:3", False, (CUDA, CPU), Gpu(3, False)),
        ("auto", False, (CPU,), None),
        ("cuda", False, (CPU,), "device.unavailable"),
        ("cuda:0", True, (CPU,), "device.unavailable"),
        ("cuda:5", True, (CUDA, CPU), "device.unavailable"),
    ],
)
def test_which_gpu_is_asked_for(
    device: str, torch_sees_it: bool, available: tuple[str, ...], expected: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    pretend_gpu(monkeypatch, torch_sees_it, available)
    if isinstance(expected, str):
        assert code_of(lambda: find_gpu(device)) == expected
    else:
        assert find_gpu(device) == expected


@pytest.mark.parametrize(
    ("precision", "gpu", "capability", "expected"),
    [
        ("auto", None, 8, "fp32"),
        ("fp16", None, 8, "fp32"),
        ("auto", Gpu(0, True), 7, "fp16"),
        ("auto", Gpu(0, True), 6, "fp32"),  # no tensor cores
        ("fp16", Gpu(0, True), 6, "fp16"),
        ("fp32", Gpu(0, True), 8, "fp32"),
        ("auto", Gpu(0, False), 8, "fp32"),  # nobody knows what it is
        ("fp16", Gpu(0, False), 8, "fp16"),
    ],
)
def test_our_networks_are_halved_where_it_pays(
    precision: str, gpu: Gpu | None, capability: int, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pretend_gpu(monkeypatch, capability=capability)
    assert graph_precision(precision, gpu) == expected


@pytest.mark.parametrize(
    ("silent", "loud", "provider", "missing", "asked"),
    [
        ((), (), "TensorRT", (), [[TENSORRT, CUDA, CPU]]),
        ((TENSORRT,), (), "CUDA", ("TensorRT",), [[TENSORRT, CUDA, CPU], [CUDA, CPU]]),
        ((), (TENSORRT,), "CUDA", ("TensorRT",), [[TENSORRT, CUDA, CPU], [CUDA, CPU]]),
        ((TENSORRT,), (CUDA,), "CPU", ("TensorRT", "CUDA"), [[TENSORRT, CUDA, CPU], [CUDA, CPU], [CPU]]),
    ],
)
def test_the_best_provider_that_comes_up_runs_and_the_others_are_named(
    silent: tuple[str, ...],
    loud: tuple[str, ...],
    provider: str,
    missing: tuple[str, ...],
    asked: list[list[str]],
    card: ModelCard,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen = pretend_gpu(monkeypatch, True, silent=silent, loud=loud)
    backend = OnnxBackend(card, "auto", tensorrt=tmp_path / "engines")
    assert (backend.provider, backend.missing, seen.asked) == (provider, missing, asked)
    where = {"TensorRT": "cuda:1 Toy GPU (TensorRT)", "CUDA": "cuda:1 Toy GPU", "CPU": "cpu"}
    assert backend.device_name == where[provider]
    assert backend.device == torch.device("cpu" if provider == "CPU" else "cuda:1")


def test_tensorrt_is_asked_for_only_with_a_folder(card: ModelCard, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = pretend_gpu(monkeypatch, True)
    assert OnnxBackend(card, "cuda:0").provider == "CUDA"
    assert seen.asked == [[CUDA, CPU]]
    assert seen.options[CUDA]["device_id"] == "0"


def test_a_package_without_cuda_beside_a_gpu_is_told(card: ModelCard, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = pretend_gpu(monkeypatch, True, available=(CPU,))
    backend = OnnxBackend(card, "auto")
    assert (backend.provider, backend.missing, seen.asked) == ("CPU", ("CUDA",), [[CPU]])


def test_where_there_is_no_gpu_none_is_missed(card: ModelCard, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend_gpu(monkeypatch, False, loud=(TENSORRT, CUDA))
    backend = OnnxBackend(card, "auto")
    assert (backend.provider, backend.missing, backend.device_name) == ("CPU", (), "cpu")


def test_a_gpu_that_was_named_is_never_replaced(card: ModelCard, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend_gpu(monkeypatch, True, silent=(CUDA,))
    assert code_of(lambda: OnnxBackend(card, "cuda:0")) == "device.unavailable"


def test_batches_stay_on_the_gpu(card: ModelCard, monkeypatch: pytest.MonkeyPatch) -> None:
    right = OnnxBackend(card, "cpu").predict(noise())
    seen = pretend_gpu(monkeypatch, True)
    backend = OnnxBackend(card, "cuda:1")
    batch = noise()  # on the CPU: the stand-in's GPU
    torch.testing.assert_close(backend.predict(batch), right)
    assert seen.inputs == [("cuda", 1, (3, 3, 32, 32), batch.data_ptr())]
    assert seen.outputs[0][:3] == ("cuda", 1, (3, 3, 32, 32))  # no answer by way of the host, not even the first one
    assert seen.waited == [(1, 0)]
    assert backend.lanes == 1


def test_a_gpu_that_torch_does_not_see_gets_batches_from_the_host(
    card: ModelCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = OnnxBackend(card, "cpu").predict(noise())
    seen = pretend_gpu(monkeypatch, False)
    backend = OnnxBackend(card, "auto")
    assert (backend.provider, backend.device_name, backend.device) == ("CUDA", "cuda:0", torch.device("cpu"))
    torch.testing.assert_close(backend.predict(noise()), right)
    assert {one[:2] for one in seen.inputs + seen.outputs} == {("cpu", 0)}


@pytest.mark.parametrize("batch", [None, 2])
def test_tensorrt_builds_one_engine_for_all_batches(
    batch: int | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("urbangrain.engine.inference.onnx_backend.AT_ONCE_PX", 4 * 32 * 32)
    card = as_ours(write_toy(tmp_path / "m.onnx", ["logits"], batch=batch))
    seen = pretend_gpu(monkeypatch, True)
    engines = tmp_path / "engines"
    backend = OnnxBackend(card, "cuda:1", tensorrt=engines)
    options = seen.options[TENSORRT]
    folder = engines / f"{card.weights_sha256[:24]}-32-fp32"  # other weights, windows and precisions are elsewhere
    assert folder.is_dir()
    assert options["trt_engine_cache_path"] == str(folder)
    assert (options["device_id"], options["trt_engine_cache_enable"], options["trt_fp16_enable"]) == ("1", "1", "0")
    shapes = [options.get(f"trt_profile_{kind}_shapes") for kind in ("min", "opt", "max")]
    assert shapes == (["x:1x3x32x32", "x:4x3x32x32", "x:4x3x32x32"] if batch is None else [None] * 3)
    backend.predict(noise(7))
    assert [one[2][0] for one in seen.inputs] == ([4, 3] if batch is None else [2] * 4)


def test_old_engines_are_let_go(tmp_path: Path) -> None:
    for number in range(onnx_session.KEPT + 2):
        folder = engine_folder(tmp_path, f"e{number}")
        (folder / "engine").write_bytes(b"0")
        os.utime(folder, (number, number))
    engine_folder(tmp_path, "e2")  # used again
    engine_folder(tmp_path, "new")
    kept = {folder.name for folder in tmp_path.iterdir()}
    assert len(kept) == onnx_session.KEPT
    assert {"e2", "new", f"e{onnx_session.KEPT + 1}"} <= kept
    assert "e3" not in kept


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Failed to allocate memory for requested buffer of size 7", MemoryError),
        ("CUDNN failure 4: CUDNN_STATUS_ALLOC_FAILED ; GPU=0", MemoryError),
        ("CUDA out of memory. Tried to allocate 2 GiB", MemoryError),
        ("CUDA failure 700: an illegal memory access was encountered", "device.lost"),
        ("Non-zero status code returned while running Conv node", "model.bad_output"),
    ],
)
def test_what_a_failing_run_means(
    said: str, expected: object, card: ModelCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    backend = OnnxBackend(card, "cpu")

    def fail(*_: object) -> None:
        raise RuntimeError(said)

    monkeypatch.setattr("urbangrain.engine.inference.onnx_binding.Binding.run", fail)
    if isinstance(expected, str):
        assert code_of(lambda: backend.predict(noise())) == expected
    else:
        with pytest.raises(expected):  # type: ignore[call-overload]
            backend.predict(noise())


def test_an_answer_outlives_the_next_one(tmp_path: Path) -> None:
    for kind, scale in (("identity", 1.0), ("signed", 2.0), ("double", 1.0)):
        path = write_numbers(tmp_path / f"{kind}.onnx", kind, metadata={"reg_output_scaling": scale})
        backend = OnnxBackend(read_deepness(path), "cpu", threads=1)
        batches = [noise(2), noise(2) + 1]
        answers = [backend.predict(batch) for batch in batches]
        for batch, answer in zip(batches, answers):
            expected = (batch * 200 - 100) * scale if kind == "signed" else batch
            torch.testing.assert_close(answer, expected)


def test_scores_that_are_probabilities_already_outlive_the_next_ones_too(tmp_path: Path) -> None:
    path = write_toy(tmp_path / "m.onnx", ["softmax"])
    backend = OnnxBackend(read_deepness(path), "cpu", threads=1)
    session = REAL_SESSION(str(path), providers=[CPU])
    batches = [noise(2), noise(2) + torch.tensor([0.0, 1.0, 2.0])[:, None, None]]
    answers = [backend.predict(batch) for batch in batches]
    for batch, answer in zip(batches, answers):
        np.testing.assert_allclose(answer.numpy(), session.run(None, {"x": batch.numpy()})[0], atol=1e-6)


def test_lanes_do_not_disturb_each_other(card: ModelCard) -> None:
    backend = OnnxBackend(card, "cpu", threads=2)
    batches = [noise(2) * scale for scale in (1.0, -1.0, 0.5, 2.0)]
    right = [(batch * 20).softmax(dim=1) for batch in batches]
    wrong: list[float] = []

    def lane(number: int) -> None:
        for k in range(200):
            at = (k + 2 * number) % 4
            wrong.append(float((backend.predict(batches[at]) - right[at]).abs().max()))

    threads = [threading.Thread(target=lane, args=(number,)) for number in range(backend.lanes)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(threads) == 2
    assert len(wrong) == 400
    assert max(wrong) < 1e-5


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="threads are counted in /proc")
@pytest.mark.parametrize("threads", [1, 2, 5])
def test_lanes_and_the_session_s_own_threads_are_as_many_as_were_asked_for(threads: int, card: ModelCard) -> None:
    OnnxBackend(card, "cpu", 1).close()  # what ONNX Runtime starts only once
    before = len(os.listdir("/proc/self/task"))
    backend = OnnxBackend(card, "cpu", threads)
    own = len(os.listdir("/proc/self/task")) - before
    backend.close()
    assert backend.lanes + own == threads


def test_a_closed_backend_lets_the_session_go(card: ModelCard) -> None:
    backend = OnnxBackend(card, "cpu")
    backend.predict(noise())
    session = weakref.ref(backend._session)
    backend.close()
    gc.collect()
    assert session() is None


def test_a_file_that_no_provider_takes_is_damaged(tmp_path: Path, card: ModelCard) -> None:
    path = tmp_path / "broken.onnx"
    path.write_bytes(card.weights.read_bytes().replace(b"Mul", b"Mux"))  # an operator that nobody knows
    assert code_of(lambda: start(path, None, 1)) == "model.weights_damaged"
    broken = replace(card, weights=path, weights_sha256="")
    assert code_of(lambda: OnnxBackend(broken, "cpu")) == "model.weights_damaged"
