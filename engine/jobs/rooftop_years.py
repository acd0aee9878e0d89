"""Rooftops through the years: a map for each, checked against its neighbours, and what changed (CBRA, section 4.4).

`run` reads as the recipe:

    map each year -> rooftops and the rest, unbuilt land masked -> check of three successive years -> COG a year
                  -> what became of each place -> areas a year
"""

from __future__ import annotations

import csv
import functools
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from urbangrain.engine.context import JobContext, ProgressReport
from urbangrain.engine.errors import UrbanGrainError
from urbangrain.engine.models.card import ModelCard
from urbangrain.engine.models.registry import resolve_for_pixels
from urbangrain.engine.postprocess.rooftop_changes import CLASSES, NODATA, UNKNOWN, change_list, change_name
from urbangrain.engine.protocol import (
    ClassInfo,
    MapJob,
    MapResult,
    RooftopYear,
    RooftopYearsJob,
    RooftopYearsResult,
    encode,
)
from urbangrain.engine.raster.classes import category_names_xml, describe_classes
from urbangrain.engine.raster.grid import Grid, same_grid
from urbangrain.engine.raster.outputs import Outputs
from urbangrain.engine.raster.probability import Probability
from urbangrain.engine.raster.sink import write_cog, writing
from urbangrain.engine.raster.source import Image, gdal_settings
from urbangrain.engine.watch import watched

from . import map as map_job
from .provenance import provenance
from .rooftop_rows import YearAreas, check_rows, compare_rows, grid_of, recode_rows

MAPPED = 0.85
"""Share of the job at which all years are mapped."""

_ROOFTOPS = ("rooftop", "rooftops", "roof", "roofs", "building", "buildings")


def run(job: RooftopYearsJob, context: JobContext) -> RooftopYearsResult:
    """Map rooftops in images of several years.

    Raises
    ------
    UrbanGrainError
        ``years.not_rooftops``, ``years.other_grid``, ``years.mask_range``, ``years.mask_elsewhere``, and what the map
        job raises; nothing is left under the outputs' names.
    JobCancelled
    """
    began = time.monotonic()
    context.progress("open", 0.0)
    card = resolve_for_pixels(job.model)
    rooftop = rooftop_value(card)
    order = sorted(range(len(job.years)), key=lambda i: job.years[i])
    images, years = [job.images[i] for i in order], [job.years[i] for i in order]
    with gdal_settings():
        grid = common_grid(images)
        if job.built_mask:
            with Probability(job.built_mask, grid) as mask:
                known = mask.look()
            if known < 1:
                context.remark("note.mask_partly", path=job.built_mask, percent=max(1, round(100 * (1 - known))))
    if job.homogeneity and len(years) < 3:
        context.remark("note.years_unchecked", count=len(years))
    folder = _folder(job)
    roles: dict[str, str | None] = {f"{year}": str(folder / f"rooftops_{year}.tif") for year in years}
    roles.update(change=str(folder / "change.tif"), areas=str(folder / "areas.csv"))
    inputs = [*images, *([job.built_mask] if job.built_mask else []), str(card.weights)]
    with gdal_settings(), Outputs(roles, inputs, job.overwrite) as outputs:
        coded, made = [], []
        for i, image in enumerate(images):
            mapped = _map(job, image, outputs.scratch(f"map-{years[i]}.tif"), i / len(years), 1 / len(years), context)
            made.append(mapped)
            coded.append(outputs.scratch(f"coded-{years[i]}.tif"))
            what = (Path(mapped.classes), coded[-1], card, rooftop, outputs, context)
            watched(context, functools.partial(_recode, job, *what))
        about = {year: _about(job, image, card, result) for year, image, result in zip(years, images, made)}
        areas, changed = watched(context, lambda: _finish(job, years, coded, about, outputs, context))
        outputs.commit()
    final = outputs.paths
    return RooftopYearsResult(
        out_dir=str(folder),
        years=tuple(
            RooftopYear(year, str(final[str(year)]), area.rooftop, area.mapped, area.gained, area.lost)
            for year, area in zip(years, areas)
        ),
        change=str(final["change"]),
        table=str(final["areas"]),
        class_infos=CLASSES,
        changes=tuple(replace(change, area_m2=changed.get(change.value, 0.0)) for change in change_list(years)),
        model=card.id,
        model_title=card.title,
        mapped_px=sum(result.mapped_px for result in made),
        seconds=time.monotonic() - began,
        device=", ".join(dict.fromkeys(result.device for result in made)),
        remarks=tuple(context.remarks),
    )


def rooftop_value(card: ModelCard) -> int:
    """Return the value of the class of rooftops; raises ``years.not_rooftops`` where a model has none."""
    found = [info.value for info in card.classes if info.name.strip().lower() in _ROOFTOPS]
    if len(card.classes) != 2 or len(found) != 1:
        names = ", ".join(info.name for info in card.classes) or "none"
        raise UrbanGrainError("years.not_rooftops", model=card.id, classes=names)
    return found[0]


def common_grid(images: Sequence[str]) -> Grid:
    """Return the grid that all images have; raises ``years.other_grid`` naming the first that has another."""
    grids = []
    for path in images:
        with Image(path) as image:
            grids.append(image.grid)
        if not same_grid(grids[0], grids[-1]):
            raise UrbanGrainError("years.other_grid", path=path, first=images[0])
    return grids[0]


def _folder(job: RooftopYearsJob) -> Path:
    folder = Path(job.out_dir).absolute()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UrbanGrainError("file.not_writable", path=str(folder), reason=error.strerror or str(error)) from error
    return folder


def _map_job(job: RooftopYearsJob, image: str, out: str) -> MapJob:
    return MapJob(
        image=image, model=job.model, out=out, bands=job.bands, overlap=job.overlap, blend=job.blend, flips=job.flips,
        device=job.device, precision=job.precision, batch=job.batch, threads=job.threads,
    )  # fmt: skip


def _map(job: RooftopYearsJob, image: str, out: Path, start: float, share: float, context: JobContext) -> MapResult:
    """Map a year into the job's scratch; ``start`` and ``share`` are its part of all the mapping."""

    def report(step: ProgressReport) -> None:
        fraction = MAPPED * (start + share * step.fraction)
        # The time left is that of one year only, and would mislead.
        context.report(step.stage, fraction, step.done, step.total, step.rate)

    inner = JobContext(on_progress=report, cancelled=context.cancelled)
    result = map_job.run(_map_job(job, image, str(out)), inner)
    for remark in inner.remarks:
        context.remark(remark.code, remark.severity, **remark.values)
    return result


def _recode(
    job: RooftopYearsJob,
    mapped: Path,
    coded: Path,
    card: ModelCard,
    rooftop: int,
    outputs: Outputs,
    context: JobContext,
) -> None:
    """Make a year's map one of rooftops and the rest, with unbuilt land masked; the map itself goes."""
    with gdal_settings(), writing(str(outputs.paths["change"])):
        if job.built_mask:
            with Probability(job.built_mask, grid_of(mapped)) as mask:
                recode_rows(mapped, coded, rooftop, card.nodata, mask, context)
        else:
            recode_rows(mapped, coded, rooftop, card.nodata, None, context)
    mapped.unlink()


def _finish(
    job: RooftopYearsJob,
    years: Sequence[int],
    coded: Sequence[Path],
    about: dict[int, dict[str, Any]],
    outputs: Outputs,
    context: JobContext,
) -> tuple[list[YearAreas], dict[int, float]]:
    """Check, compare and write; returns the areas of each year, and m2 by value of the raster of changes."""
    with gdal_settings(), writing(str(outputs.paths["change"])):
        final = []
        for i, year in enumerate(years):
            context.progress("years", MAPPED + 0.1 * i / len(years))
            path = coded[i]
            if job.homogeneity and 0 < i < len(years) - 1:
                path = outputs.scratch(f"checked-{year}.tif")
                check_rows(coded[i - 1], coded[i], coded[i + 1], path, context)
            final.append(path)
            _write(path, str(year), CLASSES, NODATA, about[year], outputs, context)
        context.progress("years", MAPPED + 0.1)
        codes = outputs.scratch("codes.tif")
        areas, changed = compare_rows(final, codes, context)
        infos = tuple(ClassInfo(c.value, change_name(c), c.colour) for c in change_list(years))
        everything = {**about[years[-1]], "input": [about[year]["input"] for year in years]}
        _write(codes, "change", infos, UNKNOWN, everything, outputs, context)
        _table(outputs.temporary("areas"), years, areas)
    context.progress("write", 1.0)
    return areas, changed


def _write(
    path: Path,
    role: str,
    classes: Sequence[ClassInfo],
    nodata: int,
    about: dict[str, Any],
    outputs: Outputs,
    context: JobContext,
) -> None:
    describe_classes(path, classes, nodata, about)
    context.check()
    write_cog(path, outputs.temporary(role), True, str(outputs.paths[role]))
    outputs.beside(role, ".aux.xml").write_text(category_names_xml(classes), encoding="utf-8")


def _table(path: Path, years: Sequence[int], areas: Sequence[YearAreas]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["year", "rooftop_m2", "mapped_m2", "rooftop_share", "gained_m2", "lost_m2"])
        for year, area in zip(years, areas):
            share = f"{area.rooftop / area.mapped:.6f}" if area.mapped else ""
            changes = ["" if value is None else f"{value:.1f}" for value in (area.gained, area.lost)]
            writer.writerow([year, f"{area.rooftop:.1f}", f"{area.mapped:.1f}", share, *changes])


def _about(job: RooftopYearsJob, image: str, card: ModelCard, result: MapResult) -> dict[str, Any]:
    about = provenance(_map_job(job, image, job.out_dir), card, result.device, result.precision, result.backend)
    return {**about, "job": encode(job)}
