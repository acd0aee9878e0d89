"""Losses of STSR-Seg: high resolution, temporal contrast and spatial generalisation (CBRA paper, section 4.3).

Sums of the equations are means over labelled pixels here, so that the weights of eq. 7 hold for windows and batches of
any size.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from urbangrain.engine.models.stsr_seg import ROOFTOP
from urbangrain.engine.training.losses import IGNORED, soft_cross_entropy

EPSILON = 1e-6
"""The paper's constant for numerical stability (Table B3)."""

_LEAST_GAP = 1e-12
"""Below rounding in float32; where the gap of a perfect answer is 0, its root has no derivative."""


def focal_tversky(
    confidence: Tensor, target: Tensor, beta: float = 0.6, gamma: float = 0.5, epsilon: float = EPSILON
) -> Tensor:
    """Focal Tversky loss (eq. 2): ``(1 - (TP + e) / (TP + beta FN + (1 - beta) FP + e)) ** gamma``.

    The text under eq. 2, Table B3 and the authors' code agree that ``beta`` weighs the false negatives, so that 0.6
    favours recall. Eq. 2 as printed has ``beta`` at the sum of the confidence, which would weigh the false positives;
    it is used here with the two factors exchanged.

    Parameters
    ----------
    confidence : Tensor of shape (n, H, W)
        Of rooftops, in 0 to 1.
    target : Tensor of shape (n, H, W), int64
        1 for rooftops, 0 for everything else, or `IGNORED`.
    beta : float
        Weight of false negatives, 0 to 1.
    gamma : float
        Below 1 the loss looks less at hard samples, of which some are labelled wrongly.
    epsilon : float

    Returns
    -------
    Tensor
        Scalar in 0 to 1, over the labelled pixels of the whole batch.
    """
    labelled = target != IGNORED
    truth = ((target == ROOFTOP) & labelled).float()
    found = confidence.float() * labelled
    hit = (truth * found).sum()
    overlap = (hit + epsilon) / (beta * truth.sum() + (1 - beta) * found.sum() + epsilon)
    return (1 - overlap).clamp(min=_LEAST_GAP) ** gamma


def high_resolution(logits: Tensor, target: Tensor) -> Tensor:
    """HR loss (eq. 3): cross entropy (eq. 1) and half the focal Tversky loss (eq. 2).

    Parameters
    ----------
    logits : Tensor of shape (n, 2, H, W)
    target : Tensor of shape (n, H, W), int64
        Class index or `IGNORED`.
    """
    confidence = logits.float().softmax(dim=1)[:, ROOFTOP]
    return soft_cross_entropy(logits.float(), target, 0.0) + 0.5 * focal_tversky(confidence, target)


def info_nce(anchor: Tensor, positive: Tensor, keys: Tensor, temperature: float = 0.75) -> Tensor:
    """TC loss (eq. 4): InfoNCE of representations of one place in two years against those of other places.

    Parameters
    ----------
    anchor, positive : Tensor of shape (n, d)
        The paper's z and z-hat: each place in one year and in another.
    keys : Tensor of shape (N, d)
        Representations of other places, from a `MemoryBank`.
    temperature : float
        The paper's tau.

    Returns
    -------
    Tensor
        Scalar, the mean over the anchors.
    """
    alike = (anchor * positive).sum(dim=1, keepdim=True)
    scores = torch.cat([alike, anchor @ keys.T], dim=1).float() / temperature
    return (scores.logsumexp(dim=1) - scores[:, 0]).mean()


class MemoryBank(nn.Module):
    """Representations of the last steps, first in first out (section 4.3.2).

    Parameters
    ----------
    steps : int
        The paper's N.
    dimension : int
        The paper's d.

    Attributes
    ----------
    keys : Tensor of shape (steps, dimension)
        The oldest first; zeros at the start, and part of the module's state.
    """

    keys: Tensor

    def __init__(self, steps: int = 16, dimension: int = 128) -> None:
        super().__init__()
        self.register_buffer("keys", torch.zeros(steps, dimension))

    @torch.no_grad()
    def push(self, anchor: Tensor) -> None:
        """Add a step's representation and drop the oldest.

        Parameters
        ----------
        anchor : Tensor of shape (n, d)
            Of a batch the first is kept: eq. 4 has one key a step, from N different steps.
        """
        # A new tensor: the backward pass of this step's loss still needs the old one.
        self.keys = torch.cat([self.keys[1:], anchor[:1].detach().to(self.keys)])


def gaussian_kl(mean: Tensor, std: Tensor, reference_mean: float, reference_std: float) -> Tensor:
    """Kullback-Leibler divergence of Gaussians from a reference: ``KL(N(mean, std^2) || reference)``.

    ``ln(s / std) + (std^2 + (mean - m)^2) / (2 s^2) - 1/2`` with the reference's mean m and standard deviation s.

    Parameters
    ----------
    mean, std : Tensor
        Of one shape; ``std`` above 0.
    reference_mean, reference_std : float
    """
    spread = (std**2 + (mean - reference_mean) ** 2) / (2 * reference_std**2)
    return torch.log(reference_std / std) + spread - 0.5


def built_statistics(confidence: Tensor, built: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Gaussian of the share of rooftops in each window's built-up pixels.

    The share is the mean of n independent answers p, so that its mean is ``sum p / n`` and its variance
    ``sum p (1 - p) / n^2`` (Malkin et al. 2018, Label super-resolution networks, whose loss the paper varies).

    Parameters
    ----------
    confidence : Tensor of shape (n, H, W)
    built : Tensor of shape (n, H, W), bool

    Returns
    -------
    count, mean, std : Tensor of shape (n,)
        Built-up pixels of each window; the other two mean nothing where there are none.
    """
    p = confidence.float() * built
    count = built.sum(dim=(1, 2)).float()
    some = count.clamp(min=1)
    variance = (p * (1 - p)).sum(dim=(1, 2)) / some**2
    return count, p.sum(dim=(1, 2)) / some, variance.clamp(min=EPSILON**2).sqrt()


def spatial_generalisation(confidence: Tensor, target: Tensor, mean: float = 0.44, std: float = 0.01) -> Tensor:
    """SG loss (eq. 6): cross entropy with coarse land cover, and a divergence that lets only a part be rooftops.

    Eq. 6 names no direction of the divergence; it is that of the authors' code, from the network's Gaussian to the
    reference: the other one grows without bound where the network is sure. Windows count by their built-up pixels,
    because the share of a few pixels says little.

    Parameters
    ----------
    confidence : Tensor of shape (n, H, W)
        The low-resolution confidence, in 0 to 1.
    target : Tensor of shape (n, H, W), int64
        1 for built-up land, 0 for everything else, or `IGNORED`.
    mean, std : float
        Of the share of rooftops in built-up land (eq. 5 and figure A3).

    Returns
    -------
    Tensor
        Scalar; 0 without labelled pixels.
    """
    confidence = confidence.float()
    labelled, built = target != IGNORED, target == 1
    p = confidence.clamp(EPSILON, 1 - EPSILON)
    entropy = -torch.where(built, p.log(), (1 - p).log()) * labelled
    count, own_mean, own_std = built_statistics(confidence, built)
    divergence = gaussian_kl(own_mean, own_std, mean, std) * count / count.sum().clamp(min=1)
    return entropy.sum() / labelled.sum().clamp(min=1) + divergence.sum()


def joint(
    high: Tensor, temporal: Tensor, spatial: Tensor, weights: tuple[float, float, float] = (200.0, 1.0, 5.0)
) -> Tensor:
    """Sum of the HR, TC and SG loss with the paper's weights 200 : 1 : 5 (eq. 7)."""
    return weights[0] * high + weights[1] * temporal + weights[2] * spatial
