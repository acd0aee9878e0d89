"""The tasks of a job of many scenes on this machine: one after the other, since each takes all of the machine."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence

from urbangrain.engine.context import JobContext
from urbangrain.engine.errors import JobCancelled

from .map_many_tasks import Outcome, Task, failure, map_task, merge_task

_LOG = logging.getLogger(__name__)


def run_here(
    tasks: Sequence[Task], context: JobContext, on_part: Callable[[Task, float], None]
) -> Iterator[tuple[Task, Outcome]]:
    """Do all tasks; yield each, blocks of scenes too, when it is over.

    Parameters
    ----------
    on_part : callable
        Called with a task and the share of it that is done, 0 to 1.

    Raises
    ------
    JobCancelled
    """
    for task in tasks:
        outcomes = []
        for block in task.blocks:
            outcomes.append(_one(block, (), context, on_part))
            yield block, outcomes[-1]
        yield task, _one(task, outcomes, context, on_part)


def _one(task: Task, blocks: Sequence[Outcome], context: JobContext, on_part: Callable[[Task, float], None]) -> Outcome:
    # Remarks are the task's own; they come back in its result.
    inner = JobContext(on_progress=lambda report: on_part(task, report.fraction), cancelled=context.cancelled)
    try:
        return merge_task(task, blocks, inner) if task.blocks else map_task(task, inner)
    except JobCancelled:
        raise
    except Exception as error:
        _LOG.exception("%s", task.job.image)
        return failure(error)
