"""What happens to a class raster after it was predicted."""
