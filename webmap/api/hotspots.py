"""Where disputes gather: significant areas, density, and the table as a file."""

import base64
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

import numpy as np
from flask import Response, request
from pydantic import Field, WithJsonSchema
from pyproj import Transformer

from exports.hotspots import counted, hotspot_table
from exports.tables import FORMATS
from geo.errors import FilterError
from layers.language import told
from layers.language.tongue import Tongue
from layers.planning import HotspotPlan, hotspot_plan
from layers.planning.plans import CONDITION, HOTSPOTS_LEFT_OUT, Neighbours, SpotsBy
from webmap.api import blueprint, members
from webmap.api.answers import to_json
from webmap.api.downloads import KINDS, file_answer
from webmap.api.layers import MonthCount
from webmap.api.models import LonLat, Model, Named, Note, Worked
from webmap.api.operations import Operation, Tagged
from webmap.api.query import DAY, Query, asked, field_filters, kind_of_file, listed, number
from webmap.service import the_county
from webmap.serving.answers import answered
from webmap.translations import language
from webmap.viewer import current_viewer

if TYPE_CHECKING:
    from layers.planning.hotspots import DensityMap

LEVELS = 255
DECIMALS = 6


class SpotsQuery(Query):
    """A hotspot question, as ``HotspotPlan.key`` writes it; ``hotspot_plan`` judges the words."""

    form: ClassVar[str] = "f.disputes.<field>"
    usual: ClassVar[Mapping[str, str]] = HOTSPOTS_LEFT_OUT
    since: Annotated[str, WithJsonSchema(DAY)] = Field("", description="First day")
    until: Annotated[str, WithJsonSchema(DAY)] = Field("", description="Last day, inclusive")
    by: Annotated[str, listed(SpotsBy)] = Field("", description="Areas of the rows")
    neighbours: Annotated[str, listed(Neighbours)] = Field(
        "", description="Those that touch, or within `band`"
    )
    band: Annotated[str, number(0, inside=True)] = Field("", description="Metres, for neighbours=band")
    alpha: Annotated[str, number(0, 1, inside=True)] = Field("", description="Share of false discoveries")


class SpotsExportQuery(SpotsQuery):
    format: Annotated[str, kind_of_file(FORMATS)] = Field("xlsx", description="Kind of file")


class SpotsParameters(Model):
    since: members.FirstDay
    until: members.LastDay
    by: SpotsBy = Field(description="Areas of the rows")
    neighbours: Neighbours = Field(description="Areas that touch, or within `band_m`")
    band_m: float | None = Field(None, description="Only with neighbours=band")
    alpha: float = Field(description="Share of false discoveries")
    correction: str = Field(description="How p is corrected for many tests")
    smoothing: str = Field(description="How rates of few people are smoothed")
    lag_months: int = Field(description="Months that a trend looks back")
    conditions: dict[str, list[str]] | None = Field(
        None, description="Values by field, `q` for a text, where only some disputes are counted"
    )


Filters = Annotated[
    list[str],
    Field(
        description="Which disputes are counted, in words; with “all” of what maps show a part of at first"
    ),
]


class Spot(Named):
    """One area; figures are null where the count is withheld or nobody lives."""

    people: float | None = Field(description="Inhabitants; null where unknown")
    n: int | None = Field(description="Disputes; null when withheld")
    rate: float | None = Field(description="Per 1,000 people; null without a count or people")
    rate_smoothed: float | None = Field(description="Per 1,000 people, smoothed; null without a rate")
    z: float | None = Field(description="Gi* as a z-score; null without a rate")
    p: float | None = Field(description="Probability of so large a z-score by chance; null without a rate")
    q: float | None = Field(description="p, corrected for false discoveries; null without a rate")
    class_: Literal["hot", "cold", "none"] = Field(
        alias="class", description="More or fewer than chance would bring, or neither"
    )
    trend: str = Field(description="Kind of emerging hot or cold spot; none for neither")
    hot_months: int = Field(description="Months in which it was hot")
    cluster: int | None = Field(
        description="Rank of the hot areas that it lies among; null where it is not hot"
    )


class SpotCluster(Named):
    """Hot areas that are neighbours of each other, called after the one with most disputes."""

    rank: int = Field(description="1 for the most disputes")
    areas: int = Field(description="How many they are")
    n: int = Field(description="Disputes in all of them")


class CaseRate(Named):
    """One area, without judging it."""

    people: float | None = Field(description="Inhabitants; null where unknown")
    n: int | None = Field(description="Disputes; null when withheld")
    rate: float | None = Field(description="Per 1,000 people; null without a count or people")


class RatesAnswer(Worked):
    """How many disputes areas have."""

    since: members.FirstDay
    until: members.LastDay
    by: SpotsBy = Field(description="Areas of the rows")
    total: int = Field(description="Disputes in areas with a rate")
    mean_rate: float = Field(description="Per 1,000 people")
    filters: Filters
    note: Note
    refusal: str = Field(
        description="Why this viewer is not told hot spots of the same question; empty where they are"
    )
    rows: list[CaseRate] = Field(description="By area of `by`")
    query: members.Canonical


class HotspotsAnswer(Worked):
    """Where disputes gather."""

    title: members.Title
    since: members.FirstDay
    until: members.LastDay
    total: int = Field(description="Disputes in areas that are worked with")
    mean_rate: float = Field(description="Per 1,000 people")
    parameters: SpotsParameters = Field(description="What was asked, with what is usual filled in")
    filters: Filters
    note: Note
    months: list[MonthCount] = Field(description="The county by whole month; empty for published periods")
    clusters: list[SpotCluster] = Field(description="The most disputes first")
    rows: list[Spot] = Field(description="By area of `by`")
    query: members.Canonical


class Grid(Model):
    crs: str = Field(description="Projected system of coordinates, as EPSG code")
    x0: float = Field(description="Western edge in metres of `crs`")
    y0: float = Field(description="Northern edge in metres of `crs`")
    cell_m: float = Field(description="Side of a cell in metres")
    columns: int = Field(description="Cells from west to east")
    rows: int = Field(description="Cells from north to south")
    corners: list[LonLat] = Field(description="Clockwise from the north-west")


class DensityAnswer(Worked):
    """Density on a grid."""

    since: members.FirstDay
    until: members.LastDay
    total: int = Field(description="Disputes with a place in the county")
    filters: Filters
    grid: Grid = Field(description="Where the cells lie")
    unit: str = Field(description="Unit of the density")
    peak: float = Field(description="In `unit`")
    values: str = Field(description="Base64 of a byte a cell, the northern row first; 255 is the peak")
    note: Note


@blueprint.get("/api/hotspots")
@Tagged(HotspotsAnswer, asks=SpotsQuery)
def hotspots() -> Response:
    """Areas with more or fewer disputes than chance would bring, and how that changes by month.

    403 `counts-withheld` where a count of the period is not given out to this viewer: `/api/hotspots/rates` has the others.
    """
    return answered(None, _hotspots)


@blueprint.get("/api/hotspots/rates")
@Tagged(RatesAnswer, asks=SpotsQuery)
def hotspots_rates() -> Response:
    """Disputes by area and per 1,000 people, and whether hot spots of the same question are told."""
    return answered(None, _rates)


@blueprint.get("/api/hotspots/density")
@Tagged(DensityAnswer, asks=SpotsQuery)
def hotspots_density() -> Response:
    """Disputes per km² on a grid, from the places that the viewer may see."""
    return answered(None, _density)


@blueprint.get("/api/hotspots/export", endpoint="hotspots_export")
@Operation(asks=SpotsExportQuery, kinds=KINDS)
def hotspots_file() -> Response:
    """The table of a hotspot analysis as a file, with its method and editions."""
    words = asked(SpotsExportQuery)
    chosen, county = words.format, the_county()
    given = county.planning.hotspots(current_viewer(), _plan(words))
    table = hotspot_table(county.door, current_viewer(), given)
    mimetype, make = FORMATS[chosen]
    return file_answer(make(table), mimetype, f"{table.title}.{chosen}", f"hotspots.{chosen}")


def _plan(words: SpotsQuery) -> HotspotPlan:
    """The question of this request; raises ArgumentError, FilterError or LimitError for a value that cannot be."""
    return hotspot_plan(words.words(SpotsQuery) | _conditions())


def _conditions() -> dict[str, str]:
    for name, _ in field_filters():
        if not f"f.{name}".startswith(CONDITION):
            raise FilterError("筛选写成 f.disputes.字段，收到 f.{name}。", name=name[:80])
    return {f"f.{name}": request.args[f"f.{name}"] for name, _ in field_filters()}


def _filters(plan: HotspotPlan) -> list[str]:
    """What the question counts, in the language of the request."""
    county, tongue = the_county(), Tongue("en" if language() == "en" else "zh")
    return [choice.words(tongue) for choice in counted(county.door, current_viewer(), plan)]


def _hotspots() -> bytes:
    given = the_county().planning.hotspots(current_viewer(), _plan(asked(SpotsQuery)))
    said = {name: told(getattr(given, name), language()) for name in ("title", "method", "note")}
    return to_json(given.to_json() | said | {"filters": _filters(given.plan), "query": given.plan.key})


def _rates() -> bytes:
    given = the_county().planning.rates(current_viewer(), _plan(asked(SpotsQuery)))
    said = {name: told(getattr(given, name) or "", language()) for name in ("method", "note", "refusal")}
    return to_json(given.to_json() | said | {"filters": _filters(given.plan), "query": given.plan.key})


def _density() -> bytes:
    given = the_county().planning.density(current_viewer(), _plan(asked(SpotsQuery)))
    return to_json(
        {
            "since": given.since,
            "until": given.until,
            "total": given.total,
            "filters": _filters(given.plan),
            "grid": _grid(given),
            "unit": "件/平方公里",
            **_packed(given),
            "method": told(given.method, language()),
            "editions": dict(given.editions),
            "demo": given.demo,
            "note": told(given.note, language()),
        }
    )


def _grid(given: "DensityMap") -> dict[str, Any]:
    """Where the cells lie: in metres of ``crs``, and the corners of the whole in degrees, clockwise from the north-west."""
    cells = given.density
    rows, columns = cells.values.shape
    east, south = cells.west + columns * cells.cell_m, cells.north - rows * cells.cell_m
    to_degrees = Transformer.from_crs(given.crs, "EPSG:4490", always_xy=True).transform
    corners = [(cells.west, cells.north), (east, cells.north), (east, south), (cells.west, south)]
    return {
        "crs": str(given.crs),
        "x0": cells.west,
        "y0": cells.north,
        "cell_m": cells.cell_m,
        "columns": columns,
        "rows": rows,
        "corners": [[round(degree, DECIMALS) for degree in to_degrees(*corner)] for corner in corners],
    }


def _packed(given: "DensityMap") -> dict[str, Any]:
    """Base64 of one byte a cell, the northern row first: 0 for nothing or outside, 255 for the peak."""
    values = np.nan_to_num(given.density.per_km2)
    peak = float(values.max())
    shares = np.rint(values / peak * LEVELS) if peak > 0 else np.zeros_like(values)
    packed = base64.b64encode(np.clip(shares, 0, LEVELS).astype(np.uint8).tobytes())
    return {"peak": peak, "values": packed.decode("ascii")}
