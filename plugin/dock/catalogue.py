"""The models that the engine can use: asked for once, shown by every list of the dock."""

from __future__ import annotations

import os
from typing import List, Optional, Tuple

from qgis.core import Qgis
from qgis.PyQt.QtCore import QObject, pyqtSignal

from urbangrain.engine.protocol import ModelInfo, ModelsJob, ModelsResult

from .. import settings, wording
from ..paths import models_folder
from ..session import Session
from .preflight import PASSING

_FILES = "map/model_files"
CARD = "card.json"


class ModelCatalogue(QObject):
    """Emits ``waiting`` while a list that is new is on its way, then ``came`` or ``refused`` (code, sentence).

    ``models`` are those that map pixels; those that classify parcels stand apart in ``parcel_models``.
    """

    waiting = pyqtSignal()
    came = pyqtSignal()
    refused = pyqtSignal(str, str)

    def __init__(self, session: Session, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._session = session
        self._asked = False
        self._retried = False
        self.models: Tuple[ModelInfo, ...] = ()
        self.parcel_models: Tuple[ModelInfo, ...] = ()
        session.engine_changed.connect(self.ask)

    def wake(self) -> None:
        """Ask, unless that was done (this also warms the engine up)."""
        if not self._asked:
            self.ask()

    def ask(self) -> None:
        """Ask the engine for its models; what was known before no longer counts."""
        self.models = self.parcel_models = ()
        self.waiting.emit()
        self._ask()

    def add(self, path: str) -> None:
        """Take a model of the person's own into the list, for good, and ask anew; lists stay usable meanwhile."""
        own = os.path.normpath(models_folder())
        if not os.path.normpath(path).startswith(own + os.sep):  # which is listed as a whole
            known = settings.read(_FILES, "").splitlines()
            settings.write(_FILES, "\n".join([p for p in known if p != path] + [path]))
        if self.models:
            self._ask()
        else:
            self.ask()

    def named(self, identifier: str) -> Optional[ModelInfo]:
        """Return a model of either kind by its id."""
        return next((info for info in self.models + self.parcel_models if info.id == identifier), None)

    def _ask(self) -> None:
        self._asked = True
        self._session.ask(ModelsJob(tuple(_places())), self._came, self._refused, self)

    def _came(self, answer: ModelsResult) -> None:
        self._retried = False
        self.models = tuple(info for info in answer.models if not info.of_parcels)
        self.parcel_models = tuple(info for info in answer.models if info.of_parcels)
        self.came.emit()
        for remark in answer.remarks:
            self._session.say(wording.sentence(remark.code, remark.values), Qgis.MessageLevel.Warning)

    def _refused(self, code: str, values: dict) -> None:
        self._asked = False
        self.models = self.parcel_models = ()
        if code in PASSING and not self._retried:
            self._retried = True
            self.ask()
            return
        self.refused.emit(code, wording.sentence(code, values))


def _places() -> List[str]:
    """Return the folder of the person's models, if there are any in it, and the files that were picked."""
    own = models_folder()
    files = [path for path in settings.read(_FILES, "").splitlines() if os.path.exists(path)]
    return ([own] if _holds_models(own) else []) + files


def _holds_models(folder: str) -> bool:
    """Tell whether a folder has a model in it: one that is empty, or where one is being trained, is no mistake."""
    try:
        names = os.listdir(folder)
    except OSError:
        return False
    return any(
        name == CARD or name.lower().endswith(".onnx") or os.path.isfile(os.path.join(folder, name, CARD))
        for name in names
    )
