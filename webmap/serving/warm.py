"""What a fresh process works out once, done in the background before somebody waits for it."""

import threading
from collections.abc import Callable, Iterable
from contextlib import suppress

from geo.errors import GovmapError
from layers.county import County
from layers.disclosure import PUBLIC
from layers.planning.usual import usual_plan
from webmap.serving.lane import Environ, Start, Wsgi

SERVERS = ("gunicorn", "waitress")
LONGEST_S = 15


class Warm:
    """WSGI middleware: the first request to a production server starts the work, ``/readyz`` waits for its end."""

    def __init__(self, inner: Wsgi, county: County) -> None:
        self._inner = inner
        self._county = county
        self._begun = threading.Lock()
        self._done = threading.Event()

    def __call__(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        if not self._done.is_set() and self._begun.acquire(blocking=False):
            if str(environ.get("SERVER_SOFTWARE", "")).startswith(SERVERS):
                threading.Thread(target=self._work, name="warm", daemon=True).start()
            else:
                self._done.set()
        return self._inner(environ, start_response)

    def wait(self) -> bool:
        """Whether the work is done, after waiting a while for it."""
        return self._done.wait(LONGEST_S)

    def _work(self) -> None:
        try:
            for step in steps(self._county):
                step()
        except GovmapError:
            return  # the request that needs it will say what is wrong
        finally:
            self._done.set()
        plan_once(self._county)


def plan_once(county: County) -> None:
    """Answer the planner's first question, so that a slider finds everything there; nobody waits for it."""
    with suppress(GovmapError):  # whoever asks will hear it
        plan = usual_plan(county.planning, PUBLIC, {})
        county.planning.coverage(PUBLIC, plan)
        county.planning.shapes(PUBLIC, plan)


def steps(county: County) -> tuple[Callable[[], object], ...]:
    """Register of divisions, counts for the public, profile of the county, search index."""
    return (
        lambda: county.areas.profile(county.code, PUBLIC),
        lambda: county.search.find("a", PUBLIC),
    )
