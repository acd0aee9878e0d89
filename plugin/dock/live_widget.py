"""What the dock shows while the live view is on: how far it is, what the colours mean, how opaque it is."""

from __future__ import annotations

import html
from typing import Sequence

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QSlider, QVBoxLayout

from urbangrain.engine.protocol import ClassInfo

from .. import wording
from ..i18n import tr
from . import theme
from .live_view import LiveView


class LiveWidget(QFrame):
    """A strip under the buttons."""

    opacity_changed = pyqtSignal(float)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("mapLiveStrip")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.text = theme.paragraph()
        self.text.setObjectName("mapLiveText")
        self.bar = QProgressBar()
        self.bar.setObjectName("mapLiveProgress")
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(4)
        self.bar.setAccessibleName(tr("Progress"))
        self.legend = theme.paragraph()
        self.legend.setObjectName("mapLiveLegend")
        self.opacity = QSlider(Qt.Orientation.Horizontal)
        self.opacity.setObjectName("mapLiveOpacity")
        self.opacity.setRange(10, 100)
        self.opacity.setValue(80)
        self.opacity.setAccessibleName(tr("Opacity"))
        self.opacity.setToolTip(tr("How opaque the tiles are; less lets the image shine through. Default: 80 %."))
        row = QHBoxLayout()
        row.addWidget(QLabel(tr("Opacity")))
        row.addWidget(self.opacity, 1)
        layout = QVBoxLayout(self)
        layout.setSpacing(4)
        layout.addWidget(self.text)
        layout.addWidget(self.bar)
        layout.addWidget(self.legend)
        layout.addLayout(row)
        self.opacity.valueChanged.connect(lambda value: self.opacity_changed.emit(value / 100))
        self.hide()

    def set_classes(self, classes: Sequence[ClassInfo]) -> None:
        """Show what the colours mean."""
        entries = []
        for info in classes:
            square = f'<span style="color:{html.escape(info.colour)}">■</span>'
            entries.append(f"{square}&nbsp;{html.escape(wording.name(info.name)).replace(' ', '&nbsp;')}")
        self.legend.setText("&ensp; ".join(entries))

    def show_state(self, view: LiveView) -> None:
        """Show how far a view is."""
        self.setVisible(view.on)
        sign = f'<span style="color:{theme.colour(self, view.severity)}">{theme.SIGNS[view.severity]}</span>'
        self.text.setText(f"{sign}&nbsp;{html.escape(view.text)}")
        # The bar keeps its place, so that the strip does not jump while tiles come.
        self.bar.setRange(0, 1000)
        self.bar.setValue(round(1000 * max(0.0, view.share)))
