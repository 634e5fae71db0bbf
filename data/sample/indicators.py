"""Values of the registered indicators by area and period; printed figures keep both of their denominators."""

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
import pandas as pd
from county import County
from frame import COUNTY_CODE, COUNTY_NAME, SOURCE, rng, townships, villages
from tables import Row, codes, register, table

YEAR, QUARTER = "2025", "2026Q3"
PRINTED = "公开宣传材料（原文数字）"
OPTIMISED = {
    "optimised_party": "party-service-centres", "optimised_convenience": "convenience-halls",
    "optimised_medical": "village-clinics", "optimised_culture": "culture-halls", "optimised_safety": "safety-posts",
}  # fmt: skip
BEAUTIFUL, COMMITTEES, PRINTED_ALL = 178, 207, 210
CHECKED_IN, DUE, FIRMS = 82, 145, 11
PEIZHUANG, PEIZHUANG_10K_YUAN = "140822104", 2065.0
Value = tuple[float | None, float | None, float | None]


def tables(county: County, layers: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The indicators layer: villages and townships, and what is printed for the county."""
    rows = [*_villages(county, layers), *_townships(layers), *_printed()]
    return {"indicators": table("indicators", sorted(rows, key=lambda row: row["code"]))}


def _row(indicator: str, area: tuple[str, str], period: str, value: Value, **more: str) -> Row:
    """One value: (value, numerator, denominator) of an indicator for an area (code, name)."""
    return {
        "code": f"{indicator}:{area[0]}:{period}",
        "name": f"{area[1]}{register(indicator)['title']['zh']}",
        "indicator": indicator,
        "area_code": area[0],
        "period": period,
        "value": value[0],
        "choice": None,
        "numerator": value[1],
        "denominator": value[2],
        "unit": register(indicator)["unit"],
        "source": SOURCE,
    } | more


def _flag(done: bool) -> Value:
    return float(done), float(done), 1.0


def _count(number: float) -> Value:
    return float(number), float(number), None


def _percent(part: int, whole: int) -> Value:
    return (round(100 * part / whole, 2) if whole else None), float(part), float(whole)


def _villages(county: County, layers: dict[str, pd.DataFrame]) -> Iterator[Row]:
    yield from _optimised(layers)
    yield from _beautiful()
    yield from _check_in()
    yield from _income(county)
    random = rng("indicators")
    for i, place in enumerate(villages()):
        people = int(county.village_people.population[i])
        area = (place.code, place.name)
        for indicator, value in [*_party(random, people), *_talent(random, people), *_money(random)]:
            yield _row(indicator, area, YEAR, value)
        path = str(random.choice(codes("collective_path"), p=(0.3, 0.12, 0.1, 0.26, 0.22)))
        if place.kind == "villagers_committee":
            yield _row("collective_path", area, YEAR, (None, 1.0, 1.0), choice=path)


def _optimised(layers: dict[str, pd.DataFrame]) -> Iterator[Row]:
    for indicator, layer in OPTIMISED.items():
        having = set(layers[layer]["village_code"].dropna())
        for place in villages():
            yield _row(indicator, (place.code, place.name), YEAR, _flag(place.code in having))


def _beautiful() -> Iterator[Row]:
    committees = [place for place in villages() if place.kind == "villagers_committee"]
    order = rng("beautiful").permutation(len(committees))
    done = {committees[int(k)].code for k in order[:BEAUTIFUL]}
    for place in committees:
        yield _row("beautiful_village", (place.code, place.name), YEAR, _flag(place.code in done))


def _check_in() -> Iterator[Row]:
    from people import shares

    random = rng("check-in")
    places = [place for place in villages() if place.kind == "residents_committee"]
    due = shares(random.uniform(0.6, 1.4, len(places)), DUE)
    done = shares(due * random.uniform(0.8, 1.2, len(places)), CHECKED_IN)
    firms = shares(random.uniform(0.7, 1.3, len(places)), FIRMS)
    for k, place in enumerate(places):
        area = (place.code, place.name)
        yield _row("double_checkin", area, "2025Q4", _percent(int(done[k]), int(due[k])))
        yield _row("double_checkin_firms", area, "2025Q4", _count(int(firms[k])))


def _income(county: County) -> Iterator[Row]:
    """Collective income in 万元; the villages of 裴庄镇 sum to what is reported for the town."""
    random = rng("income")
    income = 12 + random.lognormal(2.6, 0.6, len(villages())) + county.village_people.population / 400
    mine = np.array([place.township_code == PEIZHUANG for place in villages()])
    income[mine] *= PEIZHUANG_10K_YUAN / income[mine].sum()
    for period, factor in (("2024", 0.88), (YEAR, 1.0)):
        for place, value in zip(villages(), income.tolist(), strict=True):
            amount = round(value * factor, 2)
            yield _row("collective_income", (place.code, place.name), period, _count(amount))


def _party(random: np.random.Generator, people: int) -> list[tuple[str, Value]]:
    members = max(12, round(people * random.uniform(0.03, 0.05)))
    done = int(random.integers(4, 10))
    return [
        ("pledge_signed", _percent(round(members * random.uniform(0.82, 1.0)), members)),
        ("ceremony_council", _flag(random.random() < 0.93)),
        ("village_rules", _flag(random.random() < 0.9)),
        ("nine_priorities", (float(done), float(done), 9.0)),
        ("demonstration_households", _count(int(random.integers(2, 16)))),
    ]


def _talent(random: np.random.Generator, people: int) -> list[tuple[str, Value]]:
    reserve = int(random.integers(2, 6))
    college = min(reserve, int(random.binomial(reserve, 0.9)))
    ages = int(random.integers(26, 40, reserve).sum())
    geese = zip(("head", "returning", "swan", "young"), ((1, 4), (0, 7), (0, 3), (1, 6)), strict=True)
    return [
        ("reserve_cadres", _count(reserve)),
        ("reserve_cadres_college", _percent(college, reserve)),
        ("reserve_cadres_age", (round(ages / reserve, 1), float(ages), float(reserve))),
        *((f"geese_{kind}", _count(int(random.integers(*span)))) for kind, span in geese),
    ]


def _money(random: np.random.Generator) -> list[tuple[str, Value]]:
    forms = int(random.integers(18, 64))
    return [
        ("contracts_cleaned", _count(round(float(random.lognormal(2.2, 0.8)), 2))),
        ("debts_resolved", _count(round(float(random.lognormal(1.8, 0.9)), 2))),
        ("fees_collected", _count(round(float(random.lognormal(1.2, 0.8)), 2))),
        ("forms_asked", (float(forms), float(forms), 1.0)),
    ]


def _townships(layers: dict[str, pd.DataFrame]) -> Iterator[Row]:
    random = rng("township-indicators")
    offices = layers["party-building-offices"].set_index("township_code")
    for place in townships():
        area = (place.code, place.name)
        filled, posts = offices.loc[place.code, "posts_filled"], offices.loc[place.code, "posts_defined"]
        yield _row("party_posts_filled", area, YEAR, _percent(int(filled), int(posts)))
        for special in codes("six_specials"):
            tasks = int(random.integers(8, 25))
            done = int(random.binomial(tasks, 0.68))
            yield _row(f"special_{special}", area, QUARTER, _percent(done, tasks))


def _printed() -> Iterator[Row]:
    """The county's printed figures: 178 villages over both denominators, 82 people over the inferred 145."""
    county = (COUNTY_CODE, COUNTY_NAME)
    beautiful: Callable[..., Row] = partial(_row, "beautiful_village", county, YEAR, source=PRINTED)
    yield beautiful((float(BEAUTIFUL), float(BEAUTIFUL), float(COMMITTEES)))
    printed = beautiful((float(BEAUTIFUL), float(BEAUTIFUL), float(PRINTED_ALL)))
    name = f"{printed['name']}（原文分母 {PRINTED_ALL}）"
    yield printed | {"code": f"{printed['code']}:{PRINTED_ALL}", "name": name}
    yield _row("double_checkin", county, "2025Q4", _percent(CHECKED_IN, DUE), source=PRINTED)
    yield _row("double_checkin_firms", county, "2025Q4", _count(FIRMS), source=PRINTED)
