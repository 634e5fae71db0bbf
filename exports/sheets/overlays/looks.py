"""How answers are drawn: the paints of the coverage and of the hotspot page, on paper as on the screen."""

from collections.abc import Sequence

from geo.wording import BASE
from layers.spec import Colour, Hatch, Paint, Text
from layers.symbology import RAMPS, LegendRow, ramp, range_title

GAP: Colour = "#A6195C"
EDGE: Colour = "#AEB8B9"
EDGE_MM = 0.1
HATCH_INK: Colour = "#2B5F68"
NO_DATA_LINE: Colour = "#8A97A0"
PRIMARY: Colour = "#0B6470"

SHARES = (0.9995, 0.7995, 0.4995, 0.0)
"""Least share of each class: shares are told to a tenth of a per cent, rounded first and classed after."""
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


COVERAGE = (
    *rows(
        (Text(zh="100 %", en="100 %"), _area("#4C838D")),
        (Text(zh="80–99.9 %", en="80–99.9 %"), _area("#74ADB5", "dots", HATCH_INK)),
        (Text(zh="50–79.9 %", en="50–79.9 %"), _area("#B5D5D9", "horizontal", HATCH_INK)),
        (Text(zh="低于 50 %", en="under 50 %"), _area("#FAFCFC")),
    ),
    _no_data(Text(zh="没有人口数据", en="No people known"), 4),
    small_base(5),
)
GAPS = rows(
    (
        Text(zh="覆盖空白，有人居住", en="Gap with people"),
        Paint(fill="#FFFFFF", fill_opacity=0.45, line=GAP, line_mm=0.26, hatch="diagonal", hatch_line=GAP),
    ),
    (
        Text(zh="覆盖空白，无人居住", en="Gap without people"),
        Paint(fill="#FFFFFF", fill_opacity=0.35, line="#D48DB0", line_mm=0.2),
    ),
)
REACH = rows((Text(zh="服务范围", en="Reach of the services"), Paint(line=PRIMARY, line_mm=0.28)))
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
    ends = [None, *limits, None]
    fills = ramp("rate", len(limits) + 1)
    classes = rows(
        *(
            (range_title(least, below) if limits else Text(zh="全部", en="All"), _area(fill))
            for fill, least, below in zip(fills, ends, ends[1:], strict=False)
        )
    )
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
