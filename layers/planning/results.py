"""What the planner answers about coverage: frozen, with the line that says how it was made."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, NamedTuple

from shapely.geometry import mapping

from geo.phrases import Chain, Phrase, say
from layers.planning.plans import CoveragePlan

DEMO = say("演示数据，不是真实情况")


class Row(NamedTuple):
    """One area. ``share`` is NaN where nobody lives, ``demand`` and ``covered`` too where no figure is known;
    ``distance`` and the others are in the unit of the plan, ``inf`` where no centre can be reached; ``needed`` is the
    smallest limit that reaches some of the area, ``needed_all`` the smallest that reaches all of it.

    ``nearest`` is the centre that most of the demand has nearest, ``distance`` the mean over the demand of the way of each
    place to what it has nearest. ``second`` and ``second_distance`` are the same as if ``nearest`` were closed: another
    centre, and never nearer."""

    code: str
    name: str
    demand: float
    covered: float
    share: float
    nearest: str
    nearest_key: str
    nearest_outside: bool
    distance: float
    second: str
    second_distance: float
    needed: float
    needed_all: float


class LimitShare(NamedTuple):
    """What one of the limits covers."""

    limit: float
    covered: float
    share: float


Reason = Literal["", "road", "water", "apart"]
"""Why a place reaches nothing: no road within the snapping distance, none on its own bank, or none to a centre."""


class Lost(NamedTuple):
    """A place of the demand that reaches nothing, or a centre without a road, which only those reach who can go to it
    straight. ``code`` of a centre is ``layer:key``; ``amount`` is in the unit of the demand, 0 for a centre."""

    kind: Literal["demand", "service"]
    code: str
    name: str
    lon: float
    lat: float
    amount: float
    reason: Reason


class Use(NamedTuple):
    """How full one centre is."""

    key: str
    name: str
    capacity: float
    used: float


class Need(NamedTuple):
    """What only this centre reaches within the limit: what is lost when it is closed."""

    code: str
    name: str
    outside: bool
    alone: float


@dataclass(frozen=True)
class Curve:
    """Shares at each of some thresholds or detour factors."""

    at: tuple[float, ...]
    shares: tuple[float, ...]


@dataclass(frozen=True)
class Coverage:
    """Who is reached, of the people (land) of a ``period``. ``rows`` are areas of the plan's level, ``townships`` the same by township, ``unreached`` the
    villages of which nobody is, the largest first. ``limits`` are all of the plan's; ``curve`` and ``detours`` say
    how the share depends on the threshold and the detour factor (without capacities). ``gain`` is what the plan
    covers more than the same plan with the centres as they are, by code of area. ``lost`` are the places that reach
    nothing whatever the limit, the largest first, and the centres without a road. ``nobody`` says in words that there is
    nobody to be reached, or that nobody is; None otherwise.
    """

    plan: CoveragePlan
    covered: float
    total: float
    share: float
    unit: str
    period: str
    method: Chain
    parameters: Mapping[str, Any]
    editions: Mapping[str, str]
    demo: bool
    rows: tuple[Row, ...]
    townships: tuple[Row, ...]
    unreached: tuple[Row, ...]
    limits: tuple[LimitShare, ...]
    curve: Curve
    detours: Curve
    notes: tuple[Phrase, ...] = ()
    gain: Mapping[str, float] = field(default_factory=dict)
    uses: tuple[Use, ...] = ()
    lost: tuple[Lost, ...] = ()
    nobody: Phrase | None = None

    def to_json(self) -> dict[str, Any]:
        """Plain data, unrounded; what is infinite or undefined is None."""
        document = {
            "covered": self.covered,
            "total": self.total,
            "share": finite(self.share),
            "unit": self.unit,
            "period": self.period or None,
            "method": self.method,
            "parameters": dict(self.parameters),
            "editions": dict(self.editions),
            "demo": self.demo,
            "nobody": self.nobody,
            "notes": list(self.notes),
            "limits": [
                {"limit": item.limit, "covered": item.covered, "share": finite(item.share)}
                for item in self.limits
            ],
            "rows": [row_json(row, self.plan) for row in self.rows],
            "townships": [row_json(row, self.plan) for row in self.townships],
            "unreached": [
                {
                    "code": row.code,
                    "name": row.name,
                    "demand": row.demand,
                    "nearest": row.nearest or None,
                    "needed": finite(row.needed),
                    "needed_all": finite(row.needed_all),
                }
                for row in self.unreached
            ],
            "lost": [place._asdict() for place in self.lost],
            "curve": {
                "limits": list(self.curve.at),
                "shares": [finite(value) for value in self.curve.shares],
            },
            "detours": {
                "factors": list(self.detours.at),
                "shares": [finite(value) for value in self.detours.shares],
            },
            "gain": dict(self.gain),
        }
        if self.plan.capacity:
            document["centres"] = [
                {"code": use.key, "name": use.name, "capacity": use.capacity, "used": use.used}
                for use in self.uses
            ]
        return document


def row_json(row: Row, plan: CoveragePlan) -> dict[str, Any]:
    """One area as plain data; distances are named after their unit."""
    suffix = "distance_m" if plan.unit == "m" else "minutes"
    return {
        "code": row.code,
        "name": row.name,
        "demand": finite(row.demand),
        "covered": finite(row.covered),
        "share": finite(row.share),
        "nearest": row.nearest or None,
        suffix: finite(row.distance),
        "nearest_code": row.nearest_key or None,
        "nearest_outside": row.nearest_outside,
        "second": row.second or None,
        f"second_{suffix}": finite(row.second_distance),
        "needed": finite(row.needed),
        "needed_all": finite(row.needed_all),
    }


def finite(value: float) -> float | None:
    """The number itself, None for infinite and undefined ones."""
    return value if value - value == 0 else None


class Near(NamedTuple):
    """The centre that is nearest to some place of a gap, and how far it is from there."""

    name: str
    way: float


class Site(NamedTuple):
    """A place of a gap where a new centre would newly reach most; ``farthest`` is the way to it from the farthest place
    of the gap, ``inf`` where one has none."""

    code: str
    name: str
    village: str
    village_name: str
    lon: float
    lat: float
    gain: float
    farthest: float

    @property
    def title(self) -> str:
        """What it is called in a county."""
        return place_title(self.village_name, self.name)


def place_title(village: str, name: str) -> str:
    """A place under the name of its village, which is said once."""
    return name if name.startswith(village) else f"{village}·{name}"


@dataclass(frozen=True)
class Gap:
    """Places that are not reached and lie together. ``people`` is in the unit of the demand, ``villages`` are those of
    the places, most people first, ``township`` is the one with most of them. ``lon`` and ``lat`` are the place nearest
    to the middle of the people, ``farthest`` the way of the farthest place, ``inf`` where one has none. ``geometry`` is
    their hull, EPSG:4490. ``site`` is worked out for the first gaps alone.
    """

    rank: int
    people: float
    places: int
    villages: tuple[tuple[str, str], ...]
    township: tuple[str, str]
    lon: float
    lat: float
    farthest: float
    nearest: Near | None
    site: Site | None
    geometry: Any

    @property
    def name(self) -> str:
        """What it is called: the village with most of the people, and how many there are."""
        first = self.villages[0][1]
        return say("{name}等 {n} 村", name=first, n=len(self.villages)) if len(self.villages) > 1 else first

    def to_json(self) -> dict[str, Any]:
        """Plain data but for the geometry; what is infinite is None."""
        villages = [{"code": code, "name": name} for code, name in self.villages]
        code, name = self.township
        site = self.site
        return {
            "rank": self.rank,
            "people": self.people,
            "places": self.places,
            "villages": villages,
            "township": {"code": code, "name": name},
            "lon": self.lon,
            "lat": self.lat,
            "farthest": finite(self.farthest),
            "nearest": self.nearest._asdict() if self.nearest else None,
            "site": site._asdict() | {"farthest": finite(site.farthest)} if site else None,
        }


class Left(NamedTuple):
    """Places that are not reached, or not all of them, and those that only the proposals reach, the largest amount
    first; columns of equal length. ``villages`` are codes; ``amounts`` what is not reached, or newly reached, in the
    unit of the demand; ``ways`` those to the nearest centre, ``inf`` where there is none; ``classes`` as of
    ``geo.coverage.classes``, ``GAINED`` for what is newly reached; ``gaps`` ranks of the gaps, 0 for that.
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    villages: tuple[str, ...]
    lon: tuple[float, ...]
    lat: tuple[float, ...]
    amounts: tuple[float, ...]
    ways: tuple[float, ...]
    classes: tuple[int, ...]
    gaps: tuple[int, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain data; what is infinite is None."""
        return self._asdict() | {"ways": [finite(way) for way in self.ways]}


@dataclass(frozen=True)
class Place:
    """One centre on the map."""

    layer: str
    key: str
    name: str
    lon: float
    lat: float
    outside: bool
    open: bool


@dataclass(frozen=True)
class Reach:
    """Shapes of a coverage in CGCS2000 degrees: the reached area within the county, the places that are not reached and
    the gaps that they form, those with the most people first, and the centres, closed and proposed ones included.
    ``level`` is the layer of most places, ``linked_m`` how near each other those of a gap lie, ``breaks`` limits
    between the classes of the places, in the unit of the plan, ``sizes`` amounts for a legend of circles, which hang on
    the demand alone and not on the limit. ``sited`` is for how many gaps a site is looked for: the first ones.
    """

    reached: Any
    level: str
    linked_m: float
    sited: int
    breaks: tuple[float, float]
    sizes: tuple[float, float, float]
    places: Left
    gaps: tuple[Gap, ...]
    centres: tuple[Place, ...]
    method: Chain
    editions: Mapping[str, str]
    demo: bool

    def to_json(self) -> dict[str, Any]:
        """Plain data with GeoJSON geometries in longitude and latitude."""
        return {
            "reached": mapping(self.reached),
            "gaps": [gap.to_json() | {"geometry": mapping(gap.geometry)} for gap in self.gaps],
            **self.plain(),
        }

    def plain(self) -> dict[str, Any]:
        """All but the shapes."""
        return {
            "level": self.level,
            "linked_m": self.linked_m,
            "sited": self.sited,
            "breaks": list(self.breaks),
            "sizes": list(self.sizes),
            "places": self.places.to_json(),
            "centres": [asdict(place) for place in self.centres],
            "method": self.method,
            "editions": dict(self.editions),
            "demo": self.demo,
        }


Way = Literal["road", "straight"]


class NearPlace(NamedTuple):
    """A service; ``way`` says how its metres were measured. ``phone`` is None where the viewer may not know one."""

    key: str
    name: str
    phone: str | None
    lon: float
    lat: float
    metres: float
    way: Way


class NearLayer(NamedTuple):
    """The nearest services of one layer, those that a road leads to first."""

    layer: str
    places: tuple[NearPlace, ...]


@dataclass(frozen=True)
class Nearby:
    """The nearest services of each layer; ``note`` says why something was not measured by road."""

    layers: tuple[NearLayer, ...]
    method: Phrase
    note: Phrase | None
    editions: dict[str, str]
