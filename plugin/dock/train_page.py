"""The Train page: fit a model to one's own polygons, or to imagery without labels, and watch it learn."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import List, Optional, Sequence, Tuple, Union

from qgis.core import Qgis, QgsMapLayerProxyModel, QgsProject, QgsRasterLayer, QgsVectorLayer
from qgis.gui import QgsMapLayerComboBox
from qgis.PyQt.QtCore import QUrl, pyqtSignal
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QButtonGroup, QFormLayout, QLabel, QPushButton, QRadioButton, QVBoxLayout, QWidget

from urbangrain.engine.protocol import (
    AdaptJob,
    InspectJob,
    ModelInfo,
    ProtocolError,
    TrainJob,
    TrainPoint,
    TrainResult,
    TrainSource,
)

from .. import settings, training_wording, wording
from ..engine.task import EngineTask
from ..i18n import tr
from ..layers import sources
from ..layers.results import ROLE_PROPERTY
from ..session import Session
from . import theme
from .bands_widget import BandsGroup
from .catalogue import ModelCatalogue
from .curves_widget import CurvesWidget
from .labelled_image import LabelledImage
from .model_widget import ModelWidget
from .more_images import MoreImages
from .preflight import Line, Preflight, Verdict, as_html, by_severity
from .progress_widget import ProgressWidget
from .reference_picker import ReferencePicker
from .train_advanced import TrainAdvanced
from .train_result import TrainResultWidget
from .train_target import TrainTarget

Job = Union[TrainJob, AdaptJob]
DEMO_MODEL = "landcover"  # whose classes and bands demo cities have


class TrainPage(QWidget):
    """Settings from top to bottom in the order in which a person decides; one primary button, which also stops."""

    running_changed = pyqtSignal(bool)
    model_made = pyqtSignal(object)  # TrainResult
    map_requested = pyqtSignal()

    def __init__(self, session: Session, catalogue: ModelCatalogue) -> None:
        super().__init__()
        self.setObjectName("trainPage")
        self.session = session
        self.catalogue = catalogue
        self._task: Optional[EngineTask] = None
        self._made: Optional[TrainResult] = None
        self._interrupted: Optional[Job] = None
        self._no_engine: Tuple[Line, ...] = ()
        self._stopping = False
        self._wanted_model = ""

        self.fine_tune = QRadioButton(tr("Fine-tune with my polygons"))
        self.fine_tune.setObjectName("trainFineTune")
        self.fine_tune.setToolTip(tr("Teach a model with reference polygons of your own image (default)."))
        self.adapt = QRadioButton(tr("Adapt to this image without labels"))
        self.adapt.setObjectName("trainAdapt")
        self.adapt.setToolTip(tr("Fit a model to the look of another place or sensor; no polygons of it are needed."))
        self.model = ModelWidget("train", tr("The model to start from; it stays as it is."), can_be_trained)
        self.image = theme.narrow(QgsMapLayerComboBox())
        self.image.setObjectName("trainImage")
        self.image.setFilters(QgsMapLayerProxyModel.Filter.RasterLayer)
        self.image.setToolTip(tr("The imagery to learn from: any coordinate reference system, bands and bit depth."))
        self.bands = BandsGroup("train")
        self.picker = ReferencePicker(session, "train", self._classes_of, self, lambda: self._looks(False), "error")
        self.more = MoreImages()
        self.source = LabelledImage(session, self.model.current, lambda: self._looks(True))
        self.target = TrainTarget(lambda identifier: self.catalogue.named(identifier) is not None)
        self.advanced = TrainAdvanced()
        self.hint = theme.paragraph()
        self.hint.setObjectName("trainHint")
        self.run_button = QPushButton()
        self.run_button.setObjectName("trainRun")
        theme.primary(self.run_button)
        self.progress = ProgressWidget("train", with_cancel=False)
        self.curves = CurvesWidget("trainCurves")
        self.newest = theme.paragraph(small=True)
        self.newest.setObjectName("trainNewest")
        self.result = TrainResultWidget()
        self._lay_out()

        self.check = Preflight(session, self._to_inspect, self, mapping=False)
        self._connect()
        (self.adapt if settings.read("train/adapts", False, bool) else self.fine_tune).setChecked(True)

    def _lay_out(self) -> None:
        self.form = QWidget()
        modes = QButtonGroup(self)
        column = QVBoxLayout(self.form)
        column.setContentsMargins(0, 0, 0, 0)
        for button in (self.fine_tune, self.adapt):
            modes.addButton(button)
            column.addWidget(button)
        start, self.labels = QFormLayout(), QWidget()
        reference = QFormLayout(self.labels)
        reference.setContentsMargins(0, 0, 0, 0)
        for form in (start, reference):
            form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        start.addRow(tr("Start from"), self.model)
        start.addRow(tr("Image"), self.image)
        reference.addRow(tr("Reference"), self.picker.layer)
        reference.addRow(tr("Class field"), self.picker.field)
        names = [
            form.labelForField(widget)
            for form, widget in (
                (start, self.model), (start, self.image), (reference, self.picker.layer),
                (reference, self.picker.field), (self.target.form, self.target.name),
                (self.target.form, self.target.folder), (self.target.form, self.target.minutes),
            )
        ]  # fmt: skip
        theme.level([name for name in names if isinstance(name, QLabel)])
        column.addLayout(start)
        for part in (self.bands, self.labels, self.picker.mapping, self.more, self.source, self.target, self.advanced):
            column.addWidget(part)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(8, 6, 8, 8)
        for part in (self.form, self.hint, self.run_button, self.progress, self.curves, self.newest, self.result):
            whole.addWidget(part)
        whole.addStretch(1)
        self.newest.hide()

    def _connect(self) -> None:
        self.check.updated.connect(self._inspected)
        for signal in (self.picker.updated, self.source.changed, self.target.changed, self.advanced.changed):
            signal.connect(self._judge)
        self.bands.changed.connect(self.check.schedule)
        self.more.changed.connect(self._judge)
        self.image.layerChanged.connect(self._image_changed)
        self.model.changed.connect(self._model_changed)
        self.model.opened.connect(self._open_model)
        self.fine_tune.toggled.connect(self._mode_changed)
        self.adapt.toggled.connect(self._mode_changed)
        self.run_button.clicked.connect(self._run_or_stop)
        self.result.map_clicked.connect(self.map_requested)
        self.result.folder_clicked.connect(self._open_folder)
        self.result.continue_clicked.connect(self.go_on)
        self.catalogue.waiting.connect(self._models_on_their_way)
        self.catalogue.came.connect(self._models_came)
        self.catalogue.refused.connect(self._models_refused)
        self.session.engine_greeted.connect(lambda hello: self.advanced.device.offer(hello.devices))

    @property
    def running(self) -> bool:
        """Whether a training runs."""
        return self._task is not None

    def wake(self) -> None:
        """Ask what is not known yet, as the page is shown."""
        self.catalogue.wake()
        self._look_anew()

    def offer(self) -> None:
        """Offer the project's imagery and polygons, without what was made here."""
        layers = list(QgsProject.instance().mapLayers().values())
        rasters = [layer for layer in layers if isinstance(layer, QgsRasterLayer)]
        made = [layer for layer in rasters if layer.customProperty(ROLE_PROPERTY)]
        self.image.setExceptedLayerList(made)
        self.picker.offer()
        self.source.offer(made)
        self.advanced.offer([layer for layer in layers if isinstance(layer, QgsVectorLayer)])
        self._offer_more()
        self._judge()

    def close_down(self) -> None:
        """Let go of everything outside this widget."""
        self.check.close()
        self.picker.pause()
        self.source.pause()
        self._task = None  # what it still says is nobody's business here

    def run(self) -> None:
        """Start what the page shows."""
        if self._task is not None or not self.run_button.isEnabled():
            return
        try:
            job, notes = self.job()
            self.target.prepare()
        except sources.UnusableLayer as error:
            self.result.show_failure(str(error))
            return
        except ProtocolError as error:
            self.result.show_failure(wording.sentence("engine.bad_request", {"reason": str(error)}))
            return
        for note in notes:
            self.session.say(note)
        for part in (self.model, self.target, self.advanced):
            part.remember()
        settings.write("train/adapts", self._adapts())
        self._start(job)

    def go_on(self) -> None:
        """Start the interrupted training again, to go on where it stopped."""
        if self._task is None and isinstance(self._interrupted, TrainJob):
            self._start(replace(self._interrupted, resume=True))

    def stop(self) -> None:
        """End the training and keep what it has."""
        if self._task is not None:
            self._task.cancel()

    def job(self) -> Tuple[Job, List[str]]:
        """Return the job that the page describes, and what had to be done for it; may write polygons to files.

        Raises
        ------
        UnusableLayer, ProtocolError
            With a sentence for people; the name of a field.
        """
        info = self.model.current()
        if info is None:
            raise sources.UnusableLayer(tr("Choose a model."))
        image = sources.raster_path(self.image.currentLayer())
        plan = self.target.plan()
        common = {"out": plan.folder, "title": plan.title, "model": info.path, "minutes": float(self._minutes())}
        if self._adapts():
            source, note = self.source.source()
            job: Job = AdaptJob(
                targets=(image, *(sources.raster_path(layer) for layer in self.more.layers())),
                sources=(source,) if source is not None else (),
                target_bands=self.bands.value(),
                by_region=bool(self.more.layers()) and self.more.one_by_one.isChecked(),
                **common,
                **self.advanced.value(),
            )
            return job, [note] if note else []
        polygons = self.picker.source()
        mapping, bands = self.picker.mapping.value(), self.bands.value()
        field = self.picker.field.currentField()
        learnt = TrainSource(image, polygons.path, field, polygons.layer, mapping, bands)
        held_out = self.advanced.validation_source()
        validation: Tuple[TrainSource, ...] = ()
        notes = [polygons.note]
        if held_out is not None:
            path, its_field = held_out
            validation = (TrainSource(image, path.path, its_field, path.layer, mapping, bands),)
            notes.append(path.note)
        job = TrainJob(sources=(learnt,), validation=validation, **common, **self.advanced.value())
        return job, [note for note in notes if note]

    def _minutes(self) -> int:
        return self.target.minutes.value()

    def _adapts(self) -> bool:
        return self.adapt.isChecked()

    # looking at what was chosen

    def _looks(self, adapts: bool) -> bool:
        """Tell whether a mode is on and seen: the engine does one thing at a time, and other pages ask it too."""
        return self._adapts() == adapts and self.isVisible()

    def _to_inspect(self) -> Tuple[Optional[InspectJob], Sequence[Line]]:
        if not self.isVisible():
            return None, []
        info = self.model.current()
        if self.image.currentLayer() is None:
            raise sources.UnusableLayer(
                tr("There is no image in the project. Add a raster layer, or try the demo scene on the Map page.")
            )
        image = sources.raster_path(self.image.currentLayer())
        if info is None:
            return None, []
        role = self.bands.missing()
        if role is not None:
            raise sources.UnusableLayer(wording.sentence("bands.required_absent", {"role": role}))
        return InspectJob(image=image, model=info.path, bands=self.bands.value()), []

    def _classes_of(self) -> str:
        info = self.model.current()
        if info is None:
            raise sources.UnusableLayer(tr("Choose a model."))
        return info.path

    def _inspected(self, verdict: Verdict) -> None:
        info = self.model.current()
        if verdict.result is not None and info is not None and verdict.state in ("ready", "problem"):
            self.bands.show_bands(info.bands, verdict.result.bands, verdict.result.bands_guess)
            theme.tab_order(self.bands)
        self._judge()

    def _judge(self) -> None:
        """Say what is still missing, and whether a run can work."""
        if self._task is not None:
            return
        lines = [*self._no_engine, *self.check.verdict.lines]
        ready = self.check.verdict.can_run and self.model.current() is not None
        if self._adapts():
            lines += self.source.lines()
            ready = ready and self.source.ready
        elif self.image.currentLayer() is not None:  # one thing at a time
            lines += self.picker.lines
            ready = ready and self.picker.ready
        problem = self.advanced.problem()
        try:
            self.target.plan()
        except sources.UnusableLayer as error:
            problem = problem or str(error)
        if problem and self.model.current() is not None:
            lines.append(Line(problem, "error"))
        shown = by_severity(lines)
        self.hint.setText(as_html(Verdict("ready", shown), lambda severity: theme.colour(self, severity)))
        self.hint.setVisible(bool(shown))
        self.run_button.setEnabled(ready and not problem and not any(line.severity == "error" for line in shown))

    def _look_anew(self) -> None:
        self.check.schedule()
        self.picker.look()
        self.source.look()

    def _image_changed(self, *_: object) -> None:
        self.bands.reset()
        self._suggest()
        self._offer_more()
        self.check.schedule()
        self._judge()

    def _model_changed(self) -> None:
        self.bands.reset()
        info, demo = self.model.current(), self.catalogue.named(DEMO_MODEL)
        self.source.need(info is not None and (demo is None or not demo_fits(info, demo)))
        self._suggest()
        self._look_anew()

    def _mode_changed(self, *_: object) -> None:
        adapts = self._adapts()
        for part in (self.labels, self.picker.mapping):
            part.setHidden(adapts)
        for part in (self.more, self.source):
            part.setVisible(adapts)
        self.advanced.suit(adapts)
        self._word_button()
        self._look_anew()

    def _suggest(self) -> None:
        info, layer = self.model.current(), self.image.currentLayer()
        self.target.suggest(info.title if info is not None else "", layer.name() if layer is not None else "")

    def _offer_more(self) -> None:
        layers = [layer for layer in QgsProject.instance().mapLayers().values() if isinstance(layer, QgsRasterLayer)]
        usable = [layer for layer in layers if not layer.customProperty(ROLE_PROPERTY)]
        self.more.offer(usable, self.image.currentLayer())

    # models

    def _models_on_their_way(self) -> None:
        self._no_engine = ()
        self.model.wait()
        self._judge()

    def _models_came(self) -> None:
        self._no_engine = ()
        self.model.fill(self.catalogue.models)
        wanted, self._wanted_model = self._wanted_model, ""
        if wanted and not self.model.choose_file(wanted):
            text = tr("{model} cannot be trained: it gives no classes, or its weights are a finished ONNX file.")
            self.session.say(text.format(model=os.path.basename(wanted)), Qgis.MessageLevel.Warning)
        self._suggest()
        self._judge()

    def _models_refused(self, code: str, text: str) -> None:
        self.model.fail(text)
        self._no_engine = (Line(text, "error"),)
        self._judge()

    def _open_model(self, path: str) -> None:
        self._wanted_model = path
        self.catalogue.add(path)

    # running

    def _run_or_stop(self) -> None:
        if self._task is None:
            self.run()
        else:
            self.stop()

    def _start(self, job: Job) -> None:
        self._interrupted = None
        adapted = isinstance(job, AdaptJob)
        if adapted:
            text, right = tr("UrbanGrain: adapting {model}"), tr("Labelled images")
        else:
            text, right = tr("UrbanGrain: training {model}"), tr("Validation")
        task = self._task = self.session.start(job, text.format(model=job.title))
        task.progressed.connect(lambda progress: self._progressed(task, progress))
        task.plotted.connect(lambda point: self._plotted(task, point))
        task.noticed.connect(self.session.say)
        task.stopping.connect(self._is_stopping)
        task.succeeded.connect(lambda result: self._finished(task, result, adapted))
        task.failed.connect(lambda failure: self._failed(task, failure))
        task.stopped.connect(lambda: self._stopped(task))
        self._stopping = False
        for part in (self.check, self.picker, self.source):
            part.pause()
        self.result.hide()
        self.hint.hide()
        self.newest.hide()
        self.curves.begin(right)
        self.progress.begin()
        self.form.setEnabled(False)
        self._word_button()
        theme.reveal(self.curves)
        self.running_changed.emit(True)
        self.session.launch(task)

    def _progressed(self, task: EngineTask, progress: object) -> None:
        if task is self._task and not self._stopping:
            self.progress.show_progress(progress)

    def _plotted(self, task: EngineTask, point: TrainPoint) -> None:
        if task is self._task:
            self.curves.add(point)
            self._say_point(point, "{values}")
            if len(self.curves.points) < 3:  # the first has no loss, and so a shorter text
                theme.reveal(self.newest)

    def _say_point(self, point: TrainPoint, template: str) -> None:
        values = template.format(values=" · ".join(training_wording.point_text(point)))
        self.newest.setText("\n".join(part for part in (values, training_wording.f1_text(point)) if part))
        self.newest.show()

    def _is_stopping(self) -> None:
        self._stopping = True
        self.progress.wind_up(tr("Stopping; what was learnt is saved…"))
        self._word_button()

    def _word_button(self) -> None:
        if self._task is None:
            self.run_button.setText(tr("Adapt") if self._adapts() else tr("Train"))
            self.run_button.setShortcut("Ctrl+Return")  # a new text takes it away
            self.run_button.setToolTip(tr("Make the model in the background; QGIS stays free (Ctrl+Return)."))
            return
        adapted = isinstance(self._task.job, AdaptJob)
        self.run_button.setText(tr("Stop and keep") if adapted else tr("Stop and keep the best"))
        if adapted:
            self.run_button.setToolTip(tr("End now; the new model has the weights as they are."))
        else:
            self.run_button.setToolTip(tr("End now; the new model has the best weights so far."))
        self.run_button.setEnabled(not self._stopping)

    def _finished(self, task: EngineTask, result: TrainResult, adapted: bool) -> None:
        if not self._ended(task):
            return
        self.target.name.clear()  # it is taken now
        self._made = result
        self.curves.show_points(result.points)
        kept = training_wording.kept_point(result.points)
        if kept is not None:
            self._say_point(replace(kept, best=False), tr("Kept: {values}"))
        self.result.show_result(result, adapted)
        theme.reveal(self.result)
        said = tr("The model {title} is ready.").format(title=result.model.title)
        self.session.say(f"{said} {training_wording.gain(result, adapted)}".strip(), Qgis.MessageLevel.Success)
        self.model_made.emit(result)

    def _failed(self, task: EngineTask, text: str) -> None:
        if self._ended(task):
            crashed = task.crashed and isinstance(task.job, TrainJob)
            if crashed:
                self._interrupted = task.job
            self.result.show_failure(text, crashed)
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
        self.target.clear_up()
        self.form.setEnabled(True)
        self._suggest()
        self._word_button()
        for part in (self.check, self.picker, self.source):
            part.resume()
        self._judge()
        self.running_changed.emit(False)
        return True

    def _open_folder(self) -> None:
        if self._made is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(self._made.folder))


def can_be_trained(info: ModelInfo) -> bool:
    """Tell whether a model has classes, and weights of its own: an ONNX file is finished."""
    path = info.path.partition("#")[0]
    stem, ending = os.path.splitext(path)
    return bool(info.classes) and ending.lower() != ".onnx" and not os.path.isfile(stem + ".onnx")


def demo_fits(info: ModelInfo, demo: ModelInfo) -> bool:
    """Tell whether demo cities have all classes and bands of a model; ``demo`` is the model made for them."""
    classes = {one.name for one in info.classes} <= {one.name for one in demo.classes}
    return classes and {band.role for band in info.bands} <= {band.role for band in demo.bands}
