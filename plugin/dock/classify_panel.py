"""Classify parcels: a model says what their land is used for, from whatever is known of them."""

from __future__ import annotations

import os
from typing import Optional, Sequence, Tuple

from qgis.core import Qgis, QgsMapLayerProxyModel, QgsProject, QgsVectorLayer
from qgis.gui import QgsMapLayerComboBox
from qgis.PyQt.QtWidgets import QFormLayout, QLabel, QVBoxLayout

from urbangrain.engine.protocol import ClassifyJob, ClassifyResult, InspectJob

from .. import wording
from ..i18n import tr
from ..layers import likely, parcels, sources
from ..session import Session
from . import theme
from .catalogue import ModelCatalogue
from .classify_advanced import ClassifyAdvanced
from .job_panel import JobPanel, Plan, edit_warnings
from .model_widget import ModelWidget
from .parcel_sources import ParcelSources
from .parcels_output import ParcelsOutput
from .preflight import Line, Preflight, Verdict


class ClassifyPanel(JobPanel):
    """Parcels, a model of parcels, and at least one source."""

    def __init__(self, session: Session, catalogue: ModelCatalogue) -> None:
        super().__init__(
            session, "parcelsLandUse", tr("Classify"), tr("Classify the parcels in the background (Ctrl+Return).")
        )
        self.catalogue = catalogue
        self._wanted_model = ""
        self._by_person = False
        self._name = self._model_title = ""
        self.parcels = theme.narrow(QgsMapLayerComboBox())
        self.parcels.setObjectName("parcelsLayer")
        self.parcels.setFilters(QgsMapLayerProxyModel.Filter.PolygonLayer)
        self.parcels.setToolTip(tr("The polygons to classify; any coordinate reference system."))
        self.model = ModelWidget(
            "parcels", tr("The model that classifies. The line below says what its card states."), _of_parcels
        )
        self.sources = ParcelSources()
        self.advanced = ClassifyAdvanced()
        self.output = ParcelsOutput("parcelsLandUse", "land_use")
        rows = QFormLayout()
        rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        rows.addRow(tr("Parcels"), self.parcels)
        rows.addRow(tr("Model"), self.model)
        names = [rows.labelForField(self.parcels), rows.labelForField(self.model), *self.sources.labels.values()]
        theme.level([name for name in names if isinstance(name, QLabel)])
        column = QVBoxLayout(self.form)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(rows)
        for part in (self.sources, self.advanced, self.output):
            column.addWidget(part)
        self._stack()

        self.check = Preflight(session, self._to_inspect, self, mapping=False)
        self.check.updated.connect(self._inspected)
        self.parcels.activated.connect(self._chosen)
        self.parcels.layerChanged.connect(self._parcels_changed)
        self.model.changed.connect(self._model_changed)
        self.model.opened.connect(self.open_model)
        self.sources.image_changed.connect(self.check.schedule)
        for signal in (self.sources.changed, self.advanced.changed, self.output.changed):
            signal.connect(self.judge)
        session.engine_greeted.connect(lambda hello: self.advanced.device.offer(hello.devices))
        catalogue.waiting.connect(self._models_on_their_way)
        catalogue.came.connect(self._models_came)
        catalogue.refused.connect(lambda _code, text: self._models_refused(text))
        self._parcels_changed(self.parcels.currentLayer())

    def offer(self) -> None:
        """Choose the likeliest layers of the project, until a person chooses."""
        layers = likely.parcels()
        if layers and not self._by_person:
            self.parcels.setLayer(layers[0])
        self.sources.offer()
        self.judge()

    def wake(self) -> None:
        """Look anew, as the page is shown."""
        self.check.schedule()
        self.judge()

    def hold(self, reason: str) -> None:
        """Ask nothing of an engine that is busy elsewhere, and say why; an empty reason ends it."""
        self.check.hold(reason)
        super().hold(reason)

    def close_down(self) -> None:
        """Let go of everything outside this widget."""
        self.check.close()
        super().close_down()

    def choose_parcels(self, layer: QgsVectorLayer) -> None:
        """Take a layer, as a person would."""
        self.parcels.setLayer(layer)
        self._by_person = True

    def open_model(self, path: str) -> None:
        """Use a model file from now on: it joins the list and is chosen."""
        self._wanted_model = path
        self.catalogue.add(path)

    def _look(self) -> Tuple[bool, Sequence[Line]]:
        layer, info = self.parcels.currentLayer(), self.model.current()
        if layer is None:
            return False, [
                Line(tr("Add a polygon layer with parcels to the project, or cut some from streets."), "info")
            ]
        lines = edit_warnings(layer) + self.sources.lines(layer)
        names = self.sources.names()
        if not names:
            text = tr("Choose an image, points of interest or the user density: one at least.")
            return False, [*lines, Line(text, "error")]
        if self.output.problem():
            lines.append(Line(self.output.problem(), "error"))
        text = tr("Parcels to classify: {count}. They are told by: {sources}.").format(
            count=_count(layer), sources=", ".join(names)
        )
        lines.append(Line(text, "info"))
        ready = info is not None
        if self.sources.image.currentLayer() is not None and info is not None:
            lines += self.check.verdict.lines
            ready = self.check.verdict.can_run
        if self.output.note():
            lines.append(Line(self.output.note(), "info"))
        return ready, lines

    def _plan(self) -> Plan:
        layer, info = self.parcels.currentLayer(), self.model.current()
        if info is None:
            raise sources.UnusableLayer(tr("Choose a model."))
        source = sources.polygon_source(layer)
        values, note = self.sources.value()
        self._name, self._model_title = layer.name(), info.title
        job = ClassifyJob(
            parcels=source.path,
            out=self.output.path(),
            model=info.path,
            layer=source.layer,
            **values,
            **self.advanced.value(),
        )
        title = tr("UrbanGrain: classifying {parcels}").format(parcels=self._name)
        return Plan(job, title, tuple(text for text in (source.note, note) if text))

    def _remember(self) -> None:
        self._by_person = True  # what was run stays chosen when layers come
        for part in (self.model, self.sources.density, self.advanced, self.output):
            part.remember()

    def _made(self, result: ClassifyResult) -> None:
        layer = parcels.add_land_use(QgsProject.instance(), result, self._name, self._model_title)
        self.result.show_land_use(result, layer, self._said)
        text = tr("The land use of {parcels} is ready.").format(parcels=self._name)
        self.session.say(text, Qgis.MessageLevel.Success)

    def _pause(self, on: bool) -> None:
        if on:
            self.check.pause()
        else:
            self.check.resume()

    def _to_inspect(self) -> Tuple[Optional[InspectJob], Sequence[Line]]:
        layer, info = self.sources.image.currentLayer(), self.model.current()
        if layer is None or info is None or not self.isVisible():
            return None, []
        role = self.sources.bands.missing()
        if role is not None:
            raise sources.UnusableLayer(wording.sentence("bands.required_absent", {"role": role}))
        bands = self.sources.bands.value()
        return InspectJob(sources.raster_path(layer), info.path, bands, for_parcels=True), []

    def _inspected(self, verdict: Verdict) -> None:
        info = self.model.current()
        if verdict.result is not None and info is not None and verdict.state in ("ready", "problem"):
            self.sources.bands.show_bands(info.bands, verdict.result.bands, verdict.result.bands_guess)
            theme.tab_order(self.sources.bands)
        self.judge()

    def _chosen(self, *_: object) -> None:
        self._by_person = True

    def _parcels_changed(self, layer: Optional[QgsVectorLayer]) -> None:
        self.sources.of_parcels(layer)
        self.judge()

    def _model_changed(self) -> None:
        self.sources.bands.reset()
        self.check.schedule()
        self.judge()

    def _models_on_their_way(self) -> None:
        self.model.wait()
        self.refuse("")

    def _models_came(self) -> None:
        models = self.catalogue.parcel_models
        wanted, self._wanted_model = self._wanted_model, ""
        if models:
            self.model.fill(models)
            self.refuse("")
        else:
            text = tr("The engine found no model of parcels. Open one of your own beside the list.")
            self.model.fail(text)
            self.refuse(text)
        if wanted and not self.model.choose_file(wanted):
            name = os.path.basename(wanted)
            text = wording.sentence("model.not_of_parcels", {"model": name})
            self.session.say(text, Qgis.MessageLevel.Warning)

    def _models_refused(self, text: str) -> None:
        self.model.fail(text)
        self.refuse(text)


def _of_parcels(info) -> bool:
    return bool(info.of_parcels)


def _count(layer: QgsVectorLayer) -> str:
    """Return how many features a layer has; a dash where its source does not say."""
    count = layer.featureCount()
    return wording.number(count) if count >= 0 else "–"
