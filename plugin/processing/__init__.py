"""The plugin's jobs as Processing algorithms: toolbox, models, batch runs and qgis_process."""
