"""The assess job: a class raster against reference polygons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import rasterio
from rasterio.errors import RasterioError
from rasterio.windows import Window

from urbangrain.engine.accuracy.confusion import confusion_matrix, score
from urbangrain.engine.accuracy.export import write_csv, write_json
from urbangrain.engine.accuracy.independence import trained_on
from urbangrain.engine.accuracy.matching import match
from urbangrain.engine.accuracy.reference import Burner, Reference, blocks, read_reference, without_centres
from urbangrain.engine.accuracy.report import write_html
from urbangrain.engine.context import JobContext
from urbangrain.engine.errors import UrbanGrainError
from urbangrain.engine.protocol import AssessJob, AssessResult, ClassScore
from urbangrain.engine.protocol.results import ClassInfo
from urbangrain.engine.raster.classes import read_class_infos
from urbangrain.engine.raster.outputs import Outputs
from urbangrain.engine.raster.source import gdal_settings

BLOCK = 2048
"""Side of the blocks that are in memory at once, in pixels."""


def run(job: AssessJob, context: JobContext) -> AssessResult:
    """Compare the map with the reference pixel by pixel, by pixel centres, in bounded memory.

    Raises
    ------
    UrbanGrainError
        ``classes.not_a_class_raster``, ``image.no_crs``, ``image.unreadable``, ``vector.*``, ``assess.no_overlap``,
        ``assess.nothing_mapped``; ``file.*`` for the outputs, which appear together or not at all.
    """
    context.progress("open", 0.0)
    roles = {"html": job.out, "csv": job.csv, "json": job.json}
    if not any(roles.values()):
        with gdal_settings():
            return _compare(job, context)
    with gdal_settings(), Outputs(roles, [job.classes, job.reference], job.overwrite) as outputs:
        result = _compare(job, context)
        context.progress("report", 0.95)
        final = {role: str(path) for role, path in outputs.paths.items()}
        if "html" in final:
            write_html(outputs.temporary("html"), job, result)
        if "csv" in final:
            write_csv(outputs.temporary("csv"), result)
        if "json" in final:
            write_json(outputs.temporary("json"), job, result)
        outputs.commit()
    return replace(result, html=final.get("html"), csv=final.get("csv"), json=final.get("json"))


def _compare(job: AssessJob, context: JobContext) -> AssessResult:
    infos = read_class_infos(job.classes)
    try:
        with rasterio.open(job.classes) as dataset:
            if dataset.crs is None:
                raise UrbanGrainError("image.no_crs", path=job.classes)
            reference = read_reference(job.reference, job.layer, job.field, dataset, context)
            mapping = _mapping(job, reference, infos, context)
            infos = _with_mapped(infos, mapping)
            burner = Burner(reference, mapping)
            learnt = trained_on(dataset, reference.shapes[burner.chosen])
            if learnt:
                total = int(burner.chosen.sum())
                context.remark("assess.trained_on", "warning", count=learnt, total=total, path=job.reference)
            small = without_centres(reference, burner.chosen)
            if small:
                context.remark("note.below_pixel", "warning", count=small, path=job.reference)
            matrix = _count(dataset, burner, infos, context)
    except RasterioError as error:
        raise UrbanGrainError("image.unreadable", path=job.classes, reason=str(error)) from error
    if matrix.sum() == 0:
        raise UrbanGrainError("assess.no_overlap", path=job.reference, classes=job.classes)
    scores = score(matrix)
    classes = tuple(
        ClassScore(
            info.value,
            info.name,
            info.colour,
            precision=float(scores.precision[i]),
            recall=float(scores.recall[i]),
            f1=float(scores.f1[i]),
            iou=float(scores.iou[i]),
            mapped=int(matrix[i].sum()),
            reference=int(matrix[:, i].sum()),
        )
        for i, info in enumerate(infos)
    )
    return AssessResult(
        classes=classes,
        matrix=tuple(tuple(int(n) for n in row) for row in matrix),
        overall_accuracy=scores.overall_accuracy,
        kappa=scores.kappa,
        mean_iou=scores.mean_iou,
        fw_iou=scores.fw_iou,
        pixels=int(matrix.sum()),
        mapping=mapping,
        remarks=tuple(context.remarks),
    )


def _mapping(job: AssessJob, reference: Reference, infos: Sequence[ClassInfo], context: JobContext) -> dict[str, int]:
    """Return the mapping of the values that occur, the job's own or one guessed by name."""
    values = reference.values()
    wanted = match(values, infos) if job.mapping is None else job.mapping
    mapping = {v: wanted[v] for v in values if v in wanted}
    if not mapping:
        known = ", ".join(f"{i.value} {i.name}" for i in infos)
        raise UrbanGrainError(
            "assess.nothing_mapped", field=job.field, values=", ".join(values[:12]) or "none", classes=known
        )
    left = [v for v in values if v not in mapping]
    if left:
        context.remark("note.unmapped", "warning", values=", ".join(left[:12]) + (" ..." if len(left) > 12 else ""))
    return mapping


def _with_mapped(infos: Sequence[ClassInfo], mapping: dict[str, int]) -> tuple[ClassInfo, ...]:
    """Return the map's classes and those that only the reference has, by value."""
    known = {info.value for info in infos}
    extra = sorted(set(mapping.values()) - known)
    return tuple(sorted([*infos, *(ClassInfo(v, f"class {v}", "#bbbbbb") for v in extra)], key=lambda i: i.value))


def _count(dataset: Any, burner: Burner, infos: Sequence[ClassInfo], context: JobContext) -> npt.NDArray[np.int64]:
    """Return the confusion matrix, rows = map, columns = reference; one block is in memory at a time."""
    index = np.full(256, -1, np.int64)
    for i, info in enumerate(infos):
        index[info.value] = i
    size = len(infos)
    matrix = np.zeros((size, size), np.int64)
    clashes = unmapped = 0
    todo = list(blocks(dataset.height, dataset.width, BLOCK))
    for done, (row, column, height, width) in enumerate(todo):
        context.progress("assess", 0.05 + 0.9 * done / len(todo), done, len(todo))
        burned = burner.block(row, column, height, width)
        if burned is None:
            continue
        reference, clash = burned
        clashes += clash
        window = Window(column, row, width, height)
        mapped = dataset.read(1, window=window)
        # A class is what has a place in the list: nodata has none, and 0 has one unless it is nodata.
        valid = (dataset.read_masks(1, window=window) > 0) & (mapped >= 0) & (mapped <= 255)
        at = np.where(valid, index[np.where(valid, mapped, 0)], -1)
        known = reference >= 0
        unmapped += int((known & (at < 0)).sum())
        both = known & (at >= 0)
        matrix += confusion_matrix(at[both], index[reference[both]], size)
    if clashes:
        context.remark("note.overlapping", "warning", pixels=clashes)
    if unmapped:
        context.remark("note.unclassed_pixels", "warning", pixels=unmapped)
    return matrix
