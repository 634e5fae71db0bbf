"""The catalogue, legends and time bars of layers."""

from typing import Annotated, Any, Literal

from flask import Response
from pydantic import Field

from layers.disclosure.look import legend
from layers.disclosure.timeline import months, periods
from layers.editions.manifest import source_of
from layers.language import told
from layers.spec import FieldSpec, Geometry, LayerSpec, Level, Paint, StyleSpec
from webmap.api import blueprint, members
from webmap.api.answers import disclosed, shape_version, sources, to_json
from webmap.api.models import Extent, Model, OfLayer, Period, Value
from webmap.api.operations import Tagged
from webmap.api.query import Filters, Query, asked
from webmap.api.shapes import Band, screen_of
from webmap.api.statements import Statement, said_of
from webmap.service import current_editions, the_county
from webmap.serving.answers import answered
from webmap.translations import language
from webmap.viewer import current_viewer


class Source(Model):
    owner: members.Owner
    renewal: Literal["once", "year", "quarter", "month", "day"] = Field(
        description="How often the data are renewed"
    )


class LayerShort(Model):
    id: members.LayerId
    title: members.Title
    description: members.Words
    group: members.Shelf
    geometry: Geometry = Field(description="On a map: as what this viewer gets it drawn")
    access: members.Seen
    count: int | None = Field(
        description="Rows of the county that this viewer gets; null when withheld or without data"
    )
    outside: members.Beyond
    unit: members.CountUnit
    edition: str | None = Field(description="Current edition; null without data")
    period: Period
    demo: bool | None = Field(description="Whether any of it is demo data; null without data")
    time_field: str | None = Field(
        description="Field of the day of a row; null without one, or without rows for this viewer"
    )


class Entry(LayerShort):
    level: Level = Field(description="Division that a row describes or lies in")
    published_at: str | None = Field(description="Time of the edition, ISO 8601 in UTC; null without data")
    source: Source = Field(description="Who answers for the data")
    sum_field: str | None = Field(description="Field that areas add up besides the rows; null for none")
    own: bool = Field(description="Declared by this county")


class Entries(Model):
    """Every layer."""

    layers: list[Entry] = Field(description="In the order of the catalogue")


class Code(Model):
    value: str = Field(description="As it is stored")
    title: members.Title


class LayerField(Model):
    name: members.FieldId
    title: members.Title
    type: members.FieldKind
    unit: members.FieldUnit
    required: bool = Field(description="Whether every row must have it")
    share_of: str | None = Field(description="Field that is the denominator of this count; null for none")
    note: members.FieldNote
    codes: list[Code] | None = Field(None, description="Only of fields with a code list")


class LegendRow(Model):
    index: int = Field(description="Number of the class, as `cls` of shapes says it")
    title: members.Title
    paint: Paint = Field(description="Sizes in millimetres on paper")
    value: Value = Field(description="Value or lower limit of the class; null for a class without one")
    count: int = Field(description="Rows of the class that the viewer gets")
    amount: float | None = Field(
        description="What they report together in `amount_unit`, a parcel with the shape of another not added again; null where the "
        "layer has no quantity, the viewer may not know it, or no row reports it"
    )
    amount_unit: str | None = Field(description="Unit of `amount`; null where the layer has no quantity")
    amount_reported: int | None = Field(
        description="Rows that report it: of fewer than `count` the amount is no whole; null where the layer has no quantity"
    )
    amount_twins: int | None = Field(
        description="Rows with the very shape of another, counted once in `amount`; null where the layer has no quantity"
    )


LegendRows = Annotated[list[LegendRow], Field(description="Classes in the order of the legend")]


class Popup(Model):
    title: str = Field(description="Field that names the record")
    fields: list[str] = Field(description="Fields below it in their order, those that this viewer may see")


class Layer(Entry):
    """A layer with its fields and look."""

    key: str = Field(description="Field that is unique in the layer")
    fields: list[LayerField] = Field(description="Those that this viewer may see")
    style: StyleSpec = Field(description="How it is drawn")
    popup: Popup = Field(description="What the card of a record shows")
    legend: LegendRows
    bounds: Extent
    periods: list[str] = Field(description="Published periods, for layers given out as counts")
    screen: dict[str, Band] = Field(description="By zoom band")
    v: str = Field(description="Version of the screen shapes")


class Legend(OfLayer):
    """Legend rows under a filter."""

    total: members.Left
    outside: members.Beyond
    period: str | None = Field(description="Period of published counts; null for other layers")
    legend: LegendRows
    statement: Statement = Field(description="What the rows that are left say together")


class MonthCount(Model):
    month: str = Field(description="2026-01")
    count: int | None = Field(description="Rows of the month; null when nothing was collected")
    state: Literal["value", "not-collected"] = Field("value", description="What was not collected is no zero")
    since: str | None = Field(None, description="First day that is covered; only for months covered in part")
    until: str | None = Field(None, description="Last day that is covered; only for months covered in part")


class PeriodCount(Model):
    period: str = Field(description="2026Q3 or 2026")
    count: int | None = Field(description="Rows of the period; null when withheld")
    suppressed: members.Suppressed


class Timeline(OfLayer):
    """Rows over time: by month, or the published periods."""

    area: str | None = Field(description="Division code that was asked for; null for none")
    months: list[MonthCount] = Field(description="Rows by month; empty for layers given out as counts")
    periods: list[PeriodCount] = Field(description="Published periods; empty for other layers")


@blueprint.get("/api/layers")
@Tagged(Entries)
def layers() -> Response:
    """Every layer, short."""
    return answered(None, _all)


@blueprint.get("/api/layers/<layer_id>")
@Tagged(Layer)
def layer(layer_id: str) -> Response:
    """One layer with its fields, style and legend."""
    return answered(sources(layer_id), lambda: _one(layer_id))


@blueprint.get("/api/layers/<layer_id>/legend")
@Tagged(Legend, asks=Filters)
def layer_legend(layer_id: str) -> Response:
    """Legend rows with the counts that a filter leaves."""
    return answered(sources(layer_id), lambda: _legend(layer_id))


@blueprint.get("/api/layers/<layer_id>/timeline")
@Tagged(Timeline, asks=Filters)
def layer_timeline(layer_id: str) -> Response:
    """Rows per month; for layers given out as counts, the published periods of the county."""
    return answered(sources(layer_id), lambda: _timeline(layer_id))


def entry(spec: LayerSpec) -> dict[str, Any]:
    """A layer in short: what it is, whose edition it shows, how many rows this viewer gets."""
    lang = language()
    edition = current_editions().get(spec.id)
    visibility = the_county().door.access(spec, current_viewer())
    return {
        "id": spec.id,
        "title": spec.title.get(lang),
        "description": spec.description.get(lang),
        "group": spec.group,
        "geometry": spec.geometry,
        "level": spec.level,
        "access": visibility,
        "count": count_of(spec),
        "outside": outside_of(spec),
        "unit": spec.count_unit.get(lang),
        "edition": edition.id if edition else None,
        "published_at": edition.published_at if edition else None,
        "period": edition.period if edition else None,
        "demo": edition.holds_demo if edition else None,
        "source": {
            "owner": (source_of(spec, edition) if edition else spec.source.owner).get(lang),
            "renewal": spec.source.renewal,
        },
        "time_field": spec.time_field if visibility in ("exact", "grid") else None,
        "sum_field": spec.sum_field,
        "own": spec.id in the_county().catalog.own,
    }


def count_of(spec: LayerSpec) -> int | None:
    """Rows of the county that this viewer gets; for counts its number of the latest quarter, None when withheld."""
    county, viewer = the_county(), current_viewer()
    visibility = county.door.access(spec, viewer)
    if spec.id not in current_editions() or visibility == "none":
        return None
    if visibility != "counts":
        return county.door.rows(spec.id, viewer).counted
    table = county.door.published(spec.id)
    return table.cell(county.code, table.default)[0] if table.periods else None


def outside_of(spec: LayerSpec) -> int:
    """Rows across the county's line that this viewer gets too."""
    county, viewer = the_county(), current_viewer()
    if spec.id not in current_editions() or county.door.access(spec, viewer) not in ("exact", "grid"):
        return 0
    return county.door.rows(spec.id, viewer).beyond


def field_json(field: FieldSpec) -> dict[str, Any]:
    """A field with its labels and code list in the language of the request."""
    lang = language()
    codes = the_county().catalog.codes_of(field)
    answer: dict[str, Any] = {
        "name": field.name,
        "title": field.title.get(lang),
        "type": field.type,
        "unit": field.unit,
        "required": field.required,
        "share_of": field.share_of,
        "note": field.note.get(lang) if field.note else None,
    }
    if codes is not None:
        answer["codes"] = [{"value": item.value, "title": item.title.get(lang)} for item in codes.items]
    return answer


def legend_of(spec: LayerSpec) -> list[dict[str, Any]]:
    """The unfiltered legend; empty where the viewer sees nothing or there is nothing."""
    county, viewer = the_county(), current_viewer()
    visibility = county.door.access(spec, viewer)
    if spec.id not in current_editions() or visibility == "none" or not _published(spec, visibility):
        return []
    return legend(county.door.rows(spec.id, viewer), county.catalog, language())


def _published(spec: LayerSpec, visibility: str) -> bool:
    return visibility != "counts" or bool(the_county().door.periods(spec.id))


def _all() -> bytes:
    asked(Query)
    return to_json({"layers": [entry(spec) for spec in the_county().catalog]})


def _one(layer_id: str) -> bytes:
    asked(Query)
    county = the_county()
    spec = county.catalog.layer(layer_id)
    edition = current_editions().get(layer_id)
    visibility = county.door.access(spec, current_viewer())
    fields = county.door.fields(spec, current_viewer())
    seen = {field.name for field in fields}
    return to_json(
        entry(spec)
        | {
            "key": spec.key,
            "fields": [field_json(field) for field in fields],
            "style": spec.style.model_dump(mode="json", exclude_none=True),
            "popup": {
                "title": spec.popup.title,
                "fields": [name for name in spec.popup.fields if name in seen],
            },
            "legend": legend_of(spec),
            "bounds": edition.bounds if edition and visibility == "exact" else None,
            "periods": county.door.periods(layer_id) if visibility == "counts" and edition else [],
            "screen": screen_of(spec),
            "v": shape_version(spec),
        }
    )


def _legend(layer_id: str) -> bytes:
    wanted = asked(Filters).rows()
    given = disclosed(layer_id, wanted)
    return to_json(
        {
            "layer": layer_id,
            "edition": given.edition.id,
            "total": given.counted,
            "outside": given.beyond,
            "period": given.period,
            "legend": legend(given, the_county().catalog, language()),
            "statement": said_of(given, wanted),
            "note": told(given.note, language()),
        }
    )


def _timeline(layer_id: str) -> bytes:
    county, wanted = the_county(), asked(Filters).rows()
    spec = county.catalog.layer(layer_id)
    if county.door.access(spec, current_viewer()) == "counts":
        given = disclosed(layer_id, wanted)
        area = wanted.code or county.code
        beyond = county.divisions.is_below(area, "village")  # published counts stop at the village
        found = [] if beyond else periods(county.door.published(layer_id), area)
        return to_json(
            {
                "layer": layer_id,
                "edition": given.edition.id,
                "area": area,
                "months": [],
                "periods": found,
                "note": told(given.note, language()),
            }
        )
    given = disclosed(layer_id, wanted)
    return to_json(
        {
            "layer": layer_id,
            "edition": given.edition.id,
            "area": wanted.code,
            "months": [month.to_json() for month in months(given, county.door.extent(layer_id))],
            "periods": [],
            "note": told(given.note, language()),
        }
    )
