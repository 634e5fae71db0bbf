"""A county to draw from; it is not changed."""

from pathlib import Path

import pytest

from layers.catalog import Catalog
from layers.county import County
from tests.exports.sheets.drawn import build_home, open_home


@pytest.fixture(scope="session")
def sheet_home(tmp_path_factory: pytest.TempPathFactory, catalog: Catalog) -> Path:
    return build_home(tmp_path_factory.mktemp("sheets") / "home", catalog)


@pytest.fixture(scope="session")
def drawn_county(sheet_home: Path) -> County:
    return open_home(sheet_home)
