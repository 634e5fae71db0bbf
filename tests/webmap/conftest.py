"""The web application over the hand-drawn county."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from layers.catalog import Catalog
from layers.editions import Store
from tests.disputes import build
from webmap import create_app
from webmap.settings import Settings, load_settings


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
def settings(demo_store: Store) -> Settings:
    return load_settings(home=demo_store.home)


@pytest.fixture
def app(settings: Settings) -> Flask:
    made = create_app(settings)
    made.config["WTF_CSRF_ENABLED"] = False
    return made


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """The public."""
    return app.test_client()


@pytest.fixture
def as_role(app: Flask) -> Callable[..., FlaskClient]:
    """``as_role("planner")`` is a client that has chosen that role; a grid worker names a grid."""

    def _as_role(role: str, scope: str = "") -> FlaskClient:
        chosen = app.test_client()
        assert chosen.post("/viewer", data={"role": role, "scope": scope}).status_code == 303
        return chosen

    return _as_role
