"""Batches that are predicted side by side, each in a thread of its own.

One team of threads that shares every layer of a light network waits for its slowest member many times a batch, most of
all when a core is also reading or writing. Two threads that each take a batch of their own hardly wait: on two cores
the light HRNet-OCR ran 1.14 times as fast that way (2.45 against 2.14 Mpx/s), and other work disturbs it less.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Generic, TypeVar

T = TypeVar("T")

MOST = 2
"""Lanes at most on a CPU: each holds the activations of a batch, and more gain little."""


def split(threads: int) -> tuple[int, int]:
    """Divide threads into lanes: how many lanes, and the threads in each; none is left over but the odd one."""
    lanes = min(MOST, threads)
    return lanes, threads // lanes


class Lanes(Generic[T]):
    """Threads that do what they are handed, in the order in which it was handed over.

    They are daemons: a batch under way never keeps a process that wants to end.

    Parameters
    ----------
    count : int
        How many.
    enter : callable
        Called first in each of them, with its number from 0.
    """

    def __init__(self, count: int, enter: Callable[[int], None]) -> None:
        self._items: queue.SimpleQueue[tuple[Future[T], Callable[[], T]] | None] = queue.SimpleQueue()
        self._count = count
        for number in range(count):
            name = f"urbangrain-lane-{number}"
            threading.Thread(target=self._run, args=(enter, number), name=name, daemon=True).start()

    def submit(self, work: Callable[[], T]) -> Future[T]:
        """Hand something over; what it returns or raises is in the future."""
        future: Future[T] = Future()
        self._items.put((future, work))
        return future

    def close(self) -> None:
        """Let the threads end after what they were handed; nobody waits for them."""
        for _ in range(self._count):
            self._items.put(None)

    def _run(self, enter: Callable[[int], None], number: int) -> None:
        enter(number)
        while (item := self._items.get()) is not None:
            future, work = item
            if future.set_running_or_notify_cancel():
                try:
                    future.set_result(work())
                except BaseException as error:
                    future.set_exception(error)
            del item, future, work  # a waiting thread must not hold a batch's memory
