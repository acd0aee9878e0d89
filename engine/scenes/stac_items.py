"""The raster of each item of a STAC ItemCollection that lies in a file."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from urbangrain.engine.errors import UrbanGrainError

ROLES = ("data", "visual")
"""Roles of the asset that is taken where an item has several rasters, the better one first."""

_NOT_IMAGERY = {"thumbnail", "overview", "metadata", "cloud", "cloud-shadow", "data-mask", "snow-ice", "saturation"}


def item_assets(path: Path, asset: str, endings: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the raster and the id of each item.

    Parameters
    ----------
    path : Path
        ItemCollection (a GeoJSON FeatureCollection) or a single Item. Nothing is fetched.
    asset : str
        Key of the asset to take; empty takes the item's only raster, else the only one with the role 'data', else the
        only one with the role 'visual'.
    endings : sequence of str
        Endings of raster files, for assets without a media type.

    Raises
    ------
    UrbanGrainError
        ``many.not_items``, ``many.no_asset``, ``many.unknown_asset``, ``many.which_asset``.
    """
    for item in _items(path):
        name = str(item.get("id") or "scene")
        assets = item.get("assets")
        if not isinstance(assets, dict) or not all(isinstance(a, dict) and a.get("href") for a in assets.values()):
            raise UrbanGrainError("many.not_items", path=str(path), reason=f"the item {name} has no assets")
        where = {"path": str(path), "item": name, "assets": ", ".join(assets) or "none"}
        if asset and asset not in assets:
            raise UrbanGrainError("many.unknown_asset", asset=asset, **where)
        yield _local(str(assets[asset or _choose(assets, endings, where)]["href"]), path.parent), name


def _items(path: Path) -> list[dict[str, Any]]:
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise UrbanGrainError("many.not_items", path=str(path), reason=str(error).rstrip(".")) from error
    items = data.get("features") if isinstance(data, dict) else None
    if isinstance(data, dict) and data.get("type") == "Feature":
        items = [data]
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise UrbanGrainError("many.not_items", path=str(path), reason="it has no list of items called features")
    return items


def _choose(assets: Mapping[str, Any], endings: Sequence[str], where: Mapping[str, str]) -> str:
    rasters = [key for key, asset in assets.items() if _is_raster(asset, endings)]
    for some in (rasters, *([k for k in rasters if role in _roles(assets[k])] for role in ROLES)):
        if len(some) == 1:
            return some[0]
    if not rasters:
        raise UrbanGrainError("many.no_asset", **where)
    raise UrbanGrainError("many.which_asset", **{**where, "assets": ", ".join(rasters)})


def _is_raster(asset: Mapping[str, Any], endings: Sequence[str]) -> bool:
    if _roles(asset) & _NOT_IMAGERY:
        return False
    media = str(asset.get("type") or "").lower()
    named = urlsplit(str(asset["href"])).path.lower().endswith((*endings, ".vrt"))
    return media.startswith("image/") or (not media and named)


def _roles(asset: Mapping[str, Any]) -> set[str]:
    roles = asset.get("roles") or ()
    return {str(role).lower() for role in roles} if isinstance(roles, (list, tuple)) else set()


def _local(href: str, folder: Path) -> str:
    """Path of a href: relative ones begin at the collection's folder, other schemes than file: are GDAL's."""
    if href.lower().startswith("file:"):
        return url2pathname(urlsplit(href).path)
    if "://" in href or href.startswith("/vsi") or os.path.isabs(href):
        return href
    direct = os.path.normpath(folder / href)
    return direct if os.path.exists(direct) else os.path.normpath(folder / unquote(href))
