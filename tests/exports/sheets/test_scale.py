"""Round scales, which of them fit, and the plane of the map."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.sheets.frame import graticule
from exports.sheets.page import Box
from exports.sheets.scale import (
    STEPS,
    best_scale,
    chosen_scale,
    fits,
    round_scales,
    scale_text,
    true_north,
    view_of,
)
from geo.errors import ScaleError
from tests.county import METRIC, ORIGIN

BOX = Box(10, 20, 330, 260)
CLEAR = 4.0


def extent(width: float, height: float) -> tuple[float, float, float, float]:
    x, y = ORIGIN
    return x, y, x + width, y + height


def test_a_square_that_just_fits() -> None:
    assert best_scale(extent(2320, 2320), BOX, CLEAR) == 10_000
    assert best_scale(extent(2320.1, 2320.1), BOX, CLEAR) == 12_500


@given(st.floats(10, 400_000), st.floats(10, 400_000))
def test_the_best_is_round_fits_and_the_next_larger_does_not(width: float, height: float) -> None:
    best = best_scale(extent(width, height), BOX, CLEAR)
    assert best / 10 ** math.floor(math.log10(best)) in STEPS
    assert fits(extent(width, height), BOX, CLEAR, best)
    larger = [scale for scale in round_scales() if scale < best]
    assert not any(fits(extent(width, height), BOX, CLEAR, scale) for scale in larger)


def test_a_scale_that_cannot_fit_says_which_do() -> None:
    assert chosen_scale(extent(2320, 2320), BOX, CLEAR, 25_000) == 25_000
    with pytest.raises(ScaleError, match=r"1:5000 在这张纸上放不下.*1:10000，也可选 1:12500、1:15000"):
        chosen_scale(extent(2320, 2320), BOX, CLEAR, 5_000)


def test_an_area_beyond_every_scale() -> None:
    with pytest.raises(ScaleError, match="放不下"):
        best_scale(extent(1e8, 1e8), BOX, CLEAR)


def test_the_plane_is_exact() -> None:
    west, south, east, north = bounds = extent(3000, 2000)
    view = view_of(bounds, BOX, 20_000)
    corners = view.to_mm(np.array([(west, north), (east, south)]))
    assert corners == pytest.approx(np.array([(95.0, 90.0), (245.0, 190.0)])), (
        "150 × 100 mm, in the middle of the box"
    )
    assert view.middle == pytest.approx((west + 1500, south + 1000))
    assert view.bounds == pytest.approx((west - 1700, south - 1400, east + 1700, north + 1400))
    assert view.metres(10) == 200


@pytest.mark.parametrize(("easting", "turn"), [(450_000.0, 1), (500_000.0, 0), (550_000.0, -1)])
def test_true_north_leans_towards_the_central_meridian(easting: float, turn: int) -> None:
    degrees = true_north(METRIC, easting, 3_920_000.0)
    assert degrees == pytest.approx(turn * 0.3187, abs=1e-3)


def test_thousands_stand_apart() -> None:
    assert scale_text(200_000) == "1:200\u2009000"


@given(st.integers(-60, 60), st.integers(0, 40))
def test_meridians_and_parallels_end_at_the_frame(east_km: int, north_km: int) -> None:
    """Also by the central meridian, where a parallel lies lowest, and is labelled on both sides."""
    x, y = 500_000 + east_km * 1000, 3_915_000 + north_km * 1000
    view = view_of((x - 30_000, y - 20_000, x + 30_000, y + 20_000), BOX, 200_000)
    (lines,), ticks = graticule(view, METRIC)
    ends = np.array([end for path in lines.paths for end in (path[0], path[-1])])
    edges = np.array([BOX.left, BOX.right, BOX.top, BOX.bottom])
    assert np.abs(ends[:, [0, 0, 1, 1]] - edges).min(axis=1).max() < 1e-6
    assert len(ticks) >= 2 * len(lines.paths) - 2, "but for a line that cuts off a corner"
