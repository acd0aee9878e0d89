"""The adapt job: a model and images without labels in, the model fitted to them out (UGS-1m, section 3.3.2).

`run` reads as the recipe. With ``by_region`` each target is a round that starts from the last one's weights (UBGG-3m).
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

import torch

from urbangrain.engine import __version__
from urbangrain.engine.context import JobContext
from urbangrain.engine.errors import JobCancelled, UrbanGrainError
from urbangrain.engine.inference.backends import choose_device, choose_precision, describe_device
from urbangrain.engine.models.card import ModelCard
from urbangrain.engine.models.load import load_network
from urbangrain.engine.models.registry import CARD_NAME
from urbangrain.engine.models.save import save_model
from urbangrain.engine.protocol import AdaptJob, TrainPoint, TrainResult, encode
from urbangrain.engine.raster.outputs import FileLock
from urbangrain.engine.raster.source import gdal_settings
from urbangrain.engine.training.adaptation import AdaptationRecipe, Adapter
from urbangrain.engine.training.curves import Curves
from urbangrain.engine.training.objectives.choose import objective_for
from urbangrain.engine.training.store import TileStore, write_store
from urbangrain.engine.training.targets import cut_targets, demo_store

from .train_model import WORK, fitting_tile, keep_curves, model_folder, tidy, trainable

TILE = 256


def run(job: AdaptJob, context: JobContext) -> TrainResult:
    """Adapt a model.

    A stop that is asked for while the network learns ends the adaptation and keeps the weights as they are then: there
    are no labels to say which were the best.

    Raises
    ------
    UrbanGrainError
        What a person can mend; a model that was in the folder is as it was.
    JobCancelled
        Stopped before the network learnt anything; nothing is left.
    """
    began = time.monotonic()
    context.progress("open", 0.0)
    base = trainable(job.model)
    device = choose_device(job.device)
    precision = choose_precision(job.precision, device)
    precision = "fp32" if precision == "fp16" else precision  # two losses leave no room for a loss scale
    if job.threads:
        torch.set_num_threads(job.threads)
    folder = model_folder(job.out, job.overwrite)
    lock = FileLock(folder / CARD_NAME)
    work = folder / WORK
    try:
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir()
        with gdal_settings():
            result = _adapt(job, base, device, precision, context)
    finally:
        tidy(work, folder)
        lock.release()
    return replace(result, seconds=time.monotonic() - began, remarks=tuple(context.remarks))


def _adapt(job: AdaptJob, base: ModelCard, device: torch.device, precision: str, context: JobContext) -> TrainResult:
    folder = model_folder(job.out, True)
    work = folder / WORK
    recipe = AdaptationRecipe()
    recipe = replace(
        recipe,
        batch=job.batch or recipe.batch,
        steps=job.steps or recipe.steps,
        learning_rate=job.learning_rate or recipe.learning_rate,
    )
    side = fitting_tile(job.tile or min(TILE, base.window), base.stride_multiple)
    network = load_network(base).requires_grad_(True).to(device)
    rounds = [(target,) for target in job.targets] if job.by_region else [tuple(job.targets)]
    source: TileStore | None = None
    step = 0
    with Curves(work, tuple(c.name for c in base.classes)) as curves:

        def on_point(point: TrainPoint) -> None:
            curves.add(point)
            context.on_point(point)

        for number, images in enumerate(rounds):
            targets, gsd = cut_targets(
                work / f"targets_{number}.npy", images, job.target_bands, base, side, job.seed, context
            )
            source = source or _source(job, base, side, gsd, context)
            if not len(source.training_tiles()):
                raise UrbanGrainError("train.no_labels", path=job.sources[0].reference)
            objective, classes = objective_for(base.network), len(base.classes)
            adapter = Adapter(network, objective, source, targets, classes, recipe, device, precision, job.seed)

            def on_share(share: float, left: float, number: int = number) -> None:
                whole = (number + share) / len(rounds)
                context.report("adapt", 0.15 + 0.8 * whole, number, len(rounds), 0.0, left)

            step += adapter.run(job.minutes / len(rounds), step, context, on_point, on_share)
            if context.cancelled.is_set():
                break
        points = tuple(curves.points)
    stopped = context.cancelled.is_set()
    if stopped and not step:
        raise JobCancelled
    if stopped:
        context.remark("adapt.stopped")
    _remark_on_source(points, context)
    context.report("save", 0.97)
    assert source is not None
    about = _about(job, base, recipe, source, points, describe_device(device))
    title = job.title or f"{base.title}, adapted"
    card = replace(
        base, id=folder.name, title=title, path=folder / CARD_NAME, version=__version__, training=about, accuracy={}
    )  # no labels of the target: how accurate it is there is not known
    made = save_model(card, network.state_dict())
    keep_curves(work, folder)
    return TrainResult(
        model=made.info(),
        folder=str(folder),
        curves=str(folder / "curves.csv"),
        points=points,
        stopped=stopped,
        seconds=0.0,
        device=describe_device(device),
        precision=precision,
        train_tiles=len(source.training_tiles()),
        validation_tiles=len(source.validation_tiles()),
        train_px=source.pixels(source.train),
        validation_px=source.pixels(source.validation),
    )


def _source(job: AdaptJob, base: ModelCard, side: int, gsd: float, context: JobContext) -> TileStore:
    """Return labelled tiles of the kind that the model knows: the job's own, or demo cities."""
    if not job.sources:
        context.remark("adapt.demo_source")
        return demo_store(base, side, gsd, job.seed, context)
    work = model_folder(job.out, True) / WORK
    return write_store(work, job.sources, (), base, side, 0.25, job.seed, context)


def _remark_on_source(points: Sequence[TrainPoint], context: JobContext) -> None:
    """Say when the network forgot what it knew of the source."""
    first, last = points[0], points[-1]
    lost = first.mean_iou - last.mean_iou
    if lost > 0.05:
        context.remark("adapt.forgot", "warning", before=round(first.mean_iou, 3), after=round(last.mean_iou, 3))


def _about(
    job: AdaptJob,
    base: ModelCard,
    recipe: AdaptationRecipe,
    source: TileStore,
    points: Sequence[TrainPoint],
    device: str,
) -> dict[str, Any]:
    """Return what the card says of the adaptation: enough to repeat it."""
    return {
        "job": encode(job),
        "started_from": {"id": base.id, "weights_sha256": base.weights_sha256},
        "method": "adversarial adaptation, UGS-1m eq. 4-7",
        "recipe": asdict(recipe),
        "source_tiles": len(source.training_tiles()),
        "areas": source.areas,
        "hardware": device,
        "software": {"urbangrain": __version__, "torch": str(torch.__version__)},
        "curves": [encode(point) for point in points],
    }
