"""Which devices this machine offers, found without loading torch, so that a worker can say so at once."""

from __future__ import annotations

import shutil
import subprocess


def quick_devices() -> tuple[str, ...]:
    """Return the devices in words: 'cpu', and 'cuda:N NAME' for each GPU that the NVIDIA driver lists.

    That the driver lists a GPU does not prove that torch can use it; a job's result says which device really ran.
    """
    tool = shutil.which("nvidia-smi")
    if tool is None:
        return ("cpu",)
    try:
        query = [tool, "--query-gpu=index,name", "--format=csv,noheader"]
        listed = subprocess.run(query, capture_output=True, text=True, timeout=5, check=True).stdout
    except (OSError, subprocess.SubprocessError):
        return ("cpu",)
    gpus = [line.split(",", 1) for line in listed.splitlines() if "," in line]
    return ("cpu", *(f"cuda:{index.strip()} {name.strip()}" for index, name in gpus))
