"""What each block is used for, and how it is cut into parcels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .layout import CORE, INDUSTRY, RURAL, SUBURB, TOWN, WOODS, Layout, bilinear, sides
from .style import Style, stream

USES = (
    "houses", "terrace", "perimeter", "slabs", "commerce", "office", "factory", "school", "park", "sport", "cemetery",
    "square", "parking", "bare", "field", "forest", "meadow", "allotment", "farmstead",
)  # fmt: skip
(
    HOUSES, TERRACE, PERIMETER, SLABS, COMMERCE, OFFICE, FACTORY, SCHOOL, PARK, SPORT, CEMETERY, SQUARE, PARKING, BARE,
    FIELD, FOREST, MEADOW, ALLOTMENT, FARMSTEAD,
) = range(len(USES))  # fmt: skip

LAND_USE = np.array(
    ["residential"] * 4 + ["commercial"] * 2 + ["industrial"] + ["public"] * 5 + ["transport"]
    + ["agricultural and natural"] * 5 + ["residential"]
)  # fmt: skip
"""First level of land use after MSLU-100K, by use; streets are no parcels there, parking stands for transport."""

_MIX = {
    CORE: {PERIMETER: 5, OFFICE: 3, COMMERCE: 2, SQUARE: 0.7, PARK: 1, SCHOOL: 0.7, PARKING: 0.7, BARE: 0.3},
    TOWN: {PERIMETER: 2, TERRACE: 3, SLABS: 3, HOUSES: 2, COMMERCE: 1, SCHOOL: 0.8, PARK: 1, SPORT: 0.5, PARKING: 0.4,
           BARE: 0.4, CEMETERY: 0.2},
    SUBURB: {HOUSES: 8, TERRACE: 2, SLABS: 1, SCHOOL: 0.4, PARK: 0.6, SPORT: 0.6, CEMETERY: 0.25, ALLOTMENT: 0.5,
             MEADOW: 0.5, COMMERCE: 0.4, BARE: 0.25},
    INDUSTRY: {FACTORY: 6, PARKING: 1, BARE: 1.2, COMMERCE: 0.8, MEADOW: 0.6},
    RURAL: {FIELD: 8, MEADOW: 1.2, FOREST: 0.5, FARMSTEAD: 0.35, BARE: 0.1},
    WOODS: {FOREST: 8, MEADOW: 1, FIELD: 0.6},
}  # fmt: skip


@dataclass
class Parcels:
    """Parcels in the coordinates of their block.

    Attributes
    ----------
    corners : ndarray [n, 4, 2]
        Plan coordinates; corner 0 to 1 is the street side.
    use : ndarray [n]
        Index into `USES`.
    block : ndarray [n]
    """

    corners: np.ndarray
    use: np.ndarray
    block: np.ndarray


def inset(corners: np.ndarray, margin: np.ndarray) -> np.ndarray:
    """Shrink quadrilaterals by ``margin`` ``[n, 4]`` metres along each edge (to first order)."""
    lu, lv = sides(corners)
    m = margin
    v0, u1, v1, u0 = m[:, 0] / lv, 1 - m[:, 1] / lu, 1 - m[:, 2] / lv, m[:, 3] / lu
    u0, u1, v0, v1 = np.minimum(u0, 0.45), np.maximum(u1, 0.55), np.minimum(v0, 0.45), np.maximum(v1, 0.55)
    u = np.stack([u0, u1, u1, u0], -1)
    v = np.stack([v0, v0, v1, v1], -1)
    return bilinear(corners, u, v)


def sub_cells(corners: np.ndarray, u0: np.ndarray, u1: np.ndarray, v0: np.ndarray, v1: np.ndarray) -> np.ndarray:
    """Cells of quadrilaterals between the given fractions, ``[n, 4, 2]``."""
    return bilinear(corners, np.stack([u0, u1, u1, u0], -1), np.stack([v0, v0, v1, v1], -1))


def cut_parcels(seed: int, layout: Layout, style: Style, blocks: np.ndarray) -> Parcels:
    """Give the chosen ``blocks`` (indices) a use and cut them into parcels."""
    rng = stream(seed, "landuse")
    use_all = _block_uses(rng, layout, style)
    corners = inset(layout.corners, layout.margins + np.where(layout.zone[:, None] < RURAL, 1.8, 0.4))[blocks]
    use = use_all[blocks]
    lu, lv = sides(corners)
    turn = lv > lu  # u becomes the long direction
    corners = np.where(turn[:, None, None], np.roll(corners, -1, 1), corners)
    lu, lv = np.where(turn, lv, lu), np.where(turn, lu, lv)

    rows = np.ones(len(use), int)
    cols = np.ones(len(use), int)
    homes = np.isin(use, (HOUSES, TERRACE))
    size = style.parcel_m * np.where(use == TERRACE, 0.45, 1.0) * np.exp(rng.normal(0, 0.15, len(use)))
    rows[homes & (lv > 42)] = 2
    cols[homes] = np.maximum(1, np.round(lu / np.maximum(size, 6)))[homes].astype(int)
    fields = use == FIELD
    strip = rng.uniform(35, 220, len(use)) if rng.random() < 0.6 else rng.uniform(80, 300, len(use))
    strip = strip * style.field_size
    cols[fields] = np.clip(np.round(lu / strip), 1, 12)[fields].astype(int)
    plots = use == ALLOTMENT
    rows[plots] = np.clip(lv / 24, 1, 30)[plots].astype(int)
    cols[plots] = np.clip(lu / 16, 1, 40)[plots].astype(int)
    mixed = np.isin(use, (FACTORY, COMMERCE))
    cols[mixed] = np.clip(np.round(lu / 95), 1, 4)[mixed].astype(int)

    n = rows * cols
    block = np.repeat(np.arange(len(use)), n)
    k = np.arange(len(block)) - np.repeat(np.cumsum(n) - n, n)
    row, col = k // cols[block], k % cols[block]
    shift = rng.normal(0, 0.06, len(block)) * homes[block] * 0
    u0, u1 = col / cols[block] + shift, (col + 1) / cols[block] + shift
    v0, v1 = row / rows[block], (row + 1) / rows[block]
    cells = sub_cells(corners[block], u0, u1, v0, v1)
    back = (row > 0) & homes[block]  # the second row faces the other street
    cells = np.where(back[:, None, None], np.roll(cells, 2, 1), cells)
    # A field block is one farmer's land seldom: grassland lies between the crops.
    parcel_use = use[block].copy()
    parcel_use[(parcel_use == FIELD) & (rng.random(len(block)) < 0.1)] = MEADOW
    parcel_use[(parcel_use == HOUSES) & (rng.random(len(block)) < 0.03)] = MEADOW
    return Parcels(cells, parcel_use, blocks[block])


def _block_uses(rng: np.random.Generator, layout: Layout, style: Style) -> np.ndarray:
    """Draw the uses; neighbours in a superblock tend to be alike."""
    n = len(layout.zone)
    use = np.zeros(n, int)
    n_super = int(layout.superblock.max()) + 1
    for zone, mix in _MIX.items():
        weights = np.array(list(mix.values())) * np.exp(rng.normal(0, 0.45, len(mix)))
        if zone == RURAL:
            weights[1] *= 2.5 * (1 - style.farmland)
        kinds = np.array(list(mix))
        share = weights / weights.sum()
        of_super = rng.choice(kinds, n_super, p=share)
        own = rng.choice(kinds, n, p=share)
        here = layout.zone == zone
        use[here] = np.where(rng.random(n) < 0.45, of_super[layout.superblock], own)[here]
    return use
