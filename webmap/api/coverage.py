"""A coverage question and its answers, as programs and the page get them."""

from typing import Annotated, Literal

from pydantic import Field

from layers.planning.plans import MOST_DETOUR, By, DemandKind, Match, Mode, Objective, Prefer, Travel, Unit
from webmap.api.models import Geometry, LonLat, Model, Named, Worked
from webmap.api.query import Query, listed, number


class CoverageQuery(Query):
    """A coverage question, as ``CoveragePlan.query`` writes it; ``coverage_plan`` judges the words."""

    services: str = Field("", description="Layer ids of services, with commas")
    within: str = Field("", description="Thresholds, inclusive: 2000m, 2km or 15min; the first is shown")
    match: Annotated[str, listed(Match)] = Field("", description="Reached by any of the services, or by each")
    mode: Annotated[str, listed(Mode)] = Field("", description="How far it is")
    travel: Annotated[str, listed(Travel)] = Field("", description="Way of going")
    detour: Annotated[str, number(1, MOST_DETOUR)] = Field("", description="Factor on the straight line")
    demand: Annotated[str, listed(DemandKind)] = Field("", description="Who or what is to be reached")
    by: Annotated[str, listed(By)] = Field("", description="Areas of the rows")
    code: str = Field("", description="Area that the question is about")
    place: str = Field("", description="Proposed centres: lon,lat;lon,lat")
    close: str = Field("", description="Existing centres left out: layer:key;layer:key")
    capacity: Annotated[str, listed("1")] = Field("", description="Count places: 1")
    snap: str = Field("", description="How far beside the roads one goes to them, as 800m; only by road")


class Parameters(Model):
    services: list[str]
    limits: list[float] = Field(description="In `unit`")
    unit: Unit
    match: Match
    mode: Mode
    demand: DemandKind
    by: By
    code: str | None = Field(description="Area; null for the county")
    capacity: bool
    placed: list[LonLat]
    closed: list[str] = Field(description="layer:key")
    detour: float | None = Field(None, description="Only with mode detour")
    travel: Travel | None = Field(None, description="Only by road or in minutes")
    speed_kmh: float | None = Field(None, description="Only for minutes by straight line")
    snap_m: float | None = Field(None, description="How far beside the roads one goes to them; only by road")


class SitingParameters(Parameters):
    add: int
    objective: Objective
    prefer: Prefer | None
    candidates: str | int = Field(description="villages, or how many places were listed")
    time_limit_s: float


class CoverageRow(Named):
    """One area; ways are means over the demand, null where no centre can be reached."""

    demand: float = Field(description="In the unit of the answer")
    covered: float = Field(description="In the unit of the answer")
    share: float | None = Field(description="0–1; null where nobody lives")
    nearest: str | None = Field(description="Name of the nearest centre")
    nearest_code: str | None
    nearest_outside: bool = Field(description="Whether it lies outside the area asked about")
    second: str | None = Field(description="Name of the second-nearest centre")
    distance_m: float | None = Field(None, description="With limits in metres")
    second_distance_m: float | None = Field(None, description="With limits in metres")
    minutes: float | None = Field(None, description="With limits in minutes")
    second_minutes: float | None = Field(None, description="With limits in minutes")
    needed: float | None = Field(description="Smallest limit that reaches some of the area")
    needed_all: float | None = Field(description="Smallest limit that reaches all of it")


class Unreached(Named):
    demand: float
    nearest: str | None
    needed: float | None = Field(description="Smallest limit that reaches some of it")
    needed_all: float | None = Field(description="Smallest limit that reaches all of it")


class Lost(Named):
    """A place that reaches nothing, or a centre without a road, which only those reach who can go there straight."""

    kind: Literal["demand", "service"]
    code: str = Field(description="Of the place; of a centre layer:key")
    lon: float
    lat: float
    amount: float = Field(description="In the unit of the demand; 0 for a centre")
    reason: Literal["road", "water", "apart"] = Field(
        description="No road within the snapping distance, none on the same bank, or none that leads to a centre"
    )


class LimitShare(Model):
    limit: float
    covered: float
    share: float | None = Field(description="0–1")


class ByLimit(Model):
    limits: list[float]
    shares: list[float | None] = Field(description="0–1")


class ByDetour(Model):
    factors: list[float]
    shares: list[float | None] = Field(description="0–1")


class Use(Named):
    code: str = Field(description="Key of the centre")
    capacity: float = Field(description="In people")
    used: float = Field(description="In people")


class CoverageAnswer(Worked):
    """Who is reached."""

    covered: float = Field(description="In `unit`")
    total: float = Field(description="In `unit`")
    share: float | None = Field(description="0–1")
    unit: str
    parameters: Parameters
    notes: list[str]
    limits: list[LimitShare]
    rows: list[CoverageRow]
    townships: list[CoverageRow]
    unreached: list[Unreached] = Field(description="The largest first")
    lost: list[Lost] = Field(description="Who is reached by nothing, the largest first; only by road")
    curve: ByLimit
    detours: ByDetour
    gain: dict[str, float] = Field(description="By code, what proposals and closings change")
    centres: list[Use] | None = Field(None, description="Only with capacities")
    query: str = Field(description="The question in its canonical form")


class GapAnswer(Model):
    rank: int
    people: float = Field(description="In the unit of the demand")
    area_km2: float
    villages: list[Named]
    geometry: Geometry


class Centre(Model):
    layer: str
    key: str
    name: str
    lon: float
    lat: float
    outside: bool = Field(description="Whether it lies outside the area asked about")
    open: bool = Field(description="False for one that the question closes")


class CoverageShapes(Worked):
    """Shapes of a coverage, true to 4 m."""

    reached: Geometry
    gaps: list[GapAnswer] = Field(description="Those with the most people first")
    centres: list[Centre]


class Need(Named):
    code: str = Field(description="Key of the centre")
    outside: bool
    alone: float = Field(description="What is lost when it is closed, in the unit of the demand")


class Needs(Model):
    """Which centre could close."""

    rows: list[Need] = Field(description="The least needed first")
