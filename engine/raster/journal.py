"""Finished rows on disk while a job runs, so that a killed one goes on where it stopped.

Rows are appended to one raw file a role; a small JSON says how many of them are safe. It is replaced only after the
rows were synced, so that whatever moment the power goes, the JSON tells the truth.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any

import numpy as np
import numpy.typing as npt

SYNC_S = 5.0
"""Seconds between syncs: what a kill can cost at most, besides the band under way."""

_STATE = "rows.json"


class Journal:
    """Rows of several rasters of one width and type.

    Parameters
    ----------
    folder : Path
        Made if it is not there.
    fingerprint : str
        Of everything that decides the rows; rows of another fingerprint are dropped.
    width : int
    bands : mapping of str to int
        Bands by role.
    dtype : str
        Of every raster.

    Attributes
    ----------
    rows : int
        Rows that an earlier run left here, whole in every role.
    """

    def __init__(
        self, folder: Path, fingerprint: str, width: int, bands: Mapping[str, int], dtype: str = "uint8"
    ) -> None:
        self._folder, self._print, self._width, self._bands = folder, fingerprint, width, dict(bands)
        self._dtype = np.dtype(dtype)
        self._files: dict[str, IO[bytes]] = {}
        self.rows = self._left()
        if not self.rows:
            shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True, exist_ok=True)
        self._written_rows = self.rows
        self._synced = time.monotonic()

    def _left(self) -> int:
        try:
            state = json.loads((self._folder / _STATE).read_text(encoding="utf-8"))
            rows = int(state["rows"])
            if state["fingerprint"] != self._print or state["bands"] != self._bands or state["width"] != self._width:
                return 0
            if state["dtype"] != self._dtype.name:
                return 0
            sizes = [os.path.getsize(self._path(role)) for role in self._bands]
        except (OSError, ValueError, KeyError, TypeError):
            return 0
        needed = [rows * self._row_bytes(role) for role in self._bands]
        return rows if rows > 0 and all(size >= need for size, need in zip(sizes, needed)) else 0

    def _path(self, role: str) -> Path:
        return self._folder / f"{role}.raw"

    def _row_bytes(self, role: str) -> int:
        return self._bands[role] * self._width * self._dtype.itemsize

    def replay(self, step: int = 512) -> Iterator[tuple[int, dict[str, npt.NDArray[Any]]]]:
        """Give the rows that are there: first row and, by role, [bands, h, width]."""
        if not self.rows:
            return
        with contextlib.ExitStack() as stack:
            files = {role: stack.enter_context(open(self._path(role), "rb")) for role in self._bands}
            for first in range(0, self.rows, step):
                count = min(step, self.rows - first)
                yield (
                    first,
                    {
                        role: np.frombuffer(file.read(count * self._row_bytes(role)), self._dtype)
                        .reshape(count, self._bands[role], self._width)
                        .transpose(1, 0, 2)
                        for role, file in files.items()
                    },
                )

    def append(self, rows: Mapping[str, npt.NDArray[Any]]) -> None:
        """Append rows [bands, h, width] of every role; synced now and then."""
        if not self._files:
            for role in self._bands:
                file = open(self._path(role), "ab")  # noqa: SIM115 - held until close
                file.truncate(self.rows * self._row_bytes(role))
                self._files[role] = file
        for role, block in rows.items():
            self._files[role].write(np.ascontiguousarray(block.transpose(1, 0, 2)).data)
        self._written_rows += next(iter(rows.values())).shape[1]
        if time.monotonic() - self._synced > SYNC_S:
            self.sync()

    def sync(self) -> None:
        """Make the rows safe that were appended so far."""
        for file in self._files.values():
            file.flush()
            os.fsync(file.fileno())
        state: dict[str, Any] = {"fingerprint": self._print, "bands": self._bands, "width": self._width}
        state["dtype"] = self._dtype.name
        state["rows"] = self._written_rows
        temporary = self._folder / f"{_STATE}.tmp"
        with open(temporary, "w", encoding="utf-8") as stream:
            json.dump(state, stream)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(temporary, self._folder / _STATE)
        self._synced = time.monotonic()

    def close(self) -> None:
        """Let the files go."""
        for file in self._files.values():
            file.close()
        self._files = {}
