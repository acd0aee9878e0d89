"""The match job: which class a reference value means, guessed by name."""

from __future__ import annotations

from pathlib import Path

from urbangrain.engine.accuracy.matching import match
from urbangrain.engine.context import JobContext
from urbangrain.engine.models.registry import CARD_NAME, resolve
from urbangrain.engine.protocol import MatchJob, MatchResult
from urbangrain.engine.raster.classes import read_class_infos


def run(job: MatchJob, context: JobContext) -> MatchResult:
    """Guess for each value; ``job.classes`` is a class raster, or a model's id, folder or card.

    Raises
    ------
    UrbanGrainError
        ``classes.not_a_class_raster``, ``image.unreadable``, ``model.not_found``.
    """
    context.check()
    path = Path(job.classes)
    is_card = path.suffix.lower() == ".json" or (path / CARD_NAME).is_file()
    is_model = is_card or (not path.exists() and "/" not in job.classes and "\\" not in job.classes)
    infos = resolve(job.classes).classes if is_model else read_class_infos(job.classes)
    return MatchResult(infos, match(job.values, infos))
