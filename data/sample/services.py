"""Service facilities: which villages have them, where they stand and what they offer."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely
from divisions import seat_village
from frame import AS_OF, rng, townships, villages
from spots import Spots, across, common, pick_villages
from tables import Row, codes, table

PERIOD = AS_OF[:7]
More = Callable[[np.random.Generator, int], Row]


@dataclass(frozen=True)
class Service:
    """One layer of points: how many villages have it, how many stand across the line, and its own fields."""

    layer: str
    prefix: str
    title: str
    villages: int
    outside: int
    more: More
    always: tuple[str, ...] = ()


def some(random: np.random.Generator, values: tuple[str, ...], share: float) -> list[str]:
    """At least one of the values, each with the given chance, in their order."""
    chosen = [value for value in values if random.random() < share]
    return chosen or [str(random.choice(values))]


def chance(random: np.random.Generator, share: float) -> bool:
    return bool(random.random() < share)


def _party(random: np.random.Generator, people: int) -> Row:
    open_days = int(random.integers(210, 366))
    return {
        "area_m2": float(round(180 + people * 0.11 * random.uniform(0.7, 1.4))),
        "standard_met": chance(random, 0.78),
        "standard_version": "县建设标准（演示版）",
        "duty_roster": chance(random, 0.9),
        "agent_service": chance(random, 0.86),
        "open_days": open_days,
        "matters_done": round(people * random.uniform(0.15, 0.6)),
        "activities": int(random.integers(6, 46)),
        "visits": round(people * random.uniform(0.8, 3.2)),
        "period": PERIOD,
    }


def _clinic(random: np.random.Generator, people: int) -> Row:
    return {
        "staff": 1 + int(people > 1800) + int(random.integers(0, 2)),
        "beds": int(random.integers(0, 5)),
        "insurance": chance(random, 0.88),
    }


def _neighbour(random: np.random.Generator, people: int) -> Row:
    served = round(people * 0.226 * random.uniform(0.06, 0.2))
    return {
        "meals_per_day": round(served * random.uniform(0.7, 1.6)),
        "served_elders": served,
        "home_delivery": chance(random, 0.45),
    }


def _culture(random: np.random.Generator, people: int) -> Row:
    return {
        "area_m2": float(random.integers(60, 320)),
        "books": int(random.integers(4, 32)) * 100,
        "events": int(random.integers(3, 40)),
        "period": PERIOD,
    }


def _fitness(random: np.random.Generator, people: int) -> Row:
    return {
        "area_m2": float(random.integers(12, 180) * 10),
        "machines": int(random.integers(5, 28)),
        "indoor": chance(random, 0.25),
    }


def _safety(random: np.random.Generator, people: int) -> Row:
    kind = str(random.choice(codes("safety_post_kind"), p=(0.55, 0.2, 0.25)))
    vehicles = int(random.integers(1, 3)) if kind != "police" else int(random.integers(0, 2))
    return {"kind": kind, "staff": int(random.integers(1, 7)), "vehicles": vehicles}


def _sports(random: np.random.Generator, people: int) -> Row:
    return {
        "area_m2": float(random.integers(40, 260) * 10),
        "courts": int(random.integers(1, 5)),
        "lighting": chance(random, 0.6),
    }


def _hall(random: np.random.Generator, people: int) -> Row:
    return {
        "brand": None,
        "capacity": int(random.integers(16, 64)),
        "topics_held": int(random.integers(2, 26)),
        "bodies": "村（社区）党组织；村（居）民委员会；监督委员会",
        "period": PERIOD,
    }


def _community(random: np.random.Generator, people: int) -> Row:
    return {
        "area_m2": float(random.integers(60, 140) * 10),
        "windows": int(random.integers(4, 10)),
        "residents_served": people,
    }


def _convenience(random: np.random.Generator, people: int) -> Row:
    return {
        "level": "village",
        "windows": int(random.integers(1, 4)),
        "services": some(random, codes("hall_service"), 0.6),
        "matters_done": round(people * random.uniform(0.2, 0.9)),
        "period": PERIOD,
    }


def _warm(random: np.random.Generator, people: int) -> Row:
    return {
        "brand": None,
        "services": some(random, codes("warm_station_service"), 0.75),
        "standards_met": some(random, codes("three_haves_three_unities"), 0.8),
        "visits": int(random.integers(900, 9000)),
        "period": PERIOD,
    }


COMMUNITIES = tuple(village.code for village in villages() if village.kind == "residents_committee")
SERVICES = (
    Service("party-service-centres", "DQ", "党群服务中心", 181, 4, _party, COMMUNITIES),
    Service("village-clinics", "WS", "卫生室", 196, 4, _clinic),
    Service("neighbour-centres", "XL", "乡邻中心", 38, 2, _neighbour, COMMUNITIES[:2]),
    Service("culture-halls", "WH", "文化活动室", 152, 3, _culture),
    Service("fitness-centres", "JS", "村民健身中心", 128, 2, _fitness),
    Service("safety-posts", "PA", "平安站点", 64, 3, _safety),
    Service("sports-stations", "TY", "体育驿", 24, 0, _sports, COMMUNITIES[:3]),
    Service("deliberation-halls", "YS", "党群议事厅", 64, 0, _hall, COMMUNITIES),
    Service("community-service-centres", "SQ", "服务中心", 6, 0, _community, COMMUNITIES),
    Service("convenience-halls", "BM", "便民服务站", 72, 2, _convenience),
    Service("warm-stations", "NX", "暖心驿站", 8, 0, _warm, (*COMMUNITIES, "140822205200")),
)
BRANDS = {
    ("deliberation-halls", "140822100003"): "后土莲心",
    ("warm-stations", "140822205200"): "皇甫驿",
    ("warm-stations", "140822100004"): "社区爱心驿站",
    ("warm-stations", "140822100005"): "司机之家",
}


def tables(spots: Spots) -> dict[str, pd.DataFrame]:
    """Every service layer."""
    found = {}
    rows, shapes = _offices(spots)
    for layer in ("governance-centres", "party-building-offices"):
        found[layer] = table(layer, rows[layer], shapes[layer])
    for service in SERVICES:
        mine, points = _of(spots, service)
        if service.layer == "convenience-halls":
            mine, points = rows["convenience-halls"] + mine, shapes["convenience-halls"] + points
        found[service.layer] = table(service.layer, mine, points)
    return found


def _of(spots: Spots, service: Service) -> tuple[list[Row], list[shapely.Point]]:
    random = rng(service.layer)
    rows, points = [], []
    for village in pick_villages(spots.county, service.layer, service.villages, always=service.always):
        people = int(spots.county.village_people.population[village])
        row = common(service.layer, service.prefix, service.title, village, random) | service.more(
            random, people
        )
        if "brand" in row:
            row["brand"] = BRANDS.get((service.layer, row["village_code"]))
        rows.append(row)
        points.append(shapely.Point(spots.near(village, random)))
    for place in _outsiders(spots, service):
        rows.append(
            across(service.layer, service.prefix, service.title, place, random) | service.more(random, 1400)
        )
        points.append(shapely.Point(spots.outside(place, random)))
    return rows, points


def _outsiders(spots: Spots, service: Service) -> list:
    if not service.outside:
        return []
    order = rng("across" + service.layer).permutation(len(spots.outsiders))
    return [spots.outsiders[int(i)] for i in sorted(order[: service.outside])]


def _offices(spots: Spots) -> tuple[dict[str, list[Row]], dict[str, list[shapely.Point]]]:
    """The county's and the townships' offices, which stand in the village of the township's seat."""
    layers = ("governance-centres", "convenience-halls", "party-building-offices")
    rows: dict[str, list[Row]] = {layer: [] for layer in layers}
    shapes: dict[str, list[shapely.Point]] = {layer: [] for layer in layers}
    random = rng("offices")
    number = {village.code: i for i, village in enumerate(villages())}
    for kind, place in [("county", townships()[0]), *(("township", place) for place in townships())]:
        village = number[seat_village(place)]
        owner = "万荣县" if kind == "county" else place.name
        for layer, prefix, title, more in (
            ("governance-centres", "ZZ", "综治中心", _governance(random, kind)),
            ("convenience-halls", "BM", "便民服务中心", _office_hall(random, kind)),
            ("party-building-offices", "DJ", "党建办", _office_party(random, place.code)),
        ):
            if kind == "county" and layer == "party-building-offices":
                continue
            row = common(layer, prefix, title, village, random) | more
            row["name"] = f"{owner}{title}"
            row["code"] = f"{prefix}{'140822000' if kind == 'county' else place.code}00001"
            rows[layer].append(row)
            shapes[layer].append(shapely.Point(spots.near(village, random, reach_m=320)))
    return rows, shapes


def _governance(random: np.random.Generator, kind: str) -> Row:
    large = kind == "county"
    return {
        "level": kind,
        "area_m2": float(random.integers(150, 210) * 10 if large else random.integers(22, 58) * 10),
        "staff": int(random.integers(26, 40) if large else random.integers(6, 15)),
        "rooms": 12 if large else int(random.integers(6, 10)),
        "one_stop": large or chance(random, 0.85),
    }


def _office_hall(random: np.random.Generator, kind: str) -> Row:
    large = kind == "county"
    return {
        "level": kind,
        "windows": int(random.integers(40, 60) if large else random.integers(6, 15)),
        "services": list(codes("hall_service")),
        "matters_done": int(random.integers(60_000, 90_000) if large else random.integers(3000, 12_000)),
        "period": PERIOD,
    }


def _office_party(random: np.random.Generator, code: str) -> Row:
    return {
        "township_code": code,
        "posts_defined": 11,
        "posts_filled": int(random.integers(7, 12)),
        "systems": some(random, codes("office_system"), 0.85),
        "office_ready": chance(random, 0.85),
    }
