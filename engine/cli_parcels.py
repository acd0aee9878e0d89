"""The commands on parcels: `urbangrain parcels make`, `classify` and `summarise`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from urbangrain.engine.protocol import SummariseJob

MakeCommand = Callable[..., Any]
"""What adds a command with the options that all have."""


def add_commands(
    commands: Any, command: MakeCommand, integers: Callable[[str, str | None], Any], parser_class: type
) -> None:
    """Add the group to the parser."""
    group = commands.add_parser("parcels", help="cut parcels, classify their land use, and what a map says of each")
    steps = group.add_subparsers(dest="step", required=True, metavar="STEP", parser_class=parser_class)
    _summarise(steps, command)


def _summarise(steps: Any, command: MakeCommand) -> None:
    def build(options: argparse.Namespace) -> SummariseJob:
        return SummariseJob(options.classes, options.parcels, options.out, options.layer, options.overwrite)

    text = "Class shares, dominant class, area and purity of each parcel, by exact coverage."
    parser = command(steps, "summarise", build, text)
    parser.add_argument("classes", metavar="CLASSES", help="class raster")
    parser.add_argument("parcels", metavar="PARCELS", help="parcel polygons, in any CRS")
    parser.add_argument("--out", required=True, metavar="GPKG", help="GeoPackage to write")
    parser.add_argument("--layer", metavar="NAME", help="layer of the parcels file")
    parser.add_argument("--overwrite", action="store_true", help="replace the output if it exists")
