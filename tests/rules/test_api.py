"""Whoever reads the description of the API learns what each member of an answer is."""

import re
from collections.abc import Iterator
from typing import Any

from webmap.api import routes
from webmap.api.openapi import schemas

PARTS = ("anyOf", "oneOf", "prefixItems")
INNER = ("items", "additionalProperties")


def members(schema: dict[str, Any], place: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every named member of a schema, at whatever depth."""
    for name, member in schema.get("properties", {}).items():
        yield f"{place}.{name}", member
        yield from members(member, f"{place}.{name}")
    inner = [part for word in PARTS for part in schema.get(word, ())]
    inner += [schema[word] for word in INNER if isinstance(schema.get(word), dict)]
    for part in inner:
        yield from members(part, place)


def every_member() -> list[tuple[str, dict[str, Any]]]:
    assert routes.__all__
    return [found for name, schema in schemas().items() for found in members(schema, name)]


def test_every_member_says_what_it_is() -> None:
    found = every_member()
    assert len(found) > 700
    assert [place for place, member in found if not member.get("description", "").strip()] == []


def test_a_member_that_may_be_null_says_when() -> None:
    optional = [
        (place, member["description"])
        for place, member in every_member()
        if any(part.get("type") == "null" for part in member.get("anyOf", ()))
    ]
    assert len(optional) > 100
    assert [
        place for place, words in optional if not re.search(r"\b(null|only)\b", words, re.IGNORECASE)
    ] == []


def test_a_member_that_says_nothing_is_found() -> None:
    schema = {"items": {"properties": {"a": {}, "b": {"description": "B"}}}}
    assert [place for place, member in members(schema, "X") if "description" not in member] == ["X.a"]
