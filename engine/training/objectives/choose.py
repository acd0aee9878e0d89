"""The loss that each network is trained by, in the one form that the training loop calls."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch.nn.functional as F
from torch import Tensor

from urbangrain.engine.training.losses import landcover_loss

SMOOTHING = 0.1
COARSE_WEIGHT = 0.4
"""Label smoothing and the weight of the coarse map: as in UBGG-3m's published code."""

Objective = Callable[[Any, Tensor], Tensor]
"""What a network gives in training mode, and the target int64 [n, H, W] with `IGNORED`: a loss, one number."""


def objective_for(network: str) -> Objective:
    """Return the loss of a network; the baselines are trained as HRNet-OCR is, less the coarse map."""
    if network == "ugsnet":
        from urbangrain.engine.training.objectives.ugsnet import ugsnet_loss

        return ugsnet_loss
    if network in ("stsr_seg", "bicubic_unet"):
        from urbangrain.engine.training.objectives.stsr_seg import high_resolution

        return lambda output, target: high_resolution(output.logits, target)
    return with_coarse_map if network == "hrnet_ocr" else plain


def plain(output: Tensor, target: Tensor) -> Tensor:
    """UBGG-3m eq. 5 to 7 for a network that gives logits."""
    return landcover_loss(output.float(), target, SMOOTHING)


def with_coarse_map(output: tuple[Tensor, Tensor], target: Tensor) -> Tensor:
    """UBGG-3m eq. 5 to 7 for a network that gives logits and, coarser, its first guess of them."""
    logits, coarse = output
    step = target.shape[-1] // coarse.shape[-1]
    small = target[:, step // 2 :: step, step // 2 :: step] if step > 1 else target
    if small.shape[-2:] != coarse.shape[-2:]:  # sides that the step does not divide
        small = F.interpolate(target[:, None].float(), size=coarse.shape[-2:], mode="nearest-exact")[:, 0].long()
    fine = landcover_loss(logits.float(), target, SMOOTHING)
    return fine + COARSE_WEIGHT * landcover_loss(coarse.float(), small, SMOOTHING)
