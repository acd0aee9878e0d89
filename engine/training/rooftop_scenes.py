"""Demo cities as `rooftops` sees them: Sentinel-2-like imagery of several years, rooftops on a finer grid."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from affine import Affine
from rasterio.features import rasterize

from urbangrain.engine.demo.scene import SceneSpec, make_years

UPSCALE = 4
_FINE = 4
"""Rooftops are burned on pixels this much finer still; half of an output pixel must be roof."""

_BUILT_USES = ("residential", "commercial", "industrial", "public", "transport")


@dataclass(frozen=True)
class RooftopScene:
    """A city through the years.

    Attributes
    ----------
    images : ndarray uint16 [years, 4, h, w]
        B2, B3, B4, B8 at 10 m, reflectance times 10000.
    rooftops : ndarray uint8 [years, 4 h, 4 w]
        1 rooftop, 0 other, at 2.5 m.
    built : ndarray uint8 [h, w]
        1 where land is built up by its use, 0 elsewhere: what a coarse land-cover map knows.
    """

    images: npt.NDArray[np.uint16]
    rooftops: npt.NDArray[np.uint8]
    built: npt.NDArray[np.uint8]


def cached_years(folder: Path, seed: int, size_m: int = 1920) -> RooftopScene:
    """Return the city of a seed, from the folder if it was made before.

    Parameters
    ----------
    folder : Path
    seed : int
    size_m : int
        Side of the city's window in metres.
    """
    path = folder / f"years_{seed}_{size_m}.npz"
    if not path.exists():
        made = _make(seed, size_m)
        folder.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f".{path.name}.{os.getpid()}.npz")
        np.savez(temporary, images=made.images, rooftops=made.rooftops, built=made.built)
        os.replace(temporary, path)
    with np.load(path, allow_pickle=False) as data:
        return RooftopScene(data["images"], data["rooftops"], data["built"])


def _make(seed: int, size_m: int) -> RooftopScene:
    scene = make_years(SceneSpec(seed=seed, size=size_m // 3, gsd=3.0))
    assert scene.sentinel2_transform is not None  # made above
    years = sorted(scene.sentinel2)
    images = np.stack([scene.sentinel2[year] for year in years])
    height, width = images.shape[-2:]
    rooftops = np.stack(
        [
            burn(
                [g for g, about in scene.buildings if about["year_built"] <= year],
                scene.sentinel2_transform,
                height,
                width,
            )
            for year in years
        ]
    )
    uses = [g for g, about in scene.parcels if about["land_use"] in _BUILT_USES]
    built = rasterize(uses, out_shape=(height, width), transform=scene.sentinel2_transform) if uses else None
    return RooftopScene(images, rooftops, np.zeros((height, width), np.uint8) if built is None else built)


def burn(footprints: list[object], transform: Affine, height: int, width: int) -> npt.NDArray[np.uint8]:
    """Return rooftops uint8 [4 h, 4 w] of footprints on a grid of [h, w] pixels: 1 where they cover half or more."""
    side = UPSCALE * _FINE
    shape = (height * side, width * side)
    if not footprints:
        return np.zeros((height * UPSCALE, width * UPSCALE), np.uint8)
    fine = rasterize(footprints, out_shape=shape, transform=transform * Affine.scale(1 / side), dtype=np.uint8)
    share = fine.reshape(height * UPSCALE, _FINE, width * UPSCALE, _FINE).mean(axis=(1, 3))
    return (share >= 0.5).astype(np.uint8)
