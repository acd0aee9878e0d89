"""Which band of the image is which band of the model."""

from __future__ import annotations

from typing import Optional, Sequence, Tuple

from qgis.PyQt.QtWidgets import QComboBox, QFormLayout

from urbangrain.engine.protocol import BandInfo, BandSpec

from .. import wording
from ..i18n import tr
from . import theme
from .folded_group import FoldedGroup


class BandsGroup(FoldedGroup):
    """One line a band of the model; guessed by name until a person chooses. ``name`` begins its widgets' names."""

    def __init__(self, name: str) -> None:
        super().__init__(tr("Bands"), f"{name}Bands")
        self._name = name
        self.setToolTip(tr("Which band of the image the model reads as which. Default: guessed from the band names."))
        self._form = QFormLayout(self.content)
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
        self._specs: Tuple[BandSpec, ...] = ()
        self._bands: Tuple[BandInfo, ...] = ()
        self._combos: list[QComboBox] = []
        self._chosen_by_person = False
        self.set_summary(tr("none yet"))

    def value(self) -> Optional[Tuple[int, ...]]:
        """Return a band number for each band of the model (0: the image has none), or None while guessed."""
        if not self._chosen_by_person:
            return None
        return tuple(int(combo.currentData() or 0) for combo in self._combos)

    def missing(self) -> Optional[str]:
        """Return the role of the first band that the model must have and that is not assigned."""
        if not self._chosen_by_person:
            return None
        for spec, combo in zip(self._specs, self._combos):
            if not spec.optional and not combo.currentData():
                return spec.role
        return None

    def choose(self, bands: Sequence[int]) -> None:
        """Assign bands as a person would."""
        for combo, number in zip(self._combos, bands):
            combo.setCurrentIndex(max(0, combo.findData(number)))
        self._chosen()

    def reset(self) -> None:
        """Go back to guessing."""
        self._chosen_by_person = False

    def show_bands(self, specs: Sequence[BandSpec], bands: Sequence[BandInfo], guess: Optional[Sequence[int]]) -> None:
        """Fill the lines for an image and a model; a person's choice for the same two is kept."""
        if tuple(specs) != self._specs or tuple(bands) != self._bands:
            self._rebuild(tuple(specs), tuple(bands))
        if not self._chosen_by_person:
            for index, combo in enumerate(self._combos):
                number = guess[index] if guess is not None and index < len(guess) else 0
                combo.blockSignals(True)
                combo.setCurrentIndex(max(0, combo.findData(number)))
                combo.blockSignals(False)
        self._summarise(guess)

    def _rebuild(self, specs: Tuple[BandSpec, ...], bands: Tuple[BandInfo, ...]) -> None:
        self._specs, self._bands = specs, bands
        self._chosen_by_person = False
        while self._form.rowCount():
            self._form.removeRow(0)
        self._combos = []
        for spec in specs:
            combo = theme.narrow(QComboBox())
            combo.setObjectName(f"{self._name}Band_{spec.role}")
            combo.addItem(tr("none (optional)") if spec.optional else tr("choose a band"), 0)
            for band in bands:
                text = f"{band.number}: {band.name}" if band.name else str(band.number)
                combo.addItem(text, band.number)
            combo.currentIndexChanged.connect(self._chosen)
            self._form.addRow(wording.name(spec.role).capitalize(), combo)
            self._combos.append(combo)

    def _chosen(self, *_: object) -> None:
        self._chosen_by_person = True
        self._summarise(None)
        self.changed.emit()

    def _summarise(self, guess: Optional[Sequence[int]]) -> None:
        numbers = [int(combo.currentData() or 0) for combo in self._combos]
        shown = ", ".join(str(number) if number else "–" for number in numbers)
        if not self._combos:
            self.set_summary(tr("none yet"))
        elif self._chosen_by_person:
            self.set_summary(tr("{bands} (yours)").format(bands=shown))
        elif guess is None:
            self.set_summary(tr("please choose"))
        elif any(band.role for band in self._bands):
            self.set_summary(tr("{bands}, matched by name").format(bands=shown))
        else:
            self.set_summary(tr("{bands}, in the usual order").format(bands=shown))
