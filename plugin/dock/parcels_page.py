"""The Parcels page: cut parcels from streets, and say what their land is used for."""

from __future__ import annotations

from typing import Tuple

from qgis.core import QgsVectorLayer
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QTabBar, QVBoxLayout, QWidget

from .. import settings
from ..i18n import tr
from ..layers import likely
from ..session import Session
from .catalogue import ModelCatalogue
from .classify_panel import ClassifyPanel
from .empty_widget import EmptyWidget
from .job_panel import JobPanel
from .make_parcels_panel import MakeParcelsPanel
from .progress_widget import ProgressWidget

TASKS = ("cut", "classify")


class ParcelsPage(QWidget):
    """A switch between two tasks, of which one is seen; where there is no polygon, what to do about that."""

    demo_requested = pyqtSignal()
    add_requested = pyqtSignal()

    def __init__(self, session: Session, catalogue: ModelCatalogue) -> None:
        super().__init__()
        self.setObjectName("parcelsPage")
        self.session = session
        self.catalogue = catalogue
        self.empty = EmptyWidget(
            "parcels",
            tr(
                "Parcels are polygons of your own, or are cut from a boundary (polygons) by roads (lines). Add such "
                "layers, or try the demo scene."
            ),
            tr("Add a polygon layer"),
            tr("Open QGIS's Data Source Manager at its vector page."),
        )
        self.demo_progress = ProgressWidget("parcelsDemo")
        self.tasks = QTabBar()
        self.tasks.setObjectName("parcelsTask")
        self.tasks.setAccessibleName(tr("Task"))
        self.tasks.setExpanding(True)
        self.tasks.setDrawBase(True)
        self.tasks.addTab(tr("Cut from streets"))
        self.tasks.addTab(tr("Classify"))
        self.tasks.setTabToolTip(0, tr("Make parcels from a boundary and its roads."))
        self.tasks.setTabToolTip(1, tr("Say what the land of parcels is used for."))
        self.cut = MakeParcelsPanel(session)
        self.classify = ClassifyPanel(session, catalogue)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(8, 6, 8, 8)
        for part in (self.empty, self.demo_progress, self.tasks, self.cut, self.classify):
            whole.addWidget(part)
        whole.addStretch(1)

        self.empty.demo_clicked.connect(self.demo_requested)
        self.empty.add_clicked.connect(self.add_requested)
        self.tasks.currentChanged.connect(self._task_chosen)
        self.cut.made.connect(self.classify.choose_parcels)
        self.cut.result.classify_clicked.connect(lambda: self.show_task("classify"))
        catalogue.came.connect(lambda: self.cut.refuse(""))
        catalogue.refused.connect(lambda _code, text: self.cut.refuse(text))
        for panel in self.panels:
            panel.result.show_clicked.connect(self._zoom)
            panel.ended.connect(self.offer)  # what was empty may not be so any more
        self.show_task(settings.read("parcels/task", TASKS[0]))
        self.offer()

    @property
    def panels(self) -> Tuple[JobPanel, ...]:
        """The two tasks."""
        return (self.cut, self.classify)

    def show_task(self, name: str) -> None:
        """Show 'cut' or 'classify'."""
        self.tasks.setCurrentIndex(TASKS.index(name) if name in TASKS else 0)
        self._show_parts()

    def wake(self) -> None:
        """Ask what is not known yet, as the page is shown."""
        self.catalogue.wake()
        for panel in self.panels:
            panel.wake()

    def hold(self, reason: str) -> None:
        """Wait while the engine is busy elsewhere, and say why; an empty reason ends it."""
        for panel in self.panels:
            panel.hold(reason)

    def offer(self) -> None:
        """Offer the project's layers; without polygons, say what is needed."""
        for panel in self.panels:
            panel.offer()
        self._show_parts()

    def close_down(self) -> None:
        """Let go of everything outside this widget."""
        for panel in self.panels:
            panel.close_down()

    def _task_chosen(self, index: int) -> None:
        settings.write("parcels/task", TASKS[index])
        self._show_parts()
        self.panels[index].wake()

    def _show_parts(self) -> None:
        """Show the task that was chosen, as long as there is something to work with, or something to tell."""
        busy = any(panel.running or not panel.result.isHidden() for panel in self.panels)
        nothing = not likely.polygons() and not busy
        self.empty.setVisible(nothing)
        self.tasks.setVisible(not nothing)
        for index, panel in enumerate(self.panels):
            panel.setVisible(not nothing and index == self.tasks.currentIndex())

    def _zoom(self, layer: QgsVectorLayer) -> None:
        if self.session.iface is not None:
            canvas = self.session.iface.mapCanvas()
            canvas.setExtent(canvas.mapSettings().layerExtentToOutputExtent(layer, layer.extent()))
            canvas.refresh()
