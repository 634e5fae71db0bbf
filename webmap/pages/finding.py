"""Finding an export again: every word that was typed stands in its title, area, theme, kind or day."""

from collections.abc import Iterable, Iterator
from datetime import date

from exports.kept import Export, Kind
from layers.language import N_
from layers.language.readings import fold
from layers.search.matching import match, plain
from webmap.service import the_county
from webmap.translations import gettext, language

KINDS: dict[Kind, str] = {"sheet": N_("单幅图"), "atlas": N_("图册"), "report": N_("报告")}


def found(exports: Iterable[Export], text: str, kind: str) -> list[Export]:
    """Those of a kind, empty for all, in which every word stands, as it is written or in pinyin; case and width do not matter."""
    words = fold(text).split()
    return [
        export
        for export in exports
        if kind in ("", export.making.kind) and (not words or _holds(_said(export), words))
    ]


def _holds(said: Iterable[str], words: list[str]) -> bool:
    texts = [plain(text) for text in said]
    return all(any(match(text, word) for text in texts) for word in words)


def _said(export: Export) -> Iterator[str]:
    """Everything by which an export may be looked for."""
    making, county = export.making, the_county()
    yield making.title
    yield making.fingerprint
    yield f"{gettext(KINDS[making.kind])} {making.format}"
    words = making.words
    if (theme := county.catalog.themes.get(words.get("theme", ""))) is not None:
        yield theme.title.get(language())
    codes = [code for name in ("code", "only") for code in words.get(name, "").split(",") if code] or [
        county.code
    ]
    for code in codes:
        yield f"{code} {''.join(step['name'] for step in county.areas.path(code)) or county.areas.name_of(code)}"
    yield from (words[name] for name in ("number", "maker") if name in words)
    for day in {making.made_on, date.fromisoformat(export.made_at[:10])}:
        yield f"{day} {day:%Y%m%d} {day.year}年{day.month}月{day.day}日"
