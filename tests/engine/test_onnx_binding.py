"""Batches of ONNX Runtime in torch's memory."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
import torch
from onnx import TensorProto, helper
from onnx_stand_ins import REAL_SESSION, pretend_gpu, spied
from onnx_toys import write_numbers, write_toy

from urbangrain.engine.inference.onnx_binding import Binding
from urbangrain.engine.models.onnx_file import read_onnx


def bound(session: Any, path: Path, place: tuple[str, int] = ("cpu", 0), most: int = 0) -> Binding:
    file = read_onnx(path)
    return Binding(session, file.inputs[0], file.outputs[0], place, most)


def noise(count: int, side: int = 32) -> torch.Tensor:
    return torch.randn(count, 3, side, side, generator=torch.Generator().manual_seed(count))


def right(path: Path, batch: torch.Tensor) -> np.ndarray:
    rows = [REAL_SESSION(str(path), providers=["CPUExecutionProvider"]).run(None, {"x": row[None].numpy()})[0]
            for row in batch]  # fmt: skip
    return np.concatenate(rows)


def write_typed(path: Path, of_type: int, kind: str = "Identity", side: int | None = None) -> Path:
    """Write a network that gives its input back; 'ReduceMax' gives one row for the whole batch instead."""
    sides: list[Any] = ["n", 3, side or "h", side or "w"]
    source = helper.make_tensor_value_info("x", of_type, sides)
    target = helper.make_tensor_value_info("y", of_type, ["k", 3, side or "oh", side or "ow"])
    inputs, constants = ["x"], []
    if kind == "ReduceMax":
        inputs, constants = ["x", "axis"], [onnx.numpy_helper.from_array(np.array([0]), "axis")]
    graph = helper.make_graph([helper.make_node(kind, inputs, ["y"])], "typed", [source], [target], constants)
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9), str(path))
    return path


def test_the_batch_is_read_where_it_lies_and_the_answer_s_memory_is_used_again(tmp_path: Path) -> None:
    path = write_toy(tmp_path / "m.onnx", ["softmax"])
    session, seen = spied(str(path))
    binding = bound(session, path)
    addresses = []
    for count in (3, 3, 2, 4):
        batch = noise(count)
        answer = binding.run(batch, (3, 32, 32))
        np.testing.assert_allclose(answer.numpy(), right(path, batch), atol=1e-6)
        assert seen.inputs[-1] == ("cpu", 0, tuple(batch.shape), batch.data_ptr())
        assert seen.outputs[-1] == ("cpu", 0, (count, 3, 32, 32), answer.data_ptr())
        addresses.append(answer.data_ptr())
    assert addresses[0] == addresses[1] == addresses[2]  # a smaller batch fits as well
    assert len(seen.inputs) == 4


def test_a_batch_that_is_not_contiguous_is_copied_first(tmp_path: Path) -> None:
    path = write_toy(tmp_path / "m.onnx", ["softmax"])
    batch = noise(2).transpose(2, 3)
    session, _ = spied(str(path))
    np.testing.assert_allclose(bound(session, path).run(batch).numpy(), right(path, batch), atol=1e-6)


def test_an_unknown_shape_is_seen_in_the_first_run_and_costs_no_second_one(tmp_path: Path) -> None:
    path = write_numbers(tmp_path / "m.onnx", "both", upscale=2, side=None)
    session, seen = spied(str(path))
    binding = bound(session, path)
    first = binding.run(noise(2)).clone()
    assert seen.outputs == [("cpu", 0)]  # ONNX Runtime's own memory
    again = binding.run(noise(2))
    assert seen.outputs[1] == ("cpu", 0, (2, 3, 64, 64), again.data_ptr())
    torch.testing.assert_close(again, first)
    np.testing.assert_allclose(first.numpy(), right(path, noise(2)), atol=1e-6)
    other = binding.run(noise(2, 48))  # windows of another size have answers of another shape
    assert seen.outputs[2:] == [("cpu", 0)]
    np.testing.assert_allclose(other.numpy(), right(path, noise(2, 48)), atol=1e-6)


@pytest.mark.parametrize("known", [True, False])
def test_a_network_of_a_fixed_batch_is_filled_up(known: bool, tmp_path: Path) -> None:
    path = write_toy(tmp_path / "m.onnx", ["softmax"], batch=3)
    free = write_toy(tmp_path / "free.onnx", ["softmax"])
    session, seen = spied(str(path))
    binding = bound(session, path)
    for count in (1, 3, 5):
        answer = binding.run(noise(count), (3, 32, 32) if known else None)
        np.testing.assert_allclose(answer.numpy(), right(free, noise(count)), atol=1e-6)
    assert [one[2][0] for one in seen.inputs] == [3] * 4  # 1, 3 and twice for 5


@pytest.mark.parametrize("known", [True, False])
def test_no_run_takes_more_windows_than_it_may(known: bool, tmp_path: Path) -> None:
    path = write_toy(tmp_path / "m.onnx", ["softmax"])
    session, seen = spied(str(path))
    answer = bound(session, path, most=2).run(noise(5), (3, 32, 32) if known else None)
    np.testing.assert_allclose(answer.numpy(), right(path, noise(5)), atol=1e-6)
    assert [one[2][0] for one in seen.inputs] == [2, 2, 1]


@pytest.mark.parametrize(
    ("of_type", "dtype"),
    [(TensorProto.FLOAT16, torch.float16), (TensorProto.DOUBLE, torch.float64), (TensorProto.UINT8, torch.uint8)],
)
@pytest.mark.parametrize("known", [True, False])
def test_other_types_than_float32_are_bound_as_they_are(
    of_type: int, dtype: torch.dtype, known: bool, tmp_path: Path
) -> None:
    path = write_typed(tmp_path / "m.onnx", of_type)
    batch = noise(2).abs() * 20
    session, _ = spied(str(path))
    answer = bound(session, path).run(batch, (3, 32, 32) if known else None)
    assert answer.dtype == dtype
    torch.testing.assert_close(answer, batch.to(dtype))


def test_a_type_that_torch_lacks_is_named(tmp_path: Path) -> None:
    path = write_typed(tmp_path / "m.onnx", TensorProto.STRING)
    session, _ = spied(str(path))
    with pytest.raises(TypeError, match="of type"):
        bound(session, path)


def test_an_answer_for_the_whole_batch_at_once_is_refused(tmp_path: Path) -> None:
    path = write_typed(tmp_path / "m.onnx", TensorProto.FLOAT, "ReduceMax")
    session, _ = spied(str(path))
    with pytest.raises(ValueError, match=r"\(1, 3, 32, 32\) for 2 windows"):
        bound(session, path).run(noise(2))


def test_on_a_gpu_addresses_are_the_gpu_s_and_torch_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_toy(tmp_path / "m.onnx", ["softmax"])
    session, seen = spied(str(path), pretend_gpu(monkeypatch))
    binding = bound(session, path, place=("cuda", 1), most=2)
    batch = noise(4)
    answer = binding.run(batch, (3, 32, 32))
    assert seen.waited == [(1, 0)]  # before anything was bound
    half = batch[2:].data_ptr()
    assert seen.inputs == [("cuda", 1, (2, 3, 32, 32), batch.data_ptr()), ("cuda", 1, (2, 3, 32, 32), half)]
    assert [one[:2] for one in seen.outputs] == [("cuda", 1)] * 2
    assert [one[3] for one in seen.outputs] == [answer.data_ptr(), answer[2:].data_ptr()]
    np.testing.assert_allclose(answer.numpy(), right(path, batch), atol=1e-6)
