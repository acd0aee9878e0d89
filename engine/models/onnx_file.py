"""ONNX files, looked at before anything runs: where their data lie, what goes in, what comes out, what they say.

Only the graph's description is parsed here (protocol buffers, nothing executable); onnxruntime loads a file after this
has let it pass.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from urbangrain.engine.errors import UrbanGrainError
from urbangrain.engine.models.weights_file import check_weights_file


@dataclass(frozen=True)
class Port:
    """An input or output.

    Attributes
    ----------
    name : str
    dtype : str
        numpy's name of the type.
    shape : tuple of int or None
        None where a side is free; () when the file does not say.
    """

    name: str
    dtype: str
    shape: tuple[int | None, ...]


@dataclass(frozen=True)
class OnnxFile:
    """What an ONNX file states; ``metadata`` is its ``metadata_props``."""

    path: Path
    inputs: tuple[Port, ...]
    outputs: tuple[Port, ...]
    metadata: dict[str, str]


def read_onnx(path: Path) -> OnnxFile:
    """Read the description of an ONNX file.

    Raises
    ------
    UrbanGrainError
        ``model.weights_missing``, ``model.unsafe`` (a pickle in disguise), ``model.weights_damaged`` (not ONNX,
        truncated), ``model.unsupported`` for data outside the file's folder or behind links, and for operators that
        are not ONNX's own.
    """
    import onnx

    path = Path(path)
    check_weights_file(path)
    try:
        model = onnx.load_model(path, load_external_data=False)
        if not model.graph.output or not model.graph.input:
            raise ValueError("it has no graph")
    except Exception as error:  # protobuf raises its own kinds
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise UrbanGrainError("model.weights_damaged", path=str(path), problem=f"it is not ONNX ({reason})") from error
    for tensor in _tensors(model.graph):
        if tensor.data_location == onnx.TensorProto.EXTERNAL:
            location = next((e.value for e in tensor.external_data if e.key == "location"), "")
            _check_location(path, location)
    weights = {tensor.name for tensor in model.graph.initializer}
    return OnnxFile(
        path,
        tuple(_port(value) for value in model.graph.input if value.name not in weights),
        tuple(_port(value) for value in model.graph.output),
        {entry.key: entry.value for entry in model.metadata_props},
    )


def inferred_shape(path: Path, output: int, sides: tuple[int, ...]) -> tuple[int | None, ...]:
    """Work out an output's shape for an input of a given shape, by ONNX's own rules; nothing is run.

    Parameters
    ----------
    path : Path
        A file that `read_onnx` has let pass.
    output : int
        Which of its outputs, from 0.
    sides : tuple of int
        Shape of its only input; counts where the file leaves a side free.

    Returns
    -------
    tuple of int or None
        None where a side stays unknown; () when nothing is known.
    """
    import onnx

    model = onnx.load_model(path, load_external_data=False)
    weights = {tensor.name for tensor in model.graph.initializer}
    source = next(value for value in model.graph.input if value.name not in weights)
    for dimension, side in zip(source.type.tensor_type.shape.dim, sides):
        if dimension.dim_value <= 0:
            dimension.dim_value = side
    for dimension in model.graph.output[output].type.tensor_type.shape.dim:
        dimension.Clear()  # the free sides: what the file's author called them says nothing
    try:
        model = onnx.shape_inference.infer_shapes(model, data_prop=True)
    except Exception:  # its C++ half raises its own kinds; then the file's own words are all there is
        return ()
    return _port(model.graph.output[output]).shape


def _port(value: Any) -> Port:
    import onnx

    kind = value.type.tensor_type
    try:
        dtype = onnx.helper.tensor_dtype_to_np_dtype(kind.elem_type).name
    except (KeyError, TypeError):
        dtype = "?"
    sides = tuple(d.dim_value if d.HasField("dim_value") and d.dim_value > 0 else None for d in kind.shape.dim)
    return Port(value.name, dtype, sides)


def _tensors(graph: Any) -> Iterator[Any]:
    """All stored tensors of a graph: its initialisers and those in attributes, and of the graphs inside its nodes."""
    yield from graph.initializer
    for sparse in graph.sparse_initializer:
        yield sparse.values
        yield sparse.indices
    for node in graph.node:
        for attribute in node.attribute:
            if attribute.HasField("t"):
                yield attribute.t
            yield from attribute.tensors
            if attribute.HasField("g"):
                yield from _tensors(attribute.g)
            for inner in attribute.graphs:
                yield from _tensors(inner)


def _check_location(path: Path, location: str) -> None:
    """Refuse data that do not lie plainly beside the model."""

    def refuse(problem: str) -> None:
        raise UrbanGrainError("model.unsupported", model=path.name, problem=f"its external data {location!r} {problem}")

    relative = PurePosixPath(location)
    if not location or "\\" in location or ":" in location or relative.is_absolute() or Path(location).is_absolute():
        refuse("are not named by a relative path")
    if ".." in relative.parts:
        refuse("lie outside the model's folder")
    step = path.parent
    for part in relative.parts:
        step = step / part
        if step.is_symlink():
            refuse("are behind a symbolic link")
    if not step.is_file():
        refuse("are not there")
    if os.stat(step).st_nlink > 1:
        refuse("are a hard link to another file")
