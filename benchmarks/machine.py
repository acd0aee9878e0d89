"""What the measurements were made on."""

from __future__ import annotations

import datetime
import importlib.metadata
import os
import platform
from pathlib import Path

import torch

from urbangrain.engine.inference.backends import cpu_has_bf16


def describe() -> list[str]:
    """Return lines that name processor, memory, devices, versions and the day."""
    processor = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [line.split(":", 1)[1].strip() for line in info.read_text().splitlines() if "model name" in line]
        processor = names[0] if names else processor
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in ("torch", "onnxruntime", "rasterio"))
    devices = [torch.cuda.get_device_name(i) for i in range(torch.cuda.device_count())]
    native = "native" if cpu_has_bf16() else "not native"
    return [
        f"Processor: {processor}, {os.cpu_count()} cores, bf16 {native}; {memory:.0f} GiB memory.",
        f"GPU: {', '.join(devices) or 'none'}.",
        f"Python {platform.python_version()}, {versions}.",
        f"Measured on {datetime.datetime.now(datetime.timezone.utc):%Y-%m-%d}.",
    ]
