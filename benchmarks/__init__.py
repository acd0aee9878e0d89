"""Measurements of the engine: ``make bench`` runs them and writes their tables into docs/performance.md.

Nothing here asserts a time. Each file measures one thing and gives back rows; `report` sets them.
"""
