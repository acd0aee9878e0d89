"""The rasters of several years, band of rows by band of rows: what is held at once depends on their width alone."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import rasterio
from rasterio.windows import Window

from urbangrain.engine.context import JobContext
from urbangrain.engine.postprocess.built_mask import THRESHOLD
from urbangrain.engine.postprocess.homogeneity import check_year
from urbangrain.engine.postprocess.rooftop_changes import NODATA, OTHER, ROOFTOP, UNKNOWN, change_codes
from urbangrain.engine.raster.grid import Grid, row_areas
from urbangrain.engine.raster.probability import Probability
from urbangrain.engine.raster.sink import RowWriter, row_blocks

Rows = npt.NDArray[np.uint8]


@dataclass
class YearAreas:
    """Areas of a year in m2; ``gained`` and ``lost`` since the year before, None for the first."""

    rooftop: float = 0.0
    mapped: float = 0.0
    gained: float | None = None
    lost: float | None = None


def grid_of(path: Path) -> Grid:
    """Return a raster's grid."""
    with rasterio.open(path) as dataset:
        return Grid(dataset.crs, dataset.transform, dataset.width, dataset.height)


def recode_rows(
    path: Path, out: Path, rooftop: int, nodata: int, built: Probability | None, context: JobContext
) -> None:
    """Write a class raster anew as `ROOFTOP`, `OTHER` and `NODATA`.

    Parameters
    ----------
    path, out : Path
    rooftop, nodata : int
        Values in ``path``; all others are `OTHER`.
    built : Probability or None
        Rooftops where it is below `THRESHOLD` become `OTHER`; they stay where it has no data.
    """
    with rasterio.open(path) as dataset, RowWriter(out, grid_of(path), 1, "uint8", NODATA) as writer:
        for first, last in row_blocks(dataset.height):
            context.check()
            rows = _read(dataset, first, last)
            roof = rows == rooftop
            if built is not None:
                roof &= ~(built.rows(first, last) < THRESHOLD)
            coded = np.where(roof, np.uint8(ROOFTOP), np.uint8(OTHER))
            coded[rows == nodata] = NODATA
            writer.write(coded[None])


def check_rows(before: Path, year: Path, after: Path, out: Path, context: JobContext) -> None:
    """Write a year as `check_year` makes it of the three."""
    with _all_open([before, year, after]) as datasets, RowWriter(out, grid_of(year), 1, "uint8", NODATA) as writer:
        height = datasets[0].height
        for first, last in row_blocks(height):
            context.check()
            above, below = min(1, first), min(1, height - last)
            three = [_read(dataset, first - above, last + below) for dataset in datasets]
            checked = check_year(three[0], three[1], three[2], NODATA)
            writer.write(checked[None, above : above + last - first])


def compare_rows(years: Sequence[Path], out: Path, context: JobContext) -> tuple[list[YearAreas], dict[int, float]]:
    """Write what became of each place.

    Parameters
    ----------
    years : sequence of Path
        Rasters of `ROOFTOP`, `OTHER` and `NODATA`, the earliest first.
    out : Path
        Raster of the values of `change_codes`.

    Returns
    -------
    list of YearAreas
    dict of int to float
        Area in m2 by value of ``out``.
    """
    grid = grid_of(years[0])
    pixel_areas = row_areas(grid)
    areas = [YearAreas(), *(YearAreas(gained=0.0, lost=0.0) for _ in years[1:])]
    by_value = np.zeros(256)
    with _all_open(years) as datasets, RowWriter(out, grid, 1, "uint8", UNKNOWN) as writer:
        for first, last in row_blocks(grid.height):
            size = pixel_areas[first:last]
            codes = change_codes(_counted(datasets, first, last, size, areas, context))
            writer.write(codes[None])
            by_value += size @ np.stack([np.bincount(row, minlength=256) for row in codes])
    return areas, {value: float(area) for value, area in enumerate(by_value) if area}


def _counted(
    datasets: Sequence[Any],
    first: int,
    last: int,
    size: npt.NDArray[np.float64],
    areas: Sequence[YearAreas],
    context: JobContext,
) -> Iterator[Rows]:
    """Yield the rows of each year, and add their areas; ``size`` is the area of a pixel in each row."""

    def area(mask: npt.NDArray[np.bool_]) -> float:
        return float(size @ mask.sum(axis=1))

    before: Rows | None = None
    for dataset, sums in zip(datasets, areas):
        context.check()
        rows = _read(dataset, first, last)
        roof, there = rows == ROOFTOP, rows != NODATA
        sums.rooftop += area(roof)
        sums.mapped += area(there)
        if before is not None and sums.gained is not None and sums.lost is not None:
            was = before == ROOFTOP
            sums.gained += area(roof & ~was & (before != NODATA))
            sums.lost += area(was & ~roof & there)
        before = rows
        yield rows


def _read(dataset: Any, first: int, last: int) -> Rows:
    return np.asarray(dataset.read(1, window=Window(0, first, dataset.width, last - first)))


@contextlib.contextmanager
def _all_open(paths: Sequence[Path]) -> Iterator[list[Any]]:
    with contextlib.ExitStack() as stack:
        yield [stack.enter_context(rasterio.open(path)) for path in paths]
