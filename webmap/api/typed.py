"""Writes the answers of the API as types for the checker of the browser's modules.

``make check`` runs ``python -m webmap.api.typed`` before the checker; the file is not kept in the tree.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import webmap.api.routes  # noqa: F401  routes enter themselves
from webmap.api.openapi import schemas

FILE = Path(__file__).parents[1] / "static" / "js" / "core" / "answers.d.ts"
HEAD = """// What the API answers, written by `python -m webmap.api.typed` from its declarations. Only the checker reads this file.
"""
NAMES = {"integer": "number", "number": "number", "string": "string", "boolean": "boolean", "null": "null"}


def page() -> str:
    """The whole file, ending in a newline."""
    parts = [
        f"  interface {name} {_members(schema)}"
        if "properties" in schema
        else f"  type {name} = {_type(schema)};"
        for name, schema in sorted(schemas().items())
    ]
    return HEAD + "\ndeclare namespace Api {\n" + "\n\n".join(parts) + "\n}\n"


def _members(schema: Mapping[str, Any]) -> str:
    return "{\n" + "".join(f"    {line}\n" for line in _lines(schema)) + "  }"


def _lines(schema: Mapping[str, Any]) -> Iterator[str]:
    needed = set(schema.get("required", ()))
    for name, member in schema.get("properties", {}).items():
        if "description" in member:
            yield f"/** {member['description']} */"
        yield f"{name}{'' if name in needed else '?'}: {_type(member)};"


def _type(schema: Mapping[str, Any]) -> str:
    """A JSON schema as a type; what says nothing of its kind is unknown."""
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    if "const" in schema or "enum" in schema:
        return " | ".join(json.dumps(one) for one in schema.get("enum", [schema.get("const")]))
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(map(_type, schema["anyOf"])))
    kind = schema.get("type")
    if kind == "array":
        return _list(schema)
    if kind == "object":
        values = schema.get("additionalProperties")
        return f"{{ [name: string]: {_type(values) if isinstance(values, dict) else 'unknown'} }}"
    return NAMES.get(str(kind), "unknown")


def _list(schema: Mapping[str, Any]) -> str:
    if "prefixItems" in schema:
        return f"[{', '.join(map(_type, schema['prefixItems']))}]"
    item = _type(schema.get("items", {}))
    return f"({item})[]" if " | " in item else f"{item}[]"


if __name__ == "__main__":
    FILE.write_text(page(), "utf-8", newline="\n")
