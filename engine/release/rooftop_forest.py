"""What STSR-Seg has to beat without a network: a random forest on single pixels of the upsampled image."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import torch
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import precision_recall_curve

from urbangrain.engine.models.bicubic_unet import bicubic
from urbangrain.engine.release.baselines import indices
from urbangrain.engine.training.rooftop_scenes import UPSCALE, RooftopScene

Floats = npt.NDArray[np.float32]


def features(image: npt.NDArray[np.generic]) -> Floats:
    """Return what the forest sees: the bands and their indices (NDVI, NDWI), upsampled.

    Parameters
    ----------
    image : ndarray [4, h, w]
        Digital numbers of B2, B3, B4 and B8.

    Returns
    -------
    float32 [4 h, 4 w, 6]
    """
    layers = np.concatenate([np.asarray(image, np.float32), indices(image, nir=True)])
    return bicubic(torch.from_numpy(layers)[None], UPSCALE)[0].permute(1, 2, 0).contiguous().numpy()


class RooftopForest:
    """A random forest of 60 trees; the threshold is the one of the best F1 on samples that a tree has not seen.

    Rooftops are few: by the majority of the trees hardly any would be found.
    """

    name = "random forest"

    def __init__(self) -> None:
        self._forest = RandomForestClassifier(
            60, min_samples_leaf=5, max_depth=20, oob_score=True, n_jobs=-1, random_state=0
        )
        self._threshold = 0.5

    def fit(self, scenes: Sequence[RooftopScene], rng: np.random.Generator, each: int = 4000) -> RooftopForest:
        """Train on a sample of pixels of each scene, of a year drawn for it."""
        xs, ys = [], []
        for scene in scenes:
            year = int(rng.integers(len(scene.images)))
            x, y = features(scene.images[year]).reshape(-1, 6), scene.rooftops[year].ravel()
            at = rng.choice(len(y), min(each, len(y)), replace=False)
            xs.append(x[at])
            ys.append(y[at])
        truth = np.concatenate(ys)
        self._forest.fit(np.concatenate(xs), truth)
        precision, recall, thresholds = precision_recall_curve(truth, self._forest.oob_decision_function_[:, 1])
        f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-9)
        self._threshold = float(thresholds[f1[:-1].argmax()])
        return self

    def predict(self, image: npt.NDArray[np.generic]) -> npt.NDArray[np.uint8]:
        """Map an image [4, h, w]: 1 rooftop, 0 other, uint8 [4 h, 4 w]."""
        seen = features(image)
        rows = [self._forest.predict_proba(row)[:, 1] for row in np.array_split(seen.reshape(-1, 6), 8)]
        return (np.concatenate(rows) >= self._threshold).reshape(seen.shape[:2]).astype(np.uint8)
