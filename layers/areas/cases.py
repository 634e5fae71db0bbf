"""What a profile says about disputes: months for staff, published periods for the public, nothing for others."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from layers.areas.asked import EVERYTHING, Asked
from layers.areas.figures import COUNTED, PUBLISHED, Figure
from layers.disclosure import Disclosed, Door, RowFilter, Viewer
from layers.disclosure.timeline import month_of, months, periods
from layers.editions import Edition
from layers.editions.manifest import source_of
from layers.extent import NOTHING, Extent, Span
from layers.language import told
from layers.language.tongue import Tongue
from layers.spec import LayerSpec, Text, Visibility

LAYER = "disputes"
MONTHS = 12
OPEN = "open"
PUBLIC_ONLY = Text(
    zh="只公布整季和整年的件数；1–2 件和能反推出它们的数不显示。",
    en="Only complete quarters and years are published; counts of 1–2, and what would give them away, are withheld.",
)
NOT_BY_GRID = Text(zh="公开的件数只到村，不到网格。", en="Published counts stop at the village.")
NOT_YOURS = Text(zh="不在这个身份的查看范围。", en="Outside what this role may see.")


@dataclass(frozen=True)
class Cases:
    """Disputes of an area as one viewer may see them; of these alone, nothing may be seen.

    ``note`` says what is withheld and why. ``edition`` is None where even that is not told.
    """

    spec: LayerSpec
    visibility: Visibility
    note: Text | str
    edition: Edition | None = None

    def to_json(self, language: str) -> dict[str, Any]:
        """What a page or a program gets, in one language."""
        given: dict[str, Any] = {"layer": self.spec.id, "visibility": self.visibility}
        if self.edition is not None:
            given |= {
                "edition": self.edition.id,
                "source": source_of(self.spec, self.edition).get(language),
            }
        return given | self._said(language) | {"note": told(self.note, language)} | self._rate()

    def _said(self, language: str) -> dict[str, Any]:
        return {}

    def _rate(self) -> dict[str, Any]:
        return {}


@dataclass(frozen=True)
class PublishedCases(Cases):
    """For the public: a figure for each published period, the oldest first; withheld ones have no value."""

    periods: tuple[Figure, ...] = ()

    def _said(self, language: str) -> dict[str, Any]:
        quarters = [figure for figure in self.periods if "Q" in (figure.period or "")]
        latest = quarters[-1] if quarters else None
        return {
            "periods": [
                {"period": figure.period, "count": figure.value, "suppressed": figure.withheld}
                for figure in self.periods
            ],
            "period": latest.period if latest else None,
            "count": latest.value if latest else None,
            "suppressed": bool(latest and latest.withheld),
        }


@dataclass(frozen=True)
class RecentCases(Cases):
    """For staff: a figure for each of the last twelve months (no value: not collected), what of them the data cover,
    how many of all are still open by warning level (None: not collected), and how many there were a thousand people
    (None: people unknown). ``matched`` of ``every`` case of the same area and time meet the conditions; ``span`` is that
    time: the covered part of what was asked for, else that of all cases. ``partial``: the viewer sees only a part of the area.
    """

    months: tuple[Figure, ...] = ()
    extent: Extent = NOTHING
    open: Mapping[str, int] | None = None
    per_thousand: float | None = None
    matched: int = 0
    every: int = 0
    span: Span | None = None
    partial: bool = False

    @property
    def total(self) -> int:
        """Disputes of all the months."""
        return sum(int(figure.value or 0) for figure in self.months)

    def _said(self, language: str) -> dict[str, Any]:
        tongue = Tongue("en" if language.startswith("en") else "zh")
        return {
            "months": [self._month(figure) for figure in self.months],
            "total": self.total,
            "since": self.months[0].period if self.months else None,
            "until": self.months[-1].period if self.months else None,
            "when": tongue.span(*self.span) if self.span else "",
            "open": self.open,
            "matched": self.matched,
            "every": self.every,
            "partial": self.partial,
        }

    def _month(self, figure: Figure) -> dict[str, Any]:
        count = None if figure.value is None else int(figure.value)
        return month_of(figure.period or "", count, self.extent).to_json()

    def _rate(self) -> dict[str, Any]:
        return {} if self.per_thousand is None else {"per_thousand": self.per_thousand}


def disputes(door: Door, viewer: Viewer, code: str, asked: Asked = EVERYTHING) -> Cases | None:
    """The disputes of an area as this viewer may see them, those that were asked for; None when there is no such data."""
    edition = door.store.current(LAYER) if LAYER in door.catalog.layers else None
    if edition is None:
        return None
    spec = door.catalog.layer(LAYER)
    visibility = door.access(spec, viewer)
    if visibility == "none":
        return Cases(spec, visibility, NOT_YOURS)
    if visibility == "counts":
        return _published(door, PublishedCases(spec, visibility, PUBLIC_ONLY, edition), code)
    seen = door.seen(spec, viewer, code)
    if seen == "none":
        return Cases(spec, "none", NOT_YOURS, edition)
    wanted = asked.of(spec, code)
    given, whole = door.rows(LAYER, viewer, wanted), door.whole(LAYER, viewer, wanted)
    extent = _within(door.extent(LAYER), wanted)
    limited = wanted.since is not None or wanted.until is not None
    recent = RecentCases(
        spec, visibility, given.note, edition, partial=seen == "part", matched=given.counted, every=whole.counted,
        span=_days(extent) if limited else whole.days,
    )  # fmt: skip
    return _recent(recent, given, extent, wanted)


def _within(extent: Extent, wanted: RowFilter) -> Extent:
    """What is covered of the time that was asked for."""
    span = extent.part(wanted.since or date.min, wanted.until or date.max)
    return NOTHING if span is None else replace(extent, since=span[0], until=span[1])


def _days(extent: Extent) -> Span | None:
    return (extent.since, extent.until) if extent.since and extent.until else None


def counted(cases: Cases, count: int | None, period: str) -> Figure:
    """A count of disputes as a figure; withheld where the public gets no number."""
    spec, edition = cases.spec, cases.edition
    assert edition is not None, "nothing may be seen, so nothing is counted"
    public = cases.visibility == "counts"
    return Figure(
        spec.id, spec.title, count, spec.count_unit.zh, spec.id, edition.id, PUBLISHED if public else COUNTED,
        period=period, source=source_of(spec, edition), withheld=public and count is None,
    )  # fmt: skip


def _published(door: Door, cases: PublishedCases, code: str) -> PublishedCases:
    if door.divisions.is_below(code, "village"):
        return replace(cases, note=NOT_BY_GRID)
    found = periods(door.published(LAYER), code)
    return replace(cases, periods=tuple(counted(cases, item["count"], item["period"]) for item in found))


def _recent(cases: RecentCases, given: Disclosed, extent: Extent, wanted: RowFilter) -> RecentCases:
    """The twelve months up to the last one that the layer covers, and what is still open by level."""
    every = months(given, extent)[-MONTHS:]
    shown = tuple(counted(cases, month.count, month.month) for month in every)
    return replace(cases, months=shown, extent=extent, open=_open(given, wanted))


def _open(given: Disclosed, wanted: RowFilter) -> dict[str, int] | None:
    """Open cases by level; None where it is not known, or where closed ones alone were asked for."""
    rows, status = given.rows, dict(wanted.fields).get("status")
    if not {"status", "warning_level"} <= set(rows.columns) or (status and OPEN not in status):
        return None
    levels = rows.loc[rows["status"] == OPEN, "warning_level"].fillna("").value_counts()
    return {name or "none": int(count) for name, count in levels.items()}
