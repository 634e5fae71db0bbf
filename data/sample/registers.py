"""Tables of the divisions, settlements and grids."""

import pandas as pd
import shapely
from county import County
from divisions import seat_village
from frame import (
    CENSUS,
    COUNTY_CODE,
    COUNTY_NAME,
    SOURCE_CENSUS,
    rng,
    townships,
    villages,
)
from people import FEWEST, MOST
from settlements import name_of, numeral
from tables import table

OUTLINE_SOURCE = "演示推算：由乡镇驻地生成，不是法定界线"


def tables(county: County) -> dict[str, pd.DataFrame]:
    """counties, townships, villages, grids and settlements."""
    return {
        "counties": table(
            "counties",
            [{"code": COUNTY_CODE, "name": COUNTY_NAME, "source": OUTLINE_SOURCE}],
            [county.outline],
        ),
        "townships": _townships(county),
        "villages": _villages(county),
        "grids": _grids(county),
        "settlements": _settlements(county),
    }


def _townships(county: County) -> pd.DataFrame:
    rows = [
        {
            "code": place.code,
            "name": place.name,
            "county_code": COUNTY_CODE,
            "kind": place.kind,
            "source": "名称和代码：统计用区划代码 2023；范围：" + OUTLINE_SOURCE,
        }
        for place in townships()
    ]
    return table("townships", rows, list(county.townships))


def _villages(county: County) -> pd.DataFrame:
    counts = county.village_people
    rows = [
        {
            "code": village.code,
            "name": village.name,
            "township_code": village.township_code,
            "kind": village.kind,
            "population": int(counts.population[i]),
            "population_60_plus": int(counts.aged_60_plus[i]),
            "households": int(counts.households[i]),
            "period": CENSUS,
            "former_code": village.former_code,
            "source": SOURCE_CENSUS,
        }
        for i, village in enumerate(villages())
    ]
    return table("villages", rows, list(county.villages))


def _reason(households: int, dedicated: str) -> str | None:
    least, most = FEWEST, MOST
    if dedicated:
        return "专属网格"
    if households < least:
        return "村小户少，一村一格" if households >= 200 else "村户数过少"
    return "集中居住，不宜再分" if households > most else None


def _grids(county: County) -> pd.DataFrame:
    random = rng("grid-visits")
    rows = []
    for grid in county.grids:
        name = villages()[grid.village].name
        reason = _reason(grid.households, grid.dedicated)
        rows.append(
            {
                "code": grid.code,
                "name": f"{name}{grid.dedicated}专属网格"
                if grid.dedicated
                else f"{name}第{numeral(grid.number)}网格",
                "village_code": villages()[grid.village].code,
                "kind": "dedicated" if grid.dedicated else "basic",
                "population": grid.population,
                "population_60_plus": grid.aged_60_plus,
                "households": grid.households,
                "grid_worker_post": "专属网格员" if grid.dedicated else "网格员",
                "household_visits": round(grid.households * random.uniform(0.55, 2.4)),
                "exception": reason is not None,
                "exception_reason": reason,
                "period": CENSUS,
                "source": SOURCE_CENSUS,
            }
        )
    return table("grids", rows, [grid.shape for grid in county.grids])


def _settlements(county: County) -> pd.DataFrame:
    counts = county.settlement_people
    seats = {seat_village(place) for place in townships()}
    rows = []
    for i, place in enumerate(county.settlements):
        village = villages()[place.village]
        rows.append(
            {
                "code": f"{village.code}{place.number + 1:02d}",
                "name": name_of(place),
                "village_code": village.code,
                "grid_code": county.grid_by_label[place.grid].code,
                "kind": _kind(village.code, village.kind, place.main, seats),
                "population": int(counts.population[i]),
                "population_60_plus": int(counts.aged_60_plus[i]),
                "households": int(counts.households[i]),
                "period": CENSUS,
                "source": SOURCE_CENSUS,
            }
        )
    return table("settlements", rows, [shapely.Point(place.x, place.y) for place in county.settlements])


def _kind(code: str, kind: str, main: bool, seats: set[str]) -> str:
    if code.startswith("140822100") and code in seats and main:
        return "county_town"
    if kind == "residents_committee":
        return "estate"
    if main:
        return "township_seat" if code in seats else "village_seat"
    return "hamlet"
