"""Which backend is faster on this machine, by a short trial."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, wait

import torch

from urbangrain.engine.inference.backends import Backend
from urbangrain.engine.inference.lanes import Lanes

TRIAL_S = 1.0
"""Seconds that each backend is timed for where nothing else is said."""

CLEARLY = 1.1
"""How many times faster another backend must be to be worth a change: trials on a busy machine scatter."""


def rate(
    backend: Backend,
    bands: int,
    window: int,
    batch: int,
    check: Callable[[], None] = lambda: None,
    seconds: float = TRIAL_S,
) -> float:
    """Return the pixels a second that pass through a backend.

    Parameters
    ----------
    backend : Backend
    bands, window, batch : int
        Shape of the batches of noise, [batch, bands, window, window].
    check : callable
        Called between batches; may raise to stop.
    seconds : float
        How long to time, after one batch that warms it up.
    """
    generator = torch.Generator().manual_seed(0)
    noise = torch.randn(batch, bands, window, window, generator=generator).to(backend.device)
    lanes: Lanes[None] = Lanes(backend.lanes, backend.enter_lane)

    def once() -> None:
        backend.predict(noise)
        _wait(backend)

    under_way: deque[Future[None]] = deque()
    try:
        for future in [lanes.submit(once) for _ in range(backend.lanes)]:  # each warms up
            future.result()
        done, began = 0, time.perf_counter()
        while True:
            check()
            while len(under_way) <= backend.lanes:  # as in a map: the next batch is there when a lane is free
                under_way.append(lanes.submit(once))
            under_way.popleft().result()
            done += 1
            spent = time.perf_counter() - began
            if done >= 2 * backend.lanes and spent >= seconds:
                break
        wait([future for future in under_way if not future.cancel()])  # so that nothing disturbs what comes next
        return done * batch * window * window / spent
    finally:
        for future in under_way:
            future.cancel()
        lanes.close()


def faster(first: str, rates: dict[str, float]) -> str:
    """Return the backend to take: ``first`` unless another one is clearly faster."""
    best = max(rates, key=lambda name: rates[name])
    return best if rates[best] > CLEARLY * rates[first] else first


def _wait(backend: Backend) -> None:
    """Let a device finish what it was given: CUDA answers before it is done."""
    if backend.device.type == "cuda":
        torch.cuda.synchronize(backend.device)
