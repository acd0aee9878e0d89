"""What jobs answer. Areas in m2, shares and metrics 0 to 1, NaN (null on the wire) where a metric is not defined."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar, Dict, Optional, Tuple, Union

from .codec import message

PARCEL_TASK = "classification"
"""STAC MLM's word for the task of a model that gives one class to a whole parcel."""


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
class ValueBand:
    """One band of a raster of values: its name, and what its pixels with data are (NaN where there are none)."""

    name: str
    minimum: float
    mean: float
    maximum: float
    std: float


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
    card's headline, for example {'overall': 0.93, 'data': 'demo scenes, held-out seeds'}. ``task`` is STAC MLM's word;
    ``values`` names the bands that a model of numbers ('regression', 'super-resolution') gives instead of ``classes``.
    ``limits`` says in sentences what the model is not good for.
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
    limits: Tuple[str, ...] = ()
    accuracy: Dict[str, Any] = field(default_factory=dict)
    size_bytes: int = 0
    values: Tuple[str, ...] = ()

    @property
    def of_parcels(self) -> bool:
        """Whether the model classifies parcels, where all others map pixels."""
        return self.task == PARCEL_TASK


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

    ``classes`` is the raster that `MapJob.out` named. It holds classes where ``values`` is empty; otherwise float32
    numbers (NaN: nodata) in the bands that ``values`` describes, and ``class_infos`` and ``areas`` are empty.
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
    task: str = "semantic-segmentation"
    values: Tuple[ValueBand, ...] = ()


@dataclass(frozen=True)
class SceneResult:
    """What became of one scene.

    ``state`` is 'done', 'kept' (an earlier run of the same job had mapped it) or 'failed'; then ``code`` and ``values``
    are the message that says why, and the paths are None. ``attempts`` counts how often it was begun: above 1 where a
    run or a worker was killed. ``seconds`` is the time that mapping it took, whenever that was.
    """

    image: str
    name: str
    state: str
    classes: Optional[str] = None
    confidence: Optional[str] = None
    mapped_px: int = 0
    seconds: float = 0.0
    attempts: int = 1
    code: str = ""
    values: Dict[str, Any] = field(default_factory=dict)


@message
@dataclass(frozen=True)
class MapManyResult:
    """What became of each scene, in the order they were listed, and of the mosaic.

    ``areas`` are the sums over the scenes' maps: a place that several scenes show counts once for each of them.
    ``mapped_px`` and ``rate_px_s`` count pixels of the model's grid that this run mapped. A remark whose severity is
    'error' says that scenes, or the mosaic, are missing; what is there is whole.
    """

    kind: ClassVar[str] = "map_many_result"

    out_dir: str
    scenes: Tuple[SceneResult, ...]
    mosaic: Optional[str]
    model: str
    model_title: str
    class_infos: Tuple[ClassInfo, ...]
    areas: Tuple[ClassArea, ...]
    mapped_px: int
    seconds: float
    rate_px_s: float
    device: str
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
    """The demo scene's files by name: image, truth, its vector layers (pois among them), density, sentinel2_<year>."""

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


@dataclass(frozen=True)
class LiveTile:
    """A square of a live view.

    Attributes
    ----------
    level : int
        How often the model's resolution was halved for the screen; 0 is the model's own.
    row, column : int
        On the tiles' lattice of that level.
    width, height : int
        Pixels.
    transform : (a, b, c, d, e, f)
        Pixel to ground: x = a * column + b * row + c, y = d * column + e * row + f.
    crs : str
        Of the transform, as an authority's code or WKT.
    data : str
        Class values, uint8, rows from the top, compressed by zlib, in base64.
    """

    level: int
    row: int
    column: int
    width: int
    height: int
    transform: Tuple[float, float, float, float, float, float]
    crs: str
    data: str


@message
@dataclass(frozen=True)
class LiveResult:
    """A live view that is whole.

    ``tiles`` were sent, ``cached`` of them from an earlier view; ``gsd_m`` is the ground sampling distance at which the
    model worked, and ``in_range`` says whether it was made for it.
    """

    kind: ClassVar[str] = "live_result"

    tiles: int
    cached: int
    level: int
    gsd_m: float
    in_range: bool
    seconds: float
    device: str
    remarks: Tuple[Remark, ...] = ()


@dataclass(frozen=True)
class TrainPoint:
    """Where a training is: one row of its curves.

    ``loss`` is the mean since the last point; ``overall_accuracy``, ``mean_iou`` and ``f1`` (by class name) are of the
    validation part, NaN and empty where there is none. ``best`` says that these weights are the best so far.
    """

    step: int
    epoch: float
    minutes: float
    learning_rate: float
    loss: float
    overall_accuracy: float
    mean_iou: float
    f1: Dict[str, float] = field(default_factory=dict)
    best: bool = False


@message
@dataclass(frozen=True)
class TrainResult:
    """The model that a training or an adaptation made.

    Attributes
    ----------
    model : ModelInfo
        As the list of models shows it.
    folder, curves : str
        Folder of the model, and its curves as CSV.
    points : tuple of TrainPoint
    stopped : bool
        The person stopped it; the best weights until then were kept.
    train_tiles, validation_tiles : int
    train_px, validation_px : dict
        Labelled pixels by class name.
    """

    kind: ClassVar[str] = "train_result"

    model: ModelInfo
    folder: str
    curves: str
    points: Tuple[TrainPoint, ...]
    stopped: bool
    seconds: float
    device: str
    precision: str
    train_tiles: int
    validation_tiles: int
    train_px: Dict[str, int] = field(default_factory=dict)
    validation_px: Dict[str, int] = field(default_factory=dict)
    remarks: Tuple[Remark, ...] = ()


@message
@dataclass(frozen=True)
class MakeParcelsResult:
    """Where the parcels went, how many there are, and their area in m2 together.

    ``roads`` counts those that cut something; ``dropped`` the pieces that the opening or the area range took away.
    """

    kind: ClassVar[str] = "make_parcels_result"

    out: str
    parcels: int
    roads: int
    dropped: int
    area_m2: float
    crs: str
    seconds: float
    remarks: Tuple[Remark, ...] = ()


@message
@dataclass(frozen=True)
class SampleParcelsResult:
    """Where the chosen parcels went.

    Attributes
    ----------
    out : str
    parcels, eligible, chosen : int
        In the layer; of these in the area range (and with a number, where one is asked for); of these chosen.
    strata : dict
        Chosen parcels by value of the field that divides the sample ('' where it has none); empty without one.
    centre : (longitude, latitude)
        That distances were measured from, in WGS 84.
    seconds : float
    remarks : tuple of Remark
    """

    kind: ClassVar[str] = "sample_parcels_result"

    out: str
    parcels: int
    eligible: int
    chosen: int
    strata: Dict[str, int]
    centre: Tuple[float, float]
    seconds: float
    remarks: Tuple[Remark, ...] = ()


@message
@dataclass(frozen=True)
class ClassifyResult:
    """What became of the parcels.

    Attributes
    ----------
    out : str
    model : str
        Id of the model.
    class_infos : tuple of ClassInfo
    parcels, classified : int
        Parcels in the layer, and those with at least one source.
    counts : dict
        Parcels by predicted class name.
    levels : dict
        Parcels by quality level, '0' to '5'.
    used : dict
        Parcels by source: 'image', 'poi' and 'density'.
    seconds : float
    device : str
    remarks : tuple of Remark
    """

    kind: ClassVar[str] = "classify_result"

    out: str
    model: str
    class_infos: Tuple[ClassInfo, ...]
    parcels: int
    classified: int
    counts: Dict[str, int]
    levels: Dict[str, int]
    used: Dict[str, int]
    seconds: float
    device: str
    remarks: Tuple[Remark, ...] = ()


@dataclass(frozen=True)
class RooftopYear:
    """A year's map, with areas in m2.

    ``gained_m2`` and ``lost_m2`` are since the image before, where both have data; None for the first.
    """

    year: int
    path: str
    rooftop_m2: float
    mapped_m2: float
    gained_m2: Optional[float] = None
    lost_m2: Optional[float] = None


@dataclass(frozen=True)
class RooftopChange:
    """A value of the raster of changes.

    ``change`` is one of `rooftop_jobs.CHANGES`; ``year`` is that of the first image that shows it, where it is 'new'
    or 'lost'.
    """

    value: int
    change: str
    colour: str
    year: Optional[int] = None
    area_m2: float = 0.0


@message
@dataclass(frozen=True)
class RooftopYearsResult:
    """Where the maps of rooftops went, and how their area changed.

    Attributes
    ----------
    out_dir : str
    years : tuple of RooftopYear
        The earliest first.
    change, table : str
        Raster of changes, and the areas as CSV.
    class_infos : tuple of ClassInfo
        Of the years' maps.
    changes : tuple of RooftopChange
    model, model_title : str
    mapped_px : int
        Pixels of the model's grid that were mapped, over all years.
    seconds : float
    device : str
    remarks : tuple of Remark
    """

    kind: ClassVar[str] = "rooftop_years_result"

    out_dir: str
    years: Tuple[RooftopYear, ...]
    change: str
    table: str
    class_infos: Tuple[ClassInfo, ...]
    changes: Tuple[RooftopChange, ...]
    model: str
    model_title: str
    mapped_px: int
    seconds: float
    device: str
    remarks: Tuple[Remark, ...] = ()


Result = Union[
    LiveResult,
    MapManyResult,
    MapResult,
    InspectResult,
    ModelsResult,
    SummariseResult,
    MatchResult,
    AssessResult,
    DemoSceneResult,
    ExportResult,
    TrainResult,
    RooftopYearsResult,
    MakeParcelsResult,
    SampleParcelsResult,
    ClassifyResult,
]
