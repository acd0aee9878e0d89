"""Real imagery with labels, for training and validation: ``python -m urbangrain.engine.training.real_data DATA_DIR``.

The imagery lies outside the project (see the model card for what it is and its licences); labels digitised for this
project are in ``resources/training``. Each image is divided into a training and a validation part by a rule that
looks at the place only; labels in a guard strip along the borders between the parts are dropped, so that no
validation pixel has a training pixel within `GUARD_M`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import rasterio
from affine import Affine
from rasterio.enums import Resampling
from rasterio.features import rasterize
from rasterio.vrt import WarpedVRT
from rasterio.warp import calculate_default_transform
from scipy.ndimage import distance_transform_edt

LABELS = Path(__file__).resolve().parents[2] / "resources" / "training"
GUARD_M = 30.0
CLASS_VALUES: Mapping[str, int] = {"water": 1, "tree": 2, "grass": 3, "farmland": 4, "impervious": 5}


@dataclass(frozen=True)
class RealTile:
    """An image with labels.

    Attributes
    ----------
    name : str
    image : ndarray float32 [4, H, W]
        Digital numbers of blue, green, red, near infrared; NaN in a band that the sensor lacks.
    valid : ndarray bool [H, W]
    labels : ndarray uint8 [H, W]
        0 unlabelled, else a value of `CLASS_VALUES`.
    validation : ndarray bool [H, W]
        True in the part kept for validation.
    gsd : float
        Metres.
    attribution : str
        Who made the imagery and the labels, and their licences.
    """

    name: str
    image: npt.NDArray[np.float32]
    valid: npt.NDArray[np.bool_]
    labels: npt.NDArray[np.uint8]
    validation: npt.NDArray[np.bool_]
    gsd: float
    attribution: str


@dataclass(frozen=True)
class _Source:
    """Where an image and its labels are, and how they are to be read."""

    name: str
    image: str
    bands: tuple[int, int, int, int]  # blue, green, red, near infrared; 0 absent
    attribution: str
    labels: str = ""  # relative to the data; empty: resources/training/<name>.geojson
    field: str = "class"
    names: Mapping[str, str] | None = None  # value of the field -> class, where they differ
    gsd: float = 0.0  # resample to this; 0 keeps the image's own
    crs: str = ""  # warp to this; empty keeps the image's own
    block_m: float = 0.0  # side of the blocks of the division
    point_m: float = 0.0  # side of the square that stands for a labelled point


_SPACENET = "SpaceNet on AWS, Maxar (CC BY-SA 4.0)"
SOURCES = (
    _Source("rotterdam_a", "rotterdam_harbour/image_a_1m.tif", (1, 2, 3, 4), _SPACENET,
            labels="rotterdam_harbour/reference_a.gpkg", block_m=100),
    _Source("rotterdam_b", "rotterdam_harbour/image_b_1m.tif", (1, 2, 3, 4), _SPACENET,
            labels="rotterdam_harbour/reference_b.gpkg", block_m=100),
    _Source("leipzig_s2", "leipzig_sentinel2/leipzig_s2_10m.tif", (1, 2, 3, 6),
            "contains modified Copernicus Sentinel data 2021; points of mlr3spatial (LGPL-3)",
            labels="leipzig_sentinel2/leipzig_landcover_points.gpkg", field="land_cover", gsd=3.0, block_m=400,
            point_m=15, names={"urban": "impervious", "forest": "tree", "pasture": "grass", "water": "water"}),
    _Source("naip_2016", "naip_prairie/naip_20160816.tif", (3, 2, 1, 4), "USDA NAIP (public domain)",
            gsd=3.0, block_m=900),
    # Panchromatic: the three visible bands are the one band. Trees and roofs at half a metre, without their colour.
    _Source("atlanta_pan", "spacenet_buildings/atlanta_pan_0p5m.tif", (1, 1, 1, 0), _SPACENET, block_m=90),
    _Source("swellendam", "swellendam_osm/aerial_3420B_rgba_2p5m.tif", (3, 2, 1, 0),
            "aerial photograph: South African NGI, 2010", gsd=2.5, crs="EPSG:32734", block_m=900),
)  # fmt: skip
"""Imagery that the model may be trained on. Its folders' README files hold the terms."""


def load_real(data_dir: Path, labels_dir: Path | None = None) -> list[RealTile]:
    """Read every source whose image and labels are there.

    Parameters
    ----------
    data_dir : Path
        Folder of the imagery.
    labels_dir : Path, optional
        Folder of the labels digitised for this project (GeoJSON in EPSG:4326, field ``class``).
    """
    tiles = []
    for source in SOURCES:
        own = (labels_dir or LABELS) / f"{source.name}.geojson"
        labels = data_dir / source.labels if source.labels else own
        if (data_dir / source.image).exists() and labels.exists():
            tiles.append(_read(source, data_dir / source.image, [labels, own] if source.labels else [own]))
    return tiles


def _read(source: _Source, path: Path, labels: Iterable[Path]) -> RealTile:
    with rasterio.open(path) as dataset:
        transform, width, height = _grid(dataset, source)
        settings = {"crs": source.crs or dataset.crs, "transform": transform, "width": width, "height": height}
        with WarpedVRT(dataset, resampling=Resampling.cubic, **settings) as warped:
            numbers = sorted({b for b in source.bands if b})
            read = dict(zip(numbers, warped.read(numbers, out_dtype="float32")))
            masks = [warped.read_masks(b) > 0 for b in numbers]
            crs = warped.crs
    valid = np.logical_and.reduce([np.isfinite(band) for band in read.values()] + masks)
    absent = np.full((height, width), np.nan, np.float32)
    image = np.stack([read[b] if b else absent for b in source.bands])
    burned = np.zeros((height, width), np.uint8)
    for file in labels:
        if file.exists():
            _burn(burned, file, source, crs, transform)
    burned[~valid] = 0
    gsd = abs(transform.a)
    validation = _division(height, width, gsd, source.block_m)
    burned[_near_border(validation, gsd)] = 0
    return RealTile(source.name, image, valid, burned, validation, gsd, source.attribution)


def _grid(dataset: Any, source: _Source) -> tuple[Affine, int, int]:
    if not source.gsd and not source.crs:
        return dataset.transform, dataset.width, dataset.height
    resolution = source.gsd or None
    return calculate_default_transform(
        dataset.crs, source.crs or dataset.crs, dataset.width, dataset.height, *dataset.bounds, resolution=resolution
    )


def _burn(labels: npt.NDArray[np.uint8], file: Path, source: _Source, crs: Any, transform: Affine) -> None:
    """Burn polygons (or squares around points) in file order; unknown classes are an error, not a gap."""
    frame = gpd.read_file(file).to_crs(crs)
    for shape, text in zip(frame.geometry, frame[source.field if source.field in frame else "class"].astype(str)):
        name = (source.names or {}).get(text, text)
        if name not in CLASS_VALUES:
            raise ValueError(f"{file.name}: {text!r} is no class; known: {', '.join(CLASS_VALUES)}")
        area = shape.buffer(source.point_m / 2, cap_style="square") if shape.geom_type == "Point" else shape
        rasterize([(area, CLASS_VALUES[name])], out=labels, transform=transform)


def _division(height: int, width: int, gsd: float, block_m: float) -> npt.NDArray[np.bool_]:
    """Return the validation part: of each 3 x 2 group of blocks, two blocks that do not touch by an edge."""
    row = (np.arange(height) * gsd // block_m).astype(int)[:, None]
    column = (np.arange(width) * gsd // block_m).astype(int)[None, :]
    return (column + 2 * (row % 2) + row // 2) % 3 == 2


def _near_border(validation: npt.NDArray[np.bool_], gsd: float) -> npt.NDArray[np.bool_]:
    """Return the pixels within half the guard distance of the other part, on both sides of the border."""
    if validation.all() or not validation.any():
        return np.zeros_like(validation)
    reach = GUARD_M / 2 / gsd
    return np.where(validation, distance_transform_edt(validation), distance_transform_edt(~validation)) <= reach


def main(data_dir: str) -> None:
    """Print labelled pixels by tile, class and part."""
    print(f"{'tile':<14}{'part':<12}{'gsd':>5}" + "".join(f"{name:>12}" for name in CLASS_VALUES))
    for tile in load_real(Path(data_dir)):
        for part, mask in (("training", ~tile.validation), ("validation", tile.validation)):
            counts = np.bincount(tile.labels[mask], minlength=6)[1:]
            print(f"{tile.name:<14}{part:<12}{tile.gsd:>5.2f}" + "".join(f"{n:>12,}" for n in counts))


if __name__ == "__main__":
    main(sys.argv[1])
