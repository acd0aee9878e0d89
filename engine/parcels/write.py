"""Parcels into a GeoPackage, with what made them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any

import numpy as np
import numpy.typing as npt
import pyogrio
import pyproj
import shapely
from pyogrio.errors import DataSourceError

from urbangrain.engine import __version__
from urbangrain.engine.errors import UrbanGrainError
from urbangrain.engine.parcels.layer import LAYER
from urbangrain.engine.protocol import Job, encode
from urbangrain.engine.raster.classes import PROVENANCE_TAG
from urbangrain.engine.vector.read import GEOPACKAGE


def write_parcels(
    out: str, shapes: npt.NDArray[Any], fields: Mapping[str, npt.NDArray[Any]], crs: pyproj.CRS, final: str, job: Job
) -> None:
    """Write layer ``parcels`` of a new GeoPackage.

    Parameters
    ----------
    out : str
        Where to write.
    shapes : array of Polygon, shape (n,)
    fields : mapping of str to array of shape (n,)
    crs : pyproj CRS
        Of the shapes.
    final : str
        What the file will be called, for errors.
    job : Job
        Kept in the file, with version and time.

    Raises
    ------
    UrbanGrainError
        ``file.not_writable``.
    """
    try:
        pyogrio.raw.write(
            out,
            geometry=shapely.to_wkb(shapes),
            field_data=[np.asarray(values) for values in fields.values()],
            fields=list(fields),
            layer=LAYER,
            driver="GPKG",
            geometry_type="Polygon",
            crs=crs.to_wkt(),
            layer_options={"SPATIAL_INDEX": "YES"},
            dataset_options=GEOPACKAGE,
            layer_metadata={PROVENANCE_TAG: provenance(job)},
        )
    except (DataSourceError, OSError) as error:
        raise UrbanGrainError("file.not_writable", path=final, reason=str(error)) from error


def provenance(job: Job) -> str:
    """Return what made a layer, as JSON: the job, the version and the time."""
    about = {
        "job": encode(job),
        "software": {"urbangrain": __version__, "shapely": shapely.__version__, "geos": shapely.geos_version_string},
        "time": datetime.now(timezone.utc).isoformat(timespec="seconds"),
    }
    return json.dumps(about, ensure_ascii=False)
