"""Run ``urbangrain map`` as a person does and see what it takes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any


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
    with tempfile.TemporaryFile("w+") as words:  # a file: a full pipe that nobody reads would stop the command
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=words, text=True)
        assert process.stdout is not None
        output = process.stdout.read()
        # wait4 tells the peak memory of this very child; rusage of all children would keep the largest of them
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - began
        words.seek(0)
        said = words.read()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, output, said)
    return Run(seconds, usage.ru_maxrss * 1024, json.loads(output))
