"""ONNX Runtime as a backend: windows in, probabilities or numbers out, on the CPU or a CUDA device."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from urbangrain.engine.errors import UrbanGrainError
from urbangrain.engine.inference import lanes
from urbangrain.engine.inference.backends import THREADS, available_devices
from urbangrain.engine.models.card import ModelCard
from urbangrain.engine.models.onnx_file import read_onnx
from urbangrain.engine.models.weights_file import sha256

_PROBE_SEED = 7


class OnnxBackend:
    """A network in an ONNX file.

    Windows travel through host memory, so that every execution provider of ONNX Runtime is served alike.

    Parameters
    ----------
    card : ModelCard
        Its ``network_options`` may hold ``output`` (which of the file's outputs, from 0) and ``form``: 'logits'
        (softmax is applied), 'scores' (as Deepness' models give them: taken as they are when they lie in 0 to 1, else
        softmax), 'score' (of one class, against its background; likewise, else sigmoid), 'ids' (class numbers) or
        'values' (numbers of any range, multiplied by the option ``scale``).
    device : str
        'auto', 'cpu', 'cuda' or 'cuda:N'. A device that was named is never replaced.
    threads : int
        0 takes all cores.

    Raises
    ------
    UrbanGrainError
        ``device.unavailable``, ``model.weights_damaged``, ``model.unsupported``, ``model.bad_output``.
    """

    name = "onnxruntime"

    def __init__(self, card: ModelCard, device: str = "auto", threads: int = 0) -> None:
        import onnxruntime

        file = read_onnx(card.weights)
        if card.weights_sha256 and sha256(card.weights) != card.weights_sha256:
            raise UrbanGrainError(
                "model.weights_damaged",
                path=str(card.weights),
                problem="its SHA-256 is not the one that the card states",
            )
        options = onnxruntime.SessionOptions()
        self.lanes, self._threads = lanes.split(threads or THREADS)
        # The session's own threads are shared by the lanes, and each lane's thread works too.
        options.intra_op_num_threads = (threads or THREADS) - self.lanes + 1
        options.log_severity_level = 3
        # Working threads that spin between batches would take the cores from reading, blending and writing.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        providers = _providers(device, onnxruntime)
        try:
            self._session: Any = onnxruntime.InferenceSession(str(card.weights), options, providers=providers)
        except Exception as error:
            problem = str(error).strip().splitlines()[0]
            raise UrbanGrainError("model.weights_damaged", path=str(card.weights), problem=problem) from error
        ran = self._session.get_providers()[0]
        if device.startswith("cuda") and ran == "CPUExecutionProvider":
            raise UrbanGrainError("device.unavailable", device=device, available="cpu")
        if ran != "CPUExecutionProvider":
            self.lanes = 1
        self.device = torch.device("cpu")
        self.device_name = _device_name(ran, providers)
        self.precision = "fp16" if file.inputs[0].dtype == "float16" else "fp32"
        self.classes, self.upscale, self._margin = card.channels, card.upscale, card.margin
        self._model = card.id
        self._input = file.inputs[0]
        self._output = file.outputs[int(card.network_options.get("output", 0))].name
        self._form = str(card.network_options.get("form", "logits"))
        self._scale = float(card.network_options.get("scale", 1.0))
        # Decided once, not batch by batch: a map must not depend on which windows share a batch.
        self._activate = self._form == "logits" or (self._form not in ("ids", "values") and self._unbounded(card))

    def _unbounded(self, card: ModelCard) -> bool:
        """Tell whether scores leave 0 to 1, by one window of noise: always the same one, so that runs agree."""
        rng = np.random.default_rng(_PROBE_SEED)
        shape = (1, len(card.bands), card.window, card.window)
        raw = self._run(rng.normal(0, 2, shape).astype(np.float32))
        return bool(raw.min() < -1e-4 or raw.max() > 1 + 1e-4)

    def enter_lane(self, number: int = 0) -> None:
        """Torch only pads and activates here; a session has its own threads."""
        torch.set_num_threads(self._threads)

    def predict(self, batch: torch.Tensor) -> torch.Tensor:
        """See `Backend.predict`; where the network's answer is smaller than the window, the rim is 0."""
        n, _, height, width = batch.shape
        raw = torch.from_numpy(self._run(batch.contiguous().numpy()))
        if raw.ndim == 3:
            raw = raw[:, None]
        m, u = self._margin, self.upscale
        size = ((height - 2 * m) * u, (width - 2 * m) * u)
        channels = {"score": 1, "ids": 1}.get(self._form, self.classes)
        if tuple(raw.shape) != (n, channels, *size):
            problem = f"shape {tuple(raw.shape)} instead of {(n, channels, *size)}"
            raise UrbanGrainError("model.bad_output", model=self._model, problem=problem)
        answer = self._answer(raw)
        # Numbers without bounds must not overflow only by being added up.
        total = answer.sum(dtype=torch.float64 if self._form == "values" else torch.float32)
        if not bool(torch.isfinite(total)):
            raise UrbanGrainError("model.bad_output", model=self._model, problem="it holds NaN or infinite numbers")
        return torch.nn.functional.pad(answer, (m * u,) * 4) if m else answer

    def close(self) -> None:
        """Drop the session."""
        self._session = None

    def _answer(self, raw: torch.Tensor) -> torch.Tensor:
        if self._form == "ids":
            ids = raw[:, 0].long()
            if int(ids.min()) < 0 or int(ids.max()) >= self.classes:
                problem = f"class {int(ids.max())} of {self.classes}"
                raise UrbanGrainError("model.bad_output", model=self._model, problem=problem)
            return torch.nn.functional.one_hot(ids, self.classes).movedim(-1, 1).float()
        raw = raw.float()
        if self._form == "values":
            return raw * self._scale if self._scale != 1 else raw
        if self._form == "score":
            raw = raw.sigmoid() if self._activate else raw
            return torch.cat([1 - raw, raw], dim=1)
        return raw.softmax(dim=1) if self._activate else raw

    def _run(self, batch: npt.NDArray[np.float32]) -> npt.NDArray[np.generic]:
        data = batch.astype(self._input.dtype) if self._input.dtype != "float32" else batch
        at_once = self._input.shape[0] or len(data)
        try:
            parts = []
            for start in range(0, len(data), at_once):
                part = data[start : start + at_once]
                short = at_once - len(part)
                if short:  # a network of a fixed batch: the last one is filled up
                    part = np.concatenate([part, np.zeros((short, *part.shape[1:]), part.dtype)])
                parts.append(self._session.run([self._output], {self._input.name: part})[0][: at_once - short])
        except Exception as error:
            text = str(error)
            if "llocat" in text:  # the arena's "Failed to allocate memory"; the stitcher halves the batch
                raise MemoryError(text) from error
            raise UrbanGrainError(
                "model.bad_output", model=self._model, problem=text.strip().splitlines()[0]
            ) from error
        return parts[0] if len(parts) == 1 else np.concatenate(parts)


def _providers(device: str, onnxruntime: Any) -> list[Any]:
    """Return the execution providers for a device, best first."""
    there = onnxruntime.get_available_providers()
    number = int(device.partition(":")[2] or 0)
    chosen: list[Any] = []
    if device != "cpu" and "CUDAExecutionProvider" in there:
        chosen.append(("CUDAExecutionProvider", {"device_id": number}))
    elif device.startswith("cuda"):
        raise UrbanGrainError("device.unavailable", device=device, available="cpu")
    return [*chosen, "CPUExecutionProvider"]


def _device_name(ran: str, providers: list[Any]) -> str:
    if ran == "CPUExecutionProvider":
        return "cpu"
    number = providers[0][1]["device_id"]
    return next((name for name in available_devices() if name.startswith(f"cuda:{number}")), f"cuda:{number}")
