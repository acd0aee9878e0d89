"""The device's part of the work: cut windows from a band of rows, predict, blend, reduce finished rows to classes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
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
from .settings import Settings
from .windows import Axis, Region, reflect, touching

CONFIDENCE_SCALE = 254
"""A probability p is stored as round(254 p); 255 is nodata."""


@dataclass(frozen=True)
class Rows:
    """Finished rows ``row0 ...`` of the output grid, over the region's columns."""

    row0: int
    winner: npt.NDArray[np.uint8]
    confidence: npt.NDArray[np.uint8]
    target: npt.NDArray[np.bool_]
    probabilities: npt.NDArray[np.uint8] | None


class Stitcher:
    """Turns rows of an image into rows of classes with memory for one band of windows only.

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
        self.batch = settings.batch or first_batch(device, window, channels, backend.classes)
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

    def run_band(
        self,
        starts: npt.NDArray[np.int64],
        image: npt.NDArray[np.float32],
        valid: npt.NDArray[np.bool_],
        target: npt.NDArray[np.bool_],
        row0: int,
        finished: int,
    ) -> Rows | None:
        """Compute some rows of windows.

        Parameters
        ----------
        starts : int array
            First row of each row of windows, from `bands`.
        image, valid, target : arrays [C, h, w], [h, w], [h, w]
            Image rows from ``row0``, columns `read_columns`: pixel values, where they are numbers, and where a class is
            wanted (within the valid ones).
        row0 : int
        finished : int
            Output rows before this one get no more windows.

        Returns
        -------
        Rows or None
            The rows that are done now; None when there are none.
        """
        window, u = self._settings.window, self._backend.upscale
        first, last = int(starts[0]), int(starts[-1]) + window
        self._roll(first * u, (last - first) * u)
        chosen = [
            (int(r), int(c)) for r in starts for c in self.col_starts if self._wanted(target, row0, int(r), int(c))
        ]
        if chosen:
            band = self._scaled(image, valid, first, last, row0)
            done = 0
            while done < len(chosen):
                self._check()
                places = chosen[done : done + self.batch]
                answer = self._predict(band, places, first)
                if answer is None:
                    continue  # the batch was halved
                self._add(answer, places)
                done += len(places)
                self._windows += len(places)
                row = first * u + (finished - first * u) * done / len(chosen)
                share = (row - self._region.row0 * u) / (self._region.height * u)
                self._on_windows(self._windows, min(1.0, max(0.0, share)))
        return self._reduce(target, row0, finished)

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
        # Views where nothing is reflected; whole copies of a wide band are what costs memory here.
        plain_rows, plain_columns = _run(rows), _run(self._columns)
        if plain_rows is not None:
            x, ok = x[:, plain_rows], ok[plain_rows]
        if plain_columns is not None:
            x, ok = x[:, :, plain_columns], ok[:, plain_columns]
        # On a CPU x still shares the reader's memory, which the next band needs: the first step makes a copy.
        x = (x - self._offset).mul_(self._gain).clamp_(*self._limits).mul_(ok)
        if plain_rows is None:
            x = x.index_select(1, torch.from_numpy(rows).to(device))
        if plain_columns is None:
            x = x.index_select(2, torch.from_numpy(self._columns).to(device))
        return x

    def _predict(self, band: torch.Tensor, places: list[tuple[int, int]], first: int) -> torch.Tensor | None:
        window = self._settings.window
        try:
            windows = torch.stack(
                [band[:, r - first : r - first + window, c - self._left : c - self._left + window] for r, c in places]
            )
            return predict_flipped(self._backend.predict, windows, FLIPS[self._settings.flips])
        except UrbanGrainError:
            raise
        except (RuntimeError, MemoryError) as error:
            if is_out_of_memory(error):
                problem = None
            elif is_device_lost(error):
                problem = UrbanGrainError(
                    "device.lost", device=self._backend.device_name, reason=str(error).strip().splitlines()[0]
                )
                raise problem from error
            else:
                raise
        # Outside the except block: a live traceback would keep the failed batch's tensors.
        if self.batch <= 1:
            raise UrbanGrainError("device.out_of_memory", device=self._backend.device_name, window=window)
        self.batch = min(self.batch, len(places)) // 2 or 1
        if self._backend.device.type == "cuda":
            torch.cuda.empty_cache()
        self._halved(self.batch)
        return None

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
        winner, confidence = decide(part, self._settings.threshold, self._settings.binary)
        wanted = target[:, region.col0 - self._read_cols[0] : region.col1 - self._read_cols[0]]
        if u > 1:
            wanted = wanted.repeat(u, axis=0).repeat(u, axis=1)
        wanted = wanted[first - row0 * u : last - row0 * u]
        return Rows(
            first,
            winner.to(torch.uint8).cpu().numpy(),
            _byte(confidence),
            np.ascontiguousarray(wanted),
            _byte(part) if self._keep else None,
        )


def _run(index: npt.NDArray[np.int64]) -> slice | None:
    """Return a slice that takes the same elements, where an index counts up by ones."""
    return slice(int(index[0]), int(index[-1]) + 1) if bool((np.diff(index) == 1).all()) else None


def _byte(share: torch.Tensor) -> npt.NDArray[np.uint8]:
    return (share * CONFIDENCE_SCALE).round_().clamp_(0, CONFIDENCE_SCALE).to(torch.uint8).cpu().numpy()


def _span(first: int, size: int, length: int) -> tuple[int, int]:
    """First and last (exclusive) pixel of the image that ``size`` positions from ``first``, reflected, fall on."""
    folded = reflect(np.arange(first, first + size), length)
    return int(folded.min()), int(folded.max()) + 1
