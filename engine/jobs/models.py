"""The models job: what can be picked."""

from __future__ import annotations

from pathlib import Path

from urbangrain.engine.context import JobContext
from urbangrain.engine.models.registry import find_models
from urbangrain.engine.protocol import ModelsJob, ModelsResult


def run(job: ModelsJob, context: JobContext) -> ModelsResult:
    """List the bundled models and those of the job's folders; cards that cannot be used become remarks."""
    context.check()
    cards, remarks = find_models([Path(folder) for folder in job.folders])
    return ModelsResult(tuple(card.info() for card in cards), tuple(remarks))
