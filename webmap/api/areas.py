"""Profiles of areas, and search."""

from flask import Response

from geo.errors import FilterError
from layers.search.index import to_json as hit_json
from webmap.api import blueprint
from webmap.api.answers import to_json
from webmap.api.query import check_names, text_of
from webmap.service import some_demo, the_county
from webmap.serving.answers import answered
from webmap.translations import language
from webmap.viewer import current_viewer

MAX_QUERY = 60


@blueprint.get("/api/areas/<code>")
def area(code: str) -> Response:
    """The profile of a county, township, village or grid."""
    the_county().areas.area(code)
    return answered(None, lambda: _profile(code))


@blueprint.get("/api/search")
def search() -> Response:
    """Up to ten places that answer to a name, code, pinyin or initials."""
    return answered(None, _search)


def _profile(code: str) -> bytes:
    check_names(())
    profile = the_county().areas.profile(code, current_viewer())
    return to_json(profile.to_json(language()) | {"demo": some_demo()})


def _search() -> bytes:
    check_names(("q",))
    text = (text_of("q") or "").strip()
    if len(text) > MAX_QUERY:
        raise FilterError("搜索词太长，最多 {most} 个字。", most=MAX_QUERY)
    county, lang = the_county(), language()
    hits = county.search.find(text, current_viewer())
    results = [hit_json(hit, county.door, county.areas.path(hit.entry.area), lang) for hit in hits]
    return to_json({"q": text, "matched_by": hits[0].by if hits else None, "results": results})
