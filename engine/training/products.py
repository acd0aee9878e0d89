"""The bundled models that learn from scenes with land-cover labels: their networks, bands, classes and words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from urbangrain.engine.models.ugsnet import LIGHT_UGSNET
from urbangrain.engine.protocol import BandSpec, ClassInfo
from urbangrain.engine.training.config import LIGHT_HRNET_OCR, LandcoverConfig
from urbangrain.engine.training.losses import IGNORED

LAND_COVER = (
    ClassInfo(1, "water", "#1f78ff"),
    ClassInfo(2, "tree", "#1a9641"),
    ClassInfo(3, "grass", "#d9ef3b"),
    ClassInfo(4, "farmland", "#fdae61"),
    ClassInfo(5, "impervious", "#8c8c8c"),
)
"""Classes of the scenes' labels, as UBGG-3m has them."""


@dataclass(frozen=True)
class Product:
    """A bundled model.

    Attributes
    ----------
    id, title, description : str
    network, options : str, mapping
    bands : tuple of BandSpec
        The first of blue, green, red and near infrared.
    classes : tuple of ClassInfo
    class_of : tuple of int
        Number of the product's class (index in ``classes``) for each class of `LAND_COVER`.
    source : str
        Paper that the network is from.
    """

    id: str
    title: str
    description: str
    network: str
    options: Mapping[str, Any]
    bands: tuple[BandSpec, ...]
    classes: tuple[ClassInfo, ...]
    class_of: tuple[int, ...]
    source: str

    def configured(self, config: LandcoverConfig) -> LandcoverConfig:
        """Return the settings with this product's network."""
        return replace(config, network=self.network, options=dict(self.options))

    def targets(self) -> npt.NDArray[np.int64]:
        """Class index by class index of `LAND_COVER`, 256 entries; `IGNORED` stays itself."""
        lookup = np.full(256, IGNORED, np.int64)
        lookup[: len(self.class_of)] = self.class_of
        return lookup

    def values(self) -> npt.NDArray[np.uint8]:
        """Class value by value of `LAND_COVER`, 256 entries; 0 (no label) stays itself."""
        lookup = np.zeros(256, np.uint8)
        for info, index in zip(LAND_COVER, self.class_of):
            lookup[info.value] = self.classes[index].value
        return lookup


PRODUCTS = {
    "landcover": Product(
        "landcover",
        "Land cover (light)",
        "Land cover of cities and their surroundings from 0.5 to 3 m imagery: water, tree, grass, farmland and "
        "impervious (buildings, roads, bare ground and shadow on paved ground, as in UBGG-3m). Near infrared is used "
        "where there is one and may be absent. HRNet-OCR at a light size.",
        "hrnet_ocr",
        LIGHT_HRNET_OCR,
        (BandSpec("blue"), BandSpec("green"), BandSpec("red"), BandSpec("nir", optional=True)),
        LAND_COVER,
        (0, 1, 2, 3, 4),
        "UBGG-3m",
    ),
    "greenspace": Product(
        "greenspace",
        "Green space (light)",
        "Urban green space, that is trees and grass but not farmland, from the red, green and blue of 0.5 to 3 m "
        "imagery. UGSNet (attention and point head, UGS-1m) at a light size.",
        "ugsnet",
        LIGHT_UGSNET,
        (BandSpec("blue"), BandSpec("green"), BandSpec("red")),
        (ClassInfo(1, "green space", "#33a02c"), ClassInfo(2, "other", "#d9d9d9")),
        (1, 0, 0, 1, 1),
        "UGS-1m",
    ),
}
"""By id."""
