"""The job that maps rooftops through the years, and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Optional, Tuple

from .checks import BLENDS, FLIPS, PRECISIONS, at_least, choice, path
from .codec import ProtocolError, message

MOST_YEARS = 60
"""Images that one job takes; the raster of changes has a value for each year."""

CHANGES = ("never", "always", "new", "lost", "several")
"""What can become of a place: no rooftop in any year, one in all of them, since or until a year, or more changes."""


@message
@dataclass(frozen=True)
class RooftopYearsJob:
    """Map rooftops in images of several years, and where they came and went (CBRA, section 4.4).

    Attributes
    ----------
    images : tuple of str
        Rasters of one grid, one a year, in any order.
    years : tuple of int
        Year of each image.
    out_dir : str
        Folder of the outputs, made if it is not there: ``rooftops_<year>.tif`` (0 other, 255 rooftop, 1 nodata),
        ``change.tif`` and ``areas.csv``.
    model : str
        Id or path of a model of two classes, one of them named rooftop or building.
    built_mask : str or None
        Raster of the probability of built-up land (0 to 1), such as Dynamic World's; rooftops stay where it is 0.2 or
        more.
    homogeneity : bool
        Check each year but the first and the last against its neighbours.
    bands, overlap, blend, flips, device, precision, batch, threads : as in `MapJob`
    overwrite : bool
        Replace outputs that exist.
    """

    kind: ClassVar[str] = "rooftop_years"

    images: Tuple[str, ...]
    years: Tuple[int, ...]
    out_dir: str
    model: str = "rooftops"
    built_mask: Optional[str] = None
    homogeneity: bool = True
    bands: Optional[Tuple[int, ...]] = None
    overlap: float = 0.25
    blend: str = "gaussian"
    flips: str = "4"
    device: str = "auto"
    precision: str = "auto"
    batch: int = 0
    threads: int = 0
    overwrite: bool = False

    def __post_init__(self) -> None:
        for name in ("out_dir", "model"):
            path(name, getattr(self, name))
        if not self.images:
            raise ProtocolError("images", "is empty: give an image for each year")
        for image in self.images:
            path("images", image)
        if len(self.years) != len(self.images):
            raise ProtocolError("years", f"has {len(self.years)} years for {len(self.images)} images")
        twice = sorted({year for year in self.years if self.years.count(year) > 1})
        if twice:
            raise ProtocolError("years", f"has {twice[0]} twice: give one image a year")
        if len(self.years) > MOST_YEARS:
            raise ProtocolError("years", f"has {len(self.years)} years, more than {MOST_YEARS}")
        for year in self.years:
            at_least("years", year, 1)
        choice("blend", self.blend, BLENDS)
        choice("flips", self.flips, FLIPS)
        choice("precision", self.precision, PRECISIONS)
        if not 0 <= self.overlap <= 0.9:
            raise ProtocolError("overlap", f"{self.overlap!r} is outside 0 to 0.9")
        for name in ("batch", "threads"):
            at_least(name, getattr(self, name), 0)
