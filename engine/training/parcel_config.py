"""Settings of the training of the bundled parcel model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from urbangrain.engine.models.card import Scaling
from urbangrain.engine.models.parcel_fusion import LIGHT_PARCEL_FUSION
from urbangrain.engine.parcels.classes import CLASSIFIED
from urbangrain.engine.parcels.poi_categories import CATEGORIES
from urbangrain.engine.protocol import BandSpec, ClassInfo

COLOURS = {"Res": "#f6c85f", "Com": "#d7263d", "Pub": "#9d4edd", "Ind": "#8d6e63", "Agr": "#4caf50"}
"""By code of the land-use class."""

CLASSES = tuple(ClassInfo(i + 1, use.name, COLOURS[use.code]) for i, use in enumerate(CLASSIFIED))
"""What the network tells apart, the five that MSLU-100K's does."""

BANDS = (BandSpec("blue"), BandSpec("green"), BandSpec("red"))
"""The paper's imagery is visible light at 3 m."""


@dataclass(frozen=True)
class ParcelConfig:
    """Settings of the training.

    The paper names no optimiser, loss or schedule: these are the Swin Transformer's (AdamW, decay 0.05, cross entropy,
    warm-up and cosine), but for its smoothed labels: with them no probability comes near the 0.99 of the best quality
    level.

    Attributes
    ----------
    train_scenes, validation_scenes, first_seed, validation_seed : int
        Demo cities and the seeds of the first of them.
    scene_size, gsd_m : int, float
        Side of a city's image in pixels, and its ground sampling distance.
    plots : int
        Most single plots that a city gives beside its blocks.
    purity : float
        A block whose commonest use has a smaller share of its area is mixed and left out, as MSLU-100K's filtering
        and labelling do ("Sample filtering based on size and location").
    least_area_m2 : float
        Of a block or plot.
    stored_patches, patches : int
        Most patches of a parcel on disk, and in a step.
    stored_side : int
        Side of the patches on disk; the network's smaller ones are cut out of them, near their centre.
    batch : int
        Parcels a step.
    average : float
        Share of the past in the moving average of the weights.
    scaling : Scaling
        Of the image patches.
    """

    seed: int = 0
    train_scenes: int = 60
    validation_scenes: int = 6
    first_seed: int = 810_000
    validation_seed: int = 890_000
    scene_size: int = 1024
    gsd_m: float = 3.0
    plots: int = 60
    purity: float = 0.6
    least_area_m2: float = 600.0
    stored_patches: int = 8
    stored_side: int = 64
    patches: int = 3
    batch: int = 32
    learning_rate: float = 1e-3
    minimum_rate: float = 1e-5
    warmup_steps: int = 50
    weight_decay: float = 0.05
    average: float = 0.995
    options: Mapping[str, Any] = field(
        default_factory=lambda: {
            **LIGHT_PARCEL_FUSION,
            "side": 32,  # validation OA 0.785 where patches of 64 pixels, which show the neighbours too, gave 0.765
            "poi_categories": len(CATEGORIES),
            "drop_source": 0.35,
        }
    )
    scaling: Scaling = field(
        default_factory=lambda: Scaling(
            kind="percentile", mean=(0.4,) * 3, std=(0.3,) * 3, low=2.0, high=98.0, clip=(-3.0, 6.0)
        )
    )

    def sample_settings(self) -> dict[str, Any]:
        """Return what a city's samples depend on."""
        return {
            "size": self.scene_size,
            "gsd_m": self.gsd_m,
            "plots": self.plots,
            "purity": self.purity,
            "least_area_m2": self.least_area_m2,
            "patches": self.stored_patches,
            "side": self.stored_side,
            "categories": list(CATEGORIES),
            "low": self.scaling.low,
            "high": self.scaling.high,
        }
