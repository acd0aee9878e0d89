"""The point head of UGSNet: the least certain points of a coarse map are classified once more.

Section 3.1.2 of the UGS-1m paper, after PointRend (Kirillov et al. 2020). The classifier is one linear layer (the
paper: an MLP "which is a 1 x 1 convolutional layer actually") of the coarse logits and of finer features at a point. A
linear layer and bilinear sampling commute, so the layer is applied to the maps first and its few channels are sampled
at the points instead of the hundreds of channels of the features: the same numbers for a small part of the work.

Points are (x, y) in 0-1 of the window: (0, 0) is the outer corner of its first pixel, (1, 1) that of its last.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor, nn

NARROWEST_FADE = 0.05
"""Certainties, as differences of logits, that the new classification fades out over at the least: rounding moves a
certainty by some 1e-6, which must not show, and a window without any certainty must not divide by 0."""


def certainty(logits: Tensor) -> Tensor:
    """Return how far the likeliest class is ahead of the second: the difference of their logits, never below 0.

    Parameters
    ----------
    logits : Tensor of shape (n, K, ...), K at least 2

    Returns
    -------
    Tensor of shape (n, ...)
    """
    first, second = torch.maximum(logits[:, 0], logits[:, 1]), torch.minimum(logits[:, 0], logits[:, 1])
    for other in logits.unbind(1)[2:]:  # K is small: some passes over memory where a sort would take many
        second = torch.maximum(second, torch.minimum(first, other))
        first = torch.maximum(first, other)
    return first - second


def sample(maps: Tensor, points: Tensor) -> Tensor:
    """Sample maps bilinearly; beyond the centres of the outermost pixels their values go on.

    Parameters
    ----------
    maps : Tensor of shape (n, C, h, w)
    points : Tensor of shape (n, P, 2)

    Returns
    -------
    Tensor of shape (n, C, P)
    """
    grid = (2.0 * points - 1.0).unsqueeze(2)
    return F.grid_sample(maps, grid, mode="bilinear", padding_mode="border", align_corners=False).squeeze(3)


def training_points(coarse: Tensor, count: int, oversampling: int, importance: float) -> Tensor:
    """Draw the points that a training step looks at.

    ``oversampling * count`` candidates are drawn evenly; the ``importance * count`` least certain of them are taken,
    and the others are drawn from the remaining candidates. (PointRend draws the others anew; the paper does not.)
    Chance comes from torch's default generator of the device, so `torch.manual_seed` decides it.

    Parameters
    ----------
    coarse : Tensor of shape (n, K, h, w)
    count : int
        N of the paper.
    oversampling : int
        k of the paper, at least 1.
    importance : float
        beta of the paper, 0-1.

    Returns
    -------
    Tensor of shape (n, count, 2)
    """
    candidates = torch.rand(len(coarse), oversampling * count, 2, device=coarse.device)
    least = certainty(sample(coarse.detach(), candidates)).topk(round(importance * count), dim=1, largest=False).indices
    lots = torch.rand(candidates.shape[:2], device=coarse.device).scatter(1, least, 2.0)  # 2: never drawn again
    others = lots.topk(count - least.shape[1], dim=1, largest=False).indices
    chosen = torch.cat([least, others], dim=1)
    return candidates.gather(1, chosen.unsqueeze(2).expand(-1, -1, 2))


class PointHead(nn.Module):
    """Classify points by the coarse logits and finer features there.

    Parameters
    ----------
    classes, features : int
        Channels of the coarse map and of the features.
    taper : float
        Share of the range of certainties, 0-1, over which the answer goes over from the new classification to the old
        one; see `refine`.
    """

    def __init__(self, classes: int, features: int, taper: float) -> None:
        super().__init__()
        self.taper = taper
        self.classify = nn.Conv2d(classes + features, classes, 1)

    def maps(self, coarse: Tensor, features: Tensor) -> list[Tensor]:
        """Return maps, float32 (n, K, ...), whose values at a point add up to its logits.

        There is one map where coarse map and features have one size, and one of each where they have not.
        """
        of_coarse, of_features = self.classify.weight.split([coarse.shape[1], features.shape[1]], dim=1)
        parts = [F.conv2d(coarse, of_coarse, self.classify.bias).float(), F.conv2d(features, of_features).float()]
        return [parts[0] + parts[1]] if parts[0].shape == parts[1].shape else parts

    def forward(self, coarse: Tensor, features: Tensor, points: Tensor) -> Tensor:
        """Return the logits of points.

        Parameters
        ----------
        coarse : Tensor of shape (n, K, h, w)
        features : Tensor of shape (n, F, h', w')
        points : Tensor of shape (n, P, 2)

        Returns
        -------
        Tensor of shape (n, K, P), float32
        """
        return sample_sum(self.maps(coarse, features), points)

    def refine(self, coarse: Tensor, features: Tensor, size: Sequence[int], count: int) -> Tensor:
        """Double a coarse map step by step, classifying the least certain points of each step anew.

        A point that is just within the ``count`` least certain by one rounding is just outside by another, and its
        answer would jump with the precision, the batch and the backend. So the new classification fades out towards
        the last point: with t the certainty of the first point that is not taken, a point of certainty c counts
        ``min(1, (t - c) / max(taper * t, NARROWEST_FADE))``. A taper of 0 is the paper's plain replacement.

        Parameters
        ----------
        coarse : Tensor of shape (n, K, h, w), float32
        features : Tensor of shape (n, F, h', w')
        size : (int, int)
            Height and width of the result, h and w times the same power of 2.
        count : int
            N of the paper; of a step with fewer pixels all are classified anew.

        Returns
        -------
        Tensor of shape (n, K, *size), float32
        """
        maps, logits = self.maps(coarse, features), coarse
        while logits.shape[-2] < size[0]:
            logits = F.interpolate(logits, scale_factor=2.0, mode="bilinear", align_corners=False)
            logits = self._classify_anew(logits, maps, count)
        return logits

    def _classify_anew(self, logits: Tensor, maps: list[Tensor], count: int) -> Tensor:
        n, classes, height, width = logits.shape
        sure = certainty(logits).flatten(1)
        every = count >= height * width
        least, places = sure.topk(height * width if every else count + bool(self.taper), dim=1, largest=False)
        x, y = places % width + 0.5, places.div(width, rounding_mode="floor") + 0.5
        new = sample_sum(maps, torch.stack([x / width, y / height], dim=2))
        places = places.unsqueeze(1).expand(-1, classes, -1)
        flat = logits.flatten(2)
        if self.taper and not every:
            edge = least[:, -1:]
            share = ((edge - least) / (self.taper * edge).clamp(min=NARROWEST_FADE)).clamp(max=1.0).unsqueeze(1)
            new = torch.lerp(flat.gather(2, places), new, share)
        return flat.scatter(2, places, new).view(n, classes, height, width)


def sample_sum(maps: list[Tensor], points: Tensor) -> Tensor:
    """Return the sum of the samples of several maps at the same points, (n, C, P)."""
    total = sample(maps[0], points)
    for other in maps[1:]:
        total = total + sample(other, points)
    return total
