"""What was exported: sheets, atlases and reports of this viewer, to be fetched, made again, or removed."""

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import render_template, request
from flask.typing import ResponseReturnValue

from exports.kept import MOST_FILES, MOST_RECORDS, Export, kept_exports
from exports.versions import earlier
from geo.wording import number, ratio
from layers.language import told
from layers.language.english import place_name
from layers.spec import ROLES
from layers.viewer import ROLE_TITLES
from webmap.pages.asked import asked_in_words, layer_title
from webmap.pages.blueprint import blueprint
from webmap.pages.finding import KINDS, found
from webmap.pages.redo import redo_address
from webmap.service import current_editions, the_county
from webmap.translations import gettext, language
from webmap.viewer import exporter, has_exported

ICONS = {"sheet": "map", "atlas": "book-open", "report": "file-text"}
KB, MB = 1000, 1_000_000
SHOWN = 12
"""Exports on one page."""
MOST_TYPED = 200
NUMBER = re.compile(r"[1-9][0-9]{0,4}")


@dataclass(frozen=True)
class Row:
    """One line of the list; ``words`` are how it was asked for, ``changed`` the layers that have newer data now,
    ``earlier`` whether it would be drawn or worded otherwise today."""

    token: str
    title: str
    kind: str
    icon: str
    format: str
    pages: int
    size: str
    made_at: str
    who: str
    fingerprint: str
    there: bool
    demo: bool
    words: tuple[tuple[str, str], ...]
    editions: tuple[tuple[str, str], ...]
    changed: tuple[str, ...]
    notes: tuple[str, ...]
    earlier: bool
    pictured: bool
    redo: str | None


@blueprint.get("/exports")
def exports() -> ResponseReturnValue:
    """The list, the newest first: all of them, or those that were looked for."""
    kept = the_county().beside(kept_exports)
    every = kept.of(exporter()) if has_exported() else ()
    text, kind = request.args.get("q", "").strip()[:MOST_TYPED], request.args.get("kind", "")
    kind = kind if kind in KINDS else ""
    wanted = found(every, text, kind)
    at = _page(request.args.get("page", ""), len(wanted))
    shown = wanted[(at - 1) * SHOWN : at * SHOWN]
    pictured = kept.pictured(shown)
    return render_template(
        "exports.html",
        rows=[_row(export, pictured=export.token in pictured) for export in shown],
        every=len(every),
        found=len(wanted),
        q=text,
        kind=kind,
        kinds=[(name, gettext(title)) for name, title in KINDS.items()],
        newer=_address(text, kind, at - 1) if at > 1 else None,
        older=_address(text, kind, at + 1) if at * SHOWN < len(wanted) else None,
        files=number(MOST_FILES),
        records=number(MOST_RECORDS),
    )


def _page(text: str, count: int) -> int:
    """The page that was asked for, from 1; the last where there are fewer."""
    wanted = int(text) if NUMBER.fullmatch(text) else 1
    return min(max(wanted, 1), max(1, -(-count // SHOWN)))


def _address(text: str, kind: str, page: int) -> str:
    words = {
        "q": text,
        "kind": kind,
        "page": str(page) if page > 1 else "",
        "lang": request.args.get("lang", ""),
    }
    asked = urlencode({name: word for name, word in words.items() if word})
    return f"/exports?{asked}" if asked else "/exports"


def _row(export: Export, *, pictured: bool) -> Row:
    making = export.making
    now = current_editions()
    changed = [
        name for name, edition in making.editions.items() if name not in now or now[name].id != edition
    ]
    return Row(
        token=export.token,
        title=making.title,
        kind=gettext(KINDS[making.kind]),
        icon=ICONS[making.kind],
        format=making.format.upper(),
        pages=making.pages,
        size=_size(export.size),
        made_at=export.made_at,
        who=_who(export.who),
        fingerprint=making.fingerprint,
        there=export.there,
        demo=making.demo,
        words=tuple(asked_in_words(making.words)),
        editions=tuple((layer_title(name), edition) for name, edition in making.editions.items()),
        changed=tuple(layer_title(name) for name in changed),
        notes=making.notes,
        earlier=earlier(making),
        pictured=pictured and export.there,
        redo=redo_address(export, the_county().catalog),
    )


def _who(key: str) -> str:
    """“规划人员 · 全县” of a viewer's key."""
    role, _, scope = key.partition(".")
    title = str(gettext(next(ROLE_TITLES[name] for name in ROLES if name == role)))
    county = the_county()
    if role == "public":
        return title
    whole = scope == county.code
    return f"{title} · {told(county.divisions.whole, language()) if whole else place_name(county.areas.name_of(scope), language())}"


def _size(count: int) -> str:
    return f"{number(ratio(count, MB), 1)} MB" if count >= MB / 10 else f"{max(1, round(count / KB))} KB"
