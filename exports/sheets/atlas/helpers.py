"""Other processes that draw pages of an atlas: each reads the data itself, and is fed once it is ready."""

import multiprocessing
from collections import deque
from collections.abc import Iterator, Mapping
from multiprocessing.connection import Connection
from multiprocessing.connection import wait as wait_for
from typing import TYPE_CHECKING, Self

from exports.sheets.atlas.pages import AtlasPage
from exports.sheets.atlas.task import Failure, Task, drawn
from geo.errors import GovmapError
from layers.county import CountySettings, open_county
from layers.language import N_

if TYPE_CHECKING:
    from exports.sheets.sheet import Sheet

LOST = N_("画这一幅的进程中断了，可能内存不够。")
READY = "ready"


class _Helper:
    """One process and the page that it has in hand."""

    def __init__(self, settings: CountySettings, editions: Mapping[str, str] | None, first: Task) -> None:
        # Not forked: this process has threads, whose locks a copy would find held for ever.
        context = multiprocessing.get_context("spawn")
        self.line, other = context.Pipe()
        self.process = context.Process(target=help_out, args=(other, settings, editions, first), daemon=True)
        self.process.start()
        other.close()
        self.ready = False
        self.task: Task | None = None


class Helpers:
    """``count`` of them, started at once and ended with the block, whatever they are doing."""

    def __init__(
        self, settings: CountySettings, editions: Mapping[str, str] | None, first: Task, *, count: int
    ) -> None:
        self._all = [_Helper(settings, editions, first) for _ in range(count)]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for helper in self._all:
            self._end(helper)

    @property
    def busy(self) -> bool:
        """Whether some page is in their hands."""
        return any(helper.task for helper in self._all)

    def feed(self, waiting: deque[Task]) -> None:
        """Give a page to each that is ready and has none, from the end of what waits."""
        for helper in self._all:
            if waiting and helper.ready and helper.task is None:
                helper.task = waiting.pop()
                helper.line.send(helper.task)

    def collect(self, *, wait: bool) -> "Iterator[tuple[AtlasPage, Sheet | Failure]]":
        """What they have done since the last time; with ``wait`` at least one of the pages in their hands."""
        lines = {helper.line: helper for helper in self._all if not wait or helper.task}
        if not lines:
            return
        for line in wait_for(list(lines), timeout=None if wait else 0):
            found = self._heard(lines[line])  # type: ignore[index]
            if found is not None:
                yield found

    def _heard(self, helper: _Helper) -> "tuple[AtlasPage, Sheet | Failure] | None":
        """A page that a helper sends; None when it only says that it is ready, or was lost without one."""
        task = helper.task
        try:
            said = helper.line.recv()
        except (EOFError, OSError):
            self._all.remove(helper)
            self._end(helper)
            return (task.page, Failure(task.page, GovmapError(LOST))) if task else None
        helper.ready, helper.task = True, None
        return None if said == READY or task is None else (task.page, said)

    def _end(self, helper: _Helper) -> None:
        helper.process.terminate()
        helper.process.join()
        helper.line.close()


def help_out(
    line: Connection, settings: CountySettings, editions: Mapping[str, str] | None, first: Task
) -> None:
    """What a helper does: get ready by drawing a page that nobody needs, then draw what it is given."""
    now = open_county(settings)
    county = now.as_of(editions) if editions else now
    drawn(county, first)
    line.send(READY)
    while True:
        try:
            task: Task = line.recv()
        except EOFError:
            return
        line.send(drawn(county, task))
