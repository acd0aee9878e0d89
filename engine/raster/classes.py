"""Classes in rasters: palette, names and provenance written into the file, and read back from any class raster."""

from __future__ import annotations

import colorsys
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import numpy as np
import rasterio

from urbangrain.engine.errors import UrbanGrainError
from urbangrain.engine.protocol.results import ClassInfo

from .sink import row_blocks
from .source import GDAL_ERRORS

CLASSES_TAG = "URBANGRAIN_CLASSES"
PROVENANCE_TAG = "URBANGRAIN_PROVENANCE"


def colour_table(classes: Sequence[ClassInfo], nodata: int) -> dict[int, tuple[int, int, int, int]]:
    """Palette [0-255 RGBA by value]; nodata is transparent."""
    table = {nodata: (0, 0, 0, 0)}
    for info in classes:
        table[info.value] = (*bytes.fromhex(info.colour.lstrip("#")), 255)  # type: ignore[assignment]
    return table


def describe_classes(path: Path, classes: Sequence[ClassInfo], nodata: int, provenance: Mapping[str, Any]) -> None:
    """Put palette and tags into a GeoTIFF that is about to become a COG."""
    with rasterio.open(path, "r+") as dataset:
        dataset.write_colormap(1, colour_table(classes, nodata))
        dataset.set_band_description(1, "class")
        dataset.update_tags(
            **{
                CLASSES_TAG: json.dumps([{"value": c.value, "name": c.name, "colour": c.colour} for c in classes]),
                PROVENANCE_TAG: json.dumps(provenance),
                "AREA_OR_POINT": "Area",
            }
        )


def category_names_xml(classes: Sequence[ClassInfo]) -> str:
    """GDAL side-car (.aux.xml) with the names by value, which every GDAL-based viewer shows in its legend."""
    names = {c.value: c.name for c in classes}
    lines = "".join(f"<Category>{escape(names.get(v, ''))}</Category>" for v in range(max(names, default=0) + 1))
    return f'<PAMDataset><PAMRasterBand band="1"><CategoryNames>{lines}</CategoryNames></PAMRasterBand></PAMDataset>\n'


def read_class_infos(path: str) -> tuple[ClassInfo, ...]:
    """Read the classes of a class raster.

    From the tag that this engine writes; else from the palette (values that occur); else from the values themselves,
    with colours spread round the colour circle. The nodata value is never a class.

    Raises
    ------
    UrbanGrainError
        ``file.not_found``, ``image.unreadable``, ``classes.not_a_class_raster``.
    """
    if not path.startswith("/vsi") and not Path(path).exists():
        raise UrbanGrainError("file.not_found", path=path)
    try:
        with rasterio.open(path) as dataset:
            dtype = np.dtype(dataset.dtypes[0])
            if dtype.kind not in "iu":
                raise UrbanGrainError("classes.not_a_class_raster", path=path, dtype=str(dtype))
            tagged = _from_tag(dataset.tags().get(CLASSES_TAG, ""))
            if tagged:
                return tagged
            if dataset.count != 1:
                raise UrbanGrainError(
                    "classes.not_a_class_raster", path=path, dtype=f"{dataset.count} bands of {dtype}"
                )
            try:
                palette = dataset.colormap(1)
            except ValueError:
                palette = {}
            values = _occurring(dataset, path, dtype)
    except GDAL_ERRORS as error:
        raise UrbanGrainError("image.unreadable", path=path, reason=str(error)) from error
    return tuple(
        ClassInfo(v, f"class {v}", _hex(palette[v]) if v in palette else _spread(i, len(values)))
        for i, v in enumerate(values)
    )


def _from_tag(text: str) -> tuple[ClassInfo, ...]:
    try:
        return tuple(ClassInfo(int(c["value"]), str(c["name"]), str(c["colour"])) for c in json.loads(text))
    except (ValueError, KeyError, TypeError):
        return ()


def _occurring(dataset: Any, path: str, dtype: np.dtype) -> list[int]:
    seen = np.zeros(256, bool)
    for first, last in row_blocks(dataset.height):
        block = dataset.read(1, window=((first, last), (0, dataset.width)), masked=True).compressed()
        if block.size and (block.min() < 0 or block.max() > 255):
            raise UrbanGrainError("classes.not_a_class_raster", path=path, dtype=f"{dtype} up to {block.max()}")
        seen[np.unique(block)] = True
    return [int(v) for v in np.flatnonzero(seen)]


def _spread(i: int, count: int) -> str:
    red, green, blue = colorsys.hsv_to_rgb(i / max(count, 1), 0.65, 0.85)
    return _hex((round(red * 255), round(green * 255), round(blue * 255)))


def _hex(colour: Sequence[int]) -> str:
    return "#" + bytes(colour[:3]).hex()
