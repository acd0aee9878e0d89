"""A training's state on disk, so that a killed run goes on: tensors as safetensors, the rest as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from urbangrain.engine.protocol import TrainPoint

_WEIGHTS, _OPTIMISER, _STATE = "last.safetensors", "optimiser.safetensors", "last.json"


def save_state(folder: Path, network: nn.Module, optimiser: torch.optim.Optimizer, state: dict[str, Any]) -> None:
    """Write weights, optimiser and ``state``; the JSON comes last, so that what it speaks of is there."""
    (folder / _STATE).unlink(missing_ok=True)
    save_weights(folder / _WEIGHTS, network)
    tensors = {}
    for number, values in optimiser.state_dict()["state"].items():
        for name, value in values.items():
            tensors[f"{number}.{name}"] = torch.as_tensor(value).contiguous()
    save_file(tensors, folder / _OPTIMISER)
    (folder / _STATE).write_text(json.dumps(state))


def load_state(folder: Path, network: nn.Module, optimiser: torch.optim.Optimizer) -> dict[str, Any] | None:
    """Fill weights and optimiser from a folder; returns the state, or None where there is none."""
    if not (folder / _STATE).exists():
        return None
    network.load_state_dict(load_file(folder / _WEIGHTS))
    whole = optimiser.state_dict()
    values: dict[int, dict[str, Tensor]] = {}
    for key, value in load_file(folder / _OPTIMISER).items():
        number, _, name = key.partition(".")
        values.setdefault(int(number), {})[name] = value
    optimiser.load_state_dict({"state": values, "param_groups": whole["param_groups"]})
    state: dict[str, Any] = json.loads((folder / _STATE).read_text())
    return state


def save_weights(path: Path, network: nn.Module) -> None:
    """Write a network's state as safetensors."""
    save_file({name: value.detach().cpu().contiguous() for name, value in network.state_dict().items()}, path)


def points_of(folder: Path) -> tuple[TrainPoint, ...]:
    """Return the points on the curves until the last checkpoint; empty where there is none."""
    if not (folder / _STATE).exists():
        return ()
    state = json.loads((folder / _STATE).read_text())
    return tuple(TrainPoint(**point) for point in state["points"])
