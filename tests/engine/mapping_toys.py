"""Small networks and images whose maps are known beforehand."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
import torch
from affine import Affine
from rasterio.transform import from_origin
from torch import nn

from urbangrain.engine.inference.backends import TorchBackend
from urbangrain.engine.models.card import ModelCard, Scaling
from urbangrain.engine.protocol import BandSpec, ClassInfo

COLOURS = ("#1f78ff", "#1a9641", "#d9ef3b", "#fdae61", "#8c8c8c")
NAMES = ("water", "tree", "grass", "farmland", "impervious")
UTM = "EPSG:32631"


class Identity(nn.Module):
    """Band 0 holds 1 .. classes after scaling by 1: each pixel answers its own class, sharply."""

    def __init__(self, classes: int = 5, sharpness: float = 4.0) -> None:
        super().__init__()
        self.classes, self.sharpness = classes, sharpness

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        levels = torch.arange(1, self.classes + 1, device=x.device, dtype=x.dtype)[None, :, None, None]
        return -self.sharpness * (x[:, :1] - levels).abs()


class Constant(nn.Module):
    """The same logits everywhere."""

    def __init__(self, logits: Sequence[float]) -> None:
        super().__init__()
        self.register_buffer("logits", torch.tensor(logits))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.logits[None, :, None, None].expand(x.shape[0], -1, *x.shape[2:])


class Blurry(nn.Module):
    """A fixed random 5 x 5 convolution and a mild nonlinearity: looks at its surroundings, not flip-equivariant."""

    def __init__(self, bands: int = 4, classes: int = 5, symmetric: bool = False) -> None:
        super().__init__()
        generator = torch.Generator().manual_seed(7)
        weight = torch.randn(classes, bands, 5, 5, generator=generator)
        if symmetric:  # the same under the whole dihedral group
            weight = sum(torch.rot90(w, k, (2, 3)) for w in (weight, weight.flip(3)) for k in range(4)) / 8
        self.conv = nn.Conv2d(bands, classes, 5, padding=2, padding_mode="reflect", bias=False)
        self.conv.weight = nn.Parameter(weight)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.conv(torch.tanh(x))


def backend(network: nn.Module, classes: int = 5, upscale: int = 1) -> TorchBackend:
    return TorchBackend(network, classes, upscale, "toy", "cpu", "fp32")


def make_card(
    bands: Sequence[str] = ("blue", "green", "red", "nir"), optional: Sequence[str] = ("nir",), **changes: Any
) -> ModelCard:
    count = len(bands)
    values: dict[str, Any] = {
        "id": "toy",
        "title": "Toy",
        "description": "",
        "version": "1",
        "path": Path("toy.json"),
        "network": "toy",
        "network_options": {},
        "weights": Path("toy.safetensors"),
        "weights_sha256": "0" * 64,
        "bands": tuple(BandSpec(b, b in optional) for b in bands),
        "classes": tuple(ClassInfo(i + 1, NAMES[i], COLOURS[i]) for i in range(5)),
        "nodata": 0,
        "gsd_min_m": 0.5,
        "gsd_max_m": 3.0,
        "window": 64,
        "scaling": Scaling("fixed", (0.0,) * count, (1.0,) * count, (1.0,) * count, clip=(-1e6, 1e6)),
        "stride_multiple": 16,
    }
    values.update(changes)
    return ModelCard(**values)


def use_model(monkeypatch: pytest.MonkeyPatch, card: ModelCard, network: nn.Module) -> None:
    """Let the map job find ``card`` and ``network`` under any model name."""
    from urbangrain.engine.jobs import map as map_job
    from urbangrain.engine.jobs import map_backend

    monkeypatch.setattr(map_job, "resolve_for_pixels", lambda model: card)
    monkeypatch.setattr(map_backend, "warm_network", lambda card: network)


def write_image(
    path: Path,
    image: np.ndarray,
    gsd: float = 3.0,
    transform: Affine | None = None,
    crs: str | None = UTM,
    nodata: float | None = None,
    descriptions: Sequence[str] | None = ("blue", "green", "red", "nir"),
    **options: Any,
) -> str:
    """Write an image [bands, rows, columns] as a GeoTIFF; returns its path as text."""
    if image.ndim == 2:
        image = np.broadcast_to(image, (4, *image.shape))
    count, height, width = image.shape
    if transform is None:
        transform = from_origin(500_000, 5_000_000, gsd, gsd)
    with rasterio.open(
        path, "w", driver="GTiff", count=count, height=height, width=width, dtype=image.dtype, crs=crs,
        transform=transform, nodata=nodata, **options,
    ) as dataset:  # fmt: skip
        dataset.write(image)
        if descriptions is not None:
            for i in range(min(count, len(descriptions))):
                dataset.set_band_description(i + 1, descriptions[i])
    return str(path)


def patchy(height: int, width: int, seed: int = 0, size: int = 7, low: int = 1, high: int = 5) -> np.ndarray:
    """Random classes ``low .. high`` in patches of about ``size`` pixels, uint8."""
    rng = np.random.default_rng(seed)
    coarse = rng.integers(low, high + 1, (math.ceil(height / size), math.ceil(width / size)))
    return np.kron(coarse, np.ones((size, size)))[:height, :width].astype(np.uint8)
