"""Coverage of the sample county beside a plain table of all distances."""

from collections.abc import Callable

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from scipy.spatial.distance import cdist

from layers.catalog import load_catalog
from layers.disclosure import Viewer
from layers.editions import Store
from layers.planning import SitingPlan, coverage_plan
from layers.planning.planning import Planning
from tests.disputes import put
from tests.planning import planning_of

Table = Callable[[str], pd.DataFrame]
LAYERS = (
    "counties",
    "townships",
    "villages",
    "grids",
    "settlements",
    "roads",
    "neighbour-centres",
    "party-service-centres",
)
OPERATOR = Viewer("operator", "140822")


@pytest.fixture(scope="module")
def planning(tmp_path_factory: pytest.TempPathFactory, rows: Table) -> Planning:
    store = Store(tmp_path_factory.mktemp("planning"), load_catalog())
    store.create()
    for layer in LAYERS:
        put(store, layer, rows(layer), demo=True)
    return planning_of(store)


def xy(table: gpd.GeoDataFrame) -> np.ndarray:
    return np.column_stack([table.geometry.x, table.geometry.y])


@pytest.mark.parametrize("limit", [500, 1234, 2000, 5000])
def test_people_within_reach(planning: Planning, metres: Table, limit: int) -> None:
    people, centres = metres("settlements"), metres("neighbour-centres")
    near = cdist(xy(people), xy(centres)).min(axis=1) <= limit
    answer = planning.coverage(
        OPERATOR, coverage_plan({"services": "neighbour-centres", "within": f"{limit}m"})
    )
    assert (answer.covered, answer.total) == (people["population"][near].sum(), people["population"].sum())
    expected = people["population"].where(near, 0).groupby(people["village_code"]).sum()
    assert {row.code: row.covered for row in answer.rows} == expected.to_dict()
    assert answer.demo


def test_roads_are_never_shorter_than_straight_lines(planning: Planning) -> None:
    words = {"services": "neighbour-centres", "within": "3000m"}
    straight = planning.coverage(OPERATOR, coverage_plan(words))
    road = planning.coverage(OPERATOR, coverage_plan(words | {"mode": "road"}))
    assert road.covered < straight.covered
    pairs = zip(straight.rows, road.rows, strict=True)
    assert all(by_road.needed >= line.needed * (1 - 1e-9) for line, by_road in pairs)


def test_gaps_hold_everyone_else(planning: Planning) -> None:
    plan = coverage_plan({"services": "party-service-centres", "within": "1500m"})
    answer, reach = planning.coverage(OPERATOR, plan), planning.shapes(OPERATOR, plan)
    assert sum(gap.people for gap in reach.gaps) == answer.total - answer.covered
    assert [gap.people for gap in reach.gaps] == sorted((gap.people for gap in reach.gaps), reverse=True)
    assert sum(place.outside for place in reach.centres) == 4


def test_new_centres_bring_what_a_new_question_finds(planning: Planning) -> None:
    plan = coverage_plan({"services": "neighbour-centres", "within": "2000m"})
    proposal = planning.site(OPERATOR, SitingPlan(plan, 3))
    assert proposal.optimal
    placed = ";".join(f"{site.lon},{site.lat}" for site in proposal.chosen)
    after = planning.coverage(OPERATOR, coverage_plan(plan.query() | {"place": placed}))
    assert after.covered == proposal.value
    assert sum(after.gain.values()) == proposal.value - (proposal.before or 0)
