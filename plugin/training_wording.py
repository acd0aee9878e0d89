"""What a training says of itself, in words: the same in the dock and in Processing."""

from __future__ import annotations

import math
from typing import List, Optional, Sequence

from urbangrain.engine.protocol import TrainPoint, TrainResult

from . import wording
from .i18n import tr


def point_text(point: TrainPoint) -> List[str]:
    """Return a point of the curves as short phrases; what is not known is left out."""
    parts = [tr("step {count}").format(count=wording.number(point.step))]
    parts.append(tr("epoch {number}").format(number=wording.number(point.epoch, 1)))
    parts.append(wording.duration(60 * point.minutes))
    if math.isfinite(point.loss):
        parts.append(tr("loss {value}").format(value=wording.number(point.loss, 3)))
    if math.isfinite(point.overall_accuracy):
        parts.append(tr("OA {value}").format(value=wording.number(point.overall_accuracy, 3)))
    if math.isfinite(point.mean_iou):
        parts.append(tr("mIoU {value}").format(value=wording.number(point.mean_iou, 3)))
    if point.best:
        parts.append(tr("best so far"))
    return parts


def f1_text(point: TrainPoint) -> str:
    """Return the F1 of each class; empty where nothing was validated."""
    scores = [f"{wording.name(name)} {wording.number(value, 2)}" for name, value in point.f1.items()]
    return tr("F1: {scores}").format(scores=", ".join(scores)) if scores else ""


def first_look(points: Sequence[TrainPoint]) -> Optional[TrainPoint]:
    """Return the point that says how good the model was before the first step, if that was measured."""
    return next((p for p in points if p.step == 0 and math.isfinite(p.overall_accuracy)), None)


def kept_point(points: Sequence[TrainPoint]) -> Optional[TrainPoint]:
    """Return the point whose weights became the model: the best one, or the last where none is called that."""
    best = [p for p in points if p.best]
    return (best or list(points) or [None])[-1]


def made(result: TrainResult) -> str:
    """Return what was made, how long it took and on which device."""
    return tr("Made the model {title} in {time} on {device}, from {tiles} tiles.").format(
        title=result.model.title,
        time=wording.duration(result.seconds),
        device=wording.device(result.device),
        tiles=wording.number(result.train_tiles),
    )


def gain(result: TrainResult, adapted: bool) -> str:
    """Return accuracy before and after; empty where it is not known.

    Parameters
    ----------
    result : TrainResult
    adapted : bool
        The model was fitted to images without labels: what was measured is how well it still knows the labelled ones.
    """
    before, after = first_look(result.points), kept_point(result.points)
    if after is None or not math.isfinite(after.overall_accuracy):
        return ""
    values = {"after": wording.number(after.overall_accuracy, 3), "iou_after": wording.number(after.mean_iou, 3)}
    if before is None:
        return tr("Validation: OA {after}, mIoU {iou_after}.").format(**values)
    values.update(
        before=wording.number(before.overall_accuracy, 3), iou_before=wording.number(before.mean_iou, 3)
    )  # fmt: skip
    if adapted:
        text = tr(
            "On the labelled images: OA {before} before, {after} after; mIoU {iou_before} before, {iou_after} after."
        )
    else:
        text = tr("Validation: OA {before} before, {after} after; mIoU {iou_before} before, {iou_after} after.")
    return text.format(**values)
