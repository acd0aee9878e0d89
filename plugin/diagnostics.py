"""What to send with a problem report: versions and places, nothing of the person's data."""

from __future__ import annotations

import configparser
import os
import platform
import sys
from typing import TYPE_CHECKING

from qgis.core import Qgis, QgsApplication
from qgis.PyQt.QtCore import QT_VERSION_STR, QLocale

from urbangrain.engine.protocol import PROTOCOL_VERSION

from .engine import locate
from .paths import plugin_folder

if TYPE_CHECKING:
    from .session import Session


def plugin_version() -> str:
    """Return the version that metadata.txt states."""
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(os.path.join(plugin_folder(), "metadata.txt"), encoding="utf-8")
    return parser.get("general", "version", fallback="?")


def report(session: Session) -> str:
    """Return the lines."""
    location = locate.find()
    hello = session.client.hello
    lines = [
        f"UrbanGrain {plugin_version()} (protocol {PROTOCOL_VERSION})",
        f"QGIS {Qgis.QGIS_VERSION}, Qt {QT_VERSION_STR}, Python {platform.python_version()}",
        f"{platform.platform()}, {os.cpu_count()} cores",
        f"Locale {QgsApplication.locale()}, numbers {QLocale().name()}",
        f"Engine Python: {location.python} ({location.source})" if location else "Engine Python: none",
    ]
    if location is None and locate.half_made():
        lines.append("An installation was begun and not finished.")
    if hello is not None:
        lines.append(f"Engine {hello.version}, process {hello.pid}, devices: {', '.join(hello.devices) or 'none'}")
    else:
        lines.append("Engine not running")
    lines.append(f"sys.executable: {sys.executable}")
    return "\n".join(lines)
