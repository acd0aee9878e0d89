"""How fast each model ran on each device of this machine, remembered from run to run for the estimate before a run.

A small JSON in the user's cache folder. Nothing depends on it: when it cannot be read or written, there is no estimate.
"""

from __future__ import annotations

import contextlib
import json
import math
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

KEEP = 64
"""Entries kept; the oldest go first."""

WORTH_PX = 200_000
"""Runs on fewer pixels say more about starting up than about speed."""


def cache_folder() -> Path:
    """Folder for the user's cached files, by each system's own rule."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = str(Path.home() / "Library" / "Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "urbangrain"


def _file() -> Path:
    return cache_folder() / "rates.json"


def _read() -> dict[str, float]:
    try:
        data = json.loads(_file().read_text(encoding="utf-8"))
        items = data.items() if isinstance(data, dict) else ()
        return {str(k): float(v) for k, v in items if isinstance(v, (int, float)) and 0 < v < math.inf}
    except (OSError, ValueError):
        return {}


def trial_rates(trial: str, backends: Sequence[str]) -> dict[str, float] | None:
    """Return what `remember_trial` kept under the name ``trial``, or None unless each of ``backends`` was measured."""
    rates = _read()
    found = {name: rates[f"{trial}|{name}"] for name in backends if f"{trial}|{name}" in rates}
    return found if len(found) == len(backends) else None


def remember_trial(trial: str, measured: Mapping[str, float]) -> None:
    """Keep the pixels a second of each backend in a trial."""
    rates = _read()
    for name, rate in measured.items():
        rates.pop(f"{trial}|{name}", None)
        rates[f"{trial}|{name}"] = rate
    _write(rates)


def _key(model: str, device: str) -> str:
    return f"{model}|{device}"


def network_rate(model: str, device: str) -> float | None:
    """Pixels a second that pass through the network of ``model`` (its weights' hash) on ``device``; None if unknown."""
    return _read().get(_key(model, device))


def remember(model: str, device: str, pixels: int, passes: float, seconds: float) -> None:
    """Learn from a run that mapped ``pixels``, each seen ``passes`` times by the network, in ``seconds``."""
    if pixels < WORTH_PX or seconds <= 0:
        return
    rates = _read()
    key = _key(model, device)
    new = pixels * passes / seconds
    old = rates.pop(key, new)
    rates[key] = 0.5 * (old + new)
    _write(rates)


def _write(rates: dict[str, float]) -> None:
    text = json.dumps(dict(list(rates.items())[-KEEP:]))
    temporary: str | None = None
    with contextlib.suppress(OSError):
        _file().parent.mkdir(parents=True, exist_ok=True)
        number, temporary = tempfile.mkstemp(dir=_file().parent, suffix=".tmp")
        with os.fdopen(number, "w", encoding="utf-8") as file:
            file.write(text)
        os.replace(temporary, _file())
        return
    if temporary is not None:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
