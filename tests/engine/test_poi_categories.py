from __future__ import annotations

import numpy as np
import pytest
from real_data_folder import real

from urbangrain.engine.demo.landuse import USES
from urbangrain.engine.parcels.poi_categories import CATEGORIES, categories_of, category_of
from urbangrain.engine.parcels.poi_gaode import GAODE
from urbangrain.engine.parcels.poi_osm import OSM_BY_KEY, OSM_TAGS


def name_of(value: str) -> str | None:
    number = category_of(value)
    return None if number is None else CATEGORIES[number]


def test_the_numbers_that_weights_are_learnt_for_stay() -> None:
    assert len(set(CATEGORIES)) == len(CATEGORIES)
    assert all(name == name.lower() and name.isascii() for name in CATEGORIES)
    # what may be added comes last
    places = {"restaurant": 0, "shop": 4, "fuel": 13, "office": 25, "factory": 27, "government": 33, "school": 42,
              "hospital": 47, "library": 52, "cemetery": 60, "park": 70, "residential_building": 78, "parking": 85,
              "farm": 93, "water": 99, "waste_facility": 104}  # fmt: skip
    assert {name: CATEGORIES.index(name) for name in places} == places


def test_tables_name_categories_only_and_use_them_all() -> None:
    gaode = {category for *_, category in GAODE}
    osm = {category for known in OSM_TAGS.values() for category in known.values()} | set(OSM_BY_KEY.values())
    assert gaode <= set(CATEGORIES)
    assert osm == set(CATEGORIES)


@pytest.mark.parametrize("name", CATEGORIES)
def test_own_names_are_known(name: str) -> None:
    assert name_of(name) == name


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("amenity=school", "school"),
        ("school", "school"),
        (" Amenity = School ", "school"),
        ("shop=clothes", "clothes_shop"),
        ("shop=fishing", "shop"),  # by the key
        ("craft=brewery", "factory"),
        ("craft=basket_maker", "workshop"),
        ("building=apartments", "residential_building"),
        ("building=yes", "building"),
        ("addr:housenumber=12a", "address_point"),
        ("amenity=nonsense;cafe", "cafe"),  # the first that is known
        ("doctors", "clinic"),
        ("christian_lutheran", "place_of_worship"),  # Geofabrik's fclass
        ("man_made=works", "factory"),
    ],
)
def test_osm(value: str, name: str) -> None:
    assert name_of(value) == name


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("050100", "restaurant"),
        ("050117", "restaurant"),  # a kind of 0501
        ("051200", "restaurant"),  # nothing but the first level is known
        ("50500", "cafe"),  # a spreadsheet took the zero
        ("50500.0", "cafe"),
        ("120300", "residential_estate"),
        ("120201", "office_building"),  # finer than 1202
        ("120299", "building"),
        ("141200", "school"),
        ("141201", "university"),
        ("141204", "kindergarten"),
        ("170300", "factory"),
        ("150702", "bus_stop"),
        ("餐饮服务", "restaurant"),
        ("住宅区", "residential_estate"),
        ("餐饮服务;咖啡厅;星巴克咖啡", "cafe"),  # the third level is not known, the second is
        ("科教文化服务;学校;高等院校", "university"),
        ("科教文化服务;学校;某某", "school"),
        ("公司企业；工厂；工厂", "factory"),
        ("事件活动;公众活动;节日庆典|购物服务;超级市场;超市", "supermarket"),  # the first type that is known
    ],
)
def test_gaode(value: str, name: str) -> None:
    assert name_of(value) == name


def test_every_first_level_of_gaode_is_a_place_but_events() -> None:
    first = {code for code, *_ in GAODE if len(code) == 2}
    assert first == {f"{n:02d}" for n in range(1, 21)} | {"97", "99"}
    assert name_of("220100") is None


@pytest.mark.parametrize("value", ["", "  ", "yes", "shop=no", "shop=", "=school", "amenity=nonsense", "12", "1234567",
                                   "school=amenity", "888888", "nan"])  # fmt: skip
def test_what_says_nothing_is_unknown(value: str) -> None:
    assert category_of(value) is None


def test_many_values_of_any_type() -> None:
    values = ["school", None, float("nan"), 50100, 50100.0, "nonsense", "school", np.int64(141200), ""]
    found = categories_of(values)
    school, restaurant = CATEGORIES.index("school"), CATEGORIES.index("restaurant")
    assert found.dtype == np.int64
    assert found.tolist() == [school, -1, -1, restaurant, restaurant, -1, school, school, -1]
    assert categories_of([]).shape == (0,)


def test_many_values_agree_with_each_alone() -> None:
    values = [code for code, *_ in GAODE] + [f"{key}={value}" for key, tags in OSM_TAGS.items() for value in tags]
    values += [*CATEGORIES, *USES]
    alone = [-1 if (number := category_of(value)) is None else number for value in values]
    np.testing.assert_array_equal(categories_of(values), alone)


def test_real_points_of_interest_are_recognised() -> None:
    import pyogrio

    points = pyogrio.read_dataframe(real("osm_helsinki_small", "osm.gpkg"), layer="poi")
    found = categories_of(points["category"])
    names = {CATEGORIES[n] for n in found if n >= 0}
    assert {"fuel", "parking", "kindergarten", "convenience", "car_repair", "car_wash"} <= names
    assert (found >= 0).mean() >= 0.9


def test_real_buildings_and_amenities_are_recognised() -> None:
    import pyogrio

    path = real("swellendam_osm", "swellendam_osm.gpkg")
    for layer, name in (("schools", "school"), ("restaurants", "restaurant")):
        amenity = pyogrio.read_dataframe(path, layer=layer, columns=["amenity"], read_geometry=False)["amenity"]
        assert {CATEGORIES[n] for n in categories_of(amenity)} == {name}
    building = pyogrio.read_dataframe(path, layer="buildings", columns=["building"], read_geometry=False)["building"]
    found = categories_of("building=" + building)
    assert (found >= 0).all()
    told = building[(found >= 0) & (found != CATEGORIES.index("building"))]
    assert {"house", "greenhouse", "hospital", "church", "hotel"} <= set(told)
