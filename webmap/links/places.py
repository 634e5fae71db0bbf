"""The places of a link: its area, what is selected, where the map is."""

from flask_babel import gettext

from geo.errors import GovmapError
from layers.areas.register import Area
from layers.disclosure.door import ALL
from webmap.links.parts import Instead, Link, layer_for, short, title, whole
from webmap.service import current_editions, the_county
from webmap.viewer import current_viewer

Bounds = tuple[float, float, float, float]
DECIMALS = 7
SCOPED = ("exact", "grid")


def area(link: Link) -> None:
    """The area whose rows are shown."""
    code = link.words.get("code", "")
    if code and not the_county().areas.known(code):
        _gone(link, "code", code)


def position(link: Link) -> None:
    """Latitude, longitude, zoom."""
    text = link.words.get("at", "")
    if text and not _is_position(text):
        link.drop("at", gettext("链接里的位置 {at} 不对，从{whole}看起").format(at=short(text), whole=whole()))


def selection(link: Link) -> Bounds | None:
    """What is selected; its bounds where it is there."""
    text = link.words.get("sel", "")
    if not text:
        return None
    layer_id, _, key = text.partition(":")
    county = the_county()
    if layer_id in county.divisions.layers:
        if county.areas.known(key):
            return county.areas.bounds(key)
        _gone(link, "sel", key)
        return None
    spec = layer_for(link, "sel", layer_id, records=True)
    if spec is None:
        return None
    found = _place_of(layer_id, key) if spec.id in current_editions() else None
    if found is None:
        seen = county.door.access(spec, current_viewer()) in SCOPED and spec.access.public != "exact"
        why = gettext("链接里的{layer} {key} 已不在数据里，或不在这个身份的查看范围") if seen else gettext("链接里的{layer} {key} 已不在数据里")
        link.drop("sel", why.format(layer=title(spec), key=short(key)))
        return None
    return found or None


def _place_of(layer_id: str, key: str) -> Bounds | tuple[()] | None:
    """Bounds of a record, none for one without a place; None where there is no such record for this viewer."""
    try:
        given = the_county().door.rows(layer_id, current_viewer(), ALL)
    except GovmapError:
        return None
    keys = given.keys()
    if key not in keys:
        return None
    shape = given.rows["geometry"].iloc[keys.index(key)] if "geometry" in given.rows.columns else None
    if shape is None or shape.is_empty:
        return ()
    west, south, east, north = (round(float(edge), DECIMALS) for edge in shape.bounds)
    return west, south, east, north


def _gone(link: Link, part: str, code: str) -> None:
    """A code that is no division's: another county's, one that has a successor, or one that is no more."""
    county = the_county()
    said = {"code": short(code), "whole": whole(), "county": county.areas.name_of(county.code)}
    if not code.startswith(county.code):
        why = gettext("链接里的区划 {code} 不在{county}，显示{whole}")
        return link.drop(part, why.format(**said))
    register = county.areas.register()
    new = register.successor(code)
    if new is not None:
        why = gettext("链接里的区划 {code} 已改为 {new} {name}，显示{whole}").format(new=new.code, name=new.name, **said)
        return link.drop(part, why, _to(part, new))
    around = register.path_of(code)
    near = around[-1] if around and around[-1].code != county.code else None
    why = gettext("链接里的区划 {code} 已撤并或不存在，显示{whole}").format(**said)
    return link.drop(part, why, _to(part, near) if near else None)


def _to(part: str, to: Area) -> Instead:
    word = to.code if part == "code" else f"{to.layer}:{to.code}"
    return Instead(gettext("看{name}").format(name=to.name), {part: word})


def _is_position(text: str) -> bool:
    try:
        lat, lng, zoom = (float(part) for part in text.split(","))
    except ValueError:
        return False
    return abs(lat) <= 85 and abs(lng) <= 180 and 0 <= zoom <= 22
