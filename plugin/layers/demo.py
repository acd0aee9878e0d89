"""Adding the demo scene to the project. Main thread only."""

from __future__ import annotations

import os
from typing import Optional

from qgis.core import (
    QgsFillSymbol,
    QgsMarkerSymbol,
    QgsProject,
    QgsRasterLayer,
    QgsSingleSymbolRenderer,
    QgsVectorLayer,
)

from urbangrain.engine.protocol import DemoSceneResult

from ..i18n import tr
from . import styles
from .results import ROLE_PROPERTY, add_vector


def add_demo_scene(project: QgsProject, result: DemoSceneResult) -> Optional[QgsRasterLayer]:
    """Add the scene's image, user density, boundary, parcels, roads, points of interest and reference polygons.

    Returns the image's layer, or None (and adds nothing) where it cannot be read.
    """
    image = QgsRasterLayer(result.files["image"], tr("Demo city"), "gdal")
    if not image.isValid():
        return None
    styles.style_imagery(image, red=3, green=2, blue=1)
    if not project.mapLayers():
        project.setCrs(image.crs())
    _add_density(project, result.files.get("density"))
    project.addMapLayer(image)
    for key, name, styling, visible in (
        ("boundary", tr("Demo boundary"), _style_boundary, False),
        ("parcels", tr("Demo parcels"), styles.style_parcel_outlines, False),
        ("roads", tr("Demo roads"), styles.style_roads, False),
        ("pois", tr("Demo points of interest"), _style_pois, False),
        ("reference", tr("Demo reference"), styles.style_reference, True),
    ):
        path = result.files.get(key)
        if path and os.path.exists(path):
            layer = add_vector(project, path, name, styling)
            node = project.layerTreeRoot().findLayer(layer.id()) if layer is not None else None
            if node is not None:
                node.setItemVisibilityChecked(visible)
                node.setExpanded(False)
    return image


def _add_density(project: QgsProject, path: Optional[str]) -> None:
    """Add the user density, below the image and switched off: it is there to be read, not to be looked at."""
    layer = QgsRasterLayer(path, tr("Demo user density"), "gdal") if path else None
    if layer is None or not layer.isValid():
        return
    layer.setCustomProperty(ROLE_PROPERTY, "density")  # no imagery
    project.addMapLayer(layer)
    node = project.layerTreeRoot().findLayer(layer.id())
    node.setItemVisibilityChecked(False)
    node.setExpanded(False)


def _style_boundary(layer: QgsVectorLayer) -> None:
    """Show where the city ends."""
    symbol = QgsFillSymbol.createSimple({"style": "no", "outline_color": "#e7298a", "outline_width": "0.6"})
    layer.setRenderer(QgsSingleSymbolRenderer(symbol))
    layer.triggerRepaint()


def _style_pois(layer: QgsVectorLayer) -> None:
    """Show points of interest as small dots: there are many."""
    symbol = QgsMarkerSymbol.createSimple({"color": "#d95f02", "outline_color": "#ffffff", "size": "1.4"})
    layer.setRenderer(QgsSingleSymbolRenderer(symbol))
    layer.triggerRepaint()
