"""Whose turn it is: short work has workers of its own, and within a lane what is long steps back for as long as it takes."""

from collections.abc import Iterable
from typing import Literal

Lane = Literal["short", "long"]
SHORT_S = 3.0
"""What is thought to take no longer goes to the short lane."""
LIMIT_S = 5.0
"""What takes longer there all the same gives its place up and goes to the long lane."""
MOST_S = 600.0
"""Nothing steps back for longer, so that everything has its turn."""


def lane_of(seconds: float) -> Lane:
    """The lane of work that is thought to take so long."""
    return "short" if seconds <= SHORT_S else "long"


def rank(added_at: float, seconds: float) -> float:
    """The least goes first. A job is overtaken by shorter ones that are added no later than it takes itself."""
    return added_at + min(max(seconds, 0.0), MOST_S)


def wait_s(running: Iterable[float], before: Iterable[float], workers: int) -> float:
    """Seconds until a job begins: ``running`` is what is left of those at work, ``before`` what those take whose turn
    comes first. Each goes to the worker that is free soonest."""
    free = sorted([*running, *[0.0] * workers])[-workers:] if workers else [0.0]
    for seconds in before:
        free = sorted([free[0] + seconds, *free[1:]])
    return free[0]
