"""Industry beside the parcels: processing, mushrooms, markets, cold stores, logistics, co-operatives, projects, assets."""

import numpy as np
import pandas as pd
import shapely
from frame import rng, villages
from parks import clear_blob
from services import chance, some
from spots import Spots, common, declared, pick_villages
from tables import Row, codes, table

NUMBER = {village.code: i for i, village in enumerate(villages())}
HERB_AREAS = ("140822202", "140822102", "140822205", "140822200")
FRUIT_AREAS = ("140822103", "140822105", "140822206", "140822208", "140822104", "140822102")


def tables(spots: Spots) -> dict[str, pd.DataFrame]:
    """All industry layers but the parcels."""
    return {
        "herb-processing": _herb_processing(spots),
        "mushroom-greenhouses": _mushrooms(spots),
        "trading-markets": _markets(spots),
        "cold-stores": _cold_stores(spots),
        "logistics-points": _logistics(spots),
        "farm-service-coops": _coops(spots),
        "collective-projects": _projects(spots),
        "idle-assets": _assets(spots),
    }


def _in(
    areas: tuple[str, ...], spots: Spots, layer: str, count: int, always: tuple[str, ...] = ()
) -> list[int]:
    """``count`` villages of these townships, the wanted ones first."""
    ranked = pick_villages(spots.county, layer, 120, always=always)
    fitting = [i for i in ranked if villages()[i].code.startswith(areas) and villages()[i].code not in always]
    random = rng("in" + layer)
    chosen = [fitting[int(k)] for k in random.permutation(len(fitting))[: count - len(always)]]
    return sorted([*(NUMBER[code] for code in always), *chosen])


def _points(spots: Spots, layer: str, numbers: list[int], reach_m: float = 420) -> list[shapely.Point]:
    random = rng("points" + layer)
    return [shapely.Point(spots.near(i, random, reach_m=reach_m)) for i in numbers]


def _herb_processing(spots: Spots) -> pd.DataFrame:
    random, layer = rng("herb-processing"), "herb-processing"
    numbers = _in(HERB_AREAS, spots, layer, 12, ("140822202200",))
    rows = []
    for i in numbers:
        seed = villages()[i].code == "140822202200"
        rows.append(
            common(layer, "YJ", "中药材良种繁育加工点" if seed else "中药材加工点", i, random)
            | {
                "operator": f"{villages()[i].name}药材专业合作社",
                "herbs": some(random, codes("herb")[:5], 0.5),
                "process": sorted(
                    {"seed" if seed else "cleaning", *some(random, codes("herb_process")[:3], 0.6)}
                ),
                "capacity_t": float(random.integers(8, 120) * 10),
                "workers": int(random.integers(6, 48)),
                "status": "building" if seed else str(random.choice(("done", "done", "building"))),
            }
        )
    return table(layer, rows, _points(spots, layer, numbers))


def _mushrooms(spots: Spots) -> pd.DataFrame:
    random, layer = rng("mushrooms"), "mushroom-greenhouses"
    numbers = _in(("140822208", "140822101", "140822104"), spots, layer, 16, ("140822208222",))
    rows, shapes = [], []
    for i in numbers:
        shape = clear_blob(spots, i, random, 46)
        sheds = max(2, round(shape.area / 520))
        rows.append(
            common(layer, "XG", "香菇大棚", i, random)
            | {
                "mushroom": "shiitake" if chance(random, 0.8) else "oyster",
                "area_m2": round(shape.area, 1),
                "sheds": sheds,
                "workers": sheds * int(random.integers(2, 5)),
                "output_t": round(sheds * random.uniform(5, 12), 1),
                "operator": f"{villages()[i].name}股份经济合作社",
            }
        )
        shapes.append(shape)
    return table(layer, rows, shapes)


def _markets(spots: Spots) -> pd.DataFrame:
    random, layer = rng("markets"), "trading-markets"
    kinds = {
        "140822103201": ("fruit", "桃果交易市场"), "140822105200": ("fruit", "果品交易市场"),
        "140822202200": ("herb", "药材交易市场"), "140822100005": ("produce", "农贸市场"),
        "140822208222": ("produce", "农贸市场"), "140822104200": ("fruit", "葡萄交易市场"),
        "140822102200": ("other", "综合市场"), "140822101200": ("produce", "农贸市场"),
        "140822206200": ("fruit", "苹果交易市场"),
    }  # fmt: skip
    numbers = sorted(NUMBER[code] for code in kinds)
    rows = []
    for i in numbers:
        kind, title = kinds[villages()[i].code]
        rows.append(
            common(layer, "SC", title, i, random)
            | {
                "kind": kind,
                "area_m2": float(random.integers(20, 260) * 100),
                "throughput_t": float(random.integers(6, 300) * 100),
                "stalls": int(random.integers(20, 180)),
                "operator": f"{villages()[i].name}股份经济合作社",
            }
        )
    return table(layer, rows, _points(spots, layer, numbers))


def _cold_stores(spots: Spots) -> pd.DataFrame:
    random, layer = rng("cold"), "cold-stores"
    numbers = _in(FRUIT_AREAS, spots, layer, 23, ("140822103201",))
    rows = []
    for i in numbers:
        rooms = int(random.integers(3, 30))
        rows.append(
            common(layer, "LK", "果品冷库", i, random)
            | {
                "capacity_t": float(rooms * int(random.integers(4, 12)) * 10),
                "rooms": rooms,
                "operator": f"{villages()[i].name}果业专业合作社",
            }
        )
    return table(layer, rows, _points(spots, layer, numbers))


def _logistics(spots: Spots) -> pd.DataFrame:
    random, layer = rng("logistics"), "logistics-points"
    numbers = pick_villages(spots.county, layer, 46, always=("140822103201", "140822100005"))
    rows = []
    for i in numbers:
        people = int(spots.county.village_people.population[i])
        rows.append(
            common(layer, "WL", "快递物流点", i, random)
            | {
                "services": ["parcel", *[v for v in codes("logistics_service")[1:] if chance(random, 0.35)]],
                "operator": f"{villages()[i].name}电商服务站",
                "parcels_per_day": round(people * random.uniform(0.04, 0.16)),
            }
        )
    return table(layer, rows, _points(spots, layer, numbers, 260))


def _coops(spots: Spots) -> pd.DataFrame:
    random, layer = rng("coops"), "farm-service-coops"
    numbers = pick_villages(spots.county, layer, 36, always=("140822206211",))
    rows = []
    for i in numbers:
        households = int(spots.county.village_people.households[i])
        rows.append(
            common(layer, "TG", "农业生产托管合作社", i, random)
            | {
                "grade": str(random.choice(codes("coop_grade"), p=(0.04, 0.12, 0.24, 0.35, 0.25))),
                "members": round(households * random.uniform(0.1, 0.6)),
                "area_mu": float(random.integers(6, 60) * 100),
                "services": some(random, codes("farm_service"), 0.65),
                "machines": int(random.integers(3, 36)),
            }
        )
    return table(layer, rows, _points(spots, layer, numbers))


def _projects(spots: Spots) -> pd.DataFrame:
    """The four collective-economy projects, one at each of the last stages of the application."""
    random, layer = rng("projects"), "collective-projects"
    plan = (
        ("140822208222", "闲置校园改农贸市场项目", "market", 4), ("140822208224", "香菇大棚扩建项目", "shiitake", 4),
        ("140822104200", "葡萄设施大棚项目", "protected_horticulture", 3), ("140822206211", "农机托管服务项目", "services", 2),
    )  # fmt: skip
    rows = []
    for code, title, path, steps in plan:
        days = ["2026-03-10", "2026-04-22", "2026-06-18", "2026-08-05"]
        days = [day if k < steps else None for k, day in enumerate(days)]
        row = {
            **common(layer, "XM", title, NUMBER[code], random),
            "path": path,
            "stage": codes("project_stage")[steps - 1],
            "programme": "强筋壮骨、提质增效",
            "amount_yuan": float(random.integers(30, 120) * 10_000),
            "income_yuan": float(random.integers(5, 24) * 10_000),
        }
        names = ("applied_on", "reviewed_on", "assessed_on", "decided_on")
        rows.append(row | dict(zip(names, days, strict=True)))
    return table(layer, rows, _points(spots, layer, [NUMBER[item[0]] for item in plan]))


def _assets(spots: Spots) -> pd.DataFrame:
    random, layer = rng("assets"), "idle-assets"
    numbers = pick_villages(spots.county, layer, 32, always=("140822208222",))
    return table(layer, [_asset(i, random) for i in numbers], _points(spots, layer, numbers, 300))


def _asset(village: int, random: np.random.Generator) -> Row:
    place = villages()[village]
    school_to_market = place.code == "140822208222"
    status = "in_use" if school_to_market else str(random.choice(codes("asset_status"), p=(0.3, 0.2, 0.5)))
    old = "school" if school_to_market else str(random.choice(("school", "office", "warehouse", "factory")))
    new = (
        "market"
        if school_to_market
        else str(random.choice(("elder_care", "greenhouse", "warehouse", "market")))
    )
    titles = {"school": "闲置校园", "office": "闲置办公房", "warehouse": "闲置仓库", "factory": "闲置厂房"}
    row = {
        "code": f"ZC{place.code}01",
        "name": f"{place.name}{titles[old]}",
        "village_code": place.code,
        "status": status,
        "old_use": old,
        "new_use": "vacant" if status == "idle" else new,
        "area_m2": float(random.integers(20, 400) * 10),
        "revived_on": f"{int(random.integers(2023, 2026))}-{int(random.integers(1, 13)):02d}-01"
        if status == "in_use"
        else None,
        "income_yuan": float(random.integers(1, 20) * 10_000) if status == "in_use" else None,
    }
    return declared("idle-assets", row)
