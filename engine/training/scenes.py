"""Procedural scenes for training, made once and kept on disk as they are needed."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from urbangrain.engine.demo.scene import Place, SceneSpec, make_scene


@dataclass(frozen=True)
class Patch:
    """A piece of imagery with labels.

    Attributes
    ----------
    image : ndarray [4, h, w]
        Digital numbers of blue, green, red, near infrared (float32 or uint16); NaN in a band that the sensor lacks.
    labels : ndarray uint8 [h, w]
        0 unlabelled, 1-5 the classes of `landcover`.
    valid : ndarray bool [h, w]
    gsd : float
        Metres.
    sparse : ndarray int64 [labelled] or None
        Flat indices of the labelled pixels, where only some are.
    """

    image: npt.NDArray[np.generic]
    labels: npt.NDArray[np.uint8]
    valid: npt.NDArray[np.bool_]
    gsd: float
    sparse: npt.NDArray[np.int64] | None = None


def scene_gsd(seed: int, limits: tuple[float, float]) -> float:
    """Return the ground sampling distance of a training scene: log-uniform in ``limits``, a quarter at the coarse end.

    The coarse end is the paper's resolution and where objects are smallest, so it is seen more often.
    """
    draw = np.random.default_rng([seed, 77]).random(2)
    if draw[0] < 0.25:
        return limits[1]
    return float(np.exp(np.log(limits[0]) + draw[1] * np.log(limits[1] / limits[0])))


def training_scene(folder: Path, seed: int, size: int, limits: tuple[float, float]) -> Patch:
    """Return a scene to train on: its resolution and its place are drawn by its seed.

    Half of them are where land use is mixed. Real images are often of one thing, a field, a wood or an estate alone,
    whose percentiles then are those of the scene.
    """
    draw = np.random.default_rng([seed, 78]).random()
    place: Place = "mixed" if draw < 0.5 else "anywhere" if draw < 0.75 else "open"
    return cached_scene(folder, seed, size, scene_gsd(seed, limits), place)


def cached_scene(folder: Path, seed: int, size: int, gsd: float, place: Place = "mixed") -> Patch:
    """Return the scene of a seed, from the folder if it was made before."""
    path = folder / f"scene_{seed}_{size}_{gsd:.3f}{'' if place == 'mixed' else '_' + place}.npz"
    if not path.exists():
        scene = make_scene(SceneSpec(seed=seed, size=size, gsd=gsd, place=place), imagery_only=True)
        folder.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f".{path.name}.{os.getpid()}.npz")
        np.savez(temporary, image=scene.image, truth=scene.truth)
        os.replace(temporary, path)
    with np.load(path, allow_pickle=False) as data:
        image, truth = data["image"], data["truth"]
    return Patch(image, truth, (image > 0).all(axis=0), gsd)
