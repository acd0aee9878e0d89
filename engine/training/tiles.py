"""Training tiles cut from patches: place, size and orientation drawn at random, scaled as the engine scales a scene."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as F
from torch import Tensor
from torch.utils.data import IterableDataset

from urbangrain.engine.raster.scaling import BandAffine, percentile_affine
from urbangrain.engine.training.augment import drop_near_infrared, radiometry
from urbangrain.engine.training.config import LandcoverConfig
from urbangrain.engine.training.losses import IGNORED
from urbangrain.engine.training.scenes import Patch, training_scene


def unit_affine(patch: Patch, config: LandcoverConfig, rows: slice, columns: slice) -> BandAffine:
    """Return the affine that takes the percentiles of a part of a patch to 0 and 1; absent bands stay as they are."""
    image = patch.image[:, rows, columns][:, ::2, ::2]
    valid = patch.valid[rows, columns][::2, ::2]
    samples = []
    for band in image:
        values = band[valid]
        samples.append(values[np.isfinite(values)] if np.issubdtype(band.dtype, np.floating) else values)
    unit = replace(config.scaling, mean=(0.0,) * len(samples), std=(1.0,) * len(samples), clip=(-4.0, 8.0))
    return percentile_affine(samples, unit)


def _start(length: int, size: int, rng: np.random.Generator) -> int:
    return int(rng.integers(0, length - size + 1)) if length > size else 0


def _place(patch: Patch, side: int, rng: np.random.Generator) -> tuple[int, int]:
    """Draw the upper left corner of a tile; where labels are sparse the tile holds a labelled pixel."""
    height, width = patch.labels.shape
    if patch.sparse is not None:
        at = int(patch.sparse[rng.integers(len(patch.sparse))])
        row, column = at // width - int(rng.integers(side)), at % width - int(rng.integers(side))
        return min(max(row, 0), height - side), min(max(column, 0), width - side)
    return _start(height, side, rng), _start(width, side, rng)


def cut(patch: Patch, config: LandcoverConfig, rng: np.random.Generator) -> tuple[Tensor, Tensor]:
    """Cut one tile.

    Returns
    -------
    image : Tensor float32 [4, tile, tile]
        Percentiles at 0 and 1; absent band NaN; invalid pixels 0.
    target : Tensor int64 [tile, tile]
        Class index (value minus 1), `IGNORED` where unlabelled.
    """
    height, width = patch.labels.shape
    scale = float(np.exp(rng.uniform(-0.25, 0.25)))
    if patch.gsd / scale < config.gsd_m[0] * 0.9:
        scale = 1.0
    side = min(round(config.tile * scale), height, width)
    row, column = _place(patch, side, rng)
    # The percentiles are those of a scene that contains the tile and is between the tile and the patch in size.
    grow = rng.uniform(0.3, 1.0)
    top, left = int(row * (1 - grow)), int(column * (1 - grow))
    bottom = row + side + int((height - row - side) * grow)
    right = column + side + int((width - column - side) * grow)
    affine = unit_affine(patch, config, slice(top, bottom), slice(left, right))
    window = (slice(row, row + side), slice(column, column + side))
    image = affine(patch.image[(slice(None), *window)])
    valid = patch.valid[window]
    image = np.where(valid[None], image, 0.0)
    labels = np.where(valid, patch.labels[window], 0)
    turns, mirror = int(rng.integers(4)), bool(rng.integers(2))
    image, labels = np.rot90(image, turns, (1, 2)), np.rot90(labels, turns)
    if mirror:
        image, labels = image[:, :, ::-1], labels[:, ::-1]
    tensor = torch.from_numpy(np.ascontiguousarray(image, np.float32))[None]
    target = torch.from_numpy(np.ascontiguousarray(labels)).long()
    target = torch.where(target == 0, IGNORED, target - 1)
    if side != config.tile:
        tensor = F.interpolate(
            tensor, size=(config.tile, config.tile), mode="bilinear", align_corners=False, antialias=side > config.tile
        )
        resized = F.interpolate(target[None, None].float(), size=(config.tile, config.tile), mode="nearest-exact")
        target = resized[0, 0].long()
    return tensor[0], target


class TileBatches(IterableDataset):
    """An endless stream of augmented batches ``(image, target)``, deterministic by seed and worker.

    The procedural part starts with the scenes that exist and makes further ones as it goes, so that training starts at
    once.
    """

    def __init__(self, config: LandcoverConfig, cache: Path, real: Sequence[Patch], first_step: int = 0) -> None:
        self.config = config
        self.cache = cache
        self.real = list(real)
        self.first_step = first_step

    def __iter__(self) -> Iterator[tuple[Tensor, Tensor]]:
        config = self.config
        worker = torch.utils.data.get_worker_info()
        number = worker.id if worker else 0
        rng = np.random.default_rng([config.seed, self.first_step, number])
        generator = torch.Generator().manual_seed(int(rng.integers(2**62)))
        torch.set_num_threads(1)
        scenes: list[Patch] = []
        made = 0
        weights = _by_labels(self.real)
        while True:
            # one new scene every other batch until all are there
            while made < config.train_scenes and len(scenes) < 16 + self._batches_due(scenes):
                scenes.append(self._scene(config.first_seed + made))
                made += 1
            images, targets = [], []
            for _ in range(config.batch):
                if self.real and rng.random() < config.real_share:
                    patch = self.real[int(rng.choice(len(self.real), p=weights))]
                else:
                    patch = scenes[int(rng.integers(len(scenes)))]
                image, target = cut(patch, config, rng)
                images.append(image)
                targets.append(target)
            self._count = getattr(self, "_count", 0) + 1
            unit = torch.stack(images)
            absent = torch.isnan(unit).all(dim=(2, 3), keepdim=True)
            unit = radiometry(torch.nan_to_num(unit), generator)
            mean = torch.tensor(config.scaling.mean).view(1, -1, 1, 1)
            std = torch.tensor(config.scaling.std).view(1, -1, 1, 1)
            scaled = ((unit - mean) / std).clamp(*config.scaling.clip)
            scaled = torch.where(absent, 0.0, scaled)
            yield drop_near_infrared(scaled, config.drop_nir, generator), torch.stack(targets)

    def _batches_due(self, scenes: Sequence[Patch]) -> int:
        return getattr(self, "_count", 0) // 2

    def _scene(self, seed: int) -> Patch:
        return training_scene(self.cache, seed, self.config.scene_size, self.config.gsd_m)


def _by_labels(real: Sequence[Patch]) -> npt.NDArray[np.float64] | None:
    """Draw real patches by the square root of their labelled pixels: large ones more often, none never."""
    if not real:
        return None
    counts = np.sqrt([max(1, int((p.labels > 0).sum())) for p in real])
    return counts / counts.sum()
