"""How the image is sampled: window, overlap, blending, flips, device, precision, backend."""

from __future__ import annotations

from typing import Any, Dict, Sequence

from qgis.PyQt.QtWidgets import QComboBox, QFormLayout, QSpinBox

from .. import choices, settings
from ..i18n import tr
from . import theme
from .device_combo import DeviceCombo
from .folded_group import FoldedGroup


class SamplingGroup(FoldedGroup):
    """Sensible defaults that a person may leave alone."""

    def __init__(self) -> None:
        super().__init__(tr("Sampling"), "mapSampling")
        self.window = QSpinBox()
        self.window.setObjectName("mapWindow")
        self.window.setRange(0, 4096)
        self.window.setSingleStep(32)
        self.window.setSpecialValueText(tr("as the model"))
        self.window.setSuffix(tr(" px"))
        self.window.setToolTip(
            tr("Side of the window that the model sees at once. Larger: more context and memory. Default: the model's.")
        )
        self.overlap = QSpinBox()
        self.overlap.setObjectName("mapOverlap")
        self.overlap.setRange(0, 90)
        self.overlap.setSingleStep(5)
        self.overlap.setSuffix(" %")
        self.overlap.setToolTip(
            tr("Share of a window that its neighbour covers again. More: smoother seams, slower. Default: 25 %.")
        )
        self.blend = theme.narrow(QComboBox())
        self.blend.setObjectName("mapBlend")
        for key, text in choices.blends():
            self.blend.addItem(text, key)
        self.blend.setToolTip(
            tr("How overlapping windows are joined. Default: Gaussian weights, which trust a window's centre most.")
        )
        self.flips = theme.narrow(QComboBox())
        self.flips.setObjectName("mapFlips")
        for key, text in choices.flips():
            self.flips.addItem(text, key)
        self.flips.setToolTip(
            tr(
                "Each window is also seen mirrored and the answers are averaged: steadier, and that many times slower. "
                "Default: 4 flips."
            )
        )
        self.device = DeviceCombo("map", together=True)
        self.precision = theme.narrow(QComboBox())
        self.precision.setObjectName("mapPrecision")
        for key, text in choices.precisions():
            self.precision.addItem(text, key)
        self.precision.setToolTip(tr("Number format on the device. Default: 16 bit on GPUs that are built for it."))
        self.backend = theme.narrow(QComboBox())
        self.backend.setObjectName("mapBackend")
        for key, text in choices.backends():
            self.backend.addItem(text, key)
        self.backend.setToolTip(
            tr("What runs the network. Default: for large maps, whichever a short trial on this computer finds faster.")
        )

        form = QFormLayout(self.content)
        form.addRow(tr("Window"), self.window)
        form.addRow(tr("Overlap"), self.overlap)
        form.addRow(tr("Blending"), self.blend)
        form.addRow(tr("Flips"), self.flips)
        form.addRow(tr("Device"), self.device)
        form.addRow(tr("Precision"), self.precision)
        form.addRow(tr("Backend"), self.backend)

        self.window.setValue(settings.read("map/window", 0, int))
        self.overlap.setValue(settings.read("map/overlap", 25, int))
        _choose(self.blend, settings.read("map/blend", "gaussian"))
        _choose(self.flips, settings.read("map/flips", "4"))
        _choose(self.precision, settings.read("map/precision", "auto"))
        _choose(self.backend, settings.read("map/backend", "auto"))
        for spin in (self.window, self.overlap):
            spin.valueChanged.connect(self._edited)
        for combo in (self.blend, self.flips, self.device, self.precision, self.backend):
            combo.currentIndexChanged.connect(self._edited)
        self._summarise()

    def set_devices(self, devices: Sequence[str]) -> None:
        """Offer the devices that the engine reported."""
        self.device.offer(devices)
        self._summarise()

    def suit(self, of_values: bool) -> None:
        """Offer the blendings that a model has: the largest of several values means nothing."""
        index = self.blend.findData("max")
        self.blend.model().item(index).setEnabled(not of_values)
        if of_values and self.blend.currentIndex() == index:
            _choose(self.blend, "gaussian")

    def value(self) -> Dict[str, Any]:
        """Return the values as `MapJob` names them."""
        return {
            "window": self.window.value(),
            "overlap": self.overlap.value() / 100,
            "blend": self.blend.currentData(),
            "flips": self.flips.currentData(),
            "device": self.device.currentData(),
            "precision": self.precision.currentData(),
            "backend": self.backend.currentData(),
        }

    def remember(self) -> None:
        """Keep the present values for the next session."""
        settings.write("map/window", self.window.value())
        settings.write("map/overlap", self.overlap.value())
        self.device.remember()
        for name in ("blend", "flips", "precision", "backend"):
            settings.write(f"map/{name}", getattr(self, name).currentData())

    def _edited(self, *_: object) -> None:
        self._summarise()
        self.changed.emit()

    def _summarise(self) -> None:
        window = self.window.value()
        parts = [
            tr("{count} px").format(count=window) if window else tr("model's window"),
            tr("{number} %").format(number=self.overlap.value()),
            self.flips.currentText(),
        ]
        if self.device.currentData() != "auto":
            parts.append(self.device.currentText())
        self.set_summary(", ".join(parts))


def _choose(combo: QComboBox, key: str) -> None:
    combo.setCurrentIndex(max(0, combo.findData(key)))
