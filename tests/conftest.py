"""Fixtures that every part of the suite shares."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, settings

from layers.catalog import Catalog, load_catalog
from layers.database import Database
from layers.editions import Edition, Store
from tests import county, postgres
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


def pytest_sessionfinish(session: pytest.Session) -> None:
    """The last to leave, which is never a worker of xdist, ends PostgreSQL."""
    temp = getattr(session.config, "_tmp_path_factory", None)
    if temp is not None and "PYTEST_XDIST_WORKER" not in os.environ:
        postgres.stop(temp.getbasetemp())


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A PostgreSQL cluster, without the name of a database."""
    return postgres.server(tmp_path_factory)


@pytest.fixture
def server_url(server: str) -> Iterator[str]:
    """A PostgreSQL database with all tables, of one test."""
    with postgres.own_database(server) as url:
        yield url


@pytest.fixture
def empty_server_url(server: str) -> Iterator[str]:
    """A PostgreSQL database without tables, of one test."""
    with postgres.own_database(server, "template0") as url:
        yield url


@pytest.fixture
def database_url() -> str | None:
    """None: the file in the home. Modules that are run on both databases say ``postgres.BOTH`` here."""
    return None


@pytest.fixture
def home(tmp_path: Path, database_url: str | None, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty GOVMAP_HOME of its own; nothing else of the environment is seen."""
    place = tmp_path / "instance"
    monkeypatch.setenv("GOVMAP_HOME", str(place))
    if database_url is not None:
        monkeypatch.setenv("GOVMAP_DATABASE_URL", database_url)
    return place


@pytest.fixture
def database(home: Path, database_url: str | None) -> Iterator[Database]:
    """The database of that home."""
    made = Database(home, database_url)
    yield made
    made.close()


@pytest.fixture
def store(home: Path, catalog: Catalog, database: Database) -> Store:
    """A store without data."""
    empty = Store(home, catalog, database)
    empty.create()
    return empty


@pytest.fixture
def open_store(home: Path, catalog: Catalog, database_url: str | None) -> Iterator[Callable[[], Store]]:
    """``open_store()`` is the store as another process opens it."""
    opened: list[Store] = []

    def _open() -> Store:
        opened.append(Store(home, catalog, Database(home, database_url)))
        return opened[-1]

    yield _open
    for one in opened:
        one.database.close()


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
def demo_store(built_home: Path, home: Path, catalog: Catalog, database: Database) -> Store:
    """A copy of that home for one test; a server takes over what the file holds."""
    shutil.copytree(built_home, home)
    if database.place.url is not None:
        database.create()
    return Store(home, catalog, database)


@pytest.fixture
def county_store(store: Store, county_home: Path) -> Store:
    """A store with the hand-drawn county."""
    shutil.copytree(county_home, store.home, dirs_exist_ok=True)
    if store.database.place.url is not None:
        store.create()
    return store
