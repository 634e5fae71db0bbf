"""How answers are drawn: the paints of the coverage and of the hotspot page, on paper as on the screen."""

from collections.abc import Iterator, Sequence

from geo.wording import BASE
from layers.spec import Colour, Hatch, Paint, Text
from layers.symbology import RAMPS, LegendRow, ramp, range_title

GAP: Colour = "#A6195C"
EDGE: Colour = "#AEB8B9"
EDGE_MM = 0.1
HATCH_INK: Colour = "#2B5F68"
NO_DATA_LINE: Colour = "#8A97A0"
PRIMARY: Colour = "#0B6470"

TONES = 5


def _area(fill: Colour, hatch: Hatch = "none", line: Colour | None = None, *, opacity: float = 1.0) -> Paint:
    return Paint(
        fill=fill,
        fill_opacity=opacity,
        line=EDGE,
        line_mm=EDGE_MM,
        hatch=hatch,
        hatch_line=line if hatch != "none" else None,
    )


def rows(*classes: tuple[Text, Paint]) -> tuple[LegendRow, ...]:
    """Legend rows in this order."""
    return tuple(LegendRow(index, title, paint, None) for index, (title, paint) in enumerate(classes))


def _no_data(title: Text, index: int, hatch: Hatch = "diagonal", line: Colour = NO_DATA_LINE) -> LegendRow:
    return LegendRow(index, title, _area("#FFFFFF", hatch, line), None, "empty")


def small_base(index: int) -> LegendRow:
    """Areas with too few people for a share or a rate: one case more would be another class."""
    return _no_data(Text(zh=f"基数不足 {BASE}", en=f"Base under {BASE}"), index, "cross", HATCH_INK)


_NOBODY_REACHED = _area("#FFFFFF", "diagonal", "#D283AD")


def _asked_states(first: int) -> tuple[LegendRow, ...]:
    """Why a village is in no class of a coverage question, the indices from ``first`` on."""
    apart = LegendRow(
        first, Text(zh="不在问题内", en="Not asked about"), _area("#F1F2F1", "dots", "#B4BCC0"), None
    )
    return (
        apart,
        _no_data(Text(zh="人口没有采集", en="People not known"), first + 1, "horizontal"),
        _no_data(Text(zh="没有人住", en="Nobody lives there"), first + 2, "cross"),
    )


COVERAGE = (
    *rows(
        (Text(zh="一个人也到不了", en="Nobody is reached"), _NOBODY_REACHED),
        (Text(zh="到达一部分", en="Some are reached"), _area("#B4D3D6")),
        (Text(zh="全部到达", en="All are reached"), _area("#FCFBF7")),
    ),
    *_asked_states(3),
)
"""Villages by who is reached; the places below say how many are not."""
NONE_REACHED, SOME_REACHED, ALL_REACHED, APART, UNKNOWN, EMPTY = range(6)


ACCESS_APART, ACCESS_UNKNOWN, ACCESS_EMPTY = range(3)
"""Places among the states that follow the classes of an accessibility."""


def access(limits: Sequence[float]) -> tuple[LegendRow, ...]:
    """Villages that reach nothing, classes of an accessibility between inner limits, then the states of what has none."""
    classes = rows(
        (Text(zh="全村都够不着", en="Nobody there reaches any"), _NOBODY_REACHED), *_ranges("share", limits)
    )
    return (*classes, *_asked_states(len(classes)))


def _ranges(name: str, limits: Sequence[float]) -> Iterator[tuple[Text, Paint]]:
    """Classes between inner limits in the colours of a ramp."""
    ends = [None, *limits, None]
    for fill, least, below in zip(ramp(name, len(limits) + 1), ends, ends[1:], strict=False):
        yield (range_title(least, below) if limits else Text(zh="全部", en="All")), _area(fill)


def _disc(fill: Colour, line: Colour = "#4A2208", line_mm: float = 0.16) -> Paint:
    return Paint(symbol="circle", fill=fill, line=line, line_mm=line_mm, size_mm=2.8)


LEFT = (
    _disc("#FBD58C"),
    _disc("#E9812F"),
    _disc("#7A2E0C"),
    _disc("#33211A", "#FFFFFF", 0.45),
    _disc("#FFFFFF", PRIMARY, 0.4),
)
"""Places that are not reached, by how far they are, those that reach nothing, and those that only the proposals reach."""
HULLS = rows((Text(zh="空白片区", en="Gap"), Paint(line=GAP, line_mm=0.36)))
BADGES = rows(
    (
        Text(zh="片区编号", en="Number of a gap"),
        Paint(symbol="circle", fill=GAP, line="#FFFFFF", line_mm=0.25, size_mm=3.6),
    )
)
REACH = rows((Text(zh="范围的边", en="Edge of the reach"), Paint(line="#86AEB4", line_mm=0.16)))
CENTRES = rows(
    (
        Text(zh="现有中心", en="Existing centre"),
        Paint(symbol="square", fill=PRIMARY, line="#FFFFFF", line_mm=0.25, size_mm=2.2),
    ),
    (
        Text(zh="县外中心", en="Centre outside the county"),
        Paint(symbol="square", fill="#FFFFFF", line=PRIMARY, line_mm=0.35, size_mm=2.0),
    ),
    (
        Text(zh="假设关闭的中心", en="Centre assumed closed"),
        Paint(symbol="cross", fill="#5F6E78", size_mm=2.6, line_mm=0),
    ),
    (
        Text(zh="拟建中心", en="Proposed centre"),
        Paint(symbol="diamond", fill="#FFFFFF", line=GAP, line_mm=0.45, size_mm=3.2),
    ),
)

STATES: tuple[tuple[Text, Hatch], ...] = (
    (Text(zh="不公布", en="Withheld"), "diagonal"),
    (Text(zh="没有人口", en="Nobody lives there"), "cross"),
    (Text(zh="人口数不明", en="People not known"), "horizontal"),
    (Text(zh="没有作判断", en="Not tested"), "dots"),
)
"""Why an area is in no class."""
WITHHELD, NOBODY, PEOPLE_UNKNOWN, UNTESTED = range(len(STATES))
SMALL_BASE = len(STATES)
"""A rate has one state more than a test."""


def states(first: int) -> tuple[LegendRow, ...]:
    """Legend rows of areas without data, their indices from ``first`` on."""
    return tuple(_no_data(title, first + at, hatch) for at, (title, hatch) in enumerate(STATES))


SPOTS = (
    *rows(
        (Text(zh="热点，q ≤ 0.01", en="Hot spot, q ≤ 0.01"), _area("#C4533A")),
        (Text(zh="热点", en="Hot spot"), _area("#E18E76")),
        (Text(zh="冷点", en="Cold spot"), _area("#B9D2E8", "dots", "#2563A8")),
        (Text(zh="不显著", en="Not significant"), _area("#FCFBF7")),
    ),
    *states(4),
)


CHANGES = (
    *rows(
        (Text(zh="增加 3 件以上", en="3 or more up"), _area("#C4533A")),
        (Text(zh="增加 1–2 件", en="1 or 2 up"), _area("#E18E76")),
        (Text(zh="减少 3 件以上", en="3 or more down"), _area("#7FA9D6", "dots", "#1D4E86")),
        (Text(zh="减少 1–2 件", en="1 or 2 down"), _area("#B9D2E8", "dots", "#2563A8")),
        (Text(zh="没有变化", en="No change"), _area("#FCFBF7")),
    ),
    _no_data(STATES[WITHHELD][0], 5),
)


def rates(limits: Sequence[float]) -> tuple[LegendRow, ...]:
    """Classes of a rate between inner limits, then the states of what has none, last of too small a base."""
    classes = rows(*_ranges("rate", limits))
    found = (*classes, *states(len(classes)))
    return (*found, small_base(len(found)))


def tones(limits: Sequence[float]) -> tuple[LegendRow, ...]:
    """Tones of a density, the first from above zero."""
    ends = [None, *limits, None]
    return rows(
        *(
            (range_title(least, below), Paint(fill=fill, fill_opacity=0.8, line=None, line_mm=0))
            for fill, least, below in zip(RAMPS["rate"], ends, ends[1:], strict=False)
        )
    )
