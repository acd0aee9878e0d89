"""Measure a rooftop model: ``python -m urbangrain.engine.release.evaluate_rooftops --model DIR --cache DIR --out DIR``.

Demo cities of seeds never trained on, each of their years written to disk and mapped by the map job with its defaults.
Scores are those of CBRA, Table 2, also with the reference widened by 1 and 2 pixels (Table 5), after the mask of
built-up land and after the check of successive years (section 4.4). Writes ``evaluation.json`` and ``evaluation.md``.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import rasterio
from affine import Affine
from scipy.ndimage import distance_transform_edt, gaussian_filter
from scipy.special import expit, logit

from urbangrain.engine import jobs
from urbangrain.engine.accuracy.confusion import confusion_matrix
from urbangrain.engine.memory import keep_freed_memory
from urbangrain.engine.models.registry import resolve
from urbangrain.engine.postprocess.built_mask import THRESHOLD, keep_built, resize_bilinear
from urbangrain.engine.postprocess.homogeneity import check_years
from urbangrain.engine.postprocess.rooftop_changes import NODATA, OTHER, ROOFTOP
from urbangrain.engine.protocol import MapJob
from urbangrain.engine.release.rooftop_forest import RooftopForest
from urbangrain.engine.training.rooftop_scenes import UPSCALE, RooftopScene, cached_years
from urbangrain.engine.training.rooftops import RooftopConfig, scores

TEST_SEED = 795_000
"""First seed of the test cities; neither training (700,000 on) nor validation (790,000 on) comes near it."""

BUFFERS = (0, 1, 2)
STEPS = ("as mapped", "built-up mask", "check of years", "mask and check")

_BLUR_PX, _ERROR_STD, _ERROR_PX = 2.5, 1.0, 3.0

Map = npt.NDArray[np.uint8]
"""Class values of a year [4 h, 4 w]: 0, 255, or 1 without data."""
Mapper = Callable[[RooftopScene], list[Map]]


@dataclass(frozen=True)
class City:
    """A test city, and the probability of built-up land [h, w] that a product like Dynamic World gives for it."""

    seed: int
    scene: RooftopScene
    built: npt.NDArray[np.float32]


def built_probability(built: npt.NDArray[np.uint8], seed: int) -> npt.NDArray[np.float32]:
    """Blur and disturb a layer of built-up land until it is as imprecise as Dynamic World.

    Edges are blurred by 25 m (its mapping unit is 50 m: Brown et al. 2022), and errors that are alike over some 30 m
    are added to the logit, so strong that about 83 % of pixels are on the right side of 0.5: the accuracy of built-up
    areas in global 10 m maps (Venter et al. 2022). What really comes out is measured (`mask_quality`).

    Parameters
    ----------
    built : ndarray uint8 [h, w]
        1 built up, 0 elsewhere, at 10 m.
    seed : int

    Returns
    -------
    float32 [h, w]
        In 0 to 1.
    """
    smooth = np.clip(gaussian_filter(built.astype(np.float64), _BLUR_PX), 0.05, 0.95)
    error = gaussian_filter(np.random.default_rng(seed).standard_normal(built.shape), _ERROR_PX)
    return np.asarray(expit(logit(smooth) + _ERROR_STD * error / error.std()), np.float32)


def mask_quality(cities: Sequence[City]) -> dict[str, float]:
    """Return how far the mask is right at 0.5, and which share of rooftops (last year) it keeps at its threshold."""
    right = np.concatenate([((c.built > 0.5) == (c.scene.built > 0)).ravel() for c in cities])
    kept = [resize_bilinear(c.built, c.scene.rooftops.shape[1:])[c.scene.rooftops[-1] > 0] >= THRESHOLD for c in cities]
    return {"agreement": round(float(right.mean()), 4), "rooftops_kept": round(float(np.concatenate(kept).mean()), 4)}


def mapped_by(model: str) -> Mapper:
    """Return what maps each year of a city with the map job and its defaults."""
    return lambda scene: [map_image(image, model) for image in scene.images]


def map_image(image: npt.NDArray[np.uint16], model: str) -> Map:
    """Write an image [4, h, w] at 10 m, and map it."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "image.tif", Path(folder) / "rooftops.tif"
        transform = Affine(10, 0, 500_000, 0, -10, 5_000_000)
        with rasterio.open(
            source, "w", driver="GTiff", count=4, dtype="uint16", crs="EPSG:32633", transform=transform, nodata=0,
            height=image.shape[1], width=image.shape[2],
        ) as dataset:  # fmt: skip
            dataset.write(image)
        jobs.run(MapJob(str(source), model, str(target), bands=(1, 2, 3, 4)))
        with rasterio.open(target) as dataset:
            return np.asarray(dataset.read(1))


def mapped_by_forest(forest: RooftopForest) -> Mapper:
    """Return what maps each year of a city with the forest."""
    return lambda scene: [
        np.where(forest.predict(image) > 0, ROOFTOP, OTHER).astype(np.uint8) for image in scene.images
    ]


def processed(maps: list[Map], city: City) -> dict[str, list[Map]]:
    """Return the maps of successive years after each of `STEPS`; the mask comes before the check, as in section 4.4."""
    masked = [keep_built(year, city.built, ROOFTOP, OTHER) for year in maps]
    made = (maps, masked, check_years(maps, NODATA), check_years(masked, NODATA))
    return dict(zip(STEPS, made))


def widened(rooftops: npt.NDArray[np.uint8], pixels: int) -> npt.NDArray[np.uint8]:
    """Return rooftops (1) with all within so many pixels of them (CBRA, Table 5)."""
    if not pixels or not rooftops.any():
        return rooftops
    return (distance_transform_edt(rooftops == 0) <= pixels).astype(np.uint8)


def counts(maps: Sequence[Map], scene: RooftopScene, pixels: int) -> npt.NDArray[np.int64]:
    """Confusion matrix (rows = map, columns = reference; other, rooftop) over all years."""
    matrix = np.zeros((2, 2), np.int64)
    for year, truth in zip(maps, scene.rooftops):
        known = year != NODATA
        matrix += confusion_matrix((year == ROOFTOP)[known].astype(np.uint8), widened(truth, pixels)[known], 2)
    return matrix


def vanished(maps: Sequence[Map]) -> tuple[int, int]:
    """Return the rooftop pixels that are none in the next year, and all that have a next year.

    Nothing is torn down in the demo cities: each of the first is an error.
    """
    roofs = [year == ROOFTOP for year in maps]
    gone = sum(int((before & ~after).sum()) for before, after in zip(roofs, roofs[1:]))
    return gone, sum(int(year.sum()) for year in roofs[:-1])


def measure(method: str, mapper: Mapper, cities: Sequence[City]) -> list[dict[str, Any]]:
    """Map every year of every city; returns a row for each of `STEPS`."""
    matrices = {(step, b): np.zeros((2, 2), np.int64) for step in STEPS for b in BUFFERS}
    lost = dict.fromkeys(STEPS, (0, 0))
    for city in cities:
        for step, maps in processed(mapper(city.scene), city).items():
            for b in BUFFERS:
                matrices[step, b] += counts(maps, city.scene, b)
            gone, before = vanished(maps)
            lost[step] = (lost[step][0] + gone, lost[step][1] + before)
    return [row(method, step, {b: matrices[step, b] for b in BUFFERS}, *lost[step]) for step in STEPS]


def row(method: str, step: str, matrices: dict[int, npt.NDArray[np.int64]], gone: int, before: int) -> dict[str, Any]:
    """Return a row of the table; the matrices are by the pixels that the reference was widened by."""
    found = {k: _rounded(v) for k, v in scores(matrices[0]).items()}
    print(f"{method:<32} {step:<16} IoU {found['iou']}  F1 {found['f1']}  OA {found['oa']}", flush=True)
    return {
        "method": method,
        "step": step,
        **found,
        "widened": {str(b): {k: _rounded(v) for k, v in scores(matrices[b]).items()} for b in BUFFERS if b},
        "vanished": _rounded(gone / before) if before else None,
        "pixels": int(matrices[0].sum()),
        "matrices": {str(b): matrices[b].tolist() for b in BUFFERS},
    }


def leipzig(data: Path, model: str) -> dict[str, float]:
    """Return the mean share of rooftops within 15 m of the labelled points of a real image, by their class.

    A weak check: the points tell land cover, not rooftops.
    """
    folder = data / "leipzig_sentinel2"
    with tempfile.TemporaryDirectory() as work:
        target = Path(work) / "rooftops.tif"
        jobs.run(MapJob(str(folder / "leipzig_s2_10m.tif"), model, str(target), bands=(1, 2, 3, 6)))
        with rasterio.open(target) as dataset:
            mapped, to_pixel = dataset.read(1), ~dataset.transform
    points = gpd.read_file(folder / "leipzig_landcover_points.gpkg")
    reach, shares = round(15 / (10 / UPSCALE)), {}
    for name, group in points.groupby("land_cover"):
        each = []
        for point in group.geometry:
            column, line = (int(v) for v in to_pixel * (point.x, point.y))
            part = mapped[max(0, line - reach) : line + reach, max(0, column - reach) : column + reach]
            each.append(float((part[part != NODATA] == ROOFTOP).mean()))
        shares[str(name)] = round(float(np.nanmean(each)), 4)
    return shares


def table(found: dict[str, Any]) -> str:
    """Return the measurement as Markdown: the scores, how precise the mask is, and the real image."""
    head = ["method", "steps after mapping", "IoU", "F1", "precision", "recall", "OA"]
    head += [f"{score} +{b} px" for b in BUFFERS if b for score in ("IoU", "F1")]
    lines = [_line([*head, "vanished a year"]), "|" + "---|" * (len(head) + 1)]
    for r in found["rows"]:
        values = [r[k] for k in ("iou", "f1", "precision", "recall", "oa")]
        values += [r["widened"][str(b)][k] for b in BUFFERS if b for k in ("iou", "f1")]
        lines.append(_line([r["method"], r["step"], *map(_figure, [*values, r["vanished"]])]))
    mask = found["mask"]
    lines += [
        "",
        f"{found['cities']} cities of seeds from {TEST_SEED:,}, {found['rows'][0]['pixels']:,} pixels of 2.5 m over "
        "all years. "
        f"The mask of built-up land is right for {100 * mask['agreement']:.0f} % of pixels at 0.5, and keeps "
        f"{100 * mask['rooftops_kept']:.0f} % of rooftops at {THRESHOLD}.",
    ]
    if found["leipzig"]:
        names = list(next(iter(found["leipzig"].values())))
        lines += ["", _line(["share of rooftops at points of Leipzig", *names]), "|" + "---|" * (len(names) + 1)]
        lines += [_line([method, *(_figure(v[n]) for n in names)]) for method, v in found["leipzig"].items()]
    return "\n".join(lines) + "\n"


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _figure(value: float | None) -> str:
    return "-" if value is None or np.isnan(value) else f"{value:.3f}"


def _rounded(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), 4)


def evaluate(
    models: Sequence[str], cache: Path, data: Path | None, count: int, forest_cities: int, size_m: int
) -> dict[str, Any]:
    """Measure models, the first being the one that is published, and a random forest.

    Parameters
    ----------
    models : sequence of str
        Ids or folders; their cards say in ``training`` by which method each was made.
    cache : Path
        Folder of the cities.
    data : Path or None
        Folder of the real imagery.
    count, forest_cities : int
        Test cities, and training cities for the forest (0: no forest).
    size_m : int
        Side of a city's window in metres.
    """
    cities = []
    for seed in range(TEST_SEED, TEST_SEED + count):
        scene = cached_years(cache, seed, size_m)
        cities.append(City(seed, scene, built_probability(scene.built, seed)))
    rows, real = [], {}
    for model in models:
        card = resolve(model)
        method = str(card.training.get("method") or card.title)
        rows += measure(method, mapped_by(model), cities)
        if data and (data / "leipzig_sentinel2").exists():
            real[method] = leipzig(data, model)
    if forest_cities:
        first = RooftopConfig().first_seed
        known = [cached_years(cache, seed, size_m) for seed in range(first, first + forest_cities)]
        forest = RooftopForest().fit(known, np.random.default_rng(0))
        rows += measure(forest.name, mapped_by_forest(forest), cities)
    return {"cities": count, "mask": mask_quality(cities), "rows": rows, "leipzig": real}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="rooftops", help="model id or folder (default: the bundled one)")
    parser.add_argument("--beside", nargs="*", default=[], metavar="DIR", help="folders of models to compare it with")
    parser.add_argument("--data", type=Path, help="folder of the real imagery")
    parser.add_argument("--cache", type=Path, default=Path("build/years"), help="folder for cities")
    parser.add_argument("--out", type=Path, default=Path("build/evaluation_rooftops"), help="folder for the tables")
    parser.add_argument("--cities", type=int, default=6, help="test cities (default: 6)")
    parser.add_argument("--forest-cities", type=int, default=40, help="cities that teach the forest (0: no forest)")
    parser.add_argument("--size", type=int, default=RooftopConfig().size_m, help="side of a city in metres")
    options = parser.parse_args(arguments)
    keep_freed_memory()
    found = evaluate(
        [options.model, *options.beside],
        options.cache,
        options.data,
        options.cities,
        options.forest_cities,
        options.size,
    )
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "evaluation.json").write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    (options.out / "evaluation.md").write_text(table(found), "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
