"""The QGIS side: qgis, the standard library and urbangrain.engine.protocol only."""
