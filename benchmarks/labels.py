"""Names of 250 villages on a page beside adjustText, with what each leaves undone."""

import itertools
import statistics
from collections.abc import Callable, Sequence

import matplotlib as mpl
import numpy as np
import shapely
from adjustText import adjust_text
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.text import Text

from benchmarks.harness import Row, against, bounded, seconds
from exports.sheets.fonts import FILES
from exports.sheets.labels import Name, Placement, place
from exports.sheets.page import Box

COUNT = 250
FRAME = Box(0, 0, 236, 176)
"""The county of 47 × 35 km at 1:200,000, in millimetres."""
SIZE_MM, LEAST_MM = 2.2, 1.75
POINTS_PER_MM = 72 / 25.4
RUNS = 5
FIRST, SECOND = "东西南北上下前后大小", "张王李薛贾吴孙杨高范丁闫"
ENDS = ("村", "庄村", "社区")


def rows() -> list[Row]:
    villages = _villages()
    times = [(seconds(lambda: _placed(villages)), seconds(_adjusting(villages)[0])) for _ in range(RUNS)]
    ours, theirs = (statistics.median(side) for side in zip(*times, strict=True))
    mine = _boxes(_placed(villages))
    adjust, texts = _adjusting(villages)
    adjust()
    peers = _drawn(texts)
    name = f"names of {COUNT} villages"
    owners = {village.code: village.area for village in villages}
    return [
        against(f"{name} placed on a page", ours, ("adjustText", theirs), unit="s", at_most=0.5, runs=RUNS),
        bounded(f"{name}: time", ours, unit="s", at_most=0.3, runs=RUNS),
        _counted(f"{name}: overlaps", _overlaps(list(mine.values())), _overlaps(peers), at_most=0),
        _counted(
            f"{name}: outside their village",
            sum(not _within(owners[code], box) for code, box in mine.items()),
            sum(not _within(village.area, box) for village, box in zip(villages, peers, strict=True)),
            at_most=0,
        ),
        bounded(f"{name}: left out", COUNT - len(mine), unit="names", at_most=COUNT // 50, runs=1),
    ]


def _counted(name: str, ours: int, theirs: int, *, at_most: int) -> Row:
    """A row of counts: ours may be at most so many, whatever the peer has."""
    return Row(name, ours, "adjustText", theirs, "", None, f"≤ {at_most}", ours <= at_most, 1)


def _villages() -> list[Name]:
    """The frame shared out among seeds that lie apart from each other, the same every time."""
    chance = np.random.default_rng(250)
    seeds = chance.uniform((0, 0), (FRAME.right, FRAME.bottom), (COUNT, 2))
    frame = shapely.box(FRAME.left, FRAME.top, FRAME.right, FRAME.bottom)
    for _ in range(2):  # towards the middles of their cells, as villages lie
        cells = shapely.voronoi_polygons(shapely.MultiPoint(seeds), extend_to=frame, ordered=True)
        parcels = shapely.intersection(shapely.get_parts(cells), frame)
        seeds = shapely.get_coordinates(shapely.centroid(parcels))
    texts = map("".join, itertools.cycle(itertools.product(FIRST, SECOND, ENDS)))
    return [
        Name(str(row), text, "village", 10, SIZE_MM, LEAST_MM, area=area)
        for row, (area, text) in enumerate(zip(parcels, texts, strict=False))
    ]


def _placed(villages: Sequence[Name]) -> Placement:
    return place(villages, [], FRAME)


def _boxes(placement: Placement) -> dict[str, Box]:
    return {
        plate.code: Box(
            plate.x - plate.width / 2,
            plate.y - plate.height / 2,
            plate.x + plate.width / 2,
            plate.y + plate.height / 2,
        )
        for plate in placement.boxes
    }


def _adjusting(villages: Sequence[Name]) -> tuple[Callable[[], object], list[Text]]:
    """The call of adjustText on names in the middles of their villages, with nothing but its defaults."""
    mpl.use("agg")
    figure = Figure(figsize=(FRAME.width / 25.4, FRAME.height / 25.4))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(FRAME.left, FRAME.right), ylim=(FRAME.bottom, FRAME.top))
    font = FontProperties(fname=str(FILES["regular"]), size=SIZE_MM * POINTS_PER_MM)
    texts = [
        axes.text(village.area.centroid.x, village.area.centroid.y, village.text, fontproperties=font)
        for village in villages
    ]
    figure.canvas.draw()
    return lambda: adjust_text(texts, ax=axes), texts


def _drawn(texts: Sequence[Text]) -> list[Box]:
    """What the texts cover, in millimetres on the page."""
    figure = texts[0].get_figure()
    assert figure is not None
    per_mm = figure.dpi / 25.4
    found = []
    for text in texts:
        shown = text.get_window_extent()
        found.append(
            Box(
                shown.x0 / per_mm,
                FRAME.bottom - shown.y1 / per_mm,
                shown.x1 / per_mm,
                FRAME.bottom - shown.y0 / per_mm,
            )
        )
    return found


def _overlaps(boxes: Sequence[Box]) -> int:
    return sum(one.crosses(other) for one, other in itertools.combinations(boxes, 2))


def _within(area: shapely.Geometry, box: Box) -> bool:
    return bool(area.contains(shapely.Point(*box.middle)))
