"""What is tidied up after mapping."""

from __future__ import annotations

from typing import Any, Dict

from qgis.gui import QgsDoubleSpinBox
from qgis.PyQt.QtWidgets import QFormLayout

from .. import settings, wording
from ..i18n import tr
from .folded_group import FoldedGroup

DEFAULT_PATCH_M2 = 100.0
DEFAULT_HOLE_M2 = 50.0


class CleanupGroup(FoldedGroup):
    """Smallest patch kept and largest hole filled, in square metres."""

    def __init__(self) -> None:
        super().__init__(tr("Clean-up"), "mapCleanup")
        self.patch = _area_box("mapMinPatch", DEFAULT_PATCH_M2)
        self.patch.setToolTip(
            tr("Patches of a class that are smaller join the class around them. 0 keeps everything. Default: 100 m².")
        )
        self.hole = _area_box("mapFillHoles", DEFAULT_HOLE_M2)
        self.hole.setToolTip(tr("Holes inside a patch that are smaller are filled. 0 fills nothing. Default: 50 m²."))
        form = QFormLayout(self.content)
        form.addRow(tr("Smallest patch"), self.patch)
        form.addRow(tr("Largest hole"), self.hole)
        self.patch.setValue(settings.read("map/patch", DEFAULT_PATCH_M2, float))
        self.hole.setValue(settings.read("map/hole", DEFAULT_HOLE_M2, float))
        for box in (self.patch, self.hole):
            box.valueChanged.connect(self._edited)
        self._summarise()

    def value(self) -> Dict[str, Any]:
        """Return the values as `MapJob` names them."""
        return {"min_patch_m2": self.patch.value(), "fill_holes_m2": self.hole.value()}

    def remember(self) -> None:
        """Keep the present values for the next session."""
        settings.write("map/patch", self.patch.value())
        settings.write("map/hole", self.hole.value())

    def _edited(self, *_: object) -> None:
        self._summarise()
        self.changed.emit()

    def _summarise(self) -> None:
        patch, hole = self.patch.value(), self.hole.value()
        if not patch and not hole:
            self.set_summary(tr("off"))
            return
        self.set_summary(
            tr("patches {patch}, holes {hole}").format(
                patch=wording.area(patch) if patch else tr("off"), hole=wording.area(hole) if hole else tr("off")
            )
        )


def _area_box(name: str, default: float) -> QgsDoubleSpinBox:
    box = QgsDoubleSpinBox()
    box.setObjectName(name)
    box.setRange(0, 1e7)
    box.setDecimals(0)
    box.setSingleStep(10)
    box.setSuffix(" m²")
    box.setClearValue(default)
    return box
