"""Is the process alive, can it answer?"""

import json
from typing import Literal

from flask import Response, current_app
from pydantic import Field

from webmap.api import blueprint
from webmap.api.models import Model
from webmap.api.operations import Operation
from webmap.service import current_editions
from webmap.serving.warm import Warm


class Alive(Model):
    """The process is there."""

    status: Literal["ok"] = Field(description="Always ok; anything else comes as a problem")


class Ready(Alive):
    """It can answer."""

    layers: int = Field(description="Layers with data")


@blueprint.get("/healthz")
@Operation(Alive, refuses=())
def healthz() -> Response:
    """The process answers."""
    return _state({"status": "ok"})


@blueprint.get("/readyz")
@Operation(Ready, refuses=(503,))
def readyz() -> Response:
    """The store opens and what every process works out once is there; says how many layers have data."""
    layers = len(current_editions())
    warm: Warm = current_app.extensions["govmap_warm"]
    warm.wait()
    return _state({"status": "ok", "layers": layers})


def _state(document: dict[str, object]) -> Response:
    return Response(json.dumps(document), mimetype="application/json", headers={"Cache-Control": "no-store"})
