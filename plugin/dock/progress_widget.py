"""How far a job is: stage, bar, rate, time left, and Cancel."""

from __future__ import annotations

import time

from qgis.PyQt.QtCore import QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from urbangrain.engine.protocol import Progress

from .. import wording
from ..i18n import tr
from . import theme


class ProgressWidget(QWidget):
    """Shown while a job runs; without Cancel where the page has a button of its own for that."""

    cancelled = pyqtSignal()

    def __init__(self, name: str, with_cancel: bool = True) -> None:
        super().__init__()
        self.stage = theme.paragraph()
        self.stage.setObjectName(f"{name}Stage")
        self.bar = QProgressBar()
        self.bar.setObjectName(f"{name}Progress")
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(True)
        self.bar.setAccessibleName(tr("Progress"))
        self.cancel = QPushButton(tr("Cancel"))
        self.cancel.setObjectName(f"{name}Cancel")
        self.cancel.setToolTip(tr("Stop now. Nothing half-made is left behind."))
        self.detail = QLabel()
        self.detail.setObjectName(f"{name}Detail")
        row = QHBoxLayout()
        row.addWidget(self.bar, 1)
        row.addWidget(self.cancel)
        self.cancel.setVisible(with_cancel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        layout.addWidget(self.stage)
        layout.addLayout(row)
        layout.addWidget(self.detail)
        self.cancel.clicked.connect(self.cancelled)
        self._began = 0.0
        self._rate = ""
        self._left = -1.0
        self._left_at = 0.0
        self._clock = QTimer(self)
        self._clock.setInterval(500)
        self._clock.timeout.connect(self._tick)
        self.hide()

    def begin(self) -> None:
        """Show an empty bar."""
        self._began = time.monotonic()
        self._rate, self._left = "", -1.0
        self.stage.setText(tr("Starting the engine"))
        self.bar.setRange(0, 0)
        self.cancel.setEnabled(True)
        self._tick()
        self._clock.start()
        self.show()

    def show_progress(self, progress: Progress) -> None:
        """Show a step."""
        self.stage.setText(wording.stage(progress.stage))
        self.bar.setRange(0, 1000)
        self.bar.setValue(round(1000 * progress.fraction))
        self.bar.setFormat(wording.percent(progress.fraction, 0))
        self._rate = wording.rate(progress.rate) if progress.rate > 0 else ""
        self._left, self._left_at = progress.eta_s, time.monotonic()
        self._tick()

    def wind_up(self, text: str) -> None:
        """Say that the job is ending, however long that takes."""
        self.stage.setText(text)
        self.bar.setRange(0, 0)
        self._rate, self._left = "", -1.0
        self._tick()

    def end(self) -> None:
        """Go away."""
        self._clock.stop()
        self.hide()

    @property
    def elapsed(self) -> float:
        """Seconds since `begin`."""
        return time.monotonic() - self._began

    def _tick(self) -> None:
        parts = [self._rate] if self._rate else []
        if self._left >= 0:
            left = max(0.0, self._left - (time.monotonic() - self._left_at))
            parts.append(tr("{time} left").format(time=wording.duration(left)))
        parts.append(tr("{time} so far").format(time=wording.duration(self.elapsed)))
        self.detail.setText(" · ".join(parts))
