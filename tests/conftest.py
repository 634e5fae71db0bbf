"""Fixtures that every part of the suite shares."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, settings

from layers.catalog import Catalog, load_catalog
from layers.editions import Edition, Store
from tests import county
from tests.disputes import build, put
from tests.once import once

ROOT = Path(__file__).parents[1]

settings.register_profile(
    "untimed", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("untimed")
"""The same examples each time, however busy the machine."""


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    """The shipped declarations."""
    return load_catalog()


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample county as the product sets it up; not to be changed."""

    def _build(home: Path) -> None:
        command = [sys.executable, "-m", "webmap", "init", "--sample"]
        subprocess.run(
            command, cwd=ROOT, env=os.environ | {"GOVMAP_HOME": str(home)}, check=True, capture_output=True
        )

    return once(tmp_path_factory, "sample-county", _build)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty GOVMAP_HOME of its own; nothing else of the environment is seen."""
    place = tmp_path / "instance"
    monkeypatch.setenv("GOVMAP_HOME", str(place))
    return place


@pytest.fixture
def store(home: Path, catalog: Catalog) -> Store:
    """A store without data."""
    empty = Store(home, catalog)
    empty.create()
    return empty


@pytest.fixture
def publish(store: Store) -> Callable[..., Edition]:
    """``publish(layer, table, demo=False)`` puts a table into the store."""

    def _publish(layer: str, table: pd.DataFrame, *, demo: bool = False) -> Edition:
        return store.publish(layer, table, source="手画", source_sha256="0" * 64, by="test", demo=demo)

    return _publish


@pytest.fixture(scope="session")
def county_home(tmp_path_factory: pytest.TempPathFactory, catalog: Catalog) -> Path:
    """The hand-drawn county: counties, townships, villages, grids, party-service-centres; not to be changed."""
    store = Store(tmp_path_factory.mktemp("county"), catalog)
    store.create()
    for layer in ("counties", "townships", "villages", "grids"):
        put(store, layer, getattr(county, layer)())
    put(store, "party-service-centres", county.centres())
    return store.home


@pytest.fixture(scope="session")
def built_home(tmp_path_factory: pytest.TempPathFactory, catalog: Catalog) -> Path:
    """The hand-drawn county with centres and disputes, all of it marked as demo data; not to be changed."""
    return build(tmp_path_factory.mktemp("built") / "home", catalog, demo=True).home


@pytest.fixture
def demo_store(built_home: Path, home: Path, catalog: Catalog) -> Store:
    """A copy of that home for one test."""
    shutil.copytree(built_home, home)
    return Store(home, catalog)


@pytest.fixture
def county_store(store: Store, county_home: Path) -> Store:
    """A store with the hand-drawn county."""
    shutil.copytree(county_home, store.home, dirs_exist_ok=True)
    return store
