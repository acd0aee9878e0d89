"""Several GPUs of one machine as one backend: each has the network and lanes of its own, and takes the next batch."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import torch

from .backends import Backend


class SeveralBackends:
    """Backends on different devices, used as one.

    Bands are scaled, blended and reduced on the first device; batches travel to the others and their probabilities
    back, which is little beside what a network does with them.

    Parameters
    ----------
    backends : sequence of Backend
        With the same network, at least one.
    """

    def __init__(self, backends: Sequence[Backend]) -> None:
        first = backends[0]
        self._backends = list(backends)
        self._owners = [backend for backend in backends for _ in range(backend.lanes)]
        self._here = threading.local()
        self.name, self.device, self.precision = first.name, first.device, first.precision
        self.classes, self.upscale = first.classes, first.upscale
        self.device_name = ", ".join(backend.device_name for backend in backends)
        self.lanes = len(self._owners)

    def enter_lane(self, number: int = 0) -> None:
        """Keep the calling thread to the device whose lane this is."""
        self._here.backend = self._owners[number]
        self._here.backend.enter_lane()

    def predict(self, batch: torch.Tensor) -> torch.Tensor:
        """See `Backend.predict`; takes and gives tensors of the first device."""
        backend: Backend = getattr(self._here, "backend", self._backends[0])
        if backend.device == self.device:
            return backend.predict(batch)
        return backend.predict(batch.to(backend.device, non_blocking=True)).to(self.device)

    def close(self) -> None:
        """Give the memory of all devices back."""
        for backend in self._backends:
            backend.close()
