"""Layers as files that the engine can open. Main thread only.

The engine reads files. A raster must be one that GDAL opens by name; a vector layer that is more than its file (a
memory layer, a filter, a join, unsaved edits, a selection) is written to a temporary GeoPackage first, as the person
sees it.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Optional, Tuple

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsMapLayer,
    QgsProject,
    QgsProviderRegistry,
    QgsRasterLayer,
    QgsVectorFileWriter,
    QgsVectorLayer,
    QgsWkbTypes,
)

from ..i18n import tr
from ..paths import temporary_folder


class UnusableLayer(Exception):
    """A layer that the engine cannot be given; the text is a sentence for people."""


@dataclass(frozen=True)
class VectorSource:
    """A vector file, its layer inside, and what had to be done to get it (a sentence, or empty)."""

    path: str
    layer: Optional[str]
    note: str = ""


def raster_path(layer: Optional[QgsMapLayer]) -> str:
    """Return the name by which GDAL opens a raster layer; raises `UnusableLayer`."""
    if not isinstance(layer, QgsRasterLayer) or not layer.isValid():
        raise UnusableLayer(tr("Choose a raster layer."))
    if layer.providerType() != "gdal":
        raise UnusableLayer(
            tr("{layer} is a web or database layer. Save it as a file first (Export > Save As).").format(
                layer=layer.name()
            )
        )
    return layer.source().split("|")[0]  # QGIS appends open options after a bar


def polygon_source(layer: Optional[QgsMapLayer], selected_only: bool = False) -> VectorSource:
    """Return a polygon layer as a file; raises `UnusableLayer`."""
    if not isinstance(layer, QgsVectorLayer) or not layer.isValid():
        raise UnusableLayer(tr("Choose a polygon layer."))
    if layer.geometryType() != QgsWkbTypes.GeometryType.PolygonGeometry:
        raise UnusableLayer(tr("{layer} is not a polygon layer.").format(layer=layer.name()))
    if selected_only and layer.selectedFeatureCount() == 0:
        raise UnusableLayer(
            tr("No feature of {layer} is selected. Select some, or use all of them.").format(layer=layer.name())
        )
    plain = None if selected_only else _plain_file(layer)
    if plain is not None:
        return plain
    return _export(layer, selected_only)


def line_source(layer: Optional[QgsMapLayer]) -> VectorSource:
    """Return a line layer as a file; raises `UnusableLayer`."""
    if not isinstance(layer, QgsVectorLayer) or not layer.isValid():
        raise UnusableLayer(tr("Choose a line layer."))
    if layer.geometryType() != QgsWkbTypes.GeometryType.LineGeometry:
        raise UnusableLayer(tr("{layer} is not a line layer.").format(layer=layer.name()))
    return _plain_file(layer) or _export(layer, False, "lines")


def place_source(layer: Optional[QgsMapLayer]) -> VectorSource:
    """Return a layer of places, which are points or polygons, as a file; raises `UnusableLayer`."""
    if not isinstance(layer, QgsVectorLayer) or not layer.isValid():
        raise UnusableLayer(tr("Choose a layer of points or polygons."))
    kinds = (QgsWkbTypes.GeometryType.PointGeometry, QgsWkbTypes.GeometryType.PolygonGeometry)
    if layer.geometryType() not in kinds:
        raise UnusableLayer(tr("{layer} has neither points nor polygons.").format(layer=layer.name()))
    return _plain_file(layer) or _export(layer, False, "places")


def has_unsaved_edits(layer: QgsVectorLayer) -> bool:
    """Tell whether a layer has edits that are not in its file yet."""
    return layer.isEditable() and layer.isModified()


def crs_text(crs: QgsCoordinateReferenceSystem) -> Optional[str]:
    """Return a coordinate reference system as text that PROJ reads; None for an unknown one."""
    if not crs.isValid():
        return None
    authority = crs.authid()
    if authority and not authority.startswith("USER:"):
        return authority
    return crs.toWkt(QgsCoordinateReferenceSystem.WktVariant.WKT2_2018)


def rectangle(extent) -> Optional[Tuple[float, float, float, float]]:
    """Return a rectangle as (west, south, east, north); None for an empty or infinite one."""
    if extent.isEmpty() or not extent.isFinite():
        return None
    return (extent.xMinimum(), extent.yMinimum(), extent.xMaximum(), extent.yMaximum())


def _plain_file(layer: QgsVectorLayer) -> Optional[VectorSource]:
    """Return the layer's own file where the file and the layer say the same."""
    if layer.providerType() != "ogr" or layer.subsetString() or layer.vectorJoins() or has_unsaved_edits(layer):
        return None
    if any(layer.expressionField(index) for index in range(layer.fields().count())):
        return None
    parts = QgsProviderRegistry.instance().decodeUri("ogr", layer.source())
    path = parts.get("path") or ""
    if not os.path.isfile(path) or parts.get("openOptions") or parts.get("vsiPrefix"):
        return None
    table = parts.get("layerName") or None
    if table is None and parts.get("layerId") is not None:
        return None
    if table is None and layer.dataProvider().subLayerCount() > 1:
        return None
    if layer.dataProvider().crs() != layer.crs():
        return None  # the person has given the layer another reference system than its file states
    return VectorSource(path, table)


def _export(layer: QgsVectorLayer, selected_only: bool, name: str = "polygons") -> VectorSource:
    path = os.path.join(temporary_folder(), f"{name}.gpkg")
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName = "GPKG"
    options.layerName = name
    options.onlySelectedFeatures = selected_only
    # GeoPackage has its own fid, and another file's need not be unique.
    options.attributes = [i for i, field in enumerate(layer.fields()) if field.name().lower() != "fid"]
    answer = QgsVectorFileWriter.writeAsVectorFormatV3(layer, path, QgsProject.instance().transformContext(), options)
    if answer[0] != QgsVectorFileWriter.WriterError.NoError:
        raise UnusableLayer(tr("{layer} could not be copied: {reason}").format(layer=layer.name(), reason=answer[1]))
    note = ""
    if has_unsaved_edits(layer):
        note = tr("{layer} is being edited: its unsaved edits are included.").format(layer=layer.name())
    return VectorSource(path, name, note)
