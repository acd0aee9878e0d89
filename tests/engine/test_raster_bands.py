"""Bands are recognised by what people call them, else taken in the usual order and said so."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import rasterio
from mapping_toys import write_image
from rasterio.enums import ColorInterp

from urbangrain.engine.context import JobContext
from urbangrain.engine.protocol import BandSpec
from urbangrain.engine.raster.bands import choose_bands, describe_bands, guess_bands, role_of_name, role_of_wavelength
from urbangrain.engine.raster.source import Image

WANTED = (BandSpec("blue"), BandSpec("green"), BandSpec("red"), BandSpec("nir", optional=True))


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("b02", "blue"), ("B03", "green"), ("B4", "red"), ("B8", "nir"), ("B8A", "nir_narrow"), ("nir", "nir"),
        ("near infrared", "nir"), ("Near-Infrared", "nir"), ("NIR_1", "nir"), ("Red", "red"), ("red edge", "red_edge"),
        ("rededge", "red_edge"), ("Band 3 (Green)", "green"), ("sr_blue", "blue"), ("Coastal Blue", "coastal"),
        ("Rot", "red"), ("Grün", "green"), ("SWIR 1", "swir"), ("Panchromatic", "pan"), ("Band 1", ""), ("", ""),
        ("temperature", ""), ("redness index of something long and unrelated to any band", ""),
    ],
)  # fmt: skip
def test_names(name: str, role: str) -> None:
    assert role_of_name(name) == role


def test_wavelengths() -> None:
    assert [role_of_wavelength(w) for w in (443, 490, 560, 665, 705, 842, 1610, 3000)] == [
        "coastal", "blue", "green", "red", "red_edge", "nir", "swir", "",
    ]  # fmt: skip


def guess(path: str, context: JobContext | None = None) -> tuple[int, ...] | None:
    with Image(path) as image:
        return guess_bands(image, WANTED, context or JobContext())


def pixels(count: int, dtype: str = "uint16") -> np.ndarray:
    return np.ones((count, 8, 9), dtype)


def test_names_in_any_order(tmp_path: Path) -> None:
    names = ("NIR", "Red", "Green", "Blue", "Red Edge")
    assert guess(write_image(tmp_path / "a.tif", pixels(5), descriptions=names)) == (4, 3, 2, 1)


def test_the_first_of_two_bands_of_one_role_is_taken(tmp_path: Path) -> None:
    names = ("B02", "B03", "B04", "B05", "B06", "B07", "B08", "B8A", "B11", "B12")
    assert guess(write_image(tmp_path / "a.tif", pixels(10), descriptions=names)) == (1, 2, 3, 7)
    names = ("B02", "B03", "B04", "B8A")
    assert guess(write_image(tmp_path / "b.tif", pixels(4), descriptions=names)) == (1, 2, 3, 4)


def test_wavelength_metadata(tmp_path: Path) -> None:
    path = write_image(tmp_path / "a.tif", pixels(4), descriptions=None)
    with rasterio.open(path, "r+") as dataset:
        for i, micrometres in enumerate((0.842, 0.665, 0.56, 0.49), 1):
            dataset.update_tags(i, ns="IMAGERY", CENTRAL_WAVELENGTH_UM=str(micrometres))
    assert guess(path) == (4, 3, 2, 1)


def test_colours_of_an_aerial_image_with_alpha(tmp_path: Path) -> None:
    path = write_image(tmp_path / "a.tif", pixels(4, "uint8"), descriptions=None, photometric="RGB")
    with rasterio.open(path, "r+") as dataset:
        dataset.colorinterp = (ColorInterp.red, ColorInterp.green, ColorInterp.blue, ColorInterp.alpha)
    context = JobContext()
    assert guess(path, context) == (3, 2, 1, 0)
    assert context.remarks == []
    with Image(path) as image:
        assert [b.role for b in describe_bands(image)] == ["red", "green", "blue", "alpha"]


def test_colours_and_a_fourth_band_without_a_name(tmp_path: Path) -> None:
    path = write_image(tmp_path / "a.tif", pixels(4, "uint8"), descriptions=None, photometric="RGB", alpha="NO")
    context = JobContext()
    assert guess(path, context) == (3, 2, 1, 4)
    assert [r.code for r in context.remarks] == ["note.bands_by_order"]


@pytest.mark.parametrize(
    ("count", "dtype", "expected"),
    [(4, "uint16", (1, 2, 3, 4)), (3, "uint16", (3, 2, 1, 0)), (5, "float32", (1, 2, 3, 4))],
)
def test_the_usual_order_is_remarked_on(tmp_path: Path, count: int, dtype: str, expected: tuple[int, ...]) -> None:
    context = JobContext()
    path = write_image(tmp_path / "a.tif", pixels(count, dtype), descriptions=None, photometric="MINISBLACK")
    assert guess(path, context) == expected
    assert [r.code for r in context.remarks] == ["note.bands_by_order"]


def test_one_band_is_no_guess(tmp_path: Path) -> None:
    assert guess(write_image(tmp_path / "a.tif", pixels(1), descriptions=None)) is None


def test_asked_bands_are_taken_as_they_are(tmp_path: Path) -> None:
    with Image(write_image(tmp_path / "a.tif", pixels(6))) as image:
        assert choose_bands(image, WANTED, (6, 6, 2, 0), JobContext()) == (6, 6, 2, 0)
