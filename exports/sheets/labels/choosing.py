"""Which way each name is printed: as much weight as can be, then as cheap as can be. The same every time.

Greedy by weight, looking at how much room each way takes from others; then chains of moves that make room for
those left out; then moves that make the whole better. Weighted independent set, local search with ejection chains.
"""

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_array

from exports.sheets.labels.crossing import Ground
from exports.sheets.labels.name import Numbers, Places

NOWHERE = -1
DEPTH = 4
MOST_MOVED = 3
BUDGET = 250
"""Steps of the search for room for one name."""
STEPS = 6000
"""Steps of all these searches together, and of the moves after them: where far too much is wanted, enough is tried."""
SWEEPS = 4


class Board:
    """Which way of each wish is printed; ``blocked`` counts for each way the printed ways that exclude it."""

    def __init__(self, ground: Ground, weights: Sequence[float]) -> None:
        self.ground = ground
        self.weights = weights
        self.starts: list[int] = ground.starts.tolist()
        self.printed = [NOWHERE] * len(weights)
        self.blocked = np.zeros(len(ground.owner), np.int32)
        self.is_printed = np.zeros(len(ground.owner), bool)
        self.log: list[tuple[int, int]] = []
        self.steps = STEPS

    def clashes(self, way: int) -> Places:
        """Ways that a way excludes."""
        return self.ground.excluded(way, way + 1)

    def put(self, wish: int, way: int) -> None:
        """Print a wish in this way, or ``NOWHERE``."""
        before = self.printed[wish]
        if before == way:
            return
        self.log.append((wish, before))
        if before != NOWHERE:
            self.blocked[self.clashes(before)] -= 1
            self.is_printed[before] = False
        if way != NOWHERE:
            self.blocked[self.clashes(way)] += 1
            self.is_printed[way] = True
        self.printed[wish] = way

    def back_to(self, mark: int) -> None:
        """Undo everything after this length of the log."""
        while len(self.log) > mark:
            wish, before = self.log.pop()
            self.put(wish, before)
            self.log.pop()

    def free(self, wish: int) -> int:
        """The cheapest way that nothing printed excludes; ``NOWHERE`` if there is none. Ways stand in order of cost."""
        first, last = self.starts[wish], self.starts[wish + 1]
        if first == last:
            return NOWHERE
        best = first + int(self.blocked[first:last].argmin())
        return best if self.blocked[best] == 0 else NOWHERE

    def in_the_way(self, way: int) -> list[int]:
        """Wishes whose printed ways exclude this one, ascending."""
        if not self.blocked[way]:
            return []
        others = self.clashes(way)
        found: list[int] = self.ground.owner[others[self.is_printed[others]]].tolist()
        return found

    def missing(self) -> list[int]:
        """Wishes that are not printed though they have ways, the heaviest first."""
        found = [wish for wish, way in enumerate(self.printed) if way == NOWHERE and self._has_ways(wish)]
        return sorted(found, key=lambda wish: (-self.weights[wish], wish))

    def _has_ways(self, wish: int) -> bool:
        return self.starts[wish] < self.starts[wish + 1]

    def worth(self) -> float:
        """Weight of everything printed."""
        return sum(weight for weight, way in zip(self.weights, self.printed, strict=True) if way != NOWHERE)


def choose(ground: Ground, weights: Sequence[float], before: Sequence[int] = ()) -> list[int]:
    """The way of each wish, counted among its own; ``NOWHERE`` for those left out. ``before`` is where to start."""
    board = Board(ground, weights)
    for wish, way in enumerate(before):
        if way != NOWHERE:
            board.put(wish, board.starts[wish] + way)
    _greedy(board)
    _repair(board)
    _polish(board)
    firsts = board.starts[:-1]
    return [way if way == NOWHERE else way - first for way, first in zip(board.printed, firsts, strict=True)]


def _greedy(board: Board) -> None:
    """Print the heaviest first, those with the fewest ways before others, where they take the least from others."""
    ground = board.ground
    wanted = ground.cost + _taken(ground, board.weights)
    counts = np.diff(ground.starts)
    # The number of the wish last: ties never depend on the order of a set or a hash.
    for wish in sorted(board.missing(), key=lambda wish: (-board.weights[wish], counts[wish], wish)):
        first, last = board.starts[wish], board.starts[wish + 1]
        open_ways = np.flatnonzero(board.blocked[first:last] == 0)
        if len(open_ways):
            board.put(wish, first + int(open_ways[wanted[first:last][open_ways].argmin()]))


def _taken(ground: Ground, weights: Sequence[float]) -> Numbers:
    """For each way the weight that it takes from others: of each the square of the share of its ways."""
    counts = np.maximum(1, np.diff(ground.starts))
    rows = np.arange(len(ground.owner))
    share = csr_array((1 / counts[ground.owner], (rows, ground.owner)), shape=(len(rows), len(weights)))
    blocked = ground.clashes @ share
    # A name with two ways that loses one is hurt far more than one that loses one of twenty.
    blocked.data **= 2
    return np.asarray(blocked @ np.asarray(weights, float))


def _repair(board: Board) -> None:
    """Make room for those left out by moving others, as long as that prints more weight."""
    for _ in range(SWEEPS):
        # A maximum weight independent set is NP-hard; moves that print more are sought as long as they are found.
        before = board.worth()
        for wish in board.missing():
            if board.steps <= 0:
                return
            if not _make_room(board, wish, DEPTH, ({wish}, [BUDGET])):
                _make_worth(board, wish, budget=[BUDGET])
        if board.worth() <= before:
            return


def _make_room(board: Board, wish: int, depth: int, state: tuple[set[int], list[int]]) -> bool:
    """Print a wish, moving others but leaving none of them out; nothing is changed where that fails."""
    way = board.free(wish)
    if way != NOWHERE:
        board.put(wish, way)
        return True
    fixed, budget = state
    if depth == 0:
        return False
    for way in _least_blocked(board, wish):
        budget[0] -= 1
        board.steps -= 1
        if budget[0] < 0:
            return False
        moved = board.in_the_way(way)
        # What was moved for this chain stays: two names would otherwise push each other to and fro.
        if fixed.intersection(moved):
            continue
        mark = len(board.log)
        for other in moved:
            board.put(other, NOWHERE)
        board.put(wish, way)
        fixed.update(moved)
        if all(_make_room(board, other, depth - 1, state) for other in moved):
            return True
        board.back_to(mark)
        fixed.difference_update(moved)
    return False


def _least_blocked(board: Board, wish: int) -> list[int]:
    """Ways of a wish that few printed ones exclude, the fewest first, then the cheapest."""
    first, last = board.starts[wish], board.starts[wish + 1]
    blocked = board.blocked[first:last]
    order = np.argsort(blocked, kind="stable")
    ways: list[int] = (first + order[blocked[order] <= MOST_MOVED]).tolist()
    return ways


def _make_worth(board: Board, wish: int, *, budget: list[int]) -> None:
    """Print a wish and leave others out, where those weigh less."""
    for way in _least_blocked(board, wish):
        board.steps -= 1
        mark = len(board.log)
        moved = board.in_the_way(way)
        for other in moved:
            board.put(other, NOWHERE)
        board.put(wish, way)
        fixed = {wish, *moved}
        lost = [other for other in moved if not _make_room(board, other, 1, (fixed, budget))]
        if sum(board.weights[other] for other in lost) < board.weights[wish]:
            return
        board.back_to(mark)


def _polish(board: Board) -> None:
    """Move names to cheaper ways, alone or together with one that stands there, until nothing gets better."""
    board.steps = STEPS
    for _ in range(SWEEPS):
        better = [wish for wish, way in enumerate(board.printed) if way != NOWHERE and _better(board, wish)]
        if not better:
            return


def _better(board: Board, wish: int) -> bool:
    cost = board.ground.cost
    now = board.printed[wish]
    for way in range(board.starts[wish], now):
        mark = len(board.log)
        if board.blocked[way] > 1:
            continue
        board.steps -= 1
        if board.steps < 0:
            return False
        moved = board.in_the_way(way)
        before = cost[now] + sum(cost[board.printed[other]] for other in moved)
        for other in moved:
            board.put(other, NOWHERE)
        board.put(wish, way)
        for other in moved:
            board.put(other, board.free(other))
        after = [board.printed[other] for other in (wish, *moved)]
        # Strictly cheaper, by more than rounding: else the sweep would never end.
        if NOWHERE not in after and sum(cost[after]) < before - 1e-9:
            return True
        board.back_to(mark)
    return False
