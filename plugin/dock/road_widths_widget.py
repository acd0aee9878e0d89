"""How wide the roads of each class are."""

from __future__ import annotations

import json
from typing import Any, Dict, List, Sequence

from qgis.gui import QgsDoubleSpinBox
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import (
    QDoubleSpinBox,
    QFormLayout,
    QHeaderView,
    QPushButton,
    QStyledItemDelegate,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
)

from urbangrain.engine.protocol import ROAD_WIDTHS

from .. import settings, wording
from ..i18n import tr
from . import theme
from .folded_group import FoldedGroup

OTHER_M = 6.0
WIDEST_M = 1000.0  # that a job takes
MOST_ROWS = 8  # seen at once
_NAME, _WIDTH = 0, 1


class RoadWidthsGroup(FoldedGroup):
    """A line a class, which is the layer's; widths that a person has changed are remembered by class."""

    def __init__(self) -> None:
        super().__init__(tr("Road widths"), "parcelsWidths")
        self.setToolTip(tr("How much each class of road takes off, in metres of the whole roadbed."))
        self.table = QTableWidget(0, 2)
        self.table.setObjectName("parcelsWidthsTable")
        self.table.setAccessibleName(tr("Road widths"))
        self.table.setToolTip(
            tr("Width of the whole roadbed in metres; 0 does not cut. Double-click or type to change one. Default: "
               "usual widths of OpenStreetMap's classes.")
        )  # fmt: skip
        self.table.setHorizontalHeaderLabels([tr("Class"), tr("Width")])
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        self.table.horizontalHeader().setSectionResizeMode(_WIDTH, QHeaderView.ResizeMode.ResizeToContents)
        self.table.setTabKeyNavigation(False)  # the arrow keys do that; Tab goes on to the next control
        self.table.setItemDelegateForColumn(_WIDTH, _WidthDelegate(self.table))
        self.other = QgsDoubleSpinBox()
        self.other.setObjectName("parcelsOtherWidth")
        self.other.setRange(0, WIDEST_M)
        self.other.setDecimals(1)
        self.other.setSuffix(tr(" m"))
        self.other.setClearValue(OTHER_M)
        self.other.setToolTip(
            tr("Width of roads without a class, or of a class that has no usual width. Default: 6 m.")
        )
        self.reset_button = QPushButton(tr("Usual widths"))
        self.reset_button.setObjectName("parcelsUsualWidths")
        self.reset_button.setToolTip(tr("Forget all changes of the table."))
        form = QFormLayout()
        form.addRow(tr("Other roads"), self.other)
        layout = QVBoxLayout(self.content)
        layout.addWidget(self.table)
        layout.addLayout(form)
        layout.addWidget(self.reset_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._classes: List[str] = []
        self._changed: Dict[str, float] = _remembered()
        self.other.setValue(settings.read("parcels/other_width", OTHER_M, float))
        self.table.itemChanged.connect(self._cell_edited)
        self.other.valueChanged.connect(self._other_edited)
        self.reset_button.clicked.connect(self.reset)
        self.show_values(())

    def show_values(self, values: Sequence[str]) -> None:
        """Show the classes in a field's values; a road may have several of them, by semicolons."""
        names = {_plain(part): part.strip() for value in values for part in value.split(";") if part.strip()}
        self._classes = [names[plain] for plain in sorted(names)]
        self._fill()
        self._fit()
        self.table.setHidden(not self._classes)
        self.reset_button.setHidden(not self._classes)

    def width_of(self, name: str) -> float:
        """Return how wide roads of a class are, in metres."""
        plain = _plain(name)
        return self._changed.get(plain, ROAD_WIDTHS.get(plain, self.other.value()))

    def value(self) -> Dict[str, Any]:
        """Return the values as `MakeParcelsJob` names them: of the classes shown, the widths that were changed."""
        shown = [_plain(name) for name in self._classes]
        widths = {name: self._changed[name] for name in shown if name in self._changed}
        return {"widths": widths, "default_width": self.other.value()}

    def reset(self) -> None:
        """Go back to the usual widths."""
        self._changed.clear()
        self._edited()

    def remember(self) -> None:
        """Keep the present values for the next session."""
        settings.write("parcels/widths", json.dumps(self._changed, ensure_ascii=False))
        settings.write("parcels/other_width", self.other.value())

    def _fill(self) -> None:
        self.table.blockSignals(True)
        self.table.setRowCount(len(self._classes))
        for row, name in enumerate(self._classes):
            plain = _plain(name)
            if plain in ROAD_WIDTHS:
                tip = tr("Usual width: {width}").format(width=wording.metres(ROAD_WIDTHS[plain]))
            else:
                tip = tr("This class has no usual width: it counts as one of the other roads.")
            first, second = QTableWidgetItem(name), QTableWidgetItem()
            first.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            second.setData(Qt.ItemDataRole.EditRole, float(self.width_of(name)))
            theme.align(second, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            for item in (first, second):
                item.setToolTip(tip)
                font = item.font()
                font.setBold(plain in self._changed)
                item.setFont(font)
            self.table.setItem(row, _NAME, first)
            self.table.setItem(row, _WIDTH, second)
        self.table.blockSignals(False)
        self._summarise()

    def _fit(self) -> None:
        """Make the table as high as its rows, up to `MOST_ROWS`."""
        rows = sum(self.table.rowHeight(row) for row in range(min(MOST_ROWS, self.table.rowCount())))
        frame = 2 * self.table.frameWidth()
        self.table.setFixedHeight(self.table.horizontalHeader().sizeHint().height() + rows + frame)

    def _cell_edited(self, item: QTableWidgetItem) -> None:
        name = self._classes[item.row()]
        width = float(item.data(Qt.ItemDataRole.EditRole))
        if width == self.width_of(name):
            return
        self._changed[_plain(name)] = width
        if width == ROAD_WIDTHS.get(_plain(name)):
            del self._changed[_plain(name)]
        self._edited()

    def _other_edited(self, *_: object) -> None:
        self._edited()

    def _edited(self) -> None:
        self._fill()
        self.changed.emit()

    def _summarise(self) -> None:
        if not self._classes:
            self.set_summary(tr("all {width}").format(width=wording.metres(self.other.value())))
            return
        parts = [tr("{count} classes").format(count=wording.number(len(self._classes)))]
        changed = len(self.value()["widths"])
        parts.append(tr("{count} changed").format(count=wording.number(changed)) if changed else tr("as usual"))
        self.set_summary(", ".join(parts))


class _WidthDelegate(QStyledItemDelegate):
    """Shows and edits a width in metres."""

    def displayText(self, value: Any, locale: Any) -> str:
        """Word a width."""
        return wording.metres(float(value)) if float(value) else tr("does not cut")

    def createEditor(self, parent: Any, option: Any, index: Any) -> QDoubleSpinBox:
        """Make a box for the widths that a job takes."""
        box = QDoubleSpinBox(parent)
        box.setRange(0, WIDEST_M)
        box.setDecimals(1)
        box.setFrame(False)
        return box


def _plain(name: str) -> str:
    """Return a class as it is looked up: neither case nor blanks around it matter."""
    return name.strip().lower()


def _remembered() -> Dict[str, float]:
    try:
        kept = json.loads(settings.read("parcels/widths", "{}"))
        return {str(name): float(width) for name, width in kept.items() if 0 <= float(width) <= WIDEST_M}
    except (AttributeError, TypeError, ValueError):
        return {}
