"""The question of a link: saved scenarios, services, the words of the planner's page and of the hot spots'."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import get_args

from geo.decays import Decay
from geo.errors import GovmapError, NoServicesError
from geo.phrases import say
from layers.links.filters import clause
from layers.links.parts import Link, closed, short
from layers.planning.plans import COVERAGE_LEFT_OUT, HOTSPOTS_LEFT_OUT, choice, hotspot_plan
from layers.planning.services import THEME, is_service
from layers.planning.usual import siting_plan, usual_plan

Reads = Callable[[Link, str, str], object]
"""Raises GovmapError for a word that cannot be."""
COVERAGE = ("within", *COVERAGE_LEFT_OUT, "place", "capacity", "snap", "link")


def scenarios(link: Link) -> None:
    """Saved scenarios: one that is opened, two that are compared."""
    if link.theme.id != THEME:
        return
    token = link.words.get("scenario", "")
    if token and not _saved(link, token):
        link.drop("scenario", say("链接里的方案已删除或链接不完整，按现状打开"))
    pair = link.words.get("compare", "")
    if pair and not all(_saved(link, one) for one in pair.split(",")):
        link.drop("compare", say("链接里要比较的方案已删除或链接不完整，没有比较"))
        link.words.pop("swipe", None)


def plan(link: Link) -> None:
    """The words of a theme's question, each by itself."""
    if link.theme.id == THEME:
        _services(link)
        _closed(link)
    for names, reads in READERS.get(link.theme.id, ()):
        for name in names:
            word = link.words.get(name, "")
            try:
                if word:
                    reads(link, name, word)
            except NoServicesError:
                return
            except GovmapError as error:
                said = {"name": name, "word": short(word), "why": clause(error)}
                link.drop(name, say("链接里的条件 {name}={word} 没有用上：{why}", **said))


def _usual(link: Link, name: str, word: str) -> None:
    usual_plan(link.county.planning, link.viewer, {name: word})


def _sought(link: Link, name: str, word: str) -> None:
    goal, _, prefer = word.partition(":")  # max-cover:equity
    words = {"objective": goal, "prefer": prefer} if name == "objective" else {name: word}
    siting_plan(link.county.planning, link.viewer, words)


def _spots(_link: Link, name: str, word: str) -> None:
    hotspot_plan({name: word})


def _one_of(choices: tuple[str, ...]) -> Reads:
    return lambda _link, name, word: choice(word, choices, name)


READERS: Mapping[str, tuple[tuple[tuple[str, ...], Reads], ...]] = MappingProxyType(
    {
        THEME: (
            (COVERAGE, _usual),
            (("add", "objective", "candidates"), _sought),
            (("show",), _one_of(("reach", "access"))),
            (("decay",), _one_of(get_args(Decay))),
        ),
        "disputes": (
            (tuple(HOTSPOTS_LEFT_OUT), _spots),
            (("show",), _one_of(("spots", "density", "compare", "off"))),
            (("cases",), _one_of(("none", "chosen", "view"))),
        ),
    }
)
"""By theme: words of its question that hold or do not by themselves, and who reads them."""


def _closed(link: Link) -> None:
    """Centres that are supposed closed, as far as they are there."""
    text = link.words.get("close", "")
    kept = [one for one in text.split(";") if one and _is_there(link, *one.partition(":")[::2])]
    if text and kept != text.split(";"):
        link.tell("close", say("链接里假设关闭的服务点有的已不存在，没有算在内"))
        link.put("close", [";".join(kept)])


def _is_there(link: Link, layer: str, key: str) -> bool:
    spec = link.county.catalog.layers.get(layer)
    if spec is None or not is_service(spec) or link.county.door.access(spec, link.viewer) != "exact":
        return False
    return bool((link.county.door.rows(layer, link.viewer).rows[spec.key] == key).any())


def _services(link: Link) -> None:
    """Layers that can be asked about as services, and whose places this viewer sees."""
    text, county = link.words.get("services", ""), link.county
    kept = []
    for one in text.split(",") if text else ():
        spec = county.catalog.layers.get(one)
        if spec is None or not is_service(spec):
            link.tell("services", say("链接里的服务 {layer} 已不存在", layer=short(one)))
        elif county.door.access(spec, link.viewer) != "exact":
            link.tell("services", closed(spec))
        else:
            kept.append(one)
    if text:
        link.put("services", kept)


def _saved(link: Link, token: str) -> bool:
    try:
        link.county.scenarios.get(token)
    except GovmapError:
        return False
    return True
