"""Names for the tests of labels: villages as squares on a page, and what is true of every placement."""

import itertools
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import shapely
from shapely import affinity

from exports.sheets.labels import Name, Placement, Plate
from exports.sheets.page import Box

PAGE = Box(0, 0, 100, 100)
SLACK_MM2 = 1e-6


def village(code: str, text: str, area: Any, **more: Any) -> Name:
    """A village of the usual weight and size."""
    wanted = Name(code, text, "village", 10, 2.2, 1.75, area=area)
    return replace(wanted, **more)


def township(code: str, text: str, area: Any) -> Name:
    return Name(code, text, "township", 40, 3.6, 2.8, area=area, weight="bold")


def point(code: str, text: str, x: float, y: float) -> Name:
    """The name of a symbol 2 mm across."""
    return Name(code, text, "point", 2, 1.9, 1.75, at=(x, y), half=1.0)


def symbol(x: float, y: float, half: float = 1.0) -> Box:
    return Box(x - half, y - half, x + half, y + half)


def ground(plate: Plate) -> Any:
    """The rectangle of a plate as a polygon."""
    upright = shapely.box(
        plate.x - plate.width / 2,
        plate.y - plate.height / 2,
        plate.x + plate.width / 2,
        plate.y + plate.height / 2,
    )
    return affinity.rotate(upright, plate.angle, origin=(plate.x, plate.y))  # y grows downwards: clockwise


def polygon(box: Box) -> Any:
    return shapely.box(box.left, box.top, box.right, box.bottom)


def overlaps(placement: Placement) -> list[tuple[str, str]]:
    """Codes of names whose grounds share any of it; letters of one name are not counted against each other."""
    grounds = [(plate.code, ground(plate)) for plate in placement.boxes]
    return [
        (one, other)
        for (one, mine), (other, theirs) in itertools.combinations(grounds, 2)
        if one != other and mine.intersection(theirs).area > SLACK_MM2
    ]


def check(placement: Placement, names: Sequence[Name], obstacles: Sequence[Box], within: Box = PAGE) -> None:
    """What holds for every placement."""
    assert overlaps(placement) == []
    walls = [polygon(box) for box in obstacles]
    for plate in placement.boxes:
        covered = ground(plate)
        assert all(covered.intersection(wall).area <= SLACK_MM2 for wall in walls), plate
        assert covered.difference(polygon(within)).area <= SLACK_MM2, plate
    assert sorted((*placement.placed, *(one.code for one in placement.dropped))) == sorted(
        name.code for name in names
    )
    areas = {name.code: name.area for name in names if name.area is not None}
    for plate in placement.boxes:
        if plate.code in areas:
            assert areas[plate.code].contains(shapely.Point(plate.x, plate.y)), plate
    least = {name.code: name.least for name in names}
    assert all(words.size >= least[words.of] for words in placement.words)
