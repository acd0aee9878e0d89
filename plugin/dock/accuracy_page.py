"""The Accuracy page: a map, reference polygons, and how well they agree."""

from __future__ import annotations

import os
import shutil
from typing import List, Optional

from qgis.core import Qgis, QgsMapLayerProxyModel, QgsProject, QgsRasterLayer
from qgis.gui import QgsMapLayerComboBox
from qgis.PyQt.QtWidgets import (
    QApplication,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from urbangrain.engine.protocol import AssessJob, AssessResult, ProtocolError

from .. import settings, wording
from ..engine.task import EngineTask
from ..i18n import tr
from ..layers import results, sources
from ..paths import temporary_folder
from ..session import Session
from . import theme
from .matrix_widget import MatrixWidget, tab_separated
from .preflight import Line, Verdict, as_html, line_of
from .progress_widget import ProgressWidget
from .reference_picker import ReferencePicker
from .scores_widget import ScoresWidget


class AccuracyPage(QWidget):
    """Pick map, reference and field; the values are matched by name; press Assess."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("accuracyPage")
        self.session = session
        self.result: Optional[AssessResult] = None
        self._task: Optional[EngineTask] = None
        self.map = theme.narrow(QgsMapLayerComboBox())
        self.map.setObjectName("accMap")
        self.map.setFilters(QgsMapLayerProxyModel.Filter.RasterLayer)
        self.map.setToolTip(tr("The class raster to check."))
        self.picker = ReferencePicker(session, "acc", self._class_raster, self)
        self.reference, self.field, self.mapping = self.picker.layer, self.picker.field, self.picker.mapping
        self.hint = theme.paragraph()
        self.hint.setObjectName("accHint")
        self.assess_button = QPushButton(tr("Assess"))
        self.assess_button.setObjectName("accAssess")
        theme.primary(self.assess_button)
        self.assess_button.setToolTip(tr("Compare the map with the reference, pixel by pixel."))
        self.progress = ProgressWidget("acc")
        self.summary = theme.paragraph()
        self.summary.setObjectName("accSummary")
        self.remarks = theme.paragraph(small=True)
        self.remarks.setObjectName("accRemarks")
        self.matrix = MatrixWidget()
        self.scores = ScoresWidget()
        self.copy_button = _button("accCopy", tr("Copy"), tr("Copy both tables, to paste them into a spreadsheet."))
        self.csv_button = _button("accExportCsv", "CSV…", tr("Save the tables as CSV."))
        self.json_button = _button("accExportJson", "JSON…", tr("Save everything as JSON."))
        self.html_button = _button("accExportHtml", "HTML…", tr("Save a report that any browser shows."))
        self._lay_out()

        self.map.layerChanged.connect(self.picker.look)
        self.picker.updated.connect(self._judge)
        self.assess_button.clicked.connect(self.assess)
        self.progress.cancelled.connect(self.cancel)
        self.copy_button.clicked.connect(self.copy)
        self.csv_button.clicked.connect(lambda: self._ask_and_export("csv", tr("CSV files (*.csv)")))
        self.json_button.clicked.connect(lambda: self._ask_and_export("json", tr("JSON files (*.json)")))
        self.html_button.clicked.connect(lambda: self._ask_and_export("html", tr("HTML files (*.html)")))
        self._judge()

    def _lay_out(self) -> None:
        self.form = QWidget()
        rows = QFormLayout(self.form)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        rows.addRow(tr("Class map"), self.map)
        rows.addRow(tr("Reference"), self.reference)
        rows.addRow(tr("Class field"), self.field)
        self.results_box = QWidget()
        column = QVBoxLayout(self.results_box)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.summary)
        column.addWidget(QLabel(tr("Map (rows) against reference (columns), pixels")))
        column.addWidget(self.matrix)
        column.addWidget(QLabel(tr("By class")))
        column.addWidget(self.scores)
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        for button in (self.copy_button, self.csv_button, self.json_button, self.html_button):
            buttons.addWidget(button)
        column.addLayout(buttons)
        column.addWidget(self.remarks)
        self.results_box.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(8, 6, 8, 8)
        for part in (self.form, self.mapping, self.hint, self.assess_button, self.progress, self.results_box):
            whole.addWidget(part)
        whole.addStretch(1)

    def wake(self) -> None:
        """Look anew, as the page is shown."""
        self.picker.look()

    def hold(self, reason: str) -> None:
        """Ask nothing of an engine that is busy elsewhere, and say why; an empty reason ends it."""
        self.picker.hold(reason)

    def close_down(self) -> None:
        """Let go of everything outside this widget."""
        self.picker.pause()
        self._task = None

    def choose_map(self, layer: QgsRasterLayer) -> None:
        """Choose the map to check."""
        self.map.setLayer(layer)

    def offer(self) -> None:
        """Offer the project's class rasters as maps, and polygon layers that were not made here as reference."""
        rasters = [layer for layer in QgsProject.instance().mapLayers().values() if isinstance(layer, QgsRasterLayer)]
        self.map.setExceptedLayerList([layer for layer in rasters if not results.may_be_classes(layer)])
        self.picker.offer()

    def assess(self) -> None:
        """Start an assessment of what the page shows."""
        if self._task is not None or not self.assess_button.isEnabled():
            return
        try:
            classes = sources.raster_path(self.map.currentLayer())
            source = self.picker.source()
            base = os.path.join(temporary_folder(), "accuracy")
            job = AssessJob(
                classes=classes,
                reference=source.path,
                field=self.field.currentField(),
                out=base + ".html",
                csv=base + ".csv",
                json=base + ".json",
                layer=source.layer,
                mapping=self.mapping.value(),
            )
        except sources.UnusableLayer as error:
            self._hint(str(error), "error")
            return
        except ProtocolError as error:
            self._hint(wording.sentence("engine.bad_request", {"reason": str(error)}), "error")
            return
        if source.note:
            self.session.say(source.note)
        name = self.map.currentLayer().name()
        task = self._task = self.session.start(job, tr("UrbanGrain: assessing {map}").format(map=name))
        task.progressed.connect(self.progress.show_progress)
        task.noticed.connect(self.session.say)
        task.succeeded.connect(lambda result: self._finished(task, result))
        task.failed.connect(lambda text: self._failed(task, text))
        task.stopped.connect(lambda: self._ended(task))
        self.picker.pause()
        self.results_box.hide()
        self.result = None
        self.form.setEnabled(False)
        self.mapping.setEnabled(False)
        self.assess_button.setEnabled(False)
        self.progress.begin()
        theme.reveal(self.progress)
        self.session.launch(task)

    def cancel(self) -> None:
        """Stop; answers at once."""
        if self._task is not None:
            self._task.cancel()

    def copy(self) -> None:
        """Put both tables on the clipboard."""
        if self.result is not None:
            text = tab_separated([*self.matrix.text(), [], *self.scores.text()])
            QApplication.clipboard().setText(text)
            self.session.say(tr("The tables are on the clipboard."))

    def export(self, kind: str, path: str) -> bool:
        """Save the report that the engine wrote ('csv', 'json' or 'html') under a name; returns whether it worked."""
        made = getattr(self.result, kind, None) if self.result is not None else None
        if not made:
            return False
        partial = f"{path}.part"
        try:
            shutil.copyfile(made, partial)
            os.replace(partial, path)
        except OSError as error:
            if os.path.exists(partial):
                os.remove(partial)
            text = wording.sentence("file.not_writable", {"path": path, "reason": error.strerror or str(error)})
            self.session.say(text, Qgis.MessageLevel.Critical)
            return False
        self.session.say(tr("Saved {path}.").format(path=path), Qgis.MessageLevel.Success)
        return True

    def _ask_and_export(self, kind: str, kinds: str) -> None:
        start = os.path.join(settings.read("accuracy/folder", os.path.expanduser("~")), f"accuracy.{kind}")
        path, _ = QFileDialog.getSaveFileName(self, tr("Save the report"), start, kinds)
        if path:
            if not os.path.splitext(path)[1]:
                path += f".{kind}"
            settings.write("accuracy/folder", os.path.dirname(path))
            self.export(kind, path)

    def _class_raster(self) -> str:
        if self.map.currentLayer() is None:
            raise sources.UnusableLayer(tr("There is no class raster in the project. Make one on the Map page."))
        return sources.raster_path(self.map.currentLayer())

    def _judge(self) -> None:
        self._show_lines(list(self.picker.lines))
        self.assess_button.setEnabled(self.picker.ready and self._task is None)

    def _finished(self, task: EngineTask, result: AssessResult) -> None:
        if not self._ended(task):
            return
        self.result = result
        self.summary.setText(headline(result))
        self.results_box.show()
        self.matrix.show_result(result)
        self.scores.show_result(result)
        lines = tuple(line_of(remark) for remark in result.remarks)
        self.remarks.setText(as_html(Verdict("ready", lines), self._colour))
        self.remarks.setVisible(bool(lines))

    def _failed(self, task: EngineTask, text: str) -> None:
        if self._ended(task):
            self._hint(text, "error")

    def _ended(self, task: EngineTask) -> bool:
        if task is not self._task:
            return False
        self._task = None
        self.progress.end()
        self.form.setEnabled(True)
        self.mapping.setEnabled(True)
        self.picker.resume()
        self._judge()
        return True

    def _hint(self, text: str, severity: str) -> None:
        self._show_lines([Line(text, severity)])

    def _show_lines(self, lines: List[Line]) -> None:
        self.hint.setText(as_html(Verdict("ready", tuple(lines)), self._colour))
        self.hint.setVisible(bool(lines))

    def _colour(self, severity: str) -> str:
        return theme.colour(self, severity)


def headline(result: AssessResult) -> str:
    """Return the overall scores as rich text."""
    first = tr("OA {value}").format(value=wording.number(result.overall_accuracy, 3))
    rest = " · ".join(
        (
            tr("kappa {value}").format(value=wording.number(result.kappa, 3)),
            tr("mIoU {value}").format(value=wording.number(result.mean_iou, 3)),
            tr("FWIoU {value}").format(value=wording.number(result.fw_iou, 3)),
        )
    )
    pixels = tr("{count} reference pixels").format(count=wording.number(result.pixels))
    return f'<span style="font-size:large"><b>{first}</b></span><br>{rest}<br>{pixels}'


def _button(name: str, text: str, tip: str) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName(name)
    button.setToolTip(tip)
    button.setMinimumWidth(40)
    return button
