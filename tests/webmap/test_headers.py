"""Headers by the rules of HTTP, and addresses that programs ask for by themselves."""

import re

import pytest
from flask.testing import FlaskClient

from webmap.serving.headers import same_tag, takes_gzip

LAYER = "/api/layers/villages"


@pytest.mark.parametrize(
    ("header", "taken"),
    [("gzip", True), ("br, gzip;q=0.5", True), ("*", True), ("", False), ("gzip;q=0", False), ("br, gzip;q=0", False),
     ("*;q=0", False), ("gzip;q=0, *", False), ("GZIP", True), ("identity", False)],
)  # fmt: skip
def test_a_refused_coding_is_not_sent(client: FlaskClient, header: str, taken: bool) -> None:
    assert takes_gzip(header) is taken
    for _ in range(2):  # the second time by the fast lane
        answer = client.get(LAYER, headers={"Accept-Encoding": header})
        assert (answer.headers.get("Content-Encoding") == "gzip") is taken
        assert answer.data.startswith(b"\x1f\x8b" if taken else b"{")


@pytest.mark.parametrize(
    ("header", "same"),
    [('W/"abc"', True), ('"abc"', True), ('"abc-gzip"', True), ('W/"abc--gzip"', True), ('"x", "abc"', True), ("*", True),
     ('"ab"', False), ('"abcd"', False), ("", False)],
)  # fmt: skip
def test_a_tag_is_the_same_however_it_was_handed_on(header: str, same: bool) -> None:
    assert same_tag('W/"abc"', header) is same


def test_what_is_known_is_not_sent_again(client: FlaskClient) -> None:
    tag = client.get(LAYER).headers["ETag"].removeprefix("W/")
    for handed_on in (tag, tag[:-1] + '-gzip"'):
        assert client.get(LAYER, headers={"If-None-Match": handed_on}).status_code == 304


@pytest.mark.parametrize(
    ("path", "status", "place"),
    [
        ("/map/overview/", 308, "/map/overview"),
        ("/data/?lang=en", 308, "/data?lang=en"),
        ("/nowhere/", 404, None),
    ],
)
def test_a_slash_too_much_leads_to_the_page(
    client: FlaskClient, path: str, status: int, place: str | None
) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.headers.get("Location")) == (status, place)


def test_programs_find_what_they_ask_for_by_themselves(client: FlaskClient) -> None:
    icon = client.get("/favicon.ico", follow_redirects=True)
    assert (icon.status_code, icon.mimetype) == (200, "image/svg+xml")
    assert "Disallow: /api/" in client.get("/robots.txt").text


def test_the_first_visit_is_in_the_language_of_the_browser(client: FlaskClient) -> None:
    english = {"Accept-Language": "en-GB,en;q=0.9,zh;q=0.2"}
    assert 'lang="en"' in client.get("/data", headers=english).text
    assert 'lang="zh-CN"' in client.get("/data", headers={"Accept-Language": "zh-TW,zh;q=0.9,en;q=0.5"}).text
    assert 'lang="zh-CN"' in client.get("/data", headers={"Accept-Language": "fr"}).text
    assert 'lang="zh-CN"' in client.get("/data?lang=zh", headers=english).text
    assert 'lang="zh-CN"' in client.get("/data", headers=english).text, "what was chosen is kept"


@pytest.mark.parametrize(
    ("path", "packed"),
    [("/", True), ("/data", True), ("/data/figures", True), ("/help", True), ("/offline", True), ("/worker.js", True),
     ("/exports", False), ("/map/coverage", False)],
)  # fmt: skip
def test_a_page_says_what_it_depends_on_and_is_compressed_unless_it_tells_a_token(
    client: FlaskClient, path: str, packed: bool
) -> None:
    answer = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert (answer.headers.get("Content-Encoding") == "gzip") is packed
    assert "no-cache" in answer.headers["Cache-Control"]
    assert not packed or "Accept-Encoding" in answer.vary
    if answer.mimetype == "text/html":
        assert {"Cookie", "Accept-Language"} <= set(answer.vary)
    plain = client.get(path, headers={"Accept-Encoding": "gzip;q=0"})
    assert "Content-Encoding" not in plain.headers
    assert packed is ("data-token=" not in plain.text)


def test_a_shared_link_says_what_it_shows(client: FlaskClient) -> None:
    for about in ("area=140822100", "sel=townships:140822100"):
        assert 'property="og:title" content="西镇 · ' in client.get(f"/map/services?{about}").text
    page = client.get("/map/services?code=140822100").text
    said = dict(
        re.findall(r'<meta (?:name|property)="(description|og:title|og:image)" content="([^"]*)"', page)
    )
    assert said["og:title"].startswith("西镇 · ")
    assert said["description"].startswith("西镇 · ")
    picture = client.get(said["og:image"])
    assert (picture.status_code, picture.mimetype) == (200, "image/png")
