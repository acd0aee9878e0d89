"""Streamed and stitched windows: numbers that never depend on how the work was cut."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from mapping_toys import Blurry, Constant, Identity, backend, patchy
from torch import nn

from urbangrain.engine.context import JobContext
from urbangrain.engine.errors import JobCancelled, UrbanGrainError
from urbangrain.engine.inference import backends
from urbangrain.engine.inference.blending import side_weights
from urbangrain.engine.inference.pipeline import Everything, run_pipeline
from urbangrain.engine.inference.settings import Settings
from urbangrain.engine.inference.stitch import Rows, Stitcher
from urbangrain.engine.inference.windows import Axis, Region
from urbangrain.engine.raster.scaling import BandAffine

BLENDS = ["gaussian", "mean", "max", "crop"]


class InMemory:
    """An image in memory as the pipeline reads it; remembers what was read."""

    def __init__(self, image: np.ndarray, valid: np.ndarray | None = None, row_step: int = 16) -> None:
        self.image = image.astype(np.float32)
        self.valid = np.ones(image.shape[1:], bool) if valid is None else valid
        self.row_step = row_step
        self.reads: list[tuple[int, int, int, int]] = []

    def __enter__(self) -> InMemory:
        return self

    def __exit__(self, *exc: Any) -> None:
        return None

    def read(self, row0: int, row1: int, col0: int, col1: int) -> tuple[np.ndarray, np.ndarray]:
        self.reads.append((row0, row1, col0, col1))
        return self.image[:, row0:row1, col0:col1].copy(), self.valid[row0:row1, col0:col1].copy()


class Masked:
    """A target given by a mask."""

    def __init__(self, mask: np.ndarray) -> None:
        self._mask = mask

    def mask(self, row0: int, row1: int, col0: int, col1: int) -> np.ndarray:
        return self._mask[row0:row1, col0:col1]

    def columns(self, row0: int, row1: int) -> list[tuple[int, int]]:
        cols = np.flatnonzero(self._mask[max(0, row0) : row1].any(axis=0))
        return [(int(cols[0]), int(cols[-1]) + 1)] if len(cols) else []


def predict(
    network: nn.Module,
    image: np.ndarray,
    how: Settings,
    valid: np.ndarray | None = None,
    region: Region | None = None,
    target: Any = None,
    upscale: int = 1,
    source: InMemory | None = None,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Classes (-1 where nothing is wanted), confidence and probabilities of a region."""
    bands, height, width = image.shape
    affine = BandAffine(np.zeros(bands, np.float32), np.ones(bands, np.float32), -1e6, 1e6)
    region = region or Region(0, height, 0, width)
    stitcher = Stitcher(backend(network, upscale=upscale), how, affine, height, width, region, True)
    rows: list[Rows] = []
    source = source or InMemory(image, valid)
    run_pipeline(lambda: source, target or Everything(width), stitcher, rows.append, JobContext())
    assert [r.row0 for r in rows] == list(np.cumsum([region.row0 * upscale] + [len(r.winner) for r in rows[:-1]]))
    classes = np.concatenate([np.where(r.target, r.winner.astype(int), -1) for r in rows])
    confidence = np.concatenate([r.confidence for r in rows])
    probabilities = np.concatenate([r.probabilities for r in rows], axis=1)
    assert classes.shape == (region.height * upscale, region.width * upscale)
    return classes, confidence, probabilities


def same(one: tuple[np.ndarray, ...], other: tuple[np.ndarray, ...]) -> bool:
    """Equal classes wherever two probabilities do not tie within a grey value; confidence within one."""
    top = np.sort(other[2].astype(int), axis=0)
    clear = top[-1] - top[-2] > 1
    return bool((one[0] == other[0])[clear].all() and np.abs(one[1].astype(int) - other[1]).max() <= 1)


@settings(max_examples=40, deadline=None)
@given(
    height=st.integers(1, 90),
    width=st.integers(1, 90),
    window=st.sampled_from([16, 32, 48]),
    share=st.floats(0, 0.9),
    blend=st.sampled_from(BLENDS),
    flips=st.sampled_from(["none", "4", "8"]),
    batch=st.integers(0, 5),
    rows=st.integers(0, 3),
    holes=st.integers(0, 2**16),
)
def test_an_identity_network_gives_back_its_input(
    height: int, width: int, window: int, share: float, blend: str, flips: str, batch: int, rows: int, holes: int
) -> None:
    classes = patchy(height, width, holes)
    valid = patchy(height, width, holes + 1, size=11) > 1
    image = np.where(valid, classes, 9999)[None]
    how = Settings(window, min(window - 1, round(window * share)), blend, flips, batch, rows)
    answer = predict(Identity(), image, how, valid)[0]
    assert np.array_equal(answer, np.where(valid, classes.astype(int) - 1, -1))


@pytest.mark.parametrize("blend", BLENDS)
@pytest.mark.parametrize("size", [(1, 1), (1, 50), (37, 1), (31, 33), (64, 65), (100, 47)])
def test_a_constant_stays_constant_up_to_the_rim(blend: str, size: tuple[int, int]) -> None:
    network = Constant([0.0, 1.0, 2.0, -1.0, 0.5])
    expected = torch.softmax(network.logits, 0).numpy()
    classes, confidence, probabilities = predict(network, np.zeros((1, *size)), Settings(32, 13, blend, "4"))
    assert (classes == 2).all()
    assert (confidence == round(254 * expected[2])).all()
    assert (probabilities == np.round(254 * expected).astype(np.uint8)[:, None, None]).all()


@pytest.fixture(scope="module")
def picture() -> np.ndarray:
    return np.random.default_rng(0).normal(0, 1, (4, 101, 87)).astype(np.float32)


@pytest.mark.parametrize("blend", BLENDS)
def test_batch_band_height_and_reading_steps_change_nothing(blend: str, picture: np.ndarray) -> None:
    base = predict(Blurry(), picture, Settings(32, 8, blend, "4", 1, 1))
    for batch, rows, step in ((3, 1, 7), (4, 2, 64), (16, 9, 1), (0, 0, 1000)):
        other = predict(
            Blurry(), picture, Settings(32, 8, blend, "4", batch, rows), source=InMemory(picture, row_step=step)
        )
        assert same(other, base), (batch, rows, step)


def whole(image: np.ndarray, valid: np.ndarray, how: Settings) -> np.ndarray:
    """Blended probabilities [K, h, w] by the definition, on whole arrays in float64; nothing of the engine's but the
    network, the windows' places and the weights of one side."""
    _, height, width = image.shape
    axes = Axis(height, how.window, how.overlap), Axis(width, how.window, how.overlap)
    down, across = (side_weights(axis, how.blend) for axis in axes)
    reach = 4 * how.window + max(height, width)
    clean = np.where(valid, image, 0.0).astype(np.float32)
    # numpy's own reflection, far enough for any window
    padded = np.pad(clean, ((0, 0), (reach, reach), (reach, reach)), "reflect")
    total = np.zeros((5, height + 2 * reach, width + 2 * reach))
    weights = np.zeros(total.shape[1:])
    network = Blurry()
    flips = {"none": [()], "4": [(), (1,), (2,), (1, 2)]}[how.flips]
    for top in axes[0].starts() + reach:
        for left in axes[1].starts() + reach:
            place = (slice(top, top + how.window), slice(left, left + how.window))
            part = padded[(slice(None), *place)]
            answers = []
            for axes_of_flip in flips:
                flipped = np.flip(part, axes_of_flip) if axes_of_flip else part
                with torch.inference_mode():
                    answer = network(torch.from_numpy(flipped.copy())[None]).double().softmax(1)[0].numpy()
                answers.append(np.flip(answer, axes_of_flip) if axes_of_flip else answer)
            answer = np.mean(answers, axis=0)
            if how.blend == "max":
                total[(slice(None), *place)] = np.maximum(total[(slice(None), *place)], answer)
                weights[place] = 1
            else:
                total[(slice(None), *place)] += answer * down[:, None] * across
                weights[place] += down[:, None] * across
    inner = (slice(reach, reach + height), slice(reach, reach + width))
    return total[(slice(None), *inner)] / weights[inner]


@settings(max_examples=30, deadline=None)
@given(
    height=st.integers(2, 70),
    width=st.integers(2, 70),
    window=st.sampled_from([16, 32]),
    share=st.floats(0, 0.75),
    blend=st.sampled_from(BLENDS),
    flips=st.sampled_from(["none", "4"]),
    batch=st.integers(0, 5),
    rows=st.integers(0, 3),
    seed=st.integers(0, 2**16),
)
def test_streaming_gives_what_the_definition_gives(
    height: int, width: int, window: int, share: float, blend: str, flips: str, batch: int, rows: int, seed: int
) -> None:
    image = np.random.default_rng(seed).normal(0, 1, (4, height, width)).astype(np.float32)
    valid = patchy(height, width, seed, size=9) > 1
    how = Settings(window, min(window - 1, round(window * share)), blend, flips, batch, rows)
    expected = whole(image, valid, how)
    classes, _, probabilities = predict(Blurry(), image, how, valid)
    assert np.array_equal(classes == -1, ~valid)
    # a window without a wanted pixel is left out, so that only wanted pixels are comparable
    assert np.abs(probabilities[:, valid] - 254 * expected[:, valid]).max(initial=0) <= 0.5 + 1e-3
    top = np.sort(expected, axis=0)
    clear = valid & (top[-1] - top[-2] > 1e-5)
    assert np.array_equal(classes[clear], expected.argmax(axis=0)[clear])


@pytest.mark.parametrize("flips", ["4", "8"])
def test_a_flip_equivariant_network_gives_the_same_with_and_without_flips(flips: str, picture: np.ndarray) -> None:
    network = Blurry(symmetric=True)
    assert same(
        predict(network, picture, Settings(32, 8, "gaussian", flips)),
        predict(network, picture, Settings(32, 8, "gaussian", "none")),
    )


def test_a_part_is_mapped_as_within_the_whole(picture: np.ndarray) -> None:
    how = Settings(32, 8, "gaussian", "none")
    whole = predict(Blurry(), picture, how)
    region = Region(41, 78, 20, 33)
    part = predict(Blurry(), picture, how, region=region)
    inside = (slice(41, 78), slice(20, 33))
    assert same(part, (whole[0][inside], whole[1][inside], whole[2][(slice(None), *inside)]))


def test_invalid_pixels_never_influence(picture: np.ndarray) -> None:
    valid = patchy(*picture.shape[1:], 3) > 2
    zeros, noise = picture.copy(), picture.copy()
    zeros[:, ~valid] = 0
    noise[:, ~valid] = -12345.0
    how = Settings(32, 8)
    one, other = predict(Blurry(), zeros, how, valid), predict(Blurry(), noise, how, valid)
    assert all(np.array_equal(a, b) for a, b in zip(one, other))
    assert ((one[0] == -1) == ~valid).all()


def test_windows_with_nothing_to_map_are_neither_read_nor_computed() -> None:
    picture = np.random.default_rng(3).normal(0, 1, (4, 400, 400)).astype(np.float32)
    mask = np.zeros((400, 400), bool)
    mask[200:210, 300:320] = True
    calls = 0

    class Counting(Blurry):
        def forward(self, x: torch.Tensor) -> torch.Tensor:
            nonlocal calls
            calls += x.shape[0]
            return super().forward(x)

    how = Settings(32, 8, "gaussian", "none")
    source = InMemory(picture)
    part = predict(Counting(), picture, how, target=Masked(mask), source=source)
    whole = predict(Blurry(), picture, how)
    assert np.array_equal(part[0][mask], whole[0][mask])
    assert (part[0][~mask] == -1).all()
    assert calls <= 6
    read = sum((r1 - r0) * (c1 - c0) for r0, r1, c0, c1 in source.reads)
    assert read <= (10 + 4 * 32) * (20 + 2 * 32)


def test_a_model_with_finer_output_gives_the_finer_grid() -> None:
    class Upscaled(Identity):
        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return super().forward(x).repeat_interleave(4, 2).repeat_interleave(4, 3)

    classes = patchy(45, 61, 5)
    valid = patchy(45, 61, 6) > 1
    fine = predict(Upscaled(), classes[None], Settings(32, 10), valid, upscale=4)[0]
    expected = np.where(valid, classes.astype(int) - 1, -1).repeat(4, 0).repeat(4, 1)
    assert np.array_equal(fine, expected)


def test_out_of_memory_halves_the_batch_and_loses_nothing(picture: np.ndarray) -> None:
    class Small(Blurry):
        def forward(self, x: torch.Tensor) -> torch.Tensor:
            if x.shape[0] > 2:
                raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB")
            return super().forward(x)

    told: list[int] = []
    affine = BandAffine(np.zeros(4, np.float32), np.ones(4, np.float32), -1e6, 1e6)
    stitcher = Stitcher(
        backend(Small()), Settings(32, 8, batch=16), affine, 101, 87, Region(0, 101, 0, 87), True, told.append
    )
    rows: list[Rows] = []
    run_pipeline(lambda: InMemory(picture), Everything(87), stitcher, rows.append, JobContext())
    assert told[-1] in (1, 2)
    base = predict(Blurry(), picture, Settings(32, 8, batch=1))
    assert np.array_equal(np.concatenate([r.winner for r in rows]), base[0])


def test_too_little_memory_for_one_window_is_said(picture: np.ndarray) -> None:
    class Never(Blurry):
        def forward(self, x: torch.Tensor) -> torch.Tensor:
            raise torch.OutOfMemoryError("out of memory")

    with pytest.raises(UrbanGrainError) as caught:
        predict(Never(), picture, Settings(32, 8, batch=4))
    assert caught.value.code == "device.out_of_memory"


class Wrong(nn.Module):
    def __init__(self, change: Any) -> None:
        super().__init__()
        self.change = change

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.change(x[:, :1].expand(-1, 5, -1, -1).clone())


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda y: y[:, :3], "shape"),
        (lambda y: y[..., 1:], "shape"),
        (lambda y: y * float("nan"), "NaN"),
        (lambda y: y.index_fill(3, torch.tensor([5]), float("inf")), "NaN"),
    ],
)
def test_an_unusable_answer_is_refused(change: Any, problem: str, picture: np.ndarray) -> None:
    with pytest.raises(UrbanGrainError, match=problem) as caught:
        predict(Wrong(change), picture, Settings(32, 8))
    assert caught.value.code == "model.bad_output"


def test_the_first_exception_of_any_thread_wins_and_all_stop(picture: np.ndarray) -> None:
    affine = BandAffine(np.zeros(4, np.float32), np.ones(4, np.float32), -1e6, 1e6)
    stitcher = Stitcher(backend(Blurry()), Settings(32, 8), affine, 101, 87, Region(0, 101, 0, 87))

    def broken(rows: Rows) -> None:
        raise UrbanGrainError("file.not_writable", path="x", reason="No space left on device")

    with pytest.raises(UrbanGrainError) as caught:
        run_pipeline(lambda: InMemory(picture), Everything(87), stitcher, broken, JobContext())
    assert caught.value.code == "file.not_writable"


def test_a_cancelled_job_answers_while_the_device_is_busy(picture: np.ndarray) -> None:
    import threading
    import time

    busy = threading.Event()

    class Slow(Blurry):
        def forward(self, x: torch.Tensor) -> torch.Tensor:
            busy.set()
            time.sleep(3)
            return super().forward(x)

    context = JobContext()
    affine = BandAffine(np.zeros(4, np.float32), np.ones(4, np.float32), -1e6, 1e6)
    stitcher = Stitcher(backend(Slow()), Settings(32, 8), affine, 101, 87, Region(0, 101, 0, 87))
    asked: list[float] = []

    def stop() -> None:
        busy.wait(10)
        asked.append(time.monotonic())
        context.cancelled.set()

    threading.Thread(target=stop).start()
    with pytest.raises(JobCancelled):
        run_pipeline(lambda: InMemory(picture), Everything(87), stitcher, lambda rows: None, context)
    assert time.monotonic() - asked[0] < 0.5


def test_a_device_that_is_not_there_is_never_replaced() -> None:
    with pytest.raises(UrbanGrainError) as caught:
        backends.choose_device("cuda:97")
    assert caught.value.code == "device.unavailable"
    assert "cpu" in caught.value.values["available"]
    assert backends.choose_device("cpu").type == "cpu"


def test_bf16_is_chosen_only_where_the_cpu_has_it(tmp_path: Any) -> None:
    info = tmp_path / "cpuinfo"
    info.write_text("flags : fpu sse avx2 avx512f\n")
    assert not backends.cpu_has_bf16(info)
    info.write_text("flags : fpu avx512f avx512_bf16\n")
    assert backends.cpu_has_bf16(info)
    assert not backends.cpu_has_bf16(tmp_path / "missing")
    assert backends.choose_precision("fp32", torch.device("cpu")) == "fp32"


def test_bf16_maps_as_fp32_does_where_classes_do_not_tie(picture: np.ndarray) -> None:
    x = torch.from_numpy(picture[None, :, :96, :80].copy())
    full = backends.TorchBackend(Blurry(), 5, device="cpu", precision="fp32").predict(x)
    half = backends.TorchBackend(Blurry(), 5, device="cpu", precision="bf16").predict(x)
    assert (full - half).abs().max() < 0.05
    top = full.topk(2, dim=1).values
    clear = top[:, 0] - top[:, 1] > 0.1
    assert clear.float().mean() > 0.8
    assert torch.equal(full.argmax(1)[clear], half.argmax(1)[clear])
