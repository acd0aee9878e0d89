"""Test-time flips: predictions of flipped windows, flipped back and averaged.

The UBGG-3m paper averages the identity with horizontal, vertical and diagonal flips; its "diagonal" is both axes at
once (a half turn), not a transpose. The whole dihedral group adds the four transposed ones.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch

ROWS, COLUMNS = -2, -1


@dataclass(frozen=True)
class Flip:
    """Transpose (or not), then mirror rows and columns (or not) of a [..., rows, columns] tensor."""

    transpose: bool = False
    rows: bool = False
    columns: bool = False

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        """Apply to ``x``."""
        if self.transpose:
            x = x.transpose(ROWS, COLUMNS)
        axes = [axis for axis, on in ((ROWS, self.rows), (COLUMNS, self.columns)) if on]
        return x.flip(axes) if axes else x

    def undo(self, x: torch.Tensor) -> torch.Tensor:
        """Apply the inverse: mirrors first, then the transpose."""
        axes = [axis for axis, on in ((ROWS, self.rows), (COLUMNS, self.columns)) if on]
        x = x.flip(axes) if axes else x
        return x.transpose(ROWS, COLUMNS) if self.transpose else x


_FOUR = (Flip(), Flip(columns=True), Flip(rows=True), Flip(rows=True, columns=True))
FLIPS: dict[str, tuple[Flip, ...]] = {
    "none": (Flip(),),
    "4": _FOUR,
    "8": _FOUR + tuple(Flip(transpose=True, rows=f.rows, columns=f.columns) for f in _FOUR),
}
"""Flips by their name in `MapJob.flips`."""


def predict_flipped(
    predict: Callable[[torch.Tensor], torch.Tensor], batch: torch.Tensor, flips: tuple[Flip, ...]
) -> torch.Tensor:
    """Average the predictions of a batch over flips.

    Parameters
    ----------
    predict : callable
        float32 [n, C, h, w] to probabilities float32 [n, K, h * u, w * u].
    batch : tensor [n, C, h, h]
        Square windows.
    flips : tuple of Flip

    Returns
    -------
    tensor [n, K, h * u, h * u]
        A flip-equivariant network gives the same as without flips, bit for bit.
    """
    sums: list[tuple[int, torch.Tensor]] = []
    for flip in flips:
        count, total = 1, flip.undo(predict(flip(batch)))
        # Equal counts are joined, as in a binary counter: 2, 4 and 8 equal numbers then add up without rounding.
        while sums and sums[-1][0] == count:
            count, total = count * 2, sums.pop()[1] + total
        sums.append((count, total))
    count, total = sums.pop()
    while sums:
        more, other = sums.pop()
        count, total = count + more, total + other
    return total if count == 1 else total / count
