"""Profiles of areas, and search."""

from typing import Annotated, Literal

from flask import Response
from pydantic import Field

from geo.errors import FilterError
from layers.search.index import to_json as hit_json
from webmap.api import blueprint, members
from webmap.api.answers import to_json
from webmap.api.models import Extent, Model
from webmap.api.operations import Tagged
from webmap.api.profile import Profile
from webmap.api.query import TEXT, Query, Read, asked
from webmap.service import some_demo, the_county
from webmap.serving.answers import answered
from webmap.translations import language
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
    results: list[Hit] = Field(description="The best first")


@blueprint.get("/api/areas/<code>")
@Tagged(Profile)
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
    asked(Query)
    profile = the_county().areas.profile(code, current_viewer())
    return to_json(profile.to_json(language()) | {"demo": some_demo()})


def _search() -> bytes:
    text = asked(SearchQuery).q
    county, lang = the_county(), language()
    hits = county.search.find(text, current_viewer())
    results = [hit_json(hit, county.door, county.areas.path(hit.entry.area), lang) for hit in hits]
    return to_json({"q": text, "matched_by": hits[0].by if hits else None, "results": results})
