"""What the plugin remembers between sessions, under one prefix of QgsSettings."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsSettings

PREFIX = "urbangrain"


def read(name: str, default: Any, kind: type = str) -> Any:
    """Return a remembered choice, or ``default``; a stored value of the wrong type counts as absent."""
    try:
        value = QgsSettings().value(f"{PREFIX}/{name}", default, type=kind)
    except TypeError:
        return default
    return default if value is None else value


def write(name: str, value: Any) -> None:
    """Remember a choice."""
    QgsSettings().setValue(f"{PREFIX}/{name}", value)


def forget(name: str) -> None:
    """Drop a remembered choice."""
    QgsSettings().remove(f"{PREFIX}/{name}")
