"""A procedural city with exact truth."""
