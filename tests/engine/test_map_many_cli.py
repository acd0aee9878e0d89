"""`urbangrain map-many` as a person types it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import rasterio

from urbangrain.engine import cli
from urbangrain.engine.protocol import MapManyJob


@pytest.fixture(scope="module")
def scenes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("many scenes")
    assert cli.main(["demo-scene", str(folder / "city"), "--seed", "5", "--size", "96", "--quiet"]) == 0
    (folder / "in").mkdir()
    for name in ("a", "b"):
        shutil.copy(folder / "city" / "image.tif", folder / "in" / f"{name}.tif")
    return folder / "in"


def command(scenes: Path, out: Path, *more: str) -> list[str]:
    return ["map-many", str(scenes), "--model", "landcover", "--out-dir", str(out), "--flips", "none", *more]


def test_the_whole_way(scenes: Path, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    out = tmp_path / "maps"
    assert cli.main(command(scenes, out, "--mosaic", "cog", "--confidence")) == 0
    said = capsys.readouterr()
    assert said.err == ""
    lines = said.out.splitlines()
    assert [line.split()[0] for line in lines[:2]] == ["done", "done"]
    assert "impervious" in said.out
    assert str(out / "mosaic.tif") in lines
    assert "overlap" in said.out  # both show the same place
    with rasterio.open(out / "mosaic.tif") as mosaic, rasterio.open(out / "b_classes.tif") as one:
        assert (mosaic.read(1) == one.read(1)).all()
    assert cli.main(command(scenes, out, "--mosaic", "cog", "--confidence", "--json")) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["kind"] == "map_many_result"
    assert [scene["state"] for scene in result["scenes"]] == ["kept", "kept"]


def test_a_scene_that_fails_is_one_sentence_and_exit_code_1(
    scenes: Path, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    (tmp_path / "none.txt").write_text(f"{scenes / 'a.tif'}\nnone.tif\n")
    assert cli.main(command(tmp_path / "none.txt", tmp_path / "maps")) == 1
    said = capsys.readouterr()
    assert said.err == (
        "1 of 2 scenes could not be mapped. Mend what is said of them and run the same job again: it keeps what is "
        "done.\n"
    )
    assert f"failed  There is no file {tmp_path / 'none.tif'}." in said.out
    assert (tmp_path / "maps" / "a_classes.tif").exists()
    assert cli.main(command(tmp_path / "none.txt", tmp_path / "maps", "--json")) == 1
    said = capsys.readouterr()
    assert json.loads(said.out)["scenes"][1]["code"] == "file.not_found"
    assert len(said.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("more", "code", "words"),
    [
        (["--model", "sealand"], 1, "no model sealand"),
        (["--overlap", "2"], 2, "overlap"),
        (["--block", "-1"], 2, "block_mpx"),
        (["--bands", "x"], 2, "bands"),
        (["nowhere"], 1, "no file nowhere"),
    ],
)
def test_what_stops_the_job_is_one_sentence(
    scenes: Path, tmp_path: Path, capsys: pytest.CaptureFixture, more: list[str], code: int, words: str
) -> None:
    rest = command(scenes, tmp_path / "maps")
    assert (
        cli.main([rest[0], *(more if more[0] == "nowhere" else []), *rest[1:], *(more if len(more) > 1 else [])])
        == code
    )
    said = capsys.readouterr()
    assert words in said.err
    assert len(said.err.splitlines()) == 1
    assert not (tmp_path / "maps").exists()


def test_options_reach_the_job() -> None:
    line = (
        "map-many a b.txt --model m --out-dir d --mosaic none --confidence --grid model --overwrite --bands 3,2,1,0 "
        "--asset data --dask tcp://h:1 --block 50 --window 256 --overlap 0.5 --blend mean --flips 8 --device cpu "
        "--precision fp32 --backend torch --batch 2 --threads 1 --min-patch 12 --fill-holes 7"
    )
    options = cli._parser().parse_args(line.split())
    assert options.build(options) == MapManyJob(
        ("a", "b.txt"), "m", "d", mosaic="none", confidence=True, grid="model", overwrite=True, bands=(3, 2, 1, 0),
        asset="data", dask="tcp://h:1", block_mpx=50, window=256, overlap=0.5, blend="mean", flips="8", device="cpu",
        precision="fp32", backend="torch", batch=2, threads=1, min_patch_m2=12, fill_holes_m2=7,
    )  # fmt: skip
    options = cli._parser().parse_args(["map-many", "a", "--model", "m", "--out-dir", "d"])
    assert options.build(options) == MapManyJob(("a",), "m", "d")
