"""ONNX files as models: those of the Deepness plugin, and our own exported ones."""

from __future__ import annotations

import json
import os
from pathlib import Path

import numpy as np
import onnx
import pytest
import rasterio
from mapping_toys import write_image
from onnx_toys import write_toy

from urbangrain.engine import jobs
from urbangrain.engine.errors import UrbanGrainError
from urbangrain.engine.models.deepness import read_deepness
from urbangrain.engine.models.registry import find_models, resolve
from urbangrain.engine.protocol import DemoSceneJob, ExportJob, ExportResult, MapJob, MapResult
from urbangrain.engine.raster.classes import read_class_infos

DEEPNESS = Path(__file__).resolve().parents[3] / "shared" / "data" / "deepness_models"


def code_of(action: object) -> UrbanGrainError:
    with pytest.raises(UrbanGrainError) as error:
        action()  # type: ignore[operator]
    return error.value


@pytest.fixture
def truth() -> np.ndarray:
    rng = np.random.default_rng(3)
    return np.kron(rng.integers(0, 3, (12, 15)), np.ones((7, 7), int))


@pytest.fixture
def image(tmp_path: Path, truth: np.ndarray) -> str:
    bands = np.stack([np.where(truth == k, 255, 20) for k in range(3)]).astype(np.uint8)
    return str(write_image(tmp_path / "image.tif", bands, descriptions=("red", "green", "blue")))


def run(image: str, model: object, tmp_path: Path, **more: object) -> tuple[np.ndarray, MapResult]:
    out = str(tmp_path / "classes.tif")
    job = {"flips": "4", "overlap": 0.25, "overwrite": True, "device": "cpu", **more}
    result = jobs.run(MapJob(image=image, model=str(model), out=out, **job))
    with rasterio.open(out) as dataset:
        return dataset.read(1), result


@pytest.mark.parametrize("kind", ["softmax", "logits", "ids"])
@pytest.mark.parametrize("batch", [None, 1, 3])
def test_a_deepness_model_maps(kind: str, batch: int | None, image: str, truth: np.ndarray, tmp_path: Path) -> None:
    model = write_toy(tmp_path / "m.onnx", [kind], {"class_names": {"0": "a", "1": "b", "2": "c"}}, batch=batch)
    mapped, result = run(image, model, tmp_path)
    np.testing.assert_array_equal(mapped, truth)
    assert result.backend == "onnxruntime"
    assert (result.device, result.precision) == ("cpu", "fp32")
    assert [(c.value, c.name) for c in result.class_infos] == [(0, "a"), (1, "b"), (2, "c")]


@pytest.mark.parametrize("kind", ["sigmoid", "nhw"])
def test_a_lone_score_is_a_class_against_its_background(
    kind: str, image: str, truth: np.ndarray, tmp_path: Path
) -> None:
    model = write_toy(tmp_path / "m.onnx", [kind], {"class_names": {"0": "roof"}, "model_type": "SEGMENTOR"})
    mapped, result = run(image, model, tmp_path)
    np.testing.assert_array_equal(mapped, truth == 1)
    assert [c.name for c in result.class_infos] == ["background", "roof"]


def test_a_score_is_read_the_same_way_in_every_batch(tmp_path: Path) -> None:
    truth = np.where(np.arange(160)[None, :] < 100, 1, 0) * np.ones((90, 1), int)
    bands = np.stack([np.where(truth == k, 255, 20) for k in range(3)]).astype(np.uint8)
    image = str(write_image(tmp_path / "image.tif", bands, descriptions=("red", "green", "blue")))
    # a window that is all class 1 holds 0.5 everywhere, which looks like a probability if it is looked at by itself
    model = write_toy(tmp_path / "m.onnx", ["signed"], {"class_names": {"0": "roof"}})
    maps = []
    for batch in (1, 8):
        confidence = str(tmp_path / f"c{batch}.tif")
        mapped, _ = run(image, model, tmp_path, batch=batch, flips="none", confidence=confidence)
        np.testing.assert_array_equal(mapped, truth == 1)
        with rasterio.open(confidence) as dataset:
            maps.append(dataset.read(1))
    np.testing.assert_array_equal(maps[0], maps[1])
    # the sigmoid of 0.5 and not 0.5 itself, everywhere
    np.testing.assert_allclose(maps[0][truth == 1], 254 / (1 + np.exp(-0.5)), atol=1)


@pytest.mark.parametrize("blend", ["gaussian", "mean", "max", "crop"])
@pytest.mark.parametrize("overlap", [0.0, 0.5])
def test_an_answer_smaller_than_its_window_leaves_no_gaps(
    blend: str, overlap: float, image: str, truth: np.ndarray, tmp_path: Path
) -> None:
    model = write_toy(tmp_path / "m.onnx", ["small"], {"class_names": ["a", "b", "c"]})
    assert resolve(str(model)).margin == 4
    mapped, _ = run(image, model, tmp_path, blend=blend, overlap=overlap)
    np.testing.assert_array_equal(mapped, truth)


def test_a_finer_answer_makes_a_finer_map(image: str, truth: np.ndarray, tmp_path: Path) -> None:
    mapped, result = run(image, write_toy(tmp_path / "m.onnx", ["fine"]), tmp_path)
    np.testing.assert_array_equal(mapped, np.kron(truth, np.ones((2, 2), int)))
    assert (result.width, result.height) == (truth.shape[1] * 2, truth.shape[0] * 2)


def test_each_output_is_a_model_of_its_own(image: str, truth: np.ndarray, tmp_path: Path) -> None:
    names = [{"0": "a", "1": "b", "2": "c"}, {"0": "road"}]
    model = write_toy(tmp_path / "m.onnx", ["softmax", "sigmoid"], {"class_names": names})
    np.testing.assert_array_equal(run(image, model, tmp_path)[0], truth)
    mapped, result = run(image, f"{model}#2", tmp_path)
    np.testing.assert_array_equal(mapped, truth == 1)
    assert [c.name for c in result.class_infos] == ["background", "road"]
    listed = [c for c in find_models([tmp_path])[0] if c.network == "onnx"]
    assert [c.title for c in listed] == ["m (softmax)", "m (sigmoid)"]
    # what the list gives as a model's path is what a job takes
    for card in listed:
        assert resolve(card.info().path).classes == card.classes
    assert "3 is not among them" in str(code_of(lambda: resolve(f"{model}#3")))


@pytest.mark.parametrize(("threshold", "expected"), [(0.05, True), (0.2, False)])
def test_the_threshold_of_a_score_is_kept(
    threshold: float, expected: bool, image: str, truth: np.ndarray, tmp_path: Path
) -> None:
    # the background of the picture is 20 / 255 = 0.078 in every band
    model = write_toy(tmp_path / "m.onnx", ["sigmoid"], {"class_names": {"0": "roof"}, "seg_thresh": threshold})
    mapped, _ = run(image, model, tmp_path)
    assert bool((mapped[truth != 1] == 1).all()) is expected
    assert (mapped[truth == 1] == 1).all()


def test_scores_below_the_threshold_become_class_0(image: str, truth: np.ndarray, tmp_path: Path) -> None:
    model = write_toy(tmp_path / "m.onnx", ["softmax"], {"seg_thresh": 1.5})
    mapped, _ = run(image, model, tmp_path)
    assert (mapped == 0).all()


def test_resolution_scaling_and_windows_come_from_the_file(tmp_path: Path) -> None:
    keys = {"resolution": 250, "tiles_size": 48, "tiles_overlap": 10, "standardization_mean": [0.5, 0.4, 0.3],
            "standardization_std": [0.2, 0.2, 0.1], "class_names": "{0: 'a', 1: 'b', 2: 'c'}"}  # fmt: skip
    card = read_deepness(write_toy(tmp_path / "m.onnx", metadata=keys, side=None))
    assert (card.gsd_min_m, card.gsd_max_m, card.window, card.overlap) == (2.5, 2.5, 48, 0.1)
    assert card.scaling.scale == (1 / 255,) * 3
    assert (card.scaling.mean, card.scaling.std) == ((0.5, 0.4, 0.3), (0.2, 0.2, 0.1))
    assert [c.name for c in card.classes] == ["a", "b", "c"]
    assert card.assumed == ()
    # the other key, and the graph's own size before either
    assert read_deepness(write_toy(tmp_path / "n.onnx", metadata={"tile_size": 64}, side=None)).window == 64
    assert read_deepness(write_toy(tmp_path / "o.onnx", metadata={"tile_size": 64}, side=32)).window == 32


def test_what_a_file_does_not_say_is_told(image: str, tmp_path: Path) -> None:
    _, result = run(image, write_toy(tmp_path / "m.onnx"), tmp_path)
    said = [r for r in result.remarks if r.code == "note.onnx_assumed"]
    assert said
    assert said[0].values["what"] == "class_names, resolution"


def test_a_window_and_a_depth_that_do_not_fit_are_told(image: str, tmp_path: Path) -> None:
    model = write_toy(tmp_path / "m.onnx", side=32)
    _, result = run(image, model, tmp_path, window=64)
    assert [r.values for r in result.remarks if r.code == "note.window_changed"] == [{"asked": 64, "used": 32}]
    assert "note.eight_bit" not in {r.code for r in result.remarks}
    with rasterio.open(image) as dataset:
        values, profile = dataset.read(), dataset.profile
    deep = tmp_path / "deep.tif"
    with rasterio.open(deep, "w", **{**profile, "dtype": "uint16"}) as dataset:
        dataset.write(values.astype(np.uint16) * 257)
    _, result = run(str(deep), model, tmp_path)
    assert [r.values for r in result.remarks if r.code == "note.eight_bit"] == [{"dtype": "uint16"}]


@pytest.mark.parametrize(
    ("metadata", "code", "part"),
    [
        ({"model_type": "Detector"}, "model.unsupported", "boxes"),
        ({"model_type": "Recognition"}, "model.unsupported", "resemble"),
        ({"model_type": "Wizard"}, "model.card_invalid", "wizard"),
        ({"class_names": {"0": "a", "2": "b", "3": "c"}}, "model.card_invalid", "0, 1, 2"),
        ({"class_names": {"0": "a"}}, "model.card_invalid", "1 names for 3"),
        ({"resolution": "wide"}, "model.card_invalid", "resolution"),
        ({"standardization_mean": [1, 2]}, "model.card_invalid", "3 numbers"),
        ({"standardization_std": [0, 1, 1]}, "model.card_invalid", "above 0"),
        ({"seg_thresh": [1]}, "model.card_invalid", "seg_thresh"),
    ],
)
def test_metadata_that_cannot_be_used_are_named(metadata: dict, code: str, part: str, tmp_path: Path) -> None:
    path = write_toy(tmp_path / "m.onnx", metadata=metadata)
    error = code_of(lambda: resolve(str(path)))
    assert error.code == code
    assert part in str(error)


def test_files_that_are_no_onnx_are_refused(tmp_path: Path) -> None:
    whole = write_toy(tmp_path / "whole.onnx").read_bytes()
    for name, data in (("cut", whole[: len(whole) // 2]), ("text", b"not a network at all"), ("empty", b"")):
        path = tmp_path / f"{name}.onnx"
        path.write_bytes(data)
        assert code_of(lambda path=path: resolve(str(path))).code == "model.weights_damaged"
    pickled = tmp_path / "p.onnx"
    pickled.write_bytes(b"\x80\x04\x95" + b"0" * 40)
    assert code_of(lambda: resolve(str(pickled))).code == "model.unsafe"


@pytest.mark.parametrize("location", ["../w.bin", "/etc/passwd", "missing.bin", "link.bin", "hard.bin"])
def test_external_data_elsewhere_are_refused(location: str, tmp_path: Path) -> None:
    path = write_toy(tmp_path / "m.onnx")
    (tmp_path / "real.bin").write_bytes(b"\0" * 4)
    os.symlink(tmp_path / "real.bin", tmp_path / "link.bin")
    os.link(tmp_path / "real.bin", tmp_path / "hard.bin")
    model = onnx.load(path)
    tensor = model.graph.initializer[0]
    tensor.ClearField("raw_data")
    tensor.data_location = onnx.TensorProto.EXTERNAL
    entry = tensor.external_data.add()
    entry.key, entry.value = "location", location
    path.write_bytes(model.SerializeToString())
    assert code_of(lambda: resolve(str(path))).code == "model.unsupported"


def test_the_exported_model_maps_as_the_original(tmp_path: Path) -> None:
    scene = jobs.run(DemoSceneJob(str(tmp_path / "city"), seed=5, size=400)).files["image"]
    onnx_path = tmp_path / "light ü.onnx"
    exported = jobs.run(ExportJob("landcover", str(onnx_path)))
    assert isinstance(exported, ExportResult)
    assert exported.largest_difference < 1e-4
    assert exported.same_class > 0.9999
    maps = {}
    for name, model in (("torch", "landcover"), ("onnx", str(onnx_path))):
        out = str(tmp_path / f"{name}.tif")
        result = jobs.run(MapJob(scene, model, out, flips="none", precision="fp32", device="cpu", window=512))
        with rasterio.open(out) as dataset:
            maps[name] = dataset.read(1)
        assert read_class_infos(out) == resolve("landcover").classes
    assert result.backend == "onnxruntime"
    assert (maps["torch"] != maps["onnx"]).mean() < 1e-4
    # the card beside it is the file's: another file under the card is refused
    item = json.loads((tmp_path / "light ü.json").read_text())
    assert item["assets"]["model"]["mlm:artifact_type"] == "onnx"
    assert code_of(lambda: jobs.run(ExportJob("landcover", str(onnx_path)))).code == "file.exists"
    assert (
        code_of(lambda: jobs.run(ExportJob(str(onnx_path), str(tmp_path / "again.onnx")))).code == "model.unsupported"
    )
    write_toy(onnx_path)
    changed = code_of(lambda: jobs.run(MapJob(scene, str(onnx_path), str(tmp_path / "x.tif"))))
    assert changed.code == "model.weights_damaged"
    assert not (tmp_path / "x.tif").exists()


@pytest.mark.skipif(not DEEPNESS.is_dir(), reason="the shared data are not here")
@pytest.mark.parametrize("name", ["one_output_softmax_bsx2x512x512", "different_output_size_512_to_484"])
def test_models_of_the_deepness_project_run_unchanged(name: str, tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    picture = write_image(tmp_path / "image.tif", rng.integers(0, 256, (3, 600, 700)).astype(np.uint8))
    mapped, result = run(str(picture), DEEPNESS / f"{name}.onnx", tmp_path, flips="none")
    assert mapped.shape == (600, 700)
    assert set(np.unique(mapped)) <= {0, 1}
    assert result.mapped_px == 600 * 700
