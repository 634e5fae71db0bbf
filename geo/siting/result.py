"""What every siting function returns, and the time it may take."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from geo.amounts import Indices, as_numbers
from geo.errors import LimitError
from geo.phrases import Phrase

REPORT_S = 0.1


@dataclass(frozen=True, eq=False)
class Siting:
    """Open sites and how good they are.

    ``chosen`` are all open columns in rising order, the fixed ones included. ``assignment`` (rows,) is the open
    column each row goes to, −1 where none reaches it. ``value`` is covered weight, weighted sum, largest cost or
    number of sites; ``bound`` is proven: no choice does better than it (an upper bound for the maximum cover, a
    lower one otherwise). ``optimal`` is True only when the two were proven to meet. ``method`` says in words what
    led to the value, ``seconds`` is what it took.
    """

    chosen: tuple[int, ...]
    assignment: Indices
    value: float
    bound: float
    optimal: bool
    method: Phrase
    seconds: float

    @property
    def gap(self) -> float:
        """How far the value may be from the best one, as a share of the best one; 0 when proven."""
        low, high = sorted((self.value, self.bound))
        return 0.0 if high == low else (high - low) / high if high else 0.0


@dataclass(frozen=True)
class Progress:
    """The best value so far and the bound proven so far."""

    seconds: float
    value: float
    bound: float


class Budget:
    """Wall time from now on, who wants to hear, and whether somebody asked to stop."""

    def __init__(
        self,
        time_limit: float,
        progress: Callable[[Progress], None] | None = None,
        cancel: Callable[[], bool] | None = None,
    ) -> None:
        seconds = as_numbers(time_limit, LimitError)
        if not (seconds.ndim == 0 and seconds > 0):
            raise LimitError("时限“{limit}”不能用：要一个大于 0 的秒数。", limit=time_limit)
        self.time_limit = float(seconds)
        self.progress, self.cancel = progress, cancel
        self.start = time.perf_counter()
        self._heard = 0.0

    def seconds(self) -> float:
        return time.perf_counter() - self.start

    def left(self, share: float = 1.0) -> float:
        """Seconds until a share of the time limit is used up; at least 0."""
        return max(self.time_limit * share - self.seconds(), 0.0)

    def over(self, share: float = 1.0) -> bool:
        """Whether that share is used up, or somebody asked to stop."""
        return self.left(share) <= 0 or (self.cancel is not None and self.cancel())

    def report(self, value: float, bound: float) -> None:
        """Tell the listener, at most every tenth of a second."""
        now = self.seconds()
        if self.progress is not None and now - self._heard >= REPORT_S:
            self._heard = now
            self.progress(Progress(now, value, bound))
