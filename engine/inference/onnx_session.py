"""Sessions of ONNX Runtime: which execution provider is asked for, and which one really came up.

ONNX Runtime goes on with the next provider when one does not start, and at most prints a line. Here each provider is
asked for by itself, so that the one that runs is known and the ones that failed can be told.
"""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from urbangrain.engine.errors import UrbanGrainError

from .backends import choose_device

CPU, CUDA, TENSORRT = "CPUExecutionProvider", "CUDAExecutionProvider", "TensorrtExecutionProvider"

PROVIDERS = {CPU: "CPU", CUDA: "CUDA", TENSORRT: "TensorRT"}
"""Providers that are used, by ONNX Runtime's name, as people know them."""

KEPT = 8
"""Folders of TensorRT engines that are kept; those that were not used for longest go first."""

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Gpu:
    """A CUDA device by its number; ``seen`` says that torch sees it too, so that batches can lie on it."""

    number: int
    seen: bool


@dataclass(frozen=True)
class Engines:
    """TensorRT's compiled engines.

    Attributes
    ----------
    folder : Path
        Where they are kept, for this network in this precision alone: TensorRT's own names tell neither weights nor
        precision apart.
    source : str
        Name of the network's input.
    shape : tuple of int or None
        Its shape [n, C, h, w]; n is None where it is free, and an engine is then built for 1 to ``most``.
    most : int
        Windows at once.
    half : bool
        The network computes in fp16.
    """

    folder: Path
    source: str
    shape: tuple[int | None, int, int, int]
    most: int
    half: bool


@dataclass(frozen=True)
class Started:
    """A session that came up.

    Attributes
    ----------
    session : onnxruntime.InferenceSession
    provider : str
        The first provider of the session: 'CPU', 'CUDA' or 'TensorRT'.
    missing : tuple of str
        Providers that should have come before it and did not start.
    """

    session: Any
    provider: str
    missing: tuple[str, ...]


def find_gpu(device: str) -> Gpu | None:
    """Return the GPU that a job's device means, or None for the CPU.

    Raises
    ------
    UrbanGrainError
        ``device.unavailable`` for a device that was named and is not there.
    """
    import onnxruntime

    if device == "cpu":
        return None
    has_cuda = CUDA in onnxruntime.get_available_providers()
    if torch.cuda.is_available():
        chosen = choose_device(device)
        if device != "auto" and not has_cuda:
            raise UrbanGrainError("device.unavailable", device=device, available="cpu")
        return Gpu(chosen.index, True)
    if has_cuda:  # a torch for the CPU beside an ONNX Runtime for GPUs
        return Gpu(int(device.partition(":")[2] or 0), False)
    if device != "auto":
        raise UrbanGrainError("device.unavailable", device=device, available="cpu")
    return None


def graph_precision(precision: str, gpu: Gpu | None) -> str:
    """Precision in which a network of ours is exported: fp16 for GPUs with tensor cores, or where it was asked for.

    Returns
    -------
    str
        'fp16' or 'fp32'. On the CPU always the latter: ONNX Runtime has hardly any fp16 kernels there.
    """
    if gpu is None or precision not in ("auto", "fp16"):
        return "fp32"
    if precision == "fp16":
        return "fp16"
    return "fp16" if gpu.seen and torch.cuda.get_device_capability(gpu.number)[0] >= 7 else "fp32"


def start(path: Path, gpu: Gpu | None, pool: int, engines: Engines | None = None) -> Started:
    """Start a session on the best provider that comes up: TensorRT, CUDA, CPU.

    Parameters
    ----------
    path : Path
        A file that `read_onnx` has let pass.
    gpu : Gpu or None
        None asks for the CPU alone.
    pool : int
        Threads for the work within an operator on the CPU, the calling one counted.
    engines : Engines, optional
        Without it TensorRT is not asked for.

    Raises
    ------
    UrbanGrainError
        ``model.weights_damaged`` when not even the CPU's provider takes the file.
    """
    import onnxruntime

    there = onnxruntime.get_available_providers()
    wanted = [CPU] if gpu is None else [CUDA, CPU]
    if gpu is not None and engines is not None and TENSORRT in there:
        wanted.insert(0, TENSORRT)
    missing: list[str] = []
    for i, name in enumerate(wanted):
        providers = [(one, _provider_options(one, gpu, engines)) for one in wanted[i:] if one in there]
        if name in there:
            try:
                session = onnxruntime.InferenceSession(
                    str(path), _session_options(name, pool), providers=providers, enable_fallback=0
                )
            except Exception as error:
                if name == CPU:
                    problem = str(error).strip().splitlines()[0]
                    raise UrbanGrainError("model.weights_damaged", path=str(path), problem=problem) from error
                _LOG.warning("%s did not start: %s", name, error)
            else:
                if session.get_providers()[0] == name:
                    return Started(session, PROVIDERS[name], tuple(missing))
                _LOG.warning("%s did not start; ONNX Runtime has %s instead", name, session.get_providers())
        missing.append(PROVIDERS[name])
    raise UrbanGrainError("model.weights_damaged", path=str(path), problem="no execution provider of ONNX Runtime runs")


def _session_options(provider: str, pool: int) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = pool
    # Working threads that spin between batches would take the cores from reading, blending and writing.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    if provider == CPU:
        # The plan of a run's memory is one large block that each lane asks for anew with each batch. Without it the
        # lanes share the arena's small blocks: 0.24 GB less for the light HRNet-OCR, and no slower.
        options.enable_mem_pattern = False
    return options


def _provider_options(provider: str, gpu: Gpu | None, engines: Engines | None) -> dict[str, str]:
    if gpu is None or provider == CPU:
        return {}
    options = {"device_id": str(gpu.number)}
    if provider == CUDA:
        # torch allocates on the same device, so no more is taken than is needed; and the last batch of a band is often
        # a smaller one, for which all algorithms of all convolutions would be timed anew.
        return {**options, "arena_extend_strategy": "kSameAsRequested", "cudnn_conv_algo_search": "HEURISTIC"}
    assert engines is not None
    folder = str(engines.folder)
    options |= {
        "trt_engine_cache_enable": "1",
        "trt_engine_cache_path": folder,
        "trt_timing_cache_enable": "1",
        "trt_timing_cache_path": folder,
        "trt_fp16_enable": "1" if engines.half else "0",
    }
    if engines.shape[0] is None:
        for kind, count in (("min", 1), ("opt", engines.most), ("max", engines.most)):
            sides = "x".join(map(str, (count, *engines.shape[1:])))
            options[f"trt_profile_{kind}_shapes"] = f"{engines.source}:{sides}"
    return options


def engine_folder(root: Path, name: str) -> Path:
    """Make the folder ``name`` for one network's engines under ``root``, and let the oldest beyond `KEPT` go.

    Raises
    ------
    OSError
        When it cannot be made.
    """
    folder = root / name
    folder.mkdir(parents=True, exist_ok=True)
    os.utime(folder)
    with contextlib.suppress(OSError):
        folders = sorted((f for f in root.iterdir() if f.is_dir()), key=lambda f: f.stat().st_mtime, reverse=True)
        for old in folders[KEPT:]:
            shutil.rmtree(old, ignore_errors=True)
    return folder
