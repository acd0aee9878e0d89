"""A trained network as a model folder: card.json and weights.safetensors, as the registry reads them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace

import torch
from safetensors.torch import save
from torch import Tensor

from urbangrain.engine.models.card import ModelCard
from urbangrain.engine.models.load import load_network
from urbangrain.engine.models.stac import write_atomically, write_card
from urbangrain.engine.models.weights_file import sha256

WEIGHTS_NAME = "weights.safetensors"


def save_model(card: ModelCard, state: Mapping[str, Tensor]) -> ModelCard:
    """Write a model folder and prove that it loads.

    Parameters
    ----------
    card : ModelCard
        ``path`` says where; its folder is made if it does not exist, and a card and weights in it are replaced.
        ``weights`` and ``weights_sha256`` are filled in here.
    state : mapping of str to Tensor
        The network's state; floats are stored in half precision.

    Returns
    -------
    ModelCard
        The card as written.
    """
    halved = {
        name: (value.half() if value.is_floating_point() else value).cpu().contiguous() for name, value in state.items()
    }
    target = card.path.parent / WEIGHTS_NAME
    write_atomically(target, save(halved))
    written = replace(card, weights=target, weights_sha256=sha256(target))
    network = load_network(written)
    parameters = sum(p.numel() for p in network.parameters())
    created = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    write_card(written, torch.__version__.split("+")[0], parameters, created)
    return written
