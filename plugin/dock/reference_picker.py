"""Reference polygons as a person picks them: layer, class field, and which value means which class."""

from __future__ import annotations

from typing import Callable, List, Optional, Tuple

from qgis.core import QgsFieldProxyModel, QgsMapLayerProxyModel, QgsProject, QgsVectorLayer
from qgis.gui import QgsFieldComboBox, QgsMapLayerComboBox
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from urbangrain.engine.protocol import ClassInfo, MatchJob, MatchResult

from .. import wording
from ..engine.query import Query
from ..i18n import tr
from ..layers import results, sources
from ..layers.reference import MOST_VALUES, distinct, likely_field, likely_reference
from ..session import Session
from . import mapping_widget, theme
from .mapping_widget import MappingGroup
from .preflight import Line, by_severity

DELAY_MS = 250


class ReferencePicker(QObject):
    """Keeps three widgets in step, which their owner lays out: ``layer``, ``field`` and ``mapping``.

    The engine matches values with classes by name a moment after the last change; what a person chose before for the
    same layer and field comes first. ``updated`` tells of every change of ``ready`` and ``lines``.

    Parameters
    ----------
    name : str
        How the widgets' names begin.
    classes_of : callable
        Returns the class raster or the model whose classes are meant; raises `UnusableLayer`.
    wanted : callable
        Whether the polygons are needed at all now; nothing is asked while they are not.
    missing : str
        Severity of what a person has yet to choose.
    """

    updated = pyqtSignal()

    def __init__(
        self,
        session: Session,
        name: str,
        classes_of: Callable[[], str],
        parent: Optional[QObject] = None,
        wanted: Callable[[], bool] = lambda: True,
        missing: str = "info",
    ) -> None:
        super().__init__(parent)
        self._session, self._classes_of, self._wanted, self._missing = session, classes_of, wanted, missing
        self._query: Optional[Query] = None
        self._chosen = False
        self._paused = False
        self._stale = False  # something changed while it was paused
        self._held = ""
        self._classes: Tuple[ClassInfo, ...] = ()
        self._values: List[str] = []
        self.ready = False
        self.lines: Tuple[Line, ...] = ()
        self.layer = theme.narrow(QgsMapLayerComboBox())
        self.layer.setObjectName(f"{name}Reference")
        self.layer.setFilters(QgsMapLayerProxyModel.Filter.PolygonLayer)
        self.layer.setToolTip(tr("Polygons whose class is known; any coordinate reference system."))
        self.field = theme.narrow(QgsFieldComboBox())
        self.field.setObjectName(f"{name}Field")
        self.field.setFilters(QgsFieldProxyModel.Filter.String | QgsFieldProxyModel.Filter.Numeric)
        self.field.setToolTip(tr("The field that says which class a polygon is."))
        self.mapping = MappingGroup(name)
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.setInterval(DELAY_MS)
        self._look.timeout.connect(self.match)
        self.layer.layerChanged.connect(self._layer_changed)
        self.layer.activated.connect(self._chosen_by_person)
        self.field.fieldChanged.connect(self.look)
        self.mapping.changed.connect(self._edited)
        self._layer_changed(self.layer.currentLayer())

    def offer(self) -> None:
        """Offer the project's polygon layers that were not made here, the likeliest first, until a person chooses."""
        layers = QgsProject.instance().mapLayers().values()
        vectors = [layer for layer in layers if isinstance(layer, QgsVectorLayer)]
        self.layer.setExceptedLayerList([layer for layer in vectors if layer.customProperty(results.ROLE_PROPERTY)])
        if not self._chosen:
            likely = [layer for layer in vectors if likely_reference(layer)]
            if likely and self.layer.currentLayer() not in likely:
                self.layer.setLayer(likely[0])

    def look(self, *_: object) -> None:
        """Match soon; until then nothing is ready."""
        self.ready = False
        if self._paused:
            self._stale = True
        else:
            self._look.start()
        self.updated.emit()

    def pause(self) -> None:
        """Ask nothing while a job runs: it would wait behind the job."""
        self._stale = self._look.isActive() or self._query is not None
        self._paused = True
        self._look.stop()
        self._drop()

    def resume(self) -> None:
        """Go on; what was matched still counts unless something has changed."""
        self._paused = False
        if self._stale:
            self._stale = False
            self.look()

    def hold(self, reason: str) -> None:
        """Say ``reason`` instead of asking, until it is empty again: the engine is busy with something long."""
        self._held = reason
        self.look()

    def source(self) -> sources.VectorSource:
        """Return the polygons as a file, and keep the mapping with the layer; raises `UnusableLayer`."""
        layer = self.layer.currentLayer()
        source = sources.polygon_source(layer)
        mapping_widget.save(layer, self.field.currentField(), self._classes, self.mapping.value())
        return source

    def match(self) -> None:
        """Ask the engine now which value means which class."""
        if self._paused:
            return
        self._look.stop()
        self._drop()
        if not self._wanted():
            self._say(False, [])
            return
        if self._held:
            self._say(False, [Line(self._held, "info")])
            return
        try:
            classes, values = self._classes_of(), self._distinct()
        except sources.UnusableLayer as error:
            self.mapping.clear()
            self._say(False, [Line(str(error), self._missing)])
            return
        self._values = values
        self._say(False, [Line(tr("Matching the values with the classes…"), "info")])
        self._query = self._session.ask(MatchJob(classes, tuple(values)), self._matched, self._refused, self)

    def _distinct(self) -> List[str]:
        layer, field = self.layer.currentLayer(), self.field.currentField()
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
        return values

    def _matched(self, answer: MatchResult) -> None:
        self._query = None
        layer = self.layer.currentLayer()
        if layer is None:
            return
        self._classes = answer.class_infos
        mapping = dict(answer.mapping)
        mapping.update(mapping_widget.load(layer, self.field.currentField(), self._classes) or {})
        self.mapping.show_mapping(self._values, self._classes, mapping)
        theme.tab_order(self.mapping)
        self._judge()

    def _refused(self, code: str, values: dict) -> None:
        self._query = None
        self.mapping.clear()
        self._say(False, [Line(wording.sentence(code, values), "error")])

    def _edited(self) -> None:
        layer = self.layer.currentLayer()
        if layer is not None:
            mapping_widget.save(layer, self.field.currentField(), self._classes, self.mapping.value())
        self._judge()

    def _judge(self) -> None:
        matched = self.mapping.value()
        layer = self.layer.currentLayer()
        lines = []
        if not matched:
            lines.append(Line(tr("No value is matched to a class. Open Mapping and choose classes."), "error"))
        elif len(matched) < len(self._values):
            left = ", ".join(value for value in self._values if value not in matched)
            lines.append(Line(tr("Left out, because no class is chosen: {values}.").format(values=left), "warning"))
        if layer is not None and sources.has_unsaved_edits(layer):
            text = tr("{layer} is being edited: its unsaved edits are included.").format(layer=layer.name())
            lines.append(Line(text, "warning"))
        self._say(bool(matched), lines)

    def _say(self, ready: bool, lines: List[Line]) -> None:
        self.ready, self.lines = ready, by_severity(lines)
        self.updated.emit()

    def _layer_changed(self, layer: Optional[QgsVectorLayer]) -> None:
        self.field.setLayer(layer)
        if layer is not None:
            self.field.setField(likely_field(layer))
        self.look()

    def _chosen_by_person(self, *_: object) -> None:
        self._chosen = True

    def _drop(self) -> None:
        if self._query is not None:
            self._query.drop()
            self._query = None
