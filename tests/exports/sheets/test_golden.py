"""Sheets look as they looked when a person last found them good."""

import numpy as np
import pytest

from layers.county import County
from tests.exports.sheets.golden_scenes import MOST_LOUD, MOST_MEAN, SCENES, Scene, apart, kept, picture


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_a_sheet_looks_as_it_did(drawn_county: County, scene: Scene) -> None:
    now, then = picture(drawn_county, scene), kept(scene)
    assert now.shape == then.shape
    mean, loud = apart(now, then)
    assert mean <= MOST_MEAN, (
        f"{scene.name}: python -m tests.exports.sheets.golden_scenes {scene.name}, then look at it"
    )
    assert loud <= MOST_LOUD, (
        f"{scene.name}: python -m tests.exports.sheets.golden_scenes {scene.name}, then look at it"
    )


def test_the_tolerance_tells_a_moved_or_missing_part() -> None:
    then = kept(SCENES[0])
    assert apart(then, np.roll(then, 2, axis=1))[1] > MOST_LOUD
    gone = then.copy()
    height = then.shape[0]
    gone[: height // 10] = 255
    assert apart(then, gone)[1] > MOST_LOUD
