"""Assessments as CSV and JSON."""

from __future__ import annotations

import csv
import json
import math
from pathlib import Path

from urbangrain.engine import __version__
from urbangrain.engine.protocol import AssessJob, AssessResult, encode


def write_csv(path: Path, result: AssessResult) -> None:
    """Write the matrix (rows = map, columns = reference), the scores by class, and the overall scores."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream)
        names = [c.name for c in result.classes]
        out.writerow(["map \\ reference (pixels)", *names, "all"])
        for name, row in zip(names, result.matrix):
            out.writerow([name, *row, sum(row)])
        out.writerow(["all", *(sum(column) for column in zip(*result.matrix)), result.pixels])
        out.writerow([])
        out.writerow(["class", "precision (user's)", "recall (producer's)", "F1", "IoU", "map px", "reference px"])
        for c in result.classes:
            scores = [_number(v) for v in (c.precision, c.recall, c.f1, c.iou)]
            out.writerow([c.name, *scores, c.mapped, c.reference])
        out.writerow([])
        for name, value in overall(result):
            out.writerow([name, _number(value)])


def write_json(path: Path, job: AssessJob, result: AssessResult) -> None:
    """Write everything, with what is needed to repeat it; scores that are not defined are null."""
    record = {"software": f"UrbanGrain {__version__}", "job": encode(job), "result": encode(result)}
    path.write_text(json.dumps(record, ensure_ascii=False, indent=2) + "\n", "utf-8")


def overall(result: AssessResult) -> list[tuple[str, float]]:
    """Return the scores of the map as a whole with their names."""
    return [
        ("overall accuracy", result.overall_accuracy),
        ("kappa", result.kappa),
        ("mIoU", result.mean_iou),
        ("FWIoU", result.fw_iou),
    ]


def _number(value: float) -> str:
    return "" if math.isnan(value) else f"{value:.6f}"
