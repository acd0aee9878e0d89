"""Weights into networks: checked by hash, dtype and shape, and never executed."""

from __future__ import annotations

import copy
import hashlib
import json
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load as load_tensors
from torch import Tensor, nn

from urbangrain.engine.errors import UrbanGrainError
from urbangrain.engine.models.card import ModelCard
from urbangrain.engine.models.fold import fold_batch_norm
from urbangrain.engine.models.networks import build
from urbangrain.engine.models.weights_file import check_weights_file


def read_weights(path: Path, expected_sha256: str = "") -> dict[str, Tensor]:
    """Read a .safetensors file.

    The bytes that are hashed are the bytes that are parsed, so a file cannot change between the two.

    Parameters
    ----------
    path : Path
    expected_sha256 : str
        Hexadecimal; empty skips the comparison.

    Raises
    ------
    UrbanGrainError
        As `check_weights_file`, and ``model.weights_damaged`` for another hash, truncation or a broken header.
    """
    check_weights_file(path)
    blob = path.read_bytes()
    digest = hashlib.sha256(blob).hexdigest()
    if expected_sha256 and digest != expected_sha256.lower():
        problem = f"SHA-256 is {digest[:12]}… where the card says {expected_sha256[:12]}…"
        raise UrbanGrainError("model.weights_damaged", path=str(path), problem=problem)
    try:
        return load_tensors(blob)
    except (SafetensorError, json.JSONDecodeError, ValueError, KeyError, RuntimeError) as error:
        raise UrbanGrainError("model.weights_damaged", path=str(path), problem=str(error)) from error


def fill(network: nn.Module, tensors: dict[str, Tensor], path: Path) -> None:
    """Put tensors into a network's parameters and buffers; names and shapes must be exactly the network's.

    Half-precision tensors are widened to the network's type.

    Raises
    ------
    UrbanGrainError
        ``model.weights_mismatch`` naming the first differences; ``model.weights_damaged`` for values that are not
        finite.
    """
    own = network.state_dict()
    problems = [f"{name} is missing" for name in own if name not in tensors]
    problems += [f"{name} is not in the network" for name in tensors if name not in own]
    for name, tensor in tensors.items():
        if name in own and tensor.shape != own[name].shape:
            problems.append(f"{name} has shape {tuple(tensor.shape)}, not {tuple(own[name].shape)}")
    if problems:
        more = f" and {len(problems) - 3} more" if len(problems) > 3 else ""
        raise UrbanGrainError("model.weights_mismatch", path=str(path), problem="; ".join(problems[:3]) + more)
    for name, tensor in tensors.items():
        if tensor.is_floating_point() and not bool(torch.isfinite(tensor).all()):
            raise UrbanGrainError("model.weights_damaged", path=str(path), problem=f"{name} holds NaN or infinity")
    network.load_state_dict({name: tensor.to(own[name].dtype) for name, tensor in tensors.items()})


_WARM: dict[str, nn.Module] = {}
_MOST_WARM = 3


def warm_network(card: ModelCard) -> nn.Module:
    """Return a network as `load_network` does, batch normalisation folded, from memory if it was loaded before.

    A network of parcels is not folded: it takes no windows that could be tried.

    The worker lives as long as a QGIS session; a second run need not read, check and build the model again. The copy is
    the caller's own: moving it to a device leaves the kept one as it was. A card or weights file that has changed on
    disk is another key, so it is read anew.
    """
    status = card.weights.stat() if card.weights.exists() else None
    stamp = (status.st_mtime_ns, status.st_size) if status else None
    described = (str(card.weights), card.weights_sha256, stamp, card.network, dict(card.network_options))
    key = json.dumps([*described, len(card.bands), len(card.classes)], sort_keys=True)
    network = _WARM.get(key)
    if network is None:
        network = load_network(card)
        if not card.of_parcels:
            side = -(-64 // card.stride_multiple) * card.stride_multiple
            fold_batch_norm(network, torch.linspace(-1, 1, len(card.bands) * side * side).view(1, -1, side, side))
        while len(_WARM) >= _MOST_WARM:
            _WARM.pop(next(iter(_WARM)))
        _WARM[key] = network
    return copy.deepcopy(network)


def load_network(card: ModelCard) -> nn.Module:
    """Build a card's network with its weights, in eval mode, on the CPU, in float32.

    Raises
    ------
    UrbanGrainError
        ``model.unsafe``, ``model.weights_missing``, ``model.weights_damaged``, ``model.weights_mismatch``,
        ``model.card_invalid`` (unknown network or options) or ``model.unsupported`` (weights of another kind).
    """
    check_weights_file(card.weights)
    if card.weights.suffix.lower() != ".safetensors":
        problem = f"weights of type {card.weights.suffix} are not run by this version"
        raise UrbanGrainError("model.unsupported", model=card.id, problem=problem)
    tensors = read_weights(card.weights, card.weights_sha256)
    try:
        network = build(card.network, len(card.bands), len(card.classes), **card.network_options)
    except ValueError as error:
        raise UrbanGrainError("model.card_invalid", path=str(card.path), problem=str(error)) from error
    fill(network, tensors, card.weights)
    return network.eval().requires_grad_(False)
