"""Guessing which layer and which field hold reference classes, so that a person need only check."""

from __future__ import annotations

from typing import List

from qgis.core import QgsVectorLayer, QgsWkbTypes

from .results import ROLE_PROPERTY

_CLASS_FIELDS = ("class", "classname", "class_name", "klasse", "kind", "landcover", "land_cover", "label")
MOST_VALUES = 200  # a field with more values is not a class field


def likely_field(layer: QgsVectorLayer) -> str:
    """Return the field that most likely holds classes: by its usual name, else the first text field, else any."""
    names = {field.name().lower(): field.name() for field in layer.fields()}
    for usual in _CLASS_FIELDS:
        if usual in names:
            return names[usual]
    texts = [field.name() for field in layer.fields() if not field.isNumeric()]
    return (texts or [name for name in names.values() if name.lower() != "fid"] or [""])[0]


def likely_reference(layer: QgsVectorLayer) -> bool:
    """Tell whether a layer looks like reference polygons: not made here, with a field of a usual name."""
    if layer.customProperty(ROLE_PROPERTY) or layer.geometryType() != QgsWkbTypes.GeometryType.PolygonGeometry:
        return False
    return any(field.name().lower() in _CLASS_FIELDS for field in layer.fields())


def distinct(layer: QgsVectorLayer, field: str) -> List[str]:
    """Return the values of a field as text, sorted, at most one more than `MOST_VALUES`; empty ones are left out."""
    found = set()
    for value in layer.uniqueValues(layer.fields().indexOf(field), MOST_VALUES + 1):
        text = "" if value is None else str(value)
        if text and text != "NULL":
            found.add(text)
    return sorted(found)
