"""Checks that several jobs make of their fields, and the words that fields may take."""

from __future__ import annotations

from typing import Sequence

from .codec import ProtocolError

BLENDS = ("gaussian", "mean", "max", "crop")
FLIPS = ("none", "4", "8")
PRECISIONS = ("auto", "fp32", "bf16", "fp16")
GRIDS = ("input", "model")
DEVICES = ("auto", "cpu", "cuda", "all")
BACKENDS = ("auto", "torch", "onnxruntime")
MOSAICS = ("vrt", "cog", "none")
ALLOCATIONS = ("equal", "proportional")


def choice(name: str, value: str, allowed: Sequence[str]) -> None:
    """Refuse a value that is not one of ``allowed``; raises `ProtocolError` naming the field, as all of these do."""
    if value not in allowed:
        raise ProtocolError(name, f"{value!r} is not one of {', '.join(allowed)}")


def at_least(name: str, value: float, least: float) -> None:
    """Refuse a number below ``least`` (and NaN)."""
    if not value >= least:
        raise ProtocolError(name, f"{value!r} is below {least:g}")


def path(name: str, value: str) -> None:
    """Refuse an empty path."""
    if not value.strip():
        raise ProtocolError(name, "is empty")
