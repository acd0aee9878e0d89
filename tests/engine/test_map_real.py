"""The bundled model on a real satellite image that it is told nothing about but the file."""

from __future__ import annotations

from pathlib import Path

import geopandas
import numpy as np
import pytest
import rasterio
from rasterio.features import rasterize

from urbangrain.engine.context import JobContext
from urbangrain.engine.jobs import map as map_job
from urbangrain.engine.protocol import MapJob

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data" / "rotterdam_harbour"

pytestmark = [
    pytest.mark.skipif(not DATA.is_dir(), reason="the shared Rotterdam images are not beside the repository"),
    pytest.mark.skipif(
        not (ROOT / "resources" / "models" / "landcover" / "card.json").is_file(), reason="no bundled model"
    ),
]


def test_the_harbour_is_water_and_its_quays_are_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    out, polygons = tmp_path / "classes.tif", tmp_path / "polygons.gpkg"
    image = str(DATA / "image_a_1m.tif")
    job = MapJob(image, "landcover", str(out), polygons=str(polygons), flips="4", device="cpu", min_patch_m2=25)
    result = map_job.run(job, JobContext())
    with rasterio.open(image) as source, rasterio.open(out) as dataset:
        classes = dataset.read(1)
        valid = (source.read() != 0).all(axis=0)
        transform = dataset.transform
        assert transform == source.transform
    assert np.array_equal(classes > 0, valid)
    assert result.mapped_px == valid.sum()
    mapped_m2 = sum(a.area_m2 for a in result.areas)
    assert geopandas.read_file(polygons).area_m2.sum() == pytest.approx(mapped_m2)
    reference = geopandas.read_file(DATA / "reference_a.gpkg").to_crs(32631)
    values = {info.name: info.value for info in result.class_infos}
    truth = rasterize(
        ((g, values[c]) for g, c in zip(reference.geometry, reference["class"])), classes.shape, transform=transform
    )
    known = (truth > 0) & valid
    water = truth[known] == values["water"]
    assert ((classes[known] == values["water"]) == water).mean() > 0.85
