"""Drawing the pages of an atlas: a page that fails names itself, the others are kept.

This process draws one page after the other. Where there are many, helpers on the other cores join in once they have
read the data and drawn a first page, which takes them seconds; a short atlas is done before.
"""

import os
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from exports.sheets.atlas.helpers import Helpers
from exports.sheets.atlas.pages import AtlasPage
from exports.sheets.atlas.task import Failure, Task, drawn

if TYPE_CHECKING:
    from exports.sheets.sheet import Sheet
    from layers.county import County

WORTH = 24
"""So many pages take longer than a helper needs to get ready."""
MOST_HELPERS = 3
"""Each may take some 600 MB."""
Heard = Callable[[float], bool]
"""Told the share done; returns whether to stop."""


@dataclass(frozen=True)
class Drawn:
    """What came of all pages, in their order."""

    sheets: Mapping[AtlasPage, "Sheet"]
    failures: tuple[Failure, ...]
    stopped: bool = False


def draw_pages(
    county: "County", tasks: Sequence[Task], *, editions: Mapping[str, str] | None = None, heard: Heard
) -> Drawn:
    """Draw every page; ``editions`` are those of an earlier day, None for the current ones."""
    sheets: dict[AtlasPage, Sheet] = {}
    failures: dict[AtlasPage, Failure] = {}
    stopped = False
    for done, (page, found) in enumerate(_results(county, tasks, editions), start=1):
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
    county: "County", tasks: Sequence[Task], editions: Mapping[str, str] | None
) -> "Iterator[tuple[AtlasPage, Sheet | Failure]]":
    """Pages as they are done; when nobody takes the next, what waits is given up."""
    here = county.as_of(editions) if editions else county
    waiting = deque(tasks)
    with Helpers(county.settings, editions, tasks[0], count=_helpers(len(tasks))) as helpers:
        while waiting or helpers.busy:
            helpers.feed(waiting)
            if waiting:
                task = waiting.popleft()
                yield task.page, drawn(here, task)
            yield from helpers.collect(wait=not waiting)


def _helpers(pages: int) -> int:
    """How many other processes are worth while."""
    return min(MOST_HELPERS, (os.cpu_count() or 1) - 1) if pages >= WORTH else 0
