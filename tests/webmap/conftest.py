"""The web application over the hand-drawn county."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from layers.editions import Store
from tests.webmap.checked import CheckedClient
from webmap import create_app
from webmap.settings import Settings, load_settings


@pytest.fixture
def settings(demo_store: Store) -> Settings:
    return load_settings(home=demo_store.home)


@pytest.fixture
def app(settings: Settings) -> Flask:
    made = create_app(settings)
    made.config["WTF_CSRF_ENABLED"] = False
    made.test_client_class = CheckedClient
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


@pytest.fixture(scope="module")
def sample_app(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    home = shutil.copytree(sample_home, tmp_path_factory.mktemp("answers") / "home")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("GOVMAP_HOME", raising=False)
        made = create_app(load_settings(home=home))
    made.config["WTF_CSRF_ENABLED"] = False
    made.test_client_class = CheckedClient
    return made
