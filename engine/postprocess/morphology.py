"""Cleaning a class raster: small patches go to their surroundings, small holes are filled; nodata stays as it is.

Both work on connected regions of the whole raster (`regions`), so that a patch that crosses a band's border is one
patch. Sizes are in m2. The UBGG-3m paper does this with scikit-image's ``remove_small_objects`` and
``remove_small_holes`` for each class mask by itself; with several classes the pixels that those free must go somewhere,
which is what the majority of the surroundings decides here.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import rasterio
from rasterio.windows import Window

from urbangrain.engine.context import JobContext
from urbangrain.engine.raster.grid import Grid
from urbangrain.engine.raster.sink import RowWriter

from .regions import BAND, Graph, Regions, components, contract


def clean_classes(
    source: Path,
    out: Path,
    nodata: int,
    pixel_area_m2: float,
    min_patch_m2: float,
    fill_holes_m2: float,
    context: JobContext,
    band: int = BAND,
) -> None:
    """Clean a class raster into another file.

    Parameters
    ----------
    source, out : Path
        uint8 GeoTIFFs.
    nodata : int
    pixel_area_m2 : float
    min_patch_m2 : float
        Smallest patch that stays; 0 keeps all.
    fill_holes_m2 : float
        Holes below this area are filled; 0 fills none.
    context : JobContext
    band : int
        Rows worked on at once; never changes the result.
    """
    with rasterio.open(source) as dataset:
        grid = Grid(dataset.crs, dataset.transform, dataset.width, dataset.height)

        def read(first: int, last: int) -> npt.NDArray[np.uint8]:
            return dataset.read(1, window=Window(0, first, grid.width, last - first))

        regions = Regions(read, grid.height, nodata, band, context.check)
        decided = decide(
            regions.graph,
            least_pixels(min_patch_m2, pixel_area_m2),
            least_pixels(fill_holes_m2, pixel_area_m2),
            context.check,
        )
        lookup = np.concatenate([[np.uint8(nodata)], decided]).astype(np.uint8)
        with RowWriter(out, grid, 1, "uint8", nodata) as writer:
            for _, labels in regions.labels():
                writer.write(lookup[labels][None])


def clean_array(
    classes: npt.NDArray[np.uint8], nodata: int, min_patch_px: int = 0, fill_holes_px: int = 0, band: int = BAND
) -> npt.NDArray[np.uint8]:
    """Clean classes [rows, columns] in memory; sizes in pixels."""
    regions = Regions(lambda first, last: classes[first:last], len(classes), nodata, band)
    decided = decide(regions.graph, min_patch_px, fill_holes_px)
    lookup = np.concatenate([[nodata], decided]).astype(np.uint8)
    return np.concatenate([lookup[labels] for _, labels in regions.labels()])


def least_pixels(area_m2: float, pixel_area_m2: float) -> int:
    """Fewest whole pixels that make up an area."""
    return math.ceil(area_m2 / pixel_area_m2 - 1e-6)


def decide(
    graph: Graph, min_patch_px: int, fill_holes_px: int, check: Callable[[], None] = lambda: None
) -> npt.NDArray[np.uint8]:
    """Class of each region after cleaning: first small patches, then holes in what came of that."""
    classes = graph.classes
    if min_patch_px > 1:
        classes = remove_small_patches(graph, min_patch_px, check)
    if fill_holes_px > 1:
        changed = Graph(classes, graph.pixels, graph.open, graph.pairs, graph.lengths)
        alike = classes[graph.pairs[:, 0]] == classes[graph.pairs[:, 1]]
        group = components(len(graph), graph.pairs[alike])
        classes = fill_small_holes(contract(changed, group), fill_holes_px, check)[group]
    return classes


def remove_small_patches(graph: Graph, least: int, check: Callable[[], None] = lambda: None) -> npt.NDArray[np.uint8]:
    """Give patches below ``least`` pixels the class that most of their border touches.

    Patches that touch a large one change first; those that lie among small ones follow round by round. Where small
    patches touch no large one at all (an island in nodata), the largest of them stays and takes the others in; a patch
    alone stays as it is. Ties go to the lower class value.
    """
    classes = graph.classes.copy()
    settled = graph.pixels >= least
    here = np.concatenate([graph.pairs[:, 0], graph.pairs[:, 1]])
    there = np.concatenate([graph.pairs[:, 1], graph.pairs[:, 0]])
    length = np.concatenate([graph.lengths, graph.lengths])
    while not settled.all():
        check()
        keep = ~settled[here]
        here, there, length = here[keep], there[keep], length[keep]
        ready = settled[there]
        if not ready.any():
            settled |= _largest_of_each_cluster(graph, settled)
            continue
        keys, inverse = np.unique(here[ready] * 256 + classes[there[ready]], return_inverse=True)
        votes = np.bincount(inverse, weights=length[ready])
        # Sorted by region, then most votes, then lowest class: the first of each region wins.
        order = np.lexsort((keys % 256, -votes, keys // 256))
        regions, first = np.unique(keys[order] // 256, return_index=True)
        classes[regions] = keys[order][first] % 256
        settled[regions] = True
    return classes


def _largest_of_each_cluster(graph: Graph, settled: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    loose = ~settled
    inside = loose[graph.pairs].all(axis=1)
    cluster = components(len(graph), graph.pairs[inside])
    numbers = np.flatnonzero(loose)
    order = numbers[np.lexsort((numbers, -graph.pixels[numbers], cluster[numbers]))]
    _, first = np.unique(cluster[order], return_index=True)
    chosen = np.zeros(len(graph), bool)
    chosen[order[first]] = True
    return chosen


def fill_small_holes(graph: Graph, least: int, check: Callable[[], None] = lambda: None) -> npt.NDArray[np.uint8]:
    """Fill holes below ``least`` pixels with the class round them.

    A hole of class c is a connected piece of everything that is not c, which touches neither nodata nor the raster's
    border: then c is all that surrounds it. It may hold several classes. Of holes within holes the outermost counts.
    """
    classes = graph.classes.copy()
    best = np.zeros(len(graph), np.int64)
    for value in np.unique(graph.classes):
        check()
        other = graph.classes != value
        piece = components(len(graph), graph.pairs[other[graph.pairs].all(axis=1)])
        size = np.zeros(len(graph), np.int64)
        np.add.at(size, piece, graph.pixels)
        is_open = np.zeros(len(graph), bool)
        is_open[piece[graph.open]] = True
        size = size[piece]
        fill = other & ~is_open[piece] & (size < least) & (size > best)
        classes[fill] = value
        best[fill] = size[fill]
    return classes
