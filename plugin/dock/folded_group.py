"""A group that can be folded away and says in its title what it holds."""

from __future__ import annotations

from qgis.gui import QgsCollapsibleGroupBox
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QFontMetrics, QResizeEvent
from qgis.PyQt.QtWidgets import QSizePolicy, QVBoxLayout, QWidget


class FoldedGroup(QgsCollapsibleGroupBox):
    """Folded at first; its title reads "Heading: present values", shortened to the width there is.

    Subclasses lay out their widgets in ``self.content``.
    """

    changed = pyqtSignal()

    def __init__(self, heading: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(heading, parent)
        self.setObjectName(name)
        self._heading = heading
        self._summary = ""
        # QGIS hides a folded group's children one by one; one child keeps their own visibility theirs.
        self.content = QWidget()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.content)
        self.setCollapsed(True)
        self.setSaveCollapsedState(False)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Maximum)

    def summary(self) -> str:
        """Return the values shown in the title."""
        return self._summary

    def set_summary(self, summary: str) -> None:
        """Show the present values in the title."""
        self._summary = summary
        self._retitle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten the title anew."""
        super().resizeEvent(event)
        self._retitle()

    def _retitle(self) -> None:
        full = f"{self._heading}: {self._summary}" if self._summary else self._heading
        room = max(60, self.width() - 44)
        bold = self.font()
        bold.setBold(True)  # QGIS's own style sheet sets titles in bold
        shown = QFontMetrics(bold).elidedText(full, Qt.TextElideMode.ElideRight, room)
        if shown != self.title():
            self.setTitle(shown)
        self.setAccessibleName(full)
