"""Where things stand on each paper: inside the page, nothing over anything else."""

from itertools import combinations

import pytest

from exports.sheets.page import Box
from exports.sheets.papers import PAPERS, Layout, Orientation, PaperId, atlas_layout, layout
from geo.errors import ArgumentError

SHEETS: list[tuple[PaperId, Orientation]] = [
    ("A3", "landscape"), ("A3", "portrait"), ("A4", "landscape"), ("A4", "portrait"), ("slide", "landscape"), ("figure", "landscape"),
]  # fmt: skip
SIZES = {"A3": (420, 297), "A4": (297, 210), "slide": (338.7, 190.5), "figure": (156, 105)}


def boxes(placed: Layout) -> list[Box]:
    found = [placed.title, placed.frame, placed.panel, placed.footer, placed.table]
    return [box for box in found if box is not None]


@pytest.mark.parametrize(("paper", "orientation"), SHEETS)
def test_nothing_overlaps_and_all_lies_on_the_page(paper: PaperId, orientation: Orientation) -> None:
    placed = layout(paper, orientation)
    page = Box(0, 0, placed.width, placed.height)
    size = (placed.width, placed.height)
    assert (size if orientation == "landscape" else size[::-1]) == SIZES[paper]
    assert all(page.holds(box) and box.width > 0 and box.height > 0 for box in boxes(placed))
    assert not any(one.crosses(two) for one, two in combinations(boxes(placed), 2))
    assert placed.frame.holds(placed.map)


@pytest.mark.parametrize("height", [10.0, 90.0, 400.0])
def test_the_table_of_an_atlas_has_its_place(height: float) -> None:
    placed = atlas_layout("A4", height)
    assert placed.table is not None
    assert not any(one.crosses(two) for one, two in combinations(boxes(placed), 2))
    assert placed.map.height > 120


@pytest.mark.parametrize("paper", [name for name, paper in PAPERS.items() if not paper.turns])
def test_some_papers_do_not_turn(paper: PaperId) -> None:
    with pytest.raises(ArgumentError, match="只有横向"):
        layout(paper, "portrait")
