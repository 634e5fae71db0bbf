"""Order, romanised names and number forms: one rule of each."""

import json
from pathlib import Path

import pytest

from geo.phrases import PlaceName, say
from layers.language import told
from layers.language.english import Kinds, facility_name, kinds_of, place_name
from layers.language.lists import joined, separated
from layers.language.marks import isolated
from layers.language.numbers import English, counted
from layers.language.order import name_key
from layers.planning.naming import first_of, settlement
from layers.spec import Text

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
        ("第3网格", "Grid 3"),
        ("2号村", "No. 2 Village"),
        ("万荣县", "Wanrong County"),
        ("A1", "A1"),
    ],
)
def test_a_place_has_one_name_in_english(name: str, english: str) -> None:
    assert (place_name(name, "en"), place_name(name, "zh")) == (english, name)


CENTRES = kinds_of(Text(zh="党群服务中心", en="Party-mass service centres"), ("党群中心",))
CANTEENS = kinds_of(Text(zh="乡邻中心（老年食堂）", en="Neighbour centres (elder canteens)"), ())
STORES = kinds_of(Text(zh="冷库", en="Cold stores"), ())
PLACES = kinds_of(Text(zh="居民点", en="Settlements"), ())


@pytest.mark.parametrize(
    ("kinds", "name", "english"),
    [
        (CENTRES, "荣河村党群服务中心", "Ronghe Village Party-mass Service Centre"),
        (CENTRES, "荣河镇党群中心", "Ronghe Town Party-mass Service Centre"),
        (CENTRES, "县界外4号党群服务中心", "Xianjiewai No. 4 Party-mass Service Centre"),
        (CENTRES, "荣河村议事厅", "Ronghe Village Yishiting"),
        (CENTRES, "荣河村", "Ronghe Village"),
        (CANTEENS, "五一社区乡邻中心", "Wuyi Community Neighbour Centre"),
        (STORES, "薛村沟村果品冷库", "Xuecungou Village Guopin Cold Store"),
        (PLACES, "太贾村第二居民点", "Taijia Village Settlement 2"),
        (PLACES, "太贾村·第二居民点", "Taijia Village Settlement 2"),
        (PLACES, "太贾村·南坡村", "Nanpo Village, Taijia Village"),
        (STORES, "七庄村村庄用地", "Qizhuang Village Cunzhuangyongdi"),
        (STORES, "演示乡道3段", "Yanshixiangdao 3 Duan"),
    ],
)  # fmt: skip
def test_what_lies_at_a_place_is_called_by_the_place_and_its_kind(
    kinds: Kinds, name: str, english: str
) -> None:
    assert (facility_name(name, kinds, "en"), facility_name(name, kinds, "zh")) == (english, name)


@pytest.mark.parametrize(
    ("n", "chinese", "english"),
    [
        (2, "西村村等 2 村", "Xicun Village and 1 more village"),
        (3, "西村村等 3 村", "Xicun Village and 2 more villages"),
    ],
)
def test_a_place_within_a_sentence_is_named_in_its_language(n: int, chinese: str, english: str) -> None:
    said = say("{name}等 {n} 村", name=PlaceName("西村村"), n=n, more=n - 1)
    assert (said, told(said, "en")) == (chinese, english)


def test_the_first_few_places_are_named_and_that_there_are_more() -> None:
    names = [settlement(name) for name in ("北坡村", "西村", "万泉村", "汉薛村", "四望村", "荣河村")]
    assert told(first_of(names[:2]), "en") == "Beipo Village, Xicun Village"
    assert str(first_of(names)) == "北坡村、西村、万泉村、汉薛村、四望村……"
    assert told(first_of(names), "en") == (
        "Beipo Village, Xicun Village, Wanquan Village, Hanxue Village, Siwang Village …"
    )


@pytest.mark.parametrize("case", CASES["messages"], ids=lambda case: case["message"])
def test_messages_agree_with_their_numbers(case: dict[str, str]) -> None:
    values = {"n": case["n"], "unit": "villages", "of": "villages", "what": "villages"}
    assert English(case["message"]).format(**values) == case["said"]


def test_a_number_agrees_with_what_it_counts() -> None:
    assert [counted(n, "places (settlements)") for n in ("0", "1", "−1", "2", "1,001")] == [
        "0 places (settlements)", "1 place (settlements)", "−1 place (settlements)", "2 places (settlements)",
        "1,001 places (settlements)",
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
