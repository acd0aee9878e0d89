"""Write GDAL's VRT format: one raster made of parts of others, which stay where they are."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from urbangrain.engine.protocol.results import ClassInfo
from urbangrain.engine.raster.grid import Grid

_TYPES = {"uint8": "Byte", "uint16": "UInt16", "int16": "Int16", "float32": "Float32", "float64": "Float64"}
_SMALLEST_OVERVIEW = 256


@dataclass(frozen=True)
class Part:
    """A file, and the column and row of the whole where its upper left pixel lies."""

    path: Path
    col: int
    row: int
    width: int
    height: int


@dataclass(frozen=True)
class Band:
    """What a band of the whole says of itself."""

    dtype: str
    nodata: float
    name: str = ""
    colours: Mapping[int, tuple[int, ...]] | None = None


def vrt_xml(
    grid: Grid,
    bands: Sequence[Band],
    parts: Sequence[Part],
    folder: Path,
    tags: Mapping[str, str],
    classes: Sequence[ClassInfo] = (),
) -> str:
    """Return a VRT.

    Parameters
    ----------
    grid : Grid
        Of the whole.
    bands : sequence of Band
    parts : sequence of Part
        On the whole's grid; where they overlap, the first one with data is seen.
    folder : Path
        Where the VRT will lie: files in or below it are named relative to it.
    tags : mapping
        Metadata of the whole.
    classes : sequence of ClassInfo
        Named in the first band's legend.
    """
    root = Element("VRTDataset", rasterXSize=str(grid.width), rasterYSize=str(grid.height))
    SubElement(root, "SRS").text = grid.crs.to_wkt()
    SubElement(root, "GeoTransform").text = ", ".join(repr(float(v)) for v in grid.transform.to_gdal())
    metadata = SubElement(root, "Metadata")
    for key, value in tags.items():
        SubElement(metadata, "MDI", key=key).text = value
    for number, band in enumerate(bands, 1):
        _band(root, number, band, parts, folder, classes if number == 1 else ())
    factors: list[int] = []
    while max(grid.width, grid.height) / 2 ** (len(factors) + 1) >= _SMALLEST_OVERVIEW:
        factors.append(2 ** (len(factors) + 1))
    if factors:  # the parts' own overviews are read through them
        SubElement(root, "OverviewList", resampling="nearest").text = " ".join(map(str, factors))
    indent(root)
    return tostring(root, encoding="unicode") + "\n"


def _band(
    root: Element, number: int, band: Band, parts: Sequence[Part], folder: Path, classes: Sequence[ClassInfo]
) -> None:
    element = SubElement(root, "VRTRasterBand", dataType=_TYPES[band.dtype], band=str(number))
    if band.name:
        SubElement(element, "Description").text = band.name
    SubElement(element, "NoDataValue").text = repr(float(band.nodata))
    if band.colours:
        SubElement(element, "ColorInterp").text = "Palette"
    if classes:
        names = {info.value: info.name for info in classes}
        listed = SubElement(element, "CategoryNames")
        for value in range(max(names) + 1):
            SubElement(listed, "Category").text = names.get(value, "")
    if band.colours:
        table = SubElement(element, "ColorTable")
        for value in range(max(band.colours) + 1):
            red, green, blue, alpha = band.colours.get(value, (0, 0, 0, 0))
            SubElement(table, "Entry", c1=str(red), c2=str(green), c3=str(blue), c4=str(alpha))
    for part in reversed(parts):  # GDAL lays the last one on top
        source = SubElement(element, "ComplexSource")
        inside = part.path.is_relative_to(folder)
        name = SubElement(source, "SourceFilename", relativeToVRT="1" if inside else "0")
        name.text = os.path.relpath(part.path, folder) if inside else str(part.path)
        SubElement(source, "SourceBand").text = str(number)
        width, height = str(part.width), str(part.height)
        SubElement(source, "SrcRect", xOff="0", yOff="0", xSize=width, ySize=height)
        SubElement(source, "DstRect", xOff=str(part.col), yOff=str(part.row), xSize=width, ySize=height)
        SubElement(source, "NODATA").text = repr(float(band.nodata))
