"""Choosing what computes."""

from __future__ import annotations

from typing import Sequence

from qgis.PyQt.QtWidgets import QComboBox

from .. import settings, wording
from ..i18n import tr
from . import theme


class DeviceCombo(QComboBox):
    """Automatic, CPU, and the GPUs that the engine reported.

    Parameters
    ----------
    name : str
        How its name, and that of what it remembers, begin.
    together : bool
        Offer all GPUs at once, where there are several.
    """

    def __init__(self, name: str, together: bool) -> None:
        super().__init__()
        self._name, self._together = name, together
        theme.narrow(self)
        self.setObjectName(f"{name}Device")
        self.setToolTip(tr("What computes. Default: a GPU where the engine finds one, otherwise the CPU."))
        self._wanted = settings.read(f"{name}/device", "auto")
        self.offer(("cpu",))
        self.currentIndexChanged.connect(self._chosen)

    def offer(self, devices: Sequence[str]) -> None:
        """Offer the devices that the engine reported; the chosen one, or that of the last session, stays."""
        self.blockSignals(True)
        self.clear()
        self.addItem(tr("Automatic"), "auto")
        for text in devices:
            self.addItem(wording.device(text), text.split(" ")[0])
        if self._together and sum(text.startswith("cuda") for text in devices) > 1:
            self.addItem(tr("All GPUs"), "all")
        self.setCurrentIndex(max(0, self.findData(self._wanted)))
        self.blockSignals(False)

    def remember(self) -> None:
        """Keep the choice for the next session."""
        settings.write(f"{self._name}/device", self.currentData())

    def _chosen(self, *_: object) -> None:
        self._wanted = self.currentData()
