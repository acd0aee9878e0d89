"""Reference polygons as a person would digitise them: a sample of places, outlines followed loosely, edges off."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import shapely
from affine import Affine
from rasterio.features import shapes
from scipy.ndimage import distance_transform_edt
from shapely.geometry.base import BaseGeometry

from .spectra import Cover

Feature = tuple[BaseGeometry, dict[str, Any]]
NAMES = {
    Cover.WATER: "water",
    Cover.TREE: "tree",
    Cover.GRASS: "grass",
    Cover.FARMLAND: "farmland",
    Cover.IMPERVIOUS: "impervious",
}


def digitise(
    truth: np.ndarray,
    transform: Affine,
    rng: np.random.Generator,
    a_class: int = 45,
    check: Callable[[], None] = lambda: None,
) -> list[Feature]:
    """Draw polygons for a sample of places of each class.

    A place is drawn with a probability that grows with its distance from the class's edge, because people click where
    they are sure. Around it the visible outline is followed to a few window widths, simplified by about a pixel, every
    vertex is put down with an error of about two thirds of a pixel, and the whole is drawn a little too small or large.

    Parameters
    ----------
    truth : ndarray uint8 [h, w]
        `Cover` values, 0 nodata.
    transform : Affine
        Pixel to map coordinates.
    rng : numpy Generator
    a_class : int
        Polygons wanted for each class; fewer where a class is rare.
    check : callable
        Called between classes; may raise to stop.

    Returns
    -------
    list of (polygon, {'class': name})
        Polygons do not overlap one another.
    """
    taken = np.zeros(truth.shape, bool)
    found: list[Feature] = []
    for cover, name in NAMES.items():
        check()
        depth = distance_transform_edt(np.pad(truth == cover, 1))[1:-1, 1:-1]
        candidates = np.flatnonzero(depth.ravel() >= 1.0)
        if len(candidates) == 0:
            continue
        weight = np.minimum(depth.ravel()[candidates], 6.0) ** 1.5
        order = rng.choice(candidates, min(len(candidates), a_class * 8), replace=False, p=weight / weight.sum())
        made, limit = 0, 0.25 * len(candidates)  # a sample: at most about a quarter of a class is outlined
        area = 0.0
        for at in order:
            row, column = divmod(int(at), truth.shape[1])
            if taken[row, column]:
                continue
            polygon = _outline(truth == cover, taken, row, column, rng)
            if polygon is None:
                continue
            found.append((shapely.transform(polygon, lambda xy: _to_map(xy, transform)), {"class": name}))
            made += 1
            area += polygon.area
            if made == a_class or area > limit:
                break
    return found


def _outline(
    mask: np.ndarray, taken: np.ndarray, row: int, column: int, rng: np.random.Generator
) -> BaseGeometry | None:
    """Follow the outline around a pixel, in pixel coordinates; marks the surroundings as taken."""
    reach = int(rng.integers(5, 26))
    top, left = max(0, row - reach), max(0, column - reach)
    window = (slice(top, row + reach + 1), slice(left, column + reach + 1))
    here = mask[window] & ~taken[window]
    y, x = np.mgrid[0 : here.shape[0], 0 : here.shape[1]]
    # People stop somewhere rather than at a square's edge.
    lean = rng.uniform(0.7, 1.0)
    turn = rng.uniform(0, np.pi)
    dx, dy = x - (column - left), y - (row - top)
    along, across = dx * np.cos(turn) + dy * np.sin(turn), dy * np.cos(turn) - dx * np.sin(turn)
    here &= along**2 + (across / lean) ** 2 <= reach**2
    point = shapely.Point(column - left + 0.5, row - top + 0.5)
    pieces = (shapely.geometry.shape(g) for g, v in shapes(here.astype(np.uint8), mask=here) if v)
    region = next((piece for piece in pieces if piece.contains(point)), None)
    if region is None or region.area < 6:
        return None
    # Holes are small things inside; people outline what they mean and leave holes out or do not see them.
    holes = [ring for ring in region.interiors if shapely.Polygon(ring).area > 12]
    drawn = shapely.Polygon(region.exterior, holes).buffer(float(rng.normal(-0.45, 0.3)), join_style="mitre")
    drawn = drawn.simplify(rng.uniform(0.7, 1.3))
    drawn = shapely.make_valid(shapely.union_all([_shaken(p, rng) for p in shapely.get_parts(drawn)]))
    parts = [p for p in shapely.get_parts(drawn) if p.geom_type == "Polygon" and p.area >= 4]
    if not parts:
        return None
    taken[window] |= shapely.contains_xy(drawn.buffer(2.0), x + 0.5, y + 0.5)
    best = max(parts, key=lambda p: p.area)
    return shapely.transform(best, lambda xy: xy + np.array([left, top]))


def _shaken(polygon: BaseGeometry, rng: np.random.Generator) -> BaseGeometry:
    """Put every vertex down a little off; rings stay closed."""

    def ring(line: BaseGeometry) -> np.ndarray:
        points = shapely.get_coordinates(line)[:-1]
        return points + rng.normal(0, 0.6, points.shape)

    shaken = shapely.Polygon(ring(polygon.exterior), [ring(hole) for hole in polygon.interiors])
    return shaken if shaken.is_valid else shaken.buffer(0)


def _to_map(xy: np.ndarray, transform: Affine) -> np.ndarray:
    return np.stack(
        [transform.a * xy[:, 0] + transform.b * xy[:, 1] + transform.c,
         transform.d * xy[:, 0] + transform.e * xy[:, 1] + transform.f], -1)  # fmt: skip
