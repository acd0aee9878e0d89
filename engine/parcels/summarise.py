"""Class shares of parcels over a class raster, by the exact share of each pixel that a parcel covers (exactextract)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import rasterio
import shapely

from urbangrain.engine.context import JobContext
from urbangrain.engine.errors import UrbanGrainError
from urbangrain.engine.parcels.areas import areas_and_perimeters
from urbangrain.engine.parcels.layer import (
    CHUNK,
    LAYER,
    chunks,
    free_names,
    in_column,
    layer_info,
    polygons_of,
)
from urbangrain.engine.parcels.zonal import ShareSampler
from urbangrain.engine.protocol.results import ClassInfo, SummariseResult
from urbangrain.engine.raster.classes import read_class_infos
from urbangrain.engine.vector.read import GEOPACKAGE, choose_layer


def summarise(
    classes_path: str, parcels_path: str, layer: str | None, out_path: str, context: JobContext
) -> SummariseResult:
    """Write the parcels with what the map says of each.

    Parameters
    ----------
    classes_path : str
        Class raster (one band of integers 0-255).
    parcels_path, layer : str, str or None
        Polygons in any CRS; None takes the only layer.
    out_path : str
        GeoPackage to make; written in place, so give a temporary name (`urbangrain.engine.raster.outputs.Outputs`).
    context : JobContext

    Returns
    -------
    SummariseResult
        Layer ``parcels`` of the GeoPackage has the input's attributes and geometry (in its own CRS), and
        ``share_<class>`` (0-1, of the mapped part), ``dominant`` (class name), ``dominant_value``, ``purity`` (share of
        the dominant class, 0-1), ``area_m2`` (on the ellipsoid) and ``mapped_share`` (0-1). Parcels outside the map,
        or without a polygon, keep their row with empty values.

    Raises
    ------
    UrbanGrainError
        ``vector.*``, ``classes.not_a_class_raster``, ``image.no_crs``, ``parcels.outside``.
    """
    infos = read_class_infos(classes_path)
    name = choose_layer(parcels_path, layer)
    about = layer_info(parcels_path, name)
    total = max(1, about["features"])
    done = outside = repaired = shapeless = 0
    with rasterio.open(classes_path) as dataset:
        if dataset.crs is None:
            raise UrbanGrainError("image.no_crs", path=classes_path)
        columns = _column_names(infos, list(about["fields"]))
        sampler = ShareSampler(dataset, infos, about["crs"])
        for frame in chunks(parcels_path, name, CHUNK):
            context.check()
            shapes, broken = polygons_of(frame.geometry.to_numpy())
            repaired += broken
            shapeless += int(shapely.is_missing(shapes).sum())
            shares, mapped = sampler.shares(shapes)
            outside += int((~shapely.is_missing(shapes) & (mapped <= 0)).sum())
            _fill(frame, shapes, shares, mapped, infos, columns, about["crs"])
            how = {"mode": "a"} if done else {"mode": "w", "dataset_options": GEOPACKAGE}
            frame.to_file(out_path, layer=LAYER, driver="GPKG", engine="pyogrio", **how)
            done += len(frame)
            context.progress("parcels", done / total, done, total)
    if done == 0 or shapeless == done:
        raise UrbanGrainError("vector.no_polygons", path=parcels_path)
    if outside + shapeless == done:
        raise UrbanGrainError("parcels.outside", path=parcels_path, classes=classes_path)
    if repaired:
        context.remark("note.repaired", "warning", count=repaired, path=parcels_path)
    if shapeless:
        context.remark("note.skipped_shapes", "warning", count=shapeless, path=parcels_path)
    if outside:
        context.remark("note.outside", "warning", count=outside, path=parcels_path)
    return SummariseResult(out_path, done, outside, infos, tuple(context.remarks))


def _column_names(infos: Sequence[ClassInfo], taken: Sequence[str]) -> dict[str, str]:
    wanted = [(f"share:{i.value}", "share_" + in_column(i.name, i.value)) for i in infos]
    wanted += [(key, key) for key in ("dominant", "dominant_value", "purity", "area_m2", "mapped_share")]
    return free_names(wanted, taken)


def _fill(
    frame: Any,
    shapes: npt.NDArray[Any],
    shares: npt.NDArray[np.float64],
    mapped: npt.NDArray[np.float64],
    infos: Sequence[ClassInfo],
    columns: dict[str, str],
    crs: str,
) -> None:
    """Add the answers to a chunk of parcels, in place."""
    on_map = mapped > 0
    best = np.where(on_map, np.argmax(np.nan_to_num(shares, nan=-1.0), axis=1), -1)
    for i, info in enumerate(infos):
        frame[columns[f"share:{info.value}"]] = shares[:, i]
    frame[columns["dominant"]] = [infos[i].name if i >= 0 else None for i in best]
    frame[columns["dominant_value"]] = pd.array([infos[i].value if i >= 0 else pd.NA for i in best], dtype="Int32")
    frame[columns["purity"]] = [shares[row, i] if i >= 0 else np.nan for row, i in enumerate(best)]
    frame[columns["area_m2"]] = areas_and_perimeters(shapes, crs)[0]
    frame[columns["mapped_share"]] = np.where(shapely.is_missing(shapes), np.nan, mapped)
