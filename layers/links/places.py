"""The places of a link: its area, what is selected, where the map is."""

from geo.errors import GovmapError
from geo.phrases import say
from layers.areas import Area
from layers.links.parts import ROWS, Instead, Link, short

Bounds = tuple[float, float, float, float]
DECIMALS = 7


def area(link: Link) -> None:
    """The area whose rows are shown."""
    code = link.words.get("code", "")
    if code and not link.county.areas.known(code):
        _gone(link, "code", code)


def position(link: Link) -> None:
    """Latitude, longitude, zoom."""
    text = link.words.get("at", "")
    if text and not _is_position(text):
        whole = link.county.divisions.whole
        link.drop("at", say("链接里的位置 {at} 不对，从{whole}看起", at=short(text), whole=whole))


def selection(link: Link) -> Bounds | None:
    """What is selected; its bounds where it is there and has a place."""
    layer_id, _, key = link.words.get("sel", "").partition(":")
    if not layer_id:
        return None
    areas = link.county.areas
    if layer_id not in link.county.divisions.layers:
        return _record(link, layer_id, key)
    if areas.known(key):
        return areas.bounds(key)
    _gone(link, "sel", key)
    return None


def _record(link: Link, layer_id: str, key: str) -> Bounds | None:
    """The same of a row that is no division."""
    spec = link.layer("sel", layer_id, records=True)
    if spec is None:
        return None
    try:
        given = link.county.door.rows(layer_id, link.viewer)
        at = given.keys().index(key)
    except (GovmapError, ValueError):
        words = {"layer": spec.title, "key": short(key)}
        scoped = link.county.door.access(spec, link.viewer) in ROWS and spec.access.public != "exact"
        if scoped:
            link.drop("sel", say("链接里的{layer} {key} 已不在数据里，或不在这个身份的查看范围", **words))
        else:
            link.drop("sel", say("链接里的{layer} {key} 已不在数据里", **words))
        return None
    shape = given.rows["geometry"].iloc[at] if "geometry" in given.rows.columns else None
    if shape is None or shape.is_empty:
        return None
    west, south, east, north = (round(float(edge), DECIMALS) for edge in shape.bounds)
    return west, south, east, north


def _gone(link: Link, part: str, code: str) -> None:
    """A code that is no division's: another county's, one that has a successor, or one that is no more."""
    county = link.county
    said = {"code": short(code), "whole": county.divisions.whole}
    if not code.startswith(county.code):
        name = county.settings.name
        return link.drop(part, say("链接里的区划 {code} 不在{county}，显示{whole}", county=name, **said))
    register = county.areas.register()
    new = register.successor(code)
    if new is not None:
        why = say("链接里的区划 {code} 已改为 {new} {name}，显示{whole}", new=new.code, name=new.name, **said)
        return link.drop(part, why, _to(part, new))
    around = [one for one in register.path_of(code) if one.code != county.code]
    why = say("链接里的区划 {code} 已撤并或不存在，显示{whole}", **said)
    return link.drop(part, why, _to(part, around[-1]) if around else None)


def _to(part: str, to: Area) -> Instead:
    word = to.code if part == "code" else f"{to.layer}:{to.code}"
    return Instead(say("看{name}", name=to.name), {part: word})


def _is_position(text: str) -> bool:
    try:
        lat, lng, zoom = (float(part) for part in text.split(","))
    except ValueError:
        return False
    return abs(lat) <= 85 and abs(lng) <= 180 and 0 <= zoom <= 22
