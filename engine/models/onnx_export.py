"""A torch network as an ONNX file, and such files kept for networks that ONNX Runtime may run faster."""

from __future__ import annotations

import contextlib
import dataclasses
import logging
import os
import tempfile
import warnings
from pathlib import Path

import torch
from torch import nn

from urbangrain.engine.models.card import ModelCard
from urbangrain.engine.models.weights_file import sha256

OPSET = 18
KEPT = 8
"""Files kept in the cache; those that were not used for longest go first."""


def write_onnx(network: nn.Module, bands: int, window: int, path: Path) -> None:
    """Write a network as one ONNX file.

    Its input ``image`` is float32 [n, bands, window, window] for any n, its output ``logits``.
    """
    sample = torch.zeros(2, bands, window, window)
    for talker in ("torch.onnx", "onnxscript", "onnx_ir"):
        logging.getLogger(talker).setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            network,
            (sample,),
            str(path),
            input_names=["image"],
            output_names=["logits"],
            opset_version=OPSET,
            dynamo=True,
            dynamic_shapes=({0: torch.export.Dim("batch", min=1, max=4096)},),
            external_data=False,
            verbose=False,
        )


def cached_onnx(folder: Path, network: nn.Module, card: ModelCard, window: int) -> ModelCard:
    """Return a card whose weights are ``network`` as ONNX for windows of one size, made now or on an earlier day.

    Parameters
    ----------
    folder : Path
        Where such files are kept; made if it is not there.
    network : torch.nn.Module
        On the CPU, in eval mode.
    card : ModelCard
        Of the network; its weights' hash names the file, so that other weights are another file.

    Raises
    ------
    OSError
        When the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{card.weights_sha256[:24]}-{window}-opset{OPSET}.onnx"
    if not path.exists():
        number, temporary = tempfile.mkstemp(dir=folder, suffix=".tmp")
        os.close(number)
        try:
            write_onnx(network, len(card.bands), window, Path(temporary))
            os.replace(temporary, path)
        finally:
            with contextlib.suppress(OSError):
                os.unlink(temporary)
    with contextlib.suppress(OSError):
        os.utime(path)
        for old in sorted(folder.glob("*.onnx"), key=lambda p: p.stat().st_mtime, reverse=True)[KEPT:]:
            old.unlink()
    return dataclasses.replace(
        card, weights=path, weights_sha256=sha256(path), window=window, fixed_window=True, stride_multiple=window
    )
