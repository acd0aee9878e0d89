"""The mosaic of the maps of many scenes: values, palette and names, whatever grids the maps lie on."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import rasterio
from affine import Affine
from mapping_toys import COLOURS, NAMES, UTM
from rasterio.enums import ColorInterp
from rasterio.transform import from_origin

from urbangrain.engine.context import JobContext
from urbangrain.engine.errors import UrbanGrainError
from urbangrain.engine.protocol import ClassInfo
from urbangrain.engine.raster.classes import category_names_xml, describe_classes, read_class_infos
from urbangrain.engine.scenes.mosaic import make_mosaic

CLASSES = tuple(ClassInfo(i + 1, NAMES[i], COLOURS[i]) for i in range(5))


def write_map(path: Path, values: np.ndarray, transform: Affine, crs: str = UTM) -> str:
    with rasterio.open(
        path, "w", driver="GTiff", count=1, height=values.shape[0], width=values.shape[1], dtype="uint8", crs=crs,
        transform=transform, nodata=0,
    ) as dataset:  # fmt: skip
        dataset.write(values.astype(np.uint8), 1)
    describe_classes(path, CLASSES, 0, {"model": {"id": "toy"}, "job": {"image": "secret"}})
    path.with_name(path.name + ".aux.xml").write_text(category_names_xml(CLASSES))
    return str(path)


def at(west: float = 0, north: float = 0, size: float = 3) -> Affine:
    return from_origin(500_000 + west, 5_000_000 + north, size, size)


def mosaic(tmp_path: Path, maps: list[str], cog: bool = False) -> tuple[Path, list[str]]:
    context = JobContext()
    out = tmp_path / ("mosaic.tif" if cog else "mosaic.vrt")
    make_mosaic(maps, out, cog, tmp_path / ".hidden", False, context)
    return out, [remark.code for remark in context.remarks]


@pytest.mark.parametrize("cog", [False, True])
def test_the_first_one_with_data_is_seen(tmp_path: Path, cog: bool) -> None:
    first = np.full((20, 30), 1)
    first[:10, 20:] = 0  # a hole through which the second is seen
    maps = [
        write_map(tmp_path / "a.tif", first, at()),
        write_map(tmp_path / "b.tif", np.full((20, 30), 2), at(60, 0)),
        write_map(tmp_path / "c.tif", np.full((5, 5), 3), at(-15, 15)),
    ]
    out, said = mosaic(tmp_path, maps, cog)
    expected = np.zeros((25, 55), int)
    expected[:5, :5] = 3
    expected[5:, 25:] = 2
    expected[5:, 5:35] = np.where(first, first, expected[5:, 5:35])
    with rasterio.open(out) as dataset:
        assert np.array_equal(dataset.read(1), expected)
        assert dataset.transform == at(-15, 15)
        assert dataset.nodata == 0
        assert dataset.colorinterp == (ColorInterp.palette,)
        assert dataset.colormap(1)[1] == (0x1F, 0x78, 0xFF, 255)
        assert dataset.colormap(1)[0][3] == 0
        assert dataset.descriptions == ("class",)
        about = json.loads(dataset.tags()["URBANGRAIN_PROVENANCE"])
        assert about == {"model": {"id": "toy"}, "scenes": ["a.tif", "b.tif", "c.tif"]}
        if cog:
            assert dataset.tags(ns="IMAGE_STRUCTURE")["LAYOUT"] == "COG"
            names = Path(f"{out}.aux.xml").read_text()
        else:
            names = out.read_text()
    assert "<Category>impervious</Category>" in names
    assert read_class_infos(str(out)) == CLASSES
    assert said == ["note.scenes_overlap"]


def test_neighbours_do_not_overlap(tmp_path: Path) -> None:
    maps = [write_map(tmp_path / f"{i}.tif", np.full((4, 4), i + 1), at(12 * i)) for i in range(3)]
    out, said = mosaic(tmp_path, maps)
    assert said == []
    with rasterio.open(out) as dataset:
        assert dataset.read(1)[0].tolist() == [1] * 4 + [2] * 4 + [3] * 4


def test_a_vrt_may_be_moved_with_its_maps(tmp_path: Path) -> None:
    here = tmp_path / "here"
    here.mkdir()
    maps = [
        write_map(here / "a.tif", np.full((9, 9), 1), at()),
        write_map(here / "b.tif", np.full((9, 9), 2), at(100, 1.4)),
    ]
    mosaic(here, maps)
    there = here.rename(tmp_path / "there")
    with rasterio.open(there / "mosaic.vrt") as dataset:
        assert {1, 2} <= set(np.unique(dataset.read(1)))


@pytest.mark.parametrize("cog", [False, True])
def test_other_grids_come_to_the_first_one(tmp_path: Path, cog: bool) -> None:
    # The same ground in the neighbouring zone: 600 m squares of one class, large beside the turn between the zones.
    values = np.kron(np.arange(1, 5).reshape(2, 2), np.ones((200, 200)))
    a = write_map(tmp_path / "a.tif", np.full((100, 100), 5), from_origin(790_000, 5_000_000, 3, 3))
    x, y = (v[0] for v in rasterio.warp.transform(UTM, "EPSG:32632", [791_000], [5_000_000]))
    b = write_map(tmp_path / "b.tif", values, from_origin(x, y, 3, 3), "EPSG:32632")
    out, said = mosaic(tmp_path, [a, b], cog)
    assert "note.mosaic_resampled" in said
    with rasterio.open(out) as dataset, rasterio.open(b) as other:
        assert dataset.crs.to_epsg() == 32631
        assert dataset.res == (3, 3)
        assert dataset.transform.c % 3 == pytest.approx(790_000 % 3)
        shown = dataset.read(1)
        rng = np.random.default_rng(0)
        rows, cols = rng.integers(0, shown.shape[0], 400), rng.integers(0, shown.shape[1], 400)
        east, north = rasterio.transform.xy(dataset.transform, rows, cols)
        xs, ys = rasterio.warp.transform(UTM, "EPSG:32632", east, north)
        there = np.array([v[0] for v in other.sample(zip(xs, ys))])
        at_a = (np.asarray(east) < 790_300) & (np.asarray(north) > 5_000_000 - 300)
        assert (there > 0).sum() > 100
        assert (shown[rows, cols] == there)[~at_a].mean() > 0.98  # an edge may fall on either side
        assert (shown == 5).sum() == 100 * 100


def test_coarser_maps_are_shown_at_the_first_ones_pixels(tmp_path: Path) -> None:
    a = write_map(tmp_path / "a.tif", np.full((10, 10), 1), at())
    b = write_map(tmp_path / "b.tif", np.array([[2, 3], [4, 5]]), at(30, 0, 15))
    out, said = mosaic(tmp_path, [a, b])
    with rasterio.open(out) as dataset:
        shown = dataset.read(1)
    assert np.array_equal(shown[:, 10:], np.kron([[2, 3], [4, 5]], np.ones((5, 5))))
    assert said == ["note.mosaic_resampled"]


def test_numbers_keep_their_bands_and_type(tmp_path: Path) -> None:
    maps = []
    for i in range(2):
        maps.append(str(tmp_path / f"{i}.tif"))
        with rasterio.open(
            maps[-1], "w", driver="GTiff", count=2, height=3, width=3, dtype="float32", crs=UTM, transform=at(9 * i),
            nodata=np.nan,
        ) as dataset:  # fmt: skip
            dataset.write(np.full((2, 3, 3), [[[0.25 + i]], [[np.nan]]], np.float32))
    for cog in (False, True):
        out, _ = mosaic(tmp_path, maps, cog)
        with rasterio.open(out) as dataset:
            assert dataset.dtypes == ("float32", "float32")
            assert dataset.read(1)[0].tolist() == [0.25] * 3 + [1.25] * 3
            assert np.isnan(dataset.read(2)).all()
            assert np.isnan(dataset.nodata)


def test_a_cog_of_half_the_world_is_refused(tmp_path: Path) -> None:
    a = write_map(tmp_path / "a.tif", np.full((4, 4), 1), at())
    b = write_map(tmp_path / "b.tif", np.full((4, 4), 2), at(2_000_100, -3_000_000))
    mosaic(tmp_path, [a, b])  # a VRT does not mind
    with pytest.raises(UrbanGrainError) as caught:
        mosaic(tmp_path, [a, b], cog=True)
    assert caught.value.code == "many.mosaic_too_large"
    assert not (tmp_path / "mosaic.tif").exists()


def test_overviews_show_the_maps(tmp_path: Path) -> None:
    a = write_map(tmp_path / "a.tif", np.full((700, 900), 4), at())
    out, _ = mosaic(tmp_path, [a])
    with rasterio.open(out) as dataset:
        assert dataset.overviews(1) == [2]
        assert (dataset.read(1, out_shape=(350, 450)) == 4).all()
