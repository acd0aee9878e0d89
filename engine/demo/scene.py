"""The demo scene: a procedural city with imagery, exact land cover and the vector layers that go with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import shapely
from affine import Affine
from rasterio.transform import from_origin
from shapely.geometry.base import BaseGeometry

from urbangrain.engine.errors import UrbanGrainError

from . import sentinel2, vectors
from .buildings import Buildings, build
from .canvas import Canvas
from .density import user_density
from .details import paint_roof_details, paint_traffic, paint_yards
from .ground import paint_buildings, paint_land, paint_streets_and_water
from .landuse import Parcels, cut_parcels
from .layout import Layout, plan
from .pois import pois
from .reference import digitise
from .render import box_mean, record, reflectance, swath, truth_on_grid
from .spectra import Cover
from .style import Style, draw_style, stream
from .trees import paint_trees, tree_points
from .water import water_bodies

Place = Literal["mixed", "anywhere", "open"]
Feature = tuple[BaseGeometry, dict[str, Any]]
_MIN_SIDE = 1700.0  # metres of city that are planned, however small the image


@dataclass(frozen=True)
class SceneSpec:
    """What to make.

    Attributes
    ----------
    seed : int
        Every seed is another city, season and sensor.
    size : int
        Side of the image in pixels, 64 or more.
    gsd : float
        Ground sampling distance in metres, 0.5 to 10.
    nodata_margin : bool
        Leave slanted margins without data, as the edge of a swath does.
    place : {"mixed", "anywhere", "open"}
        Which part of the city is seen: where land use is most mixed, anywhere, or where there is most open land. At
        fine resolutions the last two may show a few fields, one wood or a housing estate alone.
    """

    seed: int
    size: int = 1024
    gsd: float = 3.0
    nodata_margin: bool = True
    place: Place = "mixed"

    def __post_init__(self) -> None:
        if self.seed < 0:
            raise UrbanGrainError("job.invalid", field="seed", problem=f"must be 0 or more, not {self.seed}")
        if self.size < 64:
            raise UrbanGrainError("job.invalid", field="size", problem=f"must be at least 64, not {self.size}")
        if not 0.5 <= self.gsd <= 10:
            raise UrbanGrainError("job.invalid", field="gsd", problem=f"must be 0.5 to 10 m, not {self.gsd}")

    @property
    def supersampling(self) -> int:
        """Fine pixels along a side of an image pixel: 3 for small images, fewer for large ones or fine pixels."""
        wanted = 3 if self.gsd >= 0.9 else 2
        return max(1, min(wanted, 4608 // self.size))


@dataclass
class Scene:
    """A city as seen and as it is.

    Attributes
    ----------
    image : ndarray uint16 [4, size, size]
        Digital numbers of blue, green, red and near infrared; 0 is nodata.
    truth : ndarray uint8 [size, size]
        `Cover` values; 0 exactly where the image has no data.
    transform : Affine
        Pixel to map coordinates.
    crs : str
        A UTM zone, as ``EPSG:...``.
    roads, boundary, parcels, reference, buildings : list of (geometry, properties)
        Empty if the scene was made with ``imagery_only``, as are all that follow. Map coordinates.
    pois : list of (Point, properties)
        Points of interest, incomplete and with errors: ``category`` is an OSM tag as ``key=value``, ``name`` a text or
        None.
    density : ndarray float32 [24, h, w]
        Users by hour in an unknown unit, from 0:00; NaN where there is no data.
    density_transform : Affine
    sentinel2 : dict of int to ndarray uint16 [4, h, w]
        Sentinel-2-like imagery by year: 10 m, bands B2, B3, B4, B8, reflectance times 10000.
    sentinel2_transform : Affine
    """

    spec: SceneSpec
    style: Style
    image: np.ndarray
    truth: np.ndarray
    transform: Affine
    crs: str
    roads: list[Feature] = field(default_factory=list)
    boundary: list[Feature] = field(default_factory=list)
    parcels: list[Feature] = field(default_factory=list)
    reference: list[Feature] = field(default_factory=list)
    buildings: list[Feature] = field(default_factory=list)
    pois: list[Feature] = field(default_factory=list)
    density: np.ndarray = field(default_factory=lambda: np.zeros((24, 0, 0), np.float32))
    density_transform: Affine | None = None
    sentinel2: dict[int, np.ndarray] = field(default_factory=dict)
    sentinel2_transform: Affine | None = None


@dataclass
class City:
    """The parts of a city that touch a window, in ground metres."""

    layout: Layout
    parcels: Parcels
    buildings: Buildings
    streets: np.ndarray
    water: list[BaseGeometry]


def make_scene(spec: SceneSpec, imagery_only: bool = False, check: Callable[[], None] = lambda: None) -> Scene:
    """Make the scene of ``spec``.

    Parameters
    ----------
    spec : SceneSpec
    imagery_only : bool
        Skip the vector layers, the user density and the Sentinel-2-like imagery; image and truth are the same.
    check : callable
        Called between the steps; may raise to stop.
    """
    style, city, (left, top) = _city(spec, check)
    extent = spec.size * spec.gsd
    check()
    factor = spec.supersampling
    n = spec.size * factor
    rng = stream(spec.seed, "render")
    canvas = Canvas((n, n), left, top, spec.gsd / factor, rng, style)
    paint_land(canvas, city.layout, city.parcels, style)
    paint_yards(canvas, city.layout, city.parcels)
    check()
    paint_streets_and_water(canvas, city.layout, city.streets, city.water, style)
    paint_traffic(canvas, city.layout, city.streets)
    paint_roof_details(canvas, city.buildings, paint_buildings(canvas, city.buildings, style))
    check()
    height = canvas.table("height")[canvas.ids]
    shade = np.ones(canvas.shape, np.float32)
    _plant(canvas, city, height, shade, style)
    check()
    refl, material = reflectance(canvas, height, shade)
    check()
    truth = truth_on_grid(material, factor)
    coarse = box_mean(refl, factor)
    image = record(coarse, style, stream(spec.seed, "sensor"))
    if spec.nodata_margin:
        seen = swath(stream(spec.seed, "swath"), truth.shape, 0.07)
        image[:, ~seen] = 0
        truth[~seen] = Cover.NODATA
    crs, shift = _place(spec.seed)
    transform = from_origin(left + shift[0], top + shift[1], spec.gsd, spec.gsd)
    scene = Scene(spec, style, image, truth, transform, crs)
    if not imagery_only:
        check()
        _add_layers(scene, city, (left, top - extent, left + extent, top), shift, check)
    return scene


def make_years(spec: SceneSpec, check: Callable[[], None] = lambda: None) -> Scene:
    """Make the part of the scene that the years are about: Sentinel-2-like imagery, buildings and parcels.

    They are those of `make_scene`; image and truth are empty, which saves most of the time.
    """
    style, city, (left, top) = _city(spec, check)
    scene, window, shift = _unpainted(spec, style, (left, top))
    area = _moved_box(window, shift)
    scene.parcels = vectors.parcels(city.layout, city.parcels, area, shift)
    scene.buildings = vectors.buildings(city.buildings, area, shift)
    check()
    scene.sentinel2, scene.sentinel2_transform = sentinel2.imagery(spec.seed, city, style, window, shift, _plant, check)
    return scene


def make_plan(spec: SceneSpec, check: Callable[[], None] = lambda: None) -> Scene:
    """Make the part of the scene that is not seen from above.

    That is the boundary, roads, parcels, buildings, points of interest and user density. They are those of
    `make_scene`; image, truth and Sentinel-2-like imagery are empty, which saves nearly all of the time.
    """
    style, city, corner = _city(spec, check)
    scene, window, shift = _unpainted(spec, style, corner)
    check()
    _add_plan(scene, city, window, shift, check)
    return scene


def _unpainted(
    spec: SceneSpec, style: Style, corner: tuple[float, float]
) -> tuple[Scene, tuple[float, float, float, float], np.ndarray]:
    """Return a scene without pixels, its window in ground metres, and the shift from there to map coordinates."""
    left, top = corner
    extent = spec.size * spec.gsd
    crs, shift = _place(spec.seed)
    transform = from_origin(left + shift[0], top + shift[1], spec.gsd, spec.gsd)
    scene = Scene(spec, style, np.zeros((4, 0, 0), np.uint16), np.zeros((0, 0), np.uint8), transform, crs)
    return scene, (left, top - extent, left + extent, top), shift


def _city(spec: SceneSpec, check: Callable[[], None]) -> tuple[Style, City, tuple[float, float]]:
    """Plan the city and choose the window: its upper left corner in ground metres."""
    style = draw_style(spec.seed)
    extent = spec.size * spec.gsd
    half = max(_MIN_SIDE, extent * 1.12) / 2
    layout = plan(spec.seed, half * 1.45, style)
    water = water_bodies(spec.seed, half * 1.1, style)
    check()
    left, top = _choose_window(spec, layout, water, half, extent)
    return style, _crop(spec, layout, water, style, (left, top - extent, left + extent, top)), (left, top)


def _add_layers(
    scene: Scene, city: City, window: tuple[float, float, float, float], shift: np.ndarray, check: Callable[[], None]
) -> None:
    """Add the vector layers, the user density and the Sentinel-2-like imagery."""
    seed = scene.spec.seed
    _add_plan(scene, city, window, shift, check)
    check()
    scene.reference = digitise(scene.truth, scene.transform, stream(seed, "reference"), check=check)
    scene.sentinel2, scene.sentinel2_transform = sentinel2.imagery(
        seed, city, scene.style, window, shift, _plant, check
    )


def _add_plan(
    scene: Scene, city: City, window: tuple[float, float, float, float], shift: np.ndarray, check: Callable[[], None]
) -> None:
    """Add what the city is made of and who is where in it."""
    seed = scene.spec.seed
    area = _moved_box(window, shift)
    scene.boundary = vectors.boundary(area.bounds, stream(seed, "boundary"))
    scene.roads = vectors.roads(city.layout, city.streets, area, shift)
    scene.parcels = vectors.parcels(city.layout, city.parcels, area, shift)
    scene.buildings = vectors.buildings(city.buildings, area, shift)
    check()
    scene.pois = pois(seed, city.layout, city.parcels, city.streets, area, shift)
    scene.density, scene.density_transform = user_density(
        seed, city.layout, city.parcels, city.buildings, window, shift
    )


def _moved_box(window: tuple[float, float, float, float], shift: np.ndarray) -> shapely.Polygon:
    """Return the window in map coordinates."""
    west, south, east, north = window
    return shapely.box(west + shift[0], south + shift[1], east + shift[0], north + shift[1])


def _place(seed: int) -> tuple[str, np.ndarray]:
    """Choose a UTM zone and an origin in it, on a 10 m grid."""
    rng = stream(seed, "place")
    zone = int(rng.choice([10, 14, 17, 18, 30, 31, 32, 33, 34, 36, 43, 48, 50, 51, 54]))
    south = bool(rng.random() < 0.2)
    shift = np.round(np.array([rng.uniform(300e3, 700e3), rng.uniform(3.4e6, 6.2e6)]), -1)
    return f"EPSG:{(32700 if south else 32600) + zone}", shift


def _choose_window(
    spec: SceneSpec, layout: Layout, water: list[BaseGeometry], half: float, extent: float
) -> tuple[float, float]:
    """Choose the upper left corner of a window of ``extent`` metres, on the pixel grid."""
    rng = stream(spec.seed, "window")
    slack = half - extent / 2
    centres = rng.uniform(-slack, slack, (40, 2))
    grid = (np.stack(np.meshgrid(np.arange(13), np.arange(13)), -1).reshape(-1, 2) / 12 - 0.5) * extent
    points = centres[:, None] + grid
    blocks = layout.bend(layout.corners.mean(1))
    from scipy.spatial import cKDTree

    zone = layout.zone[cKDTree(blocks).query(points.reshape(-1, 2))[1]].reshape(len(centres), -1)
    wet = np.zeros(zone.shape, bool)
    for body in water:
        shapely.prepare(body)
        wet |= shapely.contains_xy(body, points[..., 0], points[..., 1])
    kind = np.where(wet, 6, zone)
    share = np.stack([(kind == k).mean(1) for k in range(7)], -1)
    # Town in three densities is one thing for this purpose; too much water is dull.
    share = np.stack([share[:, :3].sum(1), share[:, 3], share[:, 4], share[:, 5], share[:, 6]], -1)
    entropy = -(share * np.log(share + 1e-6)).sum(1) - 1.5 * np.maximum(0, share[:, 4] - 0.35)
    dry = share[:, 4] < 0.6  # not out at sea
    wish = {"mixed": entropy, "anywhere": np.zeros(len(centres)), "open": share[:, 2] * dry}[spec.place]
    noise = 0.25 * rng.random(len(centres))
    best = centres[np.argmax(wish + noise * (1 if spec.place == "mixed" else dry))]
    step = 10.0 if spec.gsd == 10.0 else spec.gsd
    return tuple(np.floor((best + np.array([-extent / 2, extent / 2])) / step) * step)  # type: ignore[return-value]


def _crop(spec: SceneSpec, layout: Layout, water: list[BaseGeometry], style: Style, bounds: tuple[float, ...]) -> City:
    """Work out parcels and buildings for the window alone."""
    ground = layout.bend(layout.corners)
    margin = 80.0

    def near(points: np.ndarray) -> np.ndarray:
        low, high = points.min(1) - margin, points.max(1) + margin
        return np.flatnonzero(
            (low[:, 0] < bounds[2]) & (high[:, 0] > bounds[0]) & (low[:, 1] < bounds[3]) & (high[:, 1] > bounds[1])
        )

    parcels = cut_parcels(spec.seed, layout, style, near(ground))
    keep = near(layout.bend(parcels.corners))
    parcels = Parcels(parcels.corners[keep], parcels.use[keep], parcels.block[keep])
    buildings = build(spec.seed, parcels, layout.bend, style)
    streets = near(layout.bend(layout.streets))
    return City(layout, parcels, buildings, streets, water)


def _plant(canvas: Canvas, city: City, height: np.ndarray, shade: np.ndarray, style: Style) -> None:
    """Paint trees where they can stand: not in water, on a roof or in the middle of a street."""
    from .spectra import COVER_OF, Material

    points, radius = tree_points(canvas.rng, city.layout, city.parcels, city.streets, style)
    row, col, inside = canvas.pixel(points)
    material = canvas.table("material")[canvas.ids[row, col]]
    free = inside & (COVER_OF[material] != Cover.WATER) & (height[row, col] < 1) & (material != Material.ASPHALT)
    free &= material != Material.SPORT
    paint_trees(canvas, points[free], radius[free], height, shade, style)
