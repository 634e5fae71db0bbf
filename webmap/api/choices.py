"""What can be chosen for a sheet, in the language of the reader."""

from datetime import date
from typing import TYPE_CHECKING, Any, get_args

import shapely

from exports.sheets.atlas import atlas_pages, atlas_plan
from exports.sheets.content import layers_of
from exports.sheets.ground import Ground
from exports.sheets.lawful import MAY_CONFIRM
from exports.sheets.papers import PAPERS, Layout, Orientation, PaperId, layout
from exports.sheets.plan import MOST_TITLE, SheetPlan, usual_parts
from exports.sheets.scale import MM_PER_M, Bounds, best_scale, room, round_scales
from geo.errors import ForbiddenError, UnknownEditionError
from layers.disclosure import Viewer
from layers.language import N_
from layers.language.tongue import Tongue
from layers.reports.counts import Disputes
from layers.reports.periods import Period, Span
from layers.reports.plans import Kind
from layers.reports.signed import MOST_MAKER, MOST_NUMBER
from webmap.translations import gettext, language

if TYPE_CHECKING:
    from layers.county import County

PAPER_TITLES: dict[PaperId, str] = {"A4": "A4", "A3": "A3", "slide": N_("幻灯片"), "figure": N_("报告插图")}
PART_TITLES = {
    "legend": N_("图例"),
    "histogram": N_("直方图"),
    "locator": N_("位置图"),
    "names": N_("乡镇名"),
    "village-names": N_("村名"),
    "point-names": N_("设施名"),
    "graticule": N_("经纬网"),
    "km-grid": N_("公里格网"),
    "grids": N_("治理网格"),
    "li": N_("里程尺"),
    "mu": N_("亩样块"),
}
REPORTS: dict[Kind, tuple[str, str, tuple[str, ...]]] = {
    "governance": (
        N_("治理情况报告"),
        N_("一月、一季或一年的纠纷和集体经济，与上期和上年同期相比。"),
        (
            N_("先写变化最大的"),
            N_("矛盾纠纷：件数、分布、化解、热点"),
            N_("集体经济"),
            N_("附表和插图，每个数写期和源"),
        ),
    ),
    "coverage": (
        N_("服务覆盖报告"),
        N_("多少人在阈值以内，哪些村没有覆盖。服务和阈值是覆盖分析页面上的，从别处打开时是它的默认值。"),
        (N_("合计和各乡镇的覆盖率"), N_("没有覆盖的村"), N_("覆盖图和口径说明")),
    ),
    "profile": (
        N_("区域情况"),
        N_("一个乡镇、村或网格的人口、设施、产业和纠纷。"),
        (N_("主要数字"), N_("服务设施"), N_("产业和纠纷"), N_("下辖各村一览")),
    ),
}
"""Kind → title, what it is about, what stands in it."""
SHOWN_PERIODS: dict[Span, int] = {"quarter": 6, "month": 12, "year": 2}
CLEARLY = 1.02
"""An area that could be drawn so much larger the other way had better be."""
SHOWN_SCALES = (2, 5)
"""Round scales that are offered: so many that do not fit any more, and so many that do."""


def choices(county: "County", viewer: Viewer, plan: SheetPlan, *, by: str = "") -> dict[str, Any]:
    """Papers, scales and which fit, how the area lies on the paper either way, layers, parts, areas; with ``by`` the
    pages of an atlas.

    Raises:
        UnknownAreaError: the area has no shape. What ``atlas_pages`` raises.
    """
    found: dict[str, Any] = {
        "title_most": MOST_TITLE,
        "papers": [_paper(name, title) for name, title in PAPER_TITLES.items()],
        "parts": [
            {"id": part, "title": gettext(title), "usual": part in usual_parts(plan.paper)}
            for part, title in PART_TITLES.items()
        ],
        "areas": areas(county, plan.code),
        "layers": layers(county, viewer, plan),
        "scales": scales(county, viewer, plan),
        "turns": turns(county, viewer, plan),
        "may_confirm": viewer.role in MAY_CONFIRM,
    }
    if by:
        found["atlas"] = {"by": by, "pages": _pages(county, plan, by)}
    return found


def report_choices(county: "County", viewer: Viewer, today: date, code: str) -> dict[str, Any]:
    """Kinds of reports that the viewer can have with what stands in each, their periods, and the areas of a profile
    around the one of ``code``."""
    periods = _periods(county, viewer, today)
    return {
        "kinds": [
            {
                "id": kind,
                "title": gettext(title),
                "about": gettext(about),
                "contents": [gettext(line) for line in contents],
                "periods": periods if kind == "governance" else [],
                "area": kind == "profile",
            }
            for kind, (title, about, contents) in REPORTS.items()
            if periods or kind != "governance"
        ],
        "areas": below(county, code),
        "may_sign": viewer.role != "public",
        "most_number": MOST_NUMBER,
        "most_maker": MOST_MAKER,
        "maker": county.settings.title.get(language()),
    }


def _periods(county: "County", viewer: Viewer, today: date) -> list[dict[str, str]]:
    """Whole quarters, months and years that have passed and that the viewer can have a report of, the newest first."""
    try:
        disputes = Disputes(county.door, viewer)
    except (ForbiddenError, UnknownEditionError):
        return []
    month = today.year * 12 + today.month - 1
    counts = {"quarter": month // 3, "month": month, "year": today.year}
    tongue = Tongue(language())
    return [
        {"id": period.text, "title": tongue.period(period.text)}
        for span, shown in SHOWN_PERIODS.items()
        for period in disputes.newest(Period(span, counts[span] - 1), shown)
    ]


def areas(county: "County", code: str) -> list[dict[str, str]]:
    """The county, then what lies below it."""
    named = county.areas.register().areas.get(county.code)
    if named is None:
        return below(county, code)
    whole = county.settings.name
    name = whole.get(language()) if named.name == whole.zh else named.name
    return [{"code": county.code, "name": name}, *below(county, code)]


def below(county: "County", code: str) -> list[dict[str, str]]:
    """The townships, and below each step on the way to the area that is chosen what it is divided into."""
    register, whole, divisions = county.areas.register(), county.code, county.divisions
    codes = set(register.within(whole, divisions.child(divisions.top)))
    for step in county.areas.path(code):
        level = divisions.named(step["level"])
        codes |= {step["code"], *register.within(step["code"], divisions.child(level))}
    return [{"code": one, "name": register.areas[one].name} for one in sorted(codes - {whole})]


def layers(county: "County", viewer: Viewer, plan: SheetPlan) -> list[dict[str, Any]]:
    """The layers of the theme that this viewer may see and that have data, those of other themes that were asked for
    after them, and whether each is drawn."""
    drawn = layers_of(county, plan)
    known, door = county.store.currents(), county.door
    specs = [
        county.catalog.layer(one)
        for one in dict.fromkeys((*county.catalog.theme(plan.theme).layer_ids(), *drawn))
    ]
    return [
        {"id": spec.id, "title": spec.title.get(language()), "on": spec.id in drawn}
        for spec in specs
        if spec.id in known and door.access(spec, viewer) != "none"
    ]


def turns(county: "County", viewer: Viewer, plan: SheetPlan) -> list[dict[str, Any]]:
    """How the area lies in the map frame of the paper in each orientation: the round scale, the share of the frame that
    its bounds take when they just fit, and whether it could be drawn larger this way, which the next round scale may
    hide; nothing where the paper does not turn."""
    outline = _outline(county, viewer, plan)
    if outline is None or not PAPERS[plan.paper].turns:
        return []
    places = {one: layout(plan.paper, one) for one in get_args(Orientation)}
    least = {one: _least(outline.bounds, place) for one, place in places.items()}
    found = [_turn(outline.bounds, place, one, least[one]) for one, place in places.items()]
    first, second = sorted((exact, orientation) for orientation, exact in least.items())
    return [
        turn | {"better": turn["orientation"] == first[1] and second[0] > first[0] * CLEARLY}
        for turn in found
    ]


def _least(bounds: Bounds, place: Layout) -> float:
    """N of the largest 1:N at which an area fits, rounded or not."""
    west, south, east, north = bounds
    width, height = room(place.map, place.clear)
    return max((east - west) / width, (north - south) / height) * MM_PER_M


def _turn(bounds: Bounds, place: Layout, orientation: str, least: float) -> dict[str, Any]:
    """One orientation: the largest round scale that fits, and how much of the frame an area takes that just fits."""
    west, south, east, north = bounds
    used = (east - west) * (north - south) * (MM_PER_M / least) ** 2
    share = round(used / (place.map.width * place.map.height), 4)
    return {"orientation": orientation, "scale": best_scale(bounds, place.map, place.clear), "share": share}


def _outline(county: "County", viewer: Viewer, plan: SheetPlan) -> Any:
    """The area of a sheet in metres, None where its shape is not known."""
    outline = county.beside(Ground).outline(plan.code or viewer.scope or county.code)
    return None if outline is None or shapely.is_empty(outline) else outline


def scales(county: "County", viewer: Viewer, plan: SheetPlan) -> list[dict[str, Any]]:
    """Round scales from those that are just too large to smaller ones, and whether the area fits the paper at each."""
    outline = _outline(county, viewer, plan)
    if outline is None:
        return []
    place = layout(plan.paper, plan.orientation)
    every = list(round_scales())
    best = every.index(best_scale(outline.bounds, place.map, place.clear))
    before, after = SHOWN_SCALES
    return [
        {"scale": scale, "fits": at >= best}
        for at, scale in enumerate(every)
        if best - before <= at < best + after
    ]


def _paper(name: PaperId, title: str) -> dict[str, Any]:
    paper = PAPERS[name]
    size = {"width": paper.width, "height": paper.height}
    return {"id": name, "title": gettext(title), **size, "turns": paper.turns}


def _pages(county: "County", plan: SheetPlan, by: str) -> list[dict[str, Any]]:
    pages = atlas_pages(county, atlas_plan(plan.query() | {"atlas": by}, county))
    return [{"number": page.number, "code": page.code, "name": page.name} for page in pages]
