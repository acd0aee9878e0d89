"""A training's curves: one row a point in a CSV file, and the same for TensorBoard."""

from __future__ import annotations

import csv
import math
from pathlib import Path
from types import TracebackType

from torch.utils.tensorboard import SummaryWriter

from urbangrain.engine.protocol import TrainPoint

_COLUMNS = ("step", "epoch", "minutes", "learning_rate", "loss", "overall_accuracy", "mean_iou", "best")


class Curves:
    """Writes points as they come; a context manager.

    Parameters
    ----------
    folder : Path
        Takes ``curves.csv`` and TensorBoard's ``events...``; exists.
    classes : sequence of str
        Columns for the F1 of each.
    before : sequence of TrainPoint
        Points of the run that is gone on with; the CSV is written anew with them.
    """

    def __init__(self, folder: Path, classes: tuple[str, ...], before: tuple[TrainPoint, ...] = ()) -> None:
        self.points = list(before)
        self._classes = classes
        self._file = (folder / "curves.csv").open("w", newline="", encoding="utf-8")
        self._csv = csv.writer(self._file)
        self._csv.writerow([*_COLUMNS, *(f"f1 {name}" for name in classes)])
        self._board = SummaryWriter(str(folder / "tensorboard"))
        for point in self.points:
            self._row(point)

    def add(self, point: TrainPoint) -> None:
        """Write one point."""
        self.points.append(point)
        self._row(point)
        scalars = {"loss": point.loss, "learning_rate": point.learning_rate, "overall_accuracy": point.overall_accuracy,
                   "mean_iou": point.mean_iou, **{f"f1/{k}": v for k, v in point.f1.items()}}  # fmt: skip
        for name, value in scalars.items():
            if math.isfinite(value):
                self._board.add_scalar(name, value, point.step)
        self._board.flush()

    def _row(self, point: TrainPoint) -> None:
        values = [getattr(point, name) for name in _COLUMNS]
        values += [point.f1.get(name, math.nan) for name in self._classes]
        self._csv.writerow(["" if isinstance(v, float) and math.isnan(v) else v for v in values])
        self._file.flush()

    def __enter__(self) -> Curves:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
        self._board.close()
