"""What a fresh process works out once, done before somebody waits for it.

Where processes are forked the parent does it, so that they share its memory and are ready when they begin. Elsewhere a
thread does it while the first page is read. Measured with ``python -m benchmarks fresh``.
"""

import re
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from html import unescape
from importlib import import_module

from werkzeug.test import Client

from geo.errors import GovmapError
from layers.county import County
from layers.disclosure import PUBLIC, Viewer
from layers.planning.usual import usual_plan
from webmap.serving.lane import Environ, Start, Wsgi

SERVERS = ("gunicorn", "waitress")
LONGEST_S = 15
QUIET_S = 2.0
MOST_ROWS = 50_000
"""Larger layers are read when they are asked for."""
THEME = "overview"
NAMED = re.compile(r'(?:href|src)="(/(?:static|frame|api)/[^"]+)"')
"""Addresses that a page asks for by itself."""


class Warm:
    """WSGI middleware: the first request to a production server begins what is not ready yet, in a thread.

    ``/readyz`` waits for what the first view needs; the rest is done once nobody has asked for anything for a moment.
    """

    def __init__(self, inner: Wsgi, county: County) -> None:
        self._inner = inner
        self._county = county
        self._begun = threading.Lock()
        self._done = threading.Event()
        self._asked_at = 0.0

    def __call__(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        self._asked_at = time.monotonic()
        if not self._begun.locked():
            if str(environ.get("SERVER_SOFTWARE", "")).startswith(SERVERS):
                self.begin()
            else:
                self._done.set()
        return self._inner(environ, start_response)

    def wait(self) -> bool:
        """Whether the first view is ready, after waiting a while for it."""
        return self._done.wait(LONGEST_S)

    def begin(self) -> None:
        """Begin now, in a thread; once."""
        if self._begun.acquire(blocking=False):
            threading.Thread(target=self._work, name="warm", daemon=True).start()

    def prepare(self) -> None:
        """Get ready for the first view here and now, in a process that is to be forked: no thread, no open database."""
        import_all()
        self._first_view()
        self._open_page()
        self._county.database.close()

    def _work(self) -> None:
        if not self._done.is_set():
            self._first_view()
        while (quiet := time.monotonic() - self._asked_at) < QUIET_S:
            time.sleep(QUIET_S - quiet)
        for step in (plan_once, look_once, draw_once):
            step(self._county)

    def _first_view(self) -> None:
        try:
            for step in steps(self._county):
                with suppress(GovmapError):  # the request that needs it will say what is wrong
                    step()
        finally:
            self._done.set()

    def _open_page(self) -> None:
        """The first page with all that it names, as a browser asks for it: each is made and compressed once."""
        client = Client(self._inner)
        headers = {"Accept-Encoding": "gzip, br"}
        page = client.get(f"/map/{THEME}", headers={"Accept-Encoding": "identity"})
        for address in dict.fromkeys(NAMED.findall(page.text)):
            client.get(unescape(address), headers=headers)


def import_all() -> None:
    """Modules and typefaces that are loaded when they are first needed: forks share them."""
    import_module("layers.planning.planning")
    import_module("geo.hotspots")
    import_module("exports.sheets.draw")
    import_module("exports.sheets.drawing")
    from exports.sheets.fonts import face

    with suppress(GovmapError):
        face("regular"), face("bold")


def steps(county: County) -> tuple[Callable[[], object], ...]:
    """Rows of every layer, register of divisions, counts for the public, profile of the county, search index."""
    small: list[str] = []
    with suppress(GovmapError):
        small = [name for name, edition in county.store.currents().items() if edition.rows <= MOST_ROWS]
    return (
        *(partial(county.store.read, name) for name in small),
        lambda: county.areas.profile(county.code, PUBLIC),
        lambda: county.search.find("a", PUBLIC),
    )


def plan_once(county: County) -> None:
    """Answer the planner's first question, so that a slider finds everything there; nobody waits for it."""
    with suppress(GovmapError):  # whoever asks will hear it
        plan = usual_plan(county.planning, PUBLIC, {})
        county.planning.coverage(PUBLIC, plan)
        county.planning.shapes(PUBLIC, plan)


def look_once(county: County) -> None:
    """Look for hot spots as staff do, who are told of them."""
    from layers.planning import hotspot_plan

    with suppress(GovmapError):
        county.planning.hotspots(Viewer("planner", county.code), hotspot_plan({}))


def draw_once(county: County) -> None:
    """Draw a sheet of the first theme: its typefaces, and the shapes that every sheet begins with."""
    from exports.sheets.drawings import Drawings
    from exports.sheets.plan import sheet_plan

    with suppress(GovmapError):
        plan = sheet_plan({"theme": THEME}, county)
        county.beside(Drawings).drawing(PUBLIC, plan, made_on=county.today())
