"""The scale of an axis: round numbers that hold all values."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Iterable, List

from .. import wording

_ROUND = (1.0, 2.0, 5.0, 10.0)


@dataclass(frozen=True)
class Axis:
    """From ``low`` to ``high``, with a tick at every multiple of ``step`` between them."""

    low: float
    high: float
    step: float

    def share(self, value: float) -> float:
        """Return where a value lies: 0 at ``low``, 1 at ``high``."""
        return (value - self.low) / (self.high - self.low)

    def ticks(self) -> List[float]:
        """Return the values that are labelled."""
        first, last = math.ceil(self.low / self.step - 1e-9), math.floor(self.high / self.step + 1e-9)
        return [number * self.step for number in range(first, last + 1)]

    def label(self, value: float) -> str:
        """Return a tick's value with the decimals that the step has."""
        return wording.number(value, max(0, -math.floor(math.log10(self.step) + 1e-9)))


def round_step(span: float, count: int) -> float:
    """Return the smallest of 1, 2 and 5 times a power of ten that covers a span in at most ``count`` steps."""
    raw = span / count
    power = 10.0 ** math.floor(math.log10(raw))
    return next(factor * power for factor in _ROUND if factor * power >= raw * (1 - 1e-9))


def value_axis(values: Iterable[float], count: int = 4) -> Axis:
    """Return an axis whose ends are ticks around the finite ones of some values; 0 to 1 where there are none."""
    finite = [value for value in values if math.isfinite(value)]
    low, high = (min(finite), max(finite)) if finite else (0.0, 1.0)
    if high - low < 1e-9 * max(1.0, abs(high)):
        margin = 0.1 * abs(high) or 1.0
        low, high = low - margin, high + margin
    step = round_step(high - low, count)
    return Axis(step * math.floor(low / step + 1e-9), step * math.ceil(high / step - 1e-9), step)


def share_axis(values: Iterable[float], count: int = 4) -> Axis:
    """Return an axis for shares: like `value_axis`, but never beyond 0 and 1."""
    axis = value_axis(values, count)
    low, high = max(0.0, axis.low), min(1.0, axis.high)
    return Axis(low, high, axis.step) if low < high else Axis(0.0, 1.0, 0.5)


def step_axis(last: int, count: int = 5) -> Axis:
    """Return an axis for steps from 0 to ``last``, with ticks at whole numbers."""
    high = max(1, last)
    return Axis(0.0, float(high), max(1.0, round_step(high, count)))
