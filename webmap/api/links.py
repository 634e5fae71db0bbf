"""Whether a link still holds: what the page of a theme obeys of it, and what is left out and why."""

from typing import Any, ClassVar

from flask import Response, request
from pydantic import Field

from layers.language import told
from layers.links import Checked, check
from webmap.api import blueprint
from webmap.api.answers import to_json
from webmap.api.models import Extent, Model
from webmap.api.operations import Operation
from webmap.api.query import Query, asked
from webmap.service import the_county
from webmap.translations import language
from webmap.viewer import current_viewer

THEME = "theme"


class LinkQuery(Query):
    free: ClassVar[bool] = True
    theme: str = Field("overview", description="Id of the named map that the link opens")


class Instead(Model):
    label: str = Field(description="Words for a button")
    words: dict[str, str] = Field(description="Words of the link that lead there")


class LeftOut(Model):
    part: str = Field(description="Name of the word in the link")
    why: str = Field(description="A sentence for people, without a full stop")
    instead: Instead | None = Field(
        None, description="What takes its place; null where nobody knows of anything"
    )


class LinkAnswer(Model):
    """What holds of a link."""

    query: str = Field(description="The words that are obeyed")
    left_out: list[LeftOut] = Field(description="What is not, and why")
    bounds: Extent = Field(
        description="Of what is selected, where the link does not say where the map is; else null"
    )


@blueprint.get("/api/link")
@Operation(LinkAnswer, asks=LinkQuery)
def link() -> Response:
    """What the page of a theme obeys of a link, checked by what there is and by what this viewer may see."""
    wanted = asked(LinkQuery)
    words = {name: word for name, word in request.args.items() if name != THEME}
    found = check(the_county(), current_viewer(), wanted.theme, words)
    body = said(found or Checked("", (), None))
    return Response(to_json(body), mimetype="application/json", headers={"Cache-Control": "no-store"})


def said(found: Checked) -> dict[str, Any]:
    """The same as JSON says it."""
    lang = language()
    return {
        "query": found.query,
        "left_out": [
            {
                "part": one.part,
                "why": told(one.why, lang),
                "instead": {"label": told(one.instead.label, lang), "words": one.instead.words}
                if one.instead
                else None,
            }
            for one in found.left_out
        ],
        "bounds": found.bounds,
    }
