"""Mixed-integer programmes, handed to HiGHS as arrays.

HiGHS: Huangfu & Hall, "Parallelizing the dual revised simplex method", Math. Prog. Comp. 10 (2018). It is loaded
only when a programme has to be solved.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from geo.amounts import Numbers
from geo.siting.request import Mask
from geo.siting.result import Budget

if TYPE_CHECKING:
    from scipy.sparse import csr_array

SCALE = 1e5
"""Objectives are scaled to about this size, where the solver's absolute tolerances are meant for."""


@dataclass(frozen=True, eq=False)
class Program:
    """Minimise ``cost`` · x with ``lower`` ≤ x ≤ ``upper``, x whole where ``whole``, and rows between limits."""

    cost: Numbers
    lower: Numbers
    upper: Numbers
    whole: Mask
    matrix: "csr_array"
    row_lower: Numbers
    row_upper: Numbers


@dataclass(frozen=True, eq=False)
class Outcome:
    """``x`` is the best point found, None without one; ``bound`` a proven lower bound of the objective."""

    status: Literal["optimal", "infeasible", "stopped"]
    x: Numbers | None
    bound: float


def solve(
    program: Program,
    budget: Budget,
    *,
    start: Numbers | None = None,
    on_bound: Callable[[float], bool] | None = None,
) -> Outcome:
    """Solve to proven optimality within the budget. ``start`` is a feasible point to begin with.

    ``on_bound`` hears of the bound from time to time and stops the solver by saying True. A time-out or a cancel is "stopped", whatever was found until then.
    """
    import highspy

    if budget.over():
        return Outcome("stopped", start, -np.inf)
    scale = SCALE / max(float(np.abs(program.cost).max(initial=0.0)) * max(len(program.cost), 1) ** 0.5, 1e-9)
    highs = _quiet(highspy)
    for option, value in (
        ("mip_rel_gap", 0.0),
        ("mip_abs_gap", 0.0),
        ("time_limit", max(budget.left(), 1e-3)),
    ):
        highs.setOptionValue(option, value)
    # Both gaps 0: the default of 0.01 % would call a plan optimal that is 36 people short in a county.
    highs.passModel(_model(highspy, program, scale))
    if start is not None:
        point = highspy.HighsSolution()
        point.col_value = start
        highs.setSolution(point)

    def watch(event: Any) -> None:
        # Before the root is solved the bound is ±inf; it says nothing and must not stop anything.
        bound = event.data_out.mip_dual_bound / scale
        if budget.over() or (on_bound is not None and np.isfinite(bound) and on_bound(bound)):
            event.interrupt()

    highs.cbMipInterrupt.subscribe(watch)
    highs.run()
    return _outcome(highspy, highs, scale, bool(program.whole.any()))


def _quiet(highspy: Any) -> Any:
    """A solver that prints nothing: its banner would come with the callbacks, which the constructor enables."""

    class Quiet(highspy.Highs):  # type: ignore[misc]
        def enableCallbacks(self) -> None:  # noqa: N802
            self.silent()
            super().enableCallbacks()

    return Quiet()


def _model(highspy: Any, program: Program, scale: float) -> Any:
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = program.matrix.shape
    model.col_cost_, model.col_lower_, model.col_upper_ = program.cost * scale, program.lower, program.upper
    model.row_lower_, model.row_upper_ = program.row_lower, program.row_upper
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = program.matrix.indptr
    model.a_matrix_.index_ = program.matrix.indices
    model.a_matrix_.value_ = program.matrix.data
    kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
    model.integrality_ = [kinds[whole] for whole in program.whole.astype(int)]
    return model


def _outcome(highspy: Any, highs: Any, scale: float, mip: bool) -> Outcome:
    status, info = highs.getModelStatus(), highs.getInfo()
    if status == highspy.HighsModelStatus.kInfeasible:
        return Outcome("infeasible", None, np.inf)
    # After a time-out the model status says nothing of it: ask whether there is a feasible point.
    feasible = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    x = np.asarray(highs.getSolution().col_value) if feasible else None
    if status == highspy.HighsModelStatus.kOptimal and x is not None:
        bound = info.mip_dual_bound if mip else info.objective_function_value
        return Outcome("optimal", x, bound / scale)
    return Outcome("stopped", x, info.mip_dual_bound / scale if mip else -np.inf)
