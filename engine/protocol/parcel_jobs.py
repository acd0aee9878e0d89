"""Jobs on parcels: cut them from streets, choose some to label, and classify their land use."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, Dict, Optional, Tuple

from .checks import ALLOCATIONS, at_least, choice, path
from .codec import ProtocolError, message


@message
@dataclass(frozen=True)
class MakeParcelsJob:
    """Cut parcels out of a boundary by its roads (MSLU-100K, "Unlabeled parcel boundary data").

    Attributes
    ----------
    boundary, roads : str
        Polygons and lines, in any CRS.
    out : str
        GeoPackage to write, in the boundary's CRS.
    boundary_layer, roads_layer : str or None
        None takes the only layer.
    road_field : str
        Field of the roads that holds their class; empty: all are as wide as a road of unknown class. Roads that a
        field ``tunnel`` says to be underground do not cut.
    widths : dict
        Width of the whole roadbed in metres by class; classes that are not in it have the built-in width of OSM's
        ``highway`` value (`ROAD_WIDTHS`). Roads of width 0 do not cut.
    default_width : float
        Width in metres of roads of unknown class.
    opening_m : float
        The parcels are shrunk and grown again by this, which takes off what is narrower than twice as much.
    min_area_m2, max_area_m2 : float
        Parcels outside are left out; 0 for no limit.
    overwrite : bool
    """

    kind: ClassVar[str] = "make_parcels"

    boundary: str
    roads: str
    out: str
    boundary_layer: Optional[str] = None
    roads_layer: Optional[str] = None
    road_field: str = "highway"
    widths: Dict[str, float] = field(default_factory=dict)
    default_width: float = 6.0
    opening_m: float = 5.0
    min_area_m2: float = 0.0
    max_area_m2: float = 0.0
    overwrite: bool = False

    def __post_init__(self) -> None:
        for name in ("boundary", "roads", "out"):
            path(name, getattr(self, name))
        for name in ("default_width", "opening_m", "min_area_m2", "max_area_m2"):
            at_least(name, getattr(self, name), 0.0)
        for name, width in self.widths.items():
            if not 0 <= width <= 1000:
                raise ProtocolError("widths", f"the width of {name!r} must be 0 to 1000 m, not {width!r}")
        if not self.opening_m <= 1000:
            raise ProtocolError("opening_m", f"it must be 0 to 1000 m, not {self.opening_m!r}")
        if not self.default_width <= 1000:
            raise ProtocolError("default_width", f"it must be 0 to 1000 m, not {self.default_width!r}")
        if 0 < self.max_area_m2 <= self.min_area_m2:
            raise ProtocolError("max_area_m2", "it must be larger than min_area_m2")


@message
@dataclass(frozen=True)
class SampleParcelsJob:
    """Choose parcels to label (MSLU-100K, "Sample filtering based on size and location").

    Attributes
    ----------
    parcels : str
        Polygons, in any CRS.
    out : str
        GeoPackage to write: the chosen ones, the best first.
    count : int
        How many are wanted.
    layer : str or None
        None takes the only one.
    min_area_m2, max_area_m2 : float
        Parcels outside are not chosen; 0 for no limit. The defaults are the paper's.
    centre : (x, y) or None
        Of the city; None takes the centroid of all parcels, weighted by area.
    centre_crs : str or None
        Of ``centre``; None for the parcels' own.
    distance_weight : float
        Of closeness to the centre, 0 to 1; the rest is the weight of chance. The default is the paper's.
    dispersion : float
        Above 0; the larger, the less it matters how far from the centre a parcel lies.
    seed : int
    strata_field : str or None
        Field whose values divide the sample, for example the predicted class.
    allocation : str
        One of `ALLOCATIONS`: how many of each value; 'equal' or 'proportional' to how many there are.
    uncertainty_field : str or None
        Field of numbers whose highest are chosen; distance and chance then do not count.
    overwrite : bool
    """

    kind: ClassVar[str] = "sample_parcels"

    parcels: str
    out: str
    count: int
    layer: Optional[str] = None
    min_area_m2: float = 38931.315
    max_area_m2: float = 676818.47
    centre: Optional[Tuple[float, float]] = None
    centre_crs: Optional[str] = None
    distance_weight: float = 0.7
    dispersion: float = 1.0
    seed: int = 0
    strata_field: Optional[str] = None
    allocation: str = "equal"
    uncertainty_field: Optional[str] = None
    overwrite: bool = False

    def __post_init__(self) -> None:
        for name in ("parcels", "out"):
            path(name, getattr(self, name))
        at_least("count", self.count, 1)
        at_least("seed", self.seed, 0)
        for name in ("min_area_m2", "max_area_m2", "distance_weight"):
            at_least(name, getattr(self, name), 0.0)
        if self.distance_weight > 1:
            raise ProtocolError("distance_weight", f"it must be 0 to 1, not {self.distance_weight!r}")
        if not 0 < self.dispersion < float("inf"):
            raise ProtocolError("dispersion", f"it must be above 0, not {self.dispersion!r}")
        if 0 < self.max_area_m2 <= self.min_area_m2:
            raise ProtocolError("max_area_m2", "it must be larger than min_area_m2")
        choice("allocation", self.allocation, ALLOCATIONS)


@message
@dataclass(frozen=True)
class ClassifyJob:
    """Classify the land use of parcels from up to three sources; at least one must be given.

    Attributes
    ----------
    parcels : str
        Polygons, in any CRS.
    out : str
        GeoPackage to write.
    model : str
        Id of a parcel model, its folder, or its card.
    layer : str or None
        Layer of the parcels; None takes the only one.
    image : str or None
        Raster that patches are cut from.
    bands : tuple of int or None
        As in `MapJob`.
    pois : str or None
        Points of interest, in any CRS.
    pois_layer : str or None
    pois_field : str
        Field of the points that holds their category: OSM's key=value or value, Gaode's type code or name, or a
        category of the model.
    density : str or None
        User density of 24 hours: a raster of 24 bands, or a CSV table with one row a parcel.
    density_key : str
        Field of the parcels, and column of the table, that say which row belongs to which parcel.
    classes : str or None
        Class raster whose shares are written beside the prediction.
    most_patches : int
        Most image patches of a parcel.
    seed : int
        Of the places of the patches.
    device, threads : as in `MapJob`
    overwrite : bool
    """

    kind: ClassVar[str] = "classify"

    parcels: str
    out: str
    model: str = "parcels"
    layer: Optional[str] = None
    image: Optional[str] = None
    bands: Optional[Tuple[int, ...]] = None
    pois: Optional[str] = None
    pois_layer: Optional[str] = None
    pois_field: str = "category"
    density: Optional[str] = None
    density_key: str = "parcel_id"
    classes: Optional[str] = None
    most_patches: int = 16
    seed: int = 0
    device: str = "auto"
    threads: int = 0
    overwrite: bool = False

    def __post_init__(self) -> None:
        for name in ("parcels", "out", "model"):
            path(name, getattr(self, name))
        at_least("most_patches", self.most_patches, 1)
        at_least("threads", self.threads, 0)
        if not (self.image or self.pois or self.density):
            raise ProtocolError("image", "at least one of image, points of interest and density must be given")
