"""Batches side by side: order, memory, failures; and batch normalisation folded away."""

from __future__ import annotations

import threading
import time
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from urbangrain.engine.context import JobContext
from urbangrain.engine.errors import UrbanGrainError
from urbangrain.engine.inference import backends, lanes
from urbangrain.engine.inference.backends import TorchBackend
from urbangrain.engine.inference.lanes import Lanes
from urbangrain.engine.inference.pipeline import Everything, run_pipeline
from urbangrain.engine.inference.settings import Settings
from urbangrain.engine.inference.several import SeveralBackends
from urbangrain.engine.inference.stitch import Rows, Stitcher
from urbangrain.engine.inference.windows import Region
from urbangrain.engine.models.fold import fold_batch_norm
from urbangrain.engine.raster.scaling import BandAffine

SIZE = 120


@pytest.mark.parametrize(("threads", "expected"), [(1, (1, 1)), (2, (2, 1)), (7, (2, 3)), (16, (2, 8))])
def test_threads_are_divided_among_lanes(threads: int, expected: tuple[int, int]) -> None:
    assert lanes.split(threads) == expected


def test_lanes_run_side_by_side_and_prepare_their_threads() -> None:
    both = threading.Barrier(2, timeout=10)
    entered: list[threading.Thread] = []
    two: Lanes[int] = Lanes(2, lambda number: entered.append(threading.current_thread()))
    answers = [two.submit(both.wait) for _ in range(2)]  # passes only if both are under way at once
    assert sorted(f.result(timeout=10) for f in answers) == [0, 1]
    failed = two.submit(lambda: 1 // 0)
    assert isinstance(failed.exception(timeout=10), ZeroDivisionError)
    assert two.submit(lambda: 3).result(timeout=10) == 3, "a failure does not end a lane"
    assert len(set(entered)) == 2
    two.close()
    deadline = time.monotonic() + 10
    while any(thread.is_alive() for thread in entered):
        assert time.monotonic() < deadline, "closed lanes end"
        time.sleep(0.01)


class Sums(nn.Module):
    """Mean of a neighbourhood as five logits; the first windows take longest, so that later ones overtake them."""

    def __init__(self, limit: int = 10**9, alone: bool = False) -> None:
        super().__init__()
        self.limit, self.alone, self.lock = limit, alone, threading.Lock()
        self.calls = self.inside = self.most = 0

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        with self.lock:
            self.calls += 1
            self.inside += 1
            self.most = max(self.most, self.inside)
            slow = self.calls % 2
            crowded = self.alone and self.inside > 1
        try:
            time.sleep(0.02 * slow)
            if crowded or x.shape[0] > self.limit:
                raise torch.OutOfMemoryError("out of memory")
            mean = nn.functional.avg_pool2d(x[:, :1], 5, 1, 2)
            return torch.cat([torch.sin(mean * k) for k in range(1, 6)], dim=1)
        finally:
            with self.lock:
                self.inside -= 1


def mapped(
    network: nn.Module | None, count: int, batch: int = 1, told: list[int] | None = None, backend: Any = None
) -> np.ndarray:
    """Probabilities of a fixed picture, [K, h, w]."""
    picture = np.random.default_rng(5).normal(0, 2, (1, SIZE, SIZE)).astype(np.float32)

    class Source:
        row_step = 16

        def __enter__(self) -> Source:
            return self

        def __exit__(self, *exc: Any) -> None:
            return None

        def read(self, row0: int, row1: int, col0: int, col1: int) -> tuple[np.ndarray, np.ndarray]:
            return picture[:, row0:row1, col0:col1].copy(), np.ones((row1 - row0, col1 - col0), bool)

    if backend is None:
        backend = TorchBackend(network, 5, device="cpu", precision="fp32", threads=count)
        backend.lanes = count
    affine = BandAffine(np.zeros(1, np.float32), np.ones(1, np.float32), -1e6, 1e6)
    how = Settings(32, 12, "gaussian", "none", batch)
    stitcher = Stitcher(
        backend, how, affine, SIZE, SIZE, Region(0, SIZE, 0, SIZE), True, (told if told is not None else []).append
    )
    rows: list[Rows] = []
    run_pipeline(Source, Everything(SIZE), stitcher, rows.append, JobContext())
    return np.concatenate([r.probabilities for r in rows if r.probabilities is not None], axis=1)


def test_lanes_that_overtake_each_other_give_the_very_same_map() -> None:
    one, two = Sums(), Sums()
    expected = mapped(one, 1)
    found = mapped(two, 2)
    assert two.most == 2, "two batches were under way at once"
    assert np.array_equal(expected, found)


def test_memory_for_one_batch_at_a_time_is_enough_and_the_batch_stays() -> None:
    told: list[int] = []
    network = Sums(alone=True)
    found = mapped(network, 2, 4, told)
    assert told == [], "a batch that fits alone is not halved"
    assert np.array_equal(found, mapped(Sums(), 1, 4))


def test_a_batch_too_large_for_memory_is_halved_and_nothing_is_lost() -> None:
    told: list[int] = []
    found = mapped(Sums(limit=3), 2, 16, told)
    assert told
    assert told[-1] in (2, 3)
    assert np.abs(found.astype(int) - mapped(Sums(), 1, 16)).max() <= 1


def test_a_failure_in_a_lane_ends_the_job_with_that_failure() -> None:
    class Broken(Sums):
        def forward(self, x: torch.Tensor) -> torch.Tensor:
            answer = super().forward(x)
            return answer * float("nan") if self.calls > 7 else answer

    with pytest.raises(UrbanGrainError) as caught:
        mapped(Broken(), 2)
    assert caught.value.code == "model.bad_output"


class Normalised(nn.Module):
    """Convolutions with batch normalisation; ``twice`` uses one convolution's answer beside its normalised form."""

    def __init__(self, twice: bool) -> None:
        super().__init__()
        self.first = nn.Sequential(nn.Conv2d(3, 8, 3, padding=1, bias=False), nn.BatchNorm2d(8), nn.ReLU())
        self.conv, self.norm = nn.Conv2d(8, 4, 1), nn.BatchNorm2d(4, affine=False)
        self.twice = twice
        for module in (self.first[1], self.norm):
            module.running_mean = torch.linspace(-2, 2, module.num_features)
            module.running_var = torch.linspace(0.2, 3, module.num_features)
        self.eval().requires_grad_(False)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        plain = self.conv(self.first(x))
        return self.norm(plain) + plain if self.twice else self.norm(plain)


def test_folding_changes_nothing_but_the_number_of_layers() -> None:
    torch.manual_seed(0)
    network, x = Normalised(False), torch.randn(2, 3, 16, 16)
    before = network(x)
    assert fold_batch_norm(network, torch.randn(1, 3, 8, 8)) == 2
    assert not any(isinstance(m, nn.BatchNorm2d) for m in network.modules())
    assert torch.allclose(network(x), before, atol=1e-5)


def test_a_network_that_cannot_be_folded_is_left_as_it_was() -> None:
    torch.manual_seed(0)
    network, x = Normalised(True), torch.randn(2, 3, 16, 16)
    before = network(x)
    assert fold_batch_norm(network, torch.randn(1, 3, 8, 8)) == 0
    assert sum(isinstance(m, nn.BatchNorm2d) for m in network.modules()) == 2
    assert torch.equal(network(x), before)


def test_the_bundled_model_is_folded_when_it_is_kept_warm() -> None:
    from urbangrain.engine.models.load import load_network, warm_network
    from urbangrain.engine.models.registry import resolve

    card = resolve("landcover")
    plain, warm = load_network(card), warm_network(card)
    count = [sum(isinstance(m, nn.BatchNorm2d) for m in n.modules()) for n in (plain, warm)]
    assert count[1] < count[0] / 10
    x = torch.randn(1, 4, 128, 96, generator=torch.Generator().manual_seed(1))
    one, two = (torch.softmax(n(x)[0] if isinstance(n(x), tuple) else n(x), 1) for n in (plain, warm))
    assert float((one - two).abs().max()) < 1e-4


class Place(TorchBackend):
    """A backend that counts its batches and stands for a device of its own."""

    def __init__(self, network: nn.Module, name: str) -> None:
        super().__init__(network, 5, device="cpu", precision="fp32", threads=1)
        self.device_name, self.batches, self.threads_seen = name, 0, set()

    def predict(self, batch: torch.Tensor) -> torch.Tensor:
        self.batches += 1
        self.threads_seen.add(threading.current_thread().name)
        return super().predict(batch)


def test_several_devices_share_the_batches_and_give_the_same_map() -> None:
    places = [Place(Sums(), "cuda:0 A"), Place(Sums(), "cuda:1 B"), Place(Sums(), "cuda:2 C")]
    several = SeveralBackends(places)
    assert several.lanes == 3
    assert several.device_name == "cuda:0 A, cuda:1 B, cuda:2 C"
    found = mapped(None, 3, backend=several)
    assert np.array_equal(found, mapped(Sums(), 1))
    assert all(place.batches > 1 for place in places)
    assert [len(place.threads_seen) for place in places] == [1, 1, 1], "a lane keeps to its device"
    several.close()
    with pytest.raises(AssertionError):
        places[2].predict(torch.zeros(1, 1, 32, 32))


@pytest.mark.parametrize("device", ["cuda:0,1", "cuda:0,0", "all"])
def test_devices_that_are_not_there_are_never_replaced(device: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: device == "cuda:0,0")
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 1)
    monkeypatch.setattr(torch.cuda, "get_device_name", lambda i: "A")
    with pytest.raises(UrbanGrainError) as caught:
        backends.choose_devices(device)
    assert caught.value.code == "device.unavailable"


def test_devices_are_chosen_by_number_or_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 3)
    assert [str(d) for d in backends.choose_devices("cuda:2,0")] == ["cuda:2", "cuda:0"]
    assert [str(d) for d in backends.choose_devices("all")] == ["cuda:0", "cuda:1", "cuda:2"]
    assert [str(d) for d in backends.choose_devices("cpu")] == ["cpu"]
