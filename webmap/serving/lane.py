"""A fast lane in front of Flask for answers already given.

What the API answers to a GET depends on the address, the cookies (viewer and language), the host, whether the reader
takes gzip, the languages that it prefers, the day, and the state of the store; nothing else. So an answer may be given again, or as 304, without waking the
framework, as long as nothing has been published or rolled back since.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Flask, Response, request

from geo.errors import GovmapError
from layers.county import County
from layers.database import Stamp
from layers.kept import Kept
from webmap.serving.headers import encodings, same_tag

Environ = dict[str, Any]
Start = Callable[..., Any]
Wsgi = Callable[[Environ, Start], Iterable[bytes]]

STAMP = "govmap.stamp"
KEEPABLE = "govmap.keepable"
ENTRIES = 512
MAX_BODY_BYTES = 512 * 1024
MAX_BYTES = 24 * 2**20
LONGEST_COOKIE = 2000
NOT_IN_304 = ("Content-Type", "Content-Length", "Content-Encoding")


@dataclass(frozen=True, slots=True)
class Given:
    """An answer that was given, with all its headers."""

    stamp: Stamp
    tag: str
    headers: list[tuple[str, str]]
    headers_304: list[tuple[str, str]]
    body: bytes


class Lane:
    """WSGI middleware; ``keep`` remembers what Flask answered."""

    def __init__(self, app: Flask, county: County) -> None:
        self._inner: Wsgi = app.wsgi_app
        self._database, self._today = county.database, county.today
        self._given = Kept(MAX_BYTES, size=_room_of)
        app.after_request(self.keep)

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] != "GET" or not environ["PATH_INFO"].startswith("/api/"):
            return self._inner(environ, start)
        stamp = self._stamp()
        given: Given | None = self._given.peek(_place(environ, self._today())) if stamp is not None else None
        if given is None or given.stamp != stamp:
            environ[STAMP] = stamp
            return self._inner(environ, start)
        if same_tag(given.tag, environ.get("HTTP_IF_NONE_MATCH", "")):
            start("304 NOT MODIFIED", list(given.headers_304))
            return []
        start("200 OK", list(given.headers))
        return [given.body]

    def keep(self, answer: Response) -> Response:
        """Remember an answer that may be given again; it must have been made with ``answered``."""
        environ = request.environ
        stamp, tag = environ.get(STAMP), environ.get(KEEPABLE)
        cookies = environ.get("HTTP_COOKIE", "")
        if stamp is None or tag is None or answer.status_code != 200 or len(cookies) > LONGEST_COOKIE:
            return answer
        body = answer.get_data()
        if len(body) > MAX_BODY_BYTES:
            return answer
        headers = [*answer.headers.to_wsgi_list()]
        if "Content-Length" not in answer.headers:
            headers.append(("Content-Length", str(len(body))))
        short = [header for header in headers if header[0] not in NOT_IN_304]
        self._given.put(_place(environ, self._today()), Given(stamp, tag, headers, short, body))
        return answer

    def _stamp(self) -> Stamp | None:
        """What the database says; None when it cannot tell, so that the framework says what is wrong."""
        try:
            return self._database.stamp()
        except GovmapError:
            return None


def _room_of(given: Given) -> float:
    """What an answer takes of the room: its bytes, and at least the part that is due to one of ``ENTRIES``."""
    return max(len(given.body), MAX_BYTES / ENTRIES)


def _place(environ: Environ, day: date) -> tuple[str, ...]:
    """Everything but the store that an answer depends on."""
    return (
        day.isoformat(),
        environ["PATH_INFO"],
        environ["QUERY_STRING"],
        environ.get("HTTP_COOKIE", ""),
        environ.get("HTTP_HOST", ""),
        environ["wsgi.url_scheme"],
        environ.get("SCRIPT_NAME", ""),
        *encodings(environ.get("HTTP_ACCEPT_ENCODING", "")),
        environ.get("HTTP_ACCEPT_LANGUAGE", ""),
    )
