"""Networks of ours as ONNX in fp16, against the same networks in torch and fp32."""

from __future__ import annotations

from pathlib import Path

import onnx
import torch
from mapping_toys import Blurry, make_card

from urbangrain.engine.inference.backends import TorchBackend
from urbangrain.engine.inference.onnx_backend import OnnxBackend
from urbangrain.engine.models.load import warm_network
from urbangrain.engine.models.onnx_export import PRECISION_KEY, cached_onnx
from urbangrain.engine.models.registry import resolve


def imagery(count: int, bands: int, side: int) -> torch.Tensor:
    """Patches of 16 pixels with some noise, as scaled imagery is."""
    generator = torch.Generator().manual_seed(0)
    coarse = torch.randn(count, bands, side // 16, side // 16, generator=generator)
    fine = 0.3 * torch.randn(count, bands, side, side, generator=generator)
    return coarse.repeat_interleave(16, 2).repeat_interleave(16, 3) + fine


def test_the_bundled_model_in_fp16_agrees_with_itself(tmp_path: Path) -> None:
    card = resolve("landcover")
    network = warm_network(card)
    halved = cached_onnx(tmp_path, network, card, 128, "fp16")
    graph = onnx.load(halved.weights).graph
    weights = {tensor.data_type for tensor in graph.initializer if len(tensor.dims) == 4}
    assert weights == {onnx.TensorProto.FLOAT16}
    ports = [*graph.input, *graph.output]
    assert {port.type.tensor_type.elem_type for port in ports} == {onnx.TensorProto.FLOAT}
    assert {p.dtype for p in network.parameters()} == {torch.float32}  # the one that was given stays as it is
    backend = OnnxBackend(halved, "cpu", 1)
    assert backend.precision == "fp16"
    batch = imagery(2, len(card.bands), 128)
    theirs = backend.predict(batch)
    ours = TorchBackend(network, len(card.classes), 1, "landcover", "cpu", "fp32").predict(batch)
    assert 0 < (theirs - ours).abs().max() < 0.005
    assert (theirs.argmax(dim=1) == ours.argmax(dim=1)).float().mean() > 0.999
    assert len(ours.argmax(dim=1).unique()) > 2


def test_each_precision_is_a_file_of_its_own(tmp_path: Path) -> None:
    card, network = make_card(), Blurry().eval()
    cards = {name: cached_onnx(tmp_path, network, card, 64, name) for name in ("fp32", "fp16", "fp32")}
    assert len(list(tmp_path.glob("*.onnx"))) == 2
    batch = imagery(3, 4, 64)
    answers = {}
    for name, one in cards.items():
        said = {entry.key: entry.value for entry in onnx.load(one.weights).metadata_props}
        assert said[PRECISION_KEY] == name
        backend = OnnxBackend(one, "cpu", 1)
        assert backend.precision == name
        answers[name] = backend.predict(batch)
    assert 1e-6 < (answers["fp16"] - answers["fp32"]).abs().max() < 0.02
