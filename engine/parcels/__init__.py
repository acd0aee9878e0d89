"""Parcels: what a map says of each."""
