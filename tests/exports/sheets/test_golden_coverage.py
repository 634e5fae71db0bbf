"""Coverage on A3, in three ways × two units, in colour and in grey, looks as when a person last found it good."""

from pathlib import Path

import numpy as np
import pytest

from layers.county import County, open_county
from tests.coverage_scenes import MOST_LOUD, SCENES, compare, grey, kept, sheet
from webmap.settings import load_settings


@pytest.fixture(scope="module")
def county(sample_home: Path) -> County:
    return open_county(load_settings(home=sample_home).of_county())


@pytest.mark.parametrize(("mode", "limit"), SCENES)
def test_a_coverage_sheet_looks_as_it_did(county: County, mode: str, limit: str) -> None:
    drawn = sheet(county, mode, limit)
    compare(f"a3-{mode}-{limit}", drawn)
    compare(f"a3-{mode}-{limit}-grey", grey(drawn))


def test_the_tolerance_tells_one_question_from_another() -> None:
    one, other = kept("a3-straight-1500m"), kept("a3-road-1500m")
    assert (np.abs(one - other).max(axis=2) > 64).mean() > MOST_LOUD
