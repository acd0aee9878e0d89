"""Put a trained rooftop model into the plugin: ``python -m urbangrain.engine.release.publish_rooftops --run DIR``.

Two steps, because the measurement needs the model and the card needs the measurement: first the weights with a card
that says how they were trained, then, with ``--evaluation``, the measured accuracy into the card and the table into
``docs/models.md``.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from urbangrain.engine.models.registry import BUNDLED
from urbangrain.engine.release.evaluate_rooftops import STEPS, TEST_SEED, table
from urbangrain.engine.release.page import PAGE, put_table
from urbangrain.engine.training.rooftops import RooftopConfig, export_rooftops, training_record


def accuracy_record(found: dict[str, Any], method: str) -> dict[str, Any]:
    """Return what the card says of the accuracy: as mapped, and after each of the steps of section 4.4.

    Raises
    ------
    ValueError
        When the measurement is of other models.
    """
    ours = [r for r in found["rows"] if r["method"] == method]
    if not ours:
        measured = ", ".join(sorted({r["method"] for r in found["rows"]}))
        raise ValueError(f"the evaluation has no rows of {method!r}; it has {measured}")
    headline = next(r for r in ours if r["step"] == STEPS[0])
    return {
        "overall": round(headline["oa"], 3),
        "rooftop": {k: headline[k] for k in ("iou", "f1", "precision", "recall")},
        "data": f"held-out demo cities; F1 of rooftops {headline['f1']:.2f}",
        "seeds": f"{TEST_SEED} to {TEST_SEED + found['cities'] - 1}",
        "pixels": headline["pixels"],
        "cases": [
            {k: r[k] for k in ("step", "iou", "f1", "precision", "recall", "oa", "widened", "vanished")} for r in ours
        ],
        "built_up_mask": found["mask"],
        **({"rooftops_at_points_of_leipzig": found["leipzig"][method]} if method in found["leipzig"] else {}),
        "script": "python -m urbangrain.engine.release.evaluate_rooftops",
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the model folder, and the table when there is a measurement."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--run", type=Path, default=Path("build/rooftops"), help="folder of the training run")
    parser.add_argument("--evaluation", type=Path, help="evaluation.json of these weights")
    parser.add_argument("--model", type=Path, default=BUNDLED / "rooftops", help="model folder")
    parser.add_argument("--page", type=Path, default=PAGE, help="page that takes the table")
    options = parser.parse_args(arguments)
    used = json.loads((options.run / "config.json").read_text())
    config = RooftopConfig(**used)
    record = training_record(config, json.loads((options.run / "last.json").read_text()))
    accuracy: dict[str, Any] = {}
    if options.evaluation:
        found = json.loads(options.evaluation.read_text())
        accuracy = accuracy_record(found, record["method"])
        put_table("rooftops", table(found), options.page)
    export_rooftops(config, options.run / "best.safetensors", options.model, accuracy, record)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
