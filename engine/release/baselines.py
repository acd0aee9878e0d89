"""What the network has to beat: thresholds on spectral indices, and a random forest on single pixels."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from sklearn.ensemble import RandomForestClassifier
from sklearn.tree import DecisionTreeClassifier

from urbangrain.engine.training.config import LandcoverConfig
from urbangrain.engine.training.scenes import Patch
from urbangrain.engine.training.tiles import unit_affine

Floats = npt.NDArray[np.float32]
_EVERYTHING = slice(None)


def indices(image: npt.NDArray[np.generic], nir: bool) -> Floats:
    """Return the spectral indices of digital numbers [4, ...] (blue, green, red, near infrared).

    With near infrared NDVI and NDWI (McFeeters 1996); without, the excess green of chromatic coordinates (Woebbecke et
    al. 1995) and the normalised difference of blue and red.
    """
    blue, green, red, infrared = (np.asarray(band, np.float32) for band in image)

    def normalised(a: Floats, b: Floats) -> Floats:
        return (a - b) / np.maximum(a + b, 1e-6)

    if nir:
        return np.stack([normalised(infrared, red), normalised(green, infrared)])
    return np.stack([(2 * green - red - blue) / np.maximum(red + green + blue, 1e-6), normalised(blue, red)])


def features(patch: Patch, config: LandcoverConfig, nir: bool) -> Floats:
    """Return what the forest sees of each pixel: the bands scaled as for the network, and the indices."""
    scaled = unit_affine(patch, config, _EVERYTHING, _EVERYTHING)(patch.image)[: 4 if nir else 3]
    return np.concatenate([np.nan_to_num(scaled), np.nan_to_num(indices(patch.image, nir))])


class Thresholds:
    """Thresholds on two indices, as a decision tree of depth 3 finds them: the best that such a rule can do."""

    name = "index thresholds"

    def __init__(self, nir: bool) -> None:
        self.nir = nir
        self._tree = DecisionTreeClassifier(max_depth=3, class_weight=None, random_state=0)

    def fit(self, patches: Sequence[Patch], config: LandcoverConfig, rng: np.random.Generator) -> Thresholds:
        """Tune on a sample of labelled pixels."""
        x, y = _sample(patches, lambda p: np.nan_to_num(indices(p.image, self.nir)), 400, rng)
        self._tree.fit(x, y)
        return self

    def predict(self, patch: Patch, config: LandcoverConfig) -> npt.NDArray[np.uint8]:
        """Map a patch."""
        x = np.nan_to_num(indices(patch.image, self.nir))
        return self._tree.predict(x.reshape(len(x), -1).T).reshape(patch.labels.shape).astype(np.uint8)


class Forest:
    """A random forest of 100 trees on single pixels."""

    name = "random forest"

    def __init__(self, nir: bool) -> None:
        self.nir = nir
        self._forest = RandomForestClassifier(100, min_samples_leaf=4, max_depth=22, n_jobs=-1, random_state=0)

    def fit(self, patches: Sequence[Patch], config: LandcoverConfig, rng: np.random.Generator) -> Forest:
        """Train on a sample of labelled pixels of the network's own training data."""
        x, y = _sample(patches, lambda p: features(p, config, self.nir), 700, rng)
        self._forest.fit(x, y)
        return self

    def predict(self, patch: Patch, config: LandcoverConfig) -> npt.NDArray[np.uint8]:
        """Map a patch."""
        x = features(patch, config, self.nir)
        return self._forest.predict(x.reshape(len(x), -1).T).reshape(patch.labels.shape).astype(np.uint8)


def _sample(
    patches: Sequence[Patch], see: object, each: int, rng: np.random.Generator
) -> tuple[Floats, npt.NDArray[np.uint8]]:
    """Draw labelled pixels: as many of each patch, at random."""
    xs, ys = [], []
    for patch in patches:
        at = np.flatnonzero((patch.labels > 0) & patch.valid)
        at = rng.choice(at, min(each, len(at)), replace=False)
        values = see(patch)  # type: ignore[operator]
        xs.append(values.reshape(len(values), -1)[:, at].T)
        ys.append(patch.labels.ravel()[at])
    return np.concatenate(xs), np.concatenate(ys)
