"""Points of interest by parcel: how many of each category."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import numpy.typing as npt
import pyogrio
import pyproj
import shapely
from pyogrio.errors import DataLayerError, DataSourceError

from urbangrain.engine.context import JobContext
from urbangrain.engine.errors import UrbanGrainError
from urbangrain.engine.parcels.poi_categories import CATEGORIES, categories_of
from urbangrain.engine.vector.read import choose_layer

CHUNK = 100_000
"""Features in memory at once while a layer is read; of all that is kept are a point and a category each."""

EXAMPLES = 5
"""Unknown categories that are named to a person."""


class PoiPoints:
    """Points of interest that count themselves by parcel.

    Parameters
    ----------
    xy : float array of shape (m, 2)
    category : int array of shape (m,)
        0 to ``categories`` - 1.
    categories : int
        Length of a count.

    Raises
    ------
    ValueError
        For a category outside, or another number of them than of points.
    """

    def __init__(self, xy: npt.ArrayLike, category: npt.ArrayLike, categories: int = len(CATEGORIES)) -> None:
        xy = np.asarray(xy, np.float64).reshape(-1, 2)
        self._category = np.asarray(category, np.int64)
        if len(self._category) != len(xy):
            raise ValueError("every point must have one category")
        if len(xy) and not 0 <= self._category.min() <= self._category.max() < categories:
            raise ValueError(f"categories must lie in 0 to {categories - 1}")
        self.categories = categories
        self._tree = shapely.STRtree(shapely.points(xy))
        self._extent = shapely.box(*xy.min(axis=0), *xy.max(axis=0)) if len(xy) else None

    def __len__(self) -> int:
        return len(self._category)

    def counts(self, shapes: npt.NDArray[Any]) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.bool_]]:
        """Count the points in polygons.

        Parameters
        ----------
        shapes : object array of shape (n,)
            Valid polygons in the points' CRS; None for none.

        Returns
        -------
        counts : float32 array of shape (n, categories)
            A point on the border of two parcels counts in both.
        looked : bool array of shape (n,)
            Whether the polygon meets the rectangle around all points. Where it does, no point says that there is none;
            elsewhere nobody looked.
        """
        counts = np.zeros((len(shapes), self.categories), np.float32)
        if self._extent is None:
            return counts, np.zeros(len(shapes), bool)
        looked = np.asarray(shapely.intersects(shapes, self._extent))
        rows, points = self._tree.query(shapes, predicate="intersects")
        np.add.at(counts, (rows, self._category[points]), 1.0)
        return counts, looked


def read_pois(path: str, layer: str | None, field: str, crs: Any, context: JobContext) -> PoiPoints:
    """Read points of interest.

    Parameters
    ----------
    path, layer : str, str or None
        Points in any CRS; of other geometries (a school's grounds, say) a point on them is taken. None takes the only
        layer, or the only one with points.
    field : str
        Holds the category; see `urbangrain.engine.parcels.poi_categories.categories_of`.
    crs : CRS or text
        What the points are transformed to.
    context : JobContext
        Gets ``note.unknown_pois``.

    Raises
    ------
    UrbanGrainError
        ``file.not_found``, ``vector.*``, ``pois.none_known`` where no point has a known category.
    """
    name = choose_layer(path, layer, "Point")
    try:
        about = pyogrio.read_info(path, layer=name)
        fields = [str(f) for f in about["fields"]]
        if field not in fields:
            raise UrbanGrainError("vector.no_field", path=path, field=field, fields=", ".join(fields) or "-")
        if not about["crs"]:
            raise UrbanGrainError("vector.no_crs", path=path)
        move = _transformer(about["crs"], crs)
        xy, category, unknown = [np.zeros((0, 2))], [np.zeros(0, np.int64)], Counter[str]()
        start = 0
        while True:
            context.check()
            _, _, wkb, values = pyogrio.raw.read(
                path, layer=name, columns=[field], force_2d=True, skip_features=start, max_features=CHUNK
            )
            points, codes = _placed(shapely.from_wkb(wkb, on_invalid="ignore"), values[0], move, unknown)
            xy.append(points)
            category.append(codes)
            if len(wkb) < CHUNK:
                break
            start += CHUNK
    except (DataSourceError, DataLayerError, OSError) as error:
        raise UrbanGrainError("vector.unreadable", path=path, reason=str(error)) from error
    found = PoiPoints(np.concatenate(xy), np.concatenate(category))
    examples = ", ".join(value for value, _ in unknown.most_common(EXAMPLES))
    if not len(found):
        raise UrbanGrainError("pois.none_known", path=path, field=field, values=examples or "-")
    if unknown:
        context.remark("note.unknown_pois", "warning", path=path, count=unknown.total(), values=examples)
    return found


def _placed(
    shapes: npt.NDArray[Any], values: npt.NDArray[Any], move: pyproj.Transformer | None, unknown: Counter[str]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int64]]:
    """Places and categories of what has both; other values are counted in ``unknown``."""
    there = ~shapely.is_missing(shapes) & ~shapely.is_empty(shapes)
    shapes, values = shapes[there], values[there]
    codes = categories_of(values)
    unknown.update(str(value) for value in values[codes < 0])
    shapes, codes = shapes[codes >= 0], codes[codes >= 0]
    wide = shapely.get_type_id(shapes) != shapely.GeometryType.POINT
    shapes[wide] = shapely.point_on_surface(shapes[wide])
    x, y = shapely.get_x(shapes), shapely.get_y(shapes)
    if move is not None:
        x, y = move.transform(x, y)
    xy = np.stack([x, y], axis=1)
    finite = np.isfinite(xy).all(axis=1)
    return xy[finite], codes[finite]


def _transformer(source: Any, goal: Any) -> pyproj.Transformer | None:
    one, other = pyproj.CRS.from_user_input(source), pyproj.CRS.from_user_input(goal)
    return None if one == other else pyproj.Transformer.from_crs(one, other, always_xy=True)
