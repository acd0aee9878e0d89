"""Time of the whole command against area, flips and backend."""

from __future__ import annotations

from pathlib import Path

from .inputs import raster
from .run_map import run_map

HEADER = ("raster, px", "flips", "backend", "precision", "seconds", "Mpx/s while mapping", "peak memory, GB")


def measure(folder: Path, sides: tuple[int, ...], largest_flips: int = 4096) -> list[tuple[str, ...]]:
    """Return rows for squares of these sides, without flips and (up to ``largest_flips``) with 4, in both backends."""
    rows = []
    for side in sides:
        for flips in ("none", "4"):
            if flips == "4" and side > largest_flips:
                continue
            for backend in ("torch", "onnxruntime"):
                run = run_map(
                    raster(folder, side, side), folder / "classes.tif", "--flips", flips, "--backend", backend
                )
                rows.append(
                    (f"{side} x {side}", flips, run.result["backend"], run.result["precision"], f"{run.seconds:.1f}",
                     f"{run.mapping_rate / 1e6:.2f}", f"{run.peak_bytes / 1e9:.2f}")
                )  # fmt: skip
    return rows
