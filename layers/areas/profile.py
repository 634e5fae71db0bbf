"""Everything a viewer may know about one area."""

from dataclasses import replace

from geo.errors import UnknownAreaError
from geo.wording import ratio
from layers.areas import framed, sections
from layers.areas.asked import EVERYTHING, Asked
from layers.areas.cases import Cases, RecentCases, disputes
from layers.areas.figures import Figure
from layers.areas.keep import Keep
from layers.areas.parts import Profile
from layers.areas.register import Area, Register
from layers.disclosure import Door, Viewer


class Areas:
    """The register of divisions and their profiles."""

    def __init__(self, door: Door, *, county_name: str, metric_crs: str) -> None:
        self.door = door
        self._keep = Keep(door, county_name=county_name, metric_crs=metric_crs)

    def register(self) -> Register:
        """The divisions of the current editions."""
        return self._keep.register()

    def known(self, code: str) -> bool:
        """Whether the register has this code."""
        return code in self.register().areas

    def area(self, code: str) -> Area:
        """One division; raises UnknownAreaError."""
        found = self.register().areas.get(code)
        if found is None:
            raise UnknownAreaError(
                "没有区划代码 {code}，用县 {county}、乡镇 {township}、村 {village} 或网格 {grid} 位代码。",
                code=code[:40], **self.door.divisions.lengths,
            )  # fmt: skip
        return found

    def bounds(self, code: str) -> tuple[float, float, float, float] | None:
        """West, south, east, north in degrees; None when unknown."""
        found = self.register().areas.get(code)
        return found.bounds if found else None

    def name_of(self, code: str) -> str:
        """Name of a division, the code itself when unknown."""
        found = self.register().areas.get(code)
        return found.name if found else code

    def name_within(self, code: str, level: str) -> str:
        """Name of the division of a level that a code lies in, that division's code when unknown."""
        return self.name_of(self.door.divisions.cut(code, level))

    def path(self, code: str) -> list[dict[str, str]]:
        """Code, name and level of what a code lies in and of itself, the largest first."""
        known = self.register().areas
        areas = [known[prefix] for prefix in self.door.divisions.prefixes(code) if prefix in known]
        return [{"code": area.code, "name": area.name, "level": area.level} for area in areas]

    def people(self, code: str, name: str = "population") -> Figure | None:
        """People of an area as its profile gives them; None where villages do not say. Raises UnknownAreaError."""
        return sections.people(self._keep, self.area(code), name)

    def profile(self, code: str, viewer: Viewer, asked: Asked = EVERYTHING) -> Profile:
        """The profile of a county, township, village or grid, of the rows that were asked for. Within the extent of a map it has
        no indicators, which divisions report as a whole.

        Raises:
            UnknownAreaError: no such area.
        """
        area, keep = self.area(code), self._keep
        box = asked.bbox
        within = framed.codes_within(keep, area, box) if box else None
        return Profile(
            area=area,
            parents=tuple(self.register().path(area)),
            figures=tuple(
                framed.figures(keep, area, box, within)
                if box and within is not None
                else sections.figures(keep, area)
            ),
            services=tuple(sections.services(keep, area, viewer, asked, within)),
            facilities=tuple(sections.facilities(keep, area, viewer, asked)),
            industry=tuple(sections.industry(keep, area, viewer, asked)),
            disputes=self._disputes(area, viewer, asked),
            indicators=() if box else tuple(sections.indicator_values(keep, area, viewer)),
            children=tuple(sections.children(keep, area)),
        )

    def _disputes(self, area: Area, viewer: Viewer, asked: Asked) -> Cases | None:
        found = disputes(self.door, viewer, area.code, asked)
        people = sections.people(self._keep, area, "population")
        whole = isinstance(found, RecentCases) and not found.partial and asked.bbox is None
        if isinstance(found, RecentCases) and whole and people is not None and people.value:
            return replace(found, per_thousand=ratio(found.total, people.value, 1000))
        return found
