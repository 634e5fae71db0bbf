"""What every request works on, built once per process."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from flask import current_app, g

from layers.catalog import Catalog, load_catalog
from layers.disclosure import Door
from layers.editions import Edition, Store
from webmap.settings import Settings

if TYPE_CHECKING:
    from layers.areas import Areas
    from layers.planning import Planning
    from layers.scenarios import Scenarios
    from layers.search import Search
    from webmap.jobs import Jobs
    from webmap.sheets.drawings import Drawings
    from webmap.sheets.ground import Ground
    from webmap.sheets.kept import Exports

VERSION = "1"
"""Goes into every tag; raise it when the form of an answer changes."""


@dataclass(frozen=True)
class House:
    """Settings, catalogue, store, the door, profiles of areas and search."""

    settings: Settings
    catalog: Catalog
    store: Store
    door: Door
    areas: "Areas"
    search: "Search"

    @cached_property
    def digest(self) -> str:
        """Eight hex digits that change when the declarations or the form of the answers do."""
        parts = [VERSION, *(spec.model_dump_json() for spec in self.catalog)]
        parts += [codes.model_dump_json() for codes in self.catalog.codelists.values()]
        parts += [theme.model_dump_json() for theme in self.catalog.themes.values()]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:8]

    @cached_property
    def planning(self) -> "Planning":
        """Coverage, siting and hotspots, with what they keep."""
        from layers.planning import Planning

        return Planning(
            self.door,
            self.areas,
            metric_crs=self.settings.metric_crs,
            declarations=self.settings.declarations,
        )

    @cached_property
    def scenarios(self) -> "Scenarios":
        """Saved questions of planners."""
        from layers.scenarios import Scenarios

        return Scenarios(self.settings.home)

    @cached_property
    def jobs(self) -> "Jobs":
        """Long work."""
        from webmap.jobs import Jobs

        return Jobs(self.settings.home)

    @cached_property
    def exports(self) -> "Exports":
        """What was exported."""
        from webmap.sheets.kept import Exports

        return Exports(self.settings.home)

    @cached_property
    def sheets(self) -> "Drawings":
        """Map sheets, with those drawn lately."""
        from webmap.sheets.drawings import Drawings

        return Drawings(self)

    @cached_property
    def ground(self) -> "Ground":
        """Shapes in metres and joined boundaries, for sheets."""
        from webmap.sheets.ground import Ground

        return Ground(self)

    def as_of(self, editions: Mapping[str, str]) -> "House":
        """The house as it stood when these editions were current; raises as ``layers.editions.Past`` does."""
        from layers.editions.past import Past

        return _furnished(self.settings, self.catalog, Past(self.store, editions))


def build_house(settings: Settings) -> House:
    """The house of one GOVMAP_HOME; opens nothing yet."""
    catalog = load_catalog(settings.declarations)
    return _furnished(settings, catalog, Store(settings.home, catalog))


def _furnished(settings: Settings, catalog: Catalog, store: Store) -> House:
    from layers.areas import Areas
    from layers.search import Search

    door = Door(store, catalog, settings.county)
    areas = Areas(door, county_name=settings.county_name.zh, metric_crs=settings.metric_crs)
    return House(settings, catalog, store, door, areas, Search(door))


def the_house() -> House:
    """The house of the running app."""
    house: House = current_app.extensions["govmap"]
    return house


def current_editions() -> dict[str, Edition]:
    """The current edition of each layer; asked of the store once per request."""
    if "editions" not in g:
        g.editions = the_house().store.currents()
    editions: dict[str, Edition] = g.editions
    return editions


def all_demo() -> bool:
    """Whether every current edition comes from the sample builder."""
    editions = current_editions()
    return bool(editions) and all(edition.demo for edition in editions.values())


def some_demo() -> bool:
    """Whether any row that may be shown comes from the sample builder."""
    return any(edition.holds_demo for edition in current_editions().values())
