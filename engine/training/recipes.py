"""How each network is trained: the papers' settings, as the defaults of a typed config."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from urbangrain.engine.protocol import TrainJob


@dataclass(frozen=True)
class Recipe:
    """Settings of a training.

    Attributes
    ----------
    tile, batch, epochs : int
    learning_rate, minimum_rate, weight_decay : float
        Of the optimiser, Adam; its decay is decoupled (AdamW), as in the authors' code of UBGG-3m.
    schedule : {'cosine', 'late', 'constant'}
        'cosine' anneals to ``minimum_rate``; 'late' is constant for the first half, then falls linearly.
    turns : float
        Share of tiles that are turned by a quarter, two or three.
    mirror : float
        Share of tiles that are mirrored.
    rotation : float, rotation_degrees : float
        Share of tiles that are rotated by any angle within the degrees, either way; what comes in from outside has no
        label.
    light : float
        Largest relative change of brightness and contrast of a tile, as scaled for the network.
    keep_statistics : bool
        Batch normalisation goes by the statistics it has: they are worth more than those of a few tiles.
    source : str
        Where the settings are from.
    """

    tile: int = 256
    batch: int = 32
    epochs: int = 120
    learning_rate: float = 1e-4
    minimum_rate: float = 1e-5
    weight_decay: float = 1e-3
    schedule: str = "cosine"
    turns: float = 0.75
    mirror: float = 0.5
    rotation: float = 0.0
    rotation_degrees: float = 0.0
    light: float = 0.0
    keep_statistics: bool = False
    source: str = "UBGG-3m, section 3.3"


_UBGG = Recipe()
_UGS = Recipe(
    batch=8, epochs=200, minimum_rate=0.0, weight_decay=0.0, schedule="late", turns=0.0, mirror=0.3, rotation=0.2,
    rotation_degrees=30.0, source="UGS-1m, section 3.4",
)  # fmt: skip
_CBRA = Recipe(
    tile=64, batch=32, epochs=400, learning_rate=1.5e-4, minimum_rate=1.5e-4, weight_decay=0.0, schedule="constant",
    source="CBRA, Table B3",
)  # fmt: skip
RECIPES = {"hrnet_ocr": _UBGG, "ugsnet": _UGS, "stsr_seg": _CBRA, "bicubic_unet": _CBRA}
"""By network; the other baselines are trained as HRNet-OCR, which they are compared with."""


def cosine(top: float, low: float, share: float) -> float:
    """Fall from ``top`` to ``low`` by half a cosine over a run; ``share`` (0 to 1) is how much of it is done."""
    return low + (top - low) * 0.5 * (1 + math.cos(math.pi * share))


def recipe_for(network: str, job: TrainJob | None = None) -> Recipe:
    """Return a network's recipe with what a job asks for.

    Fine-tuning differs in three things that a few tiles ask for: batches of at most 8, batch normalisation as it is,
    and slight changes of light.
    """
    recipe = RECIPES.get(network, _UBGG)
    if job is None:
        return recipe
    if job.model:
        recipe = replace(recipe, batch=min(recipe.batch, 8), keep_statistics=True, light=0.1)
    return replace(
        recipe,
        tile=job.tile or recipe.tile,
        batch=job.batch or recipe.batch,
        epochs=job.epochs or recipe.epochs,
        learning_rate=job.learning_rate or recipe.learning_rate,
        minimum_rate=min(recipe.minimum_rate, job.learning_rate or recipe.minimum_rate),
    )
