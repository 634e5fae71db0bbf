"""Tables that several reports share: a number beside that of earlier periods."""

from collections.abc import Sequence
from dataclasses import replace

from layers.areas.figures import Figure
from layers.reports.changes import Change
from layers.reports.document import Cell, name
from layers.reports.words import NOT_COLLECTED, WITHHELD, WITHHELD_NOTE, shown, signed

FROM_ZERO = "基数为 0"
Row = tuple[Cell, ...]


def counted(figure: Figure, decimals: int | None = None) -> Cell:
    """A number in a cell."""
    return Cell(shown(figure, decimals), figure)


def then(change: Change | None) -> Cell:
    """The earlier number; “—” where it is not known."""
    return name("") if change is None or change.then is None else counted(change.then)


def amount(change: Change) -> Cell:
    """The difference with its sign."""
    figure = change.figure()
    return Cell(shown(figure) if change.amount is None else signed(change.amount), figure)


def growth(change: Change | None) -> Cell:
    """The change in per cent."""
    if change is None:
        return name("")
    figure = change.growth()
    if change.rate is None:
        zero = change.amount is not None
        return Cell(FROM_ZERO if zero and change.amount else "0.0 %" if zero else shown(figure), figure)
    return Cell(
        shown(replace(figure, value=abs(change.rate))) if not change.rate else _signed(change.rate), figure
    )


def by_size(rows: Sequence[tuple[Figure, Row]]) -> tuple[Row, ...]:
    """Rows with the largest number first, unknown ones last; equal ones keep their order."""
    return tuple(
        row
        for _, row in sorted(rows, key=lambda pair: -(pair[0].value or 0) if pair[0].value is not None else 1)
    )


def enumerated(items: Sequence[str]) -> str:
    """Items one after the other; a comma between them where 、 stands within one."""
    return ("，" if any("、" in item for item in items) else "、").join(items)


def adds_up(shares: Sequence[float]) -> tuple[str, ...]:
    """The note on rounding, where shares of a whole as they are written do not add up to it."""
    written = sum(round(share * 1000) for share in shares)
    return () if written in (0, 1000) else ("因四舍五入，占比相加不等于 100.0 %。",)


def hidden(rows: Sequence[Row]) -> tuple[str, ...]:
    """The note on what is withheld, where the table has any."""
    return (WITHHELD_NOTE,) if any(cell.text == WITHHELD for row in rows for cell in row) else ()


def dashed(rows: Sequence[Row], note: str = "“—”没有采集。") -> tuple[str, ...]:
    """The note on “—”, where the table has one."""
    return (note,) if any(cell.text == NOT_COLLECTED for row in rows for cell in row) else ()


def _signed(rate: float) -> str:
    return f"{'+' if rate > 0 else '−'}{abs(rate) * 100:,.1f} %"
