"""Parcels in the project: adding those that were made or classified, and showing them by class or by quality."""

from __future__ import annotations

from typing import Callable, Optional, Sequence

from qgis.core import QgsProject, QgsVectorLayer

from urbangrain.engine.protocol import ClassifyResult, MakeParcelsResult

from .. import log
from ..i18n import tr
from . import styles
from .results import ROLE_PROPERTY, keep_styles

TABLE = "parcels"  # the engine's name for the layer inside the file


def add_made_parcels(project: QgsProject, result: MakeParcelsResult, boundary: str) -> Optional[QgsVectorLayer]:
    """Add the parcels of a boundary as a group of their own; returns the layer, or None (and logs) if it is unreadable.

    Main thread only, as all of this file.
    """
    title = tr("{boundary} · parcels").format(boundary=boundary)
    name = tr("Parcels")
    return _add(project, result.out, title, name, "parcels", styles.style_parcel_outlines, (name,))


def add_land_use(
    project: QgsProject, result: ClassifyResult, parcels: str, model_title: str
) -> Optional[QgsVectorLayer]:
    """Add classified parcels as a group of their own, with two styles; returns the layer, or None as above."""

    def styling(layer: QgsVectorLayer) -> None:
        styles.style_land_use(layer, result.class_infos)

    name = tr("Land use")
    return _add(project, result.out, f"{parcels} · {model_title}", name, "land use", styling, (name, tr("Quality")))


def by_quality(layer: QgsVectorLayer) -> bool:
    """Tell whether classified parcels are shown by quality."""
    return layer.styleManager().currentStyle() == tr("Quality")


def show_by_quality(layer: QgsVectorLayer, on: bool) -> bool:
    """Show classified parcels by quality, or by class again; returns whether the layer still has such a style."""
    return layer.styleManager().setCurrentStyle(tr("Quality") if on else tr("Land use"))


def _add(
    project: QgsProject,
    path: str,
    title: str,
    name: str,
    role: str,
    styling: Callable[[QgsVectorLayer], None],
    kept: Sequence[str],
) -> Optional[QgsVectorLayer]:
    root = project.layerTreeRoot()
    free, number = title, 1
    while root.findGroup(free) is not None:  # tell the second run from the first
        number += 1
        free = f"{title} ({number})"
    uri = f"{path}|layername={TABLE}"
    keep_styles(uri, styling, kept)
    layer = QgsVectorLayer(uri, name if number == 1 else f"{name} ({number})", "ogr")
    if not layer.isValid():
        log.warning(f"{path} cannot be shown: {layer.error().summary()}")
        return None
    styling(layer)
    layer.setCustomProperty(ROLE_PROPERTY, role)
    project.addMapLayer(layer, False)
    root.insertGroup(0, free).addLayer(layer)
    return layer
