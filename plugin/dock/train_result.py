"""What a training has made, what it gained, and the next steps."""

from __future__ import annotations

from typing import Sequence

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from urbangrain.engine.protocol import TrainResult

from .. import training_wording
from ..i18n import tr
from . import theme
from .preflight import Line, Verdict, as_html, by_severity, line_of


class TrainResultWidget(QFrame):
    """Some lines, and the buttons Map with it and Open folder; after a crash the button Continue."""

    map_clicked = pyqtSignal()
    folder_clicked = pyqtSignal()
    continue_clicked = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("trainResult")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.text = theme.paragraph()
        self.text.setObjectName("trainResultText")
        self.map_button = QPushButton(tr("Map with it"))
        self.map_button.setObjectName("trainMap")
        self.map_button.setToolTip(tr("Go to the Map page, where the new model is chosen."))
        self.folder_button = QPushButton(tr("Open folder"))
        self.folder_button.setObjectName("trainOpenFolder")
        self.folder_button.setToolTip(tr("Open the folder of the model: card, weights, and the curves as a table."))
        self.continue_button = QPushButton(tr("Continue"))
        self.continue_button.setObjectName("trainContinue")
        self.continue_button.setToolTip(tr("Go on with the interrupted training from its last saved state."))
        self._buttons = QWidget()
        row = QHBoxLayout(self._buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.map_button)
        row.addWidget(self.folder_button)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.addWidget(self.text)
        layout.addWidget(self._buttons)
        layout.addWidget(self.continue_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.map_button.clicked.connect(self.map_clicked)
        self.folder_button.clicked.connect(self.folder_clicked)
        self.continue_button.clicked.connect(self.continue_clicked)
        self.hide()

    def show_result(self, result: TrainResult, adapted: bool) -> None:
        """Say what was made and what it gained."""
        lines = [Line(training_wording.made(result), "ok")]
        gained = training_wording.gain(result, adapted)
        if gained:
            lines.append(Line(gained, "info"))
        self._say([*lines, *by_severity(line_of(remark) for remark in result.remarks)])
        self._buttons.show()

    def show_failure(self, text: str, can_continue: bool = False) -> None:
        """Say why nothing was made, and offer to go on where that is possible."""
        self._say([Line(text, "error")])
        self.continue_button.setVisible(can_continue)

    def show_stopped(self) -> None:
        """Say that it was stopped too early."""
        self._say([Line(tr("Stopped before the model had learnt anything. Nothing was left behind."), "info")])

    def _say(self, lines: Sequence[Line]) -> None:
        self._buttons.hide()
        self.continue_button.hide()
        self.text.setText(as_html(Verdict("ready", tuple(lines)), lambda severity: theme.colour(self, severity)))
        self.show()
