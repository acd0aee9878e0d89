"""Losses of UBGG-3m (equations 5 to 7) for labels with gaps."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

IGNORED = 255
"""Target of pixels without a label."""


def soft_cross_entropy(logits: Tensor, target: Tensor, smoothing: float) -> Tensor:
    """Cross entropy with label smoothing over the labelled pixels (eq. 6; smoothing as in the authors' code).

    Parameters
    ----------
    logits : Tensor of shape (n, K, h, w)
    target : Tensor of shape (n, h, w), int64
        Class index or `IGNORED`.
    smoothing : float
        Share of the target that is spread over all classes.
    """
    labelled = (target != IGNORED).sum().clamp(min=1)
    total = F.cross_entropy(logits, target, ignore_index=IGNORED, label_smoothing=smoothing, reduction="sum")
    return total / labelled


def dice(logits: Tensor, target: Tensor) -> Tensor:
    """One minus the mean Dice coefficient of the classes present (eq. 7: ``1 - sum |p n y| / sum (|p| + |y|)``).

    The equation as printed lacks the factor 2 that makes a perfect prediction 1; it is used here with it. Sums run over
    the labelled pixels of the whole batch, so that a class that is absent from one tile does not count as wrong.
    """
    classes = logits.shape[1]
    labelled = target != IGNORED
    probabilities = logits.softmax(dim=1) * labelled.unsqueeze(1)
    truth = F.one_hot(torch.where(labelled, target, 0), classes).movedim(-1, 1) * labelled.unsqueeze(1)
    overlap = (probabilities * truth).sum(dim=(0, 2, 3))
    sizes = (probabilities + truth).sum(dim=(0, 2, 3))
    present = truth.sum(dim=(0, 2, 3)) > 0
    if not bool(present.any()):
        return logits.sum() * 0.0
    return 1.0 - (2.0 * overlap[present] / sizes[present].clamp(min=1e-6)).mean()


def landcover_loss(logits: Tensor, target: Tensor, smoothing: float) -> Tensor:
    """``0.5 CE + 0.5 Dice`` (eq. 5, both weights 0.5)."""
    return 0.5 * soft_cross_entropy(logits, target, smoothing) + 0.5 * dice(logits, target)
