"""The question of a link: saved scenarios, services, the words of the planner's page."""

from geo.errors import GovmapError, NoServicesError
from geo.phrases import say
from layers.links.filters import clause
from layers.links.parts import Link, closed, short
from layers.planning.services import THEME, is_service
from layers.planning.usual import usual_plan

WORDS = ("within", "match", "mode", "travel", "detour", "demand", "by", "place", "capacity", "snap", "link")
"""Words of a coverage question that hold or do not by themselves."""


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
    """The words of a coverage question, each by itself."""
    if link.theme.id != THEME:
        return
    _services(link)
    for name in WORDS:
        word = link.words.get(name, "")
        try:
            if word:
                usual_plan(link.county.planning, link.viewer, {name: word})
        except NoServicesError:
            return
        except GovmapError as error:
            why = say(
                "链接里的条件 {name}={word} 没有用上：{why}", name=name, word=short(word), why=clause(error)
            )
            link.drop(name, why)


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
