"""Put the trained parcel model into the plugin: ``python -m urbangrain.engine.release.publish_parcels --run DIR``.

First without ``--evaluation``: the weights with a card that says how they were trained. Then, with the measurement of
these weights, the accuracy goes into the card and the table into ``docs/models.md``.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from urbangrain.engine.release.evaluate_parcels import CASES, OURS, table
from urbangrain.engine.release.page import put_table
from urbangrain.engine.training.parcel_config import ParcelConfig
from urbangrain.engine.training.parcels import export_parcels

ROOT = Path(__file__).resolve().parents[2]


def training_record(config: ParcelConfig, state: dict[str, Any]) -> dict[str, Any]:
    """Return what the card says of the training."""
    return {
        "script": "python -m urbangrain.engine.training.parcels",
        "data": [
            f"procedural demo cities, seeds {config.first_seed} to {config.first_seed + config.train_scenes - 1}, "
            f"{config.scene_size} px at {config.gsd_m:g} m: blocks between streets of which one use has at least "
            f"{config.purity:.0%}, and single plots, with made-up points of interest and user density"
        ],
        "loss": "cross entropy",
        "optimiser": f"AdamW, learning rate {config.learning_rate:g} to {config.minimum_rate:g} by a cosine, weight "
        f"decay {config.weight_decay:g}",
        "poi_embedding": "random walks and skip-gram on the training cities' points of interest",
        "steps": state["step"],
        "minutes": state["minutes"],
        "batch": config.batch,
        "hardware": "CPU",
        "sources_dropped": config.options["drop_source"],
        "weights_kept": "moving average at the end of the schedule",
    }


def accuracy_record(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return what the card says of the accuracy."""
    ours = [r for r in rows if r["method"] == OURS]
    headline = next(r for r in ours if r["case"] == next(iter(CASES)))
    return {
        "overall": round(headline["oa"], 3),
        "data": "held-out demo cities, all sources",
        "cases": [{k: r[k] for k in ("case", "oa", "kappa", "parcels")} for r in ours],
        "script": "python -m urbangrain.engine.release.evaluate_parcels",
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the model folder, and the table when there is a measurement."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--run", type=Path, default=Path("build/parcels"), help="folder of the training run")
    parser.add_argument("--evaluation", type=Path, help="evaluation.json of these weights")
    parser.add_argument("--model", type=Path, help="folder of the model (default: the bundled one's)")
    options = parser.parse_args(arguments)
    used = json.loads((options.run / "config.json").read_text())
    config = ParcelConfig(seed=used["seed"], train_scenes=used["train_scenes"])
    record = training_record(config, json.loads((options.run / "last.json").read_text()))
    accuracy: dict[str, Any] = {}
    if options.evaluation:
        rows = json.loads(options.evaluation.read_text())
        accuracy = accuracy_record(rows)
        put_table("parcels", table(rows))
    folder = options.model or ROOT / "resources" / "models" / "parcels"
    export_parcels(config, options.run / "best.safetensors", folder, accuracy, record)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
