"""ONNX Runtime as on a machine with GPUs: real sessions on the CPU that say they are somewhere else."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

import onnxruntime
import pytest
import torch

from urbangrain.engine.inference.onnx_session import CPU, CUDA, TENSORRT

REAL_SESSION = onnxruntime.InferenceSession


@dataclass
class Seen:
    """What was asked of the stand-ins: sessions by their providers, addresses bound, streams waited for, runs."""

    asked: list[list[str]] = field(default_factory=list)
    options: dict[str, dict[str, str]] = field(default_factory=dict)
    inputs: list[tuple[str, int, tuple[int, ...], int]] = field(default_factory=list)
    outputs: list[tuple[Any, ...]] = field(default_factory=list)
    waited: list[Any] = field(default_factory=list)


class StandInBinding:
    """Binds on the CPU whatever device is named, and keeps what was named."""

    def __init__(self, binding: Any, seen: Seen) -> None:
        self.real, self._seen = binding, seen

    def bind_input(self, name: str, kind: str, number: int, dtype: Any, shape: tuple[int, ...], address: int) -> None:
        self._seen.inputs.append((kind, number, shape, address))
        self.real.bind_input(name, "cpu", 0, dtype, shape, address)

    def bind_output(self, name: str, kind: str, number: int = 0, *rest: Any) -> None:
        self._seen.outputs.append((kind, number, *rest[1:]))
        self.real.bind_output(name, "cpu", 0, *rest)

    def get_outputs(self) -> list[Any]:
        return self.real.get_outputs()


class StandInSession:
    """A session on the CPU that has the providers that were asked for, but for broken ones.

    A provider in ``silent`` is left out without a word, one in ``loud`` raises.
    """

    def __init__(
        self, seen: Seen, silent: Collection[str], loud: Collection[str], path: str, options: Any, providers: list[Any]
    ) -> None:
        names = [one[0] for one in providers]
        seen.asked.append(names)
        seen.options.update({one[0]: one[1] for one in providers})
        if names[0] in loud:
            raise RuntimeError(f"{names[0]} lacks a library")
        self._providers = [name for name in names if name not in silent]
        self._real, self._seen = REAL_SESSION(path, options, providers=[CPU]), seen

    def get_providers(self) -> list[str]:
        return self._providers

    def io_binding(self) -> StandInBinding:
        return StandInBinding(self._real.io_binding(), self._seen)

    def run_with_iobinding(self, binding: StandInBinding) -> None:
        self._real.run_with_iobinding(binding.real)


def pretend_gpu(
    monkeypatch: pytest.MonkeyPatch,
    torch_sees_it: bool = False,
    available: Collection[str] = (TENSORRT, CUDA, CPU),
    silent: Collection[str] = (),
    loud: Collection[str] = (),
    capability: int = 8,
) -> Seen:
    """Let ONNX Runtime have these providers, and torch two GPUs of a compute capability or none."""
    seen = Seen()

    def session(path: str, options: Any, providers: list[Any], enable_fallback: int) -> StandInSession:
        assert enable_fallback == 0  # ONNX Runtime's own way out prints a line and goes on with the CPU
        return StandInSession(seen, silent, loud, path, options, providers)

    class Stream:
        def __init__(self, number: int) -> None:
            self.number = number

        def synchronize(self) -> None:
            seen.waited.append((self.number, len(seen.inputs)))

    monkeypatch.setattr(onnxruntime, "get_available_providers", lambda: list(available))
    monkeypatch.setattr(onnxruntime, "InferenceSession", session)
    monkeypatch.setattr(torch.cuda, "is_available", lambda: torch_sees_it)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 2 if torch_sees_it else 0)
    monkeypatch.setattr(torch.cuda, "mem_get_info", lambda device: ((3 + int(str(device)[-1])) << 30, 8 << 30))
    monkeypatch.setattr(torch.cuda, "get_device_name", lambda device: "Toy GPU")
    monkeypatch.setattr(torch.cuda, "get_device_capability", lambda device: (capability, 0))
    monkeypatch.setattr(torch.cuda, "current_stream", Stream)
    return seen


def spied(path: str, seen: Seen | None = None) -> tuple[StandInSession, Seen]:
    """Return a real session on the CPU, and what is asked of it."""
    seen = seen or Seen()
    return StandInSession(seen, (), (), path, onnxruntime.SessionOptions(), [(CPU, {})]), seen
