"""The jobs a person can ask for, one frozen dataclass each, with the checks that need no file to be opened.

Paths are absolute or relative to the engine's working directory. Areas are in m2, overlaps are shares of the window.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Dict, Optional, Tuple, Union

from .checks import BACKENDS, BLENDS, DEVICES, FLIPS, GRIDS, MOSAICS, PRECISIONS, at_least, choice, path
from .codec import ProtocolError, message
from .parcel_jobs import ClassifyJob, MakeParcelsJob, SampleParcelsJob
from .rooftop_jobs import RooftopYearsJob
from .train_jobs import AdaptJob, TrainJob


@message
@dataclass(frozen=True)
class MapJob:
    """Map one raster with one model.

    Attributes
    ----------
    image : str
        Raster that GDAL opens.
    model : str
        Model id, or path of a model folder, card (.json) or .onnx file.
    out : str
        Raster to write (COG): uint8 classes, or float32 values of a model that gives numbers. For those all that needs
        classes is refused: further outputs, clean-up, parcels and the blending 'max'.
    confidence, probabilities, polygons : str or None
        Further outputs: uint8 rasters scaled 0-254 = 0-1, GeoPackage.
    parcels, parcels_layer, parcels_out : str or None
        Parcel polygons to summarise the result over, and the GeoPackage that takes the answer.
    bands : tuple of int or None
        1-based band of the image for each band of the model's card, in the card's order; 0 where the image lacks an
        optional band. None: guessed from the image's band names.
    aoi, aoi_layer : str or None
        Polygons to map inside; whole image when None.
    extent : (west, south, east, north) or None, with ``extent_crs`` (anything PROJ reads)
        Rectangle to map inside; combines with ``aoi``.
    window : int
        Window in pixels of the model's grid; 0 takes the card's.
    overlap : float
        Share of the window that neighbours share, 0 to 0.9.
    blend : {'gaussian', 'mean', 'max', 'crop'}
    flips : {'none', '4', '8'}
        '4': identity, horizontal, vertical, both axes (the papers' "diagonal"). '8': the whole dihedral group.
    device, precision : str
        Device 'auto', 'cpu', 'cuda', 'cuda:N', several of one machine ('cuda:0,1'), or 'all' CUDA devices.
    backend : {'auto', 'torch', 'onnxruntime'}
        What runs the network. 'auto' takes the faster one by a short trial where the map is large enough to pay for it.
    batch, threads : int
        0 chooses.
    min_patch_m2, fill_holes_m2 : float
        Smallest patch kept and largest hole filled, in m2; 0 switches the step off.
    grid : {'input', 'model'}
        Grid of the outputs: the image's own, or the model's ground sampling distance.
    simplify_m : float
        Tolerance of polygon simplification in metres; 0 follows pixel edges.
    overwrite : bool
        Replace outputs that exist.
    resume : bool
        Go on with the same job where an earlier run of it was killed; from the start where there is nothing to go on
        with.
    """

    kind: ClassVar[str] = "map"

    image: str
    model: str
    out: str
    confidence: Optional[str] = None
    probabilities: Optional[str] = None
    polygons: Optional[str] = None
    parcels: Optional[str] = None
    parcels_layer: Optional[str] = None
    parcels_out: Optional[str] = None
    bands: Optional[Tuple[int, ...]] = None
    aoi: Optional[str] = None
    aoi_layer: Optional[str] = None
    extent: Optional[Tuple[float, float, float, float]] = None
    extent_crs: Optional[str] = None
    window: int = 0
    overlap: float = 0.25
    blend: str = "gaussian"
    flips: str = "4"
    device: str = "auto"
    precision: str = "auto"
    backend: str = "auto"
    batch: int = 0
    threads: int = 0
    min_patch_m2: float = 0.0
    fill_holes_m2: float = 0.0
    grid: str = "input"
    simplify_m: float = 0.0
    overwrite: bool = False
    resume: bool = False

    def __post_init__(self) -> None:
        for name in ("image", "model", "out"):
            path(name, getattr(self, name))
        choice("blend", self.blend, BLENDS)
        choice("flips", self.flips, FLIPS)
        choice("precision", self.precision, PRECISIONS)
        choice("grid", self.grid, GRIDS)
        choice("backend", self.backend, BACKENDS)
        if self.device not in DEVICES and not self.device.startswith("cuda:"):
            raise ProtocolError("device", f"{self.device!r} is not auto, cpu, cuda, cuda:N, cuda:N,M or all")
        if not 0 <= self.overlap <= 0.9:
            raise ProtocolError("overlap", f"{self.overlap!r} is outside 0 to 0.9")
        if self.window != 0:
            at_least("window", self.window, 16)
        for name in ("batch", "threads", "min_patch_m2", "fill_holes_m2", "simplify_m"):
            at_least(name, getattr(self, name), 0)
        if self.bands is not None and any(b < 0 for b in self.bands):
            raise ProtocolError("bands", "band numbers start at 1 (0 means absent)")
        if (self.parcels is None) != (self.parcels_out is None):
            raise ProtocolError("parcels_out", "parcels and parcels_out go together")
        if self.extent is not None:
            west, south, east, north = self.extent
            if not (west < east and south < north):
                raise ProtocolError("extent", "expected west < east and south < north")


@message
@dataclass(frozen=True)
class InspectJob:
    """Look at an image (and how it fits a model) before anything is run: the dock's pre-flight line.

    ``for_parcels`` says that the model is to classify parcels of the image, not to map it: what mapping takes is left
    out.
    """

    kind: ClassVar[str] = "inspect"

    image: str
    model: Optional[str] = None
    bands: Optional[Tuple[int, ...]] = None
    aoi: Optional[str] = None
    aoi_layer: Optional[str] = None
    extent: Optional[Tuple[float, float, float, float]] = None
    extent_crs: Optional[str] = None
    overlap: float = 0.25
    flips: str = "4"
    window: int = 0
    device: str = "auto"
    for_parcels: bool = False

    def __post_init__(self) -> None:
        path("image", self.image)
        choice("flips", self.flips, FLIPS)


@message
@dataclass(frozen=True)
class ModelsJob:
    """List the models that can be used: the bundled ones and those of ``folders``, which may also be single files."""

    kind: ClassVar[str] = "models"

    folders: Tuple[str, ...] = ()


@message
@dataclass(frozen=True)
class SummariseJob:
    """Class shares, dominant class, area and purity of each parcel over a class raster (exact coverage)."""

    kind: ClassVar[str] = "summarise"

    classes: str
    parcels: str
    out: str
    layer: Optional[str] = None
    overwrite: bool = False

    def __post_init__(self) -> None:
        for name in ("classes", "parcels", "out"):
            path(name, getattr(self, name))


@message
@dataclass(frozen=True)
class MatchJob:
    """Guess which class each reference value means, by name. ``classes`` is a class raster or a model id."""

    kind: ClassVar[str] = "match"

    classes: str
    values: Tuple[str, ...] = ()


@message
@dataclass(frozen=True)
class AssessJob:
    """Compare a class raster with reference polygons.

    ``mapping`` gives the class value for each value of ``field`` (as text); values not in it are left out of the
    matrix and counted. None: guessed by name. ``out`` is the HTML report; ``csv`` and ``json`` are further exports.
    """

    kind: ClassVar[str] = "assess"

    classes: str
    reference: str
    field: str
    out: Optional[str] = None
    csv: Optional[str] = None
    json: Optional[str] = None
    layer: Optional[str] = None
    mapping: Optional[Dict[str, int]] = None
    overwrite: bool = False

    def __post_init__(self) -> None:
        for name in ("classes", "reference", "field"):
            path(name, getattr(self, name))


@message
@dataclass(frozen=True)
class DemoSceneJob:
    """Make the procedural demo city in a folder. ``size`` is the image's side in pixels, ``gsd`` in metres."""

    kind: ClassVar[str] = "demo_scene"

    out_dir: str
    seed: int = 1
    size: int = 1024
    gsd: float = 3.0
    overwrite: bool = False

    def __post_init__(self) -> None:
        path("out_dir", self.out_dir)
        at_least("size", self.size, 64)
        if not 0.5 <= self.gsd <= 10:
            raise ProtocolError("gsd", f"{self.gsd!r} is outside 0.5 to 10 m")


@message
@dataclass(frozen=True)
class ExportJob:
    """Write a model as ONNX with its card beside it (same name, .json), and compare the two on random windows."""

    kind: ClassVar[str] = "export"

    model: str
    out: str
    overwrite: bool = False

    def __post_init__(self) -> None:
        for name in ("model", "out"):
            path(name, getattr(self, name))
        if not self.out.lower().endswith(".onnx"):
            raise ProtocolError("out", f"{self.out!r} does not end in .onnx")


@message
@dataclass(frozen=True)
class LiveJob:
    """Map what a screen shows, tile by tile from its centre, to look at and not to keep.

    Attributes
    ----------
    image, model : str
        As in `MapJob`.
    extent : (west, south, east, north), with ``extent_crs`` (anything PROJ reads)
        What the screen shows.
    screen_px : int
        Pixels of the screen across the extent: the model works at its own resolution or at the screen's, whichever is
        coarser.
    bands, flips, device, precision : as in `MapJob`
    """

    kind: ClassVar[str] = "live"

    image: str
    model: str
    extent: Tuple[float, float, float, float]
    extent_crs: str
    screen_px: int
    bands: Optional[Tuple[int, ...]] = None
    flips: str = "none"
    device: str = "auto"
    precision: str = "auto"

    def __post_init__(self) -> None:
        for name in ("image", "model", "extent_crs"):
            path(name, getattr(self, name))
        west, south, east, north = self.extent
        if not (west < east and south < north):
            raise ProtocolError("extent", "expected west < east and south < north")
        at_least("screen_px", self.screen_px, 1)
        choice("flips", self.flips, FLIPS)
        choice("precision", self.precision, PRECISIONS)


@message
@dataclass(frozen=True)
class MapManyJob:
    """Map many scenes with one model, as one job: a map for each scene, and a mosaic of them.

    Attributes
    ----------
    inputs : tuple of str
        Rasters, folders (their rasters, not those of folders inside), text files with one raster a line, VRTs (their
        source files, where it is a mosaic) and STAC ItemCollections (.json), mapped in this order.
    model : str
        As in `MapJob`.
    out_dir : str
        Folder of the maps, made if it is not there: ``<scene>_classes.tif``, ``<scene>_confidence.tif`` and
        ``mosaic.vrt`` or ``mosaic.tif``. A hidden folder in it remembers which scenes are done.
    mosaic : {'vrt', 'cog', 'none'}
        One raster of all scenes. Where they overlap, the one listed first is on top.
    confidence : bool
        Write a confidence raster for each scene too.
    asset : str
        STAC asset to map; empty takes an item's only raster, else the one whose role is 'data', else 'visual'.
    dask : str
        Address of a Dask scheduler ('tcp://host:8786'), or path of its scheduler file (.json), whose workers see all
        paths under the same names. Empty: this machine, one scene after the other.
    block_mpx : float
        Scenes with more megapixels are cut into blocks of rows of about this size, which several workers map at the
        same time, with the same result. 0: no blocks on this machine, 400 on a Dask cluster. Models of numbers map
        whole scenes.
    bands, window, overlap, blend, flips, device, precision, backend, batch, threads : as in `MapJob`
    min_patch_m2, fill_holes_m2, grid : as in `MapJob`
    overwrite : bool
        Replace outputs that another job made. Scenes that this very job has mapped already are kept all the same.
    """

    kind: ClassVar[str] = "map_many"

    inputs: Tuple[str, ...]
    model: str
    out_dir: str
    mosaic: str = "vrt"
    confidence: bool = False
    asset: str = ""
    dask: str = ""
    block_mpx: float = 0.0
    bands: Optional[Tuple[int, ...]] = None
    window: int = 0
    overlap: float = 0.25
    blend: str = "gaussian"
    flips: str = "4"
    device: str = "auto"
    precision: str = "auto"
    backend: str = "auto"
    batch: int = 0
    threads: int = 0
    min_patch_m2: float = 0.0
    fill_holes_m2: float = 0.0
    grid: str = "input"
    overwrite: bool = False

    def __post_init__(self) -> None:
        if not self.inputs:
            raise ProtocolError("inputs", "is empty")
        for one in self.inputs:
            path("inputs", one)
        path("out_dir", self.out_dir)
        choice("mosaic", self.mosaic, MOSAICS)
        at_least("block_mpx", self.block_mpx, 0)
        self.scene_job(self.inputs[0], self.out_dir)  # whose settings are checked there

    def scene_job(self, image: str, out: str, confidence: Optional[str] = None) -> MapJob:
        """Return the job that maps one scene."""
        return MapJob(
            image=image,
            model=self.model,
            out=out,
            confidence=confidence,
            bands=self.bands,
            window=self.window,
            overlap=self.overlap,
            blend=self.blend,
            flips=self.flips,
            device=self.device,
            precision=self.precision,
            backend=self.backend,
            batch=self.batch,
            threads=self.threads,
            min_patch_m2=self.min_patch_m2,
            fill_holes_m2=self.fill_holes_m2,
            grid=self.grid,
            overwrite=self.overwrite,
        )


Job = Union[
    LiveJob,
    MapManyJob,
    MapJob,
    InspectJob,
    ModelsJob,
    SummariseJob,
    MatchJob,
    AssessJob,
    DemoSceneJob,
    ExportJob,
    TrainJob,
    AdaptJob,
    RooftopYearsJob,
    MakeParcelsJob,
    SampleParcelsJob,
    ClassifyJob,
]
