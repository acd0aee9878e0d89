"""The command line: parse, build the job, run it, print. Every command is a job of the protocol."""

from __future__ import annotations

import argparse
import json
import logging
import os
import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from urbangrain.engine import __version__, cli_parcels, cli_rooftops, cli_train
from urbangrain.engine.context import JobContext
from urbangrain.engine.errors import JobCancelled, UrbanGrainError
from urbangrain.engine.memory import keep_freed_memory
from urbangrain.engine.protocol import (
    BACKENDS,
    BLENDS,
    FLIPS,
    GRIDS,
    MOSAICS,
    PRECISIONS,
    AssessJob,
    DemoSceneJob,
    ExportJob,
    InspectJob,
    Job,
    MapJob,
    MapManyJob,
    MapManyResult,
    ModelsJob,
    ProtocolError,
    Result,
    encode,
    word,
)
from urbangrain.engine.terminal import ProgressLine, describe

EXIT_FAILED, EXIT_USAGE, EXIT_INTERRUPTED = 1, 2, 130

_STOPPED = {"map-many": "Stopped. Scenes that were done are kept: the same command goes on with the rest."}


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(EXIT_USAGE, f"{self.prog}: {message} (see {self.prog} --help)\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit code: 0 done, 1 failed, 2 wrong usage, 130 interrupted."""
    options = _parser().parse_args(arguments)
    if options.command == "serve":
        from urbangrain.engine import serve

        return serve.main()
    keep_freed_memory()
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(levelname)s %(message)s")
    progress = ProgressLine(sys.stderr, quiet=options.quiet or options.json)
    context = JobContext(on_progress=progress.show, on_point=progress.point)

    # The first Ctrl-C asks the job to stop, so that it can tidy up; a second one ends the process at once.
    def interrupted(*_: object) -> None:
        context.cancelled.set()
        signal.signal(signal.SIGINT, signal.SIG_DFL)

    signal.signal(signal.SIGINT, interrupted)
    try:
        job = options.build(options)
        result = _run(job, context)
    except JobCancelled:
        progress.clear()
        print(_STOPPED.get(options.command, "Stopped; nothing was written."), file=sys.stderr)
        return EXIT_INTERRUPTED
    except ProtocolError as error:
        progress.clear()
        print(word("job.invalid", {"field": error.field, "problem": error.problem}), file=sys.stderr)
        return EXIT_USAGE
    except UrbanGrainError as error:
        progress.clear()
        print(error, file=sys.stderr)
        if options.debug:
            traceback.print_exc()
        return EXIT_FAILED
    except MemoryError:
        progress.clear()
        print(word("job.memory", {}), file=sys.stderr)
        return EXIT_FAILED
    except Exception as error:
        progress.clear()
        reason = f"{type(error).__name__}: {error}"
        print(word("job.unexpected", {"reason": reason}).replace("The log", "--debug"), file=sys.stderr)
        if options.debug:
            traceback.print_exc()
        return EXIT_FAILED
    progress.clear()
    if options.json:
        print(json.dumps(encode(result), ensure_ascii=False, indent=2))
    elif not options.quiet:
        print(describe(result))
    if isinstance(result, MapManyResult):  # what is missing in part is an error all the same
        errors = [remark for remark in result.remarks if remark.severity == "error"]
        for remark in errors:
            print(word(remark.code, remark.values), file=sys.stderr)
        return EXIT_FAILED if errors else 0
    return 0


def command() -> NoReturn:
    """Run as a program of its own: the console script and ``python -m urbangrain.engine``."""
    code = main()
    sys.stdout.flush()
    sys.stderr.flush()
    if code == EXIT_INTERRUPTED:
        # A native call that was given up may still be running in its thread; the interpreter cannot be taken down
        # under it. The job's files are tidied up already.
        os._exit(code)
    raise SystemExit(code)


def _run(job: Job, context: JobContext) -> Result:
    from urbangrain.engine import jobs

    return jobs.run(job, context)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="urbangrain",
        description="Map cities finely, and see how good the map is.",
        epilog="Each command explains itself: urbangrain map --help",
    )
    parser.add_argument("--version", action="version", version=f"urbangrain {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=_Parser)
    _models(commands)
    _map(commands)
    _map_many(commands)
    _inspect(commands)
    cli_parcels.add_commands(commands, _command, _integers, _Parser)
    _assess(commands)
    _demo_scene(commands)
    _export(commands)
    cli_train.add_commands(commands, _command, _integers)
    cli_rooftops.add_commands(commands, _command, _integers)
    commands.add_parser("serve", help="answer the QGIS plugin on stdin and stdout (not for people)")
    return parser


def _command(commands: Any, name: str, build: Callable[[argparse.Namespace], Job], text: str) -> Any:
    parser = commands.add_parser(
        name, help=text, description=text, formatter_class=argparse.ArgumentDefaultsHelpFormatter
    )
    parser.set_defaults(build=build)
    common = parser.add_argument_group("what is printed")
    common.add_argument("--json", action="store_true", help="print the result as JSON on stdout")
    common.add_argument("--quiet", action="store_true", help="print nothing but errors")
    common.add_argument("--debug", action="store_true", help="with an error, print where it happened")
    return parser


def _models(commands: Any) -> None:
    parser = _command(commands, "models", lambda o: ModelsJob(tuple(o.folder)), "List the models that can be used.")
    parser.add_argument("--folder", action="append", default=[], help="look for models in this folder too")


def _map(commands: Any) -> None:
    parser = _command(commands, "map", _map_job, "Map an image with a model.")
    parser.add_argument("image", metavar="IMAGE", help="raster of any CRS, any number of bands, integer or float")
    parser.add_argument(
        "--model", required=True, metavar="ID_OR_PATH", help="model id, model folder, card or .onnx file"
    )
    text = "raster to write (COG): classes, or float32 values of a model that gives numbers"
    parser.add_argument("--out", required=True, metavar="TIF", help=text)
    outputs = parser.add_argument_group("further outputs")
    outputs.add_argument("--confidence", metavar="TIF", help="probability of the chosen class (0-254 is 0-1)")
    outputs.add_argument("--probabilities", metavar="TIF", help="one band a class (0-254 is 0-1)")
    outputs.add_argument("--polygons", metavar="GPKG", help="the map as polygons with class, area and mean confidence")
    outputs.add_argument("--simplify", type=float, default=0.0, metavar="M", help="simplify polygons by M metres")
    outputs.add_argument("--parcels", metavar="LAYER", help="parcel polygons to summarise the map over")
    outputs.add_argument("--parcels-layer", metavar="NAME", help="layer of the parcels file")
    outputs.add_argument("--parcels-out", metavar="GPKG", help="where the summarised parcels go")
    outputs.add_argument("--grid", choices=GRIDS, default="input", help="grid of the outputs")
    outputs.add_argument("--overwrite", action="store_true", help="replace outputs that exist")
    outputs.add_argument("--resume", action="store_true", help="go on with the same job where it was killed")
    area = parser.add_argument_group("what is mapped")
    area.add_argument("--bands", metavar="1,2,3,4", help="band number for each band of the model, 0 for an absent one")
    area.add_argument("--aoi", metavar="LAYER", help="polygons to map inside, in any CRS")
    area.add_argument("--aoi-layer", metavar="NAME", help="layer of the --aoi file")
    area.add_argument("--extent", metavar="W,S,E,N", help="rectangle to map inside, in --extent-crs")
    area.add_argument("--extent-crs", metavar="CRS", help="for example EPSG:4326; the image's own if not given")
    _how(parser)


def _how(parser: Any) -> None:
    """Add what `map` and `map-many` ask alike."""
    sampling = parser.add_argument_group("how it is mapped")
    sampling.add_argument("--window", type=int, default=0, metavar="N", help="window in pixels; 0 is the model's")
    sampling.add_argument("--overlap", type=float, default=0.25, metavar="F", help="share of the window, 0 to 0.9")
    sampling.add_argument("--blend", choices=BLENDS, default="gaussian", help="how windows are put together")
    sampling.add_argument("--flips", choices=FLIPS, default="4", help="flipped copies that are averaged")
    sampling.add_argument("--device", default="auto", help="auto, cpu, cuda, cuda:N, several GPUs (cuda:0,1) or all")
    sampling.add_argument("--precision", choices=PRECISIONS, default="auto", help="arithmetic of the network")
    sampling.add_argument("--backend", choices=BACKENDS, default="auto", help="what runs the network")
    sampling.add_argument("--batch", type=int, default=0, metavar="N", help="windows at once; 0 finds it")
    sampling.add_argument("--threads", type=int, default=0, metavar="N", help="CPU threads; 0 uses all")
    cleaning = parser.add_argument_group("clean-up")
    cleaning.add_argument("--min-patch", type=float, default=0.0, metavar="M2", help="remove smaller patches")
    cleaning.add_argument("--fill-holes", type=float, default=0.0, metavar="M2", help="fill smaller holes")


def _how_of(options: argparse.Namespace) -> dict[str, Any]:
    """Return what `map` and `map-many` ask alike, as their jobs name it."""
    return {
        "bands": _integers("bands", options.bands),
        "window": options.window,
        "overlap": options.overlap,
        "blend": options.blend,
        "flips": options.flips,
        "device": options.device,
        "precision": options.precision,
        "backend": options.backend,
        "batch": options.batch,
        "threads": options.threads,
        "min_patch_m2": options.min_patch,
        "fill_holes_m2": options.fill_holes,
        "grid": options.grid,
    }


def _map_job(options: argparse.Namespace) -> MapJob:
    return MapJob(
        image=options.image,
        model=options.model,
        out=options.out,
        confidence=options.confidence,
        probabilities=options.probabilities,
        polygons=options.polygons,
        parcels=options.parcels,
        parcels_layer=options.parcels_layer,
        parcels_out=options.parcels_out,
        aoi=options.aoi,
        aoi_layer=options.aoi_layer,
        extent=_extent(options.extent),
        extent_crs=options.extent_crs,
        **_how_of(options),
        simplify_m=options.simplify,
        overwrite=options.overwrite,
        resume=options.resume,
    )


def _map_many(commands: Any) -> None:
    parser = _command(commands, "map-many", _map_many_job, "Map many scenes with a model, as one job.")
    text = "raster, folder of rasters, text file with one raster a line, VRT mosaic or STAC ItemCollection (.json)"
    parser.add_argument("inputs", nargs="+", metavar="INPUT", help=text)
    text = "model id, model folder, card or .onnx file"
    parser.add_argument("--model", required=True, metavar="ID_OR_PATH", help=text)
    parser.add_argument("--out-dir", required=True, metavar="DIR", help="folder of the maps; a rerun goes on in it")
    outputs = parser.add_argument_group("outputs")
    text = "one raster of all scenes; where they overlap, the one listed first is on top"
    outputs.add_argument("--mosaic", choices=MOSAICS, default="vrt", help=text)
    outputs.add_argument("--confidence", action="store_true", help="write a confidence raster for each scene")
    outputs.add_argument("--grid", choices=GRIDS, default="input", help="grid of the outputs")
    outputs.add_argument("--overwrite", action="store_true", help="replace files that another job made")
    what = parser.add_argument_group("what is mapped")
    what.add_argument("--bands", metavar="1,2,3,4", help="band number for each band of the model, 0 for an absent one")
    what.add_argument("--asset", default="", metavar="KEY", help="STAC asset to map, where items have several rasters")
    who = parser.add_argument_group("who maps it")
    text = "scheduler (tcp://host:8786) or its file (.json); workers need the same files under the same paths"
    who.add_argument("--dask", default="", metavar="ADDRESS", help=text)
    text = "cut larger scenes into blocks of rows of M megapixels; 0: 400 on a Dask cluster, none on this machine"
    who.add_argument("--block", type=float, default=0.0, metavar="M", help=text)
    _how(parser)


def _map_many_job(options: argparse.Namespace) -> MapManyJob:
    return MapManyJob(
        inputs=tuple(options.inputs),
        model=options.model,
        out_dir=options.out_dir,
        mosaic=options.mosaic,
        confidence=options.confidence,
        asset=options.asset,
        dask=options.dask,
        block_mpx=options.block,
        **_how_of(options),
        overwrite=options.overwrite,
    )


def _integers(name: str, text: str | None) -> tuple[int, ...] | None:
    if text is None:
        return None
    try:
        return tuple(int(part) for part in text.split(","))
    except ValueError:
        raise ProtocolError(name, f"{text!r} is not a list of whole numbers such as 1,2,3,4") from None


def _extent(text: str | None) -> tuple[float, float, float, float] | None:
    if text is None:
        return None
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        raise ProtocolError("extent", f"{text!r} is not four numbers such as 10.1,53.2,10.3,53.4") from None
    return west, south, east, north


def _inspect(commands: Any) -> None:
    def build(options: argparse.Namespace) -> InspectJob:
        return InspectJob(options.image, options.model, _integers("bands", options.bands))

    parser = _command(commands, "inspect", build, "Say what an image is, and what mapping it would mean.")
    parser.add_argument("image", metavar="IMAGE")
    parser.add_argument("--model", metavar="ID_OR_PATH", help="check the image against this model")
    parser.add_argument("--bands", metavar="1,2,3,4", help="band number for each band of the model")


def _assess(commands: Any) -> None:
    parser = _command(commands, "assess", _assess_job, "Compare a class raster with reference polygons.")
    parser.add_argument("classes", metavar="CLASSES", help="class raster")
    parser.add_argument("reference", metavar="REFERENCE", help="reference polygons, in any CRS")
    parser.add_argument("--field", required=True, metavar="F", help="field that holds the class")
    parser.add_argument("--layer", metavar="NAME", help="layer of the reference file")
    text = 'JSON file {"value of the field": class value or class name}; guessed by name if not given'
    parser.add_argument("--mapping", metavar="JSON", help=text)
    parser.add_argument("--out", metavar="HTML", help="report to write")
    parser.add_argument("--csv", metavar="CSV", help="matrix and scores as a table")
    parser.add_argument("--export-json", metavar="JSON", help="matrix and scores as JSON")
    parser.add_argument("--overwrite", action="store_true", help="replace outputs that exist")


def _assess_job(options: argparse.Namespace) -> AssessJob:
    mapping = None
    if options.mapping is not None:
        from urbangrain.engine.accuracy.mapping_file import read_mapping

        mapping = read_mapping(Path(options.mapping), Path(options.classes))
    return AssessJob(
        classes=options.classes,
        reference=options.reference,
        field=options.field,
        out=options.out,
        csv=options.csv,
        json=options.export_json,
        layer=options.layer,
        mapping=mapping,
        overwrite=options.overwrite,
    )


def _demo_scene(commands: Any) -> None:
    def build(options: argparse.Namespace) -> DemoSceneJob:
        return DemoSceneJob(options.out_dir, options.seed, options.size, options.gsd, options.overwrite)

    parser = _command(commands, "demo-scene", build, "Build a procedural city: imagery, truth, reference, streets.")
    parser.add_argument("out_dir", metavar="OUT_DIR", help="folder to write into")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="another seed is another city")
    parser.add_argument("--size", type=int, default=1024, metavar="N", help="side of the image in pixels")
    parser.add_argument("--gsd", type=float, default=3.0, metavar="M", help="ground sampling distance in metres")
    parser.add_argument("--overwrite", action="store_true", help="replace files that exist")


def _export(commands: Any) -> None:
    def build(options: argparse.Namespace) -> ExportJob:
        return ExportJob(options.model, options.onnx, options.overwrite)

    parser = _command(commands, "export", build, "Write a model as ONNX, with its card, and compare the two.")
    parser.add_argument("model", metavar="MODEL", help="model id, model folder or card")
    parser.add_argument("--onnx", required=True, metavar="OUT", help="file to write; the card goes beside it as .json")
    parser.add_argument("--overwrite", action="store_true", help="replace files that exist")
