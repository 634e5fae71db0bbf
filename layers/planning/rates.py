"""How many disputes areas have and how many for a thousand people, without judging: what is told where hot spots are not."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from geo.errors import FilterError
from geo.hotspots import smoothed_rates
from geo.phrases import Chain, Phrase, say, sentences
from layers.planning.cases import AREAS, DISPUTES, WORDS, Cases
from layers.planning.methods import any_demo, data_words, used_editions
from layers.planning.plans import HotspotPlan
from layers.planning.results import finite

if TYPE_CHECKING:
    from layers.disclosure import Door


class CaseRate(NamedTuple):
    """One area. ``n`` is None where the count is withheld, ``rate`` (per 1,000 people) also where nobody lives; ``people``
    is NaN where unknown."""

    code: str
    name: str
    people: float
    n: int | None
    rate: float | None


@dataclass(frozen=True)
class CaseRates:
    """Areas in the order of their codes. ``total`` and ``mean_rate`` are of those with a rate; ``refusal`` says why
    hot spots of the same question are not told, None where they are."""

    plan: HotspotPlan
    since: str
    until: str
    total: int
    mean_rate: float
    method: Chain
    editions: Mapping[str, str]
    demo: bool
    note: Phrase | None
    refusal: Phrase | None
    rows: tuple[CaseRate, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain data, unrounded."""
        return {
            "since": self.since,
            "until": self.until,
            "by": self.plan.by,
            "total": self.total,
            "mean_rate": self.mean_rate,
            "method": self.method,
            "editions": dict(self.editions),
            "demo": self.demo,
            "note": self.note or "",
            "refusal": self.refusal or "",
            "rows": [row._asdict() | {"people": finite(row.people)} for row in self.rows],
        }


def case_rates(door: "Door", plan: HotspotPlan, cases: Cases) -> CaseRates:
    """The rates of what was counted.

    Raises:
        FilterError: no area has both a count and people.
    """
    used = cases.used
    if not used.any():
        raise FilterError("没有一个{unit}既有件数又有人口，算不出发生率。", unit=WORDS[plan.by])
    people = cases.areas["people"].to_numpy()
    rates = smoothed_rates(cases.counts[used], people[used])
    raw = dict(zip(cases.areas["code"][used], rates.raw.tolist(), strict=True))
    columns = zip(
        cases.areas["code"].tolist(), cases.areas["name"].tolist(), people.tolist(), cases.counts.tolist(), strict=True
    )  # fmt: skip
    editions = used_editions(door, (DISPUTES, AREAS[plan.by]))
    words = say(
        "{since} 至 {until} 的件数 ÷ 人口 × 1,000，按{unit}计",
        since=cases.since,
        until=cases.until,
        unit=WORDS[plan.by],
    )
    return CaseRates(
        plan=plan,
        since=str(cases.since),
        until=str(cases.until),
        total=int(cases.counts[used].sum()),
        mean_rate=rates.mean,
        method=sentences([words, *data_words(door, editions)]),
        editions={layer: edition.id for layer, edition in editions.items()},
        demo=any_demo(editions),
        note=cases.note,
        refusal=cases.refusal,
        rows=tuple(
            CaseRate(code, name, people, None if count != count else int(count), raw.get(code))
            for code, name, people, count in columns
        ),
    )
