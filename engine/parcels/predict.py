"""A parcel network on a device: a stream of parcels in, probabilities out, in the memory of one batch."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from urbangrain.engine.errors import UrbanGrainError
from urbangrain.engine.inference.backends import (
    DTYPES,
    THREADS,
    choose_devices,
    choose_precision,
    describe_device,
    is_device_lost,
    is_out_of_memory,
)
from urbangrain.engine.models.parcel_batch import Parcel, in_batches
from urbangrain.engine.models.parcel_fusion import SOURCES, ParcelFusion
from urbangrain.engine.raster.source import gdal_settings

PARCELS_AT_ONCE = 1024
"""Most parcels of a batch, for those without patches."""

CPU_PIXELS = 512 * 512
"""Pixels of the patches of a batch on a CPU."""

Answers = list[tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_]]]
Step = Callable[[Callable[[], Answers]], Answers]


def _at_once(work: Callable[[], Answers]) -> Answers:
    return work()


class ParcelClassifier:
    """Gives the classes' probabilities of parcels.

    Parameters
    ----------
    network : ParcelFusion
        In eval mode; it is moved to the device.
    model : str
        Named in errors.
    device : str
        As in `MapJob`; of several devices the first one is taken.
    threads : int
        CPU threads; 0 for all.
    precision : str
        'auto', 'fp32', 'bf16' or 'fp16'; 'auto' is fp32 on a CPU, where the network is small.
    on_halved : callable
        Told the patches of a batch after memory was too short for more.

    Attributes
    ----------
    device_name : str
        The device that runs, for people.

    Raises
    ------
    UrbanGrainError
        ``device.unavailable``, ``device.out_of_memory``, ``device.lost``.
    """

    def __init__(
        self,
        network: ParcelFusion,
        model: str = "?",
        device: str = "auto",
        threads: int = 0,
        precision: str = "auto",
        on_halved: Callable[[int], None] = lambda patches: None,
    ) -> None:
        self._device = choose_devices(device)[0]
        self.device_name = describe_device(self._device)
        cpu = self._device.type == "cpu"
        self._precision = "fp32" if cpu and precision == "auto" else choose_precision(precision, self._device)
        self._threads = threads or THREADS
        self._model, self._on_halved = model, on_halved
        # More gains nothing on a CPU, and would keep a cancelled job busy.
        limit = max(1, CPU_PIXELS // network.options.side**2) if cpu else network.options.patches_at_once
        self._most = min(limit, network.options.patches_at_once)
        self.classes = network.classify.out_features
        try:
            self._network = network.to(self._device).eval().requires_grad_(False)
        except RuntimeError as error:
            raise self._mishap(error) from error

    def predict(
        self, parcels: Iterable[Parcel], step: Step = _at_once
    ) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_]]:
        """Classify parcels.

        Parameters
        ----------
        parcels : iterable of Parcel
            n of them. They are read in a thread of its own, one batch ahead of the device; not more is in memory.
        step : callable
            Is given the work of each batch to do, so that it can be watched or counted.

        Returns
        -------
        probabilities : float64 array of shape (n, classes)
            A row of NaN for a parcel of which nothing is known.
        used : bool array of shape (n, 3)
            Which of `SOURCES` an answer rests on.

        Raises
        ------
        UrbanGrainError
            ``model.bad_output`` for answers that are not finite, ``device.out_of_memory``, ``device.lost``.
        """
        shares, used = [np.zeros((0, self.classes))], [np.zeros((0, len(SOURCES)), bool)]
        groups = in_batches(parcels, self._most, PARCELS_AT_ONCE)
        # GDAL keeps its settings for each thread apart
        with ThreadPoolExecutor(1, "urbangrain-parcels", initializer=lambda: gdal_settings().__enter__()) as reader:
            coming = reader.submit(next, groups, None)
            while (group := coming.result()) is not None:
                coming = reader.submit(next, groups, None)
                for answer, known in step(functools.partial(self._answers, group)):
                    shares.append(answer)
                    used.append(known)
        return np.concatenate(shares), np.concatenate(used)

    def close(self) -> None:
        """Give the device's memory back."""
        if self._device.type == "cuda":
            self._network.to("cpu")
            torch.cuda.empty_cache()

    def _answers(self, group: Sequence[Parcel]) -> Answers:
        """Answers of a batch, in halves where the device has too little memory for it."""
        try:
            return [self._answer(group)]
        except (RuntimeError, MemoryError) as error:
            if not is_out_of_memory(error) or (len(group) == 1 and self._most == 1):
                raise self._mishap(error) from error
        # outside the handler: the traceback holds on to the tensors that did not fit
        if self._device.type == "cuda":
            torch.cuda.empty_cache()
        self._most = max(1, self._most // 2)
        self._on_halved(self._most)
        self._network.options = replace(self._network.options, patches_at_once=self._most)
        half = len(group) // 2
        if not half:
            return self._answers(group)
        return self._answers(group[:half]) + self._answers(group[half:])

    @torch.inference_mode()
    def _answer(self, group: Sequence[Parcel]) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_]]:
        if self._device.type == "cpu":
            torch.set_num_threads(self._threads)
        batch = self._network.pack(group).to(self._device)
        with torch.autocast(self._device.type, DTYPES[self._precision], enabled=self._precision != "fp32"):
            logits, used = self._network(batch)
        logits = logits.float()
        if not bool(torch.isfinite(logits).all()):
            raise UrbanGrainError("model.bad_output", model=self._model, problem="it holds NaN or infinite numbers")
        shares: Tensor = logits.double().softmax(dim=1)
        shares = shares.masked_fill(~used.any(dim=1, keepdim=True), float("nan"))
        return shares.cpu().numpy(), used.cpu().numpy()

    def _mishap(self, error: BaseException) -> BaseException:
        """Word what a device did; other errors stay as they are."""
        if is_out_of_memory(error):
            side = self._network.options.side if hasattr(self, "_network") else 0
            return UrbanGrainError("device.out_of_memory", device=self.device_name, window=side)
        if is_device_lost(error):
            reason = str(error).strip().splitlines()[0]
            return UrbanGrainError("device.lost", device=self.device_name, reason=reason)
        return error
