"""Training tiles on disk: written once, then streamed from memory-mapped files, so that any amount of imagery fits."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from numpy.lib.format import open_memmap
from pyproj import Transformer
from shapely import box, transform, unary_union
from shapely.geometry import mapping

from urbangrain.engine.context import JobContext
from urbangrain.engine.errors import UrbanGrainError
from urbangrain.engine.models.card import ModelCard
from urbangrain.engine.protocol import TrainSource
from urbangrain.engine.raster.grid import Grid
from urbangrain.engine.training.division import block_side, divide, grouped, parts
from urbangrain.engine.training.labelled import LabelledImage
from urbangrain.engine.training.losses import IGNORED

GUARD_M = 30.0
"""Labels this near to the other part belong to neither; a quarter of a block where blocks are small."""

_CELL = 16
"""Pixels a side of the cells that labels are counted in before blocks are chosen."""


@dataclass(frozen=True)
class TileStore:
    """Tiles with labels of both parts.

    Attributes
    ----------
    images : ndarray float32 [n, bands, side, side]
        Network input.
    train, validation : ndarray uint8 [n, side * upscale, side * upscale]
        Class index, `IGNORED` without label or in the other part.
    classes : tuple of str
    areas : dict
        GeoJSON MultiPolygon in EPSG:4326 of the blocks whose labels are trained on.
    """

    images: npt.NDArray[np.float32]
    train: npt.NDArray[np.uint8]
    validation: npt.NDArray[np.uint8]
    classes: tuple[str, ...]
    areas: dict[str, Any]

    def training_tiles(self) -> npt.NDArray[np.int64]:
        """Numbers of the tiles with something to learn from."""
        return _with_labels(self.train)

    def validation_tiles(self) -> npt.NDArray[np.int64]:
        """Numbers of the tiles with something to validate on."""
        return _with_labels(self.validation)

    def pixels(self, labels: npt.NDArray[np.uint8]) -> dict[str, int]:
        """Count labelled pixels by class name."""
        counts = np.zeros(256, np.int64)
        for tile in labels:
            counts += np.bincount(tile.ravel(), minlength=256)
        return {name: int(counts[i]) for i, name in enumerate(self.classes)}


def _with_labels(labels: npt.NDArray[np.uint8]) -> npt.NDArray[np.int64]:
    return np.flatnonzero([(tile != IGNORED).any() for tile in labels])


def write_store(
    folder: Path,
    sources: Sequence[TrainSource],
    validation: Sequence[TrainSource],
    card: ModelCard,
    side: int,
    share: float,
    seed: int,
    context: JobContext,
) -> TileStore:
    """Cut the tiles of all sources and divide their labels.

    Parameters
    ----------
    folder : Path
        Takes the files; it exists.
    sources, validation : sequence of TrainSource
        Without ``validation`` a ``share`` of the labels of ``sources`` is kept for it, by place.
    side : int
        Of a tile, in pixels of the model's grid; a multiple of 16.

    Raises
    ------
    UrbanGrainError
        ``train.no_labels`` when nothing is left to learn from.
    """
    cut: list[tuple[TrainSource, list[tuple[int, int]], npt.NDArray[np.bool_] | None, int, int, bool]] = []
    trained: list[Any] = []
    for number, source in enumerate([*sources, *validation]):
        context.progress("tiles", 0.02 + 0.05 * number / (len(sources) + len(validation)))
        held_out = number >= len(sources)
        with LabelledImage(source, card, context) as labelled:
            places, counts = _survey(labelled, side, len(card.classes), context)
            at, block, guard = None, side, 0
            if not held_out and not validation:
                block = block_side(counts, side, _CELL)
                blocks = grouped(counts, block // _CELL)
                at = divide(blocks, share, seed)
                guard = min(block // 4, round(GUARD_M / labelled.gsd_m))
            else:
                blocks = grouped(counts, max(1, side // _CELL))
            if not held_out:
                mine = (blocks.sum(axis=0) > 0) & (~at if at is not None else True)
                trained += _outlines(labelled.grid, mine, block)
            elif _touches(labelled.grid, blocks.sum(axis=0) > 0, side, trained):
                context.remark("train.areas_overlap", "warning", path=source.reference)
            cut.append((source, places, at, block, guard, held_out))
    total = sum(len(places) for _, places, *_ in cut)
    bands, u = len(card.bands), card.upscale
    images = open_memmap(folder / "images.npy", "w+", np.float32, (total, bands, side, side))
    train = open_memmap(folder / "train.npy", "w+", np.uint8, (total, side * u, side * u))
    held = open_memmap(folder / "validation.npy", "w+", np.uint8, (total, side * u, side * u))
    done = 0
    for source, places, at, block, guard, held_out in cut:
        with LabelledImage(source, card, JobContext()) as labelled:
            for row, column in places:
                context.progress("tiles", 0.07 + 0.08 * done / total, done, total)
                image, valid = labelled.image(row, column, side)
                labels = labelled.labels(row, column, side)
                assert labels is not None
                labels[~np.kron(valid, np.ones((u, u), bool))] = IGNORED
                images[done] = image
                train[done], held[done] = _divided(labels, at, block, row, column, side, guard, u, held_out)
                done += 1
    if not (train != IGNORED).any():
        raise UrbanGrainError("train.no_labels", path=sources[0].reference)
    areas = mapping(unary_union(trained)) if trained else {}
    (folder / "areas.json").write_text(json.dumps(areas))
    for array in (images, train, held):
        array.flush()
    return read_store(folder, tuple(c.name for c in card.classes))


def read_store(folder: Path, classes: tuple[str, ...]) -> TileStore:
    """Open what `write_store` wrote."""
    images, train, held = (np.load(folder / f"{name}.npy", mmap_mode="r") for name in ("images", "train", "validation"))
    return TileStore(images, train, held, classes, json.loads((folder / "areas.json").read_text()))


def _survey(
    labelled: LabelledImage, side: int, classes: int, context: JobContext
) -> tuple[list[tuple[int, int]], npt.NDArray[np.int64]]:
    """Return the tiles that hold labels, and the labelled pixels of each class in each cell of `_CELL` pixels."""
    rows, columns = -(-labelled.grid.height // side), -(-labelled.grid.width // side)
    cells = side // _CELL
    counts = np.zeros((classes, rows * cells, columns * cells), np.int64)
    places = []
    for row, column in labelled.tiles(side):
        context.check()
        labels = labelled.labels(row, column, side)
        if labels is None:
            continue
        places.append((row, column))
        step = len(labels) // cells
        for k in range(classes):
            of_class = (labels == k).reshape(cells, step, cells, step).sum(axis=(1, 3))
            top, left = row // side * cells, column // side * cells
            counts[k, top : top + cells, left : left + cells] = of_class
    return places, counts


def _divided(
    labels: npt.NDArray[np.uint8],
    at: npt.NDArray[np.bool_] | None,
    block: int,
    row: int,
    column: int,
    side: int,
    guard: int,
    upscale: int,
    held_out: bool,
) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint8]]:
    """Return the labels of the training and of the validation part."""
    none = np.full_like(labels, IGNORED)
    if at is None:
        return (none, labels) if held_out else (labels, none)
    validation, near = parts(at, block, row, column, side, guard)
    fine = np.ones((upscale, upscale), bool)
    validation, near = np.kron(validation, fine), np.kron(near, fine)
    return np.where(~validation & ~near, labels, none), np.where(validation & ~near, labels, none)


def _outlines(grid: Grid, wanted: npt.NDArray[np.bool_], side: int) -> list[Any]:
    """Return blocks of a grid as polygons in EPSG:4326."""
    move = Transformer.from_crs(grid.crs, "EPSG:4326", always_xy=True).transform
    found = []
    for row, column in zip(*np.nonzero(wanted)):
        left, top = grid.transform * (column * side, row * side)
        right, bottom = grid.transform * (
            min((column + 1) * side, grid.width),
            min((row + 1) * side, grid.height),
        )
        found.append(transform(box(left, bottom, right, top), move, interleaved=False))
    return found


def _touches(grid: Grid, wanted: npt.NDArray[np.bool_], side: int, trained: Sequence[Any]) -> bool:
    together = unary_union(list(trained))
    return any(outline.intersection(together).area > 0 for outline in _outlines(grid, wanted, side))
