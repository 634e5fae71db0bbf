"""Text that somebody would like to be code, and a county all of whose words are such text."""

import json
from pathlib import Path
from typing import Any

from layers.catalog import load_catalog
from layers.editions import Store
from layers.spec import FieldSpec, LayerSpec
from tests import every

HOSTILE = (
    "=cmd|' /C calc'!A0{{7*7}}{% for x in ().__class__ %}{# x #}${7*7}#{7*7}[red]%(x)s%s"
    "<img src=x onerror=window.__pwned=1></script><script>window.__pwned=1</script>"
    "\"'`\\&lt\u202e\u2028\x1b[31m\x7f"
)
"""Formula, templates of several kinds, HTML, quotes, a change of direction, a line end of JavaScript, controls."""
TRACE = "7*7"
"""Stands in the text more than once, and in nothing of ours."""
EVALUATED = ("=cmd|' /C calc'!A049", "#49", "${49", "%}49")
OWN = "own-points"
SHOWN = (OWN, "townships", "villages")
TEXT_TYPES = ("text", "phone")


def hostile(spec: LayerSpec, field: FieldSpec, row: int) -> str | None:
    """The hostile text in every field that holds text; in the second row as a code that no list knows."""
    if field.name == spec.key:
        return f"{HOSTILE}/{row}"
    if field.type in TEXT_TYPES or (row == 1 and field.type in ("code", "codes")):
        return HOSTILE
    return None


def home_in(folder: Path) -> Path:
    """The hostile home under a folder of the test run, made when first asked for; not to be changed."""
    home = folder / "hostile"
    if not home.is_dir():
        build(home)
    return home


def build(home: Path) -> Store:
    """A home with hostile settings, declarations and rows, all of it marked as demo data."""
    folder = home / "declarations"
    (folder / "codelists").mkdir(parents=True)
    (home / "settings.toml").write_text(SETTINGS, "utf-8")
    (folder / f"{OWN}.toml").write_text(_toml(_layer()), "utf-8")
    (folder / "codelists" / "own_kind.toml").write_text(_toml(_codes()), "utf-8")
    (folder / "indicators.toml").write_text(_toml({"indicators": [_indicator()]}), "utf-8")
    drawn = [spec.id for spec in load_catalog() if spec.geometry != "none"]
    (folder / "themes.toml").write_text(_toml({"themes": [_theme(drawn)]}), "utf-8")
    return every.build(home, load_catalog(folder), hostile)


def _text(extra: str = "") -> dict[str, str]:
    return {"zh": HOSTILE + extra, "en": HOSTILE + extra}


def _layer() -> dict[str, Any]:
    fields = [
        ("code", "text"),
        ("name", "text"),
        ("village_code", "text"),
        ("phone", "phone"),
        ("size", "number"),
    ]
    declared: list[dict[str, Any]] = [
        {
            "name": name,
            "title": _text(name),
            "type": kind,
            "aliases": [f"{HOSTILE}又名{name}"],
            "note": _text(),
        }
        for name, kind in fields
    ]
    declared[-1]["unit"] = HOSTILE
    declared.append({"name": "kind", "title": _text("kind"), "type": "code", "codes": "own_kind"})
    return {
        "id": OWN,
        "title": _text(),
        "description": _text(),
        "group": "services",
        "geometry": "point",
        "count_unit": _text(),
        "fields": declared,
        "style": {
            "kind": "categories",
            "field": "kind",
            "labels": "name",
            "labels_from_zoom": 8,
            "classes": [{"title": _text(), "values": ["own"], "paint": {"fill": "#0B6470", "symbol": "square", "size_mm": 5}}],
            "other": {"title": _text(), "paint": {"fill": "#646464", "symbol": "circle"}},
        },
        "popup": {"title": "name", "fields": ["code", "name", "phone", "size", "kind"]},
        "access": dict.fromkeys(("public", "grid_worker", "planner", "mediator", "operator"), "exact"),
        "source": {"owner": _text()},
    }  # fmt: skip


def _codes() -> dict[str, Any]:
    items = [{"value": "own", "title": _text(), "aliases": [f"{HOSTILE}又名"]}]
    return {"id": "own_kind", "title": _text(), "items": items}


def _theme(others: list[str]) -> dict[str, Any]:
    """The county's own overview: its layer and the divisions are shown, every other one is in the tree."""
    layers = [{"id": layer, "visible": layer in SHOWN} for layer in (OWN, *others)]
    return {
        "id": "overview",
        "title": _text(),
        "icon": HOSTILE,
        "description": _text(),
        "groups": [{"title": _text(), "layers": layers}],
        "roles": ["public", "grid_worker", "planner", "mediator", "operator"],
    }


def _indicator() -> dict[str, Any]:
    words = ("title", "family", "meaning", "numerator", "denominator", "owner", "note")
    return {"code": "own_share", "unit": HOSTILE, "rollup": "ratio"} | {word: _text() for word in words}


def _toml(document: dict[str, Any]) -> str:
    """TOML of plain data: top-level members as inline values; strings escaped as in JSON, which TOML reads alike."""
    return "".join(f"{name} = {_inline(value)}\n" for name, value in document.items())


def _inline(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name} = {_inline(part)}" for name, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_inline, value)) + "]"
    return json.dumps(value).replace("\x7f", "\\u007f")


SETTINGS = _toml(
    {
        "title": _text(),
        "county_name": _text(),
        "basemap": {"kind": "xyz", "url": "/static/icons/mark.svg?{z}/{x}/{y}", "attribution": HOSTILE},
    }
)
"""The picture under the layers comes from our own origin, so that no test asks another one."""
