"""The same network on the same raster by other people's loops: MONAI's, TorchGeo's, the one-window loop of plugins.

Everyone reads the raster from disk and leaves a class raster on disk; everyone has the network loaded, the same window,
overlap, precision and threads, and no flips. Differences of the loops remain: MONAI holds the whole array; TorchGeo's
samplers give windows by their place on the ground, read and scaled in two loader processes, and leave putting them
together to their user, here without blending; the plugins' loop (as Deepness does it) predicts one window after the
other and keeps the middle of each, half the overlap cut off.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import rasterio
import torch

from urbangrain.engine import jobs
from urbangrain.engine.inference.backends import TorchBackend, first_batch
from urbangrain.engine.inference.settings import settings_of
from urbangrain.engine.memory import keep_freed_memory
from urbangrain.engine.models.card import ModelCard
from urbangrain.engine.models.load import warm_network
from urbangrain.engine.models.registry import resolve
from urbangrain.engine.protocol import MapJob
from urbangrain.engine.raster.scaling import percentile_affine

HEADER = ("loop", "seconds", "Mpx/s", "same class as ours")

Loop = Callable[[Path, Path, ModelCard, TorchBackend, int, int], None]


def measure(image: Path, folder: Path) -> list[tuple[str, ...]]:
    """Return a row for each loop that can be run here."""
    keep_freed_memory()  # for everyone: otherwise the peers would pay for glibc giving pages back
    card = resolve("landcover")
    job = MapJob(str(image), "landcover", str(folder / "ours.tif"), flips="none", overwrite=True, backend="torch")
    settings = settings_of(job, card)
    jobs.run(job)  # both warm
    began = time.perf_counter()
    jobs.run(job)
    ours = time.perf_counter() - began
    with rasterio.open(job.out) as dataset:
        reference = dataset.read(1)
    pixels = reference.size / 1e6
    rows = [("UrbanGrain", f"{ours:.1f}", f"{pixels / ours:.2f}", "-")]
    backend = TorchBackend(warm_network(card), len(card.classes))
    loops: list[tuple[str, Loop]] = [("one window at a time, centre kept (as Deepness)", one_by_one)]
    try:
        import monai

        loops.append((f"MONAI {monai.__version__} sliding_window_inference", whole_array))
    except ImportError:
        rows.append(("MONAI: not installed", "", "", ""))
    try:
        import torchgeo

        loops.append((f"TorchGeo {torchgeo.__version__} GridGeoSampler", grid_sampler))
    except ImportError:
        rows.append(("TorchGeo: not installed", "", "", ""))
    for name, loop in loops:
        out = folder / "theirs.tif"
        began = time.perf_counter()
        loop(image, out, card, backend, settings.window, settings.overlap)
        spent = time.perf_counter() - began
        with rasterio.open(out) as dataset:
            same = float((dataset.read(1) == reference).mean())
        rows.append((name, f"{spent:.1f}", f"{pixels / spent:.2f}", f"{same:.4f}"))
    backend.close()
    return rows


def one_by_one(image: Path, out: Path, card: ModelCard, backend: TorchBackend, window: int, overlap: int) -> None:
    """Predict window after window; the middle of each goes to the result."""
    affine = _scaling(image, card)
    stride, half = window - overlap, overlap // 2
    with rasterio.open(image) as source:
        classes = np.zeros(source.shape, np.uint8)
        for top in _starts(source.height, window, stride):
            for left in _starts(source.width, window, stride):
                part = source.read(window=rasterio.windows.Window(left, top, window, window))
                scores = backend.predict(torch.from_numpy(affine(part.astype(np.float32)))[None])[0]
                found = scores.argmax(dim=0).numpy().astype(np.uint8) + 1
                first_row, first_column = (half if top else 0), (half if left else 0)
                classes[top + first_row : top + window, left + first_column : left + window] = found[
                    first_row:, first_column:
                ]
        _write(out, classes, source.profile)


def whole_array(image: Path, out: Path, card: ModelCard, backend: TorchBackend, window: int, overlap: int) -> None:
    """Blend with MONAI's Gaussian weights over the whole array, in the batches that the map job uses."""
    from monai.inferers import sliding_window_inference

    affine = _scaling(image, card)
    with rasterio.open(image) as source:
        scaled = torch.from_numpy(affine(source.read().astype(np.float32)))[None]
        batch = first_batch(backend.device, window, len(card.bands), len(card.classes))
        with torch.inference_mode():
            scores = sliding_window_inference(
                scaled, (window, window), batch, backend.predict, overlap=overlap / window, mode="gaussian"
            )
        _write(out, scores[0].argmax(dim=0).numpy().astype(np.uint8) + 1, source.profile)


def grid_sampler(image: Path, out: Path, card: ModelCard, backend: TorchBackend, window: int, overlap: int) -> None:
    """Loop over TorchGeo's grid of windows as its tutorials do; later windows are laid over earlier ones."""
    from torch.utils.data import DataLoader
    from torchgeo.datasets import RasterDataset, stack_samples
    from torchgeo.samplers import GridGeoSampler

    affine = _scaling(image, card)

    class Scaled(RasterDataset):  # type: ignore[misc]
        filename_glob = image.name
        is_image = True

    def scale(sample: dict[str, Any]) -> dict[str, Any]:
        sample["image"] = torch.from_numpy(affine(sample["image"].numpy()))
        return sample

    dataset = Scaled(image.parent, transforms=scale)
    sampler = GridGeoSampler(dataset, size=window, stride=window - overlap)
    loader = DataLoader(dataset, sampler=sampler, batch_size=1, num_workers=2, collate_fn=stack_samples)
    with rasterio.open(image) as source:
        classes = np.zeros(source.shape, np.uint8)
        transform = ~source.transform
        for batch in loader:
            scores = backend.predict(batch["image"])[0]
            left, top = _corner(batch, transform)
            found = scores.argmax(dim=0).numpy().astype(np.uint8) + 1
            rows = slice(max(0, top), min(top + window, source.height))
            columns = slice(max(0, left), min(left + window, source.width))
            seen = found[rows.start - top : rows.stop - top]
            classes[rows, columns] = seen[:, columns.start - left : columns.stop - left]
        _write(out, classes, source.profile)


def _corner(batch: dict[str, Any], transform: Any) -> tuple[int, int]:
    """Column and row of a window's upper left corner; windows at the rim reach outside."""
    bounds = batch["bounds"][0]  # slices of x, y and time
    column, row = transform * (bounds[0].start, bounds[1].stop)
    return round(column), round(row)


def _scaling(image: Path, card: ModelCard) -> Callable[[npt.NDArray[np.float32]], npt.NDArray[np.float32]]:
    """Measure the percentiles on a part of the image, as their users would."""
    with rasterio.open(image) as source:
        sample = source.read(out_shape=(source.count, 512, 512))
    return percentile_affine([band.ravel() for band in sample], card.scaling)


def _starts(length: int, window: int, stride: int) -> list[int]:
    return sorted({*range(0, length - window, stride), length - window})


def _write(path: Path, classes: npt.NDArray[np.uint8], profile: dict[str, object]) -> None:
    with rasterio.open(path, "w", **{**profile, "count": 1, "dtype": "uint8"}) as dataset:
        dataset.write(classes, 1)
