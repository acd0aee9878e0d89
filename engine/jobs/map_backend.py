"""What runs the network of a map job: torch or ONNX Runtime, the one asked for or the faster one.

A model of ours has torch weights. ONNX Runtime needs a file that is made from them (some seconds, kept in the user's
cache folder), so that it is tried only where the map is large enough to pay for it. What a trial found is remembered.
"""

from __future__ import annotations

import dataclasses
import importlib.metadata
import logging
import platform
from pathlib import Path

import torch
from torch import nn

from urbangrain.engine.context import JobContext
from urbangrain.engine.errors import UrbanGrainError
from urbangrain.engine.inference import trial
from urbangrain.engine.inference.backends import (
    THREADS,
    Backend,
    TorchBackend,
    choose_devices,
    first_batch,
    names_several,
)
from urbangrain.engine.inference.onnx_backend import OnnxBackend
from urbangrain.engine.inference.onnx_session import find_gpu, graph_precision
from urbangrain.engine.inference.rates import cache_folder, network_rate, remember_trial, trial_rates
from urbangrain.engine.inference.settings import settings_of
from urbangrain.engine.inference.several import SeveralBackends
from urbangrain.engine.models.card import ModelCard
from urbangrain.engine.models.load import warm_network
from urbangrain.engine.models.onnx_export import cached_onnx
from urbangrain.engine.protocol import MapJob

from .map_plan import Plan

WORTH_S = 120.0
"""Seconds that torch would take for a map before a trial of ONNX Runtime is worth its price."""

SLOWEST = 1e5
"""Output pixels a second below which hardly any machine's torch falls; says which maps are too small for a trial."""

_PACKAGES = ("onnxruntime", "onnxruntime-gpu", "onnxruntime-directml")
_BOTH = ("torch", "onnxruntime")
_NAMES = {"torch": "PyTorch", "onnxruntime": "ONNX Runtime"}
_LOG = logging.getLogger(__name__)


def make_backend(job: MapJob, plan: Plan, context: JobContext) -> Backend:
    """Load the model onto the job's device.

    Raises
    ------
    UrbanGrainError
        ``backend.unavailable`` for a backend that was asked for by name and cannot run the model here, and what loading
        a model raises.
    """
    card = plan.card
    backend: Backend
    if card.weights.suffix.lower() == ".onnx":
        if job.backend == "torch":
            raise _unavailable("torch", card, "an ONNX file runs in ONNX Runtime alone")
        if card.assumed:
            context.remark("note.onnx_assumed", "warning", model=card.id, what=", ".join(card.assumed))
        _refuse_several(job, card)
        given = dataclasses.replace(card, window=settings_of(job, card).window)
        backend = OnnxBackend(given, job.device, job.threads, _engine_folder())
    elif job.backend == "onnxruntime":
        _refuse_several(job, card)
        backend = _as_onnx(job, plan, warm_network(card), job.device, _engine_folder())
    else:
        devices = choose_devices(job.device)
        if len(devices) > 1:
            backend = SeveralBackends([_as_torch(job, card, str(device)) for device in devices])
        else:
            backend = _as_torch(job, card, str(devices[0]) if names_several(job.device) else job.device)
            context.check()
            if job.backend == "auto":
                backend = _faster(job, plan, backend, context)
    if isinstance(backend, OnnxBackend) and backend.missing:
        severity = "warning" if backend.provider == "CPU" else "info"
        asked = ", ".join(backend.missing)
        context.remark("note.provider_missing", severity, asked=asked, used=backend.provider)
    elif job.device == "auto" and backend.device_name == "cpu":
        context.remark("note.cpu_fallback")
    return backend


def one_backend(card: ModelCard, device: str, precision: str) -> Backend:
    """Load a model onto one device, without trials: the first one where ``device`` stands for several.

    Raises
    ------
    UrbanGrainError
        What loading a model raises.
    """
    if names_several(device):
        device = str(choose_devices(device)[0])
    if card.weights.suffix.lower() == ".onnx":
        return OnnxBackend(card, device)
    return TorchBackend(warm_network(card), len(card.classes), card.upscale, card.id, device, precision)


def _as_torch(job: MapJob, card: ModelCard, device: str) -> TorchBackend:
    network = warm_network(card)
    return TorchBackend(network, len(card.classes), card.upscale, card.id, device, job.precision, job.threads)


def _refuse_several(job: MapJob, card: ModelCard) -> None:
    if names_several(job.device):
        raise _unavailable("onnxruntime", card, f"it runs there on one device, not on {job.device}")


def _engine_folder() -> Path:
    return cache_folder() / "tensorrt"


def _as_onnx(
    job: MapJob, plan: Plan, network: nn.Module, device: str, tensorrt: Path | None = None, precision: str = ""
) -> OnnxBackend:
    """Run a torch network in ONNX Runtime.

    In fp16 on a GPU, unless the job or ``precision`` says otherwise; `OnnxBackend` knows ``device`` and ``tensorrt``.
    """
    precision = precision or graph_precision(job.precision, find_gpu(device))
    if job.precision not in ("auto", precision):
        raise _unavailable("onnxruntime", plan.card, f"it runs there in {precision}, not in {job.precision}")
    window = settings_of(job, plan.card).window
    try:
        card = cached_onnx(cache_folder() / "onnx", network, plan.card, window, precision)
    except UrbanGrainError:
        raise
    except Exception as error:  # torch's exporter has many ways to say that it does not know a network
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise _unavailable("onnxruntime", plan.card, f"its ONNX form could not be made ({reason})") from error
    backend = OnnxBackend(card, device, job.threads, tensorrt)
    if backend.provider == "CPU" and precision == "fp16":  # the GPU did not come up, and a CPU has no fp16 to gain from
        missing = backend.missing
        backend.close()
        backend = _as_onnx(job, plan, network, "cpu", precision="fp32")
        backend.missing = missing
    return backend


def _faster(job: MapJob, plan: Plan, ours: TorchBackend, context: JobContext) -> Backend:
    """Return ``ours``, or ONNX Runtime with the same network where that was measured to be faster here.

    TensorRT is left to those who ask for ONNX Runtime: building its engines takes longer than most maps.
    """
    name = _trial_name(job, plan, ours)
    if name is None:
        return ours
    settings = settings_of(job, plan.card)
    bands = len(plan.card.bands)
    batch = job.batch or first_batch(ours.device, settings.window, bands, ours.classes, ours.upscale)
    rates = trial_rates(name, _BOTH)
    known = network_rate(plan.card.weights_sha256, ours.device_name)
    theirs: OnnxBackend | None = None
    # The very same GPU; a torch without CUDA says nothing about ONNX Runtime.
    device = job.device if ours.device.type == "cpu" else str(ours.device)
    try:
        if rates is None:
            if _pixels(plan) * settings.passes / (known or SLOWEST / ours.upscale**2) < WORTH_S:
                return ours
            own = trial.rate(ours, bands, settings.window, batch, context.check)
            if _pixels(plan) * settings.passes / own < WORTH_S:
                return ours
            theirs = _as_onnx(job, plan, warm_network(plan.card), device)
            rates = {"torch": own, "onnxruntime": trial.rate(theirs, bands, settings.window, batch, context.check)}
            remember_trial(name, rates)
        chosen = trial.faster("torch", rates)
        if chosen == "onnxruntime" and theirs is None:
            theirs = _as_onnx(job, plan, warm_network(plan.card), device)
    except (UrbanGrainError, MemoryError) as error:
        # Nobody asked for ONNX Runtime: what it cannot do, torch does.
        _LOG.warning("ONNX Runtime was tried and not used: %s", error)
        return ours
    other = next(one for one in _BOTH if one != chosen)
    context.remark(
        "note.backend_chosen",
        backend=_NAMES[chosen],
        rate=float(f"{rates[chosen] / 1e6:.2g}"),
        other=_NAMES[other],
        other_rate=float(f"{rates[other] / 1e6:.2g}"),
    )
    if chosen == "torch" or theirs is None:
        if theirs is not None:
            theirs.close()
        return ours
    ours.close()
    return theirs


def _trial_name(job: MapJob, plan: Plan, ours: TorchBackend) -> str | None:
    """Name a trial by all that its outcome depends on; None where ONNX Runtime need not be tried."""
    version = next((f"{p} {v}" for p in _PACKAGES if (v := _version(p))), None)
    both = ("auto", "fp32", "fp16") if ours.device.type == "cuda" else ("auto", "fp32")
    if version is None or job.precision not in both:
        return None
    if ours.device.type == "cuda":
        import onnxruntime

        if "CUDAExecutionProvider" not in onnxruntime.get_available_providers():
            return None
    parts = [
        plan.card.weights_sha256,
        ours.device_name,
        ours.precision,
        str(settings_of(job, plan.card).window),
        str(job.threads or THREADS),
        platform.processor() or platform.machine(),
        f"torch {torch.__version__}",
        version,
    ]
    return "trial|" + "|".join(parts)


def _pixels(plan: Plan) -> float:
    return plan.area.pixels() if plan.area is not None else float(plan.region.height * plan.region.width)


def _version(package: str) -> str | None:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None


def _unavailable(backend: str, card: ModelCard, problem: str) -> UrbanGrainError:
    return UrbanGrainError("backend.unavailable", backend=_NAMES[backend], model=card.id, problem=problem)
