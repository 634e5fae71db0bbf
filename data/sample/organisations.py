"""Organisations and deliberation: demonstration sites, village grades, two-new organisations, agreements, topics."""

import numpy as np
import pandas as pd
import shapely
from frame import AS_OF, rng, villages
from services import COMMUNITIES
from spots import Spots, common, declared, pick_villages
from tables import Row, codes, table

NUMBER = {village.code: i for i, village in enumerate(villages())}
MODEL_VILLAGE = "140822208222"
THEMES = ("党建引领网格治理", "六步议事", "集体经济增收", "乡风文明", "一站式解纷", "养老服务")
TOPICS = (
    "村内道路维修", "公共照明更换", "文化广场改造", "垃圾分类点设置", "灌溉渠清淤", "老年食堂运行", "集体资产盘活",
    "停车位划设", "村规民约修订", "绿化补植",
)  # fmt: skip


BRANDS_OF_FIRMS = ("果香先锋（演示）", "红色驿站（演示）", "同心网点（演示）", None)  # three in four have one


def tables(spots: Spots, halls: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """All organisation layers but the restricted one, and the topics of deliberation."""
    return {
        "demonstration-sites": _sites(spots),
        "village-status": _status(spots),
        "two-new-orgs": _two_new(spots),
        "co-building-agreements": _agreements(spots),
        "deliberation-topics": _topics(spots, halls),
    }


def _near(spots: Spots, layer: str, numbers: list[int]) -> list[shapely.Point]:
    random = rng("near" + layer)
    return [shapely.Point(spots.near(i, random, reach_m=300)) for i in numbers]


def _sites(spots: Spots) -> pd.DataFrame:
    random, layer = rng("sites"), "demonstration-sites"
    numbers = pick_villages(spots.county, layer, 24, always=(MODEL_VILLAGE, "140822100003", "140822103201"))
    models = [f"SF{code}01" for code in (MODEL_VILLAGE, "140822100003", "140822103201")]
    rows = []
    for i in numbers:
        row = common(layer, "SF", "示范点", i, random)
        first = row["code"] in models
        stage = "select" if first else str(random.choice(("copy", "copy", "raise")))
        row |= {
            "stage": stage,
            "theme": str(random.choice(THEMES)),
            "year": int(random.integers(2021, 2024)) if first else int(random.integers(2024, 2027)),
            "copied_from": None if first else str(random.choice(models)),
            "spread_km": round(float(random.uniform(2, 9)), 1),
        }
        rows.append(row)
    return table(layer, rows, _near(spots, layer, numbers))


def _status(spots: Spots) -> pd.DataFrame:
    """Grades of all villages. Only 李家坡村 has been a laggard: the source says so; no other is ever called one."""
    random, layer = rng("status"), "village-status"
    rows: list[Row] = []
    numbers: list[int] = []
    for i, place in enumerate(villages()):
        history = [(str(random.choice(("ordinary", "advanced", "model"), p=(0.55, 0.36, 0.09))), "ordinary")]
        if place.code == MODEL_VILLAGE:
            history = [("laggard", None), ("model", "laggard")]
        for step, (status, before) in enumerate(history):
            last = step == len(history) - 1
            row = {
                "code": f"BC{place.code}{step + 1:02d}",
                "name": f"{place.name}班次",
                "village_code": place.code,
                "status": status,
                "from_status": before,
                "from_date": "2024-01-01" if last else "2020-01-01",
                "to_date": None if last else "2023-12-31",
                "current": last,
                "measures": "演示：按年度评定" if last else "演示：集中帮扶",
            }
            rows.append(declared(layer, row))
            numbers.append(i)
    return table(layer, rows, _near(spots, layer, numbers))


def _two_new(spots: Spots) -> pd.DataFrame:
    random, layer = rng("two-new"), "two-new-orgs"
    numbers = pick_villages(spots.county, layer, 40, always=COMMUNITIES)
    titles = {"economic": "果业企业", "social": "社会服务组织", "employment": "快递物流站点"}
    rows = []
    for i in numbers:
        kind = str(random.choice(codes("two_new_kind"), p=(0.5, 0.22, 0.28)))
        employees = int(random.integers(8, 140))
        rows.append(
            common(layer, "LX", titles[kind] + "党组织", i, random)
            | {
                "kind": kind,
                "organisation_type": str(random.choice(("党支部", "联合党支部", "党支部", "党总支"))),
                "employees": employees,
                "party_members": max(3, round(employees * random.uniform(0.05, 0.25))),
                "founded_on": f"{int(random.integers(2012, 2026))}-07-01",
                "brand": BRANDS_OF_FIRMS[i % len(BRANDS_OF_FIRMS)],
            }
        )
    return table(layer, rows, _near(spots, layer, numbers))


def _agreements(spots: Spots) -> pd.DataFrame:
    """Sixteen firms and the branches of six communities."""
    random, layer = rng("agreements"), "co-building-agreements"
    numbers = [NUMBER[COMMUNITIES[k % len(COMMUNITIES)]] for k in range(16)]
    rows = []
    for k, i in enumerate(numbers):
        name = villages()[i].name
        row = common(layer, "GJ", "共建协议", i, random)
        row |= {
            "code": f"GJ{villages()[i].code}{k // len(COMMUNITIES) + 1:02d}",
            "name": f"{name}友好共建协议{k + 1}",
            "firm": f"演示新就业企业{k + 1}",
            "community_branch": f"{name}党支部",
            "signed_on": f"2025-{int(random.integers(3, 12)):02d}-{int(random.integers(1, 28)):02d}",
            "until": "2027-12-31",
            "activities": int(random.integers(1, 12)),
            "content": "便民服务、志愿活动、应急互助",
        }
        rows.append(row)
    return table(layer, rows, _near(spots, layer, numbers))


def _topics(spots: Spots, halls: pd.DataFrame) -> pd.DataFrame:
    random, layer = rng("topics"), "deliberation-topics"
    stages = codes("deliberation_stage")
    rows, numbers = [], []
    for k in range(64):
        hall = halls.iloc[int(random.integers(0, len(halls)))]
        raised = pd.Timestamp("2025-12-01") + pd.Timedelta(days=int(random.integers(0, 340)))
        open_days = (pd.Timestamp(AS_OF) - raised).days
        step = min(5, int(open_days / random.uniform(12, 40)))
        moved = raised + pd.Timedelta(days=int(open_days * random.uniform(0.3, 0.9)))
        rows.append(_topic(k, hall, stages[step], (raised, moved), random))
        numbers.append(NUMBER[hall["village_code"]])
    return table(layer, rows, _near(spots, layer, numbers))


def _topic(
    k: int, hall: pd.Series, stage: str, days: tuple[pd.Timestamp, pd.Timestamp], random: np.random.Generator
) -> Row:
    done = stage in ("step_5", "step_6")
    village = villages()[NUMBER[hall["village_code"]]].name
    return {
        "code": f"YT2026{k + 1:04d}",
        "name": f"{village}{random.choice(TOPICS)}",
        "village_code": hall["village_code"],
        "hall_code": hall["code"],
        "stage": stage,
        "raised_on": days[0],
        "stage_on": days[1],
        "participants": int(random.integers(9, 60)),
        "resolution": "演示：会议形成一致意见，列入年度计划" if done else None,
        "outcome": str(random.choice(("carried_out", "agreed"))) if done else "ongoing",
    }
