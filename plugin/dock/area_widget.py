"""Which part of the image is mapped."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import Any, Optional, Tuple

from qgis.core import QgsMapLayerProxyModel, QgsVectorLayer
from qgis.gui import QgsMapLayerComboBox
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QButtonGroup, QCheckBox, QGridLayout, QRadioButton, QWidget

from ..i18n import tr
from ..layers.sources import UnusableLayer, crs_text, polygon_source, rectangle
from . import theme


@dataclass(frozen=True)
class Area:
    """The area as a job takes it; all None means the whole image."""

    aoi: Optional[str] = None
    aoi_layer: Optional[str] = None
    extent: Optional[Tuple[float, float, float, float]] = None
    extent_crs: Optional[str] = None
    note: str = ""


class AreaWidget(QWidget):
    """Whole layer, canvas view, or the polygons of a layer."""

    changed = pyqtSignal()

    def __init__(self, canvas: Any = None) -> None:
        super().__init__()
        self._canvas = canvas
        self.whole = QRadioButton(tr("Whole layer"))
        self.whole.setObjectName("mapAreaWhole")
        self.whole.setToolTip(tr("Map the whole image (default)."))
        self.view = QRadioButton(tr("View"))
        self.view.setObjectName("mapAreaView")
        self.view.setToolTip(tr("Map what the map canvas shows at the moment you press Run."))
        self.view.setEnabled(canvas is not None)
        self.polygons = QRadioButton(tr("Polygons"))
        self.polygons.setObjectName("mapAreaPolygons")
        self.polygons.setToolTip(tr("Map inside the polygons of a layer; everything else stays nodata."))
        self.layer = theme.narrow(QgsMapLayerComboBox())
        self.layer.setObjectName("mapAreaLayer")
        self.layer.setFilters(QgsMapLayerProxyModel.Filter.PolygonLayer)
        self.layer.setToolTip(tr("The polygon layer to map inside; any coordinate reference system."))
        self.selected = QCheckBox(tr("Selected features only"))
        self.selected.setObjectName("mapAreaSelected")
        self.selected.setToolTip(tr("Use only the features that are selected now. Default: all features."))
        group = QButtonGroup(self)
        for button in (self.whole, self.view, self.polygons):
            group.addButton(button)
        self.whole.setChecked(True)

        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.addWidget(self.whole, 0, 0)
        grid.addWidget(self.view, 0, 1)
        grid.addWidget(self.polygons, 0, 2)
        grid.addWidget(self.layer, 1, 0, 1, 3)
        grid.addWidget(self.selected, 2, 0, 1, 3)
        grid.setColumnStretch(3, 1)

        group.buttonToggled.connect(self._switched)
        self.layer.layerChanged.connect(self._layer_changed)
        self.selected.toggled.connect(lambda _on: self.changed.emit())
        if canvas is not None:
            canvas.extentsChanged.connect(self._view_moved)
        self._watched: Optional[QgsVectorLayer] = None
        self._switched()

    def detach(self) -> None:
        """Let go of the canvas."""
        if self._canvas is not None:
            self._canvas.extentsChanged.disconnect(self._view_moved)
            self._canvas = None

    def rough(self) -> Area:
        """Return the area's rectangle, without writing any file: enough for the pre-flight check."""
        if self.polygons.isChecked():
            layer = self._polygon_layer()
            box = layer.boundingBoxOfSelected() if self.selected.isChecked() else layer.extent()
            extent = rectangle(box)
            if extent is None:
                raise UnusableLayer(tr("{layer} holds no polygon to map inside.").format(layer=layer.name()))
            return Area(extent=extent, extent_crs=crs_text(layer.crs()))
        return self._view_or_whole()

    def exact(self) -> Area:
        """Return the area for a run; polygons are written to a temporary file where the layer is more than its file."""
        if self.polygons.isChecked():
            layer = self._polygon_layer()
            source = polygon_source(layer, self.selected.isChecked())
            return Area(aoi=source.path, aoi_layer=source.layer, note=source.note)
        return self._view_or_whole()

    def _view_or_whole(self) -> Area:
        if self.view.isChecked() and self._canvas is not None:
            map_settings = self._canvas.mapSettings()
            extent = rectangle(map_settings.visibleExtent())
            crs = crs_text(map_settings.destinationCrs())
            if extent is None or crs is None:
                raise UnusableLayer(tr("The map canvas shows nothing yet. Zoom to the image, or map the whole layer."))
            return Area(extent=extent, extent_crs=crs)
        return Area()

    def _polygon_layer(self) -> QgsVectorLayer:
        layer = self.layer.currentLayer()
        if layer is None:
            raise UnusableLayer(tr("There is no polygon layer in the project. Add one, or map the whole layer."))
        if crs_text(layer.crs()) is None:
            raise UnusableLayer(
                tr("{layer} has no coordinate reference system. Assign one first.").format(layer=layer.name())
            )
        if self.selected.isChecked() and layer.selectedFeatureCount() == 0:
            raise UnusableLayer(
                tr("No feature of {layer} is selected. Select some, or use all of them.").format(layer=layer.name())
            )
        return layer

    def _switched(self, *_: object) -> None:
        on = self.polygons.isChecked()
        self.layer.setVisible(on)
        self.selected.setVisible(on)
        self._layer_changed()

    def _layer_changed(self, *_: object) -> None:
        layer = self.layer.currentLayer() if self.polygons.isChecked() else None
        if layer is not self._watched:
            if self._watched is not None:
                with contextlib.suppress(RuntimeError, TypeError):  # the layer may be gone
                    self._watched.selectionChanged.disconnect(self._selection_changed)
            self._watched = layer
            if layer is not None:
                layer.selectionChanged.connect(self._selection_changed)
        self.changed.emit()

    def _selection_changed(self, *_: object) -> None:
        if self.selected.isChecked():
            self.changed.emit()

    def _view_moved(self) -> None:
        if self.view.isChecked():
            self.changed.emit()
