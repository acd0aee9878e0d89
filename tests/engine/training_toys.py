"""A small world to learn: two bands, three materials that differ in them, and reference polygons over a part of it."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import rasterio
from rasterio.transform import from_origin
from shapely.geometry import box

from urbangrain.engine.protocol import BandSpec, ClassInfo, TrainJob, TrainSource

SIDE, GSD = 256, 2.0
CLASSES = (ClassInfo(1, "water", "#0000ff"), ClassInfo(2, "tree", "#00ff00"), ClassInfo(7, "roof", "#ff0000"))
NETWORK = {
    "width": 4, "modules": [1, 1, 1], "blocks": 1, "stem_width": 8, "stem_stride": 2, "layer1_width": 8,
    "layer1_blocks": 1, "mid_channels": 16, "key_channels": 8, "mid_kernel": 1, "coarse_channels": 8, "dropout": 0.0,
}  # fmt: skip


def write_world(folder: Path, seed: int = 0, west: float = 500_000.0, gain: float = 1.0) -> TrainSource:
    """Write image and polygons: squares of 32 pixels of one material each, two thirds of them labelled."""
    rng = np.random.default_rng(seed)
    cells = rng.integers(0, 3, (SIDE // 32, SIDE // 32))
    material = np.kron(cells, np.ones((32, 32), int))
    level = np.array([[100, 400, 900], [80, 900, 500]])
    image = gain * (level[:, material] + rng.normal(0, 60, (2, SIDE, SIDE)))
    transform = from_origin(west, 5_700_000, GSD, GSD)
    path = folder / f"image_{seed}.tif"
    profile = {"driver": "GTiff", "width": SIDE, "height": SIDE, "count": 2, "dtype": "uint16", "crs": "EPSG:32631"}
    with rasterio.open(path, "w", transform=transform, **profile) as file:
        file.write(np.clip(image, 1, 60_000).astype(np.uint16))
        file.descriptions = ("red", "nir")
    shapes, names = [], []
    for row, column in np.ndindex(*cells.shape):
        if (row + column) % 3:
            left, top = transform * (column * 32 + 3, row * 32 + 3)
            right, bottom = transform * (column * 32 + 29, row * 32 + 29)
            shapes.append(box(left, bottom, right, top))
            names.append(("Water", "trees", "roof")[cells[row, column]])
    reference = folder / f"reference_{seed}.gpkg"
    gpd.GeoDataFrame({"kind": names}, geometry=shapes, crs="EPSG:32631").to_file(reference, layer="reference")
    return TrainSource(str(path), str(reference), "kind")


def fresh_job(out: Path, *sources: TrainSource, **more: object) -> TrainJob:
    """Return a job that trains a tiny HRNet-OCR from random weights."""
    settings: dict[str, object] = {
        "network": "hrnet_ocr", "options": NETWORK, "classes": CLASSES, "bands": (BandSpec("red"), BandSpec("nir")),
        "gsd_m": (1.0, 3.0), "epochs": 20, "tile": 64, "batch": 8, "learning_rate": 3e-3, "device": "cpu",
        "precision": "fp32", "threads": 1,
    }  # fmt: skip
    return TrainJob(str(out), tuple(sources), **{**settings, **more})  # type: ignore[arg-type]
