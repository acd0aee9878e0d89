"""Models that give numbers, from file to file: regression and super-resolution by networks whose answer is known."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import geopandas
import numpy as np
import pytest
import rasterio
import shapely
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from mapping_toys import patchy, write_image
from onnx_toys import write_numbers, write_toy
from test_inference_stitch import InMemory

from urbangrain.engine import jobs
from urbangrain.engine.cli import main
from urbangrain.engine.context import JobContext
from urbangrain.engine.errors import UrbanGrainError
from urbangrain.engine.inference.blending import side_weights
from urbangrain.engine.inference.onnx_backend import OnnxBackend
from urbangrain.engine.inference.pipeline import Everything, run_pipeline
from urbangrain.engine.inference.settings import Settings
from urbangrain.engine.inference.stitch import Stitcher, ValueRows
from urbangrain.engine.inference.windows import Axis, Region
from urbangrain.engine.jobs import map as map_job
from urbangrain.engine.models.registry import find_models, resolve
from urbangrain.engine.protocol import AssessJob, InspectJob, MapJob, MapResult, SummariseJob, from_line, to_line
from urbangrain.engine.protocol.events import Finished
from urbangrain.engine.raster import journal as journal_module
from urbangrain.engine.raster.journal import Journal
from urbangrain.engine.raster.outputs import Outputs
from urbangrain.engine.raster.scaling import BandAffine

BLENDS = ("gaussian", "mean", "crop")
HEIGHT, WIDTH = 83, 117


@pytest.fixture
def pixels() -> np.ndarray:
    values = np.random.default_rng(5).integers(1, 256, (3, HEIGHT, WIDTH)).astype(np.uint8)
    values[:, 20:41, 33:70] = 0
    values[:, :3, :50] = 0
    return values


@pytest.fixture
def image(tmp_path: Path, pixels: np.ndarray) -> str:
    return write_image(tmp_path / "image.tif", pixels, descriptions=("red", "green", "blue"), nodata=0)


def expected(pixels: np.ndarray) -> np.ndarray:
    """The pixels as the network sees them, NaN where there are none."""
    return np.where((pixels == 0).any(axis=0), np.nan, pixels / np.float64(255))


def run(image: str, model: object, out: Path, **more: object) -> tuple[np.ndarray, MapResult]:
    job = {"flips": "none", "device": "cpu", "overwrite": True, **more}
    result = jobs.run(MapJob(image=image, model=str(model), out=str(out), **job))
    with rasterio.open(out) as dataset:
        return dataset.read(), result


def code_of(action: object) -> UrbanGrainError:
    with pytest.raises(UrbanGrainError) as error:
        action()  # type: ignore[operator]
    return error.value


@pytest.mark.parametrize("blend", BLENDS)
@pytest.mark.parametrize("flips", ["none", "4", "8"])
def test_an_identity_regression_gives_back_its_input(
    blend: str, flips: str, image: str, pixels: np.ndarray, tmp_path: Path
) -> None:
    model = write_numbers(tmp_path / "m.onnx")
    values, result = run(image, model, tmp_path / "v.tif", blend=blend, flips=flips, overlap=0.4)
    np.testing.assert_allclose(values, expected(pixels), rtol=2e-6)
    assert result.mapped_px == (pixels[0] > 0).sum()
    assert (result.width, result.height) == (WIDTH, HEIGHT)


def test_the_raster_says_what_it_is(image: str, pixels: np.ndarray, tmp_path: Path) -> None:
    names = {"0": "depth", "1": "moisture", "2": "age"}
    model = write_numbers(tmp_path / "m.onnx", "signed", metadata={"class_names": names})
    out = tmp_path / "v.tif"
    values, result = run(image, model, out)
    right = expected(pixels) * 200 - 100
    np.testing.assert_allclose(values, right, rtol=1e-5, atol=1e-4)
    assert np.nanmin(values) < -90, "nothing is cut off at 0 or 1"
    assert np.nanmax(values) > 90
    with rasterio.open(out) as dataset, rasterio.open(image) as source:
        assert set(dataset.dtypes) == {"float32"}
        assert np.isnan(dataset.nodata)
        assert dataset.descriptions == ("depth", "moisture", "age")
        assert dataset.tags(ns="IMAGE_STRUCTURE")["LAYOUT"] == "COG"
        assert (dataset.transform, dataset.crs) == (source.transform, source.crs)
        about = json.loads(dataset.tags()["URBANGRAIN_PROVENANCE"])
        assert about["model"]["weights_sha256"] == resolve(str(model)).weights_sha256
    assert result.classes == str(out)
    assert (result.task, result.class_infos, result.areas) == ("regression", (), ())
    assert [band.name for band in result.values] == ["depth", "moisture", "age"]
    for band, made in zip(result.values, right):
        assert band.minimum == pytest.approx(np.nanmin(made), rel=1e-5)
        assert band.mean == pytest.approx(np.nanmean(made), abs=1e-3)
        assert band.maximum == pytest.approx(np.nanmax(made), rel=1e-5)
        assert band.std == pytest.approx(np.nanstd(made), rel=1e-5)
    assert from_line(to_line(Finished("1", result))).result == result
    assert sorted(p.name for p in tmp_path.iterdir()) == ["image.tif", "m.onnx", "v.tif"]


@pytest.mark.parametrize(("kind", "band"), [("nhw", slice(1, 2)), ("double", slice(0, 3))])
def test_outputs_of_other_shapes_and_types(
    kind: str, band: slice, image: str, pixels: np.ndarray, tmp_path: Path
) -> None:
    values, result = run(image, write_numbers(tmp_path / "m.onnx", kind), tmp_path / "v.tif")
    np.testing.assert_allclose(values, expected(pixels)[band], rtol=2e-6)
    assert [v.name for v in result.values] == (["depth"] if kind == "nhw" else ["depth 1", "depth 2", "depth 3"])


@pytest.mark.parametrize("batch", [None, 3])
def test_nothing_is_made_of_the_numbers(batch: int | None, image: str, pixels: np.ndarray, tmp_path: Path) -> None:
    # what would become probabilities if it were a model of classes
    model = write_toy(tmp_path / "m.onnx", ["logits"], {"model_type": "Regressor"}, batch=batch)
    values, _ = run(image, model, tmp_path / "v.tif")
    np.testing.assert_allclose(values, 20 * expected(pixels), rtol=2e-6)


@pytest.mark.parametrize("blend", BLENDS)
@pytest.mark.parametrize("overlap", [0.0, 0.5])
def test_an_answer_smaller_than_its_window_leaves_no_gaps(
    blend: str, overlap: float, image: str, pixels: np.ndarray, tmp_path: Path
) -> None:
    model = write_toy(tmp_path / "m.onnx", ["small"], {"model_type": "Regressor"})
    assert resolve(str(model)).margin == 4
    values, _ = run(image, model, tmp_path / "v.tif", blend=blend, overlap=overlap)
    right = np.exp(20 * expected(pixels))
    np.testing.assert_allclose(values, right / right.sum(axis=0), rtol=1e-4, atol=1e-7)


@pytest.mark.parametrize("kind", ["Regressor", "superresolution"])
def test_the_scaling_of_the_file_multiplies(kind: str, image: str, pixels: np.ndarray, tmp_path: Path) -> None:
    model = write_numbers(tmp_path / "m.onnx", metadata={"reg_output_scaling": 255}, model_type=kind)
    values, _ = run(image, model, tmp_path / "v.tif")
    np.testing.assert_allclose(values, expected(pixels) * 255, rtol=2e-6)


def test_standardization_comes_before_the_network(image: str, pixels: np.ndarray, tmp_path: Path) -> None:
    how = {"standardization_mean": [0.5, 0.4, 0.3], "standardization_std": [0.2, 0.25, 0.5]}
    values, _ = run(image, write_numbers(tmp_path / "m.onnx", metadata=how), tmp_path / "v.tif")
    mean, std = (np.array(how[f"standardization_{name}"])[:, None, None] for name in ("mean", "std"))
    np.testing.assert_allclose(values, (expected(pixels) - mean) / std, rtol=1e-5, atol=1e-5)


def ramp(blend: str, overlap: int) -> np.ndarray:
    """What the columns of 'ramp' become, by the definition: the mean over the windows, weighted."""
    axis = Axis(WIDTH, 32, overlap)
    weights, column = side_weights(axis, blend), np.arange(WIDTH)
    total, weight = np.zeros(WIDTH), np.zeros(WIDTH)
    for start in axis.starts():
        inside = (column >= start) & (column < start + 32)
        place = column[inside] - start
        total[inside] += place * weights[place]
        weight[inside] += weights[place]
    return total / weight


@pytest.mark.parametrize("blend", BLENDS)
@pytest.mark.parametrize("overlap", [0, 8, 16])
def test_windows_are_blended_and_flips_are_averaged(
    blend: str, overlap: int, image: str, pixels: np.ndarray, tmp_path: Path
) -> None:
    model = write_numbers(tmp_path / "m.onnx", "ramp", side=32)
    right = expected(pixels)
    plain, _ = run(image, model, tmp_path / "v.tif", overlap=overlap / 32, blend=blend)
    np.testing.assert_allclose(plain, right + ramp(blend, overlap), rtol=1e-5)
    # a ramp and its mirror image are level together
    level, _ = run(image, model, tmp_path / "v.tif", overlap=overlap / 32, blend=blend, flips="4")
    np.testing.assert_allclose(level, right + 15.5, rtol=1e-5)


@pytest.mark.parametrize("stated", [True, False])
@pytest.mark.parametrize(("upscale", "blend"), [(2, "gaussian"), (2, "crop"), (4, "mean")])
def test_super_resolution_repeats_as_its_network_does(
    stated: bool, upscale: int, blend: str, image: str, pixels: np.ndarray, tmp_path: Path
) -> None:
    model = write_numbers(tmp_path / "m.onnx", upscale=upscale, model_type="Superresolution", stated=stated)
    values, result = run(image, model, tmp_path / "v.tif", blend=blend, flips="4", overlap=0.3)
    right = expected(pixels).repeat(upscale, 1).repeat(upscale, 2)
    np.testing.assert_allclose(values, right, rtol=2e-6)
    assert result.task == "super-resolution"
    assert [v.name for v in result.values] == ["red", "green", "blue"]
    assert result.mapped_px == (pixels[0] > 0).sum()
    with rasterio.open(tmp_path / "v.tif") as dataset:
        assert dataset.res == (3.0 / upscale, 3.0 / upscale)
        with rasterio.open(image) as source:
            assert dataset.bounds == source.bounds


def test_a_network_of_any_window_is_super_resolution_too(image: str, pixels: np.ndarray, tmp_path: Path) -> None:
    model = write_numbers(tmp_path / "m.onnx", upscale=2, model_type="Superresolution", side=None)
    assert (resolve(str(model)).upscale, resolve(str(model)).fixed_window) == (2, False)
    values, _ = run(image, model, tmp_path / "v.tif", window=64)
    np.testing.assert_allclose(values, expected(pixels).repeat(2, 1).repeat(2, 2), rtol=2e-6)


def test_finer_pixels_are_kept_on_either_grid(tmp_path: Path) -> None:
    pixels = np.full((3, 60, 80), 100, np.uint8)
    image = write_image(tmp_path / "image.tif", pixels, gsd=1.0, descriptions=("red", "green", "blue"))
    model = write_numbers(tmp_path / "m.onnx", upscale=2, model_type="Superresolution", metadata={"resolution": 200.0})
    for grid, shape in (("input", (120, 160)), ("model", (60, 80))):
        values, _ = run(image, model, tmp_path / "v.tif", grid=grid)
        assert values.shape == (3, *shape)
        np.testing.assert_allclose(values, 100 / 255, rtol=2e-6)


def slope(height: int, width: int) -> np.ndarray:
    rows, cols = np.mgrid[:height, :width]
    return np.broadcast_to(40 + rows + 0.5 * cols, (3, height, width)).astype(np.float32)


@pytest.mark.parametrize("centimetres", [200, 50])
def test_another_resolution_comes_back_on_the_images_grid(centimetres: int, tmp_path: Path) -> None:
    pixels = slope(96, 130)
    pixels[:, 40:60, 30:80] = -1
    image = write_image(tmp_path / "image.tif", pixels, gsd=1.0, nodata=-1, descriptions=("red", "green", "blue"))
    model = write_numbers(tmp_path / "m.onnx", metadata={"resolution": centimetres, "reg_output_scaling": 255.0})
    values, result = run(image, model, tmp_path / "v.tif")
    assert values.shape == pixels.shape
    assert result.map_gsd_m == centimetres / 100
    # interpolated, so that a slope stays a slope; the hole lies where whole pixels of either grid end
    inside = np.zeros((96, 130), bool)
    inside[4:-4, 4:-4] = True
    inside[36:64, 26:84] = False
    np.testing.assert_allclose(values[0][inside], pixels[0][inside], atol=0.01)
    np.testing.assert_array_equal(np.isnan(values[0]), pixels[0] == -1)
    # no value leaks out of the hole
    assert np.nanmin(values) > 39


def test_several_outputs_are_models_of_their_own(image: str, pixels: np.ndarray, tmp_path: Path) -> None:
    names = [{"0": "a", "1": "b", "2": "c"}, {"0": "d", "1": "e", "2": "f"}]
    model = write_numbers(tmp_path / "m.onnx", "both", metadata={"class_names": names})
    first, one = run(image, model, tmp_path / "1.tif")
    second, two = run(image, f"{model}#2", tmp_path / "2.tif")
    np.testing.assert_allclose(first, expected(pixels), rtol=2e-6)
    np.testing.assert_allclose(second, expected(pixels) * 200 - 100, rtol=1e-5, atol=1e-4)
    assert "".join(v.name for v in one.values + two.values) == "abcdef"
    listed = [card.info() for card in find_models([tmp_path])[0] if card.network == "onnx"]
    assert [(info.task, info.values) for info in listed] == [("regression", tuple("abc")), ("regression", tuple("def"))]


def test_an_area_limits_the_numbers(image: str, pixels: np.ndarray, tmp_path: Path) -> None:
    with rasterio.open(image) as dataset:
        west, north = dataset.transform * (31, 11)
        east, south = dataset.transform * (101, 62)
    model = write_numbers(tmp_path / "m.onnx")
    values, result = run(image, model, tmp_path / "v.tif", extent=(west, south, east, north))
    right = expected(pixels)[:, 11:62, 31:101]
    np.testing.assert_allclose(values, right, rtol=2e-6)
    assert result.mapped_px == np.isfinite(right[0]).sum()


REFUSED = {
    "confidence": {"confidence": "c.tif"},
    "probabilities": {"probabilities": "p.tif"},
    "polygons": {"polygons": "p.gpkg"},
    "parcels": {"parcels": "in.gpkg", "parcels_out": "out.gpkg"},
    "clean-up": {"min_patch_m2": 10.0},
    "clean-up ": {"fill_holes_m2": 10.0},
    "confidence, clean-up": {"confidence": "c.tif", "min_patch_m2": 10.0},
}


@pytest.mark.parametrize("parts", sorted(REFUSED))
def test_what_needs_classes_is_refused_before_any_work(parts: str, tmp_path: Path) -> None:
    model = write_numbers(tmp_path / "m.onnx")
    # not even the image is looked at
    error = code_of(lambda: run(str(tmp_path / "no.tif"), model, tmp_path / "v.tif", **REFUSED[parts]))
    assert error.code == "values.no_classes"
    assert error.values == {"model": "m", "parts": parts.strip()}
    assert [p.name for p in tmp_path.iterdir()] == ["m.onnx"]


def test_the_largest_number_is_no_blending(image: str, tmp_path: Path) -> None:
    model = write_numbers(tmp_path / "m.onnx")
    assert code_of(lambda: run(image, model, tmp_path / "v.tif", blend="max")).code == "values.no_max"
    with pytest.raises(ValueError, match="largest"):
        Settings(32, 8, "max", values=True)


def test_a_raster_of_numbers_is_no_map_of_classes(image: str, tmp_path: Path) -> None:
    run(image, write_numbers(tmp_path / "m.onnx"), tmp_path / "v.tif")
    with rasterio.open(image) as dataset:
        square = geopandas.GeoDataFrame({"class": ["water"]}, geometry=[shapely.box(*dataset.bounds)], crs=dataset.crs)
    square.to_file(tmp_path / "r.gpkg", layer="r")
    values, reference = str(tmp_path / "v.tif"), str(tmp_path / "r.gpkg")
    for job in (
        AssessJob(values, reference, "class"),
        SummariseJob(values, reference, str(tmp_path / "out.gpkg")),
    ):
        assert code_of(lambda job=job: jobs.run(job)).code == "classes.not_a_class_raster"


def test_numbers_that_are_not_finite_are_refused(image: str, tmp_path: Path) -> None:
    error = code_of(lambda: run(image, write_numbers(tmp_path / "m.onnx", "log"), tmp_path / "v.tif"))
    assert error.code == "model.bad_output"
    assert not (tmp_path / "v.tif").exists()


@pytest.mark.parametrize("kind", ["Detector", "Recognition"])
def test_other_kinds_stay_refused(kind: str, tmp_path: Path) -> None:
    model = write_numbers(tmp_path / "m.onnx", model_type=kind)
    error = code_of(lambda: resolve(str(model)))
    assert error.code == "model.unsupported"
    assert "rasters" in str(error)


def test_metadata_that_cannot_be_used_are_named(tmp_path: Path) -> None:
    model = write_numbers(tmp_path / "m.onnx", metadata={"reg_output_scaling": "much"})
    assert "reg_output_scaling" in str(code_of(lambda: resolve(str(model))))


def test_what_is_half_named_gets_the_rest_of_its_names_from_the_output(tmp_path: Path) -> None:
    model = write_numbers(tmp_path / "m.onnx", metadata={"class_names": {"1": "moisture"}})
    assert resolve(str(model)).values == ("depth 1", "moisture", "depth 3")


def test_a_finer_answer_of_unknown_size_is_refused(tmp_path: Path) -> None:
    import onnx

    model = onnx.load(write_numbers(tmp_path / "m.onnx", upscale=2, model_type="Superresolution", side=None))
    scales = next(t for t in model.graph.initializer if t.name == "scales")
    model.graph.initializer.remove(scales)
    # now the factor depends on the image: nobody knows it before the network runs
    model.graph.node.insert(0, onnx.helper.make_node("ReduceMax", ["x"], ["top"], keepdims=0))
    model.graph.node.insert(1, onnx.helper.make_node("Expand", ["top", "four"], ["scales"]))
    model.graph.initializer.append(onnx.numpy_helper.from_array(np.array([4]), "four"))
    onnx.save(model, str(tmp_path / "m.onnx"))
    error = code_of(lambda: resolve(str(tmp_path / "m.onnx")))
    assert error.code == "model.unsupported"
    assert "how much finer" in str(error)


class Killed(BaseException):
    """Stands for a kill: what would tidy up after an error does not get to."""


@pytest.mark.parametrize("upscale", [1, 2])
@pytest.mark.parametrize("widest", [8192, 512])
def test_a_run_that_was_killed_goes_on_and_gives_the_same_numbers(
    upscale: int, widest: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pixels = np.random.default_rng(8).integers(1, 256, (3, 300, 700)).astype(np.uint8)
    pixels[:, 90:140, 100:600] = 0
    image = write_image(tmp_path / "image.tif", pixels, nodata=0, descriptions=("red", "green", "blue"))
    model = write_numbers(tmp_path / "m.onnx", "ramp", upscale, model_type="Superresolution")
    monkeypatch.setattr(map_job, "WIDEST", widest)
    whole, base = run(image, model, tmp_path / "whole.tif")
    monkeypatch.setattr(journal_module, "SYNC_S", 0.0)
    append, written = Journal.append, []

    def failing(self: Journal, rows: dict) -> None:
        append(self, rows)
        written.append(rows["values"].shape[1] * rows["values"].shape[2])
        if sum(written) > 0.7 * whole[0].size:
            raise Killed

    out = tmp_path / "v.tif"
    with monkeypatch.context() as patch:
        # what a dead process leaves behind: files, but no locks
        patch.setattr(Outputs, "_clear", lambda self: [lock.release() for lock in self._locks])
        patch.setattr(Journal, "append", failing)
        with pytest.raises(Killed):
            run(image, model, out)
    assert not out.exists()
    resumed, result = run(image, model, out, resume=True)
    said = {r.code: r.values for r in result.remarks}
    assert said["note.resumed"]["percent"] >= 50
    np.testing.assert_array_equal(resumed, whole)
    assert result.values == base.values
    assert result.mapped_px == base.mapped_px == (pixels[0] > 0).sum()


def test_another_scaling_is_another_job(tmp_path: Path, image: str) -> None:
    """The journal's fingerprint tells models of the same network apart."""
    from urbangrain.engine.jobs.map_plan import make_plan
    from urbangrain.engine.jobs.map_resume import fingerprint
    from urbangrain.engine.raster.source import Image

    prints = set()
    for scale in (1.0, 2.0):
        path = write_numbers(tmp_path / f"{scale}.onnx", metadata={"reg_output_scaling": scale})
        card = resolve(str(path))
        job = MapJob(image, str(path), str(tmp_path / "v.tif"))
        with Image(image) as opened:
            plan = make_plan(job, card, opened, (1, 2, 3), JobContext())
        affine = BandAffine(np.zeros(3, np.float32), np.ones(3, np.float32), -1.0, 1.0)
        prints.add(fingerprint(job, plan, affine, OnnxBackend(card, "cpu")))
    assert len(prints) == 2


class Numbers:
    """A backend whose numbers are its three input bands, each pixel repeated; ``most`` windows fit its memory."""

    name, device, device_name, precision = "torch", torch.device("cpu"), "cpu", "fp32"
    classes, lanes = 3, 2

    def __init__(self, upscale: int = 1, most: int = 1000) -> None:
        self.upscale, self.most = upscale, most

    def enter_lane(self, number: int = 0) -> None:
        return None

    def predict(self, batch: torch.Tensor) -> torch.Tensor:
        if len(batch) > self.most:
            raise MemoryError("Failed to allocate memory")
        return batch.repeat_interleave(self.upscale, 2).repeat_interleave(self.upscale, 3)

    def close(self) -> None:
        return None


def stitched(
    picture: np.ndarray, valid: np.ndarray, how: Settings, backend: Numbers, told: list[int] | None = None
) -> np.ndarray:
    _, height, width = picture.shape
    affine = BandAffine(np.zeros(3, np.float32), np.ones(3, np.float32), -1e9, 1e9)
    region = Region(0, height, 0, width)
    halved = told.append if told is not None else lambda batch: None
    stitcher = Stitcher(backend, how, affine, height, width, region, on_batch_halved=halved)
    rows: list[ValueRows] = []
    run_pipeline(lambda: InMemory(picture, valid), Everything(width), stitcher, rows.append, JobContext())
    assert all(isinstance(r, ValueRows) for r in rows)
    return np.concatenate([np.where(r.target, r.values, np.nan) for r in rows], axis=1)


@settings(max_examples=60, deadline=None)
@given(
    height=st.integers(1, 90),
    width=st.integers(1, 90),
    window=st.sampled_from([16, 32, 48]),
    share=st.floats(0, 0.9),
    blend=st.sampled_from(BLENDS),
    flips=st.sampled_from(["none", "4", "8"]),
    batch=st.integers(0, 5),
    rows=st.integers(0, 3),
    upscale=st.sampled_from([1, 1, 2, 4]),
    seed=st.integers(0, 2**16),
)
def test_an_identity_gives_back_its_input_however_it_is_cut(
    height: int,
    width: int,
    window: int,
    share: float,
    blend: str,
    flips: str,
    batch: int,
    rows: int,
    upscale: int,
    seed: int,
) -> None:
    picture = np.random.default_rng(seed).normal(0, 1000, (3, height, width)).astype(np.float32)
    valid = patchy(height, width, seed, size=11) > 1
    how = Settings(window, min(window - 1, round(window * share)), blend, flips, batch, rows, values=True)
    made = stitched(np.where(valid, picture, 9e5), valid, how, Numbers(upscale))
    right = np.where(valid, picture, np.nan).repeat(upscale, 1).repeat(upscale, 2)
    np.testing.assert_allclose(made, right, rtol=1e-5)


def test_out_of_memory_halves_the_batch_and_loses_nothing() -> None:
    picture = np.random.default_rng(1).normal(0, 10, (3, 101, 87)).astype(np.float32)
    valid = np.ones((101, 87), bool)
    told: list[int] = []
    made = stitched(picture, valid, Settings(32, 8, batch=16, values=True), Numbers(most=3), told)
    assert told[-1] in (1, 2)
    np.testing.assert_allclose(made, picture, rtol=1e-5)


def test_the_command_line_prints_the_numbers(image: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    model = write_numbers(tmp_path / "depth.onnx", "signed", metadata={"class_names": ["depth", "b", "c"]})
    out = str(tmp_path / "values.tif")
    assert main(["map", image, "--model", str(model), "--out", out, "--flips", "none", "--device", "cpu"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["minimum", "mean", "maximum", "std"]
    with rasterio.open(out) as dataset:
        made = dataset.read(1).astype(float)
    name, *numbers = lines[1].split()
    assert name == "depth"
    right = [np.nanmin(made), np.nanmean(made), np.nanmax(made), np.nanstd(made)]
    np.testing.assert_allclose([float(n) for n in numbers], right, rtol=1e-4, atol=1e-4)
    assert out in lines
    assert main(["map", image, "--model", str(model), "--out", out, "--min-patch", "9", "--overwrite"]) == 1
    assert "makes no clean-up" in capsys.readouterr().err
    assert main(["models", "--folder", str(tmp_path)]) == 0
    assert "values: depth, b, c" in capsys.readouterr().out


def test_looking_at_an_image_for_such_a_model_loads_no_torch(image: str, tmp_path: Path) -> None:
    model = write_numbers(tmp_path / "m.onnx", upscale=2, model_type="Superresolution", stated=False)
    text = (
        "import sys; from urbangrain.engine import jobs; from urbangrain.engine.protocol import InspectJob; "
        f"r = jobs.run(InspectJob({image!r}, {str(model)!r})); print(r.map_width, 'torch' in sys.modules)"
    )
    answer = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=True, env=os.environ)
    assert answer.stdout.split() == [str(WIDTH), "False"]
    result = jobs.run(InspectJob(image, str(model)))
    assert not [r for r in result.remarks if r.severity == "error"]


def test_models_of_classes_are_as_they_were(image: str, tmp_path: Path) -> None:
    _, result = run(image, write_toy(tmp_path / "m.onnx"), tmp_path / "c.tif")
    assert (result.task, result.values) == ("semantic-segmentation", ())
    assert len(result.areas) == 3
