"""How far a job of many scenes is, in pixels of the model's grid, whoever maps them."""

from __future__ import annotations

import time
from collections.abc import Sequence

from urbangrain.engine.context import JobContext

from .map_many_tasks import Outcome, Task


class Meter:
    """Counts what is over and reports it: scenes done of all, rate, time left.

    Parameters
    ----------
    tasks : sequence of Task
        One for each scene.
    context : JobContext
    """

    OPENED, MAPPED = 0.02, 0.95
    """Share of the whole job at which mapping starts and ends."""

    def __init__(self, tasks: Sequence[Task], context: JobContext) -> None:
        self._context = context
        self._scenes = len(tasks)
        self._total = max(1, sum(task.pixels for task in tasks))
        self._over = self._over_px = self._mapped_px = 0
        self._began = time.monotonic()
        self._show(0)

    def add(self, task: Task, outcome: Outcome) -> None:
        """Count a task that is over; of a scene in blocks the blocks count."""
        if not task.blocks:
            self._over_px += task.pixels
            self._mapped_px += task.pixels if outcome.state == "done" else 0
        self._over += task.scene is None
        self._show(0)

    def part(self, task: Task, share: float) -> None:
        """Report that a task is under way."""
        self._show(0 if task.blocks else share * task.pixels)

    def _show(self, under_way: float) -> None:
        spent = time.monotonic() - self._began
        mapped = self._mapped_px + under_way
        rate = mapped / spent if spent > 0 else 0.0
        share = min(1.0, (self._over_px + under_way) / self._total)
        left = (1 - share) * self._total / rate if rate > 0 else -1.0
        fraction = self.OPENED + (self.MAPPED - self.OPENED) * share
        self._context.progress("scenes", fraction, self._over, self._scenes, rate, left)
