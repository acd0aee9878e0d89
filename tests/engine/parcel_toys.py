"""Tiny parcels, layers and parcel models for tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import rasterio
import shapely
import torch
from rasterio.transform import from_origin

from urbangrain.engine.models.card import ModelCard, Scaling
from urbangrain.engine.models.networks import build
from urbangrain.engine.models.parcel_fusion import ParcelFusion
from urbangrain.engine.models.save import save_model
from urbangrain.engine.parcels.poi_categories import CATEGORIES
from urbangrain.engine.protocol import BandSpec, ClassInfo

CRS = "EPSG:32632"
WEST, NORTH = 500_000.0, 5_400_000.0
CLASSES = (ClassInfo(1, "Residential", "#f6c85f"), ClassInfo(2, "Agricultural and natural", "#4caf50"))
OPTIONS: dict[str, Any] = {
    "side": 16,
    "swin_width": 8,
    "swin_depths": [1],
    "swin_heads": [1],
    "swin_window": 2,
    "drop_path": 0.0,
    "poi_categories": len(CATEGORIES),
    "poi_size": 4,
    "time_filters": 2,
    "time_depth": 3,
    "time_kernels": [3, 5],
    "channels": 8,
}


def box(x: float, y: float, width: float, height: float | None = None) -> Any:
    """A rectangle whose upper left corner lies x and y metres east and south of the image's."""
    return shapely.box(WEST + x, NORTH - y - (height or width), WEST + x + width, NORTH - y)


def write_image(path: Path, values: np.ndarray, gsd: float = 3.0, crs: str = CRS, **options: Any) -> str:
    """Write (bands, rows, columns) with its upper left corner at WEST, NORTH."""
    profile = {"driver": "GTiff", "count": len(values), "height": values.shape[1], "width": values.shape[2]}
    transform = options.pop("transform", from_origin(WEST, NORTH, gsd, gsd))
    with rasterio.open(path, "w", **profile, dtype=values.dtype, crs=crs, transform=transform, **options) as dataset:
        dataset.write(values)
    return str(path)


def write_layer(path: Path, shapes: Any, crs: str | None = CRS, **fields: Any) -> str:
    """Write geometries with fields."""
    geopandas.GeoDataFrame(fields, geometry=list(shapes), crs=crs).to_file(path, layer=path.stem, engine="pyogrio")
    return str(path)


def network(seed: int = 3) -> ParcelFusion:
    """A tiny network whose random weights make answers differ between parcels."""
    torch.manual_seed(seed)
    made = build("parcel_fusion", 3, len(CLASSES), **OPTIONS)
    assert isinstance(made, ParcelFusion)
    with torch.no_grad():
        made.classify.weight.mul_(6.0)
    return made.eval()


def card(folder: Path, **changes: Any) -> ModelCard:
    """The card of such a network."""
    given: dict[str, Any] = {
        "id": "toy",
        "title": "Toy",
        "description": "",
        "version": "1",
        "path": folder / "card.json",
        "network": "parcel_fusion",
        "network_options": OPTIONS,
        "weights": folder / "weights.safetensors",
        "weights_sha256": "",
        "bands": (BandSpec("blue"), BandSpec("green"), BandSpec("red")),
        "classes": CLASSES,
        "nodata": 0,
        "gsd_min_m": 3.0,
        "gsd_max_m": 3.0,
        "window": 16,
        "scaling": Scaling("fixed", (0.5,) * 3, (0.25,) * 3, (1 / 255,) * 3),
        "stride_multiple": 4,
        "task": "classification",
    }
    return ModelCard(**{**given, **changes})


def save_toy(folder: Path, made: ParcelFusion | None = None) -> str:
    """Write a parcel model's folder."""
    save_model(card(folder), (made or network()).state_dict())
    return str(folder)
