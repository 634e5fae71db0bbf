"""Addresses that programs ask for by themselves, without being told of them."""

from flask import Response, redirect
from flask.typing import ResponseReturnValue

from webmap.front import assets
from webmap.pages.blueprint import blueprint

ROBOTS = "User-agent: *\nDisallow: /api/\nDisallow: /ogc/\nDisallow: /exports\n"
DAY = "public, max-age=86400"


@blueprint.get("/favicon.ico")
def favicon() -> ResponseReturnValue:
    """The mark of the map."""
    answer = redirect(assets.url("icons/mark.svg"), code=302)
    answer.headers["Cache-Control"] = DAY
    return answer


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Pages may be found; data and what is worked out on demand may not."""
    return Response(ROBOTS, mimetype="text/plain", headers={"Cache-Control": DAY})
