"""The live view: asks the engine for what the canvas shows, anew whenever the canvas or a setting changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Callable, Optional, Tuple

from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from urbangrain.engine.protocol import LiveJob, LiveResult, ModelInfo, Progress, ProtocolError, TileReady

from .. import wording
from ..engine.query import Query
from ..i18n import tr
from ..layers.live_overlay import LiveOverlay
from ..layers.sources import UnusableLayer, crs_text, rectangle
from ..session import Session

DELAY_MS = 150


@dataclass(frozen=True)
class Subject:
    """What is looked at: an image through a model."""

    image: str
    model: ModelInfo
    bands: Optional[Tuple[int, ...]]
    device: str
    precision: str


class LiveView(QObject):
    """Shows tiles over the canvas while it is on.

    Parameters
    ----------
    session : Session
    canvas : QgsMapCanvas
    describe : callable
        Returns the `Subject`; raises `UnusableLayer` with a sentence when there is none.

    Attributes
    ----------
    text, severity : str
        What to tell the person now; severity is 'info', 'warning' or 'error'.
    share : float
        Of the view that is done, 0 to 1; negative while nothing is under way.
    """

    changed = pyqtSignal()

    def __init__(
        self, session: Session, canvas: Any, describe: Callable[[], Subject], parent: Optional[QObject] = None
    ) -> None:
        super().__init__(parent)
        self._session, self._canvas, self._describe = session, canvas, describe
        self._overlay: Optional[LiveOverlay] = None
        self._query: Optional[Query] = None
        self._subject: Optional[Subject] = None
        self._opacity = 0.8
        self.text, self.severity, self.share = "", "info", -1.0
        self.result: Optional[LiveResult] = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY_MS)
        self._timer.timeout.connect(self.refresh)

    @property
    def on(self) -> bool:
        """Whether the view is live."""
        return self._overlay is not None

    @property
    def overlay(self) -> Optional[LiveOverlay]:
        """What is drawn over the canvas; None while the view is off."""
        return self._overlay

    def switch(self, on: bool) -> None:
        """Turn the view on or off; off leaves nothing on the canvas."""
        if on == self.on:
            return
        if on:
            self._overlay = LiveOverlay(self._canvas)
            self._overlay.setOpacity(self._opacity)
            self._canvas.extentsChanged.connect(self.schedule)
            self._canvas.destinationCrsChanged.connect(self.schedule)
            self.refresh()
            return
        self._canvas.extentsChanged.disconnect(self.schedule)
        self._canvas.destinationCrsChanged.disconnect(self.schedule)
        self._timer.stop()
        self._drop()
        self._overlay.remove()
        self._overlay = self._subject = None
        self._tell("", "info")

    def set_opacity(self, opacity: float) -> None:
        """Set how opaque the tiles are, 0 to 1."""
        self._opacity = opacity
        if self._overlay is not None:
            self._overlay.setOpacity(opacity)

    def schedule(self) -> None:
        """Look again soon; a canvas that is still moving puts it off. What was under way is given up at once."""
        if self.on:
            self._drop()
            self._timer.start()

    def refresh(self) -> None:
        """Look again now."""
        if self._overlay is None:
            return
        self._drop()
        try:
            subject = self._describe()
            job = self._job(subject)
        except UnusableLayer as error:
            self._overlay.clear()
            self._subject = None
            self._tell(str(error), "warning")
            return
        except ProtocolError as error:
            self._tell(wording.sentence("engine.bad_request", {"reason": str(error)}), "error")
            return
        if subject != self._subject:
            self._subject = subject
            self._overlay.clear()
            self._overlay.set_classes(subject.model.classes)
        query = self._query = Query(self)
        query.followed.connect(lambda event: self._follow(query, event))
        query.answered.connect(self._answered)
        query.refused.connect(self._refused)
        self._tell(tr("Live view: asking the engine…"), "info", 0.0)
        query.ask(self._session.client, job)

    def _job(self, subject: Subject) -> LiveJob:
        view = self._canvas.mapSettings()
        extent, crs = rectangle(view.visibleExtent()), crs_text(view.destinationCrs())
        if extent is None or crs is None:
            raise UnusableLayer(tr("The map canvas shows nothing yet. Zoom to the image."))
        return LiveJob(
            image=subject.image,
            model=subject.model.path,
            extent=extent,
            extent_crs=crs,
            screen_px=max(1, self._canvas.width()),
            bands=subject.bands,
            device=subject.device,
            precision=subject.precision,
        )

    def _follow(self, query: Query, event: Any) -> None:
        if query is not self._query or self._overlay is None:
            return
        if isinstance(event, TileReady):
            self._overlay.add(event.tile)
        elif isinstance(event, Progress):
            values = {"done": event.done, "total": event.total}
            self._tell(tr("Live view: {done} of {total} tiles").format(**values), "info", event.fraction)

    def _answered(self, result: LiveResult) -> None:
        self._query = None
        if self._overlay is None or self._subject is None:
            return
        self.result = result
        if result.tiles == 0:
            self._tell(tr("The view lies outside the image."), "warning")
            return
        self._overlay.keep_level(result.level)
        model = self._subject.model
        values = {
            "gsd": wording.metres(result.gsd_m),
            "low": wording.metres(model.gsd_min_m),
            "high": wording.metres(model.gsd_max_m),
        }
        if not result.in_range:
            text = tr("Zoomed out: seen at {gsd}, where the model is made for {low} to {high}. Zoom in to judge it.")
            self._tell(text.format(**values), "warning")
            return
        for remark in result.remarks:
            if remark.code == "note.no_overviews":
                self._tell(wording.sentence(remark.code, remark.values), "warning")
                return
        text = tr("Live at {gsd}, without flips and clean-up. Press Run for the map itself.")
        self._tell(text.format(**values), "info")

    def _refused(self, code: str, values: dict) -> None:
        self._query = None
        self._tell(wording.sentence(code, values), "error")

    def _drop(self) -> None:
        if self._query is not None:
            self._query.drop()
            self._query = None

    def _tell(self, text: str, severity: str, share: float = -1.0) -> None:
        self.text, self.severity, self.share = text, severity, share
        self.changed.emit()
