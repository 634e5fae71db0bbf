"""The second centre of an area is another one than the first, and never nearer."""

import numpy as np
import pytest

from geo.coverage import demand_of
from geo.nearest import straight
from layers.planning.seconds import with_seconds

VILLAGE = "140822100201"
A, B, C, D = range(4)
CENTRES = [(100, 0), (1100, 0), (-200, 0), (100, 1300)]
SETTLEMENTS = [(0, 0), (1000, 0), (100, 1000)]
PEOPLE = [100, 60, 50]


def test_a_village_of_three_settlements_that_each_have_another_centre_nearest() -> None:
    """A, B and D are nearest; of the second nearest A has most people (110 of 210), yet it is the first already.
    Without it 100 go to C, 60 to B and 50 to D."""
    demand = demand_of(SETTLEMENTS, PEOPLE, np.array([VILLAGE] * 3))
    (row,) = with_seconds(demand, straight(SETTLEMENTS, CENTRES, second=True), 12).to_dict("records")
    assert (row["nearest"], row["second"]) == (A, C)
    assert row["distance"] == pytest.approx((100 * 100 + 60 * 100 + 50 * 300) / 210)
    assert row["second_distance"] == pytest.approx((100 * 200 + 60 * 100 + 50 * 300) / 210)


def test_a_single_centre_has_no_second() -> None:
    demand = demand_of(SETTLEMENTS, PEOPLE, np.array([VILLAGE] * 3))
    (row,) = with_seconds(demand, straight(SETTLEMENTS, CENTRES[:1], second=True), 12).to_dict("records")
    assert (row["nearest"], row["second"], row["second_distance"]) == (A, -1, np.inf)
