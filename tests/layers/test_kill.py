"""kill −9 at random moments of an import: the store opens and every edition it knows is whole."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely

from layers.database import Database
from layers.editions import Store
from layers.editions.writing import sha256_of
from tests import county
from tests.postgres import BOTH, url_of

ROOT = Path(__file__).parents[2]
LAYER = "orchards"
SIDE = 100

pytestmark = pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL on Windows")


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str | None:
    return url_of(request)


def fields(count: int) -> gpd.GeoDataFrame:
    """``count`` squares of 10 m in the hand-drawn county, EPSG:4490."""
    east, north = np.divmod(np.arange(count), SIDE)
    corner = county.ORIGIN[0] + 20.0 * east, county.ORIGIN[1] + 20.0 * north
    shapes = shapely.box(corner[0], corner[1], corner[0] + 10.0, corner[1] + 10.0)
    codes = [f"F{number:06d}" for number in range(count)]
    rows = {"code": codes, "name": codes, "crop": "苹果"}
    return gpd.GeoDataFrame(rows, geometry=shapes, crs=county.METRIC).to_crs(county.STORED)


def start(file: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "webmap", "import", LAYER, str(file), "--mode", "replace"]
    quiet = subprocess.DEVNULL
    return subprocess.Popen(command, cwd=ROOT, stdout=quiet, stderr=quiet, start_new_session=True)


def check_whole(store: Store, home: Path) -> int:
    """Every edition that the store knows of is what was published; the number of rows that people see."""
    fresh = Store(home, store.catalog, Database(home, os.environ.get("GOVMAP_DATABASE_URL")))
    for edition in fresh.history(LAYER):
        file = home / "editions" / LAYER / f"{edition.id}.parquet"
        assert sha256_of(file) == edition.sha256
    seen = len(fresh.read(LAYER))
    fresh.database.close()
    return seen


def survive(store: Store, home: Path, folder: Path, kills: int) -> None:
    file = folder / "fields.gpkg"
    fields(10_000).to_file(file)
    fields(10).to_file(folder / "small.gpkg")
    assert start(folder / "small.gpkg").wait() == 0
    started = time.monotonic()
    with start(file) as whole:
        assert whole.wait() == 0
    lasts_s = time.monotonic() - started
    store.rollback(LAYER, store.history(LAYER)[-1].id)
    seed = random.randrange(1 << 32)
    chance = random.Random(seed)
    died = 0
    for _ in range(kills):
        changed = fields(9_000 + chance.randrange(1000))
        changed.to_file(file, mode="w")
        begun = time.monotonic()
        with start(file) as process:
            try:
                process.wait(chance.uniform(0.2, 1.0) * lasts_s)
                lasts_s = time.monotonic() - begun  # the machine is less busy than it was
            except subprocess.TimeoutExpired:
                if chance.random() < 0.5:
                    os.killpg(process.pid, signal.SIGKILL)
                else:
                    process.kill()
            died += process.wait() == -signal.SIGKILL
        seen = check_whole(store, home)
        assert seen == 10 or seen >= 9_000, f"seed {seed}: {seen} rows"
    assert died, f"seed {seed}: every import was over before it was killed"
    assert start(folder / "small.gpkg").wait() == 0
    assert check_whole(store, home) == 10
    known = {edition.id for edition in store.history(LAYER)}
    left = {item.stem for item in (home / "editions" / LAYER).iterdir() if item.name != ".lock"}
    assert left == known
    assert list((home / "scratch").iterdir()) == []


def test_three_kills(county_store: Store, home: Path, tmp_path: Path) -> None:
    survive(county_store, home, tmp_path, kills=3)


@pytest.mark.soak
def test_fifty_kills(county_store: Store, home: Path, tmp_path: Path) -> None:
    survive(county_store, home, tmp_path, kills=50)
