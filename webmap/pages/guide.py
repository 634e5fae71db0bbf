"""The short guide for people who look at the map."""

from flask import render_template
from flask.typing import ResponseReturnValue

from webmap.pages.blueprint import blueprint


@blueprint.get("/help")
def guide() -> ResponseReturnValue:
    """How to read and use the map."""
    return render_template("help.html")
