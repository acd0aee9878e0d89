"""A short question to the engine (what is in this image, which models are there), answered in the main thread.

Questions do not go through the task manager: they take a moment, and a list of them there would be noise.
"""

from __future__ import annotations

import contextlib
from typing import Optional

from qgis.PyQt.QtCore import QObject, pyqtSignal

from urbangrain.engine.protocol import Cancelled, Event, Failed, Finished, Job, Progress, TileReady

from .client import EngineClient, Ticket


class Query(QObject):
    """One question. Emits ``answered`` (the result) or ``refused`` (code, values), unless it was dropped before.

    Until then ``followed`` passes on what arrives earlier: `Progress`, and `TileReady` of a live view.
    """

    answered = pyqtSignal(object)
    refused = pyqtSignal(str, dict)
    followed = pyqtSignal(object)
    _arrived = pyqtSignal(object)

    def __init__(self, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._ticket: Optional[Ticket] = None
        self._dropped = False
        self._arrived.connect(self._take)

    def ask(self, client: EngineClient, job: Job) -> Query:
        """Send the question."""
        self._ticket = client.submit(job, self._listen)
        return self

    def drop(self) -> None:
        """Forget the question; a worker that has not begun with it leaves it out."""
        self._dropped = True
        if self._ticket is not None and not self._ticket.done:
            self._ticket.cancel()

    def _listen(self, event: Event) -> None:
        """Carry an event over to the main thread (called in the client's reading thread)."""
        if isinstance(event, (Progress, TileReady, Finished, Failed, Cancelled)):
            with contextlib.suppress(RuntimeError):  # the window was closed and this object went with it
                self._arrived.emit(event)

    def _take(self, event: Event) -> None:
        if isinstance(event, (Progress, TileReady)):
            if not self._dropped:
                self.followed.emit(event)
            return
        self.deleteLater()
        if self._dropped:
            return
        if isinstance(event, Finished):
            self.answered.emit(event.result)
        elif isinstance(event, Failed):
            self.refused.emit(event.code, dict(event.values))
