"""What the tasks of a page have in common: settings, what will happen, one primary button, progress, the result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, List, Sequence, Tuple

from qgis.core import Qgis
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QPushButton, QVBoxLayout, QWidget

from urbangrain.engine.protocol import ProtocolError

from .. import wording
from ..engine.task import EngineTask
from ..i18n import tr
from ..layers import sources
from ..session import Session
from . import theme
from .parcels_result import ParcelsResult
from .preflight import Line, Verdict, as_html, by_severity
from .progress_widget import ProgressWidget


@dataclass(frozen=True)
class Plan:
    """A job, what QGIS's task manager calls it, and what had to be done for it, in sentences."""

    job: Any
    title: str
    notes: Tuple[str, ...] = ()


class JobPanel(QWidget):
    """Subclasses fill ``self.form``, call `_stack`, and say what they see (`_look`), want (`_plan`) and got (`_made`).

    Parameters
    ----------
    session : Session
    name : str
        How the names of its widgets begin.
    button, tip : str
        Text and tooltip of the primary button.
    """

    ended = pyqtSignal()

    def __init__(self, session: Session, name: str, button: str, tip: str) -> None:
        super().__init__()
        self.setObjectName(f"{name}Panel")
        self.session = session
        self._task: EngineTask | None = None
        self._held = ""
        self._refusal = ""
        self._lines: Tuple[Line, ...] = ()
        self._said: Tuple[Line, ...] = ()  # before the run
        self.form = QWidget()
        self.hint = theme.paragraph()
        self.hint.setObjectName(f"{name}Hint")
        self.run_button = QPushButton(button)
        self.run_button.setObjectName(f"{name}Run")
        theme.primary(self.run_button)
        self.run_button.setShortcut("Ctrl+Return")
        self.run_button.setToolTip(tip)
        self.progress = ProgressWidget(name)
        self.result = ParcelsResult(name)
        self.run_button.clicked.connect(self.run)
        self.progress.cancelled.connect(self.cancel)

    def _stack(self) -> None:
        """Put the parts below one another, once the form is filled: the Tab key follows the order of doing that."""
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        for part in (self.form, self.hint, self.run_button, self.progress, self.result):
            whole.addWidget(part)

    @property
    def running(self) -> bool:
        """Whether its job runs, or waits for its turn."""
        return self._task is not None

    def judge(self, *_: object) -> None:
        """Say what will happen, or what is missing; the button is there for what can work only."""
        if self._held:
            ready, lines = False, [Line(self._held, "info")]
        else:
            ready, lines = self._look()
            if self._refusal:
                lines = [*lines, Line(self._refusal, "error")]
        shown = self._lines = by_severity(lines)
        self.hint.setText(as_html(Verdict("ready", shown), lambda severity: theme.colour(self, severity)))
        self.hint.setVisible(bool(shown) and not self.running)
        good = ready and not any(line.severity == "error" for line in shown)
        self.run_button.setEnabled(good and not self.running)

    def hold(self, reason: str) -> None:
        """Wait, and say why, until the reason is empty again: the engine is busy with something long."""
        self._held = reason
        self.judge()

    def refuse(self, text: str) -> None:
        """Say why the engine cannot be asked; empty when it can be again."""
        self._refusal = text
        self.judge()

    def close_down(self) -> None:
        """Let go of everything outside this widget."""
        self._task = None  # what it still says is nobody's business here

    def run(self) -> None:
        """Start the job that the panel shows."""
        if self._task is not None or not self.run_button.isEnabled():
            return
        try:
            plan = self._plan()
        except sources.UnusableLayer as error:
            self.result.show_failure(str(error))
            return
        except ProtocolError as error:
            self.result.show_failure(wording.sentence("engine.bad_request", {"reason": str(error)}))
            return
        for note in plan.notes:
            self.session.say(note)
        self._remember()
        task = self._task = self.session.start(plan.job, plan.title)
        task.progressed.connect(lambda progress: self._progressed(task, progress))
        task.noticed.connect(self.session.say)
        task.succeeded.connect(lambda result: self._succeeded(task, result))
        task.failed.connect(lambda text: self._failed(task, text))
        task.stopped.connect(lambda: self._stopped(task))
        self._said = self._lines
        self.result.hide()
        self.form.setEnabled(False)
        self._pause(True)
        self.judge()
        self.progress.begin()
        theme.reveal(self.progress)
        self.session.launch(task)

    def cancel(self) -> None:
        """Stop the job; answers at once."""
        if self._task is not None:
            self._task.cancel()

    def _look(self) -> Tuple[bool, Sequence[Line]]:
        """Return whether a run can work, and what is to be said of it."""
        raise NotImplementedError

    def _plan(self) -> Plan:
        """Return the job; may write layers to files. Raises `UnusableLayer` and `ProtocolError`."""
        raise NotImplementedError

    def _remember(self) -> None:
        """Keep what was chosen for the next session."""
        raise NotImplementedError

    def _made(self, result: Any) -> None:
        """Show what came of it."""
        raise NotImplementedError

    def _pause(self, on: bool) -> None:
        """Ask the engine nothing while the job runs: it would wait behind the job."""

    def _progressed(self, task: EngineTask, progress: object) -> None:
        if task is self._task:
            self.progress.show_progress(progress)

    def _succeeded(self, task: EngineTask, result: Any) -> None:
        if self._end(task):
            self._made(result)
            theme.reveal(self.result)
            self.ended.emit()

    def _failed(self, task: EngineTask, text: str) -> None:
        if self._end(task):
            self.result.show_failure(text)
            theme.reveal(self.result)
            self.session.say(text, Qgis.MessageLevel.Critical)
            self.ended.emit()

    def _stopped(self, task: EngineTask) -> None:
        if self._end(task):
            self.result.show_stopped()
            self.ended.emit()

    def _end(self, task: EngineTask) -> bool:
        if task is not self._task:
            return False
        self._task = None
        self.progress.end()
        self.form.setEnabled(True)
        self._pause(False)
        self.judge()
        return True


def edit_warnings(*layers: Any) -> List[Line]:
    """Return a warning for each vector layer whose unsaved edits will be included, and an error where a CRS lacks."""
    lines = []
    for layer in layers:
        if layer is None:
            continue
        if not layer.crs().isValid():
            text = tr("{layer} has no coordinate reference system. Assign one first.").format(layer=layer.name())
            lines.append(Line(text, "error"))
        if sources.has_unsaved_edits(layer):
            text = tr("{layer} is being edited: its unsaved edits are included.").format(layer=layer.name())
            lines.append(Line(text, "warning"))
    return lines
