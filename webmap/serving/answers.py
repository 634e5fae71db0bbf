"""Answers made once: compressed bodies in bounded memory, tags from editions and viewer, 304 before any work."""

import gzip
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from flask import Response, current_app, request

from layers.kept import Kept
from webmap.service import current_editions, the_county
from webmap.serving.headers import same_tag, takes_gzip
from webmap.serving.lane import KEEPABLE
from webmap.translations import language
from webmap.viewer import current_viewer

MAX_BYTES = 48 * 2**20
LARGEST = 6
"""One answer may take this part of the room."""
LEVEL = 6
JSON = "application/json"
FRESH = "private, no-cache"
FOR_EVER = "private, max-age=31536000, immutable"


@dataclass(frozen=True)
class Body:
    """A compressed answer."""

    packed: bytes
    mimetype: str


class Answers:
    """The most recently used bodies, up to a number of bytes; safe between threads."""

    def __init__(self, max_bytes: int = MAX_BYTES) -> None:
        self._bodies = Kept(max_bytes, size=lambda body: len(body.packed), largest=max_bytes // LARGEST)

    def get(self, tag: str, make: Callable[[], Body]) -> Body:
        """The body kept under a tag, else a new one."""
        return self._bodies.get(tag, make)


def answered(
    layers: Iterable[str] | None,
    make: Callable[[], bytes],
    *,
    mimetype: str = JSON,
    cache_control: str = FRESH,
    beside: str | None = None,
    level: int = LEVEL,
) -> Response:
    """The answer to this request: nothing new, the body kept from before, or what ``make`` returns.

    ``layers`` are those whose editions determine the answer, None for all of them; ``beside`` stands for
    what it depends on besides the store, and keeps it off the fast lane. ``level`` is how hard the body is
    compressed. What ``make`` raises is not kept.
    """
    tag = request_tag(layers, beside or "")
    if same_tag(tag, request.environ.get("HTTP_IF_NONE_MATCH", "")):
        return Response(status=304, headers=_headers(tag, cache_control))
    answers: Answers = current_app.extensions["govmap_answers"]
    body = answers.get(tag, lambda: Body(gzip.compress(make(), level, mtime=0), mimetype))
    if beside is None:
        request.environ[KEEPABLE] = tag
    headers = _headers(tag, cache_control)
    if not takes_gzip(request.environ.get("HTTP_ACCEPT_ENCODING", "")):
        return Response(gzip.decompress(body.packed), headers=headers, mimetype=body.mimetype)
    headers.append(("Content-Encoding", "gzip"))
    return Response(body.packed, headers=headers, mimetype=body.mimetype)


def request_tag(layers: Iterable[str] | None, beside: str = "") -> str:
    """The ETag of this request, quotes included: editions, viewer, address, language, declarations, and the day, with
    which editions grow old."""
    editions = current_editions()
    chosen = editions.values() if layers is None else (editions[name] for name in layers if name in editions)
    environ = request.environ
    parts = [
        environ.get("HTTP_HOST", ""),
        environ["wsgi.url_scheme"],
        environ["PATH_INFO"],
        environ["QUERY_STRING"],
        current_viewer().key,
        language(),
        the_county().digest,
        the_county().today().isoformat(),
        beside,
    ]
    parts += [edition.id for edition in chosen]
    return f'W/"{hashlib.blake2b("|".join(parts).encode(), digest_size=12).hexdigest()}"'


def _headers(tag: str, cache_control: str) -> list[tuple[str, str]]:
    return [
        ("ETag", tag),
        ("Cache-Control", cache_control),
        ("Vary", "Cookie, Accept-Encoding, Accept-Language"),
    ]
