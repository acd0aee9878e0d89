"""The live view: tiles of a screen, their places, resolution and memory."""

from __future__ import annotations

import base64
import io
import json
import threading
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
import torch
from affine import Affine
from mapping_toys import Blurry, Identity, make_card, patchy, use_model, write_image
from rasterio.enums import Resampling
from rasterio.transform import from_origin
from rasterio.warp import transform_bounds

from urbangrain.engine import jobs, serve
from urbangrain.engine.context import JobContext
from urbangrain.engine.errors import JobCancelled, UrbanGrainError
from urbangrain.engine.jobs import live, live_memory
from urbangrain.engine.protocol import LiveJob, LiveResult, LiveTile, MapJob, Run, Shutdown, from_line, to_line
from urbangrain.engine.raster import thinned
from urbangrain.engine.raster.source import Image
from urbangrain.engine.raster.thinned import at_resolution

WEST, NORTH = 500_000, 5_000_000


@pytest.fixture
def toy(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Give a model (card, network) to map jobs and live views, with an empty memory."""

    def use(card: Any, network: torch.nn.Module) -> None:
        use_model(monkeypatch, card, network)
        monkeypatch.setattr(live, "resolve_for_pixels", lambda model: card)
        monkeypatch.setattr(live, "_MEMORY", live_memory.LiveMemory())

    return use


def classes_of(tile: LiveTile) -> np.ndarray:
    return np.frombuffer(zlib.decompress(base64.b64decode(tile.data)), np.uint8).reshape(tile.height, tile.width)


def view(
    image: str, extent: tuple[float, float, float, float], screen_px: int, crs: str = "EPSG:32631", **more: Any
) -> tuple[list[LiveTile], LiveResult]:
    tiles: list[LiveTile] = []
    job = LiveJob(image, "toy", extent, crs, screen_px, precision="fp32", **more)
    result = jobs.run(job, JobContext(on_tile=tiles.append))
    assert isinstance(result, LiveResult)
    assert len(tiles) == result.tiles
    return tiles, result


def mosaic(tiles: list[LiveTile], image: str, gsd: float) -> np.ndarray:
    """Classes on the image's extent at ``gsd``; 255 where no tile lies."""
    with rasterio.open(image) as dataset:
        bounds = dataset.bounds
    rows, columns = round((bounds.top - bounds.bottom) / gsd), round((bounds.right - bounds.left) / gsd)
    out = np.full((rows, columns), 255, np.uint8)
    for tile in tiles:
        a, b, c, d, e, f = tile.transform
        assert (a, b, d, e) == pytest.approx((gsd, 0, 0, -gsd))
        left, top = round((c - bounds.left) / gsd), round((bounds.top - f) / gsd)
        assert (out[top : top + tile.height, left : left + tile.width] == 255).all(), "tiles do not overlap"
        out[top : top + tile.height, left : left + tile.width] = classes_of(tile)
    return out


def whole(image: str) -> tuple[float, float, float, float]:
    with rasterio.open(image) as dataset:
        return tuple(dataset.bounds)  # type: ignore[return-value]


def test_tiles_make_up_the_very_map(tmp_path: Path, toy: Any) -> None:
    rng = np.random.default_rng(0)
    picture = rng.normal(0, 1, (4, 170, 233)).astype(np.float32)
    picture[:, 40:90, 100:140] = np.nan
    image = write_image(tmp_path / "image.tif", picture, nodata=np.nan)
    toy(make_card(), Blurry())
    tiles, result = view(image, whole(image), 233)
    assert result.level == 0
    assert result.gsd_m == 3
    assert result.in_range
    assert (result.cached, result.remarks) == (0, ())
    out = str(tmp_path / "classes.tif")
    jobs.run(MapJob(image, "toy", out, flips="none", blend="crop", precision="fp32"))
    with rasterio.open(out) as dataset:
        expected = dataset.read(1)
    # The network sees two pixels around; a rim of more than that makes a tile independent of where windows lie.
    assert np.array_equal(mosaic(tiles, image, 3), expected)


def test_a_moved_view_finds_its_tiles_again(tmp_path: Path, toy: Any) -> None:
    calls = 0

    class Counting(Blurry):
        def forward(self, x: torch.Tensor) -> torch.Tensor:
            nonlocal calls
            calls += 1
            return super().forward(x)

    image = write_image(tmp_path / "image.tif", np.random.default_rng(1).normal(0, 1, (4, 300, 300)).astype(np.float32))
    toy(make_card(), Counting())
    first, _ = view(image, (WEST, NORTH - 420, WEST + 420, NORTH), 140)
    made = calls
    assert made == len(first)
    again, result = view(image, (WEST, NORTH - 420, WEST + 420, NORTH), 140)
    assert calls == made
    assert result.cached == len(again) == len(first)
    assert {t.data for t in again} == {t.data for t in first}
    moved, result = view(image, (WEST + 100, NORTH - 420, WEST + 520, NORTH), 140)
    assert 0 < result.cached < len(moved)
    assert calls == made + len(moved) - result.cached
    _, other = view(image, (WEST, NORTH - 420, WEST + 420, NORTH), 140, flips="4")
    assert other.cached == 0, "another setting is another tile"
    write_image(tmp_path / "image.tif", np.zeros((4, 300, 300), np.float32))
    _, changed = view(image, (WEST, NORTH - 420, WEST + 420, NORTH), 140)
    assert changed.cached == 0, "a changed image is another image"


def test_the_middle_of_the_screen_comes_first(tmp_path: Path, toy: Any) -> None:
    image = write_image(tmp_path / "image.tif", patchy(400, 400))
    toy(make_card(), Identity())
    tiles, _ = view(image, whole(image), 400)
    middle = WEST + 600, NORTH - 600
    distances = [
        max(abs(t.transform[2] + 1.5 * t.width - middle[0]), abs(t.transform[5] - 1.5 * t.height - middle[1]))
        for t in tiles
    ]
    assert distances[0] <= 100
    assert np.mean(distances[:4]) < np.mean(distances[-4:])


@pytest.mark.parametrize(("screen_m", "level"), [(0.2, 0), (3, 0), (4, 0), (6, 1), (13, 2)])
def test_the_coarser_of_screen_and_model_decides(screen_m: float, level: int, tmp_path: Path, toy: Any) -> None:
    image = write_image(tmp_path / "image.tif", patchy(200, 200, size=40))
    toy(make_card(), Identity())
    tiles, result = view(image, whole(image), max(1, round(600 / screen_m)))
    assert result.level == level
    assert result.gsd_m == pytest.approx(3 * 2**level)
    assert result.in_range == (level == 0)
    assert {t.level for t in tiles} == {level}
    seen = mosaic(tiles, image, 3 * 2**level)
    truth = patchy(200, 200, size=40)[:: 2**level, :: 2**level]
    assert (seen == truth).mean() > 0.8  # coarse pixels on the borders are mixed


def test_a_screen_in_another_projection_shows_the_same_tiles(tmp_path: Path, toy: Any) -> None:
    image = write_image(tmp_path / "image.tif", patchy(200, 200))
    toy(make_card(), Identity())
    own, _ = view(image, whole(image), 200)
    mercator = transform_bounds("EPSG:32631", "EPSG:3857", *whole(image))
    other, result = view(image, mercator, 200, "EPSG:3857")
    assert result.level == 0, "screen pixels are measured on the ground, not in the projection's inflated metres"
    assert {(t.row, t.column) for t in other} == {(t.row, t.column) for t in own}
    assert result.cached == len(own)


def test_beside_the_image_there_is_nothing_and_that_is_no_error(tmp_path: Path, toy: Any) -> None:
    image = write_image(tmp_path / "image.tif", patchy(100, 100))
    toy(make_card(), Identity())
    tiles, result = view(image, (WEST + 9000, NORTH, WEST + 9300, NORTH + 300), 100)
    assert (tiles, result.tiles) == ([], 0)
    job = LiveJob(image, "toy", (0, 0, 1, 1), "EPSG:nonsense", 10)
    with pytest.raises(UrbanGrainError) as caught:
        jobs.run(job)
    assert caught.value.code == "image.crs_unusable"


@pytest.mark.parametrize(
    ("extent", "crs"),
    [
        ((-2e7, -2e7, 2e7, 2e7), "EPSG:3857"),
        ((-180, -90, 180, 90), "EPSG:4326"),
        ((-3e7, -3e7, 5e7, 4e7), "EPSG:32631"),
    ],
)
def test_the_whole_world_on_the_screen_holds_the_image(
    extent: tuple[float, float, float, float], crs: str, tmp_path: Path, toy: Any
) -> None:
    image = write_image(tmp_path / "image.tif", patchy(200, 200, size=200))
    toy(make_card(), Identity())
    tiles, result = view(image, extent, 400, crs)
    assert len(tiles) == 1
    assert result.level >= 10
    assert (classes_of(tiles[0]) == patchy(1, 1, size=200)[0, 0]).all()


def test_a_long_read_can_be_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(thinned, "_AT_ONCE_PX", 1000)
    path = write_image(tmp_path / "image.tif", patchy(200, 200))
    reads = 0

    def check() -> None:
        nonlocal reads
        reads += 1
        if reads == 3:
            raise JobCancelled

    with Image(path) as image, at_resolution(image, 24, check) as thin, pytest.raises(JobCancelled):
        thin.read((1,), 0, 25, 0, 25)
    assert reads == 3


def test_a_model_of_values_is_refused(tmp_path: Path, toy: Any) -> None:
    image = write_image(tmp_path / "image.tif", patchy(100, 100))
    toy(make_card(classes=(), values=("depth",)), Identity())
    with pytest.raises(UrbanGrainError) as caught:
        view(image, whole(image), 100)
    assert caught.value.code == "model.no_live_view"


def test_a_view_that_has_moved_on_is_given_up(tmp_path: Path, toy: Any) -> None:
    image = write_image(tmp_path / "image.tif", patchy(400, 400))
    toy(make_card(), Identity())
    context = JobContext()
    seen: list[LiveTile] = []

    def stop(tile: LiveTile) -> None:
        seen.append(tile)
        context.cancelled.set()

    context.on_tile = stop
    with pytest.raises(JobCancelled):
        jobs.run(LiveJob(image, "toy", whole(image), "EPSG:32631", 400, precision="fp32"), context)
    assert len(seen) == 1
    _, result = view(image, whole(image), 400)
    assert result.cached >= 1, "what was done is not lost"


@pytest.mark.parametrize("overviews", [False, True])
def test_thinning_by_overviews_and_by_averaging_agree(overviews: bool, tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    picture = rng.integers(1, 4000, (2, 208, 136)).astype(np.uint16)
    picture[:, :64, :32] = 0
    path = write_image(tmp_path / "image.tif", picture, 0.5, nodata=0, descriptions=None, tiled=True, blockxsize=32,
                       blockysize=32)  # fmt: skip
    if overviews:
        with rasterio.open(path, "r+") as dataset:
            dataset.build_overviews([2, 4], Resampling.average)
    with Image(path) as image, at_resolution(image, 4.2) as thin:
        assert thin.decimated == (2 if overviews else 8)
        assert (thin.grid.height, thin.grid.width) == (26, 17)
        values, valid = thin.read((1, 0, 2), 0, 26, 0, 17)
        part, part_valid = thin.read((1, 0, 2), 5, 11, 3, 9)
    assert np.array_equal(part, values[:, 5:11, 3:9])
    assert np.array_equal(part_valid, valid[5:11, 3:9])
    assert not valid[:8, :4].any()
    assert valid[9:, 5:].all()
    assert (values[1] == 0).all()
    expected = picture[0, 64:200, 32:128].reshape(17, 8, 12, 8).mean(axis=(1, 3))
    assert np.abs(values[0, 8:25, 4:16] - expected).max() < (2 if overviews else 0.1)


def test_an_image_without_overviews_says_why_it_is_slow(tmp_path: Path, toy: Any) -> None:
    image = write_image(
        tmp_path / "image.tif", patchy(300, 300, size=60), 0.5, transform=from_origin(WEST, NORTH, 0.5, 0.5)
    )
    toy(make_card(), Identity())
    _, result = view(image, whole(image), 40)
    assert "note.no_overviews" in [r.code for r in result.remarks]
    with rasterio.open(image, "r+") as dataset:
        dataset.build_overviews([2, 4, 8], Resampling.nearest)
    _, result = view(image, whole(image), 40)
    assert "note.no_overviews" not in [r.code for r in result.remarks]


def test_memory_lets_the_oldest_tiles_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live_memory, "MOST_BYTES", 25)
    memory = live_memory.LiveMemory()
    tiles = [LiveTile(0, i, 0, 1, 1, tuple(Affine.identity())[:6], "EPSG:4326", "x" * 10) for i in range(4)]
    for i in (0, 1):
        memory.keep(i, tiles[i])
    assert memory.tile(0) is tiles[0]  # looked at: now the youngest
    memory.keep(2, tiles[2])
    assert memory.tile(1) is None
    assert memory.tile(0) is tiles[0]
    memory.keep(2, tiles[3])
    assert memory.tile(2) is tiles[3]
    assert memory.tile(0) is tiles[0], "a tile that is replaced is counted once"


def test_tiles_travel_as_events_before_the_answer(tmp_path: Path, toy: Any) -> None:
    image = write_image(tmp_path / "image.tif", patchy(200, 200))
    toy(make_card(), Identity())
    out = io.StringIO()
    job = LiveJob(image, "toy", whole(image), "EPSG:32631", 200, precision="fp32")
    lines = io.StringIO(to_line(Run("a", job)))
    worker = serve.Worker(out)
    done = threading.Event()
    send = worker.send

    def listen(event: Any) -> None:
        send(event)
        if event.kind in ("finished", "failed"):
            done.set()

    worker.send = listen  # type: ignore[method-assign]

    class Waiting:
        """The requests, then patience: the end of the input stops what runs."""

        def __iter__(self) -> Any:
            yield from lines
            assert done.wait(60)
            yield to_line(Shutdown())

    worker.serve(Waiting())  # type: ignore[arg-type]
    events = [from_line(line) for line in out.getvalue().splitlines()]
    kinds = [e.kind for e in events]
    assert kinds[-1] == "finished", events[-1]
    assert kinds.count("tile_ready") == events[-1].result.tiles
    tiles = [e.tile for e in events if e.kind == "tile_ready"]
    assert np.array_equal(mosaic(tiles, image, 3), patchy(200, 200))
    assert all(json.loads(line) for line in out.getvalue().splitlines())
