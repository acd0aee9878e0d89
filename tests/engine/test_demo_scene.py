from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import rasterio
from rasterio.features import rasterize

from urbangrain.engine import jobs
from urbangrain.engine.accuracy.confusion import score
from urbangrain.engine.context import JobContext
from urbangrain.engine.demo.scene import Scene, SceneSpec, make_scene
from urbangrain.engine.demo.spectra import Cover
from urbangrain.engine.errors import JobCancelled, UrbanGrainError
from urbangrain.engine.protocol import DemoSceneJob, ProtocolError
from urbangrain.engine.raster.classes import read_class_infos

SEED = 2026


@pytest.fixture(scope="module")
def scene() -> Scene:
    return make_scene(SceneSpec(SEED, size=512))


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("scene") / "city ü"
    return jobs.run(DemoSceneJob(str(folder), SEED, 256)).files


def test_a_seed_is_a_city_and_another_is_another() -> None:
    first, again, other = (make_scene(SceneSpec(s, size=128), imagery_only=True) for s in (7, 7, 8))
    np.testing.assert_array_equal(first.image, again.image)
    np.testing.assert_array_equal(first.truth, again.truth)
    assert (first.truth != other.truth).mean() > 0.2


def test_layers_do_not_change_the_imagery() -> None:
    spec = SceneSpec(9, size=128)
    np.testing.assert_array_equal(make_scene(spec).image, make_scene(spec, imagery_only=True).image)


def test_nodata_is_the_same_in_image_and_truth(scene: Scene) -> None:
    assert scene.image.shape == (4, 512, 512)
    assert scene.image.dtype == np.uint16
    seen = scene.truth > 0
    np.testing.assert_array_equal((scene.image > 0).all(axis=0), seen)
    np.testing.assert_array_equal((scene.image > 0).any(axis=0), seen)
    assert 0.005 < 1 - seen.mean() < 0.3
    # a slanted margin: some row is cut more than another
    assert len(set(seen.sum(axis=1))) > 5 or len(set(seen.sum(axis=0))) > 5


@pytest.mark.parametrize("seed", [1, 2, 3, SEED])
def test_every_class_has_a_place(seed: int) -> None:
    truth = make_scene(SceneSpec(seed, size=512), imagery_only=True).truth
    shares = np.bincount(truth[truth > 0], minlength=6)[1:] / (truth > 0).sum()
    assert (shares > 0.002).all(), shares


@pytest.mark.parametrize("gsd", [0.5, 1.0, 10.0])
def test_other_resolutions(gsd: float) -> None:
    scene = make_scene(SceneSpec(3, size=128, gsd=gsd), imagery_only=True)
    assert scene.transform.a == gsd
    assert set(np.unique(scene.truth)) <= set(range(6))
    assert scene.image[:, scene.truth > 0].min() > 0


def test_thresholds_do_not_solve_it(scene: Scene) -> None:
    # NDWI for water, NDVI for vegetation; vegetation is split at the value that suits this very scene best.
    _, green, red, nir = scene.image.astype(float)
    ndvi, ndwi = (nir - red) / (nir + red + 1), (green - nir) / (green + nir + 1)
    seen = scene.truth > 0
    best = 0.0
    for low in np.quantile(ndvi[seen], np.linspace(0.05, 0.95, 13)):
        for high in np.quantile(ndvi[seen], np.linspace(0.05, 0.95, 13)):
            mapped = np.full(seen.shape, int(Cover.IMPERVIOUS))
            mapped[ndvi > low] = Cover.GRASS
            mapped[ndvi > max(high, low)] = Cover.TREE
            mapped[ndwi > 0.1] = Cover.WATER
            best = max(best, float((mapped == scene.truth)[seen].mean()))
    assert best < 0.8


def test_the_reference_is_digitised_not_copied(scene: Scene) -> None:
    values = {"water": 1, "tree": 2, "grass": 3, "farmland": 4, "impervious": 5}
    assert {p["class"] for _, p in scene.reference} == set(values)
    assert all(g.is_valid and g.geom_type == "Polygon" for g, _ in scene.reference)
    burned = rasterize(
        ((g, values[p["class"]]) for g, p in scene.reference), out_shape=scene.truth.shape, transform=scene.transform
    )
    both = (burned > 0) & (scene.truth > 0)
    assert 0.02 < both.mean() < 0.5
    assert 0.9 < (burned[both] == scene.truth[both]).mean() < 0.999


def test_buildings_appear_over_the_years(scene: Scene) -> None:
    years = sorted(scene.sentinel2)
    assert len(years) == 4
    built = [sum(g.area for g, p in scene.buildings if p["year_built"] <= year) for year in years]
    assert built == sorted(built)
    assert built[-1] > built[0] * 1.02
    first, last = (scene.sentinel2[y].astype(float) for y in (years[0], years[-1]))
    assert first.shape == last.shape
    changed = np.abs(last - first).max(axis=0)
    # where something was built the change is far beyond the noise; elsewhere there is only noise
    assert np.quantile(changed, 0.5) < 150
    assert changed.max() > 500


def test_files_are_what_gis_people_expect(files: dict[str, str]) -> None:
    with rasterio.open(files["image"]) as image, rasterio.open(files["truth"]) as truth:
        assert image.descriptions == ("blue", "green", "red", "nir")
        assert image.nodata == 0
        assert image.crs == truth.crs
        assert image.crs.is_projected
        assert image.bounds == truth.bounds
        box = image.bounds
    assert [c.name for c in read_class_infos(files["truth"])] == ["water", "tree", "grass", "farmland", "impervious"]
    columns = {
        "roads": {"highway", "name"},
        "parcels": {"parcel_id", "land_use"},
        "boundary": {"name"},
        "reference": {"class"},
        "buildings": {"year_built", "height_m"},
    }
    for layer, names in columns.items():
        frame = gpd.read_file(files[layer], layer=layer)
        assert names <= set(frame.columns), layer
        assert len(frame) > 0
        assert frame.cx[box.left : box.right, box.bottom : box.top].shape[0] == len(frame), layer
    assert {"residential", "primary"} <= set(gpd.read_file(files["roads"])["highway"])
    s2 = [name for name in files if name.startswith("sentinel2_")]
    assert len(s2) == 4
    with rasterio.open(files[s2[0]]) as dataset:
        assert dataset.descriptions == ("B2", "B3", "B4", "B8")
        assert dataset.res == (10.0, 10.0)


def test_reference_polygons_score_their_own_truth_highly(files: dict[str, str], tmp_path: Path) -> None:
    from urbangrain.engine.protocol import AssessJob

    result = jobs.run(AssessJob(files["truth"], files["reference"], "class"))
    assert 0.9 < result.overall_accuracy < 1.0
    assert score(result.matrix).kappa == result.kappa


def test_files_that_exist_are_kept_unless_allowed(tmp_path: Path) -> None:
    (tmp_path / "image.tif").write_bytes(b"mine")
    with pytest.raises(UrbanGrainError) as error:
        jobs.run(DemoSceneJob(str(tmp_path), 1, 64))
    assert error.value.code == "file.exists"
    assert [p.name for p in tmp_path.iterdir()] == ["image.tif"]
    jobs.run(DemoSceneJob(str(tmp_path), 1, 64, overwrite=True))
    assert (tmp_path / "image.tif").stat().st_size > 1000


def test_a_missing_parent_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(UrbanGrainError) as error:
        jobs.run(DemoSceneJob(str(tmp_path / "a" / "b"), 1, 64))
    assert error.value.code == "file.folder_missing"


def test_cancel_leaves_nothing(tmp_path: Path) -> None:
    context = JobContext()
    seen: list[float] = []

    def stop_in_the_middle(report: object) -> None:
        seen.append(report.fraction)
        if len(seen) == 12:
            context.cancelled.set()

    context.on_progress = stop_in_the_middle
    with pytest.raises(JobCancelled):
        jobs.run(DemoSceneJob(str(tmp_path / "city"), 1, 64), context)
    assert list(tmp_path.iterdir()) == []
    assert seen == sorted(seen)


@pytest.mark.parametrize("bad", [{"size": 10}, {"gsd": 0.1}, {"gsd": 30.0}])
def test_sizes_out_of_range_are_refused(bad: dict) -> None:
    with pytest.raises(ProtocolError):
        DemoSceneJob("city", **bad)
    with pytest.raises(UrbanGrainError):
        SceneSpec(1, **bad)
