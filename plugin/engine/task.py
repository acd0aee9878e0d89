"""A job as QGIS's task manager sees it."""

from __future__ import annotations

from typing import Optional

from qgis.core import QgsTask
from qgis.PyQt.QtCore import pyqtSignal

from urbangrain.engine.protocol import (
    AdaptJob,
    Cancelled,
    Failed,
    Finished,
    Job,
    Notice,
    Progress,
    TrainingPoint,
    TrainJob,
)

from .. import log, wording
from .client import KEEP_TIMEOUT_S, EngineClient, Ticket


class EngineTask(QgsTask):
    """Runs one job in the worker.

    `run` only waits for events: no layer and no widget is touched there. The signals arrive in the main thread:
    ``progressed`` (`Progress`), ``plotted`` (`TrainPoint`), ``noticed`` (a sentence), then exactly one of ``succeeded``
    (the result), ``failed`` (a sentence) and ``stopped``. A training that is cancelled says ``stopping`` first, and
    then succeeds with the best weights so far, or is ``stopped`` where there are none.
    """

    progressed = pyqtSignal(object)
    plotted = pyqtSignal(object)
    noticed = pyqtSignal(str)
    stopping = pyqtSignal()
    succeeded = pyqtSignal(object)
    failed = pyqtSignal(str)
    stopped = pyqtSignal()

    def __init__(self, client: EngineClient, job: Job, description: str) -> None:
        super().__init__(description, QgsTask.Flag.CanCancel)
        self.job = job
        self._client = client
        self._ticket: Optional[Ticket] = None
        self._last = None
        self._told = False
        self._stopping = False

    def run(self) -> bool:
        """Hand the job in and follow it (background thread)."""
        ticket = self._ticket = self._client.submit(self.job)
        while not self.isCanceled():
            event = ticket.next(0.1)
            if isinstance(event, Progress):
                self.setProgress(100 * event.fraction)
                self.progressed.emit(event)
            elif isinstance(event, TrainingPoint):
                self.plotted.emit(event.point)
            elif isinstance(event, Notice):
                self.noticed.emit(wording.sentence(event.code, event.values))
            elif isinstance(event, (Finished, Failed, Cancelled)):
                self._last = event
                return isinstance(event, Finished)
        ticket.cancel()
        return False

    @property
    def crashed(self) -> bool:
        """Whether the job failed because the engine went away: another run may go on where it was."""
        return self.failure in ("engine.crashed", "engine.unresponsive")

    def cancel(self) -> None:
        """Stop: the worker is told at once, and the person need not wait for its answer.

        A training is waited for, because it may have weights to keep; cancelling it again gives that up.
        """
        ticket = self._ticket
        trains = isinstance(self.job, (TrainJob, AdaptJob))
        if trains and ticket is not None and not ticket.done and not self._stopping:
            self._stopping = True
            ticket.cancel(KEEP_TIMEOUT_S)
            self.stopping.emit()
            return
        super().cancel()
        if ticket is not None:
            ticket.cancel()
        self._tell_stopped()

    @property
    def failure(self) -> str:
        """The code of what went wrong, or ''."""
        return self._last.code if isinstance(self._last, Failed) else ""

    def finished(self, result: bool) -> None:
        """Tell how it ended (main thread)."""
        if self._told:
            return
        if result and isinstance(self._last, Finished):
            self._told = True
            self.succeeded.emit(self._last.result)
        elif isinstance(self._last, Failed) and not self.isCanceled():
            self._told = True
            text = wording.sentence(self._last.code, self._last.values)
            log.warning(f"{self.description()}: {text}")
            self.failed.emit(text)
        else:
            self._tell_stopped()

    def _tell_stopped(self) -> None:
        if not self._told:
            self._told = True
            self.stopped.emit()
