"""Cut parcels from streets: a boundary, its roads, and how wide they are."""

from __future__ import annotations

from typing import List, Optional, Sequence, Tuple

from qgis.core import Qgis, QgsFieldProxyModel, QgsMapLayerProxyModel, QgsProject, QgsVectorLayer
from qgis.gui import QgsFieldComboBox, QgsMapLayerComboBox
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QFormLayout, QVBoxLayout

from urbangrain.engine.protocol import MakeParcelsJob, MakeParcelsResult

from .. import wording
from ..i18n import tr
from ..layers import likely, parcels, sources
from ..layers.reference import MOST_VALUES, distinct
from ..session import Session
from . import theme
from .job_panel import JobPanel, Plan, edit_warnings
from .parcel_sizes_widget import ParcelSizesGroup
from .parcels_output import ParcelsOutput
from .preflight import Line
from .road_widths_widget import RoadWidthsGroup


class MakeParcelsPanel(JobPanel):
    """``made`` gives the layer of new parcels."""

    made = pyqtSignal(object)

    def __init__(self, session: Session) -> None:
        super().__init__(
            session, "parcelsCut", tr("Cut parcels"), tr("Cut the parcels in the background (Ctrl+Return).")
        )
        self.boundary = theme.narrow(QgsMapLayerComboBox())
        self.boundary.setObjectName("parcelsBoundary")
        self.boundary.setFilters(QgsMapLayerProxyModel.Filter.PolygonLayer)
        self.boundary.setToolTip(
            tr("The polygons to cut, such as a city's border. Borders between them are borders of parcels too.")
        )
        self.roads = theme.narrow(QgsMapLayerComboBox())
        self.roads.setObjectName("parcelsRoads")
        self.roads.setFilters(QgsMapLayerProxyModel.Filter.LineLayer)
        self.roads.setToolTip(tr("Lines that cut; any coordinate reference system. What lies in tunnels does not cut."))
        self.field = theme.narrow(QgsFieldComboBox())
        self.field.setObjectName("parcelsRoadField")
        self.field.setFilters(QgsFieldProxyModel.Filter.String | QgsFieldProxyModel.Filter.Numeric)
        self.field.setAllowEmptyFieldName(True)
        self.field.setToolTip(
            tr("The field with the class of a road, such as highway. Empty: all roads are equally wide.")
        )
        self.widths = RoadWidthsGroup()
        self.sizes = ParcelSizesGroup()
        self.output = ParcelsOutput("parcelsCut", "parcels")
        rows = QFormLayout()
        rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        rows.addRow(tr("Boundary"), self.boundary)
        rows.addRow(tr("Roads"), self.roads)
        rows.addRow(tr("Class field"), self.field)
        column = QVBoxLayout(self.form)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(rows)
        for group in (self.widths, self.sizes, self.output):
            column.addWidget(group)
        self._stack()
        self._too_many = False
        self._chosen = {self.boundary: False, self.roads: False}
        self._name = ""

        for combo in self._chosen:
            combo.activated.connect(lambda _index, combo=combo: self._chosen.update({combo: True}))
        self.boundary.layerChanged.connect(self.judge)
        self.roads.layerChanged.connect(self._roads_changed)
        self.field.fieldChanged.connect(self._read_classes)
        for group in (self.widths, self.sizes, self.output):
            group.changed.connect(self.judge)
        self._roads_changed(self.roads.currentLayer())

    def offer(self) -> None:
        """Choose the likeliest layers of the project, until a person chooses."""
        for combo, layers in ((self.boundary, likely.boundaries()), (self.roads, likely.roads())):
            if layers and not self._chosen[combo]:
                combo.setLayer(layers[0])
        self.judge()

    def wake(self) -> None:
        """Look anew, as the page is shown: layers may have been edited."""
        self._read_classes()

    def _roads_changed(self, layer: Optional[QgsVectorLayer]) -> None:
        self.field.blockSignals(True)
        self.field.setLayer(layer)
        self.field.setField(likely.road_field(layer) if layer is not None else "")
        self.field.blockSignals(False)
        self._read_classes()

    def _read_classes(self, *_: object) -> None:
        layer, field = self.roads.currentLayer(), self.field.currentField()
        values: List[str] = distinct(layer, field) if layer is not None and field else []
        self._too_many = len(values) > MOST_VALUES
        self.widths.show_values([] if self._too_many else values)
        self.judge()

    def _look(self) -> Tuple[bool, Sequence[Line]]:
        boundary, roads = self.boundary.currentLayer(), self.roads.currentLayer()
        if boundary is None:
            return False, [Line(tr("Add a polygon layer with the boundary to the project."), "info")]
        if roads is None:
            return False, [Line(tr("Add a line layer with roads to the project."), "info")]
        lines = edit_warnings(boundary, roads)
        if self._too_many:
            text = tr("The field {field} has more than {count} values. Choose one that holds classes.")
            text = text.format(field=self.field.currentField(), count=wording.number(MOST_VALUES))
            lines.append(Line(text, "error"))
        for problem in (self.sizes.problem(), self.output.problem()):
            if problem:
                lines.append(Line(problem, "error"))
        text = tr("{boundary} (polygons: {polygons}) is cut by {roads} (lines: {lines}).").format(
            boundary=boundary.name(), polygons=_count(boundary), roads=roads.name(), lines=_count(roads)
        )
        lines.append(Line(text, "info"))
        if not self.field.currentField():
            text = tr("All roads are {width} wide, because no class field is chosen.")
            lines.append(Line(text.format(width=wording.metres(self.widths.other.value())), "info"))
        if self.output.note():
            lines.append(Line(self.output.note(), "info"))
        return True, lines

    def _plan(self) -> Plan:
        layer = self.boundary.currentLayer()
        boundary = sources.polygon_source(layer)
        roads = sources.line_source(self.roads.currentLayer())
        self._name = layer.name()
        job = MakeParcelsJob(
            boundary=boundary.path,
            roads=roads.path,
            out=self.output.path(),
            boundary_layer=boundary.layer,
            roads_layer=roads.layer,
            road_field=self.field.currentField(),
            **self.widths.value(),
            **self.sizes.value(),
        )
        title = tr("UrbanGrain: cutting parcels of {boundary}").format(boundary=self._name)
        return Plan(job, title, tuple(note for note in (boundary.note, roads.note) if note))

    def _remember(self) -> None:
        self._chosen = dict.fromkeys(self._chosen, True)  # what was run stays chosen when layers come
        for part in (self.widths, self.sizes, self.output):
            part.remember()

    def _made(self, result: MakeParcelsResult) -> None:
        layer = parcels.add_made_parcels(QgsProject.instance(), result, self._name)
        self.result.show_made(result, layer, self._said)
        text = tr("The parcels of {boundary} are ready.").format(boundary=self._name)
        self.session.say(text, Qgis.MessageLevel.Success)
        if layer is not None:
            self.made.emit(layer)


def _count(layer: QgsVectorLayer) -> str:
    """Return how many features a layer has; a dash where its source does not say."""
    count = layer.featureCount()
    return wording.number(count) if count >= 0 else "–"
