"""What a running job is given besides its parameters: a way to report, and a way to be stopped."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from urbangrain.engine.errors import JobCancelled
from urbangrain.engine.protocol.results import LiveTile, Remark, TrainPoint


@dataclass(frozen=True)
class ProgressReport:
    """One step of progress; the fields are those of `urbangrain.engine.protocol.Progress` without the job's id."""

    stage: str
    fraction: float
    done: int = 0
    total: int = 0
    rate: float = 0.0
    eta_s: float = -1.0


def _ignore(_: object) -> None:
    return None


@dataclass
class JobContext:
    """Carried through a job. The default one reports to nobody and is never cancelled, for use from a notebook."""

    on_progress: Callable[[ProgressReport], None] = _ignore
    on_tile: Callable[[LiveTile], None] = _ignore
    on_point: Callable[[TrainPoint], None] = _ignore
    cancelled: threading.Event = field(default_factory=threading.Event)
    remarks: list[Remark] = field(default_factory=list)

    def progress(
        self, stage: str, fraction: float, done: int = 0, total: int = 0, rate: float = 0.0, eta_s: float = -1.0
    ) -> None:
        """Report progress (any thread), and raise `JobCancelled` when the job was asked to stop."""
        self.check()
        self.report(stage, fraction, done, total, rate, eta_s)

    def report(
        self, stage: str, fraction: float, done: int = 0, total: int = 0, rate: float = 0.0, eta_s: float = -1.0
    ) -> None:
        """Report progress and nothing else: for steps that keep what there is once a stop was asked for."""
        self.on_progress(ProgressReport(stage, min(1.0, max(0.0, fraction)), done, total, rate, eta_s))

    def check(self) -> None:
        """Raise `JobCancelled` when the job was asked to stop. Call it wherever half a second may have passed."""
        if self.cancelled.is_set():
            raise JobCancelled

    def remark(self, code: str, severity: str = "info", **values: Any) -> None:
        """Keep something that a person should know; it goes into the result. The same remark is kept once."""
        remark = Remark(code, values, severity)
        if remark not in self.remarks:
            self.remarks.append(remark)
