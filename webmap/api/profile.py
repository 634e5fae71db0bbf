"""The profile of an area, as programs and the page get it."""

from pydantic import Field

from layers.spec import Paint
from webmap.api.layers import Code, MonthCount, PeriodCount
from webmap.api.models import (
    Count,
    CountUnit,
    Demo,
    DivisionLevel,
    Edition,
    Extent,
    LayerId,
    Model,
    Named,
    Note,
    Owner,
    Period,
    Seen,
    Shelf,
    Title,
    Words,
)


class Step(Named):
    level: DivisionLevel


class Figure(Model):
    """A number that says how it was made."""

    id: str = Field(description="Name of the number")
    label: str = Field(description="What the number is, in the language of the request")
    value: float | None = Field(description="In `unit`; a share is 0–1 and has no unit")
    unit: str = Field(description="Unit as people write it; empty for a share")
    numerator: float | None = Field(description="Part of a share; null for other numbers")
    denominator: float | None = Field(description="Whole of a share; null for other numbers")
    period: Period
    source: str | None = Field(description="Who answers for the data; null where nobody is named")
    method: str = Field(description="How it was worked out")
    layer: LayerId
    edition: Edition


class Facility(Model):
    layer: LayerId
    title: Title
    group: Shelf
    count: Count
    unit: CountUnit
    edition: Edition


class Crop(Model):
    layer: LayerId
    class_: int = Field(alias="class", description="Index in the legend of the layer")
    label: str = Field(description="Title of the class")
    value: float = Field(description="In `unit`")
    unit: str | None = Field(description="Unit of the value as people write it")
    rows: Count
    period: Period
    source: Owner
    edition: Edition
    paint: Paint = Field(description="How the class is drawn")


class Disputes(Model):
    """Months for staff, published periods for the public; only what this viewer gets is there."""

    layer: LayerId
    visibility: Seen
    note: Note
    edition: Edition | None = Field(
        None, description="Edition of the layer; null where this viewer may not know it"
    )
    source: str | None = Field(None, description="Who answers for the data; null without an edition")
    periods: list[PeriodCount] | None = Field(
        None, description="Published periods, the oldest first; only for the public"
    )
    period: str | None = Field(None, description="Latest published quarter")
    count: int | None = Field(None, description="Its count; null when withheld")
    suppressed: bool | None = Field(None, description="Whether `count` is withheld; only for the public")
    months: list[MonthCount] | None = Field(None, description="The latest twelve")
    total: int | None = Field(None, description="Of these months")
    since: str | None = Field(None, description="First of these months")
    until: str | None = Field(None, description="Last of these months")
    open: dict[str, int] | None = Field(None, description="Cases that are open by level of warning")
    per_thousand: float | None = Field(None, description="Cases of these months per 1,000 people")


class Choice(Code):
    count: Count


class OtherShare(Model):
    value: float = Field(description="The other denominator")
    title: Title
    share: float = Field(description="0–1")


class Indicator(Figure):
    """A figure by its definition."""

    family: str | None = Field(description="Heading that it stands under; null for none")
    meaning: Words
    rollup: str = Field(description="How areas add up")
    choices: list[Choice] | None = Field(None, description="Rows by answer, the most frequent first")
    denominators: list[OtherShare] | None = Field(
        None, description="The same over other wholes; only for the county"
    )


class Child(Step):
    area_km2: float | None = Field(description="Area in km², measured on the map; null without a shape")
    villages: int | None = Field(description="Villages in it; null for those below a township")
    grids: int | None = Field(description="Grids in it; null for grids")
    population: float | None = Field(description="Inhabitants; null where unknown")
    population_60_plus: float | None = Field(
        description="Inhabitants of 60 and more years; null where unknown"
    )
    households: float | None = Field(description="Households; null where unknown")


class Profile(Step):
    """Everything a viewer may know about one area."""

    layer: LayerId
    parents: list[Step] = Field(description="What it lies in, the largest first")
    bounds: Extent
    figures: list[Figure] = Field(description="The main numbers")
    services: list[Figure] = Field(description="Shares of villages with at least one")
    facilities: list[Facility] = Field(description="Places of service by layer")
    industry: list[Crop] = Field(description="Parcels by class, the largest first")
    disputes: Disputes | None = Field(description="Null where the county keeps none")
    indicators: list[Indicator] = Field(description="Figures by the county's definitions")
    children: list[Child] = Field(description="Divisions right below")
    demo: Demo
