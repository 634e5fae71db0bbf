"""Two years of disputes: seasons, three planted clusters, levels and stages. Category texts only, nobody in them."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely
from county import County
from frame import AS_OF, rng, villages
from spots import township_name
from tables import Row, codes, table

MONTHS = pd.period_range("2024-12", "2026-11", freq="M")
# 2,587 in all, 1,212 of them from June to 20 November 2026.
BY_MONTH = (
    92, 118, 84, 66, 62, 60, 58, 64, 70, 86, 96, 88,
    104, 116, 74, 56, 44, 37, 152, 168, 194, 232, 258, 208,
)  # fmt: skip
OPEN = {"red": 31, "yellow": 72, "blue": 177}
CLOSED_SHARES = {"red": 0.04, "yellow": 0.19, "blue": 0.77}
OPEN_STAGES = ("screen", "accept", "dispatch", "handle", "mediate")
CLOSED_STAGES = ("resolve", "revisit", "strike_off")
WEIGHTS = {
    "marriage_family": 9, "neighbour": 22, "homestead": 11, "contract": 8, "production": 7, "damages": 6,
    "forest_land": 5, "requisition": 2, "pollution": 2, "labour": 6, "consumer": 3, "medical": 1, "traffic": 5,
    "property_management": 3, "tourism": 0.3, "intellectual_property": 0.2, "internet": 0.6, "village_affairs": 3,
    "contracted_land": 5, "other": 1.5,
}  # fmt: skip
# Whom a category may involve besides households: kinds of bodies, never a name.
BODIES = {
    "property_management": "物业服务企业",
    "labour": "用工单位",
    "consumer": "经营商户",
    "medical": "医疗机构",
}


@dataclass(frozen=True)
class Cluster:
    """Where more happens: about a village, within a radius, from a month on, mostly of some categories."""

    village: str
    radius_m: float
    since: str
    share: float
    categories: tuple[str, ...]


CLUSTERS = (
    Cluster("140822105208", 3400, "2026-06", 0.17, ("contracted_land", "production", "contract")),
    Cluster("140822103214", 3800, "2026-07", 0.14, ("neighbour", "homestead")),
    Cluster("140822100003", 1900, "2025-09", 0.13, ("property_management", "labour", "traffic", "contract")),
)


def tables(county: County) -> dict[str, pd.DataFrame]:
    """The disputes layer, in order of the day they happened."""
    random = rng("disputes")
    days = _days(random)
    levels = _levels(days, random)
    titles = dict(zip(codes("dispute_category"), _titles(), strict=True))
    rows, points = [], []
    numbers: dict[str, int] = {}
    for day, (level, is_open) in zip(days, levels, strict=True):
        place, category = _place(county, day, random)
        grid = county.grid_at(place.x, place.y)
        assert grid is not None
        month = day.strftime("%Y%m")
        numbers[month] = numbers.get(month, 0) + 1
        row = {
            "code": f"JF{month}{numbers[month]:04d}",
            "name": f"{titles[category]}（演示）",
            "village_code": grid.code[:12],
            "grid_code": grid.code,
            "happened_on": day,
            "category": category,
            "warning_level": level,
        }
        rows.append(
            row | _texts(category, titles[category]) | _scale(level, random) | _progress(row, is_open, random)
        )
        points.append(place)
    return {"disputes": table("disputes", rows, points)}


def _titles() -> list[str]:
    import tomllib

    from frame import CODELISTS

    items = tomllib.loads((CODELISTS / "dispute_category.toml").read_text("utf-8"))["items"]
    return [item["title"]["zh"] for item in items]


def _days(random: np.random.Generator) -> list[pd.Timestamp]:
    days = []
    for month, count in zip(MONTHS, BY_MONTH, strict=True):
        last = 20 if str(month) == AS_OF[:7] else month.days_in_month
        days += [month.start_time + pd.Timedelta(days=int(k)) for k in random.integers(0, last, count)]
    return sorted(days)


def _levels(days: list[pd.Timestamp], random: np.random.Generator) -> list[tuple[str, bool]]:
    """Level of each dispute and whether it is open; open ones are mostly recent."""
    age = np.array([(pd.Timestamp(AS_OF) - day).days for day in days])
    likely = np.exp(-age / 38.0) + 0.0004
    chosen = random.choice(len(days), sum(OPEN.values()), replace=False, p=likely / likely.sum())
    order = np.concatenate([[level] * count for level, count in OPEN.items()])
    given = dict(zip(chosen.tolist(), random.permutation(order).tolist(), strict=True))
    names, shares = list(CLOSED_SHARES), list(CLOSED_SHARES.values())
    return [
        (given[i], True) if i in given else (str(random.choice(names, p=shares)), False)
        for i in range(len(days))
    ]


def _place(county: County, day: pd.Timestamp, random: np.random.Generator) -> tuple[shapely.Point, str]:
    """A point near a settlement, by population, or in a cluster that has begun; and a category."""
    draw = random.random()
    for cluster in CLUSTERS:
        active = str(day.to_period("M")) >= cluster.since
        share = cluster.share if active else cluster.share * 0.12
        if draw < share:
            names = cluster.categories if random.random() < 0.6 else tuple(WEIGHTS)
            weights = [WEIGHTS[name] for name in names]
            return _near(county, _members(county, cluster), random), _weighted(names, weights, random)
        draw -= share
    return _near(county, None, random), _weighted(tuple(WEIGHTS), list(WEIGHTS.values()), random)


def _weighted(names: tuple[str, ...], weights: list[float], random: np.random.Generator) -> str:
    return names[int(np.searchsorted(np.cumsum(weights), random.random() * sum(weights), side="right"))]


_MEMBERS: dict[str, np.ndarray] = {}


def _members(county: County, cluster: Cluster) -> np.ndarray:
    """Cumulated populations of the settlements, zero outside the cluster."""
    if cluster.village not in _MEMBERS:
        number = next(i for i, v in enumerate(villages()) if v.code == cluster.village)
        seat = county.seats[number]
        away = np.array([np.hypot(s.x - seat.x, s.y - seat.y) for s in county.settlements])
        near = np.exp(-((away / cluster.radius_m) ** 2) * 1.5) * (away < cluster.radius_m * 1.4)
        _MEMBERS[cluster.village] = np.cumsum(county.settlement_people.population * near)
    return _MEMBERS[cluster.village]


def _near(county: County, cumulated: np.ndarray | None, random: np.random.Generator) -> shapely.Point:
    if cumulated is None:
        if "" not in _MEMBERS:
            uneven = rng("dispute-base").lognormal(0, 0.3, len(county.settlements))
            _MEMBERS[""] = np.cumsum(county.settlement_people.population * uneven)
        cumulated = _MEMBERS[""]
    pick = int(np.searchsorted(cumulated, random.random() * cumulated[-1], side="right"))
    home = county.settlements[pick]
    for attempt in range(60):
        away = abs(random.normal(0, 170)) / (1 + attempt / 12)
        angle = random.uniform(0, 2 * np.pi)
        x, y = home.x + away * np.cos(angle), home.y + away * np.sin(angle)
        grid = county.grid_at(x, y)
        if grid is not None and grid.label == home.grid:
            return shapely.Point(x, y)
    return shapely.Point(home.x, home.y)


def _texts(category: str, title: str) -> Row:
    return {
        "involved_org": BODIES.get(category, "不涉及单位"),
        "description": f"演示记录：{title}，经排查登记，按程序办理。",
        "address": "演示地址",
        "parties": None,
        "mediator": None,
        "mediator_phone": None,
        "nature": "administrative" if category in ("requisition", "pollution") else "civil",
    }


def _scale(level: str, random: np.random.Generator) -> Row:
    people = {"red": 14, "yellow": 5, "blue": 2}[level] + int(random.exponential(2 if level == "blue" else 5))
    scale = "individual" if people < 5 else "small_group" if people < 30 else "group"
    amount = float(round(random.lognormal(9.2, 1.1), -2)) if random.random() < 0.45 else None
    influence = {"red": "township", "yellow": "village", "blue": "village"}[level]
    kinds = ("escalation", "collective", "petition")
    return {
        "people_involved": people,
        "amount_yuan": amount,
        "scale": scale,
        "influence": "county" if level == "red" and random.random() < 0.25 else influence,
        "risk_kind": "none" if level == "blue" else str(kinds[int(random.integers(0, 3))]),
        "risk_grade": {"red": "high", "yellow": "medium", "blue": "low"}[level],
        "handling_level": {"red": "county", "yellow": "township", "blue": "village"}[level],
    }


def _progress(row: Row, is_open: bool, random: np.random.Generator) -> Row:
    """Stage, deadlines and outcome; nothing is dated after the day of the data."""
    as_of = pd.Timestamp(AS_OF)
    accepted = min(row["happened_on"] + pd.Timedelta(days=int(random.integers(0, 4))), as_of)
    found: Row = {
        "accepted_on": accepted,
        "due_on": accepted + pd.Timedelta(days={"red": 7, "yellow": 15, "blue": 30}[row["warning_level"]]),
        "status": "open" if is_open else "closed",
        "method": None,
        "mediated_on": None,
        "organisation": None,
        "success": None,
        "result": None,
        "evaluated_on": None,
        "evaluation": None,
    }
    if is_open:
        return found | {"stage": OPEN_STAGES[int(random.integers(0, 5))]}
    mediated = min(accepted + pd.Timedelta(days=1 + int(random.exponential(9))), as_of)
    evaluated = mediated + pd.Timedelta(days=int(random.integers(5, 20)))
    done = evaluated <= as_of
    success = bool(random.random() < 0.94)
    methods = codes("dispute_method")
    return found | {
        "stage": CLOSED_STAGES[2 if done else int(random.integers(0, 2))],
        "method": methods[0] if random.random() < 0.7 else methods[int(random.integers(1, len(methods)))],
        "mediated_on": mediated,
        "organisation": f"{township_name(row['village_code'])}人民调解委员会",
        "success": success,
        "result": "演示：达成一致" if success else "演示：引导依法解决",
        "evaluated_on": evaluated if done else None,
        "evaluation": "演示：合格" if done else None,
    }
