"""The map job from file to file with toy networks."""

from __future__ import annotations

import json
from pathlib import Path

import geopandas
import numpy as np
import pytest
import rasterio
import shapely
from mapping_toys import Blurry, Identity, make_card, patchy, use_model, write_image
from rasterio.features import rasterize
from scipy.ndimage import gaussian_filter

from urbangrain.engine.context import JobContext
from urbangrain.engine.jobs import map as map_job
from urbangrain.engine.protocol import MapJob, MapResult


@pytest.fixture
def identity(monkeypatch: pytest.MonkeyPatch) -> None:
    use_model(monkeypatch, make_card(), Identity())


def run(context: JobContext | None = None, **job: object) -> MapResult:
    values = {"model": "toy", "device": "cpu", "precision": "fp32", "flips": "none"}
    values.update(job)
    return map_job.run(MapJob(**values), context or JobContext())


def read(path: str | Path, band: int = 1) -> np.ndarray:
    with rasterio.open(path) as dataset:
        return dataset.read(band)


@pytest.mark.usefixtures("identity")
def test_an_identity_network_gives_back_its_input(tmp_path: Path) -> None:
    classes = patchy(150, 213)
    image = classes.astype(np.uint16)
    image[20:60, 100:140] = 0
    path = write_image(tmp_path / "image.tif", image, nodata=0)
    out = str(tmp_path / "classes.tif")
    result = run(image=path, out=out, confidence=str(tmp_path / "c.tif"), probabilities=str(tmp_path / "p.tif"))
    assert np.array_equal(read(out), image)
    assert result.mapped_px == (image > 0).sum()
    for area in result.areas:
        assert area.pixels == (image == area.value).sum()
        assert area.area_m2 == pytest.approx(area.pixels * 9.0)
    confidence = read(tmp_path / "c.tif")
    assert np.array_equal(confidence == 255, image == 0)
    probabilities = np.stack([read(tmp_path / "p.tif", i) for i in range(1, 6)])
    assert np.array_equal(probabilities.max(axis=0), confidence)
    with rasterio.open(out) as dataset:
        assert dataset.nodata == 0
        assert dataset.tags(ns="IMAGE_STRUCTURE")["LAYOUT"] == "COG"
        assert dataset.colormap(1)[1] == (0x1F, 0x78, 0xFF, 255)
        about = json.loads(dataset.tags()["URBANGRAIN_PROVENANCE"])
        assert about["model"]["id"] == "toy"
        assert about["job"]["image"] == path
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "c.tif", "classes.tif", "classes.tif.aux.xml", "image.tif", "p.tif",
    ]  # fmt: skip


def test_flips_of_an_unsymmetric_network_change_nothing_in_shape(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_model(monkeypatch, make_card(), Blurry())
    image = np.random.default_rng(1).normal(0, 1, (4, 90, 75)).astype(np.float32)
    path = write_image(tmp_path / "image.tif", image)
    one = run(image=path, out=str(tmp_path / "1.tif"), flips="none")
    eight = run(image=path, out=str(tmp_path / "8.tif"), flips="8")
    assert one.mapped_px == eight.mapped_px == 90 * 75
    assert 0.3 < (read(tmp_path / "1.tif") == read(tmp_path / "8.tif")).mean() < 1


@pytest.mark.usefixtures("identity")
def test_polygons_cover_the_map_and_carry_its_areas(tmp_path: Path) -> None:
    classes = patchy(90, 110, seed=3)
    classes[:20, :30] = 0
    path = write_image(tmp_path / "image.tif", classes.astype(np.uint16), nodata=0)
    out = tmp_path / "polygons.gpkg"
    result = run(image=path, out=str(tmp_path / "classes.tif"), polygons=str(out))
    polygons = geopandas.read_file(out, layer="polygons")
    assert polygons.crs == "EPSG:32631"
    for area in result.areas:
        mine = polygons[polygons.class_value == area.value]
        assert set(mine["class"]) == {area.name}
        assert mine.area_m2.sum() == pytest.approx(area.area_m2)
    assert np.allclose(polygons.geometry.area, polygons.area_m2)
    assert polygons.geometry.is_valid.all()
    burned = rasterize(
        zip(polygons.geometry, polygons.class_value), classes.shape, transform=rasterio.open(path).transform
    )
    assert np.array_equal(burned, classes)
    assert polygons.confidence.between(0.5, 1).all()


@pytest.mark.usefixtures("identity")
def test_simplified_polygons_keep_shared_borders_shared(tmp_path: Path) -> None:
    rng = np.random.default_rng(5)
    field = gaussian_filter(rng.normal(size=(120, 130)), 6)
    classes = np.digitize(field, np.quantile(field, [0.25, 0.5, 0.75])) + 1
    path = write_image(tmp_path / "image.tif", classes.astype(np.uint16))
    for metres, name in ((0.0, "exact"), (6.0, "simple")):
        run(image=path, out=str(tmp_path / f"{name}.tif"), polygons=str(tmp_path / f"{name}.gpkg"), simplify_m=metres)
    exact = geopandas.read_file(tmp_path / "exact.gpkg")
    simple = geopandas.read_file(tmp_path / "simple.gpkg")
    assert shapely.get_num_coordinates(simple.geometry).sum() < 0.6 * shapely.get_num_coordinates(exact.geometry).sum()
    assert shapely.coverage_is_valid(simple.geometry.to_numpy())
    assert simple.geometry.union_all().area == pytest.approx(exact.geometry.union_all().area, rel=0.02)


@pytest.mark.usefixtures("identity")
def test_small_patches_and_holes_go_in_square_metres(tmp_path: Path) -> None:
    classes = np.full((80, 80), 5)
    classes[10:12, 10:12] = 2  # 4 px = 36 m2
    classes[30:36, 30:36] = 2  # 36 px = 324 m2
    path = write_image(tmp_path / "image.tif", classes.astype(np.uint16))
    run(image=path, out=str(tmp_path / "36.tif"), min_patch_m2=36)
    assert np.array_equal(read(tmp_path / "36.tif"), classes)
    run(image=path, out=str(tmp_path / "37.tif"), min_patch_m2=37)
    kept = read(tmp_path / "37.tif")
    assert (kept[10:12, 10:12] == 5).all()
    assert (kept[30:36, 30:36] == 2).all()
    run(image=path, out=str(tmp_path / "holes.tif"), fill_holes_m2=325)
    assert (read(tmp_path / "holes.tif") == 5).all()
