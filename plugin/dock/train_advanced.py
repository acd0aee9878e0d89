"""How a training goes, for those who want to decide: folded away."""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Tuple

from qgis.core import QgsMapLayerProxyModel, QgsVectorLayer
from qgis.gui import QgsDoubleSpinBox, QgsFieldComboBox, QgsMapLayerComboBox
from qgis.PyQt.QtWidgets import QGridLayout, QLabel, QSpinBox, QWidget

from .. import settings, wording
from ..i18n import tr
from ..layers import results, sources
from ..layers.reference import likely_field
from . import theme
from .device_combo import DeviceCombo
from .folded_group import FoldedGroup

LEAST_TILE = 32
DEFAULT_SHARE = 25
_REMEMBERED = ("epochs", "steps", "tile", "batch", "share", "seed")


class TrainAdvanced(FoldedGroup):
    """Epochs or steps, tile, batch, learning rate, validation, device, seed; 0 is what the model's recipe says."""

    def __init__(self) -> None:
        super().__init__(tr("Advanced"), "trainAdvanced")
        self.epochs = _number("trainEpochs", 0, 10_000)
        self.epochs.setToolTip(
            tr("How often every training tile is seen, if time allows. Default: the recipe of the model's network.")
        )
        self.steps = _number("trainSteps", 0, 1_000_000, 100)
        self.steps.setToolTip(tr("Steps for each round, if time allows. Default: the recipe's."))
        self.tile = _number("trainTile", 0, 2048, 32)
        self.tile.setSuffix(tr(" px"))
        self.tile.setToolTip(tr("Side of a training tile. Larger: more context and memory. Default: the recipe's."))
        self.batch = _number("trainBatch", 0, 512)
        self.batch.setToolTip(tr("Tiles that are learnt from at once. More: steadier, more memory. Default: as many as"
                                 " the recipe says."))  # fmt: skip
        self.rate = QgsDoubleSpinBox()
        self.rate.setObjectName("trainRate")
        self.rate.setRange(0, 1)
        self.rate.setDecimals(6)
        self.rate.setSingleStep(0.0001)
        self.rate.setClearValue(0)
        self.rate.setSpecialValueText(tr("as the recipe"))
        self.rate.setToolTip(tr("How much a step changes. Too large: the loss jumps. Default: the recipe's."))
        self.share = QSpinBox()
        self.share.setObjectName("trainShare")
        self.share.setRange(5, 50)
        self.share.setSuffix(" %")
        self.share.setToolTip(
            tr("Share of the polygons, by place, that is kept to measure the model and not learnt from. Default: 25 %.")
        )
        self.validation = theme.narrow(QgsMapLayerComboBox())
        self.validation.setObjectName("trainValidation")
        self.validation.setFilters(QgsMapLayerProxyModel.Filter.PolygonLayer)
        self.validation.setAllowEmptyLayer(True, tr("a share of the polygons"))
        self.validation.setCurrentIndex(0)
        self.validation.setToolTip(
            tr("Polygons of the same image to measure the model on, with values as in the mapping. Default: none.")
        )
        self.validation_field = theme.narrow(QgsFieldComboBox())
        self.validation_field.setObjectName("trainValidationField")
        self.validation_field.setToolTip(tr("The field that says which class a validation polygon is."))
        self.device = DeviceCombo("train", together=False)
        self.seed = QSpinBox()
        self.seed.setObjectName("trainSeed")
        self.seed.setRange(0, 1_000_000)
        self.seed.setToolTip(tr("The same seed gives the same division, order and variation of tiles. Default: 0."))
        self._lay_out()

        self.share.setValue(DEFAULT_SHARE)
        for name in _REMEMBERED:
            box = getattr(self, name)
            box.setValue(settings.read(f"train/{name}", box.value(), int))
        self.rate.setValue(settings.read("train/rate", 0.0, float))
        for box in (*(getattr(self, name) for name in _REMEMBERED), self.rate):
            box.valueChanged.connect(self._edited)
        self.validation.layerChanged.connect(self._validation_changed)
        for combo in (self.validation_field, self.device):
            combo.currentIndexChanged.connect(self._edited)
        self._adapts = False
        self.suit(False)
        self._validation_changed(None)

    def _lay_out(self) -> None:
        grid = QGridLayout(self.content)  # a form would leave gaps where rows are hidden
        grid.setColumnStretch(1, 1)
        self._labels: Dict[QWidget, QLabel] = {}
        rows = (
            (tr("Epochs"), self.epochs),
            (tr("Steps"), self.steps),
            (tr("Tile"), self.tile),
            (tr("Batch"), self.batch),
            (tr("Learning rate"), self.rate),
            (tr("Validation"), self.validation),
            (tr("Its field"), self.validation_field),
            (tr("Share"), self.share),
            (tr("Device"), self.device),
            (tr("Seed"), self.seed),
        )
        for row, (text, widget) in enumerate(rows):
            label = self._labels[widget] = QLabel(text)
            label.setBuddy(widget)
            grid.addWidget(label, row, 0)
            grid.addWidget(widget, row, 1)

    def offer(self, layers: List[QgsVectorLayer]) -> None:
        """Keep layers that were made here out of the validation polygons."""
        self.validation.setExceptedLayerList([layer for layer in layers if layer.customProperty(results.ROLE_PROPERTY)])

    def suit(self, adapts: bool) -> None:
        """Show what fine-tuning needs, or what adapting does."""
        self._adapts = adapts
        self._show(self.steps, adapts)
        for widget in (self.epochs, self.validation):
            self._show(widget, not adapts)
        self._suit_validation()
        self._summarise()

    def problem(self) -> str:
        """Return what cannot work, in a sentence; empty when nothing is wrong."""
        if 0 < self.tile.value() < LEAST_TILE:
            return tr("A training tile needs at least {count} pixels.").format(count=LEAST_TILE)
        layer = self.validation_layer()
        if layer is not None and not self.validation_field.currentField():
            return tr("{layer} has no field with classes.").format(layer=layer.name())
        return ""

    def validation_layer(self) -> Optional[QgsVectorLayer]:
        """Return the polygons to validate on, if there are some of their own."""
        return None if self._adapts else self.validation.currentLayer()

    def validation_source(self) -> Optional[Tuple[sources.VectorSource, str]]:
        """Return the validation polygons as a file, and their class field; raises `UnusableLayer`."""
        layer = self.validation_layer()
        if layer is None:
            return None
        return sources.polygon_source(layer), self.validation_field.currentField()

    def value(self) -> Dict[str, Any]:
        """Return the values as `TrainJob`, or `AdaptJob`, names them."""
        values: Dict[str, Any] = {
            "tile": self.tile.value(),
            "batch": self.batch.value(),
            "learning_rate": self.rate.value(),
            "seed": self.seed.value(),
            "device": self.device.currentData(),
        }
        if self._adapts:
            return {**values, "steps": self.steps.value()}
        return {**values, "epochs": self.epochs.value(), "validation_share": self.share.value() / 100}

    def remember(self) -> None:
        """Keep the present values for the next session."""
        for name in _REMEMBERED:
            settings.write(f"train/{name}", getattr(self, name).value())
        settings.write("train/rate", self.rate.value())
        self.device.remember()

    def _show(self, widget: QWidget, on: bool) -> None:
        widget.setVisible(on)
        self._labels[widget].setVisible(on)

    def _validation_changed(self, layer: Optional[QgsVectorLayer]) -> None:
        self.validation_field.setLayer(layer)
        if layer is not None:
            self.validation_field.setField(likely_field(layer))
        self._suit_validation()
        self._edited()

    def _suit_validation(self) -> None:
        own = self.validation_layer() is not None
        self._show(self.validation_field, own)
        self._show(self.share, not own and not self._adapts)

    def _edited(self, *_: object) -> None:
        self._summarise()
        self.changed.emit()

    def _summarise(self) -> None:
        parts = []
        if self._adapts and self.steps.value():
            parts.append(tr("{count} steps").format(count=wording.number(self.steps.value())))
        elif not self._adapts and self.epochs.value():
            parts.append(tr("{count} epochs").format(count=wording.number(self.epochs.value())))
        if self.tile.value():
            parts.append(tr("{count} px").format(count=self.tile.value()))
        if self.batch.value():
            parts.append(tr("batch {count}").format(count=self.batch.value()))
        if self.rate.value():
            parts.append(tr("rate {value}").format(value=self.rate.text()))
        recipe = not parts
        layer = self.validation_layer()
        if layer is not None:
            parts.append(tr("validated on {layer}").format(layer=layer.name()))
        elif not self._adapts:
            parts.append(tr("{number} % held out").format(number=self.share.value()))
        if self.device.currentData() != "auto":
            parts.append(self.device.currentText())
        self.set_summary(", ".join(([tr("as the recipe")] if recipe else []) + parts))


def _number(name: str, low: int, high: int, step: int = 1) -> QSpinBox:
    box = QSpinBox()
    box.setObjectName(name)
    box.setRange(low, high)
    box.setSingleStep(step)
    box.setSpecialValueText(tr("as the recipe"))
    return box
