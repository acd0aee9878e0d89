"""Pixel grids on the ground: how large a pixel really is, and which grid a model works on."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from affine import Affine
from pyproj import CRS as ProjCRS
from pyproj import Geod, Transformer
from pyproj.exceptions import CRSError, ProjError
from rasterio.crs import CRS

from urbangrain.engine.errors import UrbanGrainError

SQUARE = 0.02
"""Relative difference below which two pixel sizes count as the same."""

PLANAR = 0.01
"""A projection whose scale at the image's centre is this close to 1 measures areas in its own plane."""


@dataclass(frozen=True)
class Grid:
    """A north-up, or any other, grid of ``height`` x ``width`` pixels in ``crs``."""

    crs: CRS
    transform: Affine
    width: int
    height: int

    @property
    def rotated(self) -> bool:
        """Whether rows are not parallel to the x axis."""
        return abs(self.transform.b) > 1e-9 * abs(self.transform.a) or abs(self.transform.d) > 1e-9 * abs(
            self.transform.e
        )

    def part(self, row0: int, row1: int, col0: int, col1: int) -> Grid:
        """Return the grid of rows ``row0:row1`` and columns ``col0:col1``."""
        return Grid(self.crs, self.transform * Affine.translation(col0, row0), col1 - col0, row1 - row0)

    def finer(self, factor: int) -> Grid:
        """Return the grid with ``factor`` pixels along each pixel's side."""
        return Grid(self.crs, self.transform * Affine.scale(1 / factor), self.width * factor, self.height * factor)


def ground_steps(
    grid: Grid, cols: npt.ArrayLike, rows: npt.ArrayLike, path: str = "the image"
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Measure pixels on the ellipsoid.

    Parameters
    ----------
    grid : Grid
    cols, rows : array_like
        Pixel coordinates (fractional) of the pixels' upper left corners.
    path : str
        Named in errors.

    Returns
    -------
    width_m, height_m, area_m2 : ndarray
        Lengths of the two sides and the area of each pixel, by geodesics (Karney 2013, through PROJ).

    Raises
    ------
    UrbanGrainError
        ``image.crs_unusable`` when the coordinate system does not lead to the ellipsoid.
    """
    cols, rows = np.asarray(cols, np.float64), np.asarray(rows, np.float64)
    try:
        crs = ProjCRS.from_user_input(grid.crs)
        geographic = crs.geodetic_crs
        if geographic is None:
            raise CRSError("it is a local system")
        to_degrees = Transformer.from_crs(crs, geographic, always_xy=True)
        geod = crs.get_geod() or Geod(ellps="WGS84")
        corner = _degrees(to_degrees, grid.transform, cols, rows)
        right = _degrees(to_degrees, grid.transform, cols + 1, rows)
        below = _degrees(to_degrees, grid.transform, cols, rows + 1)
        azimuth_x, _, width = geod.inv(*corner, *right)
        azimuth_y, _, height = geod.inv(*corner, *below)
    except (CRSError, ProjError, ValueError) as error:
        raise UrbanGrainError("image.crs_unusable", path=path, reason=str(error)) from error
    # A pixel is tiny beside the Earth: a flat parallelogram, which keeps the digits that a geodesic polygon would lose.
    area = np.abs(width * height * np.sin(np.radians(np.asarray(azimuth_y) - np.asarray(azimuth_x))))
    if not (np.isfinite(area).all() and (area > 0).all()):
        raise UrbanGrainError("image.crs_unusable", path=path, reason="its pixels lie outside the system's area of use")
    return np.asarray(width), np.asarray(height), np.asarray(area)


def _degrees(to_degrees: Transformer, transform: Affine, cols: np.ndarray, rows: np.ndarray) -> tuple:
    x = transform.a * cols + transform.b * rows + transform.c
    y = transform.d * cols + transform.e * rows + transform.f
    return to_degrees.transform(x, y, errcheck=True)


def pixel_size(grid: Grid, path: str = "the image") -> tuple[float, float]:
    """Width and height in metres of the pixel at the grid's centre.

    In a projection true to scale within 1 % these are plane lengths (3 m pixels are 3 m, not the 2.999 of UTM's scale
    factor); in degrees, and in projections such as web Mercator, lengths on the ellipsoid.
    """
    widths, heights, _ = ground_steps(grid, [(grid.width - 1) / 2], [(grid.height - 1) / 2], path)
    width, height = float(widths[0]), float(heights[0])
    if not grid.crs.is_geographic:
        unit, t = grid.crs.linear_units_factor[1], grid.transform
        plane_width, plane_height = math.hypot(t.a, t.d) * unit, math.hypot(t.b, t.e) * unit
        if abs(width / plane_width - 1) < PLANAR and abs(height / plane_height - 1) < PLANAR:
            return plane_width, plane_height
    return width, height


def row_areas(grid: Grid, path: str = "the image") -> npt.NDArray[np.float64]:
    """Area in m2 of a pixel in each row, shape (height,).

    In a projection true to scale within 1 % this is the plane area, as every GIS computes it; in degrees, and in
    projections such as web Mercator, it is the area on the ellipsoid in the middle column of the row.
    """
    plane = abs(grid.transform.determinant)
    sample = np.unique(np.linspace(0, grid.height - 1, min(grid.height, 257)).round())
    areas = ground_steps(grid, np.full(sample.shape, (grid.width - 1) / 2), sample, path)[2]
    if not grid.crs.is_geographic:
        plane *= grid.crs.linear_units_factor[1] ** 2
        if abs(math.sqrt(float(np.median(areas)) / plane) - 1) < PLANAR:
            return np.full(grid.height, plane)
    return np.interp(np.arange(grid.height), sample, areas)


def model_grid(image: Grid, gsd_min_m: float, gsd_max_m: float, path: str = "the image") -> Grid:
    """Choose the grid that a model works on.

    The image's own grid (turned north-up if its rows or columns run backwards) when its pixels are square within 2 %
    and inside the model's range; otherwise square pixels of the nearest size inside the range, over the image's extent.
    Images in degrees, and rotated ones, go to a Lambert azimuthal equal-area projection centred on them: it is metric,
    has no zones, and works at the poles and across the antimeridian.

    Parameters
    ----------
    image : Grid
    gsd_min_m, gsd_max_m : float
        Range of ground sampling distances in metres.
    """
    width_m, height_m = pixel_size(image, path)
    gsd = math.sqrt(width_m * height_m)
    target = min(max(gsd, gsd_min_m), gsd_max_m)
    square = abs(width_m / height_m - 1) <= SQUARE
    upright = upright_grid(image)
    if not image.crs.is_geographic and not image.rotated:
        if square and abs(gsd / target - 1) <= SQUARE:
            return upright
        scale_x = target / width_m
        scale_y = target / height_m
        width = max(1, math.ceil(image.width / scale_x - 1e-6))
        height = max(1, math.ceil(image.height / scale_y - 1e-6))
        return Grid(image.crs, upright.transform * Affine.scale(scale_x, scale_y), width, height)
    return _local_grid(image, target, path)


def upright_grid(image: Grid) -> Grid:
    """Return the same pixels with columns running east and rows running south (no change to a rotated grid)."""
    if image.rotated:
        return image
    t = image.transform
    west = t.c if t.a > 0 else t.c + t.a * image.width
    north = t.f if t.e < 0 else t.f + t.e * image.height
    return Grid(image.crs, Affine(abs(t.a), 0, west, 0, -abs(t.e), north), image.width, image.height)


def _local_grid(image: Grid, gsd: float, path: str) -> Grid:
    crs = ProjCRS.from_user_input(image.crs)
    geographic = crs.geodetic_crs
    if geographic is None:
        raise UrbanGrainError("image.crs_unusable", path=path, reason="it is a local system")
    centre = image.transform * (image.width / 2, image.height / 2)
    lon, lat = Transformer.from_crs(crs, geographic, always_xy=True).transform(*centre)
    ellipsoid = geographic.ellipsoid
    shape = "+datum=WGS84"
    if ellipsoid is not None and ellipsoid.name != "WGS 84":
        shape = f"+a={ellipsoid.semi_major_metre!r} +b={ellipsoid.semi_minor_metre!r}"
    local = ProjCRS.from_proj4(f"+proj=laea +lat_0={lat:.6f} +lon_0={lon:.6f} {shape} +units=m +no_defs")
    x, y = outline(image)
    east, north = Transformer.from_crs(crs, local, always_xy=True).transform(x, y)
    if not (np.isfinite(east).all() and np.isfinite(north).all()):
        raise UrbanGrainError("image.crs_unusable", path=path, reason="it covers more than half of the Earth")
    left, right, bottom, top = np.min(east), np.max(east), np.min(north), np.max(north)
    width = max(1, math.ceil((right - left) / gsd - 1e-6))
    height = max(1, math.ceil((top - bottom) / gsd - 1e-6))
    return Grid(CRS.from_wkt(local.to_wkt()), Affine(gsd, 0, float(left), 0, -gsd, float(top)), width, height)


def outline(grid: Grid, steps: int = 33) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Points along the grid's four edges, in its CRS."""
    t = np.linspace(0, 1, steps)
    zero, one = np.zeros(steps), np.ones(steps)
    cols = np.concatenate([t, one, t, zero]) * grid.width
    rows = np.concatenate([zero, t, one, t]) * grid.height
    a = grid.transform
    return a.a * cols + a.b * rows + a.c, a.d * cols + a.e * rows + a.f


def same_grid(one: Grid, other: Grid) -> bool:
    """Whether two grids have the same pixels (to a hundredth of a pixel)."""
    if (one.width, one.height) != (other.width, other.height) or one.crs != other.crs:
        return False
    size = abs(one.transform.a) + abs(one.transform.b)
    return bool(
        np.allclose(
            tuple(one.transform)[:6], tuple(other.transform)[:6], rtol=0, atol=size / max(one.width, one.height) / 100
        )
    )
