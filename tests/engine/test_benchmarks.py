"""The benchmarks' own machinery, on inputs so small that nothing is measured."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
import rasterio
from mapping_toys import Identity, backend, make_card, write_image

from urbangrain.benchmarks import inputs, peers, report
from urbangrain.benchmarks.run_map import run_map, run_measured


def test_the_raster_repeats_a_scene_without_seams(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inputs, "TILE", 128)
    path = inputs.raster(tmp_path, 300, 200)
    with rasterio.open(path) as dataset:
        values = dataset.read()
        assert dataset.descriptions == ("blue", "green", "red", "nir")
    assert values.shape == (4, 200, 300)
    np.testing.assert_array_equal(values[:, :, 128:256], values[:, :, :128][:, :, ::-1])
    np.testing.assert_array_equal(values[:, 128:], values[:, 56:128][:, ::-1])
    before = path.stat().st_mtime_ns
    assert inputs.raster(tmp_path, 300, 200).stat().st_mtime_ns == before


def test_a_table_replaces_the_old_one_and_nothing_else(tmp_path: Path) -> None:
    page = tmp_path / "p.md"
    page.write_text(
        "before\n<!-- a: begin -->\nold\n<!-- a: end -->\nafter\n<!-- b: begin -->\nkept\n<!-- b: end -->\n"
    )
    report.insert(page, "a", report.table(("x", "y"), [("1", "2")]))
    assert page.read_text() == (
        "before\n<!-- a: begin -->\n| x | y |\n| --- | --- |\n| 1 | 2 |\n<!-- a: end -->\nafter\n"
        "<!-- b: begin -->\nkept\n<!-- b: end -->\n"
    )
    with pytest.raises(ValueError, match="no <!-- c"):
        report.insert(page, "c", "")


def test_the_page_has_a_place_for_every_part() -> None:
    from urbangrain.benchmarks.__main__ import PAGE, PARTS

    text = PAGE.read_text(encoding="utf-8")
    assert all(f"<!-- {part}: begin -->" in text and f"<!-- {part}: end -->" in text for part in PARTS)


def test_the_loop_of_one_window_at_a_time_covers_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A network that looks at single pixels gives the same map by any loop, so that a gap or a shift would show."""
    truth = np.random.default_rng(1).integers(1, 6, (150, 170)).astype(np.float32)
    image = write_image(tmp_path / "i.tif", np.repeat(truth[None], 4, 0))
    monkeypatch.setattr(peers, "_scaling", lambda *_: lambda values: values)
    peers.one_by_one(Path(image), tmp_path / "o.tif", make_card(), backend(Identity()), 64, 16)
    with rasterio.open(tmp_path / "o.tif") as dataset:
        np.testing.assert_array_equal(dataset.read(1), truth)


def test_a_run_of_the_command_is_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inputs, "TILE", 128)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    run = run_map(inputs.raster(tmp_path, 128, 128), tmp_path / "classes.tif", "--flips", "none", "--device", "cpu")
    assert run.result["backend"] == "torch"
    assert run.mapping_rate > 0
    assert run.peak_bytes > 1e8


def test_the_peak_is_the_commands_own_and_not_its_parents() -> None:
    ballast = np.ones(50_000_000)  # 400 MB
    code, output, said, peak = run_measured([sys.executable, "-S", "-c", "import sys; print('a'); sys.exit(3)"])
    assert (code, output, said) == (3, "a\n", "")
    assert 1e6 < peak < 1e8
    assert ballast.sum() == 50_000_000
    assert run_measured([sys.executable, "-S", "-c", "x = bytearray(200_000_000)"])[3] > 2e8
