"""How narrow and how large parcels may be."""

from __future__ import annotations

from typing import Any, Dict

from qgis.gui import QgsDoubleSpinBox
from qgis.PyQt.QtWidgets import QFormLayout

from .. import settings, wording
from ..i18n import tr
from .folded_group import FoldedGroup

OPENING_M = 5.0


class ParcelSizesGroup(FoldedGroup):
    """The opening in metres, the smallest and the largest area in square metres."""

    def __init__(self) -> None:
        super().__init__(tr("Shape and size"), "parcelsSizes")
        self.opening = QgsDoubleSpinBox()
        self.opening.setObjectName("parcelsOpening")
        self.opening.setRange(0, 1000)
        self.opening.setDecimals(1)
        self.opening.setSuffix(tr(" m"))
        self.opening.setClearValue(OPENING_M)
        self.opening.setToolTip(
            tr("Parcels are shrunk and grown again by this: what is narrower than twice as much goes, such as slivers "
               "and necks. 0: nothing goes. Default: 5 m.")
        )  # fmt: skip
        self.smallest = _area_box("parcelsSmallest")
        self.smallest.setToolTip(tr("Smaller parcels are left out. Default: none are."))
        self.largest = _area_box("parcelsLargest")
        self.largest.setToolTip(tr("Larger parcels are left out. Default: none are."))
        form = QFormLayout(self.content)
        form.addRow(tr("Opening"), self.opening)
        form.addRow(tr("Smallest parcel"), self.smallest)
        form.addRow(tr("Largest parcel"), self.largest)
        self.opening.setValue(settings.read("parcels/opening", OPENING_M, float))
        self.smallest.setValue(settings.read("parcels/smallest", 0.0, float))
        self.largest.setValue(settings.read("parcels/largest", 0.0, float))
        for box in (self.opening, self.smallest, self.largest):
            box.valueChanged.connect(self._edited)
        self._summarise()

    def value(self) -> Dict[str, Any]:
        """Return the values as `MakeParcelsJob` names them."""
        return {
            "opening_m": self.opening.value(),
            "min_area_m2": self.smallest.value(),
            "max_area_m2": self.largest.value(),
        }

    def problem(self) -> str:
        """Return what cannot work, in a sentence; empty when nothing is wrong."""
        if 0 < self.largest.value() <= self.smallest.value():
            return tr("No parcel fits: the largest area is not above the smallest.")
        return ""

    def remember(self) -> None:
        """Keep the present values for the next session."""
        for name in ("opening", "smallest", "largest"):
            settings.write(f"parcels/{name}", getattr(self, name).value())

    def _edited(self, *_: object) -> None:
        self._summarise()
        self.changed.emit()

    def _summarise(self) -> None:
        low, high = self.smallest.value(), self.largest.value()
        if low and high:
            size = tr("{low} to {high}").format(low=wording.area(low), high=wording.area(high))
        elif low:
            size = tr("from {area}").format(area=wording.area(low))
        elif high:
            size = tr("up to {area}").format(area=wording.area(high))
        else:
            size = tr("any size")
        opening = tr("opening {width}").format(width=wording.metres(self.opening.value()))
        self.set_summary(f"{opening}, {size}")


def _area_box(name: str) -> QgsDoubleSpinBox:
    box = QgsDoubleSpinBox()
    box.setObjectName(name)
    box.setRange(0, 1e9)
    box.setDecimals(0)
    box.setSingleStep(1000)
    box.setSuffix(" m²")
    box.setClearValue(0)
    box.setSpecialValueText(tr("no limit"))
    return box
