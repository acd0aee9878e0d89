"""What the plugin writes to the worker's stdin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Union

from .codec import message
from .jobs import AssessJob, DemoSceneJob, InspectJob, MapJob, MapManyJob, MatchJob, ModelsJob, SummariseJob


@message
@dataclass(frozen=True)
class Run:
    """Run ``job``; every event about it carries ``id``. Jobs run one at a time, in the order they came."""

    kind: ClassVar[str] = "run"

    id: str
    job: Union[MapJob, MapManyJob, InspectJob, ModelsJob, SummariseJob, MatchJob, AssessJob, DemoSceneJob]


@message
@dataclass(frozen=True)
class Cancel:
    """Stop the job with this id, whether it waits or runs. Answered by `Cancelled` within half a second."""

    kind: ClassVar[str] = "cancel"

    id: str


@message
@dataclass(frozen=True)
class Shutdown:
    """Finish: cancel what runs and exit. End of file on stdin means the same."""

    kind: ClassVar[str] = "shutdown"


Request = Union[Run, Cancel, Shutdown]
