"""What was exported: sheets, atlases and reports of this viewer, to be fetched, made again, or removed."""

from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from exports.kept import MOST_FILES, MOST_RECORDS, Export, kept_exports
from exports.versions import earlier
from geo.wording import number, ratio
from layers.language import N_, told
from layers.language.english import place_name
from layers.spec import ROLES
from layers.viewer import ROLE_TITLES
from webmap.pages.asked import asked_in_words, layer_title
from webmap.pages.blueprint import blueprint
from webmap.service import current_editions, the_county
from webmap.translations import language
from webmap.viewer import exporter, has_exported

KINDS = {"sheet": N_("单幅图"), "atlas": N_("图册"), "report": N_("报告")}
ICONS = {"sheet": "map", "atlas": "book-open", "report": "file-text"}
KB, MB = 1000, 1_000_000


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


@blueprint.get("/exports")
def exports() -> ResponseReturnValue:
    """The list, the newest first."""
    found = the_county().beside(kept_exports).of(exporter()) if has_exported() else ()
    return render_template(
        "exports.html",
        rows=[_row(export) for export in found],
        files=number(MOST_FILES),
        records=number(MOST_RECORDS),
    )


def _row(export: Export) -> Row:
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
