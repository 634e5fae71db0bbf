"""A planner over the hand-drawn county with its disputes, shared by tests that only read."""

from pathlib import Path

import pytest

from layers.catalog import Catalog
from layers.planning.planning import Planning
from tests.disputes import build
from tests.planning import planning_of


@pytest.fixture(scope="session")
def planner(tmp_path_factory: pytest.TempPathFactory, catalog: Catalog) -> Planning:
    """Divisions, centres and disputes of the hand-drawn county, none of it marked as demo data."""
    home: Path = tmp_path_factory.mktemp("planner") / "home"
    return planning_of(build(home, catalog, demo=False))
