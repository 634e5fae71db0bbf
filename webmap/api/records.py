"""The popup of one record: title and fields that ``[popup]`` of its declaration names, as the viewer may see them.

The browser shows it as a card (``static/js/drawer/popup.js``).
"""

from typing import Any
from urllib.parse import quote

import shapely
from flask import Response, request, url_for
from pydantic import Field

from geo.crs.offsets import wgs84_to_gcj02
from geo.errors import UnknownRecordError
from layers.disclosure import Disclosed
from layers.disclosure.filters import finest_codes
from layers.disclosure.tables import order
from layers.disclosure.values import plain, shown
from layers.editions.manifest import source_of
from layers.language import told
from layers.photos import photo_file, photos_of
from layers.spec import FieldSpec
from webmap.api import blueprint, members
from webmap.api.answers import disclosed, sources, to_json
from webmap.api.models import Edition, Extent, LonLat, Model, Note, OfLayer, Period, Value
from webmap.api.operations import JSON, Tagged
from webmap.api.profile import Step
from webmap.api.query import Filters, asked
from webmap.service import the_county, the_service
from webmap.serving.answers import FOR_EVER, answered
from webmap.translations import gettext, language

DECIMALS = 7


class RecordQuery(Filters):
    photo: str = Field("", description="Name of a picture, from `photos`; the answer is the picture")


class Share(Model):
    numerator: float = Field(description="Value of the field")
    denominator: float = Field(description="Value of the field `of`")
    value: float = Field(description="0–1")
    of: str = Field(description="Field of the denominator")


class Line(Model):
    name: members.FieldId
    title: members.Title
    type: members.FieldKind
    value: Value = Field(description="As people read it, words for codes; null without a value")
    raw: Value = Field(description="As it is stored; null without a value")
    unit: members.FieldUnit
    note: members.FieldNote
    share: Share | None = Field(None, description="Only of fields that are part of another")


class Link(Model):
    title: members.Title
    url: str = Field(description="Address that opens the map program")


class Record(Model):
    """The card of one record."""

    title: str = Field(description="Name of the record, else its layer and key")
    key: members.Key
    code: str = Field(description="The key again")
    layer: members.LayerId
    layer_title: str = Field(description="Title of the layer")
    area: list[Step] = Field(description="What it lies in, the largest first")
    fields: list[Line] = Field(description="Fields of its card, those that this viewer may see")
    phone: str | None = Field(description="Number to call; null without one that this viewer may know")
    photos: list[str] = Field(description="Addresses of its pictures")
    period: Period
    source: members.Owner
    edition: Edition
    demo: bool = Field(description="Whether its edition holds demo data")
    visibility: members.Seen
    note: Note
    position: LonLat | None = Field(
        description="Longitude, latitude of a point in it, CGCS2000 degrees; null without a place"
    )
    bounds: Extent
    navigate: list[Link] = Field(
        description="Links into map programs; empty unless it is a point whose exact place this viewer gets"
    )


class BesideQuery(Filters):
    sort: str = Field("", description="Columns, a minus turns one round: -area_mu,name")


class Beside(OfLayer):
    """Which row of a table a record is, and the rows before and after it."""

    n: int | None = Field(description="Its place from 1; null where the filter leaves it out")
    total: members.Left
    previous: str | None = Field(description="Key of the row before; null for the first")
    next: str | None = Field(description="Key of the row after; null for the last")


@blueprint.get("/api/layers/<layer_id>/beside/<path:key>")
@Tagged(Beside, asks=BesideQuery)
def layer_beside(layer_id: str, key: str) -> Response:
    """The place of a record among the rows of a table: sorted and filtered as these."""
    above = [level.layer for level in the_county().divisions.upwards("village")[:-1]]
    return answered((*sources(layer_id), *reversed(above)), lambda: _beside(layer_id, key))


def _beside(layer_id: str, key: str) -> bytes:
    wanted = asked(BesideQuery)
    given = disclosed(layer_id, wanted.rows())
    every = given.keys()
    keys = [every[position] for position in order(given, the_county().catalog, wanted.sort)]
    at = keys.index(key) if key in keys else None
    return to_json(
        {
            "layer": layer_id,
            "edition": given.edition.id,
            "n": None if at is None else at + 1,
            "total": len(keys),
            "previous": keys[at - 1] if at else None,
            "next": keys[at + 1] if at is not None and at + 1 < len(keys) else None,
            "note": told(given.note, language()),
        }
    )


@blueprint.get("/api/layers/<layer_id>/records/<path:key>")
@Tagged(Record, asks=RecordQuery, kinds=(JSON, "image/jpeg"))
def layer_record(layer_id: str, key: str) -> Response:
    """One record with the fields that the viewer may see; with ``photo`` one of its pictures."""
    behind = (*sources(layer_id), *the_county().divisions.layers)
    if request.args.get("photo"):
        return _photo(layer_id, key)
    if not the_county().catalog.layer(layer_id).photos:
        return answered(behind, lambda: _popup(layer_id, key, []))
    photos = photos_of(the_service().settings.home, layer_id, key)
    return answered(behind, lambda: _popup(layer_id, key, photos), beside="|".join(photos))


def _photo(layer_id: str, key: str) -> Response:
    """A picture of a record, as long as the viewer sees the record where it is."""
    wanted = asked(RecordQuery)
    given, name = disclosed(layer_id, wanted.rows()), wanted.photo
    position_of(given, key)
    if given.visibility != "exact":
        raise UnknownRecordError("编号 {key} 没有照片 {name}。", key=key[:80], name=name[:80])
    picture = photo_file(the_service().settings.home, layer_id, key, name).read_bytes()
    headers = {"Cache-Control": FOR_EVER, "Vary": "Cookie"}
    return Response(picture, mimetype="image/jpeg", headers=headers)


def _photo_urls(given: Disclosed, key: str, names: list[str]) -> list[str]:
    if given.visibility != "exact":
        return []
    return [url_for("api.layer_record", layer_id=given.spec.id, key=key, photo=name) for name in names]


def _popup(layer_id: str, key: str, photos: list[str]) -> bytes:
    """What the popup shows, as JSON."""
    given = disclosed(layer_id, asked(Filters).rows())
    position = position_of(given, key)
    values = {
        field.name: plain(field, given.rows[field.name].iloc[position : position + 1])[0]
        for field in given.fields
        if field.name in given.rows.columns
    }
    lang, spec, edition = language(), given.spec, given.edition
    code = finest_codes(spec, given.rows.iloc[position : position + 1]).iloc[0]
    name = given.names()[position]
    return to_json(
        {
            "title": name or f"{spec.title.get(lang)} {key}",
            "key": key,
            "code": key,
            "layer": layer_id,
            "layer_title": spec.title.get(lang),
            "area": the_county().areas.path(code),
            "fields": _fields(given, values),
            "phone": _phone(given, values),
            "photos": _photo_urls(given, key, photos),
            "period": given.period or values.get("period") or edition.period,
            "source": source_of(spec, edition, values.get("source")).get(lang),
            "edition": edition.id,
            "demo": edition.holds_demo,
            "visibility": given.visibility,
            "note": told(given.note, language()),
        }
        | _place(given, position, name)
    )


def position_of(given: Disclosed, key: str) -> int:
    """Row of a key; raises UnknownRecordError, also where the viewer may not know of it."""
    keys = given.keys()
    if key not in keys:
        raise UnknownRecordError("图层“{layer}”没有编号 {key}。", layer=given.spec.title.zh, key=key[:80])
    return keys.index(key)


def _fields(given: Disclosed, values: dict[str, Any]) -> list[dict[str, Any]]:
    """The fields of the popup; a share keeps its numerator and denominator."""
    lang, catalog = language(), the_county().catalog
    wanted = given.spec.popup.fields if given.visibility != "counts" else tuple(values)
    known = {field.name: field for field in given.fields}
    answer = []
    for field in (known[name] for name in wanted if name in known and name in values):
        item = {
            "name": field.name,
            "title": field.title.get(lang),
            "type": field.type,
            "value": shown(field, values[field.name], catalog, lang),
            "raw": values[field.name],
            "unit": field.unit,
            "note": field.note.get(lang) if field.note else None,
        }
        answer.append(item | _share(field, values))
    return answer


def _share(field: FieldSpec, values: dict[str, Any]) -> dict[str, Any]:
    part, whole = values.get(field.name), values.get(field.share_of or "")
    if field.share_of is None or part is None or not whole:
        return {}
    return {"share": {"numerator": part, "denominator": whole, "value": part / whole, "of": field.share_of}}


def _phone(given: Disclosed, values: dict[str, Any]) -> str | None:
    for field in given.fields:
        if field.type == "phone" and values.get(field.name):
            return str(values[field.name])
    return None


def _place(given: Disclosed, position: int, name: str) -> dict[str, Any]:
    """Where the record is, and links that lead there; only for places that are exact."""
    nowhere: dict[str, Any] = {"position": None, "bounds": None, "navigate": []}
    if "geometry" not in given.rows.columns:
        return nowhere
    shape = given.rows["geometry"].iloc[position]
    if shape is None or shape.is_empty:
        return nowhere
    middle = shape if shape.geom_type == "Point" else shapely.point_on_surface(shape)
    lon, lat = round(middle.x, DECIMALS), round(middle.y, DECIMALS)
    exact = given.visibility == "exact" and given.spec.geometry == "point"
    return {
        "position": [lon, lat],
        "bounds": [round(edge, DECIMALS) for edge in shape.bounds],
        "navigate": navigation(lon, lat, name) if exact else [],
    }


def navigation(lon: float, lat: float, name: str) -> list[dict[str, str]]:
    """Links into map programs; longitude and latitude in CGCS2000 degrees."""
    shifted_lon, shifted_lat = (float(value) for value in wgs84_to_gcj02(lon, lat))
    title = quote(name, safe="")
    links = {
        gettext(
            "高德地图"
        ): f"https://uri.amap.com/marker?position={shifted_lon:.6f},{shifted_lat:.6f}&name={title}",
        gettext("百度地图"): (
            f"https://api.map.baidu.com/marker?location={lat:.6f},{lon:.6f}&title={title}&content={title}"
            "&coord_type=wgs84&output=html&src=webapp.govmap"
        ),
        gettext("腾讯地图"): (
            f"https://apis.map.qq.com/uri/v1/marker?marker=coord:{shifted_lat:.6f},{shifted_lon:.6f};title:{title}"
        ),
        gettext("手机地图"): f"geo:{lat:.6f},{lon:.6f}?q={lat:.6f},{lon:.6f}",
    }
    return [{"title": words, "url": url} for words, url in links.items()]
