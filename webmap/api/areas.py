"""Profiles of areas, and search."""

from datetime import date
from typing import Annotated, Any, ClassVar, Literal

from flask import Response, request
from pydantic import Field

from geo.errors import FilterError, ForbiddenError
from layers.areas import Asked
from layers.disclosure import RowFilter
from layers.periods import check_days
from layers.search.index import to_json as hit_json
from layers.statements.making import forbidden
from webmap.api import blueprint, members
from webmap.api.answers import to_json
from webmap.api.models import Extent, Model
from webmap.api.operations import Tagged
from webmap.api.profile import Profile
from webmap.api.query import DAY, TEXT, Box, Query, Read, asked, field_filters, read_box, read_day
from webmap.api.statements import plain, said_of
from webmap.service import current_editions, data_version, some_demo, the_county
from webmap.serving.answers import answered
from webmap.translations import error_text, language
from webmap.viewer import current_viewer

MAX_QUERY = 60
By = Literal["name", "code", "pinyin", "initials"]


def _wanted(text: str, _name: str) -> str:
    if len(text.strip()) > MAX_QUERY:
        raise FilterError("搜索词太长，最多 {most} 个字。", most=MAX_QUERY)
    return text.strip()


class SearchQuery(Query):
    q: Annotated[str, Read(_wanted, TEXT)] = Field("", description="Name, code, pinyin or initials")


class Hit(Model):
    type: str = Field(description="Its layer")
    type_title: str = Field(description="Title of its layer")
    layer: members.LayerId
    key: members.Key
    name: members.Name
    place: str = Field(description="What it lies in, in words")
    code: str = Field(description="Code of the finest division it lies in")
    lon: float | None = Field(description="Longitude of the middle in CGCS2000 degrees; null without a place")
    lat: float | None = Field(description="Latitude of the middle in CGCS2000 degrees; null without a place")
    bounds: Extent
    match: tuple[int, int] = Field(description="First matching character, and one past the last")
    matched: str = Field(description="Part of its name, code or pinyin that answers to `q`")
    by: By = Field(description="How it answers")


class Hits(Model):
    """Up to ten places, the best first."""

    q: str = Field(description="What was asked, without blanks around it")
    matched_by: By | None = Field(description="How the best one answers; null for no results")
    total: int = Field(description="How many there are")
    results: list[Hit] = Field(description="The best first")


class AreaQuery(Query):
    """Which rows of which layers are counted, in the words of a map's address."""

    form: ClassVar[str] = "f.<layer>.<field>"
    since: Annotated[date | None, Read(read_day, DAY)] = Field(None, description="First day")
    until: Annotated[date | None, Read(read_day, DAY)] = Field(None, description="Last day, inclusive")
    bbox: Annotated[Box | None, Read(read_box, TEXT)] = Field(
        None, description="west,south,east,north in degrees: only what lies in it counts"
    )

    def asked(self) -> Asked:
        """The same for a profile; raises FilterError for a name that is none."""
        check_days(self.since, self.until)
        chosen: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        texts: dict[str, str] = {}
        for name, values in field_filters():
            layer, dot, field = name.partition(".")
            if not dot:
                raise FilterError("筛选写成 f.图层.字段，收到 f.{name}。", name=name[:80])
            if field == "q":
                texts[layer] = request.args[f"f.{name}"].strip()
            else:
                chosen.setdefault(layer, []).append((field, values))
        layers = dict.fromkeys((*chosen, *texts))
        return Asked(
            since=self.since,
            until=self.until,
            bbox=self.bbox,
            filters={layer: (tuple(chosen.get(layer, ())), texts.get(layer, "")) for layer in layers},
        )


@blueprint.get("/api/areas/<code>")
@Tagged(Profile, asks=AreaQuery)
def area(code: str) -> Response:
    """The profile of a county, township, village or grid."""
    the_county().areas.area(code)
    return answered(None, lambda: _profile(code))


@blueprint.get("/api/search")
@Tagged(Hits, asks=SearchQuery)
def search() -> Response:
    """Up to ten places that answer to a name, code, pinyin or initials."""
    return answered(None, _search)


def _profile(code: str) -> bytes:
    wanted = asked(AreaQuery).asked()
    profile = the_county().areas.profile(code, current_viewer(), wanted)
    return to_json(
        profile.to_json(language())
        | {"demo": some_demo(), "version": data_version(), "statements": _statements(wanted, code)}
    )


def _statements(wanted: Asked, code: str) -> dict[str, Any]:
    """What is said of each layer that has a condition, as the viewer may know it."""
    county, viewer = the_county(), current_viewer()
    found = {}
    for spec in county.catalog:
        asked_rows = wanted.of(spec, code)
        told = county.door.access(spec, viewer) != "counts"  # published counts know no conditions
        every = RowFilter(code=code, bbox=asked_rows.bbox)
        if told and spec.id in current_editions() and asked_rows != every:
            try:
                found[spec.id] = said_of(county.door.rows(spec.id, viewer, asked_rows), asked_rows)
            except ForbiddenError as error:
                found[spec.id] = plain(forbidden(county, viewer, spec, asked_rows, error_text(error)))
    return found


def _search() -> bytes:
    text = asked(SearchQuery).q
    county, lang = the_county(), language()
    hits, total = county.search.count(text, current_viewer())
    results = [hit_json(hit, county.door, county.areas.path(hit.entry.area), lang) for hit in hits]
    by = hits[0].by if hits else None
    return to_json({"q": text, "matched_by": by, "total": total, "results": results})
