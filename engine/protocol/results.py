"""What jobs answer. Areas in m2, shares and metrics 0 to 1, NaN (null on the wire) where a metric is not defined."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar, Dict, Optional, Tuple, Union

from .codec import message


@dataclass(frozen=True)
class ClassInfo:
    """One class of a map: its value in the raster, its English name and its colour (#rrggbb)."""

    value: int
    name: str
    colour: str


@dataclass(frozen=True)
class ClassArea:
    """How much of a map one class covers."""

    value: int
    name: str
    colour: str
    pixels: int
    area_m2: float


@dataclass(frozen=True)
class BandSpec:
    """One input band of a model: its role ('blue', 'green', 'red', 'nir' ...) and whether the image may lack it."""

    role: str
    optional: bool = False


@dataclass(frozen=True)
class BandInfo:
    """One band of an image: 1-based number, name (may be empty) and the role guessed for it (may be empty)."""

    number: int
    name: str
    role: str


@dataclass(frozen=True)
class Remark:
    """A message code with its values; ``severity`` is 'info', 'warning' or 'error' (an error stops the run)."""

    code: str
    values: Dict[str, Any] = field(default_factory=dict)
    severity: str = "info"


@dataclass(frozen=True)
class ModelInfo:
    """A model as a person picks it: what its card says.

    ``gsd_min_m`` and ``gsd_max_m`` bound the ground sampling distances that it was trained for; ``accuracy`` is the
    card's headline, for example {'overall': 0.93, 'data': 'demo scenes, held-out seeds'}.
    """

    id: str
    title: str
    description: str
    path: str
    task: str
    classes: Tuple[ClassInfo, ...]
    nodata: int
    bands: Tuple[BandSpec, ...]
    gsd_min_m: float
    gsd_max_m: float
    window: int
    licence: str = ""
    accuracy: Dict[str, Any] = field(default_factory=dict)
    size_bytes: int = 0


@message
@dataclass(frozen=True)
class ModelsResult:
    """The models found, and a remark for each folder or card that could not be used."""

    kind: ClassVar[str] = "models_result"

    models: Tuple[ModelInfo, ...]
    remarks: Tuple[Remark, ...] = ()


@message
@dataclass(frozen=True)
class InspectResult:
    """What an image is and what mapping it would mean.

    ``bands_guess`` is the `MapJob.bands` that the names suggest for the model (None without a model or when required
    roles stay open). ``map_width`` x ``map_height`` is the grid the model would work on, at ``map_gsd_m``;
    ``estimate_s`` is negative while no rate is known for this model and device.
    """

    kind: ClassVar[str] = "inspect_result"

    width: int
    height: int
    dtype: str
    crs: str
    gsd_m: float
    nodata: Optional[float]
    bands: Tuple[BandInfo, ...]
    bands_guess: Optional[Tuple[int, ...]]
    map_width: int
    map_height: int
    map_gsd_m: float
    map_px: int
    estimate_s: float
    device: str
    remarks: Tuple[Remark, ...] = ()


@message
@dataclass(frozen=True)
class MapResult:
    """What a map job made. Paths are absolute; None for outputs that were not asked for.

    ``rate_px_s`` counts pixels of the model's grid that were mapped, each once, whatever the flips and the overlap.
    """

    kind: ClassVar[str] = "map_result"

    classes: str
    confidence: Optional[str]
    probabilities: Optional[str]
    polygons: Optional[str]
    parcels: Optional[str]
    model: str
    model_title: str
    class_infos: Tuple[ClassInfo, ...]
    areas: Tuple[ClassArea, ...]
    width: int
    height: int
    map_gsd_m: float
    mapped_px: int
    seconds: float
    rate_px_s: float
    device: str
    precision: str
    backend: str
    remarks: Tuple[Remark, ...] = ()


@message
@dataclass(frozen=True)
class SummariseResult:
    """Where the parcels went and how many have no mapped pixel."""

    kind: ClassVar[str] = "summarise_result"

    out: str
    parcels: int
    outside: int
    class_infos: Tuple[ClassInfo, ...]
    remarks: Tuple[Remark, ...] = ()


@message
@dataclass(frozen=True)
class MatchResult:
    """The guess: class value by reference value (values without a guess are absent)."""

    kind: ClassVar[str] = "match_result"

    class_infos: Tuple[ClassInfo, ...]
    mapping: Dict[str, int]


@dataclass(frozen=True)
class ClassScore:
    """Scores of one class: precision (user's accuracy), recall (producer's accuracy), F1 and IoU, with pixel counts."""

    value: int
    name: str
    colour: str
    precision: float
    recall: float
    f1: float
    iou: float
    mapped: int
    reference: int


@message
@dataclass(frozen=True)
class AssessResult:
    """Confusion matrix (rows = map, columns = reference, in the order of ``classes``) and the scores made from it."""

    kind: ClassVar[str] = "assess_result"

    classes: Tuple[ClassScore, ...]
    matrix: Tuple[Tuple[int, ...], ...]
    overall_accuracy: float
    kappa: float
    mean_iou: float
    fw_iou: float
    pixels: int
    mapping: Dict[str, int]
    html: Optional[str] = None
    csv: Optional[str] = None
    json: Optional[str] = None
    remarks: Tuple[Remark, ...] = ()


@message
@dataclass(frozen=True)
class DemoSceneResult:
    """The demo scene's files by name: image, truth, reference, roads, boundary, parcels, sentinel2_<year>."""

    kind: ClassVar[str] = "demo_scene_result"

    out_dir: str
    files: Dict[str, str]


@message
@dataclass(frozen=True)
class ExportResult:
    """The exported files, and how far its probabilities are from the original's on random windows.

    ``largest_difference`` is over all pixels and classes; ``same_class`` is the share of pixels with the same class.
    """

    kind: ClassVar[str] = "export_result"

    onnx: str
    card: str
    size_bytes: int
    largest_difference: float
    same_class: float
    remarks: Tuple[Remark, ...] = ()


Result = Union[
    MapResult, InspectResult, ModelsResult, SummariseResult, MatchResult, AssessResult, DemoSceneResult, ExportResult
]
