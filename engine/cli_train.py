"""The commands that make models: `urbangrain train` and `urbangrain adapt`."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from urbangrain.engine.errors import UrbanGrainError
from urbangrain.engine.protocol import PRECISIONS, AdaptJob, ProtocolError, TrainJob, TrainSource, decode

MakeCommand = Callable[..., Any]
"""What adds a command with the options that all have."""


def add_commands(commands: Any, command: MakeCommand, integers: Callable[[str, str | None], Any]) -> None:
    """Add both commands to the parser."""
    _train(commands, command)
    _adapt(commands, command, integers)


def _train(commands: Any, command: MakeCommand) -> None:
    text = "Train a model on images with reference polygons, from a model or from nothing (docs/training.md)."
    parser = command(commands, "train", _train_job, text)
    text = "JSON file with the fields of the job; paths in it are relative to its folder"
    parser.add_argument("config", metavar="CONFIG", help=text)
    over = parser.add_argument_group("instead of what the file says")
    over.add_argument("--out", metavar="DIR", help="folder of the model")
    over.add_argument("--epochs", type=int, metavar="N", help="passes over the training tiles")
    over.add_argument("--minutes", type=float, metavar="M", help="time limit")
    over.add_argument("--device", help="auto, cpu, cuda or cuda:N")
    over.add_argument("--threads", type=int, metavar="N", help="CPU threads")
    over.add_argument("--overwrite", action="store_true", default=None, help="replace a model that is there")
    over.add_argument("--resume", action="store_true", default=None, help="go on where the same training was killed")


def _train_job(options: argparse.Namespace) -> TrainJob:
    path = Path(options.config)
    if not path.exists():
        raise UrbanGrainError("file.not_found", path=str(path))
    try:
        data = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise UrbanGrainError("train.bad_config", path=str(path), problem=f"it is not JSON ({error})") from error
    if not isinstance(data, dict):
        raise UrbanGrainError("train.bad_config", path=str(path), problem="it is not an object of fields")
    try:
        given = {k: v for k in ("out", "epochs", "minutes", "device", "threads", "overwrite", "resume")
                 if (v := getattr(options, k)) is not None}  # fmt: skip
        job = decode({"kind": TrainJob.kind, "out": "", **data, **given})
    except ProtocolError as error:
        raise UrbanGrainError("train.bad_config", path=str(path), problem=str(error)) from error
    folder = path.absolute().parent
    return replace(
        job,
        out=job.out if options.out else str(folder / job.out),
        model=str(folder / job.model) if (folder / job.model).exists() and job.model else job.model,
        sources=tuple(_beside(s, folder) for s in job.sources),
        validation=tuple(_beside(s, folder) for s in job.validation),
    )


def _beside(source: TrainSource, folder: Path) -> TrainSource:
    def place(path: str) -> str:
        return path if path.startswith("/vsi") or "://" in path else str(folder / path)

    return replace(source, image=place(source.image), reference=place(source.reference))


def _adapt(commands: Any, command: MakeCommand, integers: Callable[[str, str | None], Any]) -> None:
    def build(options: argparse.Namespace) -> AdaptJob:
        given = {f.name: getattr(options, f.name) for f in fields(AdaptJob) if hasattr(options, f.name)}
        given.update(targets=tuple(options.target), target_bands=integers("bands", options.bands))
        sources: tuple[TrainSource, ...] = ()
        if options.source or options.reference:
            if not (options.source and options.reference and options.field):
                raise ProtocolError("source", "--source, --reference and --field go together")
            bands = integers("source-bands", options.source_bands)
            sources = (TrainSource(options.source, options.reference, options.field, options.layer, None, bands),)
        return AdaptJob(**{**given, "sources": sources})

    text = "Fit a model to images without labels, adversarially (UGS-1m)."
    parser = command(commands, "adapt", build, text)
    parser.add_argument("model", metavar="MODEL", help="model id, model folder or card")
    parser.add_argument("--target", nargs="+", required=True, metavar="IMAGE", help="images to fit the model to")
    parser.add_argument("--out", required=True, metavar="DIR", help="folder of the model that is made")
    parser.add_argument("--title", default="", help="its name for people")
    parser.add_argument("--bands", metavar="1,2,3,4", help="bands of the targets, as for map")
    text = "one target after the other, each starting from the last one's model"
    parser.add_argument("--by-region", action="store_true", help=text)
    parser.add_argument("--overwrite", action="store_true", help="replace a model that is there")
    source = parser.add_argument_group("labelled images, so that the classes are not forgotten (else: demo cities)")
    source.add_argument("--source", metavar="IMAGE")
    source.add_argument("--source-bands", metavar="1,2,3,4")
    source.add_argument("--reference", metavar="POLYGONS")
    source.add_argument("--field", metavar="F", help="field of the polygons that holds the class")
    source.add_argument("--layer", metavar="NAME", help="layer of the polygons' file")
    how = parser.add_argument_group("how")
    how.add_argument("--steps", type=int, default=0, metavar="N", help="steps a round; 0 is 1000")
    how.add_argument("--minutes", type=float, default=0.0, metavar="M", help="time limit; 0 is none")
    how.add_argument("--tile", type=int, default=0, metavar="PX", help="side of the tiles; 0 is 256")
    how.add_argument("--batch", type=int, default=0, metavar="N", help="source and target tiles a step; 0 is 2")
    how.add_argument("--learning-rate", type=float, default=0.0, metavar="R", help="0 is 1e-4")
    how.add_argument("--seed", type=int, default=0, metavar="N")
    how.add_argument("--device", default="auto", help="auto, cpu, cuda or cuda:N")
    how.add_argument("--precision", choices=PRECISIONS, default="auto", help="arithmetic of the network")
    how.add_argument("--threads", type=int, default=0, metavar="N", help="CPU threads; 0 uses all")
