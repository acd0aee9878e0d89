"""The loss that UGSNet is trained by before any adaptation: equations 1 to 3 of the UGS-1m paper, section 3.3.1."""

from __future__ import annotations

import torch.nn.functional as F
from torch import Tensor

from urbangrain.engine.models.ugsnet import UGSNetOutput
from urbangrain.engine.training.losses import IGNORED, dice


def labels_at(target: Tensor, points: Tensor) -> Tensor:
    """Return the labels of the pixels that points lie in.

    Parameters
    ----------
    target : Tensor of shape (n, h, w), int64
    points : Tensor of shape (n, P, 2)
        (x, y) in 0-1, from the outer corner of the first pixel to that of the last.

    Returns
    -------
    Tensor of shape (n, P), int64
    """
    height, width = target.shape[-2:]
    columns = (points[..., 0] * width).long().clamp(0, width - 1)
    rows = (points[..., 1] * height).long().clamp(0, height - 1)
    return target.flatten(1).gather(1, rows * width + columns)


def mean_cross_entropy(logits: Tensor, target: Tensor) -> Tensor:
    """Cross entropy over what has a label, 0 where nothing has (eq. 2).

    The equation as printed is a sum over the N points, with the result where the truth belongs. It is a mean here, so
    that it weighs as much as the Dice loss, whose range is 0-1, whatever N is.

    Parameters
    ----------
    logits : Tensor of shape (n, K, ...)
    target : Tensor of shape (n, ...), int64
        Class index or `IGNORED`.
    """
    total = F.cross_entropy(logits, target, ignore_index=IGNORED, reduction="sum")
    return total / (target != IGNORED).sum().clamp(min=1)


def ugsnet_loss(output: UGSNetOutput, target: Tensor) -> Tensor:
    """Dice loss of the coarse map plus cross entropy of the points (eq. 1 to 3).

    The coarse map is upsampled to the target's size, so that no label is lost; its Dice loss is the mean over the
    classes present (eq. 1 knows one class), as for land cover. Without a point head the cross entropy is that of the
    upsampled coarse map, so that the ablations differ in the point head alone.

    Parameters
    ----------
    output : UGSNetOutput
    target : Tensor of shape (n, H, W), int64
        Class index or `IGNORED`.

    Returns
    -------
    Tensor
        One number, not below 0.
    """
    coarse = F.interpolate(output.coarse.float(), size=target.shape[-2:], mode="bilinear", align_corners=False)
    if output.point_logits is None or output.points is None:
        return dice(coarse, target) + mean_cross_entropy(coarse, target)
    return dice(coarse, target) + mean_cross_entropy(output.point_logits.float(), labels_at(target, output.points))
