"""The comparison with a plain overlay, on a city so small that nothing is measured."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pytest
from shapely.geometry import box

from urbangrain.benchmarks import parcels


def test_both_loops_make_the_same_parcels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parcels, "PIXELS", 160)
    ours, theirs = parcels.measure(tmp_path, (2,))
    row, other = dict(zip(parcels.HEADER, ours)), dict(zip(parcels.HEADER, theirs))
    assert row["streets"] == other["streets"]
    assert int(row["parcels"]) == len(gpd.read_file(tmp_path / "parcels.gpkg")) == int(other["parcels"]) > 4
    assert float(other["common area"]) > 0.999
    copies = gpd.read_file(tmp_path / "streets_2.gpkg")
    assert len(copies) == int(row["streets"])
    west, south, east, north = copies.total_bounds
    assert gpd.read_file(tmp_path / "boundary_2.gpkg").total_bounds == pytest.approx([west, south, east, north], abs=60)
    assert (east - west, north - south) == pytest.approx((960, 960), abs=120)


def test_the_common_area(tmp_path: Path) -> None:
    for name, squares in (("a", [box(0, 0, 2, 1)]), ("b", [box(1, 0, 2, 1), box(2, 0, 3, 1)])):
        gpd.GeoDataFrame(geometry=squares, crs="EPSG:32633").to_file(tmp_path / f"{name}.gpkg")
    assert parcels.common_area(tmp_path / "a.gpkg", tmp_path / "b.gpkg") == pytest.approx(1 / 3)
