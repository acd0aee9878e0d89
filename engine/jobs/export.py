"""The export job: a model as ONNX, with its card, compared with the original before it is handed over."""

from __future__ import annotations

import dataclasses
import datetime
from pathlib import Path

import torch
from torch import nn

from urbangrain.engine.context import JobContext
from urbangrain.engine.errors import UrbanGrainError
from urbangrain.engine.inference.backends import TorchBackend
from urbangrain.engine.inference.onnx_backend import OnnxBackend
from urbangrain.engine.models.card import ModelCard
from urbangrain.engine.models.load import load_network
from urbangrain.engine.models.onnx_export import write_onnx
from urbangrain.engine.models.registry import resolve_for_pixels
from urbangrain.engine.models.stac import write_card
from urbangrain.engine.models.weights_file import sha256
from urbangrain.engine.protocol import ExportJob, ExportResult
from urbangrain.engine.raster.outputs import Outputs
from urbangrain.engine.watch import watched

_COMPARED = 3
"""Random windows that both are tried on."""


def run(job: ExportJob, context: JobContext) -> ExportResult:
    """Write ``job.out`` and its card.

    Raises
    ------
    UrbanGrainError
        ``model.unsupported`` for a model that is ONNX already, and what loading a model and writing files raise;
        nothing is left under the outputs' names.
    """
    context.progress("load", 0.0)
    card = resolve_for_pixels(job.model)
    if card.weights.suffix.lower() == ".onnx":
        raise UrbanGrainError("model.unsupported", model=card.id, problem="it is an ONNX file already")
    out = Path(job.out)
    outputs = Outputs(
        {"onnx": job.out, "card": str(out.with_suffix(".json"))}, [str(card.weights), str(card.path)], job.overwrite
    )
    with outputs:
        network = load_network(card)
        file = outputs.temporary("onnx")
        context.progress("export", 0.1)
        watched(context, lambda: write_onnx(network, len(card.bands), card.window, file))
        # Read as a person will read it: from the card and the file that were written.
        exported = dataclasses.replace(
            card, weights=file, weights_sha256=sha256(file), path=file.with_suffix(".json"), fixed_window=True
        )
        parameters = sum(p.numel() for p in network.parameters())
        created = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
        write_card(exported, torch.__version__, parameters, created)
        exported.path.replace(outputs.temporary("card"))
        context.progress("compare", 0.7)
        difference, same = watched(context, lambda: compare(network, card, exported))
        outputs.commit()
    return ExportResult(
        str(outputs.paths["onnx"]),
        str(outputs.paths["card"]),
        outputs.paths["onnx"].stat().st_size,
        difference,
        same,
        tuple(context.remarks),
    )


def compare(network: nn.Module, card: ModelCard, exported: ModelCard) -> tuple[float, float]:
    """Return the largest difference of a probability and the share of pixels with the same class, on random windows."""
    generator = torch.Generator().manual_seed(1)
    batch = torch.randn(_COMPARED, len(card.bands), card.window, card.window, generator=generator)
    ours = TorchBackend(network, len(card.classes), card.upscale, card.id, "cpu", "fp32").predict(batch)
    backend = OnnxBackend(exported, "cpu")
    theirs = backend.predict(batch)
    backend.close()
    same = (ours.argmax(dim=1) == theirs.argmax(dim=1)).float().mean()
    return float((ours - theirs).abs().max()), float(same)
