"""The conditions of a link: days and periods, layers, filters by field, the table and its order."""

import re
from datetime import date

from flask_babel import gettext

from geo.errors import FilterError, GovmapError
from layers.disclosure import RowFilter
from layers.disclosure.tables import PLACE
from layers.spec import LayerSpec
from webmap.links.parts import Link, closed, layer_for, short, title
from webmap.service import current_editions, the_county
from webmap.translations import error_text, language
from webmap.viewer import current_viewer

NONE = "none"
FIELD = re.compile(r"f\.([a-z0-9-]+)\.([a-z0-9_]+)")
PERIOD = re.compile(r"\d{4}(Q[1-4])?")
LISTS = ("layers", "heat", "all")
TEXT = "q"


def days(link: Link) -> None:
    """Days that there are, in their order."""
    for name in ("since", "until"):
        text = link.words.get(name, "")
        if text and _day(text) is None:
            link.drop(name, gettext("链接里的日期 {day} 不存在，没有按它筛选").format(day=short(text)))
    since, until = link.words.get("since"), link.words.get("until")
    if since and until and since > until:
        link.words["since"], link.words["until"] = until, since
        why = gettext("链接里的起止日期写反了（{since} 在 {until} 之后），已对调")
        link.say("since", why.format(since=since, until=until))


def period(link: Link) -> None:
    """A quarter or year, and where counts are published one that is."""
    text = link.words.get("period", "")
    if not text:
        return
    spec = the_county().catalog.layers.get(link.theme.time or "")
    published = spec is not None and the_county().door.access(spec, current_viewer()) == "counts"
    known = the_county().door.periods(spec.id) if spec and published and spec.id in current_editions() else None
    if not PERIOD.fullmatch(text) or (known is not None and text not in known):
        link.drop("period", gettext("链接里的时段 {period} 没有公布，显示最近一期").format(period=short(text)))


def layers(link: Link) -> None:
    """Layers that are on, hidden in part, shown whole or as a density."""
    for part in LISTS:
        text = link.words.get(part, "")
        if text and text != NONE:
            link.put(part, [one for one in text.split(",") if layer_for(link, part, one) is not None])
            if part == "layers" and part not in link.words and not _all_gone(text):
                link.words[part] = NONE
    text = link.words.get("hide", "")
    if text:
        link.put("hide", [one for one in text.split(",") if layer_for(link, "hide", one.partition(":")[0])])


def _all_gone(text: str) -> bool:
    """Whether nothing of a list is a layer any more: then the theme shows what it usually does."""
    return not any(one in the_county().catalog.layers for one in text.split(","))


def fields(link: Link) -> None:
    """Filters by field."""
    for name, text in list(link.words.items()):
        found = FIELD.fullmatch(name)
        if found is None:
            if name.startswith("f."):
                link.drop(name, gettext("链接里的筛选 {name} 不认识，没有用上").format(name=short(name)))
            continue
        spec = layer_for(link, name, found[1])
        if spec is not None:
            _field(link, name, spec, found[2], text)


def _field(link: Link, name: str, spec: LayerSpec, field: str, text: str) -> None:
    county, viewer = the_county(), current_viewer()
    counts = county.door.access(spec, viewer) == "counts"
    known = {one.name: one for one in county.door.fields(spec, viewer)}
    if counts or (field != TEXT and field not in known):
        if counts or spec.has(field):
            return link.drop(name, closed(spec))
        why = gettext("链接里的筛选 {layer} · {field} 已不存在，没有用上")
        return link.drop(name, why.format(layer=title(spec), field=short(field)))
    if field == TEXT:
        return None
    values = tuple(text.split(","))
    codes = county.catalog.codes_of(known[field])
    if codes is not None and not {*codes.values(), ""} & set(values):
        why = gettext("链接里的筛选 {layer} · {field} 没有“{value}”这一项，没有用上")
        return link.drop(name, why.format(layer=title(spec), field=known[field].title.get(language()), value=short(text)))
    try:
        county.door.rows(spec.id, viewer, RowFilter(fields=((field, values),)))
    except FilterError as error:
        why = gettext("链接里的筛选没有用上：{why}").format(why=error_text(error))
        return link.drop(name, why.rstrip("。"))
    except GovmapError:
        return None  # without data there is nothing to filter
    return None


def table(link: Link) -> None:
    """The table that is open, and the column by which it is sorted."""
    text, sort = link.words.get("table", ""), link.words.get("sort", "")
    if not text:
        link.words.pop("sort", None)
        return
    spec = layer_for(link, "table", text)
    if spec is None:
        link.words.pop("sort", None)
        return
    known = {PLACE, *(one.name for one in the_county().door.fields(spec, current_viewer()))}
    if sort and sort.lstrip("-") not in known:
        link.drop("sort", gettext("链接里的排序 {sort} 已不存在，按原来的顺序").format(sort=short(sort)))


def scope(link: Link) -> None:
    """Rows that lie in the area of the link but not in that of the viewer: the layer is left out, and for whom it is."""
    code, county, viewer = link.words.get("code", ""), the_county(), current_viewer()
    if not code:
        return
    shown = link.words.get("layers")
    usual = [one.id for group in link.theme.groups for one in group.layers if one.visible]
    on = [] if shown == NONE else shown.split(",") if shown else usual
    out = [one for one in on if county.door.seen(county.catalog.layer(one), viewer, code) == "none"]
    for one in out:
        why = gettext("{layer}只看得到{scope}，{area}的没有打开")
        names = {"scope": county.areas.name_of(viewer.scope), "area": county.areas.name_of(code)}
        link.say("layers", why.format(layer=title(county.catalog.layer(one)), **names))
    if out:
        link.words["layers"] = ",".join(one for one in on if one not in out) or NONE


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
