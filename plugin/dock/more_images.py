"""Further images that a model is adapted to."""

from __future__ import annotations

from typing import List, Optional, Sequence

from qgis.core import QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QCheckBox, QListWidget, QListWidgetItem, QVBoxLayout

from .. import wording
from ..i18n import tr
from . import theme
from .folded_group import FoldedGroup

_ID = int(Qt.ItemDataRole.UserRole)


class MoreImages(FoldedGroup):
    """Raster layers to tick; all of them have their bands in the same order."""

    def __init__(self) -> None:
        super().__init__(tr("More images"), "trainMore")
        self.setToolTip(tr("Further images of the same place or sensor, with their bands in the same order."))
        self.list = QListWidget()
        self.list.setObjectName("trainMoreList")
        self.list.setAccessibleName(tr("More images"))
        self.list.setMinimumHeight(80)
        self.list.setMaximumHeight(140)
        self.one_by_one = QCheckBox(tr("One after the other"))
        self.one_by_one.setObjectName("trainByRegion")
        self.one_by_one.setToolTip(
            tr("Adapt to each image in turn, each time from the last one's model. Default: to all of them together.")
        )
        self.nothing = theme.paragraph(tr("There is no further image in the project."))
        layout = QVBoxLayout(self.content)
        layout.addWidget(self.nothing)
        layout.addWidget(self.list)
        layout.addWidget(self.one_by_one)
        self.list.itemChanged.connect(self._edited)
        self.one_by_one.toggled.connect(self._edited)
        self.offer((), None)

    def offer(self, layers: Sequence[QgsRasterLayer], without: Optional[QgsRasterLayer]) -> None:
        """Offer these layers but one; what was ticked stays so."""
        ticked = set(self._ticked())
        others = [layer for layer in layers if layer is not without]
        self.list.blockSignals(True)
        self.list.clear()
        for layer in others:
            item = QListWidgetItem(layer.name(), self.list)
            item.setData(_ID, layer.id())
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if layer.id() in ticked else Qt.CheckState.Unchecked)
        self.list.blockSignals(False)
        self.nothing.setHidden(bool(others))
        for widget in (self.list, self.one_by_one):
            widget.setHidden(not others)
        self._edited()

    def layers(self) -> List[QgsRasterLayer]:
        """Return the layers that are ticked and still in the project."""
        found = [QgsProject.instance().mapLayer(identifier) for identifier in self._ticked()]
        return [layer for layer in found if layer is not None]

    def _ticked(self) -> List[str]:
        # ids, because a layer may be gone before this list hears of it
        items = [self.list.item(row) for row in range(self.list.count())]
        return [item.data(_ID) for item in items if item.checkState() == Qt.CheckState.Checked]

    def _edited(self, *_: object) -> None:
        self._summarise()
        self.changed.emit()

    def _summarise(self) -> None:
        count = len(self.layers())
        self.one_by_one.setEnabled(count > 0)
        if not count:
            self.set_summary(tr("none"))
        elif self.one_by_one.isChecked():
            self.set_summary(tr("{count}, one after the other").format(count=wording.number(count)))
        else:
            self.set_summary(tr("{count}, together").format(count=wording.number(count)))
