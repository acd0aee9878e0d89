"""A torch network as an ONNX file, and such files kept for networks that ONNX Runtime may run faster."""

from __future__ import annotations

import contextlib
import copy
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
PRECISION_KEY = "urbangrain:precision"
"""Under this key a file that we wrote says in which precision its network computes: 'fp32' or 'fp16'."""

KEPT = 8
"""Files kept in the cache; those that were not used for longest go first."""


class _Half(nn.Module):
    """A copy of a network in fp16, for input and output in fp32 as the pipeline has them."""

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = copy.deepcopy(network).half()

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        answer: torch.Tensor = self.network(image.half())
        return answer.float()


def write_onnx(network: nn.Module, bands: int, window: int, path: Path, precision: str = "fp32") -> None:
    """Write a network as one ONNX file.

    Its input ``image`` is float32 [n, bands, window, window] for any n, its output ``logits`` float32 too.

    Parameters
    ----------
    network : torch.nn.Module
        On the CPU, in eval mode; stays as it is.
    bands, window : int
    path : Path
    precision : str
        'fp32' or 'fp16': of the weights and of all arithmetic between input and output.
    """
    sample = torch.zeros(2, bands, window, window)
    if precision == "fp16":
        network = _Half(network).eval()
    for talker in ("torch.onnx", "onnxscript", "onnx_ir"):
        logging.getLogger(talker).setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        program = torch.onnx.export(
            network,
            (sample,),
            input_names=["image"],
            output_names=["logits"],
            opset_version=OPSET,
            dynamo=True,
            dynamic_shapes=({0: torch.export.Dim("batch", min=1, max=4096)},),
            verbose=False,
        )
        assert program is not None
        program.model.metadata_props[PRECISION_KEY] = precision
        program.save(str(path), external_data=False)


def cached_onnx(folder: Path, network: nn.Module, card: ModelCard, window: int, precision: str = "fp32") -> ModelCard:
    """Return a card whose weights are ``network`` as ONNX for windows of one size, made now or on an earlier day.

    Parameters
    ----------
    folder : Path
        Where such files are kept; made if it is not there.
    network : torch.nn.Module
        On the CPU, in eval mode.
    card : ModelCard
        Of the network; its weights' hash names the file, so that other weights are another file.
    window : int
    precision : str
        As in `write_onnx`.

    Raises
    ------
    OSError
        When the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{card.weights_sha256[:24]}-{window}-opset{OPSET}-{precision}.onnx"
    if not path.exists():
        number, temporary = tempfile.mkstemp(dir=folder, suffix=".tmp")
        os.close(number)
        try:
            write_onnx(network, len(card.bands), window, Path(temporary), precision)
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
