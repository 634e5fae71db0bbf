"""Pages and answers in English: places under their one English name, nothing Chinese but what people wrote, one of a thing."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask, render_template_string
from flask.testing import FlaskClient

from webmap.translations import gettext

As = Callable[..., FlaskClient]
HAN = re.compile("[\u3400-\u9fff]")
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
PAGES = ("/", "/map/coverage", "/map/disputes", "/data", "/exports", "/help")


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
