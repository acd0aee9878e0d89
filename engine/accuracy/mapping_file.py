"""The mapping of reference values to classes as a JSON file."""

from __future__ import annotations

import json
from pathlib import Path

from urbangrain.engine.accuracy.matching import normalise
from urbangrain.engine.errors import UrbanGrainError
from urbangrain.engine.raster.classes import read_class_infos


def read_mapping(path: Path, classes: Path) -> dict[str, int]:
    """Read ``{"reference value": class value or class name}``.

    Parameters
    ----------
    path : Path
    classes : Path
        Class raster whose names may be used.

    Raises
    ------
    UrbanGrainError
        ``file.not_found`` or ``assess.bad_mapping``.
    """
    if not path.exists():
        raise UrbanGrainError("file.not_found", path=str(path))
    try:
        data = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise UrbanGrainError("assess.bad_mapping", path=str(path), problem=f"it is not JSON ({error})") from error
    if not isinstance(data, dict):
        raise UrbanGrainError("assess.bad_mapping", path=str(path), problem="it is not an object of value: class")
    names = {normalise(info.name): info.value for info in read_class_infos(str(classes))}
    mapping = {}
    for value, wanted in data.items():
        if isinstance(wanted, str) and normalise(wanted) in names:
            mapping[value] = names[normalise(wanted)]
        elif isinstance(wanted, int) and not isinstance(wanted, bool) and 0 <= wanted <= 255:
            mapping[value] = wanted
        else:
            problem = f"{value!r} is mapped to {wanted!r}, which is neither a class value nor one of {', '.join(names)}"
            raise UrbanGrainError("assess.bad_mapping", path=str(path), problem=problem)
    return mapping
