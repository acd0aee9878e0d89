"""Where a task on parcels writes its file."""

from __future__ import annotations

import os
import re

from qgis.gui import QgsFileWidget
from qgis.PyQt.QtWidgets import QVBoxLayout

from .. import settings
from ..i18n import tr
from ..layers.sources import UnusableLayer
from ..paths import temporary_folder
from . import theme
from .folded_group import FoldedGroup

ENDING = ".gpkg"


class ParcelsOutput(FoldedGroup):
    """A GeoPackage, or a temporary one. A file that exists is never replaced: the new one gets a number."""

    def __init__(self, name: str, base: str) -> None:
        super().__init__(tr("Output"), f"{name}Output")
        self._key, self._base = f"{name}/file", base
        self.file = QgsFileWidget()
        self.file.setObjectName(f"{name}File")
        self.file.setStorageMode(QgsFileWidget.StorageMode.SaveFile)
        self.file.setConfirmOverwrite(False)
        self.file.setFilter(tr("GeoPackage (*.gpkg)"))
        self.file.lineEdit().setPlaceholderText(tr("temporary file"))
        self.file.lineEdit().setAccessibleName(tr("Output"))
        self.file.setToolTip(
            tr("The GeoPackage to write. A file that exists is not replaced: the new one gets a number. Default: a "
               "temporary file that QGIS deletes when it closes.")
        )  # fmt: skip
        self.warning = theme.paragraph(small=True)
        self.warning.setObjectName(f"{name}TemporaryWarning")
        layout = QVBoxLayout(self.content)
        layout.addWidget(self.file)
        layout.addWidget(self.warning)
        self.file.setFilePath(settings.read(self._key, ""))
        self.file.fileChanged.connect(self._edited)
        self._summarise()

    def problem(self) -> str:
        """Return what is wrong with the chosen file, in a sentence; empty when nothing is."""
        path = self._chosen()
        folder = os.path.dirname(path)
        if path and not os.path.isdir(folder):
            return tr("The output folder {folder} does not exist. Create it, or choose another.").format(folder=folder)
        if path and not os.access(folder, os.W_OK):
            return tr("The output folder {folder} is read-only. Choose another.").format(folder=folder)
        return ""

    def path(self) -> str:
        """Return a file that does not exist yet; raises `UnusableLayer` for a folder that cannot be used."""
        problem = self.problem()
        if problem:
            raise UnusableLayer(problem)
        chosen = self._chosen() or os.path.join(temporary_folder(), self._base + ENDING)
        return _free(chosen)

    def note(self) -> str:
        """Return what is to be said of the file's name; empty when nothing is."""
        chosen = self._chosen()
        if not chosen or self.problem() or not os.path.exists(chosen):
            return ""
        return tr("{taken} exists and stays: the new file is {free}.").format(
            taken=os.path.basename(chosen), free=os.path.basename(_free(chosen))
        )

    def remember(self) -> None:
        """Keep the choice for the next session."""
        settings.write(self._key, self.file.filePath().strip())

    def _chosen(self) -> str:
        path = self.file.filePath().strip()
        if not path:
            return ""
        path = os.path.abspath(path)
        return path if path.lower().endswith(ENDING) else path + ENDING

    def _edited(self, *_: object) -> None:
        self._summarise()
        self.changed.emit()

    def _summarise(self) -> None:
        chosen = self._chosen()
        self.set_summary(os.path.basename(chosen) if chosen else f"{theme.SIGNS['warning']} {tr('temporary')}")
        self.warning.setVisible(not chosen)
        sign = f'<span style="color:{theme.colour(self, "warning")}">{theme.SIGNS["warning"]}</span> '
        self.warning.setText(sign + tr("Temporary: the file is deleted when QGIS closes. Choose one to keep it."))


def _free(path: str) -> str:
    """Return a path, with a number behind its name if there is such a file."""
    stem = re.sub(re.escape(ENDING) + "$", "", path, flags=re.IGNORECASE)
    number, free = 1, path
    while os.path.exists(free):
        number += 1
        free = f"{stem}_{number}{ENDING}"
    return free
