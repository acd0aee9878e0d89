"""What parcels are told by: image, points of interest, user density; each of them may be absent."""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Sequence, Tuple

from qgis.core import (
    QgsCoordinateTransform,
    QgsCsException,
    QgsFieldProxyModel,
    QgsMapLayer,
    QgsMapLayerProxyModel,
    QgsProject,
    QgsVectorLayer,
)
from qgis.gui import QgsFieldComboBox, QgsMapLayerComboBox
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QGridLayout, QLabel, QWidget

from ..i18n import tr
from ..layers import likely, results, sources
from . import theme
from .bands_widget import BandsGroup
from .density_picker import DensityPicker
from .job_panel import edit_warnings
from .preflight import Line


class ParcelSources(QWidget):
    """A row each, with further ones for what is chosen: bands, category field, table and key."""

    changed = pyqtSignal()
    image_changed = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.image = _rasters("parcelsImage", tr("Imagery that the parcels are looked at in. Default: none."))
        self.bands = BandsGroup("parcels")
        self.pois = theme.narrow(QgsMapLayerComboBox())
        self.pois.setObjectName("parcelsPois")
        self.pois.setFilters(QgsMapLayerProxyModel.Filter.PointLayer | QgsMapLayerProxyModel.Filter.PolygonLayer)
        self.pois.setAllowEmptyLayer(True, tr("none"))
        self.pois.setCurrentIndex(0)
        self.pois.setToolTip(
            tr("Shops, schools, stations and the like, as points or polygons of OpenStreetMap or Gaode. Default: none.")
        )
        self.category = theme.narrow(QgsFieldComboBox())
        self.category.setObjectName("parcelsPoisField")
        self.category.setFilters(QgsFieldProxyModel.Filter.String | QgsFieldProxyModel.Filter.Numeric)
        self.category.setToolTip(tr("The field with OpenStreetMap tags or values, or Gaode types or codes."))
        self.density = DensityPicker(self)
        self.classes = _rasters(
            "parcelsClasses",
            tr("A class map whose shares are written beside the land use; it tells the model nothing. Default: none."),
        )
        self._by_person = {self.image: False, self.pois: False}
        self._lay_out()

        for combo in self._by_person:
            combo.activated.connect(lambda _index, combo=combo: self._by_person.update({combo: True}))
        self.image.layerChanged.connect(self._image_chosen)
        self.bands.changed.connect(self.image_changed)
        self.pois.layerChanged.connect(self._pois_chosen)
        self.category.fieldChanged.connect(self._edited)
        self.density.changed.connect(self._edited)
        self.classes.layerChanged.connect(self._edited)
        self._suit()

    def _lay_out(self) -> None:
        grid = self.grid = QGridLayout(self)  # a form would leave gaps where rows are hidden
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(1, 1)
        self.labels: Dict[QWidget, QLabel] = {}
        rows: Sequence[Tuple[str, Any]] = (
            (tr("Image"), self.image),
            ("", self.bands),
            (tr("Points of interest"), self.pois),
            (tr("Category"), self.category),
            (tr("User density"), self.density.layer),
            (tr("Table"), self.density.table),
            (tr("Key"), self.density.key),
            (tr("Land-cover map"), self.classes),
        )
        for row, (text, widget) in enumerate(rows):
            if widget is self.bands:
                grid.addWidget(widget, row, 0, 1, 2)
                continue
            label = self.labels[widget] = QLabel(text)
            label.setBuddy(widget)
            grid.addWidget(label, row, 0)
            grid.addWidget(widget, row, 1)

    def offer(self) -> None:
        """Offer what can be meant, and choose the likeliest, until a person chooses."""
        rasters, images = likely.rasters(), likely.images()
        self.image.setExceptedLayerList([layer for layer in rasters if layer not in images])
        self.classes.setExceptedLayerList([layer for layer in rasters if not results.may_be_classes(layer)])
        self.density.offer()
        files = [layer for layer in images if likely.is_file(layer)]
        for combo, layers in ((self.image, files), (self.pois, likely.places())):
            if layers and not self._by_person[combo] and combo.currentLayer() is None:
                combo.setLayer(layers[0])

    def of_parcels(self, parcels: Optional[QgsVectorLayer]) -> None:
        """Say which parcels are classified."""
        self.density.of_parcels(parcels)

    def names(self) -> List[str]:
        """Return the sources that are given, in words."""
        given = (
            (self.image.currentLayer() is not None, tr("image")),
            (self.pois.currentLayer() is not None, tr("points of interest")),
            (self.density.given, tr("user density")),
        )
        return [name for there, name in given if there]

    def lines(self, parcels: QgsVectorLayer) -> List[Line]:
        """Return what is to be said of them beside these parcels."""
        pois = self.pois.currentLayer()
        lines = edit_warnings(pois)
        if pois is not None and not self.category.currentField():
            lines.append(Line(tr("Choose the field with the category of the points of interest."), "error"))
        problem = self.density.problem()
        if problem:
            lines.append(Line(problem, "error"))
        for layer in (self.image.currentLayer(), pois, self.density.raster(), self.classes.currentLayer()):
            if layer is not None and _elsewhere(layer, parcels):
                text = tr("{layer} lies elsewhere: it says nothing about these parcels.").format(layer=layer.name())
                lines.append(Line(text, "warning"))
        return lines

    def value(self) -> Tuple[Dict[str, Any], str]:
        """Return the values as `ClassifyJob` names them, and what had to be done; raises `UnusableLayer`."""
        values: Dict[str, Any] = {}
        note = ""
        if self.image.currentLayer() is not None:
            values["image"] = sources.raster_path(self.image.currentLayer())
            values["bands"] = self.bands.value()
        if self.pois.currentLayer() is not None:
            pois = sources.place_source(self.pois.currentLayer())
            values.update(pois=pois.path, pois_layer=pois.layer, pois_field=self.category.currentField())
            note = pois.note
        density, key = self.density.value()
        if density is not None:
            values["density"] = density
        if key:
            values["density_key"] = key
        if self.classes.currentLayer() is not None:
            values["classes"] = sources.raster_path(self.classes.currentLayer())
        return values, note

    def _image_chosen(self, *_: object) -> None:
        self.bands.reset()
        self._suit()
        self.image_changed.emit()
        self.changed.emit()

    def _pois_chosen(self, layer: Optional[QgsVectorLayer]) -> None:
        self.category.setLayer(layer)
        if layer is not None:
            self.category.setField(likely.place_field(layer))
        self._edited()

    def _edited(self, *_: object) -> None:
        self._suit()
        self.changed.emit()

    def _suit(self) -> None:
        self.bands.setVisible(self.image.currentLayer() is not None)
        for widget, on in (
            (self.category, self.pois.currentLayer() is not None),
            (self.density.table, self.density.is_table),
            (self.density.key, self.density.is_table),
        ):
            widget.setVisible(on)
            self.labels[widget].setVisible(on)


def _rasters(name: str, tip: str) -> QgsMapLayerComboBox:
    combo = theme.narrow(QgsMapLayerComboBox())
    combo.setObjectName(name)
    combo.setFilters(QgsMapLayerProxyModel.Filter.RasterLayer)
    combo.setAllowEmptyLayer(True, tr("none"))
    combo.setCurrentIndex(0)
    combo.setToolTip(tip)
    return combo


def _elsewhere(layer: QgsMapLayer, parcels: QgsVectorLayer) -> bool:
    """Tell whether a layer surely has nothing in common with the parcels' extent."""
    if layer.extent().isEmpty() or parcels.extent().isEmpty():
        return False  # unknown, or a single point
    if not (layer.crs().isValid() and parcels.crs().isValid()):
        return False
    try:
        transform = QgsCoordinateTransform(layer.crs(), parcels.crs(), QgsProject.instance())
        return not transform.transformBoundingBox(layer.extent()).intersects(parcels.extent())
    except QgsCsException:
        return False
