"""Turn trained weights into a model folder: card.json and weights.safetensors, as the registry reads them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save

from urbangrain.engine import __version__
from urbangrain.engine.models.card import ModelCard
from urbangrain.engine.models.load import load_network
from urbangrain.engine.models.networks import build
from urbangrain.engine.models.stac import write_atomically, write_card
from urbangrain.engine.models.weights_file import sha256
from urbangrain.engine.protocol.results import BandSpec, ClassInfo
from urbangrain.engine.training.config import LandcoverConfig

CLASSES = (
    ClassInfo(1, "water", "#1f78ff"),
    ClassInfo(2, "tree", "#1a9641"),
    ClassInfo(3, "grass", "#d9ef3b"),
    ClassInfo(4, "farmland", "#fdae61"),
    ClassInfo(5, "impervious", "#8c8c8c"),
)
BANDS = (BandSpec("blue"), BandSpec("green"), BandSpec("red"), BandSpec("nir", optional=True))

DESCRIPTION = (
    "Land cover of cities and their surroundings from 0.5 to 3 m imagery: water, tree, grass, farmland and impervious "
    "(buildings, roads, bare ground and shadow on paved ground, as in UBGG-3m). Near infrared is used where there is "
    "one and may be absent. HRNet-OCR at a light size."
)


def export_model(
    config: LandcoverConfig,
    weights: Path,
    folder: Path,
    accuracy: Mapping[str, Any] | None = None,
    training: Mapping[str, Any] | None = None,
) -> ModelCard:
    """Write the model folder and prove that it loads.

    Parameters
    ----------
    config : LandcoverConfig
        What the weights were trained with.
    weights : Path
        Float32 .safetensors of the network's state.
    folder : Path
        Made if it does not exist; a card and weights in it are replaced.
    accuracy, training : mapping, optional
        Go into the card as they are.

    Returns
    -------
    ModelCard
        The card as written.
    """
    state = {
        name: (value.half() if value.is_floating_point() else value).contiguous()
        for name, value in load_file(weights).items()
    }
    target = folder / "weights.safetensors"
    write_atomically(target, save(state))
    network = build(config.network, len(BANDS), len(CLASSES), **config.options)
    card = ModelCard(
        id="landcover",
        title="Land cover (light)",
        description=DESCRIPTION,
        version=__version__,
        path=folder / "card.json",
        network=config.network,
        network_options=dict(config.options),
        weights=target,
        weights_sha256=sha256(target),
        bands=BANDS,
        classes=CLASSES,
        nodata=0,
        gsd_min_m=config.gsd_m[0],
        gsd_max_m=config.gsd_m[1],
        window=512,
        scaling=config.scaling,
        overlap=0.25,
        stride_multiple=int(network.stride_multiple),  # type: ignore[arg-type]
        licence="CC-BY-SA-4.0",
        accuracy=dict(accuracy or {}),
        training=dict(training or {}),
    )
    load_network(card)
    parameters = sum(p.numel() for p in network.parameters())
    created = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    write_card(card, torch.__version__.split("+")[0], parameters, created)
    return card
