"""What made a map: enough to repeat it."""

from __future__ import annotations

import os
import platform
import sys
from datetime import datetime, timezone
from typing import Any

import rasterio
import torch

from urbangrain.engine import __version__
from urbangrain.engine.models.card import ModelCard
from urbangrain.engine.protocol import MapJob, encode


def provenance(job: MapJob, card: ModelCard, device: str, precision: str, backend: str) -> dict[str, Any]:
    """Model, job, input, software, device and time, as JSON types."""
    about: dict[str, Any] = {
        "model": {
            "id": card.id,
            "title": card.title,
            "version": card.version,
            "weights_sha256": card.weights_sha256,
            **({"training_areas": card.training["areas"]} if card.training.get("areas") else {}),
        },
        "job": encode(job),
        "input": {"path": os.path.abspath(job.image) if os.path.exists(job.image) else job.image},
        "software": {
            "urbangrain": __version__,
            "torch": str(torch.__version__),
            "gdal": rasterio.__gdal_version__,
            "python": platform.python_version(),
            "platform": sys.platform,
        },
        "device": device,
        "precision": precision,
        "backend": backend,
        "time": datetime.now(timezone.utc).isoformat(timespec="seconds"),
    }
    if os.path.exists(job.image):
        status = os.stat(job.image)
        modified = datetime.fromtimestamp(status.st_mtime, timezone.utc).isoformat(timespec="seconds")
        about["input"].update(bytes=status.st_size, modified=modified)
    return about
