"""Networks by name, as model cards name them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from torch import nn

from urbangrain.engine.models.hrnet_ocr import HRNetOCR, HRNetOCROptions


def _hrnet_ocr(in_channels: int, classes: int, **options: Any) -> nn.Module:
    return HRNetOCR(in_channels, classes, HRNetOCROptions(**options))


NETWORKS: dict[str, Callable[..., nn.Module]] = {"hrnet_ocr": _hrnet_ocr}
"""Maker by name; each takes ``in_channels``, ``classes`` and the network's own options."""


def build(name: str, in_channels: int, classes: int, **options: Any) -> nn.Module:
    """Make a network with fresh weights.

    Parameters
    ----------
    name : str
        A key of `NETWORKS`.
    in_channels, classes : int
        Input bands and output classes.
    **options
        The network's own sizes.

    Returns
    -------
    torch.nn.Module
        In eval mode it takes float (n, in_channels, H, W) and gives logits (n, classes, H * upscale, W * upscale).

    Raises
    ------
    ValueError
        For an unknown name or an option that the network does not have or cannot have that value.
    """
    maker = NETWORKS.get(name)
    if maker is None:
        raise ValueError(f"there is no network {name!r}; known: {', '.join(sorted(NETWORKS))}")
    try:
        return maker(in_channels, classes, **options)
    except TypeError as error:
        raise ValueError(f"network {name!r} does not take these options: {error}") from error
