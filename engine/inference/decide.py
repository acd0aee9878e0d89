"""From blended probabilities to a class and how sure it is."""

from __future__ import annotations

import torch


def decide(
    probabilities: torch.Tensor, threshold: float = 0.0, binary: bool = False
) -> tuple[torch.Tensor, torch.Tensor]:
    """Choose a class for each pixel.

    Parameters
    ----------
    probabilities : tensor [K, h, w]
        In 0 to 1.
    threshold : float
        0 takes the largest probability. Above 0, as Deepness' ``seg_thresh``: probabilities below it do not count,
        and class 0 is taken where none is left.
    binary : bool
        Two classes that are one score and its complement: class 1 where the score reaches the threshold (0.5 if 0).

    Returns
    -------
    winner : int64 tensor [h, w]
    confidence : tensor [h, w]
        Probability of the winner.
    """
    if binary:
        winner = (probabilities[1] >= (threshold or 0.5)).long()
        # Not class 0's own: of windows blended by the largest probability it is that of another window.
        return winner, torch.where(winner.bool(), probabilities[1], 1 - probabilities[1])
    confidence, winner = probabilities.max(dim=0)
    if threshold > 0:
        none = confidence < threshold
        winner = torch.where(none, 0, winner)
        confidence = torch.where(none, probabilities[0], confidence)
    return winner, confidence
