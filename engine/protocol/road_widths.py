"""How wide roads are: the table that people may edit before parcels are cut."""

from __future__ import annotations

from typing import Dict

ROAD_WIDTHS: Dict[str, float] = {
    "motorway": 14.0,
    "trunk": 13.0,
    "primary": 12.0,
    "secondary": 10.0,
    "tertiary": 9.0,
    "unclassified": 7.0,
    "residential": 7.0,
    "living_street": 6.0,
    "road": 7.0,
    "motorway_link": 8.0,
    "trunk_link": 7.0,
    "primary_link": 7.0,
    "secondary_link": 6.0,
    "tertiary_link": 6.0,
    "busway": 7.0,
    "bus_guideway": 6.0,
    "raceway": 12.0,
    "service": 4.0,
    "escape": 5.0,
    "emergency_bay": 4.0,
    "pedestrian": 6.0,
    "track": 3.5,
    "cycleway": 2.5,
    "bridleway": 2.0,
    "footway": 2.0,
    "path": 1.5,
    "steps": 2.0,
    "crossing": 2.0,
    "corridor": 0.0,
    "elevator": 0.0,
    "ladder": 0.0,
    "via_ferrata": 0.0,
    "platform": 0.0,
    "bus_stop": 0.0,
    "rest_area": 0.0,
    "services": 0.0,
    "construction": 0.0,
    "proposed": 0.0,
    "planned": 0.0,
    "abandoned": 0.0,
    "disused": 0.0,
    "razed": 0.0,
    "no": 0.0,
}
"""Width of the whole roadbed in metres by value of OSM's key ``highway``; 0 does not cut.

MSLU-100K (section "Unlabeled parcel boundary data") goes by "roadbed width" at each level of road and gives no figures.
These are lanes of 3 to 3.75 m with their shoulders, two lanes where a class usually has two. OSM draws the carriageways
of motorways and other divided roads as a line each, so that their widths are those of one carriageway. What is indoors,
planned or gone does not cut.
"""
