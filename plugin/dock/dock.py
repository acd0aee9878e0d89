"""The dock: a bar of pages on top, one page below, and what concerns all pages."""

from __future__ import annotations

import os
from typing import Optional

from qgis.core import Qgis, QgsProject, QgsRasterLayer
from qgis.gui import QgsDockWidget
from qgis.PyQt.QtCore import QSize, QTimer
from qgis.PyQt.QtWidgets import QFrame, QScrollArea, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from urbangrain.engine.protocol import DemoSceneJob, DemoSceneResult, TrainResult

from ..engine.task import EngineTask
from ..i18n import tr
from ..layers.demo import add_demo_scene
from ..layers.results import ROLE_PROPERTY
from ..paths import icon, temporary_folder
from ..session import Session
from .accuracy_page import AccuracyPage
from .catalogue import ModelCatalogue
from .empty_widget import EmptyWidget
from .help_page import HelpPage
from .map_page import MapPage
from .page_bar import PageBar
from .parcels_page import ParcelsPage
from .progress_widget import ProgressWidget
from .settings_page import SettingsPage
from .train_page import TrainPage

MINIMUM_WIDTH = 338  # with the frame: 340


class UrbanGrainDock(QgsDockWidget):
    """Pages Map, Parcels, Accuracy and Train, settings behind the gear, help behind the question mark."""

    def __init__(self, session: Session, parent: Optional[QWidget] = None) -> None:
        super().__init__("UrbanGrain", parent)
        self.setObjectName("UrbanGrainDock")
        self.session = session
        self._demo_task: Optional[EngineTask] = None
        self.catalogue = ModelCatalogue(session, self)
        self.map_page = MapPage(session, self.catalogue)
        self.parcels_page = ParcelsPage(session, self.catalogue)
        self.accuracy_page = AccuracyPage(session)
        self.train_page = TrainPage(session, self.catalogue)
        self.settings_page = SettingsPage(session)
        self.help_page = HelpPage()
        self.empty = EmptyWidget(
            "map",
            tr("Add a raster layer to map, or try the demo scene."),
            tr("Add a raster layer"),
            tr("Open QGIS's Data Source Manager at its raster page."),
        )
        self.demo_progress = ProgressWidget("demo")
        self._demo_bars = (self.demo_progress, self.parcels_page.demo_progress)
        self._bar = PageBar()
        self._stack = QStackedWidget()
        self._lay_out()

        self.empty.demo_clicked.connect(self.make_demo_scene)
        self.empty.add_clicked.connect(lambda: self._open_data_source("gdal"))
        self.parcels_page.demo_requested.connect(self.make_demo_scene)
        self.parcels_page.add_requested.connect(lambda: self._open_data_source("ogr"))
        for bar in self._demo_bars:
            bar.cancelled.connect(self._cancel_demo)
        self.map_page.assess_requested.connect(self.assess_map)
        self.map_page.settings_requested.connect(lambda: self.show_page("settings"))
        self.train_page.running_changed.connect(self._training)
        self.train_page.model_made.connect(self._model_made)
        self.train_page.map_requested.connect(lambda: self.show_page("map"))
        self._bar.chosen.connect(self.show_page)
        project = QgsProject.instance()
        self._project_signals = (project.layersAdded, project.layersRemoved, project.cleared, project.readProject)
        for signal in self._project_signals:
            signal.connect(self._layers_changed)
        self._refresh = QTimer(self)
        self._refresh.setSingleShot(True)
        self._refresh.timeout.connect(self._look_at_project)
        self.visibilityChanged.connect(self._shown)
        self._look_at_project()

    def _lay_out(self) -> None:
        self._pages: dict[str, QWidget] = {}
        map_column = QWidget()
        column = QVBoxLayout(map_column)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.empty)
        holder = QWidget()
        inner = QVBoxLayout(holder)
        inner.setContentsMargins(8, 0, 8, 0)
        inner.addWidget(self.demo_progress)
        column.addWidget(holder)
        column.addWidget(self.map_page, 1)
        self._add_page("map", map_column, icon("map"), tr("Map"), tr("Map an image with a model"))
        self._add_page(
            "parcels",
            self.parcels_page,
            icon("parcels"),
            tr("Parcels"),
            tr("Cut parcels from streets, and classify their land use"),
        )
        self._add_page(
            "accuracy",
            self.accuracy_page,
            icon("accuracy"),
            tr("Accuracy"),
            tr("Compare a map with reference polygons"),
        )
        self._add_page(
            "train", self.train_page, icon("train"), tr("Train"), tr("Fit a model to your own polygons or imagery")
        )
        self._bar.add_stretch()
        self._add_page(
            "settings", self.settings_page, icon("settings"), "", tr("Settings: the engine, devices and diagnostics")
        )
        self._add_page("help", self.help_page, icon("help"), "", tr("Help"))
        content = QWidget()
        whole = QVBoxLayout(content)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._bar)
        line = QFrame()
        line.setFrameShape(QFrame.Shape.HLine)
        line.setFrameShadow(QFrame.Shadow.Sunken)
        whole.addWidget(line)
        whole.addWidget(self._stack, 1)
        self.setWidget(content)
        content.setMinimumWidth(MINIMUM_WIDTH)
        self.show_page("map")

    def sizeHint(self) -> QSize:
        """Start narrow."""
        return QSize(360, 760)

    def show_page(self, name: str) -> None:
        """Show a page by its name: 'map', 'parcels', 'accuracy', 'train', 'settings' or 'help'."""
        self._stack.setCurrentWidget(self._pages[name])
        self._bar.choose(name)
        self._wake()

    def assess_map(self, layer: QgsRasterLayer) -> None:
        """Open the Accuracy page on a map."""
        self._look_at_project()
        self.accuracy_page.choose_map(layer)
        self.show_page("accuracy")

    def make_demo_scene(self) -> None:
        """Build the demo city in a temporary folder and add it to the project."""
        if self._demo_task is not None:
            return
        folder = os.path.join(temporary_folder(), "demo city")
        task = self._demo_task = self.session.start(DemoSceneJob(folder), tr("UrbanGrain: building the demo city"))
        for bar in self._demo_bars:
            task.progressed.connect(bar.show_progress)
        task.succeeded.connect(lambda result: self._demo_ready(task, result))
        task.failed.connect(lambda text: self._demo_failed(task, text))
        task.stopped.connect(lambda: self._demo_ended(task))
        for empty in (self.empty, self.parcels_page.empty):
            empty.setEnabled(False)
        for bar in self._demo_bars:
            bar.begin()
        self.session.launch(task)

    def close_down(self) -> None:
        """Let go of everything outside this widget; called before it is deleted."""
        for signal in self._project_signals:
            signal.disconnect(self._layers_changed)
        self._refresh.stop()
        self.map_page.close_down()
        self.parcels_page.close_down()
        self.accuracy_page.close_down()
        self.train_page.close_down()
        self.settings_page.close_down()
        self._demo_task = None

    def _add_page(self, name: str, page: QWidget, picture, text: str, tooltip: str) -> None:
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(page)
        self._pages[name] = scroll
        self._stack.addWidget(scroll)
        self._bar.add(name, picture, text, tooltip)

    def page_button(self, name: str) -> QToolButton:
        """Return the button of a page."""
        return self._bar.button(name)

    def _shown(self, visible: bool) -> None:
        if visible:
            self.map_page.wake()
            self._wake()

    def _wake(self) -> None:
        page = self._stack.currentWidget().widget()
        if hasattr(page, "wake"):
            page.wake()

    def _training(self, runs: bool) -> None:
        reason = tr(
            "The engine is training a model. This page goes on when the training ends; it can be stopped on the Train "
            "page."
        )
        for page in (self.map_page, self.parcels_page, self.accuracy_page):
            page.hold(reason if runs else "")

    def _model_made(self, result: TrainResult) -> None:
        self.map_page.open_model(result.model.path)

    def _open_data_source(self, page: str) -> None:
        if self.session.iface is not None:
            self.session.iface.openDataSourceManagerPage(page)

    def _layers_changed(self, *_: object) -> None:
        self._refresh.start(0)  # layers come and go in bunches

    def _look_at_project(self) -> None:
        rasters = [layer for layer in QgsProject.instance().mapLayers().values() if isinstance(layer, QgsRasterLayer)]
        made = [layer for layer in rasters if layer.customProperty(ROLE_PROPERTY)]
        self.map_page.except_layers(made)
        self.parcels_page.offer()
        self.accuracy_page.offer()
        self.train_page.offer()
        nothing = len(made) == len(rasters)
        self.empty.setVisible(nothing)
        self.map_page.form.setVisible(not nothing)
        self.map_page.preflight.schedule()

    def _demo_ready(self, task: EngineTask, result: DemoSceneResult) -> None:
        if not self._demo_ended(task):
            return
        image = add_demo_scene(QgsProject.instance(), result)
        if image is not None:
            self.map_page.image.setLayer(image)
            if self.session.iface is not None:
                canvas = self.session.iface.mapCanvas()
                canvas.setExtent(canvas.mapSettings().layerExtentToOutputExtent(image, image.extent()))
                canvas.refresh()

    def _demo_failed(self, task: EngineTask, text: str) -> None:
        if not self._demo_ended(task):
            return
        self.map_page.result.show_failure(text)
        self.session.say(text, Qgis.MessageLevel.Critical)

    def _demo_ended(self, task: EngineTask) -> bool:
        if task is not self._demo_task:
            return False
        self._demo_task = None
        for bar in self._demo_bars:
            bar.end()
        for empty in (self.empty, self.parcels_page.empty):
            empty.setEnabled(True)
        return True

    def _cancel_demo(self) -> None:
        if self._demo_task is not None:
            self._demo_task.cancel()
