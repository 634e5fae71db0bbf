"""What is kept: made once however many ask, the oldest given up, failures not kept."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from layers.kept import Kept

PATIENCE_S = 10


def letters(count: int, made: list[str], kept: Kept) -> None:
    for letter in "abcdefgh"[:count]:
        kept.get(letter, lambda letter=letter: made.append(letter) or letter.upper())  # type: ignore[misc]


def test_a_value_is_made_once() -> None:
    made: list[str] = []
    kept = Kept(8)
    letters(3, made, kept)
    letters(3, made, kept)
    assert made == ["a", "b", "c"]
    assert kept.peek("b") == "B"
    assert kept.peek("z") is None


def test_the_least_recently_used_gives_way() -> None:
    made: list[str] = []
    kept = Kept(2)
    letters(2, made, kept)
    kept.get("a", lambda: "never")
    kept.get("c", lambda: "C")
    assert [kept.peek(letter) for letter in "abc"] == ["A", None, "C"]


def test_room_is_counted_by_size() -> None:
    kept = Kept(10, size=len)
    kept.put("a", "1234")
    kept.put("b", "123456")
    assert (kept.peek("a"), kept.peek("b")) == ("1234", "123456")
    kept.put("c", "1")
    assert [kept.peek(letter) for letter in "abc"] == [None, "123456", "1"]


def test_a_value_put_again_takes_its_room_once() -> None:
    kept = Kept(10, size=len)
    kept.put("a", "1234")
    kept.put("a", "12345")
    kept.put("b", "12345")
    assert (kept.peek("a"), kept.peek("b")) == ("12345", "12345")


def test_what_is_too_large_is_given_but_not_kept() -> None:
    kept = Kept(10, size=len, largest=5)
    assert kept.get("a", lambda: "123456") == "123456"
    assert kept.peek("a") is None
    assert kept.get("a", lambda: "12345") == "12345"
    assert kept.peek("a") == "12345"


def test_an_old_value_does_not_outlive_one_that_is_too_large() -> None:
    kept = Kept(10, size=len)
    kept.put("a", "old")
    kept.put("a", "x" * 11)
    assert kept.peek("a") is None


def test_two_that_ask_at_once_wait_for_one_making() -> None:
    kept, begun, go = Kept(4), threading.Event(), threading.Event()
    made: list[int] = []

    def _slowly() -> str:
        made.append(1)
        begun.set()
        assert go.wait(PATIENCE_S)
        return "value"

    with ThreadPoolExecutor(8) as pool:
        first = pool.submit(kept.get, "a", _slowly)
        assert begun.wait(PATIENCE_S)
        others = [pool.submit(kept.get, "a", _slowly) for _ in range(7)]
        assert kept.get("b", lambda: "another") == "another", "other values need not wait"
        go.set()
        assert {one.result(PATIENCE_S) for one in (first, *others)} == {"value"}
    assert made == [1]


def test_a_failure_is_raised_and_the_next_makes_it_anew() -> None:
    kept, begun, go = Kept(4), threading.Event(), threading.Event()

    def _fails() -> str:
        begun.set()
        assert go.wait(PATIENCE_S)
        raise ValueError("no")

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(kept.get, "a", _fails)
        assert begun.wait(PATIENCE_S)
        second = pool.submit(kept.get, "a", lambda: "made by the second")
        go.set()
        with pytest.raises(ValueError, match="no"):
            first.result(PATIENCE_S)
        assert second.result(PATIENCE_S) == "made by the second"
    assert kept.peek("a") == "made by the second"


def test_one_value_may_be_made_from_others() -> None:
    kept = Kept(4)
    assert kept.get("sum", lambda: kept.get("one", lambda: 1) + kept.get("two", lambda: 2)) == 3
    assert (kept.peek("one"), kept.peek("two"), kept.peek("sum")) == (1, 2, 3)


def test_none_is_a_value_too() -> None:
    made: list[int] = []
    kept = Kept(4)
    assert kept.get("a", lambda: made.append(1)) is None
    assert kept.get("a", lambda: made.append(1)) is None
    assert made == [1]
