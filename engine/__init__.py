"""The work: imagery in, maps and numbers out. Knows nothing of QGIS."""

__version__ = "0.1.0"
