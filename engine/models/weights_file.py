"""Weights files before they are read: refused by kind and size, known by their hash. Needs no torch."""

from __future__ import annotations

import hashlib
from pathlib import Path

from urbangrain.engine.errors import UrbanGrainError

MAX_WEIGHTS_BYTES = 2 * 1024**3
"""Weights larger than this are refused before they are read."""

_PICKLE_SUFFIXES = {".pt", ".pth", ".bin", ".ckpt", ".pkl", ".pickle", ".joblib", ".npy", ".npz"}


def check_weights_file(path: Path) -> None:
    """Refuse weights that could run code, or that are not there.

    Raises
    ------
    UrbanGrainError
        ``model.unsafe`` for pickles, by suffix or by content; ``model.weights_missing``; ``model.weights_damaged``
        for files beyond `MAX_WEIGHTS_BYTES`.
    """
    if path.suffix.lower() in _PICKLE_SUFFIXES or path.suffix.lower() not in {".safetensors", ".onnx"}:
        raise UrbanGrainError("model.unsafe", path=str(path))
    if not path.is_file():
        raise UrbanGrainError("model.weights_missing", path=str(path))
    if path.stat().st_size > MAX_WEIGHTS_BYTES:
        raise UrbanGrainError("model.weights_damaged", path=str(path), problem="the file is larger than 2 GiB")
    with path.open("rb") as stream:
        head = stream.read(16)
    # A zip (torch.save) or a raw pickle stream (protocols 2 to 5), whatever the file is called. The second test spares
    # a safetensors file whose header happens to have such a length.
    pickled = head.startswith((b"PK\x03\x04", b"\x80\x02", b"\x80\x03", b"\x80\x04", b"\x80\x05"))
    if pickled and not _is_safetensors_header(path):
        raise UrbanGrainError("model.unsafe", path=str(path))


def _is_safetensors_header(path: Path) -> bool:
    """Tell whether the file begins with a plausible safetensors header: its length, then a JSON object."""
    with path.open("rb") as stream:
        head = stream.read(9)
    length = int.from_bytes(head[:8], "little")
    return len(head) == 9 and head[8:9] == b"{" and 8 + length <= path.stat().st_size


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file in lower-case hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
