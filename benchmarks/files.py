"""Importing 100,000 polygons beside the three calls a person would write with GeoPandas."""

import statistics

import geopandas as gpd

from benchmarks.cells import WORK, declare, geopackage
from benchmarks.commands import fresh_home, webmap
from benchmarks.harness import Row, against, seconds

COUNT = 100_000


def rows() -> list[Row]:
    large, tiny = geopackage(COUNT), geopackage(10)
    timings = [(_import(large) - _import(tiny), seconds(lambda: _by_hand(large))) for _ in range(5)]
    ours = statistics.median(a for a, _ in timings)
    peer = statistics.median(b for _, b in timings)
    name = f"import {COUNT:,} polygons from GeoPackage, process start apart"
    return [against(name, ours, ("read_file + make_valid + to_parquet", peer), unit="s", at_most=2.5, runs=5)]


def _import(path) -> float:
    home = fresh_home("import")
    declare(home)
    webmap(home, "init")
    return seconds(lambda: webmap(home, "import", "cells", str(path), "--mode", "replace"))


def _by_hand(path) -> None:
    cells = gpd.read_file(path)
    cells["geometry"] = cells.geometry.make_valid()
    cells.to_parquet(WORK / "by-hand.parquet")
