"""Measure a parcel model: ``python -m urbangrain.engine.release.evaluate_parcels --cache DIR [--model DIR]``.

What is measured is what a person gets: the layers of demo cities that no training has seen are written to disk and
classified by the classify job with its defaults, with all sources and with some of them. A random forest on the
parcels' mean colours and textures, points of interest and densities is trained on the network's own parcels. Writes
``evaluation.json`` and ``evaluation.md``.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyogrio
from sklearn.ensemble import RandomForestClassifier

from urbangrain.engine import jobs
from urbangrain.engine.accuracy.confusion import confusion_matrix, score
from urbangrain.engine.memory import keep_freed_memory
from urbangrain.engine.protocol import ClassifyJob
from urbangrain.engine.training.parcel_config import CLASSES, ParcelConfig
from urbangrain.engine.training.parcel_samples import ParcelSamples
from urbangrain.engine.training.parcel_scenes import CityFiles, cached_parcels, make_city

TEST_SEED = 895_000
"""First seed of the test cities; neither training nor validation comes near it."""
CASES: dict[str, tuple[str, ...]] = {
    "image, POI, density": ("image", "pois", "density"),
    "image, POI": ("image", "pois"),
    "image": ("image",),
    "POI": ("pois",),
    "density": ("density",),
}
OURS = "parcel_fusion light"
_NAMES = [c.name for c in CLASSES]
_SMALL, _LARGE = 5_000.0, 50_000.0

Ints = npt.NDArray[np.int64]


def predict(city: CityFiles, model: str, sources: Sequence[str], folder: Path) -> tuple[Ints, Ints]:
    """Classify a city's parcels; returns the class of each, -1 for none, and its quality level."""
    out = folder / "classified.gpkg"
    given = {name: str(getattr(city, name)) for name in sources if getattr(city, name) is not None}
    if not given:
        n = len(city.labelled.labels)
        return np.full(n, -1), np.zeros(n, np.int64)
    jobs.run(
        ClassifyJob(
            str(city.parcels),
            str(out),
            model,
            image=given.get("image"),
            pois=given.get("pois"),
            density=given.get("density"),
            overwrite=True,
        )
    )
    frame = pyogrio.read_dataframe(out, read_geometry=False)
    found = [_NAMES.index(name) if name in _NAMES else -1 for name in frame["land_use"]]
    return np.array(found, np.int64), frame["quality"].fillna(0).to_numpy(np.int64)


def describe(samples: ParcelSamples, sources: Sequence[str], side: int) -> npt.NDArray[np.float32]:
    """Return what the forest sees of each parcel, (n, features); -9 where a source is missing.

    ``side`` is that of the network's patches: the forest sees the same part of the stored ones.
    """
    parts = []
    if "image" in sources:
        colours = np.full((len(samples), 4 * samples.patches.shape[1]), -9, np.float32)
        for i in range(len(samples)):
            patches = np.asarray(samples.patches[samples.first[i] : samples.first[i + 1]], np.float32)
            margin = (patches.shape[-1] - side) // 2
            patches = patches[:, :, margin : margin + side, margin : margin + side]
            if len(patches):
                pixels = patches.transpose(1, 0, 2, 3).reshape(patches.shape[1], -1)
                texture = np.abs(np.diff(patches, axis=-1)).mean(axis=(0, 2, 3))
                colours[i] = np.concatenate(
                    [pixels.mean(axis=1), pixels.std(axis=1), np.median(pixels, axis=1), texture]
                )
        parts.append(colours)
    if "pois" in sources:
        parts.append(np.nan_to_num(samples.counts, nan=-9))
    if "density" in sources:
        parts.append(np.nan_to_num(samples.density, nan=-9))
    return np.concatenate(parts, axis=1)


def row(case: str, method: str, predicted: Ints, labels: Ints, **more: Any) -> dict[str, Any]:
    """Return a row of the table: scores over the parcels with an answer, and how many those are."""
    known = predicted >= 0
    found = score(confusion_matrix(predicted[known], labels[known], len(_NAMES)))
    return {
        "case": case,
        "method": method,
        "oa": found.overall_accuracy,
        "kappa": found.kappa,
        "f1": {name: float(value) for name, value in zip(_NAMES, found.f1)},
        "parcels": int(known.sum()),
        **more,
    }


def evaluate(model: str, cache: Path, config: ParcelConfig, cities: int) -> list[dict[str, Any]]:
    """Return the table's rows.

    Parameters
    ----------
    model : str
        Id or folder.
    cache : Path
        Of the training's parcels, for the forest; the test cities' are kept there too.
    config : ParcelConfig
    cities : int
        Test cities.
    """
    answers: dict[str, list[tuple[Ints, Ints]]] = {case: [] for case in CASES}
    labels, area, block = [], [], []
    tests = []
    for seed in range(TEST_SEED, TEST_SEED + cities):
        with tempfile.TemporaryDirectory() as work:
            city = make_city(seed, Path(work) / "city", config)
            for case, sources in CASES.items():
                answers[case].append(predict(city, model, sources, Path(work)))
        samples = cached_parcels(cache, seed, config)
        tests.append(samples)
        labels.append(samples.labels)
        area.append(samples.area)
        block.append(samples.whole_block)
    truth, size, whole = np.concatenate(labels), np.concatenate(area), np.concatenate(block)
    known = [cached_parcels(cache, config.first_seed + i, config) for i in range(config.train_scenes)]
    rows = []
    for case, sources in CASES.items():
        ours = np.concatenate([found for found, _ in answers[case]])
        rows.append(row(case, OURS, ours, truth))
        side = int(config.options["side"])
        forest = RandomForestClassifier(300, min_samples_leaf=2, class_weight="balanced", n_jobs=-1, random_state=0)
        forest.fit(
            np.concatenate([describe(s, sources, side) for s in known]), np.concatenate([s.labels for s in known])
        )
        theirs = forest.predict(np.concatenate([describe(s, sources, side) for s in tests])).astype(np.int64)
        rows.append(row(case, "random forest", np.where(ours >= 0, theirs, -1), truth))
    everything = next(iter(CASES))
    ours = np.concatenate([found for found, _ in answers[everything]])
    quality = np.concatenate([level for _, level in answers[everything]])
    groups = {
        "blocks": whole,
        "single plots": ~whole,
        "small, under 5,000 m2": size < _SMALL,
        "between": (size >= _SMALL) & (size <= _LARGE),
        "large, over 50,000 m2": size > _LARGE,
        **{f"quality level {level}": quality == level for level in range(5, 1, -1)},
    }
    for name, chosen in groups.items():
        if chosen.any():
            rows.append(row(f"{everything}: {name}", OURS, np.where(chosen, ours, -1), truth))
    return rows


def table(rows: Sequence[dict[str, Any]]) -> str:
    """Write the rows as Markdown."""
    short = [name.split()[0] for name in _NAMES]
    lines = [
        "| sources | method | OA | kappa | " + " | ".join(f"F1 {name}" for name in short) + " | parcels |",
        "|" + "---|" * (5 + len(short)),
    ]
    for r in rows:
        values = [r["oa"], r["kappa"], *r["f1"].values()]
        numbers = " | ".join("-" if not np.isfinite(v) else f"{v:.3f}" for v in values)
        lines.append(f"| {r['case']} | {r['method']} | {numbers} | {r['parcels']:,} |")
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="parcels", help="id or folder (default: the bundled one)")
    parser.add_argument("--cache", type=Path, required=True, help="folder of the training's parcels")
    parser.add_argument("--out", type=Path, default=Path("build/evaluation_parcels"))
    parser.add_argument("--scenes", type=int, default=ParcelConfig().train_scenes, help="cities of the training")
    parser.add_argument("--cities", type=int, default=8, help="test cities")
    options = parser.parse_args(arguments)
    keep_freed_memory()
    rows = evaluate(options.model, options.cache, ParcelConfig(train_scenes=options.scenes), options.cities)
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "evaluation.json").write_text(json.dumps(rows, indent=1))
    (options.out / "evaluation.md").write_text(table(rows), "utf-8")
    print(table(rows))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
