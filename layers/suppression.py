"""Which cells of a table of counts must be hidden so that nobody can work the small ones back out.

The table has areas (villages, townships, county) by periods (quarters, years). All of its sums together are one
circulation: each cell is an arc of a network whose nodes are the sums, so a hidden cell can be recovered exactly
if and only if its arc lies on no residual cycle of hidden arcs (D. Gusfield, A graph theoretic approach to
statistical data security, SIAM J. Comput. 17(3), 1988; shortest-path complements after J. P. Kelly, B. L.
Golden, A. A. Assad, Networks 22, 1992). Villages nest in townships and quarters in years, both laminar, so the
constraint matrix is totally unimodular and intervals found by cycles are the attacker's exact ones.

Zeros are shown wherever that is possible, so the attacker is taken to know of each hidden cell whether it is zero:
one that is not may not fall below 1.
"""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from layers.divisions import STANDARD, Divisions, Level

if TYPE_CHECKING:
    import pandas as pd

PRIMARY = (1, 2)
"""Counts that are never shown."""
ROOT, SINK = "root", "sink"
Levels = tuple[Level, ...]
"""Villages first, then what they add up to."""
WORTH = (1.0, 25.0, 600.0, 15_000.0)
"""What a cell of a village, a township, a county, a prefecture is worth: about as many villages as lie in it."""


@dataclass
class Cell:
    """One count: an area in a period, an arc from tail to head; ``worth`` says how much its level matters."""

    area: str
    period: str
    value: int
    tail: str
    head: str
    worth: float
    hidden: bool = False
    primary: bool = False

    @property
    def floor(self) -> int:
        """The least that the cell can be for somebody who knows whether it is zero."""
        return min(self.value, 1)

    @property
    def cost(self) -> float:
        """What is lost by hiding the cell: sums of many villages and whole years are worth the most."""
        return self.worth * (1.0 if "Q" in self.period else 3.0) * (1.0 + min(self.value, 50) / 50)


@dataclass(frozen=True)
class Protection:
    """All cells with what is hidden, and how well: ``primary`` counts of 1–2; ``complementary`` hidden besides;
    ``firm`` primary cells that stay open even to somebody who knows which cells are 1 or 2; ``narrowest`` the
    width of the narrowest interval that the published sums, and knowing which cells are zero, leave for a hidden cell.
    """

    cells: tuple[Cell, ...]
    primary: int
    complementary: int
    firm: int
    narrowest: int | None


@dataclass
class _Block:
    """Cells whose sums hang together: one year with its quarters, or one quarter alone."""

    cells: list[Cell]
    at: dict[str, list[tuple[int, bool]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for index, cell in enumerate(self.cells):
            self.at.setdefault(cell.tail, []).append((index, True))
            self.at.setdefault(cell.head, []).append((index, False))


@dataclass(frozen=True)
class _Rule:
    """What a move may use. ``informed``: the attacker knows that primary cells are 1 or 2. ``zeros``: cells that
    are zero may be hidden too. ``hide``: cells that are shown may be used, at their cost."""

    informed: bool
    zeros: bool
    hide: bool


def protect(counts: "pd.DataFrame", divisions: Divisions = STANDARD) -> Protection:
    """Hide small counts and enough others.

    Args:
        counts: whole numbers ≥ 0; rows are village codes, columns quarters such as ``2026Q3``. A year is added
            where all of its four quarters are there. Townships, counties and so on are added from codes.
        divisions: the levels, and how long the codes are.
    Returns:
        every cell of villages, townships and county by quarters and complete years, in a fixed order. The same
        counts always give the same result.
    """
    cells: list[Cell] = []
    firm = 0
    widths: list[int] = []
    for block in _blocks(counts, divisions.upwards("village")):
        firm += _hide(block)
        widths += [_width(block, index) for index, cell in enumerate(block.cells) if cell.hidden]
        cells += block.cells
    primary = sum(cell.primary for cell in cells)
    return Protection(
        cells=tuple(cells),
        primary=primary,
        complementary=sum(cell.hidden for cell in cells) - primary,
        firm=firm,
        narrowest=min(widths, default=None),
    )


def _hide(block: _Block) -> int:
    """Hide the small cells and, for each, the cheapest cycle that keeps it open. Returns how many are firm.

    Afterwards no hidden cell can be worked out: each lies on a cycle of hidden cells along which all of them move by
    one, and hiding more takes no such cycle away.
    """
    for cell in block.cells:
        cell.primary = cell.hidden = cell.value in PRIMARY
    small = [index for index, cell in enumerate(block.cells) if cell.primary]
    # Cheap ones first: the cycles hidden for them often hold the dear ones open too.
    small.sort(key=lambda index: (block.cells[index].cost, index))
    firm = 0
    for index in small:
        cell = block.cells[index]
        # Over what is hidden already costs nothing; then shown cells; zeros last, which are to stay where they can.
        for rule in (_Rule(True, False, False), _Rule(True, False, True), _Rule(True, True, True)):
            if _close(block, index, rule, up=cell.value == PRIMARY[0]):
                firm += 1
                break
        else:
            _close_somehow(block, index)
    return firm


def _close_somehow(block: _Block, index: int) -> None:
    """A cycle for a cell that stays open only to who does not know which cells are 1 or 2.

    There always is one: one case more in the cell, in one village and quarter under it, and in every sum above.
    """
    rules = (_Rule(False, False, False), _Rule(False, False, True), _Rule(False, True, True))
    closed = any(_close(block, index, rule, up=up) for rule in rules for up in (True, False))
    assert closed, block.cells[index]


def _close(block: _Block, index: int, rule: _Rule, *, up: bool) -> bool:
    """Find the cheapest cycle that moves the cell by one, and hide the cells on it."""
    cell = block.cells[index]
    start, goal = (cell.head, cell.tail) if up else (cell.tail, cell.head)
    if not up and cell.value <= cell.floor:
        return False
    found = _cheapest(block, (start, goal), index, rule)
    if found is None:
        return False
    for other in found:
        block.cells[other].hidden = True
    return True


def _cheapest(block: _Block, ends: tuple[str, str], without: int, rule: _Rule) -> list[int] | None:
    """Dijkstra from one node to another over arcs that may move by one; the cells on the way, or None."""
    start, goal = ends
    best: dict[str, float] = {start: 0.0}
    came: dict[str, tuple[str, int]] = {}
    queue: list[tuple[float, str]] = [(0.0, start)]
    while queue:
        so_far, node = heapq.heappop(queue)
        if node == goal:
            return _way(came, start, goal)
        if so_far > best[node]:
            continue
        for index, neighbour, price in _moves(block, node, rule):
            # The cell itself is left out: a cycle back over its own arc would prove nothing.
            if index != without and so_far + price < best.get(neighbour, float("inf")):
                best[neighbour] = so_far + price
                came[neighbour] = (node, index)
                heapq.heappush(queue, (so_far + price, neighbour))
    return None


def _way(came: dict[str, tuple[str, int]], start: str, goal: str) -> list[int]:
    way = []
    while goal != start:
        goal, index = came[goal]
        way.append(index)
    return way


def _moves(block: _Block, node: str, rule: _Rule) -> Iterator[tuple[int, str, float]]:
    """Arcs at a node that may change by one: (cell, other end, price)."""
    for index, forward in block.at.get(node, ()):
        cell = block.cells[index]
        if not cell.hidden and (not rule.hide or (cell.value == 0 and not rule.zeros)):
            continue
        # A cell that is known to be at least 1 cannot fall below it, so no cycle may need that.
        if not forward and cell.value <= cell.floor:
            continue
        if rule.informed and cell.primary and cell.value != (PRIMARY[0] if forward else PRIMARY[1]):
            continue
        # Not 0: of two ways over hidden cells the one with fewer, so that cycles stay short.
        price = 1e-6 if cell.hidden else cell.cost
        yield index, cell.head if forward else cell.tail, price


def _width(block: _Block, index: int, enough: int = 2) -> int:
    """Width of the interval that published sums and the floors leave for a hidden cell, up to ``enough``."""
    cell = block.cells[index]
    rise = _flow(block, cell.head, cell.tail, (index, enough))
    # By total unimodularity the two maximal flows are exactly the interval that linear programming would find.
    fall = _flow(block, cell.tail, cell.head, (index, min(enough - rise, cell.value - cell.floor)))
    return rise + fall


def _flow(block: _Block, start: str, goal: str, limit: tuple[int, int]) -> int:
    """How much can be sent through hidden cells but one, at most the limit: (cell left out, amount)."""
    without, amount = limit
    shift: dict[int, int] = {}
    sent = 0
    while sent < amount:
        way = _augment(block, (start, goal), without, shift)
        if way is None:
            break
        for index, forward in way:
            shift[index] = shift.get(index, 0) + (1 if forward else -1)
        sent += 1
    return sent


def _augment(
    block: _Block, ends: tuple[str, str], without: int, shift: dict[int, int]
) -> list[tuple[int, bool]] | None:
    """One way through the residual network of the hidden cells, breadth first."""
    start, goal = ends
    came: dict[str, tuple[str, int, bool]] = {}
    layer = [start]
    seen = {start}
    while layer and goal not in seen:
        following = []
        for node in layer:
            for index, forward in block.at.get(node, ()):
                cell = block.cells[index]
                if index == without or not cell.hidden:
                    continue
                neighbour = cell.head if forward else cell.tail
                if neighbour in seen or (not forward and cell.value + shift.get(index, 0) <= cell.floor):
                    continue
                seen.add(neighbour)
                came[neighbour] = (node, index, forward)
                following.append(neighbour)
        layer = following
    if goal not in seen:
        return None
    way = []
    while goal != start:
        goal, index, forward = came[goal]
        way.append((index, forward))
    return way


def _blocks(counts: "pd.DataFrame", levels: Levels) -> Iterator[_Block]:
    quarters = sorted(str(quarter) for quarter in counts.columns)
    years = sorted({quarter[:4] for quarter in quarters})
    for year in years:
        own = [quarter for quarter in quarters if quarter.startswith(year)]
        if len(own) == 4:
            yield _Block(list(_year_cells(counts, own, levels)))
        else:
            for quarter in own:
                yield _Block(list(_quarter_cells(counts, quarter, levels)))


def _year_cells(counts: "pd.DataFrame", quarters: list[str], levels: Levels) -> Iterator[Cell]:
    """A year: from the root, which stands for the whole, down to villages, across to the quarters, up again to the whole."""
    year = quarters[0][:4]
    for worth, level, above in _steps(levels):
        for area, row in _sums(counts, quarters, level.digits):
            up = area[: above.digits] if above else ""
            tail = SINK if above is None else ROOT if above is levels[-1] else up
            yield Cell(area, year, sum(row), tail, area if above else ROOT, worth)
            for quarter, value in zip(quarters, row, strict=True):
                start = area if level is levels[0] else f"{area}/{quarter}"
                yield Cell(area, quarter, value, start, f"{up}/{quarter}" if above else SINK, worth)


def _quarter_cells(counts: "pd.DataFrame", quarter: str, levels: Levels) -> Iterator[Cell]:
    """A quarter alone: villages into townships, and so on into the whole."""
    for worth, level, above in _steps(levels):
        for area, row in _sums(counts, [quarter], level.digits):
            tail = ROOT if level is levels[0] else area
            yield Cell(area, quarter, row[0], tail, area[: above.digits] if above else ROOT, worth)


def _steps(levels: Levels) -> Iterator[tuple[float, Level, Level | None]]:
    """What a cell of each level is worth, the level, and the one above it."""
    yield from zip(WORTH, levels, (*levels[1:], None), strict=False)


def _sums(counts: "pd.DataFrame", quarters: list[str], digits: int) -> Iterator[tuple[str, list[int]]]:
    names: Any = counts.index.astype(str).str[:digits]
    ordered = counts.groupby(names).sum().sort_index()
    for code, row in zip(ordered.index, ordered[quarters].to_numpy().tolist(), strict=True):
        yield str(code), [int(value) for value in row]
