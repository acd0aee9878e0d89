"""Adversarial adaptation: a network learns to see a new place or sensor without labels of it.

UGS-1m, section 3.3.2: while the network goes on learning from labelled source images, a discriminator learns to tell
its maps of the source from those of the target, and the network learns to make that hard.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from urbangrain.engine.accuracy.confusion import score
from urbangrain.engine.context import JobContext
from urbangrain.engine.models.discriminator import Discriminator
from urbangrain.engine.protocol import TrainPoint
from urbangrain.engine.training.geometry import vary
from urbangrain.engine.training.objectives.adversarial import discriminator_loss, generator_loss
from urbangrain.engine.training.objectives.choose import Objective
from urbangrain.engine.training.recipes import Recipe
from urbangrain.engine.training.store import TileStore
from urbangrain.engine.training.supervised import autocast, confusion, keep_statistics

POINTS = 20
"""Points on the curves of a round."""

_LOOK = 8
"""Tiles at once where nothing is learnt."""


@dataclass(frozen=True)
class AdaptationRecipe:
    """Settings of an adaptation; the defaults are UGS-1m's (section 3.4) but for the steps and the weight.

    Attributes
    ----------
    batch : int
        Source tiles, and as many target tiles, a step.
    steps : int
        The paper runs 10,000 epochs for each city, on a GPU.
    learning_rate, discriminator_rate : float
    adversarial_weight : float
        Of the adversarial loss in eq. 7, where the paper has 1.
    """

    batch: int = 2
    steps: int = 1000
    learning_rate: float = 1e-4
    discriminator_rate: float = 1e-4
    adversarial_weight: float = 1.0


class Adapter:
    """Adapts a network.

    Parameters
    ----------
    network : nn.Module
        Trained before; on ``device``. It is changed in place.
    objective : Objective
        The loss that it was trained by.
    source : TileStore
    targets : ndarray float32 [n, bands, side, side]
    classes : int
    recipe : AdaptationRecipe
    device : torch.device
    precision : {'fp32', 'bf16'}
        Of the network's forward pass; the discriminator and all losses are fp32.
    seed : int
    """

    def __init__(
        self,
        network: nn.Module,
        objective: Objective,
        source: TileStore,
        targets: npt.NDArray[np.float32],
        classes: int,
        recipe: AdaptationRecipe,
        device: torch.device,
        precision: str,
        seed: int,
    ) -> None:
        self.network, self.objective, self.source, self.targets = network, objective, source, targets
        self.recipe, self.device, self.precision, self.seed = recipe, device, precision, seed
        self._tiles, self._held_out = source.training_tiles(), source.validation_tiles()
        torch.manual_seed(seed)
        self.discriminator = Discriminator(classes).to(device)
        betas = (0.9, 0.99)
        self._generator = torch.optim.Adam(network.parameters(), lr=recipe.learning_rate, betas=betas)
        self._critic = torch.optim.Adam(self.discriminator.parameters(), lr=recipe.discriminator_rate, betas=betas)

    def run(
        self,
        minutes: float,
        first_step: int,
        context: JobContext,
        on_point: Callable[[TrainPoint], None],
        on_share: Callable[[float, float], None],
    ) -> int:
        """Adapt until the steps or the minutes (0: no limit) are used, or the job is stopped; returns the steps made.

        ``on_point`` gets the network's accuracy on the source's validation part, which shows whether it forgets;
        ``on_share`` the share of the round that is done and the seconds that are left of it.
        """
        began = time.monotonic()
        every = max(1, self.recipe.steps // POINTS)
        losses: list[float] = []
        looked, step, seen = began, 0, 0
        if first_step == 0:
            on_point(self._look(0, 0.0, losses))
        while step < self.recipe.steps:
            spent = time.monotonic() - began
            if context.cancelled.is_set() or (minutes and spent > 60 * minutes):
                break
            losses.append(self._step(first_step + step))
            step += 1
            done = max(step / self.recipe.steps, spent / 60 / minutes if minutes else 0.0)
            on_share(min(1.0, done), spent * (1 - done) / max(done, 1e-9))
            waited = minutes > 0 and time.monotonic() - looked > 60 * minutes / POINTS
            if step % every == 0 or step == self.recipe.steps or waited:
                looked, seen = time.monotonic(), step
                on_point(self._look(first_step + step, spent / 60, losses))
                losses = []
        if step > seen:  # stopped between two points: what is kept is shown
            on_point(self._look(first_step + step, (time.monotonic() - began) / 60, losses))
        return step

    def _step(self, step: int) -> float:
        rng = np.random.default_rng([self.seed, 6, step])
        generator = torch.Generator().manual_seed(int(rng.integers(2**62)))
        torch.manual_seed(int(rng.integers(2**62)))
        chosen = np.sort(rng.choice(self._tiles, self.recipe.batch))
        image = torch.from_numpy(self.source.images[chosen])
        image, labels = vary(image, torch.from_numpy(self.source.train[chosen].astype(np.int64)), Recipe(), generator)
        other = torch.from_numpy(self.targets[np.sort(rng.integers(0, len(self.targets), self.recipe.batch))])
        image, labels, other = (t.to(self.device) for t in (image, labels, other))
        self.network.train()
        keep_statistics(self.network)  # two tiles make no statistics

        # (1) both are mapped; the source's labels and the discriminator's opinion of the target teach (eq. 4, 6, 7)
        with autocast(self.device, self.precision):
            output, of_target = self.network(image), self.network(other)
        loss = self.objective(output, labels)
        source_map, target_map = (probabilities(o, image.shape[-2:]) for o in (output, of_target))
        # (2) the discriminator is optimised first (eq. 5)
        self._critic.zero_grad(set_to_none=True)
        critic_loss = discriminator_loss(self.discriminator(source_map.detach()), True) + discriminator_loss(
            self.discriminator(target_map.detach()), False
        )
        critic_loss.backward()
        self._critic.step()
        # (3) then the network
        self._generator.zero_grad(set_to_none=True)
        total = generator_loss(loss, self.discriminator(target_map), self.recipe.adversarial_weight)
        total.backward()
        nn.utils.clip_grad_norm_(self.network.parameters(), 5.0)
        self._generator.step()
        return float(total.detach())

    def _look(self, step: int, minutes: float, losses: list[float]) -> TrainPoint:
        loss = float(np.mean(losses)) if losses else math.nan
        epoch = step * self.recipe.batch / max(1, len(self._tiles))
        if not len(self._held_out):
            return TrainPoint(step, epoch, minutes, self.recipe.learning_rate, loss, math.nan, math.nan)
        scores = score(confusion(self.network, self.source, self._held_out, _LOOK, self.device, self.precision))
        f1 = {name: float(v) for name, v in zip(self.source.classes, scores.f1) if math.isfinite(v)}
        return TrainPoint(
            step, epoch, minutes, self.recipe.learning_rate, loss, scores.overall_accuracy, scores.mean_iou, f1
        )


def probabilities(output: object, size: torch.Size | tuple[int, int]) -> Tensor:
    """Softmax map (n, classes, h, w) of what a network gives in training mode: its logits, or the first of several."""
    logits = output if isinstance(output, Tensor) else output[0]  # type: ignore[index]
    if logits.shape[-2:] != torch.Size(size):
        logits = F.interpolate(logits.float(), size=size, mode="bilinear", align_corners=False)
    return logits.float().softmax(dim=1)
