"""Compare networks: ``python -m urbangrain.engine.release.compare --data DIR --cache DIR --out DIR [--minutes M]``.

Each network is trained from scratch on the same data, seed, batches, augmentation and schedule for the same number of
minutes, by the loss of its paper (cross entropy and Dice in all of them), and measured on test scenes of seeds never
trained on and on the validation parts of the real imagery. A network whose result is there is not trained again, and a
training that was stopped goes on.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file

from urbangrain.engine.accuracy.confusion import score
from urbangrain.engine.memory import keep_freed_memory
from urbangrain.engine.models.networks import build
from urbangrain.engine.models.stac import write_atomically
from urbangrain.engine.models.ugsnet import LIGHT_UGSNET
from urbangrain.engine.release.evaluate import scene_cases
from urbangrain.engine.release.page import put_table
from urbangrain.engine.training import landcover
from urbangrain.engine.training.config import LIGHT_HRNET_OCR, LandcoverConfig
from urbangrain.engine.training.products import PRODUCTS, Product
from urbangrain.engine.training.real_patches import validation_patches
from urbangrain.engine.training.scenes import training_scene

RESULT = "result.json"


@dataclass(frozen=True)
class Entry:
    """A network of the comparison; ``options`` are its sizes, ``key`` names its folder."""

    product: str
    key: str
    title: str
    network: str
    options: Mapping[str, Any] = field(default_factory=dict)


_BACKBONE = {
    name: LIGHT_HRNET_OCR[name]
    for name in ("width", "modules", "blocks", "stem_width", "stem_stride", "layer1_width", "layer1_blocks")
}
_HALF, _THREE_QUARTERS = "tu-mobilenetv2_050", "tu-mobilenetv2_075"

ENTRIES = (
    Entry("landcover", "hrnet_ocr", "HRNet-OCR light", "hrnet_ocr", LIGHT_HRNET_OCR),
    Entry("landcover", "hrnet", "HRNet light", "hrnet", {**_BACKBONE, "head_channels": 96}),
    Entry("landcover", "unet", "UNet light", "unet", {"encoder": _HALF, "channels": [160, 112, 80, 48, 32]}),
    Entry("landcover", "pspnet", "PSPNet light", "pspnet", {"encoder": _THREE_QUARTERS, "channels": 512}),
    Entry(
        "landcover", "deeplabv3plus", "DeepLabV3+ light", "deeplabv3plus", {"encoder": _THREE_QUARTERS, "channels": 160}
    ),
    Entry("landcover", "upernet", "UPerNet light", "upernet", {"encoder": _HALF, "channels": 92}),
    Entry("greenspace", "ugsnet", "UGSNet light", "ugsnet", LIGHT_UGSNET),
    Entry("greenspace", "ugsnet_no_eca", "without ECA", "ugsnet", {**LIGHT_UGSNET, "attention": False}),
    Entry("greenspace", "ugsnet_no_points", "without point head", "ugsnet", {**LIGHT_UGSNET, "point_head": False}),
    Entry(
        "greenspace", "ugsnet_plain", "without both", "ugsnet",
        {**LIGHT_UGSNET, "attention": False, "point_head": False},
    ),
    Entry("greenspace", "unet", "UNet light", "unet", {"encoder": _HALF, "channels": [184, 128, 88, 56, 32]}),
)  # fmt: skip
"""UBGG-3m, Table 4, and UGS-1m's ablation, at light sizes of about 1.5 and 1.8 million parameters."""

Parts = list[tuple[torch.Tensor, np.ndarray]]


@dataclass(frozen=True)
class HeldOut:
    """What all networks are measured on: windows as `landcover.windows` makes them, by the name of the data."""

    parts: Mapping[str, Parts]

    @classmethod
    def load(cls, config: LandcoverConfig, cache: Path, data: Path | None, scenes: int) -> HeldOut:
        """Read or make the test scenes (``scenes`` at each resolution) and the real validation parts."""
        patches = [patch for case in scene_cases(config, cache, scenes) for patch in case.patches]
        found = {"demo scenes": landcover.windows(patches, config)}
        if data:
            found["real validation parts"] = landcover.windows(validation_patches(data), config)
        return cls(found)


def make_scenes(config: LandcoverConfig, cache: Path) -> None:
    """Make the training scenes that are not there yet: else the first network would pay for them with its time."""
    for seed in range(config.first_seed, config.first_seed + config.train_scenes):
        training_scene(cache, seed, config.scene_size, config.gsd_m)


def train_entry(entry: Entry, config: LandcoverConfig, options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Train a network into a folder; returns steps, minutes and parameters."""
    product = replace(PRODUCTS[entry.product], network=entry.network, options=entry.options)
    asked = argparse.Namespace(
        out=folder,
        cache=options.cache,
        data=options.data,
        minutes=options.minutes,
        threads=options.threads,
        initial=None,
    )
    landcover.train(product, product.configured(config), asked)
    state = json.loads((folder / "last.json").read_text())
    network = build(entry.network, len(product.bands), len(product.classes), **entry.options)
    return {
        "steps": state["step"],
        "minutes": round(state["minutes"], 2),
        "seconds_a_step": round(60 * state["minutes"] / max(1, state["step"]), 3),
        "parameters": sum(p.numel() for p in network.parameters()),
    }


def measure_entry(entry: Entry, weights: Path, test: HeldOut) -> list[dict[str, Any]]:
    """Measure weights on all test data, with near infrared (where the product takes it) and without."""
    product = PRODUCTS[entry.product]
    network = build(entry.network, len(product.bands), len(product.classes), **entry.options)
    network.load_state_dict(load_file(weights))
    network.eval().to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    rows = []
    for nir in (True, False) if len(product.bands) > 3 else (False,):
        for data, parts in test.parts.items():
            rows.append(_row(product, data, nir, landcover.confusion(network, parts, product, nir)))
    return rows


def _row(product: Product, data: str, nir: bool, matrix: np.ndarray) -> dict[str, Any]:
    s = score(matrix)
    return {
        "data": data,
        "bands": "B,G,R,NIR" if nir else "RGB",
        "oa": round(s.overall_accuracy, 4),
        "miou": round(s.mean_iou, 4),
        "fwiou": round(s.fw_iou, 4),
        "f1": {c.name: None if np.isnan(v) else round(float(v), 4) for c, v in zip(product.classes, s.f1)},
        "matrix": matrix.tolist(),
    }


def settings_of(entry: Entry, config: LandcoverConfig, options: argparse.Namespace) -> dict[str, Any]:
    """Return what a result depends on, as JSON gives it back."""
    settings = {
        "network": entry.network,
        "options": dict(entry.options),
        "minutes": options.minutes,
        "seed": config.seed,
        "real_data": options.data is not None,
        "training_scenes": config.train_scenes,
        "test_scenes": options.scenes,
    }
    decoded: dict[str, Any] = json.loads(json.dumps(settings))
    return decoded


def result_of(
    entry: Entry, config: LandcoverConfig, options: argparse.Namespace, test: HeldOut | None = None
) -> dict[str, Any] | None:
    """Return an entry's result from its folder; where there is none, train and measure, or None without ``test``.

    Raises
    ------
    ValueError
        When the folder's result was made with other settings.
    """
    folder = options.out / f"{entry.product}_{entry.key}"
    path, settings = folder / RESULT, settings_of(entry, config, options)
    if path.exists():
        found: dict[str, Any] = json.loads(path.read_text())
        if found["settings"] != settings:
            raise ValueError(f"{folder} was made with other settings: remove it, or take another --out")
        return found
    if test is None:
        return None
    print(f"{entry.product}: {entry.title}", flush=True)
    about = train_entry(entry, config, options, folder)
    rows = measure_entry(entry, folder / "best.safetensors", test)
    result = {"title": entry.title, "settings": settings, **about, "rows": rows}
    write_atomically(path, (json.dumps(result, indent=1) + "\n").encode())
    return result


def table(results: Sequence[tuple[Entry, dict[str, Any]]]) -> str:
    """Return a Markdown table for each product, ordered by data and bands so that networks stand below each other."""
    parts = []
    for product in PRODUCTS.values():
        ours = [found for entry, found in results if entry.product == product.id]
        if not ours:
            continue
        names = [info.name for info in product.classes]
        head = ["data", "bands", "network", "parameters", "steps", "s a step", "OA", "mIoU", "FWIoU"]
        lines = [_line([*head, *(f"F1 {name}" for name in names)]), "|" + "---|" * (len(head) + len(names))]
        for case in dict.fromkeys((row["data"], row["bands"]) for found in ours for row in found["rows"]):
            for found in ours:
                row = next(r for r in found["rows"] if (r["data"], r["bands"]) == case)
                about = [f"{found['parameters'] / 1e6:.2f} M", str(found["steps"]), f"{found['seconds_a_step']:.2f}"]
                scores = [row["oa"], row["miou"], row["fwiou"], *(row["f1"][name] for name in names)]
                lines.append(_line([*case, found["title"], *about, *map(_figure, scores)]))
        minutes = ours[0]["settings"]["minutes"]
        parts.append(f"`{product.id}`, {minutes:g} minutes each:\n\n" + "\n".join(lines) + "\n")
    return "\n".join(parts)


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _figure(value: float | None) -> str:
    return "-" if value is None or np.isnan(value) else f"{value:.3f}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Train and measure what is missing; write the table of what is there after each network."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="folder of the real imagery; without it only scenes are used")
    parser.add_argument("--cache", type=Path, default=Path("build/scenes"), help="folder for scenes")
    parser.add_argument("--out", type=Path, default=Path("build/compare"), help="folder for trainings and results")
    parser.add_argument("--minutes", type=float, default=60.0, help="training time of each network (default: 60)")
    parser.add_argument("--product", choices=sorted(PRODUCTS), help="only the networks of this one")
    parser.add_argument("--only", nargs="+", metavar="KEY", help="only these networks, such as hrnet_ocr unet")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=0, help="0: all cores")
    parser.add_argument("--scenes", type=int, default=5, help="test scenes at each resolution (default: 5)")
    parser.add_argument("--training-scenes", type=int, default=400, help="scenes to train on (default: 400)")
    parser.add_argument("--page", type=Path, help="page that takes the table between its marks 'compare'")
    options = parser.parse_args(arguments)
    keep_freed_memory()
    if options.data and not options.data.exists():
        parser.error(f"there is no folder {options.data}")
    config = replace(LandcoverConfig(), seed=options.seed, train_scenes=options.training_scenes)
    wanted = [
        entry
        for entry in ENTRIES
        if options.product in (None, entry.product) and (not options.only or entry.key in options.only)
    ]
    if not wanted:
        parser.error("there is no such network; known: " + ", ".join(f"{e.product} {e.key}" for e in ENTRIES))
    test = None
    for entry in wanted:
        if result_of(entry, config, options) is None:
            if test is None:
                make_scenes(config, options.cache)
                test = HeldOut.load(config, options.cache, options.data, options.scenes)
            result_of(entry, config, options, test)
        there = [(e, found) for e in ENTRIES if (found := result_of(e, config, options)) is not None]
        write_atomically(options.out / "compare.md", table(there).encode())
    if options.page:
        put_table("compare", table(there), options.page)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
