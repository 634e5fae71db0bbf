"""What the footer says: where the data come from, how they were classed, in which coordinates, by whom and when."""

from datetime import date
from typing import TYPE_CHECKING

from geo.crs import zone_of
from webmap.sheets import lawful
from webmap.sheets.content import Content
from webmap.sheets.plan import SheetPlan
from webmap.sheets.tongue import Tongue

if TYPE_CHECKING:
    from webmap.house import House


def imprint(
    house: "House", plan: SheetPlan, content: Content, made_on: date, fingerprint: str
) -> tuple[list[str], list[str]]:
    """Paragraphs for the left and lines for the right of the footer."""
    tongue = Tongue(plan.lang)
    left = [sources(content, tongue)]
    if content.overlay is not None and content.overlay.method:
        left.append(content.overlay.method)
    if any(stratum.graduation is not None for stratum in content.strata):
        left.append(tongue.gettext("分级：下限含在本级，断点先取整再计数。"))
    left.append(coordinates(house.ground.crs, tongue))
    maker = plan.maker or tongue.of(house.settings.title)
    right = [
        tongue.gettext("编制：{maker}　{day}", maker=maker, day=tongue.day(made_on)),
        lawful.review(plan, tongue),
        tongue.gettext("{mark}　指纹 {fingerprint}", mark=lawful.mark(plan, tongue), fingerprint=fingerprint),
    ]
    return left, right


def sources(content: Content, tongue: Tongue) -> str:
    """Layers by their source and period; sample data are called that."""
    grouped: dict[tuple[str, str], list[str]] = {}
    for stratum in content.strata:
        origin = stratum.origin
        if origin is not None:
            titles = grouped.setdefault((origin.source, origin.period), [])
            if stratum.title not in titles:
                titles.append(stratum.title)
    said = [
        tongue.gettext(
            "{layers}：{source}，{period}",
            layers=tongue.comma.join(titles),
            source=source,
            period=tongue.period(period),
        )
        if period
        else tongue.gettext("{layers}：{source}", layers=tongue.comma.join(titles), source=source)
        for (source, period), titles in grouped.items()
    ]
    demo = tongue.gettext("（演示数据，不是真实情况）") if content.demo else ""
    return tongue.gettext("资料来源{demo}：{said}。", demo=demo, said=tongue.stop.join(said))


def coordinates(crs: str, tongue: Tongue) -> str:
    """The coordinate system in words."""
    zone = zone_of(int(crs.removeprefix("EPSG:")))
    if zone is None:
        return tongue.gettext("坐标系：{crs}。", crs=crs)
    return tongue.gettext(
        "坐标系：2000国家大地坐标系（CGCS2000），高斯—克吕格投影，{width}°分带，中央经线 {meridian}°。",
        width=zone.width, meridian=zone.central_meridian,
    )  # fmt: skip
