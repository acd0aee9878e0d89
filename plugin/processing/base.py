"""What the algorithms share: running a job and following it, and styling what comes back."""

from __future__ import annotations

from typing import Any, Callable, ClassVar, Optional

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingLayerPostProcessorInterface,
)
from qgis.PyQt.QtGui import QIcon

from urbangrain.engine.protocol import (
    Cancelled,
    Failed,
    Finished,
    Job,
    Notice,
    Progress,
    ProtocolError,
    TrainingPoint,
)

from .. import training_wording, wording
from ..engine.client import KEEP_TIMEOUT_S, EngineClient
from ..i18n import tr
from ..paths import icon

HELP_URL = "https://example.org/urbangrain"


class EngineAlgorithm(QgsProcessingAlgorithm):
    """Base of the algorithms; subclasses say what to run."""

    def __init__(self, client: EngineClient) -> None:
        super().__init__()
        self.client = client

    def createInstance(self) -> EngineAlgorithm:
        """Return a fresh one."""
        return type(self)(self.client)

    def icon(self) -> QIcon:
        """Return the icon in the toolbox."""
        return icon("urbangrain")

    def helpUrl(self) -> str:
        """Return where to read more."""
        return f"{HELP_URL}#{self.name()}"

    def follow(
        self, make: Callable[[], Job], feedback: QgsProcessingFeedback, quiet: bool = False, keeps: bool = False
    ) -> Any:
        """Run a job to its end.

        Parameters
        ----------
        make : callable
            Returns the job; raises `ProtocolError`.
        feedback : QgsProcessingFeedback
        quiet : bool
            Keep the job's remarks to itself.
        keeps : bool
            A job that is cancelled has something to keep, and is waited for.

        Returns
        -------
        Result

        Raises
        ------
        QgsProcessingException
            With a sentence for people, when the job fails or was cancelled.
        """
        try:
            job = make()
        except ProtocolError as error:
            raise QgsProcessingException(wording.sentence("engine.bad_request", {"reason": str(error)})) from None
        ticket = self.client.submit(job)
        said = ""
        stopping = False
        while True:
            if feedback.isCanceled() and not keeps:
                ticket.cancel()
                raise QgsProcessingException(tr("Cancelled. Nothing was left behind."))
            if feedback.isCanceled() and not stopping:
                stopping = True
                ticket.cancel(KEEP_TIMEOUT_S)
                feedback.pushInfo(tr("Stopping; what was learnt is saved…"))
            event = ticket.next(0.1)
            if isinstance(event, Progress):
                feedback.setProgress(100 * event.fraction)
                text = wording.stage(event.stage)
                if text != said:
                    feedback.pushInfo(text)
                    said = text
            elif isinstance(event, TrainingPoint):
                feedback.pushInfo(", ".join(training_wording.point_text(event.point)))
            elif isinstance(event, Notice):
                feedback.pushInfo(wording.sentence(event.code, event.values))
            elif isinstance(event, Failed):
                if event.detail:
                    feedback.pushDebugInfo(event.detail)
                raise QgsProcessingException(wording.sentence(event.code, event.values))
            elif isinstance(event, Cancelled):
                raise QgsProcessingException(tr("Cancelled. Nothing was left behind."))
            elif isinstance(event, Finished):
                for remark in () if quiet else getattr(event.result, "remarks", ()):
                    text = wording.sentence(remark.code, remark.values)
                    if remark.severity == "info":
                        feedback.pushInfo(text)
                    else:
                        feedback.pushWarning(text)
                return event.result


class Styler(QgsProcessingLayerPostProcessorInterface):
    """Styles an output once QGIS has loaded it (in the main thread)."""

    # Processing keeps only the C++ half; the Python half has to live until the layer is loaded.
    _kept: ClassVar[list] = []

    def __init__(self, styling: Callable[[Any], None]) -> None:
        super().__init__()
        self._styling = styling

    def postProcessLayer(self, layer: Any, context: QgsProcessingContext, feedback: Any) -> None:
        """Style the layer."""
        self._styling(layer)
        if self in Styler._kept:
            Styler._kept.remove(self)

    @classmethod
    def attach(cls, context: QgsProcessingContext, path: Optional[str], styling: Callable[[Any], None]) -> None:
        """See to it that the output at ``path`` is styled, if QGIS is going to load it."""
        if path and context.willLoadLayerOnCompletion(path):
            styler = cls(styling)
            cls._kept.append(styler)
            context.layerToLoadOnCompletionDetails(path).setPostProcessor(styler)
