"""The files that a VRT puts together, where it is a mosaic of whole files."""

from __future__ import annotations

import os
from pathlib import Path
from xml.etree import ElementTree

_SOURCES = ("SimpleSource", "ComplexSource", "AveragedSource", "KernelFilteredSource")


def mosaic_sources(path: Path) -> tuple[str, ...]:
    """Paths of a mosaic's files, in its order.

    Empty where the VRT is no mosaic and stands for one scene: a single file, a stack of bands (each band from other
    files), bands in another order than the files', warped, derived or pansharpened bands, or XML that GDAL will judge.

    Parameters
    ----------
    path : Path
        A .vrt file.
    """
    try:
        root = ElementTree.parse(path).getroot()
    except (ElementTree.ParseError, OSError, ValueError):
        return ()
    if root.tag != "VRTDataset" or root.get("subClass"):
        return ()
    common: list[str] | None = None
    for number, band in enumerate(root.iter("VRTRasterBand"), 1):
        if band.get("subClass"):
            return ()
        files = []
        for source in (element for element in band if element.tag in _SOURCES):
            name = source.find("SourceFilename")
            if name is None or not name.text or (source.findtext("SourceBand") or "1").strip() != str(number):
                return ()
            relative = name.get("relativeToVRT") == "1"
            files.append(os.path.normpath(path.parent / name.text) if relative else name.text)
        if common is None:
            common = list(dict.fromkeys(files))
        elif set(files) != set(common):
            return ()
    return tuple(common) if common and len(common) > 1 else ()
