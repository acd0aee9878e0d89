"""What only fine imagery shows, each kind painted on a small ground whose other objects are known."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from urbangrain.engine.demo import details
from urbangrain.engine.demo.buildings import Buildings
from urbangrain.engine.demo.canvas import Canvas
from urbangrain.engine.demo.ground import paint_buildings
from urbangrain.engine.demo.landuse import FACTORY, HOUSES, Parcels, cut_parcels
from urbangrain.engine.demo.layout import Layout, plan
from urbangrain.engine.demo.spectra import COVER_OF, Cover, Material
from urbangrain.engine.demo.style import Style, draw_style, stream

SEED = 6


def make_canvas(step: float, material: Material = Material.LAWN, side_m: float = 240.0) -> Canvas:
    side = round(side_m / step)
    canvas = Canvas((side, side), -side_m / 2, side_m / 2, step, stream(SEED, "test"), draw_style(SEED))
    canvas.add(material, 1)  # object 0 covers everything
    return canvas


def cover(canvas: Canvas) -> np.ndarray:
    return COVER_OF[canvas.table("material")[canvas.ids]]


@pytest.fixture(scope="module")
def style() -> Style:
    return draw_style(SEED)


@pytest.fixture(scope="module")
def layout(style: Style) -> Layout:
    return plan(SEED, 900.0, style)


@pytest.fixture(scope="module")
def parcels(layout: Layout, style: Style) -> Parcels:
    return cut_parcels(SEED, layout, style, np.arange(len(layout.corners)))


def halls(gable: bool) -> Buildings:
    """Four buildings of 40 m x 24 m."""
    corner = np.array([[-90.0, -80.0], [20.0, -80.0], [-90.0, 40.0], [20.0, 40.0]])
    box = np.array([[0.0, 0.0], [40.0, 0.0], [40.0, 24.0], [0.0, 24.0]])
    n = len(corner)
    return Buildings(
        corner[:, None] + box,
        np.full(n, 9.0),
        np.full(n, Material.ROOF_DARK),
        np.full(n, gable),
        np.full(n, 2017),
        np.arange(n),
    )


@pytest.mark.parametrize("gable", [False, True])
def test_roofs_carry_things_and_stay_roofs(gable: bool, style: Style) -> None:
    canvas, buildings = make_canvas(0.25), halls(gable)
    seen = paint_buildings(canvas, buildings, style)
    before, roofs = canvas.ids.copy(), cover(canvas) == Cover.IMPERVIOUS
    details.paint_roof_details(canvas, buildings, seen)
    changed = canvas.ids != before
    assert changed.any()
    assert not changed[~roofs].any()  # nothing hangs over the edge
    assert (cover(canvas)[roofs] == Cover.IMPERVIOUS).all()
    # what stands on a roof is not lower than it, but for the eaves that a gable's parts are lit by
    heights = canvas.table("height")[canvas.ids][changed]
    assert heights.min() >= 9.0
    if not gable:  # flat roofs are where the clutter is
        assert changed[roofs].mean() > 0.05


def test_streets_get_cars_and_no_others(layout: Layout) -> None:
    canvas = make_canvas(0.5, Material.ASPHALT)
    streets = np.arange(len(layout.streets))
    # the western half is water: no car may float there
    pond = canvas.add(Material.WATER, 1)
    west = shapely.box(-200, -200, 0, 200)
    canvas.burn([west], pond)
    wet = canvas.ids == pond[0]
    details.paint_traffic(canvas, layout, streets)
    cars = canvas.table("material")[canvas.ids] == Material.CAR
    assert cars.any()
    # a car whose middle is on the road may reach over the shore by half its length (4.5 m) at most
    reach = cars & wet
    columns = np.flatnonzero(reach.any(axis=0))
    assert not len(columns) or wet.sum(axis=1).max() - columns.min() <= 4.5 / canvas.step + 1


def test_yards_and_gardens_are_furnished(layout: Layout, parcels: Parcels) -> None:
    centre = layout.bend(parcels.corners.mean(axis=1))
    for use, added in ((FACTORY, Cover.IMPERVIOUS), (HOUSES, Cover.TREE)):
        of_use = np.flatnonzero(parcels.use == use)
        assert len(of_use)
        counts = 0
        for at in centre[of_use[:: max(1, len(of_use) // 12)]]:
            canvas = Canvas((240, 240), at[0] - 60, at[1] + 60, 0.5, stream(SEED, "yard"), draw_style(SEED))
            canvas.add(Material.LAWN, 1)
            details.paint_yards(canvas, layout, parcels)
            counts += int((cover(canvas) == added).sum())
        assert counts > 100, use


def test_coarse_imagery_is_spared_them(layout: Layout, parcels: Parcels, style: Style) -> None:
    canvas, buildings = make_canvas(1.5), halls(False)
    seen = paint_buildings(canvas, buildings, style)
    before, objects = canvas.ids.copy(), canvas.count
    details.paint_roof_details(canvas, buildings, seen)
    details.paint_yards(canvas, layout, parcels)
    details.paint_traffic(canvas, layout, np.arange(len(layout.streets)))
    assert canvas.count == objects
    np.testing.assert_array_equal(canvas.ids, before)
