"""What was worked out once and is asked for again, by everything that determines it."""

import threading
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from typing import Any, TypeVar, cast

from cachetools import LRUCache

T = TypeVar("T")


class Kept:
    """The most recently used values, up to a number of them, or to a total of what ``size`` says of each; safe
    between threads.

    Two that ask at once for a value that is missing wait for one making of it. So making a value may ask for others,
    also of this cache, but never in a circle.
    """

    def __init__(
        self, most: float, *, size: Callable[[Any], float] | None = None, largest: float | None = None
    ) -> None:
        self._values: LRUCache[Hashable, Any] = LRUCache(most, getsizeof=size)
        self._largest = most if largest is None else largest
        self._making: dict[Hashable, Future[Any]] = {}
        self._lock = threading.Lock()

    def get(self, place: Hashable, make: Callable[[], T]) -> T:
        """The value kept under ``place``, else what ``make`` returns; what it raises is not kept, and whoever waited
        for it makes the value anew."""
        while True:
            with self._lock:
                if place in self._values:
                    return cast(T, self._values[place])
                waiting = self._making.get(place)
                if waiting is None:
                    mine: Future[T] = Future()
                    self._making[place] = mine
                    break
            if waiting.exception() is None:
                return cast(T, waiting.result())
        return self._made(place, make, mine)

    def peek(self, place: Hashable) -> Any:
        """The value kept under ``place``, None where there is none."""
        with self._lock:
            return self._values.get(place)

    def put(self, place: Hashable, value: object) -> None:
        """Keep a value in place of what was there; one larger than ``largest`` is not kept."""
        with self._lock:
            self._values.pop(place, None)
            if self._values.getsizeof(value) <= self._largest:
                self._values[place] = value

    def _made(self, place: Hashable, make: Callable[[], T], mine: "Future[T]") -> T:
        try:
            value = make()
        except BaseException as error:
            with self._lock:
                del self._making[place]
            mine.set_exception(error)
            raise
        self.put(place, value)  # before nobody waits any more, lest a third begins to make it again
        with self._lock:
            del self._making[place]
        mine.set_result(value)
        return value
