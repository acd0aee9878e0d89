"""How windows are laid and predicted; free of heavy imports, so that the pre-flight check is quick."""

from __future__ import annotations

from dataclasses import dataclass

from urbangrain.engine.models.card import ModelCard
from urbangrain.engine.protocol import InspectJob, MapJob

FLIP_COUNT = {"none": 1, "4": 4, "8": 8}

ONE_SCORE = frozenset({"stsr_seg", "bicubic_unet"})
"""Networks whose two classes are one score and its complement: where windows are blended by the largest probability,
the score's alone decides (CBRA paper, section 4.4)."""


@dataclass(frozen=True)
class Settings:
    """How windows are laid, predicted and blended.

    ``overlap`` is in pixels. ``batch`` 0 chooses. ``rows`` is how many rows of windows are computed at once (0 chooses:
    as many as fill a batch); neither changes the result. ``margin`` is how many pixels of each side of a window the
    network does not answer for; ``threshold`` and ``binary`` are those of `decide`. ``values`` says that the network
    gives numbers, of which no class is chosen; the blending 'max' is for probabilities only.
    """

    window: int
    overlap: int
    blend: str = "gaussian"
    flips: str = "4"
    batch: int = 0
    rows: int = 0
    margin: int = 0
    threshold: float = 0.0
    binary: bool = False
    values: bool = False

    def __post_init__(self) -> None:
        if self.values and self.blend == "max":
            raise ValueError("the largest of several numbers is no better than the others")

    @property
    def passes(self) -> float:
        """How often the network sees a pixel: by overlap and flips."""
        return (self.window / (self.window - self.overlap)) ** 2 * FLIP_COUNT[self.flips]


def settings_of(job: MapJob | InspectJob, card: ModelCard) -> Settings:
    """Return a job's settings; window 0 takes the card's, and windows are multiples of the network's stride."""
    multiple = card.stride_multiple
    window = max(multiple, -(-(job.window or card.window) // multiple) * multiple)
    if card.fixed_window:
        window = card.window
    # Neighbours cover what a window with a margin leaves open.
    overlap = max(2 * card.margin, min(window - 1, round(window * job.overlap)))
    if isinstance(job, InspectJob):
        return Settings(window, overlap, flips=job.flips)
    options = card.network_options
    return Settings(
        window,
        overlap,
        job.blend,
        job.flips,
        job.batch,
        margin=card.margin,
        threshold=float(options.get("threshold", 0.0)),
        binary=options.get("form") == "score" or card.network in ONE_SCORE,
        values=bool(card.values),
    )
