from __future__ import annotations

import copy

import pytest
import torch
from torch import Tensor, nn

from urbangrain.engine.inference.backends import TorchBackend
from urbangrain.engine.models.fold import fold_batch_norm
from urbangrain.engine.models.networks import build

LIGHT = {
    "unet": {"encoder": "resnet18", "channels": [32, 16, 8, 8, 8]},
    "pspnet": {"encoder": "resnet18", "channels": 32},
    "deeplabv3plus": {"encoder": "resnet18", "channels": 32},
    "hrnet": {"width": 8, "modules": [1, 1, 1], "blocks": 1, "stem_width": 16, "layer1_width": 8, "layer1_blocks": 1},
    "upernet": {"encoder": "resnet18", "channels": 32},
}
STRIDE = {"unet": 32, "pspnet": 8, "deeplabv3plus": 16, "hrnet": 32, "upernet": 32}


@pytest.fixture(params=sorted(LIGHT))
def name(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(autouse=True)
def nothing_is_downloaded(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **more: object) -> None:
        raise AssertionError("a network was asked for on a server")

    monkeypatch.setattr("socket.socket.connect", refuse)


def made(name: str, in_channels: int = 4, classes: int = 5) -> nn.Module:
    """A light network whose batch normalisation has seen something, so that it changes what passes through."""
    torch.manual_seed(0)
    network = build(name, in_channels, classes, **LIGHT[name])
    generator = torch.Generator().manual_seed(1)
    for module in network.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.running_mean = torch.randn(module.num_features, generator=generator) * 0.1
            module.running_var = torch.rand(module.num_features, generator=generator) + 0.5
    return network.eval()


@pytest.mark.parametrize(("in_channels", "classes"), [(3, 2), (4, 5), (6, 1)])
def test_logits_have_the_inputs_size_for_any_bands_and_classes(name: str, in_channels: int, classes: int) -> None:
    network = made(name, in_channels, classes)
    assert network.stride_multiple == STRIDE[name]
    side = int(network.stride_multiple)
    with torch.inference_mode():
        for height, width in [(side, side), (side, 3 * side), (5 * side, 2 * side)]:
            assert network(torch.randn(2, in_channels, height, width)).shape == (2, classes, height, width)


def test_they_train(name: str) -> None:
    network = build(name, 4, 5, **LIGHT[name])
    assert network.training
    logits = network(torch.randn(2, 4, 64, 64))
    logits.square().mean().backward()
    assert [n for n, p in network.named_parameters() if p.grad is None] == []


def test_folding_changes_nothing(name: str) -> None:
    network = made(name)
    image = torch.randn(2, 4, 96, 96)
    with torch.inference_mode():
        before = network(image)
        folded = fold_batch_norm(network, torch.linspace(-1, 1, 4 * 64 * 64).view(1, 4, 64, 64))
        after = network(image)
    assert folded > 10
    torch.testing.assert_close(after, before, atol=1e-4 * float(before.abs().max()), rtol=1e-3)


def test_the_backend_runs_them_folded_and_in_bf16(name: str) -> None:
    torch.manual_seed(2)
    image = torch.randn(2, 4, 96, 96)
    plain = TorchBackend(made(name), 5, device="cpu", precision="fp32").predict(image)
    folded = made(name)
    fold_batch_norm(folded, torch.linspace(-1, 1, 4 * 64 * 64).view(1, 4, 64, 64))
    for precision, tolerance in (("fp32", 1e-4), ("bf16", 0.1)):
        backend = TorchBackend(copy.deepcopy(folded), 5, device="cpu", precision=precision)
        assert (backend.predict(image) - plain).abs().max() < tolerance


def test_a_window_of_one_cell_is_enough_for_pspnet() -> None:
    network = made("pspnet")
    with torch.inference_mode():
        answers = [network(torch.randn(1, 4, side, side)) for side in (8, 16, 24, 40, 72)]
    assert [a.shape[-1] for a in answers] == [8, 16, 24, 40, 72]
    assert all(bool(torch.isfinite(a).all()) for a in answers)


def test_pspnet_uses_the_whole_encoder_at_stride_8() -> None:
    seen: list[Tensor] = []
    network = made("pspnet")
    network.network.decoder.psp.register_forward_pre_hook(lambda module, given: seen.append(given[0]))
    with torch.inference_mode():
        network(torch.zeros(1, 4, 64, 64))
    assert seen[0].shape == (1, 512, 8, 8)


@pytest.mark.parametrize(("stride", "rates"), [(16, {1, 6, 12, 18}), (8, {1, 12, 24, 36})])
def test_deeplab_dilates_by_its_output_stride(stride: int, rates: set[int]) -> None:
    network = build("deeplabv3plus", 4, 5, **LIGHT["deeplabv3plus"], output_stride=stride)
    found = {m.dilation[0] for m in network.network.decoder.modules() if isinstance(m, nn.Conv2d)}
    assert found == rates
    assert network.stride_multiple == stride
    assert network.eval()(torch.zeros(1, 4, stride, stride)).shape == (1, 5, stride, stride)


def test_hrnet_is_hrnet_ocr_without_its_head() -> None:
    with torch.device("meta"):
        plain, ocr = build("hrnet", 4, 5), build("hrnet_ocr", 4, 5)
    mine = {k: v.shape for k, v in plain.state_dict().items()}
    theirs = {k: v.shape for k, v in ocr.state_dict().items()}
    assert {k: v for k, v in mine.items() if k.startswith("backbone.")} == {
        k: v for k, v in theirs.items() if k.startswith("backbone.")
    }
    assert mine["classify.weight"] == (5, 720, 1, 1)


def test_a_transformer_of_timm_takes_any_window() -> None:
    network = build("upernet", 4, 5, encoder="tu-swin_tiny_patch4_window7_224", channels=16).eval()
    with torch.inference_mode():
        assert network(torch.zeros(1, 4, 64, 96)).shape == (1, 5, 64, 96)


def test_a_name_with_pretrained_weights_downloads_none() -> None:
    torch.manual_seed(0)
    first = build("unet", 4, 5, encoder="tu-resnet10t.c3_in1k", channels=[8] * 5)
    torch.manual_seed(1)
    other = build("unet", 4, 5, encoder="tu-resnet10t.c3_in1k", channels=[8] * 5)
    weights = next(w for n, w in first.named_parameters() if n.endswith("layer1.0.conv1.weight"))
    others = next(w for n, w in other.named_parameters() if n.endswith("layer1.0.conv1.weight"))
    assert not torch.equal(weights, others)


@pytest.mark.parametrize(
    ("name", "options", "word"),
    [
        ("unet", {"encoder": "resnet19"}, "resnet18"),  # a near name is said
        ("unet", {"encoder": "tu-no_such_network"}, "encoder"),
        ("unet", {"encoder": "tu-hf_hub:timm/resnet18"}, "encoder"),
        ("pspnet", {"encoder": "vgg11"}, "vgg11"),
        ("upernet", {"encoder": 18}, "encoder"),
        ("unet", {"channels": [8, 8]}, "five"),
        ("upernet", {"channels": 0}, "size"),
        ("deeplabv3plus", {"output_stride": 32}, "8 or 16"),
        ("pspnet", {"dropout": 1.0}, "dropout"),
        ("hrnet", {"stem_stride": 3}, "stem_stride"),
        ("hrnet", {"head_channels": -1}, "head_channels"),
        ("hrnet", {"encoder": "resnet18"}, "options"),
        ("unet", {"weights": "imagenet"}, "options"),
    ],
)
def test_what_cannot_be_built_is_refused_in_words(name: str, options: dict, word: str) -> None:
    with pytest.raises(ValueError, match=word):
        build(name, 4, 5, **options)
