"""The frame's script and stylesheet, and every file of our own that a browser loads."""

import gzip
import hashlib
import mimetypes
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from flask import Blueprint, Response, abort, request

from layers.language import LANGUAGES
from webmap.front import assets
from webmap.front.basemap import Frame, build_frame
from webmap.service import the_county, the_service
from webmap.serving.headers import encodings, same_tag

blueprint = Blueprint("frame", __name__)

FOR_EVER = "public, max-age=31536000, immutable"
FRESH = "no-cache"
SMALL_BYTES = 400
TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".json": "application/json"}
VERSION = re.compile(r"[0-9a-f]{8}")


@blueprint.get("/frame/<name>.<digest>.<any(js, css):kind>")
def part(name: str, digest: str, kind: str) -> Response:
    """The script or style part of one theme's frame."""
    frame = _frame(name, digest)
    body = frame.script if kind == "js" else frame.style
    cached = FOR_EVER if frame.hash == digest else FRESH
    return answer_of(body.encode(), TYPES[f".{kind}"], cached)


def _frame(name: str, digest: str) -> Frame:
    """The frame whose hash is asked for, whatever its language, else the theme's newest."""
    theme = the_county().catalog.theme(name)
    frames = [build_frame(theme, the_service().settings, language) for language in LANGUAGES]
    return next((frame for frame in frames if frame.hash == digest), frames[0])


@blueprint.get("/static/<path:name>")
def file(name: str) -> Response:
    """A file under ``static``; with the digest of all files in front it may be kept for ever."""
    version, _, rest = name.partition("/")
    named = bool(VERSION.fullmatch(version)) and bool(rest)
    place = (assets.STATIC / (rest if named else name)).resolve()
    if not place.is_relative_to(assets.STATIC) or not place.is_file() or place.name.startswith("."):
        abort(404)
    mimetype = TYPES.get(place.suffix) or mimetypes.guess_type(place.name)[0] or "application/octet-stream"
    cached = FOR_EVER if named and version == assets.version() else FRESH
    return _answer(_file(place, place.stat().st_mtime_ns), mimetype, cached)


class _Packed(NamedTuple):
    """A body, the same compressed as far as that saves anything, its tag."""

    body: bytes
    compressed: Mapping[str, bytes]
    tag: str


@lru_cache(maxsize=256)
def _file(place: Path, changed: int) -> _Packed:
    """A file and its compressed forms; ``changed`` is part of the key, so an edited file is read again."""
    packed = _packed(place.read_bytes())
    beside = place.with_name(place.name + assets.BROTLI)
    if not beside.is_file() or beside.stat().st_mtime_ns < changed:
        return packed
    return packed._replace(compressed={**packed.compressed, "br": beside.read_bytes()})


@lru_cache(maxsize=64)
def _packed(body: bytes) -> _Packed:
    packed = gzip.compress(body, 9, mtime=0)
    worth = len(body) > SMALL_BYTES and len(packed) < 0.9 * len(body)
    return _Packed(body, {"gzip": packed} if worth else {}, hashlib.sha256(body).hexdigest()[:16])


def answer_of(body: bytes, mimetype: str, cached: str = FRESH) -> Response:
    """A body of our own: compressed for who takes that, under a tag, not sent again to who has it."""
    return _answer(_packed(body), mimetype, cached)


def _answer(packed: _Packed, mimetype: str, cached: str) -> Response:
    body, compressed, tag = packed
    taken = encodings(request.headers.get("Accept-Encoding", ""))
    encoding = next((name for name in taken if name in compressed), None)
    answer = Response(compressed[encoding] if encoding else body, mimetype=mimetype)
    answer.headers["Cache-Control"] = cached
    answer.headers["Vary"] = "Accept-Encoding"
    if encoding:
        answer.headers["Content-Encoding"] = encoding
    answer.set_etag(tag + (f"-{encoding}" if encoding else ""))
    if same_tag(answer.headers["ETag"], request.headers.get("If-None-Match", "")):
        return Response(
            status=304, headers={name: answer.headers[name] for name in ("ETag", "Cache-Control", "Vary")}
        )
    answer.make_conditional(request)
    return answer
