"""Parcels made of a city's streets a second: the make-parcels job beside a plain geopandas overlay of the same files.

Both read a boundary and roads from GeoPackages, take the same widths, opening and least area, and write a GeoPackage.
The overlay is what a notebook would do: buffer the roads, dissolve the bands, `geopandas.overlay` with
``how="difference"``, explode, shrink and grow. It keeps what rounding makes reach over a road, and measures nothing on
the ellipsoid. The streets are a demo city's, copied side by side.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from urbangrain.engine import jobs
from urbangrain.engine.demo.scene import SceneSpec, make_plan
from urbangrain.engine.parcels.road_widths import road_widths
from urbangrain.engine.protocol import MakeParcelsJob

HEADER = ("streets", "loop", "seconds", "CPU seconds", "parcels", "parcels/s", "common area")

SEED, PIXELS, GSD = 2027, 1024, 3.0
OPENING_M, LEAST_M2 = 5.0, 100.0


def measure(folder: Path, sides: tuple[int, ...]) -> list[tuple[str, ...]]:
    """Return two rows for each city of ``side`` x ``side`` copies."""
    rows = []
    roads, square = _city()
    for side in sides:
        boundary, streets = _files(folder, roads, square, side)
        ours, theirs = folder / "parcels.gpkg", folder / "overlay.gpkg"
        job = MakeParcelsJob(str(boundary), str(streets), str(ours), opening_m=OPENING_M, min_area_m2=LEAST_M2,
                             overwrite=True)  # fmt: skip
        result, spent = _timed(lambda job=job: jobs.run(job))  # type: ignore[misc]
        made, plain = _timed(lambda b=boundary, s=streets, t=theirs: overlay(b, s, t))  # type: ignore[misc]
        count = f"{side**2 * len(roads):,}"
        rows.append((count, "UrbanGrain", *_speed(spent, result.parcels), "-"))
        loop = f"geopandas {gpd.__version__} overlay"
        rows.append((count, loop, *_speed(plain, made), f"{common_area(ours, theirs):.4f}"))
    return rows


def overlay(boundary: Path, streets: Path, out: Path) -> int:
    """Make parcels as a notebook would; returns how many."""
    area, roads = gpd.read_file(boundary), gpd.read_file(streets)
    widths, _ = road_widths(roads["highway"])
    bands = gpd.GeoDataFrame(geometry=roads.buffer(widths / 2, quad_segs=8), crs=roads.crs).dissolve()
    parcels = gpd.overlay(area[["geometry"]], bands, how="difference").explode(ignore_index=True)
    parcels.geometry = parcels.buffer(-OPENING_M, quad_segs=8).buffer(OPENING_M, quad_segs=8)
    parcels = parcels.explode(ignore_index=True)
    parcels = parcels[parcels.area >= LEAST_M2]
    parcels.to_file(out, driver="GPKG", layer="parcels")
    return len(parcels)


def common_area(one: Path, other: Path) -> float:
    """Return the area that two layers share, as a share of what either covers."""
    a, b = (gpd.read_file(path) for path in (one, other))
    b = b.to_crs(a.crs)
    left, right = a.sindex.query(b.geometry, predicate="intersects")
    both = shapely.intersection(b.geometry.to_numpy()[left], a.geometry.to_numpy()[right])
    common = float(shapely.area(both).sum())
    return common / (float(a.area.sum()) + float(b.area.sum()) - common)


def _city() -> tuple[gpd.GeoDataFrame, tuple[float, float, float, float]]:
    """Return a demo city's streets and the rectangle (west, south, east, north) around them."""
    scene = make_plan(SceneSpec(SEED, PIXELS, GSD, nodata_margin=False))
    roads = gpd.GeoDataFrame([p for _, p in scene.roads], geometry=[g for g, _ in scene.roads], crs=scene.crs)
    west, north = scene.transform.c, scene.transform.f
    square = (west, north - PIXELS * GSD, west + PIXELS * GSD, north)
    return roads, square


def _files(
    folder: Path, roads: gpd.GeoDataFrame, square: tuple[float, float, float, float], side: int
) -> tuple[Path, Path]:
    """Write a boundary around ``side`` x ``side`` copies of the city, and their streets."""
    extent = square[2] - square[0]
    copies = []
    for row, column in np.ndindex(side, side):
        copies.append(roads.set_geometry(roads.translate(column * extent, -row * extent)))
    boundary, streets = folder / f"boundary_{side}.gpkg", folder / f"streets_{side}.gpkg"
    frame = gpd.GeoDataFrame(pd.concat(copies, ignore_index=True), crs=roads.crs)
    frame.to_file(streets, driver="GPKG", layer="roads")
    around = shapely.box(square[0], square[3] - side * extent, square[0] + side * extent, square[3])
    gpd.GeoDataFrame(geometry=[around], crs=roads.crs).to_file(boundary, driver="GPKG", layer="boundary")
    return boundary, streets


def _timed(work: Callable[[], Any]) -> tuple[Any, tuple[float, float]]:
    """Return an answer, and the seconds by the clock and of all cores that it took."""
    began, busy = time.perf_counter(), time.process_time()
    answer = work()
    return answer, (time.perf_counter() - began, time.process_time() - busy)


def _speed(spent: tuple[float, float], parcels: int) -> tuple[str, ...]:
    return f"{spent[0]:.1f}", f"{spent[1]:.1f}", f"{parcels:,}", f"{parcels / spent[0]:,.0f}"
