"""Does memory grow with the raster? Peak resident memory of ``urbangrain map`` over rasters of growing size."""

from __future__ import annotations

from pathlib import Path

from .inputs import raster
from .run_map import run_map

HEADER = ("raster, px", "Mpx", "seconds", "peak memory, GB")


def measure(folder: Path, sizes: tuple[tuple[int, int], ...]) -> list[tuple[str, ...]]:
    """Return a row for each (width, height); no flips, since flips change the time alone."""
    rows = []
    for width, height in sizes:
        run = run_map(raster(folder, width, height), folder / "classes.tif", "--flips", "none", "--backend", "torch")
        rows.append(
            (f"{width} x {height}", f"{width * height / 1e6:.0f}", f"{run.seconds:.0f}", f"{run.peak_bytes / 1e9:.2f}")
        )
    return rows
