"""The profile of an area, as programs and the page get it."""

from pydantic import Field

from layers.spec import Group, Level, Paint, Visibility
from webmap.api.layers import Code, MonthCount, PeriodCount
from webmap.api.models import Bounds, Demo, Edition, Model, Named, Note, Period


class Step(Named):
    level: Level


class Figure(Model):
    """A number that says how it was made."""

    id: str
    label: str
    value: float | None = Field(description="In `unit`; a share is 0–1 and has no unit")
    unit: str
    numerator: float | None
    denominator: float | None
    period: Period
    source: str | None
    method: str = Field(description="How it was worked out")
    layer: str
    edition: Edition


class Facility(Model):
    layer: str
    title: str
    group: Group
    count: int
    unit: str
    edition: Edition


class Crop(Model):
    layer: str
    class_: int = Field(alias="class", description="Index in the legend of the layer")
    label: str
    value: float = Field(description="In `unit`")
    unit: str | None
    rows: int
    period: Period
    source: str
    edition: Edition
    paint: Paint


class Disputes(Model):
    """Months for staff, published periods for the public; only what this viewer gets is there."""

    layer: str
    visibility: Visibility
    note: Note
    edition: Edition | None = None
    source: str | None = None
    periods: list[PeriodCount] | None = None
    period: str | None = Field(None, description="Latest published quarter")
    count: int | None = Field(None, description="Its count; null when withheld")
    suppressed: bool | None = None
    months: list[MonthCount] | None = Field(None, description="The latest twelve")
    total: int | None = Field(None, description="Of these months")
    since: str | None = Field(None, description="First of these months")
    until: str | None = Field(None, description="Last of these months")
    open: dict[str, int] | None = Field(None, description="Cases that are open by level of warning")
    per_thousand: float | None = Field(None, description="Cases of these months per 1,000 people")


class Choice(Code):
    count: int


class OtherShare(Model):
    value: float
    title: str
    share: float = Field(description="0–1")


class Indicator(Figure):
    """A figure by its definition."""

    family: str | None
    meaning: str
    rollup: str = Field(description="How areas add up")
    choices: list[Choice] | None = Field(None, description="Rows by answer, the most frequent first")
    denominators: list[OtherShare] | None = None


class Child(Step):
    area_km2: float | None
    villages: int | None = Field(description="Villages in it; null for those below a township")
    grids: int | None = Field(description="Grids in it; null for grids")
    population: float | None
    population_60_plus: float | None
    households: float | None


class Profile(Step):
    """Everything a viewer may know about one area."""

    layer: str
    parents: list[Step] = Field(description="What it lies in, the largest first")
    bounds: Bounds | None
    figures: list[Figure]
    services: list[Figure] = Field(description="Shares of villages with at least one")
    facilities: list[Facility]
    industry: list[Crop]
    disputes: Disputes | None
    indicators: list[Indicator]
    children: list[Child]
    demo: Demo
