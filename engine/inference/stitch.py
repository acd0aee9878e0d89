"""The device's part of the work: cut windows from a band of rows, predict, blend, reduce finished rows.

Finished rows are classes with their probability, or the numbers of a network that gives those.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, wait
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch

from urbangrain.engine.errors import UrbanGrainError
from urbangrain.engine.raster.scaling import BandAffine

from .backends import Backend, first_batch, is_device_lost, is_out_of_memory
from .blending import side_weights, weight_sum
from .decide import decide
from .flips import FLIPS, predict_flipped
from .lanes import Lanes
from .settings import Settings
from .windows import Axis, Region, reflect, touching

CONFIDENCE_SCALE = 254
"""A probability p is stored as round(254 p); 255 is nodata."""

_CACHED_PX = 16_384
"""Pixels that are scaled at once on a CPU: a quarter of a megabyte for four bands."""


@dataclass(frozen=True)
class Band:
    """Image rows for some rows of windows.

    Attributes
    ----------
    starts : int array
        First row of each row of windows, from `Stitcher.bands`.
    image, valid, target : arrays [C, h, w], [h, w], [h, w]
        Image rows from ``row0``, columns `Stitcher.read_columns`: pixel values, where they are numbers, and where a
        result is wanted (within the valid ones).
    row0 : int
    finished : int
        Output rows before this one get no more windows.
    """

    starts: npt.NDArray[np.int64]
    image: npt.NDArray[np.float32]
    valid: npt.NDArray[np.bool_]
    target: npt.NDArray[np.bool_]
    row0: int
    finished: int


@dataclass(frozen=True)
class Rows:
    """Finished rows ``row0 ...`` of the output grid, over the region's columns: `ClassRows` or `ValueRows`.

    ``target`` [h, w] says which of their pixels are wanted.
    """

    row0: int
    target: npt.NDArray[np.bool_]


@dataclass(frozen=True)
class ClassRows(Rows):
    """Index of the class and its probability [h, w], and of all classes [K, h, w] if kept; see `CONFIDENCE_SCALE`."""

    winner: npt.NDArray[np.uint8]
    confidence: npt.NDArray[np.uint8]
    probabilities: npt.NDArray[np.uint8] | None


@dataclass(frozen=True)
class ValueRows(Rows):
    """Numbers [K, h, w] as the network gives them, averaged over windows and flips; anything outside ``target``."""

    values: npt.NDArray[np.float32]


class Stitcher:
    """Turns rows of an image into rows of classes or numbers with memory for one band of windows only.

    Parameters
    ----------
    backend : Backend
    settings : Settings
    affine : BandAffine
        Pixel values to network input.
    height, width : int
        The whole image on the model's grid: windows lie on its grid whatever the region, so that a part is mapped as
        within the whole.
    region : Region
        What to map.
    keep_probabilities : bool
    on_batch_halved : callable
        Told the new batch when the device ran out of memory.
    on_windows : callable
        Told after each batch how many windows were computed so far, and the share of the region that is done.
    check : callable
        Called before each batch; may raise to stop.
    """

    def __init__(
        self,
        backend: Backend,
        settings: Settings,
        affine: BandAffine,
        height: int,
        width: int,
        region: Region,
        keep_probabilities: bool = False,
        on_batch_halved: Callable[[int], None] = lambda batch: None,
        on_windows: Callable[[int, float], None] = lambda windows, share: None,
        check: Callable[[], None] = lambda: None,
    ) -> None:
        self._backend, self._settings, self._region = backend, settings, region
        self._keep, self._halved, self._check = keep_probabilities, on_batch_halved, check
        self._on_windows, self._windows = on_windows, 0
        window, u = settings.window, backend.upscale
        self.rows_axis = Axis(height, window, settings.overlap)
        self.cols_axis = Axis(width, window, settings.overlap)
        self.row_starts = touching(self.rows_axis.starts(), window, region.row0, region.row1)
        self.col_starts = touching(self.cols_axis.starts(), window, region.col0, region.col1)
        device = backend.device
        channels = len(affine.offset)
        self.batch = settings.batch or first_batch(device, window, channels, backend.classes, u)
        self._group = settings.rows or max(1, -(-self.batch // len(self.col_starts)))
        self._offset = torch.from_numpy(affine.offset).to(device)[:, None, None]
        self._gain = torch.from_numpy(affine.gain).to(device)[:, None, None]
        self._limits = (affine.low, affine.high)
        self._left = int(self.col_starts[0])
        span = int(self.col_starts[-1]) + window - self._left
        self._read_cols = _span(self._left, span, width)
        self._columns = reflect(np.arange(self._left, self._left + span), width) - self._read_cols[0]
        blend = settings.blend
        row_weights = torch.from_numpy(side_weights(self.rows_axis, blend, u, settings.margin)).float()
        col_weights = torch.from_numpy(side_weights(self.cols_axis, blend, u, settings.margin)).float()
        self._weights = (row_weights[:, None] * col_weights[None, :]).to(device)
        first, last = region.col0 * u, region.col1 * u
        self._row_norm = 1.0 / weight_sum(self.rows_axis, blend, u, settings.margin)
        self._col_norm = (
            torch.from_numpy(1.0 / weight_sum(self.cols_axis, blend, u, settings.margin)[first:last]).float().to(device)
        )
        self._sum: torch.Tensor | None = None  # [K, rows, span * u]: the rolling band
        self._sum_row = 0  # its first row on the output grid
        self._ahead = backend.lanes + 1  # batches under way: the next one is ready when a lane is

    @property
    def windows(self) -> int:
        """Windows computed so far."""
        return self._windows

    @property
    def window(self) -> int:
        """Side of a window in pixels of the model's grid."""
        return self._settings.window

    @property
    def upscale(self) -> int:
        """Output pixels along an input pixel's side."""
        return self._backend.upscale

    @property
    def channels(self) -> int:
        """Input bands."""
        return int(self._offset.shape[0])

    @property
    def read_columns(self) -> tuple[int, int]:
        """Columns of the image that the region's windows need."""
        return self._read_cols

    def bands(self) -> Iterator[tuple[npt.NDArray[np.int64], int, int]]:
        """Rows of windows that are computed at once, with the first and last image row (exclusive) that they need."""
        for i in range(0, len(self.row_starts), self._group):
            starts = self.row_starts[i : i + self._group]
            first, last = int(starts[0]), int(starts[-1]) + self._settings.window
            yield starts, *_span(first, last - first, self.rows_axis.length)

    def run(self, bands: Iterable[Band]) -> Generator[Rows, None, None]:
        """Compute bands, in order; gives the rows that are done, in order.

        Batches of windows are under way in the backend's lanes while earlier ones are blended and the next band is
        scaled. Answers are added in the order of the windows, so that sums do not depend on which lane was faster.
        """
        lanes: Lanes[torch.Tensor] = Lanes(self._backend.lanes, self._backend.enter_lane)
        self._backend.enter_lane()  # for the arithmetic of this thread
        under_way: deque[_Batch] = deque()
        try:
            for band in bands:
                part = self._begin(band)
                del band
                done = 0
                while True:
                    self._check()
                    places = part.places[done : done + self.batch]
                    done += len(places)
                    future = lanes.submit(self._prediction(part, places)) if places else None
                    under_way.append(_Batch(part, places, future, done, self._ahead == 0))
                    while len(under_way) > self._ahead:
                        yield from self._finish(under_way, lanes)
                    if done >= len(part.places):
                        break
            while under_way:
                yield from self._finish(under_way, lanes)
        finally:
            for batch in under_way:
                if batch.future is not None:
                    batch.future.cancel()
            lanes.close()

    def _begin(self, band: Band) -> _Part:
        first, last = int(band.starts[0]), int(band.starts[-1]) + self._settings.window
        places = [
            (int(r), int(c))
            for r in band.starts
            for c in self.col_starts
            if self._wanted(band.target, band.row0, int(r), int(c))
        ]
        scaled = self._scaled(band.image, band.valid, first, last, band.row0) if places else None
        return _Part(first, last, places, scaled, band.target, band.row0, band.finished)

    def _finish(self, under_way: deque[_Batch], lanes: Lanes[torch.Tensor]) -> Iterator[Rows]:
        """Blend the oldest batch; the last one of a band gives the rows that are done."""
        batch = under_way.popleft()
        part, u = batch.part, self._backend.upscale
        if batch.done <= len(batch.places):  # the band's first batch
            self._roll(part.first * u, (part.last - part.first) * u)
        if batch.future is not None:
            try:
                answer = batch.future.result()
            except (RuntimeError, MemoryError) as error:
                if not is_out_of_memory(error):
                    raise
                answer = None
            # Outside the except block: a live traceback would keep the failed batch's tensors.
            if answer is None:
                self._again(batch, under_way, lanes)
            else:
                self._add(answer, batch.places)
                self._tell(part, len(batch.places), batch.done)
        if batch.done >= len(part.places):
            rows = self._reduce(part.target, part.row0, part.finished)
            if rows is not None:
                yield rows

    def _again(self, batch: _Batch, under_way: Iterable[_Batch], lanes: Lanes[torch.Tensor]) -> None:
        """Compute a batch for which memory ran out: alone, then in halves of halves until it fits.

        What is learnt holds for the rest of the run: the batch, and that only one is under way.
        """
        wait([b.future for b in under_way if b.future is not None])
        alone, done = batch.alone, 0
        self._ahead = 0
        while done < len(batch.places):
            self._check()
            places = batch.places[done : done + self.batch]
            if alone:
                self._halve(len(places))
                places = places[: self.batch]
            if self._backend.device.type == "cuda":
                torch.cuda.empty_cache()
            future = lanes.submit(self._prediction(batch.part, places))
            wait([future])
            failure = future.exception()
            if failure is None:
                self._add(future.result(), places)
                done += len(places)
                self._tell(batch.part, len(places), batch.done - len(batch.places) + done)
            elif not is_out_of_memory(failure):
                raise failure
            alone = failure is not None
            del future, failure

    def _halve(self, failed: int) -> None:
        if self.batch <= 1:
            raise UrbanGrainError(
                "device.out_of_memory", device=self._backend.device_name, window=self._settings.window
            )
        self.batch = min(self.batch, failed) // 2 or 1
        self._halved(self.batch)

    def _tell(self, part: _Part, new: int, done: int) -> None:
        u = self._backend.upscale
        self._windows += new
        row = part.first * u + (part.finished - part.first * u) * done / len(part.places)
        share = (row - self._region.row0 * u) / (self._region.height * u)
        self._on_windows(self._windows, min(1.0, max(0.0, share)))

    def close(self) -> None:
        """Drop the device's tensors."""
        self._sum = None
        if self._backend.device.type == "cuda":
            torch.cuda.empty_cache()

    def _wanted(self, target: npt.NDArray[np.bool_], row0: int, row: int, col: int) -> bool:
        window, left = self._settings.window, self._read_cols[0]
        rows = slice(max(0, row - row0), max(0, row - row0 + window))
        cols = slice(max(0, col - left), max(0, col - left + window))
        return bool(target[rows, cols].any())

    def _scaled(
        self, image: npt.NDArray[np.float32], valid: npt.NDArray[np.bool_], first: int, last: int, row0: int
    ) -> torch.Tensor:
        """Scaled band [C, last - first, span], reflected over the image's borders; invalid pixels are 0 (the mean)."""
        device = self._backend.device
        rows = reflect(np.arange(first, last), self.rows_axis.length) - row0
        x = torch.from_numpy(image).to(device, non_blocking=True)
        ok = torch.from_numpy(valid).to(device, non_blocking=True)
        band = torch.empty((x.shape[0], len(rows), len(self._columns)), device=device)
        # What lies inside the image is scaled into its place; the rim is copied from there.
        down, across = (
            _inside(first, last, self.rows_axis.length),
            _inside(self._left, self._left + len(self._columns), self.cols_axis.length),
        )
        columns = slice(int(self._columns[across.start]), int(self._columns[across.stop - 1]) + 1)
        step = down.stop - down.start if device.type != "cpu" else max(1, _CACHED_PX // len(self._columns))
        for to in range(down.start, down.stop, step):
            count = min(step, down.stop - to)
            at = slice(int(rows[to]), int(rows[to]) + count)
            part = torch.sub(x[:, at, columns], self._offset, out=band[:, to : to + count, across])
            part.mul_(self._gain).clamp_(*self._limits).mul_(ok[at, columns])
        _copy_rim(band, 2, across, self._columns - columns.start + across.start)
        _copy_rim(band, 1, down, rows - int(rows[down.start]) + down.start)
        return band

    def _prediction(self, part: _Part, places: list[tuple[int, int]]) -> Callable[[], torch.Tensor]:
        """Return the work of one batch, for a lane."""
        window, left, first, band = self._settings.window, self._left, part.first, part.scaled
        assert band is not None

        def work() -> torch.Tensor:
            try:
                windows = torch.stack(
                    [band[:, r - first : r - first + window, c - left : c - left + window] for r, c in places]
                )
                return predict_flipped(self._backend.predict, windows, FLIPS[self._settings.flips])
            except RuntimeError as error:
                if is_out_of_memory(error) or not is_device_lost(error):
                    raise
                reason = str(error).strip().splitlines()[0]
                raise UrbanGrainError("device.lost", device=self._backend.device_name, reason=reason) from error

        return work

    def _roll(self, first: int, rows: int) -> None:
        """Move the rolling band to start at output row ``first`` with ``rows`` rows, keeping what overlaps."""
        width = len(self._columns) * self._backend.upscale
        kept = max(0, self._sum_row + self._sum.shape[1] - first) if self._sum is not None else 0
        if self._sum is not None and self._sum.shape[1] == rows:
            if kept:
                self._sum[:, :kept] = self._sum[:, -kept:].clone()
            self._sum[:, kept:] = 0
        else:
            fresh = torch.zeros((self._backend.classes, rows, width), device=self._backend.device)
            if self._sum is not None and kept:
                fresh[:, :kept] = self._sum[:, -kept:]
            self._sum = fresh
        self._sum_row = first

    def _add(self, answer: torch.Tensor, places: list[tuple[int, int]]) -> None:
        assert self._sum is not None
        u = self._backend.upscale
        size = self._settings.window * u
        largest = self._settings.blend == "max"
        for one, (row, col) in zip(answer, places):
            top, left = row * u - self._sum_row, (col - self._left) * u
            view = self._sum[:, top : top + size, left : left + size]
            if largest:
                torch.maximum(view, one, out=view)
            else:
                view.addcmul_(one, self._weights)

    def _reduce(self, target: npt.NDArray[np.bool_], row0: int, finished: int) -> Rows | None:
        assert self._sum is not None
        u, region = self._backend.upscale, self._region
        first = max(self._sum_row, region.row0 * u)
        last = min(finished, region.row1 * u)
        if last <= first:
            return None
        left = (region.col0 - self._left) * u
        part = self._sum[:, first - self._sum_row : last - self._sum_row, left : left + region.width * u]
        if self._settings.blend != "max":
            rows = torch.from_numpy(self._row_norm[first:last]).float().to(part.device)
            # In place: these rows are never added to again.
            part.mul_(rows[None, :, None]).mul_(self._col_norm[None, None, :])
        wanted = target[:, region.col0 - self._read_cols[0] : region.col1 - self._read_cols[0]]
        if u > 1:
            wanted = wanted.repeat(u, axis=0).repeat(u, axis=1)
        wanted = np.ascontiguousarray(wanted[first - row0 * u : last - row0 * u])
        if self._settings.values:
            # A copy: the band rolls on while the rows are written.
            return ValueRows(first, wanted, part.to("cpu", copy=True).numpy())
        winner, confidence = decide(part, self._settings.threshold, self._settings.binary)
        return ClassRows(
            first,
            wanted,
            winner.to(torch.uint8).cpu().numpy(),
            _byte(confidence),
            _byte(part) if self._keep else None,
        )


@dataclass(frozen=True)
class _Part:
    """A band on its way: windows ``places`` of rows ``first .. last``, scaled; the rest as in `Band`."""

    first: int
    last: int
    places: list[tuple[int, int]]
    scaled: torch.Tensor | None
    target: npt.NDArray[np.bool_]
    row0: int
    finished: int


@dataclass(frozen=True)
class _Batch:
    """Windows ``places`` of a part, predicted in ``future``; the first ``done`` of the part end with them.

    ``alone`` says that no other batch was under way with it.
    """

    part: _Part
    places: list[tuple[int, int]]
    future: Future[torch.Tensor] | None
    done: int
    alone: bool


def _inside(first: int, last: int, length: int) -> slice:
    """Positions from ``first`` on that lie in ``0 .. length - 1``."""
    return slice(max(0, -first), min(last, length) - first)


def _copy_rim(band: torch.Tensor, axis: int, inside: slice, sources: npt.NDArray[np.int64]) -> None:
    """Fill what is not ``inside`` along an axis from where ``sources`` says, which is inside."""
    for rim in (slice(0, inside.start), slice(inside.stop, len(sources))):
        if rim.start < rim.stop:
            index = torch.from_numpy(sources[rim]).to(band.device)
            place = (slice(None),) * axis + (rim,)
            band[place] = band.index_select(axis, index)


def _byte(share: torch.Tensor) -> npt.NDArray[np.uint8]:
    return (share * CONFIDENCE_SCALE).round_().clamp_(0, CONFIDENCE_SCALE).to(torch.uint8).cpu().numpy()


def _span(first: int, size: int, length: int) -> tuple[int, int]:
    """First and last (exclusive) pixel of the image that ``size`` positions from ``first``, reflected, fall on."""
    folded = reflect(np.arange(first, first + size), length)
    return int(folded.min()), int(folded.max()) + 1
