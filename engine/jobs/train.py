"""The train job: images with reference polygons in, a model out that the dock lists at once.

`run` reads as the recipe: tiles are cut and divided, the network learns, the best weights become a model with its card.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import time
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file

from urbangrain.engine import __version__
from urbangrain.engine.context import JobContext
from urbangrain.engine.errors import JobCancelled, UrbanGrainError
from urbangrain.engine.inference.backends import choose_device, choose_precision, describe_device
from urbangrain.engine.models.card import ModelCard, Scaling
from urbangrain.engine.models.load import load_network
from urbangrain.engine.models.networks import build
from urbangrain.engine.models.parcel_card import NETWORK as PARCEL_NETWORK
from urbangrain.engine.models.registry import CARD_NAME, resolve
from urbangrain.engine.models.save import save_model
from urbangrain.engine.protocol import TrainJob, TrainPoint, TrainResult, encode
from urbangrain.engine.raster.outputs import FileLock
from urbangrain.engine.raster.source import gdal_settings
from urbangrain.engine.training.checkpoint import points_of
from urbangrain.engine.training.curves import Curves
from urbangrain.engine.training.objectives.choose import objective_for
from urbangrain.engine.training.recipes import Recipe, recipe_for
from urbangrain.engine.training.store import TileStore, read_store, write_store
from urbangrain.engine.training.supervised import BEST, Limits, Trainer

from .train_model import WORK, fitting_tile, keep_curves, model_folder, tidy, trainable


def run(job: TrainJob, context: JobContext) -> TrainResult:
    """Train a model.

    A stop that is asked for while the network learns ends the training and keeps the best weights so far.

    Raises
    ------
    UrbanGrainError
        What a person can mend; a model that was in the folder is as it was.
    JobCancelled
        Stopped before there were weights to keep; nothing is left.
    """
    began = time.monotonic()
    context.progress("open", 0.0)
    card = _card_to_make(job)
    recipe = recipe_for(card.network, job)
    recipe = replace(recipe, tile=fitting_tile(recipe.tile, card.stride_multiple))
    folder = model_folder(job.out, job.overwrite)
    lock = FileLock(folder / CARD_NAME)
    try:
        work, resumed = _work_folder(folder, job)
        try:
            with gdal_settings():
                store = _tiles(work, job, card, recipe, resumed, context)
            result = _train(job, card, recipe, store, work, resumed, context)
        except BaseException as error:
            # A killed run can be gone on with; one that was stopped or failed has nothing to say any more.
            if isinstance(error, (UrbanGrainError, JobCancelled)):
                tidy(work, folder)
            raise
        tidy(work, folder)
    finally:
        lock.release()
    return replace(result, seconds=time.monotonic() - began, remarks=tuple(context.remarks))


def _card_to_make(job: TrainJob) -> ModelCard:
    """Return the card of the new model; weights, training and accuracy come later."""
    folder = Path(job.out).absolute()
    if job.model:
        base = trainable(job.model)
        title = job.title or f"{base.title}, fine-tuned"
        return replace(
            base, id=folder.name, title=title, path=folder / CARD_NAME, version=__version__,
            gsd_min_m=(job.gsd_m or (base.gsd_min_m,))[0], gsd_max_m=(job.gsd_m or (0.0, base.gsd_max_m))[1],
        )  # fmt: skip
    assert job.gsd_m is not None
    if job.network == PARCEL_NETWORK:
        raise UrbanGrainError("train.network", network=job.network, problem="it classifies parcels, not pixels")
    try:
        network = build(job.network, len(job.bands), len(job.classes), **job.options)
    except ValueError as error:
        raise UrbanGrainError("train.network", network=job.network, problem=str(error)) from error
    multiple = int(network.stride_multiple)  # type: ignore[arg-type]
    tile = fitting_tile(job.tile or recipe_for(job.network).tile, multiple)
    count = len(job.bands)
    description = f"{job.network} trained here to map {', '.join(c.name for c in job.classes)}."
    return ModelCard(
        id=folder.name, title=job.title or folder.name, description=description, version=__version__,
        path=folder / CARD_NAME, licence="other",
        network=job.network, network_options=dict(job.options), weights=folder / "weights.safetensors",
        weights_sha256="", bands=job.bands, classes=job.classes, nodata=_free_value(job), gsd_min_m=job.gsd_m[0],
        gsd_max_m=job.gsd_m[1], window=max(tile, fitting_tile(256, multiple)), stride_multiple=multiple,
        scaling=Scaling("percentile", (0.4,) * count, (0.3,) * count, clip=(-3.0, 6.0)),
        upscale=int(getattr(network, "upscale", 1)),
    )  # fmt: skip


def _free_value(job: TrainJob) -> int:
    taken = {c.value for c in job.classes}
    return next(v for v in (0, 255, *range(1, 255)) if v not in taken)


def _work_folder(folder: Path, job: TrainJob) -> tuple[Path, bool]:
    """Return the work folder, and whether it is that of this very job, killed."""
    work = folder / WORK
    stamp = work / "job.sha256"
    same = hashlib.sha256(json.dumps(encode(replace(job, resume=False, overwrite=False))).encode()).hexdigest()
    resumed = job.resume and stamp.exists() and stamp.read_text() == same
    if not resumed:
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir()
        stamp.write_text(same)
    return work, resumed


def _tiles(work: Path, job: TrainJob, card: ModelCard, recipe: Recipe, resumed: bool, context: JobContext) -> TileStore:
    ready = work / "tiles.ready"
    if resumed and ready.exists():
        return read_store(work, tuple(c.name for c in card.classes))
    store = write_store(
        work, job.sources, job.validation, card, recipe.tile, job.validation_share, job.seed, context
    )  # fmt: skip
    ready.touch()
    return store


def _train(
    job: TrainJob, card: ModelCard, recipe: Recipe, store: TileStore, work: Path, resumed: bool, context: JobContext
) -> TrainResult:
    context.progress("load", 0.15)
    train_px, validation_px = store.pixels(store.train), store.pixels(store.validation)
    _remark_on_labels(train_px, validation_px, context)
    device = choose_device(job.device)
    precision = choose_precision(job.precision, device)
    if job.threads:
        torch.set_num_threads(job.threads)
    torch.manual_seed(job.seed)
    network = _network(job, card).to(device, memory_format=torch.channels_last)  # type: ignore[call-overload]
    trainer = Trainer(
        network, objective_for(card.network), store, recipe, device, precision, job.seed, work, bool(job.model)
    )
    before = points_of(work) if resumed else ()
    if resumed:
        context.remark("train.resumed" if before else "train.nothing_to_resume")
    with Curves(work, store.classes, before) as curves:

        def on_point(point: TrainPoint) -> None:
            curves.add(point)
            context.on_point(point)

        try:
            stopped, _ = trainer.run(Limits(recipe.epochs, job.minutes), bool(before), context, on_point)
        except torch.OutOfMemoryError as error:
            raise UrbanGrainError("train.memory", batch=recipe.batch, tile=recipe.tile) from error
        points = tuple(curves.points)
    if not (work / BEST).exists():
        raise JobCancelled
    if stopped:
        context.remark("train.stopped")
    context.report("save", 0.97)
    best = [p for p in points if p.best][-1]
    if job.model and best.step == 0:
        context.remark("train.no_gain", "warning")
    about = _about(job, card, recipe, store, points, best, describe_device(device), precision, train_px, validation_px)
    accuracy = _accuracy(best, validation_px)
    made = save_model(replace(card, training=about, accuracy=accuracy), load_file(work / BEST))
    keep_curves(work, made.path.parent)
    return TrainResult(
        model=made.info(),
        folder=str(made.path.parent),
        curves=str(made.path.parent / "curves.csv"),
        points=points,
        stopped=stopped,
        seconds=0.0,
        device=describe_device(device),
        precision=precision,
        train_tiles=len(store.training_tiles()),
        validation_tiles=len(store.validation_tiles()),
        train_px=train_px,
        validation_px=validation_px,
    )


def _network(job: TrainJob, card: ModelCard) -> torch.nn.Module:
    if job.model:
        return load_network(resolve(job.model)).requires_grad_(True)
    return build(card.network, len(card.bands), len(card.classes), **card.network_options)


def _remark_on_labels(train_px: dict[str, int], validation_px: dict[str, int], context: JobContext) -> None:
    if not sum(validation_px.values()):
        context.remark("train.no_validation", "warning")
    absent = [name for name, count in train_px.items() if not count]
    if absent:
        context.remark("train.absent_classes", "warning", classes=", ".join(absent))
    unseen = [name for name, count in validation_px.items() if not count and train_px[name]]
    if unseen and sum(validation_px.values()):
        context.remark("train.not_validated", "warning", classes=", ".join(unseen))


def _accuracy(best: TrainPoint, validation_px: dict[str, int]) -> dict[str, Any]:
    """Return what the card says of the accuracy."""
    pixels = sum(validation_px.values())
    if not pixels:
        return {}
    return {
        "overall": round(best.overall_accuracy, 4),
        "mean_iou": round(best.mean_iou, 4),
        "f1": {name: round(value, 4) for name, value in best.f1.items()},
        "pixels": pixels,
        "data": "validation part of the reference, which also chose the weights",
    }


def _about(
    job: TrainJob,
    card: ModelCard,
    recipe: Recipe,
    store: TileStore,
    points: tuple[TrainPoint, ...],
    best: TrainPoint,
    device: str,
    precision: str,
    train_px: dict[str, int],
    validation_px: dict[str, int],
) -> dict[str, Any]:
    """Return what the card says of the training: enough to repeat it."""
    started = resolve(job.model) if job.model else None
    return {
        "job": encode(job),
        "started_from": {"id": started.id, "weights_sha256": started.weights_sha256} if started else None,
        "recipe": asdict(recipe),
        "tiles": len(store.training_tiles()),
        "pixels": train_px,
        "validation_pixels": validation_px,
        "areas": store.areas,
        "hardware": f"{device}, {precision}",
        "software": {"urbangrain": __version__, "torch": str(torch.__version__)},
        "weights_kept": f"step {best.step} of {points[-1].step}: the best by validation",
        "curves": [encode(point) for point in points],
    }
