"""Width of each road by its class."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import numpy.typing as npt

from urbangrain.engine.protocol import ROAD_WIDTHS

__all__ = ["ROAD_WIDTHS", "road_widths"]


def road_widths(
    classes: Iterable[str | None], widths: Mapping[str, float] | None = None, default: float = 6.0
) -> tuple[npt.NDArray[np.float64], dict[str, int]]:
    """Look up how wide roads are.

    Parameters
    ----------
    classes : iterable of str or None
        OSM ``highway`` values or classes of another table; of several by semicolons the widest counts. Neither case
        nor blanks around matter.
    widths : mapping of str to float, optional
        Metres by class; goes before `ROAD_WIDTHS`.
    default : float
        Metres for roads whose class is in neither, or that have none.

    Returns
    -------
    metres : float64 array of shape (n,)
    unknown : dict of str to int
        How many roads have a class that is in neither table; the most frequent first. Roads without a class are not
        among them.
    """
    table = {**ROAD_WIDTHS, **{_plain(name): float(width) for name, width in (widths or {}).items()}}
    unknown: dict[str, int] = {}
    metres = []
    for text in classes:
        names = [name for name in map(_plain, (text or "").split(";")) if name]
        known = [table[name] for name in names if name in table]
        metres.append(max(known) if known else default)
        if names and not known:
            unknown[names[0]] = unknown.get(names[0], 0) + 1
    ordered = sorted(unknown.items(), key=lambda item: (-item[1], item[0]))
    return np.asarray(metres, np.float64), dict(ordered)


def _plain(name: str) -> str:
    return name.strip().lower()
