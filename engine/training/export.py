"""Turn trained weights into the folder of a bundled model: card.json and weights.safetensors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from safetensors.torch import load_file

from urbangrain.engine import __version__
from urbangrain.engine.models.card import ModelCard
from urbangrain.engine.models.networks import build
from urbangrain.engine.models.save import WEIGHTS_NAME, save_model
from urbangrain.engine.training.config import LandcoverConfig
from urbangrain.engine.training.limits import LIMITS
from urbangrain.engine.training.products import Product


def export_model(
    product: Product,
    config: LandcoverConfig,
    weights: Path,
    folder: Path,
    accuracy: Mapping[str, Any] | None = None,
    training: Mapping[str, Any] | None = None,
) -> ModelCard:
    """Write the model folder and prove that it loads.

    Parameters
    ----------
    product : Product
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
    count = len(product.bands)
    network = build(config.network, count, len(product.classes), **config.options)
    card = ModelCard(
        id=product.id,
        title=product.title,
        description=product.description,
        version=__version__,
        path=folder / "card.json",
        network=config.network,
        network_options=dict(config.options),
        weights=folder / WEIGHTS_NAME,
        weights_sha256="",
        bands=product.bands,
        classes=product.classes,
        nodata=0,
        gsd_min_m=config.gsd_m[0],
        gsd_max_m=config.gsd_m[1],
        window=512,
        scaling=replace(config.scaling, mean=config.scaling.mean[:count], std=config.scaling.std[:count]),
        overlap=0.25,
        stride_multiple=int(network.stride_multiple),  # type: ignore[arg-type]
        licence="CC-BY-SA-4.0",
        limits=LIMITS[product.id],
        accuracy=dict(accuracy or {}),
        training=dict(training or {}),
    )
    return save_model(card, load_file(weights))
