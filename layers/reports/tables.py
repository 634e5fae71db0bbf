"""Tables that several reports share: a number beside that of earlier periods."""

from collections.abc import Sequence

from geo.wording import BASE, based, signed, tenths
from geo.wording import growth as growth_of
from layers.areas.figures import Figure
from layers.reports.changes import Change
from layers.reports.document import Cell, name
from layers.reports.words import NOT_COLLECTED, WITHHELD, WITHHELD_NOTE, shown

SMALL = f"基数不足 {BASE} 的不写百分比。"
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
    if change.amount is None or change.then is None:
        return Cell(shown(figure), figure)
    return Cell(growth_of(change.then.value, change.now.value, change.now.unit), figure)


def by_size(rows: Sequence[tuple[Figure, Row]]) -> tuple[Row, ...]:
    """Rows with the largest number first, unknown ones last; equal ones keep their order."""
    return tuple(
        row
        for _, row in sorted(rows, key=lambda pair: -(pair[0].value or 0) if pair[0].value is not None else 1)
    )


def enumerated(items: Sequence[str]) -> str:
    """Items one after the other; a comma between them where 、 stands within one."""
    return ("，" if any("、" in item for item in items) else "、").join(items)


def adds_up(parts: Sequence[float], whole: float) -> tuple[str, ...]:
    """The note on rounding, where parts of a whole as they are written in per cent do not add up to it."""
    written = sum(tenths(part, whole) or 0 for part in parts) if based(whole) else 0
    return () if written in (0, 100) else ("因四舍五入，占比相加不等于 100.0 %。",)


def small(rows: Sequence[Row]) -> tuple[str, ...]:
    """The note on bases that are too small for per cent, where the table has any."""
    shares = (cell.figure for row in rows for cell in row if cell.figure is not None and cell.figure.share)
    bare = any(figure.denominator and not based(figure.denominator, figure.of) for figure in shares)
    return (SMALL,) if bare else ()


def hidden(rows: Sequence[Row]) -> tuple[str, ...]:
    """The note on what is withheld, where the table has any."""
    return (WITHHELD_NOTE,) if any(cell.text == WITHHELD for row in rows for cell in row) else ()


def dashed(rows: Sequence[Row], note: str = "“—”没有采集。") -> tuple[str, ...]:
    """The note on “—”, where the table has one."""
    return (note,) if any(cell.text == NOT_COLLECTED for row in rows for cell in row) else ()
