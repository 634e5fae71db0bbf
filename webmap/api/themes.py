"""All that a page needs to start, in one request."""

from typing import Any, Literal

from flask import Response
from pydantic import Field

from layers.disclosure.door import ALL
from layers.disclosure.times import overdue
from layers.editions.manifest import source_of
from layers.language import told
from layers.spec import (
    ROLES,
    Clustered,
    DrawOrder,
    FieldName,
    FieldSpec,
    Heated,
    LabelField,
    LabelZoom,
    LayerSpec,
    LeastZoom,
    Role,
    StyleKind,
)
from layers.statements.making import forbidden
from layers.symbology import SYMBOL_PATHS
from layers.themes import ThemeSpec
from webmap.api import blueprint, members
from webmap.api.answers import shape_version, to_json, viewer_version
from webmap.api.layers import LayerField, LayerShort, LegendRows, count_of, field_json, legend_of, outside_of
from webmap.api.models import Demo, Editions, Extent, Model, Version
from webmap.api.operations import Tagged
from webmap.api.query import Query, asked
from webmap.api.shapes import Band, screen_of
from webmap.api.statements import Statement, plain, said_of
from webmap.service import current_editions, data_version, some_demo, the_county
from webmap.serving.answers import answered
from webmap.translations import language
from webmap.viewer import current_viewer, switch_allowed


class Theme(Model):
    id: str = Field(description="Id of the named map")
    title: members.Title
    icon: str = Field(description="Name of its icon")
    description: members.Words


class ThemeEntry(Theme):
    roles: list[Role] = Field(description="Roles that it is for")
    for_viewer: bool = Field(description="Whether it is for the role of this viewer")


class ThemeEntries(Model):
    """The named maps."""

    themes: list[ThemeEntry] = Field(description="In the order of the catalogue")


class DrawnStyle(Model):
    kind: StyleKind
    field: FieldName | None = Field(None, description="Field of the classes; null for a single style")
    cluster: Clustered
    heat: Heated
    labels: LabelField = None
    labels_from_zoom: LabelZoom
    min_zoom: LeastZoom
    order: DrawOrder


class First(Model):
    filters: dict[str, list[str]] = Field(description="Accepted values by field")
    rest: str = Field(description="What is left out, in words")


class ThemeLayer(LayerShort):
    visible: bool = Field(description="Whether it is shown at first")
    v: str = Field(description="Version of the screen shapes")
    periods: list[str] = Field(description="Published periods, for layers given out as counts")
    photos: bool = Field(description="Whether its records may have pictures")
    owner: members.Owner
    legend: LegendRows
    statement: Statement | None = Field(
        description="What its rows say together; null without data, and for rows without days that are not overdue"
    )
    style: DrawnStyle = Field(description="How it is drawn, without its classes, which the legend has")
    filters: list[LayerField] = Field(description="Fields to filter by")
    first: First | None = Field(
        description="What is shown until somebody chooses; null for all, and where this viewer cannot filter by it"
    )
    screen: dict[str, Band] = Field(description="By zoom band")


class ThemeGroup(Model):
    title: members.Title
    layers: list[ThemeLayer] = Field(description="From the top of the list down")


class TimeBar(Model):
    layer: members.LayerId
    kind: Literal["months", "periods", "none"] = Field(
        description="By month, by published period, or not at all for this viewer"
    )
    periods: list[str] = Field(description="Published periods; empty for other kinds")


class ThemeViewer(Model):
    role: Role = Field(description="Role of this viewer")
    scope: str = Field(description="Division code; empty for the public")
    bounds: Extent
    scope_name: str = Field(description="Name of `scope`; empty for the public")
    whole_name: str = Field(description="Name of the whole county")
    key: str = Field(description="Changes with everything that redaction rests on")
    switch: bool = Field(description="Whether another role may be chosen")
    roles: list[Role] = Field(description="Roles that may be chosen; empty where none may")


class CountyAnswer(Model):
    code: members.AreaCode
    name: members.Name
    bounds: Extent


class Division(Model):
    level: members.DivisionLevel
    layer: members.LayerId
    digits: int = Field(description="Length of its codes")
    title: members.Title
    unit: str = Field(description="What they are counted in")
    parent_field: str | None = Field(description="Field with the code of the division above; null for none")


class ThemeAnswer(Theme):
    """A named map with all that a page needs to start."""

    groups: list[ThemeGroup] = Field(description="Layers in the order of the list")
    time: TimeBar | None = Field(description="What the time bar shows; null for no time bar")
    choropleth: str | None = Field(description="Layer that is coloured by a number; null for none")
    figures: list[str] = Field(
        description="Key figures of an area, in their order: `disputes`, a `figure:` of its profile, or of a layer its `share:`, `gap:`, "
        "`mu:` or `rows:`"
    )
    viewer: ThemeViewer = Field(description="Who asks")
    demo: Demo
    county: CountyAnswer = Field(description="Where it is")
    editions: Editions
    version: Version
    symbols: dict[str, str] = Field(description="Symbol → path of its outline")
    divisions: list[Division] = Field(description="The largest first")


@blueprint.get("/api/themes")
@Tagged(ThemeEntries)
def themes() -> Response:
    """The named maps."""
    return answered(None, _all)


@blueprint.get("/api/themes/<theme_id>")
@Tagged(ThemeAnswer)
def theme(theme_id: str) -> Response:
    """One named map with its layers, legends, viewer and symbols."""
    the_county().catalog.theme(theme_id)
    return answered(None, lambda: _one(theme_id))


def _all() -> bytes:
    asked(Query)
    lang = language()
    found = [
        {
            "id": item.id,
            "title": item.title.get(lang),
            "icon": item.icon,
            "description": item.description.get(lang),
            "roles": item.roles,
            "for_viewer": current_viewer().role in item.roles,
        }
        for item in the_county().catalog.themes.values()
    ]
    return to_json({"themes": found})


def _one(theme_id: str) -> bytes:
    asked(Query)
    lang, county = language(), the_county()
    item = county.catalog.theme(theme_id)
    layer_ids = item.layer_ids()
    return to_json(
        {
            "id": item.id,
            "title": item.title.get(lang),
            "icon": item.icon,
            "description": item.description.get(lang),
            "groups": _groups(item),
            "time": _time(item),
            "choropleth": item.choropleth,
            "figures": list(item.figures),
            "viewer": _viewer(),
            "demo": some_demo(),
            "county": {
                "code": county.code,
                "name": county.settings.name.get(lang),
                "bounds": county.areas.bounds(county.code),
            },
            "editions": {
                name: edition.id for name, edition in current_editions().items() if name in layer_ids
            },
            "version": data_version(),
            "symbols": dict(SYMBOL_PATHS),
            "divisions": _divisions(),
        }
    )


def _divisions() -> list[dict[str, Any]]:
    """The levels of divisions, the largest first, as the page's ``core/divisions.js`` takes them."""
    county, lang = the_county(), language()
    return [
        {
            "level": level.name,
            "layer": level.layer,
            "digits": level.digits,
            "title": level.title.get(lang),
            "unit": told(level.unit, lang),
            "parent_field": county.divisions.parent_field(level, county.catalog.layers.get(level.layer)),
        }
        for level in county.divisions
    ]


def _groups(item: ThemeSpec) -> list[dict[str, Any]]:
    county, lang = the_county(), language()
    return [
        {
            "title": group.title.get(lang),
            "layers": [
                _layer(county.catalog.layer(member.id), visible=member.visible) for member in group.layers
            ],
        }
        for group in item.groups
    ]


def _layer(spec: LayerSpec, *, visible: bool) -> dict[str, Any]:
    lang = language()
    door, edition = the_county().door, current_editions().get(spec.id)
    style = spec.style.model_dump(
        mode="json", exclude={"classes", "other", "paint", "ramp", "breaks"}, exclude_none=True
    )
    visibility = door.access(spec, current_viewer())
    return {
        "id": spec.id,
        "title": spec.title.get(lang),
        "description": spec.description.get(lang),
        "group": spec.group,
        "geometry": _drawn_as(spec, visibility),
        "visible": visible and visibility != "none",
        "count": count_of(spec),
        "outside": outside_of(spec),
        "unit": spec.count_unit.get(lang),
        "edition": edition.id if edition else None,
        "period": edition.period if edition else None,
        "demo": edition.holds_demo if edition else None,
        "v": shape_version(spec),
        "access": visibility,
        "time_field": spec.time_field if visibility != "counts" else None,
        "periods": door.periods(spec.id) if visibility == "counts" and edition else [],
        "photos": spec.photos,
        "owner": (source_of(spec, edition) if edition else spec.source.owner).get(lang),
        "legend": legend_of(spec),
        "statement": _said(spec),
        "style": style,
        "filters": [field_json(field) for field in _filterable(spec)],
        "first": _first(spec),
        "screen": screen_of(spec),
    }


def _filterable(spec: LayerSpec) -> list[FieldSpec]:
    """Fields by which this viewer may filter."""
    fields = the_county().door.fields(spec, current_viewer())
    return [field for field in fields if field.type in ("code", "codes", "boolean")]


def first_filters(spec: LayerSpec) -> dict[str, list[str]]:
    """Which rows this viewer is shown of a layer at first, values by field; empty for all. Nobody is shown a part by a
    field that is not told."""
    if spec.first is None or not set(spec.first.filters) <= {field.name for field in _filterable(spec)}:
        return {}
    return {name: list(values) for name, values in spec.first.filters.items()}


def _first(spec: LayerSpec) -> dict[str, Any] | None:
    filters = first_filters(spec)
    return {"filters": filters, "rest": spec.first.rest.get(language())} if spec.first and filters else None


def _said(spec: LayerSpec) -> dict[str, Any] | None:
    """What a layer whose rows have days, that is published by period, or that is overdue, says before anybody asks for a
    part of it."""
    county, viewer = the_county(), current_viewer()
    visibility = county.door.access(spec, viewer)
    edition = current_editions().get(spec.id)
    if edition is None or not (
        spec.time_field or visibility == "counts" or overdue(spec, edition, county.today())
    ):
        return None
    if visibility == "none":
        return plain(forbidden(county, viewer, spec, ALL, ""))
    if visibility == "counts" and not county.door.periods(spec.id):
        return None
    return said_of(county.door.rows(spec.id, viewer), ALL)


def _drawn_as(spec: LayerSpec, visibility: str) -> str:
    if visibility == "counts":
        return "polygon"
    return "point" if visibility == "grid" else spec.geometry


def _time(item: ThemeSpec) -> dict[str, Any] | None:
    """The layer that drives the time bar and how: by months, or by published periods."""
    if item.time is None:
        return None
    county = the_county()
    spec = county.catalog.layer(item.time)
    visibility = county.door.access(spec, current_viewer())
    kind = {"counts": "periods", "none": "none"}.get(visibility, "months")
    known = kind == "periods" and spec.id in current_editions()
    return {"layer": item.time, "kind": kind, "periods": county.door.periods(spec.id) if known else []}


def _viewer() -> dict[str, Any]:
    viewer = current_viewer()
    county = the_county()
    return {
        "role": viewer.role,
        "scope": viewer.scope,
        "bounds": county.areas.bounds(viewer.scope),
        "scope_name": county.areas.name_of(viewer.scope) if viewer.scope else "",
        "whole_name": county.areas.name_of(county.code),
        "key": viewer_version(),
        "switch": switch_allowed(),
        "roles": list(ROLES) if switch_allowed() else [],
    }
