"""What a fresh process works out once, done in the background before somebody waits for it."""

import threading
from collections.abc import Iterable
from typing import Any

from geo.errors import GovmapError
from layers.disclosure import PUBLIC
from webmap.house import House
from webmap.lane import Environ, Start, Wsgi

SERVERS = ("gunicorn", "waitress")


class Warm:
    """WSGI middleware: the first request to a production server starts the work."""

    def __init__(self, inner: Wsgi, house: House) -> None:
        self._inner = inner
        self._house = house
        self._begun = False

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        if not self._begun:
            self._begun = True
            if str(environ.get("SERVER_SOFTWARE", "")).startswith(SERVERS):
                threading.Thread(target=warm, args=(self._house,), name="warm", daemon=True).start()
        return self._inner(environ, start)


def warm(house: House) -> None:
    """Register of divisions, search index, counts for the public, profile of the county."""
    steps: tuple[Any, ...] = (
        lambda: house.areas.profile(house.settings.county, PUBLIC, house.settings.language),
        lambda: house.search.find("a", PUBLIC),
    )
    for step in steps:
        try:
            step()
        except GovmapError:
            return
