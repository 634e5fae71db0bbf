"""Two-step floating catchment areas: exact numbers by hand, and properties on random tables."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy.sparse import coo_array, csr_array

from geo.access import catchment_demand, two_step
from geo.errors import ArgumentError, CostError, LimitError, WeightsError

INF = np.inf
COST = np.array([[0.0, 900.0], [300.0, INF], [INF, 1000.0], [INF, INF]])
SUPPLY, DEMAND = [6.0, 4.0], [100.0, 200.0, 300.0, 50.0]


def test_by_hand() -> None:
    found = two_step(COST, SUPPLY, DEMAND, 1000)
    assert found.ratio.tolist() == pytest.approx([6 / 300, 4 / 400], rel=1e-15)
    assert found.access.tolist() == pytest.approx([0.03, 0.02, 0.01, 0], rel=1e-15)
    assert found.unused == ()


def test_out_of_reach_is_0_and_an_empty_catchment_no_infinity() -> None:
    found = two_step(COST, SUPPLY, DEMAND, 100)
    assert found.access.tolist() == [0.06, 0, 0, 0]
    assert found.ratio.tolist() == [0.06, 0]
    assert found.unused == (1,)


def test_a_catchment_of_places_without_people_is_reported() -> None:
    found = two_step([[10.0, 10.0]], [1.0, 2.0], [0.0], 100)
    assert (found.access.tolist(), found.ratio.tolist(), found.unused) == ([0], [0, 0], (0, 1))


def test_zones_by_hand() -> None:
    found = two_step([[100.0], [200.0], [300.0]], [10.0], [10.0, 20.0, 30.0], 300, decay="step")
    ratio = 10 / (10 + 0.68 * 20 + 0.22 * 30)
    assert found.access.tolist() == pytest.approx([ratio, 0.68 * ratio, 0.22 * ratio], rel=1e-15)


def test_gaussian_by_hand() -> None:
    found = two_step([[0.0], [500.0], [1000.0]], [3.0], [1.0, 2.0, 4.0], 1000, decay="gaussian")
    half = (np.exp(-0.125) - np.exp(-0.5)) / (1 - np.exp(-0.5))
    ratio = 3 / (1 + 2 * half)
    assert found.access.tolist() == pytest.approx([ratio, half * ratio, 0], rel=1e-14)


def test_a_stored_0_is_a_distance_and_what_is_not_stored_is_out_of_reach() -> None:
    rows, columns = np.nonzero(np.isfinite(COST))
    sparse = csr_array((COST[rows, columns], (rows, columns)), shape=COST.shape)
    dense = two_step(COST, SUPPLY, DEMAND, 1000)
    assert two_step(sparse, SUPPLY, DEMAND, 1000).access.tolist() == dense.access.tolist()


@pytest.mark.parametrize("limit", [0, -5, np.nan, INF])
def test_limits_that_are_none(limit: float) -> None:
    with pytest.raises(LimitError):
        two_step(COST, SUPPLY, DEMAND, limit)


@pytest.mark.parametrize("demand", [[1, 2, 3], [1, 2, 3, -1], [1, 2, 3, np.nan], [[1, 2, 3, 4]]])
def test_weights_that_are_none(demand: object) -> None:
    with pytest.raises(WeightsError):
        two_step(COST, SUPPLY, demand, 1000)
    with pytest.raises(WeightsError):
        catchment_demand(COST, demand, 1000)


def test_tables_that_are_none() -> None:
    twice = coo_array(([1.0, 2.0], ([0, 0], [0, 0])), shape=(1, 1))
    for cost in ([[np.nan]], [[-1.0]], twice):
        with pytest.raises(CostError):
            two_step(cost, [1.0], [1.0], 10)
    with pytest.raises(CostError):
        two_step([1.0], [1.0], [1.0], 10)
    with pytest.raises(ArgumentError, match="linear"):
        two_step([[1.0]], [1.0], [1.0], 10, decay="linear")


@st.composite
def tables(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    n, m = draw(st.integers(1, 12)), draw(st.integers(1, 6))
    distance = st.one_of(st.just(INF), st.floats(0, 100))
    cost = draw(arrays.arrays(np.float64, (n, m), elements=distance))
    demand = draw(arrays.arrays(np.float64, n, elements=st.one_of(st.just(0.0), st.floats(0.01, 1e5))))
    supply = draw(arrays.arrays(np.float64, m, elements=st.floats(0, 1e4)))
    return cost, supply, demand


@given(tables(), st.sampled_from([None, "step", "gaussian"]))
def test_all_supply_that_anyone_reaches_is_given_out(table, decay) -> None:
    cost, supply, demand = table
    found = two_step(cost, supply, demand, 50, decay=decay)
    reached = np.ones(len(supply), dtype=bool)
    reached[list(found.unused)] = False
    assert np.isfinite(found.access).all()
    assert (demand * found.access).sum() == pytest.approx(supply[reached].sum(), rel=1e-9, abs=1e-9)


@given(tables())
def test_2sfca_by_brute_force(table) -> None:
    cost, supply, demand = table
    near = cost <= 50
    ratio = [s / demand[c].sum() if demand[c].sum() > 0 else 0 for s, c in zip(supply, near.T, strict=True)]
    expected = [sum(ratio[j] for j in np.flatnonzero(row)) for row in near]
    assert two_step(cost, supply, demand, 50).access.tolist() == pytest.approx(expected, rel=1e-9)


@given(tables(), st.sampled_from([None, "step", "gaussian"]), st.data())
def test_parts_of_the_demand_combine_exactly(table, decay, data) -> None:
    cost, supply, demand = table
    cut = data.draw(st.integers(0, len(demand)))
    parts = [slice(0, cut), slice(cut, None)]
    catchments = sum(catchment_demand(cost[part], demand[part], 50, decay=decay) for part in parts)
    joined = [
        two_step(cost[part], supply, demand[part], 50, decay=decay, catchments=catchments).access
        for part in parts
    ]
    assert np.concatenate(joined).tolist() == two_step(cost, supply, demand, 50, decay=decay).access.tolist()


@given(tables(), st.floats(0.1, 10))
def test_scaling_supply_scales_access_and_scaling_distances_with_the_limit_changes_nothing(table, by) -> None:
    cost, supply, demand = table
    plain = two_step(cost, supply, demand, 50).access
    assert two_step(cost, supply * by, demand, 50).access.tolist() == pytest.approx(plain * by, rel=1e-12)
    assert two_step(cost * 4, supply, demand, 200).access.tolist() == plain.tolist()
