from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pyogrio
import pytest
import shapely
import torch
from parcel_toys import CLASSES, CRS, box, network, save_toy, write_image, write_layer

from urbangrain.engine import jobs
from urbangrain.engine.context import JobContext
from urbangrain.engine.errors import JobCancelled, UrbanGrainError
from urbangrain.engine.models.parcel_batch import Parcel
from urbangrain.engine.parcels import layer as layer_module
from urbangrain.engine.parcels import predict
from urbangrain.engine.parcels.poi_categories import CATEGORIES
from urbangrain.engine.protocol import ClassifyJob, ClassifyResult, ExportJob, InspectJob, LiveJob, MapJob, MapManyJob
from urbangrain.engine.raster.classes import PROVENANCE_TAG

SHAPES = [box(150 * i, 30, 90) for i in range(6)] + [box(5000, 5000, 60)]


@pytest.fixture
def world(tmp_path: Path) -> dict[str, Any]:
    """Six parcels on an image and one far away; points of interest in the first two; a table for the last."""
    rng = np.random.default_rng(5)
    image = write_image(tmp_path / "image.tif", rng.integers(0, 255, (3, 60, 320), dtype=np.uint8))
    ids = [f"p{i}" for i in range(len(SHAPES))]
    parcels = write_layer(tmp_path / "parcels.gpkg", SHAPES, parcel_id=ids, land_use=["old"] * len(SHAPES))
    points = [shapely.centroid(SHAPES[0])] * 3 + [shapely.centroid(SHAPES[1])]
    pois = write_layer(tmp_path / "pois.gpkg", points, kind=["school"] * 3 + ["hotel"])
    rows = ["parcel_id," + ",".join(f"h{h}" for h in range(24))]
    rows += [f"{key}," + ",".join(str(1 + (h + i) % 7) for h in range(24)) for i, key in enumerate(ids) if i in (0, 6)]
    (tmp_path / "density.csv").write_text("\n".join(rows))
    classes = write_image(tmp_path / "classes.tif", np.repeat([[[1] * 160 + [2] * 160]], 60, axis=1).astype(np.uint8))
    return {
        "folder": tmp_path,
        "model": save_toy(tmp_path / "toy"),
        "parcels": parcels,
        "image": image,
        "pois": pois,
        "density": str(tmp_path / "density.csv"),
        "classes": classes,
        "out": str(tmp_path / "out.gpkg"),
    }


def classify(world: dict[str, Any], *sources: str, **options: Any) -> tuple[ClassifyResult, geopandas.GeoDataFrame]:
    given = {name: world[name] for name in sources}
    job = ClassifyJob(
        world["parcels"], options.pop("out", world["out"]), world["model"], pois_field="kind", device="cpu",
        **given, **options,
    )  # fmt: skip
    result = jobs.run(job)
    assert isinstance(result, ClassifyResult)
    return result, geopandas.read_file(result.out)


def test_every_parcel_gets_its_row(world: dict[str, Any]) -> None:
    result, frame = classify(world, "image", "pois", "density")
    assert frame.crs == CRS
    assert shapely.equals(frame.geometry.to_numpy(), np.array(SHAPES)).all()
    assert frame["parcel_id"].tolist() == [f"p{i}" for i in range(7)]
    assert frame["land_use"].tolist() == ["old"] * 7  # an attribute is never hidden
    both = "image+poi"
    assert frame["sources"].tolist() == ["image+poi+density", both, "image", "image", "image", "image", "density"]
    shares = frame[["p_Residential", "p_Agricultural_and_natural"]].to_numpy()
    np.testing.assert_allclose(shares.sum(axis=1), 1.0, atol=1e-12)
    np.testing.assert_allclose(frame["confidence"], shares.max(axis=1))
    assert frame["land_use_2"].tolist() == [CLASSES[i].name for i in shares.argmax(axis=1)]
    np.testing.assert_allclose(frame["entropy"], -(shares * np.log2(shares)).sum(axis=1), atol=1e-9)
    np.testing.assert_allclose(frame["area_m2"], [8100] * 6 + [3600], rtol=2e-3)  # UTM's scale factor
    assert frame["size_group"].tolist() == ["medium"] * 6 + ["small"]
    assert result.parcels == result.classified == 7
    assert result.used == {"image": 6, "poi": 2, "density": 2}
    assert sum(result.counts.values()) == 7
    assert result.levels == {str(k): int((frame["quality"] == k).sum()) for k in range(6)}
    assert result.device == "cpu"
    made = json.loads(pyogrio.read_info(result.out)["layer_metadata"][PROVENANCE_TAG])
    assert made["model"]["id"] == "toy"
    assert made["job"]["image"] == world["image"]


def test_answers_are_the_networks_own(world: dict[str, Any]) -> None:
    """One parcel with nothing but points of interest: the columns are the softmax of the network's logits."""
    _, frame = classify(world, "pois")
    counts = torch.zeros(len(CATEGORIES))
    counts[CATEGORIES.index("school")] = 3
    own = network()
    own.load_state_dict(
        {name: t.half().to(t.dtype) if t.is_floating_point() else t for name, t in own.state_dict().items()}
    )
    with torch.inference_mode():
        logits = own(own.pack([Parcel(poi_counts=counts)])).logits
    expected = torch.softmax(logits, dim=1).numpy()[0]
    got = frame.loc[0, ["p_Residential", "p_Agricultural_and_natural"]].to_numpy(float)
    np.testing.assert_allclose(got, expected, atol=1e-6)


def test_a_parcel_without_sources_keeps_an_empty_row(world: dict[str, Any]) -> None:
    result, frame = classify(world, "image")
    last = frame.iloc[6]
    assert result.classified == 6
    assert last["parcel_id"] == "p6"
    assert last["quality"] == 0
    assert last[["p_Residential", "land_use_2", "confidence", "entropy", "sources"]].isna().all()
    assert last["area_m2"] > 0
    assert [(r.code, r.values) for r in result.remarks] == [("note.no_source", {"count": 1})]


def test_neither_chunks_nor_batches_change_an_answer(world: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    sources = ("image", "pois", "density")
    _, whole = classify(world, *sources)
    real = layer_module.chunks
    monkeypatch.setattr("urbangrain.engine.jobs.classify.chunks", lambda path, name: real(path, name, 2))
    monkeypatch.setattr(predict, "CPU_PIXELS", 1)
    monkeypatch.setattr(predict, "PARCELS_AT_ONCE", 1)
    _, parts = classify(world, *sources, out=str(world["folder"] / "parts.gpkg"))
    shares = ["p_Residential", "p_Agricultural_and_natural"]
    np.testing.assert_allclose(parts[shares], whole[shares], atol=1e-6)
    rest = [c for c in whole.columns if c not in (*shares, "confidence", "entropy", "geometry")]
    assert parts[rest].equals(whole[rest])


def test_another_seed_looks_elsewhere(world: dict[str, Any]) -> None:
    _, one = classify(world, "image", most_patches=1)
    _, again = classify(world, "image", most_patches=1, overwrite=True)
    _, other = classify(world, "image", most_patches=1, seed=1, overwrite=True)
    assert one["confidence"].equals(again["confidence"])
    assert not np.allclose(one["confidence"][:6], other["confidence"][:6])


def test_an_image_of_another_resolution_is_resampled_and_said(world: dict[str, Any]) -> None:
    rng = np.random.default_rng(5)
    fine = rng.integers(0, 60_000, (3, 180, 960)).astype(np.uint16)
    world["image"] = write_image(world["folder"] / "fine.tif", fine, gsd=1.0)
    result, frame = classify(world, "image")
    said = {r.code: r.values for r in result.remarks}
    assert said["note.resample"] == {"gsd": 1.0, "target": 3.0}
    assert said["note.eight_bit"] == {"dtype": "uint16"}
    assert frame["sources"].tolist()[:6] == ["image"] * 6


def test_class_shares_are_joined(world: dict[str, Any]) -> None:
    _, frame = classify(world, "pois", classes=world["classes"])
    shares = frame.filter(like="share_")
    west, east = shares.to_numpy().T
    # the border between the classes is 480 m from the west: parcels are 0-90, 150-240, ... 450-540
    np.testing.assert_allclose(west[:6], [1, 1, 1, 1 / 3, 0, 0], atol=1e-6)
    np.testing.assert_allclose(east[:6], [0, 0, 0, 2 / 3, 1, 1], atol=1e-6)
    assert np.isnan([west[6], east[6]]).all()


def test_broken_and_shapeless_features_are_said(world: dict[str, Any]) -> None:
    bow = shapely.Polygon([(x, y) for x, y in [(500_030, 5_399_900), (500_120, 5_399_990), (500_120, 5_399_900),
                                               (500_030, 5_399_990)]])  # fmt: skip
    world["parcels"] = write_layer(world["folder"] / "mixed.gpkg", [SHAPES[0], None, bow], n=[1, 2, 3])
    result, frame = classify(world, "image")
    assert {r.code: r.values["count"] for r in result.remarks} == {
        "note.repaired": 1,
        "note.skipped_shapes": 1,
        "note.no_source": 1,
    }
    assert frame["sources"].fillna("").tolist() == ["image", "", "image"]
    assert frame["quality"].tolist()[1] == 0
    assert frame["n"].tolist() == [1, 2, 3]


def test_a_stop_leaves_nothing(world: dict[str, Any]) -> None:
    context = JobContext()
    context.on_progress = lambda report: context.cancelled.set() if report.stage == "classify" else None
    with pytest.raises(JobCancelled):
        jobs.run(ClassifyJob(world["parcels"], world["out"], world["model"], image=world["image"]), context)
    assert sorted(p.name for p in world["folder"].iterdir() if "out" in p.name) == []


def test_memory_that_is_too_short_halves_the_batch(world: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    _, whole = classify(world, "image")
    real = predict.ParcelClassifier._answer

    def small(self: Any, group: Any) -> Any:
        if len(group) > 2:
            raise torch.OutOfMemoryError("CUDA out of memory")
        return real(self, group)

    monkeypatch.setattr(predict.ParcelClassifier, "_answer", small)
    result, frame = classify(world, "image", overwrite=True)
    assert "note.batch_halved" in [r.code for r in result.remarks]
    np.testing.assert_allclose(frame["confidence"], whole["confidence"], atol=1e-6)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"model": "landcover", "image": "image"}, "model.not_of_parcels"),
        ({"model": "nowhere", "image": "image"}, "model.not_found"),
        ({"image": "none.tif"}, "file.not_found"),
        ({"image": "image", "bands": (1, 2)}, "bands.wrong_count"),
        ({"pois": "pois", "pois_field": "nothing"}, "vector.no_field"),
        ({"pois": "parcels", "pois_field": "parcel_id"}, "pois.none_known"),
        ({"density": "image"}, "density.bands"),
        ({"density": "density", "density_key": "key"}, "vector.no_field"),
        ({"image": "image", "out": "parcels"}, "file.is_input"),
        ({"image": "image", "layer": "other"}, "vector.no_layer"),
        ({"image": "image", "device": "cuda:99"}, "device.unavailable"),
        ({"image": "image", "classes": "nowhere.tif"}, "file.not_found"),
    ],
)
def test_bad_input_gets_a_sentence_and_loses_nothing(world: dict[str, Any], change: dict[str, Any], code: str) -> None:
    options = {name: world.get(value, value) if isinstance(value, str) else value for name, value in change.items()}
    options = {"out": world["out"], "model": world["model"], "device": "cpu", **options}
    before = Path(world["parcels"]).read_bytes()
    with pytest.raises(UrbanGrainError) as error:
        jobs.run(ClassifyJob(world["parcels"], **options))
    assert error.value.code == code, str(error.value)
    assert Path(world["parcels"]).read_bytes() == before
    assert not Path(world["out"]).exists()


def test_parcels_elsewhere_are_said(world: dict[str, Any]) -> None:
    world["parcels"] = write_layer(world["folder"] / "far.gpkg", [SHAPES[6]])
    with pytest.raises(UrbanGrainError) as error:
        classify(world, "image")
    assert error.value.code == "parcels.no_source"
    assert not Path(world["out"]).exists()


@pytest.mark.parametrize(
    "job",
    [
        lambda w: MapJob(w["image"], w["model"], w["out"]),
        lambda w: MapManyJob((w["image"],), w["model"], str(w["folder"] / "many")),
        lambda w: InspectJob(w["image"], w["model"]),
        lambda w: LiveJob(w["image"], w["model"], (0, 0, 1, 1), "EPSG:4326", 100),
        lambda w: ExportJob(w["model"], str(w["folder"] / "out.onnx")),
    ],
)
def test_jobs_on_pixels_refuse_a_model_of_parcels(world: dict[str, Any], job: Any) -> None:
    with pytest.raises(UrbanGrainError) as error:
        jobs.run(job(world))
    assert error.value.code == "model.of_parcels"
    assert "toy" in str(error.value)


def test_half_precision_says_nearly_the_same() -> None:
    """As on a GPU: what is computed in bfloat16 is joined and judged in full precision."""
    rng = np.random.default_rng(1)
    parcels = [
        Parcel(torch.from_numpy(rng.normal(size=(3, 3, 16, 16)).astype(np.float32)), torch.ones(len(CATEGORIES)))
        for _ in range(6)
    ]
    parcels[2] = Parcel()
    full, used = predict.ParcelClassifier(network(), device="cpu", precision="fp32").predict(parcels)
    half, also = predict.ParcelClassifier(network(), device="cpu", precision="bf16").predict(parcels)
    assert used.tolist() == also.tolist()
    assert np.isnan(full[2]).all()
    assert np.isnan(half[2]).all()
    np.testing.assert_allclose(half.sum(axis=1)[[0, 1, 3]], 1.0, atol=1e-9)
    np.testing.assert_allclose(half, full, atol=0.05)
    assert not np.array_equal(half[0], full[0])


def test_a_network_that_answers_nan_is_refused() -> None:
    broken = network()
    with torch.no_grad():
        broken.classify.bias.fill_(float("nan"))
    with pytest.raises(UrbanGrainError) as error:
        predict.ParcelClassifier(broken, "toy", device="cpu").predict([Parcel(poi_counts=torch.ones(len(CATEGORIES)))])
    assert error.value.code == "model.bad_output"


def test_gaps_and_mixed_geometries_stay_as_they_are(world: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """A column of whole numbers with gaps, text that begins empty, and multipart polygons after single ones."""
    shapes = [SHAPES[0], SHAPES[1], shapely.MultiPolygon([SHAPES[2], SHAPES[3]]), None]
    frame = geopandas.GeoDataFrame(
        {"n": np.array([1, 2, 3, 4], np.int64), "name": [None, None, "c", "d"]}, geometry=shapes, crs=CRS
    )
    frame["n"] = frame["n"].astype("Int64").mask([False, True, False, False])
    path = world["folder"] / "gaps.gpkg"
    frame.to_file(path, engine="pyogrio")
    world["parcels"] = str(path)
    real = layer_module.chunks
    monkeypatch.setattr("urbangrain.engine.jobs.classify.chunks", lambda path, name: real(path, name, 1))
    result, made = classify(world, "image")
    about = pyogrio.read_info(result.out)
    assert dict(zip(about["fields"], about["dtypes"]))["n"] == "int64"
    assert made["name"].fillna("").tolist() == ["", "", "c", "d"]
    assert made["n"].fillna(-1).tolist() == [1, -1, 3, 4]
    assert shapely.equals(made.geometry.to_numpy()[:3], frame.geometry.to_numpy()[:3]).all()
    assert made.geometry.isna().tolist() == [False, False, False, True]
    assert made["sources"].fillna("").tolist() == ["image", "image", "image", ""]
