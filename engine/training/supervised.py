"""The training loop: tiles, a network, its loss; the best weights by validation are kept."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from urbangrain.engine.accuracy.confusion import confusion_matrix, score
from urbangrain.engine.context import JobContext
from urbangrain.engine.protocol import TrainPoint
from urbangrain.engine.training.checkpoint import load_state, save_state, save_weights
from urbangrain.engine.training.geometry import vary
from urbangrain.engine.training.losses import IGNORED
from urbangrain.engine.training.objectives.choose import Objective
from urbangrain.engine.training.recipes import Recipe, cosine
from urbangrain.engine.training.store import TileStore

BEST = "best.safetensors"
POINTS = 40
"""Points on the curves of a run, about; validation costs time."""

_DTYPES = {"bf16": torch.bfloat16, "fp16": torch.float16}


@dataclass(frozen=True)
class Limits:
    """When a run ends: after so many epochs, or minutes (0: no limit), whichever is first."""

    epochs: int
    minutes: float = 0.0


class Trainer:
    """Trains a network on a store of tiles.

    Parameters
    ----------
    network : nn.Module
        Already on ``device``.
    objective : Objective
    store : TileStore
    recipe : Recipe
    device : torch.device
    precision : {'fp32', 'bf16', 'fp16'}
        Of the forward pass; weights and losses are fp32.
    seed : int
        Order of the tiles and what varies them; the same seed gives the same run on the same machine.
    folder : Path
        Takes the checkpoints and the best weights.
    trained_before : bool
        The weights are worth something already: they are validated before the first step, and kept if no later ones
        are better.
    """

    def __init__(
        self,
        network: nn.Module,
        objective: Objective,
        store: TileStore,
        recipe: Recipe,
        device: torch.device,
        precision: str,
        seed: int,
        folder: Path,
        trained_before: bool = False,
    ) -> None:
        self.network, self.objective, self.store, self.recipe = network, objective, store, recipe
        self.device, self.precision, self.seed, self.folder = device, precision, seed, folder
        self.trained_before = trained_before
        self._optimiser = torch.optim.AdamW(
            network.parameters(), lr=recipe.learning_rate, weight_decay=recipe.weight_decay
        )
        self._tiles = store.training_tiles()
        self._held_out = store.validation_tiles()
        self._steps_an_epoch = max(1, math.ceil(len(self._tiles) / recipe.batch))
        self._scaler = torch.amp.GradScaler(device.type, enabled=precision == "fp16")

    def run(
        self, limits: Limits, resume: bool, context: JobContext, on_point: Callable[[TrainPoint], None]
    ) -> tuple[bool, int]:
        """Train, from the last checkpoint in the folder if ``resume`` and there is one.

        Returns
        -------
        stopped : bool
            The job was cancelled. There are weights worth keeping if `BEST` exists.
        steps : int
        """
        total = limits.epochs * self._steps_an_epoch
        state = load_state(self.folder, self.network, self._optimiser) if resume else None
        step = int(state["step"]) if state else 0
        best = float(state["best"]) if state else -math.inf
        began = time.monotonic() - (60 * float(state["minutes"]) if state else 0.0)
        points = list(state["points"]) if state else []
        every, looked = max(1, total // POINTS), time.monotonic()
        losses: list[float] = []
        rate = self.recipe.learning_rate

        def look(at: int, rate: float) -> None:
            nonlocal best, losses
            spent = (time.monotonic() - began) / 60
            point, mark = self._look(at, spent, rate, losses, best)
            losses = []
            if point.best:
                best = mark
                save_weights(self.folder / BEST, self.network)
            points.append(asdict(point))
            kept = {"step": at, "best": best, "minutes": spent, "points": points}
            save_state(self.folder, self.network, self._optimiser, kept)
            on_point(point)

        if self.trained_before and not points and len(self._held_out):
            look(0, 0.0)  # what it is to be better than
        while step < total:
            share = self._share(step, total, began, limits)
            if context.cancelled.is_set() or share >= 1.0:
                break
            for group in self._optimiser.param_groups:
                group["lr"] = rate = learning_rate(self.recipe, share)
            losses.append(self._step(step))
            step += 1
            spent = time.monotonic() - began
            done = self._share(step, total, began, limits)
            left = spent * (1 - done) / max(done, 1e-9)
            context.report("train", 0.15 + 0.8 * done, step, total, 0.0, left)
            # by steps, so that a seed gives the same run; a time limit makes it a matter of time anyway
            waited = limits.minutes > 0 and time.monotonic() - looked > 60 * limits.minutes / POINTS
            if step == total or done >= 1.0 or step % every == 0 or waited:
                looked = time.monotonic()
                look(step, rate)
        if step and not (self.folder / BEST).exists():  # stopped before the first point: better than nothing
            look(step, rate)
        return context.cancelled.is_set(), step

    def _share(self, step: int, total: int, began: float, limits: Limits) -> float:
        by_time = (time.monotonic() - began) / 60 / limits.minutes if limits.minutes else 0.0
        return min(1.0, max(step / total, by_time))

    def _step(self, step: int) -> float:
        image, target = self._batch(step)
        self.network.train()
        if self.recipe.keep_statistics:
            keep_statistics(self.network)
        with autocast(self.device, self.precision):
            output = self.network(image)
        loss = self.objective(output, target)
        self._optimiser.zero_grad(set_to_none=True)
        self._scaler.scale(loss).backward()
        self._scaler.unscale_(self._optimiser)
        nn.utils.clip_grad_norm_(self.network.parameters(), 5.0)
        self._scaler.step(self._optimiser)
        self._scaler.update()
        return float(loss.detach())

    def _batch(self, step: int) -> tuple[Tensor, Tensor]:
        """Return the tiles of a step: an epoch is a shuffle, and everything drawn depends on seed and step alone."""
        epoch, at = divmod(step, self._steps_an_epoch)
        order = np.random.default_rng([self.seed, 2, epoch]).permutation(self._tiles)
        size = self.recipe.batch
        chosen = np.sort(np.resize(np.roll(order, -at * size), size))  # the last batch is filled from the first
        generator = torch.Generator().manual_seed(int(np.random.default_rng([self.seed, 3, step]).integers(2**62)))
        torch.manual_seed(int(np.random.default_rng([self.seed, 4, step]).integers(2**62)))  # dropout and the like
        image = torch.from_numpy(self.store.images[chosen])
        target = torch.from_numpy(self.store.train[chosen].astype(np.int64))
        image, target = vary(image, target, self.recipe, generator)
        image = image.contiguous(memory_format=torch.channels_last)
        return image.to(self.device, non_blocking=True), target.to(self.device, non_blocking=True)

    def _look(
        self, step: int, minutes: float, rate: float, losses: list[float], best: float
    ) -> tuple[TrainPoint, float]:
        """Validate; without a validation part the lowest loss is the best."""
        loss = float(np.mean(losses)) if losses else math.nan
        epoch = step / self._steps_an_epoch
        if not len(self._held_out):
            mark = -loss
            return TrainPoint(step, epoch, minutes, rate, loss, math.nan, math.nan, {}, mark > best), mark
        matrix = confusion(self.network, self.store, self._held_out, self.recipe.batch, self.device, self.precision)
        scores = score(matrix)
        f1 = {name: float(v) for name, v in zip(self.store.classes, scores.f1) if math.isfinite(v)}
        mark = scores.mean_iou
        found = TrainPoint(
            step, epoch, minutes, rate, loss, scores.overall_accuracy, scores.mean_iou, f1, mark > best
        )  # fmt: skip
        return found, mark


@torch.inference_mode()
def confusion(
    network: nn.Module,
    store: TileStore,
    tiles: npt.NDArray[np.int64],
    batch: int,
    device: torch.device,
    precision: str,
) -> npt.NDArray[np.int64]:
    """Confusion matrix (rows = map, columns = reference) over the validation labels of some tiles of a store."""
    network.eval()
    size = len(store.classes)
    matrix = np.zeros((size, size), np.int64)
    for chosen in _chunks(tiles, batch):
        image = torch.from_numpy(store.images[chosen]).to(device)
        with autocast(device, precision):
            mapped = network(image).argmax(dim=1).cpu().numpy()
        labels = store.validation[chosen]
        known = labels != IGNORED
        matrix += confusion_matrix(mapped[known], labels[known], size)
    return matrix


def autocast(device: torch.device, precision: str) -> Any:
    """Context in which networks run in a precision."""
    return torch.autocast(device.type, _DTYPES.get(precision, torch.bfloat16), enabled=precision != "fp32")


def learning_rate(recipe: Recipe, share: float) -> float:
    """Learning rate after a share (0 to 1) of a run."""
    top, low = recipe.learning_rate, recipe.minimum_rate
    if recipe.schedule == "constant":
        return top
    if recipe.schedule == "late":
        return top - (top - low) * max(0.0, 2 * share - 1)
    return cosine(top, low, share)


def keep_statistics(network: nn.Module) -> None:
    """Let batch normalisation go by its running statistics, and leave them as they are."""
    for part in network.modules():
        if isinstance(part, nn.modules.batchnorm._BatchNorm):
            part.eval()


def _chunks(numbers: npt.NDArray[np.int64], size: int) -> Iterator[npt.NDArray[np.int64]]:
    for start in range(0, len(numbers), size):
        yield numbers[start : start + size]
