"""Many scenes as one job: which they are, which are done already, who maps them, and the mosaic of their maps."""
