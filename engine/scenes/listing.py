"""Which scenes a job means: the rasters of folders, text files, mosaics and STAC ItemCollections."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from urbangrain.engine.errors import UrbanGrainError

from .stac_items import item_assets
from .vrt_sources import mosaic_sources

RASTERS = (".tif", ".tiff", ".jp2", ".j2k", ".img", ".png", ".jpg", ".jpeg", ".webp", ".asc", ".bil", ".bip", ".bsq")
"""Endings of the files that a folder is searched for. A VRT beside its tiles would map them twice, so it is named."""

LISTS = (".txt", ".lst", ".list")
ITEMS = (".json", ".geojson")


@dataclass(frozen=True)
class Scene:
    """One raster to map, and the name that its outputs begin with, which no other scene of the job has."""

    path: str
    name: str


def list_scenes(inputs: Sequence[str], asset: str = "") -> tuple[Scene, ...]:
    """List the scenes of a job.

    Parameters
    ----------
    inputs : sequence of str
        Rasters; folders (the rasters in them by name, without hidden files, VRTs and the folders inside); text files
        (one raster a line, relative to the file, ``#`` begins a comment); VRTs (the sources of a mosaic); STAC
        ItemCollections (one asset of each item).
    asset : str
        STAC asset to take; empty chooses.

    Returns
    -------
    tuple of Scene
        In the order of ``inputs``, each raster once. A raster that a list, VRT or collection names is not looked for:
        mapping it says what is wrong with it.

    Raises
    ------
    UrbanGrainError
        ``file.not_found``, ``many.no_scenes``, and what is wrong with a list (``many.list_unreadable``) or a collection
        (``many.not_items``, ``many.no_asset``, ``many.unknown_asset``, ``many.which_asset``).
    """
    scenes: list[Scene] = []
    seen: set[str] = set()
    taken: set[str] = set()
    for given in inputs:
        for path, name in _found(given, asset):
            identity = path if is_remote(path) else os.path.normcase(os.path.realpath(path))
            if identity not in seen:
                seen.add(identity)
                scenes.append(Scene(path, _unlike(taken, name)))
    if not scenes:
        raise UrbanGrainError("many.no_scenes", path=", ".join(inputs))
    return tuple(scenes)


def is_remote(path: str) -> bool:
    """Whether a path is one for GDAL alone: a URL, a virtual file, a raster inside another file."""
    return path.startswith("/vsi") or ":" in path[2:]


def _found(given: str, asset: str) -> Iterator[tuple[str, str]]:
    """Paths and wished-for names of one input."""
    if is_remote(given):
        yield given, _stem(given)
        return
    path = Path(given)
    if not path.exists():
        raise UrbanGrainError("file.not_found", path=given)
    if path.is_dir():
        for file in sorted(path.iterdir()):
            if file.suffix.lower() in RASTERS and not file.name.startswith(".") and file.is_file():
                yield str(file), file.stem
    elif path.suffix.lower() in LISTS:
        for line in _lines(path):
            yield from _raster(line if is_remote(line) else str(path.parent / line))
    elif path.suffix.lower() in ITEMS:
        for href, item in item_assets(path, asset, RASTERS):
            yield href, _plain(item)
    else:
        yield from _raster(given)


def _raster(path: str) -> Iterator[tuple[str, str]]:
    """Return a raster, or the sources of a mosaic."""
    sources = mosaic_sources(Path(path)) if path.lower().endswith(".vrt") and os.path.isfile(path) else ()
    for found in sources or (path,):
        yield found, _stem(found)


def _lines(path: Path) -> list[str]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UrbanGrainError("many.list_unreadable", path=str(path), reason=str(error)) from error
    if "\0" in text:
        raise UrbanGrainError("many.list_unreadable", path=str(path), reason="it is not a text file")
    lines = (line.strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def _stem(path: str) -> str:
    return _plain(PurePosixPath(urlsplit(path).path).stem if is_remote(path) else Path(path).stem)


def _plain(text: str) -> str:
    """Make a name that every file system takes."""
    return re.sub(r'[\x00-\x1f/\\:*?"<>|]+', "_", text).strip(" .") or "scene"


def _unlike(taken: set[str], name: str) -> str:
    """Return ``name``, with a number where another scene has it; file systems may not tell case."""
    unique, number = name, 1
    while unique.casefold() in taken:
        number += 1
        unique = f"{name}-{number}"
    taken.add(unique.casefold())
    return unique
