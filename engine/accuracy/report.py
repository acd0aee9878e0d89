"""An assessment as one self-contained HTML page."""

from __future__ import annotations

import base64
import datetime
import json
import math
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from rasterio.enums import Resampling
from rasterio.errors import NotGeoreferencedWarning
from rasterio.io import MemoryFile

from urbangrain.engine import __version__
from urbangrain.engine.accuracy.export import overall
from urbangrain.engine.protocol import AssessJob, AssessResult, word
from urbangrain.engine.raster.classes import PROVENANCE_TAG

_THUMBNAIL = 420  # longest side in pixels


def write_html(path: Path, job: AssessJob, result: AssessResult) -> None:
    """Write the report.

    Parameters
    ----------
    path : Path
    job : AssessJob
        What was compared; the map is opened again for its picture and its run record.
    result : AssessResult
    """
    with rasterio.open(job.classes) as dataset:
        picture = _thumbnail(dataset, result)
        about = _provenance(dataset)
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters["share"] = lambda v: "–" if math.isnan(v) else f"{v:.3f}"
    environment.filters["count"] = lambda n: f"{n:,}"
    page = environment.get_template("report.html.j2").render(
        result=result,
        names=[c.name for c in result.classes],
        heat=_heat(result),
        columns=[sum(c) for c in zip(*result.matrix)],
        overall=overall(result),
        remarks=[(r.severity, word(r.code, r.values)) for r in result.remarks],
        mapping=[(value, _name(result, number)) for value, number in sorted(result.mapping.items())],
        picture=picture,
        record=_record(job, about),
        map_name=Path(job.classes).name,
        reference_name=Path(job.reference).name,
    )
    path.write_text(page, "utf-8")


def _name(result: AssessResult, value: int) -> str:
    return next((c.name for c in result.classes if c.value == value), str(value))


def _heat(result: AssessResult) -> list[list[float]]:
    """Return each cell's share of its reference class (column), 0-1: what the colour shows."""
    matrix = np.asarray(result.matrix, float)
    return (matrix / np.maximum(matrix.sum(axis=0, keepdims=True), 1)).tolist()


def _thumbnail(dataset: Any, result: AssessResult) -> str:
    """Return a small picture of the map as a data URI; nodata is transparent."""
    scale = min(1.0, _THUMBNAIL / max(dataset.width, dataset.height))
    shape = (max(1, round(dataset.height * scale)), max(1, round(dataset.width * scale)))
    values = dataset.read(1, out_shape=shape, resampling=Resampling.nearest)
    valid = dataset.read_masks(1, out_shape=shape, resampling=Resampling.nearest) > 0
    table = np.zeros((256, 4), np.uint8)
    for c in result.classes:
        table[c.value] = [*bytes.fromhex(c.colour.lstrip("#")), 255]
    picture = np.where(valid[..., None], table[np.clip(values, 0, 255)], 0).astype(np.uint8)
    profile = {"driver": "PNG", "width": shape[1], "height": shape[0], "count": 4, "dtype": "uint8"}
    with MemoryFile() as memory:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", NotGeoreferencedWarning)  # a picture has no place
            with memory.open(**profile) as out:
                out.write(np.moveaxis(picture, -1, 0))
        return "data:image/png;base64," + base64.b64encode(memory.read()).decode("ascii")


def _provenance(dataset: Any) -> dict[str, Any]:
    try:
        about = json.loads(dataset.tags().get(PROVENANCE_TAG, "{}"))
    except ValueError:
        return {}
    return about if isinstance(about, dict) else {}


def _record(job: AssessJob, about: dict[str, Any]) -> list[tuple[str, str]]:
    """Return what is needed to repeat the assessment and the map, as rows of a table."""
    now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC")
    rows = [
        ("Map", job.classes),
        ("Reference", job.reference + (f", layer {job.layer}" if job.layer else "")),
        ("Class field", job.field),
        ("Counted", "pixels whose centre lies in a reference polygon"),
        ("Assessed", f"{now}, UrbanGrain {__version__}"),
    ]
    for name, value in about.items():
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        rows.append((f"Map: {name.replace('_', ' ')}", text))
    return rows
