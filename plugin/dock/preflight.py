"""What will happen before the click: the engine looks at the image, and its answer is put into words.

The check is made a moment after the last change, never while a job runs (it would wait behind the job), and an answer
that has been overtaken by another change is dropped.
"""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import Callable, Iterable, Optional, Sequence, Tuple

from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from urbangrain.engine.protocol import InspectJob, InspectResult, ProtocolError, Remark

from .. import wording
from ..engine.query import Query
from ..i18n import tr
from ..layers.sources import UnusableLayer
from ..session import Session

DELAY_MS = 350
_ORDER = {"error": 0, "warning": 1, "info": 2}
# With these the next try has a fresh engine, so there is no reason to forbid it.
PASSING = ("engine.crashed", "engine.unresponsive", "engine.closed", "job.unexpected")


@dataclass(frozen=True)
class Line:
    """One sentence of the pre-flight line."""

    text: str
    severity: str


@dataclass(frozen=True)
class Verdict:
    """What the check found. ``state`` is 'idle', 'waiting', 'checking', 'ready' or 'problem'."""

    state: str
    lines: Tuple[Line, ...] = ()
    result: Optional[InspectResult] = None
    code: str = ""

    @property
    def can_run(self) -> bool:
        """Whether a run can work, as far as is known."""
        return self.state == "ready"


def by_severity(lines: Iterable[Line]) -> Tuple[Line, ...]:
    """Return lines with errors first, then warnings, then what to expect; each once."""
    return tuple(sorted(dict.fromkeys(lines), key=lambda line: _ORDER.get(line.severity, 2)))


def judge(result: InspectResult, own: Sequence[Line] = (), mapping: bool = True) -> Verdict:
    """Turn the engine's answer into a verdict; how long ``mapping`` the image takes is left out for other jobs."""
    remarks = [remark for remark in result.remarks if mapping or not remark.code.startswith("note.size")]
    lines = list(by_severity([*own, *(line_of(remark) for remark in remarks)]))
    if mapping and not any(code.startswith("note.size") for code in (remark.code for remark in remarks)):
        values = {"megapixels": round(result.map_px / 1e6, 2), "gsd": result.map_gsd_m, "device": result.device}
        if result.estimate_s >= 0:
            text = wording.sentence("note.size_time", {**values, "time": result.estimate_s})
        else:
            text = wording.sentence("note.size", values)
        lines.append(Line(text, "info"))
    state = "problem" if any(line.severity == "error" for line in lines) else "ready"
    return Verdict(state, tuple(lines), result)


def as_html(verdict: Verdict, colour: Callable[[str], str]) -> str:
    """Return a verdict as rich text; severity is told by a sign and a colour."""
    from .theme import SIGNS

    rows = []
    for line in verdict.lines:
        sign = f'<span style="color:{colour(line.severity)}">{SIGNS[line.severity]}</span>'
        text = html.escape(line.text)
        if line.severity != "info":
            text = f'<span style="color:{colour(line.severity)}">{text}</span>'
        rows.append(f"<tr><td>{sign}&nbsp;</td><td>{text}</td></tr>")
    return f'<table cellspacing="0" cellpadding="1">{"".join(rows)}</table>'


class Preflight(QObject):
    """Keeps the verdict up to date.

    Parameters
    ----------
    describe : callable
        Returns (InspectJob or None, own lines): None when there is nothing to check yet. May raise `UnusableLayer`.
    mapping : bool
        Say what mapping the image would mean, too.
    """

    updated = pyqtSignal(object)

    def __init__(
        self,
        session: Session,
        describe: Callable[[], Tuple[Optional[InspectJob], Sequence[Line]]],
        parent: Optional[QObject] = None,
        mapping: bool = True,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._describe = describe
        self._mapping = mapping
        self._query: Optional[Query] = None
        self._own: Sequence[Line] = ()
        self._paused = False
        self._held = ""
        self.verdict = Verdict("idle")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY_MS)
        self._timer.timeout.connect(self.check)

    def schedule(self) -> None:
        """Check soon; further changes put it off."""
        if not self._paused:
            self._timer.start()

    def pause(self) -> None:
        """Stop checking while a job runs."""
        self._paused = True
        self._timer.stop()
        self._drop()

    def resume(self) -> None:
        """Go on checking."""
        self._paused = False
        self.schedule()

    @property
    def held(self) -> bool:
        """Whether the engine is busy elsewhere."""
        return bool(self._held)

    def hold(self, reason: str) -> None:
        """Say ``reason`` instead of checking, until it is empty again: the engine is busy with something long."""
        self._held = reason
        if not self._paused:
            self.check()

    def close(self) -> None:
        """Stop for good."""
        self.pause()

    def check(self) -> None:
        """Check now."""
        if self._paused:
            return
        self._timer.stop()
        self._drop()
        if self._held:
            self._set(Verdict("waiting", (Line(self._held, "info"),)))
            return
        try:
            job, own = self._describe()
        except UnusableLayer as error:
            self._set(Verdict("problem", (Line(str(error), "error"),)))
            return
        except ProtocolError as error:
            text = wording.sentence("engine.bad_request", {"reason": str(error)})
            self._set(Verdict("problem", (Line(text, "error"),)))
            return
        self._own = own
        if job is None:
            self._set(Verdict("idle", tuple(own)))
            return
        checking = Verdict("checking", (*own, Line(tr("Looking at the image…"), "info")), self.verdict.result)
        self._set(checking)
        self._query = self._session.ask(job, self._answered, self._refused, self)

    def _answered(self, result: InspectResult) -> None:
        self._query = None
        self._set(judge(result, self._own, self._mapping))

    def _refused(self, code: str, values: dict) -> None:
        self._query = None
        if code in PASSING:
            self._set(Verdict("ready", (*self._own, Line(wording.sentence(code, values), "warning")), None, code))
        else:
            self._set(Verdict("problem", (Line(wording.sentence(code, values), "error"),), None, code))

    def _drop(self) -> None:
        if self._query is not None:
            self._query.drop()
            self._query = None

    def _set(self, verdict: Verdict) -> None:
        self.verdict = verdict
        self.updated.emit(verdict)


def line_of(remark: Remark) -> Line:
    """Word a remark."""
    severity = remark.severity if remark.severity in _ORDER else "info"
    return Line(wording.sentence(remark.code, remark.values), severity)
