"""The county as a running app serves it: its jobs, and what is asked of it once a request."""

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from flask import current_app, g

from layers.county import County, open_county
from layers.editions import Edition
from webmap.settings import Settings

if TYPE_CHECKING:
    from layers.jobs import Jobs, Queue


@dataclass(frozen=True)
class Service:
    """A county and what serving it adds: settings of the web, and long work."""

    settings: Settings
    county: County

    @cached_property
    def jobs(self) -> "Jobs":
        """Long work."""
        from layers.jobs import Jobs

        return Jobs(self.county.database, lambda job, lane: self.queue.enqueue(job, lane))

    @cached_property
    def queue(self) -> "Queue":
        """How jobs get to workers."""
        from layers.jobs import Queue

        url = self.settings.queue_url
        return Queue(self.settings.home, None if url is None else url.get_secret_value())


def open_service(settings: Settings) -> Service:
    """The service of one GOVMAP_HOME; opens nothing yet."""
    return Service(settings, open_county(settings.of_county()))


def the_service() -> Service:
    """What the running app serves."""
    service: Service = current_app.extensions["govmap"]
    return service


def the_county() -> County:
    """The county of the running app."""
    return the_service().county


def current_editions() -> dict[str, Edition]:
    """The current edition of each layer; asked of the store once per request."""
    if "editions" not in g:
        g.editions = the_county().store.currents()
    editions: dict[str, Edition] = g.editions
    return editions


def data_version() -> str:
    """Of all current editions together: another one is another."""
    told = sorted((layer, edition.id) for layer, edition in current_editions().items())
    return hashlib.sha256(repr(told).encode()).hexdigest()[:8]


def all_demo() -> bool:
    """Whether every current edition comes from the sample builder."""
    editions = current_editions()
    return bool(editions) and all(edition.demo for edition in editions.values())


def some_demo() -> bool:
    """Whether any row that may be shown comes from the sample builder."""
    return any(edition.holds_demo for edition in current_editions().values())
