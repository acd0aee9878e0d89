"""Where things are: the plugin's own folder, the profile, temporary results."""

from __future__ import annotations

import os

from qgis.core import QgsApplication, QgsProcessingUtils
from qgis.PyQt.QtGui import QIcon


def plugin_folder() -> str:
    """Return the folder that is the package ``urbangrain`` (links are kept: a linked plugin keeps its name)."""
    return os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def package_parent() -> str:
    """Return the folder from which ``import urbangrain`` works."""
    return os.path.dirname(plugin_folder())


def profile_folder() -> str:
    """Return this plugin's folder in the person's QGIS profile (it may not exist yet)."""
    return os.path.join(os.path.normpath(QgsApplication.qgisSettingsDirPath()), "urbangrain")


def models_folder() -> str:
    """Return the folder in the profile where a person puts models of their own."""
    return os.path.join(profile_folder(), "models")


def resource(*parts: str) -> str:
    """Return a path below ``resources/``."""
    return os.path.join(plugin_folder(), "resources", *parts)


def icon(name: str) -> QIcon:
    """Return the icon ``resources/icons/<name>.svg``."""
    return QIcon(resource("icons", f"{name}.svg"))


def temporary_folder() -> str:
    """Make a new folder that QGIS removes when it closes."""
    base = QgsProcessingUtils.tempFolder()
    number = 1
    while True:
        folder = os.path.join(base, f"urbangrain_{number}")
        try:
            os.makedirs(folder)
        except FileExistsError:
            number += 1
        else:
            return folder
