"""ONNX Runtime as a backend: windows in, probabilities or numbers out, on the CPU or a CUDA device."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import torch

from urbangrain.engine.errors import UrbanGrainError
from urbangrain.engine.inference import lanes
from urbangrain.engine.inference.backends import THREADS, describe_device
from urbangrain.engine.models.card import ModelCard
from urbangrain.engine.models.onnx_export import PRECISION_KEY
from urbangrain.engine.models.onnx_file import OnnxFile, read_onnx
from urbangrain.engine.models.weights_file import sha256

from .onnx_binding import Binding
from .onnx_session import Engines, Gpu, engine_folder, find_gpu, start

AT_ONCE_PX = 8 * 512 * 512
"""Output pixels of the windows that a TensorRT engine takes at once: always the same, so that it is built once."""

_PROBE_SEED = 7
_NO_MEMORY = ("llocat", "ALLOC_FAILED", "bad_alloc", "out of memory")  # "Failed to allocate memory" is the arena's
_LOST = ("CUDA failure", "CUDNN failure", "CUBLAS failure")


class OnnxBackend:
    """A network in an ONNX file.

    Batches and answers lie in torch's memory on the device that computes. Only where torch does not see the GPU that
    ONNX Runtime uses do they go through the host, and once a lane's first answer, if the file does not state its shape.

    Parameters
    ----------
    card : ModelCard
        Its ``network_options`` may hold ``output`` (which of the file's outputs, from 0) and ``form``: 'logits'
        (softmax is applied), 'scores' (as Deepness' models give them: taken as they are when they lie in 0 to 1, else
        softmax), 'score' (of one class, against its background; likewise, else sigmoid), 'ids' (class numbers) or
        'values' (numbers of any range, multiplied by the option ``scale``). Its ``window`` is that of the batches.
    device : str
        'auto', 'cpu', 'cuda' or 'cuda:N'. A device that was named is never replaced.
    threads : int
        0 takes all cores.
    tensorrt : Path, optional
        Folder for TensorRT's engines. Building one takes minutes the first time, so that without a folder TensorRT is
        not asked for.

    Attributes
    ----------
    provider : str
        The execution provider that runs: 'CPU', 'CUDA' or 'TensorRT'; the last is named in ``device_name`` too.
    missing : tuple of str
        Better providers that did not start.
    precision : str
        'fp16' or 'fp32', that of the file; TensorRT and CUDA may multiply fp32 in TF32.

    Raises
    ------
    UrbanGrainError
        ``device.unavailable``, ``model.weights_damaged``, ``model.unsupported``, ``model.bad_output``.
    """

    name = "onnxruntime"

    def __init__(self, card: ModelCard, device: str = "auto", threads: int = 0, tensorrt: Path | None = None) -> None:
        file = read_onnx(card.weights)
        if card.weights_sha256 and sha256(card.weights) != card.weights_sha256:
            raise UrbanGrainError(
                "model.weights_damaged",
                path=str(card.weights),
                problem="its SHA-256 is not the one that the card states",
            )
        self._input = file.inputs[0]
        self._output = file.outputs[int(card.network_options.get("output", 0))]
        half = self._input.dtype == "float16" or file.metadata.get(PRECISION_KEY) == "fp16"
        self.precision = "fp16" if half else "fp32"
        gpu = find_gpu(device)
        self.lanes, self._threads = lanes.split(threads or THREADS)
        engines = _engines(tensorrt, card, file, half) if gpu is not None and tensorrt is not None else None
        # The session's own threads are shared by the lanes, and each lane's thread works too.
        started = start(card.weights, gpu, (threads or THREADS) - self.lanes + 1, engines)
        self._session, self.provider = started.session, started.provider
        if self.provider == "CPU" and device not in ("auto", "cpu"):
            raise UrbanGrainError("device.unavailable", device=device, available="cpu")
        if self.provider != "CPU":
            self.lanes = 1
        self.device, self.device_name = _where(gpu, self.provider)
        # Where no GPU is seen, a provider for GPUs that does not start is no news.
        self.missing = started.missing if self.provider != "CPU" or (gpu is not None and gpu.seen) else ()
        self._place = (self.device.type, self.device.index or 0)
        self._most = engines.most if engines is not None and self.provider == "TensorRT" else 0
        self._here = threading.local()
        self._model = card.id
        try:
            self._binding()
        except TypeError as error:
            raise UrbanGrainError("model.unsupported", model=self._model, problem=str(error)) from error
        self.classes, self.upscale, self._margin = card.channels, card.upscale, card.margin
        self._form = str(card.network_options.get("form", "logits"))
        self._channels = {"score": 1, "ids": 1}.get(self._form, self.classes)
        self._scale = float(card.network_options.get("scale", 1.0))
        # Decided once, not batch by batch: a map must not depend on which windows share a batch.
        self._activate = self._form == "logits" or (self._form not in ("ids", "values") and self._unbounded(card))

    def _unbounded(self, card: ModelCard) -> bool:
        """Tell whether scores leave 0 to 1, by one window of noise: always the same one, so that runs agree."""
        rng = np.random.default_rng(_PROBE_SEED)
        shape = (1, len(card.bands), card.window, card.window)
        raw = self._run(torch.from_numpy(rng.normal(0, 2, shape).astype(np.float32)).to(self.device))
        return bool(raw.min() < -1e-4 or raw.max() > 1 + 1e-4)

    def enter_lane(self, number: int = 0) -> None:
        """Torch only pads and activates here; a session has its own threads."""
        torch.set_num_threads(self._threads)

    def predict(self, batch: torch.Tensor) -> torch.Tensor:
        """See `Backend.predict`; where the network's answer is smaller than the window, the rim is 0."""
        n, _, height, width = batch.shape
        m, u = self._margin, self.upscale
        size = ((height - 2 * m) * u, (width - 2 * m) * u)
        raw = self._run(batch, (self._channels, *size))
        if raw.ndim == 3:
            raw = raw[:, None]
        if tuple(raw.shape) != (n, self._channels, *size):
            problem = f"shape {tuple(raw.shape)} instead of {(n, self._channels, *size)}"
            raise UrbanGrainError("model.bad_output", model=self._model, problem=problem)
        answer = self._answer(raw)
        # Numbers without bounds must not overflow only by being added up.
        total = answer.sum(dtype=torch.float64 if self._form == "values" else torch.float32)
        if not bool(torch.isfinite(total)):
            raise UrbanGrainError("model.bad_output", model=self._model, problem="it holds NaN or infinite numbers")
        return torch.nn.functional.pad(answer, (m * u,) * 4) if m else answer

    def close(self) -> None:
        """Drop the session and what its lanes hold."""
        self._session = None
        self._here = threading.local()

    def _answer(self, raw: torch.Tensor) -> torch.Tensor:
        """Return probabilities or numbers in memory of their own: that of ``raw`` is used again."""
        if self._form == "ids":
            ids = raw[:, 0].long()
            if int(ids.min()) < 0 or int(ids.max()) >= self.classes:
                problem = f"class {int(ids.max())} of {self.classes}"
                raise UrbanGrainError("model.bad_output", model=self._model, problem=problem)
            return torch.nn.functional.one_hot(ids, self.classes).movedim(-1, 1).float()
        raw = raw.to(torch.float32, copy=not self._activate)
        if self._form == "values":
            return raw.mul_(self._scale) if self._scale != 1 else raw
        if self._form == "score":
            raw = raw.sigmoid() if self._activate else raw
            return torch.cat([1 - raw, raw], dim=1)
        return raw.softmax(dim=1) if self._activate else raw

    def _binding(self) -> Binding:
        """Return the calling thread's own binding."""
        binding: Binding | None = getattr(self._here, "binding", None)
        if binding is None:
            binding = Binding(self._session, self._input, self._output, self._place, self._most)
            self._here.binding = binding
        return binding

    def _run(self, batch: torch.Tensor, expected: tuple[int, int, int] | None = None) -> torch.Tensor:
        """Return the raw answer in memory that this thread's next run overwrites."""
        # What the card and the file agree on is known before the first run.
        known = expected if expected == self._output.shape[1:] else None
        try:
            return self._binding().run(batch, known)
        except Exception as error:
            text = str(error).strip()
            reason = text.splitlines()[0] if text else type(error).__name__
            if any(words in text for words in _NO_MEMORY):  # the stitcher halves the batch
                raise MemoryError(text) from error
            if any(words in text for words in _LOST):
                raise UrbanGrainError("device.lost", device=self.device_name, reason=reason) from error
            raise UrbanGrainError("model.bad_output", model=self._model, problem=reason) from error


def _where(gpu: Gpu | None, provider: str) -> tuple[torch.device, str]:
    """Return where batches lie for a provider, and the device that computes, for people."""
    if gpu is None or provider == "CPU":
        return torch.device("cpu"), "cpu"
    device = torch.device("cuda", gpu.number) if gpu.seen else torch.device("cpu")
    name = describe_device(device) if gpu.seen else f"cuda:{gpu.number}"
    return device, name if provider == "CUDA" else f"{name} ({provider})"


def _engines(folder: Path, card: ModelCard, file: OnnxFile, half: bool) -> Engines:
    """Describe the TensorRT engines of a network; their folder is made."""
    source = file.inputs[0]
    digest = card.weights_sha256 or sha256(card.weights)
    place = engine_folder(folder, f"{digest[:24]}-{card.window}-{'fp16' if half else 'fp32'}")
    shape = (source.shape[0] if source.shape else None, len(card.bands), card.window, card.window)
    most = shape[0] or max(1, AT_ONCE_PX // (card.window * card.upscale) ** 2)
    return Engines(place, source.name, shape, most, half)
