"""How numbers are written in a report: “1,204”, “70.4 %”, “—” where nothing was collected, “不公开” where withheld."""

from datetime import date

from layers.areas.figures import Figure

NOT_COLLECTED, WITHHELD = "—", "不公开"
WITHHELD_NOTE = "“不公开”：该处是 1–2 件（＜3），或由它能推算出这样的数；“0”确实为零，“—”没有采集。"
LEAST_PERCENT = 0.05
WHOLE_FROM = 100


def shown(figure: Figure, decimals: int | None = None) -> str:
    """The value of a figure without its unit; a share as a percentage."""
    if figure.value is None:
        return WITHHELD if figure.withheld else NOT_COLLECTED
    return percent(figure.value) if figure.share else number(figure.value, decimals)


def number(value: float, decimals: int | None = None) -> str:
    """Thousands set apart; whole numbers without a point, others with one decimal unless said otherwise."""
    if value - value != 0:
        return NOT_COLLECTED
    if decimals is None:
        decimals = 0 if float(value).is_integer() else 1
    text = f"{value:,.{decimals}f}"
    return text.removeprefix("-") if float(text.replace(",", "")) == 0 else text


def part(value: float) -> str:
    """A numerator or denominator: decimals only where they are a part of it that matters."""
    return number(value, 0 if abs(value) >= WHOLE_FROM else None)


def percent(share: float) -> str:
    """A share from 0 to 1 with one decimal; “—” where there is none."""
    return NOT_COLLECTED if share - share != 0 else f"{share * 100:.1f} %"


def rate_of_change(share: float) -> str:
    """How much something rose or fell, as it follows “增长”; never “0.0 %” for a change that there was."""
    size = abs(share) * 100
    return "不足 0.1 %" if 0 < size < LEAST_PERCENT else f" {size:,.1f} %"


def signed(amount: float) -> str:
    """A difference with its sign: “+12”, “−3”, “0”."""
    return number(amount) if amount == 0 else ("+" if amount > 0 else "−") + number(abs(amount))


def with_unit(figure: Figure, decimals: int | None = None) -> str:
    """The value with its unit, as it stands in a sentence; a share with numerator and denominator."""
    text = shown(figure, decimals)
    if figure.value is None:
        return text
    if figure.share:
        return f"{text}（{part(figure.numerator or 0)} / {part(figure.denominator or 0)}）"
    return f"{text} {figure.unit}".rstrip()


def day(value: date) -> str:
    """2026年3月1日."""
    return f"{value.year}年{value.month}月{value.day}日"


def listed(items: list[str], most: int = 10) -> str:
    """Names with 、 between them; “等 n 个” where there are more."""
    return "、".join(items[:most]) + (f"等 {len(items)} 个" if len(items) > most else "")
