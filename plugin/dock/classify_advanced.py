"""How parcels are classified, for those who want to decide: folded away."""

from __future__ import annotations

from typing import Any, Dict

from qgis.PyQt.QtWidgets import QFormLayout, QSpinBox

from .. import settings, wording
from ..i18n import tr
from .device_combo import DeviceCombo
from .folded_group import FoldedGroup

MOST_PATCHES = 16


class ClassifyAdvanced(FoldedGroup):
    """Most image patches of a parcel, the seed of their places, and the device."""

    def __init__(self) -> None:
        super().__init__(tr("Advanced"), "parcelsAdvanced")
        self.patches = QSpinBox()
        self.patches.setObjectName("parcelsPatches")
        self.patches.setRange(1, 1000)
        self.patches.setToolTip(
            tr("A large parcel is looked at in this many places at most. More: steadier, slower. Default: 16.")
        )
        self.seed = QSpinBox()
        self.seed.setObjectName("parcelsSeed")
        self.seed.setRange(0, 1_000_000)
        self.seed.setToolTip(tr("The same seed looks at the same places. Default: 0."))
        self.device = DeviceCombo("parcels", together=False)
        form = QFormLayout(self.content)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(tr("Most patches"), self.patches)
        form.addRow(tr("Seed"), self.seed)
        form.addRow(tr("Device"), self.device)
        self.patches.setValue(settings.read("parcels/patches", MOST_PATCHES, int))
        self.seed.setValue(settings.read("parcels/seed", 0, int))
        for box in (self.patches, self.seed):
            box.valueChanged.connect(self._edited)
        self.device.currentIndexChanged.connect(self._edited)
        self._summarise()

    def value(self) -> Dict[str, Any]:
        """Return the values as `ClassifyJob` names them."""
        return {
            "most_patches": self.patches.value(),
            "seed": self.seed.value(),
            "device": self.device.currentData(),
        }

    def remember(self) -> None:
        """Keep the present values for the next session."""
        settings.write("parcels/patches", self.patches.value())
        settings.write("parcels/seed", self.seed.value())
        self.device.remember()

    def _edited(self, *_: object) -> None:
        self._summarise()
        self.changed.emit()

    def _summarise(self) -> None:
        parts = [tr("{count} patches").format(count=wording.number(self.patches.value()))]
        if self.device.currentData() != "auto":
            parts.append(self.device.currentText())
        self.set_summary(", ".join(parts))
