"""Rows as a GeoPackage. It brings GDAL, 25 MB that a worker does without until somebody takes one."""

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyogrio

from exports.notes import Notes


@dataclass(frozen=True)
class Layer:
    """Rows under a name; ``geometry`` is one a row in ``crs``, None for rows without places."""

    name: str
    rows: pd.DataFrame
    geometry: Any
    crs: Any


def write_gpkg(layers: Iterable[Layer], notes: Notes) -> bytes:
    """Layers and a table of notes at the end."""
    with tempfile.TemporaryDirectory(prefix="govmap-") as folder:
        file = Path(folder) / "export.gpkg"
        for layer in layers:
            placed = layer.rows
            if layer.geometry is not None:
                placed = gpd.GeoDataFrame(layer.rows, geometry=layer.geometry, crs=layer.crs)
            pyogrio.write_dataframe(
                placed, file, driver="GPKG", layer=layer.name, append=file.exists(), use_arrow=True
            )
        table = pd.DataFrame(list(notes), columns=["label", "text"])
        pyogrio.write_dataframe(table, file, driver="GPKG", layer="notes", append=True)
        return file.read_bytes()
