"""Results into styled layers, and layers into files that the engine can read."""
