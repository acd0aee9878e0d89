"""Scores of each class in a table that sorts by number."""

from __future__ import annotations

import math
from typing import List

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from urbangrain.engine.protocol import AssessResult

from .. import wording
from ..i18n import tr
from . import theme
from .matrix_widget import compact


class NumberItem(QTableWidgetItem):
    """Shows a number as the locale writes it and sorts by its value; an undefined one sorts lowest."""

    def __init__(self, value: float, decimals: int) -> None:
        super().__init__(wording.number(value, decimals))
        self.value = value if value is not None and math.isfinite(value) else -math.inf
        theme.align(self, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def __lt__(self, other: QTableWidgetItem) -> bool:
        if isinstance(other, NumberItem):
            return self.value < other.value
        return super().__lt__(other)


class ScoresWidget(QTableWidget):
    """One row a class: user's and producer's accuracy, F1, IoU, reference pixels."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("accScores")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAlternatingRowColors(True)
        self.verticalHeader().hide()
        self.setAccessibleName(tr("Scores of each class"))
        font = self.font()
        font.setPointSizeF(max(7.0, font.pointSizeF() * 0.88))
        self.setFont(font)
        self.horizontalHeader().setFont(font)

    def show_result(self, result: AssessResult) -> None:
        """Fill in the table, in the classes' own order."""
        headings = (
            (tr("Class"), tr("Class of the map")),
            (tr("UA"), tr("User's accuracy (precision): share of what is mapped as the class that is right")),
            (tr("PA"), tr("Producer's accuracy (recall): share of the class's reference that was found")),
            ("F1", tr("Harmonic mean of user's and producer's accuracy")),
            ("IoU", tr("Intersection over union")),
            (tr("Pixels"), tr("Reference pixels of the class")),
        )
        self.setSortingEnabled(False)
        self.clear()
        self.setColumnCount(len(headings))
        self.setRowCount(len(result.classes))
        for column, (text, tip) in enumerate(headings):
            item = QTableWidgetItem(text)
            item.setToolTip(tip)
            self.setHorizontalHeaderItem(column, item)
        for row, score in enumerate(result.classes):
            name = QTableWidgetItem(theme.swatch(score.colour), wording.name(score.name))
            name.setToolTip(wording.name(score.name))
            self.setItem(row, 0, name)
            for column, value in enumerate((score.precision, score.recall, score.f1, score.iou), start=1):
                self.setItem(row, column, NumberItem(value, 3))
            pixels = NumberItem(score.reference, 0)
            pixels.setToolTip(pixels.text())
            pixels.setText(compact(score.reference))
            self.setItem(row, 5, pixels)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        header.setMinimumSectionSize(30)
        # No sorting yet: the first click on a heading sorts.
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self.resizeRowsToContents()
        height = header.sizeHint().height() + 2 * self.frameWidth()
        self.setFixedHeight(height + sum(self.rowHeight(row) for row in range(self.rowCount())))

    def text(self) -> List[List[str]]:
        """Return headings and cells as they are sorted now, for the clipboard."""
        columns = range(self.columnCount())
        rows = [[self.horizontalHeaderItem(column).text() for column in columns]]
        rows += [[self.item(row, column).text() for column in columns] for row in range(self.rowCount())]
        return rows
