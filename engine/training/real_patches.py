"""Real imagery as training and validation patches: the two parts of each image never share a labelled pixel."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from urbangrain.engine.training.real_data import load_real
from urbangrain.engine.training.scenes import Patch


def training_patches(data: Path) -> list[Patch]:
    """Return the images with the labels of their training part."""
    return _patches(data, validation=False)


def validation_patches(data: Path) -> list[Patch]:
    """Return the images with the labels of their validation part."""
    return _patches(data, validation=True)


def _patches(data: Path, validation: bool) -> list[Patch]:
    patches = []
    for tile in load_real(data):
        labels = np.where(tile.validation == validation, tile.labels, 0).astype(np.uint8)
        if labels.any():
            patches.append(Patch(tile.image, labels, tile.valid, tile.gsd, np.flatnonzero(labels)))
    return patches
