"""Drawing the pages of an atlas on every core: a page that fails names itself, the others are kept."""

import logging
import multiprocessing
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from geo.errors import GovmapError
from layers.disclosure import Viewer
from webmap.sheets.atlas.pages import AtlasPage, AtlasPlan, page_plan
from webmap.translations import N_

if TYPE_CHECKING:
    from webmap.house import House
    from webmap.settings import Settings
    from webmap.sheets.draw import Sheet

log = logging.getLogger(__name__)
MOST_WORKERS = 4
"""Each may take some 600 MB."""
FAULT = N_("程序出错，已记入日志，稍后重试。")
LOST = N_("画这一幅的进程中断了，可能内存不够。")
Heard = Callable[[float], bool]
"""Told the share done; returns whether to stop."""


@dataclass(frozen=True)
class Failure:
    """A page that could not be drawn, and why."""

    page: AtlasPage
    error: GovmapError


@dataclass(frozen=True)
class Task:
    """One page for one process."""

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
    """Draw every page; ``editions`` are those of an earlier day, None for the current ones.

    Two processes or more draw, this one waits; a single page is drawn here.
    """
    sheets: dict[AtlasPage, Sheet] = {}
    failures: dict[AtlasPage, Failure] = {}
    stopped = False
    for done, result in enumerate(_results(house, tasks, editions), start=1):
        page, sheet = result
        if isinstance(sheet, Failure):
            failures[page] = sheet
        else:
            sheets[page] = sheet
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
    if len(tasks) == 1:
        here = house.as_of(editions) if editions else house
        yield tasks[0].page, drawn(here, tasks[0])
        return
    workers = min(MOST_WORKERS, os.cpu_count() or 1, len(tasks))
    pool = ProcessPoolExecutor(
        workers, mp_context=multiprocessing.get_context("spawn"), initializer=_open, initargs=(house.settings, editions)
    )  # fmt: skip
    try:
        waiting = {pool.submit(_draw, task): task.page for task in tasks}
        for future in as_completed(waiting):
            yield waiting[future], _result(future, waiting[future])
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _result(future: "Future[Any]", page: AtlasPage) -> "Sheet | Failure":
    try:
        found: Sheet | Failure = future.result()
    except BrokenProcessPool:
        return Failure(page, GovmapError(LOST))
    return found


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


# ---- in the processes that draw ----

_house: "House | None" = None


def _open(settings: "Settings", editions: Mapping[str, str] | None) -> None:
    from webmap.house import build_house

    global _house
    now = build_house(settings)
    _house = now.as_of(editions) if editions else now


def _draw(task: Task) -> "Sheet | Failure":
    assert _house is not None
    return drawn(_house, task)
