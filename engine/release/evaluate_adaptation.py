"""Measure what adaptation gains: ``python -m urbangrain.engine.release.evaluate_adaptation [--data DIR] [--out DIR]``.

Each image is mapped by a model, the model is adapted to that image without its labels (UGS-1m eq. 4-7, the adapt job
with its defaults and demo cities as the labelled side), and the image is mapped anew. Images: demo cities of seeds
never trained on, as they are and with another sensor's look, and two OpenEarthMap tiles, never trained on either.
Writes ``evaluation.json`` and ``evaluation.md``.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import rasterio
from affine import Affine
from rasterio.enums import Resampling
from scipy.ndimage import gaussian_filter

from urbangrain.engine import jobs
from urbangrain.engine.accuracy.confusion import score
from urbangrain.engine.memory import keep_freed_memory
from urbangrain.engine.protocol import AdaptJob, MapJob, TrainResult
from urbangrain.engine.release.evaluate import OEM_CLASSES, TEST_SEED, matrix_of
from urbangrain.engine.release.page import put_table
from urbangrain.engine.training.config import LandcoverConfig
from urbangrain.engine.training.products import PRODUCTS
from urbangrain.engine.training.scenes import cached_scene

_GSD_M = 1.0
_SCENES = 2
_OEM = ("austin_29", "wielkopolskie_9")


@dataclass(frozen=True)
class Case:
    """An image on disk and its reference, whose grid may be coarser."""

    name: str
    image: Path
    labels: npt.NDArray[np.uint8]


def other_look(image: npt.ArrayLike, seed: int) -> npt.NDArray[np.float32]:
    """Give an image the look of another sensor.

    Broader spectral bands (each takes a fifth to two fifths from its neighbours), another tone curve in each band, a
    wider point spread, and more noise. What the scene's own percentiles take away (gain, offset) is left out.

    Parameters
    ----------
    image : array of shape (bands, h, w)
        Digital numbers, 0 where there are none.
    seed : int

    Returns
    -------
    float32 array of shape (bands, h, w)
        0 to 1000.
    """
    rng = np.random.default_rng([seed, 77])
    values = np.asarray(image, np.float32)
    valid = (values > 0).all(axis=0)
    top = np.percentile(values[:, valid], 99.5, axis=1) if valid.any() else np.ones(len(values))
    unit = np.clip(values / np.maximum(top, 1e-6)[:, None, None], 0, 1.2)
    mix = np.eye(len(unit)) * (1 - rng.uniform(0.2, 0.4, len(unit))[:, None])
    for band in range(len(unit)):
        beside = [b for b in (band - 1, band + 1) if 0 <= b < len(unit)]
        mix[band, beside] = (1 - mix[band, band]) / len(beside)
    unit = np.einsum("ab,bhw->ahw", mix, unit)
    gamma = np.exp(rng.normal(0, 0.35) + rng.normal(0, 0.12, len(unit)))
    unit = gaussian_filter(unit, (0, 1.1, 1.1)) ** gamma[:, None, None]
    unit = np.clip(unit + rng.normal(0, 0.012, unit.shape), 0.001, None)
    return np.where(valid, 1000 * unit, 0).astype(np.float32)


def cases(cache: Path, data: Path | None, folder: Path) -> Iterator[Case]:
    """Write the images (red, green and blue) and yield them one by one."""
    config = LandcoverConfig()
    for k in range(_SCENES):
        seed = TEST_SEED + 100 + k
        patch = cached_scene(cache, seed, config.scene_size, _GSD_M)
        image = np.where(patch.valid, np.asarray(patch.image[:3], np.float32), 0)
        labels = np.where(patch.valid, patch.labels, 0).astype(np.uint8)
        for look, pixels in (("as it is", image), ("another sensor's look", other_look(image, seed))):
            path = folder / f"{seed}-{look[0]}{look[3]}.tif"
            _write(path, pixels)
            yield Case(f"demo city {seed}, {look}", path, labels)
    lookup = np.zeros(256, np.uint8)
    for theirs, ours in OEM_CLASSES.items():
        lookup[theirs] = ours
    for tile in _OEM:
        tile_path = data / "oem_urban_rgb" / f"{tile}_rgb.tif" if data else None
        if tile_path is not None and tile_path.exists():
            with rasterio.open(tile_path.with_name(f"{tile}_reference_classes.tif")) as dataset:
                yield Case(f"OpenEarthMap {tile}", tile_path, lookup[dataset.read(1)])


def measure(case: Case, model: str, folder: Path) -> dict[str, Any]:
    """Map an image and compare it with its reference."""
    product = PRODUCTS["landcover"]
    out = folder / "classes.tif"
    jobs.run(MapJob(str(case.image), model, str(out), overwrite=True))
    with rasterio.open(out) as dataset:
        mapped = np.asarray(dataset.read(1, out_shape=case.labels.shape, resampling=Resampling.nearest))
    found = score(matrix_of(mapped, case.labels, product))
    return {
        "oa": found.overall_accuracy,
        "miou": found.mean_iou,
        "fwiou": found.fw_iou,
        "f1": {c.name: None if np.isnan(v) else float(v) for c, v in zip(product.classes, found.f1)},
    }


def evaluate(model: str, cache: Path, data: Path | None, steps: int, minutes: float) -> list[dict[str, Any]]:
    """Return two rows an image, before and after.

    Parameters
    ----------
    model : str
        Of land cover.
    cache : Path
        Of demo cities.
    data : Path or None
        Folder of the real imagery.
    steps, minutes : int, float
        As in `AdaptJob`.
    """
    rows = []
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work)
        for number, case in enumerate(cases(cache, data, folder)):
            adapted = folder / f"adapted-{number}"
            before = measure(case, model, folder)
            result = jobs.run(AdaptJob(model, (str(case.image),), str(adapted), steps=steps, minutes=minutes))
            assert isinstance(result, TrainResult)
            after = measure(case, str(adapted), folder)
            spent = round(result.seconds / 60, 1)
            rows.append({"case": case.name, "method": "not adapted", **before})
            rows.append({"case": case.name, "method": "adapted", **after, "minutes": spent})
            print(f"{case.name}: OA {before['oa']:.3f} to {after['oa']:.3f} in {spent} min", flush=True)
    return rows


def table(rows: Sequence[dict[str, Any]]) -> str:
    """Write the rows as Markdown."""
    names = list(rows[0]["f1"])
    head = ["image", "model", "OA", "mIoU", "FWIoU", *(f"F1 {n}" for n in names)]
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    for row in rows:
        f1 = ["-" if row["f1"][n] is None else f"{row['f1'][n]:.3f}" for n in names]
        scores = [f"{row[k]:.3f}" for k in ("oa", "miou", "fwiou")]
        lines.append("| " + " | ".join([row["case"], row["method"], *scores, *f1]) + " |")
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="landcover", help="model of land cover (default: the bundled one)")
    parser.add_argument("--data", type=Path, help="folder of the real imagery")
    parser.add_argument("--cache", type=Path, default=Path("build/scenes"), help="folder for scenes")
    parser.add_argument("--steps", type=int, default=0, help="steps for each image (default: the recipe's)")
    parser.add_argument("--minutes", type=float, default=0.0, help="time limit for each image (default: none)")
    parser.add_argument("--out", type=Path, default=Path("build/evaluation_adaptation"))
    parser.add_argument("--page", type=Path, help="page that takes the table")
    options = parser.parse_args(arguments)
    keep_freed_memory()
    rows = evaluate(options.model, options.cache, options.data, options.steps, options.minutes)
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "evaluation.json").write_text(json.dumps(rows, indent=1) + "\n", "utf-8")
    (options.out / "evaluation.md").write_text(table(rows), "utf-8")
    if options.page:
        put_table("adaptation", table(rows), options.page)
    return 0


def _write(path: Path, image: npt.NDArray[np.float32]) -> None:
    transform = Affine(_GSD_M, 0, 500_000, 0, -_GSD_M, 5_000_000)
    profile = {"driver": "GTiff", "count": len(image), "dtype": "float32", "crs": "EPSG:32633", "transform": transform}
    with rasterio.open(path, "w", **profile, height=image.shape[1], width=image.shape[2], nodata=0) as dataset:
        dataset.write(image)
        dataset.descriptions = ("blue", "green", "red")


if __name__ == "__main__":
    raise SystemExit(main())
