"""Image files in: bands, scaling, nodata, grids; rasters out."""
