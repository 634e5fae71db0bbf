"""Exact areas of the hand-drawn county."""

import numpy as np
import pytest

from geo.errors import CrsMissingError, NotMetricError
from geo.measure import area_km2, area_mu, share
from tests import county


def test_areas_of_the_squares_the_hole_and_the_sliver() -> None:
    shapes = county.villages(county.METRIC).geometry
    assert area_km2(shapes).tolist() == pytest.approx([1, 1, 1, 1, 0.96, 1, 1, 1, 1, 0.002], abs=1e-12)
    assert area_mu(shapes)[0] == pytest.approx(1500.0)


def test_parts_add_up_to_the_county() -> None:
    parts, whole = county.grids(county.METRIC).geometry, county.villages(county.METRIC).geometry
    assert area_km2(parts).sum() == pytest.approx(area_km2(whole).sum())


@pytest.mark.parametrize("measure", [area_km2, area_mu])
@pytest.mark.parametrize("crs", ["EPSG:4490", "EPSG:4326", "EPSG:3857"])
def test_degrees_are_refused(measure, crs: str) -> None:
    with pytest.raises(NotMetricError):
        measure(county.villages(crs).geometry)


def test_no_crs_is_refused() -> None:
    with pytest.raises(CrsMissingError):
        area_km2(county.villages(county.METRIC).geometry.set_crs(None, allow_override=True))


def test_shares_have_no_value_without_a_whole() -> None:
    assert share([178, 1, 0], [210, 0, 5]).tolist() == pytest.approx([178 / 210, np.nan, 0], nan_ok=True)
