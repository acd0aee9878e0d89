from __future__ import annotations

import pytest
import torch
from torch import nn

from urbangrain.engine.models.hrnet_ocr import HRNetOCR, HRNetOCROptions, object_regions, pixel_region_relation
from urbangrain.engine.models.networks import build
from urbangrain.engine.training.config import LIGHT_HRNET_OCR


def test_equation_1_by_hand() -> None:
    # two pixels, two classes; class 0's logits are log 3 apart: memberships 3/4 and 1/4; class 1 does not care
    pixels = torch.tensor([[[[1.0, 5.0]], [[2.0, 10.0]]]])  # (1, 2 channels, 1, 2)
    logits = torch.tensor([[[[torch.tensor(3.0).log(), 0.0]], [[7.0, 7.0]]]])
    regions = object_regions(logits, pixels)
    torch.testing.assert_close(regions, torch.tensor([[[2.0, 3.0], [4.0, 6.0]]]))


def test_equation_2_by_hand() -> None:
    query = torch.tensor([[[2.0], [0.0], [0.0], [0.0]]])  # d = 4, one pixel
    key = torch.tensor([[[1.0, -1.0, 0.0], [0.0] * 3, [0.0] * 3, [0.0] * 3]])
    relation = pixel_region_relation(query, key)
    expected = torch.tensor([1.0, -1.0, 0.0]).softmax(0)  # 2 / sqrt(4) = 1
    torch.testing.assert_close(relation[0, :, 0], expected)
    assert relation.sum(dim=1).allclose(torch.ones(1))


def test_the_papers_size_has_the_papers_channels() -> None:
    with torch.device("meta"):
        network = HRNetOCR(3, 5)
        branches = network.branches(torch.zeros(1, 3, 256, 256))
    assert [tuple(b.shape[1:]) for b in branches] == [(48, 64, 64), (96, 32, 32), (192, 16, 16), (384, 8, 8)]
    backbone = network.backbone
    assert (backbone.conv1.out_channels, backbone.conv1.stride) == (64, (2, 2))
    assert (backbone.conv2.out_channels, backbone.conv2.stride) == (64, (2, 2))
    assert [len(stage) for stage in (backbone.stage2, backbone.stage3, backbone.stage4)] == [1, 4, 3]
    assert all(len(branch) == 4 for module in backbone.stage4 for branch in module.branches)
    assert network.coarse[0].in_channels == 720
    assert network.pixels[0].in_channels == 720
    assert network.pixels[0].out_channels == 512
    assert network.pixels[0].kernel_size == (3, 3)
    assert network.context.delta[0].out_channels == 256
    assert [m.p for m in network.modules() if isinstance(m, nn.Dropout2d)] == [0.05]
    assert network.stride_multiple == 32
    assert 65e6 < sum(p.numel() for p in network.parameters()) < 80e6


@pytest.mark.parametrize("stem_stride", [2, 4])
def test_output_has_the_inputs_size(stem_stride: int) -> None:
    network = build("hrnet_ocr", 4, 5, **{**LIGHT_HRNET_OCR, "stem_stride": stem_stride})
    side = network.stride_multiple * 2
    image = torch.randn(2, 4, side, side * 2)
    network.train()
    logits, coarse = network(image)
    assert logits.shape == (2, 5, side, side * 2)
    assert coarse.shape == (2, 5, side // stem_stride, side * 2 // stem_stride)
    network.eval()
    assert network(image).shape == (2, 5, side, side * 2)


def test_convolving_before_upsampling_changes_nothing() -> None:
    # a 1x1 and an equal 3x3 kernel (zero but for its centre) take the two paths of the concatenation
    torch.manual_seed(0)
    light = {**LIGHT_HRNET_OCR, "mid_kernel": 1}
    fast = build("hrnet_ocr", 4, 5, **light).eval()
    slow = build("hrnet_ocr", 4, 5, **{**light, "mid_kernel": 3}).eval()
    state = fast.state_dict()
    kernel = torch.zeros_like(slow.state_dict()["pixels.0.weight"])
    kernel[:, :, 1:2, 1:2] = state["pixels.0.weight"]
    slow.load_state_dict({**state, "pixels.0.weight": kernel})
    image = torch.randn(1, 4, 64, 64)
    with torch.inference_mode():
        torch.testing.assert_close(fast(image), slow(image), atol=1e-4, rtol=1e-4)


def test_gradients_reach_every_parameter() -> None:
    network = build("hrnet_ocr", 4, 5, **LIGHT_HRNET_OCR).train()
    logits, coarse = network(torch.randn(2, 4, 64, 64))
    (logits.square().mean() + coarse.square().mean()).backward()
    assert [n for n, p in network.named_parameters() if p.grad is None] == []


@pytest.mark.parametrize(
    "options", [{"width": 0}, {"stem_stride": 3}, {"mid_kernel": 5}, {"dropout": 1.0}, {"depth": 3}, {"modules": [1]}]
)
def test_impossible_sizes_are_refused(options: dict) -> None:
    with pytest.raises(ValueError, match=r"."):
        build("hrnet_ocr", 4, 5, **options)


def test_unknown_networks_are_refused_with_those_known() -> None:
    with pytest.raises(ValueError, match="hrnet_ocr"):
        build("hrnet_orc", 4, 5)


def test_options_default_to_the_paper() -> None:
    assert HRNetOCROptions() == HRNetOCROptions(48, (1, 4, 3), 4, 64, 4, 64, 4, 512, 256, 3, 0, 0.05)
