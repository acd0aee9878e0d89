"""The Accuracy page: a map, reference polygons, and how well they agree."""

from __future__ import annotations

import os
import shutil
from typing import List, Optional, Tuple

from qgis.core import (
    Qgis,
    QgsFieldProxyModel,
    QgsMapLayerProxyModel,
    QgsProject,
    QgsRasterLayer,
    QgsVectorLayer,
)
from qgis.gui import QgsFieldComboBox, QgsMapLayerComboBox
from qgis.PyQt.QtCore import QTimer
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

from urbangrain.engine.protocol import AssessJob, AssessResult, ClassInfo, MatchJob, MatchResult, ProtocolError

from .. import settings, wording
from ..engine.query import Query
from ..engine.task import EngineTask
from ..i18n import tr
from ..layers import results, sources
from ..layers.reference import MOST_VALUES, distinct, likely_field, likely_reference
from ..paths import temporary_folder
from ..session import Session
from . import mapping_widget, theme
from .mapping_widget import MappingGroup
from .matrix_widget import MatrixWidget, tab_separated
from .preflight import Line, Verdict, _line, as_html
from .progress_widget import ProgressWidget
from .scores_widget import ScoresWidget


class AccuracyPage(QWidget):
    """Pick map, reference and field; the values are matched by name; press Assess."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("accuracyPage")
        self.session = session
        self.result: Optional[AssessResult] = None
        self._task: Optional[EngineTask] = None
        self._query: Optional[Query] = None
        self._reference_chosen = False
        self._classes: Tuple[ClassInfo, ...] = ()
        self._values: List[str] = []
        self.map = theme.narrow(QgsMapLayerComboBox())
        self.map.setObjectName("accMap")
        self.map.setFilters(QgsMapLayerProxyModel.Filter.RasterLayer)
        self.map.setToolTip(tr("The class raster to check."))
        self.reference = theme.narrow(QgsMapLayerComboBox())
        self.reference.setObjectName("accReference")
        self.reference.setFilters(QgsMapLayerProxyModel.Filter.PolygonLayer)
        self.reference.setToolTip(tr("Polygons whose class is known; any coordinate reference system."))
        self.field = theme.narrow(QgsFieldComboBox())
        self.field.setObjectName("accField")
        self.field.setFilters(QgsFieldProxyModel.Filter.String | QgsFieldProxyModel.Filter.Numeric)
        self.field.setToolTip(tr("The field that says which class a polygon is."))
        self.mapping = MappingGroup()
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

        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.setInterval(250)
        self._look.timeout.connect(self._match)
        self.map.layerChanged.connect(self._inputs_changed)
        self.reference.layerChanged.connect(self._reference_changed)
        self.reference.activated.connect(self._chosen_by_person)
        self.field.fieldChanged.connect(self._inputs_changed)
        self.mapping.changed.connect(self._mapping_edited)
        self.assess_button.clicked.connect(self.assess)
        self.progress.cancelled.connect(self.cancel)
        self.copy_button.clicked.connect(self.copy)
        self.csv_button.clicked.connect(lambda: self._ask_and_export("csv", tr("CSV files (*.csv)")))
        self.json_button.clicked.connect(lambda: self._ask_and_export("json", tr("JSON files (*.json)")))
        self.html_button.clicked.connect(lambda: self._ask_and_export("html", tr("HTML files (*.html)")))
        self._reference_changed(self.reference.currentLayer())

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
        self._look.start()

    def close_down(self) -> None:
        """Let go of everything outside this widget."""
        self._look.stop()
        self._drop()
        self._task = None

    def choose_map(self, layer: QgsRasterLayer) -> None:
        """Choose the map to check."""
        self.map.setLayer(layer)

    def offer(self) -> None:
        """Offer the project's class rasters as maps, and polygon layers that were not made here as reference."""
        layers = list(QgsProject.instance().mapLayers().values())
        rasters = [layer for layer in layers if isinstance(layer, QgsRasterLayer)]
        vectors = [layer for layer in layers if isinstance(layer, QgsVectorLayer)]
        self.map.setExceptedLayerList([layer for layer in rasters if not results.may_be_classes(layer)])
        self.reference.setExceptedLayerList([layer for layer in vectors if layer.customProperty(results.ROLE_PROPERTY)])
        if not self._reference_chosen:
            likely = [layer for layer in vectors if likely_reference(layer)]
            if likely and self.reference.currentLayer() not in likely:
                self.reference.setLayer(likely[0])

    def _chosen_by_person(self, *_: object) -> None:
        self._reference_chosen = True

    def assess(self) -> None:
        """Start an assessment of what the page shows."""
        if self._task is not None or not self.assess_button.isEnabled():
            return
        layer = self.reference.currentLayer()
        try:
            classes = sources.raster_path(self.map.currentLayer())
            source = sources.polygon_source(layer)
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
        mapping_widget.save(layer, job.field, self._classes, self.mapping.value())
        name = self.map.currentLayer().name()
        task = self._task = self.session.start(job, tr("UrbanGrain: assessing {map}").format(map=name))
        task.progressed.connect(self.progress.show_progress)
        task.noticed.connect(self.session.say)
        task.succeeded.connect(lambda result: self._finished(task, result))
        task.failed.connect(lambda text: self._failed(task, text))
        task.stopped.connect(lambda: self._ended(task))
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

    def _reference_changed(self, layer: Optional[QgsVectorLayer]) -> None:
        self.field.setLayer(layer)
        if layer is not None:
            self.field.setField(likely_field(layer))
        self._inputs_changed()

    def _inputs_changed(self, *_: object) -> None:
        self.assess_button.setEnabled(False)
        self._look.start()

    def _match(self) -> None:
        """Ask the engine which value means which class."""
        if self._task is not None:
            return
        self._drop()
        self.assess_button.setEnabled(False)
        layer, field = self.reference.currentLayer(), self.field.currentField()
        try:
            if self.map.currentLayer() is None:
                raise sources.UnusableLayer(tr("There is no class raster in the project. Make one on the Map page."))
            classes = sources.raster_path(self.map.currentLayer())
            if layer is None:
                raise sources.UnusableLayer(tr("Add a polygon layer with reference classes to the project."))
            if not field:
                raise sources.UnusableLayer(tr("{layer} has no field with classes.").format(layer=layer.name()))
            values = distinct(layer, field)
            if len(values) > MOST_VALUES:
                raise sources.UnusableLayer(
                    tr("The field {field} has more than {count} values. Choose one that holds classes.").format(
                        field=field, count=wording.number(MOST_VALUES)
                    )
                )
        except sources.UnusableLayer as error:
            self.mapping.clear()
            self._hint(str(error), "info")
            return
        self._values = values
        self._hint(tr("Matching the values with the classes…"), "info")
        self._query = self.session.ask(MatchJob(classes, tuple(values)), self._matched, self._refused, self)

    def _matched(self, answer: MatchResult) -> None:
        self._query = None
        layer = self.reference.currentLayer()
        if layer is None:
            return
        self._classes = answer.class_infos
        mapping = dict(answer.mapping)
        mapping.update(mapping_widget.load(layer, self.field.currentField(), self._classes) or {})
        self.mapping.show_mapping(self._values, self._classes, mapping)
        theme.tab_order(self.mapping)
        self._judge()

    def _mapping_edited(self) -> None:
        layer = self.reference.currentLayer()
        if layer is not None:
            mapping_widget.save(layer, self.field.currentField(), self._classes, self.mapping.value())
        self._judge()

    def _judge(self) -> None:
        matched = self.mapping.value()
        layer = self.reference.currentLayer()
        lines = []
        if not matched:
            lines.append(Line(tr("No value is matched to a class. Open Mapping and choose classes."), "error"))
        elif len(matched) < len(self._values):
            left = ", ".join(value for value in self._values if value not in matched)
            lines.append(Line(tr("Left out, because no class is chosen: {values}.").format(values=left), "warning"))
        if layer is not None and sources.has_unsaved_edits(layer):
            text = tr("{layer} is being edited: its unsaved edits are included.").format(layer=layer.name())
            lines.append(Line(text, "warning"))
        self._show_lines(lines)
        self.assess_button.setEnabled(bool(matched) and self._task is None)

    def _refused(self, code: str, values: dict) -> None:
        self._query = None
        self.mapping.clear()
        self._hint(wording.sentence(code, values), "error")

    def _drop(self) -> None:
        if self._query is not None:
            self._query.drop()
            self._query = None

    def _finished(self, task: EngineTask, result: AssessResult) -> None:
        if not self._ended(task):
            return
        self.result = result
        self.summary.setText(headline(result))
        self.results_box.show()
        self.matrix.show_result(result)
        self.scores.show_result(result)
        lines = tuple(_line(remark) for remark in result.remarks)
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
