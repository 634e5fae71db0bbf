"""Statements of what the door gave out."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from layers.disclosure import Disclosed, Door, RowFilter, Viewer
from layers.disclosure.look import look_classes
from layers.disclosure.times import overdue, own_period, worked_out
from layers.spec import FieldSpec, LayerSpec, Text
from layers.statements.register import FigureSpec, figures_of
from layers.statements.statement import Choice, Flag, State, Statement, When, Where

if TYPE_CHECKING:
    from layers.catalog import Catalog
    from layers.county import County

YES, NO = Text(zh="是", en="yes"), Text(zh="否", en="no")
TRUE = frozenset({"1", "true", "是"})


def _register(county: "County") -> Mapping[str, FigureSpec]:
    return figures_of(county.catalog)


def statement_of(
    county: "County",
    viewer: Viewer,
    given: Disclosed,
    wanted: RowFilter,
    *,
    hidden: frozenset[int] = frozenset(),
) -> Statement:
    """What rows that the door gave out for a filter say together.

    Args:
        given: what ``Door.rows`` gave for ``wanted``.
        hidden: classes of the legend that are not drawn; rows of them are not counted.
    """
    spec, code = given.spec, wanted.code or county.code
    counts = given.visibility == "counts"
    n = _published(county.door, given, code) if counts else _counted(given, hidden, county.catalog)
    state: State = "suppressed" if n is None else "value"
    if not n and not counts and not _collected(county.door, spec, wanted):
        state, n = "not-collected", None
    return Statement(
        figure=county.beside(_register)[spec.id],
        viewer=viewer.key,
        where=Where(code, county.areas.name_of(code), given.beyond, frame=wanted.bbox is not None),
        when=when_of(county.door, viewer, given, wanted),
        choices=choices_of(county.catalog, spec, wanted, _without(given, hidden, county.catalog)),
        state=state,
        n=n,
        total=None if n is None else n if counts else _total(county.door, viewer, given, wanted),
        withheld=given.note,
        flags=_flags(county, given, viewer, (code, n is not None)),
        demo=given.edition.holds_demo,
        editions={spec.id: given.edition.id},
    )


def forbidden(county: "County", viewer: Viewer, spec: LayerSpec, wanted: RowFilter, why: str) -> Statement:
    """What is said where the viewer may not see anything of it: no number, and least of all a zero."""
    code = wanted.code or county.code
    return Statement(
        figure=county.beside(_register)[spec.id], viewer=viewer.key, where=Where(code, county.areas.name_of(code), frame=wanted.bbox is not None),
        when=When(wanted.since, wanted.until, wanted.period or ""), choices=(), state="forbidden", n=None, total=None,
        withheld=why,
    )  # fmt: skip


def when_of(door: Door, viewer: Viewer, given: Disclosed, wanted: RowFilter) -> When:
    """The part that is covered of the time that was asked for, else the time of the rows themselves, else that of the
    edition. Of rows with conditions it is the time of those that the conditions choose from, as their total is."""
    if given.visibility == "counts":
        return When(period=given.period or "")
    if wanted.since or wanted.until:
        span = door.extent(given.spec.id).part(*_asked(wanted))
        return When(*span) if span else When(wanted.since, wanted.until)
    own = door.whole(given.spec.id, viewer, wanted).days if given.spec.time_field else None
    return When(*own, own=True) if own else When(period=own_period(given) or "")


def _asked(wanted: RowFilter) -> tuple[date, date]:
    return wanted.since or date.min, wanted.until or date.max


def _collected(door: Door, spec: LayerSpec, wanted: RowFilter) -> bool:
    """Whether there is anything to count in the time that was asked for; of no time there always is."""
    if spec.time_field is None or not (wanted.since or wanted.until):
        return True
    return door.extent(spec.id).collected(*_asked(wanted))


def choices_of(
    catalog: "Catalog", spec: LayerSpec, wanted: RowFilter, without: tuple[Text, ...] = ()
) -> tuple[Choice, ...]:
    """The conditions of a filter, in the order in which they were given; area and time are not among them."""
    found = [
        Choice(
            "field", spec.field(name).title, tuple(_value(catalog, spec.field(name), one) for one in values)
        )
        for name, values in wanted.fields
        if spec.has(name)
    ]
    found += [Choice("text", None, (text,)) for text in wanted.texts]
    found += [Choice("without", None, without)] if without else []
    return tuple(found)


def analysed(catalog: "Catalog", spec: LayerSpec, wanted: RowFilter) -> tuple[Choice, ...]:
    """The conditions of an answer that counts rows, and of which fields it counts every value where maps of the layer
    show some of them at first."""
    chosen = {name for name, _ in wanted.fields}
    whole = [name for name in (spec.first.filters if spec.first else ()) if name not in chosen]
    return (
        *choices_of(catalog, spec, wanted),
        *(Choice("all", spec.field(name).title, ()) for name in whole),
    )


def _value(catalog: "Catalog", field: FieldSpec, value: str) -> Text | str:
    codes = catalog.codes_of(field)
    if codes is not None and value:
        return next((item.title for item in codes.items if item.value == value), value)
    if field.type == "boolean" and value:
        return YES if value.lower() in TRUE else NO
    return value


def _without(given: Disclosed, hidden: frozenset[int], catalog: "Catalog") -> tuple[Text, ...]:
    if not hidden:
        return ()
    rows = look_classes(given.spec, given.edition, given.visibility, catalog)
    return tuple(row.title for row in rows if row.index in hidden)


def _counted(given: Disclosed, hidden: frozenset[int], catalog: "Catalog") -> int:
    if not hidden:
        return given.counted
    from layers.disclosure.look import look_classify

    shown = ~pd.Series(look_classify(given, catalog)).isin(sorted(hidden)).to_numpy()
    return int((shown if given.outside is None else shown & ~given.outside).sum())


def _published(door: Door, given: Disclosed, code: str) -> int | None:
    """The published count of an area; None where it is withheld, or below what is published."""
    if given.period is None or door.divisions.is_below(code, "village"):
        return None
    count, _hidden = door.published(given.spec.id).cell(code, given.period)
    return count


def _total(door: Door, viewer: Viewer, given: Disclosed, wanted: RowFilter) -> int:
    """Rows of the county that the viewer gets of the same area, extent and time without any condition."""
    if not (wanted.fields or wanted.texts):
        return given.counted
    return door.whole(given.spec.id, viewer, wanted).counted


def _flags(county: "County", given: Disclosed, viewer: Viewer, of: tuple[str, bool]) -> tuple[Flag, ...]:
    """Of the area, and of a number that is known or not."""
    code, known = of
    found: dict[Flag, bool] = {
        "partial": county.door.seen(given.spec, viewer, code) == "part",
        "estimate": known and worked_out(given),
        "stale": overdue(given.spec, given.edition, county.today()),
    }
    return tuple(flag for flag, holds in found.items() if holds)
