"""User density of 24 hours by parcel, from a raster of 24 bands or from a table with a row a parcel.

MSLU-100K, section "Irregular parcels land use classification model": the time series of population that InceptionTime
reads. Sources count in different units (people, phones, requests for a place), so that the network gets the logarithm
of a parcel's density as a multiple of the mean of the whole raster or table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from exactextract import exact_extract
from exactextract.raster import RasterSource

from urbangrain.engine.errors import UrbanGrainError
from urbangrain.engine.parcels.zonal import Placement, extractable, feature_source
from urbangrain.engine.raster.source import Image

HOURS = 24

FLOOR = 0.01
"""Share of the mean that is added before the logarithm: an empty hour is -4.6, not minus infinity."""

VALUES_AT_ONCE = 4_000_000
"""Pixel values that are read at once, over all bands."""

_HOUR_NAME = re.compile(r"\D*?_?(\d{1,2})(?:[:h_]?00)?")

Floats = npt.NDArray[np.float64]


def as_input(density: npt.ArrayLike, mean: float) -> npt.NDArray[np.float32]:
    """Scale densities for the network: log(0.01 + x / m), whatever their unit.

    Parameters
    ----------
    density : array_like
        x, 0 or more; what is below counts as 0. NaN stays NaN.
    mean : float
        m, above 0: the mean of the whole source.
    """
    x = np.maximum(np.asarray(density, np.float64), 0.0)
    return np.log(FLOOR + x / mean).astype(np.float32)


class DensityRaster:
    """User density in a raster of 24 bands, in the order of the hours; a context manager.

    Parameters
    ----------
    path : str
        Raster in any CRS; an alpha band does not count.
    crs : CRS or text
        Of the polygons.
    check : callable
        Called between reads; may raise to stop.

    Raises
    ------
    UrbanGrainError
        What opening an image raises, ``density.bands`` for another number of bands, ``density.empty`` where no value
        is above 0.
    """

    def __init__(self, path: str, crs: Any, check: Callable[[], None] = lambda: None) -> None:
        self._image = Image(path)
        try:
            self._bands = [b for b in range(1, self._image.count + 1) if b not in self._image.alpha]
            if len(self._bands) != HOURS:
                raise UrbanGrainError("density.bands", path=path, count=len(self._bands))
            self._check = check
            self.mean = self._mean()
            if not self.mean > 0:
                raise UrbanGrainError("density.empty", path=path)
        except BaseException:
            self._image.close()
            raise
        # exactextract knows upright grids only, so polygons are moved into the raster's own pixel coordinates
        self._place = Placement(crs, self._image.grid.crs, ~self._image.grid.transform)
        self._cells = _Cells(self._image.grid.width, self._image.grid.height)

    def __enter__(self) -> DensityRaster:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the raster."""
        self._image.close()

    def series(self, shapes: npt.NDArray[Any], keys: Sequence[Any] | None = None) -> npt.NDArray[np.float32]:
        """Measure polygons.

        A cell's density holds for all of the cell, so a parcel's is the mean of its cells, each weighted by the area
        that both share. That is right for parcels smaller than a cell too: they have that cell's density. Cells
        without a value in any hour are left out.

        Parameters
        ----------
        shapes : object array of shape (n,)
            Valid polygons; None for none.
        keys : sequence, optional
            Not looked at.

        Returns
        -------
        float32 array of shape (n, 24)
            Scaled by `as_input`; a row of NaN where the raster has no value.

        Raises
        ------
        UrbanGrainError
            ``image.block_damaged``.
        """
        found = np.full((len(shapes), HOURS), np.nan)
        there = np.flatnonzero(~shapely.is_missing(shapes))
        moved = self._place(shapes[there])
        usable = [i for i, shape in enumerate(moved) if extractable(shape)]
        if usable:
            answers = exact_extract(self._cells, feature_source(moved[usable]), ["cell_id", "coverage"])
            given = [answer["properties"] for answer in answers]
            cells = [np.asarray(properties["cell_id"], np.int64) for properties in given]
            coverage = [np.asarray(properties["coverage"], np.float64) for properties in given]
            found[there[usable]] = self._means(cells, coverage)
        return as_input(found, self.mean)

    def _means(self, cells: Sequence[npt.NDArray[np.int64]], coverage: Sequence[Floats]) -> Floats:
        """Mean over the cells of each polygon, numbered row by row, by their share in it: (n, 24)."""
        owners = np.repeat(np.arange(len(cells)), [len(some) for some in cells])
        if not len(owners):
            return np.full((len(cells), HOURS), np.nan)
        shares = np.concatenate(coverage)
        rows, columns = np.divmod(np.concatenate(cells), self._image.grid.width)
        top, bottom, left, right = rows.min(), rows.max() + 1, columns.min(), columns.max() + 1
        if (bottom - top) * (right - left) * HOURS > VALUES_AT_ONCE and len(cells) > 1:
            # One read serves many polygons, unless they lie far apart.
            half = len(cells) // 2
            parts = self._means(cells[:half], coverage[:half]), self._means(cells[half:], coverage[half:])
            return np.concatenate(parts)
        total, weight = np.zeros((len(cells), HOURS)), np.zeros(len(cells))
        step = max(1, int(VALUES_AT_ONCE // HOURS // (right - left)))
        for first in range(int(top), int(bottom), step):
            self._check()
            last = min(first + step, int(bottom))
            values, valid = self._image.read(self._bands, first, last, int(left), int(right))
            here = (rows >= first) & (rows < last)
            r, c, owner = rows[here] - first, columns[here] - left, owners[here]
            share = shares[here] * valid[r, c]
            np.add.at(total, owner, np.maximum(values[:, r, c], 0.0).T * share[:, None])
            np.add.at(weight, owner, share)
        with np.errstate(invalid="ignore"):
            return np.where(weight[:, None] > 0, total / weight[:, None], np.nan)

    def _mean(self) -> float:
        """Mean of all valid values, row by row."""
        grid, total, count = self._image.grid, 0.0, 0
        step = max(1, VALUES_AT_ONCE // HOURS // grid.width)
        for top in range(0, grid.height, step):
            self._check()
            values, valid = self._image.read(self._bands, top, min(top + step, grid.height), 0, grid.width)
            total += float(np.maximum(values, 0.0).sum(dtype=np.float64))  # what is not valid is 0
            count += int(valid.sum()) * HOURS
        return total / count if count else 0.0


class DensityTable:
    """User density in a CSV table with a row a parcel.

    Parameters
    ----------
    path : str
        With a header. The hours are the columns named by 0 to 23 or 1 to 24 (``h07``, ``hour_7``, ``7``), else the 24
        columns besides the key, as they stand.
    key : str
        Column that says which parcel a row belongs to.

    Raises
    ------
    UrbanGrainError
        ``file.not_found``, ``vector.no_field`` for the key, ``density.table`` for a table that cannot be read, without
        24 hours, or with a parcel twice; ``density.empty`` where no value is above 0.
    """

    def __init__(self, path: str, key: str) -> None:
        table = _read_table(path)
        if key not in table.columns:
            raise UrbanGrainError("vector.no_field", path=path, field=key, fields=", ".join(map(str, table.columns)))
        hours = hour_columns([str(c) for c in table.columns if c != key])
        if hours is None:
            problem = f"it has no {HOURS} columns of hours beside {key}"
            raise UrbanGrainError("density.table", path=path, problem=problem)
        names = [as_key(value) for value in table[key]]
        self._rows = {name: i for i, name in enumerate(names) if name}
        if len(self._rows) < sum(1 for name in names if name):
            twice = next(name for i, name in enumerate(names) if name and self._rows[name] != i)
            raise UrbanGrainError("density.table", path=path, problem=f"{key} {twice} occurs more than once")
        values = table[hours].apply(_numbers).to_numpy(np.float64, copy=True)
        values[~np.isfinite(values)] = np.nan
        valid = np.maximum(values[np.isfinite(values)], 0.0)
        self.mean = float(valid.mean()) if len(valid) else 0.0
        if not self.mean > 0:
            raise UrbanGrainError("density.empty", path=path)
        self._series = as_input(values, self.mean)

    def close(self) -> None:
        """Do nothing: the table is in memory."""

    def series(self, shapes: npt.NDArray[Any], keys: Sequence[Any] | None = None) -> npt.NDArray[np.float32]:
        """Look parcels up by their keys; see `DensityRaster.series`. A row with a gap is NaN in that hour."""
        found = np.full((len(shapes), HOURS), np.nan, np.float32)
        for i, key in enumerate(keys if keys is not None else ()):
            row = self._rows.get(as_key(key))
            if row is not None:
                found[i] = self._series[row]
        return found


def as_key(value: Any) -> str:
    """Write a key alike whether it was read as text, as a whole number or as a float; '' for none."""
    if value is None or value is pd.NA or (isinstance(value, (float, np.floating)) and np.isnan(value)):
        return ""
    if isinstance(value, (float, np.floating)) and float(value).is_integer():
        return str(int(value))
    return str(value).strip()


def hour_columns(names: Sequence[str]) -> list[str] | None:
    """Choose the columns of the 24 hours, in order; None where there are none."""
    numbers: dict[int, str] = {}
    for name in names:
        if match := _HOUR_NAME.fullmatch(name.strip()):
            numbers.setdefault(int(match[1]), name)
    for first in (0, 1):
        if all(hour in numbers for hour in range(first, first + HOURS)):
            return [numbers[hour] for hour in range(first, first + HOURS)]
    return list(names) if len(names) == HOURS else None


def _read_table(path: str) -> pd.DataFrame:
    try:
        with open(path, encoding="utf-8-sig") as file:
            header = file.readline()
        separator = max(",;\t", key=header.count)
        # Keys stay as they are written: 007 is not 7.
        return pd.read_csv(path, sep=separator, dtype=str, encoding="utf-8-sig", keep_default_na=False)
    except FileNotFoundError as error:
        raise UrbanGrainError("file.not_found", path=path) from error
    except (OSError, ValueError) as error:  # pandas' own errors, and wrong encodings, are ValueErrors
        raise UrbanGrainError("density.table", path=path, problem=" ".join(str(error).split())) from error


def _numbers(column: pd.Series) -> pd.Series:
    # Where the semicolon separates, a comma is a decimal one.
    return pd.to_numeric(column.str.replace(",", ".", regex=False), errors="coerce")


class _Cells(RasterSource):
    """A grid of ones, for the shares of its cells alone: nothing is read."""

    def __init__(self, width: int, height: int) -> None:
        super().__init__()
        self._width, self._height = width, height

    def res(self) -> tuple[float, float]:
        return 1.0, 1.0

    def extent(self) -> tuple[float, float, float, float]:
        return 0.0, -float(self._height), float(self._width), 0.0

    def srs_wkt(self) -> None:
        return None

    def nodata_value(self) -> None:
        return None

    def read_window(self, x0: int, y0: int, nx: int, ny: int) -> npt.NDArray[np.uint8]:
        return np.ones((ny, nx), np.uint8)
