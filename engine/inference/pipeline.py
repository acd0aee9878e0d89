"""Reading, device work and writing at the same time: three threads, two bounded queues, the first exception wins.

    reader --(rows of the image)--> device --(rows of classes)--> writer

The caller's thread only watches: it passes on cancellation at once, even while the device is busy with a batch.
"""

from __future__ import annotations

import contextlib
import queue
import threading
from collections.abc import Callable
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from urbangrain.engine.context import JobContext
from urbangrain.engine.errors import JobCancelled
from urbangrain.engine.watch import WATCH_S

from .stitch import Band, Rows, Stitcher

QUEUED = 1
"""Bands that may wait in a queue: one in use, one ready and one in the making keep both sides busy."""


class ReadRows(Protocol):
    """Read image rows: float32 [C, h, w] and bool [h, w]."""

    row_step: int

    def read(self, row0: int, row1: int, col0: int, col1: int) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.bool_]]:
        """Read rows and columns of the model's grid."""
        ...


class Target(Protocol):
    """Where a person wants classes."""

    def mask(self, row0: int, row1: int, col0: int, col1: int) -> npt.NDArray[np.bool_]:
        """Wanted pixels of a part of the model's grid."""
        ...

    def columns(self, row0: int, row1: int) -> list[tuple[int, int]]:
        """Column ranges, sorted and apart, outside which nothing is wanted in these rows."""
        ...


class Everything:
    """A target without limits over ``width`` columns."""

    def __init__(self, width: int) -> None:
        self._width = width

    def mask(self, row0: int, row1: int, col0: int, col1: int) -> npt.NDArray[np.bool_]:
        """All pixels."""
        return np.ones((row1 - row0, col1 - col0), bool)

    def columns(self, row0: int, row1: int) -> list[tuple[int, int]]:
        """All columns."""
        return [(0, self._width)]


class _Stopped(Exception):
    """Raised inside a thread when another one has failed or the job was cancelled."""


class _Flow:
    """Threads that pass items on, stop together and keep the first exception."""

    def __init__(self) -> None:
        self.stop = threading.Event()
        self._lock = threading.Lock()
        self._error: BaseException | None = None
        self._threads: list[threading.Thread] = []

    def start(self, name: str, work: Callable[[], None]) -> None:
        def run() -> None:
            try:
                work()
            except _Stopped:
                pass
            except BaseException as error:
                with self._lock:
                    if self._error is None:
                        self._error = error
                self.stop.set()

        thread = threading.Thread(target=run, name=f"urbangrain-{name}", daemon=True)
        self._threads.append(thread)
        thread.start()

    def put(self, to: queue.Queue[Any], item: Any) -> None:
        while True:
            self.check()
            try:
                return to.put(item, timeout=WATCH_S)
            except queue.Full:
                continue

    def get(self, source: queue.Queue[Any]) -> Any:
        while True:
            self.check()
            try:
                return source.get(timeout=WATCH_S)
            except queue.Empty:
                continue

    def check(self) -> None:
        if self.stop.is_set():
            raise _Stopped

    def watch(self, context: JobContext, patient: tuple[str, ...]) -> None:
        """Wait for the end. On cancellation only the threads named in ``patient`` are waited for."""
        try:
            while any(t.is_alive() for t in self._threads):
                context.check()
                if self.stop.is_set():
                    break
                self.stop.wait(WATCH_S)
        except JobCancelled:
            self.stop.set()
            for thread in self._threads:
                if thread.name.removeprefix("urbangrain-") in patient:
                    thread.join()
            raise
        for thread in self._threads:
            while thread.is_alive():
                thread.join(WATCH_S)
                if context.cancelled.is_set() and thread.name.removeprefix("urbangrain-") not in patient:
                    break
        with self._lock:
            if self._error is not None:
                raise self._error


def run_pipeline(
    source: Callable[[], Any],
    target: Target,
    stitcher: Stitcher,
    write: Callable[[Rows], None],
    context: JobContext,
    on_pixels: Callable[[int], None] = lambda pixels: None,
) -> None:
    """Map a region.

    Parameters
    ----------
    source : callable
        Makes a context manager that gives a `ReadRows`; entered and left in the reader's thread, because a GDAL dataset
        belongs to one thread.
    target : Target
    stitcher : Stitcher
    write : callable
        Takes finished rows, in order, in the writer's thread.
    context : JobContext
        Asked about cancellation; answered within a tenth of a second, while the batch under way ends by itself.
    on_pixels : callable
        Told in the writer's thread how many pixels each write mapped.

    Raises
    ------
    JobCancelled
    Exception
        The first one of any thread.
    """
    flow = _Flow()
    read_queue: queue.Queue[Band | None] = queue.Queue(QUEUED)
    write_queue: queue.Queue[Rows | None] = queue.Queue(QUEUED)

    def read() -> None:
        with source() as image:
            for band in _read_bands(image, target, stitcher, flow.check):
                flow.put(read_queue, band)
        flow.put(read_queue, None)

    def compute() -> None:
        try:
            with contextlib.closing(stitcher.run(iter(lambda: flow.get(read_queue), None))) as finished:
                for rows in finished:
                    flow.put(write_queue, rows)
            flow.put(write_queue, None)
        finally:
            stitcher.close()

    def save() -> None:
        while True:
            rows = flow.get(write_queue)
            if rows is None:
                break
            write(rows)
            on_pixels(int(rows.target.sum()))

    flow.start("reader", read)
    flow.start("device", compute)
    flow.start("writer", save)
    # The writer's files are about to be deleted, so it must have let go; the others only hold memory.
    flow.watch(context, patient=("writer",))


def _read_bands(image: ReadRows, target: Target, stitcher: Stitcher, check: Callable[[], None]) -> Any:
    """Bands of rows for the stitcher, each image row read once: rows that two bands share are kept."""
    col0, col1 = stitcher.read_columns
    window = stitcher.window
    height = stitcher.rows_axis.length
    u = stitcher.upscale
    plan = list(stitcher.bands())
    values = np.zeros((stitcher.channels, 0, col1 - col0), np.float32)
    valid = np.zeros((0, col1 - col0), bool)
    wanted = np.zeros((0, col1 - col0), bool)
    held0 = held1 = plan[0][1]
    for i, (starts, row0, row1) in enumerate(plan):
        if row0 > held0:
            drop = min(row0 - held0, held1 - held0)
            values, valid, wanted = values[:, drop:], valid[drop:], wanted[drop:]
            held0 = row0
            held1 = max(held1, held0)
        parts = [(values, valid, wanted)]
        while held1 < row1:
            check()
            # Whole steps of the file's own blocks, so that no block is decoded twice.
            end = min(height, (held1 // image.row_step + 1) * image.row_step)
            parts.append(_read_step(image, target, held1, end, col0, col1, window, stitcher.channels))
            held1 = end
        if len(parts) > 1:
            values = np.concatenate([p[0] for p in parts], axis=1)
            valid = np.concatenate([p[1] for p in parts])
            wanted = np.concatenate([p[2] for p in parts])
        finished = int(plan[i + 1][0][0]) * u if i + 1 < len(plan) else height * u
        rows = slice(0, row1 - held0)
        yield Band(starts, values[:, rows], valid[rows], wanted[rows], held0, finished)


def _read_step(
    image: ReadRows, target: Target, row0: int, row1: int, col0: int, col1: int, window: int, channels: int
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    wanted = target.mask(row0, row1, col0, col1)
    # A window that holds a wanted pixel reaches at most a window beyond it: nothing else of these rows is read.
    ranges = _merged(target.columns(row0 - window, row1 + window), window, col0, col1)
    if ranges == [(col0, col1)]:
        values, valid = image.read(row0, row1, col0, col1)
        return values, valid, wanted & valid
    values = np.zeros((channels, row1 - row0, col1 - col0), np.float32)
    valid = np.zeros((row1 - row0, col1 - col0), bool)
    for first, last in ranges:
        part = slice(first - col0, last - col0)
        values[:, :, part], valid[:, part] = image.read(row0, row1, first, last)
    return values, valid, wanted & valid


def _merged(ranges: list[tuple[int, int]], reach: int, low: int, high: int) -> list[tuple[int, int]]:
    """Widen sorted ranges by ``reach``, clip them to ``low .. high`` and join those that meet."""
    out: list[tuple[int, int]] = []
    for first, last in ranges:
        first, last = max(low, first - reach), min(high, last + reach)
        if first >= last:
            continue
        if out and first <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], last))
        else:
            out.append((first, last))
    return out
