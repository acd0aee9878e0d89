"""Rasters to measure on: demo imagery, repeated until it is as large as wanted."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import rasterio
from rasterio.windows import Window

from urbangrain.engine.demo.scene import SceneSpec, make_scene

SEED = 2027
TILE = 1024


def raster(folder: Path, width: int, height: int, gsd: float = 3.0) -> Path:
    """Return a GeoTIFF of ``width`` x ``height`` pixels, 4 bands, uint16; made if it is not there.

    It repeats one demo scene, mirrored from copy to copy so that no seam is left, tiled by 512 and compressed as
    imagery usually is.
    """
    path = folder / f"city_{width}x{height}.tif"
    if path.exists():
        return path
    folder.mkdir(parents=True, exist_ok=True)
    scene = make_scene(SceneSpec(SEED, TILE, gsd, nodata_margin=False), imagery_only=True)
    profile = {
        "driver": "GTiff", "count": 4, "dtype": "uint16", "width": width, "height": height, "crs": scene.crs,
        "transform": scene.transform, "tiled": True, "blockxsize": 512, "blockysize": 512, "compress": "deflate",
        "nodata": 0, "bigtiff": "if_safer",
    }  # fmt: skip
    temporary = path.with_suffix(".part")
    with rasterio.open(temporary, "w", **profile) as dataset:
        for i, top in enumerate(range(0, height, TILE)):
            for j, left in enumerate(range(0, width, TILE)):
                block = scene.image[:, :: -1 if i % 2 else 1, :: -1 if j % 2 else 1]
                rows, columns = min(TILE, height - top), min(TILE, width - left)
                dataset.write(np.ascontiguousarray(block[:, :rows, :columns]), window=Window(left, top, columns, rows))
        for band, name in enumerate(("blue", "green", "red", "nir"), 1):
            dataset.set_band_description(band, name)
    temporary.rename(path)
    return path
