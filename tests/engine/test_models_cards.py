from __future__ import annotations

import copy
import hashlib
import json
import os
import pickle
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import save_file

from urbangrain.engine import jobs
from urbangrain.engine.errors import UrbanGrainError
from urbangrain.engine.models import load
from urbangrain.engine.models.load import load_network, warm_network
from urbangrain.engine.models.registry import find_models, resolve
from urbangrain.engine.models.stac import read_card, write_card
from urbangrain.engine.protocol import ModelsJob


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the bundled model's folder."""
    target = tmp_path / "mine"
    shutil.copytree(resolve("landcover").path.parent, target)
    return target


def edit(folder: Path, change: Any) -> Path:
    path = folder / "card.json"
    item = json.loads(path.read_text())
    change(item)
    path.write_text(json.dumps(item))
    return path


def stamp_weights(folder: Path) -> None:
    """Make the card agree with the weights file as it is now."""
    digest = hashlib.sha256((folder / "weights.safetensors").read_bytes()).hexdigest()
    edit(folder, lambda item: item["assets"]["model"].update({"file:checksum": "1220" + digest}))


def code_of(action: Any) -> str:
    with pytest.raises(UrbanGrainError) as error:
        action()
    assert str(error.value)
    return error.value.code


def test_the_bundled_model_is_what_the_issue_asks_for() -> None:
    card = resolve("landcover")
    assert [c.name for c in card.classes] == ["water", "tree", "grass", "farmland", "impervious"]
    assert [(b.role, b.optional) for b in card.bands] == [
        ("blue", False),
        ("green", False),
        ("red", False),
        ("nir", True),
    ]
    assert (card.gsd_min_m, card.gsd_max_m) == (0.5, 3.0)
    assert card.weights.stat().st_size <= 10_000_000
    assert card.licence
    assert card.nodata not in {c.value for c in card.classes}
    network = load_network(card)
    with torch.inference_mode():
        assert network(torch.zeros(1, 4, 64, 64)).shape == (1, 5, 64, 64)


def test_the_card_is_a_stac_item_with_mlm() -> None:
    item = json.loads(resolve("landcover").path.read_text())
    assert item["type"] == "Feature"
    assert any("/mlm/" in url for url in item["stac_extensions"])
    properties = item["properties"]
    assert properties["mlm:framework"] == "pytorch"
    assert properties["mlm:input"][0]["input"]["dim_order"] == ["batch", "bands", "height", "width"]
    assert len(properties["mlm:output"][0]["classification:classes"]) == 5
    assert properties["urbangrain:training"]
    assert properties["urbangrain:accuracy"]


def test_what_is_written_is_what_is_read(folder: Path) -> None:
    card = read_card(folder / "card.json")
    again = replace(card, title="Ünïcode", path=folder / "copy.json", accuracy={"overall": 0.5})
    write_card(again, "2.6", 1, "2026-01-01T00:00:00Z")
    assert read_card(folder / "copy.json") == again


def test_models_are_found_by_id_folder_and_card(folder: Path) -> None:
    assert resolve(str(folder)).path == folder / "card.json"
    assert resolve(str(folder / "card.json")).path == folder / "card.json"
    edit(folder, lambda item: item.update(id="mine", properties={**item["properties"], "mlm:name": "mine"}))
    cards, remarks = find_models([folder.parent])
    assert {"landcover", "mine"} <= {c.id for c in cards}
    assert remarks == []
    assert "mine" in [m.id for m in jobs.run(ModelsJob((str(folder.parent),))).models]


def test_an_unknown_model_is_said_with_those_known() -> None:
    with pytest.raises(UrbanGrainError, match="landcover") as error:
        resolve("sealand")
    assert error.value.code == "model.not_found"


def test_a_broken_card_in_a_folder_is_a_remark_not_a_failure(folder: Path) -> None:
    bundled = jobs.run(ModelsJob()).models
    (folder / "card.json").write_text("{")
    result = jobs.run(ModelsJob((str(folder.parent),)))
    assert result.models == bundled
    assert "landcover" in [m.id for m in bundled]
    assert [r.code for r in result.remarks] == ["note.model_skipped"]


def remove(*keys: str) -> Any:
    def change(item: dict) -> None:
        for key in keys[:-1]:
            item = item[key]
        del item[keys[-1]]

    return change


def put(value: Any, *keys: Any) -> Any:
    def change(item: Any) -> None:
        for key in keys[:-1]:
            item = item[key]
        item[keys[-1]] = value

    return change


@pytest.mark.parametrize(
    "change",
    [
        remove("properties"),
        remove("assets", "model"),
        remove("properties", "urbangrain:network"),
        put("2", "properties", "urbangrain:gsd_m"),
        put([3, 0.5], "properties", "urbangrain:gsd_m"),
        put(1, "properties", "urbangrain:nodata"),
        put([], "properties", "mlm:input", 0, "bands"),
        put([], "properties", "mlm:output", 0, "classification:classes"),
        put("red", "properties", "mlm:output", 0, "classification:classes", 0, "color_hint"),
        put("magic", "properties", "urbangrain:scaling", "kind"),
        put([1], "properties", "urbangrain:scaling", "mean"),
        put("abc", "assets", "model", "file:checksum"),
        put("../../../etc/passwd.safetensors", "assets", "model", "href"),
        put("/etc/passwd.safetensors", "assets", "model", "href"),
    ],
)
def test_a_wrong_card_is_said_in_words(folder: Path, change: Any) -> None:
    assert code_of(lambda: read_card(edit(folder, change))) == "model.card_invalid"


def test_weights_of_a_link_out_of_the_folder_are_refused(folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.safetensors"
    shutil.move(folder / "weights.safetensors", outside)
    os.symlink(outside, folder / "weights.safetensors")
    assert code_of(lambda: read_card(folder / "card.json")) in ("model.card_invalid", "model.unsafe")


class Bomb:
    """Writes a file when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = str(path)

    def __reduce__(self) -> tuple:
        return (open, (self.path, "w"))


@pytest.mark.parametrize("how", ["suffix", "raw", "zip"])
def test_a_pickle_is_never_opened(folder: Path, tmp_path: Path, how: str) -> None:
    trace = tmp_path / "executed"
    weights = folder / "weights.safetensors"
    if how == "zip":
        torch.save({"a": Bomb(trace)}, weights)
    else:
        weights.write_bytes(pickle.dumps(Bomb(trace)))
    if how == "suffix":
        shutil.move(weights, folder / "weights.pt")
        edit(folder, put("weights.pt", "assets", "model", "href"))
    else:
        stamp_weights(folder)
    assert code_of(lambda: load_network(read_card(folder / "card.json"))) == "model.unsafe"
    assert not trace.exists()


@pytest.mark.parametrize("how", ["changed", "truncated", "empty", "missing"])
def test_damaged_weights_are_refused(folder: Path, how: str) -> None:
    weights = folder / "weights.safetensors"
    data = bytearray(weights.read_bytes())
    if how == "changed":
        data[-1] ^= 1
        weights.write_bytes(data)
    elif how == "truncated":
        weights.write_bytes(data[: len(data) // 2])
        stamp_weights(folder)
    elif how == "empty":
        weights.write_bytes(b"")
        stamp_weights(folder)
    else:
        weights.unlink()
    expected = "model.weights_missing" if how == "missing" else "model.weights_damaged"
    assert code_of(lambda: load_network(read_card(folder / "card.json"))) == expected


@pytest.mark.parametrize("how", ["other shape", "one more", "one less", "nan"])
def test_weights_that_do_not_fit_are_refused(folder: Path, how: str) -> None:
    state = copy.deepcopy(load_network(read_card(folder / "card.json")).state_dict())
    first = next(name for name, value in state.items() if value.is_floating_point())
    if how == "other shape":
        state[first] = state[first][:1].clone()
    elif how == "one more":
        state["extra"] = torch.zeros(1)
    elif how == "one less":
        del state[first]
    else:
        state[first] = torch.full_like(state[first], float("nan"))
    save_file({k: v.contiguous() for k, v in state.items()}, folder / "weights.safetensors")
    stamp_weights(folder)
    expected = "model.weights_damaged" if how == "nan" else "model.weights_mismatch"
    assert code_of(lambda: load_network(read_card(folder / "card.json"))) == expected


def test_a_warm_network_is_read_once_and_stays_untouched(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    card = read_card(folder / "card.json")
    reads: list[Path] = []
    real = load.read_weights
    monkeypatch.setattr(load, "read_weights", lambda path, sha: (reads.append(path), real(path, sha))[1])
    first = warm_network(card)
    for parameter in first.parameters():
        parameter.zero_()
    second = warm_network(card)
    assert len(reads) == 1
    assert any(p.any() for p in second.parameters())
    os.utime(card.weights, (1, 1))
    warm_network(card)
    assert len(reads) == 2


def test_lists_begin_with_land_cover() -> None:
    listed = [m.id for m in jobs.run(ModelsJob()).models]
    assert listed[0] == "landcover"
    assert listed[1:] == sorted(listed[1:])


def test_each_bundled_model_says_what_it_is_not_good_for(folder: Path) -> None:
    assert all(model.limits for model in jobs.run(ModelsJob()).models)
    path = edit(folder, put(["It knows no snow."], "properties", "urbangrain:limits"))
    assert read_card(path).limits == read_card(path).info().limits == ("It knows no snow.",)
    assert read_card(edit(folder, remove("properties", "urbangrain:limits"))).limits == ()
    with pytest.raises(UrbanGrainError, match="urbangrain:limits"):
        read_card(edit(folder, put([3], "properties", "urbangrain:limits")))
