"""Of what time the rows of an edition are, whether it should have been renewed, and whether it is worked out."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from layers.editions import Edition
from layers.editions.manifest import source_of
from layers.extent import state_of
from layers.spec import LayerSpec

if TYPE_CHECKING:
    from layers.disclosure.door import Disclosed

CYCLE = {"year": 366, "quarter": 92, "month": 31, "day": 1}
"""Days within which a layer is to be renewed; one that is made once never grows old."""
ESTIMATED = ("推算", "估算", "插值", "estimate", "interpolat")


def own_period(given: "Disclosed") -> str | None:
    """The time that the rows themselves are of. Where an edition was given the time of its people, a census say, that is
    none of its outlines and of their number."""
    period, name = given.period or given.edition.period, given.spec.people_period
    if period is None or name is None or name not in given.rows.columns:
        return period
    return None if period in set(given.rows[name].dropna()) else period


def due(spec: LayerSpec, edition: Edition) -> date | None:
    """The last day on which an edition is not overdue yet, counted from the day whose state it shows; None for no such day."""
    cycle = CYCLE.get(spec.source.renewal)
    return None if cycle is None else state_of(edition) + timedelta(days=cycle)


def overdue(spec: LayerSpec, edition: Edition, today: date) -> bool:
    """Whether a layer should have been renewed by now."""
    last = due(spec, edition)
    return last is not None and today > last


def worked_out(given: "Disclosed") -> bool:
    """Whether rows are an estimate by what is said of their source: invented, shared out or interpolated (推算, 估算)."""
    said = source_of(given.spec, given.edition).zh
    if "source" in given.rows.columns:
        said += "".join(given.rows["source"].dropna().unique())
    return any(word in said for word in ESTIMATED)
