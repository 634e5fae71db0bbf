"""A coverage question and its answers, as programs and the page get them."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from layers.planning.plans import (
    MOST_DETOUR,
    By,
    DemandKind,
    Match,
    Mode,
    Objective,
    Prefer,
    Travel,
    Unit,
)
from layers.planning.usual import USUAL
from webmap.api import members
from webmap.api.models import Geometry, LonLat, Model, Named, Worked
from webmap.api.query import Query, listed, number

Needed = Annotated[
    float | None, Field(description="Smallest limit that reaches some of it; null where none does")
]
NeededByAll = Annotated[
    float | None, Field(description="Smallest limit that reaches all of it; null where none does")
]
Goal = Annotated[
    Objective,
    Field(
        description="Most demand reached, all of it with fewest centres, least way in all, or least longest way"
    ),
]


class CoverageQuery(Query):
    """A coverage question, as ``CoveragePlan.query`` writes it; ``usual_plan`` judges the words, and says what those stand
    for that are left out."""

    usual: ClassVar[Mapping[str, str]] = USUAL
    services: str = Field(
        "", description="Layer ids of services, with commas; that of `/api/planning` unless said otherwise"
    )
    within: str = Field(
        "",
        description="Thresholds, inclusive: 2000m, 2km or 15min; the first is shown; that of `/api/planning` unless said otherwise",
    )
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
    link: str = Field("", description="How near each other places of a gap lie, as 1500m")


class Parameters(Model):
    services: list[str] = Field(description="Layer ids of the services")
    limits: list[float] = Field(description="In `unit`")
    unit: Unit = Field(description="Metres or minutes")
    match: Match = Field(description="Reached by any of the services, or by each")
    mode: Mode = Field(description="How far it is: straight, with a factor, or by road")
    demand: DemandKind = Field(description="Who or what is to be reached")
    by: By = Field(description="Areas of the rows")
    code: str | None = Field(description="Area; null for the county")
    capacity: bool = Field(description="Whether places are counted")
    placed: list[LonLat] = Field(description="Proposed centres")
    closed: list[str] = Field(description="layer:key")
    detour: float | None = Field(None, description="Only with mode detour")
    travel: Travel | None = Field(None, description="Only by road or in minutes")
    speed_kmh: float | None = Field(None, description="Only for minutes by straight line")
    snap_m: float | None = Field(None, description="How far beside the roads one goes to them; only by road")


class SitingParameters(Parameters):
    add: int = Field(description="New centres at most")
    objective: Goal
    prefer: Prefer | None = Field(description="Which of equally good choices; null for any")
    candidates: str | int = Field(description="villages, settlements or gaps, or how many places were listed")
    time_limit_s: float = Field(description="Seconds that the search may take")


class CoverageRow(Named):
    """One area; ways are means over the demand, null where no centre can be reached."""

    demand: float | None = Field(description="In the unit of the answer; null where no figure is known")
    covered: float | None = Field(description="In the unit of the answer; null where no figure is known")
    share: members.Portion
    nearest: str | None = Field(
        description="Name of the centre that most of the demand has nearest; null where none is reached"
    )
    nearest_code: str | None = Field(
        description="layer:key of the nearest centre; null where none is reached"
    )
    nearest_outside: members.Outside
    second: str | None = Field(
        description="Name of the centre that would be `nearest` if that were closed; null where none is reached"
    )
    distance_m: float | None = Field(
        None, description="Mean metres of each place to what it has nearest; only with limits in metres"
    )
    second_distance_m: float | None = Field(
        None, description="Mean metres if `nearest` were closed; only with limits in metres"
    )
    minutes: float | None = Field(
        None, description="Mean minutes of each place to what it has nearest; only with limits in minutes"
    )
    second_minutes: float | None = Field(
        None, description="Mean minutes if `nearest` were closed; only with limits in minutes"
    )
    needed: Needed
    needed_all: NeededByAll


class Unreached(Named):
    demand: members.Demanded
    nearest: str | None = Field(description="Name of the nearest centre; null where none is reached")
    needed: Needed
    needed_all: NeededByAll


class Lost(Named):
    """A place that reaches nothing, or a centre without a road, which only those reach who can go there straight."""

    kind: Literal["demand", "service"] = Field(description="Whether people live there or it is a centre")
    code: str = Field(description="Of the place; of a centre layer:key")
    lon: float = Field(description="Degrees east")
    lat: float = Field(description="Degrees north")
    amount: float = Field(description="In the unit of the demand; 0 for a centre")
    reason: Literal["road", "water", "apart"] = Field(
        description="No road within the snapping distance, none on the same bank, or none that leads to a centre"
    )


class LimitShare(Model):
    limit: float = Field(description="In the unit of the limits")
    covered: members.Covered
    share: members.Portion


class ByLimit(Model):
    limits: list[float] = Field(description="In the unit of the limits")
    shares: list[members.Portion] = Field(description="Part that is reached at each")


class ByDetour(Model):
    factors: list[float] = Field(description="Factors on the straight line")
    shares: list[members.Portion] = Field(description="Part that is reached at each")


class Use(Named):
    code: str = Field(description="Key of the centre")
    capacity: float = Field(description="In people")
    used: float = Field(description="In people")


class CoverageAnswer(Worked):
    """Who is reached."""

    covered: float = Field(description="In `unit`")
    total: float = Field(description="In `unit`")
    share: members.Portion
    unit: members.DemandUnit
    period: str | None = Field(description="When the demand was counted; null where nobody says")
    parameters: Parameters = Field(description="What was asked, with what is usual filled in")
    nobody: str | None = Field(
        description="That there is nobody to be reached or that nobody is, in words; null otherwise"
    )
    notes: members.Notes
    limits: list[LimitShare] = Field(description="By limit that was asked for")
    rows: list[CoverageRow] = Field(description="By area of `by`")
    townships: list[CoverageRow] = Field(description="By township")
    unreached: list[Unreached] = Field(description="The largest first")
    lost: list[Lost] = Field(description="Who is reached by nothing, the largest first; only by road")
    curve: ByLimit = Field(description="How the share grows with the limit")
    detours: ByDetour = Field(description="How the share falls with the factor")
    gain: dict[str, float] = Field(description="By code, what proposals and closings change")
    centres: list[Use] | None = Field(None, description="Only with capacities")
    query: members.Canonical


class NearestCentre(Model):
    name: members.Name
    way: float = Field(
        description="From the place of the gap that is nearest to it, in the unit of the limits"
    )


class GapSite(Named):
    """A place of the gap where a new centre would newly reach most demand of the whole area asked about."""

    code: str = Field(description="Of the place")
    village: members.AreaCode
    village_name: members.Name
    lon: members.Lon
    lat: members.Lat
    gain: float = Field(description="What it would newly reach within the limit, in the unit of the demand")
    farthest: float | None = Field(
        description="Way from the farthest place of the gap, in the unit of the limits; null where one has none"
    )


class GapAnswer(Model):
    """Places that are not reached and lie together: each within `linked_m` of another, with no water between."""

    rank: int = Field(description="1 for the one with the most people")
    people: float = Field(description="Not reached, in the unit of the demand")
    places: int = Field(description="How many places that are not reached, or not all of them")
    villages: list[Named] = Field(description="Villages of the places, most people first")
    township: Named = Field(description="The one with most of the people")
    lon: float = Field(description="Longitude of the place nearest to the middle of the people")
    lat: float = Field(description="Latitude of the same place")
    farthest: float | None = Field(
        description="Way of the farthest place, in the unit of the limits; null where one has none"
    )
    nearest: NearestCentre | None = Field(
        description="Centre that is nearest to one of the places; null where none is reached"
    )
    site: GapSite | None = Field(
        description="Where a new centre would do most; null beyond the first `sited` gaps, for which alone it is worked out"
    )
    geometry: Geometry = Field(description="Hull of the places, 300 m wider, within the area asked about")


class LeftPlaces(Model):
    """Places that are not reached, or not all of them, and those that only the proposals reach, as columns of equal
    length; the largest amount first."""

    codes: list[str] = Field(description="Of the place: a settlement, grid or village")
    names: list[str] = Field(description="As the data give them")
    villages: list[str] = Field(description="Codes of their villages")
    lon: list[float] = Field(description="Degrees east")
    lat: list[float] = Field(description="Degrees north")
    amounts: list[float] = Field(
        description="Not reached, with capacities what got no place; of class 4 what is newly reached"
    )
    ways: list[float | None] = Field(
        description="To the nearest centre, in the unit of the limits; null for none"
    )
    classes: list[int] = Field(
        description="0 within the first of `breaks`, 1 within the second, 2 beyond, 3 no way at all, 4 newly reached"
    )
    gaps: list[int] = Field(description="Rank of the gap it belongs to; 0 for class 4")


class Centre(Model):
    layer: members.LayerId
    key: members.Key
    name: members.Name
    lon: members.Lon
    lat: members.Lat
    outside: members.Outside
    open: bool = Field(description="False for one that the question closes")


class CoverageShapes(Worked):
    """Shapes of a coverage, true to 4 m."""

    reached: Geometry = Field(description="What lies within the limit")
    level: str = Field(description="Layer of most of the places: settlements, grids or villages")
    linked_m: float = Field(description="How near each other places of a gap lie, in metres")
    sited: int = Field(description="How many gaps have a `site`: at most the first ones, with most people")
    breaks: tuple[float, float] = Field(
        description="Limits between the classes of the places, in the unit of the limits"
    )
    sizes: tuple[float, float, float] = Field(
        description="Amounts for a legend of circles, the largest last; the same whatever the limit"
    )
    places: LeftPlaces = Field(description="Those that are not reached, or only by the proposals")
    gaps: list[GapAnswer] = Field(description="Those with the most people first")
    centres: list[Centre] = Field(description="Existing and proposed ones")


class Need(Named):
    code: str = Field(description="Key of the centre")
    outside: members.Outside
    alone: float = Field(description="What is lost when it is closed, in the unit of the demand")


class Needs(Model):
    """Which centre could close."""

    rows: list[Need] = Field(description="The least needed first")
