"""The profile of an area, as programs and the page get it."""

from typing import Literal

from pydantic import Field

from layers.spec import Paint
from webmap.api import members
from webmap.api.layers import Code, MonthCount, PeriodCount
from webmap.api.models import Demo, Edition, Extent, Model, Named, Note, Period, Version
from webmap.api.statements import Statement


class Step(Named):
    level: members.DivisionLevel


class Figure(Model):
    """A number that says how it was made."""

    id: str = Field(description="Name of the number")
    label: str = Field(description="What the number is, in the language of the request")
    value: float | None = Field(description="In `unit`, a share 0–1; null where it is unknown or withheld")
    unit: str = Field(description="Unit as people write it; empty for a share")
    numerator: float | None = Field(description="Part of a share; null for other numbers")
    denominator: float | None = Field(description="Whole of a share; null for other numbers")
    period: Period
    source: str | None = Field(description="Who answers for the data; null where nobody is named")
    method: str = Field(description="How it was worked out")
    layer: members.LayerId
    edition: Edition
    level: str | None = Field(
        description="Level of the divisions that a share counts; null for other numbers"
    )
    flags: list[Literal["estimate"]] = Field(
        description="estimate: worked out (shared out, interpolated, invented), not collected"
    )


class Facility(Model):
    layer: members.LayerId
    title: members.Title
    group: members.Shelf
    count: int | None = Field(description="Rows that were asked for; null where `state` is forbidden")
    total: int | None = Field(
        description="Rows of the same time without the conditions; null where `state` is forbidden"
    )
    state: Literal["value", "forbidden"] = Field(description="What is outside the viewer's scope is no zero")
    partial: bool = Field(description="Whether only a part of the area is within the viewer's scope")
    unit: members.CountUnit
    when: str = Field(description="Of what time the rows are, in words; empty for none")
    edition: Edition


class Crop(Model):
    layer: members.LayerId
    class_: int = Field(alias="class", description="Index in the legend of the layer")
    label: str = Field(description="Title of the class")
    value: float | None = Field(
        description="Sum of what is reported, in `unit`; null where no row reports it"
    )
    unit: members.FieldUnit
    rows: members.Count
    reported: int = Field(description="Rows that report it: of fewer than `rows` the sum is no whole")
    twins: int = Field(description="Rows with the very shape of another, counted once in the sum")
    method: str = Field(description="How it was worked out")
    period: Period
    source: members.Owner
    edition: Edition
    paint: Paint = Field(description="How the class is drawn")


class Disputes(Model):
    """Months for staff, published periods for the public; only what this viewer gets is there."""

    layer: members.LayerId
    visibility: members.Seen
    note: Note
    edition: Edition | None = Field(None, description="Edition of the layer; null where it is not told")
    source: str | None = Field(None, description="Who answers for the data; null without an edition")
    periods: list[PeriodCount] | None = Field(
        None, description="Published periods, the oldest first; only for the public"
    )
    period: str | None = Field(
        None, description="Latest published quarter; null for none, only for the public"
    )
    count: int | None = Field(None, description="Its count; null when withheld, only for the public")
    suppressed: bool | None = Field(None, description="Whether `count` is withheld; only for the public")
    months: list[MonthCount] | None = Field(None, description="The latest twelve; only for staff")
    total: int | None = Field(None, description="Of these months; only for staff")
    since: str | None = Field(None, description="First of these months, 2026-01; only for staff")
    until: str | None = Field(None, description="Last of these months, 2026-01; only for staff")
    open: dict[str, int] | None = Field(
        None, description="Cases that are open by level of warning; null where not collected, only for staff"
    )
    when: str | None = Field(
        None, description="The time of `matched`, `every` and `open` in words; only for staff"
    )
    matched: int | None = Field(None, description="Cases that were asked for; only for staff")
    every: int | None = Field(
        None, description="Cases of the same area and time without the conditions; only for staff"
    )
    partial: bool | None = Field(
        None, description="Whether only a part of the area is within the viewer's scope; only for staff"
    )
    per_thousand: float | None = Field(
        None, description="Cases of these months per 1,000 people; only for staff, where people are known"
    )


class Choice(Code):
    count: members.Count


class OtherShare(Model):
    value: float = Field(description="The other denominator")
    title: members.Title
    share: float = Field(description="0–1")


class Indicator(Figure):
    """A figure by its definition."""

    family: str | None = Field(description="Heading that it stands under; null for none")
    meaning: members.Words
    rollup: str = Field(description="How areas add up")
    choices: list[Choice] | None = Field(
        None, description="Rows by answer, the most frequent first; only where answers are chosen from a list"
    )
    denominators: list[OtherShare] | None = Field(
        None, description="The same of other wholes; only for the county"
    )


class Child(Step):
    area_km2: float | None = Field(description="Area in km², measured on the map; null without a shape")
    villages: int | None = Field(description="Villages in it; null for those below a township")
    grids: int | None = Field(description="Grids in it; null for grids")
    population: float | None = Field(description="Inhabitants; null where unknown")
    population_60_plus: float | None = Field(description="Inhabitants from 60 years on; null where unknown")
    households: float | None = Field(description="Households; null where unknown")


class Profile(Step):
    """Everything a viewer may know about one area."""

    layer: members.LayerId
    parents: list[Step] = Field(description="What it lies in, the largest first")
    bounds: Extent
    figures: list[Figure] = Field(description="The main numbers")
    services: list[Figure] = Field(description="Shares of villages with at least one")
    facilities: list[Facility] = Field(description="Places of service by layer")
    industry: list[Crop] = Field(description="Parcels by class, the largest first")
    disputes: Disputes | None = Field(description="Where the county keeps them; null elsewhere")
    indicators: list[Indicator] = Field(description="Figures by the county's definitions")
    children: list[Child] = Field(description="Divisions right below")
    statements: dict[str, Statement] = Field(
        description="By layer, what is said of the rows that were asked for; only of layers with a condition"
    )
    demo: Demo
    version: Version
