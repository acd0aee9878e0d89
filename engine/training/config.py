"""Everything that decides a training run, in one typed object."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from urbangrain.engine.models.card import Scaling

LIGHT_HRNET_OCR: Mapping[str, Any] = {
    "width": 16,
    "modules": [1, 1, 1],
    "blocks": 2,
    "stem_width": 32,
    "stem_stride": 2,
    "layer1_width": 32,
    "layer1_blocks": 1,
    "mid_channels": 64,
    "key_channels": 32,
    "mid_kernel": 1,
    "coarse_channels": 32,
    "dropout": 0.05,
}
"""HRNet-OCR at a size that two CPU cores map at megapixels a second. Its stem keeps half the resolution, not a
quarter: at 3 m a street tree is one or two pixels wide."""


@dataclass(frozen=True)
class LandcoverConfig:
    """Settings of `urbangrain.engine.training.landcover`.

    The losses are those of the network's paper (`urbangrain.engine.training.objectives`). The learning rate is higher
    than the papers' 1e-4, because training starts from random weights, and the number of steps follows from the time
    given.

    Attributes
    ----------
    seed : int
        Of the weights, the tiles and the augmentation.
    train_scenes, validation_scenes : int
        Procedural scenes; training uses seeds from ``first_seed``, validation from ``validation_seed``, which lies far
        beyond, so that no city is in both.
    scene_size : int
        Side of a scene in pixels.
    gsd_m : (float, float)
        Range that scenes' ground sampling distances are drawn from, log-uniformly.
    tile, batch : int
        Side of a training tile in pixels, and tiles a step.
    real_share : float
        Share of a batch that comes from real imagery, where there is any.
    drop_nir : float
        Probability that a tile's near infrared is taken away.
    learning_rate, minimum_rate, weight_decay : float
        AdamW with a short warm-up and a cosine to ``minimum_rate``.
    ema : float
        Decay of the moving average of the weights, which is what is kept.
    """

    seed: int = 0
    train_scenes: int = 800
    validation_scenes: int = 12
    first_seed: int = 100_000
    validation_seed: int = 900_000
    scene_size: int = 640
    gsd_m: tuple[float, float] = (0.5, 3.0)
    tile: int = 256
    batch: int = 12
    real_share: float = 0.25
    drop_nir: float = 0.5
    learning_rate: float = 2e-3
    minimum_rate: float = 1e-5
    weight_decay: float = 1e-3
    warmup_steps: int = 200
    ema: float = 0.998
    network: str = "hrnet_ocr"
    options: Mapping[str, Any] = field(default_factory=lambda: dict(LIGHT_HRNET_OCR))
    scaling: Scaling = field(
        default_factory=lambda: Scaling(
            kind="percentile", mean=(0.4,) * 4, std=(0.3,) * 4, low=2.0, high=98.0, clip=(-3.0, 6.0)
        )
    )
