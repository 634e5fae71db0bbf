"""Places whose codes differ from those of the hand-drawn county: longer or shorter grids, or a prefecture on top.

The prefecture is the same ground: the west and the middle column are 西县 (140822), the east one is 东县 (140823).
"""

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from layers.county import County, open_county
from tests import county
from tests.county import village_code
from tests.disputes import disputes, put
from webmap.settings import FILE_NAME, load_settings

PREFECTURE, WEST, EAST = "1408", "140822", "140823"
CODES = ("code", "county_code", "township_code", "village_code", "grid_code")
Rename = Callable[[str], str]


def grid_code(number: int, half: int, digits: int) -> str:
    """Code of the west (1) or east (2) half of a square, in so many digits."""
    village = village_code(number)
    return f"{village}{half:0{digits - len(village)}d}"


def with_grids(digits: int) -> Rename:
    """Codes of the hand-drawn county → the same with grids of another length."""
    village, old = len(village_code(1)), len(village_code(1)) + 3

    def _rename(code: str) -> str:
        return f"{code[:village]}{int(code[village:]):0{digits - village}d}" if len(code) == old else code

    return _rename


def to_prefecture(code: str) -> str:
    """Codes of the hand-drawn county → those of the prefecture's two counties."""
    return EAST + code.removeprefix(WEST) if code.startswith(f"{WEST}102") else code


def renamed(table: pd.DataFrame, rename: Rename) -> pd.DataFrame:
    """A table with all codes of divisions renamed."""
    names = [name for name in CODES if name in table]
    return table.assign(**{name: [rename(code) for code in table[name]] for name in names})


def build(home: Path, settings: str, tables: dict[str, pd.DataFrame]) -> County:
    """The county or prefecture of a home with these settings and tables, all of it marked as demo data."""
    home.mkdir(parents=True)
    (home / FILE_NAME).write_text(settings, "utf-8")
    opened = open_county(load_settings(home=home).of_county())
    opened.store.create()
    for layer, table in tables.items():
        put(opened.store, layer, table, demo=True)
    return opened


def county_with_grids(home: Path, digits: int) -> County:
    """The hand-drawn county with its centres and disputes, its grids with so many digits."""
    tables = {layer: getattr(county, layer)() for layer in ("counties", "townships", "villages", "grids")}
    tables |= {"party-service-centres": county.centres(), "disputes": disputes()}
    named = {layer: renamed(table, with_grids(digits)) for layer, table in tables.items()}
    return build(home, f"grid_digits = {digits}\n", named)


def beautiful(villages: list[str]) -> pd.DataFrame:
    """The indicator of beautiful villages, reached in every village; totals of the whole place are known besides."""
    shared = {"indicator": "beautiful_village", "name": "美丽乡村建成", "period": "2025", "source": "手画"}
    return pd.DataFrame(
        [
            shared | {"code": f"BV:{code}", "area_code": code, "numerator": 1.0, "denominator": 1.0}
            for code in villages
        ]
    )


def prefecture(home: Path) -> County:
    """The same ground as a prefecture with two counties."""
    tables = {
        layer: renamed(getattr(county, layer)(), to_prefecture)
        for layer in ("townships", "villages", "grids")
    }
    tables["townships"]["county_code"] = [code[: len(WEST)] for code in tables["townships"]["code"]]
    halves = tables["townships"].dissolve("county_code", as_index=False)[["county_code", "geometry"]]
    tables["counties"] = halves.rename(columns={"county_code": "code"}).assign(name=["西县", "东县"])
    tables |= {
        layer: renamed(table, to_prefecture)
        for layer, table in {"party-service-centres": county.centres(), "disputes": disputes()}.items()
    }
    tables["indicators"] = beautiful(list(tables["villages"]["code"]))
    settings = f'county = "{PREFECTURE}"\ncounty_name = {{ zh = "手画市", en = "Drawn Prefecture" }}\n'
    return build(home, settings, tables)
