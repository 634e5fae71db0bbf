"""The page of exports: in field terms, in both languages, and empty with a way out."""

import re
from collections.abc import Callable

from flask.testing import FlaskClient

As = Callable[..., FlaskClient]
QUERY = "theme=overview&layers=villages,disputes&code=140822100&f.disputes.category=neighbour&paper=A4&parts=legend,names"


def words(page: str) -> dict[str, str]:
    return dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page))


def made(client: FlaskClient, query: str) -> None:
    assert client.get(f"/api/sheets/file?format=svg&{query}").status_code == 200


def test_nothing_exported_has_a_way_out(as_role: As) -> None:
    page = as_role("planner").get("/exports?lang=zh").text
    assert "还没有导出过" in page
    assert 'href="/#export"' in page


def test_how_it_was_made_is_told_in_words(as_role: As) -> None:
    client = as_role("planner")
    made(client, QUERY)
    told = words(client.get("/exports?lang=zh").text)
    assert told["地图专题"] == "总览"
    assert told["图层"] == "村（社区）界、矛盾纠纷"
    assert told["范围"] == "西镇"
    assert told["矛盾纠纷 · 事件类别"] == "邻里纠纷"
    assert (told["纸张"], told["图面内容"]) == ("A4", "图例、乡镇名")


def test_an_export_is_found_as_places_are_in_characters_or_pinyin(as_role: As) -> None:
    client = as_role("planner")
    made(client, QUERY)
    for typed, there in [
        ("西镇", True),
        ("XIZHEN", True),
        ("zonglan a4", False),
        ("zonglan svg", True),
        ("izhen", False),
    ]:
        assert ('class="made"' in client.get(f"/exports?lang=zh&q={typed}").text) is there, typed


def test_no_chinese_but_names_in_english(as_role: As) -> None:
    client = as_role("planner")
    made(client, f"{QUERY}&lang=en")
    told = words(client.get("/exports?lang=en").text)
    assert told["Theme"] == "Overview"
    assert told["Disputes · Kind"] == "Neighbours"
    chinese = {name: value for name, value in told.items() if re.search("[\u4e00-\u9fff]", name + value)}
    assert (told["Area"], chinese) == ("Xizhen Town", {})


def test_a_filter_of_a_layer_that_is_no_more_keeps_its_name(as_role: As) -> None:
    client = as_role("planner")
    with client.application.test_request_context("/exports?lang=zh"):
        from webmap.pages.asked import asked_in_words

        assert list(asked_in_words({"f.gone.kind": "a", "mode": "line", "confirmed": "1"})) == [
            ("gone · kind", "a"),
            ("mode", "line"),
        ]
