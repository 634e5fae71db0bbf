"""Is the process alive, can it answer?"""

import json

from flask import Response

from webmap.api import blueprint
from webmap.house import current_editions


@blueprint.get("/healthz")
def healthz() -> Response:
    """The process answers."""
    return _state({"status": "ok"})


@blueprint.get("/readyz")
def readyz() -> Response:
    """The store opens; says how many layers have data."""
    return _state({"status": "ok", "layers": len(current_editions())})


def _state(document: dict[str, object]) -> Response:
    return Response(json.dumps(document), mimetype="application/json", headers={"Cache-Control": "no-store"})
