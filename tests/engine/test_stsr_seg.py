"""STSR-Seg: the network, its losses by hand, and the map job on a grid four times finer."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
import rasterio
import torch
from mapping_toys import patchy, write_image
from rasterio.transform import from_bounds
from safetensors.torch import save_file
from torch import nn

from urbangrain.engine import jobs
from urbangrain.engine.inference.backends import first_batch
from urbangrain.engine.inference.decide import decide
from urbangrain.engine.models.card import ModelCard, Scaling
from urbangrain.engine.models.edsr import EDSR, ResidualBlock
from urbangrain.engine.models.load import load_network, warm_network
from urbangrain.engine.models.networks import build
from urbangrain.engine.models.stac import read_card, write_card
from urbangrain.engine.models.stsr_seg import LIGHT_STSR_SEG, STSRSeg, STSRSegOptions, STSRSegOutput, low_resolution
from urbangrain.engine.models.weights_file import sha256
from urbangrain.engine.protocol import BandSpec, ClassInfo, MapJob, MapResult
from urbangrain.engine.training.losses import IGNORED
from urbangrain.engine.training.objectives.stsr_seg import (
    MemoryBank,
    built_statistics,
    focal_tversky,
    gaussian_kl,
    high_resolution,
    info_nce,
    joint,
    spatial_generalisation,
)

TINY = {
    "features": 8,
    "blocks": 1,
    "shuffle": "once",
    "encoder_block": "basic",
    "encoder_layers": [1, 1, 1, 1],
    "encoder_channels": [8, 8, 8, 8],
    "stem_channels": 8,
    "decoder_channels": [8, 8, 8, 8],
    "representation": 6,
}
MEAN, STD = (0.1417, 0.1257, 0.1200, 0.1804), (0.0396, 0.0439, 0.0612, 0.0828)
WINDOW, OVERLAP = 64, 8
BACKGROUND, ROOFTOP, NODATA = 0, 255, 7


def made_up(seed: int = 0, **options: object) -> STSRSeg:
    """A tiny network with batch statistics of its own, in eval mode, that finds about as many rooftops as not."""
    torch.manual_seed(seed)
    network = build("stsr_seg", 4, 2, **{**TINY, **options})
    assert isinstance(network, STSRSeg)
    for module in network.modules():
        if isinstance(module, nn.BatchNorm2d):
            nn.init.uniform_(module.weight, 0.5, 1.5)
            nn.init.normal_(module.bias, 0, 0.3)
    side = 256 // network.upscale
    image = torch.randn(4, 4, side, side)
    with torch.no_grad():
        for _ in range(8):
            network.train()(image)
        network.eval()
        network.segmentation.deconvolution.weight *= 4
        logits = network(image)
        network.segmentation.deconvolution.bias[1] -= (logits[:, 1] - logits[:, 0]).median()
    return network


# the network


def test_the_papers_size_has_the_papers_parts() -> None:
    with torch.device("meta"):
        network = build("stsr_seg", 4, 2)
        made = network.train()(torch.zeros(2, 4, 64, 64))
        features = network.segmentation.encode(torch.zeros(1, 3, 256, 256))
    assert made.logits.shape == (2, 2, 256, 256)
    assert made.low_resolution.shape == (2, 64, 64)
    assert made.representation.shape == (2, 128)
    assert (network.upscale, network.stride_multiple) == (4, 8)
    blocks = [m for m in network.super_resolution.modules() if isinstance(m, ResidualBlock)]
    assert [(b.scale, b.body[0].out_channels) for b in blocks] == [(0.1, 128)] * 16
    assert not [m for m in network.super_resolution.modules() if isinstance(m, nn.BatchNorm2d)]
    assert [m.upscale_factor for m in network.super_resolution.modules() if isinstance(m, nn.PixelShuffle)] == [2, 2]
    # ResNet-50: 16 bottleneck blocks, a representation from its 2048 pooled features
    assert [f.shape[1] for f in features] == [64, 256, 512, 1024, 2048]
    assert [f.shape[2] for f in features] == [128, 64, 32, 16, 8]
    encoder = network.segmentation.encoder
    assert [len(s) for s in (encoder.layer1, encoder.layer2, encoder.layer3, encoder.layer4)] == [3, 4, 6, 3]
    assert (encoder.fc.in_features, encoder.fc.out_features) == (2048, 128)
    for block in network.segmentation.decoder:
        kinds = [type(m) for m in block.modules() if isinstance(m, (nn.Conv2d, nn.BatchNorm2d))]
        assert kinds == [nn.Conv2d, nn.BatchNorm2d] * 3
    assert isinstance(network.segmentation.deconvolution, nn.ConvTranspose2d)


def test_the_light_network_is_light() -> None:
    network = build("stsr_seg", 4, 2, **LIGHT_STSR_SEG)
    assert 1e6 < sum(p.numel() for p in network.parameters()) < 3e6


def test_options_default_to_the_paper() -> None:
    defaults = STSRSegOptions(4, 128, 16, 0.1, "steps", 3, "bottleneck", (3, 4, 6, 3), (64, 128, 256, 512), 64)
    assert STSRSegOptions() == defaults


def test_a_residual_blocks_answer_is_scaled() -> None:
    block = ResidualBlock(2, 0.1)
    nn.init.zeros_(block.body[2].weight)
    nn.init.constant_(block.body[2].bias, 5.0)
    x = torch.randn(1, 2, 4, 4)
    torch.testing.assert_close(block(x), x + 0.5)


def test_pixel_shuffle_lays_channels_row_by_row() -> None:
    network = EDSR(4, 1, features=2, blocks=1, residual_scale=0.1, scale=4, shuffle="once")
    nn.init.zeros_(network.tail[0].weight)
    with torch.no_grad():
        network.tail[0].bias.copy_(torch.arange(16.0))
    made = network(torch.randn(1, 4, 3, 5))
    torch.testing.assert_close(made, torch.arange(16.0).view(4, 4).repeat(3, 5)[None, None])


@pytest.mark.parametrize(("scale", "shuffle"), [(2, "steps"), (4, "steps"), (4, "once"), (8, "once")])
def test_the_three_outputs_belong_together(scale: int, shuffle: str) -> None:
    network = made_up(scale=scale, shuffle=shuffle)
    height, width = 3 * network.stride_multiple, 5 * network.stride_multiple
    image = torch.randn(2, 4, height, width)
    logits = network(image)
    assert isinstance(logits, torch.Tensor)
    assert logits.shape == (2, 2, height * scale, width * scale)
    made = network.outputs(image)
    assert isinstance(made, STSRSegOutput)
    torch.testing.assert_close(made.logits, logits)
    torch.testing.assert_close(made.representation.norm(dim=1), torch.ones(2))
    assert made.representation.shape == (2, 6)
    assert made.low_resolution.shape == (2, height, width)
    rooftop = torch.sigmoid(logits[:, 1] - logits[:, 0])
    mean = rooftop[1, scale : 2 * scale, 2 * scale : 3 * scale].mean()
    torch.testing.assert_close(made.low_resolution[1, 1, 2], mean)
    assert isinstance(network.train()(image), STSRSegOutput)


def test_low_resolution_averages_the_confidence_not_the_logits() -> None:
    odds = torch.tensor([[1.0, 3.0], [9.0, 1 / 3]])  # confidences 1/2, 3/4, 9/10, 1/4
    logits = torch.stack([torch.zeros(2, 2), odds.log()])[None]
    torch.testing.assert_close(low_resolution(logits, 2), torch.tensor([[[0.6]]]))


def test_gradients_reach_every_parameter() -> None:
    network = build("stsr_seg", 4, 2, **TINY).train()
    made = network(torch.randn(2, 4, 32, 32))
    (made.logits.square().mean() + made.low_resolution.mean() + made.representation[:, 0].sum()).backward()
    assert [n for n, p in network.named_parameters() if p.grad is None] == []


def test_training_is_repeatable() -> None:
    def after_steps() -> torch.Tensor:
        torch.manual_seed(3)
        network = build("stsr_seg", 4, 2, **TINY).train()
        optimiser = torch.optim.Adam(network.parameters(), 1e-3)
        for _ in range(3):
            optimiser.zero_grad()
            made = network(torch.randn(2, 4, 32, 32))
            high_resolution(made.logits, (torch.rand(2, 128, 128) > 0.5).long()).backward()
            optimiser.step()
        return network.eval()(torch.ones(1, 4, 32, 32)).detach()

    torch.use_deterministic_algorithms(True)
    try:
        assert torch.equal(after_steps(), after_steps())
    finally:
        torch.use_deterministic_algorithms(False)


def test_half_precision_gives_nearly_the_same() -> None:
    network = made_up()
    image = torch.randn(2, 4, 64, 64)
    with torch.inference_mode():
        exact = network(image).softmax(dim=1)
        with torch.autocast("cpu", torch.bfloat16):
            half = network(image)
            trained = network.outputs(image)
    assert half.dtype == torch.bfloat16
    assert (half.float().softmax(dim=1) - exact).abs().mean() < 0.02
    assert trained.low_resolution.dtype == trained.representation.dtype == torch.float32


@pytest.mark.parametrize(
    "options",
    [
        {"scale": 3},
        {"features": 0},
        {"blocks": 0},
        {"shuffle": "twice"},
        {"encoder_block": "dense"},
        {"encoder_layers": (2, 2, 2)},
        {"decoder_channels": (8, 8, 8, 0)},
        {"stem_channels": 9},
        {"residual_scale": 0.0},
        {"depth": 3},
    ],
)
def test_impossible_sizes_are_refused(options: dict) -> None:
    with pytest.raises(ValueError, match=r"."):
        build("stsr_seg", 4, 2, **{**TINY, **options})


def test_more_classes_than_rooftops_and_the_rest_are_refused() -> None:
    with pytest.raises(ValueError, match="2 classes, not 5"):
        build("stsr_seg", 4, 5, **TINY)


# the losses


def test_focal_tversky_by_hand() -> None:
    confidence = torch.tensor([[[0.5, 1.0, 0.25, 0.9]]])
    target = torch.tensor([[[1, 1, 0, IGNORED]]])
    # TP = 1.5, FN = 0.5, FP = 0.25
    expected = math.sqrt(1 - 1.5 / (1.5 + 0.6 * 0.5 + 0.4 * 0.25))
    assert float(focal_tversky(confidence, target)) == pytest.approx(expected, rel=1e-5)
    assert float(focal_tversky(confidence, target, beta=0.0, gamma=1.0)) == pytest.approx(0.25 / 1.75, rel=1e-5)


def test_missing_a_rooftop_costs_more_than_inventing_one() -> None:
    target = torch.tensor([[[1, 1, 0, 0]]])
    missed = focal_tversky(torch.tensor([[[1.0, 0.0, 0.0, 0.0]]]), target)
    invented = focal_tversky(torch.tensor([[[1.0, 1.0, 1.0, 0.0]]]), target)
    assert missed > invented


@pytest.mark.parametrize("confidence", [[1.0, 0.0], [0.0, 1.0], [0.5, 0.5]])
@pytest.mark.parametrize("target", [[1, 0], [0, 0], [IGNORED, IGNORED]])
def test_focal_tversky_has_finite_gradients(confidence: list[float], target: list[int]) -> None:
    p = torch.tensor([[confidence]], requires_grad=True)
    loss = focal_tversky(p, torch.tensor([[target]]))
    loss.backward()
    assert 0 <= loss.item() <= 1
    assert bool(torch.isfinite(p.grad).all())


def test_high_resolution_by_hand() -> None:
    # confidences of rooftops 3/4, 1/2 and 9/10, of which the last is not labelled
    odds = torch.tensor([[[3.0, 1.0, 9.0]]])
    logits = torch.stack([torch.zeros_like(odds), odds.log()], dim=1)
    target = torch.tensor([[[1, 0, IGNORED]]])
    entropy = -(math.log(3 / 4) + math.log(1 / 2)) / 2
    tversky = math.sqrt(1 - 0.75 / (0.6 * 1 + 0.4 * 1.25))
    assert float(high_resolution(logits, target)) == pytest.approx(entropy + 0.5 * tversky, rel=1e-5)


def test_info_nce_by_hand() -> None:
    # exp(z z' / tau) = 2 for the other year, 1 and 3 for the keys: -log(2 / 6); the second anchor sees 1, 1 and 1
    anchor = torch.tensor([[1.0, 0.0], [0.0, 0.0]])
    positive = torch.tensor([[0.75 * math.log(2), 4.0], [9.0, 9.0]])
    keys = torch.tensor([[0.0, 5.0], [0.75 * math.log(3), 0.0]])
    assert float(info_nce(anchor, positive, keys)) == pytest.approx((math.log(3) + math.log(3)) / 2, rel=1e-6)
    assert float(info_nce(anchor[:1], positive[:1], torch.zeros(16, 2))) == pytest.approx(math.log(9), rel=1e-6)


def test_the_memory_bank_is_first_in_first_out() -> None:
    bank = MemoryBank(3, 2)
    assert torch.equal(bank.keys, torch.zeros(3, 2))
    for step in range(1, 5):
        bank.push(torch.full((4, 2), float(step)) + torch.arange(4.0)[:, None] * 100)
    assert bank.keys[:, 0].tolist() == [2, 3, 4]
    other = MemoryBank(3, 2)
    other.load_state_dict(bank.state_dict())
    assert torch.equal(other.keys, bank.keys)
    assert MemoryBank().keys.shape == (16, 128)


def test_the_memory_bank_may_be_filled_before_the_backward_pass() -> None:
    bank = MemoryBank(2, 3)
    bank.push(torch.ones(1, 3))
    anchor = torch.randn(2, 3, requires_grad=True)
    loss = info_nce(anchor, torch.randn(2, 3), bank.keys)
    bank.push(anchor)
    loss.backward()
    assert bool(anchor.grad.abs().sum() > 0)
    assert not bank.keys.requires_grad


def test_the_divergence_of_gaussians() -> None:
    # ln(1/2) + (4 + 1) / 2 - 1/2
    found = gaussian_kl(torch.tensor(1.0), torch.tensor(2.0), 0.0, 1.0)
    assert float(found) == pytest.approx(2 - math.log(2), rel=1e-6)
    own = torch.distributions.Normal(torch.tensor([0.3, 0.44]), torch.tensor([0.02, 0.01]))
    reference = torch.distributions.Normal(0.44, 0.01)
    expected = torch.distributions.kl_divergence(own, reference)
    torch.testing.assert_close(gaussian_kl(own.mean, own.stddev, 0.44, 0.01), expected)
    assert float(expected[1]) == 0


def test_spatial_generalisation_by_hand() -> None:
    confidence = torch.tensor([[[0.5, 0.3, 0.1, 0.7]], [[0.2, 0.2, 0.6, 0.9]]])
    target = torch.tensor([[[1, 1, 0, IGNORED]], [[0, 0, 1, IGNORED]]])
    count, mean, std = built_statistics(confidence, target == 1)
    assert count.tolist() == [2, 1]
    torch.testing.assert_close(mean, torch.tensor([0.4, 0.6]))
    torch.testing.assert_close(std, torch.tensor([(0.25 + 0.21) / 4, 0.24]).sqrt())
    entropy = -sum(math.log(p) for p in (0.5, 0.3, 0.9, 0.8, 0.8, 0.6)) / 6
    kl = [
        math.log(0.01 / math.sqrt(0.115)) + (0.115 + 0.04**2) / (2 * 0.01**2) - 0.5,
        math.log(0.01 / math.sqrt(0.24)) + (0.24 + 0.16**2) / (2 * 0.01**2) - 0.5,
    ]
    expected = entropy + (2 * kl[0] + kl[1]) / 3
    assert float(spatial_generalisation(confidence, target)) == pytest.approx(expected, rel=1e-5)


def test_where_nothing_is_built_only_the_cross_entropy_counts() -> None:
    confidence = torch.tensor([[[0.2, 0.5]]])
    target = torch.tensor([[[0, IGNORED]]])
    assert float(spatial_generalisation(confidence, target)) == pytest.approx(-math.log(0.8), rel=1e-5)


def test_a_share_like_the_references_costs_least() -> None:
    target = torch.ones(1, 64, 64, dtype=torch.int64)

    def divergence(share: float) -> float:
        _, mean, std = built_statistics(torch.full((1, 64, 64), share), target == 1)
        return float(gaussian_kl(mean, std, 0.44, 0.01))

    assert divergence(0.44) < divergence(0.40) < divergence(0.2)
    assert divergence(0.44) < divergence(0.48) < divergence(0.9)


def test_unlabelled_pixels_have_no_gradient() -> None:
    torch.manual_seed(0)
    logits = torch.randn(2, 2, 8, 8, requires_grad=True)
    target = torch.randint(0, 2, (2, 8, 8))
    target[:, :3] = IGNORED
    (high_resolution(logits, target) + spatial_generalisation(low_resolution(logits, 1), target)).backward()
    assert bool((logits.grad[:, :, :3] == 0).all())
    assert bool((logits.grad[:, :, 3:] != 0).all())


def test_nothing_labelled_teaches_nothing() -> None:
    logits = torch.randn(1, 2, 4, 4, requires_grad=True)
    target = torch.full((1, 4, 4), IGNORED)
    loss = high_resolution(logits, target) + spatial_generalisation(low_resolution(logits, 1), target)
    loss.backward()
    assert loss.item() == pytest.approx(0, abs=1e-5)
    assert bool((logits.grad == 0).all())


def test_the_joint_loss_has_the_papers_weights() -> None:
    assert float(joint(torch.tensor(1.0), torch.tensor(2.0), torch.tensor(3.0))) == 200 * 1 + 1 * 2 + 5 * 3


def test_a_tiny_network_learns_rooftops() -> None:
    torch.manual_seed(0)
    network = build("stsr_seg", 4, 2, **TINY).train()
    bank = MemoryBank(16, 6)
    rooftops = torch.from_numpy(patchy(64, 64, 4, size=9, low=0, high=1).astype(np.int64)).expand(2, -1, -1)
    coarse = nn.functional.avg_pool2d(rooftops[:, None].float(), 4)
    images = [coarse * 2 - 1 + 0.3 * torch.randn(2, 4, 16, 16) for _ in range(2)]  # two years of one place
    built = (coarse[:, 0] > 0).long()
    optimiser = torch.optim.Adam(network.parameters(), 1e-2)
    losses = []
    for _ in range(40):
        optimiser.zero_grad()
        one, other = network(images[0]), network(images[1])
        temporal = info_nce(one.representation, other.representation, bank.keys)
        # the divergence asks for a share of rooftops that these patches do not have
        spatial = spatial_generalisation(one.low_resolution, built, mean=0.9, std=0.3)
        loss = joint(high_resolution(one.logits, rooftops), temporal, spatial)
        bank.push(one.representation)
        loss.backward()
        optimiser.step()
        losses.append(loss.item())
    assert losses[-1] < 0.5 * losses[0]
    found = one.logits.argmax(dim=1)
    assert ((found == 1) & (rooftops == 1)).sum() / ((found == 1) | (rooftops == 1)).sum() > 0.6


# the map job


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model folder with a tiny network of made-up weights and the paper's scaling."""
    folder = tmp_path_factory.mktemp("rooftops")
    save_file(made_up().state_dict(), folder / "weights.safetensors")
    card = ModelCard(
        id="rooftops",
        title="Rooftops",
        description="Made up",
        version="1",
        path=folder / "card.json",
        network="stsr_seg",
        network_options=TINY,
        weights=folder / "weights.safetensors",
        weights_sha256=sha256(folder / "weights.safetensors"),
        bands=tuple(BandSpec(role) for role in ("blue", "green", "red", "nir")),
        classes=(ClassInfo(BACKGROUND, "background", "#000000"), ClassInfo(ROOFTOP, "rooftop", "#e31a1c")),
        nodata=NODATA,
        gsd_min_m=10.0,
        gsd_max_m=10.0,
        window=WINDOW,
        scaling=Scaling("fixed", MEAN, STD, (1e-4,) * 4),
        overlap=0.1,
        stride_multiple=8,
        upscale=4,
        licence="GPL-3.0-or-later",
    )
    write_card(card, "2", 1, "2026-01-01T00:00:00Z")
    return folder


def reflectance(height: int, width: int) -> np.ndarray:
    """Numbers as of Sentinel-2 (reflectance times 10000), uint16, with a hole of 0 without data."""
    rng = np.random.default_rng(5)
    light = np.stack([patchy(height, width, seed, size=6, low=0, high=4) for seed in range(4)]) / 2 - 1
    values = (
        np.array(MEAN)[:, None, None] + np.array(STD)[:, None, None] * (light + rng.normal(0, 0.3, light.shape))
    ) * 1e4
    image = np.clip(values, 1, None).astype(np.uint16)
    image[:, 20:31, 50:67] = 0
    return image


def scaled(image: np.ndarray) -> np.ndarray:
    values = (image / 1e4 - np.array(MEAN)[:, None, None]) / np.array(STD)[:, None, None]
    return (np.clip(values, -5, 5) * (image > 0)).astype(np.float32)


def run(model: Path, image: str, out: Path, **options: object) -> MapResult:
    settings = {"device": "cpu", "precision": "fp32", "flips": "none", "overlap": OVERLAP / WINDOW, **options}
    return jobs.run(MapJob(image, str(model), str(out), **settings))  # type: ignore[arg-type, return-value]


def read(path: str | Path) -> np.ndarray:
    with rasterio.open(path) as dataset:
        return dataset.read()


def by_windows(network: nn.Module, image: np.ndarray, flips: bool = False) -> list[np.ndarray]:
    """Confidence of rooftops from each window, laid where it belongs (NaN elsewhere): windows, one by one.

    Sides are multiples of the windows' stride, so that they are laid from half an overlap outside without a rest.
    """
    rim, stride = OVERLAP // 2, WINDOW - OVERLAP
    padded = np.pad(scaled(image), ((0, 0), (rim, rim), (rim, rim)), mode="reflect")
    height, width = image.shape[1:]
    found = []
    for row in range(0, height, stride):
        for column in range(0, width, stride):
            window = torch.from_numpy(padded[:, row : row + WINDOW, column : column + WINDOW].copy())[None]
            parts = []
            for axes in [[], [3], [2], [2, 3]] if flips else [[]]:
                answer = torch.sigmoid(torch.diff(network(window.flip(axes)), dim=1)).flip(axes)
                parts.append(answer[0, 0].numpy())
            laid = np.full(((height + OVERLAP) * 4, (width + OVERLAP) * 4), np.nan, np.float32)
            laid[row * 4 : (row + WINDOW) * 4, column * 4 : (column + WINDOW) * 4] = np.mean(parts, axis=0)
            found.append(laid[rim * 4 : -rim * 4, rim * 4 : -rim * 4])
    return found


def test_the_map_has_the_finer_grid(model: Path, tmp_path: Path) -> None:
    image = reflectance(75, 93)
    path = write_image(tmp_path / "image.tif", image, gsd=10.0, nodata=0)
    result = run(
        model, path, tmp_path / "roofs.tif", confidence=str(tmp_path / "c.tif"), polygons=str(tmp_path / "p.gpkg")
    )
    with rasterio.open(path) as coarse, rasterio.open(result.classes) as fine:
        assert fine.shape == (75 * 4, 93 * 4)
        assert fine.res == (2.5, 2.5)
        assert fine.bounds == coarse.bounds
        assert fine.crs == coarse.crs
        assert fine.nodata == NODATA
        classes = fine.read(1)
    missing = (image[0] == 0).repeat(4, 0).repeat(4, 1)
    assert np.array_equal(classes == NODATA, missing)
    assert set(np.unique(classes)) == {BACKGROUND, ROOFTOP, NODATA}
    assert np.array_equal(read(tmp_path / "c.tif")[0] == 255, missing)
    assert result.mapped_px == (image[0] > 0).sum()
    assert result.map_gsd_m == 10.0
    for area in result.areas:
        assert area.pixels == (classes == area.value).sum()
        assert area.area_m2 == pytest.approx(area.pixels * 2.5**2)


@pytest.mark.parametrize(("blend", "flips"), [("max", "none"), ("mean", "none"), ("mean", "4"), ("gaussian", "none")])
def test_windows_are_put_together_on_the_finer_grid(blend: str, flips: str, model: Path, tmp_path: Path) -> None:
    image = reflectance(112, 168)
    path = write_image(tmp_path / "image.tif", image, gsd=10.0, nodata=0)
    out, probabilities = tmp_path / "roofs.tif", tmp_path / "p.tif"
    run(model, path, out, blend=blend, flips=flips, probabilities=str(probabilities))
    parts = by_windows(load_network(read_card(model / "card.json")), image, flips == "4")
    assert len(parts) == 6
    valid = (image[0] > 0).repeat(4, 0).repeat(4, 1)
    rooftop = np.nanmax(parts, axis=0) if blend == "max" else np.nanmean(parts, axis=0)
    if blend == "gaussian":  # another mean of the same answers
        valid &= np.nanmax(parts, axis=0) - np.nanmin(parts, axis=0) < 0.005
        assert valid.mean() > 0.5
    made = read(probabilities)[1] / 254
    assert np.abs(made - rooftop)[valid].max() < 0.01
    clear = valid & (np.abs(rooftop - 0.5) > 0.005)
    assert np.array_equal((read(out)[0] == ROOFTOP)[clear], (rooftop > 0.5)[clear])
    if blend == "max":
        # The largest confidence decides (section 4.4), not the window that is surest of either class.
        surest = rooftop > 1 - np.nanmin(parts, axis=0)
        assert ((rooftop > 0.5) != surest)[clear].any()


def test_the_map_is_nearly_the_network_on_the_whole_image(model: Path, tmp_path: Path) -> None:
    image = reflectance(112, 168)
    path = write_image(tmp_path / "image.tif", image, gsd=10.0, nodata=0)
    run(model, path, tmp_path / "roofs.tif", overlap=0.5, probabilities=str(tmp_path / "p.tif"))
    network = load_network(read_card(model / "card.json"))
    whole = network(torch.from_numpy(scaled(image))[None]).softmax(dim=1)[0, 1].numpy()
    valid = (image[0] > 0).repeat(4, 0).repeat(4, 1)
    # Zeros are padded round each window, round the image there: what lies within their reach differs.
    made = read(tmp_path / "p.tif")[1] / 254
    apart = np.abs(made - whole)[valid]
    assert apart.mean() < 0.005
    assert ((read(tmp_path / "roofs.tif")[0] == ROOFTOP) == (whole > 0.5))[valid].mean() > 0.97
    for axis in (0, 1):  # an error of one pixel of the image would be seen
        assert np.abs(np.roll(made, 4, axis) - whole)[valid].mean() > 4 * apart.mean()


def test_a_part_is_mapped_as_within_the_whole(model: Path, tmp_path: Path) -> None:
    path = write_image(tmp_path / "image.tif", reflectance(112, 168), gsd=10.0, nodata=0)
    run(model, path, tmp_path / "whole.tif")
    box = (500_000 + 330, 5_000_000 - 910, 500_000 + 1290, 5_000_000 - 70)  # columns 33 .. 129, rows 7 .. 91
    run(model, path, tmp_path / "part.tif", extent=box, extent_crs="EPSG:32631")
    with rasterio.open(tmp_path / "part.tif") as part:
        assert part.bounds == box
        classes = part.read(1)
    assert np.array_equal(classes, read(tmp_path / "whole.tif")[0, 28:364, 132:516])


def test_an_image_in_degrees_is_divided_too(model: Path, tmp_path: Path) -> None:
    transform = from_bounds(116.3, 39.9, 116.3 + 80 * 1.0e-4, 39.9 + 72 * 0.9e-4, 80, 72)
    path = write_image(tmp_path / "image.tif", reflectance(72, 80), transform=transform, crs="EPSG:4326", nodata=0)
    result = run(model, path, tmp_path / "roofs.tif")
    with rasterio.open(path) as coarse, rasterio.open(result.classes) as fine:
        assert fine.shape == (72 * 4, 80 * 4)
        assert fine.crs == coarse.crs
        np.testing.assert_allclose(fine.bounds, coarse.bounds)


def test_folding_batch_normalisation_changes_nothing(model: Path) -> None:
    card = read_card(model / "card.json")
    folded, own = warm_network(card), load_network(card)
    assert not [m for m in folded.modules() if isinstance(m, nn.BatchNorm2d)]
    image = torch.randn(2, 4, 64, 64)
    torch.testing.assert_close(folded(image), own(image), atol=1e-4, rtol=1e-4)


def test_onnx_runtime_maps_the_same(model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    path = write_image(tmp_path / "image.tif", reflectance(75, 93), gsd=10.0, nodata=0)
    made = {}
    for backend in ("torch", "onnxruntime"):
        folder = tmp_path / backend
        folder.mkdir()
        result = run(model, path, folder / "roofs.tif", backend=backend, probabilities=str(folder / "p.tif"))
        assert result.backend == backend
        made[backend] = read(folder / "p.tif")
    assert made["onnxruntime"].shape == (2, 300, 372)
    assert np.abs(made["torch"].astype(int) - made["onnxruntime"]).max() <= 1


def test_the_confidence_of_no_rooftop_is_the_complement_of_a_rooftops() -> None:
    # Two windows of confidence 0.45 and 0.1: the largest numbers are 0.45 and, for the rest, 0.9.
    winner, confidence = decide(torch.tensor([[[0.9, 0.7]], [[0.45, 0.6]]]), binary=True)
    assert winner.tolist() == [[0, 1]]
    torch.testing.assert_close(confidence, torch.tensor([[0.55, 0.6]]))


def test_a_batch_is_measured_on_the_finer_grid() -> None:
    cpu = torch.device("cpu")
    assert first_batch(cpu, 64, 4, 2) == 64
    assert first_batch(cpu, 64, 4, 2, 4) == first_batch(cpu, 256, 4, 2) == 4
