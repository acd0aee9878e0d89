"""What a run has made, how long it took and on what, with the next steps."""

from __future__ import annotations

import html
from typing import Sequence

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from urbangrain.engine.protocol import MapResult

from .. import wording
from ..i18n import tr
from . import theme
from .preflight import Line, Verdict, as_html, line_of

MOST_BANDS = 8  # of a raster of values are described


class ResultWidget(QFrame):
    """A line or two, and the buttons Show, Assess, Open folder; after a crash the button Continue."""

    show_clicked = pyqtSignal()
    assess_clicked = pyqtSignal()
    folder_clicked = pyqtSignal()
    continue_clicked = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("mapResult")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.text = theme.paragraph()
        self.text.setObjectName("mapResultText")
        self.show_button = QPushButton(tr("Show"))
        self.show_button.setObjectName("mapShow")
        self.show_button.setToolTip(tr("Zoom the map canvas to the result."))
        self.assess_button = QPushButton(tr("Assess"))
        self.assess_button.setObjectName("mapAssess")
        self.assess_button.setToolTip(tr("Compare this map with reference polygons on the Accuracy page."))
        self.folder_button = QPushButton(tr("Open folder"))
        self.folder_button.setObjectName("mapOpenFolder")
        self.folder_button.setToolTip(tr("Open the folder with the files that were made."))
        self.continue_button = QPushButton(tr("Continue"))
        self.continue_button.setObjectName("mapContinue")
        self.continue_button.setToolTip(tr("Go on with the interrupted run: what was mapped is not mapped again."))
        self._buttons = QWidget()
        row = QHBoxLayout(self._buttons)
        row.setContentsMargins(0, 0, 0, 0)
        for button in (self.show_button, self.assess_button, self.folder_button):
            row.addWidget(button)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.addWidget(self.text)
        layout.addWidget(self._buttons)
        layout.addWidget(self.continue_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.show_button.clicked.connect(self.show_clicked)
        self.assess_button.clicked.connect(self.assess_clicked)
        self.folder_button.clicked.connect(self.folder_clicked)
        self.continue_button.clicked.connect(self.continue_clicked)
        self.continue_button.hide()
        self.hide()

    def show_result(self, result: MapResult, said: Sequence[Line] = ()) -> None:
        """Say what was made. Remarks that stand in the pre-flight lines already (``said``) are not repeated."""
        lines = [Line(headline(result), "ok"), *(line_of(remark) for remark in result.remarks)]
        lines = [line for line in lines if line not in said]
        self._say(lines, values_html(result) if result.values else areas_html(result))
        self.assess_button.setHidden(bool(result.values))  # there are no classes to compare
        self._buttons.show()

    def show_failure(self, text: str, can_continue: bool = False) -> None:
        """Say why nothing was made, and offer to go on where that is possible."""
        self._say([Line(text, "error")])
        self._buttons.hide()
        self.continue_button.setVisible(can_continue)

    def show_stopped(self) -> None:
        """Say that the person stopped it."""
        self._say([Line(tr("Cancelled. Nothing was left behind."), "info")])
        self._buttons.hide()

    def _say(self, lines: Sequence[Line], more: str = "") -> None:
        verdict = Verdict("ready", tuple(lines))
        self.continue_button.hide()
        self.text.setText(as_html(verdict, lambda severity: theme.colour(self, severity)) + more)
        self.show()


def headline(result: MapResult) -> str:
    """Return what was made, how long it took, and on which device, in a sentence."""
    if result.values:
        made = [tr("sharper imagery") if result.task == "super-resolution" else tr("values")]
    else:
        made = [tr("classes")]
    for path, text in (
        (result.confidence, tr("confidence")),
        (result.probabilities, tr("probabilities")),
        (result.polygons, tr("polygons")),
        (result.parcels, tr("parcels")),
    ):
        if path:
            made.append(text)
    return tr("Made {outputs} of {size} Mpx in {time} on {device} ({rate}).").format(
        outputs=", ".join(made),
        size=wording.number(result.mapped_px / 1e6, 2),
        time=wording.duration(result.seconds),
        device=wording.device(result.device),
        rate=wording.rate(result.rate_px_s),
    )


def values_html(result: MapResult) -> str:
    """Return the smallest, mean and largest number of each band."""
    rows = []
    for band in result.values[:MOST_BANDS]:
        text = wording.spread(band.minimum, band.mean, band.maximum)
        rows.append(f"<tr><td>{html.escape(wording.name(band.name))}&nbsp;</td><td>{html.escape(text)}</td></tr>")
    if len(result.values) > MOST_BANDS:
        rows.append("<tr><td>…</td></tr>")
    return f'<table cellspacing="0" cellpadding="1">{"".join(rows)}</table>'


def areas_html(result: MapResult) -> str:
    """Return the share of each class with its colour, largest first."""
    total = sum(area.area_m2 for area in result.areas)
    if not total:
        return ""
    cells = []
    for area in sorted(result.areas, key=lambda item: -item.area_m2):
        if area.pixels:
            cells.append(
                f'<span style="color:{html.escape(area.colour)}">■</span>&nbsp;{html.escape(wording.name(area.name))}'
                "&nbsp;" + wording.percent(area.area_m2 / total, 0).replace(" ", "&nbsp;")
            )
    return f"<p>{'&nbsp; '.join(cells)}</p>"
