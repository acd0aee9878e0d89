"""Points of interest and user density of the demo city."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import rasterio
import shapely
from rasterio.features import rasterize

from urbangrain.engine.demo import density, pois, scene
from urbangrain.engine.demo.buildings import Buildings
from urbangrain.engine.demo.density import PROFILES, RESOLUTIONS, DensityTraits, user_density
from urbangrain.engine.demo.landuse import FOREST, HOUSES, OFFICE, SQUARE, USES, Parcels
from urbangrain.engine.demo.layout import SUBURB, Layout
from urbangrain.engine.demo.poi_rates import FIRST_OF_PARCEL, KIND_OF_SOURCE, PER_HECTARE, PER_KILOMETRE
from urbangrain.engine.demo.scene import City, Scene, SceneSpec, make_plan, make_scene
from urbangrain.engine.demo.write import write_scene
from urbangrain.engine.parcels.poi_categories import CATEGORIES, categories_of

SEED = 2026
QUIET = DensityTraits(resolution=100, users=1e6, unit=1e-6, missing=0.0, late=0.0, asleep=0.0, blur_m=10.0, walk_m=10.0)
"""A provider that counts everybody, where they are, and never fails."""
PERFECT = pois.PoiTraits(
    completeness=1.0,
    shift_m=0.0,
    astray=0.0,
    wrong=0.0,
    named=1.0,
    kinds=dict.fromkeys(KIND_OF_SOURCE, 1.0),
    spread=0.0,
)


@pytest.fixture(scope="module")
def plan() -> Scene:
    return make_plan(SceneSpec(SEED, size=1024))


class Town:
    """A city with what its layers are made from."""

    def __init__(self, seed: int) -> None:
        spec = SceneSpec(seed, size=1024)
        style, self.city, corner = scene._city(spec, lambda: None)
        _, self.window, self.shift = scene._unpainted(spec, style, corner)
        self.seed, self.area = seed, scene._moved_box(self.window, self.shift)

    def pois(self, **changes: object) -> list:
        city = self.city
        traits = replace(PERFECT, **changes)
        return pois.pois(self.seed, city.layout, city.parcels, city.streets, self.area, self.shift, traits)

    def density(self, **changes: object) -> tuple[np.ndarray, rasterio.Affine]:
        city, traits = self.city, replace(QUIET, **changes)
        return user_density(self.seed, city.layout, city.parcels, city.buildings, self.window, self.shift, traits)


@pytest.fixture(scope="module")
def town() -> Town:
    return Town(SEED)


def uses_below(town: Town, features: list) -> list[str | None]:
    """Use of the parcel that each point lies in."""
    from urbangrain.engine.demo.ground import cell_polygons

    shapes = shapely.transform(cell_polygons(town.city.layout, town.city.parcels.corners), lambda xy: xy + town.shift)
    point, parcel = shapely.STRtree(shapes).query(np.array([g for g, _ in features]), predicate="within")
    below: list[str | None] = [None] * len(features)
    for p, k in zip(point, parcel):
        below[p] = USES[town.city.parcels.use[k]]
    return below


def as_rows(features: list) -> set[tuple[float, float, str, str | None]]:
    return {(g.x, g.y, p["category"], p["name"]) for g, p in features}


# The scene


def test_a_seed_is_a_city_and_another_is_another(plan: Scene) -> None:
    again, other = make_plan(SceneSpec(SEED, size=1024)), make_plan(SceneSpec(SEED + 1, size=1024))
    assert as_rows(again.pois) == as_rows(plan.pois) != as_rows(other.pois)
    np.testing.assert_array_equal(again.density, plan.density)
    assert again.density_transform == plan.density_transform != other.density_transform
    assert plan.density_transform.a == density.draw_traits(SEED).resolution


def test_the_plan_is_that_of_the_whole_scene() -> None:
    whole, plan = make_scene(SceneSpec(5, size=128)), make_plan(SceneSpec(5, size=128))
    for layer in ("pois", "roads", "boundary", "parcels", "buildings"):
        assert getattr(whole, layer) == getattr(plan, layer), layer
    assert whole.pois
    np.testing.assert_array_equal(whole.density, plan.density)
    assert (whole.transform, whole.crs) == (plan.transform, plan.crs)
    assert plan.image.size == plan.truth.size == len(plan.sentinel2) == 0


def test_imagery_alone_has_neither() -> None:
    made = make_scene(SceneSpec(5, size=64), imagery_only=True)
    assert made.pois == []
    assert made.density.shape == (24, 0, 0)


def test_the_other_layers_do_not_depend_on_them(monkeypatch: pytest.MonkeyPatch) -> None:
    spec = SceneSpec(6, size=96)
    made = make_scene(spec)
    monkeypatch.setattr(scene, "pois", lambda *_: [])
    monkeypatch.setattr(scene, "user_density", lambda *_: (np.zeros((24, 0, 0)), None))
    without = make_scene(spec)
    for layer in ("roads", "boundary", "parcels", "reference", "buildings"):
        assert getattr(made, layer) == getattr(without, layer), layer
    for layer in ("image", "truth"):
        np.testing.assert_array_equal(getattr(made, layer), getattr(without, layer))
    assert all((made.sentinel2[year] == without.sentinel2[year]).all() for year in made.sentinel2)


def test_files_are_read_back(tmp_path: Path) -> None:
    made = make_scene(SceneSpec(SEED, size=256))
    files = write_scene(made, tmp_path / "city")
    points = gpd.read_file(files["pois"], layer="pois")
    assert {"category", "name"} <= set(points.columns)
    assert points.crs == made.crs
    names = [name if isinstance(name, str) else None for name in points["name"]]
    read = {(g.x, g.y, category, name) for g, category, name in zip(points.geometry, points["category"], names)}
    assert read == as_rows(made.pois)
    with rasterio.open(files["density"]) as raster:
        assert raster.descriptions == tuple(f"{hour:02d}:00" for hour in range(24))
        assert raster.dtypes == ("float32",) * 24
        assert np.isnan(raster.nodata)
        assert raster.crs == made.crs
        assert raster.transform == made.density_transform
        np.testing.assert_array_equal(raster.read(), made.density)


# Points of interest


def test_points_lie_in_the_scene_and_their_categories_are_known(plan: Scene) -> None:
    area = shapely.box(*rasterio.transform.array_bounds(1024, 1024, plan.transform))
    assert len(plan.pois) > 300
    assert all(area.contains(g) for g, _ in plan.pois)
    numbers = categories_of([p["category"] for _, p in plan.pois])
    assert (numbers >= 0).all()
    assert len(set(numbers)) > 40


def test_every_tag_of_the_tables_is_a_category() -> None:
    tables = [*PER_HECTARE.values(), *FIRST_OF_PARCEL.values(), *PER_KILOMETRE.values()]
    tags = sorted({tag for table in tables for tag in table})
    assert dict(zip(tags, categories_of(tags) >= 0)) == dict.fromkeys(tags, True)
    keys = {tag.partition("=")[0] for tag in tags}
    assert {member for members in KIND_OF_SOURCE.values() for member in members} <= keys | set(tags)
    assert all(sum(chances.values()) <= 1 for chances in FIRST_OF_PARCEL.values())
    assert set(PER_HECTARE) == set(range(len(USES)))


def test_the_fewer_points_are_some_of_the_more(town: Town) -> None:
    everything, some = as_rows(town.pois()), as_rows(town.pois(completeness=0.3))
    assert some < everything
    assert len(some) / len(everything) == pytest.approx(0.3, abs=0.03)
    assert town.pois(completeness=0.0) == []


def test_cities_differ_in_completeness() -> None:
    shares = [pois.draw_traits(seed).completeness for seed in range(200)]
    assert 0.15 <= min(shares) < 0.25
    assert 0.9 < max(shares) <= 1.0


def test_points_suit_the_use_and_do_not_give_it_away(town: Town) -> None:
    features = town.pois()
    by_use: dict[str, Counter[str]] = defaultdict(Counter)
    for use, (_, properties) in zip(uses_below(town, features), features):
        if use is not None:
            by_use[use][properties["category"]] += 1
    share = {use: {tag: n / sum(tags.values()) for tag, n in tags.items()} for use, tags in by_use.items()}
    assert share["factory"]["man_made=works"] > 0.03 > share["office"].get("man_made=works", 0.0)
    assert share["office"]["office=company"] > 0.1 > share["houses"].get("office=company", 0.0)
    assert by_use["park"]["leisure=park"] > 0
    # a shop, a car park or a firm says little alone
    for tag in ("amenity=parking", "office=company", "amenity=restaurant"):
        assert sum(tag in tags for tags in by_use.values()) >= 5, tag
    # the foot of a block of flats is mixed
    assert {"amenity=restaurant", "shop=hairdresser", "office=company"} <= set(by_use["perimeter"])


def test_many_parcels_have_none(plan: Scene) -> None:
    shapes = np.array([g for g, _ in plan.parcels])
    owners = shapely.STRtree(shapes).query(np.array([g for g, _ in plan.pois]), predicate="within")[1]
    count = np.bincount(owners, minlength=len(shapes))
    block = shapely.area(shapes) > 3000
    use = np.array([p["land_use"] for _, p in plan.parcels])
    assert 0.2 < (count[block] == 0).mean() < 0.9
    assert (count[block & (use == "commercial")] > 0).mean() > (count[block & (use != "commercial")] > 0).mean()


def test_positions_are_off_by_the_error(town: Town) -> None:
    right, moved = town.pois(), town.pois(shift_m=8.0)
    by_text = Counter(p["category"] for _, p in right)
    once = {text for text, n in by_text.items() if n == 1}
    where = {p["category"]: g for g, p in right if p["category"] in once}
    off = np.array([(g.x - where[t].x, g.y - where[t].y) for g, p in moved if (t := p["category"]) in where])
    assert len(off) > 20
    assert np.sqrt((off**2).mean()) == pytest.approx(8.0, rel=0.35)
    # in the gaps between parcels, which are streets, or with the neighbour
    on = np.mean([use is not None for use in uses_below(town, right)])
    assert np.mean([use is not None for use in uses_below(town, moved)]) < on - 0.02


def test_wrong_categories_turn_up_anywhere(town: Town) -> None:
    everywhere = {"factory": "shop=jewelry", "houses": "man_made=works"}

    def strange(features: list) -> int:
        below = zip(uses_below(town, features), features)
        return sum(everywhere.get(use or "") == p["category"] for use, (_, p) in below)

    assert strange(town.pois()) == 0
    assert strange(town.pois(wrong=0.5)) > 0


def test_a_source_may_lack_addresses(town: Town) -> None:
    def addresses(features: list) -> int:
        return sum(p["category"].startswith("addr:housenumber=") for _, p in features)

    assert addresses(town.pois()) > 1000
    assert addresses(town.pois(kinds=PERFECT.kinds | {"addresses": 0.0})) == 0


def test_names_are_for_what_has_one(town: Town) -> None:
    named = {p["category"].partition("=")[0]: p["name"] for _, p in town.pois()}
    assert named["shop"]
    assert named["addr:housenumber"] is named["entrance"] is None
    assert {p["name"] for _, p in town.pois(named=0.0)} == {None}


# User density


def straight(use: int, height: float = 32.0, block: float = 100.0) -> City:
    """One square parcel of ``block`` metres in the middle, its lower left corner at the origin, with a house on it."""
    corners = np.array([[[0.0, 0.0], [block, 0.0], [block, block], [0.0, block]]])
    one = np.array([0])
    layout = Layout(
        2000.0, corners, np.zeros((1, 4)), np.array([SUBURB]), np.zeros((0, 2, 2)), one[:0], lambda xy: xy, one
    )  # type: ignore[arg-type]
    ring = np.array([[[20.0, 20.0], [70.0, 20.0], [70.0, 40.0], [20.0, 40.0]]])  # 50 m x 20 m
    house = Buildings(ring, np.array([height]), one, np.array([False]), np.array([1990]), one)
    return City(layout, Parcels(corners, np.array([use]), one), house, one[:0], [])


def of(city: City, **changes: object) -> np.ndarray:
    window, shift = (-2000.0, -2000.0, 2000.0, 2000.0), np.zeros(2)
    traits = replace(QUIET, **changes)
    return user_density(1, city.layout, city.parcels, city.buildings, window, shift, traits)[0]


def test_people_are_where_the_floors_are() -> None:
    """45 people for 1000 m2 of office floors and 5 for a hectare: 10 floors of 1000 m2 hold 455, 5 of them 230."""
    ten, five = of(straight(OFFICE, 32.0)).sum((1, 2)), of(straight(OFFICE, 16.0)).sum((1, 2))
    np.testing.assert_allclose(ten / five, 455 / 230, rtol=1e-3)
    assert 455 / 4 < ten.max() < 455 * 4  # this office has its own number
    # 0.2 people a hectare of forest: none to speak of, and the house in it does not count
    assert of(straight(FOREST)).max() < 2


def test_nobody_is_lost_by_walking() -> None:
    still, walking = of(straight(OFFICE)), of(straight(OFFICE), walk_m=300.0)
    np.testing.assert_allclose(walking.sum((1, 2)), still.sum((1, 2)), rtol=1e-3)
    assert walking[8].max() < 0.7 * still[8].max(), "at eight in the morning people are on their way"
    assert (walking[8] > 0.5).sum() > (still[8] > 0.5).sum()


def test_a_day_follows_the_profile() -> None:
    """A house's people are 97 % at home and 3 % at a desk; each kind's share is blurred by a place's own hours."""
    day = of(straight(HOUSES)).sum((1, 2))
    mixed = [np.corrcoef(day, 0.97 * PROFILES[density.HOME] + 0.03 * PROFILES[density.DESK])[0, 1]]
    others = [np.corrcoef(day, profile)[0, 1] for kind, profile in enumerate(PROFILES) if kind != density.HOME]
    assert mixed[0] > 0.99 > max(others)
    later = of(straight(HOUSES), late=2.0).sum((1, 2))
    np.testing.assert_allclose(np.roll(later, -2), day, rtol=1e-2)
    asleep = of(straight(HOUSES), asleep=0.8).sum((1, 2))
    assert asleep[4] < 0.3 * day[4]
    np.testing.assert_allclose(asleep[15], day[15], rtol=1e-2)


def test_profiles_are_shares_of_a_whole_day() -> None:
    assert PROFILES.shape == (9, 24)
    assert (PROFILES > 0).all()
    assert (PROFILES.max(1) > 0.9).all()
    assert (PROFILES <= 1).all()


@pytest.mark.parametrize("changes", [{}, {"asleep": 0.8, "blur_m": 60.0, "walk_m": 250.0}])
def test_hours_differ_by_land_use(town: Town, changes: dict) -> None:
    users, transform = town.density(**changes)
    from urbangrain.engine.demo.ground import cell_polygons

    parcels = town.city.parcels
    shapes = shapely.transform(cell_polygons(town.city.layout, parcels.corners), lambda xy: xy + town.shift)
    fine = transform * transform.scale(0.1)
    burned = rasterize(zip(shapes, parcels.use + 1), (users.shape[1] * 10, users.shape[2] * 10), transform=fine)
    burned = burned.reshape(users.shape[1], 10, users.shape[2], 10)

    def series(*names: str) -> np.ndarray:
        share = np.isin(burned, [USES.index(name) + 1 for name in names]).mean((1, 3))
        assert (share > 0.5).sum() >= 3, names
        return users[:, share > 0.5].sum(1)

    def night_by_day(of_use: np.ndarray) -> float:
        return float(of_use[[23, 0, 1, 2, 3, 4]].mean() / of_use[10:16].mean())

    homes, offices, works = series("houses", "terrace", "slabs"), series("office"), series("factory")
    schools, parks = series("school"), series("park")
    assert night_by_day(homes) > 2 * night_by_day(works) > 2 * night_by_day(offices)
    assert night_by_day(homes) > 2 * night_by_day(schools)
    assert 13 <= parks.argmax() <= 19
    fields = series("field")
    cells = {name: np.isin(burned, USES.index(name) + 1).mean((1, 3)) > 0.5 for name in ("field", "office")}
    assert fields.max() / cells["field"].sum() < 0.05 * offices.max() / cells["office"].sum()


@pytest.mark.parametrize("resolution", RESOLUTIONS)
def test_cells_lie_on_a_grid_and_cover_the_window(town: Town, resolution: int) -> None:
    users, transform = town.density(resolution=resolution)
    west, south, east, north = rasterio.transform.array_bounds(*users.shape[1:], transform)
    assert transform.a == -transform.e == resolution
    assert west % resolution == north % resolution == 0
    assert shapely.box(west, south, east, north).covers(town.area)
    assert users.shape[1] == np.ceil(town.area.bounds[3] / resolution) - np.floor(town.area.bounds[1] / resolution)
    assert users.dtype == np.float32
    assert (users >= 0).all()


def squares(low: float, high: float) -> City:
    """Town squares of a hectare from ``low`` to ``high`` metres both ways, without houses."""
    at = np.arange(low, high, 100.0)
    corners = np.stack(np.meshgrid(at, at), -1).reshape(-1, 1, 2)
    corners = corners + np.array([[0.0, 0.0], [100.0, 0.0], [100.0, 100.0], [0.0, 100.0]])
    city, ones = straight(SQUARE), np.zeros(len(corners), int)
    none = Buildings(city.buildings.rings[:0], *(ones[:0] for _ in range(5)))
    return City(city.layout, Parcels(corners, ones + SQUARE, ones), none, ones[:0], [])


def noon_of(city: City, window: tuple[float, float, float, float], **changes: object) -> np.ndarray:
    traits = replace(QUIET, resolution=1000, **changes)
    return user_density(1, city.layout, city.parcels, city.buildings, window, np.zeros(2), traits)[0][12]


def test_cells_at_the_rim_are_filled_up() -> None:
    """Of a cell that reaches out of the window only a part is known: it must not look deserted for that."""
    # The city is known to 80 m around a window of 1500 m, which lies in 2 x 2 cells of 1000 m.
    noon = noon_of(squares(-80.0, 1580.0), (0.0, 0.0, 1500.0, 1500.0))
    assert noon.shape == (2, 2)
    np.testing.assert_allclose(noon, noon.mean(), rtol=0.25)


def test_nobody_walks_out_of_what_is_known() -> None:
    city, window = squares(0.0, 2000.0), (80.0, 80.0, 1920.0, 1920.0)
    still, walking = noon_of(city, window), noon_of(city, window, walk_m=350.0)
    np.testing.assert_allclose(walking.sum(), still.sum(), rtol=1e-3)
    assert abs(walking / still - 1).max() > 0.002, "but some walk from cell to cell"


def test_the_unit_is_unknown_and_the_noise_follows_the_number_counted(town: Town) -> None:
    many, _ = town.density()
    counted, _ = town.density(users=0.1, unit=7.0)
    busy = many > 200
    np.testing.assert_array_equal(counted % 7, 0)
    # counts n have a standard deviation of sqrt(n)
    z = (counted[busy] / 7 - 0.1 * many[busy]) / np.sqrt(0.1 * many[busy])
    assert z.mean() == pytest.approx(0, abs=0.1)
    assert z.std() == pytest.approx(1, abs=0.1)


def test_missing_cells_are_missing_all_day(town: Town) -> None:
    users, _ = town.density(missing=0.1)
    gone = np.isnan(users)
    assert gone.all(0).mean() == pytest.approx(0.1, abs=0.03)
    assert gone[:, ~gone.all(0)].mean() == pytest.approx(0.005, abs=0.002)


def test_cities_differ_in_resolution_and_unit() -> None:
    drawn = [density.draw_traits(seed) for seed in range(300)]
    assert {traits.resolution for traits in drawn} == set(RESOLUTIONS)
    units = np.log10([traits.unit for traits in drawn])
    assert -1.5 <= units.min() < -1.3
    assert 1.3 < units.max() <= 1.5
    assert max(traits.missing for traits in drawn) <= 0.06


def test_categories_of_the_scene_span_the_vocabulary() -> None:
    """Over some cities most of the categories occur, so that a network can learn what they stand for."""
    found: Counter[int] = Counter()
    for seed in range(6):
        found.update(categories_of([p["category"] for _, p in make_plan(SceneSpec(seed, size=1024)).pois]).tolist())
    assert len(found) > 0.75 * len(CATEGORIES)
