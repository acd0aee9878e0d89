"""Devices that turn windows into probabilities or numbers. Everything above this file is the same for each of them."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Protocol

import torch
from torch import nn

from urbangrain.engine.errors import UrbanGrainError
from urbangrain.engine.memory import keep_freed_memory

from . import lanes

THREADS = torch.get_num_threads()
"""Threads that a job on the CPU takes where it is not told how many: asked once, before any job changes it."""

DTYPES = {"fp32": torch.float32, "bf16": torch.bfloat16, "fp16": torch.float16}


class Backend(Protocol):
    """What the pipeline needs of a network on a device.

    Attributes
    ----------
    name : str
        'torch' or 'onnxruntime'.
    device : torch.device
        Where batches must lie.
    device_name : str
        The device that really runs, for people: 'cpu', 'cuda:0 NVIDIA ...'.
    precision : str
        'fp32', 'bf16' or 'fp16'.
    classes : int
        Output channels: one a class, or one a band of values.
    upscale : int
    lanes : int
        Batches that may be predicted at the same time, each in a thread of its own.
    """

    name: str
    device: torch.device
    device_name: str
    precision: str
    classes: int
    upscale: int
    lanes: int

    def enter_lane(self, number: int = 0) -> None:
        """Prepare the calling thread to be lane ``number``; a thread calls it before its first `predict`."""
        ...

    def predict(self, batch: torch.Tensor) -> torch.Tensor:
        """Probabilities float32 [n, K, h * u, w * u] of scaled windows float32 [n, C, h, w] on ``device``.

        Of a model that gives numbers they are those numbers, without bounds.
        """
        ...

    def close(self) -> None:
        """Give the device's memory back."""
        ...


class TorchBackend:
    """A torch network on the CPU or one CUDA device.

    Parameters
    ----------
    network : torch.nn.Module
        In eval mode it gives logits [n, K, h * upscale, w * upscale].
    classes, upscale : int
    model : str
        Named in errors.
    device, precision : str
    threads : int
        As in `MapJob`.
    """

    name = "torch"

    def __init__(
        self,
        network: nn.Module,
        classes: int,
        upscale: int = 1,
        model: str = "?",
        device: str = "auto",
        precision: str = "auto",
        threads: int = 0,
    ) -> None:
        self.device = choose_device(device)
        self.lanes, self._threads = lanes.split(threads or THREADS)
        if self.device.type == "cpu":
            keep_freed_memory()
        else:
            self.lanes = 1  # a device of its own is kept busy by one thread that only waits for it
        self.device_name = describe_device(self.device)
        self.precision = choose_precision(precision, self.device)
        self.classes, self.upscale, self._model = classes, upscale, model
        try:
            self._network: nn.Module | None = network.to(self.device).eval().requires_grad_(False)
            self._network.to(memory_format=torch.channels_last)  # type: ignore[union-attr, call-overload]
        except torch.OutOfMemoryError as error:
            raise UrbanGrainError("device.out_of_memory", device=self.device_name, window=0) from error
        except RuntimeError as error:
            raise UrbanGrainError("device.lost", device=self.device_name, reason=_first_line(error)) from error

    def enter_lane(self, number: int = 0) -> None:
        """Divide the job's threads evenly: torch keeps their number for each thread apart."""
        torch.set_num_threads(self._threads)

    @torch.inference_mode()
    def predict(self, batch: torch.Tensor) -> torch.Tensor:
        """See `Backend.predict`; raises ``model.bad_output`` for wrong shapes and numbers that are not finite."""
        assert self._network is not None, "the backend is closed"
        n, _, height, width = batch.shape
        batch = batch.contiguous(memory_format=torch.channels_last)
        half = self.precision != "fp32"
        with torch.autocast(self.device.type, DTYPES[self.precision], enabled=half):
            logits = self._network(batch)
        if isinstance(logits, (tuple, list)):
            logits = logits[0]
        expected = (n, self.classes, height * self.upscale, width * self.upscale)
        if tuple(logits.shape) != expected:
            raise UrbanGrainError(
                "model.bad_output", model=self._model, problem=f"shape {tuple(logits.shape)} instead of {expected}"
            )
        probabilities = torch.softmax(logits.float(), dim=1)
        if not bool(torch.isfinite(probabilities.sum())):
            raise UrbanGrainError("model.bad_output", model=self._model, problem="it holds NaN or infinite numbers")
        return probabilities

    def close(self) -> None:
        """Drop the network and give its device memory back."""
        if self._network is not None and self.device.type == "cuda":
            self._network.to("cpu")
            torch.cuda.empty_cache()
        self._network = None


def available_devices() -> tuple[str, ...]:
    """Names that `MapJob.device` may take here, with what they are: 'cpu', 'cuda:0 NVIDIA ...'."""
    names = ["cpu"]
    if torch.cuda.is_available():
        names += [f"cuda:{i} {torch.cuda.get_device_name(i)}" for i in range(torch.cuda.device_count())]
    return tuple(names)


def choose_device(device: str) -> torch.device:
    """Device of a job; 'auto' is the CUDA device with the most free memory, else the CPU.

    Raises
    ------
    UrbanGrainError
        ``device.unavailable``: a device that was named is never silently replaced.
    """
    if device == "cpu":
        return torch.device("cpu")
    count = torch.cuda.device_count() if torch.cuda.is_available() else 0
    if device in ("auto", "cuda"):
        if count:
            return torch.device("cuda", max(range(count), key=lambda i: torch.cuda.mem_get_info(i)[0]))
        if device == "auto":
            return torch.device("cpu")
    else:
        number = device.partition(":")[2]
        if number.isdigit() and int(number) < count:
            return torch.device("cuda", int(number))
    raise UrbanGrainError("device.unavailable", device=device, available=", ".join(available_devices()))


def choose_devices(device: str) -> list[torch.device]:
    """Devices of a job, in order: several for 'all' (all CUDA devices) and 'cuda:0,1', else that of `choose_device`.

    Raises
    ------
    UrbanGrainError
        ``device.unavailable`` when one of them is not there, or is named twice.
    """
    if device == "all":
        count = torch.cuda.device_count() if torch.cuda.is_available() else 0
        if not count:
            raise UrbanGrainError("device.unavailable", device=device, available=", ".join(available_devices()))
        return [torch.device("cuda", i) for i in range(count)]
    if not names_several(device):
        return [choose_device(device)]
    found = [choose_device(f"cuda:{number.strip()}") for number in device.partition(":")[2].split(",")]
    if len(set(found)) < len(found):
        raise UrbanGrainError("device.unavailable", device=device, available=", ".join(available_devices()))
    return found


def names_several(device: str) -> bool:
    """Whether a job's device may stand for more than one."""
    return device == "all" or (device.startswith("cuda:") and "," in device)


def describe_device(device: torch.device) -> str:
    """Name a device for people."""
    return "cpu" if device.type == "cpu" else f"{device} {torch.cuda.get_device_name(device)}"


def choose_precision(precision: str, device: torch.device) -> str:
    """Precision of a job.

    'auto' is bf16 on CUDA devices and CPUs that compute it natively (AMX or AVX-512 BF16), fp16 on older CUDA devices
    with tensor cores, else fp32. Probabilities are always summed in fp32.
    """
    if precision != "auto":
        return precision
    if device.type == "cuda":
        major, _ = torch.cuda.get_device_capability(device)
        return "bf16" if major >= 8 else "fp16" if major >= 7 else "fp32"
    return "bf16" if cpu_has_bf16() else "fp32"


def cpu_has_bf16(cpuinfo: Path = Path("/proc/cpuinfo")) -> bool:
    """Whether the CPU multiplies bf16 natively (False where it does not say, as on Windows and macOS)."""
    try:
        flags = cpuinfo.read_text(encoding="ascii", errors="ignore")
    except OSError:
        return False
    return "avx512_bf16" in flags or "amx_bf16" in flags


def first_batch(device: torch.device, window: int, channels: int, classes: int, upscale: int = 1) -> int:
    """Batch to try first.

    On a CPU about a 512 px square of output at once: more gains nothing and would keep a cancelled job busy. On a CUDA
    device what a quarter of its free memory holds at 4 kB an output pixel (a wide network's activations), at most 64.
    """
    side = window * upscale  # a network with finer output does most of its work on the finer grid
    if device.type == "cpu":
        return max(1, 512 * 512 // (side * side))
    free, _ = torch.cuda.mem_get_info(device)
    each = side * side * (4096 + 16 * (channels + classes))
    return max(1, min(64, 2 ** int(math.log2(max(1, free // 4 // each)))))


def is_out_of_memory(error: BaseException) -> bool:
    """Whether an error says that memory ran out, on whichever device."""
    if isinstance(error, (torch.OutOfMemoryError, MemoryError)):
        return True
    text = str(error).lower()
    return isinstance(error, RuntimeError) and (
        "out of memory" in text or "can't allocate memory" in text or "not enough memory" in text
    )


def is_device_lost(error: BaseException) -> bool:
    """Whether an error says that the device itself failed."""
    accelerator = getattr(torch, "AcceleratorError", None)
    if accelerator is not None and isinstance(error, accelerator):
        return True
    return isinstance(error, RuntimeError) and ("CUDA error" in str(error) or "cuDNN error" in str(error))


def _first_line(error: BaseException) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
