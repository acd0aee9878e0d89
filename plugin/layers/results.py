"""Adding results to the project: one group a run, styled, in reading order. Main thread only."""

from __future__ import annotations

import os
from typing import Callable, Optional, Sequence

from qgis.core import Qgis, QgsLayerTreeGroup, QgsProject, QgsRasterLayer, QgsVectorLayer

from urbangrain.engine.protocol import ClassInfo, MapResult

from .. import log, wording
from ..i18n import tr
from . import styles

CLASSES_PROPERTY = "urbangrain/classes"
ROLE_PROPERTY = "urbangrain/role"  # layers with it were made here: no imagery, no reference
MOST_VALUE_LAYERS = 8  # of a raster with more bands, the layer's own properties choose another one


def add_map_result(project: QgsProject, result: MapResult, image_name: str) -> QgsLayerTreeGroup:
    """Add what a map job made as one group at the top of the layer tree, and return the group.

    From top to bottom: parcels, polygons (off: they show what the classes show), classes, confidence (off),
    probabilities (off). Numbers come as one layer of colours, or as one layer a band of which the first is on.
    """
    classes = result.class_infos
    root = project.layerTreeRoot()
    title, number = f"{image_name} · {result.model_title}", 1
    while root.findGroup(_numbered(title, number)) is not None:
        number += 1
    group = root.insertGroup(0, _numbered(title, number))
    if result.parcels:
        _add_vector(project, group, result.parcels, "parcels", tr("Parcels"), classes, styles.style_parcels)
    if result.polygons:
        _add_vector(
            project, group, result.polygons, "polygons", tr("Polygons"), classes, styles.style_polygons, visible=False
        )
    if result.values:
        _add_values(project, group, result, image_name, number)
    else:
        _add_raster(
            project,
            group,
            result.classes,
            _numbered(tr("{image} classes").format(image=image_name), number),
            lambda layer: _style_and_mark(layer, classes),
        )
    if result.confidence:
        _add_raster(project, group, result.confidence, tr("Confidence"), styles.style_confidence, visible=False)
    if result.probabilities:
        _add_raster(project, group, result.probabilities, tr("Probabilities"), None, visible=False)
    return group


def _add_values(project: QgsProject, group: QgsLayerTreeGroup, result: MapResult, image_name: str, number: int) -> None:
    colours = styles.colour_bands(result.values) is not None
    for band, info in enumerate(result.values[: 1 if colours else MOST_VALUE_LAYERS], 1):
        name = (
            tr("{image} sharpened").format(image=image_name) if colours else f"{image_name} {wording.name(info.name)}"
        )
        _add_raster(
            project,
            group,
            result.classes,
            _numbered(name, number),
            lambda layer, band=band: styles.style_values(layer, result.values, band),
            visible=band == 1,
            keep_style=band == 1,
            imagery=colours,
        )


def _numbered(name: str, number: int) -> str:
    """Return a name that tells the second run over the same image from the first."""
    return name if number == 1 else f"{name} ({number})"


def class_layer(group: QgsLayerTreeGroup) -> Optional[QgsRasterLayer]:
    """Return the class raster of a group that `add_map_result` made."""
    for node in group.findLayers():
        layer = node.layer()
        if isinstance(layer, QgsRasterLayer) and layer.customProperty(CLASSES_PROPERTY):
            return layer
    return None


def may_be_classes(layer: QgsRasterLayer) -> bool:
    """Tell whether a layer may be a class raster: one made here, or any other of a single band of bytes."""
    if layer.customProperty(CLASSES_PROPERTY):
        return True
    if layer.customProperty(ROLE_PROPERTY) or layer.bandCount() != 1 or layer.dataProvider() is None:
        return False
    return layer.dataProvider().dataType(1) == Qgis.DataType.Byte


def remember_classes(layer: QgsRasterLayer, classes: Sequence[ClassInfo]) -> None:
    """Mark a layer as a class raster of this plugin; the Accuracy page offers marked layers first."""
    layer.setCustomProperty(CLASSES_PROPERTY, ", ".join(str(info.value) for info in classes))


def add_vector(
    project: QgsProject, path: str, name: str, styling: Optional[Callable[[QgsVectorLayer], None]] = None
) -> Optional[QgsVectorLayer]:
    """Add a vector file outside any group; returns None (and logs) where it cannot be read."""
    layer = QgsVectorLayer(path, name, "ogr")
    if not layer.isValid():
        log.warning(f"{path} cannot be shown: {layer.error().summary()}")
        return None
    if styling is not None:
        styling(layer)
    project.addMapLayer(layer)
    return layer


def _style_and_mark(layer: QgsRasterLayer, classes: Sequence[ClassInfo]) -> None:
    styles.style_classes(layer, classes)
    remember_classes(layer, classes)


def _add_raster(
    project: QgsProject,
    group: QgsLayerTreeGroup,
    path: str,
    name: str,
    styling: Optional[Callable[[QgsRasterLayer], None]],
    visible: bool = True,
    keep_style: bool = True,
    imagery: bool = False,
) -> Optional[QgsRasterLayer]:
    layer = QgsRasterLayer(path, name, "gdal")
    if not layer.isValid():
        log.warning(f"{path} cannot be shown: {layer.error().summary()}")
        return None
    if styling is not None:
        styling(layer)
    if styling is not None and keep_style:  # a file has one style; the first of several layers gives it
        layer.saveNamedStyle(os.path.splitext(path)[0] + ".qml")
    if not imagery:  # sharpened imagery may be mapped in its turn
        layer.setCustomProperty(ROLE_PROPERTY, "result")
    project.addMapLayer(layer, False)
    node = group.addLayer(layer)
    node.setItemVisibilityChecked(visible)
    node.setExpanded(visible)
    return layer


def _add_vector(
    project: QgsProject,
    group: QgsLayerTreeGroup,
    path: str,
    table: str,
    name: str,
    classes: Sequence[ClassInfo],
    styling: Callable[[QgsVectorLayer, Sequence[ClassInfo]], None],
    visible: bool = True,
) -> Optional[QgsVectorLayer]:
    uri = f"{path}|layername={table}"
    keep_styles(uri, lambda unseen: styling(unseen, classes), (table,))
    layer = QgsVectorLayer(uri, name, "ogr")
    if not layer.isValid():
        log.warning(f"{path} cannot be shown: {layer.error().summary()}")
        return None
    styling(layer, classes)
    layer.setCustomProperty(ROLE_PROPERTY, "result")
    project.addMapLayer(layer, False)
    node = group.addLayer(layer)
    node.setItemVisibilityChecked(visible)
    node.setExpanded(False)
    return layer


def keep_styles(uri: str, styling: Callable[[QgsVectorLayer], None], names: Sequence[str]) -> None:
    """Keep styles in a layer's own file, so that they come along to other projects; the first is the file's default.

    A layer's connection to a GeoPackage is of no more use once QGIS has written styles into it, so this takes a layer
    that nobody sees. ``names`` are styles that ``styling`` makes, or one name for the only one.
    """
    layer = QgsVectorLayer(uri, "", "ogr")
    if not layer.isValid():
        return
    styling(layer)
    manager = layer.styleManager()
    there = layer.listStylesInDatabase()[2]
    for name in names:
        if name in there:  # QGIS would ask whether to replace it
            continue
        if name in manager.styles():
            manager.setCurrentStyle(name)
        layer.saveStyleToDatabase(name, tr("made by UrbanGrain"), name == names[0], "")
