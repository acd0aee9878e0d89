"""Train a bundled model on land-cover labels: ``python -m urbangrain.engine.training.landcover --out DIR``.

One command, from nothing: procedural scenes of many seeds, the real imagery under ``--data`` (if it is there), training
for a given time, and a model folder (card and weights) as the result. Training can be stopped and taken up again.
"""

from __future__ import annotations

import argparse
import copy
import json
import math
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from torch.utils.data import DataLoader

from urbangrain.engine.accuracy.confusion import confusion_matrix
from urbangrain.engine.memory import keep_freed_memory
from urbangrain.engine.models.networks import build
from urbangrain.engine.training.average import move_average
from urbangrain.engine.training.config import LandcoverConfig
from urbangrain.engine.training.export import export_model
from urbangrain.engine.training.objectives.choose import objective_for
from urbangrain.engine.training.products import PRODUCTS, Product
from urbangrain.engine.training.real_patches import training_patches, validation_patches
from urbangrain.engine.training.recipes import cosine
from urbangrain.engine.training.scenes import Patch, cached_scene
from urbangrain.engine.training.tiles import TileBatches, unit_affine


@dataclass
class Clock:
    """How far a run is: by time when a time is given, so that one command fits the machine it runs on."""

    minutes: float
    started: float
    before: float = 0.0  # minutes spent in earlier sittings

    @property
    def share(self) -> float:
        """Share of the time that is used, 0 to 1."""
        return min(1.0, self.spent / self.minutes)

    @property
    def spent(self) -> float:
        """Minutes used."""
        return self.before + (time.monotonic() - self.started) / 60


def learning_rate(config: LandcoverConfig, step: int, share: float) -> float:
    """Warm-up over the first steps, then a cosine over the share of the time that is used."""
    warm = min(1.0, (step + 1) / config.warmup_steps)
    return warm * cosine(config.learning_rate, config.minimum_rate, share)


def scaled_patch(patch: Patch, config: LandcoverConfig) -> Tensor:
    """Scale a whole patch by its own percentiles, as the engine does; invalid pixels and absent bands are 0."""
    everything = slice(None)
    unit = unit_affine(patch, config, everything, everything)(patch.image)
    mean = np.asarray(config.scaling.mean, np.float32)[:, None, None]
    std = np.asarray(config.scaling.std, np.float32)[:, None, None]
    scaled = np.clip((unit - mean) / std, *config.scaling.clip)
    return torch.from_numpy(np.nan_to_num(np.where(patch.valid[None], scaled, 0.0)).astype(np.float32))


def windows(patches: list[Patch], config: LandcoverConfig, side: int = 512) -> list[tuple[Tensor, np.ndarray]]:
    """Scale patches whole, then cut them into windows and keep those with labels.

    Returns
    -------
    list of (Tensor float32 [4, h, w], ndarray uint8 [h, w])
        Network input and labels (0 where unlabelled or invalid).
    """
    found = []
    for patch in patches:
        image = scaled_patch(patch, config)
        labels = np.where(patch.valid, patch.labels, 0).astype(np.uint8)
        for row in range(0, labels.shape[0], side):
            for column in range(0, labels.shape[1], side):
                part = (slice(row, row + side), slice(column, column + side))
                if labels[part].any():
                    found.append((image[(slice(None), *part)].contiguous(), labels[part]))
    return found


@torch.inference_mode()
def confusion(network: nn.Module, parts: list[tuple[Tensor, np.ndarray]], product: Product, nir: bool) -> np.ndarray:
    """Return the confusion matrix (rows = map, columns = reference) over windows."""
    size = len(product.classes)
    lookup = product.targets()
    matrix = np.zeros((size, size), np.int64)
    for scaled, labels in parts:
        image = scaled[None, : len(product.bands)].clone()
        if not nir and len(product.bands) > 3:
            image[:, 3] = 0
        height, width = image.shape[-2:]
        down, right = -height % 32, -width % 32
        image = torch.nn.functional.pad(image, (0, right, 0, down), mode="replicate")
        with torch.autocast("cpu", torch.bfloat16):
            mapped = network(image)[0, :, :height, :width].argmax(dim=0).numpy()
        known = labels > 0
        matrix += confusion_matrix(mapped[known], lookup[labels[known].astype(np.int64) - 1], size)
    return matrix


def scores(matrix: np.ndarray) -> dict[str, float]:
    """Overall accuracy and mean IoU over the classes that the reference has."""
    hit = np.diag(matrix)
    union = matrix.sum(axis=0) + matrix.sum(axis=1) - hit
    present = matrix.sum(axis=0) > 0
    iou = hit[present] / np.maximum(union[present], 1)
    return {"oa": float(hit.sum() / max(1, matrix.sum())), "miou": float(iou.mean()) if present.any() else math.nan}


def main(arguments: list[str] | None = None) -> int:
    """Run the training; see the module's text."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--product", choices=sorted(PRODUCTS), default="landcover", help="model to train")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints, the log and the model")
    parser.add_argument("--data", type=Path, help="folder of the real imagery; without it only scenes are used")
    parser.add_argument("--cache", type=Path, help="folder for scenes (default: OUT/scenes)")
    parser.add_argument("--minutes", type=float, default=60.0, help="training time (default: 60)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=0, help="0: all cores")
    parser.add_argument("--learning-rate", type=float, help="highest learning rate, where it is not the default")
    parser.add_argument("--initial", type=Path, help="weights to start from instead of random ones")
    options = parser.parse_args(arguments)
    product = PRODUCTS[options.product]
    config = replace(product.configured(LandcoverConfig()), seed=options.seed)
    if options.learning_rate:
        config = replace(config, learning_rate=options.learning_rate)
    train(product, config, options)
    return 0


def train(product: Product, config: LandcoverConfig, options: argparse.Namespace) -> None:
    """Train until the time is used and export the moving average; until then the best by validation is kept."""
    keep_freed_memory()
    out: Path = options.out
    out.mkdir(parents=True, exist_ok=True)
    cache = options.cache or out / "scenes"
    (out / "config.json").write_text(json.dumps({"product": product.id, **asdict(config)}, indent=1))
    torch.manual_seed(config.seed)
    if options.threads:
        torch.set_num_threads(options.threads)

    network = build(config.network, len(product.bands), len(product.classes), **config.options)
    network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    optimiser = torch.optim.AdamW(network.parameters(), lr=config.learning_rate, weight_decay=config.weight_decay)
    step, before, best = 0, 0.0, -1.0
    checkpoint, state_file = out / "last.safetensors", out / "last.json"
    if checkpoint.exists() and state_file.exists():
        network.load_state_dict(load_file(checkpoint))
        state = json.loads(state_file.read_text())
        step, before, best = state["step"], state["minutes"], state["best"]
        print(f"taken up at step {step}, {before:.1f} min")
    elif options.initial:
        network.load_state_dict(
            {k: v.float() if v.is_floating_point() else v for k, v in load_file(options.initial).items()}
        )
    average = copy.deepcopy(network).eval()

    real = training_patches(options.data) if options.data else []
    held_out = windows(
        [
            cached_scene(cache, config.validation_seed + i, config.scene_size, (3.0, 1.0, 0.5)[i % 3])
            for i in range(config.validation_scenes)
        ],
        config,
    )
    held_out_real = windows(validation_patches(options.data) if options.data else [], config)
    print(f"{len(real)} real training patches, {len(held_out_real)} real validation windows", flush=True)
    loader = DataLoader(TileBatches(config, cache, real, step), batch_size=None, num_workers=1, prefetch_factor=6)

    clock = Clock(options.minutes, time.monotonic(), before)
    validated = clock.spent
    losses: list[float] = []
    objective, lookup = objective_for(config.network), torch.from_numpy(product.targets())
    network.train()
    for image, target in loader:
        for group in optimiser.param_groups:
            group["lr"] = learning_rate(config, step, clock.share)
        image = image[:, : len(product.bands)].contiguous(memory_format=torch.channels_last)
        with torch.autocast("cpu", torch.bfloat16):
            output = network(image)
        loss = objective(output, lookup[target])
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 5.0)
        optimiser.step()
        move_average(average, network, min(config.ema, (1 + step) / (10 + step)))
        step += 1
        losses.append(float(loss.detach()))
        if step % 50 == 0:
            print(f"{clock.spent:6.1f} min  step {step}  loss {np.mean(losses[-50:]):.4f}", flush=True)
        due = clock.spent - validated > 5.0
        if due or clock.share >= 1.0:
            validated = clock.spent
            report = {"synthetic_rgb": scores(confusion(average, held_out, product, False))}
            if held_out_real:
                report["real_rgb"] = scores(confusion(average, held_out_real, product, False))
            if len(product.bands) > 3:
                report["synthetic"] = scores(confusion(average, held_out, product, True))
                if held_out_real:
                    report["real"] = scores(confusion(average, held_out_real, product, True))
            mark = float(np.mean([r["miou"] for r in report.values()]))
            with (out / "log.jsonl").open("a") as log:
                log.write(json.dumps({"step": step, "minutes": round(clock.spent, 2), "mark": mark, **report}) + "\n")
            print(f"{clock.spent:6.1f} min  step {step}  mark {mark:.4f}  {json.dumps(report)}", flush=True)
            save_file({k: v.contiguous() for k, v in network.state_dict().items()}, checkpoint)
            # At the end the rate has come down: worth more than the mark, which scatters by its rare classes, can tell.
            if mark > best or clock.share >= 1.0:
                best = mark
                save_file({k: v.contiguous() for k, v in average.state_dict().items()}, out / "best.safetensors")
            state_file.write_text(json.dumps({"step": step, "minutes": clock.spent, "best": best}))
            network.train()
        if clock.share >= 1.0:
            break
    export_model(product, config, out / "best.safetensors", out / "model")


if __name__ == "__main__":
    raise SystemExit(main())
