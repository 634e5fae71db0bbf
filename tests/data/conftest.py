"""The sample county, built once by the command that the product runs."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

from layers.catalog import load_catalog
from tests.once import once

BUILDER = Path(__file__).parents[2] / "data" / "sample" / "build.py"
METRIC = "EPSG:4546"

Table = Callable[[str], pd.DataFrame]


def build(folder: Path) -> None:
    """Run the builder."""
    done = subprocess.run(
        [sys.executable, str(BUILDER), "--out", str(folder)], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-2000:]


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder with one parquet file per layer and sample.json."""
    return once(tmp_path_factory, "sample-files", build)


@pytest.fixture(scope="session")
def rows(sample: Path) -> Table:
    """``rows(layer)``: its table in EPSG:4490, read once."""
    read: dict[str, pd.DataFrame] = {}

    def _rows(layer: str) -> pd.DataFrame:
        if layer not in read:
            plain = load_catalog().layer(layer).geometry == "none"
            file = sample / f"{layer}.parquet"
            read[layer] = pd.read_parquet(file) if plain else gpd.read_parquet(file)
        return read[layer]

    return _rows


@pytest.fixture(scope="session")
def metres(rows: Table) -> Table:
    """``metres(layer)``: its table in EPSG:4546, converted once."""
    made: dict[str, pd.DataFrame] = {}

    def _metres(layer: str) -> pd.DataFrame:
        if layer not in made:
            made[layer] = rows(layer).to_crs(METRIC)
        return made[layer]

    return _metres
