"""What a task on parcels has made, how long it took, and the next steps."""

from __future__ import annotations

import html
import os
from typing import List, Optional, Sequence

from qgis.core import QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QUrl, pyqtSignal
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from urbangrain.engine.protocol import ClassifyResult, MakeParcelsResult, Remark

from .. import wording
from ..i18n import tr
from ..layers import parcels
from . import theme
from .preflight import Line, Verdict, as_html, by_severity, line_of

SURE = ("4", "5")  # quality levels of parcels whose label can be relied on


class ParcelsResult(QFrame):
    """Some lines, and the buttons Show, By quality (of classified parcels), Classify (of cut ones) and Open folder."""

    show_clicked = pyqtSignal(object)  # the layer
    classify_clicked = pyqtSignal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(f"{name}Result")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._layer = ""
        self._out = ""
        self.text = theme.paragraph()
        self.text.setObjectName(f"{name}ResultText")
        self.show_button = _button(f"{name}Show", tr("Show"), tr("Zoom the map canvas to the result."))
        self.style_button = _button(
            f"{name}Style", tr("By quality"), tr("Colour the layer by how sure its labels are, or by class again.")
        )
        self.classify_button = _button(
            f"{name}Classify", tr("Classify"), tr("Go on with these parcels: say what their land is used for.")
        )
        self.folder_button = _button(
            f"{name}OpenFolder", tr("Open folder"), tr("Open the folder with the file that was made.")
        )
        self._buttons = QWidget()
        row = QHBoxLayout(self._buttons)
        row.setContentsMargins(0, 0, 0, 0)
        for button in (self.show_button, self.style_button, self.classify_button, self.folder_button):
            row.addWidget(button)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.addWidget(self.text)
        layout.addWidget(self._buttons)
        self.show_button.clicked.connect(self._show)
        self.style_button.clicked.connect(self._switch)
        self.classify_button.clicked.connect(self.classify_clicked)
        self.folder_button.clicked.connect(self._open_folder)
        self.hide()

    def show_made(self, result: MakeParcelsResult, layer: Optional[QgsVectorLayer], said: Sequence[Line] = ()) -> None:
        """Say how many parcels were cut; remarks that stand in the pre-flight lines (``said``) are not repeated."""
        self._present(result.out, layer)
        lines = [Line(headline_of_made(result), "ok")]
        lines += [Line(text, "info") for text in (left_out(result),) if text]
        self._say(lines + _news(result.remarks, said))
        self._offer(show=layer is not None, classify=layer is not None)

    def show_land_use(self, result: ClassifyResult, layer: Optional[QgsVectorLayer], said: Sequence[Line] = ()) -> None:
        """Say how many parcels are of which class, how sure that is, and what it was told from; ``said`` as above."""
        self._present(result.out, layer)
        lines = [Line(headline_of_land_use(result), "ok")]
        lines += [Line(text, "info") for text in (surety(result), sources_used(result)) if text]
        self._say(lines + _news(result.remarks, said), counts_html(result))
        self._offer(show=layer is not None, style=layer is not None)
        if layer is not None:
            layer.styleManager().currentStyleChanged.connect(self._word_switch)
        self._word_switch()

    def show_failure(self, text: str) -> None:
        """Say why nothing was made."""
        self._present("", None)
        self._say([Line(text, "error")])
        self._buttons.hide()

    def show_stopped(self) -> None:
        """Say that the person stopped it."""
        self._present("", None)
        self._say([Line(tr("Cancelled. Nothing was left behind."), "info")])
        self._buttons.hide()

    def layer(self) -> Optional[QgsVectorLayer]:
        """Return the layer that was made, if it is still in the project."""
        found = QgsProject.instance().mapLayer(self._layer) if self._layer else None
        return found if isinstance(found, QgsVectorLayer) else None

    def _present(self, out: str, layer: Optional[QgsVectorLayer]) -> None:
        self._out, self._layer = out, layer.id() if layer is not None else ""

    def _offer(self, show: bool, style: bool = False, classify: bool = False) -> None:
        self.show_button.setVisible(show)
        self.style_button.setVisible(style)
        self.classify_button.setVisible(classify)
        self._buttons.show()

    def _say(self, lines: Sequence[Line], more: str = "") -> None:
        verdict = Verdict("ready", tuple(lines))
        self.text.setText(as_html(verdict, lambda severity: theme.colour(self, severity)) + more)
        self.show()

    def _show(self) -> None:
        layer = self.layer()
        if layer is not None:
            self.show_clicked.emit(layer)

    def _switch(self) -> None:
        layer = self.layer()
        if layer is not None:
            parcels.show_by_quality(layer, not parcels.by_quality(layer))
            layer.triggerRepaint()
        self._word_switch()

    def _word_switch(self, *_: object) -> None:
        layer = self.layer()
        quality = layer is not None and parcels.by_quality(layer)
        self.style_button.setText(tr("By land use") if quality else tr("By quality"))

    def _open_folder(self) -> None:
        if self._out:
            QDesktopServices.openUrl(QUrl.fromLocalFile(os.path.dirname(self._out)))


def _news(remarks: Sequence[Remark], said: Sequence[Line]) -> List[Line]:
    return [line for line in by_severity(map(line_of, remarks)) if line not in said]


def headline_of_made(result: MakeParcelsResult) -> str:
    """Return how many parcels were cut, by how many roads, and how long it took, in a sentence."""
    return tr("Cut {count} parcels ({area}) by {roads} roads in {time}.").format(
        count=wording.number(result.parcels),
        area=wording.area(result.area_m2),
        roads=wording.number(result.roads),
        time=wording.span(result.seconds),
    )


def left_out(result: MakeParcelsResult) -> str:
    """Return how many pieces are no parcels; empty when all are."""
    if not result.dropped:
        return ""
    text = tr("Pieces left out, too narrow or out of the range of areas: {count}.")
    return text.format(count=wording.number(result.dropped))


def headline_of_land_use(result: ClassifyResult) -> str:
    """Return how many parcels were classified, how long it took and on which device, in a sentence."""
    return tr("Classified {count} of {parcels} parcels in {time} on {device}.").format(
        count=wording.number(result.classified),
        parcels=wording.number(result.parcels),
        time=wording.span(result.seconds),
        device=wording.device(result.device),
    )


def surety(result: ClassifyResult) -> str:
    """Return how many of the classified parcels have a level that can be relied on."""
    if not result.classified:
        return ""
    sure = sum(result.levels.get(level, 0) for level in SURE)
    return tr("Quality 4 to 5 (probability from 0.9): {count} ({share}).").format(
        count=wording.number(sure), share=wording.percent(sure / result.classified, 0).replace(" ", "\u00a0")
    )


def sources_used(result: ClassifyResult) -> str:
    """Return how many parcels each source told something of; sources that were not given are left out."""
    names = {"image": tr("image"), "poi": tr("points of interest"), "density": tr("user density")}
    used: List[str] = [
        tr("{source} ({count})").format(source=name, count=wording.number(result.used[source]))
        for source, name in names.items()
        if result.used.get(source)
    ]
    return tr("Used: {sources}.").format(sources=", ".join(used)) if used else ""


def counts_html(result: ClassifyResult) -> str:
    """Return how many parcels are of each class with its colour, most first."""
    colours = {info.name: info.colour for info in result.class_infos}
    rows = []
    for name, count in sorted(result.counts.items(), key=lambda item: -item[1]):
        if count:
            rows.append(
                f'<tr><td><span style="color:{html.escape(colours.get(name, "#777777"))}">■</span>&nbsp;</td>'
                f"<td>{html.escape(wording.name(name))}&nbsp;&nbsp;</td>"
                f'<td align="right">{wording.number(count)}</td></tr>'
            )
    return f'<table cellspacing="0" cellpadding="1">{"".join(rows)}</table>' if rows else ""


def _button(name: str, text: str, tip: str) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName(name)
    button.setToolTip(tip)
    return button
