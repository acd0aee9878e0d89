"""What is made, and where it goes."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import Optional

from qgis.gui import QgsFileWidget
from qgis.PyQt.QtWidgets import QCheckBox, QFormLayout, QLineEdit, QVBoxLayout

from .. import settings
from ..i18n import tr
from ..layers.sources import UnusableLayer
from ..paths import temporary_folder
from . import theme
from .folded_group import FoldedGroup


@dataclass(frozen=True)
class OutputPlan:
    """Paths of a run's outputs; None for those that were not asked for. ``classes`` may be a raster of values."""

    classes: str
    confidence: Optional[str] = None
    probabilities: Optional[str] = None
    polygons: Optional[str] = None
    parcels: Optional[str] = None


class OutputsGroup(FoldedGroup):
    """Confidence, polygons, probabilities; a folder and a name, or a temporary place."""

    def __init__(self) -> None:
        super().__init__(tr("Outputs"), "mapOutputs")
        self.confidence = QCheckBox(tr("Confidence raster"))
        self.confidence.setObjectName("mapConfidence")
        self.confidence.setToolTip(tr("How sure the model is of each pixel, 0 to 100 %. Default: on."))
        self.polygons = QCheckBox(tr("Polygons"))
        self.polygons.setObjectName("mapPolygons")
        self.polygons.setToolTip(tr("The map as polygons with class, area and mean confidence. Default: on."))
        self.probabilities = QCheckBox(tr("Probabilities of each class"))
        self.probabilities.setObjectName("mapProbabilities")
        self.probabilities.setToolTip(tr("One raster band a class. Large. Default: off."))
        self.folder = QgsFileWidget()
        self.folder.setObjectName("mapFolder")
        self.folder.setStorageMode(QgsFileWidget.StorageMode.GetDirectory)
        self.folder.lineEdit().setPlaceholderText(tr("temporary folder"))
        self.folder.setToolTip(tr("Where the files go. Empty: a temporary folder that QGIS deletes when it closes."))
        self.base = QLineEdit()
        self.base.setObjectName("mapBaseName")
        self.base.setPlaceholderText(tr("from the image's name"))
        self.base.setToolTip(
            tr("How the files' names begin. A number is added rather than replacing files that exist.")
        )
        self._of_values = False
        self.warning = theme.paragraph(small=True)
        self.warning.setObjectName("mapTemporaryWarning")

        layout = QVBoxLayout(self.content)
        for box in (self.confidence, self.polygons, self.probabilities):
            layout.addWidget(box)
        form = QFormLayout()
        form.addRow(tr("Folder"), self.folder)
        form.addRow(tr("Name"), self.base)
        layout.addLayout(form)
        layout.addWidget(self.warning)

        self.confidence.setChecked(settings.read("map/confidence", True, bool))
        self.polygons.setChecked(settings.read("map/polygons", True, bool))
        self.probabilities.setChecked(settings.read("map/probabilities", False, bool))
        self.folder.setFilePath(settings.read("map/folder", ""))
        for box in (self.confidence, self.polygons, self.probabilities):
            box.toggled.connect(self._edited)
        self.folder.fileChanged.connect(self._edited)
        self.base.textChanged.connect(self._edited)
        self._summarise()

    def suit(self, of_values: bool) -> None:
        """Offer what a model of classes makes besides them, or nothing of it for a model of values."""
        self._of_values = of_values
        for box in (self.confidence, self.polygons, self.probabilities):
            box.setHidden(of_values)
        self._summarise()

    def problem(self) -> str:
        """Return what is wrong with the chosen folder, in a sentence; empty when nothing is."""
        folder = self.folder.filePath().strip()
        if folder and not os.path.isdir(folder):
            return tr("The output folder {folder} does not exist. Create it, or choose another.").format(folder=folder)
        if folder and not os.access(folder, os.W_OK):
            return tr("The output folder {folder} is read-only. Choose another.").format(folder=folder)
        return ""

    def plan(self, image_name: str, with_parcels: bool) -> OutputPlan:
        """Decide on names for a run; none of the files exists. Raises `UnusableLayer` for an unusable folder."""
        problem = self.problem()
        if problem:
            raise UnusableLayer(problem)
        folder = self.folder.filePath().strip() or temporary_folder()
        base = _file_name(self.base.text()) or _file_name(image_name) or "map"
        number = 1
        while True:
            stem = os.path.join(folder, base if number == 1 else f"{base}_{number}")
            plan = self._named(stem, with_parcels)
            if not any(path and os.path.exists(path) for path in vars(plan).values()):
                return plan
            number += 1

    def _named(self, stem: str, with_parcels: bool) -> OutputPlan:
        if self._of_values:
            return OutputPlan(classes=f"{stem}_values.tif")
        return OutputPlan(
            classes=f"{stem}_classes.tif",
            confidence=f"{stem}_confidence.tif" if self.confidence.isChecked() else None,
            probabilities=f"{stem}_probabilities.tif" if self.probabilities.isChecked() else None,
            polygons=f"{stem}_polygons.gpkg" if self.polygons.isChecked() else None,
            parcels=f"{stem}_parcels.gpkg" if with_parcels else None,
        )

    def remember(self) -> None:
        """Keep the present values for the next session."""
        for name in ("confidence", "polygons", "probabilities"):
            settings.write(f"map/{name}", getattr(self, name).isChecked())
        settings.write("map/folder", self.folder.filePath().strip())

    def _edited(self, *_: object) -> None:
        self._summarise()
        self.changed.emit()

    def _summarise(self) -> None:
        made = [tr("values") if self._of_values else tr("classes")]
        for box, text in (
            (self.confidence, tr("confidence")),
            (self.polygons, tr("polygons")),
            (self.probabilities, tr("probabilities")),
        ):
            if box.isChecked() and not self._of_values:
                made.append(text)
        folder = self.folder.filePath().strip()
        place = os.path.basename(os.path.normpath(folder)) if folder else f"{theme.SIGNS['warning']} {tr('temporary')}"
        self.set_summary(f"{place} · {', '.join(made)}")
        self.warning.setVisible(not folder)
        sign = f'<span style="color:{theme.colour(self, "warning")}">{theme.SIGNS["warning"]}</span> '
        self.warning.setText(
            sign + tr("Temporary: the files are deleted when QGIS closes. Choose a folder to keep them.")
        )


def _file_name(text: str) -> str:
    """Return text as part of a file name that every system accepts."""
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]+', "_", text.strip()).strip(" .")[:80]
