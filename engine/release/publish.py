"""Put a trained model into the plugin: ``python -m urbangrain.engine.release.publish``.

Two steps, because the measurement needs the model and the card needs the measurement: first the weights with a card
that says how they were trained, then, with ``--evaluation``, the measured accuracy into the card and the table into
``docs/models.md``.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from urbangrain.engine.release.evaluate import OURS, table
from urbangrain.engine.release.page import put_table
from urbangrain.engine.training.config import LandcoverConfig
from urbangrain.engine.training.export import export_model
from urbangrain.engine.training.products import PRODUCTS, Product
from urbangrain.engine.training.real_data import SOURCES

ROOT = Path(__file__).resolve().parents[2]
_LOSSES = {
    "hrnet_ocr": "0.5 cross entropy (smoothing 0.1) + 0.5 Dice (UBGG-3m eq. 5-7), coarse map weighted 0.4",
    "ugsnet": "Dice of the coarse map + cross entropy of the points (UGS-1m eq. 1-3)",
}


def training_record(
    product: Product,
    config: LandcoverConfig,
    state: dict[str, Any],
    used_real: bool,
    minutes: float = 0.0,
    kept: str = "",
) -> dict[str, Any]:
    """Return what the card says of the training."""
    return {
        "script": f"python -m urbangrain.engine.training.landcover --product {product.id}",
        "data": [
            f"procedural demo scenes, seeds {config.first_seed} to {config.first_seed + config.train_scenes - 1}, "
            f"{config.scene_size} px, {config.gsd_m[0]:g}-{config.gsd_m[1]:g} m, exact labels",
            *(f"{s.image}: {s.attribution}; sparse polygons or points, training part" for s in SOURCES if used_real),
        ],
        "labels": "digitised polygons in resources/training are CC BY 4.0",
        "loss": _LOSSES[product.network],
        "optimiser": f"AdamW, learning rate {config.learning_rate:g} to {config.minimum_rate:g} by a cosine "
        f"(last sitting), weight decay {config.weight_decay:g}, restarted in each sitting; from random weights, hence "
        "not the paper's 1e-4",
        "steps_of_the_last_sitting" if minutes else "steps": state["step"],
        "minutes": minutes or round(state["minutes"], 1),
        "batch": config.batch,
        "tile_px": config.tile,
        "hardware": "2 CPU cores, bfloat16",
        **({"near_infrared_dropped": config.drop_nir} if len(product.bands) > 3 else {}),
        "weights_kept": kept or "moving average at the end of the schedule",
    }


def accuracy_record(product: Product, rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return what the card says of the accuracy: the headline, and every case with its bands."""
    ours = [r for r in rows if r["method"] == OURS[product.id]]
    headline = next(r for r in ours if r["case"] == "all demo scenes")  # with near infrared, where that is used
    return {
        "overall": round(headline["oa"], 3),
        "data": "held-out demo scenes",
        "cases": [{k: r[k] for k in ("case", "bands", "oa", "miou", "pixels")} for r in ours],
        "script": f"python -m urbangrain.engine.release.evaluate --product {product.id}",
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the model folder, and the table when there is a measurement."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--product", choices=sorted(PRODUCTS), default="landcover")
    parser.add_argument("--run", type=Path, help="folder of the training run (default: build/PRODUCT)")
    parser.add_argument("--minutes", type=float, default=0.0, help="training time, if the run was taken up anew")
    parser.add_argument("--kept", default="", help="which weights these are, if not the average at the schedule's end")
    parser.add_argument("--evaluation", type=Path, help="evaluation.json of these weights")
    parser.add_argument("--model", type=Path, help="folder of the model (default: the bundled one's)")
    options = parser.parse_args(arguments)
    product = PRODUCTS[options.product]
    run = options.run or Path("build") / product.id
    used = json.loads((run / "config.json").read_text())
    config = replace(product.configured(LandcoverConfig()), learning_rate=used["learning_rate"])
    state = json.loads((run / "last.json").read_text())
    log = [json.loads(line) for line in (run / "log.jsonl").read_text().splitlines()]
    record = training_record(
        product, config, state, any("real_rgb" in entry for entry in log), options.minutes, options.kept
    )
    accuracy = {}
    if options.evaluation:
        rows = json.loads(options.evaluation.read_text())
        accuracy = accuracy_record(product, rows)
        put_table(product.id, table(rows))
    folder = options.model or ROOT / "resources" / "models" / product.id
    export_model(product, config, run / "best.safetensors", folder, accuracy, record)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
