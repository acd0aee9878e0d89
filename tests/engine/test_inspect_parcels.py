"""The pre-flight check of an image for a model of parcels: bands, and nothing of mapping."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import rasterio
from parcel_toys import save_toy, write_image

from urbangrain.engine.context import JobContext
from urbangrain.engine.errors import UrbanGrainError
from urbangrain.engine.jobs import inspect
from urbangrain.engine.protocol import InspectJob, InspectResult


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> str:
    return save_toy(tmp_path_factory.mktemp("toy"))


def look(folder: Path, model: str, names: tuple[str, ...], gsd: float = 3.0, dtype: str = "uint16") -> InspectResult:
    image = write_image(folder / "image.tif", np.full((len(names), 20, 30), 90, dtype), gsd)
    with rasterio.open(image, "r+") as dataset:
        dataset.descriptions = names
    return inspect.run(InspectJob(image, model, for_parcels=True), JobContext())


def test_bands_are_matched_and_mapping_is_not_spoken_of(tmp_path: Path, model: str) -> None:
    result = look(tmp_path, model, ("red", "green", "blue"))
    assert result.bands_guess == (3, 2, 1)
    assert [remark.code for remark in result.remarks] == ["note.eight_bit", "note.depth"]
    assert result.estimate_s < 0


def test_resampling_is_said(tmp_path: Path, model: str) -> None:
    result = look(tmp_path, model, ("red", "green", "blue"), gsd=1.0, dtype="uint8")
    (remark,) = (remark for remark in result.remarks if remark.code != "note.depth")
    assert (remark.code, remark.values) == ("note.resample", {"gsd": 1.0, "target": 3.0})


def test_a_band_that_lacks_is_an_error(tmp_path: Path, model: str) -> None:
    result = look(tmp_path, model, ("red", "nir"))
    assert result.bands_guess is None
    assert [remark.code for remark in result.remarks if remark.severity == "error"] == ["bands.missing_role"]


def test_a_model_of_pixels_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UrbanGrainError) as error:
        look(tmp_path, "landcover", ("red", "green", "blue"))
    assert error.value.code == "model.not_of_parcels"
