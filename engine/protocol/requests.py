"""What the plugin writes to the worker's stdin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Union

from .codec import message
from .jobs import Job


@message
@dataclass(frozen=True)
class Run:
    """Run ``job``; every event about it carries ``id``. Jobs run one at a time, in the order they came."""

    kind: ClassVar[str] = "run"

    id: str
    job: Job


@message
@dataclass(frozen=True)
class Cancel:
    """Stop the job with this id, whether it waits or runs. Answered by `Cancelled` within half a second.

    A training that runs is answered by `Finished` if there are weights to keep, and may take some seconds for it.
    """

    kind: ClassVar[str] = "cancel"

    id: str


@message
@dataclass(frozen=True)
class Shutdown:
    """Finish: cancel what runs and exit. End of file on stdin means the same."""

    kind: ClassVar[str] = "shutdown"


Request = Union[Run, Cancel, Shutdown]
