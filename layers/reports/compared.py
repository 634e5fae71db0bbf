"""Disputes of a period beside the period before and the same one of the year before."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from geo.wording import ratio
from layers.areas import Areas
from layers.areas.figures import Figure
from layers.reports.changes import Change
from layers.reports.counts import Counts, Disputes
from layers.reports.periods import Period
from layers.spec import Text

TITLE = Text(zh="矛盾纠纷", en="disputes")
RATE = Text(zh="每千人件数", en="disputes per 1,000 people")
PER_PEOPLE = Text(zh="件数 ÷ 人口 × 1000", en="disputes ÷ people × 1,000")
YEAR_AGO = "上年同期"
UNKNOWN = ("", "未注明乡镇")
Pick = Callable[[Counts], int | None]


@dataclass(frozen=True)
class Compared:
    """``before`` and ``year`` are None where the data do not cover them, or the period itself is not over."""

    disputes: Disputes
    areas: Areas
    period: Period
    now: Counts
    before: Counts | None
    year: Counts | None

    @property
    def finished(self) -> bool:
        return self.disputes.complete(self.period)

    @property
    def than(self) -> str:
        return self.period.noun_before

    def figure(self, counts: Counts, pick: Pick, name: str = "disputes") -> Figure:
        """A number of one of the periods."""
        return self.disputes.figure(name, TITLE, pick(counts), counts.period)

    def change(self, pick: Pick, name: str = "disputes") -> Change:
        """A number beside that of the period before."""
        then = None if self.before is None else self.figure(self.before, pick, name)
        return Change(self.figure(self.now, pick, name), then, self.than)

    def change_of_year(self, pick: Pick, name: str = "disputes") -> Change | None:
        """A number beside that of the same period of the year before; None for a year."""
        if self.period.year_before is None:
            return None
        then = None if self.year is None else self.figure(self.year, pick, name)
        return Change(self.figure(self.now, pick, name), then, YEAR_AGO)

    def people(self, code: str) -> Figure | None:
        """People of an area; None where the register does not know it or nobody counted them."""
        return self.areas.people(code) if self.areas.known(code) else None

    def rate(self, count: Figure, code: str) -> Figure:
        """Disputes per 1,000 people of an area."""
        people = self.people(code)
        known = count.value is not None and people is not None and people.value
        return replace(
            count, id="rate", label=RATE, unit="件/千人", method=PER_PEOPLE,
            value=ratio(count.value, people.value, 1000) if known and people else None,
            numerator=count.value, denominator=people.value if people else None,
            also=tuple(people.editions.items()) if people else (),
        )  # fmt: skip

    def townships(self) -> list[tuple[str, str]]:
        """Code and name of every township, and of the disputes without one where there are any."""
        codes = self.areas.register().within(
            self.disputes.door.county, self.disputes.door.divisions.named("township")
        )
        known = [(code, self.areas.name_of(code)) for code in codes]
        extra = {code for counts in (self.now, self.before) if counts for code in counts.townships} - set(
            codes
        )
        known += [(code, self.areas.name_of(code)) for code in sorted(extra - {""})]
        return [*known, UNKNOWN] if "" in extra else known


def compared(disputes: Disputes, areas: Areas, period: Period) -> Compared:
    """Counts of a period and of those it is compared with; raises as ``Disputes``."""
    disputes.check(period)
    finished = disputes.complete(period)
    before = disputes.compared(period.before) if finished else None
    year = disputes.compared(period.year_before) if finished else None
    return Compared(disputes, areas, period, disputes.of(period), before, year)
