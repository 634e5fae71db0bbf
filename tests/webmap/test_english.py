"""Pages and answers in English: places under their one English name, nothing Chinese but what people wrote, one of a thing."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask, render_template_string
from flask.testing import FlaskClient

from webmap.translations import gettext

As = Callable[..., FlaskClient]
HAN = re.compile("[\u3001-\u301f\u3400-\u9fff\uff01-\uff5e]")
"""Letters, and the marks that stand between them in Chinese alone."""
ONE_OF_MANY = re.compile(r"(?<![\d.,:])\b1 (?!series)[a-z-]+s\b")
ASKED = frozenset({"unit", "amount_unit", "rate_unit", "q", "matched", "key", "value", "source", "clause"})
"""Members that hold what the browser translates, what was typed, by what rows are found, and words of the county's own."""
ANSWERS = (
    "/api/areas/140822",
    "/api/areas/140822100",
    "/api/search?q=1号村",
    "/api/coverage?services=party-service-centres&within=300m",
    "/api/coverage?services=party-service-centres&within=300m&by=village",
    "/api/coverage/shapes?services=party-service-centres&within=300m",
    "/api/coverage/access?services=party-service-centres&within=300m",
    "/api/hotspots/rates?since=2024-01-01&until=2024-12-31",
    "/api/layers/party-service-centres/rows",
    "/api/planning",
    "/api/themes/overview",
    "/api/themes/coverage",
    "/api/sheets/options?theme=overview&code=140822100",
)
PAGES = ("/", "/map/my-grid", "/map/coverage", "/map/disputes", "/data", "/data/figures", "/data/indicators", "/exports", "/help",
         "/offline", "/nowhere", "/map/nowhere")  # fmt: skip


def texts(document: Any, name: str = "") -> Iterator[str]:
    """What a person reads of an answer, but for the name with which the drawn county tries to break out."""
    if isinstance(document, dict):
        for member, one in document.items():
            yield from () if member in ASKED else texts(one, member)
    elif isinstance(document, list):
        for one in document:
            yield from texts(one, name)
    elif isinstance(document, str) and "<" not in document:
        yield document


def page_texts(page: str) -> list[str]:
    """The text between the tags; the other language is called by its own name."""
    shown = re.sub(r"<(script|style).*?</\1>", "", page, flags=re.DOTALL)
    return [text.strip() for text in re.split(r"<[^>]*>", shown) if text.strip() not in ("", "中文")]


@pytest.mark.parametrize("address", ANSWERS)
def test_an_english_answer_has_no_chinese_and_no_plural_of_one(as_role: As, address: str) -> None:
    client = as_role("planner")
    before = client.get(address).get_data()  # in Chinese; what is kept of it is not told to others
    client.set_cookie("lang", "en")
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    client.set_cookie("lang", "zh")
    assert client.get(address).get_data() == before
    said = list(texts(answer.json))
    assert said
    assert [text for text in said if HAN.search(text)] == []
    assert [text for text in said if ONE_OF_MANY.search(text)] == []


@pytest.mark.parametrize("address", PAGES)
def test_an_english_page_has_no_chinese_and_no_plural_of_one(as_role: As, address: str) -> None:
    client = as_role("planner", "")
    client.set_cookie("lang", "en")
    said = page_texts(client.get(address).text)
    assert [text for text in said if HAN.search(text)] == []
    assert [text for text in said if ONE_OF_MANY.search(text)] == []


@pytest.mark.parametrize(
    "address",
    ["/api/layers/nosuch", "/api/layers/villages/export?format=no", "/api/layers/villages/rows?zz=1"],
)
def test_what_an_error_lists_stands_between_commas(client: FlaskClient, address: str) -> None:
    client.set_cookie("lang", "en")
    detail = client.get(address).json["detail"]
    assert ", " in detail
    assert not HAN.search(detail)


def test_rows_of_indicators_are_told_in_english(sample_app: Flask) -> None:
    client = sample_app.test_client()
    client.set_cookie("lang", "en")
    first = client.get("/api/layers/indicators/rows?limit=1").json["rows"][0]
    assert {"Xincheng Village: Beautiful village done", "villages", "demonstration"} <= set(first)
    assert [text for text in texts(first) if HAN.search(text)] == []
    shares = client.get("/api/areas/140822").json["indicators"]
    assert [one["source"] for one in shares if HAN.search(one["source"])] == []


def test_the_places_of_a_note_have_their_english_names(as_role: As) -> None:
    client = as_role("grid_worker", "140822100001001")
    client.set_cookie("lang", "en")
    note = client.get("/api/layers/disputes/rows").json["note"]
    assert note.startswith("Only records of ")
    assert not HAN.search(note)


def test_a_facility_is_called_by_its_place_and_kind_in_search_and_table(client: FlaskClient) -> None:
    client.set_cookie("lang", "en")
    found = client.get("/api/search?q=1号村党群服务中心").json["results"][0]["name"]
    rows = client.get("/api/layers/party-service-centres/rows").json["rows"]
    assert found == "No. 1 Village Party-mass Service Centre"
    assert found in [text for row in rows for text in row if isinstance(text, str)]


@pytest.mark.parametrize(("n", "said"), [(1, "1 page"), (2, "2 pages")])
def test_messages_of_templates_agree_with_their_numbers(app: Flask, n: int, said: str) -> None:
    with app.test_request_context("/?lang=en"):
        assert render_template_string("{{ _('{n} 页').format(n=n) }}", n=n) == said
        assert gettext("{n} 页").format(n=n) == said
    with app.test_request_context("/?lang=zh"):
        assert render_template_string("{{ _('{n} 页').format(n=n) }}", n=n) == f"{n} 页"


def test_what_fills_a_message_of_a_template_is_no_markup(app: Flask) -> None:
    with app.test_request_context("/?lang=en"):
        assert render_template_string("{{ _('{n} 页').format(n='<b>') }}") == "&lt;b&gt; pages"
