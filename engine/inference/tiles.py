"""Single tiles of a map, in any order: each from a window of its own of which the rim is cut off."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt
import torch

from urbangrain.engine.raster.grid import Grid
from urbangrain.engine.raster.scaling import BandAffine

from .backends import Backend
from .decide import decide
from .flips import FLIPS, predict_flipped
from .lanes import Lanes
from .settings import Settings
from .windows import reflect


class ReadPart(Protocol):
    """Reads rows and columns of a grid: float32 [C, h, w] and bool [h, w]."""

    grid: Grid

    def read(self, row0: int, row1: int, col0: int, col1: int) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.bool_]]:
        """Read a part of the grid."""
        ...


@dataclass(frozen=True)
class Lattice:
    """Tiles over a grid: squares of ``side`` pixels from its upper left corner, the last ones cut off.

    ``rim`` is what a window reaches beyond its tile on each side.
    """

    grid: Grid
    side: int
    rim: int

    @staticmethod
    def of(grid: Grid, settings: Settings) -> Lattice:
        """Lay tiles so that a window with half the overlap on each side, and at least the model's margin, is one."""
        rim = max(settings.overlap // 2, settings.margin)
        return Lattice(grid, settings.window - 2 * rim, rim)

    def bounds(self, row: int, column: int) -> tuple[int, int, int, int]:
        """Rows and columns of a tile: first row, last (exclusive), first column, last (exclusive)."""
        top, left = row * self.side, column * self.side
        return top, min(top + self.side, self.grid.height), left, min(left + self.side, self.grid.width)

    def around(self, row0: float, row1: float, col0: float, col1: float) -> list[tuple[int, int]]:
        """Tiles that meet rows ``row0 .. row1`` and columns ``col0 .. col1`` of the grid, from the middle outwards."""
        rows = range(max(0, int(row0 // self.side)), -(-min(int(np.ceil(row1)), self.grid.height) // self.side))
        columns = range(max(0, int(col0 // self.side)), -(-min(int(np.ceil(col1)), self.grid.width) // self.side))
        middle = (row0 + row1) / 2 / self.side - 0.5, (col0 + col1) / 2 / self.side - 0.5
        places = [(r, c) for r in rows for c in columns]
        return sorted(places, key=lambda at: (at[0] - middle[0]) ** 2 + (at[1] - middle[1]) ** 2)


def map_tiles(
    image: ReadPart,
    lattice: Lattice,
    places: Iterable[tuple[int, int]],
    affine: BandAffine,
    backend: Backend,
    settings: Settings,
    check: Callable[[], None] = lambda: None,
) -> Generator[tuple[tuple[int, int], npt.NDArray[np.int16]], None, None]:
    """Map tiles, several at a time.

    Parameters
    ----------
    image : ReadPart
    lattice : Lattice
    places : iterable of (row, column)
        In the order in which they are wanted.
    affine, backend, settings
        As for the `Stitcher`.
    check : callable
        Called before each tile; may raise to stop.

    Yields
    ------
    place : (row, column)
    classes : int16 array [h * u, w * u]
        Index of the class; -1 where the image has no value.
    """
    lanes: Lanes[torch.Tensor] = Lanes(backend.lanes, backend.enter_lane)
    backend.enter_lane()
    under_way: deque[tuple[tuple[int, int], npt.NDArray[np.bool_], Future[torch.Tensor] | None]] = deque()
    try:
        for place in places:
            check()
            window, valid = _window(image, lattice, place, affine, settings.window)
            future = None
            if valid.any():
                batch = torch.from_numpy(window)[None].to(backend.device)

                def work(batch: torch.Tensor = batch) -> torch.Tensor:
                    return predict_flipped(backend.predict, batch, FLIPS[settings.flips])

                future = lanes.submit(work)
            under_way.append((place, valid, future))
            # The next window is read while the lanes are busy; a tile that is ready is never held back.
            while len(under_way) > backend.lanes or (under_way and _ready(under_way[0][2])):
                yield _finished(*under_way.popleft(), lattice, backend.upscale, settings)
        while under_way:
            check()
            yield _finished(*under_way.popleft(), lattice, backend.upscale, settings)
    finally:
        for _, _, future in under_way:
            if future is not None:
                future.cancel()
        lanes.close()


def _ready(future: Future[torch.Tensor] | None) -> bool:
    return future is None or future.done()


def _window(
    image: ReadPart, lattice: Lattice, place: tuple[int, int], affine: BandAffine, side: int
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.bool_]]:
    """Scaled window [C, side, side] of a tile, reflected over the image's borders, and the tile's valid pixels."""
    top, bottom, left, right = lattice.bounds(*place)
    rows = reflect(np.arange(top - lattice.rim, top - lattice.rim + side), image.grid.height)
    columns = reflect(np.arange(left - lattice.rim, left - lattice.rim + side), image.grid.width)
    row0, col0 = int(rows.min()), int(columns.min())
    values, valid = image.read(row0, int(rows.max()) + 1, col0, int(columns.max()) + 1)
    scaled = affine(values) * valid
    core = valid[top - row0 : bottom - row0, left - col0 : right - col0]
    return np.ascontiguousarray(scaled[:, rows - row0][:, :, columns - col0]), core


def _finished(
    place: tuple[int, int],
    valid: npt.NDArray[np.bool_],
    future: Future[torch.Tensor] | None,
    lattice: Lattice,
    upscale: int,
    settings: Settings,
) -> tuple[tuple[int, int], npt.NDArray[np.int16]]:
    fine = valid.repeat(upscale, 0).repeat(upscale, 1)
    if future is None:
        return place, np.full(fine.shape, -1, np.int16)
    first = lattice.rim * upscale
    part = future.result()[0, :, first : first + fine.shape[0], first : first + fine.shape[1]]
    winner, _ = decide(part, settings.threshold, settings.binary)
    return place, np.where(fine, winner.cpu().numpy().astype(np.int16), np.int16(-1))
