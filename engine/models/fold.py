"""Batch normalisation folded into the convolution before it: the same numbers with one pass over memory less.

In inference a batch normalisation is a factor and an offset for each channel, which a convolution has anyway (Jacob et
al. 2018, Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only Inference, eq. 14).
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.utils.fusion import fuse_conv_bn_weights

TOLERANCE = 1e-3
"""Largest difference of a logit, relative to the largest logit, that rounding in float32 can explain."""


@torch.inference_mode()
def fold_batch_norm(network: nn.Module, example: Tensor) -> int:
    """Fold every `torch.nn.BatchNorm2d` that follows a `torch.nn.Conv2d`, in place.

    Which layer follows which is seen by running the network once. Whether the answer stays the same is looked at
    afterwards: where it does not (a convolution whose answer is used twice, say), the network is put back as it was.

    Parameters
    ----------
    network : torch.nn.Module
        In eval mode, float32, on the CPU.
    example : Tensor [n, C, h, w], float32

    Returns
    -------
    int
        Layers that were folded.
    """
    pairs, before = _pairs(network, example)
    kept = []
    for conv, name, norm in pairs:
        kept.append((conv, conv.weight, conv.bias, name, norm))
        assert norm.running_mean is not None
        assert norm.running_var is not None
        weight, bias = fuse_conv_bn_weights(
            conv.weight, conv.bias, norm.running_mean, norm.running_var, norm.eps, norm.weight, norm.bias
        )
        conv.weight = nn.Parameter(weight.detach(), requires_grad=False)
        conv.bias = nn.Parameter(bias.detach(), requires_grad=False)
        _replace(network, name, nn.Identity())
    after = _first(network(example))
    if bool((after - before).abs().max() <= TOLERANCE * before.abs().max().clamp(min=1e-6)):
        return len(kept)
    for conv, conv_weight, conv_bias, name, norm in kept:
        conv.weight, conv.bias = conv_weight, conv_bias
        _replace(network, name, norm)
    return 0


def _pairs(network: nn.Module, example: Tensor) -> tuple[list[tuple[nn.Conv2d, str, nn.BatchNorm2d]], Tensor]:
    """Run a network; returns convolutions with the normalisation of their answer, and the network's answer."""
    made: dict[int, tuple[nn.Conv2d, Tensor]] = {}  # holds the tensors, so that no identity is used again
    runs: Counter[nn.Module] = Counter()
    found: list[tuple[nn.Conv2d, str, nn.BatchNorm2d]] = []

    def after_conv(module: nn.Module, given: Any, answer: Tensor) -> None:
        assert isinstance(module, nn.Conv2d)
        made[id(answer)] = (module, answer)
        runs[module] += 1

    hooks = []
    for name, module in network.named_modules():
        if type(module) is nn.Conv2d:
            hooks.append(module.register_forward_hook(after_conv))
        elif type(module) is nn.BatchNorm2d and module.track_running_stats:

            def before_norm(module: nn.Module, given: tuple[Tensor, ...], name: str = name) -> None:
                assert isinstance(module, nn.BatchNorm2d)
                runs[module] += 1
                if id(given[0]) in made:
                    found.append((made[id(given[0])][0], name, module))

            hooks.append(module.register_forward_pre_hook(before_norm))
    try:
        answer = _first(network(example)).clone()
    finally:
        for hook in hooks:
            hook.remove()
    return [(conv, name, norm) for conv, name, norm in found if runs[conv] == 1 and runs[norm] == 1], answer


def _first(answer: Any) -> Tensor:
    return answer[0] if isinstance(answer, (tuple, list)) else answer


def _replace(network: nn.Module, name: str, module: nn.Module) -> None:
    parent, _, own = name.rpartition(".")
    setattr(network.get_submodule(parent), own, module)
