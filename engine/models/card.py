"""What a model says of itself. `ModelCard` is the typed form; `stac` reads and writes it as a STAC MLM item."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from urbangrain.engine.protocol.results import PARCEL_TASK, BandSpec, ClassInfo, ModelInfo


@dataclass(frozen=True)
class Scaling:
    """How pixel values become the network's input: ``(clip(x) - offset) * gain`` per band.

    Attributes
    ----------
    kind : {'fixed', 'percentile'}
        'fixed': ``x * scale``, then ``(x - mean) / std``; all three are per band.
        'percentile': the scene's own percentiles ``low`` and ``high`` of each band become 0 and 1, then
        ``(x - mean) / std``. They are measured once a scene, so that tiling never changes a value.
    clip : (float, float)
        Limits of the result in standard deviations; keeps a glint or a dead detector from dominating a window.
    """

    kind: str
    mean: tuple[float, ...]
    std: tuple[float, ...]
    scale: tuple[float, ...] = ()
    low: float = 2.0
    high: float = 98.0
    clip: tuple[float, float] = (-5.0, 5.0)


@dataclass(frozen=True)
class ModelCard:
    """A model: its network, weights, input and output.

    Attributes
    ----------
    network, network_options
        Name and keyword arguments for `urbangrain.engine.models.networks.build`.
    weights, weights_sha256
        File and its SHA-256 in hexadecimal.
    bands : tuple of BandSpec
        Input bands in order. An optional band that the image lacks enters the network as zeros after scaling.
    classes : tuple of ClassInfo
        Output channel i has the raster value ``classes[i].value``.
    nodata : int
        Value of unmapped pixels in the class raster; never a class's value.
    gsd_min_m, gsd_max_m : float
        Range of ground sampling distances in metres.
    window : int
        Window in pixels that the network was trained with; a multiple of ``stride_multiple``.
    upscale : int
        How many output pixels there are along one input pixel's side.
    margin : int
        Pixels along each side of a window for which the network gives no answer.
    fixed_window : bool
        The network takes windows of this size only.
    assumed : tuple of str
        What a foreign model file did not say and was assumed: 'class_names', 'resolution', 'window'.
    task : str
        One of STAC MLM's: 'semantic-segmentation', 'regression' or 'super-resolution', or 'classification' for a model
        of parcels, whose ``window`` is the side of an image patch.
    values : tuple of str
        Names of the output bands of a model that gives numbers instead of classes; it has no ``classes`` then, and its
        answers are neither probabilities nor bounded.
    limits : tuple of str
        What the model is not good for, in sentences.
    """

    id: str
    title: str
    description: str
    version: str
    path: Path
    network: str
    network_options: Mapping[str, Any]
    weights: Path
    weights_sha256: str
    bands: tuple[BandSpec, ...]
    classes: tuple[ClassInfo, ...]
    nodata: int
    gsd_min_m: float
    gsd_max_m: float
    window: int
    scaling: Scaling
    overlap: float = 0.25
    stride_multiple: int = 32
    upscale: int = 1
    margin: int = 0
    fixed_window: bool = False
    assumed: tuple[str, ...] = ()
    task: str = "semantic-segmentation"
    values: tuple[str, ...] = ()
    licence: str = ""
    limits: tuple[str, ...] = ()
    accuracy: Mapping[str, Any] = field(default_factory=dict)
    training: Mapping[str, Any] = field(default_factory=dict)

    @property
    def channels(self) -> int:
        """Output channels of the network as the pipeline sees them: one a class, or one a band of values."""
        return len(self.values) or len(self.classes)

    @property
    def of_parcels(self) -> bool:
        """Whether the model classifies parcels, where all others map pixels."""
        return self.task == PARCEL_TASK

    @property
    def expects_8bit(self) -> bool:
        """Whether pixel values are divided by 255, so that imagery of another depth does not fit."""
        scale = self.scaling.scale
        return self.scaling.kind == "fixed" and bool(scale) and all(abs(s * 255 - 1) < 1e-6 for s in scale)

    def info(self) -> ModelInfo:
        """Return what a person needs to pick this model."""
        output = int(self.network_options.get("output", 0))
        return ModelInfo(
            id=self.id,
            title=self.title,
            description=self.description,
            path=f"{self.path}#{output + 1}" if output else str(self.path),
            task=self.task,
            classes=self.classes,
            nodata=self.nodata,
            bands=self.bands,
            gsd_min_m=self.gsd_min_m,
            gsd_max_m=self.gsd_max_m,
            window=self.window,
            licence=self.licence,
            limits=self.limits,
            accuracy=dict(self.accuracy),
            size_bytes=self.weights.stat().st_size if self.weights.exists() else 0,
            values=self.values,
        )
