"""What every request works on, built once per process."""

import hashlib
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
    from layers.search import Search

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


def build_house(settings: Settings) -> House:
    """The house of one GOVMAP_HOME; opens nothing yet."""
    from layers.areas import Areas
    from layers.search import Search

    catalog = load_catalog(settings.declarations)
    store = Store(settings.home, catalog)
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
