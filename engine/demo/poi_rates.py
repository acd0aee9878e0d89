"""How many points of interest of which kind are found on each use of land, and along streets.

The numbers are of an ordinary district of a city that is mapped in full. They overlap on purpose: firms keep canteens
and car parks, blocks of flats have shops at their foot, and schools, town halls and hospitals look alike from above.
"""

from __future__ import annotations

from .landuse import (
    ALLOTMENT,
    BARE,
    CEMETERY,
    COMMERCE,
    FACTORY,
    FARMSTEAD,
    FIELD,
    FOREST,
    HOUSES,
    MEADOW,
    OFFICE,
    PARK,
    PARKING,
    PERIMETER,
    SCHOOL,
    SLABS,
    SPORT,
    SQUARE,
    TERRACE,
)  # fmt: skip
from .layout import PRIMARY, RESIDENTIAL, SECONDARY, TERTIARY, TRUNK, UNCLASSIFIED

_PRIVATE = {
    "addr:housenumber=yes": 11.0, "building=house": 1.6, "landuse=residential": 0.12, "amenity=kindergarten": 0.03,
    "amenity=doctors": 0.03, "shop=hairdresser": 0.04, "shop=bakery": 0.02, "shop=convenience": 0.03,
    "office=company": 0.10, "office=architect": 0.02, "craft=carpenter": 0.03, "craft=electrician": 0.03,
    "tourism=guest_house": 0.03, "leisure=playground": 0.05, "amenity=restaurant": 0.02, "amenity=post_box": 0.05,
    "amenity=place_of_worship": 0.02, "amenity=parking": 0.03, "power=substation": 0.04, "office=insurance": 0.02,
    "amenity=veterinary": 0.006, "amenity=pharmacy": 0.008, "barrier=gate": 0.12, "amenity=bench": 0.05,
}  # fmt: skip
"""Of quarters of single houses."""

PER_HECTARE: dict[int, dict[str, float]] = {
    HOUSES: _PRIVATE,
    TERRACE: _PRIVATE | {"addr:housenumber=yes": 22.0, "building=terrace": 2.0, "shop=convenience": 0.06},
    PERIMETER: {
        "addr:housenumber=yes": 9.0, "building=apartments": 1.8, "landuse=residential": 0.35, "entrance=main": 1.5,
        "amenity=restaurant": 0.9, "amenity=cafe": 0.5, "amenity=bar": 0.3, "amenity=fast_food": 0.45,
        "shop=clothes": 0.5, "shop=hairdresser": 0.55, "shop=convenience": 0.45, "shop=bakery": 0.3, "shop=books": 0.12,
        "shop=optician": 0.12, "shop=mobile_phone": 0.12, "shop=florist": 0.12, "shop=furniture": 0.1,
        "shop=supermarket": 0.13, "shop=travel_agency": 0.1, "shop=estate_agent": 0.15, "shop=laundry": 0.12,
        "shop=beauty": 0.25, "amenity=pharmacy": 0.16, "amenity=bank": 0.16, "amenity=atm": 0.18,
        "amenity=doctors": 0.32, "amenity=dentist": 0.22, "office=company": 0.7, "office=lawyer": 0.25,
        "office=insurance": 0.12, "office=government": 0.04, "office=association": 0.12, "craft=tailor": 0.07,
        "amenity=kindergarten": 0.12, "tourism=hotel": 0.11, "amenity=place_of_worship": 0.06, "amenity=parking": 0.25,
        "amenity=post_office": 0.04, "leisure=fitness_centre": 0.07, "leisure=playground": 0.08,
        "amenity=library": 0.02, "amenity=theatre": 0.02, "amenity=cinema": 0.015, "amenity=community_centre": 0.05,
        "tourism=gallery": 0.05, "amenity=police": 0.01, "amenity=nightclub": 0.03, "shop=car_repair": 0.03,
        "amenity=language_school": 0.05,
        "amenity=bench": 0.1, "amenity=post_box": 0.06,
    },
    SLABS: {
        "addr:housenumber=yes": 3.5, "building=apartments": 1.2, "landuse=residential": 0.45, "entrance=main": 1.6,
        "barrier=gate": 0.25, "shop=convenience": 0.16, "shop=supermarket": 0.06, "shop=hairdresser": 0.12,
        "amenity=kindergarten": 0.1, "amenity=pharmacy": 0.06, "amenity=doctors": 0.08, "amenity=dentist": 0.05,
        "leisure=playground": 0.3, "leisure=pitch": 0.06, "amenity=parking": 0.5, "amenity=restaurant": 0.1,
        "amenity=fast_food": 0.07, "amenity=bank": 0.03, "amenity=community_centre": 0.05, "amenity=school": 0.02,
        "shop=bakery": 0.05, "office=company": 0.12, "amenity=social_facility": 0.04, "shop=beauty": 0.06,
        "amenity=recycling": 0.15, "power=substation": 0.08, "building=dormitory": 0.03, "amenity=post_office": 0.02,
        "amenity=training": 0.04, "amenity=bench": 0.2,
    },
    COMMERCE: {
        "shop=supermarket": 0.2, "shop=mall": 0.1, "shop=furniture": 0.2, "shop=doityourself": 0.15, "shop=car": 0.22,
        "shop=clothes": 0.9, "shop=shoes": 0.3, "shop=electronics": 0.25, "shop=sports": 0.15, "shop=toys": 0.1,
        "shop=jewelry": 0.15, "shop=cosmetics": 0.25, "shop=mobile_phone": 0.2, "shop=variety_store": 0.15,
        "amenity=restaurant": 0.5, "amenity=fast_food": 0.6, "amenity=cafe": 0.3, "amenity=bank": 0.15,
        "amenity=atm": 0.25, "amenity=pharmacy": 0.1, "amenity=fuel": 0.12, "amenity=charging_station": 0.12,
        "amenity=car_wash": 0.09, "shop=car_repair": 0.12, "amenity=cinema": 0.04, "leisure=fitness_centre": 0.07,
        "shop=hairdresser": 0.18, "office=company": 0.6, "building=warehouse": 0.12, "shop=wholesale": 0.12,
        "tourism=hotel": 0.09, "amenity=parking": 0.6, "addr:housenumber=yes": 1.2, "entrance=main": 0.6,
        "amenity=marketplace": 0.04, "amenity=toilets": 0.08, "leisure=bowling_alley": 0.03, "building=apartments": 0.1,
        "amenity=parcel_locker": 0.08,
    },
    OFFICE: {
        "office=company": 2.4, "office=it": 0.5, "office=lawyer": 0.4, "office=insurance": 0.3,
        "office=consulting": 0.3, "office=government": 0.2, "office=association": 0.15, "office=estate_agent": 0.15,
        "building=office": 0.6,
        "amenity=bank": 0.3, "amenity=atm": 0.25, "amenity=restaurant": 0.5, "amenity=cafe": 0.4,
        "amenity=fast_food": 0.25, "amenity=bar": 0.12, "tourism=hotel": 0.2, "amenity=parking": 0.5,
        "leisure=fitness_centre": 0.12, "shop=convenience": 0.2, "amenity=conference_centre": 0.04,
        "amenity=embassy": 0.03, "amenity=courthouse": 0.02, "amenity=townhall": 0.02, "amenity=doctors": 0.15,
        "amenity=training": 0.12, "office=research": 0.06, "shop=travel_agency": 0.08, "addr:housenumber=yes": 2.0,
        "entrance=main": 1.2, "building=apartments": 0.2, "amenity=post_office": 0.05, "shop=clothes": 0.2,
        "amenity=university": 0.02, "amenity=clinic": 0.05,
    },
    FACTORY: {
        "man_made=works": 0.4, "building=industrial": 0.3, "building=warehouse": 0.25, "landuse=industrial": 0.08,
        "office=company": 0.7, "office=logistics": 0.08, "shop=wholesale": 0.1, "shop=car_repair": 0.16,
        "shop=car": 0.05, "shop=tyres": 0.05, "craft=metal_construction": 0.12, "craft=carpenter": 0.06,
        "amenity=canteen": 0.07, "amenity=fast_food": 0.06, "amenity=restaurant": 0.04, "amenity=fuel": 0.03,
        "amenity=parking": 0.45, "power=substation": 0.12, "barrier=gate": 0.4, "addr:housenumber=yes": 0.6,
        "amenity=vehicle_inspection": 0.015, "man_made=silo": 0.06, "man_made=storage_tank": 0.1,
        "amenity=training": 0.02, "leisure=fitness_centre": 0.015, "building=dormitory": 0.03, "amenity=bank": 0.01,
        "shop=convenience": 0.03, "amenity=recycling": 0.04, "man_made=wastewater_plant": 0.01,
        "shop=building_materials": 0.05, "amenity=driving_school": 0.01, "leisure=sports_hall": 0.01,
    },
    SCHOOL: {
        "leisure=pitch": 0.18, "leisure=sports_hall": 0.08, "amenity=parking": 0.3, "amenity=canteen": 0.05,
        "amenity=cafe": 0.05, "amenity=library": 0.05, "leisure=playground": 0.12, "building=school": 0.2,
        "amenity=bicycle_parking": 0.2, "entrance=main": 0.5, "barrier=gate": 0.3, "addr:housenumber=yes": 0.6,
        "building=dormitory": 0.05, "office=association": 0.04, "amenity=bench": 0.15, "shop=convenience": 0.03,
        "amenity=pharmacy": 0.02, "office=government": 0.05, "amenity=training": 0.05, "building=public": 0.08,
    },
    PARK: {
        "leisure=playground": 0.12, "amenity=toilets": 0.07, "amenity=bench": 0.7, "historic=memorial": 0.06,
        "tourism=artwork": 0.06, "amenity=cafe": 0.04, "leisure=pitch": 0.06, "tourism=viewpoint": 0.03,
        "leisure=fitness_station": 0.04, "amenity=parking": 0.05, "shop=kiosk": 0.03, "tourism=information": 0.06,
        "amenity=restaurant": 0.02, "tourism=attraction": 0.04, "amenity=drinking_water": 0.05,
    },
    SPORT: {
        "leisure=pitch": 0.5, "amenity=parking": 0.2, "amenity=restaurant": 0.04, "leisure=fitness_centre": 0.03,
        "amenity=toilets": 0.04, "amenity=bench": 0.15, "leisure=playground": 0.05, "office=association": 0.04,
        "shop=sports": 0.02,
    },
    CEMETERY: {
        "amenity=place_of_worship": 0.09, "amenity=toilets": 0.06, "amenity=parking": 0.1, "amenity=bench": 0.3,
        "shop=florist": 0.05, "historic=memorial": 0.1, "barrier=gate": 0.12,
    },
    SQUARE: {
        "amenity=restaurant": 0.5, "amenity=cafe": 0.5, "amenity=bench": 1.0, "historic=memorial": 0.2,
        "tourism=artwork": 0.15, "amenity=fountain": 0.2, "amenity=marketplace": 0.1, "shop=kiosk": 0.15,
        "amenity=toilets": 0.1, "tourism=attraction": 0.1, "amenity=taxi": 0.12, "tourism=information": 0.15,
        "railway=subway_entrance": 0.08, "amenity=parking": 0.15, "amenity=bar": 0.12, "shop=clothes": 0.1,
        "amenity=theatre": 0.03,
    },
    PARKING: {
        "amenity=charging_station": 0.15, "amenity=car_wash": 0.05, "amenity=toilets": 0.08, "shop=kiosk": 0.05,
        "amenity=taxi": 0.06, "amenity=recycling": 0.1, "amenity=fuel": 0.04, "amenity=parking_entrance": 0.4,
        "office=company": 0.06, "amenity=bicycle_parking": 0.1, "amenity=car_sharing": 0.08, "amenity=fast_food": 0.03,
    },
    BARE: {
        "landuse=construction": 0.05, "amenity=parking": 0.08, "office=company": 0.03, "barrier=gate": 0.06,
        "addr:housenumber=yes": 0.1, "amenity=recycling": 0.02,
    },
    FIELD: {
        "place=locality": 0.012, "power=substation": 0.001, "man_made=mast": 0.002, "landuse=farmland": 0.006,
        "office=company": 0.0015, "historic=wayside_cross": 0.002, "place=farm": 0.003, "natural=spring": 0.001,
    },
    FOREST: {
        "tourism=viewpoint": 0.004, "amenity=parking": 0.006, "tourism=picnic_site": 0.006, "amenity=shelter": 0.006,
        "place=locality": 0.012, "natural=peak": 0.004, "man_made=mast": 0.003, "landuse=forest": 0.006,
        "historic=memorial": 0.003, "amenity=restaurant": 0.001, "tourism=information": 0.006, "natural=spring": 0.003,
    },
    MEADOW: {
        "amenity=bench": 0.03, "leisure=pitch": 0.006, "place=locality": 0.01, "power=substation": 0.003,
        "amenity=shelter": 0.003, "addr:housenumber=yes": 0.01, "landuse=meadow": 0.004, "tourism=viewpoint": 0.002,
    },
    ALLOTMENT: {
        "landuse=allotments": 0.3, "amenity=parking": 0.08, "amenity=restaurant": 0.015, "office=association": 0.06,
        "barrier=gate": 0.3, "leisure=playground": 0.03, "amenity=toilets": 0.03, "addr:housenumber=yes": 0.3,
    },
    FARMSTEAD: {
        "addr:housenumber=yes": 1.5, "building=farm": 0.6, "place=farm": 0.2, "shop=farm": 0.08,
        "tourism=guest_house": 0.06, "building=barn": 0.3, "building=greenhouse": 0.1, "amenity=veterinary": 0.015,
        "office=company": 0.1, "craft=winery": 0.02, "amenity=restaurant": 0.02, "shop=car_repair": 0.02,
        "building=house": 0.4,
    },
}  # fmt: skip
"""Points a hectare, by use and tag."""

FIRST_OF_PARCEL: dict[int, dict[str, float]] = {
    COMMERCE: {"shop=supermarket": 0.2, "shop=mall": 0.15, "shop=doityourself": 0.08, "shop=furniture": 0.08,
               "shop=car": 0.08, "shop=wholesale": 0.05, "tourism=hotel": 0.03, "amenity=marketplace": 0.04},
    OFFICE: {"building=office": 0.35, "office=company": 0.2, "office=government": 0.05, "tourism=hotel": 0.05},
    FACTORY: {"man_made=works": 0.32, "building=warehouse": 0.15, "landuse=industrial": 0.1, "office=company": 0.15},
    SCHOOL: {"amenity=school": 0.42, "amenity=kindergarten": 0.07, "amenity=college": 0.04, "amenity=university": 0.06,
             "amenity=hospital": 0.06, "amenity=clinic": 0.03, "amenity=townhall": 0.03, "office=government": 0.04,
             "amenity=community_centre": 0.04, "amenity=library": 0.02, "tourism=museum": 0.03,
             "amenity=place_of_worship": 0.03, "amenity=social_facility": 0.03, "amenity=fire_station": 0.015,
             "amenity=police": 0.015, "amenity=courthouse": 0.01, "amenity=exhibition_centre": 0.01,
             "amenity=theatre": 0.01},
    PARK: {"leisure=park": 0.6, "leisure=garden": 0.1, "tourism=zoo": 0.01, "tourism=theme_park": 0.01,
           "tourism=attraction": 0.04},
    SPORT: {"leisure=sports_centre": 0.4, "leisure=stadium": 0.12, "leisure=swimming_pool": 0.08,
            "leisure=golf_course": 0.02, "leisure=pitch": 0.2},
    CEMETERY: {"landuse=cemetery": 0.6, "amenity=grave_yard": 0.2},
    SQUARE: {"place=square": 0.6},
    PARKING: {"amenity=parking": 0.7, "amenity=bus_station": 0.06},
    FIELD: {"landuse=farmland": 0.004},
    FOREST: {"leisure=nature_reserve": 0.012},
    FARMSTEAD: {"place=farm": 0.12, "landuse=farmyard": 0.15},
}  # fmt: skip
"""What a whole parcel is: chances of the tags by use; the rest of the parcels is nothing in particular."""

PER_KILOMETRE: dict[int, dict[str, float]] = {
    TRUNK: {"highway=services": 0.03, "amenity=fuel": 0.08},
    PRIMARY: {"highway=bus_stop": 3.0, "amenity=fuel": 0.1, "railway=subway_entrance": 0.12, "railway=tram_stop": 0.3,
              "highway=traffic_signals": 0.8, "railway=station": 0.03},
    SECONDARY: {"highway=bus_stop": 3.5, "amenity=fuel": 0.06, "railway=subway_entrance": 0.06,
                "highway=traffic_signals": 0.5, "amenity=bench": 0.2},
    TERTIARY: {"highway=bus_stop": 3.0, "amenity=parking": 0.1, "amenity=bench": 0.2},
    RESIDENTIAL: {"highway=bus_stop": 0.5, "amenity=parking": 0.15, "amenity=post_box": 0.1},
    UNCLASSIFIED: {"highway=bus_stop": 0.3},
}  # fmt: skip
"""Points a kilometre of street, by class and tag."""

KIND_OF_SOURCE: dict[str, tuple[str, ...]] = {
    "addresses": ("addr:housenumber",),
    "dwellings": ("building=house", "building=terrace", "building=apartments", "landuse=residential"),
    "entrances": ("entrance", "barrier"),
    "furniture": ("amenity=bench", "amenity=post_box", "amenity=toilets", "tourism=information", "amenity=recycling",
                  "amenity=drinking_water"),
    "firms": ("office", "craft"),
    "areas": ("landuse=industrial", "landuse=farmland", "landuse=forest", "landuse=meadow", "landuse=construction",
              "landuse=cemetery", "place"),
}  # fmt: skip
"""Kinds that one source lists by the thousand and another leaves out: tags, or keys of tags, by kind."""
