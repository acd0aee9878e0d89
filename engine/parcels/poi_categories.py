"""The categories of points of interest that parcels are described by, whatever source they come from.

MSLU-100K (Table 2) takes its points of interest from Gaode (AMap), with 23 primary and 261 secondary categories. Those
261 are Gaode's own, a third of them the makes of cars that are sold or repaired. The light model is to read
OpenStreetMap as well, and to be trained where there is no Gaode; so it uses this smaller vocabulary, which both can be
put into and which is as fine as land use needs: where two kinds of places stand on the same kind of land, they share a
category.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from .poi_gaode import GAODE
from .poi_osm import OSM_BY_KEY, OSM_TAGS

CATEGORIES: tuple[str, ...] = (
    # food and drink
    "restaurant", "fast_food", "cafe", "bar",
    # shops
    "shop", "convenience", "supermarket", "mall", "food_shop", "clothes_shop", "home_shop", "electronics_shop",
    "market",
    # vehicles
    "fuel", "charging_station", "car_repair", "car_dealer", "car_wash",
    # services
    "personal_service", "post_office", "agency", "bank", "finance", "hotel", "guest_house",
    # work
    "office", "office_building", "factory", "workshop", "industrial_park", "warehouse", "construction_site",
    "extraction_site",
    # administration
    "government", "town_hall", "police", "fire_station", "courthouse", "military", "association", "social_facility",
    # education
    "kindergarten", "school", "college", "university", "training_centre", "research_institute",
    # health
    "hospital", "clinic", "pharmacy", "veterinary",
    # culture and religion
    "cultural_facility", "library", "museum", "theatre", "cinema", "exhibition_centre", "community_centre",
    "place_of_worship", "monument", "cemetery",
    # sport and leisure
    "leisure", "entertainment", "sports_centre", "stadium", "pitch", "swimming_pool", "fitness_centre", "golf_course",
    "playground", "park", "square", "zoo", "theme_park", "resort", "scenic_sight", "viewpoint",
    # dwellings and addresses
    "building", "residential_building", "residential_estate", "dormitory", "address_point", "gate", "place_name",
    # transport
    "transport_facility", "parking", "bus_stop", "bus_station", "metro_station", "railway_station", "airport",
    "ferry_terminal", "road_facility",
    # open land
    "farm", "greenhouse", "orchard", "allotments", "forest", "nature_reserve", "water",
    # utilities
    "public_facility", "water_works", "power_facility", "telecom_tower", "waste_facility",
)  # fmt: skip
"""Names of the categories; a category's number is its place here.

Weights are learnt for these numbers: the order never changes, and what is added comes last.
"""

_NUMBER = {name: number for number, name in enumerate(CATEGORIES)}
_PARTS = re.compile(r"[;；|]")
_CODE = re.compile(r"(\d{5,6})(?:\.0+)?")


def category_of(value: str) -> int | None:
    """Recognise the category that a value of some source stands for.

    Parameters
    ----------
    value : str
        One of `CATEGORIES`; an OSM tag (``amenity=school``) or its value alone (``school``), also as Geofabrik's
        ``fclass`` has it; a Gaode type code of six digits, by its longest known beginning (a leading zero may have been
        lost to a spreadsheet); or a Gaode name of any level, also all levels joined by ``;`` as Gaode writes them, of
        which the most specific one that is known counts. Of several types joined by ``|`` the first known one counts.
        Case and blanks around it do not matter.

    Returns
    -------
    int or None
        Index into `CATEGORIES`; None where nothing is known.
    """
    for one in value.split("|"):
        found = _one(one.strip())
        if found is not None:
            return _NUMBER[found]
    return None


def categories_of(values: Collection[Any]) -> npt.NDArray[np.int64]:
    """Recognise the categories of many values.

    Parameters
    ----------
    values : sequence, array or series of shape (n,)
        As in `category_of`; numbers are taken for Gaode codes, and None and NaN are unknown.

    Returns
    -------
    int64 array of shape (n,)
        Indices into `CATEGORIES`; -1 where nothing is known.
    """
    column = np.empty(len(values), object)
    column[:] = list(values)
    which, kinds = pd.factorize(column)
    # One more at the end, which the -1 of missing values then points at.
    numbers = np.full(len(kinds) + 1, -1, np.int64)
    for at, kind in enumerate(kinds):
        number = category_of(str(kind))
        if number is not None:
            numbers[at] = number
    return numbers[which]


def _one(text: str) -> str | None:
    """Recognise one type."""
    lower = text.lower()
    if lower in _NUMBER:
        return lower
    if code := _CODE.fullmatch(text):
        return _by_code(code[1].zfill(6))
    key, equals, rest = lower.partition("=")
    if equals:
        return _by_tag(key.strip(), rest)
    names, values = _gaode_names(), _osm_values()
    for part in reversed(_PARTS.split(text)):
        if part.strip() in names:
            return names[part.strip()]
    for part in _PARTS.split(lower):
        if part.strip() in values:
            return values[part.strip()]
    return None


def _by_code(code: str) -> str | None:
    codes = _gaode_codes()
    return next((codes[code[:length]] for length in (6, 4, 2) if code[:length] in codes), None)


def _by_tag(key: str, value: str) -> str | None:
    """Recognise an OSM tag by its value, of several (joined by ``;``) the first known one, else by its key."""
    values = [part.strip() for part in _PARTS.split(value)]
    values = [part for part in values if part not in ("", "no", "vacant", "disused", "abandoned")]
    known = OSM_TAGS.get(key, {})
    return next((known[v] for v in values if v in known), OSM_BY_KEY.get(key) if values else None)


@cache
def _gaode_codes() -> dict[str, str]:
    return {code: category for code, _, category in GAODE}


@cache
def _gaode_names() -> dict[str, str]:
    return {name: category for _, name, category in GAODE}


@cache
def _osm_values() -> dict[str, str]:
    """Values of OSM tags without their key; a value that several keys have means what the first of them says."""
    values: dict[str, str] = {}
    for known in OSM_TAGS.values():
        for value, category in known.items():
            values.setdefault(value, category)
    return values
