"""Choosing a model: a combo box, and what the model's card says in a line below."""

from __future__ import annotations

import os
from typing import Any, Callable, Optional, Sequence

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from urbangrain.engine.protocol import ModelInfo

from .. import settings, wording
from ..i18n import tr
from . import theme

ID_ROLE = int(Qt.ItemDataRole.UserRole) + 1
MOST_NAMES = 4


class ModelWidget(QWidget):
    """The models that the engine found; ``current`` is the chosen one.

    ``opened`` gives the path of a model file that the person picked; the list is to be asked for anew with it.

    Parameters
    ----------
    name : str
        How the names of its widgets, and of what it remembers, begin.
    tip : str
        What the model is for.
    suits : callable
        Which models are offered.
    """

    changed = pyqtSignal()
    opened = pyqtSignal(str)

    def __init__(self, name: str, tip: str, suits: Callable[[ModelInfo], bool] = lambda info: True) -> None:
        super().__init__()
        self._name, self._tip, self._suits = name, tip, suits
        self._models: dict[str, ModelInfo] = {}
        self._kept = ""
        self.combo = theme.narrow(QComboBox())
        self.combo.setObjectName(f"{name}Model")
        self.combo.setToolTip(tip)
        self.about = theme.paragraph(small=True)
        self.about.setObjectName(f"{name}ModelAbout")
        self.open = QToolButton()
        self.open.setObjectName(f"{name}ModelOpen")
        self.open.setIcon(QgsApplication.getThemeIcon("/mActionFileOpen.svg"))
        self.open.setAutoRaise(True)
        self.open.setToolTip(tr("Use a model of your own: an .onnx file (also one made for Deepness) or a model card"))
        self.open.clicked.connect(self._browse)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self.combo, 1)
        row.addWidget(self.open)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(row)
        layout.addWidget(self.about)
        self.combo.currentIndexChanged.connect(self._chosen)
        self.wait()

    def wait(self) -> None:
        """Say that the list is on its way."""
        self._keep()
        self._models = {}
        self.combo.clear()
        self.combo.addItem(tr("Asking the engine…"))
        self.combo.setEnabled(False)
        self.about.hide()

    def fail(self, text: str) -> None:
        """Say why there is no list."""
        self._keep()
        self._models = {}
        self.combo.clear()
        self.combo.addItem(tr("No models"))
        self.combo.setToolTip(text)
        self.combo.setEnabled(False)
        self.about.hide()

    def fill(self, models: Sequence[ModelInfo]) -> None:
        """Show the models; the one that was chosen, or used last, is chosen again."""
        before = self.current()
        self._keep()
        wanted = self._kept or settings.read(f"{self._name}/model", "")
        self.combo.blockSignals(True)
        self.combo.clear()
        self.combo.setToolTip(self._tip)
        self._models = {info.path: info for info in models if self._suits(info)}
        for info in self._models.values():
            self.combo.addItem(info.title, info.path)
            index = self.combo.count() - 1
            self.combo.setItemData(index, info.id, ID_ROLE)
            self.combo.setItemData(index, info.description, Qt.ItemDataRole.ToolTipRole)
        self.combo.setCurrentIndex(max(0, self.combo.findData(wanted, ID_ROLE)))
        self.combo.blockSignals(False)
        self.combo.setEnabled(bool(self._models))
        if not self._models:
            self.fail(tr("The engine found no model."))
        if before is None or self.current() != before:
            self._chosen()

    def choose(self, identifier: str) -> bool:
        """Choose a model by its id; returns whether there is one."""
        index = self.combo.findData(identifier, ID_ROLE)
        if index >= 0:
            self.combo.setCurrentIndex(index)
        return index >= 0

    def current(self) -> Optional[ModelInfo]:
        """Return the chosen model."""
        return self._models.get(self.combo.currentData())

    def choose_file(self, path: str) -> bool:
        """Choose the model of a file; returns whether there is one."""
        # a card beside an .onnx file speaks for it
        wanted = {os.path.normpath(path), os.path.normpath(os.path.splitext(path)[0] + ".json")}
        for index in range(self.combo.count()):
            if os.path.normpath(str(self.combo.itemData(index)).partition("#")[0]) in wanted:
                self.combo.setCurrentIndex(index)
                return True
        return False

    def remember(self) -> None:
        """Keep the choice for the next session."""
        info = self.current()
        if info is not None:
            settings.write(f"{self._name}/model", info.id)

    def _keep(self) -> None:
        info = self.current()
        if info is not None:
            self._kept = info.id

    def _browse(self) -> None:
        start = os.path.dirname(settings.read("map/model_file", ""))
        kinds = tr("Models (*.onnx *.json)")
        path, _ = QFileDialog.getOpenFileName(self, tr("Model file"), start, kinds)
        if path:
            settings.write("map/model_file", path)
            self.opened.emit(path)

    def _chosen(self, *_: object) -> None:
        info = self.current()
        self.about.setVisible(info is not None)
        if info is not None:
            self.about.setText(describe(info))
            self.about.setToolTip("\n\n".join([info.description, *(f"• {text}" for text in info.limits)]))
        self.changed.emit()


def describe(info: ModelInfo) -> str:
    """Return a model's card in a line: bands, resolution, classes or values, accuracy and on what it was measured."""
    bands = ", ".join(
        tr("({band})").format(band=wording.name(band.role)) if band.optional else wording.name(band.role)
        for band in info.bands
    )
    if info.gsd_max_m > 1000 * info.gsd_min_m:
        gsd = tr("any resolution")
    elif info.gsd_min_m == info.gsd_max_m:
        gsd = tr("{number} m").format(number=_short(info.gsd_min_m))
    else:
        gsd = tr("{low}–{high} m").format(low=_short(info.gsd_min_m), high=_short(info.gsd_max_m))
    if info.task == "super-resolution":
        made = tr("sharper imagery")
    elif info.values:
        names = [wording.name(name) for name in info.values[:MOST_NAMES]]
        names += ["…"] if len(info.values) > MOST_NAMES else []
        made = tr("values: {names}").format(names=", ".join(names))
    else:
        made = tr("{count} classes").format(count=len(info.classes))
    parts = [bands, gsd, made]
    overall = info.accuracy.get("overall")
    if isinstance(overall, (int, float)) and not isinstance(overall, bool):
        data: Any = info.accuracy.get("data") or ""
        text = tr("OA {value}").format(value=wording.number(overall, 2))
        parts.append(tr("{accuracy} on {data}").format(accuracy=text, data=data) if data else text)
    return " · ".join(parts)


def _short(value: float) -> str:
    return wording.number(value, 0 if float(value).is_integer() else 1)
