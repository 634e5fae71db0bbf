"""The HTTP API: parse, ask the door, answer. One module a noun."""

from flask import Blueprint

blueprint = Blueprint("api", __name__)


def load() -> Blueprint:
    """The blueprint with every route on it."""
    from importlib import import_module

    for name in MODULES:
        import_module(f"webmap.api.{name}")
    return blueprint


MODULES = (
    "health",
    "layers",
    "shapes",
    "features",
    "tables",
    "records",
    "downloads",
    "themes",
    "areas",
    "planning",
    "hotspots",
    "scenarios",
    "jobs",
    "token",
    "sheets",
    "exports",
    "openapi",
)
