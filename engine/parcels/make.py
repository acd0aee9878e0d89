"""Parcels from streets: a boundary minus its roads, opened (MSLU-100K, section "Unlabeled parcel boundary data")."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

AT_ONCE = 512
"""Roads or pieces that are worked on in one call: between two calls a job can be stopped."""
TOUCH_M = 1e-4
"""How far a parcel may reach over the border of its piece: less than what coordinates are rounded to elsewhere."""
THINNEST_M = 0.01
"""Without an opening, what is thinner on average was left by rounding and is no parcel."""
_DUST_M2 = 1e-6
_ARC = 8  # segments of a quarter circle
_MANY, _MOST = 4, 8  # cores from which on blocks pay, and threads that are started at most

Check = Callable[[float], None]


def _ignore(_: float) -> None:
    return None


def make_parcels(
    boundary: Any,
    roads: npt.ArrayLike,
    widths: npt.ArrayLike,
    opening_m: float = 5.0,
    min_area_m2: float = 0.0,
    max_area_m2: float = 0.0,
    check: Check | None = None,
) -> tuple[npt.NDArray[Any], int]:
    """Cut parcels out of a boundary.

    Everything is in one coordinate reference system whose unit is the metre. Each road is a band as wide as its
    roadbed, with round ends; what the bands leave of the boundary is shrunk and grown again, which takes off what a
    disc of radius ``opening_m`` does not reach: slivers between carriageways, necks, sharp corners.

    Parameters
    ----------
    boundary : Polygon, MultiPolygon, or array of them
        Polygons are cut each for itself, so that a border between two of them is a border of parcels. Where they
        overlap, the first one has the ground.
    roads : array of LineString and MultiLineString, shape (n,)
        Those that do not come near the boundary, empty ones and None are ignored.
    widths : array of float, shape (n,) or ()
        Width of each roadbed in metres; 0 does not cut.
    opening_m : float
        Radius of the opening in metres; 0 for none.
    min_area_m2, max_area_m2 : float
        Parcels outside are dropped; 0 for no limit.
    check : callable, optional
        Called with the share that is done (0 to 1), often; may raise to stop.

    Returns
    -------
    parcels : array of Polygon, shape (p,)
        Valid; inside the boundary, off the roads and without common inner points (all three to `TOUCH_M`); along a
        curve through the area, so that the same input gives the same order.
    dropped : int
        Pieces that the opening or the area range took away whole.

    Raises
    ------
    ValueError
        If ``widths`` do not fit ``roads``, or one is negative or not finite.
    """
    check = check or _ignore
    lines, half = _bands(roads, widths)
    surfaces = disjoint(boundary)
    at_line, at_surface = shapely.STRtree(surfaces).query(lines, predicate="dwithin", distance=half)
    near = np.unique(at_line)
    bands = np.full(len(lines), None, object)
    bands[near] = shapely.buffer(lines[near], half[near], quad_segs=_ARC)
    order = np.argsort(at_surface, kind="stable")
    groups = np.split(at_line[order], np.searchsorted(at_surface[order], np.arange(1, len(surfaces))))
    kept, dropped = [], 0
    for number, (surface, group) in enumerate(zip(surfaces, groups)):
        cut = _union(bands[group], _within(check, number, number + 0.7, len(surfaces)))
        pieces = shapely.get_parts(shapely.difference(surface, cut)) if len(group) else np.array([surface], object)
        parts, gone = _opened(pieces, opening_m, _within(check, number + 0.7, number + 1, len(surfaces)))
        dropped += gone
        kept.append(parts)
    parcels = np.concatenate(kept) if kept else np.empty(0, object)
    area = shapely.area(parcels)
    fits = (area >= min_area_m2) & ((area <= max_area_m2) | (max_area_m2 == 0))
    return by_place(parcels[fits]), dropped + int((~fits).sum())


def disjoint(polygons: Any) -> npt.NDArray[Any]:
    """Return the polygons of one or many geometries, repaired, each minus those before it that it overlaps.

    Parameters
    ----------
    polygons : geometry or array of geometry
        What is neither polygon nor made of polygons is ignored.

    Returns
    -------
    array of Polygon, shape (n,)
        Without common inner points.
    """
    shapes = shapely.force_2d(np.atleast_1d(np.asarray(polygons, object)).ravel())
    shapes = shapes[~shapely.is_missing(shapes) & ~shapely.is_empty(shapes)]
    broken = ~shapely.is_valid(shapes)
    shapes[broken] = shapely.make_valid(shapes[broken])
    parts = surfaces_of(shapes)
    later, earlier = shapely.STRtree(parts).query(parts, predicate="intersects")
    pairs = (earlier < later) & ~shapely.touches(parts[later], parts[earlier])
    out = parts.copy()
    later, earlier = later[pairs], earlier[pairs]
    for number in np.unique(later):
        out[number] = shapely.difference(parts[number], shapely.union_all(parts[earlier[later == number]]))
    return surfaces_of(out)


def surfaces_of(shapes: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Return all polygons that geometries hold, collections of collections too; lines and points are left out."""
    parts = np.asarray(shapes, object)
    while (shapely.get_type_id(parts) > 3).any():
        parts = shapely.get_parts(parts)
    polygons: npt.NDArray[Any] = parts[(shapely.get_type_id(parts) == 3) & (shapely.area(parts) > 0)]
    return polygons


def by_place(shapes: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Return geometries along a Hilbert curve over their extent: neighbours come soon after each other."""
    if len(shapes) < 2:
        return shapes
    west, south, _, north = shapely.bounds(shapes).T
    curve = gpd.GeoSeries(shapes).hilbert_distance().to_numpy()
    ordered: npt.NDArray[Any] = shapes[np.lexsort((-north, west, south, curve))]
    return ordered


def _within(check: Check, first: float, last: float, total: float) -> Check:
    """Return a check whose share 0 to 1 is ``first`` to ``last`` of ``total``."""
    return lambda share: check((first + share * (last - first)) / total)


def _bands(roads: npt.ArrayLike, widths: npt.ArrayLike) -> tuple[npt.NDArray[Any], npt.NDArray[np.float64]]:
    """Return the lines that cut, and half their widths."""
    lines = shapely.force_2d(np.atleast_1d(np.asarray(roads, object)))
    wide = np.asarray(widths, np.float64)
    if wide.shape not in ((), lines.shape):
        raise ValueError(f"{lines.size} roads and {wide.size} widths do not fit")
    wide = np.broadcast_to(wide, lines.shape)
    if not (np.isfinite(wide) & (wide >= 0)).all():
        raise ValueError("the width of a road is negative or no number")
    cuts = ~shapely.is_missing(lines) & ~shapely.is_empty(lines) & (wide > 0)
    return lines[cuts], wide[cuts] / 2


def _union(shapes: npt.NDArray[Any], check: Check) -> Any:
    """Unite polygons; on several cores in blocks side by side, which costs a fifth more in all."""
    check(0.0)
    if _cores() < _MANY or len(shapes) <= AT_ONCE:
        return shapely.union_all(shapes)
    parts = int(np.ceil(len(shapes) / AT_ONCE))
    strips = int(np.ceil(np.sqrt(parts)))
    west, south, east, north = shapely.bounds(shapes).T
    blocks = [
        block
        for strip in np.array_split(np.argsort(west + east, kind="stable"), strips)
        for block in np.array_split(strip[np.argsort((south + north)[strip], kind="stable")], strips)
    ]
    return shapely.union_all(_each(lambda block: shapely.union_all(shapes[block]), blocks, check))


def _opened(pieces: npt.NDArray[Any], radius: float, check: Check) -> tuple[npt.NDArray[Any], int]:
    """Shrink polygons by ``radius`` and grow them again; returns what is left, and of how many nothing is left."""
    if len(pieces) == 0:
        return pieces, 0
    blocks = np.array_split(pieces, int(np.ceil(len(pieces) / AT_ONCE)))
    done = _each(lambda block: _opened_block(block, radius), blocks, check)
    return np.concatenate([parts for parts, _ in done]), sum(lost for _, lost in done)


def _opened_block(pieces: npt.NDArray[Any], radius: float) -> tuple[npt.NDArray[Any], int]:
    opened = pieces
    if radius > 0:
        opened = shapely.buffer(shapely.buffer(pieces, -radius, quad_segs=_ARC), radius, quad_segs=_ARC)
        # Arcs are made of chords: around a corner that points inwards the result may reach over the old border.
        over = ~shapely.covers(shapely.buffer(pieces, TOUCH_M, join_style="mitre"), opened)
        opened[over] = shapely.intersection(opened[over], pieces[over])
    parts, source = shapely.get_parts(opened, return_index=True)
    # Whatever the opening leaves holds a disc; smaller parts are where the arcs reached over to the other side.
    real = (shapely.get_type_id(parts) == 3) & (shapely.area(parts) > max(np.pi / 2 * radius**2, _DUST_M2))
    if radius == 0:
        real &= 2 * shapely.area(parts) > THINNEST_M * shapely.length(parts)
    return parts[real], len(pieces) - len(np.unique(source[real]))


def _each(work: Callable[[Any], Any], blocks: Sequence[Any], check: Check) -> list[Any]:
    """Do blocks side by side: GEOS does not hold Python's lock."""
    if len(blocks) == 1:
        check(0.0)
        return [work(blocks[0])]
    done: list[Any] = []
    pool = ThreadPoolExecutor(min(len(blocks), _cores(), _MOST))
    try:
        for answer in pool.map(work, blocks):
            done.append(answer)
            check(len(done) / len(blocks))
    finally:
        pool.shutdown(cancel_futures=True)
    return done


def _cores() -> int:
    return os.cpu_count() or 1
