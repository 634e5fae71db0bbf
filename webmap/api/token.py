"""What a page must show before it may change something here."""

from flask import Response
from flask_wtf.csrf import generate_csrf
from pydantic import Field

from webmap.api import blueprint
from webmap.api.answers import to_json
from webmap.api.models import Model
from webmap.api.operations import Operation
from webmap.api.query import Query, asked


class Token(Model):
    """For the header X-CSRFToken."""

    token: str = Field(description="To be sent back; holds for this browser")


@blueprint.get("/api/token")
@Operation(Token, refuses=(400,))
def token() -> Response:
    """The token of this browser, for the header X-CSRFToken of POST and DELETE; other sites cannot read it."""
    asked(Query)
    answer = Response(to_json({"token": generate_csrf()}), mimetype="application/json")
    answer.headers["Cache-Control"] = "no-store"
    return answer
