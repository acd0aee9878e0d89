"""What the Map page shows while the project has no raster."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from ..i18n import tr
from ..paths import icon
from . import theme


class EmptyWidget(QWidget):
    """A sentence, and buttons that do what it says."""

    demo_clicked = pyqtSignal()
    add_clicked = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("mapEmpty")
        picture = QLabel()
        picture.setPixmap(icon("urbangrain").pixmap(48, 48))
        picture.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        text = theme.paragraph(tr("Add a raster layer to map, or try the demo scene."))
        text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.add = QPushButton(tr("Add a raster layer"))
        self.add.setObjectName("mapAddRaster")
        self.add.setToolTip(tr("Open QGIS's Data Source Manager at its raster page."))
        self.demo = QPushButton(tr("Try the demo scene"))
        self.demo.setObjectName("mapDemo")
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
