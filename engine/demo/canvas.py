"""The fine grid that objects are painted on: one number a pixel, and a table of what each number is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from rasterio.features import rasterize
from rasterio.transform import from_origin

from .spectra import Material, draw_reflectance
from .style import Style


class Canvas:
    """Objects on a grid of ``shape`` pixels of ``step`` metres whose upper left corner is at ``left, top``.

    Attributes
    ----------
    ids : ndarray int32 [h, w]
        Object of each pixel.
    bounds : tuple
        ``(xmin, ymin, xmax, ymax)`` in ground metres.
    """

    def __init__(
        self, shape: tuple[int, int], left: float, top: float, step: float, rng: np.random.Generator, style: Style
    ) -> None:
        self.shape, self.step, self.left, self.top = shape, step, left, top
        self.rng, self.style = rng, style
        self.transform = from_origin(left, top, step, step)
        self.bounds = (left, top - shape[0] * step, left + shape[1] * step, top)
        self.ids = np.zeros(shape, np.int32)
        self._tables: dict[str, list[np.ndarray]] = {k: [] for k in ("material", "refl", "height", "angle", "rows")}
        self.count = 0
        self._box = shapely.box(*self.bounds)

    def add(
        self,
        material: np.ndarray | Material,
        n: int,
        height: np.ndarray | float = 0.0,
        angle: np.ndarray | float = 0.0,
        rows: np.ndarray | float = 0.0,
        refl: np.ndarray | None = None,
    ) -> np.ndarray:
        """Register ``n`` objects and return their numbers.

        Parameters
        ----------
        material : Material or ndarray [n]
        height : metres above ground, for shadows
        angle : direction of rows, radians
        rows : spacing of rows or stalls in metres, 0 for none
        refl : ndarray [n, 4], optional
            Reflectance; drawn from the material's distribution if not given.
        """
        materials = np.broadcast_to(np.asarray(material, np.uint8), n)
        if refl is None:
            refl = np.zeros((n, 4))
            for m in np.unique(materials):
                here = materials == m
                refl[here] = draw_reflectance(self.rng, Material(int(m)), int(here.sum()), self.style)
        self._tables["material"].append(materials)
        self._tables["refl"].append(np.asarray(refl, np.float32))
        for name, value in (("height", height), ("angle", angle), ("rows", rows)):
            self._tables[name].append(np.broadcast_to(np.asarray(value, np.float32), n))
        ids = np.arange(self.count, self.count + n, dtype=np.int32)
        self.count += n
        return ids

    def table(self, name: str) -> np.ndarray:
        """Return a column of the object table: material, refl, height, angle or rows."""
        return np.concatenate(self._tables[name])

    def visible(self, geometries: np.ndarray) -> np.ndarray:
        """Return the indices of the geometries that touch the canvas."""
        b = shapely.bounds(geometries)
        x0, y0, x1, y1 = self.bounds
        return np.flatnonzero((b[:, 0] < x1) & (b[:, 2] > x0) & (b[:, 1] < y1) & (b[:, 3] > y0))

    def burn(self, geometries: np.ndarray | Sequence, ids: np.ndarray, where: np.ndarray | None = None) -> None:
        """Paint polygons with object numbers; later ones cover earlier ones. ``where`` limits the paint."""
        if not len(geometries):
            return
        target = self.ids if where is None else self.ids.copy()
        rasterize(zip(geometries, ids.tolist()), out=target, transform=self.transform)
        if where is not None:
            self.ids[where] = target[where]

    def mask(self, geometries: np.ndarray | Sequence) -> np.ndarray:
        """Pixels whose centre lies in one of the geometries, bool."""
        if not len(geometries):
            return np.zeros(self.shape, bool)
        return rasterize(
            ((g, 1) for g in geometries), out_shape=self.shape, transform=self.transform, dtype="uint8"
        ).astype(bool)

    def pixel(self, points: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Row, column and whether inside, of ground points ``[n, 2]``; rows and columns are clipped to the grid."""
        col = np.floor((points[:, 0] - self.left) / self.step).astype(int)
        row = np.floor((self.top - points[:, 1]) / self.step).astype(int)
        inside = (row >= 0) & (col >= 0) & (row < self.shape[0]) & (col < self.shape[1])
        return np.clip(row, 0, self.shape[0] - 1), np.clip(col, 0, self.shape[1] - 1), inside
