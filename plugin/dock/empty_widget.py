"""What a page shows while the project has nothing that it could work with."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from ..i18n import tr
from ..paths import icon
from . import theme


class EmptyWidget(QWidget):
    """A sentence, and buttons that do what it says.

    Parameters
    ----------
    name : str
        How the names of its widgets begin.
    sentence : str
        What is missing, and what to do.
    add, add_tip : str
        Text and tooltip of the button that opens QGIS's Data Source Manager.
    """

    demo_clicked = pyqtSignal()
    add_clicked = pyqtSignal()

    def __init__(self, name: str, sentence: str, add: str, add_tip: str) -> None:
        super().__init__()
        self.setObjectName(f"{name}Empty")
        picture = QLabel()
        picture.setPixmap(icon("urbangrain").pixmap(48, 48))
        picture.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        text = theme.paragraph(sentence)
        text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.add = QPushButton(add)
        self.add.setObjectName(f"{name}AddLayer")
        self.add.setToolTip(add_tip)
        self.demo = QPushButton(tr("Try the demo scene"))
        self.demo.setObjectName(f"{name}Demo")
        self.demo.setToolTip(tr("Build a small city of its own (a few seconds) with imagery, parcels and reference."))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 24, 8, 16)
        layout.setSpacing(10)
        layout.addWidget(picture)
        layout.addWidget(text)
        layout.addWidget(self.add)
        layout.addWidget(self.demo)
        layout.addStretch(1)
        self.add.clicked.connect(self.add_clicked)
        self.demo.clicked.connect(self.demo_clicked)
