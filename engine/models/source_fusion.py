"""Features of several sources fused with weights, where any source of any sample may be missing."""

from __future__ import annotations

import torch
from torch import Tensor


def weighted_fusion(features: Tensor, scores: Tensor, used: Tensor) -> Tensor:
    """Add up the features of the sources that are there, with weights that sum to 1 over these.

    The weights are the softmax of the scores over the used sources: what is missing takes no weight, and the others
    share it in their own proportions (MSLU-100K, "weighted fusion" by weights that follow from the parcel).

    Parameters
    ----------
    features : Tensor of shape (n, sources, channels)
        Finite everywhere; what stands for a missing source does not matter.
    scores : Tensor of shape (n, sources)
    used : bool Tensor of shape (n, sources)

    Returns
    -------
    Tensor of shape (n, channels)
        Zero where no source is used.
    """
    # The smallest number and not -inf, whose softmax would be NaN where all are missing.
    weights = scores.masked_fill(~used, torch.finfo(scores.dtype).min).softmax(dim=1) * used
    return (weights.unsqueeze(2) * features).sum(dim=1)


def drop_sources(present: Tensor, probability: float) -> Tensor:
    """Take sources away at random, never a sample's last one.

    A network that was trained so can do without any of its sources.

    Parameters
    ----------
    present : bool Tensor of shape (n, sources)
    probability : float
        That a source is dropped, 0 to 1.

    Returns
    -------
    bool Tensor of shape (n, sources)
        Sources that remain: one at least wherever there was one. Random by torch's generator of the tensor's device.
    """
    draws = torch.rand(present.shape, device=present.device)
    kept = present & (draws >= probability)
    last = torch.zeros_like(present)
    last.scatter_(1, draws.masked_fill(~present, -1.0).argmax(dim=1, keepdim=True), True)
    return torch.where(kept.any(dim=1, keepdim=True), kept, last & present)
