"""What a person can choose between, in words: the same in the dock and in Processing."""

from __future__ import annotations

from typing import List, Tuple

from urbangrain.engine.protocol import BACKENDS, BLENDS, FLIPS, GRIDS, MOSAICS, PRECISIONS

from .i18n import tr

Choices = List[Tuple[str, str]]
"""The engine's key and its words."""


def blends() -> Choices:
    """Return the ways of joining windows."""
    words = {
        "gaussian": tr("Gaussian weights"),
        "mean": tr("Mean"),
        "max": tr("Maximum"),
        "crop": tr("Crop to the centre"),
    }
    return [(key, words[key]) for key in BLENDS]


def flips() -> Choices:
    """Return the flips that are averaged."""
    words = {"none": tr("None (fastest)"), "4": tr("4 flips"), "8": tr("8 flips and turns")}
    return [(key, words[key]) for key in FLIPS]


def precisions() -> Choices:
    """Return the number formats."""
    words = {
        "auto": tr("Automatic"),
        "fp32": tr("32 bit"),
        "bf16": tr("16 bit (bfloat)"),
        "fp16": tr("16 bit (half)"),
    }
    return [(key, words[key]) for key in PRECISIONS]


def backends() -> Choices:
    """Return what can run a network."""
    words = {"auto": tr("Automatic"), "torch": "PyTorch", "onnxruntime": "ONNX Runtime"}
    return [(key, words[key]) for key in BACKENDS]


def grids() -> Choices:
    """Return the grids that outputs can have."""
    words = {"input": tr("As the image"), "model": tr("As the model sees it")}
    return [(key, words[key]) for key in GRIDS]


def mosaics() -> Choices:
    """Return the forms that one raster of many scenes can have."""
    words = {"vrt": tr("VRT (points at the maps)"), "cog": tr("COG (a copy)"), "none": tr("None")}
    return [(key, words[key]) for key in MOSAICS]
