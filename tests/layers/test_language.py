"""Order, romanised names and number forms: one rule of each."""

import json
from pathlib import Path

import pytest

from layers.language.english import place_name
from layers.language.lists import joined, separated
from layers.language.marks import isolated
from layers.language.numbers import English, counted
from layers.language.order import name_key

CASES = json.loads((Path(__file__).parents[1] / "numbers.json").read_text("utf-8"))


@pytest.mark.parametrize(
    "names",
    [
        ["第一网格", "第二网格", "第四网格", "第十网格", "第十一网格", "第一百零二网格"],
        ["2号园", "三号园", "10号园", "十二号园", "１５号园"],
        ["通化一村", "通化二村", "通化三村"],
        ["阿村", "长乐村", "七庄村", "三文村", "五一社区", "闫村村", "闫景村", "堉村", "云岭社区", "张户村", "喆村", "卓立村"],
        ["A-2", "a-10", "B", "安"],
    ],
)  # fmt: skip
def test_names_stand_by_their_numbers_and_then_by_pinyin(names: list[str]) -> None:
    shuffled = [*names[1::2], *names[::2]]
    assert sorted(shuffled, key=name_key) == names


@pytest.mark.parametrize(
    ("name", "english"),
    [
        ("荣河村", "Ronghe Village"),
        ("解店镇", "Jiedian Town"),
        ("西村乡", "Xicun Township"),
        ("西村", "Xicun Village"),
        ("闫村村", "Yancun Village"),
        ("西安村", "Xi'an Village"),
        ("五一社区第二网格", "Wuyi Community Grid 2"),
        ("万荣县", "Wanrong County"),
        ("A1", "A1"),
    ],
)
def test_a_place_has_one_name_in_english(name: str, english: str) -> None:
    assert (place_name(name, "en"), place_name(name, "zh")) == (english, name)


@pytest.mark.parametrize("case", CASES["messages"], ids=lambda case: case["message"])
def test_messages_agree_with_their_numbers(case: dict[str, str]) -> None:
    values = {"n": case["n"], "unit": "villages"}
    assert English(case["message"]).format(**values) == case["said"]


def test_a_number_agrees_with_what_it_counts() -> None:
    assert [counted(n, "places (settlements)") for n in ("0", "1", "2", "1,001")] == [
        "0 places (settlements)", "1 place (settlements)", "2 places (settlements)", "1,001 places (settlements)",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "values", [("",), ("a", "b"), ("红富士,烟富3号", "苹果"), ("\\", "a\\,", ""), ("\\,",)]
)
def test_values_between_commas_may_hold_commas(values: tuple[str, ...]) -> None:
    assert separated(joined(values)) == values


def test_a_comma_is_escaped_and_other_backslashes_stand() -> None:
    assert separated(r"红富士\,烟富3号,a\b") == ("红富士,烟富3号", r"a\b")


def test_only_what_could_turn_words_round_is_set_apart() -> None:
    assert (isolated("荣河村"), isolated("\u202e荣河"), isolated("قرية")) == (
        "荣河村",
        "荣河",
        "\u2068قرية\u2069",
    )
