"""The commands on parcels: `urbangrain parcels make`, `sample`, `classify` and `summarise`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from urbangrain.engine.protocol import (
    ALLOCATIONS,
    ClassifyJob,
    MakeParcelsJob,
    ProtocolError,
    SampleParcelsJob,
    SummariseJob,
)

MakeCommand = Callable[..., Any]
"""What adds a command with the options that all have."""


def add_commands(
    commands: Any, command: MakeCommand, integers: Callable[[str, str | None], Any], parser_class: type
) -> None:
    """Add the group to the parser."""
    group = commands.add_parser("parcels", help="cut parcels, classify their land use, and what a map says of each")
    steps = group.add_subparsers(dest="step", required=True, metavar="STEP", parser_class=parser_class)
    _make(steps, command)
    _sample(steps, command)
    _classify(steps, command, integers)
    _summarise(steps, command)


def _make(steps: Any, command: MakeCommand) -> None:
    def build(options: argparse.Namespace) -> MakeParcelsJob:
        return MakeParcelsJob(
            boundary=options.boundary,
            roads=options.roads,
            out=options.out,
            boundary_layer=options.boundary_layer,
            roads_layer=options.roads_layer,
            road_field=options.field,
            widths=_widths(options.width),
            default_width=options.default_width,
            opening_m=options.opening,
            min_area_m2=options.min_area,
            max_area_m2=options.max_area,
            overwrite=options.overwrite,
        )

    text = "Cut parcels out of a boundary by its roads, each as wide as its class."
    parser = command(steps, "make", build, text)
    parser.add_argument("boundary", metavar="BOUNDARY", help="polygons, in any CRS; the parcels come in the same")
    parser.add_argument("roads", metavar="ROADS", help="lines, in any CRS")
    parser.add_argument("--out", required=True, metavar="GPKG", help="GeoPackage to write")
    parser.add_argument("--boundary-layer", metavar="NAME", help="layer of the boundary's file")
    parser.add_argument("--roads-layer", metavar="NAME", help="layer of the roads' file")
    text = 'field that holds the class of a road; "" if there is none'
    parser.add_argument("--field", default="highway", metavar="F", help=text)
    text = "width of a class in metres, 0 not to cut; may be repeated (residential=8); OSM's classes have widths"
    parser.add_argument("--width", action="append", default=[], metavar="CLASS=M", help=text)
    parser.add_argument("--default-width", type=float, default=6.0, metavar="M", help="width of all other roads")
    parser.add_argument(
        "--opening", type=float, default=5.0, metavar="M", help="shrink and grow the parcels by M metres"
    )
    parser.add_argument("--min-area", type=float, default=0.0, metavar="M2", help="leave out smaller parcels")
    parser.add_argument("--max-area", type=float, default=0.0, metavar="M2", help="leave out larger parcels; 0: none")
    parser.add_argument("--overwrite", action="store_true", help="replace the output if it exists")


def _widths(texts: list[str]) -> dict[str, float]:
    widths = {}
    for text in texts:
        name, _, metres = text.rpartition("=")
        try:
            widths[name.strip()] = float(metres)
        except ValueError:
            name = ""
        if not name.strip():
            raise ProtocolError("width", f"{text!r} is not a class and its width such as residential=8")
    return widths


def _sample(steps: Any, command: MakeCommand) -> None:
    def build(options: argparse.Namespace) -> SampleParcelsJob:
        return SampleParcelsJob(
            parcels=options.parcels,
            out=options.out,
            count=options.count,
            layer=options.layer,
            min_area_m2=options.min_area,
            max_area_m2=options.max_area,
            centre=_centre(options.centre),
            centre_crs=options.centre_crs,
            distance_weight=options.distance_weight,
            dispersion=options.dispersion,
            seed=options.seed,
            strata_field=options.by,
            allocation=options.allocation,
            uncertainty_field=options.uncertainty,
            overwrite=options.overwrite,
        )

    text = "Choose parcels to label: by size, closeness to the centre and chance; by class; by uncertainty."
    parser = command(steps, "sample", build, text)
    parser.add_argument("parcels", metavar="PARCELS", help="parcel polygons, in any CRS")
    parser.add_argument("--out", required=True, metavar="GPKG", help="GeoPackage to write, the best first")
    parser.add_argument("--count", type=int, required=True, metavar="N", help="how many to choose")
    parser.add_argument("--layer", metavar="NAME", help="layer of the parcels file")
    parser.add_argument("--min-area", type=float, default=38931.315, metavar="M2", help="smallest parcel")
    parser.add_argument("--max-area", type=float, default=676818.47, metavar="M2", help="largest parcel; 0: no limit")
    text = "the city's centre; the centroid of all parcels if not given"
    parser.add_argument("--centre", metavar="X,Y", help=text)
    parser.add_argument("--centre-crs", metavar="CRS", help="of --centre, such as EPSG:4326; the parcels' if not given")
    text = "weight of closeness to the centre, 0 to 1; the rest is for chance"
    parser.add_argument("--distance-weight", type=float, default=0.7, metavar="W", help=text)
    text = "the larger, the more parcels far from the centre"
    parser.add_argument("--dispersion", type=float, default=1.0, metavar="C", help=text)
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="another seed is another sample")
    parser.add_argument("--by", metavar="F", help="divide the sample among the values of this field (predicted class)")
    text = "as many of each value, or in proportion to how many there are"
    parser.add_argument("--allocation", choices=ALLOCATIONS, default="equal", help=text)
    text = "choose the highest numbers of this field, instead of by distance and chance"
    parser.add_argument("--uncertainty", metavar="F", help=text)
    parser.add_argument("--overwrite", action="store_true", help="replace the output if it exists")


def _centre(text: str | None) -> tuple[float, float] | None:
    if text is None:
        return None
    try:
        x, y = (float(part) for part in text.split(","))
    except ValueError:
        raise ProtocolError("centre", f"{text!r} is not two numbers such as 24.94,60.17") from None
    return x, y


def _classify(steps: Any, command: MakeCommand, integers: Callable[[str, str | None], Any]) -> None:
    def build(options: argparse.Namespace) -> ClassifyJob:
        return ClassifyJob(
            parcels=options.parcels,
            out=options.out,
            model=options.model,
            layer=options.layer,
            image=options.image,
            bands=integers("bands", options.bands),
            pois=options.pois,
            pois_layer=options.pois_layer,
            pois_field=options.pois_field,
            density=options.density,
            density_key=options.density_key,
            classes=options.classes,
            most_patches=options.most_patches,
            seed=options.seed,
            device=options.device,
            threads=options.threads,
            overwrite=options.overwrite,
        )

    text = "Classify the land use of parcels by imagery, points of interest and user density; any may be missing."
    parser = command(steps, "classify", build, text)
    parser.add_argument("parcels", metavar="PARCELS", help="parcel polygons, in any CRS")
    parser.add_argument("--out", required=True, metavar="GPKG", help="GeoPackage to write")
    parser.add_argument("--model", default="parcels", metavar="ID_OR_PATH", help="parcel model: id, folder or card")
    parser.add_argument("--layer", metavar="NAME", help="layer of the parcels file")
    parser.add_argument("--overwrite", action="store_true", help="replace the output if it exists")
    sources = parser.add_argument_group("what is known of the parcels (one at least)")
    sources.add_argument("--image", metavar="IMAGE", help="raster that patches are cut from")
    sources.add_argument("--bands", metavar="1,2,3", help="band number for each band of the model, 0 for an absent one")
    sources.add_argument("--pois", metavar="LAYER", help="points of interest, in any CRS")
    text = "field with their category: OSM tag or value, Gaode type or code"
    sources.add_argument("--pois-field", default="category", metavar="F", help=text)
    sources.add_argument("--pois-layer", metavar="NAME", help="layer of the points' file")
    text = "user density of 24 hours: raster of 24 bands, or CSV table with a row a parcel"
    sources.add_argument("--density", metavar="RASTER_OR_CSV", help=text)
    text = "field of the parcels and column of the table that say which row is whose"
    sources.add_argument("--density-key", default="parcel_id", metavar="F", help=text)
    text = "class raster whose shares are written beside the prediction"
    sources.add_argument("--classes", metavar="RASTER", help=text)
    how = parser.add_argument_group("how it is done")
    how.add_argument("--most-patches", type=int, default=16, metavar="N", help="most image patches of a parcel")
    how.add_argument("--seed", type=int, default=0, metavar="N", help="of the places of the patches")
    how.add_argument("--device", default="auto", help="auto, cpu, cuda or cuda:N")
    how.add_argument("--threads", type=int, default=0, metavar="N", help="CPU threads; 0 uses all")


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
