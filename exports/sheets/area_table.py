"""The divisions right below an area as a table: people, area, centres, disputes, coverage, as the viewer may know them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar, get_args

from exports.sheets.overlays.coverage import limit_words
from exports.sheets.plan import SheetPlan
from exports.sheets.tongue import Tongue
from geo.errors import GovmapError
from geo.wording import NOTHING, number, percent, ratio
from layers.disclosure import Viewer
from layers.divisions import Level
from layers.planning import hotspot_plan
from layers.planning.plans import By, SpotsBy
from layers.planning.usual import usual_plan

if TYPE_CHECKING:
    from layers.county import County
    from layers.planning import Coverage

T = TypeVar("T")
UNKNOWN = NOTHING


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


def area_table(county: "County", viewer: Viewer, plan: SheetPlan, code: str) -> AreaTable | None:
    """The table of an area; None for one without divisions."""
    below = county.divisions.child(county.divisions.level_of(code))
    if below is None:
        return None
    making = _Making(county, viewer, plan, code, below)
    return making.table() if making.codes else None


class _Making:
    def __init__(self, county: "County", viewer: Viewer, plan: SheetPlan, code: str, below: Level) -> None:
        self.county, self.viewer, self.plan, self.code = county, viewer, plan, code
        self.tongue = Tongue(plan.lang)
        self.below, self.digits, self.level, self.layer = below, below.digits, below.name, below.layer
        self.codes = county.areas.register().within(code, below)
        self.notes: list[str] = []
        self.editions: dict[str, str] = {}
        self.demo = False

    def table(self) -> AreaTable:
        columns = [self._names(), self._people(), self._sizes(), *self._cases(), *self._coverage()]
        order = sorted(range(len(self.codes)), key=lambda row: self._sorting(columns, row))
        head = tuple(column.title for column in columns)
        rows = tuple(tuple(column.cells[row] for column in columns) for row in order)
        total = tuple(column.total for column in columns)
        return AreaTable(head, rows, total, tuple(self.notes), self.editions, self.demo)

    def _sorting(self, columns: "list[Column]", row: int) -> tuple[float, str]:
        """Whatever the theme is about, the worst first; else the most people first."""
        wanted = {"disputes": "rate", "coverage": "share"}.get(self.plan.theme, "people")
        column = next((one for one in columns if one.id == wanted), columns[1])
        value = column.values[row]
        known = value is not None and value == value
        factor = 1.0 if wanted == "share" else -1.0
        return (factor * value if known and value is not None else float("inf")), self.codes[row]

    def _names(self) -> "Column":
        names = tuple(self.county.areas.name_of(code) for code in self.codes)
        title = self.tongue.of(self.below.called)
        return Column("name", title, (None,) * len(names), names, self.tongue.gettext("合计"))

    def _people(self) -> "Column":
        layer = self.county.divisions.named("grid" if self.level == "grid" else "village").layer
        given = self.county.door.rows(layer, self.viewer)
        self._used(layer)
        sums: dict[str, float] = {}
        known = given.rows[["code", "population"]].dropna()
        for code, people in zip(known["code"], known["population"], strict=True):
            sums[code[: self.digits]] = sums.get(code[: self.digits], 0.0) + float(people)
        return _numbers("people", self.tongue.gettext("人口"), [sums.get(code) for code in self.codes])

    def _sizes(self) -> "Column":
        areas = self.county.areas.register().areas
        self._used(self.layer)
        values = [areas[code].area_km2 for code in self.codes]
        return _numbers("area", self.tongue.gettext("面积 km²"), values, digits=1)

    def _cases(self) -> "list[Column]":
        """Disputes and their rate, where the viewer may know them at this level."""
        if self.level not in get_args(SpotsBy):
            return []
        since, until = _or_none(lambda: self.plan.span) or (None, None)
        words = {"by": self.level, "since": str(since or ""), "until": str(until or "")}
        found = _or_none(lambda: self.county.planning.cases(self.viewer, hotspot_plan(words)))
        if found is None:
            return []
        for layer in ("disputes", self.layer):
            self._used(layer)
        known = dict(
            zip(found.areas["code"], zip(found.counts, found.areas["people"], strict=True), strict=True)
        )
        counts = [_count(known.get(code)) for code in self.codes]
        rates = [_rate(known.get(code)) for code in self.codes]
        self.notes.append(
            self.tongue.gettext("纠纷：{since} 至 {until}，件", since=found.since, until=found.until)
        )
        published = self.county.door.access(self.county.catalog.layer("disputes"), self.viewer) == "counts"
        if published and None in counts:
            self.notes.append(self.tongue.gettext("不公布：1–2 件，或能由它推算出这样的数"))
        hidden = self.tongue.gettext("不公布") if published else UNKNOWN
        return [
            _numbers("cases", self.tongue.gettext("纠纷"), counts, unknown=hidden),
            _numbers("rate", self.tongue.gettext("件/千人"), rates, digits=1, summed=False),
        ]

    def _coverage(self) -> "list[Column]":
        """Centres and the share of the people that they reach, by the usual question or that of the plan."""
        if self.level not in get_args(By):
            return []
        planning, words = self.county.planning, self.plan.words_of() if self.plan.theme == "coverage" else {}
        asked = words | {"by": self.level, "code": ""}
        found: Coverage | None = _or_none(
            lambda: planning.coverage(self.viewer, usual_plan(planning, self.viewer, asked))
        )
        if found is None:
            return []
        self._learned(found.editions, demo=found.demo)
        rows = {row.code: row for row in found.rows}
        shares = [rows[code].share if code in rows else None for code in self.codes]
        parts = [(rows[code].covered, rows[code].demand) if code in rows else None for code in self.codes]
        services = self.tongue.comma.join(
            self.tongue.of(self.county.catalog.layer(layer).title) for layer in found.plan.services
        )
        limit = limit_words(found.plan, self.tongue)
        self.notes.append(
            self.tongue.gettext("中心：{services}；覆盖率：{limit}", services=services, limit=limit)
        )
        centres = self._centres(found.plan.services)
        total = _share(found, self._total(found))
        percent = Column(
            "share",
            self.tongue.gettext("覆盖率"),
            tuple(shares),
            tuple(_share(found, part) for part in parts),
            total,
        )
        return [centres, percent] if self.level != "grid" else [percent]

    def _centres(self, services: tuple[str, ...]) -> "Column":
        counts = dict.fromkeys(self.codes, 0)
        for layer in services:
            given = self.county.door.rows(layer, self.viewer)
            for code in (
                given.rows[given.spec.area_field or self.county.divisions.named("village").field]
                .fillna("")
                .astype(str)
            ):
                if code[: self.digits] in counts:
                    counts[code[: self.digits]] += 1
        return _numbers("centres", self.tongue.gettext("中心"), list(counts.values()))

    def _total(self, found: "Coverage") -> tuple[float, float]:
        """Who is reached in the whole area, and who lives there."""
        mine = [row for row in found.rows if row.code.startswith(self.code) and row.demand > 0]
        return sum(row.covered for row in mine), sum(row.demand for row in mine)

    def _used(self, layer: str) -> None:
        edition = self.county.store.current(layer)
        if edition is not None:
            self._learned({layer: edition.id}, demo=edition.holds_demo)

    def _learned(self, editions: Mapping[str, str], *, demo: bool) -> None:
        self.editions |= editions
        self.demo |= demo


@dataclass(frozen=True)
class Column:
    """One column: its numbers, as they are printed, and the cell of the last row."""

    id: str
    title: str
    values: tuple[float | None, ...]
    cells: tuple[str, ...]
    total: str


def _numbers(
    name: str,
    title: str,
    values: "list[float | None] | list[int | None] | list[int]",
    *,
    digits: int = 0,
    unknown: str = UNKNOWN,
    summed: bool = True,
) -> Column:
    """Numbers with thousands; they add up where all of them are known."""
    cells = tuple(unknown if value is None else number(value, digits) for value in values)
    known = [value for value in values if value is not None]
    whole = summed and len(known) == len(values)
    return Column(name, title, tuple(values), cells, number(sum(known), digits) if whole else UNKNOWN)


def _count(known: tuple[float, float] | None) -> int | None:
    """Disputes of an area; None where they are withheld, or the area is not known."""
    return None if known is None or known[0] != known[0] else int(known[0])


def _rate(known: tuple[float, float] | None) -> float | None:
    """Disputes per 1,000 people; None where either is not known, or nobody lives."""
    count = _count(known)
    return None if count is None or known is None or not known[1] > 0 else ratio(count, known[1], 1000)


def _share(found: "Coverage", part: tuple[float, float] | None) -> str:
    """Who is reached out of all, in per cent where enough live there."""
    return UNKNOWN if part is None else percent(*part, unit=found.unit, cell=True)


def _or_none(ask: Callable[[], T]) -> T | None:
    """What is not for this viewer, or not there, is a column less."""
    try:
        return ask()
    except GovmapError:
        return None
