"""A house to draw from; it is not changed."""

from pathlib import Path

import pytest

from layers.catalog import Catalog
from tests.webmap.sheets.drawn import build_home, open_house
from webmap.house import House


@pytest.fixture(scope="session")
def sheet_home(tmp_path_factory: pytest.TempPathFactory, catalog: Catalog) -> Path:
    return build_home(tmp_path_factory.mktemp("sheets") / "home", catalog)


@pytest.fixture(scope="session")
def drawing_house(sheet_home: Path) -> House:
    return open_house(sheet_home)
