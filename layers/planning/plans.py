"""What is asked of the planner: one frozen request each, parsed once, with a canonical query string as its key."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Literal, NamedTuple, TypeVar, get_args
from urllib.parse import urlencode

from geo.errors import ArgumentError, LimitError
from geo.phrases import Phrase, listing, say
from layers.divisions import STANDARD, Divisions
from layers.language.lists import joined, separated
from layers.periods import check_days

Unit = Literal["m", "min"]
Match = Literal["any", "each"]
Mode = Literal["straight", "detour", "road"]
Travel = Literal["walk", "ebike", "car"]
DemandKind = Literal["population", "population_60_plus", "households", "area"]
By = Literal["grid", "village", "township"]
SpotsBy = Literal["grid", "village"]
Objective = Literal["max-cover", "set-cover", "p-median", "p-center"]
Prefer = Literal["", "backup", "equity"]
Neighbours = Literal["queen", "band"]
Candidates = Literal["villages", "settlements", "gaps"]
"""One place a village, every place of the demand, or those that are not reached."""

DEMAND_UNITS: Mapping[DemandKind, str] = MappingProxyType(
    {"population": "人", "population_60_plus": "人", "households": "户", "area": "亩"}
)
DEMAND_TITLES: Mapping[DemandKind, str] = MappingProxyType(
    {
        "population": say("人口"),
        "population_60_plus": say("60 岁以上人口"),
        "households": say("户数"),
        "area": say("土地面积"),
    }
)
DEMAND_FIGURES: Mapping[DemandKind, str] = MappingProxyType(
    {
        "population": say("人口数"),
        "population_60_plus": say("60 岁以上人口数"),
        "households": say("户数"),
        "area": say("土地面积"),
    }
)
"""What a village without one has no figure of."""
ROADS = "roads"
"""Layer of the ways that a plan by road takes."""
RIVERS = "rivers"
"""Layer of the water that those ways do not cross but on a road."""
WITHIN = re.compile(r"(\d+(?:\.\d+)?)\s*(m|km|min|米|公里|分钟)", re.IGNORECASE)
UNITS: Mapping[str, tuple[Unit, float]] = {
    "m": ("m", 1.0), "米": ("m", 1.0), "km": ("m", 1000.0), "公里": ("m", 1000.0), "min": ("min", 1.0), "分钟": ("min", 1.0),
}  # fmt: skip
MOST_METRES, MOST_MINUTES, MOST_DETOUR = 200_000.0, 600.0, 5.0
MOST_SITES = 30
"""Gaps for which a site is looked for: the first ones."""
MOST_PLACED = 50
SNAP_M, MOST_SNAP_M = 500.0, 2000.0
"""How far from a road a place may be: usually, and at most."""
LINK_M, MOST_LINK_M = 1500.0, 20_000.0
"""How near each other places that are not reached lie in one gap: usually, and at most."""
BAND_M = 3000.0
CONDITION = "f.disputes."
"""Beginning of the words that choose disputes by a field, or by a text as by the field ``q``."""
TEXT = "q"
Conditions = tuple[tuple[str, tuple[str, ...]], ...]
T = TypeVar("T", bound=str)


@dataclass(frozen=True)
class CoveragePlan:
    """Who is reached by these services.

    ``limits`` are metres or minutes (``unit``), inclusive; the first is the one that is shown. ``travel`` is the
    way of going by road, and of minutes by straight line. ``code`` is the area the question is about; centres
    outside it still count. ``placed`` are proposed centres in CGCS2000 degrees, ``closed`` existing ones left
    out, as ``layer:key``. ``snap`` is how far beside the roads one goes to them, ``link`` how near each other places
    that are not reached lie in one gap, both in metres.

    Raises:
        ArgumentError, LimitError: a value that cannot be; the message names it and what can be.
    """

    services: tuple[str, ...]
    limits: tuple[float, ...]
    unit: Unit = "m"
    match: Match = "any"
    mode: Mode = "straight"
    travel: Travel = "walk"
    detour: float = 1.3
    demand: DemandKind = "population"
    by: By = "village"
    code: str = ""
    placed: tuple[tuple[float, float], ...] = ()
    closed: tuple[str, ...] = ()
    capacity: bool = False
    snap: float = SNAP_M
    link: float = LINK_M

    def __post_init__(self) -> None:
        if not self.services:
            raise ArgumentError("没有选服务。写服务图层的 id，如 party-service-centres，几个用逗号隔开。")
        if not self.limits:
            raise LimitError("没有写阈值。写成 2000m 或 15min，几个用逗号隔开。")
        for limit in self.limits:
            checked_limit(limit, self.unit)
        if not 1 <= self.detour <= MOST_DETOUR:
            raise LimitError("绕行系数 {detour} 不对，要在 1 与 {most} 之间。", detour=self.detour, most=MOST_DETOUR)  # fmt: skip
        if not 0 < self.snap <= MOST_SNAP_M:
            raise LimitError("离路的距离 {snap} 米不能用，要大于 0、不超过 {most} 米。", snap=f"{self.snap:g}", most=f"{MOST_SNAP_M:g}")  # fmt: skip
        if not 0 < self.link <= MOST_LINK_M:
            raise LimitError("连片的距离 {link} 米不能用，要大于 0、不超过 {most} 米。", link=f"{self.link:g}", most=f"{MOST_LINK_M:g}")  # fmt: skip
        if len(self.placed) > MOST_PLACED:
            raise ArgumentError("一次最多放 {most} 个拟建中心，收到 {count} 个。", most=MOST_PLACED, count=len(self.placed))  # fmt: skip
        if self.capacity and self.match == "each":
            raise ArgumentError("计容量时不能要求“每类都到”，改为任一类（match=any）或一次只算一类服务。")
        if self.unit == "min" and self.mode != "road" and self.travel == "car":
            raise ArgumentError("开车的分钟数要按路网算（mode=road），直线距离没有车速。")

    @property
    def limit(self) -> float:
        """The one that is shown."""
        return self.limits[0]

    @property
    def key(self) -> str:
        """Canonical query string: the same question has the same key."""
        return urlencode(self.query())

    def query(self) -> dict[str, str]:
        """The plan as the parameters of an address; ``coverage_plan`` reads them back."""
        words = {
            "services": ",".join(self.services),
            "within": ",".join(f"{number(limit)}{self.unit}" for limit in self.limits),
            "match": self.match,
            "mode": self.mode,
            "travel": self.travel,
            "detour": number(self.detour),
            "demand": self.demand,
            "by": self.by,
            "code": self.code,
            "place": ";".join(f"{number(lon)},{number(lat)}" for lon, lat in self.placed),
            "close": ";".join(self.closed),
            "capacity": "1" if self.capacity else "",
            "snap": number(self.snap) if self.mode == "road" and self.snap != SNAP_M else "",
            "link": number(self.link) if self.link != LINK_M else "",
        }
        if self.mode != "detour":
            del words["detour"]
        if self.mode != "road" and self.unit == "m":
            del words["travel"]
        return {name: word for name, word in words.items() if word}

    def without_proposals(self) -> "CoveragePlan":
        """The same plan with the centres as they are."""
        return replace(self, placed=(), closed=())


class Candidate(NamedTuple):
    """A place where a centre could be, in CGCS2000 degrees."""

    code: str
    name: str
    lon: float
    lat: float


@dataclass(frozen=True)
class SitingPlan:
    """Where the next ``add`` centres go. ``coverage`` says whom and how; its services are the existing centres.

    ``candidates`` says which places, or lists them (code, name, longitude, latitude). ``prefer`` asks, for
    max-cover, for the choice that covers most people twice, or that serves the worst-served township best.
    """

    coverage: CoveragePlan
    add: int
    objective: Objective = "max-cover"
    prefer: Prefer = ""
    candidates: Candidates | tuple[Candidate, ...] = "villages"
    time_limit_s: float = 60.0

    def __post_init__(self) -> None:
        if self.add < 1:
            raise ArgumentError("要新增的中心数 {add} 不对，至少 1 个。", add=self.add)
        if len(self.coverage.services) > 1 and self.coverage.match == "each":
            raise ArgumentError("选址一次只算一类服务，或几类中任一类（match=any）。")
        if self.prefer and self.objective != "max-cover":
            raise ArgumentError("双重覆盖和公平只用于最大覆盖（max-cover）。")
        if self.coverage.capacity and (self.prefer or self.objective in ("p-median", "p-center")):
            raise ArgumentError(
                "计容量只用于最大覆盖和全部覆盖（max-cover、set-cover），不和双重覆盖、公平同用。"
            )

    @property
    def key(self) -> str:
        """Canonical query string."""
        places = self.candidates if isinstance(self.candidates, str) else ";".join(map(str, self.candidates))
        own = {"add": str(self.add), "objective": self.objective, "candidates": places}
        own |= {"prefer": self.prefer} if self.prefer else {}
        own |= {"seconds": number(self.time_limit_s)}
        return urlencode(self.coverage.query() | own)


@dataclass(frozen=True)
class HotspotPlan:
    """Where disputes gather: ``since`` and ``until`` are inclusive, None for as far as the data go.

    ``neighbours``: areas that touch, or areas whose points lie within ``band_m``. ``alpha`` bounds the share of
    false discoveries. ``fields`` (field, accepted values) and ``text`` choose which disputes are counted, all where
    nobody chose.
    """

    since: date | None = None
    until: date | None = None
    by: SpotsBy = "village"
    neighbours: Neighbours = "queen"
    band_m: float = BAND_M
    alpha: float = 0.05
    fields: Conditions = ()
    text: str = ""

    def __post_init__(self) -> None:
        check_days(self.since, self.until)
        if not 0 < self.alpha < 1:
            raise ArgumentError("错误发现率 {alpha} 不对，要在 0 与 1 之间，常用 0.05。", alpha=self.alpha)
        checked_limit(self.band_m, "m")

    @property
    def key(self) -> str:
        """Canonical query string."""
        words = {
            "since": str(self.since or ""),
            "until": str(self.until or ""),
            "by": self.by,
            "neighbours": self.neighbours,
            "band": number(self.band_m) if self.neighbours == "band" else "",
            "alpha": number(self.alpha),
            **{
                name: values[0] if name == f"{CONDITION}{TEXT}" else joined(values)
                for name, values in self.conditions.items()
            },
        }
        return urlencode({name: word for name, word in words.items() if word or name in self.conditions})

    @property
    def conditions(self) -> dict[str, tuple[str, ...]]:
        """Which disputes are counted, by the names of an address; empty for all of them."""
        chosen = {f"{CONDITION}{name}": values for name, values in self.fields}
        return chosen | ({f"{CONDITION}{TEXT}": (self.text,)} if self.text else {})


def coverage_plan(words: Mapping[str, str], divisions: Divisions = STANDARD) -> CoveragePlan:
    """The plan of a query string or of command-line options, by the names that ``CoveragePlan.query`` writes;
    ``divisions`` say what the code of an area looks like.

    Raises:
        ArgumentError, LimitError.
    """
    code = words.get("code", "")
    if code and not divisions.is_code(code):
        raise ArgumentError(
            "区划代码“{code}”不对，要 {county}、{township}、{village} 或 {grid} 位数字。", code=code[:40], **divisions.lengths
        )  # fmt: skip
    limits, unit = parse_within(words.get("within", ""))
    said = _said(words, COVERAGE_LEFT_OUT)
    return CoveragePlan(
        services=parts(words.get("services", ""), ","),
        limits=limits,
        unit=unit,
        match=choice(said["match"], get_args(Match), "match"),
        mode=choice(said["mode"], get_args(Mode), "mode"),
        travel=choice(said["travel"], get_args(Travel), "travel"),
        detour=parse_number(said["detour"], "detour"),
        demand=choice(said["demand"], get_args(DemandKind), "demand"),
        by=choice(said["by"], get_args(By), "by"),
        code=code,
        placed=tuple(_place(part) for part in parts(words.get("place", ""), ";")),
        closed=parts(words.get("close", ""), ";"),
        capacity=words.get("capacity", "") in ("1", "true", "yes"),
        snap=parse_metres(words.get("snap") or number(SNAP_M), "snap"),
        link=_link(words.get("link") or number(LINK_M)),
    )


def hotspot_plan(words: Mapping[str, str]) -> HotspotPlan:
    """The plan of a query string or of command-line options: since, until, by, neighbours, band, alpha, and
    ``f.disputes.<field>`` with values between commas.

    Raises:
        ArgumentError, LimitError.
    """
    said = _said(words, HOTSPOTS_LEFT_OUT)
    chosen = {
        name.removeprefix(CONDITION): text for name, text in words.items() if name.startswith(CONDITION)
    }
    looked_for = chosen.pop(TEXT, "").strip()
    return HotspotPlan(
        since=parse_day(words.get("since", ""), "since"),
        until=parse_day(words.get("until", ""), "until"),
        by=choice(said["by"], get_args(SpotsBy), "by"),
        neighbours=choice(said["neighbours"], get_args(Neighbours), "neighbours"),
        band_m=parse_number(said["band"], "band"),
        alpha=parse_number(said["alpha"], "alpha"),
        fields=tuple((name, separated(text)) for name, text in sorted(chosen.items())),
        text=looked_for,
    )


def _said(words: Mapping[str, str], left_out: Mapping[str, str]) -> dict[str, str]:
    """Each word that has a usual value: as it was given, else that."""
    return {name: words.get(name) or usual for name, usual in left_out.items()}


def parse_day(text: str, name: str) -> date | None:
    """A day as ``2026-01-31``, None for an empty text; raises ArgumentError."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentError(
            "{name} 的值“{text}”不是日期，写成 2026-01-31。", name=name, text=text[:40]
        ) from error


def parse_within(text: str) -> tuple[tuple[float, ...], Unit]:
    """``2000m``, ``2km``, ``15min`` or several with commas as limits and their unit.

    Raises:
        LimitError: not of that form, zero, too large, or of two units.
    """
    found = [WITHIN.fullmatch(part) for part in parts(text, ",")]
    if not found or not all(found):
        raise LimitError("阈值“{text}”不对，写成 2000m、2km 或 15min，几个用逗号隔开。", text=text[:40])
    read = [(UNITS[match[2].lower()], float(match[1])) for match in found if match]
    units = {unit for (unit, _), _ in read}
    if len(units) > 1:
        raise LimitError("阈值“{text}”混用了米和分钟，只用一种。", text=text[:40])
    limits = tuple(dict.fromkeys(value * factor for (_, factor), value in read))
    unit = units.pop()
    return tuple(checked_limit(limit, unit) for limit in limits), unit


def checked_limit(limit: float, unit: Unit) -> float:
    """A threshold that people can mean; raises LimitError."""
    most = MOST_METRES if unit == "m" else MOST_MINUTES
    if not (math.isfinite(limit) and 0 < limit <= most):
        raise LimitError(
            "阈值 {limit} {unit}不能用，要大于 0、不超过 {most}。", limit=f"{limit:g}", unit=UNIT_WORDS[unit], most=f"{most:g}"
        )  # fmt: skip
    return limit


def parse_metres(text: str, name: str) -> float:
    """A length as ``800``, ``800m`` or ``0.8km`` in metres; raises ArgumentError."""
    found = WITHIN.fullmatch(text.strip())
    if found is None:
        return parse_number(text, name)
    unit, factor = UNITS[found[2].lower()]
    if unit != "m":
        raise ArgumentError("{name} 的值“{text}”不是长度，写成 800m。", name=name, text=text[:40])
    return float(found[1]) * factor


def _link(text: str) -> float:
    try:
        return parse_metres(text, "link")
    except ArgumentError as error:
        raise LimitError(
            "连片的距离“{text}”不对，写成 1500m，要大于 0、不超过 {most} 米。", text=text[:40], most=f"{MOST_LINK_M:g}"
        ) from error  # fmt: skip


def parse_number(text: str, name: str) -> float:
    """A finite number; raises ArgumentError."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise ArgumentError("{name} 的值“{text}”不是数。", name=name, text=text[:40])
    return value


def choice(text: str, known: tuple[T, ...], name: str) -> T:
    """One of the known words; raises ArgumentError."""
    for word in known:
        if text == word:
            return word
    raise ArgumentError("{name} 没有“{text}”，可选：{all}。", name=name, text=text[:40], all=listing(known))


def parts(text: str, separator: str) -> tuple[str, ...]:
    """The parts of a list, without empty ones and without repeats."""
    return tuple(dict.fromkeys(part.strip() for part in text.split(separator) if part.strip()))


def number(value: float) -> str:
    """A number as an address writes it."""
    return f"{value:.12g}"


def _place(text: str) -> tuple[float, float]:
    lon, comma, lat = text.partition(",")
    if not comma:
        raise ArgumentError("拟建中心“{text}”不对，写成 经度,纬度，几个用分号隔开。", text=text[:40])
    place = round(parse_number(lon, "place"), 7), round(parse_number(lat, "place"), 7)
    if not (-180 <= place[0] <= 180 and -90 <= place[1] <= 90):
        raise ArgumentError("拟建中心“{text}”不是经纬度，先写经度再写纬度。", text=text[:40])
    return place


COVERAGE_LEFT_OUT: Mapping[str, str] = MappingProxyType(
    {
        "match": CoveragePlan.match,
        "mode": CoveragePlan.mode,
        "travel": CoveragePlan.travel,
        "detour": number(CoveragePlan.detour),
        "demand": CoveragePlan.demand,
        "by": CoveragePlan.by,
    }
)
"""What a word that a kept key of a coverage question leaves out stands for; whoever asks anew goes through ``usual``."""
HOTSPOTS_LEFT_OUT: Mapping[str, str] = MappingProxyType(
    {
        "by": HotspotPlan.by,
        "neighbours": HotspotPlan.neighbours,
        "band": number(HotspotPlan.band_m),
        "alpha": number(HotspotPlan.alpha),
    }
)
"""The same of a hotspot question."""
UNIT_WORDS: Mapping[Unit, Phrase] = {"m": say("米"), "min": say("分钟")}
