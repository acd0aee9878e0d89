"""What is done already: one small JSON a task, replaced in one step, so that it tells the truth whatever was killed.

A record is written 'started' before a scene is mapped and 'done' after its outputs stand under their final names. One
file for each scene, because the workers of a cluster write them at the same time.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import socket
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from urbangrain.engine.errors import UrbanGrainError
from urbangrain.engine.models.card import ModelCard
from urbangrain.engine.models.stac import write_atomically
from urbangrain.engine.protocol import PROTOCOL_VERSION, MapJob, encode

FOLDER = ".urbangrain"
"""Hidden folder of a job's output folder: records, and the blocks of scenes under way."""

_NO_MATTER = ("out", "confidence", "overwrite", "resume", "device", "batch", "threads", "image", "model")
"""Fields of a map job that do not change the map, or that the fingerprint holds in another form."""


def fingerprint(job: MapJob, card: ModelCard) -> str:
    """Return a hash of all that decides a scene's outputs: the settings, the model, and the image as it is on disk."""
    wire = {key: value for key, value in encode(job).items() if key not in _NO_MATTER}
    model = {k: v for k, v in dataclasses.asdict(card).items() if k not in ("path", "weights")}
    parts = [PROTOCOL_VERSION, wire, bool(job.confidence), model, _file(job.image)]
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()


def _file(path: str) -> list[Any]:
    try:
        status = os.stat(path)
    except OSError:
        return [path]
    return [os.path.realpath(path), status.st_size, status.st_mtime_ns]


def read(path: Path) -> dict[str, Any]:
    """Return a record; empty where there is none."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return data if isinstance(data, dict) else {}


def is_done(path: Path, record: Mapping[str, Any], fingerprint: str) -> bool:
    """Whether the record at ``path`` says that this very task is done, and its outputs are there as they were."""
    if record.get("state") != "done" or record.get("fingerprint") != fingerprint:
        return False
    return all(_size(path.parent / name) == size for name, size in record.get("outputs", {}).items())


def started(earlier: Mapping[str, Any], fingerprint: str, run: str) -> dict[str, Any]:
    """Return the record of a task that is about to be done, with the process that does it.

    ``attempts`` counts how often the task was started since it was last done.
    """
    again = earlier.get("state") == "started" and earlier.get("fingerprint") == fingerprint
    attempts = int(earlier.get("attempts", 0)) + 1 if again else 1
    return {
        "state": "started",
        "fingerprint": fingerprint,
        "run": run,
        "attempts": attempts,
        "host": socket.gethostname(),
        "pid": os.getpid(),
    }


def done(path: Path, begun: Mapping[str, Any], outputs: Sequence[str], result: Any) -> dict[str, Any]:
    """Return the record, to be written at ``path``, of a task that is done, with its result (JSON types).

    Outputs are named relative to the record, so that the whole folder may be moved.
    """
    sizes = {os.path.relpath(output, path.parent): _size(output) for output in outputs}
    return {**begun, "state": "done", "outputs": sizes, "result": result}


def write(path: Path, record: Mapping[str, Any]) -> None:
    """Replace a record in one step.

    Raises
    ------
    UrbanGrainError
        ``file.not_writable``.
    """
    try:
        write_atomically(path, json.dumps(record, indent=1).encode())
    except OSError as error:
        raise UrbanGrainError("file.not_writable", path=str(path), reason=error.strerror or str(error)) from error


def restore(path: Path, earlier: Mapping[str, Any]) -> None:
    """Put back what a record said before a task that failed; the outputs are as they were."""
    if earlier:
        write(path, earlier)
    else:
        path.unlink(missing_ok=True)


def _size(path: str | Path) -> int:
    try:
        return os.stat(path).st_size
    except OSError:
        return -1
