"""ONNX models made for the Deepness plugin, as model cards.

Deepness keeps what it needs to know in the file's ``metadata_props``; each value is JSON (class names may be a Python
literal instead). What a file does not say is assumed, and the card lists what was assumed, so that a person is told.
"""

from __future__ import annotations

import ast
import dataclasses
import json
import math
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from urbangrain.engine.errors import UrbanGrainError
from urbangrain.engine.models.card import ModelCard, Scaling
from urbangrain.engine.models.onnx_file import OnnxFile, Port, inferred_shape, read_onnx
from urbangrain.engine.models.weights_file import sha256
from urbangrain.engine.protocol.results import BandSpec, ClassInfo

DEFAULT_WINDOW = 512
ANY_GSD_M = (1e-3, 1e5)
"""Range of ground sampling distances of a file without a resolution: imagery is taken as it is."""

_NODATA = 255
_PALETTE = ("#9e9e9e", "#e6194b", "#3cb44b", "#ffe119", "#4363d8", "#f58231", "#911eb4", "#46f0f0", "#f032e6",
            "#bcf60c", "#fabebe", "#008080", "#e6beff", "#9a6324", "#fffac8", "#800000", "#aaffc3", "#808000",
            "#ffd8b1", "#000075")  # fmt: skip
_REFUSED = {
    "detector": "it finds objects as boxes; only rasters are made here",
    "recognition": "it looks for places that resemble a picture; only rasters are made here",
}
_TASKS = {
    "segmentor": "semantic-segmentation",
    "regressor": "regression",
    "superresolution": "super-resolution",
}
"""The tasks of STAC MLM by Deepness' ``model_type``."""


def read_deepness(path: Path, output: int = 0) -> ModelCard:
    """Return the card of one output of an ONNX file.

    Parameters
    ----------
    path : Path
    output : int
        Which of several outputs, from 0.

    Raises
    ------
    UrbanGrainError
        ``model.unsupported`` for detectors and the like and for shapes that are no rasters;
        ``model.card_invalid`` for metadata that contradict themselves; and what `read_onnx` raises.
    """
    path = Path(path)
    file = read_onnx(path)
    keys = _Metadata(file)
    kind = str(keys.value("model_type", "Segmentor")).lower()
    if kind in _REFUSED:
        raise UrbanGrainError("model.unsupported", model=path.name, problem=_REFUSED[kind])
    if kind not in _TASKS:
        raise _invalid(file, f"model_type {kind!r} is not known")
    if not 0 <= output < len(file.outputs):
        problem = f"it has {len(file.outputs)} outputs; number {output + 1} is not among them"
        raise UrbanGrainError("model.unsupported", model=path.name, problem=problem)
    channels, window, fixed = _input(file, keys)
    target = file.outputs[output]
    gives_classes = kind == "segmentor"
    if not gives_classes and None in target.shape[1:]:
        target = _settled(path, output, target, (1, channels, window, window))
        if kind == "superresolution" and None in target.shape[2:]:
            problem = "its output does not say how much finer than its input it is"
            raise UrbanGrainError("model.unsupported", model=path.name, problem=problem)
    form, count, margin, upscale = _output(file, target, window)
    classes: tuple[ClassInfo, ...] = ()
    values: tuple[str, ...] = ()
    options: dict[str, Any] = {"output": output}
    if gives_classes:
        classes = _classes(file, keys, output, form, count)
        options.update(form=form, threshold=keys.number("seg_thresh", 0.0))
    else:
        roles = _roles(channels) if kind == "superresolution" and count == channels else ()
        values = _values(keys, output, count, target.name, roles)
        options.update(form="values", scale=keys.number("reg_output_scaling", 1.0))
    gsd = _resolution(file, keys)
    mean = keys.numbers("standardization_mean", channels, 0.0)
    std = keys.numbers("standardization_std", channels, 1.0)
    if min(std) <= 0:
        raise _invalid(file, "standardization_std must be above 0")
    overlap = keys.number("tiles_overlap", 25.0) / 100
    title = path.stem if len(file.outputs) == 1 else f"{path.stem} ({target.name})"
    return ModelCard(
        id=path.stem if output == 0 else f"{path.stem}.{output + 1}",
        title=title,
        description="",
        version="0",
        path=path,
        network="onnx",
        network_options=options,
        weights=path,
        weights_sha256=sha256(path),
        bands=tuple(BandSpec(role) for role in _roles(channels)),
        classes=classes,
        nodata=_NODATA,
        gsd_min_m=gsd[0],
        gsd_max_m=gsd[1],
        window=window,
        # The format's own rule: pixel values over 255, then mean and standard deviation.
        scaling=Scaling("fixed", mean, std, (1 / 255,) * channels, clip=(-1e6, 1e6)),
        overlap=min(0.9, max(0.0, overlap)),
        stride_multiple=window if fixed else 32,
        upscale=upscale,
        margin=margin,
        fixed_window=fixed,
        task=_TASKS[kind],
        values=values,
        assumed=tuple(keys.assumed),
    )


def output_count(path: Path) -> int:
    """Return how many outputs an ONNX file has; each is a model of its own here."""
    return len(read_onnx(path).outputs)


def _invalid(file: OnnxFile, problem: str) -> UrbanGrainError:
    return UrbanGrainError("model.card_invalid", path=str(file.path), problem=problem)


class _Metadata:
    """The file's own words, each read as JSON, and what had to be assumed in their absence."""

    def __init__(self, file: OnnxFile) -> None:
        self._file = file
        self.assumed: list[str] = []

    def value(self, name: str, default: Any) -> Any:
        text = self._file.metadata.get(name)
        if text is None:
            return default
        try:
            return json.loads(text)
        except ValueError:
            pass
        try:
            return ast.literal_eval(text)
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            return text

    def number(self, name: str, default: float) -> float:
        value = self.value(name, default)
        if isinstance(value, str):
            try:
                value = float(value)
            except ValueError:
                value = math.nan
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
            raise _invalid(self._file, f"{name} is not a number")
        return float(value)

    def numbers(self, name: str, count: int, default: float) -> tuple[float, ...]:
        value = self.value(name, None)
        if value is None:
            return (default,) * count
        if isinstance(value, (int, float)):
            value = [value] * count
        good = isinstance(value, (list, tuple)) and len(value) == count
        if not good or not all(isinstance(v, (int, float)) and math.isfinite(v) for v in value):
            raise _invalid(self._file, f"{name} must hold {count} numbers")
        return tuple(float(v) for v in value)


def _input(file: OnnxFile, keys: _Metadata) -> tuple[int, int, bool]:
    """Return channels, window and whether the window is the only one that the network takes."""

    def refuse(problem: str) -> UrbanGrainError:
        return UrbanGrainError("model.unsupported", model=file.path.name, problem=problem)

    if len(file.inputs) != 1:
        raise refuse(f"it has {len(file.inputs)} inputs, not one image")
    shape = file.inputs[0].shape
    if len(shape) != 4 or shape[1] is None:
        raise refuse("its input is not batch x bands x height x width with a stated number of bands")
    if file.inputs[0].dtype not in ("float32", "float16"):
        raise refuse(f"its input is of type {file.inputs[0].dtype}, not floating point")
    height, width = shape[2], shape[3]
    if (height or width) and height != width:
        raise refuse(f"its window is {height} x {width}, not square")
    if height:
        return shape[1], height, True
    stated = keys.value("tiles_size", keys.value("tile_size", None))
    if stated is None:
        keys.assumed.append("window")
        return shape[1], DEFAULT_WINDOW, False
    if isinstance(stated, bool) or not isinstance(stated, int) or not 16 <= stated <= 8192:
        raise _invalid(file, "tile_size must be a whole number from 16 to 8192")
    return shape[1], stated, True


def _output(file: OnnxFile, port: Port, window: int) -> tuple[str, int, int, int]:
    """Return the form ('scores', 'score' of one class, or 'ids'), channels, margin and upscale of an output.

    The form is that of classes; numbers have none.
    """

    def refuse(problem: str) -> UrbanGrainError:
        return UrbanGrainError("model.unsupported", model=file.path.name, problem=problem)

    shape = port.shape
    if len(shape) == 3:
        form = "ids" if port.dtype.startswith(("int", "uint")) else "score"
        count, sides = 1, shape[1:]
    elif len(shape) == 4:
        if shape[1] is None:
            raise refuse("its output does not say how many channels it has")
        count, sides = shape[1], shape[2:]
        form = "scores" if count > 1 else ("ids" if port.dtype.startswith(("int", "uint")) else "score")
    else:
        raise refuse(f"its output has {len(shape)} dimensions, which is no map")
    known = [side for side in sides if side]
    if not known:
        return form, count, 0, 1
    side = known[0]
    if any(other != side for other in known):
        raise refuse("its output is not square")
    if side == window:
        return form, count, 0, 1
    if side > window:
        if side % window:
            raise refuse(f"its output of {side} pixels is not a multiple of the window of {window}")
        return form, count, 0, side // window
    if (window - side) % 2 or window - side > window * 0.9:
        raise refuse(f"its output of {side} pixels does not lie centred in the window of {window}")
    return form, count, (window - side) // 2, 1


def _settled(path: Path, output: int, port: Port, source: tuple[int, ...]) -> Port:
    """Fill in the sides of an output that its file leaves free, for an input of the shape ``source``."""
    found = inferred_shape(path, output, source)
    if len(found) != len(port.shape):
        return port
    return dataclasses.replace(port, shape=tuple(own or other for own, other in zip(port.shape, found)))


def _values(keys: _Metadata, output: int, count: int, port: str, roles: tuple[str, ...]) -> tuple[str, ...]:
    """Name the bands of an output of numbers: as the file does, else by the bands they sharpen, else by the output."""
    names = keys.value("class_names", keys.value("names", None))
    if isinstance(names, (list, tuple)) and names and isinstance(names[0], Mapping):
        names = names[output] if output < len(names) else None
    if isinstance(names, Mapping):
        given = {str(k): str(v) for k, v in names.items()}
    elif isinstance(names, (list, tuple)):
        given = {str(i): str(v) for i, v in enumerate(names)}
    else:
        given = {}
    usual = roles or ((port,) if count == 1 else tuple(f"{port} {i + 1}" for i in range(count)))
    return tuple(given.get(str(i), "").strip() or usual[i] for i in range(count))


def _classes(file: OnnxFile, keys: _Metadata, output: int, form: str, count: int) -> tuple[ClassInfo, ...]:
    names = keys.value("class_names", keys.value("names", None))
    if isinstance(names, (list, tuple)) and names and isinstance(names[0], Mapping):
        if output >= len(names):
            raise _invalid(file, f"class_names lacks those of output {output + 1}")
        names = names[output]
    if isinstance(names, Mapping):
        try:
            named = {int(k): str(v) for k, v in names.items()}
        except ValueError as error:
            raise _invalid(file, "class_names has an id that is no number") from error
        if sorted(named) != list(range(len(named))):
            raise _invalid(file, "the ids of class_names are not 0, 1, 2 ...")
        titles = [named[i] for i in range(len(named))]
    elif isinstance(names, (list, tuple)) and names:
        titles = [str(name) for name in names]
    elif names is None:
        keys.assumed.append("class_names")
        titles = []
    else:
        raise _invalid(file, "class_names must be an object of id and name")
    expected = 2 if form == "score" else count
    if form == "score" and len(titles) == 1:
        titles = ["background", *titles]
    if form == "ids":
        expected = max(2, len(titles))
    if not titles:
        titles = ["background", *(f"class {i}" for i in range(1, expected))]
    if len(titles) != expected:
        raise _invalid(file, f"class_names has {len(titles)} names for {expected} classes")
    if expected > _NODATA:
        raise _invalid(file, f"{expected} classes do not fit an 8-bit class raster")
    return tuple(ClassInfo(i, title, _PALETTE[i % len(_PALETTE)]) for i, title in enumerate(titles))


def _resolution(file: OnnxFile, keys: _Metadata) -> tuple[float, float]:
    if keys.value("resolution", None) is None:
        keys.assumed.append("resolution")
        return ANY_GSD_M
    centimetres = keys.number("resolution", 0.0)
    if not 0.1 <= centimetres <= 1e6:
        raise _invalid(file, f"a resolution of {centimetres:g} cm is not usable")
    return centimetres / 100, centimetres / 100


def _roles(channels: int) -> tuple[str, ...]:
    usual = {1: ("grey",), 3: ("red", "green", "blue"), 4: ("red", "green", "blue", "nir")}
    return usual.get(channels) or tuple(f"band {i + 1}" for i in range(channels))


OUTPUT_SUFFIX = re.compile(r"#(\d+)$")
"""'model.onnx#2' is the second output of model.onnx."""


def split_output(text: str) -> tuple[Path, int]:
    """Return path and output (from 0) of 'model.onnx' or 'model.onnx#2'."""
    found = OUTPUT_SUFFIX.search(text)
    if found is None:
        return Path(text), 0
    return Path(text[: found.start()]), int(found[1]) - 1
