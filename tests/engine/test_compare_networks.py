"""The driver that compares networks: who takes part, what is trained, measured, kept and written."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from urbangrain.engine.models.networks import build
from urbangrain.engine.release import compare
from urbangrain.engine.release.compare import ENTRIES, RESULT, Entry, HeldOut, main, measure_entry, table
from urbangrain.engine.training import landcover
from urbangrain.engine.training.products import PRODUCTS

TINY = {
    "width": 8, "modules": [1, 1, 1], "blocks": 1, "stem_width": 8, "stem_stride": 2, "layer1_width": 8,
    "layer1_blocks": 1, "head_channels": 8,
}  # fmt: skip
SMALL = (
    Entry("landcover", "a", "A", "hrnet", TINY),
    Entry("landcover", "b", "B", "hrnet", {**TINY, "head_channels": 16}),
    Entry("greenspace", "a", "G", "hrnet", TINY),
)


def test_all_networks_of_issue_4_take_part_and_are_alike_in_size() -> None:
    chosen = {p: [e for e in ENTRIES if e.product == p] for p in PRODUCTS}
    assert {e.network for e in chosen["landcover"]} == {
        "hrnet_ocr", "unet", "pspnet", "deeplabv3plus", "hrnet", "upernet"
    }  # fmt: skip
    switches = {(e.options.get("attention", True), e.options.get("point_head", True)) for e in chosen["greenspace"]}
    assert switches == {(True, True), (False, True), (True, False), (False, False)}
    assert [e.network for e in chosen["greenspace"]].count("unet") == 1
    for name, entries in chosen.items():
        product = PRODUCTS[name]
        sizes = [
            sum(p.numel() for p in build(e.network, len(product.bands), len(product.classes), **e.options).parameters())
            for e in entries
        ]
        assert max(sizes) / min(sizes) < 1.15
        assert len({e.key for e in entries}) == len(entries)


class Trainings:
    """Stands in for the training: weights that answer the class ``answer`` everywhere."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, str, float]] = []
        self.answer = 0
        self.scenes: list[int] = []

    def __call__(self, product, config, options: argparse.Namespace) -> None:
        self.seen.append((product.id, options.out.name, options.minutes))
        assert options.initial is None
        assert len(self.scenes) == config.train_scenes  # made before the clock starts
        assert (config.network, config.options) == (product.network, dict(product.options))
        options.out.mkdir(parents=True)
        network = build(config.network, len(product.bands), len(product.classes), **config.options)
        torch.nn.init.zeros_(network.classify.weight)
        torch.nn.init.zeros_(network.classify.bias)
        network.classify.bias.data[self.answer] = 1.0
        save_file(network.state_dict(), options.out / "best.safetensors")
        (options.out / "last.json").write_text(json.dumps({"step": 30, "minutes": 1.5}))


@pytest.fixture
def trainings(monkeypatch: pytest.MonkeyPatch) -> Trainings:
    stand_in = Trainings()
    labels = np.zeros((32, 32), np.uint8)
    labels[:4], labels[4:7] = 1, 5  # 128 pixels of water, 96 of impervious
    parts = {"demo scenes": [(torch.zeros(4, 32, 32), labels)]}
    monkeypatch.setattr(landcover, "train", stand_in)
    monkeypatch.setattr(compare, "ENTRIES", SMALL)
    monkeypatch.setattr(compare, "training_scene", lambda cache, seed, size, limits: stand_in.scenes.append(seed))
    monkeypatch.setattr(HeldOut, "load", classmethod(lambda cls, *_: cls(parts)))
    return stand_in


def test_scores_are_those_of_the_weights(trainings: Trainings, tmp_path: Path) -> None:
    assert main(["--out", str(tmp_path), "--minutes", "1.5", "--product", "landcover", "--only", "a"]) == 0
    result = json.loads((tmp_path / "landcover_a" / RESULT).read_text())
    assert (result["steps"], result["seconds_a_step"], result["settings"]["minutes"]) == (30, 3.0, 1.5)
    rows = result["rows"]
    assert [(r["data"], r["bands"]) for r in rows] == [("demo scenes", "B,G,R,NIR"), ("demo scenes", "RGB")]
    # All is called water: 128 right of 224, IoU of water 128 / 224 and of impervious 0.
    water = 128 / 224
    assert (rows[0]["oa"], rows[0]["miou"]) == (round(water, 4), round(water / 2, 4))
    assert rows[0]["fwiou"] == round(water * water, 4)
    assert rows[0]["f1"] == {
        "water": round(2 * 128 / 352, 4), "tree": None, "grass": None, "farmland": None, "impervious": 0.0
    }  # fmt: skip


def test_green_space_is_measured_in_its_own_classes_and_bands(trainings: Trainings, tmp_path: Path) -> None:
    trainings.answer = 1  # other: water and impervious
    main(["--out", str(tmp_path), "--product", "greenspace"])
    row = json.loads((tmp_path / "greenspace_a" / RESULT).read_text())["rows"]
    assert [(r["bands"], r["oa"], r["f1"]) for r in row] == [("RGB", 1.0, {"green space": None, "other": 1.0})]


def test_what_is_there_is_not_trained_again(trainings: Trainings, tmp_path: Path) -> None:
    page = tmp_path / "models.md"
    page.write_text("x\n<!-- compare: begin -->\n<!-- compare: end -->\n")
    main(["--out", str(tmp_path / "c"), "--minutes", "2", "--only", "b"])
    assert trainings.seen == [("landcover", "landcover_b", 2.0)]
    trainings.scenes.clear()
    main(["--out", str(tmp_path / "c"), "--minutes", "2", "--page", str(page)])
    assert trainings.seen[1:] == [("landcover", "landcover_a", 2.0), ("greenspace", "greenspace_a", 2.0)]
    trainings.scenes.clear()
    main(["--out", str(tmp_path / "c"), "--minutes", "2", "--page", str(page)])
    assert len(trainings.seen) == 3
    assert not trainings.scenes
    lines = page.read_text().splitlines()
    assert "`landcover`, 2 minutes each:" in lines
    assert [line.split(" | ")[2] for line in lines if line.startswith("| demo scenes | B")] == ["A", "B"]
    assert (tmp_path / "c" / "compare.md").read_text() in page.read_text()
    with pytest.raises(ValueError, match="other settings"):
        main(["--out", str(tmp_path / "c"), "--minutes", "3"])


def test_a_training_that_failed_has_no_result(
    trainings: Trainings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compare, "measure_entry", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        main(["--out", str(tmp_path), "--only", "b"])
    assert not (tmp_path / "landcover_b" / RESULT).exists()


def test_unknown_networks_are_refused(trainings: Trainings, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    with pytest.raises(SystemExit):
        main(["--out", str(tmp_path), "--only", "c"])
    assert "known: landcover a, landcover b, greenspace a" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["--out", str(tmp_path), "--data", str(tmp_path / "nothing")])


def test_windows_of_any_size_are_measured_whole(tmp_path: Path) -> None:
    entry = SMALL[0]
    network = build(entry.network, 4, 5, **entry.options)
    save_file(network.state_dict(), tmp_path / "best.safetensors")
    labels = np.ones((40, 24), np.uint8)
    rows = measure_entry(entry, tmp_path / "best.safetensors", HeldOut({"x": [(torch.randn(4, 40, 24), labels)]}))
    assert [sum(map(sum, row["matrix"])) for row in rows] == [960, 960]
    about = {"title": "A", "parameters": 1_234_567, "steps": 7, "seconds_a_step": 1.0, "settings": {"minutes": 1}}
    lines = table([(entry, {**about, "rows": rows})]).splitlines()
    assert [line.split(" | ")[1:6] for line in lines if line.startswith("| x")] == [
        [bands, "A", "1.23 M", "7", "1.00"] for bands in ("B,G,R,NIR", "RGB")
    ]
