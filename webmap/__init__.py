"""How people reach the map: pages, the HTTP API, the command line."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from webmap.settings import Settings


def create_app(settings: "Settings | None" = None) -> "Flask":
    """The web application of one GOVMAP_HOME; without settings those of the environment."""
    from webmap.application import build_app
    from webmap.settings import load_settings

    return build_app(settings or load_settings())
