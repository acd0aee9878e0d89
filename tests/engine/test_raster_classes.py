"""Classes are read back from our rasters and from other people's."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from pathlib import Path

import numpy as np
import pytest
import rasterio
from mapping_toys import COLOURS, NAMES, make_card, write_image

from urbangrain.engine.errors import UrbanGrainError
from urbangrain.engine.protocol import ClassInfo
from urbangrain.engine.raster.classes import category_names_xml, describe_classes, read_class_infos


def test_ours_come_back_whole(tmp_path: Path) -> None:
    card = make_card()
    path = write_image(tmp_path / "c.tif", np.ones((1, 5, 5), np.uint8), nodata=0)
    describe_classes(Path(path), card.classes, 0, {"time": "now"})
    assert read_class_infos(path) == card.classes
    assert [c.colour for c in read_class_infos(path)] == list(COLOURS)


def test_names_in_the_side_car_are_by_value(tmp_path: Path) -> None:
    infos = (ClassInfo(2, "tree & shrub", "#1a9641"), ClassInfo(4, "farmland", "#fdae61"))
    names = [e.text or "" for e in ElementTree.fromstring(category_names_xml(infos)).iter("Category")]
    assert names == ["", "", "tree & shrub", "", "farmland"]


def test_a_foreign_palette_and_plain_values(tmp_path: Path) -> None:
    pixels = np.array([[[0, 7, 7], [9, 9, 255]]], np.uint8)
    path = write_image(tmp_path / "p.tif", pixels, nodata=255, descriptions=None)
    with rasterio.open(path, "r+") as dataset:
        dataset.write_colormap(1, {0: (1, 2, 3, 255), 7: (255, 0, 16, 255), 9: (0, 0, 0, 255)})
    assert [(c.value, c.colour) for c in read_class_infos(path)] == [(0, "#010203"), (7, "#ff0010"), (9, "#000000")]
    path = write_image(tmp_path / "v.tif", pixels.astype(np.int16), nodata=0, descriptions=None)
    infos = read_class_infos(path)
    assert [c.value for c in infos] == [7, 9, 255]
    assert len({c.colour for c in infos}) == 3


def test_what_is_no_class_raster_is_refused(tmp_path: Path) -> None:
    for pixels in (np.ones((1, 4, 4), np.float32), np.full((1, 4, 4), 300, np.int16), np.ones((3, 4, 4), np.uint8)):
        path = write_image(tmp_path / "f.tif", pixels, descriptions=None)
        with pytest.raises(UrbanGrainError) as caught:
            read_class_infos(path)
        assert caught.value.code == "classes.not_a_class_raster"
    with pytest.raises(UrbanGrainError) as caught:
        read_class_infos(str(tmp_path / "none.tif"))
    assert caught.value.code == "file.not_found"


def test_every_class_of_the_toy_has_a_name() -> None:
    assert [c.name for c in make_card().classes] == list(NAMES)
