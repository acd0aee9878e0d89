"""An image and its reference polygons on a model's grid: what training tiles are cut from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import TracebackType

import numpy as np
import numpy.typing as npt
from affine import Affine
from rasterio.crs import CRS

from urbangrain.engine.accuracy.matching import match
from urbangrain.engine.accuracy.reference import Burner, read_reference
from urbangrain.engine.context import JobContext
from urbangrain.engine.errors import UrbanGrainError
from urbangrain.engine.models.card import ModelCard
from urbangrain.engine.protocol import ClassInfo, TrainSource
from urbangrain.engine.raster.bands import choose_bands
from urbangrain.engine.raster.grid import Grid, model_grid, pixel_size
from urbangrain.engine.raster.model_image import ModelImage
from urbangrain.engine.raster.source import Image
from urbangrain.engine.raster.statistics import scene_affine
from urbangrain.engine.training.losses import IGNORED


@dataclass(frozen=True)
class _Canvas:
    """A grid with the attributes of a dataset that reading a reference looks at."""

    name: str
    crs: CRS
    transform: Affine
    width: int
    height: int


class LabelledImage:
    """An image with reference polygons, read part by part; a context manager.

    Parameters
    ----------
    source : TrainSource
    card : ModelCard
        Of the model that is trained: bands, scaling, resolutions, classes, upscale.
    context : JobContext
        Gets what the guesses of bands and classes have to say.

    Attributes
    ----------
    grid : Grid
        The model's grid over the image; labels lie on a grid ``card.upscale`` times finer.

    Raises
    ------
    UrbanGrainError
        What opening images and vectors raises, and ``train.nothing_mapped`` when no value of the field is a class.
    """

    def __init__(self, source: TrainSource, card: ModelCard, context: JobContext) -> None:
        self.source, self.card = source, card
        self._image = Image(source.image)
        try:
            bands = choose_bands(self._image, card.bands, source.bands, context)
            self.grid: Grid = model_grid(self._image.grid, card.gsd_min_m, card.gsd_max_m, source.image)
            self._pixels = ModelImage(self._image, bands, self.grid)
            self._affine = scene_affine(self._image, bands, card.scaling, context.check)
            fine = self.grid.finer(card.upscale)
            canvas = _Canvas(source.image, fine.crs, fine.transform, fine.width, fine.height)
            reference = read_reference(source.reference, source.layer, source.field, canvas, context)
            self._burner = Burner(reference, _mapping(source, reference.values(), card.classes, context))
        except BaseException:
            self._image.close()
            raise
        self._index = np.full(257, IGNORED, np.uint8)
        for i, info in enumerate(card.classes):
            self._index[info.value] = i

    def __enter__(self) -> LabelledImage:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._image.close()

    @property
    def gsd_m(self) -> float:
        """Ground sampling distance of the model's grid in metres."""
        return pixel_size(self.grid)[0]

    def tiles(self, side: int) -> Iterator[tuple[int, int]]:
        """Yield (row, column) of the squares of ``side`` pixels that polygons touch, row by row."""
        for row in range(0, self.grid.height, side):
            for column in range(0, self.grid.width, side):
                if self.labels(row, column, side) is not None:
                    yield row, column

    def labels(self, row: int, column: int, side: int) -> npt.NDArray[np.uint8] | None:
        """Class index uint8 [side * upscale, side * upscale], `IGNORED` without label; None where no polygon is."""
        u = self.card.upscale
        burned = self._burner.block(row * u, column * u, side * u, side * u)
        if burned is None:
            return None
        labels = self._index[burned[0]]  # -1 takes the last place, which is no class
        labels[(self.grid.height - row) * u :] = IGNORED
        labels[:, (self.grid.width - column) * u :] = IGNORED
        return labels if (labels != IGNORED).any() else None

    def image(self, row: int, column: int, side: int) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.bool_]]:
        """Network input float32 [bands, side, side] and which pixels are valid; what is not is 0."""
        bottom, right = min(row + side, self.grid.height), min(column + side, self.grid.width)
        values, valid = self._pixels.read(row, bottom, column, right)
        scaled = np.zeros((len(values), side, side), np.float32)
        whole = np.zeros((side, side), bool)
        scaled[:, : bottom - row, : right - column] = np.where(valid, self._affine(values), 0)
        whole[: bottom - row, : right - column] = valid
        return scaled, whole


def _mapping(
    source: TrainSource, values: Sequence[str], classes: Sequence[ClassInfo], context: JobContext
) -> dict[str, int]:
    """Class value by value of the field: the source's own mapping, or one guessed by name."""
    known = {c.value for c in classes}
    wanted = match(values, classes) if source.mapping is None else source.mapping
    foreign = sorted({v for v in wanted.values() if v not in known})
    if foreign:
        raise UrbanGrainError(
            "train.no_such_class", value=foreign[0], classes=", ".join(f"{c.value} {c.name}" for c in classes)
        )
    mapping = {v: wanted[v] for v in values if v in wanted}
    if not mapping:
        raise UrbanGrainError(
            "train.nothing_mapped",
            field=source.field,
            path=source.reference,
            values=", ".join(values[:12]) or "none",
            classes=", ".join(c.name for c in classes),
        )
    left = [v for v in values if v not in mapping]
    if left:
        context.remark("note.unmapped", "warning", values=", ".join(left[:12]) + (" ..." if len(left) > 12 else ""))
    return mapping
