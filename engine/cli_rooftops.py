"""The command on rooftops through the years: `urbangrain rooftops-years`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from urbangrain.engine.protocol import BLENDS, FLIPS, PRECISIONS, RooftopYearsJob

MakeCommand = Callable[..., Any]
"""What adds a command with the options that all have."""


def add_commands(commands: Any, command: MakeCommand, integers: Callable[[str, str | None], Any]) -> None:
    """Add the command to the parser."""

    def build(options: argparse.Namespace) -> RooftopYearsJob:
        return RooftopYearsJob(
            images=tuple(options.images),
            years=integers("years", options.years),
            out_dir=options.out_dir,
            model=options.model,
            built_mask=options.built_mask,
            homogeneity=not options.no_homogeneity,
            bands=integers("bands", options.bands),
            overlap=options.overlap,
            blend=options.blend,
            flips=options.flips,
            device=options.device,
            precision=options.precision,
            batch=options.batch,
            threads=options.threads,
            overwrite=options.overwrite,
        )

    text = "Map rooftops in images of several years, and where they came and went."
    parser = command(commands, "rooftops-years", build, text)
    parser.add_argument("images", nargs="+", metavar="IMAGE", help="rasters with the same pixels, one a year")
    parser.add_argument("--years", required=True, metavar="2018,2019", help="year of each image, in their order")
    parser.add_argument("--model", default="rooftops", metavar="ID_OR_PATH", help="model of rooftops")
    text = "folder of the outputs: rooftops_YEAR.tif, change.tif, areas.csv"
    parser.add_argument("--out-dir", required=True, metavar="DIR", help=text)
    text = "probability of built-up land (0 to 1): rooftops stay from 0.2 on"
    parser.add_argument("--built-mask", metavar="RASTER", help=text)
    text = "leave years as they are where their neighbours contradict them"
    parser.add_argument("--no-homogeneity", action="store_true", help=text)
    parser.add_argument("--bands", metavar="1,2,3,4", help="band number for each band of the model")
    parser.add_argument("--overwrite", action="store_true", help="replace outputs that exist")
    sampling = parser.add_argument_group("how it is mapped")
    sampling.add_argument("--overlap", type=float, default=0.25, metavar="F", help="share of the window, 0 to 0.9")
    sampling.add_argument("--blend", choices=BLENDS, default="gaussian", help="how windows are put together")
    sampling.add_argument("--flips", choices=FLIPS, default="4", help="flipped copies that are averaged")
    sampling.add_argument("--device", default="auto", help="auto, cpu, cuda, cuda:N, several GPUs (cuda:0,1) or all")
    sampling.add_argument("--precision", choices=PRECISIONS, default="auto", help="arithmetic of the network")
    sampling.add_argument("--batch", type=int, default=0, metavar="N", help="windows at once; 0 finds it")
    sampling.add_argument("--threads", type=int, default=0, metavar="N", help="CPU threads; 0 uses all")
