"""Centres that can serve only so many. A row goes to one site as a whole.

Current & Storbeck, "Capacitated covering models", Environment and Planning B 15 (1988), with rows kept whole.
"""

from dataclasses import dataclass
from math import fsum
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array, vstack

from geo.amounts import SHOWN, Indices, Numbers, listed
from geo.errors import InfeasibleError
from geo.phrases import listing, say
from geo.siting.program import Outcome, Program, solve
from geo.siting.request import Mask, merge_rows
from geo.siting.result import Budget, Siting

if TYPE_CHECKING:
    from scipy.sparse import coo_array

METHOD = listing([say("贪心"), say("HiGHS 精确求解（有容量，整行分派）")], "，")
ROOM = 1e-9


def capacitated_max_cover(
    table: Numbers,
    reach: Mask,
    people: Numbers,
    room: Numbers,
    count: int,
    existing: tuple[int, ...],
    budget: Budget,
) -> Siting:
    """Open ``count`` columns and deal the rows out so that the served weight is most."""
    flows = _Flows.of(reach, people, room)
    guess = flows.greedy(table, existing, count)
    served = fsum(people[guess[1] >= 0])

    def on_bound(bound: float) -> bool:
        budget.report(served, -bound)
        return False

    outcome = solve(flows.most_served(existing, count), budget, start=flows.point(*guess), on_bound=on_bound)
    chosen, assignment = max((flows.read(outcome, count), guess), key=lambda plan: fsum(people[plan[1] >= 0]))
    value = fsum(people[assignment >= 0])
    bound = value
    if outcome.status != "optimal":
        # Three bounds, each valid: the solver's, all who are within reach of anything, the largest rooms together.
        most = np.sort(room)[::-1][:count].sum()
        bound = max(value, min(fsum(people[reach.any(axis=1)]), most, -outcome.bound))
    return Siting(chosen, assignment, value, bound, bound == value, METHOD, budget.seconds())


def capacitated_set_cover(
    table: Numbers, reach: Mask, people: Numbers, room: Numbers, existing: tuple[int, ...], budget: Budget
) -> Siting:
    """Open the fewest columns that serve every row; raises InfeasibleError where all of them do not."""
    flows = _Flows.of(reach, people, room)
    columns = reach.shape[1]
    guess = flows.greedy(table, existing, columns)
    if (guess[1] < 0).any():
        guess = _all_open(flows, table, people, budget) or guess
    # A start that leaves rows over is not feasible here, and of no use to the solver.
    complete = not (guess[1] < 0).any()
    outcome = solve(flows.fewest_sites(existing), budget, start=flows.point(*guess) if complete else None)
    if outcome.status == "infeasible":
        raise _too_small(np.flatnonzero(guess[1] < 0))
    plans = [flows.read(outcome, None), guess]
    chosen, assignment = min(plans, key=lambda plan: (int((plan[1] < 0).sum()), len(plan[0])))
    if (assignment < 0).any():
        raise InfeasibleError(
            "在 {seconds:g} 秒内没有找到装得下所有人的方案，放宽时限。", seconds=budget.time_limit
        )
    bound = float(len(chosen))
    if outcome.status != "optimal":
        bound = min(bound, max(np.ceil(outcome.bound - 1e-6), float(len(existing)), 1.0))
    return Siting(
        chosen, assignment, float(len(chosen)), bound, bound == len(chosen), METHOD, budget.seconds()
    )


def _all_open(
    flows: "_Flows", table: Numbers, people: Numbers, budget: Budget
) -> "tuple[tuple[int, ...], Indices] | None":
    """Everything open: the best dealing out; raises InfeasibleError when that is proven to leave rows over."""
    columns = tuple(range(table.shape[1]))
    served = solve(flows.most_served(columns, len(columns)), budget)
    plan = flows.read(served, len(columns))
    if served.status == "optimal" and fsum(people[plan[1] >= 0]) < fsum(people) * (1 - ROOM):
        raise _too_small(np.flatnonzero(plan[1] < 0))
    return plan if served.x is not None else None


def _too_small(rows: Indices) -> InfeasibleError:
    return InfeasibleError(
        "全部候选都开也装不下：剩下 {count} 行，如{shown}。加大容量或阈值，或补候选。",
        rows=tuple(rows.tolist()),
        count=len(rows),
        shown=listed(f"第 {row + 1} 行" for row in rows[:SHOWN]),
    )


@dataclass(frozen=True, eq=False)
class _Flows:
    """Rows alike in reach and weight are one kind; a flow is how many rows of a kind go to a column.

    ``kind`` and ``column`` (flows,) name the two ends, ``weight`` and ``many`` (kinds,) the weight of one row of a
    kind and how many there are.
    """

    kind: Indices
    column: Indices
    weight: Numbers
    many: Numbers
    kind_of: Indices
    room: Numbers

    @classmethod
    def of(cls, reach: Mask, people: Numbers, room: Numbers) -> "_Flows":
        # A row that is larger than a site never goes there: it may not be split.
        fits = reach & (people[:, None] <= room * (1 + ROOM))
        kinds = merge_rows(np.column_stack([fits, people]), np.ones(len(people)))
        kind, column = np.nonzero(kinds.table[:, :-1])
        return cls(kind, column, kinds.table[:, -1], kinds.weights, kinds.row_of, room)

    @property
    def columns(self) -> int:
        return len(self.room)

    def most_served(self, existing: tuple[int, ...], count: int) -> Program:
        """Minimise minus the served weight with ``count`` open columns."""
        cost = np.concatenate([np.zeros(self.columns), -self.weight[self.kind]])
        return self._program(cost, existing, np.zeros(len(self.many)), (count, count))

    def fewest_sites(self, existing: tuple[int, ...]) -> Program:
        cost = np.concatenate([np.ones(self.columns), np.zeros(len(self.kind))])
        return self._program(cost, existing, self.many, (0, self.columns))

    def _program(
        self, cost: Numbers, existing: tuple[int, ...], least: Numbers, sites: tuple[int, int]
    ) -> Program:
        """Variables: columns, then flows. A kind is dealt out at least ``least`` and at most ``many`` times."""
        columns, flows = self.columns, len(self.kind)
        total = columns + flows
        flow = np.arange(flows)
        limited = np.isfinite(self.room)
        dealt = _entries(self.kind, columns + flow, np.ones(flows), (len(self.many), total))
        # One link a flow, not one for each site: more rows, but a far tighter relaxation.
        linked = _entries(flow, columns + flow, np.ones(flows), (flows, total)) - _entries(
            flow, self.column, self.many[self.kind], (flows, total)
        )
        held = limited[self.column]
        loads = _entries(
            self.column[held], columns + flow[held], self.weight[self.kind][held], (columns, total)
        )
        room = np.where(limited, self.room, 0.0)
        loads = (loads - _entries(np.arange(columns), np.arange(columns), room, (columns, total))).tocsr()[
            limited
        ]
        count = _entries(np.zeros(columns, dtype=np.int64), np.arange(columns), np.ones(columns), (1, total))
        lower = np.zeros(total)
        lower[list(existing)] = 1.0
        below = np.full(flows + int(limited.sum()), -np.inf)
        return Program(
            cost,
            lower,
            np.concatenate([np.ones(columns), self.many[self.kind]]),
            np.ones(total, dtype=bool),
            csr_array(vstack([dealt, linked, loads, count], format="csr")),
            np.concatenate([least, below, [sites[0]]]),
            np.concatenate([self.many, np.zeros(len(below)), [sites[1]]]),
        )

    def greedy(self, table: Numbers, existing: tuple[int, ...], most: int) -> tuple[tuple[int, ...], Indices]:
        """Open the column that would serve most of what is left, until ``most`` are open or nothing is left."""
        fits = np.zeros((len(self.many), self.columns), dtype=bool)
        fits[self.kind, self.column] = True
        fits = fits[self.kind_of]
        people = self.weight[self.kind_of]
        assignment = np.full(len(people), -1, dtype=np.int64)
        chosen: list[int] = []
        waiting = list(existing)
        while len(chosen) < most:
            left = assignment < 0
            if not waiting and not left.any() and most == self.columns:
                break
            # Existing centres take their people first, as they do today.
            if waiting:
                column = waiting.pop(0)
            else:
                gains = np.minimum((people * left) @ fits, self.room) + (left @ fits) * ROOM
                gains[chosen] = -1.0
                column = int(gains.argmax())
            chosen.append(column)
            self._fill(column, np.flatnonzero(left & fits[:, column]), people, assignment)
        return tuple(sorted(chosen)), assignment

    def _fill(self, column: int, rows: Indices, people: Numbers, assignment: Indices) -> None:
        """The heaviest first, each that still fits."""
        room = self.room[column]
        for row in rows[np.argsort(-people[rows], kind="stable")]:
            if people[row] <= room:
                assignment[row] = column
                room -= people[row]

    def point(self, chosen: tuple[int, ...], assignment: Indices) -> Numbers:
        """The plan as values of the variables."""
        opened = np.zeros(self.columns)
        opened[list(chosen)] = 1.0
        rows = np.flatnonzero(assignment >= 0)
        ends = self.kind_of[rows] * self.columns + assignment[rows]
        flow = np.bincount(ends, minlength=len(self.many) * self.columns)
        return np.concatenate([opened, flow[self.kind * self.columns + self.column]])

    def read(self, outcome: Outcome, count: int | None) -> tuple[tuple[int, ...], Indices]:
        """The plan that the variables say; nothing is assigned where no point was found."""
        assignment = np.full(len(self.kind_of), -1, dtype=np.int64)
        if outcome.x is None:
            return (), assignment
        chosen = tuple(np.flatnonzero(outcome.x[: self.columns] > 0.5).tolist())
        flow = np.rint(outcome.x[self.columns :]).astype(np.int64)
        used = np.flatnonzero(flow)
        targets: dict[int, list[int]] = {}
        for position in used:
            targets.setdefault(int(self.kind[position]), []).extend(
                [int(self.column[position])] * int(flow[position])
            )
        for kind, columns in targets.items():
            rows = np.flatnonzero(self.kind_of == kind)
            assignment[rows[: len(columns)]] = columns
        return chosen, assignment


def _entries(rows: Indices, columns: Indices, values: Numbers, shape: tuple[int, int]) -> "coo_array":
    return csr_array((values, (rows, columns)), shape=shape)
