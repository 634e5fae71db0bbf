"""What the footer says: where the data come from, how they were classed, in which coordinates, by whom and when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from exports.sheets import lawful
from exports.sheets.content import Content
from exports.sheets.ground import Ground
from exports.sheets.plan import SheetPlan
from geo.crs import zone_of
from layers.disclosure import Viewer
from layers.editions import Edition
from layers.editions.manifest import source_of
from layers.language.tongue import Tongue

if TYPE_CHECKING:
    from layers.county import County

GAP = "　"


@dataclass(frozen=True)
class Imprint:
    """Everything that a footer says. ``brief`` is for papers whose caption and text say the rest."""

    county: "County"
    viewer: Viewer
    plan: SheetPlan
    content: Content
    made_on: date
    fingerprint: str

    @property
    def tongue(self) -> Tongue:
        return Tongue(self.plan.lang)

    def left(self) -> list[str]:
        """Source and period, method, coordinates."""
        tongue, overlay = self.tongue, self.content.overlay
        found = [self._sources(), *self._filters()]
        if overlay is not None and overlay.method:
            found.append(overlay.method)
        own = [] if overlay is None else [stratum.id for stratum in overlay.strata]
        if any(stratum.graduation is not None and stratum.id not in own for stratum in self.content.strata):
            found.append(tongue.gettext("分级：自然断点，先取整再计数，下限含在本级。"))
        return [*found, coordinates(self.county.beside(Ground).crs, tongue)]

    def right(self) -> list[str]:
        """Maker and day, review number, handling mark and fingerprint."""
        tongue = self.tongue
        return [
            tongue.gettext("编制：{maker}　{day}", maker=self._maker(), day=tongue.day(self.made_on)),
            lawful.review(self.plan, tongue),
            tongue.gettext(
                "{mark}　指纹 {fingerprint}",
                mark=lawful.mark(self.plan, self.viewer, tongue),
                fingerprint=self.fingerprint,
            ),
        ]

    def brief(self) -> list[str]:
        """All of it in as few words as possible."""
        tongue = self.tongue
        said = tongue.stop.join(
            f"{source} {_range(periods)}".strip() for source, periods in self._periods().items()
        )
        demo = tongue.gettext("（演示数据，不是真实情况）") if self.content.demo else ""
        zone = zone_of(int(self.county.beside(Ground).crs.removeprefix("EPSG:")))
        plane = f"CGCS2000 {zone.central_meridian}°" if zone is not None else self.county.beside(Ground).crs
        return [
            tongue.gettext("资料来源{demo}：{said}。", demo=demo, said=said),
            *self._filters(),
            tongue.gettext("坐标系：{crs}。", crs=plane),
            tongue.gettext("编制：{maker}　{day}", maker=self._maker(), day=self.made_on.isoformat()),
            lawful.review(self.plan, tongue),
            f"{lawful.mark(self.plan, self.viewer, tongue)} {self.fingerprint}",
        ]

    def _filters(self) -> list[str]:
        return [self.content.filters] if self.content.filters else []

    def _maker(self) -> str:
        return self.plan.maker or self.tongue.of(self.county.settings.title)

    def _sources(self) -> str:
        """Layers by their source and period; sample data are called that."""
        tongue = self.tongue
        grouped: dict[tuple[str, str], list[str]] = {}
        for title, source, period in self._origins():
            titles = grouped.setdefault((source, period), [])
            titles += [] if title in titles else [title]
        said = []
        for (source, period), titles in grouped.items():
            known = f"{source}{tongue.comma}{tongue.period(period)}" if period else source
            said.append(f"{tongue.comma.join(titles)}{tongue.colon}{known}")
        demo = tongue.gettext("（演示数据，不是真实情况）") if self.content.demo else ""
        return tongue.gettext("资料来源{demo}：{said}。", demo=demo, said=tongue.stop.join(said))

    def _periods(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for _, source, period in self._origins():
            found.setdefault(source, []).append(period[:4])
        return found

    def _origins(self) -> Iterator[tuple[str, str, str]]:
        """Title, source and period of every layer behind the sheet, what it shows first."""
        current = self.county.store.currents()
        thematic = {stratum.id for stratum in self.content.thematic}
        layers = sorted(self.content.editions, key=lambda layer: (layer not in thematic, layer))
        for layer in layers:
            edition: Edition | None = current.get(layer)
            if edition is not None:
                spec = self.county.catalog.layer(layer)
                source = self.tongue.of(source_of(spec, edition))
                yield self.tongue.of(spec.title), source, edition.period or ""


def _range(periods: list[str]) -> str:
    """2020–2026 of the years that are known."""
    years = sorted({year for year in periods if year})
    if not years:
        return ""
    return years[0] if years[0] == years[-1] else f"{years[0]}–{years[-1]}"


def coordinates(crs: str, tongue: Tongue) -> str:
    """The coordinate system in words."""
    zone = zone_of(int(crs.removeprefix("EPSG:")))
    if zone is None:
        return tongue.gettext("坐标系：{crs}。", crs=crs)
    return tongue.gettext(
        "坐标系：2000国家大地坐标系（CGCS2000），高斯—克吕格投影，{width}°分带，中央经线 {meridian}°。",
        width=zone.width, meridian=zone.central_meridian,
    )  # fmt: skip
