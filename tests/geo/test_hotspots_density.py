"""Kernel density against the sum over every point, mass, the county line, parts, and what it refuses."""

import numpy as np
import pytest
import shapely
from scipy.stats import multivariate_normal
from shapely import LineString, Polygon, box

from geo.errors import ArgumentError, LimitError, PositionsError, WeightsError
from geo.hotspots import Density, kernel_density

EXTENT = (0.0, 0.0, 4000.0, 3000.0)


def points(count: int, seed: int = 1) -> np.ndarray:
    """Half of them in a town, half spread over the extent and a little beyond."""
    chance = np.random.default_rng(seed)
    town = chance.normal((1500, 1200), 250, (count // 2, 2))
    return np.vstack([town, chance.uniform((-300, -300), (4300, 3300), (count - count // 2, 2))])


def pairwise(xy: np.ndarray, density: Density, weights: np.ndarray | None = None) -> np.ndarray:
    """The definition: every point at every cell."""
    x, y = density.centres
    squared = (x[None, :, None] - xy[:, 0]) ** 2 + (y[:, None, None] - xy[:, 1]) ** 2
    share = squared / density.bandwidth_m**2
    if density.kernel == "quartic":
        values = 3 / (np.pi * density.bandwidth_m**2) * np.maximum(1 - share, 0) ** 2
    else:
        values = np.exp(-share / 2) / (2 * np.pi * density.bandwidth_m**2)
    return (values * (1 if weights is None else weights)).sum(axis=2)


@pytest.mark.parametrize("kernel", ["quartic", "gaussian"])
def test_few_points_are_exact(kernel) -> None:
    xy = points(60)
    weights = np.random.default_rng(2).random(60)
    found = kernel_density(xy, cell_m=100, bandwidth_m=400, kernel=kernel, extent=EXTENT, weights=weights)
    assert found.values.shape == (30, 40)
    assert found.error == 0
    assert found.values == pytest.approx(
        pairwise(xy, found, weights), rel=1e-9, abs=found.values.max() * 1e-5
    )


@pytest.mark.parametrize("kernel", ["quartic", "gaussian"])
def test_many_points_stay_within_the_stated_error(kernel) -> None:
    xy = points(20_000)
    found = kernel_density(xy, cell_m=100, bandwidth_m=500, kernel=kernel, extent=EXTENT)
    exact = pairwise(xy, found)
    assert 0 < found.error < 0.005
    assert np.abs(found.values - exact).max() <= found.error * exact.max()


def test_a_gaussian_at_its_centre() -> None:
    width = 300.0
    found = kernel_density([(512_345.6, 3_900_123.4)], cell_m=50, bandwidth_m=width, kernel="gaussian")
    assert found.values.max() == pytest.approx(1 / (2 * np.pi * width**2), rel=1e-3)
    assert found.values.max() == pytest.approx(
        multivariate_normal([0, 0], width**2 * np.eye(2)).pdf([0, 0]), rel=1e-3
    )
    assert found.unit == "1/m²"
    assert found.per_km2.max() == pytest.approx(1e6 * found.values.max())


def test_a_binned_gaussian_at_its_centre() -> None:
    found = kernel_density(np.zeros((4000, 2)), cell_m=10, bandwidth_m=300, kernel="gaussian")
    assert found.error > 0
    assert found.values.max() == pytest.approx(4000 / (2 * np.pi * 300**2), rel=1e-3)


@pytest.mark.parametrize("kernel", ["quartic", "gaussian"])
@pytest.mark.parametrize("count", [200, 30_000])
def test_the_density_adds_up_to_the_points(kernel, count: int) -> None:
    found = kernel_density(points(count), cell_m=60, bandwidth_m=600, kernel=kernel)
    assert found.values.sum() * found.cell_m**2 == pytest.approx(count, rel=2e-3)


def test_parts_add_up_to_the_whole() -> None:
    xy = points(40_000)
    parts = [
        kernel_density(xy[rows], cell_m=100, bandwidth_m=900, extent=EXTENT)
        for rows in np.split(np.arange(40_000), 2)
    ]
    whole = kernel_density(xy, cell_m=100, bandwidth_m=900, extent=EXTENT)
    assert sum(part.values for part in parts) == pytest.approx(whole.values, rel=1e-9, abs=1e-18)


def test_the_northern_row_comes_first() -> None:
    found = kernel_density([(3950, 2950)], cell_m=100, bandwidth_m=200, extent=EXTENT)
    assert np.unravel_index(found.values.argmax(), found.values.shape) == (0, 39)
    assert found.transform == (100, 0, 0, 0, -100, 3000)
    x, y = found.centres
    assert (x[39], y[0]) == (3950, 2950)


def test_an_even_spread_stays_even_up_to_the_county_line() -> None:
    county = Polygon([(0, 0), (4000, 0), (4000, 1500), (2000, 1500), (2000, 3000), (0, 3000)])
    x, y = np.meshgrid(np.arange(5, 4000, 10), np.arange(5, 3000, 10))
    xy = np.column_stack([x.ravel(), y.ravel()])
    found = kernel_density(xy, cell_m=100, bandwidth_m=500, boundary=county)
    inside = ~np.isnan(found.values)
    assert inside.sum() == 900
    assert found.values[inside] == pytest.approx(np.full(900, 0.01), rel=0.03)
    assert found.outside == 30_000
    plain = kernel_density(xy[xy[:, 0] < 2000], cell_m=100, bandwidth_m=500, extent=(0, 0, 2000, 3000))
    assert plain.values[0, 0] < 0.005


def test_beside_a_slanting_line_it_is_divided_by_the_part_of_the_kernel_inside() -> None:
    """At the middle of a straight line half the kernel lies inside, wherever the cells lie beside the line."""
    half = Polygon([(-4000, -4000), (4000, 4010), (-4000, 4010)])
    found = kernel_density([(-50.0, 50.0)], cell_m=20, bandwidth_m=400, boundary=half, extent=(-20, 0, 0, 20))
    squared = (-50 + 10) ** 2 + (50 - 10) ** 2
    whole = 3 / (np.pi * 400**2) * (1 - squared / 400**2) ** 2
    offsets = np.arange(-399.5, 400)
    x, y = np.meshgrid(offsets - 10, offsets + 10)
    kernel = np.maximum(1 - (np.add.outer(offsets**2, offsets**2)) / 400**2, 0) ** 2
    part = kernel[shapely.intersects_xy(half, x, y)].sum() / kernel.sum()
    assert 0.5 < part < 0.6
    assert found.values[0, 0] == pytest.approx(whole / part, rel=2e-3)


def test_no_points_on_a_known_extent_are_nothing() -> None:
    found = kernel_density(np.empty((0, 2)), cell_m=100, bandwidth_m=300, extent=EXTENT)
    assert not found.values.any()
    with pytest.raises(PositionsError, match="extent"):
        kernel_density(np.empty((0, 2)), cell_m=100, bandwidth_m=300)


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"cell_m": 0}, LimitError),
        ({"bandwidth_m": -5}, LimitError),
        ({"bandwidth_m": np.nan}, LimitError),
        ({"kernel": "uniform"}, ArgumentError),
        ({"weights": [1, np.nan]}, WeightsError),
        ({"extent": (0, 0, 0, 10)}, ArgumentError),
        ({"cell_m": 0.01}, ArgumentError),
        ({"boundary": LineString([(0, 0), (1, 1)])}, ArgumentError),
    ],
)
def test_what_cannot_be_drawn(options: dict, error: type[Exception]) -> None:
    with pytest.raises(error):
        kernel_density([(0, 0), (500, 500)], **{"cell_m": 100, "bandwidth_m": 200} | options)


@pytest.mark.parametrize("wrong", [[(0, np.nan)], [(0, np.inf)], [(1, 2, 3)]])
def test_points_that_are_none(wrong: list) -> None:
    with pytest.raises(PositionsError):
        kernel_density(wrong, cell_m=10, bandwidth_m=20)


def test_a_boundary_without_points_is_empty() -> None:
    found = kernel_density([(9e4, 9e4)], cell_m=100, bandwidth_m=200, boundary=box(0, 0, 1000, 1000))
    assert (found.values == 0).all()
    assert found.outside == 1
