"""What one live view leaves for the next: the loaded network, the scene's scaling, finished tiles."""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Callable, Hashable

from urbangrain.engine.inference.backends import Backend
from urbangrain.engine.models.card import ModelCard
from urbangrain.engine.protocol import LiveTile
from urbangrain.engine.raster.scaling import BandAffine

from .map_backend import one_backend

MOST_BYTES = 64 << 20
"""Packed tiles that are kept: thousands, as a tile of a city packs to some kilobytes."""

_SCENES = 8


def stamp(path: str) -> tuple[str, int, int]:
    """Return a path with its size and time, so that a changed file is another one; zeros for what is no file."""
    try:
        status = os.stat(path)
    except OSError:
        return path, 0, 0
    return path, status.st_size, status.st_mtime_ns


class LiveMemory:
    """Keeps one backend, the scaling of a few scenes, and tiles up to `MOST_BYTES`; the oldest go first.

    Used by one thread at a time, as a worker runs one job at a time.
    """

    def __init__(self) -> None:
        self._tiles: OrderedDict[Hashable, LiveTile] = OrderedDict()
        self._bytes = 0
        self._affines: OrderedDict[Hashable, BandAffine] = OrderedDict()
        self._backend: Backend | None = None
        self._backend_key: Hashable = None

    def backend(self, card: ModelCard, device: str, precision: str) -> Backend:
        """Return the model on its device, loaded at most once as long as nothing changes."""
        key = (stamp(str(card.weights)), card.weights_sha256, repr(card.network_options), device, precision)
        if self._backend is None or key != self._backend_key:
            self.forget_backend()
            self._backend, self._backend_key = one_backend(card, device, precision), key
        return self._backend

    def forget_backend(self) -> None:
        """Give the device's memory back."""
        if self._backend is not None:
            self._backend.close()
        self._backend, self._backend_key = None, None

    def affine(self, scene: Hashable, measure: Callable[[], BandAffine]) -> BandAffine:
        """Return a scene's scaling, measured at most once."""
        if scene not in self._affines:
            self._affines[scene] = measure()
            while len(self._affines) > _SCENES:
                self._affines.popitem(last=False)
        return self._affines[scene]

    def tile(self, name: Hashable) -> LiveTile | None:
        """Return a tile that was kept."""
        if name in self._tiles:
            self._tiles.move_to_end(name)
        return self._tiles.get(name)

    def keep(self, name: Hashable, tile: LiveTile) -> None:
        """Keep a tile."""
        self._bytes += len(tile.data) - (len(self._tiles[name].data) if name in self._tiles else 0)
        self._tiles[name] = tile
        while self._bytes > MOST_BYTES:
            _, old = self._tiles.popitem(last=False)
            self._bytes -= len(old.data)
