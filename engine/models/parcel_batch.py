"""Parcels as a network takes them: a packed batch, made from single parcels, however many there are.

Parcels have different numbers of image patches, so the patches of a batch lie one after the other and an index says
whose each is. A batch is bounded by its patches, not by its parcels: 100,000 parcels pass through in the memory of one
batch.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields

import torch
from torch import Tensor


@dataclass(frozen=True, eq=False)
class Parcel:
    """What is known of one parcel; None is a source that is missing.

    Attributes
    ----------
    patches : float Tensor of shape (k, channels, side, side), optional
        Image patches of fixed size at points within the parcel, scaled as for any network. None and k = 0 are alike.
    poi_counts : float Tensor of shape (categories,), optional
        Points of interest in the parcel by category. All zero says that there are none, which is something known
        about a parcel (MSLU-100K, "Model performance evaluation"); None says that nobody looked.
    density : float Tensor of shape (steps,), optional
        User density by hour, scaled as in training (its logarithm, say).
    """

    patches: Tensor | None = None
    poi_counts: Tensor | None = None
    density: Tensor | None = None


@dataclass(frozen=True, eq=False)
class ParcelBatch:
    """n parcels with p patches among them.

    Attributes
    ----------
    patches : float Tensor of shape (p, channels, side, side)
    patch_parcel : int64 Tensor of shape (p,)
        Parcel that a patch belongs to, 0 to n - 1, in any order. A parcel without patches has no image.
    poi_counts : float Tensor of shape (n, categories)
    has_pois : bool Tensor of shape (n,)
        Whether a row of ``poi_counts`` means anything.
    density : float Tensor of shape (n, steps)
    has_density : bool Tensor of shape (n,)
        Whether a row of ``density`` means anything.

    Raises
    ------
    ValueError
        For shapes that do not agree, or a patch of a parcel that is not in the batch.
    """

    patches: Tensor
    patch_parcel: Tensor
    poi_counts: Tensor
    has_pois: Tensor
    density: Tensor
    has_density: Tensor

    def __post_init__(self) -> None:
        if self.patches.ndim != 4 or self.patch_parcel.shape != self.patches.shape[:1]:
            raise ValueError("patches must be (p, channels, side, side), with one parcel index each")
        n = len(self)
        if self.poi_counts.ndim != 2 or self.density.ndim != 2 or len(self.density) != n:
            raise ValueError("poi_counts must be (n, categories) and density (n, steps), for the same n parcels")
        if self.has_pois.shape != (n,) or self.has_density.shape != (n,):
            raise ValueError(f"has_pois and has_density must have one value for each of the {n} parcels")
        if len(self.patches) and not 0 <= int(self.patch_parcel.min()) <= int(self.patch_parcel.max()) < n:
            raise ValueError(f"patch_parcel must lie in 0 to {n - 1}")

    def __len__(self) -> int:
        return len(self.poi_counts)

    def to(self, device: torch.device | str) -> ParcelBatch:
        """Return the batch on another device."""
        return ParcelBatch(**{f.name: getattr(self, f.name).to(device) for f in fields(self)})


def pack(parcels: Sequence[Parcel], channels: int, side: int, categories: int, steps: int) -> ParcelBatch:
    """Make one batch of parcels, in their order.

    Parameters
    ----------
    parcels : sequence of Parcel
    channels, side : int
        Bands and side in pixels of a patch.
    categories, steps : int
        Categories of points of interest, and steps of the density series.

    Raises
    ------
    ValueError
        When a parcel's tensor has another shape.
    """
    patches, owners = [torch.zeros(0, channels, side, side)], []
    counts, density = torch.zeros(len(parcels), categories), torch.zeros(len(parcels), steps)
    has_pois, has_density = torch.zeros(len(parcels), dtype=torch.bool), torch.zeros(len(parcels), dtype=torch.bool)
    for i, parcel in enumerate(parcels):
        if parcel.patches is not None:
            _check(i, "patches", parcel.patches[0:1], (min(1, len(parcel.patches)), channels, side, side))
            patches.append(parcel.patches.float())
            owners += [i] * len(parcel.patches)
        if parcel.poi_counts is not None:
            _check(i, "poi_counts", parcel.poi_counts, (categories,))
            counts[i], has_pois[i] = parcel.poi_counts, True
        if parcel.density is not None:
            _check(i, "density", parcel.density, (steps,))
            density[i], has_density[i] = parcel.density, True
    index = torch.tensor(owners, dtype=torch.int64)
    return ParcelBatch(torch.cat(patches), index, counts, has_pois, density, has_density)


def in_batches(parcels: Iterable[Parcel], patches_at_once: int, parcels_at_once: int = 4096) -> Iterator[list[Parcel]]:
    """Group a stream of parcels, in order, without reading ahead more than one parcel.

    Parameters
    ----------
    parcels : iterable of Parcel
    patches_at_once : int
        Most patches in a group, unless a single parcel has more.
    parcels_at_once : int
        Most parcels in a group.

    Yields
    ------
    list of Parcel
        Never empty.
    """
    group: list[Parcel] = []
    patches = 0
    for parcel in parcels:
        more = 0 if parcel.patches is None else len(parcel.patches)
        if group and (patches + more > patches_at_once or len(group) >= parcels_at_once):
            yield group
            group, patches = [], 0
        group.append(parcel)
        patches += more
    if group:
        yield group


def _check(parcel: int, name: str, tensor: Tensor, shape: tuple[int, ...]) -> None:
    if tuple(tensor.shape) != shape:
        raise ValueError(f"{name} of parcel {parcel} has the wrong shape: {tuple(tensor.shape)} where {shape} belongs")
