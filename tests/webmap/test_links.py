"""What a page does with the words of its address: it is told what holds of them, and hands them on to other pages."""

import html
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.county import village_code

GONE = "140822102999"
SENTENCE = f"链接里的区划 {GONE} 已撤并或不存在，显示全县"
HANDED = "at=35.4,110.8,12&code=140822100&since=2024-01-01&sel=villages:140822100001&v=2"


def told(text: str) -> dict[str, Any] | None:
    """What the page is told of its link."""
    found = re.search(r'data-link="([^"]*)"', text)
    return json.loads(html.unescape(found[1])) if found else None


def hrefs(text: str, kind: str) -> dict[str, str]:
    """Addresses of the links of one kind by their paths."""
    found = [html.unescape(one) for one in re.findall(rf'class="{kind}" href="([^"]+)"', text)]
    return {address.split("?")[0]: address for address in found}


def test_a_page_is_told_what_holds_of_its_link(client: FlaskClient) -> None:
    assert told(client.get("/map/industry").text) is None
    assert told(client.get("/map/industry?layers=orchards&v=2").text) is None
    assert told(client.get(f"/map/industry?code={GONE}&layers=orchards&v=2").text) == {
        "query": "layers=orchards&v=2",
        "left_out": [
            {"part": "code", "why": SENTENCE, "instead": {"label": "看东乡", "words": {"code": "140822102"}}}
        ],
        "bounds": None,
    }


def test_the_api_says_the_same_in_both_languages(client: FlaskClient) -> None:
    address = f"/api/link?theme=overview&code={GONE}"
    assert client.get(address).json["left_out"][0]["why"] == SENTENCE
    said = client.get(f"{address}&lang=en").json["left_out"][0]
    assert (
        said["why"]
        == f"The division {GONE} of the link was merged or does not exist; the whole county is shown"
    )
    why = client.get("/api/link?theme=coverage&within=abc&lang=en").json["left_out"][0]["why"]
    assert not re.search("[\u3400-\u9fff]", why), why
    assert client.get("/api/link").json == {"query": "", "left_out": [], "bounds": None}
    assert client.get("/api/link?theme=nope").status_code == 404


@pytest.mark.parametrize("path", ["/data", "/data/villages", "/data/figures", "/exports", "/help"])
def test_pages_of_text_lead_back_to_the_map_as_it_was_left(client: FlaskClient, path: str) -> None:
    asked = "within%3D900m%26services%3Dparty-service-centres"
    links = hrefs(client.get(f"{path}?{HANDED}&ask.coverage={asked}&theme=industry").text, "top-link")
    assert links["/map/industry"] == f"/map/industry?{HANDED}&ask.coverage={asked}"
    assert links["/map/coverage"] == f"/map/coverage?{HANDED}&within=900m&services=party-service-centres"
    assert links["/data"] == f"/data?{HANDED}&ask.coverage={asked}&theme=industry"


def test_a_theme_that_is_gone_is_no_way_back(client: FlaskClient) -> None:
    links = hrefs(client.get("/data?theme=gone&code=140822100").text, "top-link")
    assert links["/"] == "/?code=140822100"


def test_the_rows_beside_one(client: FlaskClient) -> None:
    def beside(number: int, query: str = "") -> tuple[Any, ...]:
        answer = client.get(f"/api/layers/villages/beside/{village_code(number)}?{query}").json
        return answer["n"], answer["total"], answer["previous"], answer["next"]

    assert beside(1) == (1, 10, None, village_code(2))
    assert beside(1, "sort=-population") == (9, 10, village_code(2), "140822102004")
    assert beside(5, "code=140822101&sort=-population") == (2, 3, village_code(8), village_code(2))
    assert beside(1, "code=140822101") == (None, 3, None, None)


def test_nobody_walks_to_rows_that_they_do_not_get(as_role: Callable[..., FlaskClient]) -> None:
    worker = as_role("grid_worker", "140822100001001")
    keys = worker.get("/api/layers/disputes/rows").json["keys"]
    found = worker.get(f"/api/layers/disputes/beside/{keys[0]}").json
    assert (found["n"], found["total"]) == (1, len(keys))
    assert worker.get("/api/layers/disputes/beside/D-of-another-grid").json["n"] is None
