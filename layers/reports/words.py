"""How figures are written in a report: “1,204”, “70.4 %”, “—” where nothing was collected, “不公开” where withheld."""

from datetime import date

from geo.wording import NOTHING, number, percent, share
from layers.areas.figures import Figure

NOT_COLLECTED, WITHHELD = NOTHING, "不公开"
WITHHELD_NOTE = "“不公开”：该处是 1–2 件（＜3），或由它能推算出这样的数；“0”确实为零，“—”没有采集。"


def shown(figure: Figure, decimals: int | None = None) -> str:
    """The value of a figure without its unit, as a cell says it; a share as a percentage."""
    if figure.value is None:
        return WITHHELD if figure.withheld else NOT_COLLECTED
    if figure.share:
        return percent(figure.numerator, figure.denominator, unit=figure.of, cell=True)
    return number(figure.value, decimals)


def with_unit(figure: Figure, decimals: int | None = None) -> str:
    """The value with its unit, as it stands in a sentence; a share with numerator and denominator."""
    if figure.value is not None and figure.share:
        return share(figure.numerator, figure.denominator, figure.of)
    text = shown(figure, decimals)
    return text if figure.value is None else f"{text} {figure.unit}".rstrip()


def day(value: date) -> str:
    """2026年3月1日."""
    return f"{value.year}年{value.month}月{value.day}日"


def listed(items: list[str], most: int = 10) -> str:
    """Names with 、 between them; “等 n 个” where there are more."""
    return "、".join(items[:most]) + (f"等 {len(items)} 个" if len(items) > most else "")
