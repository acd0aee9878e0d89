"""UrbanGrain: fine-grained urban mapping inside QGIS.

This file is what QGIS loads. It imports nothing, so that the engine (which lives in the same package but in another
Python environment) can be imported without QGIS, and QGIS can list the plugin without starting the engine.
"""


def classFactory(iface):
    """Return the plugin object; QGIS calls this once when the plugin is enabled."""
    from .plugin.main import UrbanGrainPlugin

    return UrbanGrainPlugin(iface)
