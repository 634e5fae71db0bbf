"""What stands on every page: title, language, navigation, whose eyes it is seen through."""

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from flask import request, url_for

from geo.errors import GovmapError
from layers.language import N_, told
from layers.language.english import place_name
from layers.spec import Language
from layers.viewer import ROLE_TITLES
from webmap.service import all_demo, some_demo, the_county, the_service
from webmap.translations import PARAMETER, browser_catalog, gettext, language
from webmap.viewer import current_viewer, switch_allowed

TEXT_COOKIE = "text"
TEXT_SIZES = ("large", "larger")
"""Sizes of text that may be chosen beside the normal one; the cookie makes the first paint right."""
NAVIGATION = (
    ("/", N_("地图"), "map"),
    ("/map/coverage", N_("覆盖分析"), "radar"),
    ("/map/disputes", N_("热点研判"), "activity"),
    ("/exports", N_("制图导出"), "printer"),
    ("/data", N_("数据"), "database"),
    ("/help", N_("帮助"), "circle-question-mark"),
)


HOME_THEME = "overview"
CARRIED = ("at", "sel", "code", "since", "until", "period", "v", "theme")
ASKED = "ask."
LEFT = "theme"
"""What a map page hands over to other pages (``static/js/core/carried.js``): words of its address, the questions of themes by
their names, and which theme was left."""


@dataclass(frozen=True)
class NavItem:
    url: str
    title: str
    icon: str
    current: bool


@dataclass(frozen=True)
class Page:
    """One page in one language; ``demo`` names the demonstration data in it, ``mixed`` when others are
    beside them, ``mark`` stands in the status line, ``text`` is the size of text that was chosen, "" for the normal one."""

    lang: Language
    title: str
    county: str
    demo: str
    mixed: bool
    switch: bool
    viewer: str
    mark: str
    nav: tuple[NavItem, ...]
    i18n: str | None
    zone: str
    text: str

    data_url = "/data"
    my_grid = "/map/my-grid"

    @property
    def home(self) -> str:
        """The map, as it was left for this page."""
        return map_url("/")

    @property
    def export_url(self) -> str:
        """The same with the export dialog open."""
        return f"{map_url('/')}#export"

    def language_url(self, wanted: Language) -> str:
        """This address in another language."""
        kept = {name: value for name, value in request.args.items() if name != PARAMETER}
        return f"{request.path}?{urlencode({**kept, PARAMETER: wanted}, safe=',:;~')}"


def current_page() -> Page:
    """The context of this request; safe to ask for even when the store cannot be read."""
    lang = language()
    settings = the_service().settings
    try:
        demo, switch = _demo(), switch_allowed()
        viewer, public = viewer_name(), current_viewer().role == "public"
    except GovmapError:
        demo, switch, viewer, public = "", False, gettext(ROLE_TITLES["public"]), True
    return Page(
        lang=lang,
        title=settings.title.get(lang),
        county=settings.county,
        demo=demo,
        mixed=bool(demo) and not all_demo(),
        switch=switch,
        viewer=viewer,
        mark=_mark(demo=demo, public=public),
        nav=tuple(
            NavItem(map_url(url), gettext(title), icon, _is_here(url)) for url, title, icon in NAVIGATION
        ),
        i18n=words_url(lang),
        zone=settings.time_zone,
        text=text_size(),
    )


def map_url(url: str, theme: str = "") -> str:
    """An address with what a map page handed over: where and when it was, what was chosen, and what was asked.

    ``/`` leads back to the theme that was left, unless that has an entry of its own; pages of text hand on all of it.
    """
    words = {name: word for name, word in request.args.items() if name in CARRIED or name.startswith(ASKED)}
    left = theme or words.get(LEFT, "")
    if url == "/":
        words.pop(LEFT, None)
        others = {address for address, _, _ in NAVIGATION if address.startswith("/map/")}
        known = left in the_county().catalog.themes if left else False
        url = f"/map/{left}" if known and f"/map/{left}" not in others and left != HOME_THEME else url
    elif url.startswith("/map/"):
        words.pop(LEFT, None)
        words |= dict(parse_qsl(words.pop(f"{ASKED}{url.removeprefix('/map/')}", "")))
    return f"{url}?{urlencode(words, safe=',:;~')}" if words else url


def text_size() -> str:
    """The size of text that this browser chose before; "" for the normal one."""
    chosen = request.cookies.get(TEXT_COOKIE, "")
    return chosen if chosen in TEXT_SIZES else ""


def viewer_name() -> str:
    """“规划人员 · 全县”."""
    viewer = current_viewer()
    title = str(gettext(ROLE_TITLES[viewer.role]))
    if viewer.role == "public":
        return title
    county = the_county()
    whole = viewer.scope == county.code
    return f"{title} · {told(county.divisions.whole, language()) if whole else place_name(county.areas.name_of(viewer.scope), language())}"


def words_url(lang: Language) -> str | None:
    """Address of the words that the scripts use; Chinese needs none."""
    if lang == "zh":
        return None
    return url_for("pages.words", lang=lang, digest=browser_catalog(lang)[0])


def _demo() -> str:
    """The mark of demonstration data: on everything, on part of it, or none."""
    if all_demo():
        return str(gettext("演示数据"))
    return str(gettext("含演示数据")) if some_demo() else ""


def _mark(*, demo: str, public: bool) -> str:
    parts = [demo] if demo else []
    if not public:
        parts.append(gettext("内部用图"))
    return " · ".join(parts)


def _is_here(url: str) -> bool:
    """The map entry stands for every theme that has no entry of its own."""
    if url != "/":
        return request.path == url or request.path.startswith(f"{url}/")
    others = {address for address, _, _ in NAVIGATION if address != "/"}
    return request.path == "/" or (request.path.startswith("/map/") and request.path not in others)
