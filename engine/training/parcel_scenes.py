"""Demo cities as the parcel model sees them, read from files by the code that reads a person's layers."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import geopandas
import numpy as np
import pyogrio
import shapely
from rasterio.transform import array_bounds

from urbangrain.engine.context import JobContext
from urbangrain.engine.demo.scene import Place, SceneSpec, make_plan, make_scene
from urbangrain.engine.demo.style import stream
from urbangrain.engine.demo.write import write_scene
from urbangrain.engine.models.poi_embedding import PoiSet
from urbangrain.engine.parcels.classes import CLASSIFIED
from urbangrain.engine.parcels.density import HOURS, DensityRaster
from urbangrain.engine.parcels.patches import PatchReader
from urbangrain.engine.parcels.poi_categories import CATEGORIES, categories_of
from urbangrain.engine.parcels.pois import read_pois
from urbangrain.engine.parcels.road_widths import road_widths
from urbangrain.engine.parcels.sources import ParcelSources
from urbangrain.engine.training.parcel_config import BANDS, ParcelConfig
from urbangrain.engine.training.parcel_labels import LabelledParcels, label_city
from urbangrain.engine.training.parcel_samples import ParcelSamples, from_parcels, store, stored

_PLACES: tuple[Place, ...] = ("mixed", "mixed", "anywhere")
"""What part of a city is seen, seed by seed: industry and commerce are rare anywhere."""


@dataclass(frozen=True)
class CityFiles:
    """The layers of a city on disk.

    Attributes
    ----------
    image, parcels, density : Path
    pois : Path or None
        None for a city of which no point of interest is known.
    labelled : LabelledParcels
        What ``parcels`` holds, in its order, with ``label`` (the class's name).
    crs : str
    """

    image: Path
    parcels: Path
    density: Path
    pois: Path | None
    labelled: LabelledParcels
    crs: str


def make_city(seed: int, folder: Path, config: ParcelConfig) -> CityFiles:
    """Make the city of a seed and write its layers into a folder."""
    place = _PLACES[seed % len(_PLACES)]
    spec = SceneSpec(seed, config.scene_size, config.gsd_m, nodata_margin=False, place=place)
    seen = make_scene(spec, imagery_only=True)
    scene = replace(make_plan(spec), image=seen.image, truth=seen.truth)
    written = write_scene(scene, folder)
    extent = shapely.box(*array_bounds(*scene.image.shape[-2:], scene.transform))
    widths, _ = road_widths(about["highway"] for _, about in scene.roads)
    labelled = label_city(
        scene.parcels,
        [line for line, _ in scene.roads],
        widths,
        extent,
        config.least_area_m2,
        config.purity,
        config.plots,
        stream(seed, "parcel-labels"),
    )
    names = [CLASSIFIED[k].name for k in labelled.labels]
    frame = geopandas.GeoDataFrame(
        {"parcel_id": np.arange(1, len(names) + 1), "label": names}, geometry=list(labelled.shapes), crs=scene.crs
    )
    path = folder / "labelled.gpkg"
    frame.to_file(path, layer="parcels", driver="GPKG", engine="pyogrio")
    return CityFiles(written["image"], path, written["density"], written.get("pois"), labelled, scene.crs)


def cached_parcels(cache: Path, seed: int, config: ParcelConfig) -> ParcelSamples:
    """Return the parcels of the city of a seed, from the folder if they were made before with the same settings.

    Parameters
    ----------
    cache : Path
    seed : int
    config : ParcelConfig
    """
    folder, about = cache / f"city_{seed}", config.sample_settings()
    samples = stored(folder, about)
    if samples is None:
        with tempfile.TemporaryDirectory() as work:
            city = make_city(seed, Path(work) / "city", config)
            store(_samples(city, config), folder, about)
        samples = stored(folder, about)
        assert samples is not None  # just written
    return samples


def _samples(city: CityFiles, config: ParcelConfig) -> ParcelSamples:
    side, shapes = config.stored_side, city.labelled.shapes
    context = JobContext()
    with ExitStack() as files:
        bands = tuple(range(1, len(BANDS) + 1))
        gsd = (config.gsd_m, config.gsd_m)
        reader = files.enter_context(PatchReader(str(city.image), bands, config.scaling, gsd, side))
        density = files.enter_context(DensityRaster(str(city.density), city.crs))
        pois = read_pois(str(city.pois), None, "category", city.crs, context) if city.pois else None
        sources = ParcelSources(city.crs, reader, pois, density, config.stored_patches)
        parcels = list(sources.parcels(shapes, np.arange(len(shapes))))
    return from_parcels(
        parcels,
        (len(BANDS), side, len(CATEGORIES), HOURS),
        city.labelled.labels,
        shapely.area(shapes).astype(np.float32),
        city.labelled.whole_block,
        _poi_set(city),
    )


def _poi_set(city: CityFiles) -> PoiSet:
    if city.pois is None:
        return PoiSet(np.zeros((0, 2)), np.zeros(0, np.int64))
    frame = pyogrio.read_dataframe(city.pois)
    category = categories_of(frame["category"].to_numpy())
    known = category >= 0
    xy = shapely.get_coordinates(frame.geometry.to_numpy()[known])
    return PoiSet(xy, category[known])
