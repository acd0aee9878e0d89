"""What a terminal shows: a progress line, and results as a person reads them."""

from __future__ import annotations

import math
import time
from typing import TextIO

from urbangrain.engine.context import ProgressReport
from urbangrain.engine.protocol import (
    AssessResult,
    ClassifyResult,
    DemoSceneResult,
    ExportResult,
    InspectResult,
    MakeParcelsResult,
    MapManyResult,
    MapResult,
    MatchResult,
    ModelsResult,
    Remark,
    Result,
    RooftopYearsResult,
    SampleParcelsResult,
    SummariseResult,
    TrainPoint,
    TrainResult,
    word,
)
from urbangrain.engine.protocol.messages import STAGES


class ProgressLine:
    """One line on a terminal, rewritten in place; silent where nobody looks (a pipe, ``quiet``)."""

    def __init__(self, stream: TextIO, quiet: bool) -> None:
        self._stream = stream
        self._on = not quiet and stream.isatty()
        self._last = 0.0
        self._stage = ""

    def show(self, report: ProgressReport) -> None:
        """Show a report, a few times a second."""
        now = time.monotonic()
        if not self._on or (now - self._last < 0.2 and report.stage == self._stage):
            return
        self._last, self._stage = now, report.stage
        parts = [f"{STAGES.get(report.stage, report.stage)} {report.fraction:4.0%}"]
        if report.rate > 0:
            parts.append(f"{report.rate / 1e6:.2f} Mpx/s")
        if report.eta_s >= 0:
            parts.append(f"{duration(report.eta_s)} left")
        self._stream.write("\r\033[K" + " · ".join(parts))
        self._stream.flush()

    def point(self, point: TrainPoint) -> None:
        """Leave a line for a point on a training's curves."""
        if not self._on:
            return
        self.clear()
        known = not math.isnan(point.mean_iou)
        accuracy = f" · OA {point.overall_accuracy:.3f} · mIoU {point.mean_iou:.3f}" if known else ""
        loss = "" if math.isnan(point.loss) else f" · loss {point.loss:.4f}"
        self._stream.write(f"step {point.step}{loss}{accuracy}{' · best' if point.best else ''}\n")

    def clear(self) -> None:
        """Take the line away."""
        if self._on:
            self._stream.write("\r\033[K")
            self._stream.flush()


def duration(seconds: float) -> str:
    """Word a duration: 0:07, 3:20, 1:02:05."""
    whole = max(0, round(seconds))
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02d}:{left:02d}" if hours else f"{minutes}:{left:02d}"


def area(square_metres: float) -> str:
    """Word an area in the unit that suits it."""
    if square_metres >= 1e6:
        return f"{square_metres / 1e6:,.2f} km2"
    if square_metres >= 1e4:
        return f"{square_metres / 1e4:,.2f} ha"
    return f"{square_metres:,.0f} m2"


def describe(result: Result) -> str:
    """Return a result as lines of text."""
    if isinstance(result, MapResult):
        return _map(result)
    if isinstance(result, MapManyResult):
        return _map_many(result)
    if isinstance(result, AssessResult):
        return _assess(result)
    if isinstance(result, ModelsResult):
        return _models(result)
    if isinstance(result, InspectResult):
        return _inspect(result)
    if isinstance(result, SummariseResult):
        lines = [f"{result.parcels} parcels, {result.outside} of them outside the map: {result.out}"]
        return "\n".join(lines + _remarks(result.remarks))
    if isinstance(result, MakeParcelsResult):
        return _make_parcels(result)
    if isinstance(result, SampleParcelsResult):
        return _sample_parcels(result)
    if isinstance(result, ClassifyResult):
        return _classify(result)
    if isinstance(result, DemoSceneResult):
        width = max(len(name) for name in result.files)
        return "\n".join(f"{name:<{width}}  {path}" for name, path in result.files.items())
    if isinstance(result, ExportResult):
        lines = [result.onnx, result.card, f"{result.size_bytes / 1e6:.1f} MB"]
        lines.append(
            f"largest difference of a probability {result.largest_difference:.2e}, "
            f"same class on {result.same_class:.4%} of the pixels"
        )
        return "\n".join(lines + _remarks(result.remarks))
    if isinstance(result, TrainResult):
        return _train(result)
    if isinstance(result, RooftopYearsResult):
        return _rooftop_years(result)
    assert isinstance(result, MatchResult)
    return "\n".join(f"{value} -> {number}" for value, number in result.mapping.items())


def table(rows: list[list[str]]) -> list[str]:
    """Align rows of cells: the first column left, the others right."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return [
        "  ".join(cell.ljust(w) if i == 0 else cell.rjust(w) for i, (cell, w) in enumerate(zip(row, widths))).rstrip()
        for row in rows
    ]


def _remarks(remarks: tuple[Remark, ...]) -> list[str]:
    return [("! " if r.severity != "info" else "- ") + word(r.code, r.values) for r in remarks]


def _make_parcels(result: MakeParcelsResult) -> str:
    lines = [
        f"{result.parcels} parcels, {area(result.area_m2)}: {result.out}",
        f"{result.roads} roads in {duration(result.seconds)}; {result.dropped} pieces too narrow or out of range",
    ]
    return "\n".join(lines + _remarks(result.remarks))


def _sample_parcels(result: SampleParcelsResult) -> str:
    lines = (
        table([[name or "(no value)", f"{count}"] for name, count in result.strata.items()]) if result.strata else []
    )
    lines.append(f"{result.chosen} of {result.eligible} parcels that can be chosen: {result.out}")
    return "\n".join(lines + _remarks(result.remarks))


def _classify(result: ClassifyResult) -> str:
    known = max(1, result.classified)
    rows = [[name, f"{count:,}", f"{count / known:.1%}"] for name, count in result.counts.items()]
    lines = table([["land use", "parcels", "share"], *rows])
    lines.append("")
    lines.append("quality " + ", ".join(f"{level}: {n:,}" for level, n in sorted(result.levels.items(), reverse=True)))
    lines.append("sources " + ", ".join(f"{source}: {n:,}" for source, n in result.used.items()))
    done = f"{result.classified:,} of {result.parcels:,} parcels classified in {duration(result.seconds)}"
    lines += [f"{done} on {result.device}", result.out]
    return "\n".join(lines + _remarks(result.remarks))


def _map(result: MapResult) -> str:
    total = sum(a.area_m2 for a in result.areas) or 1.0
    rows = [[a.name, area(a.area_m2), f"{a.area_m2 / total:.1%}"] for a in result.areas]
    if result.values:
        columns = ["minimum", "mean", "maximum", "std"]
        rows = [["", *columns], *([v.name, *(f"{getattr(v, c):.6g}" for c in columns)] for v in result.values)]
    lines = table(rows) if rows else []
    lines.append("")
    for path in (result.classes, result.confidence, result.probabilities, result.polygons, result.parcels):
        if path:
            lines.append(path)
    lines.append(
        f"{result.mapped_px / 1e6:.2f} Mpx at {result.map_gsd_m:g} m in {duration(result.seconds)} "
        f"({result.rate_px_s / 1e6:.2f} Mpx/s while mapping) on {result.device}, {result.precision}, {result.backend}"
    )
    return "\n".join(lines + _remarks(result.remarks))


def _train(result: TrainResult) -> str:
    names = list(result.train_px)
    rows = [["class", "training px", "validation px", "F1"]]
    chosen = [p for p in result.points if p.best] or list(result.points)
    f1 = chosen[-1].f1
    rows += [
        [n, f"{result.train_px[n]:,}", f"{result.validation_px[n]:,}", f"{f1[n]:.3f}" if n in f1 else "-"]
        for n in names
    ]
    lines = [*table(rows), ""]
    first, last = result.points[0], chosen[-1]
    if not math.isnan(last.mean_iou):
        before = f" (before: {first.overall_accuracy:.3f}, {first.mean_iou:.3f})" if first.step == 0 else ""
        lines.append(f"validation: OA {last.overall_accuracy:.3f}, mIoU {last.mean_iou:.3f}{before}")
    lines += [result.folder, result.curves]
    lines.append(
        f"{result.train_tiles} training tiles, {result.points[-1].step} steps in {duration(result.seconds)} "
        f"on {result.device}, {result.precision}"
    )
    return "\n".join(lines + _remarks(result.remarks))


def _rooftop_years(result: RooftopYearsResult) -> str:
    def change(square_metres: float | None) -> str:
        return "-" if square_metres is None else area(square_metres)

    rows = [["year", "rooftops", "share", "gained", "lost"]]
    for y in result.years:
        share = f"{y.rooftop_m2 / y.mapped_m2:.2%}" if y.mapped_m2 else "-"
        rows.append([str(y.year), area(y.rooftop_m2), share, change(y.gained_m2), change(y.lost_m2)])
    lines = [*table(rows), "", *(y.path for y in result.years), result.change, result.table]
    lines.append(f"{result.mapped_px / 1e6:.2f} Mpx mapped in {duration(result.seconds)} on {result.device}")
    return "\n".join(lines + _remarks(result.remarks))


def _map_many(result: MapManyResult) -> str:
    lines = []
    for scene in result.scenes:
        if scene.state == "failed":
            why = word(scene.code, scene.values)
            lines.append(f"failed  {why}" if scene.image in why else f"failed  {scene.image}: {why}")
        else:
            lines.append(f"{scene.state:<6}  {scene.classes}  {duration(scene.seconds)}")
    total = sum(a.area_m2 for a in result.areas)
    if total:
        lines += ["", *table([[a.name, area(a.area_m2), f"{a.area_m2 / total:.1%}"] for a in result.areas])]
    lines.append("")
    if result.mosaic:
        lines.append(result.mosaic)
    mapped = f"{result.mapped_px / 1e6:.2f} Mpx mapped in {duration(result.seconds)}"
    lines.append(f"{mapped} on {result.device}" if result.device else mapped)
    return "\n".join(lines + _remarks(tuple(r for r in result.remarks if r.severity != "error")))


def _assess(result: AssessResult) -> str:
    names = [c.name for c in result.classes]
    lines = ["Confusion matrix in pixels (rows: map, columns: reference)", ""]
    matrix = [["", *names, "all"]]
    for name, row in zip(names, result.matrix):
        matrix.append([name, *(f"{n:,}" for n in row), f"{sum(row):,}"])
    matrix.append(["all", *(f"{sum(column):,}" for column in zip(*result.matrix)), f"{result.pixels:,}"])
    lines += table(matrix)
    lines.append("")
    scores = [["class", "precision (user's)", "recall (producer's)", "F1", "IoU"]]
    scores += [[c.name, _share(c.precision), _share(c.recall), _share(c.f1), _share(c.iou)] for c in result.classes]
    lines += table(scores)
    lines.append("")
    lines.append(
        f"OA {_share(result.overall_accuracy)}  kappa {_share(result.kappa)}  "
        f"mIoU {_share(result.mean_iou)}  FWIoU {_share(result.fw_iou)}"
    )
    lines += [path for path in (result.html, result.csv, result.json) if path]
    return "\n".join(lines + _remarks(result.remarks))


def _share(value: float) -> str:
    return "-" if math.isnan(value) else f"{value:.4f}"


def _models(result: ModelsResult) -> str:
    lines = []
    for model in result.models:
        bands = ", ".join(f"({b.role})" if b.optional else b.role for b in model.bands)
        lines.append(f"{model.id}  {model.title}")
        gsd = "-".join(dict.fromkeys(f"{end:g}" for end in (model.gsd_min_m, model.gsd_max_m)))
        lines.append(f"    {model.task}: {bands}; {gsd} m; window {model.window} px")
        made = ("values", model.values) if model.values else ("classes", tuple(c.name for c in model.classes))
        lines.append(f"    {made[0]}: {', '.join(made[1])}")
        lines += [f"    mind: {text}" for text in model.limits]
        lines.append(f"    {model.path}")
    return "\n".join((lines or ["No models were found."]) + _remarks(result.remarks))


def _inspect(result: InspectResult) -> str:
    lines = [f"{result.width} x {result.height} px, {result.dtype}, {result.gsd_m:g} m, {result.crs}"]
    lines += [f"band {b.number}: {b.name or '(no name)'}{f' -> {b.role}' if b.role else ''}" for b in result.bands]
    return "\n".join(lines + _remarks(result.remarks))
