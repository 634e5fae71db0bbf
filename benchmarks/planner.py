"""The planner's slider: a new threshold on the sample county, beside a bare nearest query on the same points."""

from functools import partial

import numpy as np
from flask.testing import FlaskClient
from scipy.spatial import cKDTree

from benchmarks.commands import sample_home
from benchmarks.harness import Row, against, p95, seconds
from geo.amounts import Numbers
from layers.disclosure import PUBLIC
from layers.planning import coverage_plan
from layers.planning.planning import Planning
from webmap import create_app
from webmap.settings import load_settings

SERVICE = "party-service-centres"
RUNS = 300
WARM_UP = 20


def rows() -> list[Row]:
    """Server time: the whole request as the application answers it, without the line. No threshold comes twice."""
    app = create_app(load_settings(home=sample_home()))
    client = app.test_client()
    people, centres = _points(app.extensions["govmap"].county.planning)
    pairs = []
    for turn in range(WARM_UP + RUNS):
        address = f"/api/coverage?services={SERVICE}&within={1000 + 5 * turn}m&mode=detour"
        ours = seconds(partial(_ask, client, address))
        pairs.append((ours, seconds(partial(_nearest, people, centres))))
    ours, bare = (1000 * p95([pair[i] for pair in pairs[WARM_UP:]]) for i in (0, 1))
    name = f"coverage slider, {len(people)} settlements x {len(centres)} centres, server time, p95"
    return [against(name, ours, ("cKDTree(workers=2)", bare), unit="ms", at_most=3, runs=RUNS)]


def _points(planning: Planning) -> tuple[Numbers, Numbers]:
    reached = planning.reached(PUBLIC, coverage_plan({"services": SERVICE, "within": "2000m"}))
    return np.ascontiguousarray(reached.demand.xy), np.ascontiguousarray(reached.centres.points.xy)


def _nearest(people: Numbers, centres: Numbers) -> object:
    return cKDTree(centres).query(people, workers=2)


def _ask(client: FlaskClient, address: str) -> None:
    answer = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200
    assert answer.data
