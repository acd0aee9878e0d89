from __future__ import annotations

import dataclasses

import pytest
import torch
from torch import Tensor, nn

from urbangrain.engine.models.networks import build
from urbangrain.engine.models.parcel_batch import Parcel, ParcelBatch, in_batches, pack
from urbangrain.engine.models.parcel_fusion import (
    LIGHT_PARCEL_FUSION,
    ParcelFusion,
    ParcelFusionOptions,
    average_by_parcel,
)
from urbangrain.engine.models.source_fusion import drop_sources, weighted_fusion

CATEGORIES, BANDS, CLASSES = 12, 3, 5
SMALL = {**LIGHT_PARCEL_FUSION, "side": 32, "poi_categories": CATEGORIES, "channels": 16}


@pytest.fixture
def network() -> ParcelFusion:
    torch.manual_seed(0)
    return build("parcel_fusion", BANDS, CLASSES, **SMALL).eval()


def parcel(seed: int, patches: int = 2, poi: bool = True, density: bool = True) -> Parcel:
    generator = torch.Generator().manual_seed(seed)
    return Parcel(
        patches=torch.randn(patches, BANDS, 32, 32, generator=generator) if patches else None,
        poi_counts=torch.randint(0, 5, (CATEGORIES,), generator=generator).float() if poi else None,
        density=torch.rand(24, generator=generator) if density else None,
    )


MIXED = [
    parcel(0),
    parcel(1, patches=0),
    parcel(2, poi=False),
    parcel(3, patches=5, density=False),
    Parcel(),
    parcel(4, patches=0, poi=False),
    parcel(5, patches=1, poi=False, density=False),
]
USED = [[1, 1, 1], [0, 1, 1], [1, 0, 1], [1, 1, 0], [0, 0, 0], [0, 0, 1], [1, 0, 0]]


# the network


def test_shapes_and_what_was_used(network: ParcelFusion) -> None:
    answer = network(network.pack(MIXED))
    assert answer.logits.shape == (7, CLASSES)
    assert answer.used.int().tolist() == USED
    assert answer.known.tolist() == [True] * 4 + [False] + [True] * 2
    assert answer.logits[4].tolist() == [0.0] * CLASSES
    assert bool(torch.isfinite(answer.logits).all())


def test_a_parcels_answer_does_not_depend_on_the_others(network: ParcelFusion) -> None:
    with torch.inference_mode():
        together = network(network.pack(MIXED)).logits
        alone = torch.cat([network(network.pack([p])).logits for p in MIXED])
        reversed_ = network(network.pack(MIXED[::-1])).logits.flip(0)
    torch.testing.assert_close(alone, together, atol=1e-5, rtol=1e-4)
    torch.testing.assert_close(reversed_, together, atol=1e-5, rtol=1e-4)


def test_bf16_on_the_cpu_is_near_fp32(network: ParcelFusion) -> None:
    batch = network.pack(MIXED)
    with torch.inference_mode():
        exact = network(batch).logits.softmax(dim=1)
        with torch.autocast("cpu", torch.bfloat16):
            rounded = network(batch).logits.float().softmax(dim=1)
    torch.testing.assert_close(rounded, exact, atol=0.03, rtol=0)


def test_how_many_patches_pass_at_once_changes_nothing(network: ParcelFusion) -> None:
    batch = network.pack(MIXED)
    with torch.inference_mode():
        whole = network(batch).logits
        network.options = dataclasses.replace(network.options, patches_at_once=3)
        torch.testing.assert_close(network(batch).logits, whole, atol=1e-5, rtol=1e-4)


@pytest.mark.parametrize(("name", "source"), [("patches", 0), ("poi_counts", 1), ("density", 2)])
def test_every_source_that_is_there_counts(network: ParcelFusion, name: str, source: int) -> None:
    whole = parcel(0)
    less = dataclasses.replace(whole, **{name: None})
    answers = network(network.pack([whole, less]))
    assert answers.used.tolist() == [[True] * 3, [s != source for s in range(3)]]
    assert not torch.allclose(answers.logits[0], answers.logits[1], atol=1e-4)


def test_a_parcel_without_points_differs_from_one_nobody_looked_at(network: ParcelFusion) -> None:
    with torch.no_grad():
        network.no_poi.normal_()
    nothing, unknown = parcel(0, poi=False), parcel(0, poi=False)
    nothing = dataclasses.replace(nothing, poi_counts=torch.zeros(CATEGORIES))
    answers = network(network.pack([nothing, unknown]))
    assert answers.used.tolist() == [[True] * 3, [True, False, True]]
    assert not torch.allclose(answers.logits[0], answers.logits[1], atol=1e-4)


class MeanAndOne(nn.Module):
    """Stands for the image encoder: the patch's mean, and one."""

    def forward(self, patches: Tensor) -> Tensor:
        return torch.stack([patches.mean(dim=(1, 2, 3)), torch.ones(len(patches))], dim=1)


def test_patches_are_averaged_by_hand(network: ParcelFusion) -> None:
    network.image_encoder = MeanAndOne()  # type: ignore[assignment]
    network.project[0] = nn.Identity()
    network.score[0] = nn.Linear(2, 1)
    network.options = dataclasses.replace(network.options, channels=2, patches_at_once=2)
    network.classify = nn.Identity()  # type: ignore[assignment]
    values = [1.0, 2.0, 6.0, 10.0]
    patches = torch.stack([torch.full((BANDS, 32, 32), v) for v in values])
    parcels = [Parcel(patches[:3]), Parcel(patches[:0]), Parcel(patches[3:])]
    batch = network.pack(parcels)
    assert network(batch).logits.tolist() == [[3.0, 1.0], [0.0, 0.0], [10.0, 1.0]]
    # the patches of a batch may lie in any order
    order = torch.tensor([3, 1, 0, 2])
    shuffled = dataclasses.replace(batch, patches=batch.patches[order], patch_parcel=batch.patch_parcel[order])
    assert network(shuffled).logits.tolist() == [[3.0, 1.0], [0.0, 0.0], [10.0, 1.0]]
    # a patch that is not finite is left out of the average
    batch.patches[2, 0, 0, 0] = torch.nan
    assert network(batch).logits.tolist() == [[1.5, 1.0], [0.0, 0.0], [10.0, 1.0]]


def test_averages_by_hand() -> None:
    features = torch.tensor([[1.0, 10.0], [3.0, 30.0], [5.0, 50.0]])
    averages = average_by_parcel(features, torch.tensor([2, 0, 2]), 4)
    assert averages.tolist() == [[3.0, 30.0], [0.0, 0.0], [3.0, 30.0], [0.0, 0.0]]


def test_points_of_interest_are_the_mean_of_their_categories(network: ParcelFusion) -> None:
    table = torch.zeros(CATEGORIES, SMALL["poi_size"])
    table[0, 0], table[1, 1] = 1.0, 2.0
    network.set_poi_table(table)
    with torch.no_grad():
        network.no_poi.fill_(9.0)
    counts = torch.zeros(3, CATEGORIES)
    counts[0, :2] = torch.tensor([3.0, 1.0])
    counts[1, 5] = 4.0
    features = network._poi_features(counts)
    assert features[0, :3].tolist() == [0.75, 0.5, 0.0]
    assert features[1].abs().max() == 0
    assert features[2].unique().tolist() == [9.0]


def test_the_table_is_kept_with_the_weights_and_does_not_train(network: ParcelFusion) -> None:
    assert "poi_table" in network.state_dict()
    assert "poi_table" not in dict(network.named_parameters())
    with pytest.raises(ValueError, match="table"):
        network.set_poi_table(torch.zeros(CATEGORIES, 3))
    with pytest.raises(ValueError, match="finite"):
        network.set_poi_table(torch.full_like(network.poi_table, torch.nan))


# what is not a number


def spoilt(batch: ParcelBatch) -> ParcelBatch:
    """The same batch with NaN wherever nothing is known."""
    return dataclasses.replace(
        batch,
        poi_counts=batch.poi_counts.masked_fill(~batch.has_pois.unsqueeze(1), torch.nan),
        density=batch.density.masked_fill(~batch.has_density.unsqueeze(1), torch.nan),
    )


def test_nan_of_missing_sources_is_never_seen(network: ParcelFusion) -> None:
    batch = network.pack(MIXED)
    assert torch.equal(network(spoilt(batch)).logits, network(batch).logits)


def test_a_source_that_is_not_finite_counts_as_missing(network: ParcelFusion) -> None:
    whole = network.pack([parcel(0), parcel(1), parcel(2)])
    batch = dataclasses.replace(whole, density=whole.density.clone(), poi_counts=whole.poi_counts.clone())
    batch.density[0, 3] = torch.inf
    batch.poi_counts[1, 0] = torch.nan
    batch.patches[whole.patch_parcel == 2] = torch.nan
    answer = network(batch)
    assert answer.used.tolist() == [[True, True, False], [True, False, True], [False, True, True]]
    less = [dataclasses.replace(parcel(i), **{n: None}) for i, n in enumerate(("density", "poi_counts", "patches"))]
    torch.testing.assert_close(answer.logits, network(network.pack(less)).logits, atol=1e-5, rtol=1e-4)


def test_nan_never_reaches_a_gradient(network: ParcelFusion) -> None:
    network.train()
    batch = spoilt(network.pack(MIXED))
    batch.patches[0] = torch.nan
    network(batch).logits.logsumexp(dim=1).sum().backward()
    assert all(bool(torch.isfinite(p.grad).all()) for p in network.parameters() if p.grad is not None)


# training


def test_gradients_reach_every_parameter(network: ParcelFusion) -> None:
    network.options = dataclasses.replace(network.options, drop_source=0.0)
    network.train()
    nothing = dataclasses.replace(parcel(9), poi_counts=torch.zeros(CATEGORIES))
    network(network.pack([*MIXED, nothing])).logits.square().sum().backward()
    assert [n for n, p in network.named_parameters() if p.grad is None] == []


def test_training_takes_sources_away_and_says_so(network: ParcelFusion) -> None:
    network.options = dataclasses.replace(network.options, drop_source=0.6)
    batch = network.pack([parcel(i, patches=1) for i in range(40)] + [Parcel()])
    used = network.train()(batch).used
    assert 0 < int(used[:40].sum()) < 120
    assert bool(used[:40].any(dim=1).all())
    assert not used[40].any()
    assert bool(network.eval()(batch).used[:40].all())


def test_patches_that_are_dropped_are_not_encoded(network: ParcelFusion) -> None:
    network.options = dataclasses.replace(network.options, drop_source=0.6)
    seen: list[int] = []
    network.image_encoder.register_forward_pre_hook(lambda module, given: seen.append(len(given[0])))
    batch = network.pack([parcel(i, patches=3) for i in range(20)])
    used = network.train()(batch).used
    assert sum(seen) == 3 * int(used[:, 0].sum()) < 60


def test_it_learns_what_one_source_tells(network: ParcelFusion) -> None:
    # the class is the category that is most frequent; image and density know nothing of it
    torch.manual_seed(1)
    parcels = []
    for i in range(60):
        counts = torch.ones(CATEGORIES)
        counts[i % CLASSES] = 20.0
        parcels.append(dataclasses.replace(parcel(i, patches=1), poi_counts=counts))
    batch, classes = network.pack(parcels), torch.arange(60) % CLASSES
    optimiser = torch.optim.Adam(network.parameters(), lr=3e-3)
    network.train()
    for _ in range(40):
        optimiser.zero_grad()
        nn.functional.cross_entropy(network(batch).logits, classes).backward()
        optimiser.step()
    bare = network.pack([dataclasses.replace(p, patches=None, density=None) for p in parcels])
    assert (network.eval()(bare).logits.argmax(dim=1) == classes).float().mean() > 0.9


# fusion


def test_weights_by_hand() -> None:
    features = torch.tensor([[[1.0, 0.0], [0.0, 1.0], [5.0, 5.0]]]).repeat(3, 1, 1)
    scores = torch.tensor([[1.0, 3.0, 4.0]]).log().repeat(3, 1)  # 1 : 3 among the first two
    used = torch.tensor([[True, True, False], [True, False, False], [False, False, False]])
    expected = torch.tensor([[0.25, 0.75], [1.0, 0.0], [0.0, 0.0]])
    torch.testing.assert_close(weighted_fusion(features, scores, used), expected)


def test_dropping_keeps_one_source_at_least() -> None:
    torch.manual_seed(0)
    present = torch.tensor([[True, True, True], [True, False, False], [False, False, False]]).repeat(4000, 1)
    kept = drop_sources(present, 0.5)
    assert not (kept & ~present).any()
    full, single, none = kept[0::3], kept[1::3], kept[2::3]
    assert bool(full.any(dim=1).all())
    assert bool(single[:, 0].all())
    assert not none.any()
    # kept by itself half the time, and once more in the eighth where all three fell, each a third of these
    torch.testing.assert_close(full.float().mean(dim=0), torch.full((3,), 0.5 + 1 / 24), atol=0.03, rtol=0)
    assert torch.equal(drop_sources(present, 0.0), present)


# batches


def test_batches_are_bounded_and_in_order() -> None:
    parcels = [parcel(i, patches=n) for i, n in enumerate([2, 2, 3, 0, 9, 1])]
    groups = list(in_batches(iter(parcels), patches_at_once=4))
    assert [[[id(q) for q in parcels].index(id(p)) for p in g] for g in groups] == [[0, 1], [2, 3], [4], [5]]
    assert [len(g) for g in in_batches(parcels, 100, parcels_at_once=4)] == [4, 2]
    assert list(in_batches([], 4)) == []


def test_a_stream_answers_as_one_batch_does(network: ParcelFusion) -> None:
    with torch.inference_mode():
        whole = network(network.pack(MIXED))
        parts = [network(network.pack(group)) for group in in_batches(MIXED, 3)]
    assert len(parts) > 2
    torch.testing.assert_close(torch.cat([p.logits for p in parts]), whole.logits, atol=1e-5, rtol=1e-4)
    assert torch.equal(torch.cat([p.used for p in parts]), whole.used)


def test_an_empty_batch_has_no_answers(network: ParcelFusion) -> None:
    assert network(network.pack([])).logits.shape == (0, CLASSES)


@pytest.mark.parametrize(
    ("parcel", "word"),
    [
        (Parcel(patches=torch.zeros(2, BANDS, 16, 32)), "patches of parcel 1"),
        (Parcel(patches=torch.zeros(BANDS, 32, 32)), "patches of parcel 1"),
        (Parcel(poi_counts=torch.zeros(3)), "poi_counts of parcel 1"),
        (Parcel(density=torch.zeros(1, 24)), "density of parcel 1"),
    ],
)
def test_parcels_of_another_shape_are_refused(parcel: Parcel, word: str) -> None:
    with pytest.raises(ValueError, match=word):
        pack([Parcel(), parcel], BANDS, 32, CATEGORIES, 24)


@pytest.mark.parametrize(
    "change",
    [
        {"patch_parcel": torch.tensor([0, 5])},
        {"patch_parcel": torch.tensor([-1, 0])},
        {"patch_parcel": torch.tensor([0])},
        {"has_pois": torch.ones(2, dtype=torch.bool)},
        {"density": torch.zeros(2, 24)},
        {"patches": torch.zeros(2, BANDS, 32)},
    ],
)
def test_batches_that_do_not_agree_are_refused(change: dict) -> None:
    batch = pack([parcel(0)], BANDS, 32, CATEGORIES, 24)
    with pytest.raises(ValueError, match=r"patch|has_|poi_counts"):
        dataclasses.replace(batch, **change)


def test_batches_in_other_sizes_and_images_are_refused(network: ParcelFusion) -> None:
    with pytest.raises(ValueError, match="12 categories"):
        network(pack([Parcel()], BANDS, 32, 13, 24))
    with pytest.raises(TypeError, match="ParcelBatch"):
        network(torch.zeros(1, BANDS, 32, 32))


@pytest.mark.parametrize(
    "wrong",
    [
        {"side": 30},
        {"swin_heads": [1, 2]},
        {"swin_heads": [5, 1, 1, 1]},
        {"swin_heads": [0, 1, 1, 1]},
        {"time_kernels": []},
        {"channels": 0},
        {"drop_source": 1.0},
        {"encoder": "swin"},
    ],
)
def test_impossible_options_are_refused(wrong: dict) -> None:
    with pytest.raises(ValueError, match=r"must|options"):
        build("parcel_fusion", BANDS, CLASSES, **{**SMALL, **wrong})


def test_the_default_is_the_papers_size() -> None:
    with torch.device("meta"):
        network = ParcelFusion(3, CLASSES, ParcelFusionOptions())
    encoder = network.image_encoder
    assert [len(layer.blocks) for layer in encoder.layers] == [2, 2, 6, 2]
    assert encoder.num_features == 768
    assert network.density_encoder.features == 128
    assert network.poi_table.shape == (261, 64)
