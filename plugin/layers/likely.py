"""Guessing which layers and fields the parcel tasks mean, so that a person need only check."""

from __future__ import annotations

from typing import Iterable, List, Sequence, Tuple

from qgis.core import QgsMapLayer, QgsProject, QgsRasterLayer, QgsVectorLayer, QgsWkbTypes

from . import results

HOURS = 24

_POINT = QgsWkbTypes.GeometryType.PointGeometry
_LINE = QgsWkbTypes.GeometryType.LineGeometry
_POLYGON = QgsWkbTypes.GeometryType.PolygonGeometry

# Words of layer names, in lower case: English, German, French, Spanish and Chinese.
_BOUNDARY = ("boundary", "border", "district", "admin", "grenze", "bezirk", "limite", "边界", "区划")
_PARCELS = ("parcel", "block", "lots", "parzelle", "flurst", "parcelle", "parcela", "地块")
_ROADS = ("road", "street", "highway", "strasse", "straße", "route", "calle", "carretera", "道路")
_ROAD_FIELDS = ("highway", "fclass", "road_class", "roadclass", "class", "type", "klasse", "kategorie")
_PLACE_FIELDS = (
    "category", "typecode", "type", "fclass", "amenity", "poi_type", "poitype", "kind", "class", "kategorie", "类型",
)  # fmt: skip
_KEY_FIELDS = ("parcel_id", "parcelid", "id")


def vectors() -> List[QgsVectorLayer]:
    """Return the project's vector layers."""
    return [layer for layer in _layers() if isinstance(layer, QgsVectorLayer)]


def rasters() -> List[QgsRasterLayer]:
    """Return the project's raster layers."""
    return [layer for layer in _layers() if isinstance(layer, QgsRasterLayer)]


def polygons() -> List[QgsVectorLayer]:
    """Return the project's polygon layers."""
    return [layer for layer in vectors() if layer.geometryType() == _POLYGON]


def boundaries() -> List[QgsVectorLayer]:
    """Return polygon layers, those that look most like a boundary first: by their name, then with few polygons."""
    return sorted(
        polygons(), key=lambda layer: (_role(layer) != "", -_hits(layer, _BOUNDARY), abs(layer.featureCount() - 1))
    )


def parcels() -> List[QgsVectorLayer]:
    """Return polygon layers, those that look most like parcels first: cut here, by their name, not classified yet."""

    def order(layer: QgsVectorLayer) -> Tuple[bool, bool, int]:
        return (_role(layer) == "land use", _role(layer) != "parcels", -_hits(layer, _PARCELS))

    return sorted(polygons(), key=order)


def roads() -> List[QgsVectorLayer]:
    """Return line layers, those that look most like roads first."""
    lines = [layer for layer in vectors() if layer.geometryType() == _LINE]
    return sorted(lines, key=lambda layer: (-_hits(layer, _ROADS), not _named(layer, _ROAD_FIELDS[:1])))


def places() -> List[QgsVectorLayer]:
    """Return point layers with a field that has a usual name for categories: they look like points of interest."""
    points = [layer for layer in vectors() if layer.geometryType() == _POINT]
    return [layer for layer in points if _named(layer, _PLACE_FIELDS)]


def images() -> List[QgsRasterLayer]:
    """Return rasters that may be imagery, files first: not made here, and no user density."""
    found = [layer for layer in rasters() if not _role(layer) and not may_be_density(layer)]
    return sorted(found, key=lambda layer: not is_file(layer))


def is_file(layer: QgsRasterLayer) -> bool:
    """Tell whether a raster is one that the engine can open; a base map from the web is not."""
    return layer.providerType() == "gdal"


def densities() -> List[QgsRasterLayer]:
    """Return rasters that have a band for each hour."""
    return [layer for layer in rasters() if may_be_density(layer)]


def may_be_density(layer: QgsRasterLayer) -> bool:
    """Tell whether a raster has a band for each hour of a day."""
    return layer.bandCount() == HOURS


def road_field(layer: QgsVectorLayer) -> str:
    """Return the field that most likely holds the class of a road, or ''."""
    return _named(layer, _ROAD_FIELDS)


def place_field(layer: QgsVectorLayer) -> str:
    """Return the field that most likely holds the category of a point of interest; else the first text field."""
    texts = [field.name() for field in layer.fields() if not field.isNumeric()]
    return _named(layer, _PLACE_FIELDS) or (texts or [""])[0]


def key_field(layer: QgsVectorLayer, columns: Iterable[str] = ()) -> str:
    """Return the field that most likely names parcels: one that a table has too, else by its usual name, else ''."""
    names = [field.name() for field in layer.fields()]
    shared = [name for name in names if name in set(columns)]
    return (shared or [_named(layer, _KEY_FIELDS)])[0]


def _named(layer: QgsVectorLayer, usual: Sequence[str]) -> str:
    names = {field.name().lower(): field.name() for field in layer.fields()}
    return next((names[name] for name in usual if name in names), "")


def _hits(layer: QgsMapLayer, words: Sequence[str]) -> int:
    name = layer.name().lower()
    return sum(word in name for word in words)


def _role(layer: QgsMapLayer) -> str:
    return str(layer.customProperty(results.ROLE_PROPERTY) or "")


def _layers() -> List[QgsMapLayer]:
    return list(QgsProject.instance().mapLayers().values())
