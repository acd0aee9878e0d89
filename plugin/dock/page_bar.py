"""The bar of pages on top of the dock. Where there is no room for all names, only the chosen page shows its own."""

from __future__ import annotations

from typing import Dict

from qgis.PyQt.QtCore import QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QIcon, QResizeEvent
from qgis.PyQt.QtWidgets import QButtonGroup, QHBoxLayout, QLayout, QToolButton, QWidget

from . import theme

_NAMED = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
_BARE = Qt.ToolButtonStyle.ToolButtonIconOnly


class PageBar(QWidget):
    """Buttons of which one is down; ``chosen`` gives the name of the page that was clicked."""

    chosen = pyqtSignal(str)

    def __init__(self) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._buttons: Dict[str, QToolButton] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(6, 4, 6, 4)
        self._row.setSpacing(2)
        self._row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # names must not keep the dock wide

    def add(self, name: str, picture: QIcon, text: str, tooltip: str) -> None:
        """Add a button; without ``text`` it never shows a name."""
        button = theme.icon_button(picture, text, tooltip)
        button.setObjectName(f"page_{name}")
        button.setToolButtonStyle(_NAMED if text else _BARE)
        button.setAccessibleName(text or tooltip)
        self._group.addButton(button)
        self._buttons[name] = button
        self._row.addWidget(button)
        button.clicked.connect(lambda _checked=False: self.chosen.emit(name))

    def add_stretch(self) -> None:
        """Push what follows to the right."""
        self._row.addStretch(1)

    def button(self, name: str) -> QToolButton:
        """Return the button of a page."""
        return self._buttons[name]

    def choose(self, name: str) -> None:
        """Put a button down."""
        self._buttons[name].setChecked(True)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Leave room for the icons and the longest name."""
        named = [b for b in self._buttons.values() if b.text()]
        bare = sum(b.iconSize().width() + 10 for b in self._buttons.values())
        longest = max((b.fontMetrics().horizontalAdvance(b.text()) + 6 for b in named), default=0)
        margins = self._row.contentsMargins()
        spacing = self._row.spacing() * len(self._buttons)
        return QSize(bare + longest + spacing + margins.left() + margins.right(), super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many names as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        named = [button for button in self._buttons.values() if button.text()]
        for button in named:
            button.setToolButtonStyle(_NAMED)
        margins = self._row.contentsMargins()
        wanted = sum(button.sizeHint().width() for button in self._buttons.values())
        wanted += self._row.spacing() * len(self._buttons) + margins.left() + margins.right()
        if wanted > self.width():
            for button in named:
                button.setToolButtonStyle(_NAMED if button.isChecked() else _BARE)
