"""Parcels with labels as training holds them: patches of many parcels in one array on disk, the rest in memory."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from urbangrain.engine.models.parcel_batch import Parcel
from urbangrain.engine.models.poi_embedding import PoiSet


@dataclass(frozen=True, eq=False)
class ParcelSamples:
    """The labelled parcels of one city.

    Attributes
    ----------
    patches : float16 array of shape (p, channels, side, side)
        Scaled as for the network; may be mapped from disk.
    first : int64 array of shape (n + 1,)
        The patches of parcel i are those from ``first[i]`` to ``first[i + 1]``.
    counts : float32 array of shape (n, categories)
        Points of interest by category; a row of NaN where there is no such source.
    density : float32 array of shape (n, steps)
        Scaled; a row of NaN where there is no such source.
    labels : int64 array of shape (n,)
        Class of each parcel.
    area : float32 array of shape (n,)
        m2.
    whole_block : bool array of shape (n,)
        Whether a parcel is what lies between streets, rather than a single plot.
    poi_xy, poi_category : float64 array of shape (m, 2), int64 array of shape (m,)
        All points of interest of the city with a category, in metres.
    """

    patches: npt.NDArray[np.float16]
    first: npt.NDArray[np.int64]
    counts: npt.NDArray[np.float32]
    density: npt.NDArray[np.float32]
    labels: npt.NDArray[np.int64]
    area: npt.NDArray[np.float32]
    whole_block: npt.NDArray[np.bool_]
    poi_xy: npt.NDArray[np.float64]
    poi_category: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.labels)

    def parcel(self, index: int, chosen: npt.NDArray[np.int64] | None = None) -> Parcel:
        """Return a parcel as a network takes it; ``chosen`` are the numbers of some of its patches."""
        begin, end = int(self.first[index]), int(self.first[index + 1])
        rows = np.arange(begin, end) if chosen is None else begin + chosen
        counts, density = self.counts[index], self.density[index]
        return Parcel(
            torch.from_numpy(np.asarray(self.patches[rows], np.float32)) if len(rows) else None,
            torch.from_numpy(counts) if np.isfinite(counts).all() else None,
            torch.from_numpy(density) if np.isfinite(density).all() else None,
        )

    def poi_set(self) -> PoiSet:
        """Return the city's points of interest."""
        return PoiSet(self.poi_xy, self.poi_category)


def from_parcels(
    parcels: Sequence[Parcel],
    sizes: tuple[int, int, int, int],
    labels: npt.NDArray[np.int64],
    area: npt.NDArray[np.float32],
    whole_block: npt.NDArray[np.bool_],
    pois: PoiSet,
) -> ParcelSamples:
    """Gather single parcels.

    Parameters
    ----------
    parcels : sequence of Parcel
        n of them.
    sizes : (int, int, int, int)
        Channels and side of a patch, categories of points of interest, steps of the density series.
    labels, area, whole_block
        As in `ParcelSamples`.
    pois : PoiSet
    """
    channels, side, categories, steps = sizes
    n = len(parcels)
    counts = np.full((n, categories), np.nan, np.float32)
    density = np.full((n, steps), np.nan, np.float32)
    patches = [np.zeros((0, channels, side, side), np.float16)]
    first = np.zeros(n + 1, np.int64)
    for i, parcel in enumerate(parcels):
        if parcel.patches is not None:
            patches.append(parcel.patches.numpy().astype(np.float16))
        first[i + 1] = first[i] + (0 if parcel.patches is None else len(parcel.patches))
        if parcel.poi_counts is not None:
            counts[i] = parcel.poi_counts.numpy()
        if parcel.density is not None:
            density[i] = parcel.density.numpy()
    return ParcelSamples(
        np.concatenate(patches), first, counts, density, labels, area, whole_block, pois.xy, pois.category
    )


def store(samples: ParcelSamples, folder: Path, about: dict[str, Any]) -> None:
    """Write samples into a folder of their own, in place of what is there; it appears when it is whole."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        np.save(work / "patches.npy", samples.patches)
        rest = {name: value for name, value in vars(samples).items() if name != "patches"}
        np.savez(work / "parcels.npz", **rest)
        (work / "about.json").write_text(json.dumps(about))
        shutil.rmtree(folder, ignore_errors=True)
        os.replace(work, folder)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def stored(folder: Path, about: dict[str, Any]) -> ParcelSamples | None:
    """Return samples that `store` wrote with the same ``about``, their patches mapped from disk; else None."""
    try:
        if json.loads((folder / "about.json").read_text()) != about:
            return None
    except (OSError, ValueError):
        return None
    with np.load(folder / "parcels.npz", allow_pickle=False) as data:
        rest = {name: data[name] for name in data.files}
    return ParcelSamples(np.load(folder / "patches.npy", mmap_mode="r", allow_pickle=False), **rest)
