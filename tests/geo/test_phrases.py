"""Phrases: Chinese text that knows how to be said in another language."""

import json

from geo.phrases import listing, say, sentences

ENGLISH = {
    "{people}按{layer}分布": "{people} spread over {layer}",
    "人口": "population",
    "直线距离": "straight distance",
    "{ways}不超过 {limit} 米": "{ways} up to {limit} m",
}


def told(phrase: object) -> str:
    assert hasattr(phrase, "told")
    return str(phrase.told(lambda text: ENGLISH.get(text, text), lambda value: value))


def test_a_phrase_is_its_chinese_text() -> None:
    phrase = say("{ways}不超过 {limit} 米", ways=say("直线距离"), limit=2000)
    assert phrase == "直线距离不超过 2000 米"
    assert json.dumps(phrase, ensure_ascii=False) == '"直线距离不超过 2000 米"'


def test_it_is_translated_before_it_is_filled_in() -> None:
    phrase = say("{people}按{layer}分布", people=say("人口"), layer="{people}直线距离")
    assert told(phrase) == "population spread over {people}直线距离"


def test_a_message_within_another_begins_small_but_not_a_name() -> None:
    english = {"{a}，{b}": "{a}, {b}", "步行": "On foot", "精确求解": "HiGHS, exact"}
    phrase = say("{a}，{b}", a=say("步行"), b=say("精确求解"))
    assert phrase.told(lambda text: english[text], lambda value: value) == "on foot, HiGHS, exact"


def test_parts_in_a_row_and_sentences() -> None:
    row = listing([say("人口"), "荣河镇"])
    assert (row, told(row)) == ("人口、荣河镇", "population, 荣河镇")
    both = sentences([say("人口"), listing([say("直线距离"), say("人口")], "，")])
    assert both == "人口。直线距离，人口。"
    assert told(both) == "Population. Straight distance, population."


def test_nothing_in_a_row_is_empty() -> None:
    assert (listing([]), told(listing([]))) == ("", "")
