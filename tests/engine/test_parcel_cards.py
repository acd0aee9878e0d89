from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import torch
from parcel_toys import CLASSES, OPTIONS, card, network, save_toy

from urbangrain.engine import jobs
from urbangrain.engine.cli import _parser
from urbangrain.engine.errors import UrbanGrainError
from urbangrain.engine.models.load import load_network, warm_network
from urbangrain.engine.models.parcel_batch import Parcel
from urbangrain.engine.models.parcel_fusion import ParcelFusion
from urbangrain.engine.models.registry import resolve, resolve_for_parcels, resolve_for_pixels
from urbangrain.engine.parcels.poi_categories import CATEGORIES
from urbangrain.engine.protocol import (
    AdaptJob,
    BandSpec,
    ClassifyJob,
    ClassifyResult,
    ClassInfo,
    ModelsJob,
    TrainJob,
    TrainSource,
)
from urbangrain.engine.terminal import describe


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(save_toy(tmp_path / "toy"))


def edit(folder: Path, *place: Any, value: Any) -> None:
    path = folder / "card.json"
    item = json.loads(path.read_text())
    at = item
    for key in place[:-1]:
        at = at[key]
    at[place[-1]] = value
    path.write_text(json.dumps(item))


def test_what_is_written_is_what_is_read(folder: Path) -> None:
    read = resolve_for_parcels(str(folder))
    wanted = card(folder)
    assert (read.task, read.network, read.window, read.classes) == ("classification", "parcel_fusion", 16, CLASSES)
    assert (read.bands, read.scaling, read.stride_multiple) == (wanted.bands, wanted.scaling, 4)
    assert dict(read.network_options) == OPTIONS
    assert read.of_parcels
    assert read.info().of_parcels


def test_the_card_describes_every_input_and_the_answer(folder: Path) -> None:
    properties = json.loads((folder / "card.json").read_text())["properties"]
    assert properties["mlm:tasks"] == ["classification"]
    shapes = {given["name"]: given["input"]["shape"] for given in properties["mlm:input"]}
    assert shapes == {"image": [-1, 3, 16, 16], "poi": [-1, len(CATEGORIES)], "density": [-1, 24]}
    assert properties["mlm:output"][0]["result"]["shape"] == [-1, 2]


def test_the_network_comes_back_as_it_was(folder: Path) -> None:
    read = resolve(str(folder))
    parcel = Parcel(torch.rand(2, 3, 16, 16), torch.ones(len(CATEGORIES)), torch.zeros(24))
    own = network()
    expected = own(own.pack([parcel])).logits
    for made in (load_network(read), warm_network(read), warm_network(read)):
        assert isinstance(made, ParcelFusion)
        with torch.inference_mode():
            # stored in half precision
            torch.testing.assert_close(made(made.pack([parcel])).logits, expected, rtol=0.02, atol=0.02)


@pytest.mark.parametrize(
    ("place", "value", "names"),
    [
        (("urbangrain:network", "options", "poi_categories"), 3, "poi_categories"),
        (("urbangrain:network", "options", "side"), 20, "side"),
        (("urbangrain:network", "options", "time_steps"), 12, "time_steps"),
        (("urbangrain:network", "name"), "hrnet_ocr", "mlm:tasks"),
        (("mlm:tasks",), ["semantic-segmentation"], "must hold one entry"),
        (("mlm:tasks",), ["regression"], "mlm:tasks"),
        (("urbangrain:upscale",), 4, "upscale"),
    ],
)
def test_a_card_that_contradicts_itself_is_refused(
    folder: Path, place: tuple[Any, ...], value: Any, names: str
) -> None:
    edit(folder, "properties", *place, value=value)
    with pytest.raises(UrbanGrainError, match=names) as error:
        resolve(str(folder))
    assert error.value.code == "model.card_invalid"


def test_a_network_of_pixels_is_no_model_of_parcels(folder: Path) -> None:
    with pytest.raises(UrbanGrainError) as error:
        resolve_for_parcels("landcover")
    assert error.value.code == "model.not_of_parcels"
    assert resolve_for_pixels("landcover").id == "landcover"


def test_models_are_listed_with_their_task(folder: Path) -> None:
    result = jobs.run(ModelsJob((str(folder),)))
    assert {m.id: m.of_parcels for m in result.models}["toy"]
    assert "classification: blue, green, red" in describe(result)


def test_what_trains_refuses_it(folder: Path, tmp_path: Path) -> None:
    source = TrainSource("image.tif", "reference.gpkg", "class", mapping={"a": 1})
    out = str(tmp_path / "new")
    for job in (TrainJob(out, (source,), model=str(folder)), AdaptJob(str(folder), ("image.tif",), out)):
        with pytest.raises(UrbanGrainError) as error:
            jobs.run(job)
        assert error.value.code == "model.of_parcels"
    fresh = TrainJob(
        out, (source,), network="parcel_fusion", classes=(ClassInfo(1, "a", "#000000"), ClassInfo(2, "b", "#ffffff")),
        bands=(BandSpec("red"),), gsd_m=(3.0, 3.0),
    )  # fmt: skip
    with pytest.raises(UrbanGrainError) as error:
        jobs.run(fresh)
    assert error.value.code == "train.network"
    assert not Path(out).exists()


def test_the_command_line_says_it_all() -> None:
    words = (
        "parcels classify p.gpkg --out o.gpkg --model m --layer l --image i.tif --bands 3,2,1 --pois q.gpkg "
        "--pois-field kind --pois-layer k --density d.csv --density-key id --classes c.tif --most-patches 4 --seed 5 "
        "--device cpu --threads 2 --overwrite"
    )
    options = _parser().parse_args(words.split())
    assert options.build(options) == ClassifyJob(
        "p.gpkg", "o.gpkg", "m", "l", "i.tif", (3, 2, 1), "q.gpkg", "k", "kind", "d.csv", "id", "c.tif", 4, 5, "cpu", 2,
        True,
    )  # fmt: skip


def test_the_result_is_printed() -> None:
    levels = {str(level): level for level in range(6)}
    counts = {"Residential": 9, "Agricultural and natural": 3}
    used = {"image": 12, "poi": 2, "density": 0}
    text = describe(ClassifyResult("o.gpkg", "toy", CLASSES, 15, 12, counts, levels, used, 61.0, "cpu"))
    assert "Residential                     9  75.0%" in text
    assert "quality 5: 5, 4: 4, 3: 3, 2: 2, 1: 1, 0: 0" in text
    assert "sources image: 12, poi: 2, density: 0" in text
    assert "12 of 15 parcels classified in 1:01 on cpu" in text
