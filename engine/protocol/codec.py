"""Dataclasses to JSON and back, strictly: a wrong line names the field that is wrong.

Each message class carries a class attribute ``kind``; its JSON object carries the same under ``"kind"``.
"""

from __future__ import annotations

import dataclasses
import json
import math
import typing
from typing import Any, Union


class ProtocolError(ValueError):
    """A message that does not fit the protocol.

    Attributes
    ----------
    field : str
        Dotted path of the offending field, for example ``job.overlap``; empty for the message as a whole.
    """

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(f"{field}: {problem}" if field else problem)
        self.field = field
        self.problem = problem


_REGISTRY: dict[str, type] = {}


def message(cls: type) -> type:
    """Class decorator: register a dataclass under its ``kind`` so that `decode` can find it."""
    kind = cls.kind  # type: ignore[attr-defined]
    if kind in _REGISTRY:
        raise TypeError(f"two messages of kind {kind!r}")
    _REGISTRY[kind] = cls
    return cls


def encode(value: Any) -> Any:
    """Turn a message (or any value inside one) into plain JSON types.

    Non-finite floats become None: JSON has no NaN, and a metric that is not defined is absent rather than a number.
    """
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        out = {f.name: encode(getattr(value, f.name)) for f in dataclasses.fields(value)}
        kind = getattr(value, "kind", None)
        return {"kind": kind, **out} if kind else out
    if isinstance(value, (list, tuple)):
        return [encode(v) for v in value]
    if isinstance(value, dict):
        return {str(k): encode(v) for k, v in value.items()}
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def decode(data: Any, field: str = "") -> Any:
    """Build the message that ``data`` (parsed JSON) describes.

    Raises
    ------
    ProtocolError
        For an unknown kind, an unknown, missing or wrongly typed field, or a value that the class itself refuses.
    """
    if not isinstance(data, dict):
        raise ProtocolError(field, "expected an object")
    kind = data.get("kind")
    cls = _REGISTRY.get(kind) if isinstance(kind, str) else None
    if cls is None:
        raise ProtocolError(f"{field}.kind" if field else "kind", f"unknown kind {kind!r}")
    return _build(cls, {k: v for k, v in data.items() if k != "kind"}, field)


def to_line(value: Any) -> str:
    """Encode a message as one line of JSON that ends with a newline."""
    return json.dumps(encode(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False) + "\n"


def from_line(line: str) -> Any:
    """Decode one line of JSON; raises `ProtocolError`."""
    try:
        data = json.loads(line)
    except ValueError as error:
        raise ProtocolError("", f"not JSON ({error})") from None
    return decode(data)


def _build(cls: type, data: Any, field: str) -> Any:
    if not isinstance(data, dict):
        raise ProtocolError(field, "expected an object")
    hints = typing.get_type_hints(cls)
    known = {f.name: f for f in dataclasses.fields(cls)}
    prefix = f"{field}." if field else ""
    for name in data:
        if name not in known:
            raise ProtocolError(prefix + str(name), "unknown field")
    values = {}
    for name, spec in known.items():
        if name in data:
            values[name] = _convert(data[name], hints[name], prefix + name)
        elif spec.default is dataclasses.MISSING and spec.default_factory is dataclasses.MISSING:
            raise ProtocolError(prefix + name, "missing")
    try:
        return cls(**values)
    except ProtocolError as error:
        raise ProtocolError(prefix + error.field, error.problem) from None


def _convert(value: Any, hint: Any, field: str) -> Any:
    origin = typing.get_origin(hint)
    args = typing.get_args(hint)
    if hint is Any:
        return value
    if origin is Union:
        if value is None and type(None) in args:
            return None
        rest = [a for a in args if a is not type(None)]
        if len(rest) == 1:
            return _convert(value, rest[0], field)
        return decode(value, field)  # a union of messages: the kind decides
    if origin is tuple:
        if not isinstance(value, (list, tuple)):
            raise ProtocolError(field, "expected a list")
        if len(args) == 2 and args[1] is Ellipsis:
            return tuple(_convert(v, args[0], f"{field}[{i}]") for i, v in enumerate(value))
        if len(value) != len(args):
            raise ProtocolError(field, f"expected {len(args)} values, got {len(value)}")
        return tuple(_convert(v, a, f"{field}[{i}]") for i, (v, a) in enumerate(zip(value, args)))
    if origin is dict:
        if not isinstance(value, dict):
            raise ProtocolError(field, "expected an object")
        return {str(k): _convert(v, args[1], f"{field}.{k}") for k, v in value.items()}
    if dataclasses.is_dataclass(hint):
        if isinstance(value, dict) and "kind" in value and getattr(hint, "kind", None) == value["kind"]:
            value = {k: v for k, v in value.items() if k != "kind"}
        return _build(typing.cast(type, hint), value, field)
    if hint is bool:
        if not isinstance(value, bool):
            raise ProtocolError(field, f"expected true or false, got {value!r}")
        return value
    if hint is int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise ProtocolError(field, f"expected a whole number, got {value!r}")
        return value
    if hint is float:
        if value is None:
            return math.nan
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise ProtocolError(field, f"expected a number, got {value!r}")
        return float(value)
    if hint is str:
        if not isinstance(value, str):
            raise ProtocolError(field, f"expected text, got {value!r}")
        return value
    raise TypeError(f"{field}: the protocol has no rule for {hint!r}")
