"""Rows as a GeoPackage. It brings GDAL, 25 MB that a worker does without until somebody takes one."""

import tempfile
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyogrio

from exports.notes import Notes


def write_gpkg(layer: str, rows: pd.DataFrame, notes: Notes, *, geometry: Any, crs: Any) -> bytes:
    """One layer and a table of notes; ``geometry`` is one a row in ``crs``, None for rows without places."""
    placed = rows if geometry is None else gpd.GeoDataFrame(rows, geometry=geometry, crs=crs)
    with tempfile.TemporaryDirectory(prefix="govmap-") as folder:
        file = Path(folder) / "export.gpkg"
        pyogrio.write_dataframe(placed, file, driver="GPKG", layer=layer)
        table = pd.DataFrame(list(notes), columns=["label", "text"])
        pyogrio.write_dataframe(table, file, driver="GPKG", layer="notes", append=True)
        return file.read_bytes()
