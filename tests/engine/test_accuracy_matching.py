from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import rasterio

from urbangrain.engine.accuracy.mapping_file import read_mapping
from urbangrain.engine.accuracy.matching import match
from urbangrain.engine.errors import UrbanGrainError
from urbangrain.engine.protocol.results import ClassInfo

LANDCOVER = tuple(
    ClassInfo(i, name, "#000000") for i, name in enumerate(("water", "tree", "grass", "farmland", "impervious"), 1)
)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("water", 1),
        ("Water ", 1),
        ("RIVER", 1),
        ("Gewässer", 1),
        ("水体", 1),
        ("forest", 2),
        ("Trees", 2),
        ("low vegetation", 3),
        ("low_vegetation", 3),
        ("Rangeland", 3),
        ("agriculture land", 4),
        ("cropland", 4),
        ("roof", 5),
        ("Buildings", 5),
        ("developed space", 5),
        ("Straße", 5),
        ("3", 3),
        ("3.0", 3),
    ],
)
def test_words_that_people_use(value: str, expected: int) -> None:
    assert match([value], LANDCOVER) == {value: expected}


@pytest.mark.parametrize("value", ["soil", "bareland", "vegetation", "6", "2.5", "", "watermelon", "waters edge"])
def test_no_guess_is_better_than_a_wrong_one(value: str) -> None:
    assert match([value], LANDCOVER) == {}


def test_the_maps_own_name_wins_over_a_synonym() -> None:
    classes = (ClassInfo(1, "roof", "#1"), ClassInfo(2, "pavement", "#2"), ClassInfo(4, "tree", "#4"))
    assert match(["roof", "pavement", "forest", "building"], classes) == {"roof": 1, "pavement": 2, "forest": 4}


def test_a_name_that_two_classes_have_fits_neither() -> None:
    assert match(["Tree"], (ClassInfo(1, "tree", "#1"), ClassInfo(2, "Tree", "#2"))) == {}


def write(path: Path, data: object) -> Path:
    path.write_text(data if isinstance(data, str) else json.dumps(data))
    return path


@pytest.fixture
def classes(tmp_path: Path) -> Path:
    path = tmp_path / "classes.tif"
    profile = {"driver": "GTiff", "dtype": "uint8", "count": 1, "height": 2, "width": 2}
    with rasterio.open(path, "w", **profile) as out:
        out.write(np.ones((1, 2, 2), np.uint8))
        out.update_tags(URBANGRAIN_CLASSES=json.dumps([{"value": 1, "name": "Water", "colour": "#0000ff"}]))
    return path


def test_a_mapping_file_takes_names_and_numbers(tmp_path: Path, classes: Path) -> None:
    path = write(tmp_path / "m.json", {"lake": "water", "road": 5})
    assert read_mapping(path, classes) == {"lake": 1, "road": 5}


@pytest.mark.parametrize("data", ["{", [1], {"lake": "wood"}, {"lake": True}, {"lake": 300}, {"lake": None}])
def test_a_bad_mapping_file_is_said(tmp_path: Path, classes: Path, data: object) -> None:
    with pytest.raises(UrbanGrainError) as error:
        read_mapping(write(tmp_path / "m.json", data), classes)
    assert error.value.code == "assess.bad_mapping"
