"""Which reference value means which class: guessed by name, editable, kept with the reference layer."""

from __future__ import annotations

import json
from typing import Dict, Optional, Sequence

from qgis.core import QgsVectorLayer
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QComboBox, QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout

from urbangrain.engine.protocol import ClassInfo

from .. import wording
from ..i18n import tr
from . import theme
from .folded_group import FoldedGroup

PROPERTY = "urbangrain/mapping"


class MappingGroup(FoldedGroup):
    """A line a value; the title says how many are matched. ``name`` begins its widgets' names."""

    def __init__(self, name: str) -> None:
        super().__init__(tr("Mapping"), f"{name}Mapping")
        self._name = name
        self.setToolTip(tr("Which class each value of the field means. Values without a class are left out."))
        self.table = QTableWidget(0, 2)
        self.table.setObjectName(f"{name}MappingTable")
        self.table.setHorizontalHeaderLabels([tr("Value"), tr("Class")])
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.setMinimumHeight(150)
        layout = QVBoxLayout(self.content)
        layout.addWidget(self.table)
        self._values: list[str] = []
        self._combos: list[QComboBox] = []
        self.clear()

    def clear(self) -> None:
        """Show nothing."""
        self.table.setRowCount(0)
        self._values, self._combos = [], []
        self.set_summary(tr("none yet"))

    def show_mapping(self, values: Sequence[str], classes: Sequence[ClassInfo], mapping: Dict[str, int]) -> None:
        """Fill in a line a value."""
        self.clear()
        self._values = list(values)
        self.table.setRowCount(len(values))
        for row, value in enumerate(values):
            item = QTableWidgetItem(value)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            item.setToolTip(value)
            self.table.setItem(row, 0, item)
            combo = theme.narrow(QComboBox())
            combo.setObjectName(f"{self._name}ClassOf_{value}")
            combo.setAccessibleName(tr("Class of {value}").format(value=value))
            combo.addItem(tr("not used"), -1)
            for info in classes:
                combo.addItem(theme.swatch(info.colour), wording.name(info.name), info.value)
            combo.setCurrentIndex(max(0, combo.findData(mapping.get(value, -1))))
            combo.currentIndexChanged.connect(self._edited)
            self.table.setCellWidget(row, 1, combo)
            self._combos.append(combo)
        self._summarise()

    def value(self) -> Dict[str, int]:
        """Return the class value of each reference value that has one."""
        return {
            value: int(combo.currentData())
            for value, combo in zip(self._values, self._combos)
            if combo.currentData() is not None and combo.currentData() >= 0
        }

    def choose(self, value: str, class_value: int) -> None:
        """Assign a class as a person would."""
        combo = self._combos[self._values.index(value)]
        combo.setCurrentIndex(max(0, combo.findData(class_value)))

    def _edited(self, *_: object) -> None:
        self._summarise()
        self.changed.emit()

    def _summarise(self) -> None:
        if not self._values:
            self.set_summary(tr("the field has no values"))
            return
        self.set_summary(tr("{matched} of {count} matched").format(matched=len(self.value()), count=len(self._values)))


def load(layer: QgsVectorLayer, field: str, classes: Sequence[ClassInfo]) -> Optional[Dict[str, int]]:
    """Return the mapping kept with a layer, by class *name*, as far as the classes have it; None when none is kept."""
    try:
        kept = json.loads(layer.customProperty(f"{PROPERTY}/{field}") or "null")
    except (TypeError, ValueError):
        return None
    if not isinstance(kept, dict):
        return None
    values = {info.name: info.value for info in classes}
    return {str(value): values[name] for value, name in kept.items() if name in values}


def save(layer: QgsVectorLayer, field: str, classes: Sequence[ClassInfo], mapping: Dict[str, int]) -> None:
    """Keep a mapping with a layer (and so with the project). Names are kept: values differ between models."""
    names = {info.value: info.name for info in classes}
    kept = {value: names[number] for value, number in mapping.items() if number in names}
    layer.setCustomProperty(f"{PROPERTY}/{field}", json.dumps(kept, ensure_ascii=False))
