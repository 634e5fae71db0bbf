"""A county: its settings and declarations, its data behind the door, and what is worked out from them. No web in it."""

import hashlib
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from layers.catalog import Catalog, load_catalog
from layers.database import Database
from layers.days import TIME_ZONE, today
from layers.divisions import GRID_DIGITS, STANDARD, Divisions, divisions_of
from layers.editions import Store
from layers.editions.past import Past
from layers.spec import Language, Text

if TYPE_CHECKING:
    from layers.areas import Areas
    from layers.disclosure import Door
    from layers.planning.planning import Planning
    from layers.scenarios import Scenarios
    from layers.search import Search

VERSION = "1"
"""Goes into every tag and fingerprint; raise it when the form of an answer changes."""
T = TypeVar("T")


@dataclass(frozen=True)
class CountySettings:
    """What is settled about a county, however it is reached.

    ``home`` holds all its state; ``code`` is that of the county, or of a prefecture with several; ``metric_crs`` is the
    zone in which everything is measured; ``grid_digits`` is the length of a grid's code; ``time_zone`` that of its days; ``database_url`` is that of a
    PostgreSQL database in place of the file in ``home``.
    """

    home: Path
    code: str
    name: Text
    title: Text
    metric_crs: str
    language: Language = "zh"
    grid_digits: int = GRID_DIGITS
    time_zone: str = TIME_ZONE
    database_url: str | None = field(default=None, repr=False)

    @property
    def declarations(self) -> Path:
        """Folder of the county's own declarations; need not exist."""
        return self.home / "declarations"

    @property
    def divisions(self) -> Divisions:
        """Its levels; raises ValueError as ``divisions_of`` does."""
        return divisions_of(self.code, self.grid_digits)


@dataclass(frozen=True)
class County:
    """What commands, jobs, exports and every request work on; opens nothing before the first question."""

    settings: CountySettings
    catalog: Catalog
    store: Store
    _beside: dict[Callable[..., Any], Any] = field(default_factory=dict, repr=False, compare=False)
    _lock: Any = field(default_factory=threading.RLock, repr=False, compare=False)

    @property
    def code(self) -> str:
        """Its digits."""
        return self.settings.code

    @property
    def database(self) -> Database:
        """Where everything that changes stands."""
        return self.store.database

    @property
    def divisions(self) -> Divisions:
        """The levels of its divisions and what their codes look like."""
        return self.catalog.divisions

    def today(self) -> date:
        """What day it is there."""
        return today(self.settings.time_zone)

    @cached_property
    def door(self) -> "Door":
        """The only way to rows."""
        from layers.disclosure import Door

        return Door(self.store, self.catalog, self.code)

    @cached_property
    def areas(self) -> "Areas":
        """Profiles and the register of divisions."""
        from layers.areas import Areas

        return Areas(self.door, county_name=self.settings.name.zh, metric_crs=self.settings.metric_crs)

    @cached_property
    def search(self) -> "Search":
        """Finding by name, pinyin and code."""
        from layers.search import Search

        return Search(self.door)

    @cached_property
    def planning(self) -> "Planning":
        """Coverage, siting and hotspots, with what they keep."""
        from layers.planning.planning import Planning

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

        return Scenarios(self.database)

    @cached_property
    def digest(self) -> str:
        """Eight hex digits that change when the declarations or the form of the answers do."""
        parts = [VERSION, *(spec.model_dump_json() for spec in self.catalog)]
        parts += [codes.model_dump_json() for codes in self.catalog.codelists.values()]
        parts += [theme.model_dump_json() for theme in self.catalog.themes.values()]
        parts += [] if self.divisions == STANDARD else [str(dict(self.divisions.lengths))]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:8]

    def beside(self, make: Callable[["County"], T]) -> T:
        """What a later room keeps for this county, such as shapes in metres for its sheets: ``make(county)``, once."""
        with self._lock:
            if make not in self._beside:
                self._beside[make] = make(self)
            return cast(T, self._beside[make])

    def as_of(self, editions: Mapping[str, str]) -> "County":
        """The county as it stood when these editions were current; raises as ``layers.editions.Past`` does."""
        return County(self.settings, self.catalog, Past(self.store, editions))


def open_county(settings: CountySettings) -> County:
    """The county of one home.

    Raises:
        DeclarationError: a declaration, its own or ours, does not hold.
        ArgumentError: the address of the database is none.
    """
    catalog = load_catalog(settings.declarations, settings.divisions)
    database = Database(settings.home, settings.database_url)
    return County(settings, catalog, Store(settings.home, catalog, database))
