"""How far a parcel's prediction can be trusted: quality level by probability, size group, entropy.

MSLU-100K, section "Dataset quality assessment" (grading by soft classification probability) and Table 6.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

LEVELS: tuple[tuple[int, float], ...] = ((5, 0.99), (4, 0.9), (3, 0.6), (2, 0.0))
"""Quality level and the least probability of the predicted class that earns it."""

TOO_LARGE, NO_SOURCE = 1, 0
"""Levels of parcels that are too large to be judged, and of those of which nothing is known."""

LARGEST_M2 = 676_818.47
"""Largest parcel that the paper sampled for labelling; it gives no area from which a parcel is too large to judge."""

SIZE_GROUPS = ("small", "medium", "large")
SMALL_M2, LARGE_M2 = 5_000.0, 50_000.0
"""Table 6: a small parcel is below the first, a large one above the second."""

Floats = npt.NDArray[np.floating]


def quality_levels(
    confidence: Floats, area_m2: Floats, known: npt.NDArray[np.bool_], largest_m2: float = LARGEST_M2
) -> npt.NDArray[np.int64]:
    """Grade parcels by the probability of their predicted class.

    Parameters
    ----------
    confidence : float array of shape (n,)
        0 to 1; looked at only where ``known``.
    area_m2 : float array of shape (n,)
        NaN counts as not too large.
    known : bool array of shape (n,)
        Whether a parcel has any source.
    largest_m2 : float
        Parcels above are too large to be judged.

    Returns
    -------
    int64 array of shape (n,)
        5 from 0.99 on, 4 from 0.9, 3 from 0.6, else 2; 1 for parcels too large; 0 for those without a source.
    """
    confidence = np.nan_to_num(np.asarray(confidence, np.float64), nan=0.0)
    levels = np.select([confidence >= least for _, least in LEVELS], [level for level, _ in LEVELS])
    levels = np.where(np.nan_to_num(area_m2, nan=0.0) > largest_m2, TOO_LARGE, levels)
    return np.where(known, levels, NO_SOURCE).astype(np.int64)


def size_groups(area_m2: Floats) -> list[str | None]:
    """Return 'small', 'medium' or 'large' for each area in m2, None for NaN."""
    rank = (area_m2 >= SMALL_M2).astype(int) + (area_m2 > LARGE_M2)
    return [None if np.isnan(area) else SIZE_GROUPS[i] for area, i in zip(area_m2, rank)]


def entropy(probabilities: Floats) -> npt.NDArray[np.float64]:
    """Shannon's entropy of probabilities, as a share of the largest possible.

    Parameters
    ----------
    probabilities : float array of shape (n, classes)
        Rows sum to 1, or are NaN. Two classes or more.

    Returns
    -------
    float64 array of shape (n,)
        0 where one class is certain, 1 where all are alike, NaN for a row of NaN.
    """
    p = np.asarray(probabilities, np.float64)
    logs = np.log(np.where(p > 0, p, 1.0))
    return np.clip(-(p * logs).sum(axis=1) / np.log(p.shape[1]), 0.0, 1.0)
