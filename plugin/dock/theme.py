"""Colours and small helpers that keep the dock readable in light and dark themes, and narrow."""

from __future__ import annotations

from typing import Any, Sequence

from qgis.PyQt.QtCore import QSize, Qt, QTimer
from qgis.PyQt.QtGui import QColor, QIcon, QPalette, QPixmap
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QTableWidgetItem,
    QToolButton,
    QWidget,
)

# Severity is said by a sign as well as by a colour, for those who see no difference between the colours.
SIGNS = {"error": "✖", "warning": "⚠", "info": "ℹ", "ok": "✔"}
_LIGHT = {"error": "#b3261e", "warning": "#8a5a00", "info": "#1f5f99", "ok": "#1b6e3c"}
_DARK = {"error": "#ff8a80", "warning": "#ffc04d", "info": "#8ec7ff", "ok": "#7fd8a0"}


def is_dark(widget: QWidget) -> bool:
    """Tell whether a widget has a dark background."""
    return widget.palette().color(QPalette.ColorRole.Window).lightness() < 128


def colour(widget: QWidget, severity: str) -> str:
    """Return the text colour of a severity against the widget's background."""
    return (_DARK if is_dark(widget) else _LIGHT)[severity]


def readable_on(background: QColor) -> QColor:
    """Return black or white, whichever reads better on a background (relative luminance, WCAG 2)."""

    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.03928 else ((channel + 0.055) / 1.055) ** 2.4

    luminance = (
        0.2126 * linear(background.redF()) + 0.7152 * linear(background.greenF()) + 0.0722 * linear(background.blueF())
    )
    return QColor("#000000") if luminance > 0.179 else QColor("#ffffff")


def swatch(colour_name: str) -> QIcon:
    """Return a small square of a class's colour."""
    picture = QPixmap(12, 12)
    picture.fill(QColor(colour_name))
    return QIcon(picture)


def narrow(combo: QComboBox, letters: int = 6) -> QComboBox:
    """Let a combo box become narrower than its longest entry."""
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(letters)
    combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return combo


def primary(button: QPushButton) -> QPushButton:
    """Make a button the one that its page is about."""
    font = button.font()
    font.setBold(True)
    button.setFont(font)
    button.setDefault(True)
    button.setMinimumHeight(32)
    return button


def paragraph(text: str = "", small: bool = False) -> QLabel:
    """Make a label that wraps and can be copied from."""
    label = QLabel(text)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    if small:
        font = label.font()
        font.setPointSizeF(max(7.0, font.pointSizeF() * 0.92))
        label.setFont(font)
    return label


def align(item: QTableWidgetItem, alignment: Any) -> None:
    """Align a table cell; PyQt5 wants a number where PyQt6 wants the flags."""
    try:
        item.setTextAlignment(alignment)
    except TypeError:
        item.setTextAlignment(int(alignment))


def flags(*given: Any) -> int:
    """Return Qt's flags together as the number that painting takes; those of PyQt6 are no numbers themselves."""
    together = 0
    for flag in given:
        together |= int(getattr(flag, "value", flag))
    return together


def level(labels: Sequence[QWidget]) -> None:
    """Give the labels of several forms one width, so that the fields stand below one another."""
    width = max(label.sizeHint().width() for label in labels)
    for label in labels:
        label.setMinimumWidth(width)


def reveal(widget: QWidget) -> None:
    """Scroll the page so that a widget can be seen, once it has been laid out."""

    def scroll() -> None:
        parent = widget.parentWidget()
        while parent is not None and not isinstance(parent, QScrollArea):
            parent = parent.parentWidget()
        if parent is not None and widget.isVisible():
            parent.ensureWidgetVisible(widget, 0, 8)

    timer = QTimer(widget)  # goes with the widget
    timer.setSingleShot(True)
    timer.timeout.connect(scroll)
    timer.timeout.connect(timer.deleteLater)
    timer.start(50)


def tab_order(group: QWidget) -> None:
    """Let the Tab key reach controls that were made late where they stand: after their group's folding button."""
    fold = group.findChild(QToolButton)
    chain = [widget for widget in (fold, *group.findChildren(QComboBox)) if widget is not None]
    for first, second in zip(chain, chain[1:]):
        QWidget.setTabOrder(first, second)


def icon_button(icon, text: str, tooltip: str) -> QToolButton:
    """Make a checkable button of the dock's page bar."""
    button = QToolButton()
    button.setIcon(icon)
    button.setText(text)
    button.setToolTip(tooltip)
    button.setIconSize(QSize(20, 20))
    button.setAutoRaise(True)
    button.setCheckable(True)
    return button
