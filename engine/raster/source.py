"""Open an image of any kind and read parts of it with one valid mask. Nothing is ever read as a silent zero."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import rasterio
from affine import Affine
from rasterio._err import CPLE_BaseError
from rasterio.enums import ColorInterp, MaskFlags
from rasterio.errors import RasterioError
from rasterio.windows import Window

from urbangrain.engine.errors import UrbanGrainError

from .grid import Grid

MAX_MEGAPIXELS = 200_000
"""Largest image in megapixels: Germany at 1.5 m. A header that claims more is taken for damage."""

GDAL_ERRORS = (RasterioError, CPLE_BaseError, OSError)
"""What rasterio raises: its own errors, now and then one of GDAL's as it came, and the system's."""

GDAL_OPTIONS = {
    "GDAL_CACHEMAX": 64 << 20,  # bytes: the default grows with the machine's memory, and so would the worker
    "GDAL_ERROR_ON_LIBJPEG_WARNING": True,  # a cut JPEG block is an error, not grey pixels
    "GTIFF_IGNORE_READ_ERRORS": False,
    "GDAL_DISABLE_READDIR_ON_OPEN": "EMPTY_DIR_IF_TOO_MANY_FILES",
}


@contextlib.contextmanager
def gdal_settings() -> Iterator[None]:
    """GDAL as the engine needs it: a bounded cache, and errors where data are damaged."""
    with rasterio.Env(**GDAL_OPTIONS):
        yield


_EXACT = ("uint8", "int8", "uint16", "int16", "float32")


class Image:
    """A raster opened for reading by one thread; a context manager.

    Parameters
    ----------
    path : str
    overview : int
        One of the file's ``overviews``, from 0, instead of its full resolution.

    Attributes
    ----------
    grid : Grid
        The file's own grid.
    count : int
        Bands, the alpha band among them.
    dtype : numpy dtype
        Smallest type that holds every band.
    nodata : tuple of float or None
        Nodata value of each band.
    alpha : tuple of int
        1-based numbers of alpha bands.
    overviews : tuple of int
        Factors by which the file's own overviews are coarser.
    """

    def __init__(self, path: str, overview: int = -1) -> None:
        self.path = path
        self._dataset: Any = _open(path, overview)
        try:
            self._check()
        except BaseException:
            self._dataset.close()
            raise

    def _check(self) -> None:
        data = self._dataset
        if data.count == 0:
            raise UrbanGrainError("image.unreadable", path=self.path, reason="it has no bands")
        if any(np.dtype(_plain(t)).kind == "c" for t in data.dtypes):
            raise UrbanGrainError("image.complex", path=self.path)
        if data.width * data.height > MAX_MEGAPIXELS * 1_000_000:
            raise UrbanGrainError(
                "image.too_large", path=self.path, width=data.width, height=data.height, limit=MAX_MEGAPIXELS
            )
        if data.crs is None or not data.crs.to_wkt():
            raise UrbanGrainError("image.no_crs", path=self.path)
        if data.transform == Affine.identity() or data.transform.determinant == 0:
            raise UrbanGrainError("image.no_geotransform", path=self.path)
        self.grid = Grid(data.crs, data.transform, data.width, data.height)
        self.count: int = data.count
        self.dtype = np.result_type(*(np.dtype(t) for t in data.dtypes))
        self.nodata: tuple[float | None, ...] = tuple(data.nodatavals)
        self.alpha = tuple(i + 1 for i, c in enumerate(data.colorinterp) if c == ColorInterp.alpha)
        self.overviews: tuple[int, ...] = tuple(data.overviews(1))
        self.block_height: int = int(data.block_shapes[0][0])
        # GDAL reports an alpha band as a mask of the others; a mask band proper has per_dataset without alpha.
        self._masked = tuple(
            i + 1
            for i, flags in enumerate(data.mask_flag_enums)
            if MaskFlags.per_dataset in flags and MaskFlags.nodata not in flags and (i + 1) not in self.alpha
        )

    def __enter__(self) -> Image:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._dataset.close()

    def names(self) -> tuple[str, ...]:
        """Name of each band: its description, or what its metadata call it; empty where it has none."""
        out = []
        for i in range(1, self.count + 1):
            tags = {k.lower(): v for k, v in self._dataset.tags(i).items()}
            name = self._dataset.descriptions[i - 1] or ""
            for key in ("common_name", "bandname", "band_name", "name", "wavelength", "central_wavelength"):
                if not name:
                    name = str(tags.get(key, ""))
            out.append(name.strip())
        return tuple(out)

    def colours(self) -> tuple[str, ...]:
        """Colour interpretation of each band as GDAL names it ('red', 'gray', 'undefined' ...)."""
        return tuple(c.name for c in self._dataset.colorinterp)

    def wavelengths(self) -> tuple[float | None, ...]:
        """Centre wavelength of each band in nanometres, from its metadata; None where they do not say."""
        return tuple(
            _wavelength(self._dataset.tags(i), self._dataset.tags(i, ns="IMAGERY")) for i in range(1, self.count + 1)
        )

    def read(
        self, bands: Sequence[int], row0: int, row1: int, col0: int, col1: int
    ) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.bool_]]:
        """Read a part of the image.

        Parameters
        ----------
        bands : sequence of int
            1-based band numbers; 0 gives a band of zeros.
        row0, row1, col0, col1 : int
            Part, inside the image.

        Returns
        -------
        values : float32 [len(bands), rows, columns]
            Zero where the pixel is not valid.
        valid : bool [rows, columns]
            Where every band asked for holds a number that is not nodata, and no mask or alpha band says otherwise.

        Raises
        ------
        UrbanGrainError
            ``image.block_damaged`` naming the rows that cannot be read.
        """
        window = Window(col0, row0, col1 - col0, row1 - row0)
        try:
            return self._read(bands, window)
        except GDAL_ERRORS as error:
            raise self._damage(bands, window, error) from error

    def _read(self, bands: Sequence[int], window: Window) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.bool_]]:
        shape = (int(window.height), int(window.width))
        values = np.empty((len(bands), *shape), np.float32)
        valid = np.ones(shape, bool)
        if 0 not in bands and all(self._dataset.dtypes[band - 1] in _EXACT for band in bands):
            # Every value of these types is itself as float32: GDAL decodes each block once and converts as it copies.
            self._dataset.read(list(bands), window=window, out=values)
            for band, read in zip(bands, values):
                self._look(band, read, self._dataset.dtypes[band - 1], window, valid)
        else:
            for i, band in enumerate(bands):
                if band == 0:
                    values[i] = 0
                    continue
                raw = self._dataset.read(band, window=window)
                self._look(band, raw, raw.dtype, window, valid)
                with np.errstate(over="ignore"):
                    values[i] = raw
                if raw.dtype == np.float64:
                    valid &= np.isfinite(values[i])
        for band in self.alpha:
            if band not in bands:
                valid &= self._dataset.read(band, window=window) > 0
        if not valid.all():
            np.copyto(values, 0, where=~valid)
        return values, valid

    def _look(
        self, band: int, read: npt.NDArray[Any], stored: npt.DTypeLike, window: Window, valid: npt.NDArray[np.bool_]
    ) -> None:
        """Clear ``valid`` where a band as it was ``read`` (its file's type is ``stored``) holds no value."""
        dtype = np.dtype(stored)
        if dtype.kind == "f":
            valid &= np.isfinite(read)
        nodata = self.nodata[band - 1]
        if nodata is not None and not np.isnan(nodata) and _fits(nodata, dtype):
            valid &= read != _as_dtype(nodata, dtype)
        if band in self._masked:
            valid &= self._dataset.read_masks(band, window=window) > 0

    def _damage(self, bands: Sequence[int], window: Window, error: Exception) -> UrbanGrainError:
        """Return the error that names the rows that cannot be read."""
        first, last = int(window.row_off), int(window.row_off + window.height)
        step = max(1, self.block_height)
        row = first - first % step
        while row < last:
            end = min(row + step, self.grid.height)
            try:
                self._read(bands, Window(window.col_off, row, window.width, end - row))
            except GDAL_ERRORS as cause:
                return UrbanGrainError(
                    "image.block_damaged", path=self.path, row_from=row, row_to=end - 1, reason=_reason(cause)
                )
            row = end
        return UrbanGrainError(
            "image.block_damaged", path=self.path, row_from=first, row_to=last - 1, reason=_reason(error)
        )


def _open(path: str, overview: int = -1) -> Any:
    local = not path.startswith("/vsi") and ":" not in path[2:]
    if local and not os.path.exists(path):
        raise UrbanGrainError("file.not_found", path=path)
    try:
        dataset = rasterio.open(path) if overview < 0 else rasterio.open(path, overview_level=overview)
        if dataset.count == 0 and dataset.subdatasets:
            dataset.close()
            raise UrbanGrainError("image.unreadable", path=path, reason="it holds several rasters; name one of them")
        return dataset
    except (*GDAL_ERRORS, ValueError) as error:
        raise UrbanGrainError("image.unreadable", path=path, reason=_reason(error)) from error


def _reason(error: BaseException) -> str:
    """Say in one line why GDAL failed: the innermost cause, which names the block."""
    while error.__cause__ is not None:
        error = error.__cause__
    return " ".join(str(error).split()) or type(error).__name__


def _plain(dtype: str) -> str:
    return {"complex_int16": "complex64"}.get(dtype, dtype)


def _fits(value: float, dtype: np.dtype) -> bool:
    if dtype.kind == "f":
        return True
    info = np.iinfo(dtype)
    return float(value).is_integer() and info.min <= value <= info.max


def _as_dtype(value: float, dtype: np.dtype) -> Any:
    # A float32 raster's nodata is often written with more digits than it has: compare as the pixel type.
    with np.errstate(over="ignore"):
        return dtype.type(int(value) if dtype.kind in "iu" else value)


def _wavelength(tags: dict[str, str], imagery: dict[str, str]) -> float | None:
    lower = {k.lower(): v for k, v in tags.items()}
    candidates = (
        (imagery.get("CENTRAL_WAVELENGTH_UM"), 1000.0),
        (lower.get("central_wavelength_um"), 1000.0),
        (lower.get("wavelength"), None),
        (lower.get("central_wavelength"), None),
    )
    for text, factor in candidates:
        try:
            number = float(str(text).split()[0])
        except (ValueError, IndexError):
            continue
        if factor is None:
            unit = lower.get("wavelength_units", str(text)).lower()
            factor = 1000.0 if number < 50 or "micro" in unit or "um" in unit.split() else 1.0
        return number * factor
    return None
