"""Run ``urbangrain map`` as a person does and see what it takes."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_BETWEEN = """
import os, subprocess, sys
process = subprocess.Popen(sys.argv[2:])
_, status, usage = os.wait4(process.pid, 0)
with open(sys.argv[1], "w") as file:
    file.write(str(usage.ru_maxrss))
sys.exit(os.waitstatus_to_exitcode(status))
"""


@dataclass(frozen=True)
class Run:
    """Wall time of the whole command (s), its peak memory (bytes) and the engine's own answer."""

    seconds: float
    peak_bytes: int
    result: dict[str, Any]

    @property
    def mapping_rate(self) -> float:
        """Pixels mapped a second while mapping."""
        return float(self.result["rate_px_s"])


def run_map(image: Path, out: Path, *options: str) -> Run:
    """Map ``image`` into ``out`` in a process of its own.

    Raises
    ------
    subprocess.CalledProcessError
        With the command's own words when it fails.
    """
    command = [sys.executable, "-m", "urbangrain.engine", "map", str(image), "--model", "landcover", "--out",
               str(out), "--overwrite", "--json", *options]  # fmt: skip
    began = time.perf_counter()
    code, output, said, peak = run_measured(command)
    seconds = time.perf_counter() - began
    if code:
        raise subprocess.CalledProcessError(code, command, output, said)
    return Run(seconds, peak, json.loads(output))


def run_measured(command: Sequence[str]) -> tuple[int, str, str, int]:
    """Run a command; returns its exit code, what it wrote to stdout and stderr, and its peak resident memory in bytes.

    A small process stands between: Linux starts the count of a program with what its parent held when it was started.
    """
    with tempfile.TemporaryDirectory() as folder:
        peak = Path(folder) / "peak"
        between = [sys.executable, "-S", "-c", _BETWEEN, str(peak), *command]
        done = subprocess.run(between, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout, done.stderr, int(peak.read_text()) * 1024
