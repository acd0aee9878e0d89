"""The fake worker with trainings: points of curves, a model's folder, and stop-and-keep.

``FAKE_MODE`` 'forgetful' has nothing to keep when it is stopped, 'dying' crashes in the middle; 'failing' fails.
"""

from __future__ import annotations

import json
import os
import time
from dataclasses import replace

import fake_worker
from fake_worker import MODE, STEP_S, Stopped, cancelled, say

from urbangrain.engine.protocol import (
    BandSpec,
    ClassInfo,
    ModelsResult,
    Progress,
    Remark,
    TrainingPoint,
    TrainPoint,
    TrainResult,
)

STEPS = 12
ROOFS = replace(
    fake_worker.MODEL, id="roofs", title="Roofs", path="/models/roofs/card.json",
    classes=(ClassInfo(1, "roof", "#d7301f"), ClassInfo(2, "rest", "#8c8c8c")), bands=(BandSpec("red"),),
)  # fmt: skip
"""A model with other classes than demo cities have."""
NUMBERS = replace(fake_worker.VALUES["depth"], id="depth", title="Depth", path="/models/depth/card.json")
ordinary = fake_worker.answer


def accuracy(step: int) -> float:
    """0.6 before, best (0.84) at step 8, then worse."""
    return 0.6 + 0.03 * min(step, 8) - 0.02 * max(0, step - 8)


def point(step: int) -> TrainPoint:
    loss = float("nan") if step == 0 else 1.0 / step
    oa = accuracy(step)
    f1 = {"water": oa, "tree": oa / 2}
    return TrainPoint(step, step / 4, step / 60, 1e-4, loss, oa, oa - 0.2, f1, step <= 8)


def train(identifier: str, job) -> TrainResult:
    points = []
    say(Progress(identifier, "tiles", 0.1))
    for step in range(STEPS + 1):
        if identifier in cancelled:
            if MODE == "forgetful":
                raise Stopped
            time.sleep(3 * STEP_S)  # the step is finished, the model saved
            break
        if MODE == "dying" and step == 4 and not getattr(job, "resume", False):
            os._exit(3)
        if MODE == "failing" and step == 2:
            raise RuntimeError("the labels are on the moon")
        points.append(point(step))
        say(TrainingPoint(identifier, points[-1]))
        say(Progress(identifier, "train", 0.15 + 0.8 * step / STEPS, step, STEPS, 0.0, (STEPS - step) * STEP_S))
        time.sleep(STEP_S)
    stopped = identifier in cancelled
    os.makedirs(job.out)
    card = os.path.join(job.out, "card.json")
    info = replace(fake_worker.MODEL, id=os.path.basename(job.out), title=job.title, path=card)
    with open(card, "w", encoding="utf-8") as file:
        json.dump({"title": info.title}, file)
    curves = os.path.join(job.out, "curves.csv")
    remarks = [Remark("train.absent_classes", {"classes": "water, tree"}, "warning")]
    if stopped:
        remarks.append(Remark("train.stopped"))
    return TrainResult(info, job.out, curves, tuple(points), stopped, 65.0, "cpu", "fp32", 8, 3, {}, {}, tuple(remarks))


def made_in(folder: str):
    """Models that `train` made in a folder."""
    for name in sorted(os.listdir(folder)):
        card = os.path.join(folder, name, "card.json")
        if os.path.isfile(card):
            with open(card, encoding="utf-8") as file:
                yield replace(fake_worker.MODEL, id=name, title=json.load(file)["title"], path=card)


def answer(identifier: str, job):
    if job.kind in ("train", "adapt"):
        return train(identifier, job)
    if job.kind == "models":
        own = []
        for place in job.folders:
            if os.path.isdir(place):
                own += made_in(place)
            elif place.endswith(".onnx"):
                own.append(fake_worker.own_model(place))
            else:
                own += [one for one in made_in(os.path.dirname(os.path.dirname(place))) if one.path == place]
        return ModelsResult((fake_worker.MODEL, ROOFS, NUMBERS, *own))
    return ordinary(identifier, job)


if __name__ == "__main__":
    fake_worker.answer = answer
    fake_worker.main()
