"""The question of a link: saved scenarios, services, the words of the planner's page."""


from flask_babel import gettext

from geo.errors import GovmapError
from layers.planning.services import THEME, is_service
from layers.planning.usual import usual_plan
from layers.scenarios import TOKEN
from webmap.api.coverage import CoverageQuery
from webmap.links.parts import Link, closed, short
from webmap.service import the_county
from webmap.translations import error_text
from webmap.viewer import current_viewer



def scenarios(link: Link) -> None:
    """Saved scenarios: one that is opened, two that are compared."""
    if link.theme.id != THEME:
        return
    token = link.words.get("scenario", "")
    if token and not _saved(token):
        link.drop("scenario", gettext("链接里的方案已删除或链接不完整，按现状打开"))
    pair = link.words.get("compare", "")
    if pair and not all(_saved(one) for one in pair.split(",")):
        link.drop("compare", gettext("链接里要比较的方案已删除或链接不完整，没有比较"))


def plan(link: Link) -> None:
    """The words of a coverage question, each by itself."""
    if link.theme.id != THEME:
        return
    _services(link)
    for name in CoverageQuery.names():
        word = link.words.get(name, "")
        if not word or name in ("services", "code"):
            continue
        try:
            usual_plan(the_county().planning, current_viewer(), {name: word})
        except GovmapError as error:
            if error.code == "services-empty":
                return
            why = gettext("链接里的条件 {name}={word} 没有用上：{why}")
            link.drop(name, why.format(name=name, word=short(word), why=error_text(error)).rstrip("。"))


def _services(link: Link) -> None:
    """Layers that can be asked about as services, and whose places this viewer sees."""
    text, county = link.words.get("services", ""), the_county()
    kept = []
    for one in text.split(",") if text else ():
        spec = county.catalog.layers.get(one)
        if spec is None or not is_service(spec):
            link.say("services", gettext("链接里的服务 {layer} 已不存在").format(layer=short(one)))
        elif county.door.access(spec, current_viewer()) != "exact":
            link.say("services", closed(spec))
        else:
            kept.append(one)
    if text:
        link.put("services", kept)


def _saved(token: str) -> bool:
    if not TOKEN.fullmatch(token):
        return False
    try:
        the_county().scenarios.get(token)
    except GovmapError:
        return False
    return True
