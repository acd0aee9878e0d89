"""Typed reading of JSON: every getter names the place of what is wrong."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any


class FieldError(ValueError):
    """A field that is missing or of the wrong kind; the text begins with its place."""


class Fields:
    """A JSON object read field by field.

    Parameters
    ----------
    data : Any
        Must be a mapping.
    place : str
        Where the object stands, for error texts, for example ``properties.mlm:input[0]``.
    """

    def __init__(self, data: Any, place: str) -> None:
        if not isinstance(data, Mapping):
            raise FieldError(f"{place or 'the card'} must be an object")
        self.data: Mapping[str, Any] = data
        self.place = place

    def at(self, name: str) -> str:
        """Return the place of a field."""
        return f"{self.place}.{name}" if self.place else name

    def has(self, name: str) -> bool:
        """Tell whether a field is there and not null."""
        return self.data.get(name) is not None

    def _get(self, name: str, default: Any) -> Any:
        if not self.has(name):
            if default is None:
                raise FieldError(f"{self.at(name)} is missing")
            return default
        return self.data[name]

    def text(self, name: str, default: str | None = None, empty: bool = False) -> str:
        """Return a string; an empty one only where that is allowed or the default."""
        value = self._get(name, default)
        if not isinstance(value, str):
            raise FieldError(f"{self.at(name)} must be text")
        if not value.strip() and not empty and self.has(name):
            raise FieldError(f"{self.at(name)} is empty")
        return value

    def number(self, name: str, default: float | None = None) -> float:
        """Return a finite number."""
        return _number(self._get(name, default), self.at(name))

    def integer(self, name: str, low: int, high: int, default: int | None = None) -> int:
        """Return a whole number from low to high."""
        value = self._get(name, default)
        if isinstance(value, bool) or not isinstance(value, int):
            raise FieldError(f"{self.at(name)} must be a whole number")
        if not low <= value <= high:
            raise FieldError(f"{self.at(name)} must lie between {low} and {high}, not {value}")
        return value

    def numbers(self, name: str, count: int) -> tuple[float, ...]:
        """Return exactly ``count`` finite numbers."""
        values = self.list(name)
        if len(values) != count:
            raise FieldError(f"{self.at(name)} must hold {count} numbers, not {len(values)}")
        return tuple(_number(v, f"{self.at(name)}[{i}]") for i, v in enumerate(values))

    def list(self, name: str) -> list[Any]:
        """Return an array that is not empty."""
        value = self._get(name, None)
        if not isinstance(value, list) or not value:
            raise FieldError(f"{self.at(name)} must be an array that is not empty")
        return value

    def object(self, name: str) -> Fields:
        """Return an object for further reading."""
        return Fields(self._get(name, None), self.at(name))

    def mapping(self, name: str) -> dict[str, Any]:
        """Return a free-form object, empty where it is absent."""
        value = self._get(name, {})
        if not isinstance(value, Mapping):
            raise FieldError(f"{self.at(name)} must be an object")
        return dict(value)


def _number(value: Any, place: str) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise FieldError(f"{place} must be a number")
    return float(value)
