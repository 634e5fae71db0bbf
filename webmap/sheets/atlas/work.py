"""Drawing the pages of an atlas: a page that fails names itself, the others are kept.

This process draws one page after the other. Where there are many, helpers on the other cores join in once they have
read the data and drawn a first page, which takes them seconds; a short atlas is done before.
"""

import logging
import os
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from geo.errors import GovmapError
from layers.disclosure import Viewer
from webmap.sheets.atlas.pages import AtlasPage, AtlasPlan, page_plan
from webmap.translations import N_

if TYPE_CHECKING:
    from webmap.house import House
    from webmap.sheets.draw import Sheet

log = logging.getLogger(__name__)
WORTH = 24
"""So many pages take longer than a helper needs to get ready."""
MOST_HELPERS = 3
"""Each may take some 600 MB."""
FAULT = N_("程序出错，已记入日志，稍后重试。")
Heard = Callable[[float], bool]
"""Told the share done; returns whether to stop."""


@dataclass(frozen=True)
class Failure:
    """A page that could not be drawn, and why."""

    page: AtlasPage
    error: GovmapError


@dataclass(frozen=True)
class Task:
    """One page of an atlas."""

    viewer: Viewer
    plan: AtlasPlan
    page: AtlasPage
    made_on: date


@dataclass(frozen=True)
class Drawn:
    """What came of all pages, in their order."""

    sheets: Mapping[AtlasPage, "Sheet"]
    failures: tuple[Failure, ...]
    stopped: bool = False


def draw_pages(
    house: "House", tasks: Sequence[Task], *, editions: Mapping[str, str] | None = None, heard: Heard
) -> Drawn:
    """Draw every page; ``editions`` are those of an earlier day, None for the current ones."""
    sheets: dict[AtlasPage, Sheet] = {}
    failures: dict[AtlasPage, Failure] = {}
    stopped = False
    for done, (page, found) in enumerate(_results(house, tasks, editions), start=1):
        if isinstance(found, Failure):
            failures[page] = found
        else:
            sheets[page] = found
        if heard(done / len(tasks)):
            stopped = True
            break
    order = [task.page for task in tasks]
    return Drawn(
        {page: sheets[page] for page in order if page in sheets},
        tuple(failures[page] for page in order if page in failures),
        stopped,
    )


def _results(
    house: "House", tasks: Sequence[Task], editions: Mapping[str, str] | None
) -> "Iterator[tuple[AtlasPage, Sheet | Failure]]":
    """Pages as they are done; when nobody takes the next, what waits is given up."""
    from webmap.sheets.atlas.helpers import Helpers

    here = house.as_of(editions) if editions else house
    waiting = deque(tasks)
    with Helpers(house.settings, editions, tasks[0], count=_helpers(len(tasks))) as helpers:
        while waiting or helpers.busy:
            helpers.feed(waiting)
            if waiting:
                task = waiting.popleft()
                yield task.page, drawn(here, task)
            yield from helpers.collect(wait=not waiting)


def _helpers(pages: int) -> int:
    """How many other processes are worth while."""
    return min(MOST_HELPERS, (os.cpu_count() or 1) - 1) if pages >= WORTH else 0


def drawn(house: "House", task: Task) -> "Sheet | Failure":
    """One page, or why there is none."""
    from webmap.sheets.draw import draw

    page = task.page
    try:
        plan = page_plan(task.plan, page)
        return draw(house, task.viewer, plan, made_on=task.made_on, number=(page.number, page.of))
    except GovmapError as error:
        return Failure(page, error)
    except Exception:  # a fault in one page is no reason to lose the others
        log.exception("atlas page %s", page.code)
        return Failure(page, GovmapError(FAULT))
