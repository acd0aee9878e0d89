"""Measure a model folder: ``python -m urbangrain.engine.release.evaluate --data DIR [--model DIR] [--out DIR]``.

What is measured is what a person gets: every image is written to disk and mapped by the map job with its defaults (4
flips, 25 % overlap, Gaussian blending, no clean-up). The baselines are trained on the network's own training data.
Writes ``evaluation.json`` and ``evaluation.md``.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import rasterio
from affine import Affine
from rasterio.enums import Resampling
from rasterio.windows import from_bounds

from urbangrain.engine import jobs
from urbangrain.engine.accuracy.confusion import Scores, confusion_matrix, score
from urbangrain.engine.memory import keep_freed_memory
from urbangrain.engine.models.registry import resolve
from urbangrain.engine.protocol import MapJob
from urbangrain.engine.release.baselines import Forest, Thresholds
from urbangrain.engine.training.config import LandcoverConfig
from urbangrain.engine.training.products import PRODUCTS, Product
from urbangrain.engine.training.real_data import load_real
from urbangrain.engine.training.real_patches import training_patches
from urbangrain.engine.training.scenes import Patch, cached_scene, training_scene

OURS = {"landcover": "HRNet-OCR light", "greenspace": "UGSNet light"}
"""Name of each product's network in the tables."""
TEST_SEED = 950_000
"""First seed of the test scenes; neither training nor validation comes near it."""
OEM_CLASSES = {2: 3, 3: 5, 4: 5, 5: 2, 6: 1, 7: 4, 8: 5}
"""OpenEarthMap class to that of `LAND_COVER`; bare land (1) has no counterpart and is left out."""
_TREE, _OTHER = 2, 5


@dataclass(frozen=True)
class Case:
    """A data set: patches that are measured together."""

    name: str
    patches: Sequence[Patch]
    has_nir: bool


def labelled_for(patch: Patch, product: Product) -> Patch:
    """Return a patch with the classes of a product instead of `LAND_COVER`."""
    return replace(patch, labels=product.values()[patch.labels])


def scene_cases(config: LandcoverConfig, cache: Path, each: int) -> list[Case]:
    """Return test scenes of seeds never trained on, at 3, 1 and 0.5 m."""
    cases = []
    for k, gsd in enumerate((3.0, 1.0, 0.5)):
        seeds = range(TEST_SEED + 100 * k, TEST_SEED + 100 * k + each)
        patches = [cached_scene(cache, seed, config.scene_size, gsd) for seed in seeds]
        cases.append(Case(f"demo scenes, {gsd:g} m", patches, True))
    return cases


def real_cases(data: Path) -> list[Case]:
    """Return the validation part of the real imagery, each image by itself."""
    cases = []
    for tile in load_real(data):
        labels = np.where(tile.validation, tile.labels, 0).astype(np.uint8)
        if labels.any():
            has_nir = bool(np.isfinite(tile.image[3]).any())
            cases.append(
                Case(f"{tile.name}, validation part", [Patch(tile.image, labels, tile.valid, tile.gsd)], has_nir)
            )
    return cases


def map_patch(patch: Patch, model: str, nir: bool) -> npt.NDArray[np.uint8]:
    """Map a patch with the map job, on the patch's own grid; without ``nir`` the band is not even written."""
    bands = 4 if nir else 3
    image = np.where(patch.valid[None], np.asarray(patch.image[:bands], np.float32), np.nan)
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "image.tif", Path(folder) / "classes.tif"
        transform = Affine(patch.gsd, 0, 500_000, 0, -patch.gsd, 5_000_000)
        profile = {"driver": "GTiff", "count": bands, "dtype": "float32", "crs": "EPSG:32633", "transform": transform}
        with rasterio.open(
            source, "w", **profile, height=image.shape[1], width=image.shape[2], nodata=np.nan
        ) as dataset:
            dataset.write(image)
        order = (1, 2, 3, 4) if nir else (1, 2, 3, 0)
        jobs.run(MapJob(str(source), model, str(target), bands=order[: len(resolve(model).bands)]))
        with rasterio.open(target) as dataset:
            return np.asarray(dataset.read(1))


def matrix_of(mapped: npt.NDArray[np.uint8], labels: npt.NDArray[np.uint8], product: Product) -> npt.NDArray[np.int64]:
    """Return the confusion matrix (rows = map) of two arrays of a product's values, where both have a class."""
    size = len(product.classes)
    known = (labels > 0) & (mapped > 0)
    return confusion_matrix(mapped[known].astype(np.int64) - 1, labels[known].astype(np.int64) - 1, size)


def oem_rows(
    folder: Path, model: str, baselines: Sequence[Any], config: LandcoverConfig, product: Product
) -> list[dict[str, Any]]:
    """Measure on the two OpenEarthMap tiles (never trained on), beside the two foreign maps that lie there."""
    rows = []
    lookup = np.zeros(256, np.uint8)
    for theirs, ours in OEM_CLASSES.items():
        lookup[theirs] = product.values()[ours]
    for tile in ("austin_29", "wielkopolskie_9"):
        if not (folder / f"{tile}_rgb.tif").exists():
            continue
        with rasterio.open(folder / f"{tile}_reference_classes.tif") as dataset:
            labels = lookup[dataset.read(1)]
        name = f"OpenEarthMap {tile}"
        with tempfile.TemporaryDirectory() as work:
            target = Path(work) / "classes.tif"
            jobs.run(MapJob(str(folder / f"{tile}_rgb.tif"), model, str(target)))
            matrix = matrix_of(_at_size(target, labels.shape), labels, product)
            rows.append(_row(name, "RGB", OURS[product.id], [matrix], product))
        with rasterio.open(folder / f"{tile}_rgb.tif") as dataset:
            red, green, blue = dataset.read(out_shape=(3, *labels.shape), resampling=Resampling.average)
        patch = _without_nir(red, green, blue, labels, 0.55)
        for baseline in baselines:
            matrix = matrix_of(baseline.predict(patch, config), labels, product)
            rows.append(_row(name, "RGB", baseline.name, [matrix], product))
        for foreign, title in (("samlora", "SAM-LoRA (foreign map)"), ("deeplabv3", "DeepLabV3 (foreign map)")):
            mapped = lookup[_at_size(folder / f"{tile}_prediction_{foreign}.tif", labels.shape)]
            rows.append(_row(name, "RGB", title, [matrix_of(mapped, labels, product)], product))
    return rows


def zurich_rows(
    folder: Path, model: str, baselines: Sequence[Any], config: LandcoverConfig, product: Product
) -> list[dict[str, Any]]:
    """Measure trees against all else on an aerial photograph of Zurich (0.5 m, never trained on)."""
    image = folder / "zurich_rgb_0p5m.tif"
    if not image.exists():
        return []
    with rasterio.open(image) as dataset:
        red, green, blue = dataset.read()
        transform = dataset.transform
    shape = red.shape
    patch = _without_nir(red, green, blue, np.zeros(shape, np.uint8), 0.5)
    with tempfile.TemporaryDirectory() as work:
        target = Path(work) / "classes.tif"
        jobs.run(MapJob(str(image), model, str(target)))
        with rasterio.open(target) as dataset:
            maps = {OURS[product.id]: np.asarray(dataset.read(1))}
    maps.update({baseline.name: baseline.predict(patch, config) for baseline in baselines})
    labels = np.zeros(shape, np.uint8)
    for mask in sorted(folder.glob("tree_mask_*.tif")):
        with rasterio.open(mask) as dataset:
            place = from_bounds(*dataset.bounds, transform=transform)
            top, left = round(place.row_off), round(place.col_off)
            if top + dataset.height <= shape[0] and left + dataset.width <= shape[1]:  # one mask lies outside
                part = (slice(top, top + dataset.height), slice(left, left + dataset.width))
                labels[part] = np.where(dataset.read(1) > 0, _TREE, _OTHER)
    rows = []
    for method, mapped in maps.items():
        either = np.where(mapped == _TREE, _TREE, _OTHER).astype(np.uint8)
        row = _row("Zurich, tree or not", "RGB", method, [matrix_of(either, labels, product)], product)
        row["f1"] = {name: value if name == "tree" else None for name, value in row["f1"].items()}
        rows.append(row)
    return rows


def _without_nir(red: Any, green: Any, blue: Any, labels: npt.NDArray[np.uint8], gsd: float) -> Patch:
    absent = np.full(labels.shape, np.nan)
    bands = np.stack([blue, green, red, absent]).astype(np.float32)
    return Patch(bands, labels, np.ones(labels.shape, bool), gsd)


def _at_size(path: Path, shape: tuple[int, int]) -> npt.NDArray[np.uint8]:
    with rasterio.open(path) as dataset:
        return np.asarray(dataset.read(1, out_shape=shape, resampling=Resampling.nearest))


def _row(
    case: str, bands: str, method: str, matrices: Sequence[npt.NDArray[np.int64]], product: Product
) -> dict[str, Any]:
    matrix = np.sum(matrices, axis=0)
    s: Scores = score(matrix)
    print(f"{case:<32} {bands:<10} {method:<26} OA {s.overall_accuracy:.3f}  mIoU {s.mean_iou:.3f}", flush=True)
    return {
        "case": case,
        "bands": bands,
        "method": method,
        "pixels": int(matrix.sum()),
        "oa": round(s.overall_accuracy, 4),
        "kappa": None if np.isnan(s.kappa) else round(s.kappa, 4),
        "miou": round(s.mean_iou, 4),
        "fwiou": round(s.fw_iou, 4),
        "f1": {c.name: None if np.isnan(v) else round(float(v), 4) for c, v in zip(product.classes, s.f1)},
        "matrix": matrix.tolist(),
    }


def evaluate(product: Product, model: str, data: Path | None, cache: Path, each: int) -> list[dict[str, Any]]:
    """Measure the model and the baselines on every case; returns the rows of the table."""
    config = LandcoverConfig()
    name = OURS[product.id]
    rng = np.random.default_rng(0)
    cases = [
        replace(case, patches=[labelled_for(p, product) for p in case.patches])
        for case in scene_cases(config, cache, each) + (real_cases(data) if data else [])
    ]
    seeds = range(config.first_seed, config.first_seed + 120)
    training = [training_scene(cache, s, config.scene_size, config.gsd_m) for s in seeds]
    training_real = training_patches(data) if data else []
    rows = []
    for nir in (True, False) if len(product.bands) > 3 else (False,):
        # Images without near infrared can only teach what is learnt from visible bands.
        usable = [p for p in training_real if not nir or np.isfinite(np.asarray(p.image[3], np.float32)).any()]
        known = [labelled_for(p, product) for p in [*training, *(p for p in usable for _ in range(6))]]
        baselines = [kind(nir).fit(known, config, rng) for kind in (Thresholds, Forest)]
        bands = "B,G,R,NIR" if nir else "RGB"
        for case in cases:
            if nir and not case.has_nir:
                continue
            ours = [matrix_of(map_patch(p, model, nir), p.labels, product) for p in case.patches]
            rows.append(_row(case.name, bands, name, ours, product))
            for baseline in baselines:
                theirs = [matrix_of(baseline.predict(p, config), p.labels * p.valid, product) for p in case.patches]
                rows.append(_row(case.name, bands, baseline.name, theirs, product))
        rows += [
            _row(group, bands, method, [np.array(r["matrix"]) for r in part], product)
            for group, start in (("all demo scenes", "demo scenes"), ("all real validation parts", ""))
            for method in (name, *(b.name for b in baselines))
            if (part := _part(rows, bands, method, start))
        ]
        if data and not nir:
            rows += oem_rows(data / "oem_urban_rgb", model, baselines, config, product)
            if product.id == "landcover":  # whose trees are a class of their own
                rows += zurich_rows(data / "zurich_trees_rgb", model, baselines, config, product)
    return rows


def _part(rows: Sequence[dict[str, Any]], bands: str, method: str, start: str) -> list[dict[str, Any]]:
    """Return the rows of a method on demo scenes, or on validation parts (``start`` empty)."""
    return [
        r
        for r in rows
        if r["bands"] == bands
        and r["method"] == method
        and (r["case"].startswith(start) if start else r["case"].endswith("validation part"))
    ]


def table(rows: Sequence[dict[str, Any]]) -> str:
    """Return the rows as a Markdown table."""
    names = list(rows[0]["f1"])
    head = ["data", "bands", "method", "OA", "mIoU", "FWIoU", *(f"F1 {n}" for n in names), "pixels"]
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    for row in rows:
        f1 = ["-" if row["f1"][n] is None else f"{row['f1'][n]:.3f}" for n in names]
        scores = [f"{row[k]:.3f}" for k in ("oa", "miou", "fwiou")]
        cells = [row["case"], row["bands"], row["method"], *scores, *f1, f"{row['pixels']:,}"]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--product", choices=sorted(PRODUCTS), default="landcover")
    parser.add_argument("--model", default="", help="model id or folder (default: the bundled one)")
    parser.add_argument("--data", type=Path, help="folder of the real imagery")
    parser.add_argument("--cache", type=Path, default=Path("build/scenes"), help="folder for scenes")
    parser.add_argument("--out", type=Path, default=Path("build/evaluation"), help="folder for the tables")
    parser.add_argument("--scenes", type=int, default=5, help="test scenes at each resolution (default: 5)")
    options = parser.parse_args(arguments)
    keep_freed_memory()
    data = options.data if options.data and options.data.exists() else None
    rows = evaluate(PRODUCTS[options.product], options.model or options.product, data, options.cache, options.scenes)
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "evaluation.json").write_text(json.dumps(rows, indent=1) + "\n", "utf-8")
    (options.out / "evaluation.md").write_text(table(rows), "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
