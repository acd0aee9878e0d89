"""What became of each place through the years: where rooftops came, went, or did both."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from urbangrain.engine.protocol import ClassInfo, RooftopChange

OTHER, ROOFTOP, NODATA = 0, 255, 1
CLASSES = (ClassInfo(OTHER, "other", "#f0f0f0"), ClassInfo(ROOFTOP, "rooftop", "#d7301f"))
"""Values as CBRA's product has them; CBRA has no nodata."""

NEVER, ALWAYS, SEVERAL = 0, 1, 200
NEW, LOST = 1, 100
"""A place is `NEW` + k where a rooftop stands from the k-th image after the first on, `LOST` + k where none does."""
UNKNOWN = 255
"""Value of places that have no data in one of the years."""

_NEW_RAMP, _LOST_RAMP = ("#fed976", "#b10026"), ("#9ecae1", "#08306b")

Classes = npt.NDArray[np.uint8]


def change_codes(years: Iterable[Classes]) -> Classes:
    """Return what became of each pixel.

    Parameters
    ----------
    years : iterable of uint8 arrays [rows, columns]
        `OTHER`, `ROOFTOP` or `NODATA`, the earliest first; at least one.

    Returns
    -------
    uint8 array [rows, columns]
        `NEVER`, `ALWAYS`, `NEW` + k, `LOST` + k, `SEVERAL` for more than one change, or `UNKNOWN`.
    """
    images = iter(years)
    first = next(images)
    before, unknown = first == ROOFTOP, first == NODATA
    codes = np.where(before, np.uint8(ALWAYS), np.uint8(NEVER))
    for k, image in enumerate(images, 1):
        now = image == ROOFTOP
        changed = now != before
        steady = codes <= ALWAYS
        codes[changed & ~steady] = SEVERAL
        codes[changed & steady & now] = NEW + k
        codes[changed & steady & ~now] = LOST + k
        unknown |= image == NODATA
        before = now
    codes[unknown] = UNKNOWN
    return codes


def change_list(years: Sequence[int]) -> tuple[RooftopChange, ...]:
    """Return every value that the changes of these years (ascending) can have, with its colour: later is darker."""
    found = [RooftopChange(NEVER, "never", "#f0f0f0"), RooftopChange(ALWAYS, "always", "#969696")]
    for change, base, ramp in (("new", NEW, _NEW_RAMP), ("lost", LOST, _LOST_RAMP)):
        for k, year in enumerate(years[1:], 1):
            found.append(RooftopChange(base + k, change, _between(*ramp, k / max(1, len(years) - 1)), year))
    return (*found, RooftopChange(SEVERAL, "several", "#7b3294"))


def change_name(change: RooftopChange) -> str:
    """Name a change in English, for legends inside files."""
    words = {"never": "no rooftop", "always": "rooftop in all years", "several": "several changes"}
    return words.get(change.change, f"{change.change} in {change.year}")


def _between(low: str, high: str, share: float) -> str:
    ends = [np.array(list(bytes.fromhex(colour[1:])), float) for colour in (low, high)]
    mixed = (ends[0] + share * (ends[1] - ends[0])).round().astype(int)
    return "#" + bytes(mixed.tolist()).hex()
