"""Run the measurements: ``python -m urbangrain.benchmarks [efficiency] [scaling] [memory] [peers] [parcels]``."""

from __future__ import annotations

import argparse
from pathlib import Path

from urbangrain.engine.memory import keep_freed_memory

from . import efficiency, machine, memory, parcels, peers, report, scaling
from .inputs import raster

PAGE = Path(__file__).resolve().parent.parent / "docs" / "performance.md"
PARTS = ("efficiency", "scaling", "memory", "peers", "parcels")


def main() -> int:
    """Measure the parts asked for and set their tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", default=list(PARTS), help=f"of {', '.join(PARTS)}; all if none is named")
    parser.add_argument("--folder", type=Path, default=Path("build/bench"), help="where the rasters are kept")
    parser.add_argument("--sides", type=int, nargs="+", default=[2048, 4096, 8192], help="squares of `scaling`")
    parser.add_argument(
        "--largest", type=int, default=30720, help="long side of the wide and of the tall raster of `memory`"
    )
    text = "cities of `parcels`: copies of the demo city along each side"
    parser.add_argument("--copies", type=int, nargs="+", default=[1, 2, 4], help=text)
    options = parser.parse_args()
    unknown = set(options.parts) - set(PARTS)
    if unknown:
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    keep_freed_memory()
    folder: Path = options.folder
    folder.mkdir(parents=True, exist_ok=True)
    about = "\n".join(f"- {line}" for line in machine.describe())
    for part in options.parts:
        print(f"measuring {part} ...", flush=True)
        if part == "efficiency":
            text = report.table(efficiency.HEADER, efficiency.measure(raster(folder, 4096, 4096), folder))
        elif part == "scaling":
            text = report.table(scaling.HEADER, scaling.measure(folder, tuple(options.sides)))
        elif part == "memory":
            large = options.largest
            sizes = ((4096, 4096), (10240, 10240), (large, 4096), (4096, large))
            text = report.table(memory.HEADER, memory.measure(folder, sizes))
        elif part == "parcels":
            text = report.table(parcels.HEADER, parcels.measure(folder, tuple(options.copies)))
        else:
            text = report.table(peers.HEADER, peers.measure(raster(folder, 4096, 4096), folder))
        print(text, flush=True)
        report.insert(PAGE, part, f"{about}\n\n{text}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
