"""What is known of parcels, read from the layers of a person: image patches, points of interest, user density."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import shapely
import torch
from torch import Tensor

from urbangrain.engine.models.parcel_batch import Parcel
from urbangrain.engine.parcels.patches import PatchReader, poisson_disk
from urbangrain.engine.parcels.pois import PoiPoints
from urbangrain.engine.parcels.zonal import Placement

Shapes = npt.NDArray[Any]


class DensitySource(Protocol):
    """Gives the user density of parcels: `DensityRaster` or `DensityTable`."""

    def series(self, shapes: Shapes, keys: Sequence[Any] | None = None) -> npt.NDArray[np.float32]:
        """Return (n, 24) scaled densities, NaN where they are not known."""
        ...


class ParcelSources:
    """Joins the sources of parcels; any may be missing.

    Parameters
    ----------
    crs : CRS or text
        Of the parcels; that of the points of interest and of the density's polygons too.
    patches : PatchReader, optional
    pois : PoiPoints, optional
    density : DensityRaster or DensityTable, optional
    most_patches : int
        Most image patches of a parcel.
    seed : int
        Of the places of the patches.
    check : callable
        Called before each parcel; may raise to stop.
    """

    def __init__(
        self,
        crs: Any,
        patches: PatchReader | None = None,
        pois: PoiPoints | None = None,
        density: DensitySource | None = None,
        most_patches: int = 16,
        seed: int = 0,
        check: Callable[[], None] = lambda: None,
    ) -> None:
        self._patches, self._pois, self._density = patches, pois, density
        self._most, self._seed, self._check = most_patches, seed, check
        self._to_image = Placement(crs, patches.crs) if patches is not None else None

    def parcels(
        self, shapes: Shapes, numbers: Sequence[int] | npt.NDArray[np.int64], keys: Sequence[Any] | None = None
    ) -> Iterator[Parcel]:
        """Read what is known of a chunk of parcels.

        Parameters
        ----------
        shapes : object array of shape (n,)
            Valid polygons; None for a parcel without one, of which only a density by key may be known.
        numbers : sequence of int, shape (n,)
            A parcel's number in its layer, 0 or more. Together with the seed it says where the parcel's patches lie,
            so that neither chunks nor their order change them.
        keys : sequence, optional
            For a `DensityTable`.

        Yields
        ------
        Parcel
            In order. Its patches are read when it is asked for, so that memory holds those of one parcel.

        Raises
        ------
        UrbanGrainError
            ``image.block_damaged``.
        """
        shapes = np.asarray(shapes, object)
        there = ~shapely.is_missing(shapes)
        counts, looked = self._pois.counts(shapes) if self._pois is not None else (None, np.zeros(len(shapes), bool))
        density = self._density.series(shapes, keys) if self._density is not None else None
        on_image = np.full(len(shapes), None, object)
        if self._to_image is not None:
            on_image[there] = self._to_image(shapes[there])
        for i, number in enumerate(numbers):
            self._check()
            yield Parcel(
                self._cut(on_image[i], int(number)) if on_image[i] is not None else None,
                torch.from_numpy(counts[i]) if counts is not None and looked[i] else None,
                torch.from_numpy(density[i]) if density is not None and np.isfinite(density[i]).all() else None,
            )

    def _cut(self, shape: Any, number: int) -> Tensor | None:
        """Patches at points in a parcel (in the image's CRS); None where the image has none."""
        reader = self._patches
        assert reader is not None
        if not np.isfinite(shapely.get_coordinates(shape)).all() or not shapely.intersects(shape, reader.extent):
            return None
        if not shapely.covers(reader.extent, shape):
            # Only the part on the image is looked at; a projection may have bent a border across itself.
            shape = shapely.intersection(shapely.make_valid(shape), reader.extent)
        if shape.area <= 0:
            return None
        rng = np.random.default_rng([self._seed, number])
        patches, _ = reader.read(poisson_disk(shape, reader.radius, self._most, rng))
        return torch.from_numpy(patches) if len(patches) else None
