"""The Map page: pick an image, a model and an area, see what will happen, run."""

from __future__ import annotations

import html
import os
from dataclasses import replace
from typing import Any, Dict, List, Optional, Tuple

from qgis.core import Qgis, QgsLayerTreeGroup, QgsMapLayer, QgsMapLayerProxyModel, QgsProject, QgsRasterLayer
from qgis.gui import QgsMapLayerComboBox
from qgis.PyQt.QtCore import Qt, QUrl, pyqtSignal
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from urbangrain.engine.protocol import InspectJob, MapJob, MapResult, ProtocolError

from .. import wording
from ..engine.task import EngineTask
from ..i18n import tr
from ..layers import results, sources
from ..session import Session
from . import theme
from .area_widget import AreaWidget
from .bands_widget import BandsGroup
from .catalogue import ModelCatalogue
from .cleanup_widget import CleanupGroup
from .live_view import LiveView, Subject
from .live_widget import LiveWidget
from .model_widget import ModelWidget
from .outputs_widget import OutputsGroup
from .preflight import Line, Preflight, Verdict, as_html
from .progress_widget import ProgressWidget
from .result_widget import ResultWidget
from .sampling_widget import SamplingGroup

_BY_KEYBOARD = Qt.TextInteractionFlag.LinksAccessibleByKeyboard


class MapPage(QWidget):
    """Settings from top to bottom in the order in which a person decides; one primary button."""

    assess_requested = pyqtSignal(object)
    settings_requested = pyqtSignal()

    def __init__(self, session: Session, catalogue: ModelCatalogue) -> None:
        super().__init__()
        self.setObjectName("mapPage")
        self.session = session
        self.catalogue = catalogue
        self._task: Optional[EngineTask] = None
        self._group: Optional[QgsLayerTreeGroup] = None
        self._made: Optional[MapResult] = None
        self._wanted_model = ""
        self._interrupted: Optional[Tuple[MapJob, str]] = None
        self._said: Tuple[Line, ...] = ()
        canvas = session.iface.mapCanvas() if session.iface is not None else None

        self.image = theme.narrow(QgsMapLayerComboBox())
        self.image.setObjectName("mapImage")
        self.image.setFilters(QgsMapLayerProxyModel.Filter.RasterLayer)
        self.image.setToolTip(tr("The imagery to map: any coordinate reference system, bands and bit depth."))
        self.model = ModelWidget("map", tr("The model that makes the map. The line below says what its card states."))
        self.area = AreaWidget(canvas)
        self.parcels = theme.narrow(QgsMapLayerComboBox())
        self.parcels.setObjectName("mapParcels")
        self.parcels.setFilters(QgsMapLayerProxyModel.Filter.PolygonLayer)
        self.parcels.setAllowEmptyLayer(True, tr("none"))
        self.parcels.setCurrentIndex(0)
        self.parcels.setToolTip(
            tr("Parcels to summarise: each gets its class shares, dominant class and purity. Default: none.")
        )
        self.bands = BandsGroup("map")
        self.sampling = SamplingGroup()
        self.cleanup = CleanupGroup()
        self.outputs = OutputsGroup()
        self.preflight_label = theme.paragraph()
        self.preflight_label.setObjectName("mapPreflight")
        self.run_button = QPushButton(tr("Run"))
        self.run_button.setObjectName("mapRun")
        theme.primary(self.run_button)
        self.run_button.setToolTip(tr("Make the map in the background; QGIS stays free (Ctrl+Return)."))
        self.run_button.setShortcut("Ctrl+Return")
        self.live_button = QPushButton(tr("Live view"))
        self.live_button.setObjectName("mapLive")
        self.live_button.setCheckable(True)
        self.live_button.setMinimumHeight(32)
        self.live_button.setToolTip(
            tr("Map what the canvas shows as you move, to look at and not to keep (Ctrl+L). Default: off.")
        )
        self.live_button.setShortcut("Ctrl+L")
        self.live_strip = LiveWidget()
        self.many_link = QLabel(f'<a href="many">{html.escape(tr("Many scenes…"))}</a>')
        self.many_link.setObjectName("mapMany")
        self.many_link.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.many_link.setTextInteractionFlags(Qt.TextInteractionFlag.LinksAccessibleByMouse | _BY_KEYBOARD)
        self.many_link.setToolTip(tr("Map all rasters of a folder, a list or some layers, and put them together."))
        self.settings_button = QPushButton(tr("Open settings"))
        self.settings_button.setObjectName("mapOpenSettings")
        self.settings_button.setToolTip(tr("Choose, install or check the engine."))
        self.settings_button.hide()
        self.progress = ProgressWidget("map")
        self.result = ResultWidget()
        self._lay_out()

        self.live = LiveView(session, canvas, self._live_subject, self)
        self.live.changed.connect(lambda: self.live_strip.show_state(self.live))
        self.live_strip.opacity_changed.connect(self.live.set_opacity)
        self.many_link.linkActivated.connect(lambda _link: self._open_many())
        self.live_button.toggled.connect(self._switch_live)
        for signal in (self.bands.changed, self.sampling.changed):
            signal.connect(self.live.schedule)

        self.preflight = Preflight(session, self._to_inspect, self)
        self.preflight.updated.connect(self._show_verdict)
        for signal in (self.area.changed, self.bands.changed, self.sampling.changed, self.outputs.changed):
            signal.connect(self.preflight.schedule)
        self.image.layerChanged.connect(self._inputs_changed)
        self.parcels.layerChanged.connect(self.preflight.schedule)
        self.model.changed.connect(self._suit_model)
        self.model.changed.connect(self._inputs_changed)
        self.model.opened.connect(self.open_model)
        self.run_button.clicked.connect(self.run)
        self.settings_button.clicked.connect(self.settings_requested)
        self.progress.cancelled.connect(self.cancel)
        self.result.show_clicked.connect(self._zoom)
        self.result.assess_clicked.connect(self._assess)
        self.result.folder_clicked.connect(self._open_folder)
        self.result.continue_clicked.connect(self.go_on)
        self.session.engine_greeted.connect(lambda hello: self.sampling.set_devices(hello.devices))
        self.catalogue.waiting.connect(self.model.wait)
        self.catalogue.came.connect(self._models_came)
        self.catalogue.refused.connect(self._models_refused)

    def _lay_out(self) -> None:
        self.form = QWidget()
        rows = QFormLayout()
        rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        rows.addRow(tr("Image"), self.image)
        rows.addRow(tr("Model"), self.model)
        rows.addRow(tr("Area"), self.area)
        self.parcels_label = QLabel(tr("Parcels"))
        self.parcels_label.setBuddy(self.parcels)
        rows.addRow(self.parcels_label, self.parcels)
        column = QVBoxLayout(self.form)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(rows)
        for group in (self.bands, self.sampling, self.cleanup, self.outputs):
            column.addWidget(group)
        column.addWidget(self.preflight_label)
        buttons = QHBoxLayout()
        buttons.addWidget(self.run_button, 2)
        buttons.addWidget(self.live_button, 1)
        column.addLayout(buttons)
        column.addWidget(self.live_strip)
        column.addWidget(self.many_link)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(8, 6, 8, 8)
        whole.addWidget(self.form)
        whole.addWidget(self.progress)
        whole.addWidget(self.result)
        whole.addWidget(self.settings_button)
        whole.addStretch(1)

    @property
    def running(self) -> bool:
        """Whether a map job runs."""
        return self._task is not None

    def except_layers(self, layers: List[QgsRasterLayer]) -> None:
        """Keep results of this plugin out of the list of images."""
        self.image.setExceptedLayerList(layers)

    def open_model(self, path: str) -> None:
        """Use a model file from now on: it joins the list and is chosen."""
        self._wanted_model = path
        self.catalogue.add(path)

    def hold(self, reason: str) -> None:
        """Ask nothing of an engine that is busy elsewhere, and say why; an empty reason ends it."""
        if reason:
            self.live_button.setChecked(False)
        self.preflight.hold(reason)

    def wake(self) -> None:
        """Ask what is not known yet, as the page is shown."""
        self.catalogue.wake()
        self.preflight.schedule()

    def close_down(self) -> None:
        """Let go of everything outside this widget."""
        self.preflight.close()
        self.live.switch(False)
        self.area.detach()
        self._task = None  # what it still says is nobody's business here

    def run(self) -> None:
        """Start a map job with what the page shows."""
        if self._task is not None or not self.preflight.verdict.can_run:
            return
        try:
            job = self.map_job()
        except sources.UnusableLayer as error:
            self.result.show_failure(str(error))
            return
        except ProtocolError as error:
            self.result.show_failure(wording.sentence("engine.bad_request", {"reason": str(error)}))
            return
        for part in (self.model, self.sampling, self.cleanup, self.outputs):
            part.remember()
        self._start(job, self.image.currentLayer().name())

    def go_on(self) -> None:
        """Start the interrupted job again, to go on where it stopped."""
        if self._task is None and self._interrupted is not None:
            job, name = self._interrupted
            self._start(replace(job, resume=True), name)

    def _start(self, job: MapJob, name: str) -> None:
        self._interrupted = None
        self.live_button.setChecked(False)  # the engine does one thing at a time, and the map is what was asked for
        task = self._task = self.session.start(job, tr("UrbanGrain: mapping {image}").format(image=name))
        task.progressed.connect(self.progress.show_progress)
        task.noticed.connect(self.session.say)
        task.succeeded.connect(lambda result: self._finished(task, result, name))
        task.failed.connect(lambda text: self._failed(task, text, name))
        task.stopped.connect(lambda: self._stopped(task))
        self._said = self.preflight.verdict.lines
        self.preflight.pause()
        self.result.hide()
        self.progress.begin()
        theme.reveal(self.progress)
        self._enable(False)
        self.session.launch(task)

    def cancel(self) -> None:
        """Stop the job; answers at once."""
        if self._task is not None:
            self._task.cancel()

    def map_job(self) -> MapJob:
        """Return the job that the page describes; raises `UnusableLayer` and `ProtocolError`."""
        layer = self.image.currentLayer()
        image = sources.raster_path(layer)
        info = self.model.current()
        if info is None:
            raise sources.UnusableLayer(tr("Choose a model."))
        area = self.area.exact()
        parcels = self._parcels()
        parcel_source = sources.polygon_source(parcels) if parcels is not None else None
        plan = self.outputs.plan(layer.name(), parcels is not None)
        for note in (area.note, parcel_source.note if parcel_source else ""):
            if note:
                self.session.say(note)
        return MapJob(
            image=image,
            model=info.path,
            out=plan.classes,
            confidence=plan.confidence,
            probabilities=plan.probabilities,
            polygons=plan.polygons,
            parcels=parcel_source.path if parcel_source else None,
            parcels_layer=parcel_source.layer if parcel_source else None,
            parcels_out=plan.parcels,
            bands=self.bands.value(),
            aoi=area.aoi,
            aoi_layer=area.aoi_layer,
            extent=area.extent,
            extent_crs=area.extent_crs,
            **self.sampling.value(),
            **({} if info.values else self.cleanup.value()),
        )

    def _to_inspect(self) -> Tuple[Optional[InspectJob], List[Line]]:
        layer = self.image.currentLayer()
        info = self.model.current()
        if layer is None:
            return None, []
        image = sources.raster_path(layer)
        if info is None:
            return None, []
        role = self.bands.missing()
        if role is not None:
            raise sources.UnusableLayer(wording.sentence("bands.required_absent", {"role": role}))
        problem = self.outputs.problem()
        if problem:
            raise sources.UnusableLayer(problem)
        area = self.area.rough()
        sampling = self.sampling.value()
        job = InspectJob(
            image=image,
            model=info.path,
            bands=self.bands.value(),
            extent=area.extent,
            extent_crs=area.extent_crs,
            overlap=sampling["overlap"],
            flips=sampling["flips"],
            window=sampling["window"],
            device=sampling["device"],
        )
        return job, self._own_lines()

    def _own_lines(self) -> List[Line]:
        """Return what this side knows and the engine cannot: the state of layers in QGIS."""
        lines = []
        used = [self._parcels()]
        if self.area.polygons.isChecked():
            used.append(self.area.layer.currentLayer())
        for layer in used:
            if layer is not None and sources.has_unsaved_edits(layer):
                text = tr("{layer} is being edited: its unsaved edits are included.").format(layer=layer.name())
                lines.append(Line(text, "warning"))
        parcels = self._parcels()
        if parcels is not None and not parcels.crs().isValid():
            text = tr("{layer} has no coordinate reference system. Assign one first.").format(layer=parcels.name())
            lines.append(Line(text, "error"))
        return lines

    def _parcels(self) -> Optional[QgsMapLayer]:
        """Return the parcels to summarise; a model that gives values has no classes to do it by."""
        info = self.model.current()
        return None if info is not None and info.values else self.parcels.currentLayer()

    def _suit_model(self) -> None:
        """Show only what the chosen model can make use of."""
        info = self.model.current()
        of_values = info is not None and bool(info.values)
        for widget in (self.parcels_label, self.parcels, self.cleanup):
            widget.setHidden(of_values)
        self.outputs.suit(of_values)
        self.sampling.suit(of_values)

    def _inputs_changed(self, *_: object) -> None:
        self.bands.reset()
        self.preflight.schedule()
        self.live.schedule()

    def _show_verdict(self, verdict: Verdict) -> None:
        info = self.model.current()
        if verdict.result is not None and info is not None and verdict.state in ("ready", "problem"):
            self.bands.show_bands(info.bands, verdict.result.bands, verdict.result.bands_guess)
            theme.tab_order(self.bands)
        self.preflight_label.setText(as_html(verdict, lambda severity: theme.colour(self, severity)))
        self.preflight_label.setVisible(bool(verdict.lines))
        self.settings_button.setVisible(
            verdict.code in ("engine.not_installed", "engine.start_failed", "engine.protocol")
        )
        self._enable(self._task is None)

    def _enable(self, idle: bool) -> None:
        self.form.setEnabled(idle)
        self.run_button.setEnabled(idle and self.preflight.verdict.can_run)
        ready = self.session.iface is not None and self.model.current() is not None
        free = idle and not self.preflight.held
        self.live_button.setEnabled(free and ready and self.image.currentLayer() is not None)

    def _open_many(self) -> None:
        """Open Processing's own dialog: it has all that many scenes need, and keeps running on its own."""
        try:
            import processing

            processing.execAlgorithmDialog("urbangrain:mapmany", self._many_defaults())
        except (ImportError, AttributeError):
            text = tr(
                "Many scenes are mapped by QGIS's Processing, which is switched off (Plugins > Manage and Install)."
            )
            self.session.say(text, Qgis.MessageLevel.Warning)

    def _many_defaults(self) -> Dict[str, Any]:
        info = self.model.current()
        return {"MODEL": info.path} if info is not None else {}

    def _switch_live(self, on: bool) -> None:
        self.live.switch(on)
        if on:
            theme.reveal(self.live_strip)

    def _live_subject(self) -> Subject:
        image, info = sources.raster_path(self.image.currentLayer()), self.model.current()
        if info is None:
            raise sources.UnusableLayer(tr("Choose a model."))
        if not info.classes:
            raise sources.UnusableLayer(tr("The live view shows classes, and this model gives values. Press Run."))
        self.live_strip.set_classes(info.classes)
        sampling = self.sampling.value()
        return Subject(image, info, self.bands.value(), sampling["device"], sampling["precision"])

    def _models_came(self) -> None:
        self.model.fill(self.catalogue.models)
        wanted, self._wanted_model = self._wanted_model, ""
        if wanted and not self.model.choose_file(wanted):
            of_parcels = {os.path.normpath(info.path): info.id for info in self.catalogue.parcel_models}
            if os.path.normpath(wanted) in of_parcels:
                text = wording.sentence("model.of_parcels", {"model": of_parcels[os.path.normpath(wanted)]})
                self.session.say(text, Qgis.MessageLevel.Warning)

    def _models_refused(self, code: str, text: str) -> None:
        self.model.fail(text)
        if self.form.isHidden():  # an empty project: there is no pre-flight line to say it in
            self.result.show_failure(text)
        self._show_verdict(Verdict("problem", (Line(text, "error"),), None, code))

    def _finished(self, task: EngineTask, result: MapResult, name: str) -> None:
        if not self._ended(task):
            return
        self._made = result
        self._group = results.add_map_result(QgsProject.instance(), result, name)
        self.result.show_result(result, self._said)
        theme.reveal(self.result)
        self.session.say(tr("The map of {image} is ready.").format(image=name), Qgis.MessageLevel.Success)

    def _failed(self, task: EngineTask, text: str, name: str) -> None:
        if self._ended(task):
            if task.crashed:
                self._interrupted = (task.job, name)
            self.result.show_failure(text, task.crashed)
            theme.reveal(self.result)
            self.session.say(text, Qgis.MessageLevel.Critical)

    def _stopped(self, task: EngineTask) -> None:
        if self._ended(task):
            self.result.show_stopped()

    def _ended(self, task: EngineTask) -> bool:
        if task is not self._task:
            return False
        self._task = None
        self.progress.end()
        self._enable(True)
        self.preflight.resume()
        return True

    def result_layer(self) -> Optional[QgsRasterLayer]:
        """Return the raster of the last run, if it is still in the project."""
        if self._made is None:
            return None
        for layer in QgsProject.instance().mapLayers().values():
            if isinstance(layer, QgsRasterLayer) and layer.source() == self._made.classes:
                return layer
        return None

    def _zoom(self) -> None:
        layer = self.result_layer()
        if layer is None or self.session.iface is None:
            return
        canvas = self.session.iface.mapCanvas()
        canvas.setExtent(canvas.mapSettings().layerExtentToOutputExtent(layer, layer.extent()))
        canvas.refresh()

    def _assess(self) -> None:
        layer = self.result_layer()
        if layer is not None:
            self.assess_requested.emit(layer)

    def _open_folder(self) -> None:
        if self._made is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(os.path.dirname(self._made.classes)))
