"""Files of a demo scene."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import rasterio
from affine import Affine

from urbangrain.engine.errors import UrbanGrainError
from urbangrain.engine.protocol.results import ClassInfo
from urbangrain.engine.vector.read import GEOPACKAGE

from .scene import Feature, Scene

CLASSES = (
    ClassInfo(1, "water", "#1f78ff"),
    ClassInfo(2, "tree", "#1a9641"),
    ClassInfo(3, "grass", "#d9ef3b"),
    ClassInfo(4, "farmland", "#fdae61"),
    ClassInfo(5, "impervious", "#8c8c8c"),
)


def write_scene(
    scene: Scene,
    out_dir: str | os.PathLike[str],
    overwrite: bool = False,
    check: Callable[[], None] = lambda: None,
) -> dict[str, Path]:
    """Write the files of a scene into a folder, all of them or none.

    Parameters
    ----------
    scene : Scene
    out_dir : path
        Made if it is not there; its parent must exist. Other files in it are left alone.
    overwrite : bool
        Replace files of the same names.
    check : callable
        Called between files; may raise to stop.

    Returns
    -------
    dict of str to Path
        image, truth and, unless the scene was made with ``imagery_only``, reference, roads, boundary, parcels,
        buildings, pois, density and sentinel2_<year>.

    Raises
    ------
    UrbanGrainError
        ``file.folder_missing``, ``file.exists`` or ``file.not_writable``.
    """
    target = Path(out_dir)
    if not target.parent.exists():
        raise UrbanGrainError("file.folder_missing", folder=str(target.parent))
    names = {"image": "image.tif", "truth": "truth.tif"}
    layers: dict[str, Sequence[Feature]] = {
        name: features
        for name in ("reference", "roads", "boundary", "parcels", "buildings", "pois")
        if (features := getattr(scene, name))
    }
    names |= {name: f"{name}.gpkg" for name in layers}
    if scene.density.size:
        names["density"] = "density.tif"
    names |= {f"sentinel2_{year}": f"sentinel2_{year}.tif" for year in scene.sentinel2}
    if target.exists() and not target.is_dir():
        raise UrbanGrainError("file.exists", path=str(target))
    for name in names.values():
        if (target / name).exists() and not overwrite:
            raise UrbanGrainError("file.exists", path=str(target / name))
    work: Path | None = None
    try:
        work = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
        _write_image(work / names["image"], scene.image, scene.transform, scene.crs, ("blue", "green", "red", "nir"))
        check()
        _write_truth(work / names["truth"], scene)
        for name, features in layers.items():
            check()
            _write_layer(work / names[name], name, features, scene.crs)
        if scene.density.size:
            check()
            _write_density(work / names["density"], scene)
        for year, image in scene.sentinel2.items():
            check()
            assert scene.sentinel2_transform is not None
            path = work / names[f"sentinel2_{year}"]
            _write_image(path, image, scene.sentinel2_transform, scene.crs, ("B2", "B3", "B4", "B8"))
        check()
        target.mkdir(exist_ok=True)
        for name in names.values():
            with open(work / name, "rb") as file:
                os.fsync(file.fileno())
            os.replace(work / name, target / name)
    except OSError as error:
        raise UrbanGrainError("file.not_writable", path=str(target), reason=error.strerror or str(error)) from error
    finally:
        if work is not None:
            shutil.rmtree(work, ignore_errors=True)
    return {key: target / name for key, name in names.items()}


def _profile(image: np.ndarray, transform: Affine, crs: str) -> dict[str, object]:
    return {
        "driver": "COG", "count": image.shape[0], "height": image.shape[1], "width": image.shape[2],
        "dtype": image.dtype, "crs": crs, "transform": transform, "nodata": 0, "compress": "deflate",
        "blocksize": 512,
    }  # fmt: skip


def _write_image(path: Path, image: np.ndarray, transform: Affine, crs: str, bands: Sequence[str]) -> None:
    with rasterio.open(path, "w", **_profile(image, transform, crs), predictor="yes") as out:
        out.write(image)
        out.descriptions = tuple(bands)


def _write_truth(path: Path, scene: Scene) -> None:
    with rasterio.open(
        path, "w", **_profile(scene.truth[None], scene.transform, scene.crs), overview_resampling="nearest"
    ) as out:
        out.write(scene.truth, 1)
        out.descriptions = ("land cover",)
        colours = {0: (0, 0, 0, 0)}
        for info in CLASSES:
            colours[info.value] = (*bytes.fromhex(info.colour[1:]), 255)  # type: ignore[assignment]
        out.write_colormap(1, colours)
        out.update_tags(
            URBANGRAIN_CLASSES=json.dumps([{"value": c.value, "name": c.name, "colour": c.colour} for c in CLASSES]),
            URBANGRAIN_PROVENANCE=json.dumps(
                {"made_by": "demo scene", "seed": scene.spec.seed, "size": scene.spec.size, "gsd": scene.spec.gsd}
            ),
        )


def _write_density(path: Path, scene: Scene) -> None:
    assert scene.density_transform is not None
    profile = _profile(scene.density, scene.density_transform, scene.crs) | {"nodata": float("nan")}
    with rasterio.open(path, "w", **profile, predictor="yes") as out:
        out.write(scene.density)
        out.descriptions = tuple(f"{hour:02d}:00" for hour in range(len(scene.density)))


def _write_layer(path: Path, layer: str, features: Sequence[Feature], crs: str) -> None:
    import geopandas

    frame = geopandas.GeoDataFrame(
        [properties for _, properties in features], geometry=[geometry for geometry, _ in features], crs=crs
    )
    frame.to_file(path, layer=layer, driver="GPKG", engine="pyogrio", dataset_options=GEOPACKAGE)
