"""How much of the network's own speed arrives: the map's rate over the rate of the same batches, already in memory.

Forward: windows of noise in the batches that the map job uses, already on the device, through the same network; a flip
is one more such batch, and what flipping itself costs counts against the map. Map: ``rate_px_s`` of the map job
(reading, scaling, blending, deciding, writing), times how often the network sees a pixel. The forward rate is taken
before and after the map and averaged, so that both see the same machine.
"""

from __future__ import annotations

from pathlib import Path

import rasterio

from urbangrain.engine import jobs
from urbangrain.engine.inference import trial
from urbangrain.engine.inference.backends import TorchBackend, first_batch
from urbangrain.engine.inference.settings import FLIP_COUNT, Settings, settings_of
from urbangrain.engine.inference.windows import Axis
from urbangrain.engine.models.load import warm_network
from urbangrain.engine.models.registry import resolve
from urbangrain.engine.protocol import MapJob

TRIAL_S = 10.0

HEADER = ("backend", "precision", "flips", "forward, Mpx/s", "map x passes, Mpx/s", "efficiency")


def measure(image: Path, folder: Path, precisions: tuple[str, ...] = ("auto",)) -> list[tuple[str, ...]]:
    """Return a row for each precision and number of flips."""
    card = resolve("landcover")
    rows = []
    for precision in precisions:
        for flips in ("none", "4"):
            job = MapJob(
                str(image), "landcover", str(folder / "classes.tif"),
                precision=precision, flips=flips, overwrite=True, backend="torch",
            )  # fmt: skip
            settings = settings_of(job, card)
            bands, classes = len(card.bands), len(card.classes)
            backend = TorchBackend(warm_network(card), classes, precision=precision)
            batch = first_batch(backend.device, settings.window, bands, classes)
            before = trial.rate(backend, bands, settings.window, batch, seconds=TRIAL_S)
            result = jobs.run(job)
            after = trial.rate(backend, bands, settings.window, batch, seconds=TRIAL_S)
            backend.close()
            forward, mapped = (before + after) / 2, result.rate_px_s * _passes(image, settings)
            rows.append(
                ("torch", result.precision, flips, f"{forward / 1e6:.2f}", f"{mapped / 1e6:.2f}",
                 f"{mapped / forward:.2f}")
            )  # fmt: skip
    return rows


def _passes(image: Path, settings: Settings) -> float:
    """How often the network sees a pixel of this very image: windows laid, their area over the image's."""
    with rasterio.open(image) as dataset:
        height, width = dataset.shape
    laid = len(Axis(height, settings.window, settings.overlap).starts()) * len(
        Axis(width, settings.window, settings.overlap).starts()
    )
    return laid * settings.window**2 * FLIP_COUNT[settings.flips] / (height * width)
