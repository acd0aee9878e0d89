"""One file a job: a page that reads as the recipe. `run` finds the one that a job belongs to.

The modules are imported when they are first needed, so that a worker answers before torch is loaded, and an assessment
never loads it.
"""

from __future__ import annotations

import importlib

from urbangrain.engine.context import JobContext
from urbangrain.engine.protocol import Job, Result

_MODULES = {
    "map": "map",
    "map_many": "map_many",
    "live": "live",
    "inspect": "inspect",
    "models": "models",
    "summarise": "summarise",
    "match": "match",
    "assess": "assess",
    "demo_scene": "demo_scene",
    "export": "export",
    "train": "train",
    "adapt": "adapt",
    "rooftop_years": "rooftop_years",
    "make_parcels": "make_parcels",
    "sample_parcels": "sample_parcels",
    "classify": "classify",
}
"""Module of this package by the job's kind."""


def run(job: Job, context: JobContext | None = None) -> Result:
    """Run a job to its end.

    Parameters
    ----------
    job : Job
        Any job of the protocol.
    context : JobContext, optional
        Takes progress and says when to stop; the default reports to nobody.

    Returns
    -------
    Result
        The job's own result type.

    Raises
    ------
    UrbanGrainError
        What a person can mend. No output was left behind.
    JobCancelled
        The context asked for a stop. No output was left behind.
    """
    module = importlib.import_module(f"{__name__}.{_MODULES[job.kind]}")
    result: Result = module.run(job, context or JobContext())
    return result
