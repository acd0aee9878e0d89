"""What the worker writes to its stdout: one event a line. Text for people is made by `messages.word`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar, Dict, Tuple, Union

from .codec import message
from .results import LiveTile, Result, TrainPoint

PROTOCOL_VERSION = 1


@message
@dataclass(frozen=True)
class Hello:
    """The first line of a worker: who it is and which devices it has ('cpu', 'cuda:0 NVIDIA ...')."""

    kind: ClassVar[str] = "hello"

    protocol: int
    version: str
    pid: int
    devices: Tuple[str, ...] = ()


@message
@dataclass(frozen=True)
class Started:
    """The job with this id left the queue."""

    kind: ClassVar[str] = "started"

    id: str


@message
@dataclass(frozen=True)
class Progress:
    """How far a job is.

    ``stage`` is a code of `messages.STAGES`; ``done`` of ``total`` are in the stage's unit; ``fraction`` is of the
    whole job, 0 to 1; ``rate`` is pixels of the model's grid a second (0 where it means nothing); ``eta_s`` is the time
    left in seconds, negative while unknown.
    """

    kind: ClassVar[str] = "progress"

    id: str
    stage: str
    fraction: float
    done: int = 0
    total: int = 0
    rate: float = 0.0
    eta_s: float = -1.0


@message
@dataclass(frozen=True)
class Notice:
    """Something a person should know that stops nothing: a message code with its values."""

    kind: ClassVar[str] = "notice"

    id: str
    code: str
    values: Dict[str, Any] = field(default_factory=dict)


@message
@dataclass(frozen=True)
class TileReady:
    """A tile of a live view can be shown."""

    kind: ClassVar[str] = "tile_ready"

    id: str
    tile: LiveTile


@message
@dataclass(frozen=True)
class TrainingPoint:
    """A training has a new point on its curves."""

    kind: ClassVar[str] = "training_point"

    id: str
    point: TrainPoint


@message
@dataclass(frozen=True)
class Finished:
    """The job is done and its files stand under their final names."""

    kind: ClassVar[str] = "finished"

    id: str
    result: Result


@message
@dataclass(frozen=True)
class Failed:
    """The job ended with an error: its code and values for a person, ``detail`` (a traceback) for the log."""

    kind: ClassVar[str] = "failed"

    id: str
    code: str
    values: Dict[str, Any] = field(default_factory=dict)
    detail: str = ""


@message
@dataclass(frozen=True)
class Cancelled:
    """The job was stopped on request and left nothing behind."""

    kind: ClassVar[str] = "cancelled"

    id: str


Event = Union[Hello, Started, Progress, Notice, TileReady, TrainingPoint, Finished, Failed, Cancelled]
