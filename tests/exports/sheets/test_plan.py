"""Plans of sheets: words in, the same words out, and refusals that say what can be."""

from urllib.parse import parse_qsl

import pytest

from exports.sheets.plan import FIGURE_PARTS, USUAL_PARTS, sheet_plan
from geo.errors import (
    ArgumentError,
    FilterError,
    GovmapError,
    TitleError,
    UnknownAreaError,
    UnknownLayerError,
    UnknownThemeError,
)
from layers.county import County
from layers.periods import is_period, span_of

FULL = {
    "theme": "overview", "layers": "orchards,villages", "code": "140822100", "since": "2024-01-01", "until": "2024-03-31",
    "period": "2024Q1", "f.orchards.crop": "apple,peach", "f.orchards.q": "甲,乙", "hide": "orchards:1:0", "heat": "disputes", "services": "village-clinics",
    "within": "2km", "paper": "A4", "orientation": "portrait", "scale": "1:25,000", "title": " 甲  图 ", "maker": "某办",
    "parts": "legend,km-grid", "handling": "public", "review_number": "晋S(2026)1号", "confirmed": "1", "reason": "示意", "lang": "en",
}  # fmt: skip


def test_words_become_a_plan(drawn_county: County) -> None:
    plan = sheet_plan(FULL, drawn_county)
    assert plan.layers == ("villages", "orchards"), "in the order of the theme"
    assert plan.fields_of("orchards") == (("crop", ("apple", "peach")),)
    assert plan.text_of("orchards") == "甲,乙"
    assert plan.hidden_of("orchards") == {0, 1}
    assert plan.words_of("services", "within") == {"services": "village-clinics", "within": "2km"}
    assert (plan.scale, plan.title, plan.parts) == (25_000, "甲 图", {"legend", "km-grid"})


@pytest.mark.parametrize(
    "words",
    [
        {"theme": "overview"},
        FULL,
        {"theme": "coverage", "show": "access", "decay": "step"},
        {"theme": "my-grid", "paper": "figure", "parts": "none"},
    ],
)
def test_the_key_reads_back(drawn_county: County, words: dict[str, str]) -> None:
    plan = sheet_plan(words, drawn_county)
    again = sheet_plan(dict(parse_qsl(plan.key)), drawn_county)
    assert again == plan
    assert again.key == plan.key


def test_the_same_sheet_has_one_key(drawn_county: County) -> None:
    one = sheet_plan({"theme": "overview", "layers": "villages,orchards", "lang": "zh"}, drawn_county)
    two = sheet_plan({"theme": "overview", "layers": "orchards,villages", "scale": ""}, drawn_county)
    assert one.key == two.key == "theme=overview&layers=villages%2Corchards&paper=A3"


def test_words_of_the_screen_do_not_matter(drawn_county: County) -> None:
    screen = {
        "at": "35.4,110.8,11",
        "sel": "villages:1",
        "panels": "left",
        "table": "villages",
        "candidates": "gaps",
        "op.0": "0.5",
        "heat": "orchards",
    }
    assert sheet_plan({"theme": "overview"} | screen, drawn_county) == sheet_plan(
        {"theme": "overview"}, drawn_county
    )


def test_no_layers_leave_the_county_line(drawn_county: County) -> None:
    assert sheet_plan({"theme": "overview", "layers": "none"}, drawn_county).layers == ("counties",)


def test_a_figure_has_fewer_parts(drawn_county: County) -> None:
    assert sheet_plan({"theme": "overview"}, drawn_county).parts == USUAL_PARTS
    assert sheet_plan({"theme": "overview", "paper": "figure"}, drawn_county).parts == FIGURE_PARTS
    assert "village-names" not in FIGURE_PARTS


@pytest.mark.parametrize(
    ("word", "value", "error", "said"),
    [
        ("theme", "nothing", UnknownThemeError, "overview"),
        ("layers", "nothing", UnknownLayerError, "nothing"),
        ("code", "999", UnknownAreaError, "999"),
        ("paper", "A9", ArgumentError, "A4、A3、slide、figure"),
        ("orientation", "skew", ArgumentError, "landscape、portrait"),
        ("scale", "0", ArgumentError, "200 与 5000000"),
        ("scale", "x", ArgumentError, "1:N"),
        ("parts", "legend,frills", ArgumentError, "histogram"),
        ("handling", "secret", ArgumentError, "internal、public"),
        ("period", "2026-11", FilterError, "2026Q3"),
        ("period", "0000", FilterError, "2026Q3"),
        ("period", "9999Q4", FilterError, "2026Q3"),
        ("since", "yesterday", ArgumentError, "2026-01-31"),
        ("hide", "orchards", ArgumentError, "disputes:0:2"),
        ("heat", "nothing", UnknownLayerError, "nothing"),
        ("title", "长" * 81, TitleError, "81"),
        ("reason", "长" * 121, ArgumentError, "121"),
        ("colour", "red", ArgumentError, "colour"),
        ("lang", "fr", ArgumentError, "zh、en"),
    ],
)
def test_what_cannot_be_is_said(
    drawn_county: County, word: str, value: str, error: type[GovmapError], said: str
) -> None:
    with pytest.raises(error, match=said):
        sheet_plan({"theme": "overview", word: value}, drawn_county)


@pytest.mark.parametrize("word", ["title", "maker", "reason"])
def test_what_leaves_no_ink_is_no_word(drawn_county: County, word: str) -> None:
    """Controls, signs without width, marks of direction."""
    plan = sheet_plan({"theme": "overview", word: "\0\u200b \u202e甲\u2066 \n乙\x7f"}, drawn_county)
    assert getattr(plan, word) == "甲 乙"
    assert sheet_plan({"theme": "overview", word: "\u200b\0"}, drawn_county).key == "theme=overview&paper=A3"


def test_days_come_in_order(drawn_county: County) -> None:
    with pytest.raises(ArgumentError, match="之后"):
        sheet_plan({"theme": "overview", "since": "2026-02-01", "until": "2026-01-01"}, drawn_county)


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024Q1", "2024-01-01", "2024-03-31"),
        ("2024Q4", "2024-10-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-12", "2023-12-01", "2023-12-31"),
    ],
)
def test_days_of_a_period(period: str, first: str, last: str) -> None:
    assert is_period(period)
    assert tuple(map(str, span_of(period))) == (first, last)


@pytest.mark.parametrize("text", ["", "2024Q5", "2024-13", "2024-1", "1824", "2024Q", "2024-00"])
def test_what_is_no_period(text: str) -> None:
    assert not is_period(text)
