"""Orchards and herb bases: parcels chosen among the fields until the county's figures are met."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from fields import Field, Fields
from frame import cell_of, noise_at, rng, villages
from tables import Row, table

PLANTED = (1998, 2024)
VARIETIES = {
    "apple": ("富士", "嘎啦", "红将军", "瑞雪", "华硕"), "peach": ("中桃", "春雪", "映霜红"),
    "nectarine": ("中油", "曙光", "瑞光"), "grape": ("阳光玫瑰", "巨峰", "户太八号"), "persimmon": ("磨盘柿", "牛心柿"),
    "pear": ("酥梨", "玉露香"), "jujube": ("冬枣", "板枣"), "other": ("杏", "樱桃"),
}  # fmt: skip


@dataclass(frozen=True)
class Wish:
    """So much of one crop in these townships (9 digits) or villages (12 digits), gathered where noise is high."""

    crop: str
    area_mu: float
    areas: tuple[str, ...]
    patch_m: float = 5200


WISHES = (
    Wish("bupleurum", 20_800, ("140822202",), 6000),
    Wish("scutellaria", 13_400, ("140822202",), 6000),
    Wish("danshen", 8_300, ("140822202",), 6000),
    Wish("nectarine", 3_150, ("140822103201",)),
    Wish("bupleurum", 15_200, ("140822102", "140822205")),
    Wish("scutellaria", 14_000, ("140822205", "140822102", "140822200")),
    Wish("danshen", 12_600, ("140822200", "140822103")),
    Wish("polygala", 9_700, ("140822102", "140822103")),
    Wish("astragalus", 6_900, ("140822205", "140822207")),
    Wish("other", 1_700, ("140822200",)),
    Wish("nectarine", 10_200, ("140822103", "140822105")),
    Wish("peach", 11_600, ("140822103",)),
    Wish("grape", 9_800, ("140822104",)),
    Wish("persimmon", 5_400, ("140822102",)),
    Wish("pear", 4_600, ("140822203", "140822104")),
    Wish("jujube", 3_300, ("140822208", "140822101")),
    Wish("other_fruit", 2_300, ("140822100",)),
    Wish("apple", 119_000, ("140822105", "140822206", "140822208"), 7000),
    Wish("apple", 30_000, ("140822102", "140822200", "140822205"), 7000),
    Wish("apple", 203_600, ("140822",), 7500),
)  # fmt: skip
HERBS = ("bupleurum", "scutellaria", "danshen", "polygala", "astragalus", "other")
HERB_NAMES = {
    "bupleurum": "柴胡", "scutellaria": "黄芩", "danshen": "丹参", "polygala": "远志", "astragalus": "黄芪",
    "other": "药材",
}  # fmt: skip
FRUIT_NAMES = {
    "apple": "苹果", "peach": "桃", "nectarine": "油桃", "grape": "葡萄", "persimmon": "柿", "pear": "梨",
    "jujube": "枣", "other": "杂果",
}  # fmt: skip
# Nobody plants a whole village: at most this share of a village's fields.
FULLEST = 0.62


def choose(stock: Fields) -> list[tuple[str, Field]]:
    """(crop, field) pairs: for each wish the fields of highest noise until its area is reached."""
    free = {field.label: field for field in stock.fields}
    room = np.zeros(len(villages()))
    for field in stock.fields:
        room[field.village] += field.area_mu * FULLEST
    chosen: list[tuple[str, Field]] = []
    for number, wish in enumerate(WISHES):
        candidates = [f for f in free.values() if villages()[f.village].code.startswith(wish.areas)]
        places = np.array([(field.x, field.y) for field in candidates])
        liking = noise_at(f"wish{wish.crop}{number}", wish.patch_m, places)
        if wish.crop == "apple":
            liking = liking - 0.5 * np.array([stock.hilly[cell_of(x, y)] for x, y in places])
        candidates = [candidates[int(k)] for k in np.argsort(-liking, kind="stable")]
        got_mu = 0.0
        for field in candidates:
            if got_mu >= wish.area_mu:
                break
            if room[field.village] <= 0 and len(wish.areas[0]) < 12:
                continue
            room[field.village] -= field.area_mu
            got_mu += field.area_mu
            chosen.append((wish.crop, free.pop(field.label)))
        if got_mu < wish.area_mu:
            raise ValueError(f"{wish.crop}: only {got_mu:.0f} of {wish.area_mu} mu in {wish.areas}")
    return chosen


def tables(chosen: list[tuple[str, Field]]) -> dict[str, pd.DataFrame]:
    """The layers orchards and herb-bases; ``area_mu`` is what is reported, within 3 % of what is drawn."""
    chosen = sorted(chosen, key=lambda pair: (villages()[pair[1].village].code, pair[1].label))
    herbs = [(crop, field) for crop, field in chosen if crop in HERBS]
    fruit = [
        ("other" if crop == "other_fruit" else crop, field) for crop, field in chosen if crop not in HERBS
    ]
    return {
        "orchards": table("orchards", _orchards(fruit), [field.shape for _, field in fruit]),
        "herb-bases": table("herb-bases", _herb_bases(herbs), [field.shape for _, field in herbs]),
    }


def _numbers(pairs: list[tuple[str, Field]]) -> list[int]:
    """Sequence number of each parcel in its village."""
    seen: dict[int, int] = {}
    numbers = []
    for _, field in pairs:
        seen[field.village] = seen.get(field.village, 0) + 1
        numbers.append(seen[field.village])
    return numbers


def _operator(village: str, random: np.random.Generator) -> str:
    return f"{village}{random.choice(('股份经济合作社', '果业专业合作社', '农户联营', '家庭农场'))}"


def _reported(area_mu: float, random: np.random.Generator) -> float:
    return round(area_mu * (1 + float(np.clip(random.normal(0.004, 0.008), -0.028, 0.028))), 1)


def _orchards(pairs: list[tuple[str, Field]]) -> list[Row]:
    random = rng("orchards")
    rows = []
    for (crop, field), number in zip(pairs, _numbers(pairs), strict=True):
        village = villages()[field.village]
        base = {"140822104200": "grape", "140822103201": "nectarine"}.get(village.code) == crop
        rows.append(
            {
                "code": f"GY{village.code}{number:03d}",
                "name": f"{village.name}{FRUIT_NAMES[crop]}园{number}号地",
                "village_code": village.code,
                "crop": crop,
                "variety": str(random.choice(VARIETIES[crop])),
                "area_mu": _reported(field.area_mu, random),
                "planted_year": int(random.integers(*PLANTED)),
                "three_new": [
                    v for v in ("first", "second", "third") if random.random() < (0.7 if base else 0.2)
                ]
                or None,
                "base_name": f"{village.name}{FRUIT_NAMES[crop]}示范基地" if base else None,
                "operator": _operator(village.name, random),
            }
        )
    return rows


def _herb_bases(pairs: list[tuple[str, Field]]) -> list[Row]:
    random = rng("herbs")
    rows = []
    for (herb, field), number in zip(pairs, _numbers(pairs), strict=True):
        village = villages()[field.village]
        west = field.township_code == "140822202"
        certification = "none"
        if west and random.random() < 0.5:
            certification = "national_seed" if herb == "bupleurum" else "provincial_pharma"
        rows.append(
            {
                "code": f"YC{village.code}{number:03d}",
                "name": f"{village.name}{HERB_NAMES[herb]}基地{number}号地",
                "village_code": village.code,
                "herb": herb,
                "area_mu": _reported(field.area_mu, random),
                "certification": certification,
                "seed_base": certification == "national_seed",
                "operator": _operator(village.name, random).replace("果业", "药材"),
            }
        )
    return rows
