"""One page of an atlas as a piece of work; one that fails says why."""

import logging
from dataclasses import dataclass
from datetime import date

from exports.sheets.atlas.pages import AtlasPage, AtlasPlan, page_plan
from exports.sheets.draw import draw
from exports.sheets.sheet import Sheet
from geo.errors import GovmapError
from layers.county import County
from layers.disclosure import Viewer
from layers.language import N_

log = logging.getLogger(__name__)
FAULT = N_("程序出错，已记入日志，稍后重试。")


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


def drawn(county: County, task: Task) -> Sheet | Failure:
    """One page, or why there is none."""
    page = task.page
    try:
        plan = page_plan(task.plan, page)
        return draw(county, task.viewer, plan, made_on=task.made_on, number=(page.number, page.of))
    except GovmapError as error:
        return Failure(page, error)
    except Exception:  # a fault in one page is no reason to lose the others
        log.exception("atlas page %s", page.code)
        return Failure(page, GovmapError(FAULT))
