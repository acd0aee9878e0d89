from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import rasterio

from urbangrain.engine import cli
from urbangrain.engine.protocol import DemoSceneJob, MapJob


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli") / "a city"
    assert cli.main(["demo-scene", str(folder), "--seed", "5", "--size", "160", "--quiet"]) == 0
    return folder


def test_the_whole_way(scene: Path, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    classes, report = tmp_path / "classes.tif", tmp_path / "report.html"
    made = {name: str(tmp_path / file) for name, file in (
        ("--confidence", "conf.tif"), ("--probabilities", "prob.tif"), ("--polygons", "poly.gpkg"),
    )}  # fmt: skip
    arguments = ["map", str(scene / "image.tif"), "--model", "landcover", "--out", str(classes)]
    extra = [part for pair in made.items() for part in pair]
    parcels = ["--parcels", str(scene / "parcels.gpkg"), "--parcels-out", str(tmp_path / "parcels.gpkg")]
    cleaning = ["--min-patch", "100", "--fill-holes", "100", "--flips", "none"]
    assert cli.main([*arguments, *extra, *parcels, *cleaning]) == 0
    text = capsys.readouterr().out
    assert "impervious" in text
    assert "cpu" in text or "cuda" in text
    assert all(Path(path).exists() for path in [classes, *made.values(), tmp_path / "parcels.gpkg"])
    with rasterio.open(classes) as dataset, rasterio.open(scene / "image.tif") as image:
        assert dataset.shape == image.shape
        assert dataset.transform == image.transform

    reference = str(scene / "reference.gpkg")
    assert cli.main(["assess", str(classes), reference, "--field", "class", "--out", str(report), "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["kind"] == "assess_result"
    assert 0 < result["overall_accuracy"] <= 1
    assert report.exists()

    out = str(tmp_path / "again.gpkg")
    assert cli.main(["parcels", "summarise", str(classes), str(scene / "parcels.gpkg"), "--out", out]) == 0
    assert "parcels" in capsys.readouterr().out


def test_models_are_listed(capsys: pytest.CaptureFixture) -> None:
    assert cli.main(["models"]) == 0
    assert "landcover" in capsys.readouterr().out
    assert cli.main(["models", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["models"][0]["id"] == "landcover"


def test_inspect_says_what_an_image_is(scene: Path, capsys: pytest.CaptureFixture) -> None:
    assert cli.main(["inspect", str(scene / "image.tif"), "--model", "landcover"]) == 0
    text = capsys.readouterr().out
    assert "160 x 160" in text
    assert "band 4: nir -> nir" in text


def test_options_reach_the_job() -> None:
    line = (
        "map i.tif --model m --out o.tif --confidence c.tif --probabilities p.tif --polygons g.gpkg --aoi a.gpkg "
        "--aoi-layer l --window 256 --overlap 0.5 --blend mean --flips 8 --device cpu --precision fp32 --bands 3,2,1,0 "
        "--min-patch 12 --fill-holes 7 --grid model --simplify 1.5 --extent 1,2,3,4 --extent-crs EPSG:4326 --batch 2 "
        "--threads 1 --overwrite"
    )
    options = cli._parser().parse_args(line.split())
    assert options.build(options) == MapJob(
        "i.tif", "m", "o.tif", confidence="c.tif", probabilities="p.tif", polygons="g.gpkg", aoi="a.gpkg",
        aoi_layer="l", window=256, overlap=0.5, blend="mean", flips="8", device="cpu", precision="fp32",
        bands=(3, 2, 1, 0), min_patch_m2=12, fill_holes_m2=7, grid="model", simplify_m=1.5, extent=(1, 2, 3, 4),
        extent_crs="EPSG:4326", batch=2, threads=1, overwrite=True,
    )  # fmt: skip


def test_defaults_are_the_jobs_own() -> None:
    options = cli._parser().parse_args(["map", "i.tif", "--model", "m", "--out", "o.tif"])
    assert options.build(options) == MapJob("i.tif", "m", "o.tif")
    options = cli._parser().parse_args(["demo-scene", "d"])
    assert options.build(options) == DemoSceneJob("d")


@pytest.mark.parametrize(
    ("line", "code", "words"),
    [
        ("map none.tif --model landcover --out o.tif", 1, "no file none.tif"),
        ("map {image} --model sealand --out o.tif", 1, "landcover"),
        ("map {image} --model landcover --out missing/o.tif", 1, "folder"),
        ("map {image} --model landcover --out {image}", 1, "input"),
        ("map {image} --model landcover --out o.tif --overlap 2", 2, "overlap"),
        ("map {image} --model landcover --out o.tif --bands 1,b", 2, "bands"),
        ("map {image} --model landcover --out o.tif --bands 1,2,3,9", 1, "9"),
        ("map {image} --model landcover --out o.tif --extent 1,2,3", 2, "extent"),
        ("map {image} --model landcover --out o.tif --device cuda:7", 1, "cuda:7"),
        ("map {image} --model landcover --out o.tif --device cuda:0,7", 1, "cuda:"),
        ("map {image} --model landcover --out o.tif --device all --backend onnxruntime", 1, "one device"),
        ("assess {image} {image} --field f", 1, "{image}"),
        ("assess {truth} {reference} --field colour", 1, "class"),
        ("parcels summarise {truth} none.gpkg --out o.gpkg", 1, "none.gpkg"),
        ("demo-scene city --size 3", 2, "size"),
    ],
)
def test_an_error_is_one_sentence_and_leaves_nothing(
    scene: Path, tmp_path: Path, line: str, code: int, words: str
) -> None:
    files = {"image": scene / "image.tif", "truth": scene / "truth.tif", "reference": scene / "reference.gpkg"}
    arguments = [part.format(**files) for part in line.split()]
    done = subprocess.run(
        [sys.executable, "-m", "urbangrain.engine", *arguments],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == code, done.stderr
    assert done.stdout == ""
    assert words.format(**files) in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("arguments", [[], ["fly"], ["map"], ["map", "x", "--flips", "5"], ["parcels"]])
def test_wrong_usage_is_exit_code_2(arguments: list[str], capsys: pytest.CaptureFixture) -> None:
    with pytest.raises(SystemExit) as stop:
        cli.main(arguments)
    assert stop.value.code == 2
    assert "--help" in capsys.readouterr().err


def test_interrupting_leaves_nothing(tmp_path: Path) -> None:
    scene = tmp_path / "in"
    assert cli.main(["demo-scene", str(scene), "--size", "700", "--quiet"]) == 0
    out = tmp_path / "out"
    out.mkdir()
    arguments = ["map", str(scene / "image.tif"), "--model", "landcover", "--out", str(out / "o.tif"), "--flips", "8"]
    process = subprocess.Popen(
        [sys.executable, "-m", "urbangrain.engine", *arguments], stderr=subprocess.PIPE, text=True
    )
    end = time.monotonic() + 60
    while not any(out.iterdir()) and time.monotonic() < end:
        time.sleep(0.05)
    time.sleep(0.3)
    os.kill(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130, errors
    assert "Stopped" in errors
    assert list(out.iterdir()) == []
