"""Fixtures that every part of the suite shares."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import settings

from layers.catalog import Catalog, load_catalog
from layers.editions import Edition, Store
from tests import county

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    """The shipped declarations."""
    return load_catalog()


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


@pytest.fixture
def county_store(store: Store, publish: Callable[..., Edition]) -> Store:
    """A store with the hand-drawn county: counties, townships, villages, grids, party-service-centres."""
    publish("counties", county.counties())
    publish("townships", county.townships())
    publish("villages", county.villages())
    publish("grids", county.grids())
    publish("party-service-centres", county.centres())
    return store
