"""Training jobs: what a person can ask for to make a model, or to fit one to another place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar, Dict, Optional, Tuple

from .checks import PRECISIONS, at_least, choice, path
from .codec import ProtocolError, message
from .results import BandSpec, ClassInfo


@dataclass(frozen=True)
class TrainSource:
    """An image with reference polygons to learn from.

    Attributes
    ----------
    image : str
        Raster that GDAL opens.
    reference : str
        Polygons; places without one are not learnt from.
    field : str
        Field of the polygons that holds the class.
    layer : str or None
        Layer of the reference; None takes the only one.
    mapping : dict or None
        Class value by value of ``field`` (as text); values not in it are not learnt from. None: guessed by name.
    bands : tuple of int or None
        As in `MapJob`.
    """

    image: str
    reference: str
    field: str
    layer: Optional[str] = None
    mapping: Optional[Dict[str, int]] = None
    bands: Optional[Tuple[int, ...]] = None

    def __post_init__(self) -> None:
        for name in ("image", "reference", "field"):
            path(name, getattr(self, name))


@message
@dataclass(frozen=True)
class TrainJob:
    """Train a network on images with reference polygons: fit a model to one's own data, or start from nothing.

    Attributes
    ----------
    out : str
        Folder of the model that is made (card and weights); its last part is the model's id.
    sources : tuple of TrainSource
    model : str
        Model to start from, whose bands, classes, scaling and resolutions are kept; exactly one of ``model`` and
        ``network`` is given.
    network, options : str, dict
        Network with fresh weights, and its sizes; needs ``classes``, ``bands`` and ``gsd_m``.
    classes : tuple of ClassInfo
    bands : tuple of BandSpec
    gsd_m : (float, float) or None
        Range of ground sampling distances in metres; imagery outside is resampled to its nearest end.
    title : str
        Name for people; empty: the id.
    validation : tuple of TrainSource
        Where the model is validated. Empty: a part of the labels of ``sources``, by place, is kept for that.
    validation_share : float
        Share of the labels that is kept, 0.05 to 0.5.
    epochs : int
        0 takes the recipe's; an epoch sees every training tile once.
    minutes : float
        Time limit; the schedule fits into it. 0: none.
    tile, batch : int
        Side of a training tile in pixels and tiles a step; 0 takes the recipe's.
    learning_rate : float
        0 takes the recipe's.
    seed : int
    device, precision, threads : as in `MapJob`
    overwrite : bool
        Replace a model that is in ``out``.
    resume : bool
        Go on where the same job was killed.
    """

    kind: ClassVar[str] = "train"

    out: str
    sources: Tuple[TrainSource, ...]
    model: str = ""
    network: str = ""
    options: Dict[str, Any] = field(default_factory=dict)
    classes: Tuple[ClassInfo, ...] = ()
    bands: Tuple[BandSpec, ...] = ()
    gsd_m: Optional[Tuple[float, float]] = None
    title: str = ""
    validation: Tuple[TrainSource, ...] = ()
    validation_share: float = 0.25
    epochs: int = 0
    minutes: float = 0.0
    tile: int = 0
    batch: int = 0
    learning_rate: float = 0.0
    seed: int = 0
    device: str = "auto"
    precision: str = "auto"
    threads: int = 0
    overwrite: bool = False
    resume: bool = False

    def __post_init__(self) -> None:
        path("out", self.out)
        if not self.sources:
            raise ProtocolError("sources", "is empty")
        if bool(self.model) == bool(self.network):
            raise ProtocolError("model", "exactly one of model and network is needed")
        if self.network:
            if len(self.classes) < 2:
                raise ProtocolError("classes", "a fresh network needs two classes or more")
            if self.batch == 1:  # batch normalisation would measure single values
                raise ProtocolError("batch", "a fresh network needs two tiles a step or more")
            if not self.bands:
                raise ProtocolError("bands", "a fresh network needs its bands")
            if self.gsd_m is None:
                raise ProtocolError("gsd_m", "a fresh network needs its range of ground sampling distances")
        if self.gsd_m is not None and not 0 < self.gsd_m[0] <= self.gsd_m[1]:
            raise ProtocolError("gsd_m", "expected two growing numbers above 0")
        if not 0.05 <= self.validation_share <= 0.5:
            raise ProtocolError("validation_share", f"{self.validation_share!r} is outside 0.05 to 0.5")
        choice("precision", self.precision, PRECISIONS)
        if self.tile:
            at_least("tile", self.tile, 32)
        for name in ("epochs", "minutes", "batch", "learning_rate", "seed", "threads"):
            at_least(name, getattr(self, name), 0)


@message
@dataclass(frozen=True)
class AdaptJob:
    """Fit a model to images without labels, adversarially (UGS-1m eq. 4-7).

    Attributes
    ----------
    model : str
        Model to adapt.
    targets : tuple of str
        Images of the place or sensor that the model is to be fitted to; no labels are read.
    out : str
        Folder of the model that is made.
    sources : tuple of TrainSource
        Labelled images of the kind that the model was trained on, so that it does not forget its classes. Empty: demo
        cities, where the model's classes are those of `landcover`.
    target_bands : tuple of int or None
        As `MapJob.bands`, for every target. None: guessed.
    by_region : bool
        One target after the other, each starting from the last one's model, instead of all together (UBGG-3m).
    steps : int
        Steps for each round; 0 takes the recipe's.
    minutes : float
        Time limit of the whole job. 0: none.
    title, tile, batch, learning_rate, seed, device, precision, threads, overwrite : as in `TrainJob`
    """

    kind: ClassVar[str] = "adapt"

    model: str
    targets: Tuple[str, ...]
    out: str
    sources: Tuple[TrainSource, ...] = ()
    target_bands: Optional[Tuple[int, ...]] = None
    by_region: bool = False
    steps: int = 0
    minutes: float = 0.0
    title: str = ""
    tile: int = 0
    batch: int = 0
    learning_rate: float = 0.0
    seed: int = 0
    device: str = "auto"
    precision: str = "auto"
    threads: int = 0
    overwrite: bool = False

    def __post_init__(self) -> None:
        path("model", self.model)
        path("out", self.out)
        if not self.targets:
            raise ProtocolError("targets", "is empty")
        for target in self.targets:
            path("targets", target)
        choice("precision", self.precision, PRECISIONS)
        if self.tile:
            at_least("tile", self.tile, 32)
        for name in ("steps", "minutes", "batch", "learning_rate", "seed", "threads"):
            at_least(name, getattr(self, name), 0)
