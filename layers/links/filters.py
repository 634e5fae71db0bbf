"""The conditions of a link: days and periods, layers, filters by field, the table and its order."""

import re
from datetime import date

from geo.errors import FilterError, GovmapError
from geo.phrases import Clause, Phrase, say
from layers.disclosure import RowFilter
from layers.disclosure.tables import PLACE
from layers.language.lists import separated
from layers.links.parts import Link, closed, short
from layers.spec import FieldSpec, LayerSpec

NONE = "none"
FIELD = re.compile(r"f\.([a-z0-9-]+)\.([a-z0-9_]+)")
PERIOD = re.compile(r"\d{4}(Q[1-4])?")
LISTS = ("layers", "heat", "all")
TEXT = "q"


def days(link: Link) -> None:
    """Days that there are, in their order."""
    for name in ("since", "until"):
        text = link.words.get(name, "")
        if text and not _is_day(text):
            link.drop(name, say("链接里的日期 {day} 不存在，没有按它筛选", day=short(text)))
    since, until = link.words.get("since"), link.words.get("until")
    if since and until and since > until:
        link.words["since"], link.words["until"] = until, since
        link.tell(
            "since",
            say("链接里的起止日期写反了（{since} 在 {until} 之后），已对调", since=since, until=until),
        )


def period(link: Link) -> None:
    """A quarter or year, and where counts are published one that is."""
    text, county = link.words.get("period", ""), link.county
    if not text:
        return
    spec = county.catalog.layers.get(link.theme.time or "")
    published = spec is not None and county.door.access(spec, link.viewer) == "counts"
    known = county.door.periods(spec.id) if spec and published and county.store.current(spec.id) else None
    if not PERIOD.fullmatch(text) or (known is not None and text not in known):
        link.drop("period", say("链接里的时段 {period} 没有公布，显示最近一期", period=short(text)))


def layers(link: Link) -> None:
    """Layers that are on, hidden in part, shown whole or as a density."""
    for part in LISTS:
        text = link.words.get(part, "")
        if not text or text == NONE:
            continue
        link.put(part, [one for one in text.split(",") if link.layer(part, one)])
        if part == "layers" and part not in link.words and not _all_gone(link, text):
            link.words[part] = NONE
    text = link.words.get("hide", "")
    if text:
        link.put("hide", [one for one in text.split(",") if link.layer("hide", one.partition(":")[0])])


def _all_gone(link: Link, text: str) -> bool:
    """Whether nothing of a list is a layer any more: then the theme shows what it usually does."""
    return not any(one in link.county.catalog.layers for one in text.split(","))


def fields(link: Link) -> None:
    """Filters by field."""
    for name, text in list(link.words.items()):
        found = FIELD.fullmatch(name)
        if found is None and name.startswith("f."):
            link.drop(name, say("链接里的筛选 {name} 不认识，没有用上", name=short(name)))
        spec = link.layer(name, found[1]) if found else None
        why = _refused(link, spec, found[2], text) if found and spec else None
        if why is not None:
            link.drop(name, why)


def _refused(link: Link, spec: LayerSpec, name: str, text: str) -> Phrase | None:
    """Why a filter cannot be used; None where it can."""
    known = {one.name: one for one in link.county.door.fields(spec, link.viewer)}
    counts = link.county.door.access(spec, link.viewer) == "counts"
    if counts or (name != TEXT and name not in known and spec.has(name)):
        return closed(spec)
    if name == TEXT:
        return None
    if name not in known:
        return say("链接里的筛选 {layer} · {field} 已不存在，没有用上", layer=spec.title, field=short(name))
    return _unknown(link, spec, known[name], text)


def _unknown(link: Link, spec: LayerSpec, field: FieldSpec, text: str) -> Phrase | None:
    """Why values of a field cannot be; None where one can."""
    values = separated(text)
    codes = link.county.catalog.codes_of(field)
    if codes is not None and not {*codes.values(), ""} & set(values):
        return say(
            "链接里的筛选 {layer} · {field} 没有“{value}”这一项，没有用上",
            layer=spec.title, field=field.title, value=short(text),
        )  # fmt: skip
    try:
        link.county.door.rows(spec.id, link.viewer, RowFilter(fields=((field.name, values),)))
    except FilterError as error:
        return say("链接里的筛选没有用上：{why}", why=clause(error))
    except GovmapError:
        return None  # without data there is nothing to filter
    return None


def table(link: Link) -> None:
    """The table that is open, and the column by which it is sorted."""
    text, sort = link.words.get("table", ""), link.words.get("sort", "")
    spec = link.layer("table", text) if text else None
    if spec is None:
        link.words.pop("sort", None)
        return
    known = {PLACE, *(one.name for one in link.county.door.fields(spec, link.viewer))}
    if sort and sort.lstrip("-") not in known:
        link.drop("sort", say("链接里的排序 {sort} 已不存在，按原来的顺序", sort=short(sort)))


def scope(link: Link) -> None:
    """Rows that lie in the area of the link but not in that of the viewer: the layer is left out, and for whom it is."""
    code, county, viewer = link.words.get("code", ""), link.county, link.viewer
    if not code:
        return
    shown = link.words.get("layers", "")
    usual = [one.id for group in link.theme.groups for one in group.layers if one.visible]
    on = [one for one in shown.split(",") if one and one != NONE] if shown else usual
    out = [one for one in on if county.door.seen(county.catalog.layer(one), viewer, code) == "none"]
    for one in out:
        link.tell(
            "layers",
            say(
                "{layer}只看得到{scope}，{area}的没有打开",
                layer=county.catalog.layer(one).title,
                scope=county.areas.name_of(viewer.scope),
                area=county.areas.name_of(code),
            ),
        )
    if out:
        link.words["layers"] = ",".join(one for one in on if one not in out) or NONE


def clause(error: GovmapError) -> Phrase:
    """What an error says, to stand within a sentence."""
    return Clause(error.template, error.params)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == 10
