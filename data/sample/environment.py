"""Environment: works along the Yellow River, water monitors, projects in the county town."""

import numpy as np
import pandas as pd
import shapely
from county import County
from frame import rng, villages
from outline import fen_river, yellow_river
from tables import Row, codes, table
from water import Body, streams

TOWN = tuple(
    i for i, v in enumerate(villages()) if v.kind == "residents_committee" or v.code == "140822100200"
)


def tables(county: County, bodies: list[Body], lines: list[shapely.LineString]) -> dict[str, pd.DataFrame]:
    """river-works, water-monitors and urban-projects."""
    return {
        "river-works": _river_works(county, bodies),
        "water-monitors": _monitors(county, bodies),
        "urban-projects": _urban(county, lines),
    }


def _river_works(county: County, bodies: list[Body]) -> pd.DataFrame:
    """Three stretches of each of the seven kinds, inside the county along the Yellow River, the Fen and the streams."""
    random = rng("river-works")
    kinds = codes("river_work_kind")
    titles = dict(zip(kinds, ("增湿", "绿化", "治理", "防洪", "保土", "架桥", "清淤"), strict=True))
    inner = county.outline.buffer(-120)
    banks = [_longest(shapely.intersection(inner.exterior, shapely.LineString(yellow_river()).buffer(1500)))]
    banks += [_longest(shapely.intersection(inner.exterior, shapely.LineString(fen_river()).buffer(900)))]
    banks += [_longest(shapely.intersection(line, inner)) for line in streams()]
    rows, shapes = [], []
    for k in range(21):
        kind = kinds[k % 7]
        bank = banks[0] if k < 10 else banks[1] if k < 14 else banks[2 + k % (len(banks) - 2)]
        line = _stretch(
            county, bank, random.uniform(120, 220) if kind == "bridge" else random.uniform(700, 2400), random
        )
        rows.append(_work(county, k, kind, titles[kind], line, random))
        shapes.append(line)
    return table("river-works", rows, shapes)


def _longest(shape: shapely.Geometry) -> shapely.LineString:
    parts = shapely.get_parts(shapely.line_merge(shape) if shape.geom_type == "MultiLineString" else shape)
    return max(parts, key=lambda part: part.length)


def _stretch(
    county: County, bank: shapely.LineString, length_m: float, random: np.random.Generator
) -> shapely.LineString:
    """A piece of the bank of about that length, shortened to the village where it begins."""
    from shapely.ops import substring

    for _ in range(100):
        start = random.uniform(0, max(bank.length - length_m, 1))
        line = substring(bank, start, min(start + length_m, bank.length))
        middle = line.interpolate(0.5, normalized=True)
        grid = county.grid_at(middle.x, middle.y)
        if grid is None:
            continue
        kept = shapely.intersection(line, county.villages[grid.village])
        kept = _longest(kept)
        if kept.length > 90:
            return kept
    raise ValueError("no stretch of the bank lies in a village")


def _work(
    county: County, k: int, kind: str, title: str, line: shapely.LineString, random: np.random.Generator
) -> Row:
    middle = line.interpolate(0.5, normalized=True)
    grid = county.grid_at(middle.x, middle.y)
    assert grid is not None
    place = villages()[grid.village]
    status = str(random.choice(codes("work_status"), p=(0.2, 0.4, 0.4)))
    year = {"planned": 2027, "building": 2026, "done": int(random.integers(2022, 2026))}[status]
    return {
        "code": f"HD{place.code}{k + 1:03d}",
        "name": f"{place.name}段{title}工程",
        "village_code": place.code,
        "kind": kind,
        "status": status,
        "length_m": round(line.length, 1),
        "area_m2": round(line.length * random.uniform(8, 40), 1),
        "started_on": f"{year}-03-{int(random.integers(1, 28)):02d}",
        "finished_on": f"{year}-11-{int(random.integers(1, 28)):02d}" if status == "done" else None,
        "investment_yuan": float(round(line.length * random.uniform(500, 4000), -4)),
    }


def _monitors(county: County, bodies: list[Body]) -> pd.DataFrame:
    random = rng("monitors")
    places = [(body, 3) for body in bodies[:2]] + [(body, 1) for body in bodies[2:7]]
    classes = codes("water_class")
    rows, shapes = [], []
    for body, count in places:
        for _ in range(count):
            spot = _bank_spot(county, body, random)
            grid = county.grid_at(spot.x, spot.y)
            code = villages()[grid.village].code if grid else None
            better = int(random.integers(1, 4))
            rows.append(
                {
                    "code": f"SZ{len(rows) + 1:03d}",
                    "name": f"{body.name}{len(rows) + 1}号断面",
                    "village_code": code,
                    "river_code": body.code,
                    "water_class": classes[better],
                    "target_class": "iii",
                    "sampled_on": f"2026-11-{int(random.integers(2, 18)):02d}",
                }
            )
            shapes.append(spot)
    return table("water-monitors", rows, shapes)


def _bank_spot(county: County, body: Body, random: np.random.Generator) -> shapely.Point:
    """A point in the county as near to the water as the county reaches."""
    reach = shapely.intersection(county.outline.buffer(-60), body.shape.buffer(700))
    part = max(shapely.get_parts(reach), key=lambda p: p.area)
    west, south, east, north = part.bounds
    while True:
        spot = shapely.Point(random.uniform(west, east), random.uniform(south, north))
        if part.contains(spot) and not body.shape.contains(spot):
            return spot


def _urban(county: County, lines: list[shapely.LineString]) -> pd.DataFrame:
    """Stretches of the county town's streets."""
    streets = _streets(county, lines)
    random = rng("urban")
    kinds = codes("urban_project_kind")
    titles = dict(
        zip(kinds, ("道路提升改造", "雨污分流", "绿化亮化", "老旧小区改造", "精细化管理"), strict=True)
    )
    rows, shapes = [], []
    for k in range(20):
        village, kind = TOWN[k % len(TOWN)], kinds[k % len(kinds)]
        line = streets[village][k // len(TOWN) % len(streets[village])]
        done = float(random.choice((0, 25, 40, 60, 85, 100)))
        status = "done" if done == 100 else "planned" if done == 0 else "building"
        place = villages()[village]
        rows.append(
            {
                "code": f"CJ{place.code}{k + 1:03d}",
                "name": f"{place.name}{titles[kind]}",
                "village_code": place.code,
                "kind": kind,
                "status": status,
                "progress": done,
                "started_on": "2027-03-01"
                if status == "planned"
                else f"2025-{int(random.integers(3, 12)):02d}-10",
                "finished_on": "2026-09-30" if status == "done" else None,
                "length_m": round(line.length, 1),
                "investment_yuan": float(round(line.length * random.uniform(800, 5000), -4)),
            }
        )
        shapes.append(line)
    return table("urban-projects", rows, shapes)


def _streets(county: County, lines: list[shapely.LineString]) -> dict[int, list[shapely.LineString]]:
    """The stretches of road inside each community of the county town, longest first."""
    found = {}
    for village in TOWN:
        own = county.villages[village].buffer(-20)
        inside = [shapely.intersection(line, own) for line in lines if line.intersects(own)]
        parts = [_longest(part) for part in inside if part.length > 60]
        found[village] = sorted(parts, key=lambda part: -part.length)
    return found
