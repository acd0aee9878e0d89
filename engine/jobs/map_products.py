"""From the pipeline's rows to finished files: cleaned classes on the output grid, COGs, polygons, parcels, areas.

Rows of numbers are kept here too; `map_values` finishes them.
"""

from __future__ import annotations

import contextlib
import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import rasterio
from rasterio.enums import Resampling
from rasterio.vrt import WarpedVRT
from rasterio.windows import Window

from urbangrain.engine.context import JobContext
from urbangrain.engine.inference.stitch import CONFIDENCE_SCALE, ClassRows, Rows, ValueRows
from urbangrain.engine.models.card import ModelCard
from urbangrain.engine.protocol import ClassArea, MapJob
from urbangrain.engine.raster.classes import PROVENANCE_TAG, category_names_xml, describe_classes
from urbangrain.engine.raster.grid import Grid, pixel_size, row_areas, same_grid
from urbangrain.engine.raster.journal import Journal
from urbangrain.engine.raster.outputs import Outputs
from urbangrain.engine.raster.sink import RowWriter, row_blocks, write_cog, writing
from urbangrain.engine.raster.source import gdal_settings

MAP_FROM, MAP_TO = 0.03, 0.90
"""Share of the whole job at which mapping starts and ends."""

NO_CONFIDENCE = 255


class Products:
    """The rasters of a job on the model's grid while they are written; a context manager, closed by the job's thread.

    Parameters
    ----------
    outputs : Outputs
    grid : Grid
        The region's output grid.
    job : MapJob
    card : ModelCard
    fingerprint : str
        Of the rows, for the journal that a killed job leaves.

    Attributes
    ----------
    main : str
        Role of `MapJob.out`: 'classes' or 'values'.
    paths : dict of str to Path
        Scratch raster by role.
    """

    def __init__(self, outputs: Outputs, grid: Grid, job: MapJob, card: ModelCard, fingerprint: str) -> None:
        self.outputs, self.grid, self.job, self.card = outputs, grid, job, card
        self.main = "values" if card.values else "classes"
        self._dtype = "float32" if card.values else "uint8"
        self.paths = {self.main: outputs.scratch(f"{self.main}.tif")}
        if job.confidence or job.polygons:
            self.paths["confidence"] = outputs.scratch("confidence.tif")
        if job.probabilities:
            self.paths["probabilities"] = outputs.scratch("probabilities.tif")
        self._bands = {role: card.channels if role in ("values", "probabilities") else 1 for role in self.paths}
        self._class_values = np.array([c.value for c in card.classes], np.uint8)
        self._writers: dict[str, RowWriter] = {}
        self._fingerprint = fingerprint
        self._journal: Journal | None = None
        self.replayed_px = 0

    def __enter__(self) -> Products:
        nodata = {"classes": self.card.nodata, "values": math.nan}
        for role, path in self.paths.items():
            final = str(self.outputs.paths.get(role, self.outputs.paths[self.main]))
            self._writers[role] = RowWriter(
                path, self.grid, self._bands[role], self._dtype, nodata.get(role, NO_CONFIDENCE), final
            )
        return self

    def begin(self, column: int, width: int) -> int:
        """Turn to the columns ``column .. column + width - 1``; returns how many of their rows a killed run left."""
        self._end()
        folder = self.outputs.scratch("journal") / str(column)
        with writing(str(self.outputs.paths[self.main])):
            self._journal = Journal(folder, self._fingerprint, width, self._bands, self._dtype)
        for writer in self._writers.values():
            writer.begin(column)
        for _, rows in self._journal.replay():
            for role, block in rows.items():
                self._writers[role].write(block)
            main = rows[self.main][:1]
            self.replayed_px += int((main != self.card.nodata if self.main == "classes" else ~np.isnan(main)).sum())
        return self._journal.rows

    def _end(self) -> None:
        if self._journal is not None:
            with writing(str(self.outputs.paths[self.main])):
                self._journal.sync()
            self._journal.close()
            self._journal = None

    def __exit__(self, *exc: Any) -> None:
        for writer in self._writers.values():
            writer.__exit__(*exc)
        self._writers = {}
        if exc[0] is None:
            self._end()
        elif self._journal is not None:
            self._journal.close()

    def write(self, rows: Rows) -> None:
        """Append finished rows; pixels without a class or a number become nodata."""
        if isinstance(rows, ValueRows):
            made = self._numbers(rows)
        else:
            assert isinstance(rows, ClassRows)
            made = self._classes(rows)
        for role, block in made.items():
            self._writers[role].write(block)
        assert self._journal is not None, "no columns were begun"
        with writing(str(self.outputs.paths[self.main])):
            self._journal.append(made)

    def _numbers(self, rows: ValueRows) -> dict[str, npt.NDArray[Any]]:
        rows.values[:, ~rows.target] = np.nan
        return {"values": rows.values}

    def _classes(self, rows: ClassRows) -> dict[str, npt.NDArray[Any]]:
        missing = ~rows.target
        classes = self._class_values[rows.winner]
        classes[missing] = self.card.nodata
        made = {"classes": classes[None]}
        if "confidence" in self._writers:
            rows.confidence[missing] = NO_CONFIDENCE
            made["confidence"] = rows.confidence[None]
        if "probabilities" in self._writers and rows.probabilities is not None:
            rows.probabilities[:, missing] = NO_CONFIDENCE
            made["probabilities"] = rows.probabilities
        return made


def finish(products: Products, out_grid: Grid, about: Mapping[str, Any], context: JobContext) -> tuple[ClassArea, ...]:
    """Make every output that the job asks for, under its temporary name; returns the area of each class.

    Classes go to the output grid by the nearest pixel (by the most frequent one when that grid is coarser), not by
    resampled probabilities: cleaning works on classes, and what it removed must not come back.
    """
    # Whatever cannot be read here was written by this job: then the disk is at fault.
    with gdal_settings(), writing(str(products.outputs.paths["classes"])):
        return _finish(products, out_grid, about, context)


def _finish(products: Products, out_grid: Grid, about: Mapping[str, Any], context: JobContext) -> tuple[ClassArea, ...]:
    job, card, outputs = products.job, products.card, products.outputs
    if job.min_patch_m2 > 0 or job.fill_holes_m2 > 0:
        from urbangrain.engine.postprocess.morphology import clean_classes

        context.progress("clean", MAP_TO)
        cleaned = outputs.scratch("cleaned.tif")
        width, height = pixel_size(products.grid)
        clean_classes(
            products.paths["classes"],
            cleaned,
            card.nodata,
            width * height,
            job.min_patch_m2,
            job.fill_holes_m2,
            context,
        )
        products.paths["classes"] = cleaned
    context.progress("write", 0.93)
    for role, path in products.paths.items():
        if not same_grid(products.grid, out_grid):
            warped = outputs.scratch(f"{role}-out.tif")
            if role == "classes":
                to_grid(path, warped, out_grid, Resampling.nearest, Resampling.mode, context)
            else:
                to_grid(path, warped, out_grid, Resampling.bilinear, Resampling.average, context)
            path.unlink()
            products.paths[role] = warped
        _tag(products.paths[role], role, card, about)
        if role in outputs.paths:
            context.check()
            write_cog(products.paths[role], outputs.temporary(role), role == "classes", str(outputs.paths[role]))
    outputs.beside("classes", ".aux.xml").write_text(category_names_xml(card.classes), encoding="utf-8")
    pixel_areas = row_areas(out_grid)
    areas = class_areas(products.paths["classes"], card, pixel_areas, context)
    if job.polygons:
        from urbangrain.engine.vector.polygonise import polygonise

        context.progress("polygons", 0.95)
        polygonise(
            products.paths["classes"],
            products.paths["confidence"],
            outputs.temporary("polygons"),
            card.classes,
            pixel_areas,
            job.simplify_m,
            context,
            outputs.scratch("regions.tif"),
            _metres_per_unit(out_grid),
            str(outputs.paths["polygons"]),
            lambda share: context.progress("polygons", 0.95 + 0.03 * share),
        )
    if job.parcels and job.parcels_out:
        from urbangrain.engine.parcels.summarise import summarise

        context.progress("parcels", 0.98)
        summarise(
            str(outputs.temporary("classes")),
            job.parcels,
            job.parcels_layer,
            str(outputs.temporary("parcels")),
            context,
        )
    context.progress("write", 1.0)
    return areas


def class_areas(
    path: Path, card: ModelCard, pixel_areas: npt.NDArray[np.float64], context: JobContext
) -> tuple[ClassArea, ...]:
    """Pixels and m2 of each class of a class raster; ``pixel_areas`` holds one pixel's area for each row."""
    counts = np.zeros(256, np.int64)
    areas = np.zeros(256)
    with rasterio.open(path) as dataset:
        for first, last in row_blocks(dataset.height):
            context.check()
            block = dataset.read(1, window=Window(0, first, dataset.width, last - first))
            in_row = np.stack([np.bincount(row, minlength=256) for row in block])
            counts += in_row.sum(axis=0)
            areas += pixel_areas[first:last] @ in_row
    return tuple(
        ClassArea(c.value, c.name, c.colour, int(counts[c.value]), float(areas[c.value])) for c in card.classes
    )


def to_grid(
    path: Path, out: Path, grid: Grid, finer: Resampling, coarser: Resampling, context: JobContext, trim: bool = False
) -> None:
    """Resample a raster of the model's grid to another grid.

    Parameters
    ----------
    path, out : Path
    grid : Grid
    finer, coarser : Resampling
        How, to a grid whose pixels are smaller or alike, and to one whose pixels are larger.
    trim : bool
        Of a raster whose nodata is NaN: interpolation reaches half a pixel beyond the data; end where the nearest pixel
        has none, as a map of classes does.
    """
    with rasterio.open(path) as dataset, contextlib.ExitStack() as opened:
        own = pixel_size(Grid(dataset.crs, dataset.transform, dataset.width, dataset.height))
        enlarges = math.prod(pixel_size(grid)) > 1.1 * math.prod(own)

        def seen(method: Resampling) -> Any:
            view = WarpedVRT(
                dataset, crs=grid.crs, transform=grid.transform, width=grid.width, height=grid.height, resampling=method
            )
            return opened.enter_context(view)

        view = seen(coarser if enlarges else finer)
        nearest = seen(Resampling.nearest) if trim and not enlarges else None
        writer = opened.enter_context(RowWriter(out, grid, dataset.count, dataset.dtypes[0], dataset.nodata))
        for first, last in row_blocks(grid.height):
            context.check()
            window = Window(0, first, grid.width, last - first)
            rows = view.read(window=window)
            if nearest is not None:
                rows[np.isnan(nearest.read(window=window))] = np.nan
            writer.write(rows)


def _tag(path: Path, role: str, card: ModelCard, about: Mapping[str, Any]) -> None:
    if role == "classes":
        describe_classes(path, card.classes, card.nodata, about)
        return
    with rasterio.open(path, "r+") as dataset:
        dataset.scales = (1 / CONFIDENCE_SCALE,) * dataset.count
        dataset.offsets = (0.0,) * dataset.count
        names = ["confidence"] if role == "confidence" else [c.name for c in card.classes]
        for i, name in enumerate(names, 1):
            dataset.set_band_description(i, name)
        dataset.update_tags(**{PROVENANCE_TAG: json.dumps(about)})


def _metres_per_unit(grid: Grid) -> float:
    """Metres on the ground that one unit of the grid's CRS is long, at its centre."""
    width, height = pixel_size(grid)
    return math.sqrt(width * height / abs(grid.transform.determinant))
