"""Local statistics, rates, trend and classes: published answers, other libraries, brute force, refusals."""

import geopandas as gpd
import numpy as np
import pytest
from esda import G_Local
from hypothesis import given, settings
from hypothesis import strategies as st
from libpysal.weights import W, lat2W
from scipy.sparse import csr_array
from scipy.stats import false_discovery_control, kendalltau, norm
from shapely import Polygon, box

from geo.errors import LimitError, NeighboursError, NotMetricError, ValuesError, WeightsError
from geo.hotspots import (
    CLASSES,
    corrected,
    distance_band,
    emerging,
    getis_ord,
    mann_kendall,
    queen,
    smoothed_rates,
    spots,
)

SIX = [(10, 10), (20, 10), (40, 10), (15, 20), (30, 20), (30, 30)]
SIX_VALUES = [2, 3, 3.2, 5, 8, 7]
# Benjamini & Hochberg 1995, the example of their section 3.2
BH_1995 = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
    0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000,
]  # fmt: skip


def lattice(side: int) -> tuple[W, csr_array]:
    neighbours = lat2W(side, side, rook=False)
    return neighbours, csr_array(neighbours.sparse)


def test_the_six_points_of_esda() -> None:
    matrix = distance_band(SIX, 15).matrix
    assert getis_ord(SIX_VALUES, matrix, star=False).z[0] == pytest.approx(-1.0136729, abs=1e-7)
    assert getis_ord(SIX_VALUES, matrix).z[0] == pytest.approx(-1.39727626, abs=1e-7)


@pytest.mark.parametrize("star", [True, False])
def test_z_is_that_of_esda(star: bool) -> None:
    neighbours, matrix = lattice(20)
    values = np.random.default_rng(5).gamma(2, 3, 400)
    theirs = G_Local(values, neighbours, transform="B", star=star, permutations=0)
    ours = getis_ord(values, matrix, star=star)
    assert ours.z == pytest.approx(theirs.Zs, abs=1e-8)
    assert ours.p == pytest.approx(2 * norm.sf(np.abs(ours.z)), rel=1e-9)
    assert ours.note == ""


def test_a_cluster_is_hot_and_a_hollow_is_cold() -> None:
    _, matrix = lattice(15)
    values = np.full((15, 15), 10.0) + np.random.default_rng(1).normal(0, 0.5, (15, 15))
    values[2:5, 2:5], values[10:13, 10:13] = 20, 1
    found = spots(values.ravel(), matrix)
    side = found.side.reshape(15, 15)
    assert (side[2:5, 2:5] == 1).all()
    assert (side[10:13, 10:13] == -1).all()
    assert (np.sign(found.z[found.side != 0]) == found.side[found.side != 0]).all()
    assert found.q == pytest.approx(corrected(found.p))
    assert (found.q >= found.p).all()


def test_scaling_and_shifting_values_changes_nothing() -> None:
    _, matrix = lattice(8)
    values = np.random.default_rng(2).random(64)
    assert getis_ord(values * 1e6 + 1e3, matrix).z == pytest.approx(getis_ord(values, matrix).z)


@pytest.mark.parametrize("value", [0.0, 7.1, -3e9])
def test_equal_values_have_no_hotspots_and_say_so(value: float) -> None:
    _, matrix = lattice(7)
    found = spots(np.full(49, value), matrix)
    assert found.note == "all-equal"
    assert not found.side.any()
    assert (found.z == 0).all()
    assert (found.p == 1).all()


def test_fewer_than_thirty_cells_claim_nothing_and_say_so() -> None:
    _, matrix = lattice(5)
    values = np.zeros(25)
    values[[0, 1, 5, 6]] = 100
    found = spots(values, matrix)
    assert found.note == "too-few"
    assert found.z[0] > 3
    assert (found.p == 1).all()
    assert not found.side.any()


def test_an_island_and_a_cell_next_to_everything_have_no_z() -> None:
    matrix = np.zeros((40, 40))
    matrix[0, 1:] = 1
    found = getis_ord(np.arange(40.0), matrix, star=False)
    assert np.isnan(found.z).all()
    assert (found.p == 1).all()
    assert np.isnan(getis_ord(np.arange(40.0), matrix).z[0])


@pytest.mark.parametrize("values", [[1, np.nan], [1, np.inf], [], [[1, 2]], ["多", "少"]])
def test_values_that_are_none(values: list) -> None:
    with pytest.raises(ValuesError):
        getis_ord(values, np.zeros((2, 2)))


@pytest.mark.parametrize(
    ("matrix", "what"),
    [
        (np.zeros((3, 3)), "形状"),
        ([[0, 0.5], [1, 0]], "0 和 1"),
        ([[1, 1], [1, 0]], "对角线"),
        ([[0, np.nan], [1, 0]], "0 和 1"),
        (None, "要一个 0/1 矩阵"),
    ],
)
def test_neighbours_that_are_none(matrix, what: str) -> None:
    with pytest.raises(NeighboursError, match=what):
        getis_ord([1, 2], matrix)


def test_false_discoveries_of_benjamini_and_hochberg() -> None:
    assert (corrected(BH_1995) <= 0.05).sum() == 4
    for wrong in ([0.1, np.nan], [0.1, 1.5]):
        with pytest.raises(ValuesError, match="p 值"):
            corrected(wrong)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_false_discoveries_are_those_of_scipy_bit_for_bit(p: list[float]) -> None:
    assert corrected(p).tolist() == false_discovery_control(p, method="bh").tolist()
    assert corrected([p, p]).tolist() == false_discovery_control([*p, *p]).reshape(2, -1).tolist()


@pytest.mark.parametrize("alpha", [0, 1, np.nan])
def test_a_level_that_is_none(alpha: float) -> None:
    with pytest.raises(LimitError, match="显著性水平"):
        spots(np.arange(49.0), lattice(7)[1], alpha=alpha)


def test_queen_neighbours_share_an_edge_or_a_corner() -> None:
    cells = [box(x, y, x + 100, y + 100) for y in (0, 100, 200) for x in (0, 100, 200)]
    drawn_twice = Polygon([(300.2, 0), (400, 0), (400, 100), (300.2, 100)])
    shapes = gpd.GeoSeries([*cells, drawn_twice, box(900, 900, 950, 950)], crs="EPSG:4546")
    found = queen(shapes)
    assert np.diff(found.matrix.indptr).tolist() == [3, 5, 4, 5, 8, 6, 3, 5, 3, 2, 0]
    assert found.islands == (10,)
    assert (found.matrix != found.matrix.T).nnz == 0
    with pytest.raises(NotMetricError):
        queen(shapes.set_crs("EPSG:4326", allow_override=True))
    with pytest.raises(NeighboursError, match="1 个区域没有界线"):
        queen(gpd.GeoSeries([cells[0], None], crs="EPSG:4546"))


def test_a_distance_band_is_inclusive() -> None:
    found = distance_band([(0, 0), (0, 100), (300, 0)], 100)
    assert found.matrix.toarray().tolist() == [[0, 1, 0], [1, 0, 0], [0, 0, 0]]
    assert found.islands == (2,)
    with pytest.raises(LimitError):
        distance_band([(0, 0)], 0)


def test_rates_are_drawn_to_the_mean() -> None:
    """Worked by hand after Marshall (1991): mean 20/2000, variance over people, two areas of unlike size."""
    rates = smoothed_rates([19, 1, 30, 0], [1900, 10, 1000, 0])
    mean = 50 / 2910
    spread = (1900 * (0.01 - mean) ** 2 + 10 * (0.1 - mean) ** 2 + 1000 * (0.03 - mean) ** 2) / 2910
    between = spread - mean / (2910 / 3)
    own = between / (between + mean / 10)
    assert rates.mean == pytest.approx(1000 * mean)
    assert rates.smoothed[1] == pytest.approx(1000 * (mean + own * (0.1 - mean)))
    assert rates.raw[:3] == pytest.approx([10, 100, 30])
    assert np.isnan(rates.raw[3])
    assert rates.smoothed[3] == rates.mean
    assert abs(rates.smoothed[1] - rates.mean) < abs(rates.raw[1] - rates.mean) / 4


def test_rates_that_differ_by_chance_alone_are_the_mean() -> None:
    rates = smoothed_rates([10, 10, 10], [1000, 1000, 1000])
    assert (rates.smoothed == rates.mean).all()


@pytest.mark.parametrize(
    ("events", "people", "error"),
    [([1, -1], [9, 9], WeightsError), ([1, np.nan], [9, 9], WeightsError), ([1, 1], [0, 0], ValuesError)],
)
def test_rates_that_cannot_be(events: list[float], people: list[float], error: type[Exception]) -> None:
    with pytest.raises(error):
        smoothed_rates(events, people)


def test_mann_kendall_of_ten_rising_steps() -> None:
    found = mann_kendall(np.arange(10))
    assert (found.s[0], found.variance[0]) == (45, 125)
    assert found.p[0] == pytest.approx(8.30e-5, abs=1e-6)


@settings(deadline=None)
@given(st.lists(st.integers(0, 4), min_size=2, max_size=14))
def test_mann_kendall_counts_pairs_and_ties(series: list[int]) -> None:
    found = mann_kendall(series)
    pairs = [np.sign(later - earlier) for i, earlier in enumerate(series) for later in series[i + 1 :]]
    sizes = np.unique(series, return_counts=True)[1]
    steps = len(series)
    variance = (steps * (steps - 1) * (2 * steps + 5) - sum(t * (t - 1) * (2 * t + 5) for t in sizes)) / 18
    assert found.s[0] == sum(pairs)
    assert found.variance[0] == pytest.approx(variance)
    if len(set(series)) > 1:
        assert np.sign(found.s[0]) == np.sign(np.nan_to_num(kendalltau(range(steps), series).statistic))


def test_gi_in_space_and_time_is_gi_of_all_cells() -> None:
    """The cube against one matrix of all areas in all months."""
    _, space = lattice(6)
    chance = np.random.default_rng(3)
    cube, lag, months = chance.poisson(3, (36, 7)).astype(float), 2, 7
    near = space.toarray() + np.eye(36)
    whole = np.zeros((36 * months, 36 * months))
    for month in range(months):
        for back in range(min(lag, month) + 1):
            rows, columns = np.arange(36) * months + month, np.arange(36) * months + month - back
            whole[np.ix_(rows, columns)] = near
    np.fill_diagonal(whole, 0)
    assert emerging(cube, space, lag=lag).z.ravel() == pytest.approx(getis_ord(cube.ravel(), whole).z)


def months_of(pattern: str) -> np.ndarray:
    """A cube of 8 × 8 areas whose first corner is busy in the months marked with a digit, the busier the higher."""
    chance = np.random.default_rng(7)
    cube = chance.poisson(2, (8, 8, len(pattern))).astype(float)
    for month, mark in enumerate(pattern):
        cube[:4, :4, month] += 12 * int(mark) if mark != "." else 0
    return cube.reshape(64, -1)


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        ("...........5", "new"),
        (".........555", "consecutive"),
        ("555555555555", "persistent"),
        ("556677778899", "intensifying"),
        ("998877776655", "diminishing"),
        ("5..5..55...5", "sporadic"),
        ("55555555555.", "historical"),
        ("............", "none"),
        ("..555.......", "none"),
    ],
)
def test_classes_of_hot_spots(pattern: str, name: str) -> None:
    found = emerging(months_of(pattern), lattice(8)[1], lag=0)
    assert found.classes.reshape(8, 8)[1, 1] == name
    assert found.classes.reshape(8, 8)[6, 6] == "none"
    assert set(found.classes) <= set(CLASSES)


def test_cold_spots_are_hot_spots_upside_down() -> None:
    cube = months_of("5..5..55...5")
    upside = emerging(cube.max() - cube, lattice(8)[1], lag=0, side="cold")
    assert upside.classes.tolist() == emerging(cube, lattice(8)[1], lag=0).classes.tolist()


def test_a_cube_that_says_nothing() -> None:
    found = emerging(np.ones((64, 5)), lattice(8)[1])
    assert (found.note, found.lag) == ("all-equal", 1)
    assert set(found.classes) == {"none"}
    few = emerging(months_of("5")[:9].repeat(6, axis=1), lattice(3)[1])
    assert few.note == "too-few" or few.note == "all-equal"
    assert not few.hot.any()
    with pytest.raises(LimitError, match="回看"):
        emerging(np.ones((64, 5)), lattice(8)[1], lag=5)
    with pytest.raises(ValuesError):
        emerging(np.full((64, 5), np.nan), lattice(8)[1])
