"""The HTTP API: parse, ask the door, answer. One module a noun; ``routes`` brings them together."""

from flask import Blueprint

blueprint = Blueprint("api", __name__)
