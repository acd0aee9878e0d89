"""Small ONNX networks whose right answer is known: each band of an 8-bit image is a class where it is 255."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

BANDS = 3


def write_toy(
    path: Path,
    outputs: Sequence[str] = ("softmax",),
    metadata: dict[str, Any] | None = None,
    side: int | None = 32,
    batch: int | None = None,
    cut: int = 4,
) -> Path:
    """Write a network with the outputs named: softmax, logits, ids, small, fine; sigmoid, nhw and signed of band 1."""
    constants = {"twenty": np.float32(20)}
    nodes = [helper.make_node("Mul", ["x", "twenty"], ["sharp"])]
    values = []
    answer = side
    for kind in outputs:
        channels, of_type, sides = BANDS, TensorProto.FLOAT, (answer, answer)
        if kind == "softmax":
            nodes.append(helper.make_node("Softmax", ["sharp"], [kind], axis=1))
        elif kind == "logits":
            nodes.append(helper.make_node("Identity", ["sharp"], [kind]))
        elif kind in ("sigmoid", "nhw", "signed"):
            constants.update(one=np.array([1]), two=np.array([2]), axis=np.array([1]))
            if kind == "signed":  # a score before its sigmoid: above 0 where the band is bright
                constants.update(half=np.float32(0.5))
                nodes.append(helper.make_node("Sub", ["x", "half"], ["level"]))
                nodes.append(helper.make_node("Slice", ["level", "one", "two", "axis"], [kind]))
            else:
                # bounded whatever comes in, as the answer of a sigmoid is
                name = kind if kind == "sigmoid" else "band"
                constants.update(zero=np.float32(0), full=np.float32(1))
                nodes.append(helper.make_node("Clip", ["x", "zero", "full"], ["bounded"]))
                nodes.append(helper.make_node("Slice", ["bounded", "one", "two", "axis"], [name]))
            if kind == "nhw":
                nodes.append(helper.make_node("Squeeze", ["band", "axis"], [kind]))
            channels = 1
        elif kind == "ids":
            nodes.append(helper.make_node("ArgMax", ["sharp"], [kind], axis=1, keepdims=0))
            of_type = TensorProto.INT64
        elif kind == "small":
            assert side
            constants.update(low=np.array([cut, cut]), high=np.array([side - cut] * 2), axes=np.array([2, 3]))
            nodes.append(helper.make_node("Softmax", ["sharp"], ["all"], axis=1))
            nodes.append(helper.make_node("Slice", ["all", "low", "high", "axes"], [kind]))
            sides = (side - 2 * cut,) * 2
        elif kind == "fine":
            assert side
            constants.update(scales=np.array([1, 1, 2, 2], np.float32))
            nodes.append(helper.make_node("Softmax", ["sharp"], ["all"], axis=1))
            nodes.append(helper.make_node("Resize", ["all", "", "scales"], [kind], mode="nearest"))
            sides = (side * 2,) * 2
        shape = [batch or "n", *([] if kind in ("ids", "nhw") else [channels]), *(s or "s" for s in sides)]
        values.append(helper.make_tensor_value_info(kind, of_type, shape))
    source = helper.make_tensor_value_info("x", TensorProto.FLOAT, [batch or "n", BANDS, side or "h", side or "w"])
    graph = helper.make_graph(
        nodes, "toy", [source], values, [numpy_helper.from_array(np.asarray(v), k) for k, v in constants.items()]
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
    for key, value in (metadata or {}).items():
        entry = model.metadata_props.add()
        entry.key, entry.value = key, value if isinstance(value, str) else json.dumps(value)
    onnx.checker.check_model(model)
    onnx.save(model, str(path))
    return path


def write_numbers(
    path: Path,
    kind: str = "identity",
    upscale: int = 1,
    metadata: dict[str, Any] | None = None,
    side: int | None = 32,
    stated: bool = True,
    model_type: str = "Regressor",
) -> Path:
    """Write a network of numbers whose right answer is known.

    ``kind`` is 'identity' (the bands as they come in, 0-255 as 0-1), 'signed' (200 x - 100), 'double' (as float64),
    'nhw' (band 1 without a channel), 'ramp' (the identity plus the column within the window), 'log' (minus infinity
    where a band is 0), or 'both' (the identity, and 'signed' as a second output). ``upscale`` repeats pixels.
    ``stated`` False leaves the outputs' sides to be worked out.
    """
    constants: dict[str, Any] = {"scales": np.array([1, 1, upscale, upscale], np.float32)}
    nodes = []
    if kind == "ramp":
        assert side
        constants["columns"] = np.arange(side, dtype=np.float32)[None, None, None]
        nodes.append(helper.make_node("Add", ["x", "columns"], ["y"]))
    elif kind in ("signed", "both"):
        constants.update(gain=np.float32(200), offset=np.float32(-100))
        nodes.append(helper.make_node("Mul", ["x", "gain"], ["larger"]))
        nodes.append(helper.make_node("Add", ["larger", "offset"], ["y" if kind == "signed" else "second"]))
        if kind == "both":
            nodes.append(helper.make_node("Identity", ["x"], ["y"]))
    elif kind == "nhw":
        constants.update(one=np.array([1]), two=np.array([2]), axis=np.array([1]))
        nodes.append(helper.make_node("Slice", ["x", "one", "two", "axis"], ["band"]))
        nodes.append(helper.make_node("Squeeze", ["band", "axis"], ["y"]))
    elif kind == "double":
        nodes.append(helper.make_node("Cast", ["x"], ["y"], to=TensorProto.DOUBLE))
    elif kind == "log":
        nodes.append(helper.make_node("Log", ["x"], ["y"]))
    else:
        nodes.append(helper.make_node("Identity", ["x"], ["y"]))
    nodes.append(helper.make_node("Resize" if upscale > 1 else "Identity", _ends("y", upscale), ["depth"]))
    sides: list[Any] = [side * upscale if side and stated else name for name in ("oh", "ow")]
    of_type = TensorProto.DOUBLE if kind == "double" else TensorProto.FLOAT
    channels = [] if kind == "nhw" else [BANDS]
    values = [helper.make_tensor_value_info("depth", of_type, ["n", *channels, *sides])]
    if kind == "both":
        values.append(helper.make_tensor_value_info("second", of_type, ["n", *channels, *sides]))
    source = helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", BANDS, side or "h", side or "w"])
    graph = helper.make_graph(
        nodes, "numbers", [source], values, [numpy_helper.from_array(np.asarray(v), k) for k, v in constants.items()]
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
    for key, value in {"model_type": model_type, **(metadata or {})}.items():
        entry = model.metadata_props.add()
        entry.key, entry.value = key, value if isinstance(value, str) else json.dumps(value)
    onnx.checker.check_model(model)
    onnx.save(model, str(path))
    return path


def _ends(name: str, upscale: int) -> list[str]:
    return [name, "", "scales"] if upscale > 1 else [name]
