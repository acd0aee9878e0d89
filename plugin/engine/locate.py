"""Which Python runs the engine."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass

from .. import settings
from ..paths import package_parent, plugin_folder, profile_folder

READY = ".ready"
SETTING = "engine/python"

# QGIS sets these for its own libraries and Python; another Python with other libraries must not see them.
_QGIS_ONLY = (
    "GDAL_DATA",
    "GDAL_DRIVER_PATH",
    "PROJ_LIB",
    "PROJ_DATA",
    "VIRTUAL_ENV",
    "__PYVENV_LAUNCHER__",
)


@dataclass(frozen=True)
class EngineLocation:
    """A Python that can run the engine, and how it was found: 'setting', 'bundled' or 'profile'."""

    python: str
    source: str

    def command(self) -> list:
        """Return the command line of a worker."""
        return [self.python, "-X", "utf8", "-u", "-m", "urbangrain.engine", "serve"]


def install_folder() -> str:
    """Return where `Install engine` puts the environment."""
    return os.path.join(profile_folder(), "engine")


def python_of(folder: str) -> str:
    """Return the interpreter of a virtual environment (whether or not it exists)."""
    if sys.platform == "win32":
        return os.path.join(folder, "Scripts", "python.exe")
    return os.path.join(folder, "bin", "python")


def find() -> EngineLocation | None:
    """Return the Python that runs the engine: the person's setting, the checkout's own, the installed one; or None."""
    chosen = settings.read(SETTING, "").strip()
    if chosen:
        python = python_of(chosen) if os.path.isdir(chosen) else chosen
        return EngineLocation(python, "setting") if os.path.isfile(python) else None
    bundled = python_of(os.path.join(plugin_folder(), ".envs", "engine"))
    if os.path.isfile(bundled):
        return EngineLocation(bundled, "bundled")
    installed = python_of(install_folder())
    if os.path.isfile(installed) and os.path.isfile(os.path.join(install_folder(), READY)):
        return EngineLocation(installed, "profile")
    return None


def half_made() -> bool:
    """Tell whether an installation was begun and not finished."""
    folder = install_folder()
    return os.path.isdir(folder) and not os.path.isfile(os.path.join(folder, READY))


def clean_environment(with_package: bool = True) -> dict:
    """Return the environment for processes of another Python: this one's, less what belongs to QGIS."""
    environment = {
        key: value
        for key, value in os.environ.items()
        if key not in _QGIS_ONLY and not key.startswith(("PYTHON", "QT_", "QGIS_"))
    }
    for name in ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"):
        kept = [
            folder
            for folder in environment.pop(name, "").split(os.pathsep)
            if folder and not any(word in folder.lower() for word in ("qgis", "grass", "osgeo"))
        ]
        if kept:
            environment[name] = os.pathsep.join(kept)
    environment["PYTHONNOUSERSITE"] = "1"
    environment["PYTHONIOENCODING"] = "utf-8"
    if with_package:
        environment["PYTHONPATH"] = package_parent()
    return environment
