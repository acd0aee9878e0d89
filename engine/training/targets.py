"""Tiles for an adaptation: of target images, which have no labels, and of demo cities, which stand in for a source."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from numpy.lib.format import open_memmap

from urbangrain.engine.context import JobContext
from urbangrain.engine.demo.scene import SceneSpec, make_scene
from urbangrain.engine.errors import UrbanGrainError
from urbangrain.engine.models.card import ModelCard
from urbangrain.engine.raster.bands import choose_bands
from urbangrain.engine.raster.grid import model_grid, pixel_size
from urbangrain.engine.raster.model_image import ModelImage
from urbangrain.engine.raster.scaling import percentile_affine
from urbangrain.engine.raster.source import Image
from urbangrain.engine.raster.statistics import scene_affine
from urbangrain.engine.training.losses import IGNORED
from urbangrain.engine.training.store import TileStore

MOST_TILES = 600
"""Tiles of a target at most: more say little that is new, and the disk is finite."""

FIRST_SEED = 500_000
"""Demo cities of an adaptation: neither those of the training nor those that are measured on."""

_CITIES, _CITY_PX = 12, 512
_EMPTY = 0.5
"""Least share of valid pixels of a tile."""

LANDCOVER = ("water", "tree", "grass", "farmland", "impervious")
_ROLES = ("blue", "green", "red", "nir")


def cut_targets(
    path: Path, images: Sequence[str], bands: tuple[int, ...] | None, card: ModelCard, side: int, seed: int,
    context: JobContext,
) -> tuple[npt.NDArray[np.float32], float]:  # fmt: skip
    """Cut tiles from images without labels, spread over all of them.

    Parameters
    ----------
    path : Path
        File (.npy) that takes the tiles.
    bands : tuple of int or None
        As `MapJob.bands`, for every image.

    Returns
    -------
    ndarray float32 [n, bands, side, side]
        Network input, on disk.
    float
        Ground sampling distance of the first image's tiles in metres.

    Raises
    ------
    UrbanGrainError
        ``adapt.no_tiles`` when no tile holds enough valid pixels, and what opening images raises.
    """
    gsd, count = 0.0, 0
    each = max(1, MOST_TILES // len(images))
    stored = open_memmap(path, "w+", np.float32, (each * len(images), len(card.bands), side, side))
    for number, name in enumerate(images):
        with Image(name) as image:
            numbers = choose_bands(image, card.bands, bands, context)
            grid = model_grid(image.grid, card.gsd_min_m, card.gsd_max_m, name)
            gsd = gsd or pixel_size(grid)[0]
            pixels, affine = ModelImage(image, numbers, grid), scene_affine(image, numbers, card.scaling, context.check)
            places = [(r, c) for r in range(0, grid.height, side) for c in range(0, grid.width, side)]
            taken = 0
            for at in np.random.default_rng([seed, 5, number]).permutation(len(places)):
                context.progress("tiles", 0.02 + 0.05 * (number + min(1.0, taken / each)) / len(images))
                row, column = places[at]
                bottom, right = min(row + side, grid.height), min(column + side, grid.width)
                values, valid = pixels.read(row, bottom, column, right)
                if valid.sum() < _EMPTY * side * side:
                    continue
                stored[count, :, : bottom - row, : right - column] = np.where(valid, affine(values), 0)
                count += 1
                taken += 1
                if taken == each:
                    break
    if not count:
        raise UrbanGrainError("adapt.no_tiles", path=images[0], tile=side)
    stored.flush()
    return stored[:count], gsd


def demo_store(card: ModelCard, side: int, gsd: float, seed: int, context: JobContext) -> TileStore:
    """Return tiles of demo cities with their exact labels, a quarter of the cities for validation.

    Raises
    ------
    UrbanGrainError
        ``adapt.needs_source`` for a model whose classes or bands demo cities do not have.
    """
    names = tuple(c.name for c in card.classes)
    roles = tuple(b.role for b in card.bands)
    if set(names) - set(LANDCOVER) or set(roles) - set(_ROLES) or card.upscale != 1:
        raise UrbanGrainError("adapt.needs_source", model=card.id, classes=", ".join(LANDCOVER))
    index = np.full(256, IGNORED, np.uint8)
    for i, name in enumerate(LANDCOVER):
        if name in names:
            index[i + 1] = names.index(name)
    images, labels, held = [], [], []
    for number in range(_CITIES):
        context.progress("tiles", 0.07 + 0.08 * number / _CITIES, number, _CITIES)
        spec = SceneSpec(seed=FIRST_SEED + 1000 * (seed % 1000) + number, size=max(_CITY_PX, side), gsd=max(0.5, gsd))
        scene = make_scene(spec, imagery_only=True, check=context.check)
        picture = scene.image[[_ROLES.index(r) for r in roles]].astype(np.float32)
        valid = np.asarray((scene.image > 0).all(axis=0))
        scaled = np.where(valid, percentile_affine([band[valid] for band in picture], card.scaling)(picture), 0)
        for row in range(0, spec.size - side + 1, side):
            for column in range(0, spec.size - side + 1, side):
                part = (slice(row, row + side), slice(column, column + side))
                images.append(scaled[(slice(None), *part)].astype(np.float32))
                truth = index[np.where(valid[part], scene.truth[part], 0)]
                nothing = np.full_like(truth, IGNORED)
                labels.append(nothing if number % 4 == 3 else truth)
                held.append(truth if number % 4 == 3 else nothing)
    return TileStore(np.stack(images), np.stack(labels), np.stack(held), names, {})
