"""Which scenes a folder, a list, a VRT or a STAC ItemCollection means."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from affine import Affine
from mapping_toys import UTM, write_image
from rasterio.crs import CRS

from urbangrain.engine.errors import UrbanGrainError
from urbangrain.engine.raster.grid import Grid
from urbangrain.engine.scenes.listing import list_scenes
from urbangrain.engine.scenes.vrt import Band, Part, vrt_xml


def names(*inputs: Path | str, asset: str = "") -> list[tuple[str, str]]:
    return [(Path(s.path).name, s.name) for s in list_scenes([str(i) for i in inputs], asset)]


def refused(code: str, *inputs: Path | str, asset: str = "") -> dict[str, Any]:
    with pytest.raises(UrbanGrainError) as caught:
        list_scenes([str(i) for i in inputs], asset)
    assert caught.value.code == code
    return caught.value.values


def touch(folder: Path, *files: str) -> Path:
    for file in files:
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).touch()
    return folder


def test_a_folder_means_its_rasters_by_name(tmp_path: Path) -> None:
    files = ("b.TIF", "a.jp2", "c.tif.aux.xml", ".hidden.tif", "all.vrt", "notes.txt", "inside/d.tif", "e.tif/f.png")
    assert names(touch(tmp_path, *files)) == [("a.jp2", "a"), ("b.TIF", "b")]


def test_names_are_unlike_and_scenes_come_once(tmp_path: Path) -> None:
    touch(tmp_path, "x/city.tif", "y/city.tif", "y/City.png", "y/city-2.tif")
    found = names(tmp_path / "x" / "city.tif", tmp_path / "y", tmp_path / "y" / "city.tif")
    assert found == [("city.tif", "city"), ("City.png", "City-2"), ("city-2.tif", "city-2-2"), ("city.tif", "city-3")]
    assert len({name.casefold() for _, name in found}) == 4


def test_a_text_file_names_one_raster_a_line(tmp_path: Path) -> None:
    touch(tmp_path, "in/a.tif")
    elsewhere = tmp_path / "else.tif"
    lines = [
        "\ufeff# the first",
        "in/a.tif",
        "",
        f"  {elsewhere}  ",
        "/vsizip/x.zip/b c.tif",
        "https://x.org/d.tif?k=1",
    ]
    (tmp_path / "list.txt").write_text("\n".join(lines), encoding="utf-8")
    scenes = list_scenes([str(tmp_path / "list.txt")])
    assert [scene.name for scene in scenes] == ["a", "else", "b c", "d"]
    assert scenes[0].path == str(tmp_path / "in" / "a.tif")
    assert scenes[1].path == str(elsewhere)  # not there: mapping it says so
    assert scenes[2].path == "/vsizip/x.zip/b c.tif"
    (tmp_path / "bad.txt").write_bytes(b"\xff\xfe\x00")
    refused("many.list_unreadable", tmp_path / "bad.txt")
    (tmp_path / "none.txt").write_text("# nothing yet\n")
    refused("many.no_scenes", tmp_path / "none.txt")


@pytest.fixture
def tiles(tmp_path: Path) -> list[Path]:
    return [Path(write_image(tmp_path / f"tile {i}.tif", np.ones((4, 6, 6), np.uint8))) for i in range(3)]


def write_vrt(path: Path, sources: list[list[Path]]) -> Path:
    """Write a VRT; ``sources`` holds the files of each band."""
    grid = Grid(CRS.from_user_input(UTM), Affine(3, 0, 5e5, 0, -3, 5e6), 18, 6)
    one = vrt_xml(grid, [Band("uint8", 0)] * len(sources), [], path.parent, {})
    bands = one.split("</VRTRasterBand>")
    for number, files in enumerate(sources):
        parts = [Part(file, 6 * i, 0, 6, 6) for i, file in enumerate(files)]
        whole = vrt_xml(grid, [Band("uint8", 0)] * len(sources), parts, path.parent, {}).split("</VRTRasterBand>")
        bands[number] = whole[number]
    path.write_text("</VRTRasterBand>".join(bands))
    return path


def test_a_mosaic_means_its_files(tmp_path: Path, tiles: list[Path]) -> None:
    vrt = write_vrt(tmp_path / "all.vrt", [tiles[::-1]] * 4)  # the writer puts the first on top, that is last
    assert [name for _, name in names(vrt)] == ["tile 0", "tile 1", "tile 2"]
    (tmp_path / "list.txt").write_text("all.vrt")
    assert len(names(tmp_path / "list.txt")) == 3


@pytest.mark.parametrize("kind", ["stack", "one file", "other band", "warped", "broken", "missing"])
def test_any_other_vrt_is_one_scene(tmp_path: Path, tiles: list[Path], kind: str) -> None:
    vrt = tmp_path / "scene.vrt"
    if kind == "stack":
        write_vrt(vrt, [[tile] for tile in tiles])
    else:
        write_vrt(vrt, [tiles[:1] if kind == "one file" else tiles] * 3)
    text = vrt.read_text()
    if kind == "other band":
        vrt.write_text(text.replace("<SourceBand>2<", "<SourceBand>3<"))
    elif kind == "warped":
        vrt.write_text(text.replace("<VRTDataset ", '<VRTDataset subClass="VRTWarpedDataset" ', 1))
    elif kind == "broken":
        vrt.write_text(text[:200])
    elif kind == "missing":
        vrt.unlink()
        refused("file.not_found", vrt)
        return
    assert names(vrt) == [("scene.vrt", "scene")]


def collection(path: Path, *assets: dict[str, Any], **changes: Any) -> Path:
    items = [{"type": "Feature", "id": f"item/{i}", "assets": a} for i, a in enumerate(assets)]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": items, **changes}))
    return path


TIF = "image/tiff; application=geotiff; profile=cloud-optimized"


def test_a_collection_means_one_asset_of_each_item(tmp_path: Path) -> None:
    touch(tmp_path, "data/a b.tif")
    path = collection(
        tmp_path / "items.json",
        {"image": {"href": "data/a%20b.tif"}, "meta": {"href": "a.xml"}},
        {"x": {"href": "b.tif", "roles": ["visual"]}, "y": {"href": "c.tif", "roles": ["data"], "type": TIF}},
        {"x": {"href": "s.tif", "roles": ["thumbnail"]}, "y": {"href": "https://x.org/d", "type": TIF}},
        {"x": {"href": "v.jp2", "roles": ["visual"]}, "y": {"href": "w.jp2"}},
        {"x": {"href": (tmp_path / "e f.tif").as_uri()}},
    )
    scenes = list_scenes([str(path)])
    found = [str(tmp_path / "data" / "a b.tif"), str(tmp_path / "c.tif"), "https://x.org/d", str(tmp_path / "v.jp2")]
    assert [scene.path for scene in scenes] == [*found, str(tmp_path / "e f.tif")]
    assert [scene.name for scene in scenes] == [f"item_{i}" for i in range(5)]


def test_an_asset_can_be_named(tmp_path: Path) -> None:
    path = collection(tmp_path / "items.json", {"B04": {"href": "r.tif"}, "B08": {"href": "n.tif"}})
    assert refused("many.which_asset", path) == {"path": str(path), "item": "item/0", "assets": "B04, B08"}
    assert names(path, asset="B08") == [("n.tif", "item_0")]
    assert refused("many.unknown_asset", path, asset="B99")["assets"] == "B04, B08"
    assert refused("many.no_asset", collection(path, {"meta": {"href": "m.xml"}}))["assets"] == "meta"


def test_a_single_item_is_a_collection_too(tmp_path: Path) -> None:
    path = tmp_path / "item.geojson"
    path.write_text(json.dumps({"type": "Feature", "id": "one", "assets": {"data": {"href": "./one.tif"}}}))
    assert names(path) == [("one.tif", "one")]


@pytest.mark.parametrize(
    "text", ["{", "[1]", '{"type": "Collection", "links": []}', '{"features": [3]}', '{"features": [{"id": "i"}]}',
             '{"features": [{"assets": {"a": {}}}]}'],
)  # fmt: skip
def test_other_json_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "x.json").write_text(text)
    assert refused("many.not_items", tmp_path / "x.json")["reason"]
    (tmp_path / "x.json").write_text('{"features": []}')
    refused("many.no_scenes", tmp_path / "x.json")
