"""A finished sheet: its page, and what is known about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from exports.sheets.page import Page
from exports.sheets.plan import SheetPlan


@dataclass(frozen=True)
class Sheet:
    """A page and what is known about it. ``named`` and ``dropped`` are codes of areas whose names were printed, or
    found no room, ``no_data`` of those hatched for want of data; ``notes`` are printed on it too, as far as there is room; ``editions`` are those that it was drawn from;
    ``own_title`` and ``locked`` are the parts of the title that somebody may choose and may not;
    ``barren`` says that nothing of its theme is on it."""

    page: Page
    plan: SheetPlan
    title: str
    scale: int
    named: tuple[str, ...]
    dropped: tuple[str, ...]
    no_data: tuple[str, ...]
    notes: tuple[str, ...]
    editions: Mapping[str, str]
    fingerprint: str
    demo: bool
    made_on: date
    own_title: str = ""
    locked: tuple[str, ...] = ()
    barren: bool = False
