"""One raster of the maps of many scenes, on the grid of the first one, with its palette and class names."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import rasterio
import rasterio.shutil
import shapely
from affine import Affine
from rasterio.enums import Resampling
from rasterio.vrt import WarpedVRT
from rasterio.warp import transform_bounds

from urbangrain.engine.context import JobContext
from urbangrain.engine.errors import UrbanGrainError
from urbangrain.engine.raster.classes import CLASSES_TAG, PROVENANCE_TAG, category_names_xml, read_class_infos
from urbangrain.engine.raster.grid import Grid
from urbangrain.engine.raster.outputs import Outputs
from urbangrain.engine.raster.sink import write_cog, writing
from urbangrain.engine.raster.source import MAX_MEGAPIXELS, gdal_settings

from .vrt import Band, Part, vrt_xml

ALIGNED = 0.01
"""Part of a pixel by which grids may be apart and still count as one."""


@dataclass(frozen=True)
class _Map:
    path: Path
    grid: Grid


def make_mosaic(
    maps: Sequence[str], out: Path, cog: bool, hidden: Path, overwrite: bool, context: JobContext, seen: str = ""
) -> None:
    """Put maps together. Where they overlap, the first one with data is seen.

    The mosaic has the coordinate reference system and the pixels of the first map. A map on another grid is taken to it
    by the nearest pixel, and a remark says so (``note.mosaic_resampled``); so does one when maps overlap
    (``note.scenes_overlap``).

    Parameters
    ----------
    maps : sequence of str
        Rasters of one model, north-up.
    out : Path
        VRT, or COG.
    cog : bool
        Copy the pixels into a COG; otherwise the VRT points at the maps.
    hidden : Path
        Folder for the small files that take maps to the mosaic's grid; the VRT needs them.
    overwrite : bool
    seen : str
        Name of the first scene in the remark.

    Raises
    ------
    UrbanGrainError
        ``many.mosaic_too_large`` (a COG of scenes far apart), and what `Outputs` raises.
    JobCancelled
    """
    with gdal_settings(), Outputs({"mosaic": str(out)}, maps, overwrite) as outputs:
        target, bands, tags = _first(Path(maps[0]))
        tags[PROVENANCE_TAG] = _provenance(tags.get(PROVENANCE_TAG, ""), maps)
        parts, resampled = [], False
        for path in maps:
            context.check()
            part = _aligned(_look(Path(path)), target)
            if part is None:
                part, resampled = _warped(_look(Path(path)), target, hidden), True
            parts.append(part)
        whole, parts = _fit(target, parts)
        if resampled:
            context.remark("note.mosaic_resampled", path=seen or maps[0])
        if _overlap(parts):
            context.remark("note.scenes_overlap")
        classes = read_class_infos(maps[0]) if CLASSES_TAG in tags else ()
        made = outputs.scratch("mosaic.vrt") if cog else outputs.temporary("mosaic")
        folder = made.parent if cog else out.absolute().parent
        made.write_text(vrt_xml(whole, bands, parts, folder, tags, classes), encoding="utf-8")
        if cog:
            if whole.width * whole.height > MAX_MEGAPIXELS * 1e6:
                raise UrbanGrainError("many.mosaic_too_large", width=whole.width, height=whole.height)
            write_cog(made, outputs.temporary("mosaic"), bool(classes), str(out))
            if classes:
                outputs.beside("mosaic", ".aux.xml").write_text(category_names_xml(classes), encoding="utf-8")
        context.check()
        outputs.commit()


def _first(path: Path) -> tuple[Grid, list[Band], dict[str, str]]:
    """Return what the mosaic takes from the first map."""
    with rasterio.open(path) as dataset:
        bands = []
        for number in range(1, dataset.count + 1):
            try:
                colours = dataset.colormap(number)
            except ValueError:
                colours = None
            name = dataset.descriptions[number - 1] or ""
            bands.append(Band(dataset.dtypes[number - 1], dataset.nodatavals[number - 1], name, colours))
        kept = (CLASSES_TAG, PROVENANCE_TAG, "AREA_OR_POINT")
        tags = {key: value for key, value in dataset.tags().items() if key in kept}
        return Grid(dataset.crs, dataset.transform, dataset.width, dataset.height), bands, tags


def _provenance(first: str, maps: Sequence[str]) -> str:
    """Return what made the mosaic: what the maps have in common, and their names."""
    try:
        about: dict[str, Any] = json.loads(first)
    except ValueError:
        about = {}
    common = {key: about[key] for key in ("model", "software", "time") if key in about}
    return json.dumps({**common, "scenes": [Path(path).name for path in maps]})


def _look(path: Path) -> _Map:
    with rasterio.open(path) as dataset:
        return _Map(path, Grid(dataset.crs, dataset.transform, dataset.width, dataset.height))


def _aligned(one: _Map, target: Grid) -> Part | None:
    """Place a map whose pixels are the target's; None where they are not."""
    if one.grid.crs != target.crs:
        return None
    t, u = one.grid.transform, target.transform
    col, row = ~u * (t.c, t.f)
    far_col, far_row = ~u * (t * (one.grid.width, one.grid.height))
    corners = np.array([col, row, far_col - one.grid.width, far_row - one.grid.height])
    at = np.round(corners[:2]).astype(int)
    if np.abs(corners - np.tile(at, 2)).max() > ALIGNED:
        return None
    return Part(one.path, int(at[0]), int(at[1]), one.grid.width, one.grid.height)


def _warped(one: _Map, target: Grid, hidden: Path) -> Part:
    """Take a map to the target's pixels, as a VRT that reads it through GDAL's warper."""
    t = one.grid.transform
    left, top = t.c, t.f
    right, bottom = t * (one.grid.width, one.grid.height)
    if one.grid.crs != target.crs:
        left, bottom, right, top = transform_bounds(one.grid.crs, target.crs, left, bottom, right, top, densify_pts=65)
    u = target.transform
    col0, row0 = math.floor((left - u.c) / u.a), math.floor((top - u.f) / u.e)
    col1, row1 = math.ceil((right - u.c) / u.a), math.ceil((bottom - u.f) / u.e)
    path = hidden / f"{one.path.stem}.vrt"
    with writing(str(path)):
        hidden.mkdir(parents=True, exist_ok=True)
        with (
            rasterio.open(one.path) as dataset,
            WarpedVRT(
                dataset, crs=target.crs, transform=u * Affine.translation(col0, row0), width=col1 - col0,
                height=row1 - row0, resampling=Resampling.nearest, tolerance=0.01,
            ) as view,
        ):  # fmt: skip
            rasterio.shutil.copy(view, str(path), driver="VRT")
        _make_relative(path, one.path)
    return Part(path, col0, row0, col1 - col0, row1 - row0)


def _make_relative(vrt: Path, source: Path) -> None:
    """Let a warped VRT name its file relative to itself: GDAL does so only for files below it."""
    tree = ElementTree.parse(vrt)
    for name in tree.iter("SourceDataset"):
        name.set("relativeToVRT", "1")
        name.text = os.path.relpath(source, vrt.parent)
    tree.write(vrt, encoding="utf-8")


def _fit(target: Grid, parts: Sequence[Part]) -> tuple[Grid, list[Part]]:
    """Return the grid that holds all parts, and the parts on it."""
    col0, row0 = min(p.col for p in parts), min(p.row for p in parts)
    col1, row1 = max(p.col + p.width for p in parts), max(p.row + p.height for p in parts)
    moved = [Part(p.path, p.col - col0, p.row - row0, p.width, p.height) for p in parts]
    return target.part(row0, row1, col0, col1), moved


def _overlap(parts: Sequence[Part]) -> bool:
    """Whether the rectangles of two parts share a pixel."""
    inside = 0.25  # of a pixel: neighbours touch and share none
    cols, rows = np.array([p.col for p in parts]) + inside, np.array([p.row for p in parts]) + inside
    widths, heights = (np.array(v) - 2 * inside for v in ([p.width for p in parts], [p.height for p in parts]))
    boxes = shapely.box(cols, rows, cols + widths, rows + heights)
    pairs = shapely.STRtree(boxes).query(boxes, predicate="intersects")
    return bool((pairs[0] != pairs[1]).any())
