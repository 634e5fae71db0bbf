"""A column of the table of areas, and how its cells are written: what is not known, and what is withheld, are no zeros."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TypeGuard

from geo.wording import NOTHING, number, part
from layers.language.tongue import Tongue


class Missing(Enum):
    """Why a cell has no number."""

    UNKNOWN = "unknown"
    WITHHELD = "withheld"


Value = float | int | Missing


@dataclass(frozen=True)
class Column:
    """One column: its numbers, as they are printed, and the cell of the last row."""

    title: str
    values: tuple[Value, ...]
    cells: tuple[str, ...]
    total: str


def given(value: Value) -> TypeGuard[float | int]:
    """Whether there is a number, which may be 0."""
    return not isinstance(value, Missing)


def cell(value: Value, tongue: Tongue, digits: int | None = 0) -> str:
    """“1,234”, “—” where nobody knows, “不公开” where the viewer may not; with ``digits`` None decimals where they matter."""
    if given(value):
        return part(value) if digits is None else number(value, digits)
    return tongue.gettext("不公开") if value is Missing.WITHHELD else NOTHING


def summed(values: Sequence[Value]) -> Value:
    """All together; withheld where one of them is, or the sum would give it away, unknown where one is."""
    for missing in (Missing.WITHHELD, Missing.UNKNOWN):
        if missing in values:
            return missing
    return sum(value for value in values if given(value))


def numbers(
    title: str, values: Sequence[Value], tongue: Tongue, *, digits: int | None = 0, total: Value | None = None
) -> Column:
    """Numbers with thousands; ``total`` is their sum unless it is given."""
    last = summed(values) if total is None else total
    return Column(
        title,
        tuple(values),
        tuple(cell(value, tongue, digits) for value in values),
        cell(last, tongue, digits),
    )
