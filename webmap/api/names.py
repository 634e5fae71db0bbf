"""Everything with a name in a division, for a browser that will search without a line."""

from typing import Any

from flask import Response
from pydantic import Field

from geo.errors import FilterError
from layers.search.index import to_json as hit_json
from layers.search.matching import NAME, Hit
from webmap.api import areas, blueprint, members
from webmap.api.answers import to_json
from webmap.api.models import Model
from webmap.api.operations import Tagged
from webmap.api.query import Query, asked
from webmap.service import the_county
from webmap.serving.answers import answered
from webmap.translations import language
from webmap.viewer import current_viewer

MOST = 3000
"""More than a township has; a county's names are for the search on the server."""


class Found(areas.Hit):
    spelled: list[str] = Field(description="Full pinyin and initials of its name")


class NamesAnswer(Model):
    """What can be found in a division."""

    code: members.AreaCode
    results: list[Found] = Field(description="Divisions first, then by key")


@blueprint.get("/api/areas/<code>/names")
@Tagged(NamesAnswer)
def area_names(code: str) -> Response:
    """Everything with a name in a township, village or grid that this viewer may find."""
    the_county().areas.area(code)
    return answered(None, lambda: _names(code))


def _names(code: str) -> bytes:
    asked(Query)
    county, lang = the_county(), language()
    entries = county.search.within(code, current_viewer())
    if len(entries) > MOST:
        raise FilterError("{code} 里的名称太多，最多 {most} 个。取一个乡镇或更小的。", code=code, most=MOST)
    rows: list[dict[str, Any]] = []
    for entry in entries:
        hit = Hit(entry, 0, NAME, (0, 0), entry.name)
        spelled = sorted({way.text for way in (*entry.full, *entry.initials)})
        rows.append(hit_json(hit, county.door, county.areas.path(entry.area), lang) | {"spelled": spelled})
    return to_json({"code": code, "results": rows})
