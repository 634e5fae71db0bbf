"""What was worked out once and is asked for again, by everything that determines it."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TypeVar, cast

T = TypeVar("T")


class Kept:
    """The most recently used values, up to a number of them; safe between threads."""

    def __init__(self, most: int) -> None:
        self._values: OrderedDict[Hashable, object] = OrderedDict()
        self._most = most
        self._lock = threading.Lock()

    def get(self, place: Hashable, make: Callable[[], T]) -> T:
        """The value kept under ``place``, else what ``make`` returns; what it raises is not kept."""
        with self._lock:
            if place in self._values:
                self._values.move_to_end(place)
                return cast(T, self._values[place])
        value = make()
        with self._lock:
            self._values[place] = value
            while len(self._values) > self._most:
                self._values.popitem(last=False)
        return value
