"""Scores from a confusion matrix, as UBGG-3m's Table 2 states them.

Rows are the map, columns the reference (Olofsson et al. 2014). scikit-learn's matrix is the transpose.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Scores:
    """Scores of a matrix of K classes; NaN where a score is not defined.

    Attributes
    ----------
    precision : ndarray [K]
        ``TP / (TP + FP)``, the user's accuracy; NaN for a class that the map does not have.
    recall : ndarray [K]
        ``TP / (TP + FN)``, the producer's accuracy; NaN for a class that the reference does not have.
    f1 : ndarray [K]
        ``2 TP / (2 TP + FP + FN)``: the harmonic mean of the two, which is 0 where a class is only in one of map and
        reference, and NaN where it is in neither.
    iou : ndarray [K]
        ``TP / (TP + FP + FN)``; NaN where a class is in neither.
    overall_accuracy : float
        Share of pixels on the diagonal.
    kappa : float
        Cohen's kappa; NaN when chance alone would agree everywhere (one class only).
    mean_iou : float
        Mean of ``iou`` over the classes that are in the map or in the reference.
    fw_iou : float
        IoU weighted by the classes' shares of the reference. Table 2 prints a factor ``p_ji`` where the usual
        definition has the diagonal element; it is read as that.
    """

    precision: Floats
    recall: Floats
    f1: Floats
    iou: Floats
    overall_accuracy: float
    kappa: float
    mean_iou: float
    fw_iou: float


def confusion_matrix(mapped: npt.NDArray[np.integer], reference: npt.NDArray[np.integer], size: int) -> Counts:
    """Count pairs of classes: int64 [size, size], rows = map, columns = reference.

    Parameters
    ----------
    mapped, reference : ndarray [n]
        Class index of each pixel in both, 0 to ``size`` - 1.
    """
    pairs = mapped.astype(np.int64) * size + reference
    return np.bincount(pairs, minlength=size * size).reshape(size, size)


def score(matrix: npt.ArrayLike) -> Scores:
    """Compute all scores.

    Parameters
    ----------
    matrix : array_like [K, K]
        Counts, zero or more; rows = map, columns = reference.

    Raises
    ------
    ValueError
        For a matrix that is not square or has negative counts.
    """
    counts = np.asarray(matrix, np.float64)
    if counts.ndim != 2 or counts.shape[0] != counts.shape[1]:
        raise ValueError(f"a confusion matrix is square, not of shape {counts.shape}")
    if (counts < 0).any():
        raise ValueError("a confusion matrix holds no negative counts")
    hit = np.diag(counts)
    mapped, reference = counts.sum(axis=1), counts.sum(axis=0)
    union = mapped + reference - hit
    total = counts.sum()
    iou = _ratio(hit, union)
    agreed = hit.sum() / total if total else np.nan
    chance = float(mapped @ reference) / total**2 if total else np.nan
    present = union > 0
    return Scores(
        precision=_ratio(hit, mapped),
        recall=_ratio(hit, reference),
        f1=_ratio(2 * hit, mapped + reference),
        iou=iou,
        overall_accuracy=float(agreed),
        kappa=float((agreed - chance) / (1 - chance)) if total and chance < 1 else float("nan"),
        mean_iou=float(iou[present].mean()) if present.any() else float("nan"),
        fw_iou=float((reference[present] * iou[present]).sum() / total) if total else float("nan"),
    )


def _ratio(part: Floats, whole: Floats) -> Floats:
    return np.divide(part, whole, out=np.full(len(part), np.nan), where=whole > 0)
