"""Is the process alive, can it answer?"""

import json

from flask import Response, current_app

from webmap.api import blueprint
from webmap.service import current_editions
from webmap.serving.warm import Warm


@blueprint.get("/healthz")
def healthz() -> Response:
    """The process answers."""
    return _state({"status": "ok"})


@blueprint.get("/readyz")
def readyz() -> Response:
    """The store opens and what every process works out once is there; says how many layers have data."""
    layers = len(current_editions())
    warm: Warm = current_app.extensions["govmap_warm"]
    warm.wait()
    return _state({"status": "ok", "layers": layers})


def _state(document: dict[str, object]) -> Response:
    return Response(json.dumps(document), mimetype="application/json", headers={"Cache-Control": "no-store"})
