"""Train the bundled parcel model: ``python -m urbangrain.engine.training.parcels --out DIR [--minutes M]``.

MSLU-100K's network (`urbangrain.engine.models.parcel_fusion`) on the blocks and plots of demo cities, read from files
by the code that classifies a person's parcels. Categories of points of interest are embedded first, by random walks
and skip-gram; the network learns with any of its sources missing.
"""

from __future__ import annotations

import argparse
import copy
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from urbangrain.engine import __version__
from urbangrain.engine.accuracy.confusion import confusion_matrix, score
from urbangrain.engine.memory import keep_freed_memory
from urbangrain.engine.models.card import ModelCard
from urbangrain.engine.models.networks import build
from urbangrain.engine.models.parcel_batch import Parcel, in_batches
from urbangrain.engine.models.parcel_fusion import ParcelFusion
from urbangrain.engine.models.poi_embedding import PoiEmbeddingOptions, embed_poi_categories
from urbangrain.engine.models.save import WEIGHTS_NAME, save_model
from urbangrain.engine.training.average import move_average
from urbangrain.engine.training.checkpoint import save_weights
from urbangrain.engine.training.limits import LIMITS
from urbangrain.engine.training.parcel_config import BANDS, CLASSES, ParcelConfig
from urbangrain.engine.training.parcel_samples import ParcelSamples
from urbangrain.engine.training.parcel_scenes import cached_parcels
from urbangrain.engine.training.recipes import cosine

SUBSETS: dict[str, tuple[bool, bool, bool]] = {
    "all": (True, True, True),
    "image": (True, False, False),
    "poi": (False, True, False),
    "density": (False, False, True),
    "image+poi": (True, True, False),
}
"""Which of image, points of interest and density a measurement leaves to the network."""


@dataclass
class Draws:
    """Random parcels of cities for a step of the training, rare classes more often than they occur.

    A class is drawn by the square root of its frequency: evenly drawn, the few parcels of a rare one would be learnt
    by heart.
    """

    cities: Sequence[ParcelSamples]
    config: ParcelConfig

    def draw(self, rng: np.random.Generator) -> tuple[list[Parcel], Tensor]:
        """Return parcels, varied, and their classes."""
        owners = np.concatenate([np.full(len(city), i) for i, city in enumerate(self.cities)])
        rows = np.concatenate([np.arange(len(city)) for city in self.cities])
        labels = np.concatenate([city.labels for city in self.cities])
        frequency = np.bincount(labels, minlength=len(CLASSES)).astype(float)
        weight = 1 / np.sqrt(np.maximum(frequency, 1))[labels]
        chosen = rng.choice(len(labels), self.config.batch, p=weight / weight.sum())
        parcels = []
        for k in chosen:
            city = self.cities[owners[k]]
            there = int(city.first[rows[k] + 1] - city.first[rows[k]])
            some = rng.permutation(there)[: self.config.patches]
            parcels.append(vary(cut(city.parcel(int(rows[k]), some), int(self.config.options["side"]), rng), rng))
        return parcels, torch.from_numpy(labels[chosen])


def cut(parcel: Parcel, side: int, rng: np.random.Generator | None = None) -> Parcel:
    """Cut the network's patches out of the stored ones: out of their middle, or near it where there is a generator."""
    if parcel.patches is None:
        return parcel
    most = (parcel.patches.shape[-1] - side) // 2
    row, column = (most, most) if rng is None else (most + int(k) for k in rng.integers(-(most // 2), most // 2 + 1, 2))
    patches = parcel.patches[:, :, row : row + side, column : column + side]
    return Parcel(patches, parcel.poi_counts, parcel.density)


def vary(parcel: Parcel, rng: np.random.Generator) -> Parcel:
    """Turn and mirror the patches, change their brightness and colour, thin out the points, disturb the density."""
    patches, counts, density = parcel.patches, parcel.poi_counts, parcel.density
    if patches is not None:
        patches = torch.rot90(patches, int(rng.integers(4)), (-2, -1))
        patches = patches.flip(-1) if rng.integers(2) else patches
        channels = patches.shape[1]
        gain = np.exp(rng.normal(0, 0.15) + rng.normal(0, 0.06, channels)).astype(np.float32)
        shift = (rng.normal(0, 0.15) + rng.normal(0, 0.06, channels)).astype(np.float32)
        patches = patches * torch.from_numpy(gain).view(1, -1, 1, 1) + torch.from_numpy(shift).view(1, -1, 1, 1)
    if counts is not None:
        kept = rng.uniform(0.3, 1.0) if rng.integers(2) else 1.0
        counts = torch.from_numpy(rng.binomial(counts.numpy().astype(np.int64), kept).astype(np.float32))
    if density is not None:
        noise = rng.normal(0, 0.3) + rng.normal(0, 0.1, len(density))
        density = density + torch.from_numpy(noise.astype(np.float32))
    return Parcel(patches, counts, density)


def only(parcel: Parcel, kept: tuple[bool, bool, bool]) -> Parcel:
    """Return a parcel of which only some sources are known."""
    return Parcel(
        parcel.patches if kept[0] else None,
        parcel.poi_counts if kept[1] else None,
        parcel.density if kept[2] else None,
    )


@torch.inference_mode()
def probabilities(
    network: ParcelFusion, cities: Sequence[ParcelSamples], kept: tuple[bool, bool, bool]
) -> npt.NDArray[np.float32]:
    """Return the classes' probabilities of all parcels of cities, (n, classes); NaN where no source is left."""
    network.eval()
    side = network.options.side
    stream = (only(cut(city.parcel(i), side), kept) for city in cities for i in range(len(city)))
    found = []
    for group in in_batches(stream, 256):
        answer = network(network.pack(group))
        shares = answer.logits.float().softmax(dim=1)
        found.append(shares.masked_fill(~answer.known.unsqueeze(1), float("nan")).numpy())
    return np.concatenate(found)


def matrix_of(shares: npt.NDArray[np.float32], labels: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Confusion matrix (rows = prediction) of the parcels with an answer."""
    known = np.isfinite(shares).all(axis=1)
    return confusion_matrix(shares[known].argmax(axis=1), labels[known], len(CLASSES))


def scores(matrix: npt.NDArray[np.int64]) -> dict[str, float]:
    """OA, kappa and mean F1 over the classes that occur."""
    found = score(matrix)
    f1 = np.asarray(found.f1, float)
    return {"oa": found.overall_accuracy, "kappa": found.kappa, "mean_f1": float(np.nanmean(f1))}


def train(
    config: ParcelConfig,
    out: Path,
    cities: Callable[[int], ParcelSamples],
    minutes: float,
    threads: int = 0,
) -> Path:
    """Train for a time.

    Parameters
    ----------
    config : ParcelConfig
    out : Path
        Folder for the settings, the log and the weights.
    cities : callable
        Samples of the demo city of a seed.
    minutes : float
        Time of the steps; making the cities is not counted.
    threads : int
        0: all cores.

    Returns
    -------
    Path
        The weights: the moving average at the end of the schedule.
    """
    out.mkdir(parents=True, exist_ok=True)
    (out / "config.json").write_text(json.dumps(asdict(config), indent=1))
    if threads:
        torch.set_num_threads(threads)
    torch.manual_seed(config.seed)
    rng = np.random.default_rng([config.seed, 11])
    held_out = [cities(config.validation_seed + i) for i in range(config.validation_scenes)]
    known = [cities(config.first_seed + i) for i in range(config.train_scenes)]
    network = build("parcel_fusion", len(BANDS), len(CLASSES), **config.options)
    assert isinstance(network, ParcelFusion)
    size = network.options.poi_size
    sets = [city.poi_set() for city in known if len(city.poi_category) > 3]
    network.set_poi_table(
        embed_poi_categories(sets, network.options.poi_categories, PoiEmbeddingOptions(size=size, seed=config.seed))
    )
    average = copy.deepcopy(network)
    draws = Draws(known, config)
    truth = np.concatenate([city.labels for city in held_out])
    optimiser = torch.optim.AdamW(network.parameters(), lr=config.learning_rate, weight_decay=config.weight_decay)
    began = looked = time.monotonic()
    step, losses = 0, []
    while (share := (time.monotonic() - began) / 60 / minutes) < 1.0:
        rate = cosine(config.learning_rate, config.minimum_rate, share)
        for group in optimiser.param_groups:
            group["lr"] = rate * min(1.0, (step + 1) / config.warmup_steps)
        parcels, labels = draws.draw(rng)
        network.train()
        loss = nn.functional.cross_entropy(network(network.pack(parcels)).logits, labels)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 5.0)
        optimiser.step()
        move_average(average, network, min(config.average, (1 + step) / (10 + step)))
        step += 1
        losses.append(float(loss.detach()))
        if step % 50 == 0:
            print(f"{share * minutes:6.1f} min  step {step}  loss {np.mean(losses[-50:]):.4f}", flush=True)
        if time.monotonic() - looked > 180 or (time.monotonic() - began) / 60 >= minutes:
            looked = time.monotonic()
            report = {n: scores(matrix_of(probabilities(average, held_out, k), truth)) for n, k in SUBSETS.items()}
            with (out / "log.jsonl").open("a") as log:
                log.write(json.dumps({"step": step, "minutes": round((looked - began) / 60, 2), **report}) + "\n")
            print(f"{share * minutes:6.1f} min  step {step}  {json.dumps(report)}", flush=True)
    weights = out / "best.safetensors"
    save_weights(weights, average)
    (out / "last.json").write_text(json.dumps({"step": step, "minutes": minutes}))
    return weights


def export_parcels(
    config: ParcelConfig, weights: Path, folder: Path, accuracy: dict[str, Any], training: dict[str, Any]
) -> ModelCard:
    """Write the model folder and prove that it loads."""
    card = ModelCard(
        id="parcels",
        title="Land use of parcels (light)",
        description="Residential, commercial, public, industrial, agricultural and natural: the land use of parcels "
        "from image patches at 3 m, points of interest and user density of 24 hours, any of which may be missing. The "
        "network of MSLU-100K at a light size.",
        version=__version__,
        path=folder / "card.json",
        network="parcel_fusion",
        network_options=dict(config.options),
        weights=folder / WEIGHTS_NAME,
        weights_sha256="",
        bands=BANDS,
        classes=CLASSES,
        nodata=0,
        gsd_min_m=config.gsd_m,
        gsd_max_m=config.gsd_m,
        window=int(config.options["side"]),
        scaling=config.scaling,
        overlap=0.0,
        stride_multiple=4,
        task="classification",
        licence="CC-BY-SA-4.0",
        limits=LIMITS["parcels"],
        accuracy=accuracy,
        training=training,
    )
    return save_model(card, load_file(weights))


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, and write the model folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True, help="folder for the log, the weights and the model")
    parser.add_argument("--cache", type=Path, help="folder for the cities' parcels (default: OUT/cities)")
    parser.add_argument("--minutes", type=float, default=30.0, help="training time (default: 30)")
    parser.add_argument("--scenes", type=int, default=ParcelConfig().train_scenes, help="demo cities to learn from")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=0, help="0: all cores")
    options = parser.parse_args(arguments)
    keep_freed_memory()
    config = ParcelConfig(seed=options.seed, train_scenes=options.scenes)
    cache = options.cache or options.out / "cities"
    weights = train(
        config, options.out, lambda seed: cached_parcels(cache, seed, config), options.minutes, options.threads
    )
    export_parcels(config, weights, options.out / "model", {}, {})
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
