"""What the new model is called, where it goes, and how long making it may take."""

from __future__ import annotations

import contextlib
import os
import re
from dataclasses import dataclass
from typing import Callable

from qgis.gui import QgsFileWidget
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QFormLayout, QLineEdit, QSpinBox, QWidget

from .. import settings
from ..i18n import tr
from ..layers.sources import UnusableLayer
from ..paths import models_folder

DEFAULT_MINUTES = 15
MOST_LETTERS = 80  # of an id


@dataclass(frozen=True)
class ModelPlan:
    """Name of a model for people, and the folder that is made for it."""

    title: str
    folder: str


class TrainTarget(QWidget):
    """A name, a folder and a time limit.

    Parameters
    ----------
    is_taken : callable
        Whether a model of this id is known already.
    """

    changed = pyqtSignal()

    def __init__(self, is_taken: Callable[[str], bool]) -> None:
        super().__init__()
        self._is_taken = is_taken
        self.name = QLineEdit()
        self.name.setObjectName("trainName")
        self.name.setToolTip(tr("What the new model is called in the lists. Default: after the model and the image."))
        self.folder = QgsFileWidget()
        self.folder.setObjectName("trainFolder")
        self.folder.setStorageMode(QgsFileWidget.StorageMode.GetDirectory)
        self.folder.lineEdit().setPlaceholderText(tr("my models, in the QGIS profile"))
        self.folder.setToolTip(tr("Where the model's folder is made. Empty: in your QGIS profile ({folder}).").format(
            folder=models_folder()))  # fmt: skip
        self.minutes = QSpinBox()
        self.minutes.setObjectName("trainMinutes")
        self.minutes.setRange(0, 7 * 24 * 60)
        self.minutes.setSuffix(tr(" min"))
        self.minutes.setSpecialValueText(tr("none"))
        self.minutes.setToolTip(
            tr("When learning ends at the latest; you can stop it at any time before. 0: no limit. Default: 15 min.")
        )
        self.form = QFormLayout(self)
        self.form.setContentsMargins(0, 0, 0, 0)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.form.addRow(tr("Name"), self.name)
        self.form.addRow(tr("Folder"), self.folder)
        self.form.addRow(tr("Time limit"), self.minutes)
        self.folder.setFilePath(settings.read("train/folder", ""))
        self.minutes.setValue(settings.read("train/minutes", DEFAULT_MINUTES, int))
        self.name.textChanged.connect(lambda _text: self.changed.emit())
        self.folder.fileChanged.connect(lambda _path: self.changed.emit())

    def suggest(self, model: str, image: str) -> None:
        """Say which name the model gets unless the person gives one."""
        name = model if not image or image in model else tr("{model}, {image}").format(model=model, image=image)
        self.name.setPlaceholderText(self._free(name) if name else "")

    def plan(self) -> ModelPlan:
        """Return where the model goes, which is nowhere yet; raises `UnusableLayer`."""
        parent = self.folder.filePath().strip()
        if parent and not os.path.isdir(parent):
            text = tr("The output folder {folder} does not exist. Create it, or choose another.")
            raise UnusableLayer(text.format(folder=parent))
        if parent and not os.access(parent, os.W_OK):
            text = tr("The output folder {folder} is read-only. Choose another.")
            raise UnusableLayer(text.format(folder=parent))
        typed = self.name.text().strip()
        if typed and not self._is_free(typed):
            raise UnusableLayer(tr("There is a model {name} already. Choose another name.").format(name=typed))
        name = typed or self._free(self.name.placeholderText())
        identifier = model_id(name)
        if not identifier:
            raise UnusableLayer(tr("Give the new model a name with letters or digits."))
        return ModelPlan(name, os.path.join(self._parent(), identifier))

    def prepare(self) -> None:
        """Make the folder of the person's models where it is meant; raises `UnusableLayer`."""
        if not self.folder.filePath().strip():
            try:
                os.makedirs(models_folder(), exist_ok=True)
            except OSError as error:
                text = tr("The folder {folder} cannot be made: {reason}. Choose another.")
                raise UnusableLayer(text.format(folder=models_folder(), reason=error.strerror or error)) from None

    def clear_up(self) -> None:
        """Remove that folder again if nothing came of it."""
        with contextlib.suppress(OSError):
            os.rmdir(models_folder())

    def remember(self) -> None:
        """Keep folder and time limit for the next session."""
        settings.write("train/folder", self.folder.filePath().strip())
        settings.write("train/minutes", self.minutes.value())

    def _parent(self) -> str:
        return self.folder.filePath().strip() or models_folder()

    def _is_free(self, name: str) -> bool:
        identifier = model_id(name)
        folder = os.path.join(self._parent(), identifier)
        try:  # what a killed training has left is hidden, and may be written over
            used = any(not entry.startswith(".") for entry in os.listdir(folder))
        except FileNotFoundError:
            used = False
        except OSError:
            used = True
        return not used and not self._is_taken(identifier)

    def _free(self, name: str) -> str:
        """Return a name, with a number behind it if there is a model of that name."""
        number, found = 1, name
        while model_id(found) and not self._is_free(found):
            number += 1
            found = f"{name[: MOST_LETTERS - 10]} {number}"
        return found


def model_id(name: str) -> str:
    """Return a name as the id of a model, which is its folder's name too: letters, digits and single hyphens."""
    return re.sub(r"[\W_]+", "-", name.strip().lower()).strip("-")[:MOST_LETTERS].strip("-")
