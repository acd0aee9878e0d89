"""Rasters of numbers: what a model that gives no classes is not asked for, and how its raster is finished."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from rasterio.enums import Resampling
from rasterio.windows import Window

from urbangrain.engine.context import JobContext
from urbangrain.engine.errors import UrbanGrainError
from urbangrain.engine.models.card import ModelCard
from urbangrain.engine.protocol import MapJob, ValueBand
from urbangrain.engine.raster.classes import PROVENANCE_TAG
from urbangrain.engine.raster.grid import Grid, same_grid
from urbangrain.engine.raster.sink import row_blocks, write_cog, writing
from urbangrain.engine.raster.source import gdal_settings

from .map_products import Products, to_grid


def refuse_what_needs_classes(job: MapJob, card: ModelCard) -> None:
    """Refuse, before any work, what a model of numbers cannot give.

    Raises
    ------
    UrbanGrainError
        ``values.no_classes`` naming the outputs and steps; ``values.no_max`` for that blending.
    """
    if not card.values:
        return
    asked = {
        "confidence": job.confidence,
        "probabilities": job.probabilities,
        "polygons": job.polygons,
        "parcels": job.parcels,
        "clean-up": job.min_patch_m2 > 0 or job.fill_holes_m2 > 0,
    }
    parts = [name for name, wanted in asked.items() if wanted]
    if parts:
        raise UrbanGrainError("values.no_classes", model=card.id, parts=", ".join(parts))
    if job.blend == "max":
        raise UrbanGrainError("values.no_max", model=card.id)


def finish_values(
    products: Products, out_grid: Grid, about: Mapping[str, Any], context: JobContext
) -> tuple[ValueBand, ...]:
    """Make the raster of numbers under its temporary name; returns what its bands hold.

    Raises
    ------
    UrbanGrainError
        ``file.not_writable``.
    """
    outputs, path = products.outputs, products.paths["values"]
    final = str(outputs.paths["values"])
    with gdal_settings(), writing(final):
        context.progress("write", 0.93)
        if not same_grid(products.grid, out_grid):
            warped = outputs.scratch("values-out.tif")
            to_grid(path, warped, out_grid, Resampling.bilinear, Resampling.average, context, trim=True)
            path.unlink()
            path = warped
        _describe(path, products.card.values, about)
        context.check()
        write_cog(path, outputs.temporary("values"), categorical=False, final=final)
        bands = value_bands(path, products.card.values, context)
        context.progress("write", 1.0)
    return bands


def value_bands(path: Path, names: tuple[str, ...], context: JobContext) -> tuple[ValueBand, ...]:
    """Smallest, mean and largest number and standard deviation of each band of a raster, over its pixels with data."""
    count, low, high = np.zeros(len(names)), np.full(len(names), np.inf), np.full(len(names), -np.inf)
    mean, squares = np.zeros(len(names)), np.zeros(len(names))
    with rasterio.open(path) as dataset:
        for first, last in row_blocks(dataset.height):
            context.check()
            for k in range(len(names)):
                block = dataset.read(k + 1, window=Window(0, first, dataset.width, last - first))
                there = block[~np.isnan(block)].astype(np.float64)
                if not there.size:
                    continue
                low[k], high[k] = min(low[k], there.min()), max(high[k], there.max())
                # Means are merged (Chan, Golub and LeVeque 1983): a sum of squares of large numbers loses its digits.
                own = there.mean()
                both, apart = count[k] + there.size, own - mean[k]
                squares[k] += ((there - own) ** 2).sum() + apart**2 * count[k] * there.size / both
                mean[k] += apart * there.size / both
                count[k] = both
    nothing = count == 0
    low[nothing] = high[nothing] = mean[nothing] = np.nan
    with np.errstate(invalid="ignore"):
        std = np.sqrt(squares / np.where(nothing, np.nan, count))
    return tuple(
        ValueBand(name, float(low[k]), float(mean[k]), float(high[k]), float(std[k])) for k, name in enumerate(names)
    )


def _describe(path: Path, names: tuple[str, ...], about: Mapping[str, Any]) -> None:
    with rasterio.open(path, "r+") as dataset:
        for i, name in enumerate(names, 1):
            dataset.set_band_description(i, name)
        dataset.update_tags(**{PROVENANCE_TAG: json.dumps(about), "AREA_OR_POINT": "Area"})
