"""What a request's headers say, read by the rules of HTTP; the one place where they are taken apart."""

from functools import lru_cache

from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header, parse_etags

MARKS = ("--gzip", "-gzip", ";gzip", "-gz", "-br", "-deflate", "-zstd")
"""What servers in between put behind a tag when they compress the body themselves."""


@lru_cache(maxsize=512)
def encodings(accept_encoding: str) -> tuple[str, ...]:
    """How a reader takes a compressed body, the smallest first: ``gzip;q=0`` refuses it, ``*`` takes everything that is not
    named."""
    accepted = parse_accept_header(accept_encoding, Accept)
    return tuple(name for name in ("br", "gzip") if accepted[name] > 0)


def takes_gzip(accept_encoding: str) -> bool:
    """Whether a reader takes a body that is compressed as ours are."""
    return "gzip" in encodings(accept_encoding)


def same_tag(tag: str, if_none_match: str) -> bool:
    """Whether a reader has the answer of a tag already: strong or weak, and whoever compressed it on its way."""
    if not if_none_match:
        return False
    asked = _tags(if_none_match)
    return "*" in asked or _bare(tag.removeprefix("W/").strip('"')) in asked


@lru_cache(maxsize=2048)
def _tags(if_none_match: str) -> frozenset[str]:
    found = parse_etags(if_none_match)
    every = frozenset(_bare(tag) for tag in found.as_set(include_weak=True))
    return every | {"*"} if found.star_tag else every


def _bare(tag: str) -> str:
    for mark in MARKS:
        tag = tag.removesuffix(mark)
    return tag
