"""What siting promises beside the best value: fixed sites, limits, time, cancel, and what it refuses."""

import subprocess
import sys
from math import fsum

import numpy as np
import pytest

from geo.errors import ArgumentError, CostError, InfeasibleError, LimitError, SitesError, WeightsError
from geo.siting import Progress, least_needed, max_cover, p_center, p_median, set_cover
from geo.siting.request import nearest_open

INF = np.inf


def plane(rows: int, columns: int, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """Distances in a square of 100 × 100 and 1–99 people a row."""
    chance = np.random.default_rng(seed)
    people, places = chance.random((rows, 2)) * 100, chance.random((columns, 2)) * 100
    return np.linalg.norm(people[:, None] - places[None], axis=2), chance.integers(1, 100, rows).astype(float)


def models(cost, weights=None, *, limit=5.0, sites=1, **options):
    """The four models as calls, so that a refusal can be asked of each."""
    weights = np.ones(len(cost)) if weights is None else weights
    return [
        lambda: set_cover(cost, limit, **options),
        lambda: max_cover(cost, weights, limit, sites, **options),
        lambda: p_median(cost, weights, sites, **options),
        lambda: p_center(cost, sites, **options),
    ]


def test_limits_are_inclusive_and_the_unreached_go_nowhere() -> None:
    siting = max_cover([[5.0, 9.0], [5.0000001, 9.0], [9.0, INF]], [1, 1, 1], 5, 1)
    assert siting.chosen == (0,)
    assert siting.assignment.tolist() == [0, -1, -1]
    assert siting.value == 1


def test_existing_centres_stay_and_new_ones_are_added() -> None:
    cost = np.array([[0.0, 9, 9], [9, 0, 9], [9, 9, 0]])
    siting = max_cover(cost, [1, 5, 3], 1, 2, fixed=[0])
    assert siting.chosen == (0, 1)
    assert siting.value == 6
    assert p_median(cost, [1, 5, 3], 2, fixed=[0]).chosen == (0, 1)
    assert set_cover(cost, 1, fixed=[2]).chosen == (0, 1, 2)


def test_as_many_sites_open_as_were_asked_for() -> None:
    cost = np.zeros((3, 4))
    for siting in (max_cover(cost, [1, 1, 1], 1, 3), p_median(cost, [1, 1, 1], 3), p_center(cost, 3)):
        assert len(siting.chosen) == 3
        assert siting.optimal


def test_a_rounding_error_beyond_the_limit_is_within_it() -> None:
    assert set_cover([[0.1 + 0.2]], 0.3).value == 1


def test_of_columns_as_near_the_lower_is_taken() -> None:
    near = np.array([[1000.0, 1000.0 - 1e-10, 1000.0 - 2e-10]])
    assert [nearest_open(near, chosen).tolist() for chosen in ((0, 1), (2, 1), (2, 1, 0))] == [[0], [1], [0]]


def test_rows_go_to_the_nearest_open_column() -> None:
    cost, weights = plane(200, 30)
    for siting in (max_cover(cost, weights, 15, 6), p_median(cost, weights, 6), p_center(cost, 6)):
        rows = np.flatnonzero(siting.assignment >= 0)
        open_costs = cost[np.ix_(rows, siting.chosen)]
        assert (cost[rows, siting.assignment[rows]] == open_costs.min(axis=1)).all()


def test_scaling_units_scales_results() -> None:
    cost, weights = plane(150, 20)
    assert p_median(cost * 1000, weights, 4).value == pytest.approx(1000 * p_median(cost, weights, 4).value)
    assert p_center(cost * 1000, 4).value == pytest.approx(1000 * p_center(cost, 4).value)
    assert max_cover(cost * 1000, weights, 20_000, 4).value == max_cover(cost, weights, 20, 4).value
    assert max_cover(cost, weights * 1e-3, 20, 4).value == pytest.approx(
        1e-3 * max_cover(cost, weights, 20, 4).value
    )


def test_another_centre_never_lowers_coverage_and_never_lengthens_ways() -> None:
    cost, weights = plane(150, 20)
    covered = [max_cover(cost, weights, 15, sites).value for sites in range(1, 9)]
    ways = [p_median(cost, weights, sites).value for sites in range(1, 9)]
    assert covered == sorted(covered)
    assert ways == sorted(ways, reverse=True)


def test_splitting_a_village_keeps_every_total() -> None:
    cost, weights = plane(100, 20)
    split_cost = np.vstack([cost, cost[:1]])
    split = np.append(weights, weights[0] * 0.25)
    split[0] *= 0.75
    assert max_cover(split_cost, split, 15, 5).value == max_cover(cost, weights, 15, 5).value
    assert p_median(split_cost, split, 5).value == pytest.approx(p_median(cost, weights, 5).value)


def test_a_short_time_gives_an_answer_with_a_bound_that_is_not_called_optimal() -> None:
    cost, weights = plane(3000, 300)
    siting = max_cover(cost, weights, 20, 10, time_limit=0.3)
    assert not siting.optimal
    assert siting.value < siting.bound <= weights.sum()
    assert 0 < siting.gap < 0.1
    assert siting.seconds < 3
    median = p_median(cost, weights, 40, time_limit=0.3)
    assert not median.optimal
    assert 0 <= median.bound < median.value
    center = p_center(cost, 12, time_limit=0.1)
    assert not center.optimal
    assert center.bound < center.value


def test_a_gap_that_is_enough_ends_the_search() -> None:
    cost, weights = plane(2000, 200)
    siting = max_cover(cost, weights, 20, 10, gap=0.05)
    assert siting.gap <= 0.05
    assert siting.seconds < 20
    assert p_median(cost, weights, 10, gap=0.05).gap <= 0.05


def test_somebody_may_listen_and_stop() -> None:
    cost, weights = plane(3000, 300)
    heard: list[Progress] = []
    siting = max_cover(cost, weights, 20, 10, progress=heard.append, cancel=lambda: len(heard) > 3)
    assert len(heard) >= 4
    assert not siting.optimal
    assert all(step.value <= step.bound for step in heard)
    assert siting.value >= heard[0].value
    assert siting.seconds < 30


def test_progress_counts_everybody() -> None:
    """What is settled from the start (rows of an existing centre, rows with one way only) is in it."""
    cost, weights = plane(3000, 300)
    cost[:50, 0], cost[50:60] = 0, 7
    heard: list[Progress] = []
    options = {"fixed": [0], "progress": heard.append, "time_limit": 1}
    covered = max_cover(cost, weights, 20, 10, **options).value
    assert heard
    assert all(0.9 * covered <= step.value <= covered * (1 + 1e-9) for step in heard)
    heard.clear()
    ways = p_median(cost, weights, 40, **options).value
    assert heard
    assert all(ways * (1 - 1e-9) <= step.value <= 1.1 * ways for step in heard)


def test_unreached_rows_are_named_with_the_smallest_limit_that_would_do() -> None:
    with pytest.raises(InfeasibleError, match="第 2 行") as caught:
        set_cover([[1.0, 2], [8, 7], [1, 6.5]], 5)
    assert caught.value.rows == (1,)
    assert caught.value.limit == 7
    assert caught.value.code == "siting-infeasible"
    assert set_cover([[1.0, 2], [8, 7], [1, 6.5]], 7).optimal


def test_rows_without_any_way_are_named() -> None:
    cost = [[1.0, 2], [INF, INF]]
    for model in (models(cost)[0], models(cost)[2], models(cost)[3]):
        with pytest.raises(InfeasibleError, match="到不了任何候选") as caught:
            model()
        assert caught.value.rows == (1,)
        assert caught.value.limit is None
    assert p_median(cost, [1, 0], 1).assignment.tolist() == [0, -1]


def test_a_longer_limit_is_not_promised_to_rows_without_any_way() -> None:
    with pytest.raises(
        InfeasibleError, match=r"3 行在阈值内.*其中 1 行没有路可到，如第 3 行.*至少要 8。"
    ) as caught:
        set_cover([[1.0, 2], [8, 9], [INF, INF], [7, 7]], 5)
    assert caught.value.rows == (1, 2, 3)
    assert caught.value.limit is None


def test_too_few_sites_for_a_parted_network_say_how_many_it_takes() -> None:
    cost = np.where(np.eye(3, dtype=bool), 1.0, INF)
    for model in models(cost, sites=2)[2:]:
        with pytest.raises(InfeasibleError, match="至少要 3 个") as caught:
            model()
        assert caught.value.sites == 3


def test_capacity_is_kept_and_too_little_of_it_is_said() -> None:
    cost = np.zeros((4, 3))
    siting = max_cover(cost, [5, 4, 3, 2], 1, 2, capacity=[7, 6, 0])
    assert siting.value == 12
    assert siting.method.startswith("贪心")
    assert set_cover(cost, 1, capacity=2).value == 2
    assert set_cover(cost, 1, capacity=[5, 9, 20], weights=[5, 4, 3, 2]).chosen == (2,)
    with pytest.raises(InfeasibleError, match="装不下") as caught:
        set_cover(cost, 1, capacity=1)
    assert len(caught.value.rows) == 1


def test_the_least_needed_centre_and_losses_that_add_up_over_parts() -> None:
    cost = np.array([[1.0, 1, 9], [9, 1, 9], [9, 9, 1], [1, 1, 1]])
    weights = np.array([4.0, 2, 1, 8])
    closing = least_needed(cost, weights, 5, [0, 1, 2])
    assert closing.losses.tolist() == [0, 2, 1]
    assert (closing.column, closing.losses[0]) == (0, 0)
    parts = [least_needed(cost[rows], weights[rows], 5, [0, 1, 2]).losses for rows in ([0, 2], [1, 3])]
    assert sum(parts).tolist() == closing.losses.tolist()
    with pytest.raises(SitesError, match="没有开着的中心"):
        least_needed(cost, weights, 5, [])


def test_equity_prefers_the_worst_group() -> None:
    cost = np.array([[1.0, 9, 9], [9, 1, 9], [9, 9, 1]])
    weights, townships = [10, 9, 1], ["甲", "甲", "乙"]
    assert max_cover(cost, weights, 5, 2).value == 19
    even = max_cover(cost, weights, 5, 2, groups=townships)
    assert even.chosen == (0, 2)
    assert (even.value, even.optimal) == (11, True)


@pytest.mark.parametrize("model", range(4))
@pytest.mark.parametrize(
    ("cost", "what"),
    [
        ([[1.0, np.nan]], "缺失或为负"),
        ([[1.0, -2]], "缺失或为负"),
        ([[]], "各至少一个"),
        ([1.0], "形状"),
        ([[1.0, 2], [3]], "需要数"),
        ([["近", "远"]], "需要数"),
    ],
)
def test_costs_that_are_none(model: int, cost, what: str) -> None:
    with pytest.raises(CostError, match=what):
        models(cost)[model]()


@pytest.mark.parametrize("limit", [0, -1, np.nan, INF, None, "近", [5, 6]])
def test_limits_that_are_none(limit: float) -> None:
    for model in models(np.ones((2, 2)), limit=limit)[:2]:
        with pytest.raises(LimitError):
            model()


@pytest.mark.parametrize("weights", [[1, np.nan], [1, -1], [1], [1, INF], ["多", "少"]])
def test_weights_that_are_none(weights: list[float]) -> None:
    for model in models(np.ones((2, 2)), weights)[1:3]:
        with pytest.raises(WeightsError):
            model()


@pytest.mark.parametrize(
    ("sites", "fixed"), [(3, ()), (0, ()), (-1, ()), (1, (0, 1)), (1.5, ()), ("1", ()), (None, ())]
)
def test_sites_that_cannot_be(sites: object, fixed: tuple[int, ...]) -> None:
    for model in models(np.ones((2, 2)), sites=sites, fixed=fixed)[1:]:
        with pytest.raises(SitesError):
            model()


@pytest.mark.parametrize("fixed", [(2,), (-1,), (0, 0), (1.0,), "01", None, np.array([True, False])])
def test_existing_centres_that_are_no_candidates(fixed: object) -> None:
    for model in models(np.ones((2, 2)), sites=2, fixed=fixed):
        with pytest.raises(SitesError, match="现有中心"):
            model()


@pytest.mark.parametrize("seconds", [0, -1, np.nan, None])
def test_a_time_limit_that_is_none(seconds: float) -> None:
    for model in models(np.ones((2, 2)), time_limit=seconds):
        with pytest.raises(LimitError, match="时限"):
            model()


@pytest.mark.parametrize("capacity", [[1.0], [1, -1], [1, np.nan]])
def test_capacities_that_are_none(capacity: list[float]) -> None:
    with pytest.raises(WeightsError, match="容量"):
        max_cover(np.ones((2, 2)), [1, 1], 5, 1, capacity=capacity)


def test_options_that_exclude_each_other() -> None:
    with pytest.raises(ArgumentError, match="只能选一项"):
        max_cover(np.ones((2, 2)), [1, 1], 5, 1, capacity=3, backup=True)


def test_the_solver_is_loaded_late_and_prints_nothing() -> None:
    code = (
        "import sys; from geo.siting import set_cover; assert 'highspy' not in sys.modules\n"
        "import numpy as np; cost = np.random.default_rng(0).random((60, 20))\n"
        "set_cover(cost, 0.6); assert 'highspy' in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("", "")


def test_the_value_is_the_exact_sum() -> None:
    cost, weights = plane(500, 40)
    siting = max_cover(cost, weights / 7, 10, 5)
    assert siting.value == fsum((weights / 7)[siting.assignment >= 0])
