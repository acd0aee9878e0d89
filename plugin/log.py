"""The log panel's tab of this plugin."""

from __future__ import annotations

from qgis.core import Qgis, QgsMessageLog

TAB = "UrbanGrain"


def info(text: str) -> None:
    """Write a line to the log; may be called from any thread."""
    QgsMessageLog.logMessage(text, TAB, Qgis.MessageLevel.Info, notifyUser=False)


def warning(text: str) -> None:
    """Write a warning to the log; may be called from any thread."""
    QgsMessageLog.logMessage(text, TAB, Qgis.MessageLevel.Warning, notifyUser=False)
