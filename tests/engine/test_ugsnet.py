"""UGSNet: its parts by hand, its sizes as in the paper, and what a map asks of it."""

from __future__ import annotations

import copy
import math
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import pytest
import timm
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from urbangrain.engine.inference.backends import TorchBackend
from urbangrain.engine.models.fold import fold_batch_norm
from urbangrain.engine.models.networks import build
from urbangrain.engine.models.onnx_export import write_onnx
from urbangrain.engine.models.ugsnet import LIGHT_UGSNET, ResNetStages, UGSNet, UGSNetOptions, UGSNetOutput
from urbangrain.engine.models.ugsnet_attention import EnhancedCoordinateAttention
from urbangrain.engine.models.ugsnet_points import PointHead, certainty, sample, training_points
from urbangrain.engine.training.losses import IGNORED
from urbangrain.engine.training.objectives.ugsnet import labels_at, mean_cross_entropy, ugsnet_loss

TINY = {**LIGHT_UGSNET, "width": 8, "stem_width": 8, "projection": 8, "fused": 16, "points": 64, "points_window": 0}


def trained(classes: int = 2, **options: Any) -> UGSNet:
    """Return a tiny network whose normalisation has seen images and whose logits spread over some units."""
    torch.manual_seed(0)
    network = build("ugsnet", 3, classes, **{**TINY, **options}).train()
    assert isinstance(network, UGSNet)
    with torch.no_grad():
        for seed in range(3):
            network(images(4, seed=seed))
        network.classify.weight.mul_(200)
    return network.eval().requires_grad_(False)


def images(n: int, side: int = 64, seed: int = 9) -> Tensor:
    coarse = torch.randn(n, 3, side // 8, side // 8, generator=torch.Generator().manual_seed(seed))
    return 2 * F.interpolate(coarse, size=(side, side), mode="bicubic")


# --- attention -------------------------------------------------------------------------------------------------------


def test_attention_by_hand() -> None:
    attention = EnhancedCoordinateAttention(1).eval()
    with torch.no_grad():
        for part in (attention.reduce_directions, attention.reduce_window):
            part[0].weight.zero_()[0] = 1.0  # the first of the inner channels is the pooled value itself
            part[1].eps = 0.0
        for part in (attention.to_height, attention.to_width, attention.to_window):
            part.weight.zero_()
            part.bias.zero_()
        attention.to_height.weight[0, 0, :, 0] = torch.tensor([0.1, 0.2, 0.3])
        attention.to_width.weight[0, 0, 0, 1] = 1.0
        attention.to_window.weight[0, 0] = 0.5
        out = attention(torch.tensor([[[[1.0, 3.0], [5.0, 7.0]]]]))

    def sigmoid(v: float) -> float:
        return 1 / (1 + math.exp(-v))

    # row means 2 and 6, column means 3 and 5, mean 4; hard swish is v (v + 3) / 6 below 3 and v from 3 on
    swish = 2 * 5 / 6
    rows = [sigmoid(0.2 * swish + 0.3 * 6), sigmoid(0.1 * swish + 0.2 * 6)]
    columns = [sigmoid(3), sigmoid(5)]
    expected = [
        [x * rows[i] * columns[j] * sigmoid(2) for j, x in enumerate(r)] for i, r in enumerate([[1, 3], [5, 7]])
    ]
    torch.testing.assert_close(out[0, 0], torch.tensor(expected))


def test_attention_has_its_reduction_and_never_too_few_channels() -> None:
    assert EnhancedCoordinateAttention(512).to_height.in_channels == 32
    assert EnhancedCoordinateAttention(64).to_height.in_channels == 8
    assert EnhancedCoordinateAttention(64, reduction=4).to_height.in_channels == 16


# --- points ----------------------------------------------------------------------------------------------------------


def test_certainty_is_the_lead_of_the_likeliest_class() -> None:
    assert certainty(torch.tensor([[1.0, 4.0, 3.0]])).tolist() == [1.0]
    assert certainty(torch.tensor([[-2.0, 1.0]])).tolist() == [3.0]
    logits = torch.randn(3, 6, 5, 4)
    first, second = logits.topk(2, dim=1).values.unbind(1)
    torch.testing.assert_close(certainty(logits), first - second)


def test_sampling_reads_pixels_at_their_centres_and_between_them_their_mean() -> None:
    maps = torch.tensor([[[[1.0, 2.0], [3.0, 8.0]]]])
    points = torch.tensor([[[0.25, 0.25], [0.75, 0.25], [0.25, 0.75], [0.5, 0.5], [0.0, 0.0], [1.0, 0.9]]])
    torch.testing.assert_close(sample(maps, points), torch.tensor([[[1.0, 2.0, 3.0, 3.5, 1.0, 8.0]]]))


@pytest.mark.parametrize("side", [8, 4, 16])
def test_points_are_classified_as_if_their_features_were_sampled_first(side: int) -> None:
    torch.manual_seed(0)
    head = PointHead(3, 7, 0.0)
    coarse, features, points = torch.randn(2, 3, 8, 8), torch.randn(2, 7, side, side), torch.rand(2, 50, 2)
    at_points = torch.cat([sample(coarse, points), sample(features, points)], dim=1)  # coarse logits, then features
    expected = F.conv1d(at_points, head.classify.weight[..., 0], head.classify.bias)
    torch.testing.assert_close(head(coarse, features, points), expected)


def test_training_looks_at_uncertain_points_most() -> None:
    coarse = torch.zeros(2, 2, 16, 16)
    coarse[:, 0, :, :8] = 5.0  # sure on the left, torn on the right
    torch.manual_seed(3)
    points = training_points(coarse, 1024, 3, 0.75)
    assert points.shape == (2, 1024, 2)
    # 768 of the about 1536 candidates on the right; then 256 of the 2304 left over, a third of which are on the right
    right = (points[..., 0] > 0.5).float().mean(dim=1)
    assert bool(((right - (0.75 + 0.25 / 3)).abs() < 0.03).all())
    assert all(len(window.unique(dim=0)) == 1024 for window in points)
    torch.manual_seed(3)
    candidates = torch.rand(2, 3 * 1024, 2)
    drawn = [{tuple(p) for p in window.tolist()} for window in candidates]
    assert all(tuple(p) in drawn[i] for i, window in enumerate(points) for p in window.tolist())


def test_training_without_importance_looks_anywhere() -> None:
    coarse = torch.zeros(1, 2, 16, 16)
    coarse[:, 0, :, :8] = 5.0
    torch.manual_seed(3)
    points = training_points(coarse, 1024, 3, 0.0)
    assert abs(float((points[..., 0] > 0.5).float().mean()) - 0.5) < 0.06
    assert training_points(coarse, 1, 1, 0.75).shape == (1, 1, 2)


def overruling(taper: float) -> PointHead:
    """Return a head that says (-9, 9) wherever it is asked."""
    head = PointHead(2, 1, taper).requires_grad_(False)
    head.classify.weight.zero_()
    head.classify.bias.copy_(torch.tensor([-9.0, 9.0]))
    return head


def test_each_step_classifies_its_least_certain_points_anew() -> None:
    torch.manual_seed(0)
    head = PointHead(2, 3, 0.0).requires_grad_(False)
    coarse, features = torch.randn(2, 2, 4, 6), 5 * torch.randn(2, 3, 4, 6)
    refined = head.refine(coarse, features, (16, 24), 5)
    says = head.classify(torch.cat([coarse, features], dim=1))
    expected = coarse
    for size in ((8, 12), (16, 24)):
        expected = F.interpolate(expected, size=size, mode="bilinear")
        new = F.interpolate(says, size=size, mode="bilinear")
        for window, other in zip(expected.numpy(), new.numpy()):
            order = np.argsort(np.abs(window[0] - window[1]), axis=None)[:5]
            window.reshape(2, -1)[:, order] = other.reshape(2, -1)[:, order]
    torch.testing.assert_close(refined, expected)


def test_a_step_of_fewer_pixels_than_points_is_classified_anew_as_a_whole() -> None:
    coarse = torch.randn(1, 2, 4, 4, generator=torch.Generator().manual_seed(0))
    for taper in (0.0, 0.2):
        refined = overruling(taper).refine(coarse, torch.zeros(1, 1, 4, 4), (8, 8), 64)
        assert bool((refined[:, 1] == 9.0).all())
        # the second step has 256 pixels: 100 of them are certain enough
        refined = overruling(taper).refine(coarse, torch.zeros(1, 1, 4, 4), (16, 16), 156)
        assert int((refined[:, 1] != 9.0).sum()) == 0  # its neighbours were all (-9, 9) before


def test_the_new_classification_fades_out_by_hand() -> None:
    # doubled, the corner stays 1 and the next values are three of 2 (0.75 * 1 + 0.25 * 5, twice, and the other corner)
    coarse = torch.zeros(1, 2, 2, 2)
    coarse[0, 0] = torch.tensor([[1.0, 5.0], [5.0, 2.0]])
    features = torch.zeros(1, 1, 2, 2)
    whole = overruling(0.2).refine(coarse, features, (4, 4), 1)  # (2 - 1) / (0.2 * 2) is above 1
    assert whole[0, :, 0, 0].tolist() == [-9.0, 9.0]
    half = overruling(1.0).refine(coarse, features, (4, 4), 1)  # (2 - 1) / (1 * 2)
    assert half[0, :, 0, 0].tolist() == [0.5 * (1 - 9), 0.5 * (0 + 9)]
    doubled = F.interpolate(coarse, scale_factor=2, mode="bilinear")
    assert int((half != doubled).any(dim=1).sum()) == 1


def test_with_a_taper_no_rounding_makes_an_answer_jump() -> None:
    features = torch.zeros(1, 1, 2, 2)

    def refined(taper: float, first: float, second: float) -> Tensor:
        coarse = torch.zeros(1, 2, 2, 2)
        coarse[0, 0] = torch.tensor([[first, 5.0], [5.0, second]])
        return overruling(taper).refine(coarse, features, (4, 4), 1)

    for taper, jumps in ((0.0, True), (0.2, False)):
        change = (refined(taper, 1.0, 1.000001) - refined(taper, 1.000001, 1.0)).abs().max()
        assert bool(change > 8) is jumps
        assert bool(change < 1e-3) is not jumps


def test_a_window_that_is_torn_everywhere_stays_finite() -> None:
    refined = overruling(0.2).refine(torch.zeros(1, 2, 4, 4), torch.zeros(1, 1, 4, 4), (16, 16), 5)
    assert bool(torch.isfinite(refined).all())


# --- the network -----------------------------------------------------------------------------------------------------


def test_the_papers_size_has_the_papers_channels() -> None:
    with torch.device("meta"):
        network = UGSNet(3, 2).eval()
        features = network.backbone(torch.zeros(1, 3, 256, 256))
        coarse, read = network.coarse(torch.zeros(1, 3, 256, 256))
    assert [tuple(f.shape[1:]) for f in features] == [(256, 128, 128), (512, 64, 64), (1024, 32, 32), (2048, 16, 16)]
    assert coarse.shape == (1, 2, 64, 64)
    assert read.shape == (1, 512, 64, 64)
    assert [len(getattr(network.backbone, f"layer{i}")) for i in (1, 2, 3, 4)] == [3, 4, 6, 3]
    assert [block.conv2.dilation for block in network.backbone.layer4] == [(1, 1), (2, 2), (4, 4)]
    assert [a.to_height.in_channels for a in network.backbone.attention] == [16, 32, 64, 128]
    assert [p[0].out_channels for p in network.project] == [96] * 4
    assert (network.fuse[0].in_channels, network.fuse[0].kernel_size) == (384, (3, 3))
    assert (network.classify.in_channels, network.classify.kernel_size) == (256, (3, 3))
    assert network.dropout.p == 0.5
    assert network.point_head is not None
    assert network.point_head.classify.in_channels == 512 + 2
    options = network.options
    assert (options.points, options.oversampling, options.importance) == (1024, 3, 0.75)
    assert (options.points_window, options.taper) == (0, 0.0)
    assert network.stride_multiple == 16
    assert 27e6 < sum(p.numel() for p in network.parameters()) < 29e6


def test_the_backbone_is_timms_resnet_50() -> None:
    torch.manual_seed(0)
    theirs = timm.create_model("resnet50", num_classes=0).eval()
    options = UGSNetOptions(stem_stride=2, dilations=(1, 1, 1), attention=False)
    ours = ResNetStages(3, options).eval()
    ours.load_state_dict(theirs.state_dict())
    image = images(1)
    with torch.inference_mode():
        torch.testing.assert_close(ours(image)[3], theirs.forward_features(image))


@pytest.mark.parametrize("bands", [3, 4])
@pytest.mark.parametrize("stem_stride", [1, 2])
@pytest.mark.parametrize(("attention", "point_head"), [(True, True), (False, True), (True, False), (False, False)])
def test_shapes_with_and_without_the_parts(bands: int, stem_stride: int, attention: bool, point_head: bool) -> None:
    options = {**TINY, "stem_stride": stem_stride, "attention": attention, "point_head": point_head}
    network = build("ugsnet", bands, 5, **options).train()
    assert any(isinstance(m, EnhancedCoordinateAttention) for m in network.modules()) is attention
    image = torch.randn(2, bands, 64, 96)
    output = network(image)
    assert isinstance(output, UGSNetOutput)
    assert output.coarse.shape == (2, 5, 16, 24)
    if point_head:
        assert output.point_logits.shape == (2, 5, 64)
        assert output.points.shape == (2, 64, 2)
    else:
        assert (output.point_logits, output.points) == (None, None)
    assert network.eval()(image).shape == (2, 5, 64, 96)


def test_the_light_size_is_light() -> None:
    network = build("ugsnet", 4, 2, **LIGHT_UGSNET)
    assert 1e6 < sum(p.numel() for p in network.parameters()) < 3e6
    assert network.options.point_count(256, 256) == 1024
    assert network.options.point_count(512, 256) == 2048
    assert network.options.point_count(1, 1) == 1
    assert UGSNetOptions().point_count(512, 512) == 1024


def test_without_a_point_head_the_coarse_map_is_upsampled() -> None:
    network = trained(point_head=False)
    image = images(2)
    coarse = network.coarse(image)[0]
    torch.testing.assert_close(network(image), F.interpolate(coarse, size=(64, 64), mode="bilinear"))


def test_the_point_head_changes_no_more_than_its_points() -> None:
    network = trained(taper=0.0, points=20)
    image = images(2)
    coarse, features = network.coarse(image)
    halfway = network.point_head.refine(coarse, features, (32, 32), 20)
    plain = F.interpolate(halfway, scale_factor=2, mode="bilinear")
    changed = (network(image) != plain).any(dim=1).flatten(1).sum(dim=1)
    assert changed.tolist() == [20, 20]


@pytest.mark.parametrize("taper", [0.0, 0.2])
def test_a_window_is_mapped_alike_whatever_is_beside_it(taper: float) -> None:
    network = trained(taper=taper)
    image = images(3)
    together = network(image)
    assert float(together.std()) > 0.5  # else there would be nothing to compare
    alone = torch.cat([network(window[None]) for window in image])
    torch.testing.assert_close(alone, together, atol=1e-3, rtol=1e-3)
    others = network(torch.stack([image[0], -7 * image[1], torch.zeros_like(image[2])]))
    torch.testing.assert_close(others[0], together[0], atol=1e-3, rtol=1e-3)


def test_inference_knows_no_chance() -> None:
    network = trained()
    image = images(2)
    torch.manual_seed(1)
    first = network(image)
    torch.manual_seed(2)
    assert torch.equal(network(image), first)


def test_the_seed_decides_the_points_of_training() -> None:
    network = build("ugsnet", 3, 2, **{**TINY, "dropout": 0.0}).train()
    image = images(2)

    def points(seed: int) -> Tensor:
        torch.manual_seed(seed)
        return network(image).points

    first = points(1)
    assert torch.equal(points(1), first)
    assert not torch.equal(points(2), first)


@pytest.mark.parametrize("options", [{}, {"taper": 0.0, "point_stage": 2}, {"point_head": False}])
def test_all_batch_normalisation_is_folded_and_changes_nothing(options: dict[str, Any]) -> None:
    network = trained(**options)
    folded = copy.deepcopy(network)
    norms = sum(isinstance(m, nn.BatchNorm2d) for m in network.modules())
    side = 64
    ramp = torch.linspace(-1, 1, 3 * side * side).view(1, 3, side, side)  # as when a model is kept warm
    assert fold_batch_norm(folded, ramp) == norms
    assert not any(isinstance(m, nn.BatchNorm2d) for m in folded.modules())
    image = images(2)
    torch.testing.assert_close(folded(image), network(image), atol=2e-3, rtol=1e-3)


def test_bfloat16_maps_nearly_alike() -> None:
    network = trained()
    image = images(2)
    plain = TorchBackend(copy.deepcopy(network), 2, device="cpu", precision="fp32").predict(image)
    half = TorchBackend(network, 2, device="cpu", precision="bf16").predict(image)
    assert half.dtype == torch.float32
    assert float((half - plain).abs().mean()) < 0.01
    assert float((half.argmax(1) == plain.argmax(1)).float().mean()) > 0.97


def test_training_runs_in_bfloat16() -> None:
    network = build("ugsnet", 3, 2, **TINY).train()
    with torch.autocast("cpu", torch.bfloat16):
        loss = ugsnet_loss(network(images(2)), torch.randint(0, 2, (2, 64, 64)))
    loss.backward()
    assert loss.dtype == torch.float32
    assert all(bool(torch.isfinite(p.grad).all()) for p in network.parameters() if p.grad is not None)


def test_onnx_runtime_maps_alike(tmp_path: Path) -> None:
    network = trained(3, stem_stride=2, point_stage=2)  # features coarser than the coarse map: both are sampled
    path = tmp_path / "ugsnet.onnx"
    write_onnx(network, 3, 64, path)
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    for n in (1, 3):
        image = images(n, seed=n)
        (logits,) = session.run(None, {"image": image.numpy()})
        torch.testing.assert_close(torch.from_numpy(logits), network(image), atol=2e-3, rtol=1e-3)


@pytest.mark.parametrize(
    "options",
    [
        {"width": 0},
        {"stem_stride": 4},
        {"blocks": [3, 4, 6]},
        {"dilations": [1, 2]},
        {"point_stage": 5},
        {"dropout": 1.0},
        {"importance": 1.5},
        {"taper": -0.1},
        {"points": 0},
        {"points_window": -1},
        {"depth": 50},
    ],
)
def test_impossible_sizes_are_refused(options: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"."):
        build("ugsnet", 3, 2, **options)


def test_one_class_and_odd_windows_are_refused() -> None:
    with pytest.raises(ValueError, match="2 classes"):
        build("ugsnet", 3, 1, **TINY)
    with pytest.raises(ValueError, match="multiples of 16 pixels, not 64 x 72"):
        trained()(torch.zeros(1, 3, 64, 72))


# --- the loss --------------------------------------------------------------------------------------------------------


def test_labels_are_those_of_the_pixels_that_points_lie_in() -> None:
    target = torch.arange(8).view(1, 2, 4)
    points = torch.tensor([[[0.0, 0.0], [0.26, 0.49], [0.99, 0.51], [1.0, 1.0]]])
    assert labels_at(target, points).tolist() == [[0, 1, 7, 7]]


def test_cross_entropy_by_hand() -> None:
    logits = torch.tensor([[[math.log(3), 0.0, 5.0], [0.0, 0.0, -5.0]]])  # probabilities of class 0: 3/4, 1/2, ...
    target = torch.tensor([[0, 1, IGNORED]])
    assert float(mean_cross_entropy(logits, target)) == pytest.approx(-(math.log(0.75) + math.log(0.5)) / 2)


def output_by_hand() -> tuple[UGSNetOutput, Tensor, float]:
    """Return an output, a target with 6 pixels of each class and 4 without a label, and the Dice loss."""
    coarse = torch.tensor([math.log(3), 0.0]).view(1, 2, 1, 1)  # 3/4 and 1/4 everywhere
    target = torch.tensor([0] * 6 + [1] * 6 + [IGNORED] * 4).view(1, 4, 4)
    points = torch.tensor([[[0.9, 0.6], [0.1, 0.9]]])  # in class 1; without a label
    point_logits = torch.tensor([[[0.0, 7.0], [math.log(3), -7.0]]])
    first = 2 * 0.75 * 6 / (0.75 * 12 + 6)
    second = 2 * 0.25 * 6 / (0.25 * 12 + 6)
    return UGSNetOutput(coarse, point_logits, points), target, 1 - (first + second) / 2


def test_the_loss_by_hand() -> None:
    output, target, dice = output_by_hand()
    assert float(ugsnet_loss(output, target)) == pytest.approx(dice - math.log(0.75), abs=1e-6)


def test_the_loss_without_a_point_head_by_hand() -> None:
    output, target, dice = output_by_hand()
    entropy = -(math.log(0.75) + math.log(0.25)) / 2
    plain = UGSNetOutput(output.coarse, None, None)
    assert float(ugsnet_loss(plain, target)) == pytest.approx(dice + entropy, abs=1e-6)


def test_nothing_labelled_teaches_nothing() -> None:
    network = build("ugsnet", 3, 2, **TINY).train()
    loss = ugsnet_loss(network(images(2)), torch.full((2, 64, 64), IGNORED))
    loss.backward()
    assert float(loss.detach()) == 0.0
    assert all(float(p.grad.abs().max()) == 0 for p in network.parameters() if p.grad is not None)


def test_gradients_reach_every_parameter() -> None:
    network = build("ugsnet", 3, 2, **TINY).train()
    ugsnet_loss(network(images(2)), torch.randint(0, 2, (2, 64, 64))).backward()
    assert [n for n, p in network.named_parameters() if p.grad is None or not bool(p.grad.abs().max() > 0)] == []


def test_it_learns_a_picture() -> None:
    torch.manual_seed(0)
    network = build("ugsnet", 3, 2, **{**TINY, "dropout": 0.0})
    image = images(2)
    target = (image[:, 0] > 0).long()
    optimiser = torch.optim.Adam(network.parameters(), lr=3e-3)
    network.train()
    for _ in range(60):
        optimiser.zero_grad()
        ugsnet_loss(network(image), target).backward()
        optimiser.step()
    with torch.inference_mode():
        right = (network.eval()(image).argmax(1) == target).float().mean()
    assert float(right) > 0.9
