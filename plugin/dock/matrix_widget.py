"""The confusion matrix as a heat map: rows are the map, columns the reference."""

from __future__ import annotations

from typing import List, Sequence

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from urbangrain.engine.protocol import AssessResult

from .. import wording
from ..i18n import tr
from . import theme

_LOW = (247, 251, 255)
_HIGH = (8, 64, 129)


class MatrixWidget(QTableWidget):
    """Counts of pixels; a cell is the darker, the larger its share of its reference class."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("accMatrix")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setMinimumSectionSize(34)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.setAccessibleName(tr("Confusion matrix: rows are the map, columns the reference"))
        font = self.font()
        font.setPointSizeF(max(7.0, font.pointSizeF() * 0.88))
        self.setFont(font)
        self.horizontalHeader().setFont(font)
        self.verticalHeader().setFont(font)

    def show_result(self, result: AssessResult) -> None:
        """Fill in the matrix."""
        count = len(result.classes)
        names = [wording.name(score.name) for score in result.classes]
        self.clear()
        self.setRowCount(count)
        self.setColumnCount(count)
        totals = [sum(row[column] for row in result.matrix) for column in range(count)]
        for index, (name, score) in enumerate(zip(names, result.classes)):
            across = QTableWidgetItem(_short(name))
            across.setToolTip(tr("Reference: {name}").format(name=name))
            self.setHorizontalHeaderItem(index, across)
            down = QTableWidgetItem(name)
            down.setToolTip(tr("Map: {name}").format(name=name))
            down.setIcon(theme.swatch(score.colour))
            self.setVerticalHeaderItem(index, down)
        for row, counts in enumerate(result.matrix):
            for column, pixels in enumerate(counts):
                share = pixels / totals[column] if totals[column] else 0.0
                self.setItem(row, column, _cell(pixels, share, names[row], names[column], row == column))
        self._fit_height()

    def text(self) -> List[List[str]]:
        """Return headings and counts as rows of a table, for the clipboard."""
        count = self.columnCount()
        names = [self.verticalHeaderItem(row).text() for row in range(self.rowCount())]
        rows = [[tr("map \\ reference"), *names]]
        for row in range(self.rowCount()):
            rows.append([names[row], *(str(self.item(row, c).data(Qt.ItemDataRole.UserRole)) for c in range(count))])
        return rows

    def _fit_height(self) -> None:
        height = self.horizontalHeader().sizeHint().height() + 2 * self.frameWidth()
        self.resizeRowsToContents()
        height += sum(self.rowHeight(row) for row in range(self.rowCount()))
        needed = self.columnCount() * self.horizontalHeader().minimumSectionSize()
        if needed > self.viewport().width():
            height += self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(height)


def heat(share: float) -> QColor:
    """Return the colour of a share (0 to 1) between a very light and a dark blue."""
    level = min(1.0, max(0.0, share)) ** 0.6  # lifts the small shares, which are the errors one looks for
    return QColor(*(round(low + level * (high - low)) for low, high in zip(_LOW, _HIGH)))


def compact(pixels: int) -> str:
    """Return a count that fits a narrow column: 312, 4100, 31k, 1.2M."""
    if pixels >= 999_500:
        return wording.number(pixels / 1e6, 1 if pixels < 9_950_000 else 0) + "M"
    if pixels >= 10_000:
        return wording.number(pixels / 1e3) + "k"
    return str(pixels)


def _cell(pixels: int, share: float, mapped: str, reference: str, right: bool) -> QTableWidgetItem:
    item = QTableWidgetItem(compact(pixels))
    item.setData(Qt.ItemDataRole.UserRole, pixels)
    theme.align(item, Qt.AlignmentFlag.AlignCenter)
    background = heat(share)
    item.setBackground(background)
    item.setForeground(theme.readable_on(background))
    if right:
        font = item.font()
        font.setBold(True)
        item.setFont(font)
    item.setToolTip(
        tr("{pixels} pixels of {reference} were mapped as {mapped}: {share} of {reference}.").format(
            pixels=wording.number(pixels), reference=reference, mapped=mapped, share=wording.percent(share)
        )
    )
    return item


def _short(name: str) -> str:
    return name if len(name) <= 6 else name[:5] + "…"


def tab_separated(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as text that spreadsheets paste as a table."""
    return "\n".join("\t".join(row) for row in rows)
