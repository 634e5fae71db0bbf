"""The divisions right below an area as a table: the columns that the theme of the sheet declares, of what is drawn on it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from exports.sheets.columns import Column, Making, Named, given
from exports.sheets.overlays.disputes import DISPUTES
from exports.sheets.plan import SheetPlan
from layers.disclosure import Viewer

if TYPE_CHECKING:
    from layers.county import County

MOST_COLUMNS = 7
"""Beside the names; what is more is said to be left out."""


@dataclass(frozen=True)
class AreaTable:
    """``columns`` are headings, ``rows`` cells in their order with the name first, ``total`` the last row; ``notes``
    say what the columns mean; ``editions`` are those that it was made from."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...]
    notes: tuple[str, ...]
    editions: Mapping[str, str] = field(default_factory=dict)
    demo: bool = False


def area_table(
    county: "County", viewer: Viewer, plan: SheetPlan, layers: tuple[str, ...]
) -> AreaTable | None:
    """The table of a plan's area; ``layers`` are drawn on its sheet. None for an area without divisions."""
    code = plan.code or viewer.scope or county.code
    below = county.divisions.child(county.divisions.level_of(code))
    if below is None:
        return None
    making = Making(county, viewer, plan, below, layers)
    return _table(making, county) if making.codes else None


def _table(making: Making, county: "County") -> AreaTable:
    theme = county.catalog.theme(making.plan.theme)
    having = frozenset(filter(None, map(_layer_of, theme.table)))
    named = Named(making)
    made = [column for name in theme.table for column in named.made(name, having)]
    columns = [making.names(), *made[:MOST_COLUMNS]]
    if left := made[MOST_COLUMNS:]:
        titles = making.tongue.comma.join(column.title for column in left)
        making.notes.append(making.tongue.gettext("没有列出：{titles}", titles=titles))
    notes = tuple(dict.fromkeys(making.notes))
    sorting = next(iter(named.made(theme.sort.by)), made[0] if made else columns[0])
    order = _order(sorting, making.codes, least=theme.sort.first == "least")
    return AreaTable(
        tuple(column.title for column in columns),
        tuple(tuple(column.cells[row] for column in columns) for row in order),
        tuple(column.total for column in columns),
        notes,
        making.editions,
        making.demo,
    )


def _layer_of(name: str) -> str:
    """The layer that a column tells of; what it is set against is none."""
    kind, _, of = name.partition(":")
    return DISPUTES if kind in ("cases", "rate") else "" if kind == "per" else of.partition(".")[0]


def _order(column: Column, codes: list[str], *, least: bool) -> list[int]:
    """Places of the rows by a column, those without a number last, else by their codes."""

    def _key(row: int) -> tuple[float, str]:
        value = column.values[row]
        known = float(value) if given(value) else float("inf")
        return (known if least or not given(value) else -known), codes[row]

    return sorted(range(len(codes)), key=_key)
